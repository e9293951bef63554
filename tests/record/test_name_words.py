"""The index of the words of names finds whom a look at every name finds."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Record, identity, name_words, people, roster
from sayso.record.titles import SMALL
from tests.record.build import Said, reading

NAMES = (
    ("Ida Marsh", "person"),
    ("IDA MARSH-COLE", "person"),
    ("Dr Ida de la Mârsh", "person"),
    ("Zoë Müller-Łukasz", "person"),
    ("Zoe Muller", "person"),
    ("Seán Ó’Neill", "person"),
    ("N. K. O'Neill jr", "person"),
    ("Ng Ng", "person"),
    ("عمر الزين", "person"),
    ("李 小龙", "person"),
    ("The Marsh & Cole Trust", "organisation"),
    ("“Quay”: the 3-D/4-D Trust (North)", "organisation"),
    ("back\\slash %_ Trust", "organisation"),
    ("Marsh residents", "group"),
)
ASKED = (
    *(name for name, _ in NAMES),
    *("", " ", "-", "of the", "the", "marsh", "MARSH", "Mârsh", "mars", "cole", "marsh-cole"),
    *(
        "Ida Cole",
        "marsh ida",
        "ida ida",
        "Mr Marsh",
        "O'Neill",
        "oneill",
        "ng",
        "% _",
        "back\\slash",
    ),
    *(
        "marsh & cole",
        "marsh and cole trust",
        "3-D/4-D",
        "quay",
        "quay:",
        "(north)",
        "\\",
        '"',
        "小龙",
    ),
    *(
        "trust north the of ida marsh cole zoe muller",
        "Łukasz",
        "muller-lukasz",
        "surname",
        "person:ida",
    ),
)


def plainly(db: sqlite3.Connection, words: str) -> set[int]:
    """Whom a look at every alias finds."""
    wanted = people.words_of(words.replace("&", " and ")).split()[:8]
    if set(wanted) <= SMALL:
        return set()
    holds = "instr(' ' || substr(alias.key, instr(alias.key, ':') + 1) || ' ', ?)"
    held = " AND ".join([holds] * len(wanted))
    rows = db.execute(
        "SELECT DISTINCT coalesce(same_as, id) AS id FROM alias JOIN person ON id = person "  # noqa: S608
        f"WHERE {held}",
        [f" {word} " for word in wanted],
    )
    return {row["id"] for row in rows}


def found(db: sqlite3.Connection, words: str) -> set[int]:
    return {each.person.id for each in roster.bearing(db, words, limit=1_000)}


def hold_alike(db: sqlite3.Connection) -> None:
    assert {words: found(db, words) for words in ASKED} == {
        words: plainly(db, words) for words in ASKED
    }
    assert list(name_words.differing(db, 5)) == []


def enter(db: sqlite3.Connection, name: str, kind: str) -> None:
    key = identity.key(name, kind)
    if key is not None and not people.by_keys(db, [key]):
        people.enter(db, key, name, kind)


@pytest.fixture
def odd(db: sqlite3.Connection) -> sqlite3.Connection:
    """A record of odd names."""
    for name, kind in NAMES:
        enter(db, name, kind)
    return db


def test_odd_names_are_found_as_by_a_look_at_each(odd: sqlite3.Connection) -> None:
    hold_alike(odd)
    assert sum(bool(found(odd, words)) for words in ASKED) > 25
    assert len(found(odd, "marsh")) == 4


def test_it_follows_every_decision(record: Record, odd: sqlite3.Connection) -> None:
    said = [Said(content="yes", by="Ida Marsh"), Said(content="no", by="Vera Quill")]
    key = record.add(reading("Ida Marsh said yes. Vera Quill said no.", said)).key
    hold_alike(odd)
    record.import_people("name,aliases\nIda Marsh,Ida Cole\n")
    record.merge("Ida Marsh", "Zoe Muller", who="Nora")
    hold_alike(odd)
    record.split("Ida Marsh", [key], who="Nora")
    hold_alike(odd)
    record.undo_decision()
    record.undo_decision()
    hold_alike(odd)
    record.rename("Ida Marsh", "Ida Muller", who="Nora")
    assert found(odd, "ida muller") == {people.one(odd, "Ida Marsh")}
    hold_alike(odd)
    record.undo_decision()
    assert found(odd, "ida muller") == set()
    hold_alike(odd)


def test_nothing_is_left_of_somebody_forgotten(record: Record, odd: sqlite3.Connection) -> None:
    text = "Vera Quill said no."
    record.add(reading(text, [Said(content="no", by="Vera Quill")]))
    assert found(odd, "quill")
    record.forget(record.speaking("Vera Quill"), "Vera Quill")
    assert odd.execute("SELECT 1 FROM name_word WHERE word = 'quill'").fetchone() is None
    hold_alike(odd)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM name_word WHERE word = 'marsh'",
        "UPDATE name_word SET word = 'marsch' WHERE word = 'marsh'",
        "INSERT INTO name_word VALUES ('marsh', 'person:zoe muller', 5)",
    ],
)
def test_what_differs_is_found_and_mended(
    change: str, record: Record, odd: sqlite3.Connection
) -> None:
    assert list(record.fsck()) == []
    odd.execute(change)
    damages = list(record.fsck())
    assert {(damage.part, damage.where) for damage in damages} == {("index", "")}
    assert all("the words of the names of entry" in damage.what for damage in damages)
    record.repair()
    assert list(record.fsck()) == []
    hold_alike(odd)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A record that every case leaves empty."""
    with Record(tmp_path_factory.mktemp("names") / "record.db") as record:
        yield record.db


WORDS = st.text("aÄéß-’'\"\\/:.,&() 李ِI", min_size=1, max_size=6)
NAMED = st.tuples(
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    st.sampled_from(["person", "organisation", "group"]),
)


@given(names=st.lists(NAMED, max_size=6), data=st.data())
def test_any_names_are_found_as_by_a_look_at_each(
    shared: sqlite3.Connection, names: list[tuple[str, str]], data: Any
) -> None:
    shared.execute("BEGIN IMMEDIATE")
    try:
        for name, kind in names:
            enter(shared, name, kind)
        pool = [word for name, _ in names for word in name.split()] or ["a"]
        asked = st.lists(st.one_of(st.sampled_from(pool), WORDS), max_size=4).map(" ".join)
        for _ in range(4):
            words = data.draw(asked)
            assert found(shared, words) == plainly(shared, words)
        assert list(name_words.differing(shared, 5)) == []
    finally:
        shared.execute("ROLLBACK")
