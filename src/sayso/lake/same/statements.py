"""When two statements of different articles are one utterance.

The words must lie over one another and no number or "not" differ; and the fewer the words, the
surer must the speaker be and the nearer the days: "we are looking into it" is said every week,
twenty words in a row are said once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Day
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from sayso.lake.same import groups, kinds, shingles, speakers
from sayso.lake.same.groups import Edge
from sayso.lake.same.speakers import Named, Relation
from sayso.lake.same.wording import Overlap, overlap, words

_DAY = len("2026-03-12")

_KEPT = pa.schema(
    [
        ("number", pa.uint64()),
        ("folded", pa.string()),
        ("keys", pa.list_(pa.uint64())),
        ("row", pa.string()),
        ("id", pa.string()),
        ("denied", pa.bool_()),
        ("date", pa.string()),
        ("printed", pa.string()),
        ("publisher", pa.string()),
        ("names", pa.list_(pa.string())),
        ("speakers", pa.list_(pa.string())),
        ("content_text", pa.string()),
        ("words", pa.list_(pa.string())),
        ("phrase", pa.string()),
        ("who", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Rules:
    """From how many words what is asked for; chosen on made sets (docs/same.md)."""

    alike: float = 0.8
    """The part of the words that must be the same where two contents lie over one another."""
    run: int = 12
    """Words in a row that make two contents one utterance, whatever stands beside them."""
    few: int = 4
    """Below, the whole of one content must stand in the other word for word."""
    short: int = 8
    """Below, the same speaker must be named, and half of one content stand in the other."""
    long: int = 15
    """From here on, no day is too far, if the same speaker is named."""
    days: tuple[int, int, int] = (2, 7, 60)
    """Days between the articles: below `few`, below `short`, below `long`."""
    stock: int = 5
    """So many named speakers of the same short words make them a stock phrase, of one day."""


class Said(NamedTuple):
    """A statement as it is compared."""

    number: int
    row: str
    denied: bool
    date: str | None
    speakers: tuple[Named, ...]
    words: list[str]

    @property
    def phrase(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Statements:
    """The lake's statements, and the choices that they are compared by."""

    rules: Rules = field(default_factory=Rules)
    table: str = "statements"
    columns: tuple[str, ...] = (
        "row", "id", "said", "denied", "speakers", "content_text", "date", "printed", "publisher",
    )  # fmt: skip
    kept: pa.Schema = _KEPT
    hashes: tuple[int, int, int] = (48, 4, 3)
    at_a_time: int = 100_000
    compared: tuple[str, ...] = ("number", "row", "denied", "date", "speakers", "words")

    def prepared(self, rows: pa.Table) -> pa.StructArray:
        given = {name: rows.column(name).to_pylist() for name in self.columns}
        told = [[named(s) for s in each or ()] for each in given["speakers"]]
        found = [words(text or "") for text in given["content_text"]]
        made: dict[str, Any] = {
            **{name: given[name] for name in self.columns},
            "number": [
                kinds.number(day, f"{row} {id}")
                for day, row, id in zip(given["printed"], given["row"], given["id"], strict=True)
            ],
            "folded": [" ".join(w) if len(w) >= self.rules.short else None for w in found],
            "keys": kinds.lists([_keys(w, s) for w, s in zip(found, told, strict=True)]),
            "names": [[s["name"] for s in each or () if s["name"]] for each in given["speakers"]],
            "speakers": [[s.key for s in each] for each in told],
            "words": found,
            "phrase": [" ".join(w) if len(w) < self.rules.short else None for w in found],
            "who": [max(speakers.bucket(s)) or None for s in told],
        }
        left_out = [
            len(w) < _FEWEST or not said for w, said in zip(found, given["said"], strict=True)
        ]
        return kinds.structs(made, self.kept, left_out)

    def edges(
        self, pairs: Iterable[tuple[int, int]], rows: pa.Table, stock: frozenset[str]
    ) -> Iterator[Edge]:
        known = _said(rows)
        found = (_edge(known[a], known[b], stock, self.rules) for a, b in pairs)
        return (edge for edge in found if edge is not None)

    @property
    def stock(self) -> int:
        return self.rules.stock


_ONE_DAY = 1  # for outlets of the evening and the morning after
_SAYING = 1  # days that two readers may be apart about when it was said
_FRAGMENT = 3  # words below which only the same two contents are compared
_FEWEST = 2  # words of a statement that is compared at all
_RUN, _WINDOW = 3, 2  # of one speaker: any four words in a row
_LONG_RUN, _LONG_WINDOW = 6, 4  # of anybody: any nine


def named(speaker: Mapping[str, Any]) -> Named:
    """A speaker of the lake's rows."""
    return speakers.named(speaker["name"], speaker["kind"])


def _keys(found: Sequence[str], told: Sequence[Named]) -> shingles.Hashes:
    """Buckets: what a speaker says in a few words, what anybody says in many or in these."""
    runs = shingles.winnowed(shingles.shingles(found, _RUN), _WINDOW)
    of = [np.uint64(shingles.hashed(who)) for who in sorted(speakers.bucket(told)) if who]
    keys = [shingles.mixed(runs ^ who) for who in of]
    if len(found) < _LONG_RUN + _LONG_WINDOW:
        keys.append(shingles.shingles(found, len(found)))
    if len(found) >= _LONG_RUN:
        long = shingles.shingles(found, _LONG_RUN)
        keys.append(shingles.winnowed(long, _LONG_WINDOW))
    return np.unique(np.concatenate(keys))


def _said(rows: pa.Table) -> dict[int, Said]:
    """Rows of what `prepared` gave, by number."""
    names = ("number", "row", "denied", "date", "speakers", "words")
    found: dict[int, Said] = {}
    for number, row, denied, date, keys, folded in zip(
        *(rows.column(name).to_pylist() for name in names), strict=True
    ):
        told = tuple(Named(key) for key in keys)
        each = Said(number, row, denied, date, told, folded)
        found[number] = min(found.get(number, each), each, key=lambda said: (said.row, said.words))
    return found


def _edge(a: Said, b: Said, stock: frozenset[str], rules: Rules) -> Edge | None:
    if a.row == b.row or a.denied != b.denied:
        return None
    relation = speakers.relation(a.speakers, b.speakers)
    if relation == "other" or not _may_be_near(a, b, relation, rules):
        return None
    found = overlap(a.words, b.words)
    if not _are_the_words(found, a.words, b.words, rules):
        return None
    days = _days(found.words, relation, rules)
    if stock.intersection((a.phrase, b.phrase)):
        days = _ONE_DAY if relation == "same" else -1
    elif found.words < rules.short and relation == "open" and a.words != b.words:
        days = -1
    if not _are_near(a, b, days, sure=found.words >= rules.long):
        return None
    return Edge(found.words, a.number, b.number, found.alike, days, _guest(a, b, relation, rules))


def _guest(a: Said, b: Said, relation: Relation, rules: Rules) -> int | None:
    """The one that names nobody, or a body for a person; else the one of but a few words."""
    if relation == "open":
        ranks = speakers.rank(a.speakers), speakers.rank(b.speakers)
        return None if ranks[0] == ranks[1] else min((ranks[0], a), (ranks[1], b))[1].number
    short, long = sorted((a, b), key=lambda said: len(said.words))
    is_guest = len(short.words) < min(rules.short, len(long.words))
    return short.number if is_guest else None


def _are_the_words(found: Overlap, a: Sequence[str], b: Sequence[str], rules: Rules) -> bool:
    if found.run >= rules.run and not (found.near or found.denied):
        return True
    if found.alike < rules.alike or found.clash or found.denied:
        return False
    if found.words < _FRAGMENT:
        return list(a) == list(b)
    least = min(len(a), len(b))
    if found.words < rules.few:
        return found.words == least
    return found.words >= min(rules.short, least / 2)


def _days(words: int, relation: Relation, rules: Rules) -> int | None:
    """How many days may lie between the articles; None if any number."""
    few, short, long = rules.days
    if relation == "open":
        return few if words < rules.short else short if words < rules.long else long
    if words < rules.few:
        return few
    if words < rules.short:
        return short
    return long if words < rules.long else None


def _may_be_near(a: Said, b: Said, relation: Relation, rules: Rules) -> bool:
    """Whether the days would do if all words of the shorter one were the other's."""
    days = _days(min(len(a.words), len(b.words)), relation, rules)
    return days is None or _within(a, b, days)


def _within(a: Said, b: Said, days: int) -> bool:
    gap = groups.apart(a.number, b.number)
    return gap is not None and gap <= days


def _are_near(a: Said, b: Said, days: int | None, *, sure: bool) -> bool:
    """Whether the articles are near enough, and the days of saying, where both are told."""
    if days is not None and not _within(a, b, days):
        return False
    if sure or a.date is None or b.date is None or not len(a.date) == len(b.date) == _DAY:
        return True
    return abs(Day.fromisoformat(a.date) - Day.fromisoformat(b.date)).days <= _SAYING
