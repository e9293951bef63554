"""Drafts: articles that somebody has brought to be read, and how far the reading is.

A worker, which is another process, reads; here is kept what came of it until it is wanted.
"""

import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal, Protocol

from sayso.errors import NoDraft, RoomBusy, SaysoError, WorkerError
from sayso.room.settings import Limits
from sayso.types import Failure, Reading

State = Literal["waiting", "reading", "read"]
Result = Reading | Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One thing to read: a file's bytes with its name, or an address to fetch from.

    `title`, `date`, `publisher` and `url` are what is said of it, and stand where it tells nothing
    itself; title and address only if it has a single article.
    """

    name: str
    data: bytes | None = None
    """None where `name` is an address."""
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    pasted: bool = False
    """Plain text, whatever it begins like."""

    @classmethod
    def of_text(
        cls,
        text: str,
        *,
        title: str | None = None,
        date: str | None = None,
        publisher: str | None = None,
        url: str | None = None,
    ) -> "Input":
        """A text that was typed or pasted."""
        data = text.encode(errors="replace")
        return cls(
            name="the pasted text",
            data=data,
            title=title,
            date=date,
            publisher=publisher,
            url=url,
            pasted=True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft as it is now. `ahead` drafts are read before it; `done` of `total` articles are.

    `total` is None until the inputs were looked at. Where the draft is `read`, there is a result
    for each article, in order. `decided` are the readings that are kept or discarded one by one, by
    their numbers: where what was kept of each is, or None.
    """

    id: str
    state: State
    ahead: int
    done: int
    total: int | None
    statements: int
    results: tuple[Result, ...]
    decided: Mapping[int, str | None] = field(default_factory=dict)

    @property
    def readings(self) -> tuple[Reading, ...]:
        return tuple(r for r in self.results if isinstance(r, Reading))

    @property
    def left(self) -> dict[int, Reading]:
        """The readings that nobody has decided about, by their numbers, which stay."""
        numbered = enumerate(self.readings, start=1)
        return {number: each for number, each in numbered if number not in self.decided}

    @property
    def failures(self) -> tuple[Failure, ...]:
        return tuple(r for r in self.results if isinstance(r, Failure))

    @property
    def share(self) -> float:
        """How much of it is read, from 0 to 1."""
        if self.state == "read":
            return 1.0
        return self.done / self.total if self.total else 0.0


class Listener(Protocol):
    """What a worker tells, from a thread of its own."""

    def counted(self, id: str, total: int) -> None: ...
    def came(self, id: str, result: Result) -> None: ...
    def ended(self, id: str) -> None: ...
    def died(self, error: SaysoError) -> None: ...


class Worker(Protocol):
    """What reads. To ask it for something is never to wait for it."""

    def start(self, listener: Listener) -> None:
        """Begin to work; whatever comes is told to the listener. Raises OSError or RuntimeError
        where the system gives it no process or no thread."""

    def read(self, id: str, inputs: Sequence[Input]) -> None:
        """Read the inputs: `counted`, `came` for each result in order, `ended`."""

    def stop(self, id: str) -> None:
        """Read no further in it."""

    def close(self) -> None:
        """End, whatever is being read."""


@dataclass(slots=True)
class _Job:
    id: str
    began: float
    total: int | None = None
    results: list[Result] = field(default_factory=list)
    statements: int = 0
    characters: int = 0
    read: bool = False
    decided: dict[int, str | None] = field(default_factory=dict)


class Drafts:
    """All drafts, by ids that nobody guesses. Safe to use from any thread."""

    def __init__(
        self,
        limits: Limits,
        worker: Callable[[], Worker],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits, self._make, self._now = limits, worker, now
        self._lock = threading.Lock()
        self._jobs: dict[str, _Job] = {}
        self._went: dict[str, str] = {}
        self._worker: Worker | None = None
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether nothing more will come."""
        return self._closed

    def open(self) -> None:
        """Start the worker, so that the first draft need not wait for the model. Where that can't
        be, the first draft tries again."""
        with self._lock, suppress(WorkerError):
            self._started()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    def hush(self) -> None:
        """Let those who wait for progress go."""
        self._closed = True

    def submit(self, inputs: Sequence[Input]) -> Draft:
        """Have the inputs read. Raises RoomBusy where too many wait, and WorkerError where nobody
        reads."""
        with self._lock:
            waiting = sum(not job.read for job in self._jobs.values())
            if waiting >= self._limits.queue or self._closed:
                raise RoomBusy(f"{waiting} drafts wait to be read already: try again in a moment")
            worker = self._started()
            job = _Job(secrets.token_urlsafe(18), self._now())
            self._jobs[job.id] = job
            worker.read(job.id, inputs)
            return self._look(job)

    def look(self, id: str) -> Draft:
        """A draft as it is now. Raises NoDraft."""
        with self._lock:
            return self._look(self._job(id))

    def discard(self, id: str, went: str | None = None) -> None:
        """Forget a draft, read or not, but where what was kept of it went. Raises NoDraft."""
        with self._lock:
            job = self._job(id)
            del self._jobs[id]
            if went is not None:
                self._went[id] = went
                if len(self._went) > self._limits.kept:
                    del self._went[next(iter(self._went))]
            if not job.read and self._worker is not None:
                self._worker.stop(id)

    def decide(self, id: str, number: int, went: str | None = None) -> bool:
        """Be done with one reading of a draft, by its number: discarded, or kept, and then it went
        there. Tells whether others are left. Raises NoDraft."""
        with self._lock:
            job = self._job(id)
            job.decided[number] = went
            return bool(self._look(job).left)

    def went(self, id: str) -> str | None:
        """Where what was kept of a draft is now: for whoever pressed the button twice."""
        with self._lock:
            return self._went.get(id)

    def _started(self) -> Worker:
        if self._worker is None:
            try:
                worker = self._make()
                worker.start(_Heard(self, worker))
            except (OSError, RuntimeError) as error:
                raise WorkerError(
                    "the process that reads can't be started, perhaps for want of memory: try "
                    "again in a moment"
                ) from error
            self._worker = worker
        return self._worker

    def _job(self, id: str) -> _Job:
        self._forget_old()
        job = self._jobs.get(id)
        if job is None:
            raise NoDraft(
                "this draft is not here any more: drafts that nobody keeps are forgotten after "
                f"{self._limits.kept_seconds / 3_600:g} hours, or when the room is started anew"
            )
        return job

    def _look(self, job: _Job) -> Draft:
        begun = job.read or job.total is not None
        ahead = 0
        if not begun:
            earlier = list(self._jobs)[: list(self._jobs).index(job.id)]
            ahead = sum(not self._jobs[id].read for id in earlier)
        return Draft(
            id=job.id,
            state="read" if job.read else "reading" if begun else "waiting",
            ahead=ahead,
            done=len(job.results),
            total=job.total,
            statements=job.statements,
            results=tuple(job.results) if job.read else (),
            decided=dict(job.decided),
        )

    def _forget_old(self) -> None:
        """Drop what was read long ago, and the oldest where there are too many."""
        read = [job for job in self._jobs.values() if job.read]
        characters = sum(job.characters for job in read)
        for number, job in enumerate(read):
            too_many = len(read) - number > self._limits.kept
            too_long = characters > self._limits.kept_characters and number < len(read) - 1
            if too_many or too_long or self._now() - job.began > self._limits.kept_seconds:
                del self._jobs[job.id]
                characters -= job.characters

    # ---- what the worker tells

    def _counted(self, id: str, total: int) -> None:
        with self._lock:
            if (job := self._jobs.get(id)) is not None:
                job.total = total

    def _came(self, id: str, result: Result) -> None:
        with self._lock:
            if (job := self._jobs.get(id)) is None:
                return
            job.results.append(result)
            if isinstance(result, Reading):
                job.statements += len(result.statements)
                job.characters += len(result.article.text)

    def _ended(self, id: str) -> None:
        with self._lock:
            if (job := self._jobs.get(id)) is not None:
                job.read = True
            self._forget_old()

    def _died(self, worker: Worker, error: SaysoError) -> None:
        """What was waiting has failed; the next draft starts another worker."""
        with self._lock:
            if self._worker is worker:
                self._worker = None
            for job in self._jobs.values():
                if not job.read:
                    job.results.append(Failure(error))
                    job.read = True


class _Heard:
    """Tells the drafts what their worker says."""

    def __init__(self, drafts: Drafts, worker: Worker) -> None:
        self._drafts, self._worker = drafts, worker

    def counted(self, id: str, total: int) -> None:
        self._drafts._counted(id, total)

    def came(self, id: str, result: Result) -> None:
        self._drafts._came(id, result)

    def ended(self, id: str) -> None:
        self._drafts._ended(id)

    def died(self, error: SaysoError) -> None:
        self._drafts._died(self._worker, error)


def death() -> WorkerError:
    """What is said where the process that reads has gone."""
    return WorkerError(
        "the process that reads has died, perhaps for want of memory: send it again, in parts if "
        "it was long"
    )
