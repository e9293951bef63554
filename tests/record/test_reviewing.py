"""A statement under a person's eyes, and whether it is still as they saw it."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso import Record, errors
from sayso.record.corrections import Correction
from tests.record.test_doubtful import QUAY


@pytest.fixture
def key(record: Record) -> str:
    return record.add(QUAY).key


def test_a_statement_nobody_has_looked_at(record: Record, key: str) -> None:
    found = record.reviewed(f"{key[:8]}/s2")
    assert (found.article.key, found.statement.text) == (key, "that it will open")
    assert (found.checked, found.gone, found.history) == (None, False, ())


def test_its_history_are_the_corrections_that_stand_the_last_first(
    record: Record, key: str
) -> None:
    first = record.attribute(f"{key}/s2", ["Ida Marsh"], who="Nora")
    moved = record.bound(f"{key}/s2", content=["it will open"], who="Ben")
    last = record.right(f"{key}/s2", who="Ida")
    record.right(f"{key}/s3", who="Ida")
    found = record.reviewed(f"{key}/s2")
    assert [c.id for c in found.history] == [last.id, moved.id, first.id]
    assert found.checked == "right"
    record.undo_correction(last.id)
    assert [c.id for c in record.reviewed(f"{key}/s2").history] == [moved.id, first.id]


def test_one_that_was_called_wrong_is_still_to_be_seen(record: Record, key: str) -> None:
    wrong = record.wrong(f"{key}/s2", who="Nora")
    found = record.reviewed(f"{key}/s2")
    assert found.gone
    assert found.statement.text == "that it will open"
    assert [c.id for c in found.history] == [wrong.id]


def test_one_that_a_person_added(record: Record, key: str) -> None:
    made = record.supply(key, content=["Ben Okoro hopes"], who="Nora")
    found = record.reviewed(f"{key}/c{made.id}")
    assert (found.checked, [c.id for c in found.history]) == ("added", [made.id])


@pytest.mark.parametrize("name", ["s9", "c1", "", "x/y"])
def test_one_that_was_never_there_is_told_of(record: Record, key: str, name: str) -> None:
    with pytest.raises(errors.NotInRecord):
        record.reviewed(f"{key}/{name}")


def test_the_version_changes_with_each_correction_and_comes_back(record: Record, key: str) -> None:
    def version() -> str:
        return record.reviewed(f"{key}/s2").version

    seen = [version()]
    corrections: tuple[Callable[[], Correction], ...] = (
        lambda: record.right(f"{key}/s2", who="Nora"),
        lambda: record.attribute(f"{key}/s2", [], who="Nora"),
        lambda: record.bound(f"{key}/s2", content=["it will open"], who="Nora"),
        lambda: record.wrong(f"{key}/s2", who="Nora"),
    )
    for correct in corrections:
        correct()
        seen.append(version())
    assert len(set(seen)) == 5
    for old in reversed(seen[:-1]):
        record.undo_correction()
        assert version() == old


def test_the_corrections_of_others_leave_the_version_alone(record: Record, key: str) -> None:
    before = record.reviewed(f"{key}/s2").version
    record.attribute(f"{key}/s3", ["Ruth Amberley"], who="Nora")
    record.wrong(f"{key}/s1", who="Nora")
    assert record.reviewed(f"{key}/s2").version == before


def test_a_correction_of_what_has_changed_is_not_made(record: Record, key: str) -> None:
    reference = f"{key}/s2"
    seen = record.reviewed(reference).version

    def mine() -> Correction:
        return record.attribute(reference, ["Ida Marsh"], who="Ben")

    record.right(reference, who="Nora")
    assert record.unless_changed(reference, seen, mine) is None
    assert [c.who for c in record.corrections()] == ["Nora"]
    made = record.unless_changed(reference, record.reviewed(reference).version, mine)
    assert made is not None
    assert made.who == "Ben"


def test_a_correction_can_stand_in_the_place_of_the_last_one(record: Record, key: str) -> None:
    reference = f"{key}/s2"
    wrong = record.wrong(reference, who="Nora")
    seen = record.reviewed(reference).version
    made = record.unless_changed(
        reference, seen, lambda: record.right(reference, who="Ben"), instead=wrong.id
    )
    assert made is not None
    assert [(c.kind, c.undone is None) for c in record.corrections()] == [
        ("right", True),
        ("wrong", False),
    ]


def test_what_fails_takes_nothing_back(record: Record, key: str) -> None:
    reference = f"{key}/s2"
    wrong = record.wrong(reference, who="Nora")
    seen = record.reviewed(reference).version
    with pytest.raises(errors.UsageError):
        record.unless_changed(
            reference, seen, lambda: record.right(reference, who=" "), instead=wrong.id
        )
    assert record.reviewed(reference).gone


def test_of_two_at_once_one_is_told(record: Record, key: str) -> None:
    path: Path = record.path
    reference = f"{key}/s2"
    seen = record.reviewed(reference).version
    start = threading.Barrier(2)
    came: dict[str, bool] = {}

    def correct(who: str) -> None:
        with Record(path) as own:
            start.wait()
            made = own.unless_changed(reference, seen, lambda: own.right(reference, who=who))
            came[who] = made is not None

    threads = [threading.Thread(target=correct, args=(who,)) for who in ("Nora", "Ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came.values()) == [False, True]
    assert len(record.corrections()) == 1
