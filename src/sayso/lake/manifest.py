"""What of a lake is finished: `lake.json` says what it holds, `_manifest/` which shards are in it.

    lake.json             {"lake": 1, "contract": 1, "model": "en-fast-6", "sayso": "0.1.0"}
    _manifest/KEY.json    one for each finished shard, written after all its files
    _manifest/all.jsonl   copies of many of these, for whoever opens the lake

A file of a table that no entry names is no part of the lake: a run that was killed has left it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, Self

import msgspec

from sayso import __version__
from sayso.errors import LakeDamaged, LakeError, LakeMismatch, LakeTooNew, NoLake
from sayso.lake.store import Store
from sayso.types import CONTRACT

LAKE = "lake.json"
FOLDER = "_manifest"
VERSION = 1
"""Of the tables and the manifest; `schema.VERSION` is the same number."""

_COPIES = f"{FOLDER}/all.jsonl"
_MANY = 200
"""Entries from which on there is a file of copies: one that is read quicker than they."""
_READERS = 16
"""Entries that are read at a time: a store elsewhere answers each after a while."""

_Mark = tuple[str, int]
"""An entry's key and the bytes of its file: a copy of another size is of an earlier one."""


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
        check_free(store)
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
            _check_folder(store)
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
        return frozenset(key for key, _ in self._marks())

    def entries(self, *, replaced: bool = False) -> list[Entry]:
        """The shards that are in the lake, by key; and those that others have `replaced`."""
        found = list(self._marked().values())
        gone = set() if replaced else {key for entry in found for key in entry.replaces}
        return [entry for entry in found if entry.key not in gone]

    @contextmanager
    def unchanged(self, entries: Iterable[Entry]) -> Iterator[None]:
        """For reading files of these shards: a file that is gone is no damage if its shard is too.

        Raises `LakeError` then.
        """
        try:
            yield
        except LakeDamaged as error:
            if {entry.key for entry in entries} <= self.finished():
                raise
            told = f"{error.message}: the lake was changed meanwhile, so do it again"
            raise LakeError(told) from error

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
        """Remove finished shards from the lake, their entries before their files.

        Runs end with this: of the entries that stay, if they are many, copies are made.
        """
        for key in keys:
            files = self.entry(key).files
            self.store.remove(_entry_name(key))
            for file in files:
                self.store.remove(file.name)
        self._copy()

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

    # ---- entries, and copies of them

    def _marks(self) -> list[_Mark]:
        found = self.store.list(FOLDER)
        return [(_key(name), size) for name, size in found if name.endswith(_ENDING)]

    def _marked(self) -> dict[_Mark, Entry]:
        """All entries, by key. One that goes while they are read has made way for another."""
        known = self._copies()
        while True:
            marks = self._marks()
            new = [mark for mark in marks if known.get(mark) is None]
            known |= zip(new, self._read(new), strict=True)
            found = {mark: entry for mark in marks if (entry := known[mark]) is not None}
            if len(found) == len(marks):
                return found

    def _read(self, marks: Sequence[_Mark]) -> list[Entry | None]:
        if self.store.is_local:  # where readers would but wait for one another
            return [self._entry_of(mark) for mark in marks]
        with ThreadPoolExecutor(_READERS) as pool:
            return list(pool.map(self._entry_of, marks))

    def _entry_of(self, mark: _Mark) -> Entry | None:
        try:
            return self.entry(mark[0])
        except LakeDamaged:
            if self.store.exists(_entry_name(mark[0])):
                raise
            return None

    def _copies(self) -> dict[_Mark, Entry | None]:
        """Entries as they were when copies were made; those that stand are in the folder too."""
        try:
            lines = msgspec.json.Decoder(tuple[int, Entry]).decode_lines(self.store.read(_COPIES))
        except (FileNotFoundError, ValueError, msgspec.MsgspecError):
            return {}  # the entries themselves are read instead
        return {(entry.key, size): entry for size, entry in lines}

    def _copy(self) -> None:
        entries = self._marked()
        if len(entries) >= _MANY and entries.keys() != self._copies().keys():
            lines = (_line([size, entry.to_dict()]) for (_, size), entry in entries.items())
            self.store.put(_COPIES, b"".join(lines))


def is_lake(address: str) -> bool:
    """Whether a lake is at this folder or address of a store."""
    return Store(address).exists(LAKE)


def check_free(store: Store) -> None:
    """That a lake can be made here. Raises `NoLake` where there is something else."""
    _check_folder(store)
    if not store.is_empty():
        raise NoLake(f"{store} has files in it and is no lake: name an empty or a new folder")


def _check_folder(store: Store) -> None:
    if store.exists(""):
        raise NoLake(f"{store} is a file, and a lake is a folder: name a folder")


_ENDING = ".json"


def _entry_name(key: str) -> str:
    return f"{FOLDER}/{key}{_ENDING}"


def _key(name: str) -> str:
    return name.removeprefix(f"{FOLDER}/").removesuffix(_ENDING)


def _line(value: Any) -> bytes:
    """A copy; none of an entry that names a file whose name is no UTF-8: it is read by itself."""
    try:
        return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    except UnicodeEncodeError:
        return b""


def _json(value: Mapping[str, Any]) -> bytes:
    try:
        return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
    except UnicodeEncodeError:  # a file may have any bytes for a name
        return (json.dumps(value, indent=1) + "\n").encode()
