"""What of a lake is finished: `lake.json` says what it holds, `_manifest/` which shards are in it.

    lake.json             {"lake": 1, "contract": 1, "model": "en-fast-4", "sayso": "0.1.0"}
    _manifest/KEY.json    one for each finished shard, written after all its files

A file of a table that no entry names is no part of the lake: a run that was killed has left it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from sayso import __version__
from sayso.errors import LakeDamaged, LakeError, LakeMismatch, LakeTooNew, NoLake
from sayso.lake.store import Store
from sayso.types import CONTRACT

LAKE = "lake.json"
FOLDER = "_manifest"
VERSION = 1
"""Of the tables and the manifest; `schema.VERSION` is the same number."""

_READERS = 16
"""Entries that are read at a time: a store elsewhere answers each after a while."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a table by its name in the lake, with its rows and bytes."""

    name: str
    rows: int
    bytes: int

    @property
    def table(self) -> str:
        return self.name.partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A finished shard: its files, and its counts, which add up over a lake.

    `rows` came in; each is an article or a failure. `bytes` were read, in `seconds` of one
    worker's time. `of` tells what the shard is, for people and for who made it. `replaces`
    names shards that are no part of the lake any more once this one is.
    """

    key: str
    files: tuple[File, ...]
    rows: int
    articles: int
    statements: int
    failures: int
    words: int
    bytes: int = 0
    seconds: float = 0.0
    of: Mapping[str, Any] = field(default_factory=dict)
    replaces: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        files = tuple(File(**file) for file in data["files"])
        return cls(**{**data, "files": files, "replaces": tuple(data["replaces"])})


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts of all finished shards."""

    shards: int = 0
    rows: int = 0
    articles: int = 0
    statements: int = 0
    failures: int = 0
    words: int = 0
    bytes: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Lake:
    """A lake that is there: what it holds is by one model, under one contract."""

    store: Store
    model: str

    @classmethod
    def create(cls, store: Store, model: str) -> Self:
        """The lake at `store`, made if there is nothing yet.

        Raises `LakeMismatch` where there is one by another model, `NoLake` where there is
        something else.
        """
        if store.exists(LAKE):
            lake = cls.open(store)
            if lake.model != model:
                raise LakeMismatch(
                    f"the lake {store} holds readings by {lake.model}, not {model}: a lake has one "
                    "model, so name another lake, or read by that model"
                )
            return lake
        if any(True for _ in store.list()):
            raise NoLake(f"{store} has files in it and is no lake: name an empty or a new folder")
        told = {"lake": VERSION, "contract": CONTRACT, "model": model, "sayso": __version__}
        store.put(LAKE, _json(told))
        return cls(store, model)

    @classmethod
    def open(cls, store: Store) -> Self:
        """The lake at `store`. Raises `NoLake`, `LakeTooNew`, `LakeDamaged`, `LakeMismatch`."""
        try:
            told = json.loads(store.read(LAKE))
            version, contract, model = told["lake"], told["contract"], told["model"]
        except FileNotFoundError as error:
            raise NoLake(
                f"there is no lake at {store}, which would have a file {LAKE}: name another, or "
                "make one with sayso batch or sayso export"
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise LakeDamaged(f"{store.path(LAKE)} is not as it was written: {error!r}") from error
        if version > VERSION:
            raise LakeTooNew(
                f"the lake {store} has tables of version {version}, this Sayso knows {VERSION}: "
                "bring Sayso up to date"
            )
        if contract != CONTRACT:
            raise LakeMismatch(
                f"the lake {store} is under contract {contract}, this Sayso reads {CONTRACT}"
            )
        return cls(store, model)

    def finished(self) -> frozenset[str]:
        """The keys of all shards that were finished, those replaced since among them."""
        return frozenset(_key(name) for name, _ in self.store.list(FOLDER))

    def entries(self, *, replaced: bool = False) -> list[Entry]:
        """The shards that are in the lake, by key; and those that others have `replaced`."""
        with ThreadPoolExecutor(_READERS) as pool:
            found = list(pool.map(self.entry, sorted(self.finished())))
        gone = set() if replaced else {key for entry in found for key in entry.replaces}
        return [entry for entry in found if entry.key not in gone]

    def entry(self, key: str) -> Entry:
        """A finished shard. Raises `LakeDamaged`."""
        name = _entry_name(key)
        try:
            return Entry.from_dict(json.loads(self.store.read(name)))
        except (FileNotFoundError, ValueError, KeyError, TypeError) as error:
            told = f"{self.store.path(name)} is not as it was written: {error!r}"
            raise LakeDamaged(f"{told}; remove it, and run again what made it") from error

    def files(self, table: str, entries: Iterable[Entry] | None = None) -> list[File]:
        """The files that are a table, by name: of these shards, by default of all in the lake."""
        chosen = self.entries() if entries is None else entries
        found = (file for entry in chosen for file in entry.files if file.table == table)
        return sorted(found, key=lambda file: file.name)

    def commit(self, entry: Entry) -> None:
        """Make a shard part of the lake; all its files must be in place.

        Raises `LakeError` if its counts don't add up.
        """
        if entry.rows != entry.articles + entry.failures:
            raise LakeError(
                f"the shard {entry.key} has {entry.rows:,} rows, and {entry.articles:,} articles "
                f"and {entry.failures:,} failures came of them"
            )
        self.store.put(_entry_name(entry.key), _json(entry.to_dict()))

    def discard(self, keys: Iterable[str]) -> None:
        """Remove finished shards from the lake, their entries before their files."""
        for key in keys:
            files = self.entry(key).files
            self.store.remove(_entry_name(key))
            for file in files:
                self.store.remove(file.name)

    def totals(self, entries: Iterable[Entry] | None = None) -> Totals:
        """The counts of these shards, by default of all in the lake."""
        chosen = self.entries() if entries is None else list(entries)
        names = ("rows", "articles", "statements", "failures", "words", "bytes", "seconds")
        sums = {name: sum(getattr(entry, name) for entry in chosen) for name in names}
        return Totals(shards=len(chosen), **sums)

    def strays(self, tables: Iterable[str]) -> Iterator[str]:
        """Files in the tables' folders that no finished shard has: leftovers of killed runs."""
        named = {file.name for entry in self.entries(replaced=True) for file in entry.files}
        for table in tables:
            yield from (n for n, _ in self.store.list(table, deep=True) if n not in named)


def is_lake(address: str) -> bool:
    """Whether a lake is at this folder or address of a store."""
    return Store(address).exists(LAKE)


def _entry_name(key: str) -> str:
    return f"{FOLDER}/{key}.json"


def _key(name: str) -> str:
    return name.removeprefix(f"{FOLDER}/").removesuffix(".json")


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
