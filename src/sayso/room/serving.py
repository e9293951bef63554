"""The room on a socket: bound, served until it is told to end, and quiet about it."""

import asyncio
import ctypes
import errno
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import Any

import h11
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from sayso.errors import CantListen
from sayso.room.app import application, prepare
from sayso.room.protection import HEADERS
from sayso.room.reading import Worker
from sayso.room.settings import Settings
from sayso.room.worker import Process

_M_ARENA_MAX = -8
"""glibc's name for it, in malloc.h."""
_TENDED = 20.0
"""Seconds after which freed memory is given back; that takes 2 milliseconds, 100 in a crowd."""
_CONNECTIONS = 256
_HEAD = 32_768
"""Bytes of a request's first line and headers."""
_PATIENCE = 20.0
"""Seconds within which these have to come."""
_IDLE = 15
"""Seconds that a connection is kept for the next request: longer than most programs keep theirs, so
that they, who know whether one is on its way, are the ones to close it."""
_FAREWELL = 3
"""Seconds that those have to finish in who are being answered when the room is closed."""


def serve(
    settings: Settings,
    *,
    ready: Callable[[Settings], None],
    worker: Callable[[Settings], Worker] = Process.of_settings,
) -> None:
    """Serve the room until Ctrl-C or SIGTERM. `ready` is called once it can be reached.

    A port of 0 is any that is free: the settings given to `ready` have the one it became.
    Raises CantListen, or a RecordError where the record can't be used.
    """
    prepare(settings)
    with _lean(), listening(settings.host, settings.port) as bound:
        settings = replace(settings, port=bound.getsockname()[1])
        server = Server(application(settings, worker))
        ready(settings)
        server.run(sockets=[bound])


@contextmanager
def _lean() -> Iterator[None]:
    """Meanwhile the memory that pages were made in goes back to the system.

    glibc makes a heap for each thread, where two will do for all, and keeps what was freed within
    one: after a morning the room would hold half as much again.
    """
    try:
        library = ctypes.CDLL(None)
        trim = library.malloc_trim
        library.mallopt(_M_ARENA_MAX, 2)
    except (AttributeError, OSError, TypeError):  # another C library, or another system
        yield
        return
    ended = threading.Event()

    def tend() -> None:
        while not ended.wait(_TENDED):
            trim(0)

    thread = threading.Thread(target=tend, name="sayso-memory", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def listening(host: str, port: int) -> socket.socket:
    """A socket at which connections wait from now on. Raises CantListen."""
    address = "127.0.0.1" if host.lower() == "localhost" else host
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family, backlog=_CONNECTIONS)
    except (OSError, OverflowError) as error:
        raise CantListen(_why(host, port, error)) from error


def _why(host: str, port: int, error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return f"port {port} is taken, perhaps by another room: choose one by --port"
    if number == errno.EACCES:
        return f"port {port} may not be used: choose one above 1024 by --port"
    if number == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine: choose one by --host"
    return f"can't listen at {host}, port {port}: {error}"


class Server(uvicorn.Server):
    """Ends on the first signal, having let go those who only wait for news."""

    def __init__(self, app: FastAPI) -> None:
        self._drafts = app.state.drafts
        super().__init__(
            uvicorn.Config(
                app,
                http=_Protocol,
                ws="none",
                loop="asyncio",
                lifespan="on",
                log_config=None,
                log_level="error",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=_IDLE,
                timeout_graceful_shutdown=_FAREWELL,
                h11_max_incomplete_event_size=_HEAD,
            )
        )

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._drafts.hush()
        self.force_exit = self.should_exit
        self.should_exit = True


class _Protocol(H11Protocol):
    """A connection that has to say in time what it wants, and is told so in full if it can't."""

    _hurry: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if len(self.connections) > _CONNECTIONS:
            self._last_word(b"503 Service Unavailable", b"Many are here at once. Try again.")
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._wait()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._calm()

    def send_400_response(self, msg: str) -> None:
        self._last_word(b"400 Bad Request", msg.encode("ascii"))

    def _wait(self) -> None:
        """A request's head must come within so many seconds of its first byte, or of the start."""
        asks = self.conn.their_state is h11.IDLE
        kept = self.timeout_keep_alive_task is not None  # between requests, that is shorter
        if not asks or kept or self.transport.is_closing():
            self._calm()
        elif self._hurry is None:
            self._hurry = self.loop.call_later(_PATIENCE, self.transport.close)

    def _calm(self) -> None:
        if self._hurry is not None:
            self._hurry.cancel()
            self._hurry = None

    def _last_word(self, status: bytes, words: bytes) -> None:
        told = {
            **HEADERS,
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Length": str(len(words)),
            "Retry-After": "5",
            "Connection": "close",
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        self.transport.write(b"HTTP/1.1 %b\r\n%b\r\n%b" % (status, head.encode("ascii"), words))
        self.transport.close()
