"""Readings from elsewhere into a lake: a month at a time, in place of what it had of that month."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from time import monotonic

from sayso.lake.files import encoded
from sayso.lake.manifest import Entry, File, Lake
from sayso.lake.rows import Place, Row, article_row, row_name, statement_rows
from sayso.lake.schema import VERSION, file_name
from sayso.types import Reading

_ARTICLES = 1_000
"""In a file, so that few readings are held at a time."""

Named = tuple[str, Reading]
"""The key of an article where it comes from, and its reading."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a source has of a month, or of those undated, by model of the lake.

    `state` is another whenever the readings are; they are only looked at if the lake lacks them.
    """

    month: str | None
    state: str
    readings: Iterable[Named]


@dataclass(frozen=True, slots=True)
class Taken:
    """A month as it is in the lake now; `is_new` if it was not so before."""

    entry: Entry
    is_new: bool


def take(
    lake: Lake, source: str, offers: Iterable[Offer], entries: Iterable[Entry]
) -> Iterator[Taken]:
    """Make what the lake has of a source the same as what is offered, each month when it is done.

    `entries` are all of the lake, those replaced among them.

    Whoever opens the lake meanwhile finds a month as it was or as it is. Stopped at any time, the
    same again goes on from there.
    """
    before = [e for e in entries if _is_from(source, e)]
    gone = {key for entry in before for key in entry.replaces}
    stands = {entry.of["month"]: entry for entry in before if entry.key not in gone}
    kept: set[str] = set()
    for offer in offers:
        entry = stands.get(offer.month)
        is_new = entry is None or entry.of.get("state") != _state(offer)
        if entry is None or is_new:
            replaced = [e.key for e in before if e.of["month"] == offer.month]
            entry = _shard(lake, source, offer, replaced)
            lake.commit(entry)
        kept.add(entry.key)
        yield Taken(entry, is_new=is_new)
    lake.discard(entry.key for entry in before if entry.key not in kept)


def elsewhere(source: str, entries: Sequence[Entry]) -> int:
    """How many articles the lake has that came from elsewhere, by all of its entries."""
    gone = {key for entry in entries for key in entry.replaces}
    others = (e for e in entries if e.key not in gone and not _is_from(source, e))
    return sum(entry.articles for entry in others)


def _is_from(source: str, entry: Entry) -> bool:
    return entry.of.get("record") == source


def _state(offer: Offer) -> str:
    return f"{VERSION}:{offer.state}"


def _key(source: str, offer: Offer, replaced: Iterable[str]) -> str:
    """The same month in the same state is the same shard, as long as it takes the same place.

    What was changed and changed back must not take the place of what takes its place.
    """
    told = "\0".join((source, offer.month or "", _state(offer), *replaced))
    return sha256(told.encode("utf-8", "replace")).hexdigest()[:32]


def _shard(lake: Lake, source: str, offer: Offer, replaced: Sequence[str]) -> Entry:
    """All of a month put into the lake's files, and the entry that will make them part of it."""
    start, key = monotonic(), _key(source, offer, replaced)
    files: list[File] = []
    articles = statements = words = 0
    readings = iter(offer.readings)
    while part := list(islice(readings, _ARTICLES)):
        placed = [
            (reading, Place(row_name(key, articles + n), f"{source}#{name}"))
            for n, (name, reading) in enumerate(part)
        ]
        rows = {
            "articles": [article_row(*each) for each in placed],
            "statements": [row for each in placed for row in statement_rows(*each)],
        }
        files += _put(lake, rows, offer.month, f"{key}-{len(files):04d}")
        articles += len(placed)
        statements += len(rows["statements"])
        words += sum(row["words"] for row in rows["articles"])
    return Entry(
        key=key,
        files=tuple(files),
        rows=articles,
        articles=articles,
        statements=statements,
        failures=0,
        words=words,
        seconds=round(monotonic() - start, 3),
        of={"record": source, "month": offer.month, "state": _state(offer)},
        replaces=tuple(replaced),
    )


def _put(lake: Lake, rows: dict[str, list[Row]], month: str | None, stem: str) -> Iterator[File]:
    for table, given in rows.items():
        if given:
            name, data = file_name(table, month, stem), encoded(table, given)
            lake.store.put(name, data)
            yield File(name, len(given), len(data))
