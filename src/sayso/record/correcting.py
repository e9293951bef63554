"""Corrections in the record: made, taken back, listed."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from sayso.errors import Ambiguous, Changed, NotInRecord, UsageError
from sayso.record import articles, decisions, identity, people
from sayso.record.anchors import Anchor, Bounds, Spans, meet
from sayso.record.corrections import VERSIONS, Applied, Correction, Outcome, Verdict, of
from sayso.record.database import to_json, write
from sayso.record.days import now
from sayso.record.laying import apply, at, entity_of
from sayso.record.ledger import Ledger
from sayso.record.misnamed import Misnamed
from sayso.record.projection import corrected, project_versions
from sayso.record.quoting import CLOSING, type_of
from sayso.record.standing import standing
from sayso.types import Kind, Reading, Span, Speaker, Statement

_SHOWN = 5  # places in a message
_LONGEST_WORDS = 20_000
_BODIES = ("organisation", "group", "document")


_LEDGER = Ledger(
    "correction", "sayso corrections", "there is no correction that could be taken back"
)


# ---- made


def right(db: sqlite3.Connection, reference: str, *, who: str) -> Correction:
    """Say that a statement, named as `KEY/s3`, is right as it is: it stays, whatever a newer model
    reads there."""
    with write(db):
        article, applied, statement = _statement(db, reference)
        anchor = _anchor(applied.reading, statement)
        speakers = tuple(replace(s, entity=None) for s in statement.speakers)
        outcome = Outcome(anchor, speakers, statement.type, statement.said)
        return _make(db, article, "right", anchor, outcome, who)


def wrong(db: sqlite3.Connection, reference: str, *, who: str) -> Correction:
    """Say that nobody is told to have said that: the statement goes."""
    with write(db):
        article, applied, statement = _statement(db, reference)
        return _make(db, article, "wrong", _anchor(applied.reading, statement), Outcome(), who)


def attribute(
    db: sqlite3.Connection,
    reference: str,
    names: Sequence[str],
    *,
    kind: Kind | None = None,
    who: str,
) -> Correction:
    """Say that others are the speakers of a statement; without names, that nobody is.

    `kind` is what they are; by default what the article's own entity of the name is, else what
    those are who don't speak any more, else a person.
    """
    with write(db):
        article, applied, statement = _statement(db, reference)
        speakers = _speakers(applied.reading, names, kind, statement.speakers)
        outcome = Outcome(speakers=speakers)
        anchor = _anchor(applied.reading, statement)
        return _make(db, article, "speaker", anchor, outcome, who)


def misnamed(db: sqlite3.Connection, reference: str) -> Misnamed:
    """The speaker of a statement, with all that the article has them say.

    Raises `UsageError` where not just one is named.
    """
    _, applied, statement = _statement(db, reference)
    return Misnamed.of(applied, statement)


def attribute_all(
    db: sqlite3.Connection,
    reference: str,
    names: Sequence[str],
    *,
    kind: Kind | None = None,
    version: str | None = None,
    who: str,
) -> tuple[Correction, ...]:
    """Say that others said all that an article has the speaker of this statement say.

    Who else speaks in one of these statements stays. To take one of the corrections back takes all
    of them back. Raises `UsageError` where not just one is named as the statement's speaker, and
    `Changed` where it is not the version that `misnamed` gave.
    """
    with write(db):
        article, applied, statement = _statement(db, reference)
        theirs = Misnamed.of(applied, statement)
        if version not in (None, theirs.version):
            raise Changed("somebody has corrected some of these meanwhile: look at them again")
        instead = _speakers(applied.reading, names, kind, (theirs.speaker,))
        if [speaker.name for speaker in instead] == [theirs.speaker.name]:
            raise UsageError(f"they are by {theirs.speaker.name} already")
        together = _next_id(db) if len(theirs.statements) > 1 else None
        made = []
        for each in theirs.statements:
            outcome = Outcome(speakers=theirs.without(each, instead))
            anchor = _anchor(applied.reading, each)
            made.append(_insert(db, article, "speaker", anchor, outcome, who, together))
        project_versions(db, article)
        return tuple(get(db, id) for id in made)


def bound(
    db: sqlite3.Connection,
    reference: str,
    *,
    content: Sequence[str] | None = None,
    cue: Sequence[str] | None = None,
    source: Sequence[str] | None = None,
    at: int | None = None,
    who: str,
) -> Correction:
    """Say that other words are the content, cue or source of a statement; what is not given stays.
    Of no words at all, there is no such cue or source.

    Words are taken as they stand in the article, each piece by itself. Those that stand there
    several times are taken where they meet the old content, else at the offset `at`.
    """
    with write(db):
        article, applied, statement = _statement(db, reference)
        old = Bounds.of(statement)
        place = _Place(applied.reading.article.text, old.content, at)
        new = place.bounds(old, content, cue, source)
        if new == old:
            raise UsageError(f"those are the bounds of {reference} already")
        _refuse_another(applied.reading, new, statement)
        anchor = _anchor(applied.reading, statement)
        outcome = Outcome(Anchor.of(place.text, new))
        return _make(db, article, "bounds", anchor, outcome, who)


def supply(
    db: sqlite3.Connection,
    key: str,
    *,
    content: Sequence[str],
    cue: Sequence[str] = (),
    source: Sequence[str] = (),
    speakers: Sequence[str] = (),
    kind: Kind | None = None,
    said: bool = True,
    at: int | None = None,
    who: str,
) -> Correction:
    """Say that a statement is missing, and which words of the article it is.

    Words that stand in the article several times need the offset `at`, near which they are meant.
    """
    with write(db):
        article = articles.find(db, key).id
        reading = corrected(db, article).reading
        place = _Place(reading.article.text, (), at)
        bounds = place.bounds(Bounds(()), content, cue, source)
        _refuse_another(reading, bounds, None)
        anchor = Anchor.of(place.text, bounds)
        told = _speakers(reading, speakers, kind)
        outcome = Outcome(anchor, told, type_of(bounds.content), said)
        return _make(db, article, "missing", anchor, outcome, who)


def _statement(db: sqlite3.Connection, reference: str) -> tuple[int, Applied, Statement]:
    """The article, its corrected reading and the statement that `KEY/s3` names."""
    row = articles.find_statement(db, reference)
    applied = corrected(db, row["article"])
    for statement in applied.reading.statements:
        if statement.id == row["name"]:
            return row["article"], applied, statement
    raise NotInRecord(f"the record has no statement {reference}", ": see sayso fsck")


def _anchor(reading: Reading, statement: Statement) -> Anchor:
    return Anchor.of(reading.article.text, Bounds.of(statement))


def _make(
    db: sqlite3.Connection,
    article: int,
    kind: Verdict,
    anchor: Anchor,
    outcome: Outcome,
    who: str,
) -> Correction:
    id = _insert(db, article, kind, anchor, outcome, who)
    project_versions(db, article)
    return get(db, id)


def _insert(
    db: sqlite3.Connection,
    article: int,
    kind: Verdict,
    anchor: Anchor,
    outcome: Outcome,
    who: str,
    together: int | None = None,
) -> int:
    if not who.strip():
        raise UsageError("say who corrects this")
    entered = _unknown(db, outcome)
    value = outcome.to_dict() | ({"entered": entered} if entered else {})
    value |= {} if together is None else {"together": together}
    (id,) = db.execute(
        "INSERT INTO correction (article, kind, anchor, value, who, made) "
        "VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (article, kind, to_json(anchor.to_dict()), to_json(value), who.strip(), now()),
    ).fetchone()
    return int(id)


def _next_id(db: sqlite3.Connection) -> int:
    """The number of the next correction, in a transaction that writes."""
    return int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM correction").fetchone()[0])


def _keys(outcome: Outcome) -> list[str]:
    keys = (identity.key(s.name or "", s.kind) for s in outcome.speakers or ())
    return [key for key in keys if key is not None]


def _unknown(db: sqlite3.Connection, outcome: Outcome) -> list[str]:
    """The keys of speakers who have no entry yet: one goes when nobody says any more that they
    spoke."""
    known = "SELECT 1 FROM person WHERE key = ?"
    return [key for key in _keys(outcome) if db.execute(known, (key,)).fetchone() is None]


def _was_entered(db: sqlite3.Connection, key: str) -> bool:
    """Whether an entry came by a correction, and not by an article or an import."""
    row = db.execute(
        "SELECT 1 FROM correction, json_each(correction.value, '$.entered') AS entered "
        "WHERE entered.value = ? LIMIT 1",
        (key,),
    ).fetchone()
    return row is not None


def _refuse_another(reading: Reading, bounds: Bounds, besides: Statement | None) -> None:
    for s in reading.statements:
        if s is not besides and bounds.is_same(Bounds.of(s)):
            raise UsageError(
                f"that is statement {s.id} already: correct it, or call it wrong before"
            )


def _speakers(
    reading: Reading, names: Sequence[str], kind: Kind | None, before: Sequence[Speaker] = ()
) -> tuple[Speaker, ...]:
    """Of these names. `before` are those in whose place they come."""
    if kind is not None and kind not in get_args(Kind):
        raise UsageError(f"no kind {kind!r}: choose one of {', '.join(get_args(Kind))}")
    new = _kind_of(speaker for speaker in before if speaker.name not in names)
    return tuple(_speaker(reading, name, kind, new) for name in names)


def _kind_of(replaced: Iterable[Speaker]) -> Kind:
    """What a name that is new to an article stands for."""
    kinds = {speaker.kind for speaker in replaced}
    kind: Kind = kinds.pop() if len(kinds) == 1 else "person"
    return kind if kind in _BODIES else "person"


def _speaker(reading: Reading, name: str, kind: Kind | None, new: Kind) -> Speaker:
    """By the fullest name that the article has for whom it calls so."""
    name = people.written(name, "a speaker's name")
    found = entity_of(reading.entities, name, kind)
    if found is None:
        return Speaker(name, kind or new)
    told = (s for statement in reading.statements for s in statement.speakers)
    by = next((s.by for s in told if s.entity == found.id), ())
    return Speaker(found.name, kind or found.kind, None, by)


# ---- words in a text


@dataclass(frozen=True, slots=True)
class _Place:
    """A text, and where in it words are meant that stand there more than once."""

    text: str
    near: Spans
    at: int | None

    def bounds(
        self,
        old: Bounds,
        content: Sequence[str] | None,
        cue: Sequence[str] | None,
        source: Sequence[str] | None,
    ) -> Bounds:
        found = old.content if content is None else self._content(content) if content else ()
        if not found:
            raise UsageError("give the words that were said", ": --content")
        return Bounds(
            found,
            old.cue if cue is None else self._beside(cue, found),
            old.source if source is None else self._beside(source, found),
        )

    def _content(self, pieces: Sequence[str]) -> Spans:
        first = self._quoted(self._one(pieces[0]))
        found = [first]
        for piece in pieces[1:]:
            found.append(self._quoted(self._nearest(piece, tuple(found))))
        return tuple(sorted(found, key=lambda s: s.start))

    def _one(self, words: str) -> Span:
        places = list(self._find(words))
        if self.at is not None:
            at = self.at
            return min(places, key=lambda s: (max(s.start - at, at - s.end, 0), abs(s.start - at)))
        if len(places) > 1:
            places = [s for s in places if meet((s,), self.near)] or places
        if len(places) > 1:
            told = ", ".join(str(s.start) for s in places[:_SHOWN])
            raise Ambiguous(
                f"{words!r} stands {len(places)} times in the article (at {told}"
                f"{', …' if len(places) > _SHOWN else ''})",
                ": say near which offset, with --at",
            )
        return places[0]

    def _beside(self, pieces: Sequence[str], content: Spans) -> Spans:
        found = (self._nearest(piece, content) for piece in pieces)
        return tuple(sorted(found, key=lambda s: s.start))

    def _nearest(self, words: str, content: Spans) -> Span:
        """Where the words stand nearest to the content, and outside it if they can."""
        return min(self._find(words), key=lambda s: (meet((s,), content), _gap(s, content)))

    def _find(self, words: str) -> Iterable[Span]:
        """Where the words stand, whatever the white space, quotation marks and dashes."""
        given = words.strip()
        if not given or len(given) > _LONGEST_WORDS:
            raise UsageError("give the words as they stand in the article")
        found = list(standing(self.text, given))
        if not found:
            raise NotInRecord(f"{_short(given)!r} doesn't stand in the article in these words")
        return found

    def _quoted(self, span: Span) -> Span:
        """With the quotation marks around it, where it is all that stands between them."""
        before = self.text[max(0, span.start - 1) : span.start]
        after = self.text[span.end : span.end + 1]
        if not after or after not in CLOSING.get(before, ""):
            return span
        return Span(span.start - 1, span.end + 1, self.text[span.start - 1 : span.end + 1])


def _gap(span: Span, content: Spans) -> int:
    return min(max(s.start - span.end, span.start - s.end, 0) for s in content)


def _short(words: str) -> str:
    return words if len(words) < 80 else f"{words[:79]}…"


# ---- taken back, listed


def get(db: sqlite3.Connection, correction: int) -> Correction:
    """The correction of this number. Raises `NotInRecord`."""
    return Correction.from_row(_LEDGER.row(db, correction))


def undo(
    db: sqlite3.Connection, correction: int | None = None, *, alone: bool = False
) -> Correction:
    """Take back a correction, by default the last that stands, and those made together with it,
    unless it is to be taken back `alone`.

    Raises `NotInRecord` where there is none, and `UsageError` where it was taken back before.
    """
    with write(db):
        taken = get(db, _LEDGER.take_back(db, correction)["id"])
        undone = [taken, *(() if alone else _with(db, taken))]
        for other in undone[1:]:
            _LEDGER.take_back(db, other.id)
        project_versions(db, taken.article)
        keys = dict.fromkeys(key for each in undone for key in _keys(each.outcome))
        decisions.drop_unused(db, [key for key in keys if _was_entered(db, key)])
        return get(db, taken.id)


def _with(db: sqlite3.Connection, taken: Correction) -> list[Correction]:
    """The corrections that were made together with one, and stand."""
    rows = db.execute(
        "SELECT * FROM correction WHERE article = ? AND undone IS NULL "
        "AND json_extract(value, '$.together') = ? ORDER BY id",
        (taken.article, taken.together),
    )
    return [Correction.from_row(row) for row in rows]


def before(db: sqlite3.Connection, correction: Correction) -> Statement | None:
    """The statement as it stood before a correction, by the current reading and the earlier
    corrections; None where it has no such statement, as before one that was missing."""
    reading = articles.reading(db, correction.article)
    earlier = [c for c in of(db, correction.article) if c.id < correction.id]
    bounds = correction.anchor.find(reading.article.text)
    return None if bounds is None else at(apply(reading, earlier).reading, bounds)


def listed(
    db: sqlite3.Connection, key: str | None = None, *, limit: int = 1000
) -> Iterator[Correction]:
    """The corrections of an article and its earlier versions, or all, the last first, with those
    taken back."""
    article = None if key is None else articles.containing(db, key).id
    rows = db.execute(
        f"{VERSIONS} SELECT * FROM correction WHERE ?1 IS NULL OR article IN version "  # noqa: S608
        "ORDER BY id DESC LIMIT ?2",
        (article, limit),
    ).fetchall()
    return map(Correction.from_row, rows)
