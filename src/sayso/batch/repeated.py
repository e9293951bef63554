"""Pages of one address: the first of the plan that is an article is read, later ones are failures.

What is first must not hang on who reads faster, nor on where a run was broken off. So the
addresses are listed before anything is read. Of an address that comes again each page but the last
is tried then: made into an article, and not read. One that is none, the beginning of a report
behind a paywall, say, leaves the address to the next. What is decided of a shard is kept in the
lake, `_manifest/addresses/KEY.npy`, written in the order of the plan, so that a run that is broken
off while it decides goes on as if it had not been.

Of an address 64 bits are kept. With ten million of them, one in 400,000 such crawls has a page that
is taken for another's copy; a list takes 14 bytes an address.
"""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from sayso.batch.child import Job
from sayso.batch.records import addresses
from sayso.batch.setting import Setting
from sayso.batch.shards import Shard
from sayso.errors import Repeated
from sayso.intake import sources

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sayso.lake.manifest import Lake
    from sayso.lake.store import Store

    Rows = NDArray[np.void]
    Numbers = NDArray[np.uint64]
    Flags = NDArray[np.bool_]

_FOLDER = "_manifest/addresses"
_READERS = 16
_COLUMNS = [("position", "<i4"), ("address", "<u8"), ("repeated", "?"), ("fails", "?")]

T = TypeVar("T")
Told = tuple[str, T | None, str | None]
"""A shard's key, and what was found out of it, or why that could not be."""

Listing = Callable[[Sequence[Shard]], Iterator[Told[bytes]]]
"""Lists shards, wherever: what `listed` gives of each."""
Trying = Callable[[Sequence[Job]], Iterator[Told[frozenset[int]]]]
"""Tries rows of shards, wherever: which of them fail."""

Unsure = tuple["Numbers", str]
"""Addresses of which can't be told now whether they have a page that can be read, and why."""


def has_addresses(shard: Shard) -> bool:
    """Whether any of its rows may be a page that another shard has too."""
    return any(
        piece.kind == "warc" or sources.ending(piece.name) in sources.PAGES
        for piece in shard.pieces
    )


def listed(shard: Shard, setting: Setting) -> bytes:
    """The shard's addresses, as `decide` takes them."""
    import numpy as np

    rows = [(n, _number(address), False, False) for n, address in addresses(shard, setting.options)]
    return _bytes(np.array(rows, dtype=_COLUMNS))


def decide(
    shards: Iterable[Shard], lake: "Lake", stale: Set[str], listing: Listing, trying: Trying
) -> dict[str, str]:
    """Settle which rows of these shards, given in the order of the plan, are repeated.

    What was settled once stays so: a run that goes on reads what an unbroken one would have. The
    `stale` shards of the lake keep no address: these are to take their place.

    The keys of shards of which it can't be told now, and why: they must not be read.
    """
    paged = [shard for shard in shards if has_addresses(shard)]
    known = {_key(name) for name, _ in lake.store.list(_FOLDER)}
    new = [shard for shard in paged if shard.key not in known]
    if not new:
        return {}
    lists, undecided = _lists(new, listing)
    chosen = [(shard, lists[shard.key]) for shard in new if shard.key in lists]
    here = [shard for shard in paged if shard.key in known]
    in_lake = (known & lake.finished()) - stale - {shard.key for shard in here}
    wanted = _unique(rows["address"] for _, rows in chosen)
    taken, unsure = _taken(lake, here, in_lake, wanted, trying)
    undecided |= _waiting(chosen, unsure)
    chosen = [(shard, rows) for shard, rows in chosen if shard.key not in undecided]
    undecided |= _try(chosen, taken, trying)
    chosen = [(shard, rows) for shard, rows in chosen if shard.key not in undecided]
    _keep([rows for _, rows in chosen], taken)
    for shard, rows in chosen:
        lake.store.put(_name(shard.key), _bytes(rows))
    return undecided


def _lists(shards: Sequence[Shard], listing: Listing) -> tuple[dict[str, "Rows"], dict[str, str]]:
    """What each shard has of addresses, or why that can't be told."""
    lists: dict[str, Rows] = {}
    errors = {shard.key: f"the addresses of {shard.named} can't be listed" for shard in shards}
    for key, data, error in listing(shards):
        if data is None:
            errors[key] = error or errors[key]
        else:
            lists[key] = _array(data)
            del errors[key]
    return lists, errors


def repeated(key: str, store: "Store") -> frozenset[int]:
    """The rows of a shard whose pages are read in others, or further up in it."""
    try:
        rows = _array(store.read(_name(key)))
    except FileNotFoundError:
        return frozenset()
    return frozenset(rows["position"][rows["repeated"]].tolist())


def pass_on(key: str, to: str, places: Mapping[int, int], store: "Store") -> None:
    """Have what was decided of a shard's rows stand for the shard that they are put into.

    `places` are where they were, and where they are.
    """
    import numpy as np

    try:
        rows = _array(store.read(_name(key)))
    except FileNotFoundError:
        return
    kept = rows[np.isin(rows["position"], list(places))]
    kept["position"] = [places[position] for position in kept["position"].tolist()]
    store.put(_name(to), _bytes(kept))


def forget(lake: "Lake") -> None:
    """Remove what was decided of shards that are not in the lake. None may be about to come."""
    finished = lake.finished()
    for name in [name for name, _ in lake.store.list(_FOLDER) if _key(name) not in finished]:
        lake.store.remove(name)


def position_of(row: str) -> int:
    """The position in its shard of a row of the lake."""
    return int(row.rpartition("-")[2])


# ---- who has an address


def _taken(
    lake: "Lake", here: Sequence[Shard], in_lake: Set[str], wanted: "Numbers", trying: Trying
) -> tuple["Numbers", list[Unsure]]:
    """The `wanted` addresses that have a page which can be read, by what was decided of earlier.

    Of pages in the lake their reading has told; those of shards `here`, which a run that was ended
    has left to be read, are tried. Where one can't be tried now, its addresses are unsure.
    """
    kept = {
        key: rows[~rows["repeated"] & ~rows["fails"] & _among(rows["address"], wanted)]
        for key, rows in _decided(lake.store, sorted(in_lake | {shard.key for shard in here}))
    }
    asked = [shard for shard in here if len(kept[shard.key])]
    jobs = [Job(s, tries=frozenset(kept[s.key]["position"].tolist())) for s in asked]
    failing, untried = _tried(jobs, trying)
    failing |= {key: _failed(lake, key) for key in in_lake if len(kept[key])}
    taken = _unique(
        _without(rows, failing.get(key, frozenset()))
        for key, rows in kept.items()
        if key not in untried
    )
    left = {key: kept[key]["address"] for key in untried}
    return taken, [(left[key][~_among(left[key], taken)], why) for key, why in untried.items()]


def _waiting(
    chosen: Sequence[tuple[Shard, "Rows"]], unsure: Sequence[Unsure]
) -> Iterator[tuple[str, str]]:
    """The keys of shards that have an address which is unsure, and why it is."""
    for numbers, why in unsure:
        wanted = _unique([numbers])
        yield from ((s.key, why) for s, rows in chosen if _among(rows["address"], wanted).any())


def _tried(jobs: Sequence[Job], trying: Trying) -> tuple[dict[str, frozenset[int]], dict[str, str]]:
    """Which rows fail, by shard; and of which shards that can't be told now, and why."""
    failing: dict[str, frozenset[int]] = {}
    untried = {job.shard.key: f"the pages of {job.shard.named} can't be tried" for job in jobs}
    for key, failed, error in trying(jobs) if jobs else ():
        if error is not None or failed is None:
            untried[key] = error or untried[key]
        else:
            failing[key] = failed
            del untried[key]
    return failing, untried


def _without(rows: "Rows", failing: Set[int]) -> "Numbers":
    import numpy as np

    numbers: Numbers = rows["address"][~np.isin(rows["position"], sorted(failing))]
    return numbers


def _unique(arrays: Iterable["Numbers"]) -> "Numbers":
    import numpy as np

    return np.unique(_joined(list(arrays)))


def _decided(store: "Store", keys: Sequence[str]) -> Iterator[tuple[str, "Rows"]]:
    """What was decided of these shards; a store elsewhere answers each after a while."""
    with ThreadPoolExecutor(_READERS) as pool:
        yield from zip(
            keys, pool.map(lambda key: _array(store.read(_name(key))), keys), strict=True
        )


def _failed(lake: "Lake", key: str) -> frozenset[int]:
    """The rows of a finished shard that gave no article, for another reason than their address."""
    from sayso.lake.reading import rows

    files = lake.files("failures", [lake.entry(key)])
    failures = (row for file in files for row in rows(lake.store, file.name))
    return frozenset(position_of(r["row"]) for r in failures if r["code"] != Repeated.code)


def _try(
    chosen: Sequence[tuple[Shard, "Rows"]], taken: "Numbers", trying: Trying
) -> dict[str, str]:
    """Find out which pages fail of those that others follow.

    The keys of shards of which it can't be told now, and why.
    """
    import numpy as np

    lists = [rows for _, rows in chosen]
    asked = _split(_followed(_joined([rows["address"] for rows in lists]), taken), lists)
    jobs = [
        Job(shard, tries=frozenset(rows["position"][some].tolist()))
        for (shard, rows), some in zip(chosen, asked, strict=True)
        if some.any()
    ]
    failing, untried = _tried(jobs, trying)
    for shard, rows in chosen:
        if shard.key in failing:
            rows["fails"] = np.isin(rows["position"], sorted(failing[shard.key]))
    return untried


def _followed(numbers: "Numbers", taken: "Numbers") -> "Flags":
    """The rows whose address is nobody's yet and comes again further down."""
    import numpy as np

    at = np.arange(len(numbers))
    values, of = np.unique(numbers, return_inverse=True)
    last = np.zeros(len(values), np.int64)
    np.maximum.at(last, of, at)
    followed: Flags = (at < last[of]) & ~_among(numbers, taken)
    return followed


def _keep(lists: Sequence["Rows"], taken: "Numbers") -> None:
    """Give each address to the first row that doesn't fail, else to the last."""
    import numpy as np

    numbers = _joined([rows["address"] for rows in lists])
    fails = np.concatenate([rows["fails"] for rows in lists] or [np.zeros(0, bool)])
    many = len(numbers)
    at = np.arange(many)
    rank = np.where(fails, 2 * many - at, at)  # who fails comes after all others, the last first
    values, of = np.unique(numbers, return_inverse=True)
    best = np.full(len(values), 2 * many, np.int64)
    np.minimum.at(best, of, rank)
    keeper = np.where(best < many, best, 2 * many - best)[of]
    repeated = (at > keeper) | _among(numbers, taken)
    for rows, some in zip(lists, _split(repeated, lists), strict=True):
        rows["repeated"] = some
        rows["fails"] &= ~some


def _among(numbers: "Numbers", wanted: "Numbers") -> "Flags":
    """Which of the numbers are in a sorted array."""
    import numpy as np

    if not len(wanted):
        return np.zeros(len(numbers), bool)
    at = np.minimum(np.searchsorted(wanted, numbers), len(wanted) - 1)
    found: Flags = wanted[at] == numbers
    return found


def _joined(arrays: Sequence["Numbers"]) -> "Numbers":
    import numpy as np

    return np.concatenate(arrays) if arrays else np.zeros(0, np.uint64)


def _split(flags: "Flags", lists: Sequence["Rows"]) -> list["Flags"]:
    """What `_joined` has joined, list by list."""
    import numpy as np

    if not lists:
        return []
    return np.split(flags, np.cumsum([len(rows) for rows in lists])[:-1])


# ---- files


def _name(key: str) -> str:
    return f"{_FOLDER}/{key}.npy"


def _key(name: str) -> str:
    return name.removeprefix(f"{_FOLDER}/").removesuffix(".npy")


def _number(address: str) -> int:
    data = address.encode("utf-8", errors="replace")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")


def _bytes(rows: "Rows") -> bytes:
    import numpy as np

    out = io.BytesIO()
    np.save(out, rows, allow_pickle=False)
    return out.getvalue()


def _array(data: bytes) -> "Rows":
    import numpy as np

    rows: Rows = np.load(io.BytesIO(data), allow_pickle=False)
    return rows
