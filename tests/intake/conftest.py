"""A server on this machine that says exactly what a test tells it to, byte by byte."""

import contextlib
import socketserver
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pytest

Answer = Callable[[], Iterable[bytes]]

REPORT = (
    "The harbour ferry will stay, the mayor of Quenby, Tilda Marsh, said on Tuesday.",
    "“We listened,” she told the council. “People don’t want a bridge; they want this ferry.”",
    "A spokesman for the operator said that it would run twice an hour from the spring on.",
)


def answer(
    body: bytes = b"", *headers: str, status: str = "200 OK", kind: str = "text/html"
) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


def page(*paragraphs: str, head: str = "") -> str:
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<!DOCTYPE html><html><head>{head}</head><body><article>{body}</article></body></html>"


@dataclass
class Server:
    url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    hosts: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def give(self, path: str, whole: bytes) -> str:
        return self.give_slowly(path, lambda: [whole])

    def give_slowly(self, path: str, pieces: Answer) -> str:
        self.answers[path] = pieces
        return self.url + path


def _handler(server: Server) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            path = self.rfile.readline().split()[1].decode()
            while (line := self.rfile.readline().strip()) != b"":
                if line.lower().startswith(b"host:"):
                    server.hosts.append(line[5:].strip().decode())
            with contextlib.suppress(OSError):  # the reader may have enough
                for piece in server.answers[path]():
                    self.wfile.write(piece)

        def finish(self) -> None:
            with contextlib.suppress(OSError):
                super().finish()

    return Handler


@pytest.fixture
def server() -> Iterator[Server]:
    served = Server("")
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _handler(served)) as listener:
        served.url = f"http://127.0.0.1:{listener.server_address[1]}"
        thread = threading.Thread(target=listener.serve_forever, args=(0.01,))
        thread.start()
        yield served
        served.stopped.set()
        listener.shutdown()
        thread.join()
