"""The names of a text as the network tells them, helped by the rules of `names`."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import zip_longest

import numpy as np

from sayso.reader.encoder import Floats
from sayso.reader.labels import log_softmax
from sayso.reader.sight import Sight
from sayso.reader.speakers.judge import Judge
from sayso.reader.speakers.lexicon import (
    CALENDAR,
    COMPOUND_TITLES,
    GROUPS,
    NATIONALITIES,
    ORGANISATION_NOUNS,
    PARTICLES,
    PLACE_OPENERS,
    TITLES,
)
from sayso.reader.speakers.lexicon import words as table
from sayso.reader.speakers.names import (
    SEAT,
    TOKEN,
    Name,
    bare,
    find_names,
    named_at,
    shape,
    title_end,
)
from sayso.reader.speakers.nicknames import with_nicknames
from sayso.reader.tokens import Flags

RULES = 8
"""What the rules say of a token: no name, a name's begin or inside; a name that may be none,
has a title, is a person's or a body's by its words, opens a sentence."""
_POSSESSIVE = re.compile(r"['’][sS]?$")
LINKS = frozenset(("of", "for", "and", "the", "on", "in", "&"))
_OPENERS = CALENDAR | PLACE_OPENERS | {"white", "united", "eastern", "western"}
"""What stands before the rest of a name: "Sunday Post", "White House", "South Hallin"."""
_FIRM = re.compile(
    r"(?:& (?:Sons?|Daughters?|Brothers|Co)|\b(?:Ltd|Limited|Inc|PLC|plc))(?=\.? of )"
)
"""The end of a firm's name, and where it is after it: "Pell & Sons of Wool"."""
_COUNCIL = re.compile(
    r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}(?<!['’]s)"
    r"(?: (?:borough|city|county|district|metropolitan|parish|town)){1,2} council\b"
    r"(?! (?:estate|flat|house|seat|tax|tenant)s?\b)"
)
"""What a council's name ends in where papers write no capitals: "Hallin borough council"."""
_SECTIONS = table("article chapter clause page paragraph part rule schedule section")
"""Parts of papers, which a number follows."""
_NUMBERED = re.compile(r"\s\d")
_GENERATION = re.compile(r",? (?:Jr|Sr|II|III|IV)\b")
_LINKS = 3  # words in a row that join the pieces of a name
_BODY = (0.0, 1.0, 0.0, 0.0)
"""The kinds of what is surely a body's name."""
_PERHAPS = 0.2  # probability of a name of what may be a part of one
_PERSON = 0.5  # mean probability of a piece that is a person's
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_ORDINAL_BEFORE = re.compile(rf"(?<!\w){_ORDINAL.pattern} $")
_LONGEST_ORDINAL = 8  # characters
_TITLE_GAP = re.compile(r"\.?[ \xa0]{1,2}")
_LAST_INITIAL = re.compile(r"(?<!\w)(?:[^\W\d_]\.)+[^\W\d_]$")
_MR = frozenset(("mr", "mrs", "ms"))
_ENDING = re.compile(r"['’][sS] ")
_OWNED = re.compile(r"['’][sS] [a-z]")
_LONGEST_WORD = 40  # characters
_CUT_BEFORE = re.compile(r"(?<![\w'’-])(?:\w{1,2}['’]|[A-Z]\w*-|al-|[A-Z]\w*[ÃÄÅ][¡-¿])$")
_HANDLE = re.compile(r"@\w+")
_QUESTION = re.compile(r"^Q\d+ (?=[^\n:]{1,60}:)", re.M)
"""The number of a question, before the name of who asks it."""
_CUT_AFTER = re.compile(r"(?:[-'’][A-Z]\w*)+")
"""What the pieces of a word may leave out of it: "O’" before "Neill", "JosÃ©" misread."""


def rules(sight: Sight, names: Sequence[Name]) -> Floats:
    """What the names that the rules find, in headings too, say of each token [n, RULES]."""
    out = np.zeros((len(sight.starts), RULES), np.float32)
    out[:, 0] = 1
    for name in names:
        low, high = sight.starts.searchsorted([name.start, name.end])
        kind = shape(name.words)
        out[low:high, 0] = 0
        out[low : low + 1, 1] = 1
        out[low + 1 : high, 2] = 1
        out[low:high, 3:] = (
            name.weak, name.titled, kind == "person", kind == "organisation", name.opens
        )  # fmt: skip
    return out


def seen_names(text: str, sight: Sight, judge: Judge) -> list[Name]:
    """The names in their order, with the probability of each kind."""
    if not len(sight.starts):
        return []
    ruled = find_names(text, headings=True)
    logp = log_softmax(judge.labels(sight.hidden.astype(np.float32), rules(sight, ruled)))
    first = np.flatnonzero(~_joined(text, sight))
    last = np.append(first[1:], len(logp)) - 1
    counts = (last - first + 1).astype(np.float32)
    kinds = np.logaddexp(logp[:, 1::2], logp[:, 2::2])
    nothing = np.add.reduceat(logp[:, 0], first) / counts
    of_kind = np.add.reduceat(kinds, first) / counts[:, None]
    surely = np.logaddexp.reduce(of_kind, axis=1)
    named = surely > nothing
    begins = np.logaddexp.reduce(logp[first, 1::2], 1) > np.logaddexp.reduce(logp[first, 2::2], 1)
    words = [text[sight.starts[a] : sight.ends[b]] for a, b in zip(first, last, strict=True)]
    known = [name for name in ruled if _is_body(name)]
    found: list[Name] = []
    persons = np.exp(of_kind[:, 0]) > _PERSON
    between = zip(sight.ends[last[:-1]].tolist(), sight.starts[first[1:]].tolist(), strict=True)
    close = np.array([False, *(b - a <= 1 and text[a] != "\n" for a, b in between)])
    _mend(named, begins, np.exp(surely) > _PERHAPS, close, persons, words)
    for low, high in _whole(list(_runs(named, begins)), begins, words, persons, close):
        share = np.exp(of_kind[low:high].mean(0))
        start, end = int(sight.starts[first[low]]), int(sight.ends[last[high - 1]])
        start, end = _widened(start, end, known)
        if not found or start >= found[-1].end:
            found += _name(text, start, end, (share / share.sum()).tolist())
    told = [name for name in _without_titles(text, found) if not _is_label(text, name)]
    return with_nicknames(text, told)


def _without_titles(text: str, names: Sequence[Name]) -> Iterator[Name]:
    """Without those that are the title of the next: "Mr" of "Mr. Reed"."""
    for name, after in zip_longest(names, names[1:]):
        title = " ".join(name.key)
        if (
            after is None
            or not _TITLE_GAP.fullmatch(text, name.end, after.start)
            or not (title in COMPOUND_TITLES or set(name.key) <= TITLES)
        ):
            yield name


def _is_body(name: Name) -> bool:
    """Whether the rules are sure of a body's name: "Board of Deputies of British Jews"."""
    return bool(set(name.key) & {"of", "for"}) and name.sort == "organisation"


def _widened(start: int, end: int, known: Sequence[Name]) -> tuple[int, int]:
    """The bounds of the body's name that holds these."""
    i = bisect_right(known, start, key=lambda name: name.start) - 1
    if i >= 0 and known[i].end >= end:
        return known[i].start, known[i].end
    return start, end


def _is_label(text: str, name: Name) -> bool:
    """Whether a name says no more than where somebody is from or sits, which part of a paper is
    meant, or which question: "Jewish" of "Jewish groups", "D-Ohio", "Paragraph 16", "Q31"."""
    if len(name.key) > 1:
        return False
    if name.key[0] in _SECTIONS:
        return bool(_NUMBERED.match(text, name.end))
    if SEAT.fullmatch(name.words[0]):
        return text.endswith((", ", "("), 0, name.start)
    return name.key[0] in NATIONALITIES or bool(_QUESTION.match(text, name.start))


def _joined(text: str, sight: Sight) -> Flags:
    """Whether a token goes on with the letters of the one before."""
    out = np.zeros(len(sight.starts), bool)
    close = np.flatnonzero(sight.starts[1:] <= sight.ends[:-1]) + 1
    for i in close.tolist():
        out[i] = text[sight.starts[i]].isalnum() and text[sight.ends[i - 1] - 1].isalnum()
    return out


def _mend(
    named: Flags, begins: Flags, perhaps: Flags, close: Flags, persons: Flags, words: Sequence[str]
) -> None:
    """Name what stands before the inner words of a name and is half taken for its part:
    "Services" between "Armed" and "Committee".

    `perhaps`: words that may be of a name; `close`: those with no break before them.
    """
    for at in np.flatnonzero(named & ~begins & ~np.append(False, named[:-1])).tolist():
        low = at
        while at - low < _LINKS and close[low] and perhaps[low - 1] and not named[low - 1]:
            if not _is_part(words[low - 1], words[at]):
                break
            low -= 1
        if low == at:
            continue
        if close[low] and named[low - 1]:
            if persons[low - 1] == persons[at]:
                named[low:at], begins[low:at] = True, False
        elif not persons[at] and close[low] and words[low - 1].islower():
            low = next((n for n in range(low, at) if words[n][0].isupper()), at)
            named[low:at] = True


def _is_part(word: str, after: str) -> bool:
    """Whether a word may be within a name: no title, no mark, not a headline's."""
    if bare(word) in TITLES or not word.isalnum():
        return False
    return not (word.isupper() and after.isupper() and len(word) > 1)


def _runs(named: Flags, begins: Flags) -> Iterator[tuple[int, int]]:
    """Words [low, high) of each name."""
    after = np.append(~named[1:] | begins[1:], True)
    starts = np.flatnonzero(named & (begins | ~np.append(False, named[:-1])))
    stops = np.flatnonzero(named & after) + 1
    yield from zip(starts.tolist(), stops.tolist(), strict=True)


def _whole(
    runs: Sequence[tuple[int, int]],
    begins: Flags,
    words: Sequence[str],
    persons: Flags,
    close: Flags,
) -> Iterator[tuple[int, int]]:
    """The runs, those joined of which the later goes on with the earlier: "Citizens" and "Tax
    Justice" over "for". Of "Ada Reed of Wool", all of it a person's, the place is left out."""
    low = high = -1
    for start, end in runs:
        if high > 0 and _goes_on(words, (low, high), (start, end), begins, persons, close):
            high = end
            continue
        people = persons[low:high].all() and persons[start:end].all()
        if words[high:start] == ["of"] and people and not begins[start]:
            continue
        if high > low:
            yield low, high
        low, high = start, end
    if high > low:
        yield low, high


def _goes_on(
    words: Sequence[str],
    before: tuple[int, int],
    after: tuple[int, int],
    begins: Flags,
    persons: Flags,
    close: Flags,
) -> bool:
    """Whether a run of words is part of the name before it."""
    (low, high), (start, end) = before, after
    between = words[high:start]
    if len(between) > _LINKS:
        return False
    person = bool(persons[low:high].all())
    joint = between or (words[high - 1], words[start])
    if (
        person
        and persons[start:end].all()
        and set(joint) & PARTICLES
        and (not between or set(between) <= PARTICLES)
    ):
        return True
    if not between and high - low == 1 and words[low].casefold() in _OPENERS:
        return not person
    if not between and person and high - low == 1 and persons[start:end].all():
        of = low > 0 and words[low - 1] == "of"  # "Chief of Staff"
        return bool(close[start]) and not of and _is_given(words[low], words[start:end])
    if not between or begins[start]:
        return False
    if between == ["."]:
        return len(words[high - 1]) == 1
    if not all(word.casefold() in LINKS or _ORDINAL.fullmatch(word) for word in between):
        return False
    return between == ["the"] or not person or high - low == 1


def _is_given(word: str, others: Sequence[str]) -> bool:
    """Whether a word that the network parts from a person's name is the first of it: "Wenceslao"
    before "Olmos", neither "Floridians" nor a headline's "REED"."""
    if not word.istitle() or word in others or bare(word) in TITLES | ORGANISATION_NOUNS | GROUPS:
        return False
    return not word.endswith(("ians", "ites"))


def _name(text: str, start: int, end: int, kinds: Sequence[float]) -> Iterator[Name]:
    """The name in whole words without a possessive ending; none where no letter is left."""
    if handle := _HANDLE.match(text, start - 1):
        yield named_at(text, *handle.span(), (handle.group(),), kinds)
        return
    start, end = _in_words(text, start, end)
    possessive = _POSSESSIVE.search(text, start, end)
    end = possessive.start() if possessive else end
    if firm := _FIRM.search(text, start, end):
        end = firm.end()
    if (council := _COUNCIL.match(text, start)) and council.end() > end:
        end, kinds = council.end(), _BODY
    if generation := _GENERATION.match(text, end):
        end = generation.end()
    if _LAST_INITIAL.search(text, start, end) and text[end : end + 1] == ".":
        end += 1
    person = kinds[0] == max(kinds)
    titled = _titled(text, start, end)
    if titled is not None and not person:
        person, end, kinds = True, titled, (kinds[1], kinds[0], *kinds[2:])
    words = [match.span() for match in TOKEN.finditer(text, start, end)]
    if not words or not any(text[a].isalpha() for a, _ in words):
        return
    if person:
        words = words[title_end([bare(text[a:b]) for a, b in words]) :] or words
    elif count := _ORDINAL_BEFORE.search(text, max(0, start - _LONGEST_ORDINAL), start):
        words = [(count.start(), count.end() - 1), *words]
    start, end = words[0][0], words[-1][1]
    forms = tuple(text[a:b] for a, b in words)
    if len(forms) > 1 and person and shape(forms) == "organisation":
        kinds = (kinds[1], kinds[0], *kinds[2:])
    yield named_at(text, start, end, forms, kinds)


def _in_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds with all of the words that they cut, and without what is no part of a name."""
    while whole := _CUT_BEFORE.search(text, max(0, start - _LONGEST_WORD), start):
        start = whole.start()
    if whole := _CUT_AFTER.match(text, end):
        end = whole.end()
    if ending := _ENDING.match(text, start, end) or _ENDING.match(text, max(0, start - 1), end):
        start = ending.end()
    number = _QUESTION.match(text, start)
    return (number.end() if number and number.end() < end else start), end


def _titled(text: str, start: int, end: int) -> int | None:
    """The end of the person's name that stretches over what is the person's: "Mr Reed" or "Judge
    Ada Reed’s office"; None where it is a body's through and through."""
    owned = _OWNED.search(text, start, end)
    if owned:
        end = owned.start()
    forms = [bare(word) for word in TOKEN.findall(text, start, end)]
    if not 0 < title_end(forms) < len(forms):
        return None
    return end if owned or forms[0] in _MR else None
