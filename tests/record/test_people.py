"""Whose a name is, over articles that are added one by one."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sayso import Ambiguous, Entity, NotInRecord
from sayso.record import Record, people, whose
from sayso.record.projection import project
from tests.record.build import Said, reading

Add = Callable[..., str]


@pytest.fixture
def add(record: Record) -> Add:
    """Adds a report in which each of these says a word, and gives its key."""

    def made(text: str, *names: str, kind: str = "person", **article: str) -> str:
        said = [Said(content="yes", by=[(name, kind)]) for name in names]
        of: dict[str, Any] = article
        return record.add(reading(f"{text} They said yes.", said, **of)).key

    return made


def entries(db: sqlite3.Connection, key: str) -> dict[str, str | None]:
    """The entities of an article, with the entries that they belong to."""
    rows = db.execute(
        "SELECT entity.label, person.name, coalesce(person.same_as, person.id) AS id FROM entity "
        "JOIN article ON article.id = entity.article "
        "LEFT JOIN person ON person.id = entity.person WHERE article.key = ?",
        (key,),
    )
    return {row["label"]: row["id"] and f"{row['name']} ({row['id']})" for row in rows}


def test_a_full_name_is_one_entry_in_every_article(add: Add, db: sqlite3.Connection) -> None:
    first = add("Ida Marsh spoke.", "Ida Marsh", publisher="Echo")
    second = add("IDA MARSH spoke.", "IDA MARSH", publisher="Lantern")
    assert entries(db, first) == {"Ida Marsh": "Ida Marsh (1)"}
    assert entries(db, second) == {"IDA MARSH": "Ida Marsh (1)"}


def test_initials_make_another_entry(add: Add, db: sqlite3.Connection) -> None:
    key = add("Robert Amberley and Robert J. Amberley", "Robert Amberley", "Robert J. Amberley")
    assert set(entries(db, key).values()) == {"Robert Amberley (1)", "Robert J. Amberley (2)"}


def test_a_body_is_known_without_article_and_legal_form(add: Add, db: sqlite3.Connection) -> None:
    add("Nordquay Ltd spoke.", "Nordquay Ltd", kind="organisation")
    key = add("The Nordquay spoke.", "The Nordquay", kind="organisation")
    assert entries(db, key) == {"The Nordquay": "Nordquay Ltd (1)"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Okafor", "person"),
        ("residents", "group"),
        ("her campaign", "organisation"),
        ("letter", "document"),
        ("a source", "unnamed"),
    ],
)
def test_bare_surnames_and_descriptions_have_none(
    name: str, kind: str, add: Add, db: sqlite3.Connection
) -> None:
    assert entries(db, add(f"{name} spoke.", name, kind=kind)) == {name: None}
    assert db.execute("SELECT count(*) FROM person").fetchone()[0] == 0


FULL = "Ngozi Okafor, mayor of Fenwater, spoke."
SHORT = "Mayor Okafor spoke."
ECHO, LANTERN = {"publisher": "Echo"}, {"publisher": "Lantern"}


@pytest.mark.parametrize(
    ("there", "here", "found"),
    [
        (ECHO | {"date": "2026-01-01"}, ECHO | {"date": "2026-11-01"}, True),
        (ECHO | {"date": "2024-01-01"}, ECHO | {"date": "2026-11-01"}, False),
        (LANTERN | {"date": "2026-10-20"}, ECHO | {"date": "2026-11-01"}, True),
        (LANTERN | {"date": "2026-01-01"}, ECHO | {"date": "2026-11-01"}, False),
        (ECHO, ECHO | {"date": "2026-11-01"}, True),
        (LANTERN, ECHO, False),
        ({"date": "2026-11-01"}, {"date": "2026-11-02"}, True),
        ({}, {}, False),
        ({"date": "0001-01-02"}, {"date": "9999-12-30"}, False),
    ],
)
def test_a_surname_with_an_office_is_somebodys_near_by(
    there: dict[str, str], here: dict[str, str], found: bool, add: Add, db: sqlite3.Connection
) -> None:
    add(FULL, "Ngozi Okafor", **there)
    key = add(SHORT, "Okafor", **here)
    assert entries(db, key) == {"Okafor": "Ngozi Okafor (1)" if found else None}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Okafor, the mayor of Fenwater, spoke.", True),
        ("Okafor, the mayor of Barle, spoke.", False),
        ("Deputy mayor Okafor spoke.", False),
        ("Former mayor Okafor spoke.", False),
        ("Mr Okafor spoke.", False),
        ("Okafor spoke.", False),
        ("Okafor and Ngozi Okafor, mayor of Fenwater, spoke; not mayor Okafor.", False),
    ],
)
def test_the_office_must_be_the_same(
    text: str, found: bool, add: Add, db: sqlite3.Connection
) -> None:
    add(FULL, "Ngozi Okafor", **ECHO)
    key = add(text, "Okafor", **ECHO)
    assert entries(db, key) == {"Okafor": "Ngozi Okafor (1)" if found else None}


def test_a_surname_with_two_who_may_be_meant_is_nobodys(add: Add, db: sqlite3.Connection) -> None:
    add(FULL, "Ngozi Okafor", **ECHO)
    add("The mayor, Chidi Okafor, spoke.", "Chidi Okafor", **ECHO)
    assert entries(db, add(SHORT, "Okafor", **ECHO)) == {"Okafor": None}


def test_a_surname_of_a_merged_pair_is_theirs(
    add: Add, record: Record, db: sqlite3.Connection
) -> None:
    add(FULL, "Ngozi Okafor", **ECHO)
    add("The mayor, Ngozi A. Okafor, spoke.", "Ngozi A. Okafor", **ECHO)
    db.execute("UPDATE person SET same_as = 1 WHERE id = 2")
    found = entries(db, add(SHORT, "Okafor", **ECHO))
    assert (found["Okafor"] or "").endswith("(1)")


def test_who_is_named_in_full_later_settles_earlier_articles(
    add: Add, db: sqlite3.Connection
) -> None:
    key = add(SHORT, "Okafor", **ECHO)
    other = add("Okafor, the mayor of Barle, spoke.", "Okafor", **ECHO)
    assert entries(db, key) == {"Okafor": None}
    add(FULL, "Ngozi Okafor", **ECHO)
    assert entries(db, key) == {"Okafor": "Ngozi Okafor (1)"}
    assert entries(db, other) == {"Okafor": None}


def test_a_rival_unsettles_earlier_articles(add: Add, db: sqlite3.Connection) -> None:
    add(FULL, "Ngozi Okafor", **ECHO)
    key = add(SHORT, "Okafor", **ECHO)
    add("Chidi Okafor, mayor of Barle, spoke.", "Chidi Okafor", **ECHO)
    assert entries(db, key) == {"Okafor": None}


def test_only_what_changes_is_to_be_projected_again(add: Add, db: sqlite3.Connection) -> None:
    add(SHORT, "Okafor", **ECHO)
    add(FULL, "Ngozi Okafor", **ECHO)
    assert whose.unsettled(db, whose.settled_by(db, 2)) == []
    db.execute("UPDATE entity SET person = NULL WHERE article = 1")
    assert whose.unsettled(db, whose.settled_by(db, 2)) == [1]


@pytest.mark.parametrize("full_first", [True, False])
def test_a_surname_is_somebodys_in_however_many_articles(
    full_first: bool, add: Add, db: sqlite3.Connection
) -> None:
    """Those that are settled already don't hide the one with the full name."""
    many = whose._LOOKED_AT + 2
    first = [add(FULL, "Ngozi Okafor", **ECHO)] if full_first else []
    keys = [add(f"Mayor Okafor spoke of ward {n}.", "Okafor", **ECHO) for n in range(many)]
    if not first:
        add(FULL, "Ngozi Okafor", **ECHO)
    keys.append(add("Mayor Okafor spoke at last.", "Okafor", **ECHO))
    assert [entries(db, key) for key in keys] == [{"Okafor": "Ngozi Okafor (1)"}] * (many + 1)


def test_each_who_is_named_in_full_settles_more_of_many(
    add: Add, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whose, "_UNSETTLED", 3)
    keys = [add(f"Mayor Okafor spoke of ward {n}.", "Okafor", **ECHO) for n in range(5)]
    settled = []
    for n in range(2):
        add(f"{FULL} Of ward {n}, too.", "Ngozi Okafor", **ECHO)
        settled.append(sum(entries(db, key)["Okafor"] is not None for key in keys))
    assert settled == [3, 5]


def test_the_same_article_again_makes_nothing_new(add: Add, db: sqlite3.Connection) -> None:
    add(FULL, "Ngozi Okafor", **ECHO)
    before = list(map(tuple, db.execute("SELECT * FROM alias")))
    project(db, 1)
    assert list(map(tuple, db.execute("SELECT * FROM alias"))) == before
    assert db.execute("SELECT count(*) FROM person").fetchone()[0] == 1


# ---- by name


@pytest.fixture
def crowd(add: Add) -> None:
    """Ngozi Okafor (1), Chidi Okafor (2), Ida Marsh (3), Robert J. Amberley (4), Marsh Ltd (5)."""
    add("All spoke.", "Ngozi Okafor", "Chidi Okafor", "Ida Marsh", "Robert J. Amberley")
    add("It spoke.", "Marsh Ltd", kind="organisation")


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ngozi Okafor", [1]),
        ("ngozi  okafor", [1]),
        ("Mayor Ngozi Okafor", [1]),
        ("Okafor", [1, 2]),
        ("Amberley", [4]),
        ("N. Okafor", [1]),
        ("Q. Okafor", []),
        ("4", [4]),
        ("marsh", [5]),
        ("Marsh Limited", [5]),
        ("77", []),
        ("9" * 40, []),
        ("Robert Amberley", []),
        ("", []),
        ("%", []),
        ("'; DROP TABLE person; --", []),
    ],
)
def test_people_are_found_by_what_they_are_called(
    name: str, found: list[int], db: sqlite3.Connection
) -> None:
    assert people.find(db, name) == found


@pytest.mark.usefixtures("crowd")
def test_one_is_asked_for(db: sqlite3.Connection) -> None:
    assert people.one(db, "Chidi Okafor") == 2
    with pytest.raises(Ambiguous, match=r"Ngozi Okafor \(1, person, 1 statement\), Chidi"):
        people.one(db, "Okafor")
    with pytest.raises(NotInRecord, match=r"there is Robert J. Amberley \(4,"):
        people.one(db, "Robert Amberley")
    with pytest.raises(NotInRecord, match="no entry for 'Nobody Known'"):
        people.named(db, "Nobody Known")
    with pytest.raises(NotInRecord, match=r"'x{80} … \[4,920 more characters\]'"):
        people.one(db, "x" * 5_000)


def test_those_who_speak_win(record: Record, db: sqlite3.Connection) -> None:
    """An entry made of a bare surname, or of a name taken for a body's, hides nobody."""
    tolls = [("Marsh", "organisation"), ("Ida Marsh", "organisation")]
    about = Said(content="of the tolls", by=[("Nordquay", "organisation")])
    text = "Ida Marsh said no. Marsh spoke of the tolls. Ruth Vale"
    made = reading(text, [Said(content="no", by="Ida Marsh"), about])
    silent = tuple(
        Entity(f"e{n}", name, kind, (made.article.span(0, 9),))  # type: ignore[arg-type]
        for n, (name, kind) in enumerate([*tolls, ("Ruth Marsh", "person")], start=9)
    )
    record.add(replace(made, entities=(*made.entities, *silent)))
    (ida,) = people.find(db, "Marsh")
    assert people.get(db, ida).kind == "person"
    assert people.find(db, "Ida Marsh") == [ida]
    assert people.find(db, "Ruth Marsh") != [ida]
    record.add(reading("Ruth Marsh: yes", [Said(content="yes", by="Ruth Marsh")]))
    with pytest.raises(Ambiguous, match=r"Ida Marsh \(\d+, person, 1 statement\), Ruth Marsh"):
        people.one(db, "Marsh")


@pytest.mark.usefixtures("crowd")
def test_an_entry_has_what_those_merged_into_it_bring(db: sqlite3.Connection) -> None:
    db.execute("UPDATE person SET same_as = 3, outside_id = 'Q9' WHERE id = 4")
    db.executemany(
        "INSERT INTO person_column (person, name, value) VALUES (?, ?, ?)",
        [(3, "party", "Reed"), (4, "party", "Blue"), (4, "seat", "Barle")],
    )
    assert people.named(db, "Robert J. Amberley") == people.named(db, "Ida Marsh") == {3, 4}
    found = people.get(db, 3)
    assert (found.name, found.kind, found.outside_id) == ("Ida Marsh", "person", "Q9")
    assert found.aliases == ("Robert J. Amberley",)
    assert found.columns == {"party": "Reed", "seat": "Barle"}
    assert people.column(db, "party") == {3: "Reed"}
    with pytest.raises(NotInRecord, match="there are party, seat"):
        people.column(db, "faith")
