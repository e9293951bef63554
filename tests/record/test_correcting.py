"""Corrections made in a record, over re-reading and back."""

import json
import sqlite3
from collections.abc import Callable

import pytest

from sayso import Ambiguous, NotInRecord, Reading, UsageError
from sayso.record import Record, correcting, people
from tests.record.build import Said, reading

TEXT = (
    "“The ferry will sail,” Ida Marsh said. It was safe, she said. Ruth Amberley, who chairs the "
    "harbour board, said that “the quay is closed”. Later, Marsh said the quay is closed."
)
FERRY = Said(content="“The ferry will sail,”", by="Ida Marsh", source="Ida Marsh", cue="said")
SAFE = Said(content="It was safe", by="Ida Marsh", source="she", cue="said", type="indirect")
QUAY = Said(
    content="the quay is closed",
    by="Ida Marsh",
    source="Ruth Amberley, who chairs the harbour board,",
    cue="said that",
    type="indirect",
    about=("Ruth Amberley",),
)


def read(*said: Said, model: str = "hand-1") -> Reading:
    return reading(TEXT, said, model=model, mentions={"Ida Marsh": ("Marsh said",)})


@pytest.fixture
def key(record: Record) -> str:
    return record.add(read(FERRY, SAFE, QUAY)).key


def shown(db: sqlite3.Connection) -> list[tuple[str, str, str | None, str | None]]:
    """The statements in the record: name, content, speaker, what a person has done to it."""
    rows = db.execute(
        "SELECT s.*, v.name AS speaker FROM statement AS s LEFT JOIN speaker AS v "
        "ON v.statement = s.id ORDER BY s.position, v.position"
    )
    return [
        (
            row["name"],
            " … ".join(TEXT[a:b] for a, b in json.loads(row["spans"])["content"]),
            row["speaker"],
            row["checked"],
        )
        for row in rows
    ]


def found(db: sqlite3.Connection, words: str) -> int:
    query = "SELECT count(*) FROM statement_words WHERE statement_words MATCH ?"
    return int(db.execute(query, (words,)).fetchone()[0])


BEFORE = [
    ("s1", "“The ferry will sail,”", "Ida Marsh", None),
    ("s2", "It was safe", "Ida Marsh", None),
    ("s3", "the quay is closed", "Ida Marsh", None),
]


def test_right(key: str, db: sqlite3.Connection) -> None:
    made = correcting.right(db, f"{key}/s1", who="Nora")
    assert (made.id, made.kind, made.who, made.orphan) == (1, "right", "Nora", False)
    assert shown(db) == [(*BEFORE[0][:3], "right"), *BEFORE[1:]]


def test_wrong(key: str, db: sqlite3.Connection) -> None:
    assert found(db, "ferry") == 1
    correcting.wrong(db, f"{key[:6]}/s1", who="Nora")
    assert shown(db) == BEFORE[1:]
    assert found(db, "ferry") == 0


@pytest.mark.parametrize("name", ["Ruth Amberley", "ruth  amberley"])
def test_another_speaker(name: str, key: str, db: sqlite3.Connection) -> None:
    correcting.attribute(db, f"{key}/s3", [name], who="Nora")
    assert shown(db)[2] == ("s3", "the quay is closed", "Ruth Amberley", "corrected")
    (person,) = people.named(db, "Ruth Amberley")
    assert found(db, f"p{person}") == 1


def test_a_speaker_is_called_by_the_fullest_name(key: str, db: sqlite3.Connection) -> None:
    correcting.attribute(db, f"{key}/s3", ["Marsh said"], who="Nora")
    assert shown(db)[2][2] == "Ida Marsh"


def test_speakers_that_the_article_does_not_know(key: str, db: sqlite3.Connection) -> None:
    correcting.attribute(db, f"{key}/s3", ["Harbour board", "Nora Kettle"], kind="group", who="N")
    assert [row[2] for row in shown(db)[2:]] == ["Harbour board", "Nora Kettle"]


@pytest.mark.parametrize(
    ("statement", "names", "kinds"),
    [
        ("s1", ["the pilots"], ["organisation"]),
        ("s1", ["Ida Marsh"], ["person"]),
        ("s1", ["the harbour board", "Vera Quill"], ["organisation", "person"]),
        ("s2", ["Ida Marsh", "the pilots"], ["person", "organisation"]),
        ("s2", ["the pilots"], ["person"]),
        ("s3", ["Vera Quill"], ["person"]),
    ],
)
def test_a_new_name_stands_for_what_the_one_is_in_whose_place_it_comes(
    statement: str, names: list[str], kinds: list[str], record: Record
) -> None:
    board, man = ("the harbour board", "organisation"), ("a man", "unnamed")
    text = (
        "The quay is closed, said the harbour board. It leaks, it said, as did Ida Marsh. "
        "It sank, said a man."
    )
    key = record.add(reading(text, [
        Said(content="The quay is closed", by=[board], type="indirect"),
        Said(content="It leaks", by=["Ida Marsh", board], type="indirect"),
        Said(content="It sank", by=[man], type="indirect"),
    ])).key  # fmt: skip
    speakers = record.attribute(f"{key}/{statement}", names, who="Nora").outcome.speakers
    assert speakers is not None
    assert [speaker.kind for speaker in speakers] == kinds


def test_no_speaker(key: str, db: sqlite3.Connection) -> None:
    correcting.attribute(db, f"{key}/s1", [], who="Nora")
    assert shown(db)[0] == ("s1", "“The ferry will sail,”", None, "corrected")
    assert found(db, "unnamed") == 1


def test_other_bounds(key: str, db: sqlite3.Connection) -> None:
    correcting.bound(
        db, f"{key}/s3", content=["The quay is closed".lower()], source=["Ruth Amberley"], who="N"
    )
    (row,) = db.execute("SELECT * FROM statement WHERE name = 's3'")
    spans = json.loads(row["spans"])
    assert [TEXT[a:b] for a, b in spans["content"]] == ["“the quay is closed”"]
    assert [TEXT[a:b] for a, b in spans["source"]] == ["Ruth Amberley"]
    assert [TEXT[a:b] for a, b in spans["cue"]] == ["said that"]
    assert (row["type"], row["checked"]) == ("direct", "corrected")


def test_a_missing_statement(key: str, db: sqlite3.Connection) -> None:
    at = TEXT.rindex("the quay")
    correcting.supply(
        db,
        key,
        content=["the quay\nis closed"],
        cue=["said"],
        source=["Marsh"],
        speakers=["Ida Marsh"],
        at=at,
        who="Nora",
    )
    assert shown(db)[3] == ("c1", "the quay is closed", "Ida Marsh", "added")
    (row,) = db.execute("SELECT * FROM statement WHERE name = 'c1'")
    spans = json.loads(row["spans"])
    assert spans["content"] == [[at, at + 18]]
    assert spans["cue"] == [[at - 5, at - 1]]
    assert spans["source"] == [[at - 11, at - 6]]
    assert row["type"] == "indirect"


def test_corrections_outlive_a_newer_model(
    key: str, record: Record, db: sqlite3.Connection
) -> None:
    correcting.wrong(db, f"{key}/s2", who="Nora")
    correcting.attribute(db, f"{key}/s3", ["Ruth Amberley"], who="Nora")
    correcting.right(db, f"{key}/s1", who="Nora")
    wanted = shown(db)
    record.add(read(SAFE, QUAY, FERRY, model="hand-2"))
    names = {"s1": "s3", "s3": "s2"}
    assert shown(db) == [(names[name], *rest) for name, *rest in wanted]
    record.add(read(model="hand-3"))
    assert shown(db) == [("c3", *wanted[0][1:])]
    assert [c.id for c in correcting.listed(db) if c.orphan] == [2]
    record.add(read(QUAY, model="hand-4"))
    assert [c.id for c in correcting.listed(db) if c.orphan] == []


MAKE: list[Callable[[sqlite3.Connection, str], object]] = [
    lambda db, key: correcting.right(db, f"{key}/s1", who="N"),
    lambda db, key: correcting.wrong(db, f"{key}/s1", who="N"),
    lambda db, key: correcting.attribute(db, f"{key}/s1", ["Nora Kettle"], who="N"),
    lambda db, key: correcting.bound(db, f"{key}/s1", content=["ferry"], who="N"),
    lambda db, key: correcting.supply(db, key, content=["she said."], who="N"),
]


@pytest.mark.parametrize("make", MAKE)
def test_what_is_taken_back_leaves_all_as_it_was(
    make: Callable[[sqlite3.Connection, str], object], key: str, db: sqlite3.Connection
) -> None:
    before = shown(db)
    make(db, key)
    assert shown(db) != before
    taken = correcting.undo(db)
    assert taken.undone is not None
    assert shown(db) == before


def test_a_correction_of_what_was_added_is_an_orphan_without_it(
    key: str, db: sqlite3.Connection
) -> None:
    correcting.supply(db, key, content=["she said."], who="Nora")
    correcting.attribute(db, f"{key}/c1", ["Ida Marsh"], who="Nora")
    correcting.undo(db, 1)
    assert shown(db) == BEFORE
    assert [c.orphan for c in correcting.listed(db, key)] == [True, False]
    with pytest.raises(UsageError, match="correction 1 was taken back on"):
        correcting.undo(db, 1)


def test_faults(key: str, db: sqlite3.Connection) -> None:
    ref = f"{key}/s1"
    with pytest.raises(NotInRecord, match="no statement"):
        correcting.right(db, f"{key}/s9", who="Nora")
    with pytest.raises(NotInRecord, match="no article"):
        correcting.wrong(db, "ffffff/s1", who="Nora")
    with pytest.raises(UsageError, match="say who"):
        correcting.right(db, ref, who=" ")
    with pytest.raises(UsageError, match="no kind 'planet'"):
        correcting.attribute(db, ref, ["Mars"], kind="planet", who="N")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="1 to 200"):
        correcting.attribute(db, ref, [" "], who="Nora")
    with pytest.raises(UsageError, match="those are the bounds of"):
        correcting.bound(db, ref, content=["The ferry will sail,"], who="Nora")
    with pytest.raises(NotInRecord, match="'a barge' doesn't stand in the article"):
        correcting.bound(db, ref, content=["a barge"], who="Nora")
    with pytest.raises(UsageError, match="that is statement s1 already"):
        correcting.supply(db, key, content=["The ferry will sail,"], who="Nora")
    with pytest.raises(Ambiguous, match=r"stands 2 times in the article \(at 118, 157\): .* --at"):
        correcting.supply(db, key, content=["the quay is closed"], who="Nora")
    with pytest.raises(UsageError, match="give the words that were said"):
        correcting.supply(db, key, content=[], who="Nora")
    with pytest.raises(UsageError, match="give the words as they stand"):
        correcting.supply(db, key, content=[" "], who="Nora")
    with pytest.raises(NotInRecord, match="no correction that could be"):
        correcting.undo(db)
    assert shown(db) == BEFORE


def test_a_cue_or_a_source_can_be_taken_away(record: Record) -> None:
    key = record.add(read(FERRY)).key
    record.bound(f"{key}/s1", cue=[], who="Nora")
    (statement,) = record.reading(key).statements
    assert (statement.cue, [s.text for s in statement.source]) == ((), ["Ida Marsh"])
    record.bound(f"{key}/s1", source=[], who="Nora")
    (statement,) = record.reading(key).statements
    assert (statement.cue, statement.source) == ((), ())
    assert statement.text == FERRY.content
    assert record.corrections()[0].orphan is False


def test_a_content_can_not(record: Record) -> None:
    key = record.add(read(FERRY)).key
    with pytest.raises(UsageError) as refused:
        record.bound(f"{key}/s1", content=[], who="Nora")
    assert "--content" in refused.value.message
    assert "--content" not in refused.value.told
