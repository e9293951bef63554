"""Tagger logits → refusals: the clauses that tell who was asked and did not answer."""

import re

import numpy as np

from sayso.reader.anchors import softmax
from sayso.reader.drafts import RefusalDraft
from sayso.reader.encoder import Floats
from sayso.reader.speakers.lexicon import ABBREVIATIONS
from sayso.reader.tokens import Flags, Ints, Tokens
from sayso.reader.windows import Window
from sayso.types import RefusalKind

KINDS: tuple[RefusalKind, ...] = ("declined", "no response", "approached")
SURE = 0.5
"""A sentence tells of a refusal where the tagger is this sure of a token of it."""
LIKELY = 0.3
"""The clause goes from the sentence's first token of this probability to its last."""
HINT = 0.03
"""A sentence that words a refusal as most do needs no surer tagger: American reports are full of
that, but those that it learnt from have none marked, so that it doubts there what it is sure of
elsewhere."""
SHORTEST = 2
APART = 4
"""Likely tokens on either side of a conjunction that parts two refusals."""
_JOINED = re.compile(r"\b(?:and|but|while)\b")
_FORMULA = re.compile(
    r"\b(?:(?:did|had|has|have|does|do)(?: not|n[’']t)(?: \w+)? (?:respond|repl|return|answer)\w*"
    r"(?: to)?(?: (?!for\b)[\w’'-]+){0,5}?"
    r" (?:calls?|e?-?mails?|messages?|requests?|quer(?:y|ies)|inquir\w+)\b"
    r"|could(?: not|n[’']t)(?: \w+)? be(?: \w+)? reached\b)"
    r"(?:(?: \w+)? for (?:further )?(?:comment|an interview)\b)?",
    re.I,
)
_CLAUSE = re.compile(r"[;:“”\"(]|\s[–—-]+\s|,? (?:and|but|while|as|because|though|although)\b")
_SILENT = re.compile(r"\b(?:respon|repl|reached|return|answered|unavailable)", re.I)
_LAST_WORD = re.compile(r"\w*$")
_ASKED = re.compile(r"\b(?:approached|contacted|asked)\b", re.I)
_REFUSED = re.compile(r"\b(?:declin|refus|would|will|could|not|n[’']t|no|never)\w*", re.I)


def refusals(logits: Floats, window: Window, tokens: Tokens, text: str) -> list[RefusalDraft]:
    """The refusals that begin in the window's core.

    `logits` [T, 7] with [CLS] and [SEP]: nothing, then begin and inside of each kind.
    """
    p = softmax(logits[1:-1])
    refused = p[:, 1:].sum(1)
    if not (refused >= HINT).any():
        return []
    out = []
    edges = _sentence_starts(window, tokens, text)
    for start, end in zip([0, *edges], [*edges, len(p)], strict=True):
        peak = refused[start:end].max(initial=0)
        if HINT <= peak < SURE:
            likely = _worded(start + window.start, end + window.start, tokens, text) - window.start
            refused[likely] = SURE
        else:
            likely = start + np.flatnonzero(refused[start:end] >= LIKELY)
        for told in _clauses(likely + window.start, refused[likely] >= SURE, tokens, text):
            if not window.core_start <= told[0] < window.core_end:
                continue
            span = int(tokens.starts[told[0]]), int(tokens.ends[told[-1]])
            of_kind = p[told - window.start, 1:].sum(0).reshape(len(KINDS), 2).sum(1)
            out.append(RefusalDraft(span=span, kind=_kind(text[slice(*span)], of_kind)))
    return out


def _clauses(likely: Ints, sure: Flags, tokens: Tokens, text: str) -> list[Ints]:
    """A sentence's likely tokens, as clauses: apart where "and" or "but" joins two refusals.

    A clause has a sure token, and more than one word; what lies between its tokens is its own.
    """
    cuts = [
        n
        for n in range(1, len(likely))
        if _JOINED.search(text[tokens.ends[likely[n - 1]] : tokens.starts[likely[n]]])
        and n >= APART
        and len(likely) - n >= APART
    ]
    parts = zip(np.split(likely, cuts), np.split(sure, cuts), strict=True)
    return [told for told, known in parts if known.any() and told[-1] - told[0] >= SHORTEST - 1]


def _worded(start: int, end: int, tokens: Tokens, text: str) -> Ints:
    """The tokens of a sentence's clause that words a refusal as most do; none where none does."""
    first = int(tokens.starts[start])
    found = _FORMULA.search(text, first, int(tokens.ends[end - 1]))
    if found is None:
        return np.arange(0)
    breaks = [match.end() for match in _CLAUSE.finditer(text, first, found.start())]
    low = tokens.starts.searchsorted(breaks[-1] if breaks else first)
    return np.arange(low, tokens.starts.searchsorted(found.end()))


def _sentence_starts(window: Window, tokens: Tokens, text: str) -> list[int]:
    """The window's tokens that come after a full stop, or begin a line."""
    low, high = tokens.lines.searchsorted([window.start, window.end])
    starts = set((tokens.lines[low:high] - window.start).tolist())
    for at in range(window.start + 1, window.end):
        stop = tokens.starts[at - 1]
        apart = text[stop] in ".!?" and tokens.starts[at] > tokens.ends[at - 1]
        if apart and not _shortened(text, int(stop)):
            starts.add(at - window.start)
    return sorted(starts)


def _shortened(text: str, stop: int) -> bool:
    """Whether a full stop stands after a short form or an initial: "Mr.", "U.S."."""
    word = _LAST_WORD.search(text, max(0, stop - 12), stop)
    last = word.group().casefold() if word else ""
    return last in ABBREVIATIONS or (len(last) == 1 and last.isalpha())


def _kind(words: str, of_kind: Floats) -> RefusalKind:
    """By the clause's own words where they say it, else as the tagger has it."""
    if _SILENT.search(words):
        return "no response"
    if _ASKED.search(words) and not _REFUSED.search(words):
        return "approached"
    return KINDS[int(of_kind.argmax())]
