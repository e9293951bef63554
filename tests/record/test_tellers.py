"""Whose word a statement rests on: in a record, and in a document."""

import sqlite3
from typing import Any

import pytest

from sayso.record import Record
from sayso.record.search import search
from sayso.record.tellers import Tellers, according_to, of_statement
from tests.record.build import Said, reading

TEXT = "Pim Vale said that Ida Marsh claimed she had promised a bus."
OUTER = "that Ida Marsh claimed she had promised a bus"
MIDDLE = "she had promised a bus"
INNER = "promised a bus"


def told(outer: Any, inner: Any) -> list[Said]:
    return [
        Said(content=OUTER, by=outer, cue="said", type="indirect"),
        Said(content=MIDDLE, by=inner, cue="claimed", type="indirect", inside="s1"),
    ]


@pytest.mark.parametrize(
    ("outer", "inner", "tellers"),
    [
        ("Pim Vale", "Ida Marsh", ("Pim Vale",)),
        ("Ida Marsh", "Ida Marsh", None),
        ("Pim Vale", (), ("Pim Vale",)),
        ((), "Ida Marsh", ()),
        (("Pim Vale", "Ida Marsh"), "Ida Marsh", None),
        ("Ida Marsh", ("Ida Marsh", "Pim Vale"), ("Ida Marsh",)),
    ],
)
def test_who_tells_it(
    record: Record, db: sqlite3.Connection, outer: Any, inner: Any, tellers: Tellers
) -> None:
    made = reading(TEXT, told(outer, inner))
    record.add(made)
    found = {hit.statement: hit for hit in search(db, "bus").hits}
    assert found["s1"].according_to is None
    assert found["s2"].according_to == tellers
    assert found["s2"].to_dict()["according_to"] == (None if tellers is None else list(tellers))
    assert of_statement(made.statements[0], made.statements) is None
    assert of_statement(made.statements[1], made.statements) == tellers


def test_what_people_say_of_themselves_in_anothers_words_is_that_others(
    record: Record, db: sqlite3.Connection
) -> None:
    third = Said(content=INNER, by="Ida Marsh", cue="promised", type="indirect", inside="s2")
    made = reading(TEXT, [*told("Pim Vale", "Ida Marsh"), third])
    record.add(made)
    (hit,) = (hit for hit in search(db, "bus").hits if hit.statement == "s3")
    assert hit.according_to == ("Pim Vale",)
    assert of_statement(made.statements[2], made.statements) == ("Pim Vale",)


def test_two_names_of_one_entry_are_one(record: Record, db: sqlite3.Connection) -> None:
    record.add(reading(TEXT, told("Pim Vale", "Ida Marsh")))
    a, b = (str(record.people(name)[0].person.id) for name in ("Pim Vale", "Ida Marsh"))
    record.merge(a, b, who="Nora Kettle")
    assert all(hit.according_to is None for hit in search(db, "bus").hits)


@pytest.mark.parametrize(
    ("tellers", "words"),
    [
        (None, ""),
        ((), "according to somebody not named"),
        (("Pim Vale", "Ida Marsh"), "according to Pim Vale, Ida Marsh"),
    ],
)
def test_in_words(tellers: Tellers, words: str) -> None:
    assert according_to(tellers) == words
