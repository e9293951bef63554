"""Connections that go only where they may, and end in time.

A host's addresses are checked where the connection is made, and the connection is made to
exactly what was checked: a name that resolves differently the next time gains nothing.
"""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from sayso.errors import FetchFailed, FetchRefused
from sayso.intake.address import is_public

Resolve = Callable[[str, int], list[str]]
"""Host and port to numeric addresses, best first; raises OSError."""


def resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class Deadline:
    """A moment that everything about one fetch must come before."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, more than zero. Raises FetchFailed when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.missed()
        return left

    def missed(self) -> FetchFailed:
        return FetchFailed(f"the page took longer than {self._seconds:g} seconds")


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only, unless `allow_private`."""

    def __init__(self, deadline: Deadline, resolve: Resolve, *, allow_private: bool) -> None:
        self._deadline = deadline
        self._resolve = resolve
        self._allow_private = allow_private
        self._real = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._addresses(host, port)
        for tries_left in range(len(addresses), 0, -1):
            seconds = self._deadline.left() / tries_left
            try:
                stream = self._real.connect_tcp(
                    addresses[-tries_left], port, seconds, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if tries_left == 1:
                    raise
            else:
                return TimedStream(stream, self._deadline)
        raise FetchFailed(f"{host} has no address")

    def _addresses(self, host: str, port: int) -> list[str]:
        addresses = self._resolved(host, port)
        if not self._allow_private and not all(map(is_public, addresses)):
            raise FetchRefused(
                f"{host} is not on the public internet",
                ": give --allow-private if you mean it",
            )
        return addresses

    def _resolved(self, host: str, port: int) -> list[str]:
        """Asked in a thread of its own, because looking up a name knows no time limit."""
        answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self._deadline.left())
        except queue.Empty:
            raise self._deadline.missed() from None
        if isinstance(answer, Exception):
            raise _unfound(host, answer) from answer
        return answer


def _unfound(host: str, error: Exception) -> FetchFailed:
    """What is said of a host that has no address, or of which none can be had."""
    nowhere = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
    if isinstance(error, socket.gaierror) and error.errno not in nowhere:
        return FetchFailed(f"no host {host} can be found now: is there a way to the internet?")
    told = "check how the address is spelt, and that there is a way to the internet"
    return FetchFailed(f"there is no host {host}: {told}")


class TimedStream(httpcore.NetworkStream):
    """A connection on which every wait ends at the deadline, drip as it may."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return self._stream.read(max_bytes, self._deadline.left())
        except httpcore.ReadTimeout as error:
            raise self._deadline.missed() from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        try:
            self._stream.write(buffer, self._deadline.left())
        except httpcore.WriteTimeout as error:
            raise self._deadline.missed() from error

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left()
        stream = self._stream.start_tls(ssl_context, server_hostname, left)
        return TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
