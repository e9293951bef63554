"""What has been done so far: counted, drawn as a bar, summed up in a line."""

import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.types import Failure, Reading

if TYPE_CHECKING:
    from rich.progress import Progress

DELAY = 2.0
"""Seconds of work before a bar appears."""
_PERIOD = 0.5


@dataclass(slots=True)
class Tally:
    """Counts of what has come out."""

    articles: int = 0
    statements: int = 0
    failed: int = 0
    words: int = 0
    started: float = field(default_factory=time.monotonic)

    def add(self, result: Reading | Failure) -> None:
        if isinstance(result, Failure):
            self.failed += 1
            return
        self.articles += 1
        self.statements += len(result.statements)
        self.words += len(result.article.text.split())

    @property
    def done(self) -> int:
        return self.articles + self.failed

    @property
    def speed(self) -> float:
        """Words a second since the start."""
        return self.words / max(time.monotonic() - self.started, 1e-9)

    def told(self, total: int | None = None) -> str:
        """The counts in words; of `total` results, where that is known."""
        articles = counted(self.articles, "article")
        parts = [f"{self.done:,} of {total:,} articles" if total is not None else articles]
        parts.append(counted(self.statements, "statement"))
        if self.failed:
            parts.append(f"{self.failed:,} failed")
        if self.words:
            parts.append(f"{self.speed:,.0f} words/s")
        return ", ".join(parts)


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


@contextmanager
def bar(tally: Tally, inputs: Sequence[str], more: int = 0) -> Iterator[None]:
    """Draw the tally on standard error, if that is a terminal, once the work lasts `DELAY`.

    The time left is told where `inputs` tell how many results there will be, beside `more`.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    thread = threading.Thread(target=_draw, args=(tally, inputs, more, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _draw(tally: Tally, inputs: Sequence[str], more: int, done: threading.Event) -> None:
    if done.wait(DELAY):
        return
    total = _total(inputs, more, done)
    with drawn() as progress:
        task = progress.add_task(tally.told(total), total=total)
        while not done.wait(_PERIOD):
            progress.update(task, completed=tally.done, description=tally.told(total))


def _total(inputs: Sequence[str], more: int, done: threading.Event) -> int | None:
    """The number of results to come; None where it can't be told, or matters no more."""
    from sayso.intake.counting import counts

    total = more
    for number in counts(inputs):
        if number is None or done.is_set():
            return None
        total += number
    return total


def drawn() -> "Progress":
    """A bar on standard error with words beside it, which is gone when it ends."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        BarColumn(bar_width=24),
        TextColumn("{task.description}", markup=False),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        refresh_per_second=2,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
