"""What inputs are cut into: every row once, lines with their own numbers, the same each time."""

import gzip
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import Failure
from sayso.batch import plan, records, stores
from sayso.batch.repeated import has_addresses
from sayso.batch.shards import Piece, Shard, packed, reading
from sayso.errors import BatchError, UsageError
from sayso.intake import Options, articles
from tests.batch.conftest import OPTIONS, a_lake, record, write
from tests.cli.conftest import posix
from tests.intake import warcs


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards of 5 rows or 500 bytes."""
    for module in ("plan", "shards"):
        monkeypatch.setattr(f"sayso.batch.{module}.ROWS", 5)
        monkeypatch.setattr(f"sayso.batch.{module}.BYTES", 500)


def pieces(*inputs: Path, options: Options = OPTIONS) -> list[Piece]:
    return list(plan.pieces(plan.found(str(path) for path in inputs), options))


def told(found: Sequence[Piece]) -> list[dict[str, Any]]:
    """What the pieces' rows come to, without a reader."""
    shard = Shard(tuple(found), reading(OPTIONS))
    made = (each.make() for each in records.records(shard, OPTIONS))
    return [m.to_dict() | {"id": m.id} for m in made]


def by_sayso(*inputs: Path) -> list[dict[str, Any]]:
    made = articles([str(path) for path in inputs], OPTIONS)
    return [m.to_dict() | {"id": m.id} for m in made]


LINES = [
    b'{"id": 1, "text": "It was said."}',
    b"",
    b"   \t\r",
    b'{"id": 2, "te',
    b'{"id": 3}',
    b'{"id": "4", "text": "So it was.", "date": "2026-13-01"}',
    b"\xff\xfe broken",
    b"[1, 2]",
    b'{"id": 5, "text": "' + b"A long report of no great interest. " * 30 + b'"}\r',
    b'{"text": null}',
    b"\0",
    b'{"id": 6, "text": "Es ist ein langer Satz in deutscher Sprache, den niemand gesagt hat."}',
]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("begin", [b"", b"\xef\xbb\xbf", b"\n\n"])
@pytest.mark.parametrize("end", [b"", b"\n", b"\n\n \n"])
def test_lines_are_read_as_sayso_read_reads_them(begin: bytes, end: bytes, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(begin + b"\n".join(LINES * 4) + end)
    found = pieces(path)
    assert len(found) > 8
    assert all(piece.kind == "lines" and (piece.rows or 9) <= 5 for piece in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert told(found) == by_sayso(path)
    assert sum(piece.rows or 0 for piece in found) == len(told(found))


@pytest.mark.usefixtures("small")
@given(st.lists(st.sampled_from([*LINES, b"\n", b" " * 700, b"x" * 700])), st.booleans())
def test_any_lines(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], bom: bool) -> None:
    path = tmp_path_factory.mktemp("any") / "in.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" * bom + b"\n".join(lines))
    assert told(pieces(path)) == by_sayso(path)


def test_a_line_that_is_too_long(tmp_path: Path) -> None:
    options = Options(max_chars=10)
    path = tmp_path / "in.jsonl"
    long = b'{"text": "' + b"a" * 1_100_000 + b'"}'
    path.write_bytes(b'{"text": "b"}\n' + long + b'\n{"text": "c"}')
    shard = Shard(tuple(pieces(path, options=options)), reading(options))
    made = [each.make() for each in records.records(shard, options)]
    assert [m.error.code if isinstance(m, Failure) else m.text for m in made] == [
        "b",
        "too_long",
        "c",
    ]


@pytest.mark.parametrize(
    "data", [b"", b"\n \n", b"\xef\xbb\xbf", '{"text": "a"}\n'.encode("utf-16")]
)
def test_a_file_without_records_is_one_failure(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(data)
    assert told(pieces(path)) == by_sayso(path)
    assert len(told(pieces(path))) == 1


def test_a_folder_is_read_as_sayso_read_reads_it(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "b.txt").write_text("“No,” said Ida Marsh.", encoding="utf-8")
    (tmp_path / "inner" / "a.md").write_text("“Yes,” said Ida Marsh.", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("Nothing.", encoding="utf-8")
    (tmp_path / "c.html").write_text("<html><body><p>Nothing.</p></body></html>", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "lost")
    write(tmp_path / "d.jsonl", [record(1), record(2)])
    found = pieces(tmp_path)
    assert told(found) == by_sayso(tmp_path)
    assert len(list(packed(found, ""))) == 1


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", [record(1)])
    assert len(pieces(path, path, tmp_path)) == 1


@posix
def test_whatever_leads_to_a_file_it_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", [record(1)])
    (tmp_path / "link.jsonl").symlink_to(path)
    (tmp_path / "folder").symlink_to(tmp_path, target_is_directory=True)
    names = [path, tmp_path / "link.jsonl", tmp_path / "folder" / "in.jsonl"]
    assert len(list(plan.found([*map(str, names), f"file://{path}"]))) == 1


def test_an_address_is_where_the_file_lies_and_the_name_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path.resolve() / "in.jsonl", [record(1)])
    monkeypatch.chdir(tmp_path)
    for name in ("in.jsonl", str(path), f"file://{path}"):
        (file,) = plan.found([name])
        assert (file.address, file.name) == (os.path.abspath(path), name)


@posix
def test_what_a_link_leads_to_is_known_by_the_ending_of_the_link(tmp_path: Path) -> None:
    """As where files are kept by their hash, and linked to by their names."""
    lines = write(tmp_path / "1f", [record(1)])
    page = tmp_path / "2a"
    page.write_bytes(warcs.page().encode())
    (archive,) = packed_warcs(tmp_path, 1)
    archive.rename(tmp_path / "3c")
    folder = tmp_path / "named"
    folder.mkdir()
    for name, blob in [("a.txt", lines), ("b.html", page), ("c.warc.gz", tmp_path / "3c")]:
        (folder / name).symlink_to(blob)
    found = pieces(folder)
    assert [piece.kind for piece in found] == ["file", "file", "warc"]
    assert told(found) == by_sayso(folder)
    assert [has_addresses(Shard((piece,), "")) for piece in found] == [False, True, True]


def test_lakes_are_no_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in.jsonl", [record(1)])
    lake = a_lake(tmp_path / "lake-fast")
    (tmp_path / "inner").mkdir()
    write(tmp_path / "inner" / "b.jsonl", [record(2)])
    a_lake(tmp_path / "inner" / "lake")
    monkeypatch.chdir(tmp_path)
    for name in (".", f"{tmp_path}/", "*", "**", "./**/*.jsonl", f"{tmp_path}/*"):
        names = [Path(file.name).name for file in plan.found([name], "lake-en")]
        assert sorted(names) == ["b.jsonl", "in.jsonl"], name
    for name in ("lake-fast/articles", "lake-fast/articles/*", str(lake / "articles/all.jsonl")):
        assert len(list(plan.found([name], "lake-en"))) == 1, name
    for name in ("lake-fast", "lake-f*"):
        with pytest.raises(UsageError, match="nothing that is in a lake"):
            list(plan.found([name], "lake-en"))


def test_a_file_that_is_gone_when_it_is_cut_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", [record(1)])
    found = list(plan.found([str(path)]))
    path.unlink()
    with pytest.raises(BatchError, match=r"in\.jsonl can't be read: No such file"):
        list(plan.pieces(found, OPTIONS))


class Slow:
    """A store on which each file is opened after a while, some later than those behind them."""

    def __init__(self, files: int) -> None:
        self.seconds = {f"{n:02}.warc.gz": (files - n) % 5 / 50 for n in range(files)}
        self.now = self.most = 0
        self._open, self._lock = stores.opened, threading.Lock()

    def opened(self, address: str) -> BinaryIO:
        self._add(1)
        time.sleep(0.01 + self.seconds[Path(address).name])
        self._add(-1)
        return self._open(address.removeprefix("file://"))

    def _add(self, some: int) -> None:
        with self._lock:
            self.now += some
            self.most = max(self.most, self.now)


def packed_warcs(folder: Path, files: int) -> list[Path]:
    """Each with a member for each of its records, one more than the file before."""
    member = gzip.compress(warcs.record(warcs.answer(warcs.page().encode())))
    paths = [folder / f"{n:02}.warc.gz" for n in range(files)]
    for n, path in enumerate(paths):
        path.write_bytes(member * (n + 1))
    return paths


@pytest.mark.usefixtures("small")
def test_files_of_stores_are_looked_through_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = packed_warcs(tmp_path, 24)
    cuts = [(piece.name, piece.start, piece.end) for piece in pieces(*paths)]
    assert len(cuts) > len(paths)
    slow = Slow(24)
    monkeypatch.setattr(stores, "opened", slow.opened)
    names = [str(path) if n == 9 else f"file://{path}" for n, path in enumerate(paths)]
    found = [
        stores.Found(name, str(p), p.stat().st_size) for name, p in zip(names, paths, strict=True)
    ]
    assert [(p.name, p.start, p.end) for p in plan.pieces(found, OPTIONS)] == cuts
    assert 4 < slow.most <= 17  # sixteen, and the one of this machine


def test_who_has_enough_does_not_wait_for_other_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = packed_warcs(tmp_path, 4)
    gone = threading.Event()

    def opened(address: str) -> BinaryIO:
        assert address.endswith("00.warc.gz") or gone.wait(60)
        return open(address.removeprefix("file://"), "rb")

    monkeypatch.setattr(stores, "opened", opened)
    found = [stores.Found(f"file://{path}", str(path), path.stat().st_size) for path in paths]
    stretches = plan.pieces(iter(found), OPTIONS)
    assert next(iter(stretches)).name == str(paths[0])
    begun = time.monotonic()
    del stretches
    assert time.monotonic() - begun < 30
    gone.set()


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("-", "no standard input"),
        ("lost.jsonl", "no file or folder"),
        ("*.nothing", "nothing matches"),
        ("https://news.example/story", "sayso read reads pages"),
        ("gopher://news.example/a.jsonl", "no way to gopher"),
    ],
)
def test_what_names_nothing_is_a_wrong_call(name: str, advice: str) -> None:
    with pytest.raises(UsageError, match=advice):
        list(plan.found([name]))


def test_an_empty_folder_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file to read"):
        list(plan.found([str(tmp_path)]))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("group", [3, 7, 100])
def test_parquet_is_cut_at_rows(group: int, tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    pq.write_table(pa.Table.from_pylist([record(n) for n in range(23)]), path, row_group_size=group)
    found = pieces(path)
    assert [each["id"] for each in told(found)] == list(range(23))
    assert all((piece.rows or 9) <= 5 for piece in found)
    rows = [each.line for p in found for each in records.records(Shard((p,), ""), OPTIONS)]
    assert rows == list(range(1, 24))


@pytest.mark.parametrize("data", [b"", b"PAR1 and no more", b"PAR1" + bytes(99) + b"PAR1"])
def test_a_damaged_parquet_file_is_one_failure(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    path.write_bytes(data)
    (failure,) = told(pieces(path))
    assert failure["error"]["code"] == "unreadable"


def test_a_parquet_file_that_is_damaged_inside_loses_no_row(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    rows = [record(n, f"{n} " * 500) for n in range(20)]
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=10, compression="zstd")
    data = bytearray(path.read_bytes())
    start = pq.read_metadata(path).row_group(1).column(1).data_page_offset
    data[start : start + 200] = bytes(200)
    path.write_bytes(data)
    results = told(pieces(path))
    assert len(results) == 20
    assert {each["error"]["code"] for each in results if "error" in each} == {"unreadable"}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("rows", [1, 4, 5, 6, 11, 99])
def test_a_limit_takes_the_first_rows(rows: int, tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{name}.jsonl", [record(n) for n in range(7)]) for name in "ab"]
    found = list(plan.limited(iter(pieces(*paths)), rows, OPTIONS))
    assert told(found) == by_sayso(*paths)[:rows]
    assert sum(piece.rows or 0 for piece in found) == min(rows, 14)


def test_keys_tell_everything_apart_that_gives_other_rows(tmp_path: Path) -> None:
    def key(path: Path, options: Options = OPTIONS, rows: int = 9) -> str:
        found = plan.limited(iter(pieces(path)), rows, options)
        return next(packed(found, reading(options))).key

    first = write(tmp_path / "a.jsonl", [record(1), record(2)])
    second = write(tmp_path / "b.jsonl", [record(1), record(2)])
    keys = [key(first), key(second), key(first, replace(OPTIONS, text_field="body"))]
    keys += [key(first, replace(OPTIONS, publisher="Courier")), key(first, rows=1)]
    assert key(first, replace(OPTIONS, allow_private=True)) == keys[0]
    write(first, [record(1), record(3), record(4)])
    keys.append(key(first))
    assert len(set(keys)) == 6
