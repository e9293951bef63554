"""`sayso add`: what is stored, told and counted."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sayso import Record
from tests.cli.conftest import STORY, Sayso, posix


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the record is, by the environment."""
    path = tmp_path / "desk.db"
    monkeypatch.setenv("SAYSO_DB", str(path))
    return path


def test_what_is_stored_is_told(sayso: Sayso, corpus: Path, desk: Path) -> None:
    result = sayso("add", corpus)
    first, bad, same = map(json.loads, result.out.splitlines())
    with Record(desk) as record:
        assert record.stats().articles == 1
        key = record.db.execute("SELECT key FROM article").fetchone()["key"]
    assert first == {"id": 1, "article": key, "outcome": "new", "statements": 1}
    assert bad["error"]["code"] == "bad_record"
    assert same == {"id": 3, "article": key, "outcome": "known", "statements": 1}
    assert result.err.endswith("; 1 new, 1 known\n")
    assert result.err.startswith("2 articles, 2 statements, 1 failed")
    assert result.status == 1


def test_again_nothing_is_read(
    sayso: Sayso, story: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sayso("add", story).status == 0
    monkeypatch.delattr("tests.cli.fake.FakeReader.read")
    result = sayso("add", story)
    assert (result.status, json.loads(result.out)["outcome"]) == (0, "known")


def test_what_an_article_is_told_to_be(sayso: Sayso, story: Path, desk: Path) -> None:
    sayso("add", story, "--title", "Safe", "--date", "2026-03-12", "--publisher", "The Lantern")
    with Record(desk) as record:
        row = record.db.execute("SELECT title, published, outlet FROM article").fetchone()
    assert tuple(row) == ("Safe", "2026-03-12", "The Lantern")


def test_db_wins_over_the_environment(
    sayso: Sayso, story: Path, desk: Path, tmp_path: Path
) -> None:
    sayso("add", story, "--db", tmp_path / "other.db")
    assert not desk.exists()
    assert (tmp_path / "other.db").exists()


def test_the_default_place(
    sayso: Sayso, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAYSO_DB", raising=False)
    monkeypatch.setattr("sayso.cli.record.default_path", lambda: tmp_path / "data" / "record.db")
    assert sayso("add", story).status == 0
    assert (tmp_path / "data" / "record.db").exists()


def test_quiet(sayso: Sayso, story: Path, desk: Path) -> None:
    assert sayso("add", story, "--quiet").err == ""


def test_nothing_to_add(sayso: Sayso, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    result = sayso("add")
    assert result.status == 2
    assert not desk.exists()


def test_an_unknown_model(sayso: Sayso, story: Path, desk: Path) -> None:
    result = sayso("add", story, "--model", "absent")
    assert (result.status, result.out) == (2, "")
    assert result.err == "Error: no model absent: there is fake-1\n"
    assert not desk.exists()


def test_a_file_that_is_no_record(sayso: Sayso, story: Path, tmp_path: Path) -> None:
    result = sayso("add", story, "--db", story)
    assert result.status == 2
    assert "is no record" in result.err
    assert story.read_text(encoding="utf-8") == STORY


def test_in_a_terminal(
    sayso: Sayso, story: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    result = sayso("add", story, story.with_name("none.txt"), "--title", "Safe\x1b[2J")
    stored, failed = result.out.splitlines()
    assert stored[16:] == "  new, 2 statements: Safe␛[2J"
    assert "none.txt: " in failed


def _heeding() -> None:
    """A shell has what it starts in the background ignore Ctrl-C, tests and all that they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@posix
def test_stopped_halfway(tmp_path: Path) -> None:
    """What was told as stored is stored, and the counts are told all the same."""
    desk = tmp_path / "desk.db"
    command = [sys.executable, "-m", "tests.cli.fake", "add", "--db", str(desk)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=_heeding
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        line = '{"text": "“The bridge is safe,” said Ida Marsh, the county surveyor."}\n'
        process.stdin.write(line.encode() * 2)
        process.stdin.flush()
        told = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"1 new" in err
    with Record(desk) as record:
        assert record.article(told["article"])
        assert list(record.fsck()) == []


def test_the_day_of_an_article_that_is_there_stays(sayso: Sayso, story: Path, desk: Path) -> None:
    sayso("add", story, "--date", "2026-11-20")
    again = sayso("add", story, "--date", "2026-10-02", "--title", "Bridge", "--quiet")
    (told,) = map(json.loads, again.out.splitlines())
    note = f"{told['article'][:8]}: already here, printed 2026-11-20: its day was not changed\n"
    assert (told["outcome"], again.err) == ("updated", note)
    with Record(desk) as record:
        kept = record.reading(told["article"]).article
        assert (kept.title, kept.date) == ("Bridge", "2026-11-20")
    assert sayso("add", story, "--date", "2026-10-02", "--quiet").err == note
    assert sayso("add", story, "--quiet").err == ""


def test_twice_in_one_run_with_another_day(sayso: Sayso, tmp_path: Path, desk: Path) -> None:
    days = ("2026-11-20", "2026-10-02")
    path = tmp_path / "two.jsonl"
    rows = [json.dumps({"text": "“Yes.”", "date": day}) + "\n" for day in days]
    path.write_text("".join(rows), encoding="utf-8")
    result = sayso("add", path, "--quiet")
    assert [json.loads(line)["outcome"] for line in result.out.splitlines()] == ["new", "known"]
    assert "printed 2026-11-20: its day was not changed" in result.err
