"""People and bodies across articles: entries by name and by number, and what an entry knows.

Which entry a name in an article belongs to is worked out in `sayso.record.whose`.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sayso.errors import Ambiguous, NotInRecord, UsageError
from sayso.formats.plain import count, harmless, one_line
from sayso.record import identity, name_words
from sayso.record.database import to_json
from sayso.record.folding import fold

_BEARERS = 200  # entries of one surname that are compared
_OFFERED = 5  # names in a message
_COMPARED = 2_000  # names with one of these words
_LIKE = 80  # how like a name must be, of 100, to be taken for a misprint of it
_DIGITS = 19  # of the longest number that SQLite holds
_TYPED = 80  # letters of a name in a message
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Person:
    """An entry of the record; `id` stands for all entries that were merged into it."""

    id: int
    name: str
    kind: str
    outside_id: str | None = None
    aliases: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    """The user's own, as imported."""

    def __str__(self) -> str:
        return f"{self.name} ({self.id})"


def enter(db: sqlite3.Connection, key: str, name: str, kind: str) -> int:
    """Make an entry, known by its name and, of a person, among the bearers of the surname."""
    name = " ".join(name.split())
    (id,) = db.execute(
        "INSERT INTO person (key, name, kind) VALUES (?, ?, ?) RETURNING id", (key, name, kind)
    ).fetchone()
    call(db, int(id), key, name)
    return int(id)


def call(db: sqlite3.Connection, person: int, key: str, name: str) -> None:
    """Let an entry be known by a name too; a person's, among the bearers of its surname."""
    own = key.partition("#")[0]
    keys = {own}
    if key.startswith(f"{identity.PERSON}:"):
        keys |= {identity.surname_key(name) or key}
    db.executemany(
        "INSERT OR IGNORE INTO alias (person, key, name) VALUES (?, ?, ?)",
        [(person, each, name) for each in sorted(keys)],
    )
    name_words.index(db, person, own)


def uncall(db: sqlite3.Connection, person: int, key: str) -> None:
    """Let an entry be known by a name no more, nor by its surname, unless another name has it."""
    gone = db.execute(
        "SELECT name FROM alias WHERE person = ? AND key = ?", (person, key)
    ).fetchall()
    db.execute("DELETE FROM alias WHERE person = ? AND key = ?", (person, key))
    name_words.unindex(db, person, key)
    left = db.execute(
        "SELECT name FROM alias WHERE person = ? AND key NOT LIKE 'surname:%'", (person,)
    ).fetchall()
    surnames, kept = ({identity.surname_key(row["name"]) for row in rows} for rows in (gone, left))
    db.executemany(
        "DELETE FROM alias WHERE person = ? AND key = ?",
        [(person, surname) for surname in surnames - kept],
    )


def written(name: str, what: str) -> str:
    """A name that somebody types, as it is kept. Raises `UsageError`, which calls it `what`."""
    if harmless(name) != name:
        raise UsageError(f"{what} has no control characters")
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise UsageError(f"{what} has 1 to {_LONGEST_NAME} characters")
    return name


# ---- entries by name and by number


def canonical(db: sqlite3.Connection, person: int) -> int:
    """The entry that stands for this one and all that were merged with it."""
    row = db.execute("SELECT same_as FROM person WHERE id = ?", (person,)).fetchone()
    if row is None:
        raise NotInRecord(f"the record has no person numbered {person}")
    return person if row["same_as"] is None else int(row["same_as"])


def same(db: sqlite3.Connection, person: int) -> frozenset[int]:
    """The ids of all entries that are this one, itself included."""
    stands = canonical(db, person)
    rows = db.execute("SELECT id FROM person WHERE same_as = ?", (stands,))
    return frozenset({stands, *(row["id"] for row in rows)})


def ids(db: sqlite3.Connection, person: int) -> str:
    """The same as JSON, for `IN (SELECT value FROM json_each(?))`."""
    return to_json(sorted(same(db, person)))


def named(db: sqlite3.Connection, name: str) -> frozenset[int]:
    """The ids of all entries that are the one person or body of this name.

    Raises `NotInRecord` for nobody's name, and `Ambiguous` for that of several.
    """
    return same(db, one(db, name))


def one(db: sqlite3.Connection, name: str) -> int:
    """The canonical id of the only one who is called so, or whose number it is.

    Raises `NotInRecord` or `Ambiguous`.
    """
    found = find(db, name)
    if not found:
        raise _absent(db, name)
    if len(found) > 1:
        told = _offer(db, found)
        raise Ambiguous(f"{typed(name)} is the name of several: {told}; give the number")
    return found[0]


def absent(db: sqlite3.Connection, name: str) -> str | None:
    """That nobody is called so, and who has a name like it; None where somebody is."""
    return None if find(db, name) else _absent(db, name).message


def is_nobody(db: sqlite3.Connection, name: str) -> bool:
    """Whether nobody is called so: no entry, and no speaker of whom there is none."""
    spoken = "SELECT 1 FROM speaker WHERE name = ? COLLATE NOCASE LIMIT 1"
    return not find(db, name) and not db.execute(spoken, (name.strip(),)).fetchone()


def _absent(db: sqlite3.Connection, name: str) -> NotInRecord:
    near = _near(db, name)
    told = f"the record has no entry for {typed(name)}"
    if near:
        return NotInRecord(f"{told}: there is {_offer(db, near)}")
    return NotInRecord(told, ": see sayso people")


def typed(name: str) -> str:
    """A name as somebody typed it, for a message: in quotation marks, and cut."""
    return repr(one_line(name, _TYPED))


def _offer(db: sqlite3.Connection, people: Sequence[int]) -> str:
    """Those who say most, each with number, kind and count of statements."""
    counts = {person: _statements(db, person) for person in people}
    first = sorted(people, key=lambda person: -counts[person])[:_OFFERED]
    told = [_told(get(db, person), counts[person]) for person in first]
    more = [f"and {len(people) - _OFFERED:,} more"] if len(people) > _OFFERED else []
    return ", ".join([*told, *more])


def _told(person: Person, statements: int) -> str:
    name = one_line(person.name, _TYPED)
    return f"{name} ({person.id}, {person.kind}, {count(statements, 'statement')})"


def _statements(db: sqlite3.Connection, person: int) -> int:
    row = db.execute(
        "SELECT count(DISTINCT statement) FROM speaker "
        "WHERE person IN (SELECT value FROM json_each(?))",
        (ids(db, person),),
    ).fetchone()
    return int(row[0])


def find(db: sqlite3.Connection, name: str) -> list[int]:
    """The canonical ids of those who are called so: by number, name, alias, else by surname.

    Those who say something win over those who never do: an entry that was made of a bare surname
    by mistake hides nobody.
    """
    if name.strip().isdecimal():
        number = int(name) if len(name.strip()) < _DIGITS else 0
        row = db.execute("SELECT id FROM person WHERE id = ?", (number,)).fetchone()
        return [canonical(db, row["id"])] if row else []
    keys = [identity.key(name, "person"), identity.key(name, "organisation")]
    found = by_keys(db, [key for key in keys if key is not None])
    surname = identity.surname_key(name)
    bearers = [] if surname is None or keys[0] is not None else by_keys(db, [surname])
    given = identity.person_words(name)[:-1]
    bearers = [person for person in bearers if _begins_so(get(db, person), given)]
    return _speaking(db, found) or _speaking(db, bearers) or found or bearers


def _begins_so(person: Person, given: Sequence[str]) -> bool:
    """Whether somebody's first name can be what stands before the surname: "K" in "K. Marsh"."""
    names = (identity.person_words(name)[:-1] for name in (person.name, *person.aliases))
    return not given or any(not own or own[0][0] == given[0][0] for own in names)


def _speaking(db: sqlite3.Connection, people: Sequence[int]) -> list[int]:
    """Those of whom anything is told that they said."""
    rows = db.execute(
        "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM person "
        "JOIN speaker ON speaker.person = person.id "
        "JOIN statement ON statement.id = speaker.statement "
        "WHERE (person.id = value OR person.same_as = value) "
        "AND statement.said = 1 AND statement.denied = 0)",
        (json.dumps(people),),
    )
    return [row["value"] for row in rows]


def by_keys(db: sqlite3.Connection, keys: Iterable[str]) -> list[int]:
    """The canonical ids of those who are known by any of these keys."""
    rows = db.execute(
        "SELECT DISTINCT coalesce(person.same_as, person.id) AS id FROM alias "
        "JOIN person ON person.id = alias.person "
        "WHERE alias.key IN (SELECT value FROM json_each(?)) ORDER BY 1",
        (json.dumps(list(keys)),),
    )
    return [row["id"] for row in rows]


def _near(db: sqlite3.Connection, name: str) -> list[int]:
    """Whom somebody may have meant: with other initials, or with these words in their name."""
    near, words = _alike(db, name), words_of(name)
    if near or not words:
        return near
    rows = db.execute(f"{WITH_WORDS} LIMIT ?", (words, _BEARERS)).fetchall()
    return list(dict.fromkeys(canonical(db, row["person"]) for row in rows))


WITH_WORDS = "SELECT DISTINCT person FROM alias WHERE instr(key, ?)"
"""SQL for the entries in whose names `words_of` a name stand."""


def words_of(name: str) -> str:
    """A name, or a part of one, as the keys of those who are called so have it."""
    return " ".join(identity.person_words(name)) or fold(name)


def near_unknown(db: sqlite3.Connection, name: str) -> list[Person]:
    """Those whose names are nearly this full name, the nearest first; none where somebody in the
    record is called so."""
    from rapidfuzz import fuzz, process

    key = identity.key(name, "person")
    if key is None or find(db, name):
        return []
    first, *_, last = key.split(":")[1].split()
    rows = db.execute(
        "SELECT person, key FROM alias WHERE key LIKE ? AND (key LIKE ? OR key LIKE ?) LIMIT ?",
        (f"{identity.PERSON}:%", f"%:{first} %", f"% {last}", _COMPARED),
    ).fetchall()
    keys = {row["key"]: row["person"] for row in rows}
    near = process.extract(key, list(keys), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=_OFFERED)
    found = dict.fromkeys(canonical(db, keys[key]) for key, _, _ in near)
    return [get(db, person) for person in found]


def _alike(db: sqlite3.Connection, name: str) -> list[int]:
    """Those whose name is this one with other initials and the like."""
    key, surname = identity.key(name, "person"), identity.surname_key(name)
    if key is None or surname is None:
        return []
    rows = db.execute(
        "SELECT person.id, person.key FROM alias JOIN person ON person.id = alias.person "
        "WHERE alias.key = ? ORDER BY person.id LIMIT ?",
        (surname, _BEARERS),
    ).fetchall()
    alike = (canonical(db, row["id"]) for row in rows if identity.alike(key, row["key"]))
    return list(dict.fromkeys(alike))


def get(db: sqlite3.Connection, person: int) -> Person:
    """The entry of a canonical id, with all that those merged into it bring.

    Where several have an outside id or a column, the canonical one's is taken, then the oldest's.
    """
    all_of_them = ids(db, person)
    within = "IN (SELECT value FROM json_each(?))"
    rows = db.execute(
        f"SELECT id, name, kind, outside_id FROM person WHERE id {within} ORDER BY id = ? DESC, id",  # noqa: S608
        (all_of_them, person),
    ).fetchall()
    names = db.execute(
        f"SELECT DISTINCT name FROM alias WHERE person {within} AND key NOT LIKE 'surname:%' "  # noqa: S608
        f"AND (person = ? OR NOT {_PARTED}) ORDER BY name",
        (all_of_them, person),
    )
    columns = db.execute(
        f"SELECT name, value FROM person_column WHERE person {within} "  # noqa: S608
        "ORDER BY person = ?, person DESC",
        (all_of_them, person),
    )
    first = rows[0]
    return Person(
        first["id"],
        first["name"],
        first["kind"],
        next((row["outside_id"] for row in rows if row["outside_id"] is not None), None),
        tuple(row["name"] for row in names if row["name"] != first["name"]),
        {row["name"]: row["value"] for row in columns},
    )


_PARTED = (
    "(EXISTS (SELECT 1 FROM pin WHERE pin.key = alias.key) "
    "AND NOT EXISTS (SELECT 1 FROM entity WHERE entity.person = alias.person) "
    "AND NOT EXISTS (SELECT 1 FROM speaker WHERE speaker.person = alias.person))"
)
"""SQL that tells of a name that was split off, and which no article has for that entry any more."""


def column(db: sqlite3.Connection, name: str) -> dict[int, str]:
    """The values of one of the user's own columns, by canonical id.

    Raises `NotInRecord` where nobody has the column, and names those that there are.
    """
    rows = db.execute(
        "SELECT coalesce(person.same_as, person.id) AS id, person_column.value FROM person_column "
        "JOIN person ON person.id = person_column.person WHERE person_column.name = ? "
        "ORDER BY person.same_as IS NULL, person.id DESC",
        (name,),
    ).fetchall()
    if not rows:
        known = [r["name"] for r in db.execute("SELECT DISTINCT name FROM person_column")]
        told = f"nobody in the record has a column {name!r}"
        if known:
            raise NotInRecord(f"{told}: there are {', '.join(sorted(known))}")
        raise NotInRecord(told, ": import some: sayso people")
    return {row["id"]: row["value"] for row in rows}
