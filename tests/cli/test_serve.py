"""`sayso serve` and `sayso demo`: what they are told, and what they tell."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso import Record
from sayso.cli.demo import _unread
from sayso.room.settings import Settings
from tests.cli.conftest import Sayso
from tests.record.build import reading


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The rooms that were opened: each is closed at once."""
    opened: list[Settings] = []

    def serve(settings: Settings, *, ready: Callable[[Settings], None]) -> None:
        opened.append(settings)
        ready(settings)

    monkeypatch.setattr("sayso.room.serving.serve", serve)
    monkeypatch.delenv("SAYSO_TOKEN", raising=False)
    return opened


def test_a_room_for_this_machine(sayso: Sayso, rooms: list[Settings], tmp_path: Path) -> None:
    result = sayso("serve", "--db", tmp_path / "a.db")
    assert result.status == 0
    assert result.err == "The reading room is at http://127.0.0.1:8765 (Ctrl-C closes it)\n"
    (room,) = rooms
    assert (room.record, room.model, room.tokens) == (tmp_path / "a.db", "en", {})


def test_elsewhere_each_has_a_token(sayso: Sayso, rooms: list[Settings]) -> None:
    people = ("--token", "Ida Marsh", "--token", "Ben Okoro=" + "b" * 20)
    result = sayso("serve", "--host", "192.0.2.7", "--port", 9000, *people)
    (room,) = rooms
    assert room.tokens["Ben Okoro"] == "b" * 20
    assert len(room.tokens["Ida Marsh"]) >= 32
    _, ida, ben = result.err.splitlines()
    assert ida == f"  Ida Marsh: http://192.0.2.7:9000/enter?token={room.tokens['Ida Marsh']}"
    assert ben == f"  Ben Okoro: http://192.0.2.7:9000/enter?token={'b' * 20}"


def test_elsewhere_a_token_is_made_if_none_was_given(
    sayso: Sayso, rooms: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.cli.serve.login", lambda: "nora")
    result = sayso("serve", "--host", "0.0.0.0")  # noqa: S104
    (room,) = rooms
    assert list(room.tokens) == ["nora"]
    assert room.tokens["nora"] in result.err


def test_tokens_from_the_environment(
    sayso: Sayso, rooms: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_TOKEN", f"Ida Marsh={'i' * 20},Ben={'b' * 20}")
    sayso("serve")
    assert rooms[0].tokens == {"Ida Marsh": "i" * 20, "Ben": "b" * 20}


def test_another_address(sayso: Sayso, rooms: list[Settings]) -> None:
    result = sayso("serve", "--url", "https://room.example", "--token", f"Ida={'i' * 20}")
    assert rooms[0].secure
    assert f"https://room.example/enter?token={'i' * 20}" in result.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--token", "Ida=short"], "16 characters"),
        (["--token", "=" + "i" * 20], "names nobody"),
        (["--token", "Ida", "--token", "Ida"], "two tokens"),
        (["--url", "room.example"], "no address of a room"),
        (["--port", "70000"], "70000"),
        (["--model", "absent"], "no model 'absent'"),
    ],
)
def test_wrong_calls(sayso: Sayso, rooms: list[Settings], arguments: list[str], told: str) -> None:
    result = sayso("serve", *arguments)
    assert result.status == 2
    assert told in result.err
    assert rooms == []


def test_what_is_missing_is_told(
    sayso: Sayso, rooms: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.cli.serve.find_spec", lambda name: None)
    result = sayso("serve")
    assert result.status == 2
    assert "pip install 'sayso[room]'" in result.err


def test_a_port_that_is_taken(sayso: Sayso, tmp_path: Path) -> None:
    from sayso.room.serving import listening

    with listening("127.0.0.1", 0) as bound:
        result = sayso("serve", "--db", tmp_path / "a.db", "--port", bound.getsockname()[1])
    assert result.status == 1
    assert "choose one by --port" in result.err


def test_a_file_that_is_no_record(sayso: Sayso, tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("no record, but a text")
    result = sayso("serve", "--db", tmp_path / "a.db", "--port", 0)
    assert result.status == 2
    assert "no record" in result.err


# ---- demo


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that were run instead of being run."""
    calls: list[list[str]] = []

    def run(call: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        calls.append(call)
        return subprocess.CompletedProcess(call, 0)

    monkeypatch.setattr("sayso.cli.demo.subprocess.run", run)
    return calls


def test_the_demo_s_help_has_one_default(sayso: Sayso) -> None:
    told = sayso("demo", "--help").out
    assert "demo.db" in told
    assert "record.db" not in told


def test_the_demo_reads_and_opens(
    sayso: Sayso, rooms: list[Settings], added: list[list[str]], tmp_path: Path
) -> None:
    result = sayso("demo", "--db", tmp_path / "demo.db", "--no-open", "--model", "en-fast")
    assert result.status == 0
    ((_, _, _, verb, reports, *rest),) = added
    assert (verb, Path(reports).name) == ("add", "reports.jsonl")
    assert rest == ["--db", str(tmp_path / "demo.db"), "--model", "en-fast", "--quiet"]
    assert rooms[0].record == tmp_path / "demo.db"
    assert rooms[0].demo
    assert "Reading twelve reports" in result.err


def test_the_demo_fails_as_reading_does(
    sayso: Sayso, rooms: list[Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: subprocess.CompletedProcess[bytes] = subprocess.CompletedProcess([], 1)
    monkeypatch.setattr("sayso.cli.demo.subprocess.run", lambda *_, **__: failed)
    result = sayso("demo", "--db", tmp_path / "demo.db", "--no-open")
    assert result.status == 1
    assert "could not be read" in result.err
    assert rooms == []


def test_what_the_demo_has_read_is_read_once(tmp_path: Path) -> None:
    reports, record = tmp_path / "reports.jsonl", tmp_path / "demo.db"
    reports.write_text('{"text": "The bridge is safe, said Ida Marsh."}\n', encoding="utf-8")
    assert _unread(reports, record, "hand-1")
    with Record(record) as kept:
        kept.add(reading("The bridge is safe, said Ida Marsh.", model="hand-1"))
    assert not _unread(reports, record, "hand-1")
    assert _unread(reports, record, "hand-2")


@pytest.mark.parametrize(
    ("arguments", "screen", "opens"),
    [([], True, True), (["--no-open"], True, False), ([], False, False)],
)
def test_a_browser_is_opened_where_there_is_one(
    sayso: Sayso,
    rooms: list[Settings],
    added: list[list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    screen: bool,
    opens: bool,
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("webbrowser.open", shown.append)
    monkeypatch.setattr("threading.Thread.start", lambda thread: thread.run())
    monkeypatch.setattr("sayso.cli.serve._has_screen", lambda: screen)
    sayso("demo", "--db", tmp_path / "demo.db", *arguments)
    assert shown == (["http://127.0.0.1:8765"] if opens else [])
