"""Output that can't be written, or may not be."""

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import Sayso, posix
from tests.conftest import Python

full_disk = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="needs the always full device /dev/full, as on Linux"
)
FAKE = ("-m", "tests.cli.fake")
RECORD = '{"text": "“The bridge is safe,” said Ida Marsh, the county surveyor."}\n'.encode()


def test_no_overwriting_without_force(sayso: Sayso, story: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.jsonl"
    old.write_text("old", encoding="utf-8")
    result = sayso("read", story, "--model", "absent", "--out", old)
    assert (result.status, old.read_text(encoding="utf-8")) == (2, "old")
    assert (
        result.err == f"Error: {old} is there already: add --force to replace it, or name another\n"
    )


def test_force(sayso: Sayso, story: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.jsonl"
    old.write_text("old", encoding="utf-8")
    assert sayso("read", story, "--out", old, "--force").status == 0
    assert old.read_text(encoding="utf-8").startswith('{"contract": 1')


@posix
def test_force_keeps_links_and_permissions(sayso: Sayso, story: Path, tmp_path: Path) -> None:
    old, link = tmp_path / "old.jsonl", tmp_path / "link.jsonl"
    old.write_text("old", encoding="utf-8")
    old.chmod(0o640)
    link.symlink_to(old)
    assert sayso("read", story, "--out", link, "--force").status == 0
    assert link.is_symlink()
    assert old.stat().st_mode & 0o777 == 0o640
    assert old.read_text(encoding="utf-8").startswith('{"contract": 1')


def test_a_failure_leaves_the_old_file_and_nothing_else(
    sayso: Sayso, story: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    old = folder / "old.jsonl"
    old.write_text("old", encoding="utf-8")
    assert sayso("read", story, "--model", "absent", "--out", old, "--force").status == 1
    assert [p.read_text(encoding="utf-8") for p in folder.iterdir()] == ["old"]


def test_a_folder_that_is_not_there(sayso: Sayso, story: Path, tmp_path: Path) -> None:
    out = tmp_path / "none" / "a.jsonl"
    result = sayso("read", story, "--out", out)
    assert (result.status, result.err) == (
        1,
        f"Error: can't write {out}: No such file or directory\n",
    )


@full_disk
@pytest.mark.parametrize("command", [["schema"], ["read", "-"]])
def test_a_full_disk(command: list[str], python: Python) -> None:
    with open("/dev/full", "wb") as full:
        run = python(*FAKE, *command, input=RECORD, stdout=full)
    assert run.stderr == b"Error: can't write standard output: No space left on device\n"
    assert run.returncode == 1


@full_disk
def test_help_onto_a_full_disk(python: Python) -> None:
    with open("/dev/full", "wb") as full:
        run = python(*FAKE, "--help", stdout=full)
    assert run.stderr == b"Error: [Errno 28] No space left on device\n"
    assert run.returncode == 1


@posix
def test_a_disk_that_fills_up_leaves_the_old_file(python: Python, tmp_path: Path) -> None:
    old = tmp_path / "old.jsonl"
    old.write_text("old", encoding="utf-8")
    limited = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "runpy.run_module('tests.cli.fake', run_name='__main__')"
    )
    run = python("-c", limited, "read", "-", "--out", str(old), "--force", input=RECORD * 10)
    assert run.stderr == f"Error: can't write {old}: File too large\n".encode()
    assert run.returncode == 1
    assert [p.read_text(encoding="utf-8") for p in tmp_path.iterdir()] == ["old"]


def without_stream(number: int) -> str:
    """Code that starts another interpreter with one of its standard streams closed."""
    start = "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    return f"import os, sys; os.close({number}); {start}"


@posix
def test_standard_output_that_is_closed(python: Python) -> None:
    run = python("-c", without_stream(1), *FAKE, "schema")
    assert run.stderr == b"Error: can't write standard output: it is closed\n"
    assert run.returncode == 1


@posix
def test_standard_input_that_is_closed(python: Python) -> None:
    run = python("-c", without_stream(0), *FAKE, "read", "-")
    assert b"standard input is closed" in run.stdout
    assert run.returncode == 1


def test_a_closed_pipe_ends_it_quietly(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_bytes(RECORD * 20_000)
    with started("read", str(corpus)) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b'{"contract": 1')
        process.stdout.close()
        assert process.wait(60) == 141
        assert process.stderr is not None
        assert process.stderr.read() == b""


@posix
def test_an_interrupt_ends_it_quietly_and_articles_stream() -> None:
    """The first line comes while the input is still open."""
    with started("read", "-") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(RECORD)
        process.stdin.flush()
        assert process.stdout.readline().startswith(b'{"contract": 1')
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stderr is not None
        assert process.stderr.read().strip() == b""


@posix
def test_an_interrupt_leaves_no_half_file(tmp_path: Path) -> None:
    with started("read", "-", "--out", str(tmp_path / "new.jsonl")) as process:
        assert process.stdin is not None
        process.stdin.write(RECORD)
        process.stdin.flush()
        while not any(p.stat().st_size for p in tmp_path.iterdir()):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
    assert list(tmp_path.iterdir()) == []


def started(*arguments: str) -> "subprocess.Popen[bytes]":
    """The command with all its streams in our hands, and interrupts not ignored."""
    pipe = subprocess.PIPE
    command = [sys.executable, *FAKE, *arguments]
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL) if os.name == "posix" else None
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=heed)


def test_output_is_utf8_with_plain_newlines_whatever_the_locale(python: Python) -> None:
    environment = os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    run = python(*FAKE, "read", "-", "--format", "markdown", input=RECORD, env=environment)
    assert "“The bridge is safe,”".encode() in run.stdout
    assert b"\r" not in run.stdout


@posix
@pytest.mark.parametrize(("setting", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_a_table(setting: dict[str, str], coloured: bool, python: Python) -> None:
    import pty

    ours, theirs = pty.openpty()
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    environment = kept | {"TERM": "xterm-256color", "COLUMNS": "80"} | setting
    run = python(*FAKE, "read", "-", input=RECORD, stdout=theirs, env=environment)
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert run.returncode == 0
    assert "What was said" in shown
    assert ("\x1b[" in shown) is coloured
