"""When two names of different articles are one person's, or one body's, and when they may be.

A person is known by a full name: "Dr Robert J. Amberley MP" has the key `person:robert j amberley`.
Titles and honours are left out, initials and generations are not: the same name without the J is
another key, and a likely duplicate. A surname alone, with or without a title, has no key. A body
is known by its folded name without "the" and its legal form, and what only describes somebody
("residents", "her campaign") by nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from sayso.record.folding import QUOTE, fold
from sayso.record.titles import EDGES, LONG_FORMS, POLITE, ROLES, SMALL, has_capital, word_set

Sort = Literal["person", "body"]

BEGINS = "the name of one begins that of the other"
"""How names may be alike that are one body's only where the articles speak for it."""

PERSON, BODY, SURNAME, BARE = "person", "body", "surname", "bare"
"""What stands before the colon of a key: of an entry, of those who share a surname, of a pin."""

SORTS: dict[str, Sort] = {
    "person": "person",
    "author": "person",
    "organisation": "body",
    "group": "body",
}
"""Which kinds of speakers have entries; documents and the unnamed have none."""


_TITLES = POLITE | ROLES | LONG_FORMS.keys()
_HONOURS = word_set("mp mep msp td kc qc obe mbe cbe kbe dbe md phd esq rn frs")
_GENERATIONS = word_set("jr sr ii iii iv")
_PARTICLES = word_set(
    "de la del della der den van von vom zu bin ibn bint di le ter ten af du da d"
)
_LEGAL = word_set(
    "inc incorporated ltd limited llc llp plc corp corporation co company gmbh ag sa nv bv spa pty"
)
_NO_BODIES = word_set(
    """
    a an the his her its their our my your this that these those some several many most few all both
    one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands
    """
)
_NO_AUTHORS = word_set(
    """
    agency agencies agence staff reporter reporters correspondent correspondents desk editor
    editors press news newsroom service team wire wires bureau writer writers
    """
)

_TAILS = word_set(
    """
    group holdings international foods motors bank airlines airways energy systems technologies
    software entertainment stores media partners capital water rail party council association
    industries brothers electronics pictures records studios foundation trust insurance brewery
    news newspaper times post university college campaign administration fc united city town
    """
)
_COMMON = word_set(
    """
    north south east west northern southern eastern western central great greater new old national
    international royal british english scottish welsh irish american european federal public
    first general local regional ministry department office house home city county district
    """
)
_ABBREVIATION = 3  # letters that say something
_SHORT_FORM = 3  # letters of "Rob"
_LONG_WORD = 5  # letters of a word that may be misprinted

_STOPS = re.compile(r"[.,]")
_INITIAL_STOPS = re.compile(r"\.(?=\S)")


# ---- keys


def key(name: str, kind: str) -> str | None:
    """What makes a name the same in every article; None where it takes more than the name."""
    sort = SORTS.get(kind)
    if sort == "person":
        words = person_words(name)
        return f"{PERSON}:{' '.join(words)}" if _is_full(words) else None
    if sort == "body":
        return _body_key(name)
    return None


def pin_key(name: str, kind: str) -> str | None:
    """By what somebody is known within one article: the key, else the bare surname."""
    found = key(name, kind)
    if found is not None or SORTS.get(kind) != "person":
        return found
    words = person_words(name)
    return f"{BARE}:{' '.join(words)}" if words else None


def surname_key(name: str) -> str | None:
    """The key of all who share this person's surname."""
    words = person_words(name)
    return f"{SURNAME}:{_surname(words)}" if words else None


def surname(name: str) -> str:
    """A person's surname as it is written: "de Marco" of "Bill de Marco"."""
    words = name.split()
    forms = [fold(w).strip(EDGES) for w in words]
    while len(words) > 1 and forms[len(words) - 1] in _HONOURS:
        words = words[:-1]
    start, end = _surname_at(forms[: len(words)])
    return " ".join(words[start:end])


def is_name(name: str, kind: str) -> bool:
    """Whether an article names somebody so, or only describes them."""
    words = name.split()
    sort = SORTS.get(kind)
    if not words or sort is None:
        return False
    if kind == "author":
        return _are_capitals(words) and not set(fold(name).split()) & _NO_AUTHORS
    if sort == "person":
        return _are_capitals(words)
    if kind == "group":
        return len(words) > 1 and all(map(has_capital, words)) and not name[0].isdecimal()
    while len(words) > 1 and words[0].casefold() == "the":
        words = words[1:]
    return has_capital(words[0]) and words[0].casefold() not in _NO_BODIES


def person_words(name: str) -> tuple[str, ...]:
    """The folded words of a person's name, without titles and honours."""
    words = [w.strip(EDGES) for w in _INITIAL_STOPS.sub(" ", _plain(name)).split()]
    words = [w.replace(QUOTE, "") for w in words if w]
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in _HONOURS:
        words = words[:-1]
    return tuple(w for w in words if w)


def _plain(name: str) -> str:
    """The folded name, without the sign that sets the keys of split entries apart."""
    return fold(name).replace("#", " ")


def _is_full(words: Sequence[str]) -> bool:
    """Whether a first name, or initials, stand before the surname: not in "R. Amberley"."""
    given = _given(words)
    return bool(given) and not (len(given) == 1 and len(given[0]) == 1)


def _given(words: Sequence[str]) -> Sequence[str]:
    """What stands before the surname."""
    return words[: _surname_at(words)[0]]


def _surname(words: Sequence[str]) -> str:
    """The last word with the particles before it: "de blasio"; no generation."""
    start, end = _surname_at(words)
    return " ".join(words[start:end])


def _surname_at(words: Sequence[str]) -> tuple[int, int]:
    end = len(words)
    while end > 1 and words[end - 1] in _GENERATIONS:
        end -= 1
    start = max(0, end - 1)
    while start > 0 and words[start - 1] in _PARTICLES:
        start -= 1
    return start, end


def _body_key(name: str) -> str | None:
    words = _STOPS.sub("", _plain(name).replace("&", " and ").replace(QUOTE, "")).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL | {"and"}:
        words = words[:-1]
    return f"{BODY}:{' '.join(words)}" if words else None


def _are_capitals(words: Iterable[str]) -> bool:
    return all(has_capital(w) or w.casefold() in _PARTICLES | SMALL for w in words) and any(
        map(has_capital, words)
    )


# ---- likely duplicates


def alike(a: str, b: str) -> str | None:
    """Why two keys may be one person's or one body's by their words; None where they may not."""
    (sort, one), (other_sort, other) = (k.partition("#")[0].split(":", 1) for k in (a, b))
    if one == other:
        return "the same name" if sort == other_sort else "the same name, of a person and a body"
    if sort != other_sort:
        return None
    x, y = sorted((one.split(), other.split()), key=len)
    if "".join(x).replace("-", "") == "".join(y).replace("-", ""):
        return "the same letters"
    return _people_alike(x, y) if sort == PERSON else _bodies_alike(x, y)


def _people_alike(x: list[str], y: list[str]) -> str | None:
    if _generation(x) != _generation(y):
        return None
    given_x, given_y = _given(x), _given(y)
    if not given_x or not given_y:  # a split may leave somebody of whom no more is known
        return None
    if _surname(x) != _surname(y):
        misprint = given_x == given_y and _is_one_off(_surname(x), _surname(y))
        return "surnames one letter apart" if misprint else None
    if _is_within(given_x, given_y):
        return "the same name but for initials or middle names"
    if len(given_x) == len(given_y) == 1 and _is_one_off(given_x[0], given_y[0]):
        return "first names one letter apart"
    short, long = sorted((given_x[0], given_y[0]), key=len)
    if len(long) > len(short) >= _SHORT_FORM and long.startswith(short):
        return "the same surname, and a short form of the first name"
    return None


def _is_within(x: Sequence[str], y: Sequence[str]) -> bool:
    """Whether given names are others with words left out or cut to initials."""
    if not _may_be(x[0], y[0]):
        return False
    rest = iter(y[1:])
    return all(any(_may_be(a, b) for b in rest) for a in x[1:])


def _may_be(a: str, b: str) -> bool:
    return a == b or (1 in (len(a), len(b)) and a[0] == b[0])


def _generation(words: Sequence[str]) -> str:
    return words[-1] if words[-1] in _GENERATIONS else ""


def _bodies_alike(x: list[str], y: list[str]) -> str | None:
    if len(x) == 1 and len(x[0]) >= _ABBREVIATION and x[0] in initials(y) and len(y) > 1:
        return "an abbreviation"
    if y[: len(x)] == x and set(y[len(x) :]) <= _TAILS:
        return "the same name but for its last words"
    rest = y[len(x) :]
    if y[: len(x)] == x and _tells_enough(x) and rest[0] not in SMALL and set(rest) - _COMMON:
        return BEGINS
    if len(x) == len(y) and sum(a != b for a, b in zip(x, y, strict=True)) == 1:
        apart = next((a, b) for a, b in zip(x, y, strict=True) if a != b)
        if _is_one_off(*apart) and min(map(len, apart)) >= _LONG_WORD:
            return "one letter apart"
    return None


def _tells_enough(words: Sequence[str]) -> bool:
    """Whether a body may be called so for short: not by "the council" or "north" alone."""
    telling = [w for w in words if w not in _TAILS | _COMMON | SMALL]
    return any(len(w) > _ABBREVIATION for w in telling)


def initials(words: Sequence[str]) -> set[str]:
    """What a body of these words may be called for short, with and without its small words."""
    return {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in SMALL)}


def _is_one_off(a: str, b: str) -> bool:
    """Whether two long words differ in one letter: changed, left out or put in.

    Not at the end, where another word is made so: "African" of "Africa".
    """
    if a == b or a[-1:] != b[-1:] or abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < _LONG_WORD:
        return False
    same = next(
        (n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    return a[same + (len(a) >= len(b)) :] == b[same + (len(b) >= len(a)) :]


def buckets(of: str) -> Iterator[str]:
    """Keys that are alike share one of these, but for misprints where a word begins.

    So few others share one that all who do can be compared, even in a large record.
    """
    base = of.partition("#")[0]
    sort, words = base.split(":", 1)
    yield f"={words}"
    yield "=" + words.replace(" ", "").replace("-", "")
    parts = words.split()
    if sort == PERSON:
        surname, given = _surname(parts), " ".join(_given(parts))
        yield f"surname {surname} {given[:1]}"
        yield f"given {given} {surname[:2]} {surname[-1]}"
        return
    yield f"stem {' '.join(parts[: _stem(parts)])}"
    yield base
    if len(parts) == 1:
        return
    yield from (f"{BODY}:{' '.join(parts[:end])}" for end in range(1, len(parts)))
    yield from (f"{BODY}:{letters}" for letters in initials(parts) if len(letters) >= _ABBREVIATION)
    for at, word in enumerate(parts):
        if len(word) >= _LONG_WORD:
            yield " ".join(("apart", *parts[:at], f"{word[0]}…{word[-1]}", *parts[at + 1 :]))


def _stem(words: Sequence[str]) -> int:
    """How many words of a body's name are left without those that may be left out at its end."""
    end = len(words)
    while end > 1 and words[end - 1] in _TAILS:
        end -= 1
    return end
