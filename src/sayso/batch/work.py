"""One shard to its files in the lake, whatever its articles do to who reads them.

The files are named by the shard's key and their bytes depend on the shard alone. So it does not
matter who reads it, how often it is begun, or whether two do it at once: the same files are put
in the same places, and the entry in the manifest after them.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from sayso.batch.child import CHUNK, Job
from sayso.batch.process import Died, Pool, Process
from sayso.batch.repeated import position_of, repeated
from sayso.batch.setting import Strike
from sayso.batch.shards import Shard
from sayso.errors import SaysoError, Unreadable, WorkerError

if TYPE_CHECKING:
    import pyarrow as pa

    from sayso.lake.manifest import Entry, File, Lake

_LANES = 4
"""Processes that may read a shard together: so none is without work at the end of a run."""
_PART = 250
"""Chunks whose rows are written together: what is held of a shard, however large it is."""

Watch = Callable[[int, int, int], None]
"""Is told of articles, failures and words as they come; of what is taken back, less than none."""


def nobody(articles: int, failures: int, words: int) -> None:
    """Watches nothing: on another machine there is nobody to tell."""


def read_shard(shard: Shard, lake: "Lake", pool: Pool, watch: Watch) -> "Entry":
    """Read a shard into the lake and make it part of it.

    Raises SaysoError where it can't be read to its end or not be written; of what was written
    nothing counts then.
    """
    with _counted(watch) as count_in:
        return _read(shard, lake, pool, count_in)


@contextmanager
def _counted(watch: Watch) -> Iterator[Watch]:
    """What was counted of a shard is taken back where it fails: it will be read again."""
    so_far = Counter[str]()

    def count_in(articles: int, failures: int, words: int) -> None:
        so_far.update(articles=articles, failures=failures, words=words)
        watch(articles, failures, words)

    try:
        yield count_in
    except BaseException:
        watch(-so_far["articles"], -so_far["failures"], -so_far["words"])
        raise


def _read(shard: Shard, lake: "Lake", pool: Pool, watch: Watch) -> "Entry":
    from sayso.lake.manifest import Entry

    begun = time.monotonic()
    parts: dict[int, list[File]] = {}

    def put(part: int, spool: Spool) -> None:
        parts[part] = list(_put(spool, lake, f"{shard.key}-{part:04d}" if part else shard.key))

    together = _Together(Job(shard, repeated(shard.key, lake.store)), pool, watch, put)
    rows, spool = together.read(), together.spool
    _check_rows(shard, rows)
    files = [file for part in sorted(parts) for file in parts[part]]
    counts = Counter(articles=0, statements=0, failures=0)
    for file in files:
        counts[file.table] += file.rows
    entry = Entry(
        key=shard.key,
        files=tuple(files),
        rows=rows,
        articles=counts["articles"],
        statements=counts["statements"],
        failures=counts["failures"],
        words=spool.words,
        bytes=shard.bytes,
        seconds=round(time.monotonic() - begun, 3),
        of=shard.told(),
        replaces=shard.replaces,
    )
    lake.commit(entry)
    return entry


def _check_rows(shard: Shard, rows: int) -> None:
    if shard.rows not in (None, rows):
        raise Unreadable(
            f"{shard.named} gave {rows:,} rows and not {shard.rows:,}: it has changed since the "
            "run began, start it again"
        )


def failing(job: Job, pool: Pool) -> frozenset[int]:
    """Which of the rows that the job tries are no articles. Raises SaysoError."""
    together = _Together(job, pool, nobody)
    together.read()
    parts = together.spool.tables.get("failures", {}).values()
    return frozenset(position_of(name) for part in parts for name in part["row"].to_pylist())


@dataclass(slots=True)
class Spool:
    """What has been read of a shard, as Arrow's bytes, which take least room."""

    tables: dict[str, dict[int, "pa.Table"]] = field(default_factory=dict)
    words: int = 0

    def add(self, chunk: int, parts: dict[str, bytes]) -> tuple[int, int, int]:
        """Take over a chunk's rows; articles, failures and words in it."""
        import pyarrow as pa
        import pyarrow.compute as pc

        rows = Counter[str]()
        words = 0
        for table, data in parts.items():
            part = pa.ipc.open_stream(data).read_all()
            self.tables.setdefault(table, {})[chunk] = part
            rows[table] += part.num_rows
            if table == "articles":
                words = pc.sum(part["words"]).as_py() or 0
        self.words += words
        return rows["articles"], rows["failures"], words

    def cut_off(self, chunks: range) -> "Spool":
        """What there is of these chunks, which it then has no more."""
        return Spool(
            {
                table: {chunk: parts.pop(chunk) for chunk in chunks if chunk in parts}
                for table, parts in self.tables.items()
            }
        )

    def months(self, table: str) -> Iterator[tuple[str | None, "pa.Table"]]:
        """A table's rows by month, in the order of the months and then of the shard."""
        import pyarrow as pa
        import pyarrow.compute as pc

        parts = self.tables.get(table)
        if not parts:
            return
        whole = pa.concat_tables([parts[chunk] for chunk in sorted(parts)])
        column = whole["month"]
        for month in sorted(pc.unique(column).to_pylist(), key=lambda month: month or ""):
            chosen = pc.is_null(column) if month is None else pc.equal(column, month)
            yield month, whole.filter(chosen).drop_columns(["month"]).combine_chunks()


def _put(spool: Spool, lake: "Lake", stem: str) -> Iterator["File"]:
    from sayso.lake.files import encoded
    from sayso.lake.manifest import File
    from sayso.lake.schema import TABLES, file_name

    for table in TABLES:
        for month, rows in spool.months(table):
            data = encoded(table, rows)
            name = file_name(table, month, stem)
            lake.store.put(name, data)
            yield File(name, rows.num_rows, len(data))


Put = Callable[[int, Spool], None]
"""Takes the rows of a part of a shard, which is called by its number."""


class _Together:
    """A shard's reading by several processes, as they are free, and as often as it takes.

    `put` is given the rows of each `_PART` chunks when all of them have come; without it they
    stay in the spool.
    """

    def __init__(self, job: Job, pool: Pool, watch: Watch, put: Put | None = None) -> None:
        self.shard, self.pool, self.watch = job.shard, pool, watch
        self._job, self._put = job, put
        self._came = Counter[int]()
        self.spool = Spool()
        self.strikes: dict[int, Strike] = {}
        self.total: int | None = None
        self._chunks = count()
        self._lock = threading.Lock()
        self._error: BaseException | None = None

    def read(self) -> int:
        """How many input rows there were; their tables are in the spool."""
        helpers = [threading.Thread(target=self._help, daemon=True) for _ in range(_LANES - 1)]
        for helper in helpers:
            helper.start()
        self._help()
        for helper in helpers:
            helper.join()
        for part in sorted(self._came):
            self._write(part)
        if self._error is not None:
            raise self._error
        return self.total or 0

    def _help(self) -> None:
        try:
            _Lane(self).read()
        except BaseException as error:
            self._error = self._error or error
        self.pool.tell()

    def job(self) -> Job:
        return replace(self._job, strikes=dict(self.strikes))

    @property
    def has_failed(self) -> bool:
        return self._error is not None

    def is_enough(self) -> bool:
        return self.total is not None or self.has_failed

    def next_chunk(self) -> int:
        with self._lock:
            return next(self._chunks)

    def came(self, chunk: int, parts: dict[str, bytes]) -> None:
        part = chunk // _PART
        with self._lock:
            self.watch(*self.spool.add(chunk, parts))
            self._came[part] += 1
            whole = self._came[part] == _PART
        if whole:
            self._write(part)

    def _write(self, part: int) -> None:
        if self._put is None or self.has_failed:
            return
        with self._lock:
            del self._came[part]
            spool = self.spool.cut_off(range(part * _PART, (part + 1) * _PART))
        try:
            self._put(part, spool)
        except BaseException as error:  # it is no fault of the process that has read it
            self._error = self._error or error

    def ended(self, total: int) -> None:
        with self._lock:
            if self.total not in (None, total):
                raise WorkerError(f"{self.shard.named} has changed while it was read")
            self.total = total
        self.pool.tell()


class _Lane:
    """One process at a time, which reads some of a shard's chunks."""

    def __init__(self, together: _Together) -> None:
        self._all = together
        self._chunk: int | None = None
        self._at, self._made = 0, False
        self._suspect: int | None = None
        self._deaths = 0

    def read(self) -> None:
        while self._chunk is not None or not self._all.is_enough():
            process = self._all.pool.take(self._is_enough)
            if process is None:
                return
            whole = is_free = False
            try:
                process.begin(self._all.job())
                whole = is_free = self._read_by(process)
            except Died as death:
                self._blame(death)
            except SaysoError:  # of the shard, which it has told and is done with
                is_free = True
                raise
            finally:
                if is_free:
                    self._all.pool.give_back(process)
                else:
                    self._all.pool.drop(process)
            if whole:
                return

    def _is_enough(self) -> bool:
        return self._chunk is None and self._all.is_enough()

    def _read_by(self, process: Process) -> bool:
        """Read to the shard's end, or until others have failed: whether it was the end."""
        while True:
            if self._chunk is None and self._all.has_failed:
                return False
            chunk = self._all.next_chunk() if self._chunk is None else self._chunk
            self._chunk, self._at, self._made = chunk, chunk * CHUNK, False
            for told, *values in process.read(chunk):
                if told == "at":
                    self._at, self._made, _ = values
                elif told == "ended":
                    self._chunk = None
                    self._all.ended(values[0])
                    return True
                else:
                    self._all.came(chunk, values[1])
                    self._chunk, self._deaths = None, 0

    def _blame(self, death: Died) -> None:
        """The first time a row brings a process down may be chance: the machine's memory, say."""
        self._deaths += 1
        if self._deaths > 2 * CHUNK + 1:
            raise WorkerError(
                f"the reading process dies again and again at row {self._at + 1} of "
                f"{self._all.shard.named}"
            )
        if self._suspect == self._at:
            self._all.strikes[self._at] = Strike(death.late, self._made)
        self._suspect = self._at
