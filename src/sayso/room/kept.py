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
from pathlib import Path
from typing import Any, Generic, TypeVar

from fastapi import Request

from sayso.errors import RoomBusy
from sayso.record import Record
from sayso.room.desk import Desk

T = TypeVar("T")

PATIENCE = 0.06
"""Seconds that a page waits."""
_LONG = 60.0
"""Seconds that a download waits."""
_THREADS = 2
_WAITING = 8
"""Answers that are worked on or wait for it."""
_KEPT = 48
"""Answers that are kept: those asked for last."""

_Mark = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """An answer; `older` where the record has changed since it was worked out."""

    value: T
    older: bool = False


@dataclass(slots=True)
class _Entry:
    mark: _Mark | None = None
    done: Answer[Any] | None = None
    pending: Future[Any] | None = None


class Kept:
    """The answers about the record of one desk. Safe to use from any thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="sayso-kept")

    def ask(
        self, key: Hashable, make: Callable[[Record], T], patience: float = PATIENCE
    ) -> Answer[T] | None:
        """What `make` makes of the record, or None while that isn't known.

        Raises what `make` raises, and RoomBusy where too much is being worked out.
        """
        with self._lock:
            entry = self._entry(key)
            mark = _mark(self._desk.path)
            if entry.done is not None and entry.mark == mark:
                return entry.done
            begun = entry.pending is None
            pending, before = entry.pending or self._begin(entry, make), entry.done
        if begun:  # not under the lock: of an answer that has come already it is called at once
            pending.add_done_callback(lambda done: self._keep(entry, mark, done))
        try:
            return Answer(pending.result(patience))
        except OutOfTime:
            return None if before is None else Answer(before.value, older=True)

    def wait(self, key: Hashable, make: Callable[[Record], T]) -> T:
        """The same for a download, which can wait. Raises RoomBusy where even that is too short."""
        found = self.ask(key, make, _LONG)
        if found is None:
            raise RoomBusy("that takes long to count: narrow it, or ask again in a minute")
        return found.value

    def _entry(self, key: Hashable) -> _Entry:
        entry = self._entries.setdefault(key, _Entry())
        self._entries.move_to_end(key)
        idle = [k for k, e in self._entries.items() if e.pending is None and e is not entry]
        for old in idle[: max(0, len(self._entries) - _KEPT)]:
            del self._entries[old]
        return entry

    def _begin(self, entry: _Entry, make: Callable[[Record], T]) -> Future[T]:
        if sum(each.pending is not None for each in self._entries.values()) >= _WAITING:
            raise RoomBusy("much is being counted just now: try again in a moment")
        entry.pending = self._pool.submit(self._make, make)
        return entry.pending

    def _make(self, make: Callable[[Record], T]) -> T:
        with self._desk.record() as record:
            return make(record)

    def _keep(self, entry: _Entry, mark: _Mark, done: Future[Any]) -> None:
        with self._lock:
            entry.pending = None
            if done.exception() is None:
                entry.mark, entry.done = mark, Answer(done.result())


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


_making = threading.Lock()


def kept(request: Request) -> Kept:
    """The answers of the room that is asked."""
    state = request.app.state
    with _making:
        if not hasattr(state, "kept"):
            state.kept = Kept(state.desk)
    found: Kept = state.kept
    return found
