"""A room on a real socket, in a thread of the test, and bytes sent to it as they are."""

import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from sayso.room.app import application
from sayso.room.reading import Worker
from sayso.room.serving import Server, listening
from sayso.room.settings import Settings
from tests.room.conftest import FakeWorker

_SECONDS = 20.0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    """By their names in small letters."""
    body: str


@dataclass(frozen=True)
class Served:
    port: int

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def send(self, request: bytes) -> Answer:
        """What is answered to these bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=_SECONDS) as connection:
            with suppress(OSError):  # it has read enough of it
                connection.sendall(request)
            return _answer(_all(connection))

    def ask(self, line: str, *headers: str, body: bytes = b"", host: str | None = None) -> Answer:
        """What is answered to a request whose first line this is."""
        told = [f"Host: {self.host if host is None else host}", "Connection: close", *headers]
        if body:
            told.append(f"Content-Length: {len(body)}")
        head = "\r\n".join([f"{line} HTTP/1.1", *told, "", ""])
        return self.send(head.encode("latin-1") + body)


def _all(connection: socket.socket) -> bytes:
    data = b""
    with suppress(ConnectionResetError):  # it was closed before all was sent
        while piece := connection.recv(65_536):
            data += piece
    return data


def _answer(data: bytes) -> Answer:
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    match = re.match(r"HTTP/1\.1 ([0-9]{3})", first)
    assert match is not None, f"no answer: {data[:200]!r}"
    headers = dict(line.split(": ", 1) for line in lines)
    named = {name.lower(): value for name, value in headers.items()}
    return Answer(int(match[1]), named, body.decode(errors="replace"))


@contextmanager
def served(
    settings: Settings, worker: Callable[[Settings], Worker] = FakeWorker
) -> Iterator[Served]:
    """The room while it is open."""
    with listening("127.0.0.1", 0) as bound:
        port = bound.getsockname()[1]
        server = Server(application(replace(settings, port=port), worker))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            yield Served(port)
        finally:
            server.should_exit = True
            thread.join()
