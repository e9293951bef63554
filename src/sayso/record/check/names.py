"""Whether who is asked for is who speaks, going by names alone.

A surname given alone is enough; so are initials for given names, and a title more or less. Of a
document its authors count as well.
"""

import re
from collections.abc import Iterable
from typing import Literal

from sayso.record.check.lexicon import listed
from sayso.record.folding import fold
from sayso.record.identity import initials, person_words
from sayso.record.titles import POLITE, ROLES
from sayso.types import Kind, Speaker, Statement

Standing = Literal["same", "other", "unnamed", "not asked"]

_WORD = re.compile(r"[^\W_]+")
_BEFORE_TITLES = listed("the very most prime first deputy vice shadow acting former")
_OFFICES = _BEFORE_TITLES | POLITE | ROLES
_MEN = frozenset(("mr", "sir", "lord"))
_WOMEN = frozenset(("mrs", "ms", "miss", "dame", "lady"))


def same_name(asked: str, name: str, kind: Kind = "person") -> bool:
    """Whether two names can be one person's or body's: the shorter must fit into the longer."""
    if (one := _office(asked)) and (other := _office(name)):
        return one == other
    a, b = _parts(asked), _parts(name)
    if not a or not b:
        return fold(asked) == fold(name)
    if a == b:
        return not _man_and_woman(asked, name)
    shorter, longer = sorted((a, b), key=len)
    if kind not in ("person", "author"):
        return longer[: len(shorter)] == shorter or _is_short_for(shorter, longer)
    if shorter[-1] != longer[-1] or _man_and_woman(asked, name):
        return False
    return _fits(shorter[:-1], longer[:-1])


def _is_short_for(short: list[str], whole: list[str]) -> bool:
    return len(short) == 1 < len(short[0]) and len(whole) > 1 and short[0] in initials(whole)


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
    """The words of a name without titles, those with a word before them too: "prime minister"."""
    words = list(person_words(name))
    for n, word in enumerate(words[:-1]):
        if word not in _BEFORE_TITLES:
            return list(person_words(" ".join(words[n:])))
    return words[-1:]


def _office(name: str) -> list[str]:
    """The words of a name that is nothing but an office: "the deputy mayor"."""
    words = _WORD.findall(fold(name).removeprefix("the "))
    return words if _OFFICES.issuperset(words) else []


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
