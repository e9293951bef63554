import sqlite3

import pytest

from sayso.record import Record, identity, merging, splitting
from sayso.record.duplicates import likely
from tests.record.build import Said, reading


@pytest.fixture
def filled(record: Record, db: sqlite3.Connection) -> sqlite3.Connection:
    """Two that are likely one, two that stand in one article, two that are not alike."""
    for number, (text, names) in enumerate(
        [
            ("Mayor Robert Amberley said yes.", ["Robert Amberley"]),
            ("Mayor Robert Amberley said no.", ["Robert Amberley"]),
            ("The mayor, Robert J. Amberley, said no.", ["Robert J. Amberley"]),
            ("Gillian Lind and Gilian Lind said yes.", ["Gillian Lind", "Gilian Lind"]),
            ("Anna Amberley said no.", ["Anna Amberley"]),
        ]
    ):
        said = [Said(content=text.split()[-1], by=name) for name in names]
        record.add(reading(text, said, publisher="Echo", id=number))
    return db


def test_likely_duplicates_come_with_their_evidence(filled: sqlite3.Connection) -> None:
    first, second = likely(filled)
    assert (first.kept.name, first.other.name) == ("Robert Amberley", "Robert J. Amberley")
    assert first.evidence == (
        "the same name but for initials or middle names",
        "both in Echo",
        "both called mayor",
    )
    assert (first.against, first.statements) == ((), (2, 1))
    assert (second.kept.name, second.other.name) == ("Gillian Lind", "Gilian Lind")
    assert second.against[0].startswith("both named in article ")
    assert likely(filled, limit=1) == [first]


def test_what_was_merged_or_parted_is_no_duplicate(filled: sqlite3.Connection) -> None:
    merging.merge(filled, "Robert Amberley", "Robert J. Amberley", who="Nora")
    (key,) = filled.execute("SELECT key FROM article WHERE id = 1").fetchone()
    splitting.split(filled, "Robert Amberley", [key], who="Nora")
    pairs = [(x.kept.name, x.other.name) for x in likely(filled)]
    assert pairs == [("Gillian Lind", "Gilian Lind")]


def test_abbreviations_are_found(record: Record, db: sqlite3.Connection) -> None:
    names = ("BBA", "British Bakers Association", "Barle Boat Association")
    for name in names[1:]:
        said = [Said(content="no", by=[(name, "organisation")])]
        record.add(reading(f"{name} said no.", said))
    assert likely(db) == []
    record.add(reading("BBA said no.", [Said(content="no", by=[("BBA", "organisation")])]))
    pairs = {(x.kept.name, x.other.name, x.evidence) for x in likely(db)}
    assert pairs == {(name, "BBA", ("an abbreviation",)) for name in names[1:]}


def pairs(db: sqlite3.Connection) -> list[tuple[set[str], tuple[str, ...], tuple[str, ...]]]:
    return [({x.kept.name, x.other.name}, x.evidence, x.against) for x in likely(db)]


def add_bodies(record: Record, outlet: str, *names: str, kind: str = "organisation") -> None:
    """An article of the outlet for each name."""
    for name in names:
        text = f"{name} said no in {outlet}."
        record.add(reading(text, [Said(content="no", by=[(name, kind)])], publisher=outlet))


def test_a_body_may_be_called_by_the_beginning_of_its_name(
    record: Record, db: sqlite3.Connection
) -> None:
    add_bodies(record, "Echo", "Northway Ferries", "Northway")
    assert pairs(db) == [({"Northway", "Northway Ferries"}, (identity.BEGINS, "both in Echo"), ())]
    add_bodies(record, "Echo", "Northway Pension Fund")
    assert [(names, against) for names, _, against in pairs(db)] == [
        ({"Northway", "Northway Ferries"}, ("Northway Pension Fund may be meant as well",)),
        ({"Northway", "Northway Pension Fund"}, ("Northway Ferries may be meant as well",)),
    ]
    add_bodies(record, "Echo", "Northway Bakers Guild")  # a place, by all its bodies
    assert pairs(db) == []


def test_a_body_that_only_begins_like_another_is_none(
    record: Record, db: sqlite3.Connection
) -> None:
    add_bodies(record, "Echo", "Northway", "Northwayside Ferries", "Friends", "Friends of Halden")
    add_bodies(record, "Echo", "North", "North Barle Ferries", "Council", "Council Tax Office")
    add_bodies(record, "Post", "Northway Ferries")  # of another outlet
    add_bodies(record, "Echo", "Northway Passengers", kind="group")
    assert pairs(db) == []


def test_an_article_that_has_both_names_brings_bodies_together(
    record: Record, db: sqlite3.Connection
) -> None:
    names = ("Northway Ferries", "Northway")
    said = [Said(content=word, by=[(name, "organisation")])
            for name, word in zip(names, ("no", "yes"), strict=True)]  # fmt: skip
    record.add(reading("Northway Ferries said no. Northway said yes.", said))
    ((found, evidence, against),) = pairs(db)
    assert (found, evidence) == (set(names), (identity.BEGINS,))
    assert against[0].startswith("both named in article")


def test_nobody_is_no_duplicate(db: sqlite3.Connection) -> None:
    assert likely(db) == []
