"""Whether who is asked for is who speaks, going by names alone.

A surname given alone is enough; so are initials for given names, and a title more or less. Of a
document its authors count as well.
"""

import re
from collections.abc import Iterable
from typing import Literal

from sayso.record.check.lexicon import listed
from sayso.record.folding import fold
from sayso.types import Kind, Speaker, Statement

Standing = Literal["same", "other", "unnamed", "not asked"]

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_TITLES = listed(
    "mr mrs ms miss mx dr sir dame lord lady rev revd the very reverend prof professor cllr "
    "councillor mp mep msp sen senator rep gov governor president mayor judge justice captain capt "
    "sgt col gen minister secretary"
)
_MEN = frozenset(("mr", "sir", "lord"))
_WOMEN = frozenset(("mrs", "ms", "miss", "dame", "lady"))


def same_name(asked: str, name: str, kind: Kind = "person") -> bool:
    """Whether two names can be one person's or body's: the shorter must fit into the longer."""
    a, b = _parts(asked), _parts(name)
    if not a or not b:
        return fold(asked) == fold(name)
    if a == b:
        return not _man_and_woman(asked, name)
    shorter, longer = sorted((a, b), key=len)
    if kind not in ("person", "author"):
        return longer[: len(shorter)] == shorter
    if shorter[-1] != longer[-1] or _man_and_woman(asked, name):
        return False
    return _fits(shorter[:-1], longer[:-1])


def _man_and_woman(a: str, b: str) -> bool:
    """Whether titles tell two of one surname apart."""
    first, second = (set(_WORD.findall(fold(name))) for name in (a, b))
    return any(first & x and second & y for x, y in ((_MEN, _WOMEN), (_WOMEN, _MEN)))


def _fits(some: list[str], more: list[str]) -> bool:
    """Whether the given names stand among others in order, an initial for a name."""
    rest = iter(more)
    return all(any(_one(name, other) for other in rest) for name in some)


def _one(a: str, b: str) -> bool:
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


def _parts(name: str) -> list[str]:
    parts = _WORD.findall(fold(name).replace("'s ", " "))
    return [part for part in parts if part not in _TITLES] or parts


def named(speakers: Iterable[Speaker]) -> list[str]:
    """The names that answer for a statement, those of a document's authors among them."""
    found = []
    for speaker in speakers:
        if speaker.name is not None and speaker.kind != "unnamed":
            found.append(speaker.name)
        found += speaker.by
    return found


def standing(asked: str | None, statement: Statement | None) -> Standing:
    """How the one asked for stands to those who speak."""
    if asked is None:
        return "not asked"
    speakers = statement.speakers if statement else ()
    if any(same_name(asked, s.name, s.kind) for s in speakers if s.name is not None):
        return "same"
    if any(same_name(asked, author) for s in speakers for author in s.by):
        return "same"
    return "other" if named(speakers) else "unnamed"
