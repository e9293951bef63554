"""What a record is asked, the same at every size: drawn from the statements that all sizes have.

Searches are of one to three words drawn by frequency from the contents, a third of them phrases, a
quarter with filters. Of the quotations to check half are as printed, half have a word changed.
Timelines are of people who are in the news as often as others ask for them. And apart from these
the hard ones: the commonest words, the shortest beginnings, quotations of common words alone, those
who are quoted most.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, count, islice
from typing import Any

from sayso import Record
from sayso.record.filters import Filters
from sayso.record.hits import load

SEARCHES, CHECKS, TIMELINES = 1_000, 400, 200
HARD = 20
"""Of each kind, apart from those."""

_LETTERS = re.compile(r"[^\W\d_]+")
_SIGNS = re.compile(r"[\"“”„«»＂()*]")
"""What has a meaning in a search."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: how it is asked of a record, and in words."""

    ask: Callable[[Record], Any]
    told: str


@dataclass(frozen=True, slots=True)
class _Sample:
    """The contents of a record's statements, and who speaks in them, as often as they do."""

    contents: tuple[str, ...]
    people: tuple[int, ...]
    outlets: tuple[str, ...]


def questions(smallest: Record) -> dict[str, list[Question]]:
    """The questions by kind, drawn from the smallest of the records that are asked."""
    sample = _sample(smallest)
    return {
        "search": list(islice(_searches(sample, random.Random(1)), SEARCHES)),
        "check": list(islice(_checks(sample, random.Random(3)), CHECKS)),
        "timeline": list(islice(_timelines(sample, random.Random(2)), TIMELINES)),
        "hard_search": list(_hard_searches(sample)),
        "hard_check": list(islice(_hard_checks(sample, random.Random(4)), HARD)),
    }


def most_quoted(record: Record) -> list[Question]:
    """Timelines of those whom a record quotes the most."""
    rows = record.db.execute(
        "SELECT person FROM speaker WHERE person IS NOT NULL GROUP BY person "
        "ORDER BY count(*) DESC, person LIMIT ?",
        (HARD,),
    )
    return [_timeline(row[0]) for row in rows]


def _sample(record: Record) -> _Sample:
    ids = [row[0] for row in record.db.execute("SELECT id FROM statement ORDER BY id LIMIT 1000")]
    hits = load(record.db, ids)
    people = [v.person for hit in hits for v in hit.speakers if v.person is not None]
    outlets = dict.fromkeys(hit.outlet for hit in hits if hit.outlet is not None)
    return _Sample(tuple(hit.text for hit in hits), tuple(people), tuple(outlets))


# ---- searches


def _searches(sample: _Sample, draw: random.Random) -> Iterator[Question]:
    """Words come from statements drawn at random, so a frequent word comes often."""
    while True:
        content = _SIGNS.sub(" ", draw.choice(sample.contents)).split()
        size = draw.randrange(1, 4)
        if len(content) < size:
            continue
        at = draw.randrange(len(content) - size + 1)
        words = " ".join(draw.sample(content, size))
        if draw.random() < 1 / 3:
            words = '"' + " ".join(content[at : at + size]) + '"'
        filters = _filters(draw, sample) if draw.random() < 1 / 4 else Filters()
        if any(map(str.isalnum, words)):
            yield _search(words, filters)


def _search(words: str, filters: Filters | None = None) -> Question:
    told = words if filters in (None, Filters()) else f"{words}, {filters}"
    return Question(lambda record: record.search(words, filters), told)


def _filters(draw: random.Random, sample: _Sample) -> Filters:
    year, month = draw.randrange(2015, 2026), draw.randrange(1, 10)
    days = {"since": f"{year}-{month:02d}-11", "until": f"{year}-{month + 2:02d}-19"}
    choices: list[dict[str, Any]] = [
        {"by": (str(draw.choice(sample.people)),)},
        {"about": (str(draw.choice(sample.people)),)},
        {"outlets": (draw.choice(sample.outlets),)},
        days,
        days | {"dates": "said"},
        {"types": (draw.choice(("direct", "mixed", "indirect")),)},
        {"said": draw.random() < 0.5},
        {"unnamed": True},
        {"min_confidence": 0.9},
    ]
    chosen: dict[str, Any] = {}
    for each in draw.sample(choices, draw.randrange(1, 3)):
        chosen |= each
    return Filters(**chosen)


def _hard_searches(sample: _Sample) -> Iterator[Question]:
    """The commonest words: each, in pairs, either, as phrases that nobody says, and beginnings."""
    words = _counted(sample)
    common = [word for word, _ in words.most_common(7)]
    pairs = list(combinations(common, 2))[:HARD]
    starts = Counter(word[:2] for word in words.elements() if len(word) > 1)
    yield from (_search(word) for word in common)
    yield from (_search(f"{start}*") for start, _ in starts.most_common(HARD))
    for join in ("{} {}", '"{} {}"', '"{1} {0}"', "{} OR {}"):
        yield from (_search(join.format(*pair)) for pair in pairs)


def _counted(sample: _Sample) -> Counter[str]:
    return Counter(w.lower() for c in sample.contents for w in _LETTERS.findall(c))


# ---- the others


def _checks(sample: _Sample, draw: random.Random) -> Iterator[Question]:
    """By turns as printed, and with one word in the place of another."""
    for n in count():
        words: list[str] = []
        while len(words) < 4:
            words = draw.choice(sample.contents).split()
        if n % 2:
            words[draw.randrange(len(words))] = draw.choice(words)
        yield _check(" ".join(words))


def _hard_checks(sample: _Sample, draw: random.Random) -> Iterator[Question]:
    """Common words as nobody has put them, from four to a whole paragraph of them."""
    common = [word for word, _ in _counted(sample).most_common(150)]
    for n in count():
        yield _check(" ".join(draw.choices(common, k=(4, 8, 16, 60)[n % 4])))


def _check(quotation: str) -> Question:
    return Question(lambda record: record.check(quotation), quotation)


def _timelines(sample: _Sample, draw: random.Random) -> Iterator[Question]:
    while True:
        yield _timeline(draw.choice(sample.people))


def _timeline(person: int) -> Question:
    return Question(lambda record: record.timeline(str(person)), f"person {person}")
