"""Pages of one address: the first in the order of the plan is read, the others are failures.

What is first must not hang on who reads faster, nor on where a run was broken off. So the
addresses are listed before anything is read, and what is decided of a shard is kept in the lake,
`_manifest/addresses/KEY.npy`, where later runs find what has been read already.

Of an address 64 bits are kept. With ten million of them, one in 400,000 such crawls has a page that
is taken for another's copy; a list takes 13 bytes an address.
"""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sayso.batch.records import addresses
from sayso.batch.setting import Setting
from sayso.batch.shards import Shard
from sayso.intake import sources

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sayso.lake.manifest import Lake
    from sayso.lake.store import Store

_FOLDER = "_manifest/addresses"
_COLUMNS = [("position", "<i4"), ("address", "<u8"), ("repeated", "?")]

Listing = Callable[[Sequence[Shard]], Iterator[tuple[str, bytes]]]
"""Lists shards, wherever: their keys, and what `listed` gives of each."""


def has_addresses(shard: Shard) -> bool:
    """Whether any of its rows may be a page that another shard has too."""
    return any(
        piece.kind == "warc" or sources.ending(piece.address) in sources.PAGES
        for piece in shard.pieces
    )


def listed(shard: Shard, setting: Setting) -> bytes:
    """The shard's addresses, as `decide` takes them."""
    import numpy as np

    rows = [(n, _number(address), False) for n, address in addresses(shard, setting.options)]
    return _bytes(np.array(rows, dtype=_COLUMNS))


def decide(shards: Iterable[Shard], lake: "Lake", listing: Listing) -> None:
    """Settle which rows of these shards, given in the order of the plan, are repeated.

    What was settled once stays so: a run that goes on reads what an unbroken one would have.
    """
    known = {name for name, _ in lake.store.list(_FOLDER)}
    new = [shard for shard in shards if has_addresses(shard) and _name(shard.key) not in known]
    if not new:
        return
    import numpy as np

    lists = {key: _array(data) for key, data in listing(new)}
    chosen = [shard for shard in new if shard.key in lists]  # the others' reading tells why
    ends = np.cumsum([len(lists[shard.key]) for shard in chosen])
    numbers = np.concatenate([lists[shard.key]["address"] for shard in chosen] or [_none()])
    repeated = np.ones(len(numbers), bool)
    repeated[np.unique(numbers, return_index=True)[1]] = False
    repeated |= np.isin(numbers, _earlier(lake.store, sorted(known)))
    parts = np.split(repeated, ends[:-1])
    for shard, part in zip(chosen, parts, strict=True):
        lists[shard.key]["repeated"] = part
        lake.store.put(_name(shard.key), _bytes(lists[shard.key]))


def repeated(key: str, store: "Store") -> frozenset[int]:
    """The rows of a shard whose pages are read in others, or further up in it."""
    try:
        rows = _array(store.read(_name(key)))
    except FileNotFoundError:
        return frozenset()
    return frozenset(rows["position"][rows["repeated"]].tolist())


def _earlier(store: "Store", names: Sequence[str]) -> "NDArray[np.uint64]":
    import numpy as np

    arrays = (_array(store.read(name)) for name in names)
    return np.concatenate([a["address"][~a["repeated"]] for a in arrays] or [_none()])


def _name(key: str) -> str:
    return f"{_FOLDER}/{key}.npy"


def _number(address: str) -> int:
    data = address.encode("utf-8", errors="replace")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")


def _none() -> "NDArray[np.uint64]":
    import numpy as np

    return np.zeros(0, np.uint64)


def _bytes(rows: "NDArray[np.void]") -> bytes:
    import numpy as np

    out = io.BytesIO()
    np.save(out, rows, allow_pickle=False)
    return out.getvalue()


def _array(data: bytes) -> "NDArray[np.void]":
    import numpy as np

    rows: NDArray[np.void] = np.load(io.BytesIO(data), allow_pickle=False)
    return rows
