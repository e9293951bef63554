"""The process that reads: it alone has the model, and what it is doing never stops a page."""

import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from io import BytesIO
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from sayso.errors import BadRecord, SaysoError, TooLong, WorkerError
from sayso.room.reading import Input, Listener, death
from sayso.room.settings import Limits, Settings
from sayso.types import Article, Failure, Reading

if TYPE_CHECKING:
    from sayso.intake import Options
    from sayso.reader import Reader

_FETCHERS = 4
"""Drafts whose addresses are fetched side by side; what was typed never waits for them."""
_PATIENCE = 2.0
"""Seconds that the process has to end in."""


class Process:
    """The worker's end in the server."""

    def __init__(self, model: str | None, limits: Limits) -> None:
        self._pipe, theirs = get_context("spawn").Pipe()
        self._process = get_context("spawn").Process(
            target=work, args=(theirs, model, limits), name="sayso-reading", daemon=True
        )
        self._theirs: Connection | None = theirs
        self._unsent: SimpleQueue[tuple[Any, ...] | None] = SimpleQueue()
        self._closing = False

    @classmethod
    def of_settings(cls, settings: Settings) -> "Process":
        return cls(settings.model, settings.limits)

    def start(self, listener: Listener) -> None:
        with _deaf_to_ctrl_c():
            self._process.start()
        if self._theirs is not None:
            self._theirs.close()  # or the end of the process would not be heard
        try:
            threading.Thread(target=self._send, daemon=True).start()
            threading.Thread(target=self._listen, args=(listener,), daemon=True).start()
        except RuntimeError:  # there are no more threads
            self._unsent.put(None)
            self.close()
            raise

    def read(self, id: str, inputs: Sequence[Input]) -> None:
        self._unsent.put(("read", id, tuple(inputs)))

    def stop(self, id: str) -> None:
        self._unsent.put(("stop", id))

    def close(self) -> None:
        self._closing = True
        self._process.terminate()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _send(self) -> None:
        """Send what waits, in order. A pipe takes little until the other end reads it, and that is
        when the model is loaded: who has something to be read doesn't wait for that."""
        while (message := self._unsent.get()) is not None:
            with suppress(OSError):  # it has died, which the listener tells
                self._pipe.send(message)
        self._pipe.close()

    def _listen(self, listener: Listener) -> None:
        error: SaysoError = death()
        try:
            while True:
                told, *values = self._pipe.recv()
                if told == "broken":
                    error = values[0]
                else:
                    getattr(listener, told)(*values)
        except (EOFError, OSError):
            if not self._closing:
                listener.died(error)
        finally:
            self._unsent.put(None)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """A process that is started within never hears of Ctrl-C, not even while it starts.

    A terminal tells all of its processes; the server ends this one.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # which, where it has to be started, lifts the block
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ---- in the process


def work(pipe: Connection, model: str | None, limits: Limits) -> None:
    """Read what comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be blocked
    _give_way()
    from sayso.reader import Reader

    try:
        reader = Reader(model, threads=_threads(), max_chars=limits.max_chars)
    except SaysoError as error:
        pipe.send(("broken", error))
        return
    desk = _Reading(pipe, reader, limits)
    threading.Thread(target=desk.run, daemon=True).start()
    fetching, opening = ThreadPoolExecutor(_FETCHERS), ThreadPoolExecutor(1)
    try:
        while True:
            kind, id, *rest = pipe.recv()
            if kind == "read":
                pool = fetching if any(each.data is None for each in rest[0]) else opening
                pool.submit(desk.take, id, rest[0])
            else:
                desk.stop(id)
    except (EOFError, OSError):  # the server has gone
        os._exit(0)  # whatever is being read or fetched


def _give_way() -> None:
    """The pages come first, where the system knows such a thing."""
    if hasattr(os, "nice"):
        os.nice(5)


def _threads() -> int:
    """All but one of the cores, on which the pages are made."""
    return max(1, (os.cpu_count() or 1) - 1)


class _Reading:
    """Drafts in turn, an article of each: a long file doesn't keep the others waiting."""

    def __init__(self, pipe: Connection, reader: "Reader", limits: Limits) -> None:
        self._pipe, self._reader, self._limits = pipe, reader, limits
        self._turns: deque[tuple[str, deque[Article | Failure]]] = deque()
        self._changed = threading.Condition()
        self._sending = threading.Lock()
        self._stopped: set[str] = set()

    def take(self, id: str, inputs: Sequence[Input]) -> None:
        """Make articles of what was brought, and put them in the queue."""
        try:
            found = deque(articles(inputs, self._limits))
        except Exception as error:  # whatever one brings costs that draft only
            found = deque([Failure(BadRecord(f"that can't be taken apart ({error!r})"))])
        self._tell("counted", id, len(found))
        with self._changed:
            self._turns.append((id, found))
            self._changed.notify()

    def stop(self, id: str) -> None:
        with self._changed:
            self._stopped.add(id)

    def run(self) -> None:
        """Read for ever."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._turns)
                id, waiting = self._turns.popleft()
                stopped = id in self._stopped
                self._stopped.discard(id)
            if stopped or not waiting:
                self._tell("ended", id)
                continue
            self._tell("came", id, self._attempt(waiting.popleft()))
            with self._changed:
                self._turns.append((id, waiting))

    def _attempt(self, item: Article | Failure) -> Reading | Failure:
        """A mistake of ours costs that article, and not all who wait behind it."""
        try:
            return self._reader.attempt(item)
        except Exception as error:
            return Failure(WorkerError(f"the reader has made a mistake ({type(error).__name__})"))

    def _tell(self, *message: Any) -> None:
        with self._sending:
            self._pipe.send(message)


def articles(inputs: Sequence[Input], limits: Limits) -> Iterator[Article | Failure]:
    """The articles of the inputs; no more of them than a draft may have."""
    places = sum(each.data is None for each in inputs)
    if places > limits.addresses:
        yield Failure(
            TooLong(f"more than {limits.addresses} addresses at once: send them in parts")
        )
        return
    found = (item for each in inputs for item in _articles(each, limits))
    yield from islice(found, limits.articles)
    if next(found, None) is not None:
        more = f"more than {limits.articles} articles at once: the others were left out"
        yield Failure(TooLong(more, ", add them with sayso add"))


def _articles(given: Input, limits: Limits) -> Iterator[Article | Failure]:
    """The articles of one input, each with what was said of it."""
    from sayso.intake import Options

    try:
        options = Options(max_chars=limits.max_chars, date=given.date)
    except SaysoError as error:
        yield Failure(error, input=given.name)
        return
    items = _own(given, replace(options, date=None))  # what it tells itself goes first
    first = list(islice(items, 2))
    for item in chain(first, items):
        if isinstance(item, Article):
            yield _filled(item, given, alone=len(first) == 1)
        else:
            yield item


def _own(given: Input, options: "Options") -> Iterator[Article | Failure]:
    """The articles of one input by what it tells itself."""
    from sayso.intake import sources

    if given.data is None:
        yield sources.at_address(given.name, options)
        return
    suffix = ".txt" if given.pasted else sources.ending(given.name)
    yield from sources.from_stream(BytesIO(given.data), given.name, options, suffix=suffix)


def _filled(article: Article, given: Input, *, alone: bool) -> Article:
    return replace(
        article,
        date=article.date or given.date,
        publisher=article.publisher or given.publisher,
        title=article.title or (given.title if alone else None),
        url=article.url or (given.url if alone else None),
    )
