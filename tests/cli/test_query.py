"""`sayso query`: what comes out, and what is said where nothing can."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.lake.manifest import Lake
from sayso.lake.store import Store
from tests.cli.conftest import Sayso, lines, posix
from tests.conftest import Python
from tests.lake.conftest import READINGS, put
from tests.record.build import MODEL


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """A lake of three articles."""
    made = Lake.create(Store(str(tmp_path / "lake")), MODEL)
    made.commit(put(made.store, "k1", READINGS))
    return tmp_path / "lake"


QUERY = "SELECT publisher, statements FROM articles WHERE month >= '2026' ORDER BY month"


def test_json_lines_into_a_pipe(sayso: Sayso, lake: Path) -> None:
    assert lines(sayso("query", lake, QUERY)) == [
        {"publisher": "The Lantern", "statements": 2},
        {"publisher": "Echo", "statements": 1},
    ]


@pytest.mark.parametrize(
    ("name", "out"),
    [
        ("csv", "publisher,statements\nThe Lantern,2\nEcho,1\n"),
        (
            "json",
            '[{"publisher": "The Lantern", "statements": 2},\n'
            ' {"publisher": "Echo", "statements": 1}]\n',
        ),
        (
            "table",
            "\n publisher     statements\n ────────────────────────\n"
            " The Lantern            2\n Echo                   1\n\n",
        ),
    ],
)
def test_formats(sayso: Sayso, lake: Path, name: str, out: str) -> None:
    assert sayso("query", lake, QUERY, "--format", name).out == out


def test_an_empty_lake(sayso: Sayso, tmp_path: Path) -> None:
    Lake.create(Store(str(tmp_path)), MODEL)
    result = sayso("query", tmp_path, "SELECT title FROM articles")
    assert (result.status, result.out) == (0, "")
    assert "is empty: nothing has been finished in it yet" in result.err


def test_no_lake(sayso: Sayso, tmp_path: Path) -> None:
    result = sayso("query", tmp_path / "none", "SELECT 1")
    assert (result.status, result.out) == (2, "")
    assert f"there is no lake at {tmp_path / 'none'}" in result.err
    assert "sayso export" in result.err


@pytest.mark.parametrize("call", [("query", "SELECT 1"), ("same",)], ids=lambda call: call[0])
def test_a_file_is_no_lake(sayso: Sayso, call: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Nothing.", encoding="utf-8")
    verb, *rest = call
    result = sayso(verb, path, *rest)
    assert (result.status, result.out) == (2, "")
    assert result.err == f"Error: {path} is a file, and a lake is a folder: name a folder\n"


def test_a_wrong_column(sayso: Sayso, lake: Path) -> None:
    result = sayso("query", lake, "SELECT speeker FROM statements")
    assert (result.status, result.out) == (2, "")
    assert 'Candidate bindings: "speakers"' in result.err


def test_a_query_in_pieces(sayso: Sayso, lake: Path) -> None:
    result = sayso("query", lake, "SELECT", "*", "FROM", "articles")
    assert result.status == 2
    assert "put it between quotation marks" in result.err


def test_no_query(sayso: Sayso, lake: Path) -> None:
    assert sayso("query", lake).status == 2


def test_without_what_it_needs(sayso: Sayso, lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.cli.lake.find_spec", lambda _name: None)
    result = sayso("query", lake, "SELECT 1")
    assert result.status == 2
    assert "pip install 'sayso[scale]'" in result.err


@posix
def test_ctrl_c_ends_a_query(lake: Path, tmp_path: Path) -> None:
    """DuckDB at work doesn't heed it by itself."""
    sql = "SELECT count(*) FROM range(10000000) AS a(i), range(10000000) AS b(j) WHERE i < j"
    code = (
        "import os, signal, sys, threading\n"
        "from sayso.cli import run; from sayso.lake import query\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler); do = query._Desk.do\n"
        "def later(*given):\n"
        "    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "    return do(*given)\n"
        "query._Desk.do = later; sys.exit(run(sys.argv[1:]))"
    )
    spills = {"TMPDIR": str(tmp_path)}
    arguments = [sys.executable, "-c", code, "query", str(lake), sql]
    done = subprocess.run(arguments, timeout=60, check=False, env=os.environ | spills)
    assert done.returncode == 130
    assert [path.name for path in tmp_path.iterdir()] == ["lake"]


@pytest.mark.parametrize("statement", ["import sayso.cli", "import sayso.lake.manifest"])
def test_the_engines_are_loaded_when_they_are_needed(statement: str, python: Python) -> None:
    loaded = python("-c", f"import sys; {statement}; print(*sys.modules)").stdout.decode().split()
    assert set(loaded).isdisjoint({"daft", "duckdb", "pyarrow"})
