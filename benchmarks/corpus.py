"""The articles that the peers read: the bundled reports, varied so that no two are the same.

A tenth of an article's paragraphs is left out, digits are drawn anew, and words that occur
only with a capital letter (names, nearly all) have their vowels exchanged, so that neither
peer meets a name that it has seen in another article and might have kept. The same numbers
give the same articles everywhere.
"""

import json
import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import count, islice
from pathlib import Path

REPORTS = Path(__file__).parents[1] / "src/sayso/demo/reports.jsonl"

_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = "aeiou"


def articles(count_of: int, *, first: int = 0) -> list[str]:
    """That many articles, of some 320 words on average."""
    return [_article(n) for n in range(first, first + count_of)]


def keep(count_of: int, path: Path) -> None:
    """Write that many articles to a file, each as a line of JSON."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(_article(n), ensure_ascii=False) + "\n" for n in range(count_of))


def kept(path: Path) -> Iterator[str]:
    """The articles of such a file, as they are wanted."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield str(json.loads(line))


def article(words: int, *, first: int = 0) -> str:
    """One article of exactly that many words, made of the paragraphs of many."""
    return " ".join(islice(_words(first), words)).replace(" \n\n ", "\n\n")


def words(text: str) -> int:
    """What white space separates."""
    return len(text.split())


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _words(first: int) -> Iterator[str]:
    """Words one by one; the last of a paragraph carries the break that follows it."""
    for n in count(first):
        for paragraph in paragraphs(_article(n)):
            *inner, last = paragraph.split()
            yield from inner
            yield f"{last} \n\n"


def _article(n: int) -> str:
    reports = _reports()
    draw = random.Random(n)
    kept = [p for p in paragraphs(reports[n % len(reports)]) if draw.random() < 0.9]
    vowels = str.maketrans(_VOWELS, "".join(draw.sample(_VOWELS, len(_VOWELS))))
    common = _common()

    def renamed(found: re.Match[str]) -> str:
        word = found[0]
        return word if word.lower() in common else word[0] + word[1:].translate(vowels)

    text = _WORD.sub(renamed, "\n\n".join(kept))
    return re.sub(r"\d", lambda _: str(draw.randrange(1, 10)), text)


@cache
def _reports() -> tuple[str, ...]:
    lines = REPORTS.read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line)["text"] for line in lines)


@cache
def _common() -> frozenset[str]:
    """The words that the reports have in lower case too."""
    found = (w for text in _reports() for w in _WORD.findall(text))
    return frozenset(w for w in found if w.islower())
