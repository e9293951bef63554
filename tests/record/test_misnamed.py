"""All statements of a mis-named speaker in an article, corrected at once and taken back at once."""

import sqlite3
from collections.abc import Callable

import pytest

from sayso import Changed, NotInRecord, UsageError
from sayso.record import Record, correcting
from sayso.record.corrections import Correction
from tests.record.build import Said, reading

TEXT = (
    "Ida Marsh said the quay is closed. It was safe, she said. Ida Marsh and Ben Okoro said it "
    "would sail. It leaks, it was said. “Never,” said Ben Okoro."
)
SAID = (
    Said(content="the quay is closed", by="Ida Marsh", cue="said", type="indirect"),
    Said(content="It was safe", by="Ida Marsh", type="indirect"),
    Said(content="it would sail", by=("Ida Marsh", "Ben Okoro"), type="indirect"),
    Said(content="It leaks", type="indirect"),
    Said(content="“Never,”", by="Ben Okoro"),
)


@pytest.fixture
def key(record: Record) -> str:
    return record.add(reading(TEXT, SAID, publisher="Echo")).key


def speakers(record: Record, key: str) -> list[list[str | None]]:
    return [[s.name for s in each.speakers] for each in record.reading(key).statements]


BEFORE = [["Ida Marsh"], ["Ida Marsh"], ["Ida Marsh", "Ben Okoro"], [], ["Ben Okoro"]]


def test_it_is_told_how_many_are_taken_back(record: Record, key: str) -> None:
    first, *_ = record.attribute_all(f"{key}/s2", ["Ruth Amberley"], who="Nora")
    again, *_ = record.attribute_all(f"{key}/s2", ["Vera Quill"], who="Nora")
    alone = record.right(f"{key}/s5", who="Nora")
    assert [record.at_once(made) for made in (first, again, alone)] == [3, 3, 1]
    correcting.undo(record.db, first.id, alone=True)
    taken, standing, *_ = reversed(record.corrections()[-3:])
    assert [record.at_once(made) for made in (taken, standing, again)] == [1, 2, 3]


def test_it_is_told_which_they_are(record: Record, key: str) -> None:
    theirs = record.misnamed(f"{key}/s2")
    assert theirs.speaker.name == "Ida Marsh"
    assert [s.id for s in theirs.statements] == ["s1", "s2", "s3"]


def test_all_are_corrected_and_taken_back_at_once(record: Record, key: str) -> None:
    made = record.attribute_all(f"{key}/s2", ["Ruth Amberley"], who="Nora")
    assert [(c.id, c.kind, c.who, c.together) for c in made] == [
        (number, "speaker", "Nora", 1) for number in (1, 2, 3)
    ]
    ruth = ["Ruth Amberley"]
    assert speakers(record, key) == [ruth, ruth, [*ruth, "Ben Okoro"], [], ["Ben Okoro"]]
    assert record.people("Ruth Amberley")[0].statements == 3
    assert record.undo_correction(2).undone is not None
    assert speakers(record, key) == BEFORE
    assert all(c.undone for c in record.corrections())
    assert record.people("Ruth Amberley") == []
    assert list(record.fsck()) == []


@pytest.mark.parametrize(
    "correct",
    [
        lambda record, key: record.attribute(f"{key}/s1", ["Ben Okoro"], who="Bob"),
        lambda record, key: record.right(f"{key}/s3", who="Bob"),
        lambda record, key: record.wrong(f"{key}/s2", who="Bob"),
        lambda record, key: record.attribute(f"{key}/s4", ["Ida Marsh"], who="Bob"),
    ],
)
def test_nothing_is_done_where_one_was_corrected_since(
    correct: Callable[[Record, str], Correction], record: Record, key: str
) -> None:
    record.attribute(f"{key}/s5", ["Vera Quill"], who="Bob")
    seen = record.misnamed(f"{key}/s1").version
    correct(record, key)
    before = speakers(record, key)
    with pytest.raises(Changed, match="look at them again"):
        record.attribute_all(f"{key}/s1", ["Ruth Amberley"], version=seen, who="Nora")
    assert speakers(record, key) == before
    record.undo_correction()
    record.attribute(f"{key}/s5", ["Ben Okoro"], who="Bob")
    made = record.attribute_all(f"{key}/s1", ["Ruth Amberley"], version=seen, who="Nora")
    assert len(made) == 3


def test_the_last_that_stands_is_all_of_them(record: Record, key: str) -> None:
    record.right(f"{key}/s5", who="Nora")
    record.attribute_all(f"{key}/s1", ["Ben Okoro"], who="Nora")
    assert speakers(record, key)[:3] == [["Ben Okoro"]] * 3
    record.undo_correction()
    assert speakers(record, key) == BEFORE
    assert [c.undone is None for c in record.corrections()] == [False, False, False, True]


def test_one_that_was_corrected_since_stays_so(record: Record, key: str) -> None:
    record.attribute_all(f"{key}/s1", ["Ruth Amberley"], who="Nora")
    record.attribute(f"{key}/s2", ["Vera Quill"], who="Nora")
    record.undo_correction(1)
    assert speakers(record, key) == [["Ida Marsh"], ["Vera Quill"], *BEFORE[2:]]


def test_one_of_them_is_corrected_instead_by_itself(record: Record, key: str) -> None:
    first, second, *_ = record.attribute_all(f"{key}/s1", ["Ruth Amberley"], who="Nora")
    record.unless_changed(
        f"{key}/s2",
        record.reviewed(f"{key}/s2").version,
        lambda: record.attribute(f"{key}/s2", ["Vera Quill"], who="Ben"),
        instead=second.id,
    )
    assert speakers(record, key)[:2] == [["Ruth Amberley"], ["Vera Quill"]]
    record.undo_correction(first.id)
    assert speakers(record, key)[:2] == [["Ida Marsh"], ["Vera Quill"]]


def test_one_alone_is_a_correction_like_others(record: Record) -> None:
    key = record.add(
        reading("So it is, said Ida Marsh.", [Said(content="So it is", by="Ida Marsh")])
    )
    (made,) = record.attribute_all(f"{key.key}/s1", ["Ben Okoro"], who="Nora")
    assert made.together is None


@pytest.mark.parametrize(
    ("statement", "names", "error", "message"),
    [
        ("s3", ["Ben Okoro"], UsageError, "several are named as saying that"),
        ("s4", ["Ben Okoro"], UsageError, "nobody is named as saying that"),
        ("s1", ["ida marsh"], UsageError, "they are by Ida Marsh already"),
        ("s1", [" "], UsageError, "1 to 200"),
        ("s9", ["Ben Okoro"], NotInRecord, "no statement"),
    ],
)
def test_what_is_refused(
    statement: str,
    names: list[str],
    error: type[Exception],
    message: str,
    key: str,
    db: sqlite3.Connection,
) -> None:
    with pytest.raises(error, match=message):
        correcting.attribute_all(db, f"{key}/{statement}", names, who="Nora")
    assert list(correcting.listed(db)) == []
