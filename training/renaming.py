"""An annotated report whose persons have names of another origin, in the text and in gold."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from training.rewriting import Rewritten, edited

NAMES = Path(__file__).with_name("data") / "names.toml"

Record = Mapping[str, Any]
"""A line of gold: text, title, attributions, refusals."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Origin:
    """Names to draw from. Nothing tells which given name is a woman's and which a man's."""

    name: str
    given: tuple[str, ...]
    family: tuple[str, ...]


def origins(path: Path = NAMES) -> list[Origin]:
    whole = tomllib.loads(path.read_text(encoding="utf-8"))
    return [Origin(name, tuple(o["given"]), tuple(o["family"])) for name, o in whole.items()]


def renamed(record: Record, origin: Origin) -> Record:
    """The record with its speaking persons renamed wherever they are named, always in the same way.

    A word of a name always becomes the same new one, and none that stands in the report already:
    the first word of a name a given name, the others family names. Initials and particles stay.
    """
    words = name_words(_persons(record))
    rng = Random(f"{origin.name} {record['id']}")
    renaming = Renaming(_drawn(words, origin, f"{record.get('title')} {record['text']}", rng))
    text = renaming(record["text"])
    kept = {"id": record["id"], "text": text.text}
    return {key: _carried(value, text, renaming) for key, value in record.items()} | kept


def _persons(record: Record) -> Iterator[str]:
    for attribution in record["attributions"]:
        yield from (s["name"] for s in attribution["speakers"] if s["kind"] == "person")


def name_words(names: Iterable[str]) -> dict[str, str]:
    """The words of these names that are to be replaced, each with what it is: given or family."""
    words: dict[str, str] = {}
    for name in names:
        for n, word in enumerate(name.split()):
            begins = any(part[:1].isupper() for part in word.split("-"))
            if begins and any(c.islower() for c in word):
                words.setdefault(word, "family" if n else "given")
    return words


def _drawn(words: Mapping[str, str], origin: Origin, text: str, rng: Random) -> dict[str, str]:
    """A new name for each of the words."""
    taken = set(_WORD.findall(text.casefold()))
    new: dict[str, str] = {}
    for kind in ("given", "family"):
        old = [word for word, is_a in words.items() if is_a == kind]
        free = [name for name in getattr(origin, kind) if taken.isdisjoint(own_words(name))]
        new |= zip(old, rng.sample(free, len(old)), strict=True)
    return new


def own_words(name: str) -> set[str]:
    """A name's words in small letters, without the particles that many names share."""
    return {word.casefold() for word in _WORD.findall(name) if word[0].isupper()}


class Renaming:
    """Replaces words of names, in any text: also in capitals, and in a genitive."""

    def __init__(self, new: Mapping[str, str]) -> None:
        self._new = {old.casefold(): (old, name) for old, name in new.items()}
        longest = sorted(new, key=len, reverse=True)
        self._words = re.compile(
            rf"\b({'|'.join(map(re.escape, longest)) or '(?!)'})\b(?:(?<=s)(['’])(?= \w))?", re.I
        )

    def __call__(self, text: str) -> Rewritten:
        found = [(m, self._renamed(m[1])) for m in self._words.finditer(text)]
        return edited(text, [(*m.span(), _genitive(new, m[2])) for m, new in found if new])

    def _renamed(self, word: str) -> str | None:
        """The new word; None for one that only sounds like the name, such as Long and long."""
        old, new = self._new[word.casefold()]
        if word == old:
            return new
        return new.upper() if word[-2:].isupper() else None  # MacRORY, as turns have it


def _genitive(name: str, apostrophe: str | None) -> str:
    if apostrophe is None:
        return name
    return name + apostrophe + ("" if name.endswith("s") else "s")


def _carried(value: Any, text: Rewritten, renaming: Renaming) -> Any:
    """A part of the record: its spans moved along with the text, its words renamed."""
    match value:
        case str():
            return renaming(value).text
        case [int(), int()]:
            return text.places([value])[0]
        case Mapping():
            return {key: _carried(part, text, renaming) for key, part in value.items()}
        case Sequence():
            return [_carried(part, text, renaming) for part in value]
    return value
