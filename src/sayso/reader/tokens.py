"""Text → tokens: word pieces with offsets, and what an uncased vocabulary throws away.

The encoder's vocabulary knows no case and no line breaks, and the networks saw few of the marks
around quotations: those are read as curly ones.
Six small features a token give these back; the model embeds each and adds it to the word.
A break that merely wraps a full line is a space to all of them.
Everything here is linear in the text and depends on nothing but the text.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import category

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer as WordPieces
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from sayso.errors import ModelError
from sayso.reader.wraps import unwrapped

FEATURES = {"case": 5, "before": 6, "after": 4, "quote": 8, "state": 4, "line": 6}
"""The features in their order, with the number of classes of each."""

_DOUBLE_OPEN, _DOUBLE_CLOSE, _DOUBLE_STRAIGHT = "“«„‟", "”»", '"＂'
_SINGLE_OPEN, _SINGLE_CLOSE, _SINGLE_STRAIGHT = "‘‚‛‹", "’›", "'`´＇"
_SINGLES = _SINGLE_OPEN + _SINGLE_CLOSE + _SINGLE_STRAIGHT
_MARKS = _DOUBLE_OPEN + _DOUBLE_CLOSE + _DOUBLE_STRAIGHT + _SINGLES
_AS_CURLY = str.maketrans("«»„‟‹›‚‛", "“”““‘’‘‘")
"""Marks of which the networks saw few, and those that they read in their place."""
_APOSTROPHE = 6
_SHORT = frozenset(("s", "re", "ve", "d", "ll", "m"))
"""What is left of a verb behind an apostrophe, and what a possessive ends in."""
_NEWLINES = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LEFT_OPEN = "([{—–-/"
_TERMINAL = ".!?…:;,)"

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Word pieces of one text, n of them, with `features` [n, 6].

    `ends` are half-open; `joined` tells of each token whether it goes on with the word of the
    one before (the "’s" of "she’s" does not), `marks` whether it is punctuation or begins a
    line; `lines` holds the index of the first token of every line.
    """

    ids: Ints
    starts: Ints
    ends: Ints
    joined: Flags
    marks: Flags
    features: Ints
    lines: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def slice(self, lo: int, hi: int) -> tuple[Ints, Ints]:
        """Ids and features of the tokens [lo, hi)."""
        return self.ids[lo:hi], self.features[lo:hi]


class Tokenizer:
    """BERT's uncased word pieces over a vocabulary file, one piece a line.

    No special token is known to it: "[SEP]" in an article is five characters like others.
    Raises ModelError where the file is missing or is no vocabulary.
    """

    def __init__(self, vocabulary: Path) -> None:
        try:
            pieces = vocabulary.read_text(encoding="utf-8").split("\n")
            vocab = {piece: n for n, piece in enumerate(pieces) if piece}
            self.cls, self.sep, self.pad = vocab["[CLS]"], vocab["[SEP]"], vocab["[PAD]"]
        except (OSError, KeyError, ValueError) as error:
            raise ModelError(
                f"the vocabulary {vocabulary} is damaged ({error}); install sayso again"
            ) from error
        self._pieces = WordPieces(WordPiece(vocab, unk_token="[UNK]"))  # noqa: S106 (no password)
        self._pieces.normalizer = BertNormalizer(lowercase=True)
        self._pieces.pre_tokenizer = BertPreTokenizer()

    def encode(self, text: str) -> Tokens:
        flat = unwrapped(text)
        if flat is None:
            return self._encode(text)
        tokens = self._encode(flat.text)
        starts, ends = flat.origin(tokens.starts, tokens.ends)
        return replace(tokens, starts=starts, ends=ends)

    def _encode(self, text: str) -> Tokens:
        found = self._pieces.encode(text.translate(_AS_CURLY), add_special_tokens=False)
        offsets = np.array(found.offsets, np.int64).reshape(-1, 2)
        starts, ends = offsets[:, 0], offsets[:, 1]
        if not len(starts):
            nothing = np.zeros(0, np.int64)
            flags, features = nothing.astype(bool), np.zeros((0, len(FEATURES)), np.int64)
            return Tokens(nothing, starts, ends, flags, flags, features, nothing)
        chars = _Characters(text)
        ends = _with_marks(chars, ends)
        features, lines = _features(chars, starts, ends)
        quote = features[:, list(FEATURES).index("quote")]
        marks = ~chars.alnum[starts] & (quote != _APOSTROPHE)
        marks[lines] = True
        joined = _joined(chars, starts, ends, quote) | _dotted(chars, starts, ends)
        joined[_contracted(text, starts, ends, joined, quote)] = False
        ids = np.array(found.ids, np.int64)
        return Tokens(ids, starts, ends, joined, marks, features, lines)


class _Characters:
    """Properties of each character of a text, by array."""

    def __init__(self, text: str) -> None:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        kinds, self._index = np.unique(codes, return_inverse=True)
        self._kinds = [chr(c) for c in kinds]
        self.space = self._flags(lambda c: c.isspace() or not c.isprintable())
        self.newline = self._flags(lambda c: c in _NEWLINES)
        self.newline[:-1] &= ~(self.among("\r")[:-1] & self.among("\n")[1:])
        self.alnum = self._flags(str.isalnum)
        self.letter = self._flags(str.isalpha)
        self.digit = self._flags(str.isdecimal)
        self.upper = self._flags(str.isupper)
        self.left_open = self._flags(lambda c: c in _LEFT_OPEN)
        self.terminal = self._flags(lambda c: c in _TERMINAL)
        self.mark = self._flags(lambda c: category(c) == "Mn")

    def _flags(self, test: Callable[[str], bool]) -> Flags:
        return np.array([test(c) for c in self._kinds], bool)[self._index]

    def among(self, marks: str) -> Flags:
        return self._flags(lambda c: c in marks)


def _with_marks(chars: _Characters, ends: Ints) -> Ints:
    """The ends behind the combining marks that the word pieces leave out of a word's end."""
    stops = np.append(np.flatnonzero(~chars.mark), len(chars.mark))
    moved: Ints = stops[stops.searchsorted(ends)]
    return moved


def _features(chars: _Characters, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    n = len(starts)
    before, after, lines = _gaps(chars, starts, ends)
    quote = _quotes(chars, starts, ends)
    columns = {
        "case": _case(chars, starts),
        "before": before,
        "after": after,
        "quote": quote,
        "state": _states(quote, lines, n),
        "line": _line_classes(chars, ends, lines, n),
    }
    return np.stack([columns[name] for name in FEATURES], 1).astype(np.int64), lines


def _joined(chars: _Characters, starts: Ints, ends: Ints, quote: Ints) -> Flags:
    """Whether a token goes on with the word of the one before, over an apostrophe too."""
    out = np.zeros(len(starts), bool)
    inside = chars.alnum[starts[1:]] & (chars.alnum | chars.mark)[ends[:-1] - 1]
    over = (quote[1:] == _APOSTROPHE) | (quote[:-1] == _APOSTROPHE)
    out[1:] = (starts[1:] <= ends[:-1]) & (inside | over)  # pieces of one Hangul letter overlap
    return out


def _dotted(chars: _Characters, starts: Ints, ends: Ints) -> Flags:
    """The stops within a word or a number, and what follows them: "pellgate.org", "2.5", "U.N."."""
    out = np.zeros(len(starts), bool)
    at, before, after = starts[1:-1], ends[:-2] - 1, starts[2:]
    close = (before + 1 == at) & (at + 1 == after) & chars.alnum[before]
    initial = chars.upper[before] & (starts[:-2] == before)
    within = chars.among(".")[at] & chars.alnum[after] & (initial | ~chars.upper[after])
    thousands = chars.among(",")[at] & chars.digit[before] & chars.digit[after]
    out[1:-1] = close & (within | thousands)
    out[2:] |= out[1:-1]
    return out


def _contracted(text: str, starts: Ints, ends: Ints, joined: Flags, quote: Ints) -> Ints:
    """The apostrophes that begin a short verb, or end a name, as in "she’s sure".

    What stands before them may be the source, and what follows the cue.
    """
    last_of_word = np.append(~joined[1:], [True])
    at = np.flatnonzero(quote[:-1] == _APOSTROPHE)
    at = at[last_of_word[at + 1]]
    short = [text[starts[t + 1] : ends[t + 1]].lower() in _SHORT for t in at.tolist()]
    found: Ints = at[np.array(short, bool)]
    return found


def _case(chars: _Characters, starts: Ints) -> Ints:
    """0 no letter, 1 lower, 2 capitalised, 3 all capitals, 4 mixed: of the whole word."""
    edge = np.flatnonzero(np.diff(chars.alnum.astype(np.int8), prepend=0, append=0))
    run_start, run_end = edge[0::2], edge[1::2]
    letters = np.concatenate([[0], np.cumsum(chars.letter)])
    uppers = np.concatenate([[0], np.cumsum(chars.upper)])
    if not len(run_start):
        return np.zeros(len(starts), np.int64)
    run = np.maximum(np.searchsorted(run_start, starts, "right") - 1, 0)
    lo, hi = run_start[run], run_end[run]
    many, large = letters[hi] - letters[lo], uppers[hi] - uppers[lo]
    out = np.full(len(starts), 4)
    out[(large == many) & (many > 1)] = 3
    out[chars.upper[lo] & (large == 1)] = 2
    out[large == 0] = 1
    out[(many == 0) | ~chars.alnum[starts]] = 0
    return out


def _gaps(chars: _Characters, starts: Ints, ends: Ints) -> tuple[Ints, Ints, Ints]:
    """What stands before and after each token, and the first token of each line.

    Before: 0 nothing, 1 space, 2 a line break, 3 a blank line, 4 several spaces, 5 the text's
    start. After: 0 nothing, 1 space, 2 a line break, 3 the text's end.
    """
    breaks = np.concatenate([[0], np.cumsum(chars.newline)])
    last = np.concatenate([[0], ends[:-1]])
    gap, broken = starts - last, breaks[starts] - breaks[np.minimum(last, starts)]
    before = np.select([broken > 1, broken == 1, gap > 1, gap == 1], [3, 2, 4, 1], 0)
    after = np.concatenate([np.select([broken > 0, gap > 0], [2, 1], 0)[1:], [3]])
    before[0] = 5
    return before, after, np.flatnonzero((before == 2) | (before == 3) | (before == 5))


def _quotes(chars: _Characters, starts: Ints, ends: Ints) -> Ints:
    """Quotation marks as they look from their neighbours.

    0 none; doubles: 1 opener-like, 2 closer-like, 3 undecided; singles: 4 opener-like,
    5 closer-like, 6 apostrophe, 7 undecided.
    """
    single_token = ends - starts == 1
    prev, nxt = np.maximum(starts - 1, 0), np.minimum(starts + 1, len(chars.space) - 1)
    left_open = (starts == 0) | chars.space[prev] | chars.left_open[prev]
    right_space = (starts + 1 >= len(chars.space)) | chars.space[nxt]
    prev_word, next_word = chars.alnum[prev] & (starts > 0), chars.alnum[nxt] & ~right_space

    def at(marks: str) -> Flags:
        found: Flags = chars.among(marks)[starts] & single_token
        return found

    straight, single = at(_DOUBLE_STRAIGHT), at(_SINGLES)
    conditions = [
        at(_DOUBLE_OPEN) | (straight & left_open & ~right_space),
        at(_DOUBLE_CLOSE) | (straight & ~left_open & ~next_word),
        straight,
        single & prev_word & next_word,
        at(_SINGLE_OPEN) | (at(_SINGLE_STRAIGHT) & left_open & ~right_space),
        single & ~left_open & ~next_word,
        single,
    ]
    return np.select(conditions, [1, 2, 3, 6, 4, 5, 7], 0)


def _states(quote: Ints, lines: Ints, n: int) -> Ints:
    """0 outside, 1 within double marks, 2 within single ones, 3 within both; by line."""
    out = np.zeros(n, np.int64)
    events = sorted(set(np.flatnonzero(quote).tolist()) | set(lines.tolist()))
    firsts = set(lines.tolist())
    double = single = False
    for event, following in zip(events, [*events[1:], n], strict=True):
        if event in firsts:
            double = single = False
        kind = quote[event]
        closes = kind == 2 or (kind == 3 and double)
        double = double or kind in (1, 3)
        single = single or kind == 4
        out[event] = double + 2 * single
        double = double and not closes
        single = single and kind != 5
        out[event + 1 : following] = double + 2 * single
    return out


def _line_classes(chars: _Characters, ends: Ints, lines: Ints, n: int) -> Ints:
    """First, second or later line, plus 3 where the line ends as a sentence does."""
    bounds = np.append(lines, n)
    last = ends[bounds[1:] - 1] - 1
    last = np.where(chars.among(_MARKS)[last], np.maximum(last - 1, 0), last)
    closed = chars.terminal[last]
    classes = np.minimum(np.arange(len(lines)), 2) + 3 * closed
    return np.repeat(classes, np.diff(bounds))
