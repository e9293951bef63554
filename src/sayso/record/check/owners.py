"""Whose words stand in a stretch of a text: the statements whose contents meet it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from sayso.record.check.channel import TERMINATED
from sayso.types import Statement


class Owners:
    """The statements of a text by where their contents stand, so that a long text with thousands
    of them is gone through once."""

    def __init__(self, text: str, statements: Iterable[Statement]) -> None:
        self._text = text
        self._spans = sorted(
            ((span.start, span.end, n) for n, s in enumerate(statements) for span in s.content),
        )
        self._statements = tuple(statements)
        self._starts = [start for start, _, _ in self._spans]
        self._reach = list(accumulate((end for _, end, _ in self._spans), max))

    def of(self, start: int, stop: int) -> Statement | None:
        """The outermost statement that a stretch stands in: who speaks it. In words that are told,
        it is the inmost that has all of it: "she said that he called it “a mess”"."""
        best = self._outmost(start, stop)
        if best is None or is_spoken(self._text, best):
            return best
        return self.inmost(start, stop) or best

    def inmost(self, start: int, stop: int) -> Statement | None:
        """The nested statement that a stretch stands in, whole."""
        found = [
            s
            for s in self._meeting(start, stop)
            if s.inside is not None and any(c.start <= start and stop <= c.end for c in s.content)
        ]
        return min(found, key=lambda s: sum(c.end - c.start for c in s.content), default=None)

    def _outmost(self, start: int, stop: int) -> Statement | None:
        best, most = None, (stop - start - 1) // 2
        for statement in self._meeting(start, stop):
            if statement.inside is not None and best is not None:
                continue
            covered = sum(
                min(stop, span.end) - max(start, span.start)
                for span in statement.content
                if span.start < stop and start < span.end
            )
            if covered > most:
                best, most = statement, covered
        return best

    def _meeting(self, start: int, stop: int) -> Sequence[Statement]:
        """Those of whose contents a part stands there, in order."""
        return [self._statements[n] for n in sorted(set(self._numbers(start, stop)))]

    def _numbers(self, start: int, stop: int) -> Iterator[int]:
        place = bisect_left(self._starts, stop) - 1
        while place >= 0 and self._reach[place] > start:
            _, end, number = self._spans[place]
            if end > start:
                yield number
            place -= 1


def is_spoken(text: str, statement: Statement) -> bool:
    """Whether a statement's content is the speaker's own words, all of it: direct speech, and a
    turn of an interview, which may quote others."""
    if statement.type == "direct":
        return True
    if statement.type != "mixed" or not statement.content:
        return False
    introduced = not statement.cue or all(span.text.strip() == ":" for span in statement.cue)
    first, last = statement.content[0], statement.content[-1]
    before = text[max(0, first.start - 8) : first.start].rstrip()
    return introduced and before.endswith(":") and TERMINATED.search(last.text) is not None
