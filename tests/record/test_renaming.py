"""Entries that people give another name, and what is left when it is taken back."""

import sqlite3

import pytest

from sayso import Ambiguous, NotInRecord, UsageError
from sayso.record import Record, decisions, merging, people, renaming, splitting, undoing
from tests.record.build import Said, reading
from tests.record.test_merging import fill, persons, state

COLE = "Ida Marsh-Cole"


@pytest.fixture
def keys(record: Record) -> list[str]:
    """Four articles, of Ida Marsh 1, Ruth Amberley 2, Ida M. Marsh 3 and Nora Kettle 4."""
    return fill(record)


def add(record: Record, text: str, name: str, kind: str = "person") -> str:
    """The key of an article in which somebody says the last word of its text."""
    said = Said(content=text.split()[-1], by=[(name, kind)], cue="said")
    return record.add(reading(text, [said], publisher="Echo")).key


@pytest.mark.usefixtures("keys")
def test_an_entry_is_called_otherwise_and_stays_known(db: sqlite3.Connection) -> None:
    made = renaming.rename(db, "Ida Marsh", f" {COLE} ", who="Nora")
    assert (made.id, made.kind, made.names, made.who, made.entry) == (
        1,
        "rename",
        ("Ida Marsh", COLE),
        "Nora",
        1,
    )
    ida = people.get(db, 1)
    assert (ida.name, ida.aliases) == (COLE, ("Ida Marsh",))
    for name in ("Ida Marsh", COLE, "marsh-cole", "Dr Ida Marsh-Cole"):
        assert people.one(db, name) == 1


@pytest.mark.usefixtures("keys")
def test_later_articles_of_either_name_are_theirs(record: Record, db: sqlite3.Connection) -> None:
    renaming.rename(db, "Ida Marsh", COLE, who="Nora")
    for name in ("Ida Marsh", COLE):
        key = add(record, f"{name} said soon", name)
        assert persons(db, key) == {name: 1}


@pytest.mark.usefixtures("keys")
def test_to_take_it_back_leaves_all_as_it_was(record: Record, db: sqlite3.Connection) -> None:
    before = state(db)
    renaming.rename(db, "Ida Marsh", COLE, who="Nora")
    assert state(db) != before
    undoing.undo(db)
    assert state(db) == before
    assert people.find(db, COLE) == []
    assert list(record.fsck()) == []


@pytest.mark.usefixtures("keys")
def test_articles_that_came_by_the_new_name_get_an_entry_of_it(
    record: Record, db: sqlite3.Connection
) -> None:
    renaming.rename(db, "Ida Marsh", COLE, who="Nora")
    new, old = (add(record, f"{name} said soon", name) for name in (COLE, "Ida Marsh"))
    office = add(record, "Mayor Kettle-Marsh said late", "Kettle-Marsh")
    undoing.undo(db)
    other = people.one(db, COLE)
    assert other != 1
    assert (persons(db, new), persons(db, old)) == ({COLE: other}, {"Ida Marsh": 1})
    assert persons(db, office) == {"Kettle-Marsh": None}
    assert list(record.fsck()) == []


def test_a_surname_with_an_office_is_asked_anew(record: Record, db: sqlite3.Connection) -> None:
    """By the new surname it was theirs; without it, it is nobody's."""
    add(record, "Mayor Ida Marsh said yes", "Ida Marsh")
    renaming.rename(db, "Ida Marsh", "Ida Cole", who="Nora")
    key = add(record, "Mayor Cole said no", "Cole")
    assert persons(db, key) == {"Cole": 1}
    undoing.undo(db)
    assert persons(db, key) == {"Cole": None}


def test_one_who_is_named_in_full_is_not_meant_by_the_surname(
    record: Record, db: sqlite3.Connection
) -> None:
    """Whoever is called so, the article that has the old name in full means somebody else."""
    add(record, "Mayor Ida Marsh said yes", "Ida Marsh")
    renaming.rename(db, "Ida Marsh", COLE, who="Nora")
    key = add(record, "Ida Marsh was there. Mayor Marsh said no", "Marsh")
    assert persons(db, key) == {"Marsh": None}


@pytest.mark.usefixtures("keys")
def test_names_add_up_and_are_taken_back_in_any_order(db: sqlite3.Connection) -> None:
    renaming.rename(db, "1", "Ida Cole", who="Nora")
    renaming.rename(db, "1", "Ida Vane", who="Nora")
    renaming.rename(db, "1", "Ida Cole", who="Nora")
    assert people.get(db, 1).aliases == ("Ida Marsh", "Ida Vane")
    undoing.undo(db, 1)
    assert (people.get(db, 1).name, people.one(db, "Ida Cole")) == ("Ida Cole", 1)
    undoing.undo(db, 3)
    assert (people.get(db, 1).name, people.find(db, "Ida Cole")) == ("Ida Vane", [])
    undoing.undo(db)
    assert (people.get(db, 1).name, people.get(db, 1).aliases) == ("Ida Marsh", ())


@pytest.mark.usefixtures("keys")
def test_a_name_that_they_have_already_stays_when_it_is_taken_back(
    record: Record, db: sqlite3.Connection
) -> None:
    record.import_people("name,aliases\nIda Marsh,Ida Cole\n")
    told = record.renaming("1", "Ida Cole")
    assert (told.person.name, told.name, told.known) == ("Ida Marsh", "Ida Cole", True)
    before = state(db)
    renaming.rename(db, "1", "Ida Cole", who="Nora")
    assert (people.get(db, 1).name, people.get(db, 1).aliases) == ("Ida Cole", ("Ida Marsh",))
    undoing.undo(db)
    assert state(db) == before


@pytest.mark.usefixtures("keys")
def test_a_name_that_was_imported_since_stays(record: Record, db: sqlite3.Connection) -> None:
    renaming.rename(db, "1", "Ida Cole", who="Nora")
    undoing.undo(db)
    record.import_people("name,aliases\nIda Marsh,Ida Cole\n")
    for name in ("Ida Vane", "Ida Cole"):
        renaming.rename(db, "1", name, who="Nora")
        undoing.undo(db)
        assert people.get(db, 1).aliases == ("Ida Cole",)


@pytest.mark.usefixtures("keys")
def test_it_may_be_the_same_name_in_other_letters(db: sqlite3.Connection) -> None:
    renaming.rename(db, "Ida Marsh", "Dr Ida MARSH", who="Nora")
    assert (people.get(db, 1).name, people.get(db, 1).aliases) == ("Dr Ida MARSH", ("Ida Marsh",))
    undoing.undo(db)
    assert people.get(db, 1).name == "Ida Marsh"


@pytest.mark.usefixtures("keys")
def test_the_name_of_one_merged_in(db: sqlite3.Connection) -> None:
    merging.merge(db, "Ida Marsh", "Ida M. Marsh", who="Nora")
    renaming.rename(db, "Ida Marsh", "Ida M. Marsh", who="Nora")
    assert (people.get(db, 1).name, people.get(db, 1).aliases) == ("Ida M. Marsh", ("Ida Marsh",))
    undoing.undo(db, 1)
    assert people.find(db, "Ida M. Marsh") == [1, 3]
    undoing.undo(db, 2)
    assert (people.get(db, 1).name, people.find(db, "Ida M. Marsh")) == ("Ida Marsh", [3])


def test_one_of_two_of_a_name_gets_another(keys: list[str], db: sqlite3.Connection) -> None:
    other = splitting.split(db, "Ida Marsh", [keys[1]], who="Nora").entry
    renaming.rename(db, str(other), "Ida Marsh Jr", who="Nora")
    assert people.one(db, "Ida Marsh Jr") == other
    assert persons(db, keys[1])["Ida Marsh"] == other
    undoing.undo(db, 1)
    assert persons(db, keys[1])["Ida Marsh"] == 1
    assert people.get(db, people.one(db, "Ida Marsh Jr")).name == "Ida Marsh Jr"
    again = splitting.split(db, "1", [keys[1]], who="Nora").entry
    assert again not in (1, other)


@pytest.mark.usefixtures("keys")
def test_a_body_gets_another_name(record: Record, db: sqlite3.Connection) -> None:
    add(record, "Nordquay said soon", "Nordquay", "organisation")
    renaming.rename(db, "Nordquay", "Nordquay Cold Storage Ltd", who="Nora")
    key = add(record, "Nordquay Cold Storage said late", "Nordquay Cold Storage", "organisation")
    assert persons(db, key) == {"Nordquay Cold Storage": people.one(db, "Nordquay")}


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("name", "called", "error", "message"),
    [
        ("1", "", UsageError, "a name has 1 to 200 characters"),
        ("1", "I" * 201, UsageError, "a name has 1 to 200 characters"),
        ("1", "Ida\x1b Cole", UsageError, "a name has no control characters"),
        ("1", "Cole", UsageError, "Cole alone tells nobody from others"),
        ("1", "Ida  Marsh", UsageError, r"Ida Marsh \(1\) is called so already"),
        ("1", "ruth amberley", UsageError, r"is the name of Ruth Amberley \(2\): .* merge them"),
        ("9", COLE, NotInRecord, "no entry"),
        ("Marsh", COLE, Ambiguous, "the name of several"),
    ],
)
def test_what_is_refused(
    name: str, called: str, error: type[Exception], message: str, db: sqlite3.Connection
) -> None:
    with pytest.raises(error, match=message):
        renaming.rename(db, name, called, who="Nora")
    assert decisions.listed(db) == []


@pytest.mark.usefixtures("keys")
def test_a_first_name_is_that_of_any_name(db: sqlite3.Connection) -> None:
    renaming.rename(db, "Ruth Amberley", "Vera Quill", who="Nora")
    assert [people.one(db, name) for name in ("R. Amberley", "V. Quill", "Amberley")] == [2] * 3


@pytest.mark.usefixtures("keys")
def test_the_new_name_has_its_likely_duplicates(record: Record, db: sqlite3.Connection) -> None:
    renaming.rename(db, "Ruth Amberley", "Nora K. Kettle", who="Nora")
    pairs = {(each.kept.id, each.other.id) for each in record.likely_duplicates()}
    assert (2, 4) in pairs


@pytest.mark.usefixtures("keys")
def test_nothing_is_left_of_a_name_that_is_forgotten(
    record: Record, db: sqlite3.Connection
) -> None:
    renaming.rename(db, "Ida Marsh", COLE, who="Nora")
    done = record.forget(record.speaking(COLE), COLE)
    assert COLE in done.people
    assert decisions.listed(db) == []
    assert not db.execute("SELECT 1 FROM alias WHERE name LIKE '%Cole%'").fetchone()


def test_it_holds_when_articles_are_read_again(record: Record, db: sqlite3.Connection) -> None:
    fill(record)
    renaming.rename(db, "Ida Marsh", COLE, who="Nora")
    fill(record, model="newer-1")
    record.repair()
    assert (people.get(db, 1).name, people.find(db, "Ida Marsh")) == (COLE, [1])
    assert list(record.fsck()) == []
