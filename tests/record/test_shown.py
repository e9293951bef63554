"""Hits and sayings as tables, JSON Lines and CSV."""

import csv
import io
import json
import sqlite3

import pytest

from sayso.record import Record, shown
from sayso.record.filters import Filters
from sayso.record.search import search
from sayso.record.timeline import timeline
from tests.record.build import Said, reading

FILTERS = Filters(by=("Ida Marsh",))
HOSTILE = "=cmd()\x1b[2J <b>\u202e bridge"


@pytest.fixture
def db_of_bridges(record: Record, db: sqlite3.Connection) -> sqlite3.Connection:
    said = Said(content="“The bridge is  safe”", by="Ida Marsh", cue="said", date="2026-03-10")
    text = "“The bridge is  safe”, Ida Marsh said."
    for outlet, day in (("Echo", "12"), ("Post", "13"), ("The Fen Courier", "14")):
        record.add(
            reading(
                f"{text} {outlet}.",
                [said],
                publisher=outlet,
                date=f"2026-03-{day}",
                url=f"https://news.example/{day}",
            )
        )
    return db


def test_hits_as_a_table(db_of_bridges: sqlite3.Connection) -> None:
    (hit, *_) = search(db_of_bridges, "bridge safe").hits
    table = shown.hits([hit], "table", width=140)
    assert "Ida Marsh (person)" in table
    assert "“The *bridge* is *safe*”" in table
    assert f"{hit.id}" in table
    assert "The Fen Courier · 2026-03-14" in table
    assert "said 2026-03-10" in table
    assert "\x1b" not in table


def test_marks_in_colour(db_of_bridges: sqlite3.Connection) -> None:
    table = shown.hits(search(db_of_bridges, "bridge").hits, "table", colour=True)
    assert "\x1b[1;33mbridge\x1b[0m" in table
    assert "*" not in table


def test_no_hits() -> None:
    assert shown.hits([], "table") == "Nothing found.\n\n"
    assert shown.hits([], "jsonl") == ""
    assert shown.hits([], "csv") == ",".join(shown.HIT_COLUMNS) + "\n"


def test_the_cue_stands_before_what_was_said(record: Record, db: sqlite3.Connection) -> None:
    said = [
        Said(content="he had been there", by="Ida Marsh", cue="denied", type="indirect"),
        Said(content="“I was not”", by="Ida Marsh", cue="said"),
    ]
    record.add(reading("Ida denied he had been there: “I was not”, she said.", said))
    assert "denied: he had been" in shown.hits(search(db, "", FILTERS).hits, "table", width=140)
    table = shown.timeline(timeline(db, "Ida Marsh"), "table", width=140)
    assert "denied: he had been there" in table
    assert " said: “I" not in table
    (row, _) = csv.DictReader(io.StringIO(shown.timeline(timeline(db, "Ida Marsh"), "csv")))
    assert row["cue"] == "denied"


@pytest.mark.parametrize(
    ("cue", "told"),
    [("said", False), ("had said", False), ("added", False), ("wrote", True), ("", False)],
)
def test_of_a_quotation_only_a_cue_that_tells_more_than_saying(
    record: Record, db: sqlite3.Connection, cue: str, told: bool
) -> None:
    said = Said(content="“I was not”", by="Ida Marsh", cue=cue)
    record.add(reading(f"“I was not”, Ida Marsh {cue}.", [said]))
    shows = shown.hits(search(db, "not").hits, "table", width=140)
    assert (f"{cue}: “I" in shows) == told


@pytest.mark.parametrize("width", [40, 70, 100])
def test_ids_and_days_are_not_broken(db_of_bridges: sqlite3.Connection, width: int) -> None:
    for hit in search(db_of_bridges, "bridge").hits:
        table = shown.hits([hit], "table", width=width)
        assert hit.id in table
        assert str(hit.published) in table


def test_a_long_content_is_cut_and_says_so(record: Record, db: sqlite3.Connection) -> None:
    record.add(reading("word " * 500 + "bridge", [Said(content="word " * 500 + "bridge")]))
    assert "… [of 2,506 characters]" in " ".join(
        shown.hits(search(db, "bridge").hits, "table", width=140).split()
    )


def test_hits_as_json_lines(db_of_bridges: sqlite3.Connection) -> None:
    found = search(db_of_bridges, "bridge").hits
    lines = shown.hits(found, "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == [hit.to_dict() for hit in found]


def test_hits_as_csv(db_of_bridges: sqlite3.Connection) -> None:
    rows = list(
        csv.DictReader(io.StringIO(shown.hits(search(db_of_bridges, "bridge").hits, "csv")))
    )
    assert [row["outlet"] for row in rows] == ["The Fen Courier", "Post", "Echo"]
    assert rows[0] | {"article": "…"} == {
        "article": "…", "statement": "s1", "type": "direct", "said": "true", "denied": "false",
        "speakers": "Ida Marsh", "kinds": "person", "cue": "said",
        "content": "“The bridge is  safe”", "outlet": "The Fen Courier",
        "published": "2026-03-14", "said_on": "2026-03-10", "url": "https://news.example/14",
        "title": "", "superseded": "false", "inside": "", "confidence": "0.9", "checked": "",
        "start": "0", "end": "21", "according_to": "",
    }  # fmt: skip


@pytest.mark.parametrize("name", shown.FORMATS)
def test_hostile_words_do_no_harm(name: str, record: Record, db: sqlite3.Connection) -> None:
    record.add(reading(HOSTILE, [Said(content=HOSTILE, by=HOSTILE)], publisher=HOSTILE))
    told = shown.hits(search(db, "bridge").hits, name)
    assert "\x1b" not in told
    assert name == "jsonl" or "\u202e" not in told
    assert name != "csv" or "'=cmd()" in told


def test_a_timeline_as_a_table(db_of_bridges: sqlite3.Connection) -> None:
    table = shown.timeline(timeline(db_of_bridges, "Ida Marsh"), "table", width=120)
    assert "2026-03-10" in table
    assert "“The bridge is safe”" in table
    assert "Echo · 2026-03-12" in table
    assert "3 printings in 3 outlets: also" in " ".join(table.split())


def test_a_day_of_printing_is_marked_so(record: Record, db: sqlite3.Connection) -> None:
    record.add(reading("It rains", [Said(content="It rains", by="Ida Marsh")], date="2026-03-12"))
    record.add(reading("It snows", [Said(content="It snows", by="Ida Marsh")]))
    table = shown.timeline(timeline(db, "Ida Marsh"), "table")
    assert "printed" in table.splitlines()[4]
    assert "day unknown" in table


def test_a_timeline_as_csv_and_json(db_of_bridges: sqlite3.Connection) -> None:
    line = timeline(db_of_bridges, "Ida Marsh")
    (row,) = csv.DictReader(io.StringIO(shown.timeline(line, "csv")))
    assert (row["day"], row["known"], row["printed"], row["first_outlet"]) == (
        "2026-03-10",
        "true",
        "3",
        "Echo",
    )
    assert row["printed_by"] == "Echo; Post; The Fen Courier"
    assert json.loads(shown.timeline(line, "jsonl")) == line.sayings[0].to_dict()


def test_hearsay_says_whose_word_it_is(record: Record, db: sqlite3.Connection) -> None:
    said = [
        Said(content="that Ida Marsh promised a bus", by="Pim Vale", cue="said", type="indirect"),
        Said(content="a bus", by="Ida Marsh", cue="promised", type="indirect", inside="s1"),
    ]
    record.add(reading("Pim Vale said that Ida Marsh promised a bus.", said))
    found = search(db, "bus", FILTERS).hits
    assert "according to Pim Vale, promised: a *bus*" in shown.hits(found, "table", width=140)
    line = timeline(db, "Ida Marsh")
    assert "according to Pim Vale, promised: a bus" in shown.timeline(line, "table", width=140)
    for told in (shown.hits(found, "csv"), shown.timeline(line, "csv")):
        (row,) = csv.DictReader(io.StringIO(told))
        assert row["according_to"] == "Pim Vale"
        assert list(row)[-1] == "according_to"
