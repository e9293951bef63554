"""Title, outlet and day of an article in the record, put right by a person."""

import json
import sqlite3
import zlib
from dataclasses import replace
from typing import Any

import pytest

from sayso import Reading, Record
from sayso.errors import UsageError
from sayso.record.filters import Filters
from tests.record.build import Said, reading

TEXT = (
    "“The bridge is safe,” said Ida Marsh on Tuesday. Ben Okoro said in May 2025 that it leaks. "
    "“It holds,” she said."
)
WHO = "Nora Kettle"


def made(
    title: str | None = "Safe bridge",
    date: str | None = "2026-03-12",
    publisher: str | None = "The Lantern",
    text: str = TEXT,
    **given: Any,
) -> Reading:
    """A report, its days of saying worked out by its day of printing, 12 March 2026."""
    found = reading(
        text,
        [
            Said(content="“The bridge is safe,”", by="Ida Marsh", cue="said", date="2026-03-10"),
            Said(content="that it leaks", by="Ben Okoro", cue="said", type="indirect",
                 date="2025-05"),
            Said(content="“It holds,”", by="Ida Marsh", cue="said"),
        ],
        title=title, date=date, publisher=publisher, **given,
    )  # fmt: skip
    whens = ("on Tuesday", "in May 2025")
    dated = [
        replace(s, when=found.article.span(text.index(when), text.index(when) + len(when)))
        for s, when in zip(found.statements, whens, strict=False)
    ]
    return replace(found, statements=(*dated, *found.statements[2:]))


@pytest.fixture
def key(record: Record) -> str:
    return record.add(made()).key


def test_all_three_are_amended_and_the_key_stays(record: Record, key: str) -> None:
    given = {"title": "Bridge is safe", "publisher": "The Echo", "date": "2026-03-19"}
    amendment = record.amend(key, **given, who=WHO)
    article = record.article(key)
    assert (article.title, article.outlet, article.published) == tuple(given.values())
    assert article.key == key
    assert amendment.after == given
    assert amendment.before == {
        "title": "Safe bridge", "publisher": "The Lantern", "date": "2026-03-12"
    }  # fmt: skip
    assert record.amendments(key) == [amendment]
    assert amendment.who == WHO
    assert not list(record.fsck())


def test_days_of_saying_that_lean_on_the_day_of_printing_go_with_it(
    record: Record, key: str
) -> None:
    record.amend(key, date="2026-03-19", who=WHO)
    assert [s.date for s in record.reading(key).statements] == ["2026-03-17", "2025-05", None]
    hits = record.search("bridge").hits
    assert (hits[0].said_on, hits[0].published) == ("2026-03-17", "2026-03-19")
    assert [s.first.statement for s in record.timeline("Ida Marsh").sayings] == ["s1", "s3"]


def test_without_a_day_no_day_leans_on_it(record: Record, key: str) -> None:
    record.amend(key, date="", who=WHO)
    assert record.article(key).published is None
    assert [s.date for s in record.reading(key).statements] == [None, "2025-05", None]


def test_readings_by_older_models_go_with_it(record: Record, key: str) -> None:
    record.add(replace(made(), model="newer-1"))
    record.amend(key, date="2026-03-19", who=WHO)
    for (data,) in record.db.execute("SELECT data FROM reading").fetchall():
        told = json.loads(zlib.decompress(data))
        assert told["statements"][0]["date"] == "2026-03-17"


def test_it_is_found_by_its_new_outlet_and_not_by_the_old(record: Record, key: str) -> None:
    record.amend(key, publisher="The Echo", who=WHO)
    assert record.search("bridge", Filters(outlets=("The Echo",))).matched == 1
    assert {article.outlet for article in record.articles()[0]} == {"The Echo"}
    assert not list(record.fsck())


def test_a_statement_keeps_its_row(record: Record, db: sqlite3.Connection, key: str) -> None:
    before = db.execute("SELECT id, name FROM statement ORDER BY id").fetchall()
    record.amend(key, publisher="The Echo", date="2026-03-19", who=WHO)
    after = db.execute("SELECT id, name FROM statement ORDER BY id").fetchall()
    assert list(map(tuple, before)) == list(map(tuple, after))


def test_corrections_stay(record: Record, key: str) -> None:
    record.wrong(f"{key}/s3", who=WHO)
    record.attribute(f"{key}/s2", ["Ida Marsh"], who=WHO)
    record.amend(key, title="Another", publisher="The Echo", date="2026-03-19", who=WHO)
    found = record.reading(key)
    assert [s.id for s in found.statements] == ["s1", "s2"]
    assert found.statements[1].speakers[0].name == "Ida Marsh"
    assert not any(c.orphan for c in record.corrections())


@pytest.mark.parametrize(
    "given", [{"title": "Bridge"}, {"publisher": "The Echo"}, {"date": "2026-03-19"}]
)
def test_it_is_taken_back_by_amending_it_to_what_it_was(
    record: Record, key: str, given: dict[str, str]
) -> None:
    article, read = record.article(key), record.reading(key)
    first = record.amend(key, **given, who=WHO)
    back = {name: value or "" for name, value in first.before.items()}
    record.amend(key, **back, who=WHO)
    assert record.article(key) == article
    assert record.reading(key) == read
    assert len(record.amendments(key)) == 2
    assert not list(record.fsck())


def test_the_same_article_added_again_changes_nothing_back(record: Record, key: str) -> None:
    record.amend(key, title="Bridge is safe", publisher="The Echo", date="2026-03-19", who=WHO)
    added = record.add(made())
    assert (added.key, added.outcome, added.printed) == (key, "known", "2026-03-19")
    article = record.article(key)
    assert (article.title, article.outlet) == ("Bridge is safe", "The Echo")
    assert record.stats().articles == 1


def test_nor_when_it_is_added_as_it_was_amended(record: Record, key: str) -> None:
    record.amend(key, publisher="The Echo", who=WHO)
    added = record.add(made(publisher="The Echo"))
    assert (added.key, added.outcome) == (key, "known")
    assert record.stats().articles == 1


def test_what_is_said_not_to_be_known_is_not_filled_in_again(record: Record, key: str) -> None:
    record.amend(key, title="", date="", who=WHO)
    assert record.dated(made().article).date is None
    assert record.add(made()).outcome == "known"
    assert record.add(replace(made(), model="newer-1")).outcome == "known"
    article = record.article(key)
    assert (article.title, article.published) == (None, None)
    assert not list(record.fsck())


def test_an_outlet_that_makes_it_another_article_of_the_record_is_refused(
    record: Record, key: str
) -> None:
    other = record.add(made(publisher="The Echo")).key
    with pytest.raises(UsageError, match=other[:8]):
        record.amend(key, publisher="The Echo", who=WHO)
    assert record.article(key).outlet == "The Lantern"
    assert record.amendments(key) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "already"),
        ({"title": "Safe bridge", "date": "2026-03-12"}, "already"),
        ({"date": "12 March"}, "YYYY-MM-DD"),
        ({"title": "Safe\x00"}, "control"),
        ({"publisher": "x" * 201}, "200 characters"),
        ({"title": "Other", "who": " "}, "who"),
    ],
)
def test_what_can_not_be_meant_is_refused(
    record: Record, key: str, given: dict[str, str], told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        record.amend(key, **{"who": WHO, **given})
    assert record.amendments(key) == []


def test_by_another_day_another_version_is_the_current_one(record: Record) -> None:
    address = {"url": "https://lantern.example/bridge"}
    old = record.add(made(date="2026-03-10", **address)).key
    new = record.add(made(text=f"{TEXT} It rained.", **address)).key
    record.wrong(f"{old}/s3", who=WHO)
    assert [v.key for v in record.versions(old)] == [new, old]
    assert len(record.reading(new).statements) == 2
    stamp = record.stamp(new)
    record.amend(old, date="2026-03-14", who=WHO)
    assert [v.key for v in record.versions(old)] == [old, new]
    assert len(record.reading(new).statements) == 3  # what is said of it is of a later one now
    assert record.stamp(new) != stamp
    assert not list(record.fsck())
    record.amend(old, date="2026-03-10", who=WHO)
    assert len(record.reading(new).statements) == 2
    assert not list(record.fsck())


def test_a_surname_near_by_is_whose_it_is_by_the_new_day(record: Record) -> None:
    record.add(
        reading(
            "The surveyor, Ida Marsh, spoke. “It holds,” said Ida Marsh, the surveyor.",
            [Said(content="“It holds,”", by="Ida Marsh", cue="said")],
            date="2020-01-01",
            publisher="The Echo",
        )
    )
    far = reading(
        "“It leaks,” said Surveyor Marsh.",
        [Said(content="“It leaks,”", by="Marsh", cue="said")],
        date="2026-03-12", publisher="The Lantern",
    )  # fmt: skip
    key = record.add(far).key
    assert record.timeline("Ida Marsh").sayings[-1].first.article != key
    record.amend(key, date="2020-01-05", who=WHO)
    assert record.timeline("Ida Marsh").sayings[-1].first.article == key
    record.amend(key, date="2026-03-12", who=WHO)
    assert record.timeline("Ida Marsh").sayings[-1].first.article != key
    assert not list(record.fsck())


def test_forgotten_with_its_article(record: Record, key: str) -> None:
    record.amend(key, title="A title of its own kind", who=WHO)
    record.forget([record.article(key)])
    assert record.db.execute("SELECT count(*) FROM amendment").fetchone()[0] == 0
    assert b"A title of its own kind" not in record.path.read_bytes()
