"""The server itself: what it binds, how long it waits, how it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, active_count
from urllib.request import urlopen

import httpx
import pytest

from sayso import CantListen
from sayso.room import serving
from sayso.room.serving import listening
from sayso.room.settings import Settings
from tests.cli.conftest import posix
from tests.room.served import served


def test_a_port_that_is_taken() -> None:
    with listening("127.0.0.1", 0) as bound:
        port = bound.getsockname()[1]
        with pytest.raises(CantListen, match=f"port {port} is taken"):
            listening("127.0.0.1", port)


def test_an_address_of_another_machine() -> None:
    with pytest.raises(CantListen, match=r"192\.0\.2\.1 is no address of this machine"):
        listening("192.0.2.1", 0)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1"])
def test_this_machine_alone_reaches_it(host: str) -> None:
    with listening(host, 0) as bound:
        assert bound.getsockname()[0] == "127.0.0.1"


def test_who_says_nothing_is_let_go(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_PATIENCE", 0.1)
    for begun in (b"", b"GET /name HTTP/1.1\r\nHost: a\r\nX-Slow"):
        with served(settings) as room, socket.create_connection(("127.0.0.1", room.port), 20) as c:
            c.sendall(begun)
            assert c.recv(1_000) == b""


def test_who_stays_for_another_request_may(settings: Settings) -> None:
    with served(settings) as room, socket.create_connection(("127.0.0.1", room.port), 20) as c:
        for _ in range(3):
            c.sendall(f"HEAD /name HTTP/1.1\r\nHost: {room.host}\r\n\r\n".encode())
            assert c.recv(10_000).startswith(b"HTTP/1.1 200")


def test_who_is_idle_is_let_go_but_not_before_programs_let_go(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = httpx.Limits().keepalive_expiry
    assert theirs is not None
    assert theirs < serving._IDLE
    monkeypatch.setattr(serving, "_IDLE", 0.1)
    with served(settings) as room, socket.create_connection(("127.0.0.1", room.port), 20) as c:
        c.sendall(f"HEAD /name HTTP/1.1\r\nHost: {room.host}\r\n\r\n".encode())
        assert c.recv(10_000).startswith(b"HTTP/1.1 200")
        assert c.recv(1_000) == b""


def test_connections_are_bounded(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_CONNECTIONS", 2)
    with served(settings) as room:
        held = [socket.create_connection(("127.0.0.1", room.port), 20) for _ in range(2)]
        time_out = time.monotonic() + 20
        while (answer := room.send(b"")).status != 503 and time.monotonic() < time_out:
            pass
        for each in held:
            each.close()
    assert answer.status == 503
    assert "content-security-policy" in answer.headers


# ---- the command


@contextmanager
def opened(*arguments: str | Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """`sayso serve` with a record, and the address that it tells."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sayso", "serve", "--model", "en-fast", "--port", "0", *arguments],
        stderr=subprocess.PIPE,
        start_new_session=os.name == "posix",
    )
    try:
        assert process.stderr is not None
        told = process.stderr.readline().decode()
        yield process, told.split(" is at ")[1].split()[0]
    finally:
        process.kill()
        process.communicate()


@posix
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to(record_path: Path, sent: signal.Signals) -> None:
    with opened("--db", record_path) as (process, address):
        assert urlopen(f"{address}/name").status == 200  # noqa: S310 (our own)
        os.killpg(process.pid, sent)  # as a terminal does: to the worker too
        _, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert err == b""


@posix
def test_its_worker_ends_though_it_is_killed(record_path: Path) -> None:
    with opened("--db", record_path) as (process, _):
        end = time.monotonic() + 30
        while len(children(process.pid)) < 2 and time.monotonic() < end:
            time.sleep(0.05)
        left = children(process.pid)
        process.kill()
        process.wait()
        while any(map(alive, left)) and time.monotonic() < end:
            time.sleep(0.05)
    assert left
    assert not any(map(alive, left))


def children(process: int) -> list[int]:
    told = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process)],  # noqa: S607
        capture_output=True,
        check=False,
    )
    return [int(pid) for pid in told.stdout.split()]


def alive(process: int) -> bool:
    told = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)],  # noqa: S607
        capture_output=True,
        check=False,
    )
    return told.stdout.strip()[:1] not in (b"", b"Z")


class Library:
    """A C library that counts what it is asked for."""

    def __init__(self) -> None:
        self.trimmed, self.asked = Event(), 0

    def mallopt(self, setting: int, value: int) -> None:
        assert (setting, value) == (-8, 2)

    def malloc_trim(self, pad: int) -> None:
        assert pad == 0
        self.asked += 1
        self.trimmed.set()


def test_memory_is_given_back_while_the_room_is_open_and_not_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library = Library()
    monkeypatch.setattr(serving, "_TENDED", 0.001)
    monkeypatch.setattr("ctypes.CDLL", lambda name: library)
    with serving._lean():
        assert library.trimmed.wait(10)
    asked = library.asked
    time.sleep(0.02)
    assert library.asked == asked


def test_another_c_library_keeps_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda name: object())
    before = active_count()
    with serving._lean():
        assert active_count() == before
