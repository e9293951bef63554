"""Whether one name is a form of another: cut short, spelt otherwise, run on in a headline."""

from collections.abc import Iterable, Set

from sayso.reader.drafts import Bounds
from sayso.reader.speakers.lexicon import CORPORATE, GENERATIONS, ORGANISATIONS
from sayso.reader.speakers.names import Name, is_heading, shape

Key = tuple[str, ...]
"""The words of a name, as tables hold them."""
LONG = 5  # letters of a name that may be misprinted
STEM = 3  # letters of a word that an abbreviation keeps at least: "Lib Dems"
_LONGEST = 8  # words of a name that is sought in a headline's
_TIES = frozenset(("of", "for", "on", "in", "against"))


def initials(words: Iterable[str]) -> str:
    return "".join(w[0] for w in words if w[0].isupper()).casefold()


def generation(name: Key) -> str:
    return name[-1] if name[-1] in GENERATIONS else ""


def surname(name: Key) -> str:
    return name[-2] if len(name) > 1 and name[-1] in GENERATIONS else name[-1]


def same_name(short: Key, full: Key) -> bool:
    """Whether two names of several words may be one person's or one body's.

    "R. Amberley", "Ruth Amberley" and "Ruth M. Amberley" may; so may a name and its end
    ("Richardson White", "Anna Richardson White").
    """
    if generation(short) != generation(full):
        return False
    if shape(full) == "organisation":
        return full[: len(short)] == short and set(full[len(short) :]) <= CORPORATE
    if len(short) < len(full) and short in (full[-len(short) :], full[: len(short)]):
        return True
    if surname(short) != surname(full) or not _same_word(short[0], full[0]):
        return False
    rest = iter(full[1:])
    return all(any(_same_word(a, b) for b in rest) for a in short[1:])


def stems(name: Key) -> Key:
    return tuple(word[:STEM] for word in name)


def abbreviates(short: Key, full: Key) -> bool:
    """Whether each word of a name is cut in the other: "Lib Dems" of "Liberal Democrats"."""
    cut = [word.removesuffix("s") for word in short]
    return len(short) == len(full) and all(
        STEM <= len(a) < len(b.removesuffix("s")) and b.startswith(a)
        for a, b in zip(cut, full, strict=True)
    )


def _same_word(a: str, b: str) -> bool:
    return a == b or (1 in (len(a), len(b)) and a[0] == b[0])


def is_one_off(a: str, b: str) -> bool:
    """Whether two words differ in one letter: changed, left out or put in."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    same = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(b))
    return a[same + (len(a) >= len(b)) :] == b[same + (len(b) >= len(a)) :]


def is_tail(rest: Key) -> bool:
    """Whether a body may be called without the end of its name: "House" for "House of Keys",
    but not for "House Rules Committee"."""
    return rest[0] in _TIES or set(rest) <= CORPORATE


def heading_lines(text: str) -> list[Bounds]:
    """Where the headings of a text stand."""
    found: list[Bounds] = []
    start = 0
    for line in text.split("\n"):
        if is_heading(line):
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def known_part(name: Name, known: Set[Key]) -> tuple[int, int]:
    """The words [low, high) of a headline's name that are a known one of several words; all
    where it has none, or is known itself, or is a body's that has a known name before its
    noun."""
    words, end = name.key, len(name.key)
    if words not in known:
        for n in range(min(end - 1, _LONGEST), 1, -1):
            if words[-n:] in known:
                return end - n, end
            if words[:n] in known and words[-1] not in ORGANISATIONS:
                return 0, n
    return 0, end
