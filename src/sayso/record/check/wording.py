"""How a quotation stands to one document: the wording, what was printed, and the difference."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Literal

from sayso.record.check import lexicon, sense
from sayso.record.check.align import Alignment, Change, Op, align, coverage, exact, weight
from sayso.record.check.printed import (
    Channel,
    Print,
    is_spoken,
    one_voice,
    speech,
    told,
    whole_text,
)
from sayso.record.check.quotation import Quotation
from sayso.record.check.turned import FIRST, Turned, tells, unfolded
from sayso.types import Speaker, Statement

Wording = Literal["verbatim", "abridged", "reported", "altered", "none"]
ORDER: tuple[Wording, ...] = ("verbatim", "abridged", "reported", "altered", "none")

_ALTERED = 0.55
"""The share of a quotation that must be printed for it to be that print altered."""
_NEAR = 0.34
_FEW = 2.0
_PAIR = 2
_MOST = 0.8
_DENIALS = lexicon.listed(
    "deny denies denied denying dispute disputes disputed reject rejects rejected refute refutes "
    "refuted dismiss dismisses dismissed doubt doubts doubted"
)
_OPENING = lexicon.listed("will am going to the a an")
_ARTICLES = frozenset(("the", "a", "an"))
_SUBJECT = 4
"""Words that a speaker who is told of may be named by."""
_AUXILIARIES = lexicon.listed("had has have did do does been")
_NONE_FOR_ANY = {
    "nobody": "anybody", "no": "any", "nothing": "anything", "never": "ever", "none": "any",
    "nowhere": "anywhere",
}  # fmt: skip
_BRACKETED_FOR = 8
_MANY_PLACES = 5
_TRIED = 20
_SHOWN_WORDS = 8
_TELLING, _TELLING_DENSE = 0.5, 0.25


@dataclass(frozen=True)
class Document:
    """A text, and the statements that were read in it. With `part`, the bounds of some
    paragraphs, only they are looked at, and only the statements there need be given."""

    text: str
    statements: tuple[Statement, ...] = ()
    part: tuple[int, int] | None = None

    @cached_property
    def source(self) -> Print:
        return Print(self.text, self.part)

    @cached_property
    def speech(self) -> Channel:
        """What is printed as spoken. Where nobody is quoted, the document speaks for itself."""
        channel = speech(self.source, self.statements)
        return channel if channel.words or self.statements else whole_text(self.source)


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of the difference: words as they were quoted and as they were printed."""

    change: str
    quoted: str
    printed: str

    def to_dict(self) -> dict[str, str]:
        return {"change": self.change, "quoted": self.quoted, "printed": self.printed}


@dataclass(frozen=True, slots=True)
class Finding:
    """The place in a document that stands nearest to a quotation, and how near that is."""

    wording: Wording
    printed: str
    start: int
    end: int
    diff: tuple[Difference, ...]
    statement: Statement | None
    likeness: float
    """The share of the quotation, weighed, that is printed there."""
    reason: str | None = None
    """Why it is no better: what was left out, changed, added or joined."""
    telling: bool = True
    """Whether so much is alike, and so close together, that it is worth showing as near."""

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        return self.statement.speakers if self.statement else ()

    @property
    def rank(self) -> tuple[int, float]:
        """Sorts the best first."""
        return ORDER.index(self.wording), -self.likeness


def judge(quoted: Quotation, document: Document) -> list[Finding]:
    """Every place worth telling of, the best first; empty where nothing is near."""
    if not quoted.words:
        return []
    found = [*_in_speech(quoted, document), *_in_reports(quoted, document)]
    if not any(f.wording in ("verbatim", "abridged", "reported") for f in found) and (
        own := list(_in_own_words(quoted, document))
    ):
        found = own + [f for f in found if f.likeness == 1.0]
    return _distinct(sorted(found, key=lambda f: f.rank))


def _distinct(found: Sequence[Finding]) -> list[Finding]:
    """Without the lesser of two findings that overlap, or that are of one statement."""
    kept: list[Finding] = []
    for finding in found:
        whose = finding.statement
        if not any(
            (finding.start < k.end and k.start < finding.end)
            or (whose is not None and k.statement is not None and whose.id == k.statement.id)
            for k in kept
        ):
            kept.append(finding)
    return kept[:_MANY_PLACES]


# ---- words printed as spoken


def _in_speech(quoted: Quotation, document: Document) -> Iterator[Finding]:
    channel = document.speech
    many = len(quoted.words)
    frames = _frames(document)
    places = exact(quoted.keys, channel.keys)
    found = [
        _spoken(quoted, channel, Alignment((Op("same", 0, many, place, place + many),)))
        for place in places
        if not _all_in(channel, range(place, place + many), frames)
    ][:_TRIED]
    yield from found
    if not any(f.wording in ("verbatim", "abridged") for f in found) and _shares(
        quoted.keys, channel.keys
    ):
        alignment = _laid(quoted, channel)
        if alignment.pairs and not _all_in(channel, [p for _, p in alignment.pairs], frames):
            yield _spoken(quoted, channel, alignment)


def _frames(document: Document) -> list[tuple[int, int]]:
    """Where the report itself says that somebody speaks: "Marsh said". It is nobody's words."""
    return [
        (span.start, span.end)
        for statement in document.statements
        if statement.inside is None
        for span in (*statement.cue, *statement.source)
    ]


def _all_in(channel: Channel, places: Iterable[int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether every one of the words stands in one of the spans."""
    found = [channel.words[place] for place in places]
    return all(any(a <= word.start and word.end <= b for a, b in spans) for word in found)


def _laid(quoted: Quotation, channel: Channel) -> Alignment:
    """The quotation along print. What it has in square brackets takes what place is left."""
    if not quoted.bracketed:
        return align(quoted.keys, channel.keys, gaps=quoted.gaps)
    open_ = [n for n in range(len(quoted.words)) if n not in quoted.bracketed]
    gaps = frozenset(sum(n < gap for n in open_) for gap in quoted.gaps)
    found = align([quoted.keys[n] for n in open_], channel.keys, gaps=gaps)
    if not found.pairs:
        return found
    pairs = [(open_[q], p) for q, p in found.pairs]
    return Alignment(tuple(_from_pairs(pairs, len(quoted.words), _before(channel, pairs[0][1]))))


def _before(channel: Channel, place: int) -> int:
    """Where the word stands that a bracket at the start takes the place of."""
    if place and channel.sentence[place - 1] == channel.sentence[place]:
        return place - 1
    return place


def _shares(quoted: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether enough of the quotation's words are there at all."""
    there = set(printed)
    whole = sum(map(weight, quoted))
    return sum(weight(key) for key in quoted if key in there) >= _NEAR * whole


def _spoken(quoted: Quotation, channel: Channel, alignment: Alignment) -> Finding:
    first, end = alignment.printed
    likeness = coverage(quoted.keys, alignment)
    inner = _inner(channel, alignment)
    statement = _speaking(channel, alignment, inner)
    wording, reason = _wording(quoted, channel, alignment, inner)
    if wording == "altered" and not _recognised(quoted, alignment, likeness):
        wording = "none"
    return _finding(quoted, channel, alignment, (first, end), wording, statement, reason)


def _inner(channel: Channel, alignment: Alignment) -> tuple[int, int, Statement | None] | None:
    """The smallest quotation within a quotation that holds all that is matched."""
    first, end = alignment.printed
    around = [i for i in channel.inner if i[0] <= first and end <= i[1]]
    return min(around, key=lambda i: i[1] - i[0], default=None)


def _speaking(
    channel: Channel, alignment: Alignment, inner: tuple[int, int, Statement | None] | None
) -> Statement | None:
    if inner is not None:
        return inner[2]
    pieces = [channel.piece[p] for _, p in alignment.pairs]
    most = max(set(pieces), key=pieces.count)
    return channel.pieces[most].statement


def _wording(
    quoted: Quotation,
    channel: Channel,
    alignment: Alignment,
    inner: tuple[int, int, Statement | None] | None,
) -> tuple[Wording, str | None]:
    stood_for = _stood_for(quoted, channel, alignment)
    places = [p for _, p in alignment.pairs]
    one = _one_speaker(channel, places)
    for op in alignment.ops:
        if op.change in ("changed", "added") and op not in stood_for:
            other = "" if one else "; words of different speakers joined"
            return "altered", _unlike(quoted, channel, op) + other
        if op in stood_for and (word := _turning(quoted, channel, op)):
            return "altered", f"in square brackets, what print has not: {word}"
    if not one:
        return "altered", "words of different speakers joined"
    kept = set(places)
    for op in stood_for:
        kept.update(range(op.printed, op.printed_end))
    clip = (inner[0], inner[1]) if inner else (0, len(channel.words))
    if lost := _lost(quoted, channel, kept, clip):
        return "altered", lost
    if not all(channel.pieces[channel.piece[p]].sure for p in places):
        return "abridged", "the quotation mark before it is never closed"
    if _row(alignment) and not stood_for and _whole(channel, alignment.printed, clip):
        return "verbatim", None
    return "abridged", None


def _unlike(quoted: Quotation, channel: Channel, op: Op) -> str:
    """What is changed or added, in a few words."""
    new = _few([quoted.text[w.start : w.end] for w in quoted.words[op.quoted : op.quoted_end]])
    old = _few([channel.text[w.start : w.end] for w in channel.words[op.printed : op.printed_end]])
    if not old:
        return f"not printed there: {new}"
    return f"changed: {new} for {old}" if new else f"left out: {old}"


def _few(words: Sequence[str]) -> str:
    return " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")


def _stood_for(quoted: Quotation, channel: Channel, alignment: Alignment) -> list[Op]:
    """The changes that square brackets own to."""
    return [
        op
        for op in alignment.ops
        if op.change in ("changed", "added")
        and op.printed_end - op.printed <= _BRACKETED_FOR
        and all(q in quoted.bracketed for q in range(op.quoted, op.quoted_end))
    ]


def _turning(quoted: Quotation, channel: Channel, op: Op) -> str | None:
    """A word that turns the sense, on one side of a bracket and not on the other; a number or
    a name that takes another's place."""
    new = {quoted.keys[q] for q in range(op.quoted, op.quoted_end)}
    old = {channel.keys[p] for p in range(op.printed, op.printed_end)}
    for key in sorted(new ^ old):
        if lexicon.turns(key) or key[:1].isdigit():
            return key
    return None


def _one_speaker(channel: Channel, places: Sequence[int]) -> bool:
    pieces = sorted({channel.piece[p] for p in places})
    return all(one_voice(channel, a, b) for a, b in pairwise(pieces))


def _lost(quoted: Quotation, channel: Channel, kept: set[int], clip: tuple[int, int]) -> str | None:
    """What of the sense is lost in the sentences that are printed in part."""
    sentences = sorted({channel.sentence[p] for p in kept})
    if spliced := _spliced(channel, sorted(kept), clip):
        return spliced
    for number in sentences:
        first, end = channel.bounds(number)
        first, end = max(first, clip[0]), min(end, clip[1])
        items = [
            sense.Item(channel.keys[p], p in kept, channel.between(p) if p > first else "")
            for p in range(first, end)
        ]
        found = sense.loss(items, channel.tail(end - 1), asks=quoted.asks)
        if found:
            return str(found)
    return None


def _spliced(channel: Channel, kept: Sequence[int], clip: tuple[int, int]) -> str | None:
    """Two sentences made into one: the first without its end, the second without its start."""
    for a, b in pairwise(kept):
        if channel.sentence[a] == channel.sentence[b]:
            continue
        cut_short = channel.sentence[a + 1] == channel.sentence[a]
        if cut_short and channel.sentence[b - 1] == channel.sentence[b]:
            return "parts of two sentences joined"
    return None


def _row(alignment: Alignment) -> bool:
    return len(alignment.ops) == 1 and alignment.ops[0].change == "same"


def _whole(channel: Channel, span: tuple[int, int], clip: tuple[int, int]) -> bool:
    """Whether whole sentences, or a whole quotation, stand between two words."""
    first, end = span
    return _starts(channel, first, clip) and _stops(channel, end, clip)


def _starts(channel: Channel, first: int, clip: tuple[int, int]) -> bool:
    if first in (0, clip[0]):
        return True
    return channel.sentence[first - 1] != channel.sentence[first] or (
        channel.piece[first - 1] != channel.piece[first]
        and not channel.pieces[channel.piece[first]].continues
    )


def _stops(channel: Channel, end: int, clip: tuple[int, int]) -> bool:
    return end in (len(channel.words), clip[1]) or _starts(channel, end, clip)


def _recognised(quoted: Quotation, alignment: Alignment, likeness: float) -> bool:
    """Whether so much is printed, so close together, that it is that print and no other."""
    pairs = alignment.pairs
    content = sum(weight(quoted.keys[q]) for q, _ in pairs)
    first, end = pairs[0][1], pairs[-1][1] + 1
    dense = len(pairs) / max(end - first, 1)
    if likeness == 1.0 and dense == 1.0:
        return len(pairs) > _PAIR
    return (
        likeness >= _ALTERED
        and content >= min(_FEW, _MOST * sum(map(weight, quoted.keys)))
        and (dense >= 0.3 or likeness >= 0.8 or bool(quoted.gaps))
    )


# ---- words told in indirect speech


def _in_reports(quoted: Quotation, document: Document) -> Iterator[Finding]:
    by_id = {s.id: s for s in document.statements}
    for statement in document.statements:
        if not statement.said or _is_speech(document.text, statement, by_id):
            continue
        channel = told(document.source, statement)
        if channel.words and (found := _turned_back(quoted, channel, statement)):
            yield found


def _is_speech(text: str, statement: Statement | None, by_id: dict[str, Statement]) -> bool:
    """Whether it is, or stands in, direct speech, where its frame is part of the words."""
    while statement is not None:
        if is_spoken(text, statement):
            return True
        statement = by_id.get(statement.inside or "")
    return False


def _turned_back(quoted: Quotation, channel: Channel, statement: Statement) -> Finding | None:
    keys = list(quoted.keys)
    if not _might(keys, channel.keys):
        return None
    denying = any(w in _DENIALS for span in statement.cue for w in span.text.casefold().split())
    undenied = denying and _undeny(keys)
    q, p = unfolded(keys), unfolded(channel.keys)
    before = ["", *(t.key for t in p)]
    cache: dict[tuple[str, str, str], bool] = {}

    def equal(i: int, j: int) -> bool:
        asked = (p[j].key, before[j], q[i].key)
        if asked not in cache:
            cache[asked] = tells(*asked)
        return cache[asked]

    alignment = align([t.key for t in q], [t.key for t in p], equal=equal)
    if not alignment.pairs:
        return None
    likeness = coverage([t.key for t in q], alignment)
    if likeness < _NEAR:
        return None
    pairs = _original(alignment, q, p)
    kept = {p[b].place for _, b in alignment.pairs}
    original = Alignment(tuple(_with_parts(_from_pairs(pairs, len(keys)), kept)))
    wording: Wording = "reported"
    reason = None
    if (unlike := _untold(alignment, q, p)) is not None:
        wording, reason = "altered", _unlike(quoted, channel, _folded(unlike, q, p))
    elif denying and not undenied:
        wording, reason = "altered", f"it was denied: {' '.join(s.text for s in statement.cue)}"
    elif statement.denied:
        wording, reason = "altered", "the report says that it was not said"
    elif lost := _lost_in_report(quoted, channel, kept):
        wording, reason = "altered", lost
    if wording == "altered" and not _recognised(quoted, original, likeness):
        wording = "none"
    span = (min(b for _, b in pairs), max(b for _, b in pairs) + 1)
    return _finding(quoted, channel, original, span, wording, statement, reason)


def _undeny(keys: list[str]) -> bool:
    """Take one negation out of a quotation, as one that is denied is told without it."""
    for n, key in enumerate(keys):
        if key in _NONE_FOR_ANY:
            keys[n] = _NONE_FOR_ANY[key]
            return True
        if key == "not":
            del keys[n]
            return True
        if key.endswith("n't"):
            keys[n] = {"can't": "can", "won't": "will"}.get(key, key[:-3])
            return True
    return False


def _might(said: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether enough words are there as they are, tenses and persons aside."""
    near = {key[:3] for key in printed}
    whole = sum(map(weight, said))
    return sum(weight(key) for key in said if key[:3] in near) >= _NEAR * whole


def _original(
    alignment: Alignment, q: Sequence[Turned], p: Sequence[Turned]
) -> list[tuple[int, int]]:
    """The pairs of words as they were before contractions were taken apart."""
    pairs: list[tuple[int, int]] = []
    for a, b in alignment.pairs:
        pair = (q[a].place, p[b].place)
        if not pairs or (pair[0] > pairs[-1][0] and pair[1] > pairs[-1][1]):
            pairs.append(pair)
    return pairs


def _with_parts(ops: Iterator[Op], kept: set[int]) -> list[Op]:
    """The ops, where a word may be printed as two: "could not" for "cannot"."""
    whole: list[Op] = []
    for op in ops:
        before = whole[-1] if whole else None
        told = op.change == "left out" and kept.issuperset(range(op.printed, op.printed_end))
        if told and before is not None and before.change == "same":
            whole[-1] = replace(before, printed_end=op.printed_end)
        else:
            whole.append(op)
    return whole


def _from_pairs(
    pairs: Sequence[tuple[int, int]], many: int, start: int | None = None
) -> Iterator[Op]:
    """Ops out of pairs of words, in order; `start` is where what is quoted before the first
    pair may stand in print."""
    q, p = 0, pairs[0][1] if start is None or not pairs[0][0] else start
    for a, b in pairs:
        if a > q or b > p:
            change: Change = "changed" if a > q and b > p else "added" if a > q else "left out"
            yield Op(change, q, a, p, b)
        yield Op("same", a, a + 1, b, b + 1)
        q, p = a + 1, b + 1
    if q < many:
        yield Op("added", q, many, p, p)


def _untold(alignment: Alignment, q: Sequence[Turned], p: Sequence[Turned]) -> Op | None:
    """What is changed beside who speaks: "the firm would pay" does tell of "we will pay"."""
    for op in alignment.ops:
        if op.change not in ("same", "left out") and not _stays(
            op,
            {q[n].key for n in range(op.quoted, op.quoted_end)},
            {p[n].key for n in range(op.printed, op.printed_end)},
        ):
            return op
    return None


def _folded(op: Op, q: Sequence[Turned], p: Sequence[Turned]) -> Op:
    """The same stretch, counted in words before contractions were taken apart."""

    def places(parts: Sequence[Turned], first: int, end: int) -> tuple[int, int]:
        return (parts[first].place, parts[end - 1].place + 1) if first < end else (0, 0)

    quoted, printed = places(q, op.quoted, op.quoted_end), places(p, op.printed, op.printed_end)
    return Op(op.change, *quoted, *printed)


def _stays(op: Op, quoted: set[str], printed: set[str]) -> bool:
    if op.change == "added":
        return op.quoted == 0 and quoted <= FIRST | _OPENING
    if quoted <= FIRST:
        return op.printed_end - op.printed <= _SUBJECT
    return quoted | printed <= _ARTICLES


def _lost_in_report(quoted: Quotation, channel: Channel, kept: set[int]) -> str | None:
    keys = channel.keys
    items = [
        sense.Item(key, p in kept or _of_tense(keys, p, kept), channel.between(p))
        for p, key in enumerate(keys)
    ]
    found = sense.loss(items, "", asks=quoted.asks)
    return str(found) if found else None


def _of_tense(keys: Sequence[str], p: int, kept: set[int]) -> bool:
    """Whether a word only makes the tense of one that was kept."""
    if keys[p] not in _AUXILIARIES:
        return False
    return p + 1 in kept or (p + 2 in kept and keys[p + 1] in _AUXILIARIES | {"not", "never"})


# ---- words of the report itself


def _in_own_words(quoted: Quotation, document: Document) -> Iterator[Finding]:
    """Where nobody says it, the report may: that is no quotation, but worth telling."""
    channel = whole_text(document.source)
    for place in exact(quoted.keys, channel.keys)[:1]:
        many = len(quoted.words)
        alignment = Alignment((Op("same", 0, many, place, place + many),))
        reason = "printed, but not as anybody's words"
        yield _finding(quoted, channel, alignment, (place, place + many), "none", None, reason)


def _finding(
    quoted: Quotation,
    channel: Channel,
    alignment: Alignment,
    span: tuple[int, int],
    wording: Wording,
    statement: Statement | None,
    reason: str | None,
) -> Finding:
    first, end = span
    return Finding(
        wording,
        channel.shown(first, end),
        channel.words[first].start,
        channel.words[end - 1].end,
        tuple(_differences(quoted, channel, alignment)),
        statement,
        round(coverage(quoted.keys, alignment), 3),
        reason,
        _is_telling(quoted, alignment),
    )


def _is_telling(quoted: Quotation, alignment: Alignment) -> bool:
    pairs = alignment.pairs
    if not pairs:
        return False
    content = sum(weight(quoted.keys[q]) == 1 for q, _ in pairs)
    alike = coverage(quoted.keys, alignment)
    dense = len(pairs) / (pairs[-1][1] + 1 - pairs[0][1])
    return alike >= _TELLING and dense >= _TELLING_DENSE and (content >= _PAIR or alike == 1)


def _differences(quoted: Quotation, channel: Channel, alignment: Alignment) -> Iterator[Difference]:
    for op in alignment.ops:
        said = shown = ""
        if op.quoted < op.quoted_end:
            start, end = quoted.words[op.quoted].start, quoted.words[op.quoted_end - 1].end
            said = " ".join(quoted.text[start:end].split())
        if op.printed < op.printed_end:
            shown = channel.shown(op.printed, op.printed_end)
        yield Difference(op.change, said, shown)
