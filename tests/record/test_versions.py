"""What was corrected in one version of an article, in those that come after it."""

import json
import sqlite3

import pytest

from sayso import Reading
from sayso.record import Record, correcting
from tests.record.build import Said, reading

URL = "https://lantern.example/ferry"
TEXT = (
    "The harbour was busy all morning long. “The ferry will sail,” Ida Marsh said to the crowd. "
    "It was safe, she added. The crew agreed with her, and so did the passengers."
)
LONGER = f"A correction was made to this report. {TEXT} Nobody was hurt."
ANOTHER = "“The ferry stays in harbour,” Ida Marsh told them. Nobody was surprised to hear it."
FERRY = Said(content="“The ferry will sail,”", by="Ida Marsh", source="Ida Marsh", cue="said")
SAFE = Said(content="It was safe", by="Ida Marsh", source="she", cue="added", type="indirect")
STAYS = Said(content="“The ferry stays in harbour,”", by="Ida Marsh", cue="told")


def version(text: str, *said: Said, model: str = "hand-1", date: str | None = None) -> Reading:
    return reading(text, said, model=model, url=URL, date=date)


@pytest.fixture
def first(record: Record) -> str:
    """The key of the first version."""
    return record.add(version(TEXT, FERRY, SAFE)).key


def shown(db: sqlite3.Connection, key: str) -> list[tuple[str, str | None, str | None]]:
    """The statements of a version: content, speaker, what a person has done to it."""
    rows = db.execute(
        "SELECT s.spans, s.checked, v.name, t.body FROM statement AS s "
        "JOIN article AS a ON a.id = s.article JOIN text AS t ON t.id = a.text "
        "LEFT JOIN speaker AS v ON v.statement = s.id WHERE a.key = ? ORDER BY s.position",
        (key,),
    )
    return [
        (row["body"].decode()[slice(*json.loads(row["spans"])["content"][0])], row["name"], row[1])
        for row in rows
    ]


def test_the_id_of_an_older_version_finds_it(record: Record) -> None:
    old = record.add(reading(TEXT, [FERRY], url=URL, id="monday")).key
    record.add(reading(LONGER, [FERRY], url=URL, id="tuesday"))
    assert record.article("monday").key == old
    new = record.add(reading(ANOTHER, [STAYS], url=URL, id="monday")).key
    assert record.article("monday").key == new


def orphans(db: sqlite3.Connection) -> list[int]:
    return [c.id for c in correcting.listed(db) if c.orphan]


def test_corrections_hold_in_a_later_version(record: Record, first: str) -> None:
    record.attribute(f"{first}/s1", ["Ruth Amberley"], who="Nora")
    record.wrong(f"{first}/s2", who="Nora")
    added = record.add(version(LONGER, FERRY, SAFE))
    assert (added.outcome, added.orphans) == ("version", 0)
    ferry = ("“The ferry will sail,”", "Ruth Amberley", "corrected")
    assert shown(record.db, first) == shown(record.db, added.key) == [ferry]
    assert [c.id for c in record.corrections(added.key)] == [2, 1]
    assert list(record.fsck()) == []


def test_what_is_said_of_an_earlier_version_now(record: Record, first: str) -> None:
    later = record.add(version(LONGER, FERRY, SAFE)).key
    before = shown(record.db, later)
    record.wrong(f"{first}/s2", who="Nora")
    assert shown(record.db, later) == before[:1]
    record.undo_correction()
    assert shown(record.db, later) == before
    record.wrong(f"{later}/s2", who="Nora")
    assert shown(record.db, first) == before
    assert [c.undone is None for c in record.corrections(first)] == [False]
    assert list(record.fsck()) == []


def test_what_a_later_version_lacks_is_an_orphan(record: Record, first: str) -> None:
    record.right(f"{first}/s1", who="Nora")
    added = record.add(version(ANOTHER, STAYS))
    assert (added.orphans, orphans(record.db)) == (1, [1])
    assert shown(record.db, first)[0][2] == "right"
    record.add(version(TEXT, FERRY, model="hand-2"))
    assert orphans(record.db) == [1], "the newest version counts"
    record.forget([record.article(added.key)])
    assert orphans(record.db) == []


def test_a_version_between_two_others(record: Record) -> None:
    first = record.add(version(TEXT, FERRY, date="2026-03-10")).key
    record.wrong(f"{first}/s1", who="Nora")
    last = record.add(version(LONGER, FERRY, date="2026-03-12")).key
    record.add(version(f"{TEXT} So it did.", FERRY, date="2026-03-11"))
    assert shown(record.db, last) == []
    record.forget([record.article(first)])
    assert shown(record.db, last) == [("“The ferry will sail,”", "Ida Marsh", None)]
    assert list(record.fsck()) == []
