"""Answers that take longer than a page may: worked out aside, and kept until the record changes.

A page waits a moment for its answer. If that isn't enough, it shows the answer as it was before
the record changed, or that the answer is on its way. So no page waits for a whole archive to be
counted, and none counts it twice.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as OutOfTime
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from fastapi import Request

from sayso.errors import RoomBusy
from sayso.record import Record
from sayso.room.desk import Desk

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)
Key = tuple[Hashable, ...]

PATIENCE = 0.06
"""Seconds that a page waits."""
_LONG = 60.0
"""Seconds that a download waits."""
_DOWNLOADS = 3
"""Downloads that wait at the same time: each keeps a thread from answering pages."""
_THREADS = 2
_WAITING = 8
"""Answers that are worked on or wait for it."""
_KEPT = 48
"""Answers that are kept: those asked for last."""
_QUICK = 200
"""… of those that are soon worked out."""
_LAID = 6
"""… and of texts laid out, each of which may be as large as the longest article."""

_Mark = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """An answer; `older` where the record has changed since it was worked out."""

    value: T
    older: bool = False


@dataclass(slots=True)
class _Entry:
    mark: Hashable = None
    done: Answer[Any] | None = None
    pending: Future[Any] | None = None
    begun: Hashable = None
    """The mark for which the pending one is worked out."""


class Kept:
    """The answers about the record of one desk. Safe to use from any thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._quick: OrderedDict[Key, _Entry] = OrderedDict()
        self._laid: OrderedDict[tuple[Key, Hashable], _Entry] = OrderedDict()
        self._downloads = threading.BoundedSemaphore(_DOWNLOADS)
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="sayso-kept")

    def ask(
        self, key: Hashable, make: Callable[[Record], T], patience: float = PATIENCE
    ) -> Answer[T] | None:
        """What `make` makes of the record, or None while that isn't known.

        Raises what `make` raises, and RoomBusy where too much is being worked out.
        """
        mark = partial(_mark, self._desk.path)
        return self._ask(self._entries, key, _KEPT, mark, make, patience)

    def lay(self, key: Key, mark: Hashable, make: Callable[[Record], T]) -> T | None:
        """The same for a text laid out, which is as it was while its own `mark` is the same."""
        found = self._ask(self._laid, (key, mark), _LAID, lambda: mark, make, PATIENCE)
        return None if found is None else found.value

    def forget(self, key: Key) -> None:
        """Let go what was kept under a key that begins so: of a draft that is there no more."""
        with self._lock:
            self._entries.pop(key, None)
            for laid in [each for each in self._laid if each[0][: len(key)] == key]:
                del self._laid[laid]

    def _ask(
        self,
        entries: "OrderedDict[H, _Entry]",
        key: H,
        most: int,
        marked: Callable[[], Hashable],
        make: Callable[[Record], T],
        patience: float,
    ) -> Answer[T] | None:
        with self._lock:
            entry = _entry(entries, key, most)
            mark = marked()
            if entry.done is not None and entry.mark == mark:
                return entry.done
            begins = entry.pending is None
            pending, before = entry.pending or self._begin(entry, mark, make), entry.done
            older = entry.begun != mark
        if begins:  # not under the lock: of an answer that has come already it is called at once
            pending.add_done_callback(lambda done: self._keep(entry, mark, done))
        try:
            return Answer(pending.result(patience), older)
        except OutOfTime:
            return None if before is None else Answer(before.value, older=True)

    def at_once(self, key: Key, make: Callable[[Record], T]) -> T:
        """What a page waits for, and never has older: made in this thread where it isn't kept."""
        with self._lock:
            entry, mark = _entry(self._quick, key, _QUICK), _mark(self._desk.path)
            if entry.done is not None and entry.mark == mark:
                found: T = entry.done.value
                return found
        made = self._make(make)
        with self._lock:
            entry.mark, entry.done = mark, Answer(made)
        return made

    def wait(self, key: Hashable, make: Callable[[Record], T]) -> T:
        """The same for a download, which can wait and is never older than the record.

        Raises RoomBusy where even that is too short, or others wait already.
        """
        if not self._downloads.acquire(blocking=False):
            raise RoomBusy("others wait for long lists just now: try again in a moment")
        try:
            for _ in range(2):  # the first may have been begun by others, before a change
                found = self.ask(key, make, _LONG)
                if found is not None and not found.older:
                    return found.value
        finally:
            self._downloads.release()
        raise RoomBusy("that takes long to count: narrow it, or ask again in a minute")

    def _begin(self, entry: _Entry, mark: Hashable, make: Callable[[Record], T]) -> Future[T]:
        every = (*self._entries.values(), *self._laid.values())
        if sum(each.pending is not None for each in every) >= _WAITING:
            raise RoomBusy("much is being counted just now: try again in a moment")
        entry.begun, entry.pending = mark, self._pool.submit(self._make, make)
        return entry.pending

    def _make(self, make: Callable[[Record], T]) -> T:
        with self._desk.record() as record:
            return make(record)

    def _keep(self, entry: _Entry, mark: Hashable, done: Future[Any]) -> None:
        with self._lock:
            entry.pending = None
            if done.exception() is None:
                entry.mark, entry.done = mark, Answer(done.result())


def _entry(entries: "OrderedDict[H, _Entry]", key: H, most: int) -> _Entry:
    """The entry of a key, made where there is none; the oldest make room for it."""
    entry = entries.setdefault(key, _Entry())
    entries.move_to_end(key)
    idle = [k for k, e in entries.items() if e.pending is None and e is not entry]
    for old in idle[: max(0, len(entries) - most)]:
        del entries[old]
    return entry


def _mark(path: Path) -> _Mark:
    """Is another whenever the record has changed: what its file and the log beside it are like."""
    found: list[int] = []
    for part in (path, path.with_name(f"{path.name}-wal")):
        try:
            told = os.stat(part)
        except FileNotFoundError:
            continue
        if told.st_size:  # a log that is empty comes and goes with those who only look
            found += (told.st_mtime_ns, told.st_size)
    return tuple(found)


def kept(request: Request) -> Kept:
    """The answers of the room that is asked."""
    found: Kept = request.app.state.kept
    return found
