"""A quotation against what a document tells in indirect speech, person and tense turned back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.record.check import lexicon, sense
from sayso.record.check.align import Alignment, Op, align, coverage, from_pairs, weight
from sayso.record.check.channel import Channel, Print, content
from sayso.record.check.clauses import Item
from sayso.record.check.finding import NEAR, Finding, Wording, finding_of, recognised, unlike
from sayso.record.check.owners import is_spoken
from sayso.record.check.quotation import Quotation
from sayso.record.check.turned import FIRST, Turned, tells, unfolded
from sayso.types import Statement

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


@dataclass(frozen=True, slots=True)
class Told:
    """A statement in indirect speech, and the words that it tells."""

    statement: Statement
    channel: Channel


def told(source: Print, statements: Sequence[Statement]) -> Iterator[Told]:
    """What a document tells of what somebody said."""
    by_id = {s.id: s for s in statements}
    for statement in statements:
        if statement.said and not _is_speech(source.text, statement, by_id):
            channel = content(source, statement)
            if channel.words:
                yield Told(statement, channel)


def findings(quoted: Quotation, tellings: Iterable[Told]) -> Iterator[Finding]:
    """Every statement that tells of it, or of something like it."""
    for telling in tellings:
        if found := _turned_back(quoted, telling.channel, telling.statement):
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
    if likeness < NEAR:
        return None
    pairs = _original(alignment, q, p)
    kept = {p[b].place for _, b in alignment.pairs} - _not_told(alignment, p)
    original = Alignment(tuple(_with_parts(from_pairs(pairs, len(keys)), kept)))
    reason: str | None
    if (op := _untold(alignment, q, p)) is not None:
        reason = unlike(quoted, channel, _folded(op, q, p))
    elif denying and not undenied:
        reason = f"it was denied: {' '.join(s.text for s in statement.cue)}"
    elif statement.denied:
        reason = "the report says that it was not said"
    else:
        reason = _lost(quoted, channel, kept)
    wording: Wording = "reported" if reason is None else "altered"
    if wording == "altered" and not recognised(quoted, original, likeness):
        wording = "none"
    span = (min(b for _, b in pairs), max(b for _, b in pairs) + 1)
    return finding_of(quoted, channel, original, span, wording, statement, reason)


def _not_told(alignment: Alignment, p: Sequence[Turned]) -> set[int]:
    """Where a negation is left out of a contraction: "could" told for "couldn't"."""
    told = {b for _, b in alignment.pairs}
    return {part.place for n, part in enumerate(p) if part.key == "not" and n not in told}


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
    """Whether enough words are there as they are, each as often, tenses and persons aside."""
    near = Counter(key[:3] for key in printed)
    found = 0.0
    for key in said:
        if near[key[:3]]:
            near[key[:3]] -= 1
            found += weight(key)
    return found >= NEAR * sum(map(weight, said))


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


def _lost(quoted: Quotation, channel: Channel, kept: set[int]) -> str | None:
    keys = channel.keys
    items = [
        Item(key, p in kept or _of_tense(keys, p, kept), channel.between(p))
        for p, key in enumerate(keys)
    ]
    found = sense.loss(items, "", asks=quoted.asks)
    return str(found) if found else None


def _of_tense(keys: Sequence[str], p: int, kept: set[int]) -> bool:
    """Whether a word only makes the tense of one that was kept."""
    if keys[p] not in _AUXILIARIES:
        return False
    return p + 1 in kept or (p + 2 in kept and keys[p + 1] in _AUXILIARIES | {"not", "never"})
