"""How much the room takes on: sizes, rates, and how many requests at once."""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.room import failures
from sayso.room.access import has_offer, key_of
from sayso.room.settings import Settings

_READING = frozenset({"/read", "/check", "/api/v1/read", "/api/v1/check"})
_ENTERING = "/enter"
_STATIC = "/static/"
_MOST_CLIENTS = 4_096
_AT_LEAST = 5.0

Refusal = tuple[int, str, str, int | None]
"""Status, code, message and the seconds after which to try again."""


# ---- rates


class Buckets:
    """So many requests a minute for each client, a sixth of them or `_AT_LEAST` in one go."""

    def __init__(self, a_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._most = a_minute / 60, max(_AT_LEAST, a_minute / 6)
        self._now = now
        self._clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> int:
        """0 if there was one left; else the seconds until there is."""
        now = self._now()
        left, since = self._clients.pop(client, (self._most, now))
        left = min(self._most, left + (now - since) * self._rate)
        enough = left >= 1
        self._clients[client] = (left - enough, now)
        if len(self._clients) > _MOST_CLIENTS:
            self._clients.popitem(last=False)
        return 0 if enough else math.ceil((1 - left) / self._rate)


class Rates:
    """Answers 429 to who asks too often. Stands where it is known who asks."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings, limits = app, settings, settings.limits
        self._all = Buckets(limits.requests)
        self._reading = Buckets(limits.readings)
        self._entering = Buckets(limits.entries)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        wait = 0 if scope["path"].startswith(_STATIC) else self._wait(request)
        if not wait:
            await self.app(scope, receive, send)
            return
        message = f"There were more requests than the room answers: try again in {wait} s."
        response = failures.answer(request, 429, "too_many", message, retry_after=wait)
        await response(scope, receive, send)

    def _wait(self, request: Request) -> int:
        address = request.client.host if request.client else ""
        person = request.state.person if self.settings.tokens else None
        client = person or address  # a name that is given anew each time is no other client
        wait = self._all.take(client)
        if not wait and costs_reading(request.scope):
            wait = self._reading.take(client)
        if not wait and brings_token(request, self.settings):
            wait = self._entering.take(address)
        return wait


def costs_reading(scope: Scope) -> bool:
    return scope["method"] == "POST" and scope["path"].rstrip("/") in _READING


def brings_token(request: Request, settings: Settings) -> bool:
    """Whether it tries to enter, by the page, or by a header or a cookie that let nobody in."""
    by_page = request.url.path == _ENTERING and (
        request.method == "POST" or "token" in request.query_params or has_offer(request, settings)
    )
    tried = "authorization" in request.headers or bool(key_of(request, settings))
    return by_page or (bool(settings.tokens) and request.state.person is None and tried)


# ---- sizes and numbers


class Bounds:
    """Refuses what is too large, too slow, or more at once than the room can do."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.limits = app, settings.limits
        self._busy = {"stream": 0, "request": 0}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._refusal(scope)
        if refused is not None:
            await _refuse(refused, scope, receive, send)
            return
        kind = "stream" if is_stream(scope) else "request"
        self._busy[kind] += 1
        try:
            await self._bounded(scope, receive, send)
        finally:
            self._busy[kind] -= 1

    def _refusal(self, scope: Scope) -> Refusal | None:
        limits, headers = self.limits, Headers(scope=scope)
        target = len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"])
        if target > limits.target:
            return 414, "too_long", f"An address has at most {limits.target:,} characters.", None
        path = scope["path"]
        if not path.startswith("/") or not path.isprintable():
            return 400, "bad_address", "The address is none that the room could have.", None
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            return 400, "bad_length", "The request does not say how long it is.", None
        if int(length) > self._most(scope):
            return self._too_large(scope)
        if self._busy["stream" if is_stream(scope) else "request"] >= limits.at_once:
            return 503, "room_busy", "Many are here at once: try again in a moment.", 1
        return None

    def _most(self, scope: Scope) -> int:
        return self.limits.reading_body if costs_reading(scope) else self.limits.body

    def _too_large(self, scope: Scope) -> Refusal:
        most = self._most(scope)
        return 413, "too_large", f"Send at most {most / (1 << 20):g} MB at a time.", None

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = _Body(receive, self._most(scope), self.limits.stall)
        held = _Held(send, body)
        try:
            await self.app(scope, body, held)
        except Exception:
            if not body.broken:
                raise
        if body.broken and not held.started:
            stalled: Refusal = (408, "too_slow", "The rest of the request did not come.", None)
            refused = stalled if body.broken == "slow" else self._too_large(scope)
            await _refuse(refused, scope, receive, send)


class BrokenBody(Exception):
    """A body that is too long or does not come."""


class _Body:
    """Gives a request's body as it comes, and stops it where it is too long or too slow."""

    def __init__(self, receive: Receive, most: int, patience: float) -> None:
        self.receive, self.left, self.patience = receive, most, patience
        self.ended, self.broken = False, ""

    async def __call__(self) -> Message:
        if self.ended:  # what is waited for now is that the client goes
            return await self.receive()
        try:
            message = await asyncio.wait_for(self.receive(), self.patience)
        except TimeoutError:
            raise self._break("slow") from None
        self.left -= len(message.get("body", b""))
        self.ended = not message.get("more_body", False)
        if self.left < 0:
            raise self._break("long")
        return message

    def _break(self, how: str) -> BrokenBody:
        self.ended, self.broken = True, how
        return BrokenBody(how)


class _Held:
    """Lets nothing out that is said of a body which broke off: that is answered otherwise."""

    def __init__(self, send: Send, body: _Body) -> None:
        self.send, self.body, self.started = send, body, False

    async def __call__(self, message: Message) -> None:
        if self.body.broken and not self.started:
            return
        self.started = True
        await self.send(message)


def is_stream(scope: Scope) -> bool:
    """Whether it asks for events, for which it stays for minutes and does nothing."""
    return bool(scope["path"].endswith("/events"))


async def _refuse(refused: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    status, code, message, retry_after = refused
    response = failures.answer(Request(scope), status, code, message, retry_after=retry_after)
    response.headers["Connection"] = "close"  # what is left of the request is not read
    await response(scope, receive, send)
