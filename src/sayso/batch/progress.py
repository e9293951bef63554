"""How far a run has come, in numbers and in words."""

import time
from dataclasses import dataclass, field

_HOUR, _MINUTE = 3_600, 60


@dataclass(slots=True)
class Progress:
    """What has come out. Where the readers are elsewhere, whole shards are counted.

    `rows` are those to come, None where that isn't known; `bytes` are those of the shards to do.
    """

    shards: int
    bytes: int
    rows: int | None
    articles: int = 0
    failures: int = 0
    words: int = 0
    shards_done: int = 0
    bytes_done: int = 0
    started: float = field(default_factory=time.monotonic)
    _live: bool = False

    def watch(self, articles: int, failures: int, words: int) -> None:
        """Count what a reader of this machine has just read."""
        self._live = True
        self.articles += articles
        self.failures += failures
        self.words += words

    def finish(self, bytes: int, articles: int, failures: int, words: int) -> None:
        """Count a shard that is done."""
        self.shards_done += 1
        self.bytes_done += bytes
        if not self._live:
            self.articles += articles
            self.failures += failures
            self.words += words

    @property
    def share(self) -> float:
        """How much of the work is done, from 0 to 1."""
        if self.rows:
            return min(1.0, (self.articles + self.failures) / self.rows)
        return self.bytes_done / self.bytes if self.bytes else 1.0

    @property
    def seconds(self) -> float:
        return max(time.monotonic() - self.started, 1e-9)

    def told(self, *, left: bool = True) -> str:
        """The counts, the speed and the time left in a line."""
        parts = [
            f"{self.articles:,} articles",
            f"{self.words / self.seconds:,.0f} words/s",
            f"{self.bytes * self.share / 1e6:,.1f} of {self.bytes / 1e6:,.1f} MB",
        ]
        if self.failures:
            parts.append(f"{self.failures:,} failed")
        if left and 0 < self.share < 1:
            seconds = self.seconds * (1 - self.share) / self.share
            parts.append(f"{duration(seconds)} left")
        return ", ".join(parts)


def duration(seconds: float) -> str:
    """About how long, as people say it."""
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < 2 * _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    return f"{seconds / _HOUR:,.1f} h"
