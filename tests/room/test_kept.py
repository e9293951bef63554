"""Answers that are worked out aside: once, kept while the record stays, never waited for long."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sayso import NotInRecord, Record
from sayso.errors import RoomBusy
from sayso.room.desk import Desk
from sayso.room.kept import Kept
from tests.room.conftest import BRIDGE, FERRY


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "kept.db"
    with Record(made) as record:
        record.add(BRIDGE)
    return made


@pytest.fixture
def kept(path: Path) -> Kept:
    return Kept(Desk(path))


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    opened = threading.Event()
    yield opened
    opened.set()


def held(gate: threading.Event, counted: list[int]) -> Callable[[Record], int]:
    def make(record: Record) -> int:
        gate.wait(10)
        counted.append(record.stats().articles)
        return counted[-1]

    return make


def test_an_answer_is_worked_out_once(kept: Kept, gate: threading.Event) -> None:
    counted: list[int] = []
    gate.set()
    for _ in range(3):
        answer = kept.ask("articles", held(gate, counted), 5)
        assert answer is not None
        assert (answer.value, answer.older) == (1, False)
    assert counted == [1]


def test_what_takes_long_is_not_waited_for_and_not_begun_twice(
    kept: Kept, gate: threading.Event
) -> None:
    counted: list[int] = []
    assert kept.ask("articles", held(gate, counted), 0.01) is None
    assert kept.ask("articles", held(gate, counted), 0.01) is None
    gate.set()
    answer = kept.ask("articles", held(gate, counted), 5)
    assert answer is not None
    assert counted == [1]


def test_when_the_record_has_changed_the_older_answer_stands_in(
    kept: Kept, path: Path, gate: threading.Event
) -> None:
    counted: list[int] = []
    gate.set()
    kept.ask("articles", held(gate, counted), 5)
    with Record(path) as record:
        record.add(FERRY)
    gate.clear()
    older = kept.ask("articles", held(gate, counted), 0.01)
    assert older is not None
    assert (older.value, older.older) == (1, True)
    gate.set()
    answer = kept.ask("articles", held(gate, counted), 5)
    assert answer is not None
    assert (answer.value, answer.older) == (2, False)


def test_those_who_only_look_change_nothing(kept: Kept, path: Path, gate: threading.Event) -> None:
    counted: list[int] = []
    gate.set()
    kept.ask("articles", held(gate, counted), 5)
    with Record(path, read_only=True) as record:
        record.people()
        answer = kept.ask("articles", held(gate, counted), 5)
    assert answer is not None
    assert counted == [1]


def test_an_error_is_told_and_not_kept(kept: Kept) -> None:
    for _ in range(2):
        with pytest.raises(NotInRecord):
            kept.ask("nobody", lambda record: record.profile("Zora Nil"), 5)


def test_too_much_at_once_is_refused(kept: Kept, gate: threading.Event) -> None:
    for n in range(8):
        assert kept.ask(n, held(gate, []), 0) is None
    with pytest.raises(RoomBusy):
        kept.ask("one more", held(gate, []), 0)


def test_only_the_last_answers_are_kept(kept: Kept, gate: threading.Event) -> None:
    counted: list[int] = []
    gate.set()
    for n in range(60):
        kept.ask(n, held(gate, counted), 5)
    kept.ask(59, held(gate, counted), 5)
    assert len(counted) == 60
    kept.ask(0, held(gate, counted), 5)
    assert len(counted) == 61
