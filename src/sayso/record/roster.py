"""The list of entries: shown with what they say, brought in and taken out as CSV."""

import csv
import io
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sayso.errors import BadRecord
from sayso.formats.csv import csv_rows
from sayso.formats.plain import harmless
from sayso.record import identity, name_words, people
from sayso.record.database import write
from sayso.record.people import Person
from sayso.record.titles import SMALL

OWN = ("name", "aliases", "id", "kind")
"""The columns of a CSV that mean something to Sayso; all others are the user's."""
KINDS = ("person", "organisation", "group")

_ESCAPED = re.compile(r"(?:^|(?<=[;\t\n]))'(?=\s*[=+\-@＝＋－＠]|[\t\r\n])")
_SEMICOLONS = " (parted by ;? use commas)"
_OUTLETS = 8
_MATCHES = 10_000  # entries of a name that are counted
_WORDS = 8  # that are looked for in names


# ---- shown


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry with how much it says, in the current versions of articles.

    `outlets` are those that quote it most, with the number of its statements in each.
    """

    person: Person
    statements: int
    articles: int
    outlets: tuple[tuple[str, int], ...]


def listed(db: sqlite3.Connection, name: str | None = None, *, limit: int = 50) -> list[Listed]:
    """The entries whose name or alias has these words, or all; who speaks most comes first."""
    ids = _most_heard(db, limit) if name is None else _matching(db, name, limit)
    return [_counted(db, id) for id in ids]


def _most_heard(db: sqlite3.Connection, limit: int) -> list[int]:
    rows = db.execute(
        "SELECT coalesce(p.same_as, p.id) AS id, sum(coalesce(n, 0)) AS n FROM person AS p "
        "LEFT JOIN (SELECT person, count(*) AS n FROM speaker WHERE person IS NOT NULL "
        "GROUP BY person) ON person = p.id GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
        (limit,),
    )
    return [row["id"] for row in rows]


def _matching(db: sqlite3.Connection, name: str, limit: int) -> list[int]:
    if name.strip().isdecimal():
        return people.find(db, name)
    return _speaking_most(db, people.WITH_WORDS, [people.words_of(name)], limit)


def _speaking_most(
    db: sqlite3.Connection, within: str, given: Sequence[str], limit: int
) -> list[int]:
    """Of the entries that this SQL finds, those who speak most."""
    rows = db.execute(
        "SELECT coalesce(p.same_as, p.id) AS id, "  # noqa: S608
        "sum((SELECT count(*) FROM speaker WHERE speaker.person = p.id)) AS n FROM person AS p "
        f"WHERE p.id IN ({within} LIMIT ?) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
        (*given, _MATCHES, limit),
    )
    return [row["id"] for row in rows]


def bearing(db: sqlite3.Connection, words: str, *, limit: int) -> list[Listed]:
    """The entries in whose name or alias all of these words stand, whole; who speaks most first.

    Nobody where the words are small ones alone, such as "of the".
    """
    wanted = people.words_of(words.replace("&", " and ")).split()[:_WORDS]
    if set(wanted) <= SMALL:
        return []
    found = _speaking_most(db, *name_words.holding(db, wanted), limit)
    return [_counted(db, id) for id in found]


def _counted(db: sqlite3.Connection, person: int) -> Listed:
    rows = db.execute(
        "SELECT article.outlet, count(DISTINCT statement.id) AS statements, "
        "count(DISTINCT article.id) AS articles FROM speaker "
        "JOIN statement ON statement.id = speaker.statement "
        "JOIN article ON article.id = statement.article AND article.superseded_by IS NULL "
        "WHERE speaker.person IN (SELECT value FROM json_each(?)) "
        "GROUP BY article.outlet ORDER BY 2 DESC, 1",
        (people.ids(db, person),),
    ).fetchall()
    outlets = [(row["outlet"], row["statements"]) for row in rows if row["outlet"] is not None]
    return Listed(
        people.get(db, person),
        sum(row["statements"] for row in rows),
        sum(row["articles"] for row in rows),
        tuple(outlets[:_OUTLETS]),
    )


# ---- CSV in


@dataclass(slots=True)
class Imported:
    """What came of a list: how many lines made an entry, changed one or changed nothing.

    `problems` are lines that were left out, and aliases that were, each with its number.
    """

    made: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    names: tuple[str, ...]
    kind: str
    outside_id: str | None
    columns: Mapping[str, str]

    def keys(self) -> dict[str, str]:
        """The keys by which entries are found, with the name that each stands for."""
        found = ((identity.key(name, self.kind), name) for name in reversed(self.names))
        return {key: name for key, name in found if key is not None}


def bring_in(db: sqlite3.Connection, text: str) -> Imported:
    """Take in a list of people and bodies: a CSV with the column `name`, and perhaps `aliases`
    (parted by ";"), `id`, `kind` and any others.

    A line whose names or id fit one entry adds to it; one that fits nobody makes an entry; one that
    fits several is a problem, and left out. An empty cell takes a value away, a column that isn't
    there leaves it. The same list again changes nothing. Raises `BadRecord` for what is no list.
    """
    done = Imported()
    lines = list(_lines(text, done))
    with write(db):
        for line in lines:
            _take(db, line if line.kind else replace(line, kind=_kind(db, line)), done)
    return done


def _kind(db: sqlite3.Connection, line: _Line) -> str:
    """What is meant where no kind is given: a person, unless a body alone is known by the name."""
    person, body = (
        people.by_keys(db, replace(line, kind=kind).keys()) for kind in ("person", "organisation")
    )
    return "organisation" if body and not person else "person"


def _lines(text: str, done: Imported) -> Iterator[_Line]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        header = [_column(name or "") for name in reader.fieldnames or ()]
        if "name" not in header or len(set(header)) < len(header) or "" in header:
            raise BadRecord(
                "the first line must name the columns, each once and one of them `name`, as in "
                f"name,aliases,id,party; it has {', '.join(header) or 'nothing'}"
                + (_SEMICOLONS if any(";" in name for name in header) else "")
            )
        reader.fieldnames = header
        for row in reader:
            if None in row or None in row.values():
                told = f"it has more or fewer cells than the first{_parted(row)}; left out"
                done.problems.append((reader.line_num, told))
                continue
            yield _line(reader.line_num, {k: _value(v) for k, v in row.items()})
    except csv.Error as error:
        raise BadRecord(f"line {reader.line_num} is no CSV: {error}") from error


def _column(title: str) -> str:
    """The name of a column; Sayso's own may be written Name or ID."""
    title = title.strip()
    return title.lower() if title.lower() in OWN else title


def _parted(row: Mapping[Any, Any]) -> str:
    """A hint where somebody's spreadsheet parts cells in its own way."""
    return _SEMICOLONS if None in row.values() and ";" in str(next(iter(row.values()))) else ""


def _value(cell: str) -> str:
    """What a cell holds, without the apostrophe that keeps it from being a formula."""
    return harmless(_ESCAPED.sub("", cell.strip())).strip()


def _line(number: int, row: Mapping[str, str]) -> _Line:
    names = [row["name"], *row.get("aliases", "").split(";")]
    return _Line(
        number,
        tuple(dict.fromkeys(" ".join(name.split()) for name in names)),
        row.get("kind", ""),
        row.get("id") or None,
        {name: value for name, value in row.items() if name not in OWN},
    )


def _take(db: sqlite3.Connection, line: _Line, done: Imported) -> None:
    problem = _fault(line)
    found = [] if problem else _fitting(db, line)
    if len(found) > 1:
        told = ", ".join(str(people.get(db, person)) for person in found)
        problem = f"{line.names[0]} fits several entries: {told}; merge them, or mend the names"
    if not problem and found and line.outside_id is not None:
        known = people.get(db, found[0]).outside_id
        if known not in (None, line.outside_id):
            problem = f"{line.names[0]} has the id {known} already, not {line.outside_id}"
    if problem:
        done.problems.append((line.number, problem))
        return
    before = people.get(db, found[0]) if found else None
    person = found[0] if found else _enter(db, line)
    _call(db, person, line, done)
    _fill(db, person, line)
    if before is None:
        done.made += 1
    elif people.get(db, person) != before:
        done.changed += 1
    else:
        done.unchanged += 1


def _fault(line: _Line) -> str | None:
    """What is wrong with a line by itself."""
    name = line.names[0]
    if not name:
        return "there is no name"
    if line.kind not in KINDS:
        return f"{name} has the kind {line.kind!r}: there are {', '.join(KINDS)}"
    if identity.key(name, line.kind) is None:
        return f"{name} alone tells nobody from others: give the full name, or kind organisation"
    return None


def _fitting(db: sqlite3.Connection, line: _Line) -> list[int]:
    """The canonical ids of entries that have the line's id, or else one of its names."""
    if line.outside_id is not None:
        rows = db.execute(
            "SELECT DISTINCT coalesce(same_as, id) AS id FROM person WHERE outside_id = ?",
            (line.outside_id,),
        )
        if found := [row["id"] for row in rows]:
            return found
    return people.by_keys(db, line.keys())


def _enter(db: sqlite3.Connection, line: _Line) -> int:
    key = identity.key(line.names[0], line.kind) or ""
    return people.enter(db, key, line.names[0], line.kind)


def _call(db: sqlite3.Connection, person: int, line: _Line, done: Imported) -> None:
    """Let the entry be known by the names that may be nobody else's."""
    for name in filter(None, line.names):
        key = identity.key(name, line.kind)
        others = [] if key is None else people.by_keys(db, [key])
        if key is None:
            told = f"the alias {name} of {line.names[0]} is left out: it may be anybody's"
            done.problems.append((line.number, told))
        elif not others:
            people.call(db, person, key, name)
        elif others != [person]:
            told = f"{name} is left out: {', '.join(str(people.get(db, o)) for o in others)} has it"
            done.problems.append((line.number, told))


def _fill(db: sqlite3.Connection, person: int, line: _Line) -> None:
    if line.outside_id is not None:
        db.execute("UPDATE person SET outside_id = ? WHERE id = ?", (line.outside_id, person))
    for column, value in line.columns.items():
        if value:
            db.execute(
                "INSERT INTO person_column (person, name, value) VALUES (?, ?, ?) "
                "ON CONFLICT (name, person) DO UPDATE SET value = excluded.value",
                (person, column, value),
            )
        else:
            db.execute(
                "DELETE FROM person_column WHERE name = ? "
                "AND person IN (SELECT value FROM json_each(?))",
                (column, people.ids(db, person)),
            )


# ---- CSV out


def taken_out(db: sqlite3.Connection) -> Iterator[str]:
    """All entries as the lines of a CSV that `bring_in` takes, with everybody's own columns."""
    rows = db.execute("SELECT DISTINCT name FROM person_column ORDER BY name")
    columns = [row["name"] for row in rows]
    yield csv_rows([[*OWN, *columns]])
    ids = db.execute("SELECT id FROM person WHERE same_as IS NULL ORDER BY id").fetchall()
    for row in ids:
        person = people.get(db, row["id"])
        own = [person.name, ";".join(person.aliases), person.outside_id or "", person.kind]
        yield csv_rows([[*own, *(person.columns.get(name, "") for name in columns)]])
