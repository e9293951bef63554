"""Entries merged and split by hand, and what is left when it is taken back."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import Ambiguous, NotInRecord, UsageError
from sayso.record import Record, decisions, merging, people, renaming, splitting, undoing
from tests.record.build import Said, reading

TEXTS = (
    "Ida Marsh and Ruth Amberley said yes.",
    "Ida Marsh said no. Ruth Amberley said no too.",
    "Ida M. Marsh said perhaps to Nora Kettle.",
    "Mayor Kettle said never.",
)
NAMES = (
    ("Ida Marsh", "Ruth Amberley"),
    ("Ida Marsh",),
    ("Ida M. Marsh", "Nora Kettle"),
    ("Kettle",),
)


def fill(record: Record, *, model: str = "hand-1") -> list[str]:
    """The keys of four articles; the entries are Ida Marsh 1, Ruth Amberley 2, Ida M. Marsh 3,
    Nora Kettle 4."""
    keys = []
    for text, names in zip(TEXTS, NAMES, strict=True):
        said = [Said(content=text.split()[-1], by=name, cue="said") for name in names]
        keys.append(record.add(reading(text, said, model=model, publisher="Echo")).key)
    return keys


@pytest.fixture
def keys(record: Record) -> list[str]:
    return fill(record)


def state(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    """All that a record shows of people, but for the decisions that were taken back."""
    rows: list[tuple[object, ...]] = []
    for query in (
        "SELECT id, key, name, kind, same_as FROM person ORDER BY id",
        "SELECT * FROM alias ORDER BY person, key",
        "SELECT article, key, person FROM pin ORDER BY article, key",
        "SELECT article, name, label, person FROM entity ORDER BY article, name",
        "SELECT s.article, s.name, v.position, v.person FROM speaker AS v "
        "JOIN statement AS s ON s.id = v.statement ORDER BY 1, 2, 3",
        "SELECT * FROM decision WHERE undone IS NULL",
    ):
        rows += [tuple(row) for row in db.execute(query)]
    return rows


def persons(db: sqlite3.Connection, key: str) -> dict[str, int | None]:
    rows = db.execute(
        "SELECT label, person FROM entity JOIN article AS a ON a.id = article WHERE a.key = ?",
        (key,),
    )
    return {row["label"]: row["person"] for row in rows}


def test_two_entries_become_one(keys: list[str], db: sqlite3.Connection) -> None:
    made = merging.merge(db, "Ida Marsh", "Ida M. Marsh", who="Nora")
    assert (made.id, made.kind, made.names, made.who) == (
        1,
        "merge",
        ("Ida Marsh", "Ida M. Marsh"),
        "Nora",
    )
    assert people.named(db, "Ida M. Marsh") == {1, 3}
    assert people.get(db, 1).aliases == ("Ida M. Marsh",)


@pytest.mark.usefixtures("keys")
def test_merges_add_up_and_are_taken_back_in_any_order(db: sqlite3.Connection) -> None:
    merging.merge(db, "1", "3", who="Nora")
    merging.merge(db, "2", "Ida M. Marsh", who="Nora")
    assert people.named(db, "Ida Marsh") == {1, 2, 3}
    assert people.one(db, "Ida Marsh") == 2
    undoing.undo(db, 1)
    assert people.named(db, "Ida M. Marsh") == {3}
    assert people.named(db, "Ida Marsh") == {1, 2}
    assert undoing.undo(db).id == 2
    assert people.named(db, "Ida Marsh") == {1}


@pytest.mark.usefixtures("keys")
def test_one_entry_is_not_merged_with_itself(db: sqlite3.Connection) -> None:
    with pytest.raises(UsageError, match=r"are one already: Ida Marsh \(1\)"):
        merging.merge(db, "Ida Marsh", "ida marsh", who="Nora")
    assert decisions.listed(db) == []


def test_an_article_can_be_about_somebody_else(keys: list[str], db: sqlite3.Connection) -> None:
    made = splitting.split(db, "Ida Marsh", [keys[1][:8]], who="Nora")
    assert (made.names, made.articles, made.entry) == (("Ida Marsh",), (keys[1],), 5)
    assert persons(db, keys[0])["Ida Marsh"] == 1
    assert persons(db, keys[1])["Ida Marsh"] == 5
    with pytest.raises(Ambiguous, match=r"Ida Marsh \(1, person, .*Ida Marsh \(5, person"):
        people.one(db, "Ida Marsh")


def test_decisions_outlive_another_reading(
    keys: list[str], record: Record, db: sqlite3.Connection
) -> None:
    splitting.split(db, "Ida Marsh", [keys[1]], who="Nora")
    merging.merge(db, "1", "Ida M. Marsh", who="Nora")
    fill(record, model="newer-1")
    assert persons(db, keys[1])["Ida Marsh"] == 5
    assert people.named(db, "1") == {1, 3}


def test_an_article_may_be_split_off_twice(keys: list[str], db: sqlite3.Connection) -> None:
    splitting.split(db, "Ida Marsh", keys[:2], who="Nora")
    splitting.split(db, "5", [keys[1]], who="Nora")
    assert persons(db, keys[0])["Ida Marsh"] == 5
    assert persons(db, keys[1])["Ida Marsh"] == 6
    undoing.undo(db)
    assert persons(db, keys[1])["Ida Marsh"] == 5
    undoing.undo(db)
    assert persons(db, keys[1])["Ida Marsh"] == 1
    assert db.execute("SELECT count(*) FROM person").fetchone()[0] == 4


def test_what_holds_to_a_split_off_entry_keeps_it(keys: list[str], db: sqlite3.Connection) -> None:
    splitting.split(db, "Ida Marsh", [keys[1]], who="Nora")
    merging.merge(db, "Ruth Amberley", "5", who="Nora")
    undoing.undo(db, 1)
    assert people.named(db, "Ruth Amberley") == {2, 5}
    assert persons(db, keys[1])["Ida Marsh"] == 1


def test_to_split_off_all_of_somebody_merged_takes_the_merge_back(
    keys: list[str], db: sqlite3.Connection
) -> None:
    before = state(db)
    merging.merge(db, "Ruth Amberley", "Ida M. Marsh", who="Nora")
    told = splitting.parting(db, "Ruth Amberley", [keys[2]])
    assert (told.name, told.merge and told.merge.id) == ("Ida M. Marsh", 1)
    made = splitting.split(db, "Ruth Amberley", [keys[2]], who="Ida")
    assert (made.id, made.kind, made.undone is not None) == (1, "merge", True)
    assert state(db) == before
    assert people.get(db, 2).aliases == ()
    assert people.one(db, "Ida M. Marsh") == 3


def test_of_several_merges_the_one_that_parts_them_is_taken_back(
    keys: list[str], db: sqlite3.Connection
) -> None:
    merging.merge(db, "Ida M. Marsh", "Nora Kettle", who="Nora")
    merging.merge(db, "Ruth Amberley", "Ida M. Marsh", who="Nora")
    assert splitting.split(db, "2", [keys[2]], who="Nora").id == 2
    assert people.same(db, 3) == {3, 4}
    assert people.same(db, 2) == {2}


def test_what_is_split_off_has_the_fullest_name_of_its_articles(
    record: Record, keys: list[str], db: sqlite3.Connection
) -> None:
    """Ida M. Marsh is Ruth Amberley in one article, and somebody else in the next."""
    again = record.add(
        reading("Ida M. Marsh said so.", [Said(content="so", by="Ida M. Marsh")])
    ).key
    merging.merge(db, "Ruth Amberley", "Ida M. Marsh", who="Nora")
    assert splitting.parting(db, "2", [again]) == splitting.Parting("Ida M. Marsh", None)
    made = splitting.split(db, "Ruth Amberley", [again], who="Nora")
    assert made.names == ("Ruth Amberley", "Ida M. Marsh")
    assert people.get(db, made.entry or 0).name == "Ida M. Marsh"
    assert people.one(db, "Ruth Amberley") == 2
    assert people.get(db, 2).aliases == ("Ida M. Marsh",)

    left = undoing.undoing(db, 1)
    assert left.entries == (("Ruth Amberley", 1), ("Ida M. Marsh", 1))
    assert left.splits == (made,)
    undoing.undo(db, 1)
    assert persons(db, keys[2])["Ida M. Marsh"] == 3
    assert persons(db, again)["Ida M. Marsh"] == made.entry
    undoing.undo(db, 2)
    assert persons(db, again)["Ida M. Marsh"] == 3
    assert undoing.undoing(db, 1).splits == ()


def test_a_name_that_was_split_off_is_no_longer_also_theirs(
    record: Record, keys: list[str], db: sqlite3.Connection
) -> None:
    merging.merge(db, "Ida Marsh", "Ida M. Marsh", who="Nora")
    made = splitting.split(db, "Ida Marsh", keys[1:3], who="Nora")
    assert made.kind == "split"
    assert people.get(db, 1).aliases == ()
    new = people.get(db, made.entry or 0)
    assert (new.name, new.aliases) == ("Ida M. Marsh", ("Ida Marsh",))
    text = "Ida M. Marsh said so."
    later = record.add(reading(text, [Said(content="so", by="Ida M. Marsh")])).key
    assert people.canonical(db, persons(db, later)["Ida M. Marsh"] or 0) == 1
    assert people.get(db, 1).aliases == ("Ida M. Marsh",)


def test_who_is_called_by_a_surname_alone_is_split_off_as_that(
    record: Record, db: sqlite3.Connection
) -> None:
    said = Said(content="“No,”", by="Nora Kettle")
    there: Any = {"publisher": "Echo", "date": "2026-03-10"}
    record.add(reading("“No,” said the mayor, Nora Kettle.", [said], **there))
    said = Said(content="never", by="Kettle")
    short = record.add(reading("Mayor Kettle said never.", [said], **there)).key
    assert persons(db, short) == {"Kettle": 1}
    made = splitting.split(db, "Nora Kettle", [short], who="Ida")
    assert (made.names, persons(db, short)) == (("Nora Kettle", "Kettle"), {"Kettle": made.entry})
    assert people.one(db, "Nora Kettle") == 1
    undoing.undo(db)
    assert persons(db, short) == {"Kettle": 1}


def test_later_articles_belong_to_the_old_entry_by_an_alias_too(
    record: Record, keys: list[str], db: sqlite3.Connection
) -> None:
    record.import_people("name,aliases\nRuth Amberley,Ruth Nettle\n")

    def add(word: str) -> str:
        said = [Said(content=word, by="Ruth Nettle")]
        return record.add(reading(f"Ruth Nettle said {word}.", said)).key

    made = splitting.split(db, "Ruth Amberley", [add("one")], who="Nora")
    assert people.get(db, made.entry or 0).name == "Ruth Nettle"
    assert persons(db, add("two")) == {"Ruth Nettle": 2}


def test_a_split_goes_when_those_whom_it_parted_are_forgotten(
    record: Record, keys: list[str], db: sqlite3.Connection
) -> None:
    text = "Ida M. Marsh said so."
    again = record.add(reading(text, [Said(content="so", by="Ida M. Marsh")])).key
    merging.merge(db, "Ruth Amberley", "Ida M. Marsh", who="Nora")
    splitting.split(db, "Ruth Amberley", [again], who="Nora")
    undoing.forget(db, ["person:ruth amberley"])
    assert decisions.listed(db) == []


def test_a_split_needs_articles_that_name_the_person(
    keys: list[str], db: sqlite3.Connection
) -> None:
    with pytest.raises(NotInRecord, match="doesn't name Ida Marsh"):
        splitting.split(db, "Ida Marsh", [keys[2]], who="Nora")
    with pytest.raises(NotInRecord, match="has no article ffffff"):
        splitting.split(db, "Ida Marsh", ["ffffff"], who="Nora")
    with pytest.raises(UsageError, match="name the articles"):
        splitting.split(db, "Ida Marsh", [], who="Nora")
    assert decisions.listed(db) == []


def test_what_was_taken_back_stays_so(keys: list[str], db: sqlite3.Connection) -> None:
    with pytest.raises(NotInRecord, match="nothing was merged, split or renamed"):
        undoing.undo(db)
    merging.merge(db, "1", "2", who="Nora")
    undoing.undo(db)
    with pytest.raises(UsageError, match="decision 1 was taken back on"):
        undoing.undo(db, 1)
    with pytest.raises(NotInRecord, match="no decision 9"):
        undoing.undo(db, 9)
    assert [d.undone is None for d in decisions.listed(db)] == [False]


def test_a_merge_holds_again_when_its_names_come_back(
    keys: list[str], record: Record, db: sqlite3.Connection
) -> None:
    """An entry may go with the last article that has it."""
    merging.merge(db, "Ida Marsh", "Ida M. Marsh", who="Nora")
    merging.merge(db, "Ida Marsh", "Nora Kettle", who="Nora")
    db.execute("DELETE FROM article WHERE key = ?", (keys[2],))
    db.execute("DELETE FROM person WHERE id = 3")
    undoing.undo(db)
    assert people.named(db, "Ida Marsh") == {1}


def test_decisions_about_somebody_can_be_forgotten(keys: list[str], db: sqlite3.Connection) -> None:
    merging.merge(db, "Ida Marsh", "Ida M. Marsh", who="Nora")
    splitting.split(db, "Ruth Amberley", [keys[0]], who="Nora")
    undoing.forget(db, ["person:ida m marsh"])
    assert people.named(db, "Ida M. Marsh") == {3}
    undoing.forget(db, ["person:ruth amberley"])
    assert decisions.listed(db) == []


CALLED = ("Ida Cole", "Ida M. Marsh", "Dr Ruth Amberley", "Vera Quill")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.integers(1, 7), st.integers(1, 7)),
        st.tuples(st.just("split"), st.integers(1, 7), st.integers(0, 3)),
        st.tuples(st.just("rename"), st.integers(1, 7), st.integers(0, 3)),
        st.tuples(st.just("undo"), st.integers(1, 4), st.just(0)),
    ),
    max_size=6,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Record, list[str]]]:
    """A record that every case leaves as it was."""
    with Record(tmp_path_factory.mktemp("merging") / "record.db") as record:
        yield record, fill(record)


@given(steps=STEPS, last=st.tuples(st.integers(1, 7), st.integers(1, 7), st.integers(0, 3)))
def test_to_decide_and_take_it_back_changes_nothing(
    shared: tuple[Record, list[str]], steps: list[tuple[str, int, int]], last: tuple[int, int, int]
) -> None:
    record, keys = shared
    db = record.db
    db.execute("BEGIN IMMEDIATE")
    try:
        for step in steps:
            _take(db, keys, *step)
        before = state(db)
        for kind, other in (("merge", last[1]), ("split", last[2]), ("rename", last[2])):
            db.execute("SAVEPOINT last")
            made = _take(db, keys, kind, last[0], other)
            if made is not None and made.undone is not None:  # a split that took a merge back
                db.execute("ROLLBACK TO last")
            elif made is not None:
                undoing.undo(db)
            assert state(db) == before
    finally:
        db.execute("ROLLBACK")


def _take(
    db: sqlite3.Connection, keys: list[str], kind: str, one: int, other: int
) -> decisions.Decision | None:
    """Do a step if it can be done, and tell what came of it."""
    try:
        if kind == "merge":
            return merging.merge(db, str(one), str(other), who="Nora")
        if kind == "split":
            return splitting.split(db, str(one), [keys[other]], who="Nora")
        if kind == "rename":
            return renaming.rename(db, str(one), CALLED[other], who="Nora")
        return undoing.undo(db, one)
    except (NotInRecord, UsageError):
        return None
