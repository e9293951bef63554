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


def test_a_text_laid_out_is_kept_while_its_own_mark_is_the_same(
    kept: Kept, path: Path, gate: threading.Event
) -> None:
    counted: list[int] = []
    gate.set()
    laid = held(gate, counted)
    for mark in (1, 1, 2):
        while kept.lay(("article", "k"), mark, laid) is None:
            pass
        with Record(path) as record:
            record.add(FERRY)
    assert len(counted) == 2


def test_a_text_laid_out_is_never_an_older_one(kept: Kept, gate: threading.Event) -> None:
    gate.set()
    while kept.lay(("article", "k"), 1, lambda _: "old") is None:
        pass
    gate.clear()
    assert kept.lay(("article", "k"), 2, held(gate, [])) is None


def noted(made: list[str], what: str) -> Callable[[Record], int]:
    def make(_record: Record) -> int:
        made.append(what)
        return len(made)

    return make


def test_few_texts_laid_out_are_kept(kept: Kept) -> None:
    made: list[str] = []
    for n in [*range(12), 0]:
        while kept.lay(("article", n), None, noted(made, str(n))) is None:
            pass
    assert made.count("0") == 2


def test_what_is_forgotten_is_let_go(kept: Kept) -> None:
    made: list[str] = []

    def ask() -> None:
        kept.ask(("draft", "a"), noted(made, "checks"), 5)
        while kept.lay(("draft", "a", 1), None, noted(made, "laid")) is None:
            pass

    ask()
    ask()
    assert sorted(made) == ["checks", "laid"]
    kept.forget(("draft", "a"))
    ask()
    assert sorted(made) == ["checks", "checks", "laid", "laid"]


def test_at_once_is_made_once_and_never_older(kept: Kept, path: Path) -> None:
    made: list[int] = []

    def count(record: Record) -> int:
        made.append(record.stats().articles)
        return made[-1]

    assert [kept.at_once(("n",), count) for _ in range(3)] == [1, 1, 1]
    with Record(path) as record:
        record.add(FERRY)
    assert kept.at_once(("n",), count) == 2
    assert made == [1, 2]


def test_downloads_leave_threads_to_the_pages(kept: Kept, gate: threading.Event) -> None:
    waiting = [
        threading.Thread(target=kept.wait, args=(n, held(gate, [])), daemon=True) for n in range(3)
    ]
    for thread in waiting:
        thread.start()
    refused = 0
    for _ in range(200):
        try:
            kept.wait("one more", lambda _: 1)
        except RoomBusy:
            refused += 1
            break
    gate.set()
    for thread in waiting:
        thread.join(10)
    assert refused == 1
    assert kept.wait("one more", lambda _: 1) == 1


def test_a_download_is_never_of_what_others_began_before_a_change(
    kept: Kept, path: Path, gate: threading.Event
) -> None:
    counted: list[int] = []
    began = threading.Event()

    def make(record: Record) -> int:
        counted.append(record.stats().articles)
        found = counted[-1]
        began.set()
        gate.wait(10)
        return found

    assert kept.ask("articles", make, 0) is None
    assert began.wait(10)
    with Record(path) as record:
        record.add(FERRY)
    threading.Timer(0.1, gate.set).start()
    assert kept.wait("articles", make) == 2
