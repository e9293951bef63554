"""Corrections laid over a reading: `apply` makes of a reading what people say of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.record.anchors import Bounds, likeness, shared, size, spans_at
from sayso.record.corrections import Applied, Checked, Correction, Verdict
from sayso.record.folding import fold
from sayso.record.quoting import type_of
from sayso.record.roles import places
from sayso.types import Entity, Kind, Reading, Span, Speaker, Statement

_NO_ENTITIES = ("unnamed", "author")
_CHECKED: Mapping[Verdict, Checked] = {
    "right": "right",
    "speaker": "corrected",
    "bounds": "corrected",
    "missing": "added",
}


def apply(reading: Reading, corrections: Iterable[Correction]) -> Applied:
    """Lay corrections over a reading, the later over the earlier.

    Statements keep their ids; one that correction 7 adds is `c7`. All stay in the order of the
    text. To lay the same over it again changes nothing.
    """
    given = sorted(corrections, key=lambda c: c.id)
    if not given:
        return Applied(reading)
    desk = _Desk(reading)
    placed = [_Placed.of(c, reading.article.text) for c in given]
    for n, correction in enumerate(placed):
        desk.lay(correction, placed[n + 1 :])
    return desk.result()


def at(reading: Reading, bounds: Bounds) -> Statement | None:
    """The statement of a reading that has these bounds, or is most like them."""
    return _best([s for s in reading.statements if bounds.is_same(Bounds.of(s))], bounds)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A correction with the bounds that it speaks of, and those that it gives (else the same)."""

    said: Correction
    old: Bounds | None
    new: Bounds | None

    @classmethod
    def of(cls, correction: Correction, text: str) -> "_Placed":
        old, told = correction.anchor.find(text), correction.outcome.bounds
        return cls(correction, old, old if told is None else told.find(text))

    def states(self, bounds: Bounds) -> bool:
        """Whether it says that there is a statement of these bounds."""
        if self.said.kind not in ("right", "missing") or self.new is None:
            return False
        return self.new.is_same(bounds)


class _Desk:
    """A reading while corrections are laid over it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.statements = list(reading.statements)
        self.checked: dict[str, Checked] = {}
        self.orphans: list[int] = []
        self.moved: set[str] = set()
        self.gone: dict[str, str | None] = {}
        """What stood around each statement that was taken away."""

    def lay(self, given: _Placed, later: Sequence[_Placed]) -> None:
        correction, old, new = given.said, given.old, given.new
        if old is None or new is None:
            self.orphans.append(correction.id)
        elif correction.kind == "wrong":
            self._take_away(old, later)
        elif correction.kind == "speaker":
            self._reword(correction, self._found(old, later))
        elif correction.kind == "bounds":
            self._move(correction, old, new, later)
        else:
            self._state(correction, new, later)

    def _like(self, *bounds: Bounds) -> list[Statement]:
        return [s for s in self.statements if any(b.is_same(Bounds.of(s)) for b in bounds)]

    def _found(self, bounds: Bounds, later: Sequence[_Placed]) -> Statement | None:
        """The statement of these bounds, else of those that later corrections give it."""
        known = [bounds]
        for given in later:
            if found := _best(self._like(known[-1]), known[-1]):
                return found
            old, new = given.old, given.new
            if given.said.kind != "bounds" or old is None or new is None:
                continue
            if any(old.is_same(b) for b in known):
                known.append(new)
        return _best(self._like(known[-1]), known[-1])

    def _take_away(self, bounds: Bounds, later: Sequence[_Placed]) -> None:
        """All that is this statement goes, but for what a later correction says is there."""
        stated = [c.new for c in later if c.said.outcome.bounds and c.new is not None]
        for s in self._like(bounds):
            own, near = Bounds.of(s), likeness(s.content, bounds.content)
            if not any(b.is_same(own) and likeness(s.content, b.content) >= near for b in stated):
                self._drop(s)

    def _drop(self, statement: Statement) -> None:
        self.statements = [s for s in self.statements if s is not statement]
        self.gone[statement.id] = statement.inside
        self.checked.pop(statement.id, None)

    def _reword(self, correction: Correction, found: Statement | None) -> None:
        if found is None:
            self.orphans.append(correction.id)
        else:
            self._put(correction, found, None)

    def _move(
        self, correction: Correction, old: Bounds, new: Bounds, later: Sequence[_Placed]
    ) -> None:
        """One statement with the new bounds, where there were any with the old or the new.

        Where a later correction states the old ones again, that one holds.
        """
        if not new.is_same(old) and any(c.states(old) for c in later):
            return
        found = self._found(old, later) or self._found(new, later)
        if found is None:
            self.orphans.append(correction.id)
            return
        self._drop_others(found, self._like(old, new))
        self._put(correction, found, new)

    def _state(self, correction: Correction, bounds: Bounds, later: Sequence[_Placed]) -> None:
        """The statement as a person has it, whether it was read or not."""
        found = self._found(bounds, later)
        if found is None:
            found = Statement(
                id=f"c{correction.id}", type="indirect", said=True, source=(), cue=(), content=()
            )
            self.statements.append(found)
        self._drop_others(found, self._like(bounds))
        self._put(correction, found, bounds)

    def _drop_others(self, found: Statement, alike: Iterable[Statement]) -> None:
        for other in alike:
            if other is not found:
                self._drop(other)

    def _put(self, correction: Correction, found: Statement, bounds: Bounds | None) -> None:
        """The statement as the correction has it, in its place."""
        told = correction.outcome
        new = replace(found, confidence=1.0, runner_up=None)
        if bounds is not None and bounds != Bounds.of(found):
            new = replace(
                new,
                content=bounds.content,
                cue=bounds.cue,
                source=bounds.source,
                about=self._about(bounds),
                type=type_of(bounds.content),
            )
        if bounds is not None:
            self.moved.add(found.id)
        if told.speakers is not None:
            new = replace(new, speakers=told.speakers)
        new = replace(
            new,
            type=new.type if told.type is None else told.type,
            said=new.said if told.said is None else told.said,
        )
        self.statements = [new if s is found else s for s in self.statements]
        if self.checked.get(found.id) != "added":
            self.checked[found.id] = _CHECKED[correction.kind]

    def _about(self, bounds: Bounds) -> tuple[str, ...]:
        """Whom a new content names."""
        return tuple(
            e.id for e in self.reading.entities if any(_is_within(m, bounds) for m in e.mentions)
        )

    def result(self) -> Applied:
        ordered = _ordered(_nested(self.statements, self.moved, self.gone), self.moved)
        known = _Known(self.reading)
        statements = tuple(
            replace(s, speakers=known.all(s.speakers)) if s.id in self.checked else s
            for s in ordered
        )
        reading = replace(self.reading, statements=statements, entities=known.entities)
        return Applied(reading, self.checked, tuple(self.orphans))


def _best(found: Sequence[Statement], bounds: Bounds) -> Statement | None:
    """The one most like the bounds; the first of several."""

    def rank(s: Statement) -> tuple[float, int, int]:
        near = likeness(s.content, bounds.content)
        return near, shared(s.cue, bounds.cue), shared(s.source, bounds.source)

    return max(found, key=rank, default=None)


def _is_within(span: Span, bounds: Bounds) -> bool:
    return any(s.start <= span.start and span.end <= s.end for s in bounds.content)


def _ordered(statements: Iterable[Statement], moved: set[str]) -> list[Statement]:
    """Those that were moved or added in their places; the rest as they stood."""
    found = [s for s in statements if s.id not in moved]
    for new in sorted((s for s in statements if s.id in moved), key=lambda s: (_place(s), s.id)):
        later = (n for n, s in enumerate(found) if _place(s) > _place(new))
        found.insert(next(later, len(found)), new)
    return found


def _place(statement: Statement) -> tuple[int, int]:
    """What orders statements in a text: their beginning, the longer first."""
    spans = (*statement.source, *statement.cue, *statement.content)
    return min(s.start for s in spans), -max(s.end for s in spans)


# ---- what stands inside what


def _nested(
    statements: Sequence[Statement], moved: set[str], gone: Mapping[str, str | None]
) -> list[Statement]:
    """With `inside` as it is after some were moved or added, and others taken away."""
    by_id = {s.id: s for s in statements}
    shifted = [s for s in statements if s.id in moved]

    def inside(s: Statement) -> str | None:
        if s.id in moved:
            return _smallest(s, statements)
        outer = s.inside
        while outer is not None and outer not in by_id:
            outer = gone.get(outer)
        if outer in moved and not _holds(by_id[outer], s):
            outer = None
        near = _smallest(s, shifted)
        if near is None or outer is None:
            return near or outer
        return min(near, outer, key=lambda id: size(by_id[id].content))

    return [replace(s, inside=found) if (found := inside(s)) != s.inside else s for s in statements]


def _smallest(inner: Statement, statements: Iterable[Statement]) -> str | None:
    holders = [s for s in statements if _holds(s, inner)]
    return min(holders, key=lambda s: (size(s.content), s.id)).id if holders else None


def _holds(outer: Statement, inner: Statement) -> bool:
    """Whether the one's content holds the other's content and cue, and more."""
    spans = (*inner.content, *inner.cue)
    larger = size(outer.content) > size(inner.content)
    return larger and all(_is_within(span, Bounds.of(outer)) for span in spans)


# ---- who speaks


class _Known:
    """The entities of a reading, and those whom corrections add."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.article.text
        self.entities = reading.entities

    def all(self, speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
        """The speakers with their entities; one whom the reading doesn't have gets a new one."""
        return tuple(map(self._known, speakers))

    def _known(self, speaker: Speaker) -> Speaker:
        if speaker.entity is not None or speaker.name is None or speaker.kind in _NO_ENTITIES:
            return speaker
        found = entity_of(self.entities, speaker.name, speaker.kind)
        if found is None:
            found = self._add(speaker.name, speaker.kind)
        return replace(speaker, entity=found.id)

    def _add(self, name: str, kind: Kind) -> Entity:
        ids = {e.id for e in self.entities}
        id = next(id for id in (f"e{n}" for n in range(1, len(ids) + 2)) if id not in ids)
        spans = spans_at(self.text, places(self.text, name))
        self.entities = (*self.entities, Entity(id, name, kind, spans))
        return self.entities[-1]


def entity_of(entities: Sequence[Entity], name: str, kind: str | None = None) -> Entity | None:
    """The entity that a report calls so: by its name, else by the one mention of these words.

    An entity of another kind is no other's, but where its own name is meant.
    """
    folded = fold(name)
    named = [e for e in entities if fold(e.name) == folded]
    for e in named:
        if kind in (None, e.kind):
            return e
    if named:
        return None if kind is not None else named[0]
    called = [
        e
        for e in entities
        if kind in (None, e.kind) and any(fold(m.text) == folded for m in e.mentions)
    ]
    return called[0] if len(called) == 1 else None
