"""In the reading process: shards in, rows of tables out, a frame of bytes each.

It is started by `batch.process`, has the model, and is the one that an article can bring down.
It tells which row it is at before it sets about it.
"""

import os
import pickle
import signal
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, BinaryIO, TypeVar

from sayso.batch.records import Record, records
from sayso.batch.setting import Reads, Setting, Strike
from sayso.batch.shards import Shard
from sayso.errors import (
    BadRecord,
    Crashed,
    ModelError,
    Repeated,
    SaysoError,
    Unreadable,
    Withheld,
)
from sayso.lake.rows import Place, Row, article_row, failure_row, row_name, statement_rows
from sayso.types import Article, Failure, Reading

CHUNK = 8
"""Input rows that are handed over together, and read again if one brings the process down."""
_SIZE = struct.Struct(">Q")
_GRACE = 30.0

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Job:
    """A shard to read; of its rows, the `strikes` are given up on, and the `repeated` left out.

    With `tries` nothing is read: of these rows the articles are made, and who fails is told.
    """

    shard: Shard
    repeated: frozenset[int] = frozenset()
    tries: frozenset[int] | None = None
    strikes: Mapping[int, Strike] = field(default_factory=dict)


def send(stream: BinaryIO, message: Any) -> None:
    """One frame."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_SIZE.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """The next frame. Raises EOFError where there is none."""
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        raise EOFError
    (size,) = _SIZE.unpack(head)
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return pickle.loads(data)  # noqa: S301  # the other end is ours


def main() -> None:
    """Serve until there is nobody any more to serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    commands, results = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come among the frames
    try:
        sys.path[:] = receive(commands)
        setting: Setting = receive(commands)
        _serve(setting, commands, results)
    except (EOFError, BrokenPipeError):
        os._exit(0)


def _serve(setting: Setting, commands: BinaryIO, results: BinaryIO) -> None:
    try:
        reader = _reader(setting)
    except SaysoError as error:
        send(results, ("broken", error))
        return
    _warm_up()
    _bound(setting.memory)
    send(results, ("ready",))
    while True:
        shift = _Shift(receive(commands), setting, reader, partial(_tell, results))
        try:
            shift.read(lambda: int(receive(commands)))
        except SaysoError as error:
            send(results, ("failed", error))


def _reader(setting: Setting) -> Reads:
    reader = setting.make(setting.model, setting.options.max_chars)
    if reader.model != setting.id:
        raise ModelError(
            f"the Sayso on {socket.gethostname()} reads by {reader.model}, and the lake is by "
            f"{setting.id}: all machines need the same Sayso"
        )
    return reader


def _tell(results: BinaryIO, *message: Any) -> None:
    send(results, message)


def _warm_up() -> None:
    """Load what the first article would wait for, and would be blamed for."""
    from sayso.intake.language import foreign

    foreign("The bridge is safe, said the surveyor of the county, who had walked over it.")
    _encoded("failures", [])


def _bound(memory: int) -> None:
    """Let an article that takes too much memory fail for itself, and not the whole machine."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (used + memory, most))
    except (ImportError, OSError, ValueError):  # another system, or a lower bound set from outside
        return


@dataclass(slots=True)
class _Shift:
    """The reading of those chunks of a shard that are asked for: their numbers only grow."""

    job: Job
    setting: Setting
    reader: Reads
    tell: Callable[..., None]

    def read(self, asked: Callable[[], int]) -> None:
        rows = enumerate(records(self.job.shard, self.setting.options))
        total = 0
        while True:
            first = asked() * CHUNK
            tables: dict[str, list[Row]] = {}
            for position, record in islice(rows, first + CHUNK - total):
                total = position + 1
                if position >= first and self._is_wanted(position):
                    self._add(tables, position, record)
            _alarm(0)
            if total <= first:
                self.tell("ended", total)
                return
            parts = {table: _encoded(table, some) for table, some in tables.items()}
            self.tell("rows", total - first, parts)

    def _is_wanted(self, position: int) -> bool:
        return self.job.tries is None or position in self.job.tries

    def _result(self, position: int, record: Record) -> Reading | Article | Failure:
        if position in self.job.repeated:
            error = Repeated("a page of the same address has been read before")
            return Failure(error, input=record.input, line=record.line)
        strike = self.job.strikes.get(position)
        if strike is not None and not strike.made:
            return Failure(strike.error(), input=record.input, line=record.line)
        self._at(position, made=False, seconds=self.setting.patience.seconds())
        item = _careful(record.make)
        if isinstance(item, Failure) or self.job.tries is not None:
            return item
        if strike is not None:
            return Failure(strike.error(), input=record.input, line=record.line, id=item.id)
        self._at(position, made=True, seconds=self.setting.patience.seconds(len(item.text)))
        return _careful(lambda: self.reader.attempt(item), item.id)

    def _at(self, position: int, *, made: bool, seconds: float) -> None:
        self.tell("at", position, made, seconds)
        _alarm(2 * seconds + _GRACE)

    def _add(self, tables: dict[str, list[Row]], position: int, record: Record) -> None:
        result = self._result(position, record)
        if isinstance(result, Article):  # it was tried, and can be read
            return
        place = Place(row_name(self.job.shard.key, position), record.input, record.line, record.url)
        if isinstance(result, Reading):
            try:
                article, statements = article_row(result, place), statement_rows(result, place)
            except BadRecord as error:
                result = Failure(error, id=result.article.id)
            else:
                tables.setdefault("articles", []).append(article)
                tables.setdefault("statements", []).extend(statements)
                return
        tables.setdefault("failures", []).append(failure_row(result, place))


def _careful(work: Callable[[], Result], id: str | int | float | None = None) -> Result | Failure:
    """A mistake of ours costs that article alone, and so does one that takes all the memory.

    What has changed, or can't be had now, costs the shard, which is read another time.
    """
    try:
        return work()
    except (Unreadable, Withheld):
        raise
    except MemoryError:
        return Failure(Crashed("reading it takes more memory than an article may have"), id=id)
    except RecursionError:
        return Failure(Crashed("it is nested too deep to be read"), id=id)
    except Exception as error:
        told = f"the reader has made a mistake ({type(error).__name__}): please tell us"
        return Failure(Crashed(told), id=id)


def _alarm(seconds: float) -> None:
    """The system ends this process then, should nobody else: one that hangs outlives its parent."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _encoded(table: str, rows: list[Row]) -> bytes:
    """The rows with their months, as Arrow's own bytes: nobody has to take them apart again."""
    import pyarrow as pa

    from sayso.lake.schema import TABLES, month

    date = {"articles": "date", "statements": "printed", "failures": "date"}[table]
    made = pa.Table.from_pylist(rows, TABLES[table])
    made = made.append_column("month", pa.array([month(row[date]) for row in rows], pa.string()))
    out = pa.BufferOutputStream()
    with pa.ipc.new_stream(out, made.schema) as writer:
        writer.write_table(made)
    return bytes(out.getvalue())
