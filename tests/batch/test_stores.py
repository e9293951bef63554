"""Inputs by their address, as Daft opens them, and the cores to read them on."""

import errno
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso.batch import cores, engine, plan, records, run, stores
from sayso.batch.setting import Patience
from sayso.batch.shards import Shard
from sayso.errors import BatchError, Unreadable, UsageError, Withheld
from sayso.types import Article
from tests.batch.conftest import (
    OPTIONS,
    SETTING,
    Batch,
    a_lake,
    lake_at,
    record,
    results,
    write,
)
from tests.cli.conftest import posix


def ids(*addresses: str) -> list[object]:
    pieces = plan.pieces(plan.found(addresses), OPTIONS)
    made = [each.make() for each in records.records(Shard(tuple(pieces), ""), OPTIONS)]
    return [item.id if isinstance(item, Article) else item.error.code for item in made]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder that is taken for one of a store."""
    monkeypatch.setattr(stores, "FILES", "here://")
    (tmp_path / "inner").mkdir()
    write(tmp_path / "inner" / "b.jsonl", [record(n) for n in range(3)])
    pq.write_table(pa.Table.from_pylist([record(7), record(8)]), tmp_path / "c.parquet")
    (tmp_path / "d.txt").write_text("“No,” said Ida Marsh.", encoding="utf-8")
    (tmp_path / "e.csv").write_text("a,b", encoding="utf-8")
    write(tmp_path / "part-0", [record(5)])
    write(tmp_path / ".part-1", [record(6)])
    return f"file://{tmp_path}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", [7, 8, None, 0, 1, 2]),
        ("/**", [7, 8, None, 0, 1, 2]),
        ("/inner", [0, 1, 2]),
        ("/inner/b.jsonl", [0, 1, 2]),
        ("/*.parquet", [7, 8]),
        ("/**/*.jsonl", [0, 1, 2]),
        ("/d.txt", [None]),
        ("/part-0", [5]),
        ("/part-*", [5]),
        ("/*", [7, 8, None, "bad_record", 5]),
    ],
)
def test_addresses(name: str, expected: list[object], store: str) -> None:
    assert ids(store + name) == expected


def test_an_address_with_nothing_behind_it(store: str) -> None:
    with pytest.raises(UsageError, match="nothing to read at"):
        ids(store + "/lost/*.jsonl")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", [7, 8, None, 0, 1, 2]),
        ("/**", [7, 8, None, 0, 1, 2]),
        ("/inner", [0, 1, 2]),
        ("/**/*.jsonl", [0, 1, 2]),
        ("/inner/lake/articles", [9]),
        ("/inner/lake/articles/**/*.jsonl", [9]),
    ],
)
def test_lakes_of_a_store_are_no_input(
    name: str, expected: list[object], store: str, tmp_path: Path
) -> None:
    a_lake(tmp_path / "inner" / "lake")
    assert ids(store + name) == expected


def test_nor_are_they_to_a_pattern_that_goes_down_by_steps(store: str, tmp_path: Path) -> None:
    a_lake(tmp_path / "inner" / "lake")
    (tmp_path / "inner" / "year" / "may").mkdir(parents=True)
    write(tmp_path / "inner" / "year" / "may" / "f.jsonl", [record(4)])
    assert ids(store + "/*/*/*/*.jsonl") == [4]
    assert ids(store + "/inner/*/*/*.jsonl") == [4]


def test_a_lake_of_a_store_by_itself(store: str, tmp_path: Path) -> None:
    a_lake(tmp_path / "inner" / "lake")
    with pytest.raises(UsageError, match=r"nothing to read at .* nothing that is in a lake"):
        ids(store + "/inner/lake")


@posix
def test_a_file_is_read_once_in_however_many_runs(tmp_path: Path, batch: Batch) -> None:
    folder = tmp_path / "2026-11"
    folder.mkdir()
    path = write(folder / "in.jsonl", [record(1)])
    (tmp_path / "current").symlink_to(folder, target_is_directory=True)
    (tmp_path / "link.jsonl").symlink_to(path)
    assert batch(tmp_path / "current").new == 1
    names = [folder, tmp_path / "link.jsonl", f"file://{path}", f"file://{tmp_path}/current/"]
    assert [batch(name).new for name in names] == [0, 0, 0, 0]
    assert [row["article"]["text"] for row in results(tmp_path / "lake")] == [record(1)["text"]]


@pytest.mark.parametrize(
    ("quota", "most"), [("max 100000", 64), ("150000 100000", 2), ("5000 100000", 1), ("odd", 64)]
)
def test_cores(quota: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "cpu.max"
    file.write_text(f"{quota}\n", encoding="ascii")
    monkeypatch.setattr(cores, "_QUOTA", file)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: range(64), raising=False)
    assert cores.cores() == most


class Server(ThreadingHTTPServer):
    """A store with two pages, of which it refuses one so many times."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.refusals = 0
        self.pages = {"/a.txt": "“No,” said Ida Marsh.", "/b.txt": "“Yes,” said Thea Lindley."}

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{name}"

    def refuses(self, name: str) -> bool:
        refused = name == "/b.txt" and self.refusals > 0
        self.refusals -= refused
        return refused


class Answer(BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        self._answer(b"")

    def do_GET(self) -> None:
        self._answer(self.server.pages[self.path].encode())

    def _answer(self, body: bytes) -> None:
        refused = bool(body) and self.server.refuses(self.path)
        self.send_response(403 if refused else 206 if body else 200)
        size = 0 if refused else len(self.server.pages[self.path].encode())
        self.send_header("Content-Length", str(size))
        self.send_header("Accept-Ranges", "bytes")
        if body and not refused:
            self.send_header("Content-Range", f"bytes 0-{size - 1}/{size}")
        self.end_headers()
        if not refused:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def read_into(lake: Path, server: Server) -> run.Summary:
    setting, out = replace(SETTING, patience=Patience()), lake_at(lake)  # Daft loads for seconds
    planned = run.plan(map(server.address, server.pages), setting, out, None)
    return run.run(planned, setting, out, lambda _: None, ray=None)


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page is a shard."""
    monkeypatch.setattr("sayso.batch.shards.ROWS", 1)


@pytest.mark.usefixtures("apart")
def test_a_page_that_a_store_does_not_give_once_is_read(tmp_path: Path, server: Server) -> None:
    server.refusals = 1
    summary = read_into(tmp_path / "lake", server)
    assert (summary.articles, summary.failures) == (2, 0)


@pytest.mark.usefixtures("apart")
def test_a_page_that_a_store_does_not_give_is_no_failure_and_the_next_run_reads_it(
    tmp_path: Path, server: Server
) -> None:
    server.refusals = 1_000
    with pytest.raises(BatchError, match=r"1 of 2 shards.*/b\.txt can't be read: "):
        read_into(tmp_path / "lake", server)
    assert [row["article"]["text"] for row in results(tmp_path / "lake")] == [
        server.pages["/a.txt"]
    ]
    server.refusals = 0
    summary = read_into(tmp_path / "lake", server)
    assert (summary.new, summary.articles, summary.failures) == (1, 2, 0)


def lines(*texts: str) -> str:
    return "".join(f'{{"text": "{text}"}}\n' for text in texts)


NO = lines("“No,” said Ida Marsh.", "“No,” said Thea Lindley.")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("/c.jsonl", NO, NO * 2),
        ("/c.jsonl", NO, lines("“No,” said Ida Marsh.")),
        ("/c.jsonl", NO, NO.replace("\n", " ", 1)),
        ("/c.txt", "“No,” said Ida Marsh.", "“No,” said Ida Marsh. She left."),
    ],
    ids=["longer", "shorter", "as long, a line less", "a text"],
)
def test_what_changed_in_a_store_since_the_plan_is_not_taken(
    name: str, before: str, after: str, tmp_path: Path, server: Server
) -> None:
    setting, out = replace(SETTING, patience=Patience()), lake_at(tmp_path / "lake")
    server.pages = {name: before}
    planned = run.plan([server.address(name)], setting, out, None)
    server.pages = {name: after}
    with pytest.raises(BatchError, match=r"1 of 1 shards.*has changed since the run began"):
        run.run(planned, setting, out, lambda _: None, ray=None)
    assert not out.finished()


def test_what_changes_in_a_store_while_it_is_read_is_not_taken(server: Server) -> None:
    server.pages = {"/c.jsonl": NO}
    pieces = tuple(plan.pieces(plan.found([server.address("/c.jsonl")]), OPTIONS))
    rows = records.records(Shard(pieces, ""), OPTIONS)
    next(rows)
    server.pages = {"/c.jsonl": NO * 2}
    with pytest.raises(Unreadable, match="has changed since the run began"):
        list(rows)


def broken(_address: str) -> BinaryIO:
    raise OSError(errno.EIO, "the connection was reset")


@pytest.mark.parametrize("name", ["/d.txt", "/inner/b.jsonl", "/c.parquet"])
def test_what_a_store_does_not_give_is_withheld(
    name: str, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = tuple(plan.pieces(plan.found([store + name]), OPTIONS))
    monkeypatch.setattr(engine, "open_elsewhere", broken)
    with pytest.raises(Withheld, match="can't be read: the connection was reset"):
        [each.make() for each in records.records(Shard(pieces, ""), OPTIONS)]


def test_the_address_of_a_page_that_a_store_does_not_give_is_withheld(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it the page might be read though another of its address is."""
    (tmp_path / "page.html").write_text("<p>“No,” said Ida Marsh.", encoding="utf-8")
    pieces = tuple(plan.pieces(plan.found([f"{store}/page.html"]), OPTIONS))
    monkeypatch.setattr(engine, "open_elsewhere", broken)
    with pytest.raises(Withheld):
        list(records.addresses(Shard(pieces, ""), OPTIONS))


class BreaksOff:
    """A file as Daft opens it, whose store is gone in the middle."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()

    def read(self, size: int) -> bytes:
        if size == stores._BUFFER or self.tell() < 10:
            raise ValueError("MiscTransient\n\nCaused by the following errors:\n  1: it was reset")
        return self._file.read(size)


def test_a_parquet_file_whose_store_breaks_off_is_not_taken_for_damaged(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = tuple(plan.pieces(plan.found([f"{store}/c.parquet"]), OPTIONS))

    def opened(address: str) -> BreaksOff:
        return BreaksOff(open(address.removeprefix("file://"), "rb"))

    monkeypatch.setattr(engine, "open_elsewhere", opened)
    with pytest.raises(Withheld, match=r"c\.parquet can't be read: it was reset"):
        list(records.records(Shard(pieces, ""), OPTIONS))


@pytest.mark.parametrize(
    ("error", "number", "told"),
    [
        (ValueError("Unable\n\nCaused by:\n  1: a\n  2: 403: no"), errno.EIO, "403: no"),
        (FileNotFoundError("File s3://a/b does not exist"), errno.ENOENT, "File s3://a/b does not"),
        (OSError("no number"), errno.EIO, "no number"),
        (ValueError(), errno.EIO, "ValueError"),
        (TimeoutError(errno.ETIMEDOUT, "too late"), errno.ETIMEDOUT, "too late"),
    ],
)
def test_errors_of_stores_have_a_number_and_a_line(
    error: Exception, number: int, told: str
) -> None:
    made = stores.as_os_error(error)
    assert (made.errno, (made.strerror or "")[: len(told)]) == (number, told)
    assert "\n" not in str(made)


def test_what_a_store_says_when_it_is_asked_for_a_size_has_a_number() -> None:
    """One without is taken for damage, and all that the lake has of the file for out of date."""

    class Gone:
        def seek(self, *_: int) -> int:
            raise OSError("Generic error: 503 Service Unavailable")

    with pytest.raises(OSError, match="503") as raised:
        stores._Raw(Gone()).seek(0, 2)  # type: ignore[arg-type]
    assert raised.value.errno == errno.EIO
