"""Whose a name in an article is.

A full name belongs to the entry of its key, which it makes if there is none. A surname belongs to
somebody's only where the article gives it an office that the bearer of a full name has too, in
another article of the same outlet or near in time, and nobody else of that surname has it there.
What people have merged, split and renamed comes first.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sayso.record import articles, identity
from sayso.record.people import canonical, enter
from sayso.record.roles import Role, roles_at
from sayso.record.roles import places as places_of

NEAR = 31
"""Days between two articles of different outlets that tell of one officeholder."""
OF_ONE_OUTLET = 366
"""Days between two articles of one outlet that do."""

_BEARERS = 200  # entries of one surname that are compared
_LOOKED_AT = 5  # articles of each, that have the full name
_UNSETTLED = 20  # articles in which one surname is looked at again
_READ = 200_000  # characters of a text that are searched for roles
_PLACES = 20  # of a name in a text


def person_of(db: sqlite3.Connection, article_id: int, name: str, kind: str) -> int | None:
    """The entry of somebody whom an article names, made if it is new; None where the name alone
    tells nobody from others.

    The id is not followed to what it was merged into. To be called in a transaction that writes.
    """
    if not identity.is_name(name, kind):
        return None
    pinned = _pinned(db, article_id, identity.pin_key(name, kind))
    if pinned is not None:
        return pinned
    key = identity.key(name, kind)
    if key is None:
        return _office_holder(db, article_id, name) if kind == "person" else None
    return _known(db, key) or _enter(db, key, name, kind)


def _pinned(db: sqlite3.Connection, article: int, key: str | None) -> int | None:
    row = db.execute(
        "SELECT person FROM pin WHERE article = ? AND key = ?", (article, key)
    ).fetchone()
    return None if row is None else int(row["person"])


def _known(db: sqlite3.Connection, key: str) -> int | None:
    """The entry of this key, else the one person who is known by it as by an alias."""
    row = db.execute("SELECT id FROM person WHERE key = ?", (key,)).fetchone()
    if row is not None:
        return int(row["id"])
    bearers = db.execute(
        "SELECT alias.person, instr(p.key, '#') AS parted FROM alias "
        "JOIN person AS p ON p.id = alias.person WHERE alias.key = ?",
        (key,),
    ).fetchall()
    # Whoever was split off has the articles of the split: later ones belong to the old entry.
    found = {r["person"] for r in bearers if not r["parted"]} or {r["person"] for r in bearers}
    return found.pop() if len({canonical(db, id) for id in found}) == 1 else None


def _enter(db: sqlite3.Connection, key: str, name: str, kind: str) -> int:
    return enter(db, key, name, "person" if kind == "author" else kind)


# ---- surnames with an office


def _office_holder(db: sqlite3.Connection, article: int, surname: str) -> int | None:
    """The only bearer of a surname who has, near by, the office that an article gives it."""
    text = _text(db, article)
    places = list(places_of(text, surname))[:_PLACES]
    asked = roles_at(text, places)
    if not asked:
        return None
    found = {
        canonical(db, person): person
        for person, told in _bearers(db, article, surname)
        if any(a.fits(b) for a in asked for b in told)
    }
    if len(found) != 1:
        return None
    (person,) = found.values()
    # One who is named in full in the same article is, to the reader, somebody else.
    return None if any(name in text for name in _names(db, person)) else person


def _names(db: sqlite3.Connection, person: int) -> list[str]:
    """The full names of an entry: what it is called, and what it is known by besides."""
    rows = db.execute(
        "SELECT name FROM person WHERE id = :id UNION "
        "SELECT name FROM alias WHERE person = :id AND key NOT LIKE 'surname:%'",
        {"id": person},
    )
    return [row["name"] for row in rows]


def _bearers(
    db: sqlite3.Connection, article: int, surname: str
) -> Iterator[tuple[int, frozenset[Role]]]:
    """Those whose full name ends so, in other articles near by, with their roles there.

    None at all where the surname is so common that its bearers can't all be looked at.
    """
    key = identity.surname_key(surname)
    found = db.execute(
        "SELECT person FROM alias WHERE key = ? LIMIT ?", (key, _BEARERS + 1)
    ).fetchall()
    near = _near(articles.get(db, article))
    for row in found if len(found) <= _BEARERS else ():
        mentions = db.execute(
            "SELECT entity.article, entity.label, entity.mentions FROM entity "  # noqa: S608
            "JOIN article ON article.id = entity.article "
            "WHERE entity.person = ? AND entity.article != ? AND instr(entity.label, ' ') "
            f"AND {_NEAR} ORDER BY entity.id DESC",
            (row["person"], article, *near),
        )
        yield row["person"], roles(db, mentions)


def roles(db: sqlite3.Connection, mentions: Iterable[sqlite3.Row]) -> frozenset[Role]:
    """What articles call somebody beside the full name: the first few of those that have it."""
    in_full = (row for row in mentions if identity.key(row["label"], "person") is not None)
    found: frozenset[Role] = frozenset()
    for row in islice(in_full, _LOOKED_AT):
        found |= _roles(_text(db, row["article"]), row)
    return found


def _roles(text: str, entity: sqlite3.Row) -> frozenset[Role]:
    spans = [(start, end) for start, end in json.loads(entity["mentions"])[:_PLACES]]
    return roles_at(text, spans)


_NEAR = (
    "(article.outlet = ? AND coalesce(article.published BETWEEN ? AND ?, 1) "
    "OR article.published BETWEEN ? AND ?)"
)


def _near(here: articles.Stored) -> tuple[str | None, ...]:
    """What _NEAR asks for: the outlet, and the days around the day of printing."""
    if here.published is None:
        return here.outlet, None, None, None, None
    day = date.fromisoformat(here.published).toordinal()
    bounds = (day - OF_ONE_OUTLET, day + OF_ONE_OUTLET, day - NEAR, day + NEAR)
    return here.outlet, *(_day(n) for n in bounds)


def _day(ordinal: int) -> str:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal())).isoformat()


def _text(db: sqlite3.Connection, article: int) -> str:
    """What is searched of an article's text."""
    row = db.execute(
        "SELECT substr(text.body, 1, ?) AS body FROM article JOIN text ON text.id = article.text "
        "WHERE article.id = ?",
        (_READ, article),
    ).fetchone()
    return str(row["body"].decode("utf-8", "ignore"))


# ---- when an article comes or goes


@dataclass(frozen=True, slots=True)
class Settled:
    """Somebody whom an article names in full, with an office: other articles may have the surname
    alone. `near` chooses among these."""

    surname: str
    person: int
    roles: frozenset[Role]
    article: int
    near: tuple[str | None, ...]


def settled_by(db: sqlite3.Connection, article: int) -> list[Settled]:
    """Those whom an article names in full, where others near by have the surname alone."""
    near = _near(articles.get(db, article))
    rows = db.execute(
        "SELECT label, person, mentions FROM entity "
        "WHERE article = ? AND kind = 'person' AND person IS NOT NULL AND instr(label, ' ')",
        (article,),
    ).fetchall()
    text = ""
    found = []
    for row in rows:
        surname = identity.surname(row["label"])
        if _alone(db, surname, article, near, 1):
            text = text or _text(db, article)
            if told := _roles(text, row):
                found.append(Settled(surname, row["person"], told, article, near))
    return found


def unsettled(
    db: sqlite3.Connection, settled: Iterable[Settled], *, gone: bool = False
) -> list[int]:
    """The articles in which one of these surnames now belongs to somebody else than before.

    They are to be projected again when the article that settles it was added, or is `gone`: it
    named in full who is there called by surname and office, or a rival of theirs.
    """
    return sorted({row["article"] for each in settled for row in _changed(db, each, gone=gone)})


def _changed(db: sqlite3.Connection, settled: Settled, *, gone: bool) -> Iterator[sqlite3.Row]:
    surname = settled.surname
    limit, but = (-1, 0) if gone else (_UNSETTLED, settled.person)
    for row in _alone(db, surname, settled.article, settled.near, limit, but):
        text = _text(db, row["article"])
        asked = roles_at(text, list(places_of(text, surname))[:_PLACES])
        if (
            any(a.fits(b) for a in asked for b in settled.roles)
            and person_of(db, row["article"], surname, "person") != row["person"]
        ):
            yield row


def _alone(
    db: sqlite3.Connection,
    surname: str,
    article: int,
    near: tuple[str | None, ...],
    limit: int,
    but: int = 0,
) -> list[sqlite3.Row]:
    """Other articles near by that have a surname alone, the latest first, and whose it is: all
    `but` those of this entry."""
    return db.execute(
        "SELECT entity.article, entity.person FROM entity "  # noqa: S608
        "JOIN article ON article.id = entity.article WHERE entity.label = ? "
        "AND entity.kind = 'person' AND entity.article != ? AND entity.person IS NOT ? "
        f"AND {_NEAR} ORDER BY entity.id DESC LIMIT ?",
        (surname, article, but, *near, limit),
    ).fetchall()
