"""How a run reads: what every worker of it is told, on whatever machine."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sayso.errors import Crashed, InputError, TimedOut
from sayso.intake import Options
from sayso.types import Article, Failure, Reading


class Reads(Protocol):
    """What is asked of a reader."""

    @property
    def model(self) -> str: ...

    def attempt(self, item: Article | str | Failure) -> Reading | Failure: ...


def real_reader(model: str, max_chars: int) -> Reads:
    """Sayso's own, with one thread: there are as many processes as cores."""
    from sayso.reader import Reader

    return Reader(model, threads=1, max_chars=max_chars)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds that an article may take: so many, and more for each character.

    An old core takes 3 ms for a word with the larger model, and others may want the core.
    """

    article: float = 120.0
    character: float = 0.004

    def seconds(self, characters: int = 0) -> float:
        return self.article + self.character * characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """`make` gives a reading process its reader, and must pickle.

    `id` is what the readings must be by: on another machine `model` may name another version.
    `memory` is how many bytes a process may take beyond what it has with the model loaded.
    """

    model: str
    id: str
    options: Options
    patience: Patience = Patience()
    memory: int = 2 << 30
    make: Callable[[str, int], Reads] = real_reader


@dataclass(frozen=True, slots=True)
class Strike:
    """What came of two attempts at a row. `made` tells whether its article had been made."""

    late: bool
    made: bool

    def error(self) -> InputError:
        if self.late:
            return TimedOut("reading it does not come to an end: it was left after two attempts")
        return Crashed("reading it brings the reader down: it was left after two attempts")
