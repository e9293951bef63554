"""Whether two reports may mean the same speaker, by the names they give."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from sayso.record import identity

Relation = Literal["same", "open", "other"]
"""`open`: one of the two names nobody, or a person where the other names a body."""


class Named(NamedTuple):
    """A speaker by the key that identity knows names by; None for what is no name."""

    key: str | None

    @property
    def sort(self) -> str:
        return "" if self.key is None else self.key.partition(":")[0]

    @property
    def words(self) -> list[str]:
        return [] if self.key is None else self.key.partition(":")[2].split()


@lru_cache(maxsize=100_000)
def named(name: str | None, kind: str) -> Named:
    if not name or not identity.is_name(name, kind):
        return Named(None)
    return Named(identity.pin_key(name, kind))


def bucket(speakers: Iterable[Named]) -> set[str]:
    """Words of which those who may be the same speakers share one: surnames, a body's last."""
    return {each.words[-1] for each in speakers if each.words} or {""}


def relation(a: Sequence[Named], b: Sequence[Named]) -> Relation:
    """How the speakers of two statements go together; one in common is enough."""
    if not a or not b:
        return "open"
    found = {_pair(x, y) for x in a for y in b}
    return "same" if "same" in found else "open" if "open" in found else "other"


def rank(speakers: Iterable[Named]) -> int:
    """How much is told of who spoke: 0 nobody, 1 a body, 2 a person."""
    return max((_RANKS.get(each.sort, 2) for each in speakers), default=0)


_RANKS = {"": 0, identity.BODY: 1}


@lru_cache(maxsize=100_000)
def _pair(a: Named, b: Named) -> Relation:
    if a.key is None or b.key is None:
        return "open"
    if a.key == b.key:
        return "same"
    if (a.sort == identity.BODY) != (b.sort == identity.BODY):
        return "open"
    if a.sort == identity.BODY:
        short, long = sorted((a.words, b.words), key=len)
        return "same" if set(short) <= set(long) or identity.alike(a.key, b.key) else "other"
    if identity.BARE in (a.sort, b.sort):
        return "same" if a.words[-1] == b.words[-1] and _initials_agree(a, b) else "other"
    return "same" if identity.alike(a.key, b.key) else "other"


def _initials_agree(a: Named, b: Named) -> bool:
    """ "R. Amberley" is no Ida Amberley: first letters agree where both give one."""
    x, y = a.words[:-1], b.words[:-1]
    return not x or not y or x[0][0] == y[0][0]
