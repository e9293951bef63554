"""When two articles are copies of one: whole, cut, under another headline, with another start."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from sayso.lake.same import groups, kinds, shingles
from sayso.lake.same.groups import Edge
from sayso.record.folding import fold
from sayso.record.folding import words as folded_words

_KEPT = pa.schema(
    [
        ("number", pa.uint64()),
        ("folded", pa.string()),
        ("keys", pa.list_(pa.uint64())),
        ("row", pa.string()),
        ("printed", pa.string()),
        ("publisher", pa.string()),
        ("title", pa.string()),
        ("url", pa.string()),
        ("words", pa.int32()),
        ("runs", pa.list_(pa.uint64())),
        ("facts", pa.list_(pa.uint64())),
    ]
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What makes a copy; chosen on made sets (docs/same.md)."""

    shared: float = 0.5
    """The part of the shorter one's runs of words that must stand in the longer."""
    of_both: float = 0.15
    """The part of all runs of both that they must share: a brief is no copy of a round-up."""
    facts: float = 0.5
    """The part of the shorter one's names and numbers that must stand in the longer: reports
    from one template (of markets, matches, trials) have all but these in common."""
    days: int = 31
    """Days between them, and over which a chain of copies may reach."""


class Printed(NamedTuple):
    """An article as it is compared."""

    number: int
    row: str
    runs: shingles.Hashes
    facts: shingles.Hashes


@dataclass(frozen=True)
class Articles:
    """The lake's articles, and the choices that they are compared by."""

    rules: Rules = field(default_factory=Rules)
    table: str = "articles"
    columns: tuple[str, ...] = ("row", "title", "date", "url", "publisher", "text")
    kept: pa.Schema = _KEPT
    hashes: tuple[int, int, int] = (60, 3, 6)
    stock: int = 0
    at_a_time: int = 20_000
    compared: tuple[str, ...] = ("number", "row", "runs", "facts")

    def prepared(self, rows: pa.Table) -> pa.StructArray:
        given = {name: rows.column(name).to_pylist() for name in self.columns}
        found = [folded_words(text or "") for text in given["text"]]
        runs = [shingles.shingles(each, _RUN) for each in found]
        made: dict[str, Any] = {
            **{name: given[name] for name in ("row", "publisher", "title", "url")},
            "printed": given["date"],
            "number": [kinds.number(*of) for of in zip(given["date"], given["row"], strict=True)],
            "folded": [" ".join(each) for each in found],
            "keys": kinds.lists([shingles.winnowed(each, _WINDOW) for each in runs]),
            "words": [len(each) for each in found],
            "runs": kinds.lists([np.unique(each) for each in runs]),
            "facts": kinds.lists([_facts(text or "") for text in given["text"]]),
        }
        return kinds.structs(made, self.kept, [len(each) < _FEWEST for each in found])

    def edges(
        self, pairs: Iterable[tuple[int, int]], rows: pa.Table, stock: frozenset[str]
    ) -> Iterator[Edge]:
        known = _printed(rows)
        found = (_edge(known[a], known[b], self.rules) for a, b in pairs)
        return (edge for edge in found if edge is not None)


_FACT = re.compile(r"\d+|(?<=[a-z,;:’'] )[A-Z][^\W\d_]+")
_RUN = 6  # words
_WINDOW = 40  # runs: whatever 45 words in a row two articles share, they share a key
_FEWEST = 20  # words of an article that is compared at all


def _facts(text: str) -> shingles.Hashes:
    """Hashes of its numbers, and of words in capitals that no sentence begins with."""
    return np.unique(shingles.shingles([fold(word) for word in _FACT.findall(text)], 1))


def _printed(rows: pa.Table) -> dict[int, Printed]:
    """Rows of what `prepared` gave, by number."""
    found: dict[int, Printed] = {}
    numbers, names = (rows.column(name).to_pylist() for name in ("number", "row"))
    hashes = (rows.column(name) for name in ("runs", "facts"))
    for number, row, *lists in zip(numbers, names, *hashes, strict=True):
        each = Printed(number, row, *(np.asarray(each.values, np.uint64) for each in lists))
        if number not in found or row < found[number].row:
            found[number] = each
    return found


def _edge(x: Printed, y: Printed, rules: Rules) -> Edge | None:
    gap = groups.apart(x.number, y.number)
    if gap is not None and gap > rules.days:
        return None
    common = _common(x.runs, y.runs)
    of_both = common / (len(x.runs) + len(y.runs) - common)
    if common < rules.shared * min(len(x.runs), len(y.runs)) or of_both < rules.of_both:
        return None
    if _common(x.facts, y.facts) < rules.facts * min(len(x.facts), len(y.facts)):
        return None
    return Edge(common, x.number, y.number, of_both, rules.days)


def _common(a: shingles.Hashes, b: shingles.Hashes) -> int:
    return len(np.intersect1d(a, b, assume_unique=True))
