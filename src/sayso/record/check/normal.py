"""Words as they are compared: what print does to a word without changing it is folded away.

Case, accents and the style of apostrophes go; British and American spellings of a word are
one, and so are a number in figures and the same in letters. A contraction stays what it is:
who prints "do not" for "don't" has changed the words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

_APOSTROPHES = "'’‘ʼ`´"
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\W\d_]+(?:[" + _APOSTROPHES + r"][^\W\d_]+)*"
    r"|[£$€%]"
)
_STRAIGHT = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))

_UP_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: str(value) for value, word in enumerate(_UP_TO_TWENTY.split())} | {
    word: str(10 * tens) for tens, word in enumerate(_TENS.split(), start=3)
}

# The British spelling's stem and the American one. Only stems that are no other word.
_SPELLINGS = (
    (
        re.compile(
            r"^(armo|behavio|colo|endeavo|favo|flavo|glamo|harbo|hono|humo|labo|neighbo|"
            r"parlo|rumo|savio|splendo|vapo|vigo)ur"
        ),
        r"\1r",
    ),
    (re.compile(r"^(.{4,})is(e|ed|es|ing|er|ers|ation|ations)$"), r"\1iz\2"),
    (re.compile(r"^(anal|paral)ys(e|ed|es|ing)$"), r"\1yz\2"),
    (
        re.compile(r"^(cent|fib|lit|kilomet|millimet|centimet|theat|lust|meag|somb|spect)re(s?)$"),
        r"\1er\2",
    ),
    (re.compile(r"^(def|off|pret)ence(s?|less)$"), r"\1ense\2"),
    (re.compile(r"^licence"), "license"),
    (
        re.compile(
            r"^(cancel|counsel|dial|fuel|label|level|marvel|model|quarrel|signal|travel)l"
            r"(ed|ing|er|ers)$"
        ),
        r"\1\2",
    ),
    (re.compile(r"^grey(s|er|ish)?$"), r"gray\1"),
    (re.compile(r"^plough"), "plow"),
    (re.compile(r"^mould"), "mold"),
    (re.compile(r"^programme(s?)$"), r"program\1"),
    (re.compile(r"^judgement(s?)$"), r"judgment\1"),
)
_PERHAPS = re.compile(
    "our|ise|isi|isa|yse|ysi|re$|res$|ence|ll|grey|plough|mould|programme|judgement|licence"
)


class Word(NamedTuple):
    """A word of a text: where it stands and what it is compared by."""

    start: int
    end: int
    key: str


def words(text: str) -> list[Word]:
    """The words of a text in order; figures, currency signs and per cent are words too."""
    return list(_joined(Word(m.start(), m.end(), key(m[0])) for m in _WORD.finditer(text)))


def _joined(found: Iterable[Word]) -> Iterator[Word]:
    """`per cent` is one word, as `percent` and `%` are."""
    before: Word | None = None
    for word in found:
        if before is not None and before.key == "per" and word.key == "cent":
            before = Word(before.start, word.end, "percent")
            continue
        if before is not None:
            yield before
        before = word
    if before is not None:
        yield before


@lru_cache(maxsize=100_000)
def key(word: str) -> str:
    """What a word is compared by: the same for two writings of one word."""
    if word == "%":
        return "percent"
    plain = unicodedata.normalize("NFKD", word.translate(_STRAIGHT).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    if plain[:1].isdigit():
        return plain.replace(",", "")
    if "." in plain:
        plain = plain.replace(".", "")
    return _NUMBERS.get(plain) or _spelt(plain)


def _spelt(plain: str) -> str:
    if not _PERHAPS.search(plain):
        return plain
    for british, american in _SPELLINGS:
        spelt, changed = british.subn(american, plain)
        if changed:
            return spelt
    return plain
