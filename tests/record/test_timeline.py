"""What somebody said, day by day, each saying once."""

import sqlite3

import pytest

from sayso.errors import Ambiguous, NotInRecord, UsageError
from sayso.record import Record
from sayso.record.timeline import Timeline, timeline
from tests.record.build import Said, reading

LONG = "The ferry will sail on Sundays again, whatever the weather may be"


def add(record: Record, outlet: str, date: str | None, *said: Said, text: str = "") -> str:
    text = text or f"{outlet}. " + " ".join(f"“{s.content}.”" for s in said)
    return record.add(reading(text, said, publisher=outlet, date=date)).key


def ida(content: str, date: str | None = None, **fields: object) -> Said:
    return Said(content=content, by="Ida Marsh", date=date, **fields)  # type: ignore[arg-type]


def told(line: Timeline) -> list[tuple[str | None, bool, str]]:
    return [(saying.day, saying.known, saying.first.text) for saying in line.sayings]


def test_by_the_day_of_saying_else_of_printing(record: Record, db: sqlite3.Connection) -> None:
    add(record, "Echo", "2026-03-12", ida("It rains"), ida("It rained", "2026-03-01"))
    add(record, "Post", "2026-02-02", ida("It will rain", "2026-W07"), ida("It may", "2025"))
    add(record, "Post", None, ida("It never rains"))
    assert told(timeline(db, "Ida Marsh")) == [
        ("2025-01-01", True, "It may"),
        ("2026-02-09", True, "It will rain"),
        ("2026-03-01", True, "It rained"),
        ("2026-03-12", False, "It rains"),
        (None, False, "It never rains"),
    ]


def test_what_was_thought_or_denied_or_said_by_others_is_left_out(
    record: Record, db: sqlite3.Connection
) -> None:
    add(
        record,
        "Echo",
        "2026-03-12",
        ida("It rains", said=False),
        ida("It pours", denied=True),
        Said(content="It snows", by="Ruth Amberley"),
        Said(content="It hails", by=("Ruth Amberley", "Ida Marsh")),
    )
    assert [day[2] for day in told(timeline(db, "Ida Marsh"))] == ["It hails"]


def test_a_repeat_is_one_saying_with_its_outlets(record: Record, db: sqlite3.Connection) -> None:
    late = add(record, "Post", "2026-03-14", ida(LONG))
    first = add(record, "Echo", "2026-03-12", ida(LONG, "2026-W11"))
    add(record, "Echo", "2026-03-13", ida(LONG.upper(), "2026-03-11"))
    (saying,) = timeline(db, "Marsh").sayings
    assert (saying.day, saying.known, saying.said_on) == ("2026-03-11", True, "2026-03-11")
    assert (saying.printed, saying.outlets) == (3, 2)
    assert saying.first.article == first
    assert [p.article for p in saying.printings][::2] == [first, late]


def test_short_words_on_other_days_are_said_anew(record: Record, db: sqlite3.Connection) -> None:
    add(record, "Echo", "2026-03-12", ida("No comment"))
    add(record, "Post", "2026-03-12", ida("“No comment”"), text="Post: “No comment”")
    add(record, "Echo", "2026-03-13", ida("No comment"), text="Again: No comment")
    assert [(s.day, s.printed) for s in timeline(db, "Ida Marsh").sayings] == [
        ("2026-03-12", 2),
        ("2026-03-13", 1),
    ]


def test_from_to_and_about(record: Record, db: sqlite3.Connection) -> None:
    for day in range(10, 20):
        add(record, "Echo", f"2026-03-{day}", ida(f"Ferry {day} sails"), ida(f"Toll {day} stays"))
    found = timeline(db, "Ida Marsh", about="ferry", since="2026-03-12", until="2026-03-14")
    assert [s.first.text for s in found.sayings] == [f"Ferry {day} sails" for day in (12, 13, 14)]
    assert found.more is None
    assert found.complete


def test_more_than_was_asked_for(record: Record, db: sqlite3.Connection) -> None:
    for day in range(10, 20):
        add(record, "Echo", f"2026-03-{day}", ida(f"Ferry {day} sails"))
    found = timeline(db, "Ida Marsh", limit=4)
    assert (found.sayings[-1].day, found.more) == ("2026-03-13", "2026-03-14")
    rest = timeline(db, "Ida Marsh", limit=6, since=found.more)
    assert (rest.sayings[0].day, rest.more) == ("2026-03-14", None)


def test_a_superseded_version_is_left_out(record: Record, db: sqlite3.Connection) -> None:
    for text in ("It rains", "It does rain"):
        record.add(
            reading(f"“{text}”", [ida(text)], url="https://echo.example/1", publisher="Echo")
        )
    assert [s.first.text for s in timeline(db, "Ida Marsh").sayings] == ["It does rain"]


def test_nothing_said(record: Record, db: sqlite3.Connection) -> None:
    add(record, "Echo", "2026-03-12", ida("It rains", said=False))
    found = timeline(db, "Ida Marsh")
    assert (found.names, found.sayings, found.complete) == (("Ida Marsh",), (), True)


def test_whose(record: Record, db: sqlite3.Connection) -> None:
    add(record, "Echo", "2026-03-12", ida("It rains"), Said(content="So it does", by="John Marsh"))
    with pytest.raises(Ambiguous, match="Ida Marsh"):
        timeline(db, "Marsh")
    with pytest.raises(NotInRecord):
        timeline(db, "Ada Nobody")


@pytest.mark.parametrize("asked", [{"limit": 0}, {"since": "May"}, {"about": "?"}])
def test_wrong_questions(asked: dict[str, object], record: Record, db: sqlite3.Connection) -> None:
    add(record, "Echo", "2026-03-12", ida("It rains"))
    with pytest.raises(UsageError):
        timeline(db, "Ida Marsh", **asked)  # type: ignore[arg-type]


def test_as_a_dictionary(record: Record, db: sqlite3.Connection) -> None:
    key = add(record, "Echo", "2026-03-12", ida("It rains"))
    (saying,) = timeline(db, "Ida Marsh").sayings
    assert saying.to_dict() == {
        "day": "2026-03-12",
        "known": False,
        "said_on": None,
        "printed": 1,
        "outlets": 1,
        "printings": [
            {
                "article": key,
                "statement": "s1",
                "outlet": "Echo",
                "published": "2026-03-12",
                "url": None,
            }
        ],
        "first": saying.first.to_dict(),
    }
