"""`sayso reread`, `forget`, `fsck`, `backup` and `stats`."""

import json
from pathlib import Path
from typing import Any

import pytest

from sayso import Record
from tests.cli.conftest import Sayso
from tests.record.build import Said, reading


@pytest.fixture
def desk(sayso: Sayso, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record that holds the story; `SAYSO_DB` names it."""
    path = tmp_path / "desk.db"
    monkeypatch.setenv("SAYSO_DB", str(path))
    sayso("add", story, "--date", "2026-03-12", "--publisher", "The Lantern", "--title", "Safe")
    return path


@pytest.fixture
def key(desk: Path) -> str:
    with Record(desk) as record:
        return str(record.db.execute("SELECT key FROM article").fetchone()["key"])


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_reread(sayso: Sayso, desk: Path, key: str) -> None:
    result = sayso("reread", "--model", "fake-2")
    assert lines(result.out) == [
        {
            "article": key,
            "model_before": "fake-1",
            "model": "fake-2",
            "same": 2,
            "speakers": 0,
            "bounds": 0,
            "new": 0,
            "gone": 0,
            "orphans": 0,
        }
    ]
    assert result.err == "1 article, 2 the same; 0 left\n"
    assert result.status == 0
    assert sayso("reread", "--model", "fake-2", "--quiet").out == ""


@pytest.mark.parametrize("verb", ["reread", "fsck", "stats"])
def test_no_record(sayso: Sayso, verb: str, tmp_path: Path) -> None:
    result = sayso(verb, "--db", tmp_path / "none.db")
    assert result.status == 2
    assert "there is no record at" in result.err
    assert not (tmp_path / "none.db").exists()


def test_forget_an_article(sayso: Sayso, desk: Path, key: str) -> None:
    listed = sayso("forget", key[:8])
    assert (listed.status, listed.out) == (0, f"{key}  2026-03-12, The Lantern, Safe\n")
    assert "1 article to be removed: add --yes" in listed.err
    result = sayso("forget", key[:8], "--yes")
    assert result.out.splitlines()[0] == f"forgotten: {key}"
    assert result.status == 0
    assert b"bridge" not in desk.read_bytes()


def test_forget_a_name_lists_first(sayso: Sayso, desk: Path, key: str) -> None:
    result = sayso("forget", "Ida Marsh")
    assert result.out == f"{key}  2026-03-12, The Lantern, Safe\n"
    assert "--yes" in result.err
    assert json.loads(sayso("stats").out)["articles"] == 1
    assert sayso("forget", "Ida Marsh", "--yes").status == 0
    assert json.loads(sayso("stats").out)["articles"] == 0


def test_forget_a_name_tells_whose_other_statements_go(sayso: Sayso, desk: Path) -> None:
    with Record(desk) as record:
        said = [
            Said(content="“No,”", by=["Ida Marsh", "Ben Okoro"]),
            *(Said(content=word, by="Imelda Cray") for word in ("“Yes,”", "“Perhaps,”")),
            Said(content="“So,”", by="Tom Vale"),
        ]
        record.add(reading("“No,” “Yes,” “Perhaps,” “So,” they said.", said, date="2026-03-13"))
    told = sayso("forget", "Ida Marsh").out.splitlines()
    assert told[0].endswith("Safe")
    begins = "““No,” “Yes,” “Perhaps,” “So,” they said.”"
    also = f"2026-03-13, {begins}, with 2 statements by Imelda Cray, 1 statement by Tom Vale"
    assert told[1].endswith(also)


def test_forget_tells_where_the_name_stays(sayso: Sayso, desk: Path) -> None:
    with Record(desk) as record:
        said = [Said(content="“No,”", by="Marsh")]
        bare = record.add(reading("“No,” said Marsh.", said)).key
    stays = f"still in the record: Marsh, in article {bare}\n"
    assert sayso("forget", "Ida Marsh").err.startswith(stays)
    assert sayso("forget", "Ida Marsh", "--yes").out.endswith(stays)


def test_forget_what_is_not_there(sayso: Sayso, desk: Path) -> None:
    result = sayso("forget", "Tom Okoro", "--yes")
    assert result.status == 2
    assert "nobody of that name speaks" in result.err


def test_forget_tells_of_backups(sayso: Sayso, desk: Path, key: str, tmp_path: Path) -> None:
    made = sayso("backup", tmp_path / "copy.db")
    assert (made.status, made.out) == (0, "")
    assert made.err.startswith(f"{tmp_path / 'copy.db'}: 1 article, 0.")
    assert f"still in the backup {tmp_path / 'copy.db'}\n" in sayso("forget", key, "--yes").out


def test_fsck(sayso: Sayso, desk: Path) -> None:
    result = sayso("fsck")
    assert (result.status, result.out, result.err) == (0, "", "clean\n")


def test_fsck_finds_a_flipped_character(sayso: Sayso, desk: Path, key: str) -> None:
    content = desk.read_bytes()
    assert content.count("bridge is safe,”".encode()) == 1
    desk.write_bytes(content.replace("bridge is safe,”".encode(), "bridge is sage,”".encode()))
    result = sayso("fsck")
    (damage,) = lines(result.out)
    assert (damage["part"], damage["where"]) == ("text", key)
    assert "add it again" in damage["remedy"]
    assert (result.status, result.err) == (1, "damaged\n")


def test_fsck_repairs(sayso: Sayso, desk: Path) -> None:
    with Record(desk) as record:
        record.db.execute("DELETE FROM speaker")
    assert sayso("fsck").status == 1
    result = sayso("fsck", "--repair")
    assert (result.status, result.out) == (0, "")
    assert result.err == "made anew what is derived from 1 article\nclean\n"


def test_fsck_of_a_file_without_its_beginning(sayso: Sayso, desk: Path) -> None:
    desk.write_bytes(b"\x00" * 100 + desk.read_bytes()[100:])
    assert sayso("fsck").status == 1


def test_fsck_does_not_send_to_fsck(sayso: Sayso, desk: Path) -> None:
    desk.write_bytes(desk.read_bytes()[:100] + b"\xff" * 4000 + desk.read_bytes()[4100:])
    result = sayso("fsck")
    assert result.status == 1
    assert "see sayso fsck" not in result.err + result.out


@pytest.mark.parametrize("verb", ["stats", "reread", "fsck"])
def test_an_empty_file_stays_empty(sayso: Sayso, verb: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    result = sayso(verb, "--db", path)
    assert result.status == 2
    assert "is empty: make a record with sayso add" in result.err
    assert path.read_bytes() == b""


def test_backup_replaces_nothing_unasked(sayso: Sayso, desk: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_bytes(b"old")
    assert sayso("backup", target).status == 2
    assert target.read_bytes() == b"old"
    assert sayso("backup", target, "--force").status == 0
    assert sayso("fsck", "--db", target).status == 0
    assert sayso("backup", desk, "--force").status == 2
    assert sayso("backup", tmp_path / "none" / "copy.db").status == 1


def test_stats(sayso: Sayso, desk: Path) -> None:
    found = json.loads(sayso("stats").out)
    assert (found["articles"], found["statements"], found["first"]) == (1, 2, "2026-03-12")


def test_stats_in_a_terminal(sayso: Sayso, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    out = sayso("stats").out
    assert "articles     1\n" in out
    assert "models       fake-1 1\n" in out
