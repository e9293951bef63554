"""An archive of any size: the bundled reports as read once, with names, numbers and days varied.

Every name becomes that of somebody else, out of `PEOPLE` of whom a few are in the news much more
than others, and every number is drawn anew; the spans of the readings move along. A tenth of the
articles are another outlet's copy of an earlier one. The same numbers give the same articles.
"""

import hashlib
import random
import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date as Day
from datetime import timedelta
from functools import cache
from typing import Any

from tests.golden.golden import articles as reports

from sayso import Reader, Reading

PEOPLE = 30_000
OUTLETS = 40
SECTIONS = ("home", "world", "business", "sport", "culture")
FIRST, DAYS = Day(2015, 1, 1), 4_200
COPIES = 0.1

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_SYLLABLES = tuple(
    a + b for a in ("b", "br", "c", "d", "dr", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s",
                    "st", "t", "th", "v", "w") for b in ("a", "e", "i", "o", "u", "ar", "en", "il")
)  # fmt: skip


def reading(n: int, of: int) -> Reading:
    """One of so many: by number they are in order of printing."""
    return Reading.from_dict(_varied(_models(), n, of))


@cache
def _models() -> list[dict[str, Any]]:
    reader = Reader("en-fast")
    return [reader.read(article).to_dict() for article in reports()]


def _varied(models: Sequence[dict[str, Any]], n: int, of: int) -> dict[str, Any]:
    draw = random.Random(n)
    printed = FIRST + timedelta(days=n * DAYS // of)
    words = random.Random(n)
    if n > 100 and draw.random() < COPIES:  # what another printed up to a week ago
        words = random.Random(n - draw.randrange(1, 100))
        words.random()
    chosen = models[words.randrange(len(models))]
    article = chosen["article"]
    shift = (printed - Day.fromisoformat(article["date"])).days
    changes = _changes(chosen, words)
    return chosen | {
        "id": f"made-{n}",
        "article": {
            "title": _renamed(article["title"] or "", changes.names) or None,
            "date": printed.isoformat(),
            "url": f"https://outlet-{n % OUTLETS}.example/{n}",
            "publisher": outlet(int(OUTLETS * draw.random() ** 2)),
            "language": "en",
            "sha256": hashlib.sha256(changes.text.encode()).hexdigest(),
            "text": changes.text,
            "extra": {"section": draw.choice(SECTIONS)},
        },
        "statements": [_statement(s, changes, shift) for s in chosen["statements"]],
        "entities": [
            e
            | {"name": _renamed(e["name"], changes.names), "mentions": changes.spans(e["mentions"])}
            for e in chosen["entities"]
        ],
        "refusals": [
            r | {"speakers": _speakers(r["speakers"], changes), "span": changes.span(r["span"])}
            for r in chosen["refusals"]
        ],
    }


class _changes:  # noqa: N801 (it is called like a function)
    """A text with other names and numbers, and where its offsets have gone."""

    def __init__(self, reading: dict[str, Any], draw: random.Random) -> None:
        text = reading["article"]["text"]
        self.names = _names(reading, draw)
        self._old, self._new, parts, at, length = [0], [0], [], 0, 0
        for token in _TOKEN.finditer(text):
            word = token[0]
            new = _number(word, draw) if word.isdigit() else self.names.get(word, word)
            if new == word:
                continue
            kept = text[at : token.start()]
            parts += [kept, new]
            length += len(kept) + len(new)
            at = token.end()
            self._old.append(at)
            self._new.append(length)
        self.text = "".join(parts) + text[at:]

    def span(self, span: list[int]) -> list[int]:
        return [self._moved(offset) for offset in span]

    def spans(self, spans: list[list[int]]) -> list[list[int]]:
        return [self.span(span) for span in spans]

    def _moved(self, offset: int) -> int:
        at = bisect_right(self._old, offset) - 1
        moved = self._new[at] + offset - self._old[at]
        return min(moved, self._new[at + 1]) if at + 1 < len(self._new) else moved


def _number(digits: str, draw: random.Random) -> str:
    return str(draw.randrange(10 ** (len(digits) - 1), 10 ** len(digits)))


def _names(reading: dict[str, Any], draw: random.Random) -> dict[str, str]:
    """What each word of a name becomes: words of people's names by person, others one by one."""
    names: dict[str, str] = {}
    for entity in reading["entities"]:
        words = [w for w in _TOKEN.findall(entity["name"]) if w[0].isupper() and w not in _common()]
        if entity["kind"] == "person" and len(words) > 1:
            first, last = _person(int(PEOPLE * draw.random() ** 3))
            names |= {words[0]: first, words[-1]: last}
        else:
            for word in words:
                names.setdefault(word, _name(draw.randrange(600), 3))
    return names


@cache
def _person(number: int) -> tuple[str, str]:
    draw = random.Random(-1 - number)
    return _name(draw.randrange(300), 2), _name(draw.randrange(5_000), 3)


@cache
def _name(number: int, syllables: int) -> str:
    draw = random.Random(number * 10 + syllables)
    return "".join(draw.choice(_SYLLABLES) for _ in range(syllables)).capitalize()


@cache
def _common() -> frozenset[str]:
    """Words that the reports have in lower case too, capitalised."""
    found = (w for a in reports() for w in _TOKEN.findall(a.text))
    return frozenset(w.capitalize() for w in found if w.islower())


def outlet(number: int) -> str:
    return f"The {_name(number, 2)} {('Courier', 'Echo', 'Post', 'Lantern')[number % 4]}"


def _renamed(text: str, names: dict[str, str]) -> str:
    return _TOKEN.sub(lambda token: names.get(token[0], token[0]), text)


def _speakers(speakers: list[dict[str, Any]], changes: _changes) -> list[dict[str, Any]]:
    return [
        s
        | {
            "name": s["name"] and _renamed(s["name"], changes.names),
            "by": [_renamed(name, changes.names) for name in s["by"]],
        }
        for s in speakers
    ]


def _statement(statement: dict[str, Any], changes: _changes, shift: int) -> dict[str, Any]:
    moved: dict[str, Any] = {
        part: changes.spans(statement[part]) for part in ("source", "cue", "content")
    }
    for part in ("addressee", "channel", "when"):
        moved[part] = statement[part] and changes.span(statement[part])
    date = statement["date"] and _shifted(statement["date"], shift)
    return statement | moved | {"speakers": _speakers(statement["speakers"], changes), "date": date}


def _shifted(date: str, days: int) -> str:
    """The date moved by some days, as vague as it was."""
    if "W" in date:
        day = Day.fromisocalendar(int(date[:4]), int(date[6:]), 1) + timedelta(days=days)
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    whole = date + {4: "-07-01", 7: "-01"}.get(len(date), "")
    return (Day.fromisoformat(whole) + timedelta(days=days)).isoformat()[: len(date)]
