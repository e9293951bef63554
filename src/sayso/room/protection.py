"""What keeps other sites out: hosts, origins, form tokens, and the headers of every answer."""

from collections.abc import Callable
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.room import failures
from sayso.room.forms import posted
from sayso.room.settings import Settings, authorities, bare

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    "Cache-Control": "private, no-cache",
}
"""On every answer that doesn't set them itself. A form sent with `no-referrer` would have the
origin "null", which is refused: so browsers may tell the room, and nobody else, where they were."""


# ---- headers


class Armour:
    """Outermost: puts the headers on whatever is answered, and answers what nobody did.

    Requests pass through `inner`; the server's own beginning and end go to `app` at once.
    """

    def __init__(self, app: ASGIApp, inner: Callable[[ASGIApp], ASGIApp]) -> None:
        self.app, self.inner = app, inner(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headed = _Headed(send, bare=scope["method"] == "HEAD")
        if headed.bare:  # whatever can be got has a head
            scope = {**scope, "method": "GET"}
        try:
            await self.inner(scope, receive, headed)
        except Exception:
            if not headed.started:
                message = "The room has made a mistake. What was stored is still stored."
                response = failures.answer(Request(scope), 500, "internal", message)
                await response(scope, receive, headed)
            raise


class _Headed:
    def __init__(self, send: Send, *, bare: bool) -> None:
        self.send, self.bare, self.started = send, bare, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        elif self.bare and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self.send(message)


# ---- hosts and origins


class Doorkeeper:
    """Refuses what asks for another host, or comes from another site's page."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._refusal(scope)
        if refused is None:
            await self.app(scope, receive, send)
        else:
            await failures.answer(Request(scope), *refused)(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str, str] | None:
        headers = Headers(scope=scope)
        if headers.getlist("host")[1:] or not self._is_own(headers.get("host", ""), scope):
            return 421, "foreign_host", f"The room is at {self.settings.origin}."
        if is_foreign(headers, scope["method"]):
            return (
                403,
                "foreign_origin",
                "This came from another site’s page: open the room itself.",
            )
        return None

    def _is_own(self, host: str, scope: Scope) -> bool:
        name = host.lower()
        reached = scope.get("server")  # the address of this machine that the connection came to
        own = authorities(reached[0], reached[1]) if reached and reached[1] else frozenset()
        return name in self.settings.hosts | own


def is_foreign(headers: Headers, method: str) -> bool:
    """Whether another site's page has sent this: only links to the room may come from there."""
    origin = headers.get("origin")
    if origin is not None and not own_origin(headers):
        return True
    site = headers.get("sec-fetch-site", "none")
    follows_link = (
        method in SAFE
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
    )
    return site not in ("same-origin", "none") and not follows_link


def own_origin(headers: Headers) -> bool:
    """Whether it was sent by a page of the room: of the very host that it asks."""
    try:
        parts = urlsplit(headers.get("origin", ""))
    except ValueError:
        return False
    if parts.scheme not in ("http", "https"):
        return False
    here, there = headers.get("host", "").lower(), parts.netloc.lower()
    return bare(there, parts.scheme) == bare(here, parts.scheme)


async def guarded(request: Request) -> None:
    """Nothing is changed by a page's form without its token, whatever its endpoint takes."""
    if request.method not in SAFE and not request.url.path.startswith(failures.API):
        await posted(request)
