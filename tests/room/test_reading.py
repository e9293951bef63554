"""Drafts: queued, read by another process, remembered for a while."""

import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing import Pipe
from typing import Any

import pytest

from sayso import Failure, ModelError, NoDraft, Reading, RoomBusy, WorkerError
from sayso.room.reading import Draft, Drafts, Input, Listener
from sayso.room.settings import Limits
from sayso.room.worker import Process, _Reading, articles
from sayso.types import Article
from tests.cli.fake import FakeReader

TEXT = "“The bridge is safe,” said Ida Marsh, the county surveyor, on Tuesday."


def reading(text: str = TEXT) -> Reading:
    return FakeReader().read(Article(text))


class Held:
    """A worker that reads when the test says so."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.stopped: list[str] = []
        self.closed = False

    def start(self, listener: Listener) -> None:
        self.listener = listener

    def read(self, id: str, inputs: Sequence[Input]) -> None:
        self.asked.append(id)

    def stop(self, id: str) -> None:
        self.stopped.append(id)

    def close(self) -> None:
        self.closed = True

    def finish(self, id: str, *results: Reading | Failure) -> None:
        self.listener.counted(id, len(results))
        for result in results:
            self.listener.came(id, result)
        self.listener.ended(id)


@pytest.fixture
def workers() -> list[Held]:
    """The workers that were started."""
    return []


@pytest.fixture
def make(workers: list[Held]) -> Callable[..., Drafts]:
    """Drafts with these limits."""

    def made(now: Callable[[], float] = time.monotonic, **limits: Any) -> Drafts:
        def worker() -> Held:
            workers.append(Held())
            return workers[-1]

        return Drafts(Limits(**limits), worker, now)

    return made


Make = Callable[..., Drafts]
ONE = [Input.of_text(TEXT)]


def progress(draft: Draft) -> tuple[Any, ...]:
    return draft.state, draft.ahead, draft.done, draft.total, draft.statements, draft.share


def test_a_draft_s_way(make: Make, workers: list[Held]) -> None:
    drafts = make()
    first, second = drafts.submit(ONE), drafts.submit(ONE)
    (worker,) = workers
    assert progress(first) == ("waiting", 0, 0, None, 0, 0.0)
    assert progress(second) == ("waiting", 1, 0, None, 0, 0.0)
    worker.listener.counted(first.id, 2)
    worker.listener.came(first.id, reading())
    assert progress(drafts.look(first.id)) == ("reading", 0, 1, 2, 1, 0.5)
    assert drafts.look(first.id).results == ()
    worker.listener.came(first.id, Failure(ModelError("x")))
    worker.listener.ended(first.id)
    read = drafts.look(first.id)
    assert progress(read) == ("read", 0, 2, 2, 1, 1.0)
    assert (len(read.readings), len(read.failures)) == (1, 1)
    assert drafts.look(second.id).ahead == 0


def test_ids_are_not_guessed(make: Make) -> None:
    drafts = make()
    ids = {drafts.submit(ONE).id for _ in range(20)}
    assert len(ids) == 20
    assert min(map(len, ids)) >= 22
    with pytest.raises(NoDraft, match="not here any more"):
        drafts.look("nope")


def test_the_queue_is_bounded(make: Make, workers: list[Held]) -> None:
    drafts = make(queue=2)
    first = drafts.submit(ONE)
    drafts.submit(ONE)
    with pytest.raises(RoomBusy, match="2 drafts wait"):
        drafts.submit(ONE)
    workers[0].finish(first.id, reading())
    drafts.submit(ONE)


def test_what_is_discarded_is_read_no_further(make: Make, workers: list[Held]) -> None:
    drafts = make()
    draft = drafts.submit(ONE)
    drafts.discard(draft.id)
    assert workers[0].stopped == [draft.id]
    workers[0].finish(draft.id, reading())  # it was on its way
    with pytest.raises(NoDraft):
        drafts.look(draft.id)


@pytest.mark.parametrize(
    ("limits", "left"),
    [({"kept": 2}, [3, 4]), ({"kept_characters": 2 * len(TEXT)}, [3, 4]),
     ({"kept_characters": 1}, [4]), ({"kept_seconds": 15.0}, [4]), ({}, [0, 1, 2, 3, 4])],
)  # fmt: skip
def test_old_drafts_are_forgotten(
    make: Make, workers: list[Held], limits: dict[str, Any], left: list[int]
) -> None:
    now = [0.0]
    drafts = make(lambda: now[0], **limits)
    ids = []
    for _ in range(5):
        now[0] += 10
        ids.append(drafts.submit(ONE).id)
        workers[0].finish(ids[-1], reading())
    now[0] += 10 if "kept_seconds" in limits else 0
    for number in left:
        assert drafts.look(ids[number]).readings
    for number in set(range(5)) - set(left):
        with pytest.raises(NoDraft):
            drafts.look(ids[number])


def test_a_dead_worker_is_followed_by_another(make: Make, workers: list[Held]) -> None:
    drafts = make()
    draft = drafts.submit(ONE)
    workers[0].listener.died(WorkerError("it died"))
    (failure,) = drafts.look(draft.id).failures
    assert failure.error.message == "it died"
    again = drafts.submit(ONE)
    workers[1].finish(again.id, reading())
    assert drafts.look(again.id).readings


@pytest.mark.parametrize("where", ["made", "started"])
def test_a_worker_that_can_t_be_started_is_not_kept(where: str) -> None:
    tries = 0

    class Late(Held):
        def __init__(self) -> None:
            super().__init__()
            nonlocal tries
            tries += 1
            if where == "made" and tries < 3:
                raise OSError("no more pipes")

        def start(self, listener: Listener) -> None:
            if tries < 3:
                raise RuntimeError("no more threads")
            super().start(listener)

    drafts = Drafts(Limits(queue=1), Late)
    drafts.open()
    with pytest.raises(WorkerError, match="can't be started"):
        drafts.submit(ONE)
    assert drafts.submit(ONE).state == "waiting"  # and no draft that nobody reads is before it
    assert tries == 3


def test_articles_are_decided_one_by_one(make: Make, workers: list[Held]) -> None:
    drafts = make()
    draft = drafts.submit(ONE)
    workers[0].finish(draft.id, reading("One."), Failure(ModelError("x")), reading("Two."))
    assert list(drafts.look(draft.id).left) == [1, 2]
    assert drafts.decide(draft.id, 1, "/articles/a")
    found = drafts.look(draft.id)
    assert {n: each.article.text for n, each in found.left.items()} == {2: "Two."}
    assert found.decided == {1: "/articles/a"}
    assert not drafts.decide(draft.id, 2)
    assert drafts.look(draft.id).decided == {1: "/articles/a", 2: None}
    with pytest.raises(NoDraft):
        drafts.decide("nope", 1)


def test_closed_drafts_take_no_more(make: Make, workers: list[Held]) -> None:
    drafts = make()
    drafts.open()
    drafts.close()
    assert workers[0].closed
    with pytest.raises(RoomBusy):
        drafts.submit(ONE)


# ---- what is brought


def found(given: Input, **limits: Any) -> list[Article | Failure]:
    return list(articles([given], Limits(**limits)))


def test_a_pasted_text_with_what_is_said_of_it() -> None:
    given = Input.of_text(
        TEXT, title="Safe", date="2026-03-12", publisher="Echo", url="https://echo.example/1"
    )
    (article,) = found(given)
    assert isinstance(article, Article)
    assert (article.text, article.title, article.date) == (TEXT, "Safe", "2026-03-12")
    assert (article.publisher, article.url) == ("Echo", "https://echo.example/1")


def test_what_is_said_beside_a_file_stands_where_it_tells_nothing() -> None:
    page = (
        '<!doctype html><title>Safe</title><meta property="og:site_name" content="The Echo">'
        f"<article><p>{TEXT}</p><p>{TEXT}</p></article>"
    )
    said: dict[str, Any] = {"title": "Typed", "date": "2026-03-12", "publisher": "The Lantern"}
    (own,) = found(Input(name="a.html", data=page.encode(), url="https://a.example/1", **said))
    assert isinstance(own, Article)
    assert (own.title, own.publisher, own.date) == ("Safe", "The Echo", "2026-03-12")
    assert own.url == "https://a.example/1"
    (bare,) = found(Input(name="a.txt", data=TEXT.encode(), **said))
    assert isinstance(bare, Article)
    assert (bare.title, bare.publisher, bare.date) == ("Typed", "The Lantern", "2026-03-12")


def test_a_title_is_of_a_single_article() -> None:
    lines = f'{{"text": "{TEXT}", "date": "2026-01-02"}}\n{{"text": "{TEXT}"}}\n'
    said: dict[str, Any] = {"title": "Typed", "date": "2026-03-12", "url": "https://a.example/1"}
    two = found(Input(name="a.jsonl", data=lines.encode(), **said))
    told = [(a.title, a.date, a.url) for a in two if isinstance(a, Article)]
    assert told == [(None, "2026-01-02", None), (None, "2026-03-12", None)]


def test_a_page_and_records() -> None:
    page = f"<!doctype html><title>Safe</title><article><p>{TEXT}</p><p>{TEXT}</p></article>"
    (article,) = found(Input(name="a.html", data=page.encode()))
    assert isinstance(article, Article)
    assert article.text.startswith("“The bridge")
    lines = '{"text": "The bridge is safe, she said."}\n{"text": \n'
    good, bad = found(Input(name="../../a.jsonl", data=lines.encode()))
    assert isinstance(good, Article)
    assert isinstance(bad, Failure)


def test_a_draft_has_so_many_articles() -> None:
    line = b'{"text": "The bridge is safe, she said."}\n'
    *_, last = results = found(Input(name="a.jsonl", data=line * 9), articles=3)
    assert len(results) == 4
    assert isinstance(last, Failure)
    assert "sayso add" in last.error.message


def test_a_draft_has_so_many_addresses() -> None:
    places = [Input(name=f"http://10.0.0.{n}/") for n in range(11)]
    (failure,) = articles(places, Limits())
    assert isinstance(failure, Failure)
    assert "more than 10 addresses" in failure.error.message


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Input.of_text(" \n"), "empty"),
        (Input.of_text(TEXT, date="yesterday"), "usage"),
        (Input(name="a.pdf", data=b"%PDF-1.7"), "not_text"),
        (Input(name="x", data=b"\0\1\2" * 99), "not_text"),
        (Input(name="http://127.0.0.1:1/"), "fetch_refused"),
        (Input(name="http://localhost/"), "fetch_refused"),
        (Input(name="http://[::1]/"), "fetch_refused"),
        (Input(name="http://2130706433/"), "fetch_refused"),
        (Input(name="http://0x7f.1/"), "fetch_refused"),
        (Input(name="http://169.254.169.254/latest/meta-data"), "fetch_refused"),
        (Input(name="http://[::ffff:10.0.0.1]/"), "fetch_refused"),
        (Input(name="http://user:pass@10.0.0.1/"), "fetch_refused"),
        (Input(name="file:///etc/passwd"), "fetch_refused"),
        (Input(name="gopher://10.0.0.1/"), "fetch_refused"),
        (Input(name="/etc/passwd"), "fetch_refused"),
        (Input(name="-"), "fetch_refused"),
    ],
)
def test_what_is_refused(given: Input, code: str) -> None:
    (failure,) = found(given)
    assert isinstance(failure, Failure)
    assert failure.error.code == code


# ---- the process


def read_all(model: str, inputs: list[Input]) -> tuple[Drafts, Draft]:
    """A draft that a process of its own has read."""
    limits = Limits()
    drafts = Drafts(limits, lambda: Process(model, limits))
    draft = drafts.submit(inputs)
    end = time.monotonic() + 60
    while draft.state != "read" and time.monotonic() < end:
        time.sleep(0.02)
        draft = drafts.look(draft.id)
    return drafts, draft


def test_a_process_reads() -> None:
    lines = '{"id": 1, "text": "“The bridge is safe,” said Ida Marsh."}\n{"text": \n'
    drafts, draft = read_all("en-fast", [*ONE, Input(name="a.jsonl", data=lines.encode())])
    drafts.close()
    assert [type(result) for result in draft.results] == [Reading, Reading, Failure]
    assert draft.readings[0].statements[0].speakers[0].name == "Ida Marsh"
    assert draft.readings[0].model.startswith("en-fast")


def test_a_process_without_a_model_says_so() -> None:
    drafts, draft = read_all("absent", ONE)
    drafts.close()
    (failure,) = draft.failures
    assert "there is no model 'absent'" in failure.error.message


def test_a_process_that_dies_is_told_of() -> None:
    limits = Limits()
    made: list[Process] = []

    def worker() -> Process:
        made.append(Process("en-fast", limits))
        return made[-1]

    drafts = Drafts(limits, worker)
    draft = drafts.submit(ONE)
    made[0]._process.kill()
    end = time.monotonic() + 30
    while drafts.look(draft.id).state != "read" and time.monotonic() < end:
        time.sleep(0.01)
    drafts.close()
    assert isinstance(drafts.look(draft.id).failures[0].error, WorkerError)


class Deaf:
    """A process that never comes to look at what it is sent."""

    def start(self) -> None:
        pass

    terminate = kill = start

    def join(self, timeout: float | None = None) -> None:
        pass

    def is_alive(self) -> bool:
        return False


def test_nobody_waits_for_the_process_to_look_at_what_it_is_sent() -> None:
    process = Process(None, Limits())
    theirs, process._theirs = process._theirs, None
    process._process = Deaf()  # type: ignore[assignment]
    assert theirs is not None
    drafts = Drafts(Limits(), lambda: process)
    ids: list[str] = []

    def bring() -> None:
        ids.extend(drafts.submit([Input.of_text("x" * 1_000_000)]).id for _ in range(3))
        drafts.discard(ids[0])

    bringing = threading.Thread(target=bring, daemon=True)
    bringing.start()
    bringing.join(20)
    assert not bringing.is_alive()
    assert drafts.look(ids[1]).ahead == 0
    sent = [theirs.recv() for _ in range(4)]
    assert [(kind, id) for kind, id, *_ in sent] == [
        *(("read", id) for id in ids),
        ("stop", ids[0]),
    ]
    theirs.close()
    end = time.monotonic() + 20
    while drafts.look(ids[2]).state != "read" and time.monotonic() < end:
        time.sleep(0.01)
    assert isinstance(drafts.look(ids[2]).failures[0].error, WorkerError)
    drafts.close()


def test_without_threads_no_process_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    process = Process(None, Limits())
    ended: list[str] = []
    process._process = Deaf()  # type: ignore[assignment]
    monkeypatch.setattr(process._process, "terminate", lambda: ended.append("ended"))

    def refuse(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(WorkerError):
        Drafts(Limits(), lambda: process).submit(ONE)
    assert ended == ["ended"]


class Broken(FakeReader):
    """A reader with a mistake in it."""

    def attempt(self, item: Any) -> Any:
        raise ZeroDivisionError


def test_a_mistake_of_the_reader_costs_one_article() -> None:
    ours, theirs = Pipe()
    desk = _Reading(theirs, Broken(), Limits())  # type: ignore[arg-type]
    threading.Thread(target=desk.run, daemon=True).start()
    for id in ("a", "b"):
        desk.take(id, [Input.of_text(TEXT)])
    told = [ours.recv() for _ in range(6)]
    assert sorted((kind, id) for kind, id, *_ in told) == [
        (kind, id) for kind in ("came", "counted", "ended") for id in ("a", "b")
    ]
    assert all(isinstance(v[0].error, WorkerError) for kind, _, *v in told if kind == "came")
