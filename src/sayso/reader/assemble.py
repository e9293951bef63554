"""An article's candidate statements, decided together, → drafts in characters of its text."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from sayso.reader.addressees import addressee_of
from sayso.reader.candidates import Candidate
from sayso.reader.dates.named import time_of, whole_time
from sayso.reader.denials import is_denied
from sayso.reader.drafts import Bounds, Draft
from sayso.reader.labels import TokenSpans
from sayso.reader.tokens import FEATURES, Tokens
from sayso.reader.wording import Words
from sayso.types import Type

_QUOTE, _STATE, _BEFORE, _CASE = (
    list(FEATURES).index(name) for name in ("quote", "state", "before", "case")
)
_BREAK, _SMALL = 2, 1
"""Of what stands before a token a single line break, of its case small letters."""
_OPENERS, _CLOSERS = {1: 2, 4: 5}, {2: 1, 5: 4}
"""Quotation mark classes that open and close, with their counterparts."""
SAME = 0.5
"""Two contents that overlap by this share of their union are one statement, unless nested."""
QUOTED = 1.5
"""Log-odds that the anchor of a statement inside a quotation must have."""
WHOLE = 0.9
"""A piece that overlaps by this share is the other's, as a content that is inside another."""
OPEN = 64
"""Contents open at one place, of which one may hold another: more than any report nests."""
_BLOCK = 64
"""Tokens of the stretches in which rivals are looked for."""
AFTER = 12
"""Tokens after a quotation within which a cue of its own may stand."""
LONGEST = 1000
"""Tokens that a quotation left open may be carried on over."""
REST = 48
"""Tokens that a clause which was cut off may go on for."""

_FRAGMENTS = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "that", "the", "this",
     "to", "when", "with", "about")
)  # fmt: skip
_BARE = frozenset(("a", "an", "the", "dr", "mr", "mrs", "ms", "sir"))
"""Alone these name nobody."""


def assemble(text: str, tokens: Tokens, found: Sequence[Candidate]) -> list[Draft]:
    """Candidates in the order of the text → drafts, in the order of the text."""
    marks = _Marks(tokens)
    bounds = Words(text, tokens)
    telling = [bounds.with_one_source(c) for c in found if bounds.tell(c)]
    whole = [marks.whole(bounds.apart(c), telling) for c in telling]
    kept = _without_doubles(whole)
    kept.sort(key=lambda c: (min(c.start, c.anchor), -c.end))
    kept = _sure_in_quotations(kept, marks, text)
    return [
        _draft(text, tokens, marks, c, inside)
        for c, inside in zip(kept, enclosing(kept), strict=True)
    ]


class _Marks:
    """The article's quotation marks, line by line."""

    def __init__(self, tokens: Tokens) -> None:
        self.quote = tokens.features[:, _QUOTE].tolist()
        self.state = tokens.features[:, _STATE].tolist()
        self.lines = tokens.lines.tolist()
        self.size = len(tokens)
        self.tokens = tokens

    def line_end(self, at: int) -> int:
        """The end of the line that the token stands in."""
        n = bisect_right(self.lines, at)
        return self.lines[n] if n < len(self.lines) else self.size

    def whole(self, c: Candidate, others: Sequence[Candidate]) -> Candidate:
        """The content with all of the quotation that it was cut off in."""
        return self.balanced(self.finished(self.continued(self.begun(c), others)))

    def begun(self, c: Candidate) -> Candidate:
        """A content whose beginning was cut off inside a quotation starts where that opens.

        So does one whose cue stands outside: the labels of a long quotation end before they
        reach its bounds.
        """
        if not (c.cut[0] or self._told_outside(c)) or self.quote[c.start] in _OPENERS:
            return c
        if not self.state[c.start]:
            return c
        line = self.lines[bisect_right(self.lines, c.start) - 1]
        start, first = c.start, max(line, c.start - LONGEST)
        while start > first and self.quote[start] not in _OPENERS and self.state[start - 1]:
            start -= 1
        if not c.cut[0] and self.quote[start] not in _OPENERS:
            return c
        return c.with_content(((start, c.content[0][1]), *c.content[1:]))

    def continued(self, c: Candidate, others: Sequence[Candidate]) -> Candidate:
        """A content that was cut off inside a quotation goes on to the quotation's end.

        A quotation left open at its line's end goes on in the next line, where that opens
        with a mark again and nobody else's statement is anchored.
        """
        end = c.end
        if (c.cut[1] or self._told_outside(c)) and self.state[end - 1]:
            end = self._closed(end, sure=c.cut[1])
        while self._open_at_line_end(end) and end - c.start < LONGEST:
            quoted = self._quotation(end)
            if quoted is None:
                break
            told = _between(others, end, min(quoted + AFTER, self.line_end(end)))
            if any(not o.cueless for o in told):
                break
            end = quoted
        if end == c.end:
            return c
        return c.with_content((*c.content[:-1], (c.content[-1][0], end)))

    def finished(self, c: Candidate) -> Candidate:
        """A content that was cut off outside a quotation goes on to the clause's end."""
        end = c.end
        if not c.cut[1] or self.state[end - 1]:
            return c
        stop = min(self.line_end(end - 1), end + REST)
        while end < stop and not self.tokens.marks[end]:
            end += 1
        return c.with_content((*c.content[:-1], (c.content[-1][0], end)))

    def _closed(self, end: int, *, sure: bool) -> int:
        """Where the quotation that is open at this token's end closes, in its line.

        Where it is not sure that the content was cut off, a quotation that never closes, or
        opens again first (a mark is missing), is left as it is.
        """
        opener, closer = (1, 2) if self.state[end - 1] % 2 else (4, 5)
        stop = min(self.line_end(end - 1), end + LONGEST)
        for at in range(end - 1, stop):
            if self.quote[at] == closer:
                return at + 1
            if self.quote[at] == opener and at >= end and not sure:
                return end
        return stop if sure else end

    def _told_outside(self, c: Candidate) -> bool:
        return bool(c.cue) and not self.state[c.anchor]

    def _open_at_line_end(self, end: int) -> bool:
        at_end = end < self.size and self.line_end(end - 1) == end
        return at_end and self.state[end - 1] > 0 and self.quote[end - 1] not in _CLOSERS

    def _quotation(self, start: int) -> int | None:
        """The end of the quotation that opens at this token, within its line."""
        closer = _OPENERS.get(self.quote[start])
        if closer is None:
            return None
        stop = self.line_end(start)
        return next((t + 1 for t in range(start + 1, stop) if self.quote[t] == closer), stop)

    def balanced(self, c: Candidate) -> Candidate:
        """A quotation mark whose counterpart stands in the content belongs to it."""
        spans = []
        for start, end in c.content:
            inside = set(self.quote[start:end])
            closer = _OPENERS.get(self.quote[start])
            opener = _CLOSERS.get(self.quote[end - 1])
            if closer and closer not in inside and end < self.size and self.quote[end] == closer:
                end += 1
            elif opener and opener not in inside and start and self.quote[start - 1] == opener:
                start -= 1
            spans.append((start, end))
        return c.with_content(tuple(spans))

    def type_of(self, c: Candidate, text: str) -> Type:
        """By how much of the content stands between marks of its own; a turn is direct."""
        quoted = bare = 0
        for start, end in _by_line(self.tokens, c.content):
            closer = None
            for t in range(start, end):
                if closer is None and self.quote[t] in _OPENERS:
                    closer = _OPENERS[self.quote[t]]
                elif closer is not None and self.quote[t] == closer:
                    closer = None
                elif text[self.tokens.starts[t]].isalnum():
                    quoted, bare = quoted + (closer is not None), bare + (closer is None)
        if not quoted:
            return "direct" if self._is_turn(c, text) else "indirect"
        return "mixed" if bare else "direct"

    def _is_turn(self, c: Candidate, text: str) -> bool:
        cue = [text[self.tokens.starts[s] : self.tokens.ends[e - 1]] for s, e in c.cue]
        return cue == [":"] and c.content[0][0] == c.cue[-1][1]


def _between(found: Sequence[Candidate], start: int, end: int) -> Sequence[Candidate]:
    """Those anchored in [start, end), of candidates in the order of their anchors."""
    low = bisect_left(found, start, key=lambda c: c.anchor)
    high = bisect_left(found, end, key=lambda c: c.anchor)
    return found[low:high]


def _without_doubles(found: Sequence[Candidate]) -> list[Candidate]:
    """One content, one statement: of two that compete the surer stays.

    They do not compete where one's anchor stands inside the other's content (nested). A
    cueless one gives way to any statement whose content holds its beginning. A piece of a
    content that is a surer statement's goes, and the rest stays.
    """
    kept: list[Candidate] = []
    near: dict[int, list[Candidate]] = {}
    for c in sorted(found, key=lambda c: (c.cueless, -c.evidence.anchor, c.anchor)):
        places = range(c.start // _BLOCK, (c.end - 1) // _BLOCK + 1)
        rivals = list({id(k): k for place in places for k in near.get(place, ())}.values())
        c = _own_pieces(c, rivals)
        if any(_compete(c, k) for k in rivals):
            continue
        kept.append(c)
        for place in places:
            near.setdefault(place, []).append(c)
    return kept


def _own_pieces(c: Candidate, rivals: Sequence[Candidate]) -> Candidate:
    if len(c.content) == 1:
        return c
    apart = [k for k in rivals if not (k.holds(c.anchor) or c.holds(k.anchor))]
    own = tuple(
        (s, e) for s, e in c.content if all(_overlap((s, e), k) < WHOLE * (e - s) for k in apart)
    )
    return c.with_content(own) if own else c


def _overlap(span: tuple[int, int], c: Candidate) -> int:
    return sum(max(0, min(span[1], e) - max(span[0], s)) for s, e in c.content)


def _compete(a: Candidate, b: Candidate) -> bool:
    if a.end <= b.start or b.end <= a.start:
        return False
    if a.cueless and b.holds(a.start):
        return True
    if b.holds(a.anchor) or a.holds(b.anchor):
        return False
    shared = a.shared(b)
    return shared >= SAME * (a.size + b.size - shared)


def enclosing(found: Sequence[Candidate]) -> list[int | None]:
    """For each statement, the index of the smallest one whose content holds it and its cue.

    Statements come in the order of their beginnings, so those that may hold one are open
    where it begins, or begin with it.
    """
    out: list[int | None] = [None] * len(found)
    order = sorted(range(len(found)), key=lambda n: (found[n].start, -found[n].end, n))
    begun: list[int] = []
    for n in order:
        c = found[n]
        begun = [k for k in begun if found[k].end > c.start][-OPEN:]
        holders = [(found[k].size, -k) for k in begun if _holds(found, k, n)]
        if holders:
            out[n] = -min(holders)[1]
        begun.append(n)
    return out


def _sure_in_quotations(found: Sequence[Candidate], marks: _Marks, text: str) -> list[Candidate]:
    """Without the doubtful statements inside quotations: "I only want to help" tells no want."""
    return [
        c
        for c, holder in zip(found, enclosing(found), strict=True)
        if holder is None
        or c.evidence.anchor >= QUOTED
        or marks.type_of(found[holder], text) == "indirect"
    ]


def _holds(found: Sequence[Candidate], outer: int, inner: int) -> bool:
    a, b = found[outer], found[inner]
    larger = (a.size, -outer) > (b.size, -inner)
    return larger and a.holds(b.anchor) and b.shared(a) >= WHOLE * b.size


def _draft(text: str, tokens: Tokens, marks: _Marks, c: Candidate, inside: int | None) -> Draft:
    def bounds(span: tuple[int, int]) -> Bounds:
        return int(tokens.starts[span[0]]), int(tokens.ends[span[1] - 1])

    def optional(span: tuple[int, int] | None) -> Bounds | None:
        """The phrase, unless it is a fragment of one: "in", "a" or "41" alone."""
        found = span and bounds(span)
        words = text[slice(*found)].casefold() if found else ""
        return None if words in _FRAGMENTS or (words.isdigit() and len(words) < 4) else found

    source = [span for span in map(bounds, c.source) if text[slice(*span)].casefold() not in _BARE]
    cue = tuple(map(bounds, c.cue))
    channel, when = optional(c.channel), optional(c.when)
    documents = source if c.kind == "document" else ()
    return Draft(
        source=tuple(source),
        cue=cue,
        content=tuple(map(bounds, _by_line(tokens, c.content))),
        addressee=optional(c.addressee) or addressee_of(text, channel),
        channel=channel,
        when=whole_time(text, *when) if when else time_of(text, (channel, *documents)),
        kind=c.kind,
        said=c.said,
        denied=c.denied or is_denied(text, source, cue),
        type=marks.type_of(c, text),
        inside=inside,
        evidence=c.evidence,
    )


def _by_line(tokens: Tokens, spans: TokenSpans) -> list[tuple[int, int]]:
    """Spans cut where a line ends, so that no span runs over a paragraph's break.

    A single break before a small letter is none: the line was broken by hand.
    """
    out: list[tuple[int, int]] = []
    for start, end in spans:
        low, high = tokens.lines.searchsorted([start, end - 1], "right")
        lines = tokens.lines[low:high]
        first = tokens.features[lines]
        apart = lines[(first[:, _BEFORE] != _BREAK) | (first[:, _CASE] != _SMALL)]
        out += pairwise([start, *apart.tolist(), end])
    return out
