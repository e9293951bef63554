"""A quotation against what a document prints as spoken."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from sayso.record.check import lexicon, sense
from sayso.record.check.align import Alignment, Op, align, coverage, exact, from_pairs, weight
from sayso.record.check.channel import Channel, one_voice
from sayso.record.check.clauses import Item
from sayso.record.check.finding import NEAR, Finding, Wording, finding_of, recognised, unlike
from sayso.record.check.normal import Word
from sayso.record.check.quotation import Quotation
from sayso.types import Statement

_BRACKETED_FOR = 8
_TRIED = 20
_REACH = 100
"""Words on either side of those kept that may carry their sense: speech that was taken down
without a full stop is one sentence from end to end."""
_RUN = 3
"""Words that must stand in a row for a part of a quotation to be looked for by itself."""
_SCATTERED = ("words of different speakers joined", "printed in another order")


def findings(
    quoted: Quotation, channel: Channel, statements: Sequence[Statement]
) -> Iterator[Finding]:
    """Every place where it is printed in a row, else the place that is most like it."""
    many = len(quoted.words)
    frames = _frames(statements)
    places = (
        place
        for place in exact(quoted.keys, channel.keys)
        if not _all_in(channel, range(place, place + many), frames)
    )
    found = [
        _spoken(quoted, channel, Alignment((Op("same", 0, many, place, place + many),)))
        for place in islice(places, _TRIED)
    ]
    yield from found
    if not any(f.wording in ("verbatim", "abridged") for f in found) and _shares(
        quoted.keys, channel.keys
    ):
        alignment = _laid(quoted, channel)
        if alignment.pairs and not _all_in(channel, [p for _, p in alignment.pairs], frames):
            yield _spoken(quoted, channel, alignment)


def _frames(statements: Sequence[Statement]) -> list[tuple[int, int]]:
    """Where the report itself says that somebody speaks: "Marsh said". It is nobody's words."""
    return [
        (span.start, span.end)
        for statement in statements
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
    return Alignment(tuple(from_pairs(pairs, len(quoted.words), _before(channel, pairs[0][1]))))


def _before(channel: Channel, place: int) -> int:
    """Where the word stands that a bracket at the start takes the place of."""
    if place and channel.sentence[place - 1] == channel.sentence[place]:
        return place - 1
    return place


def _shares(quoted: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether enough of the quotation's words are there at all."""
    there = set(printed)
    whole = sum(map(weight, quoted))
    return sum(weight(key) for key in quoted if key in there) >= NEAR * whole


def _spoken(quoted: Quotation, channel: Channel, alignment: Alignment) -> Finding:
    first, end = alignment.printed
    likeness = coverage(quoted.keys, alignment)
    inner = _inner(channel, alignment)
    statement = _speaking(channel, alignment, inner)
    wording, reason = _wording(quoted, channel, alignment, inner)
    if wording == "altered" and not recognised(quoted, alignment, likeness):
        reason = _scattered(quoted, channel) or reason
        wording = "altered" if reason in _SCATTERED else "none"
    return finding_of(quoted, channel, alignment, (first, end), wording, statement, reason)


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
            return "altered", unlike(quoted, channel, op) + other
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
    new = {quoted.words[q] for q in range(op.quoted, op.quoted_end)}
    old = {channel.words[p] for p in range(op.printed, op.printed_end)}
    for key in sorted({word.key for word in new} ^ {word.key for word in old}):
        if lexicon.turns(key) or key[:1].isdigit():
            return key
    brought, replaced = _names(quoted.text, new), _names(channel.text, old)
    if brought and replaced and not _may_be_one(brought, replaced):
        return " ".join(brought)
    return None


def _names(text: str, found: Iterable[Word]) -> list[str]:
    """The words of a bracket that have a capital and are not among the commonest, in order."""
    return [
        word.key
        for word in sorted(found, key=lambda word: word.start)
        if text[word.start].isupper() and word.key not in lexicon.COMMON
    ]


def _may_be_one(brought: Sequence[str], replaced: Sequence[str]) -> bool:
    """Whether one of two names has a word of the other, or is its initials."""
    initials = {"".join(key[0] for key in names) for names in (brought, replaced)}
    return not set(brought).isdisjoint(replaced) or not initials.isdisjoint((*brought, *replaced))


def _one_speaker(channel: Channel, places: Sequence[int]) -> bool:
    pieces = sorted({channel.piece[p] for p in places})
    return all(one_voice(channel, a, b) for a, b in pairwise(pieces))


def _lost(quoted: Quotation, channel: Channel, kept: set[int], clip: tuple[int, int]) -> str | None:
    """What of the sense is lost in the sentences that are printed in part."""
    places = sorted(kept)
    if spliced := _spliced(channel, places, clip):
        return spliced
    for number in sorted({channel.sentence[p] for p in places}):
        first, last = channel.bounds(number)
        here = places[bisect_left(places, first) : bisect_left(places, last)]
        first = max(first, clip[0], here[0] - _REACH)
        end = min(last, clip[1], here[-1] + 1 + _REACH)
        items = [
            Item(channel.keys[p], p in kept, channel.between(p) if p > first else "")
            for p in range(first, end)
        ]
        whole = end == min(last, clip[1]) and not _ends_with_another(channel, end, clip)
        stop = channel.tail(end - 1) if whole else ""
        found = sense.loss(items, stop, asks=quoted.asks)
        if found:
            return str(found)
    return None


def _ends_with_another(channel: Channel, end: int, clip: tuple[int, int]) -> bool:
    """Whether what ends there is a quotation within, whose question mark is its own."""
    nested = any(last == end and (first, last) != clip for first, last, _ in channel.inner)
    return nested and channel.tail(end - 1).startswith("?")


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


def _scattered(quoted: Quotation, channel: Channel) -> str | None:
    """Whether all of it is printed, though not in this order: what is wrong with it then."""
    places = defaultdict(list)
    for place, key in enumerate(channel.keys):
        places[key].append(place)
    found: list[int] = []
    start = 0
    while start < len(quoted.keys):
        many, place = _longest(quoted.keys[start:], channel.keys, places)
        if many >= _RUN:
            found.append(place)
        elif weight(quoted.keys[start]) == 1:
            return None
        start += many if many >= _RUN else 1
    return _SCATTERED[_one_speaker(channel, found)] if len(found) > 1 else None


def _longest(
    keys: Sequence[str], printed: Sequence[str], places: Mapping[str, Sequence[int]]
) -> tuple[int, int]:
    """The longest run of the words, from the first, that is printed; and where."""
    best, where = 0, 0
    for place in places.get(keys[0], ()):
        many = _alike(keys, printed[place : place + len(keys)])
        if many > best:
            best, where = many, place
    return best, where


def _alike(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words two rows have in common, from the first."""
    for n, (one, two) in enumerate(zip(a, b, strict=False)):
        if one != two:
            return n
    return min(len(a), len(b))
