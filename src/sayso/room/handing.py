"""Which statement is handed to whom, so that no two who review are handed the same.

It is kept in memory only: what a restart forgets costs nothing, for a correction of what somebody
else has corrected meanwhile is never taken without asking.
"""

import threading
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from fastapi import Request

LONG = 10 * 60.0
"""Seconds after which what somebody was handed is handed to others, unless they looked again."""
LINGERING = 10.0
"""Seconds that it stays with them after they went on: others may have looked for what waits just
before it was corrected."""
_MOST = 1_000
"""Statements that are remembered."""


class _Held(NamedTuple):
    who: str
    until: float


class Handing:
    """The statements that people have before them, each person one. Safe to use from any thread."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._held: dict[str, _Held] = {}
        """By the statement."""

    def take(self, person: str, references: Iterable[str]) -> str | None:
        """The first of these that nobody else has, which that person then has."""
        with self._lock:
            taken = self._others(person)
            for reference in references:
                if reference not in taken:
                    self._hold(person, reference)
                    return reference
        return None

    def look(self, person: str, reference: str) -> str | None:
        """The person looks at a statement: who else has it before them."""
        with self._lock:
            other = self._others(person).get(reference)
            if other is None:
                self._hold(person, reference)
            return other

    def _others(self, person: str) -> dict[str, str]:
        """What others have, with their names."""
        now = self._now()
        self._held = {what: held for what, held in self._held.items() if now < held.until}
        return {what: held.who for what, held in self._held.items() if held.who != person}

    def _hold(self, person: str, reference: str) -> None:
        now = self._now()
        for what, held in self._held.items():
            if held.who == person:
                self._held[what] = _Held(person, min(held.until, now + LINGERING))
        self._held.pop(reference, None)
        self._held[reference] = _Held(person, now + LONG)
        if len(self._held) > _MOST:
            del self._held[next(iter(self._held))]


def handing(request: Request) -> Handing:
    """Who has what in the room that is asked."""
    found: Handing = request.app.state.handing
    return found
