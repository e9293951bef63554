"""Who comes in: by a token of their own, or, from this machine alone, by a name asked once."""

import hashlib
import hmac
import unicodedata
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sayso.room import failures
from sayso.room.forms import Form
from sayso.room.render import render
from sayso.room.settings import Settings

LONGEST_NAME = 80

_YEAR = 365 * 24 * 3_600
_NO_NAME = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

router = APIRouter()


class Access:
    """Tells each request who it is from, in `request.state.person`."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["person"] = person_of(Request(scope), self.settings)
        await self.app(scope, receive, send)


class Gate:
    """Where each has a token, lets nobody pass without one."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.closed = app, bool(settings.tokens)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.closed and scope["state"]["person"] is None and not _is_open(scope["path"]):
            await _refusal(Request(scope))(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _is_open(path: str) -> bool:
    """Whether it is there for those who have not come in yet."""
    return path == "/enter" or path.startswith("/static/")


def person_of(request: Request, settings: Settings) -> str | None:
    """The person whose token it brings; without tokens, the name that was given; else None."""
    if not settings.tokens:
        return cleaned(unquote(request.cookies.get(_cookie("name", settings), ""))) or None
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return owner(token.strip(), settings)
    return _matching(
        key_of(request, settings), {n: _session(t) for n, t in settings.tokens.items()}
    )


def key_of(request: Request, settings: Settings) -> str:
    """What a browser has instead of a token."""
    return request.cookies.get(_cookie("key", settings), "")


def owner(token: str, settings: Settings) -> str | None:
    """Whose token it is."""
    return _matching(token, dict(settings.tokens))


def _matching(given: str, secrets: dict[str, str]) -> str | None:
    """All are compared, each in the same time, so that time tells nothing."""
    found = None
    for name, secret in secrets.items():
        if hmac.compare_digest(given.encode(errors="replace"), secret.encode()):
            found = name
    return found


def _session(token: str) -> str:
    """What the cookie holds: it lets in like the token, and the token can't be had from it."""
    return hmac.new(token.encode(), b"sayso reading room", hashlib.sha256).hexdigest()


def cleaned(name: str) -> str:
    """A name as it may be shown and kept: no controls, no turning of the line, not too long."""
    kept = "".join(c for c in name if unicodedata.category(c) not in _NO_NAME)
    return " ".join(kept.split())[:LONGEST_NAME].strip()


def local(address: str) -> str:
    """An address within the room: the one given, if it is one."""
    path = address.startswith("/") and not address.startswith("//")
    return address if path and address.isprintable() and "\\" not in address else "/"


def _refusal(request: Request) -> Response:
    if request.url.path.startswith(failures.API):
        message = "send your token as Authorization: Bearer TOKEN"
        response = failures.answer(request, 401, "no_token", message)
    else:
        response = _question(request)
    response.headers["WWW-Authenticate"] = 'Bearer realm="sayso"'
    settings: Settings = request.app.state.settings
    if key_of(request, settings):  # it lets nobody in any more
        _drop(response, settings)
    return response


def _question(request: Request) -> Response:
    """Who is it? Who followed a link from another site brings no cookie, though they have one:
    they are led on from a page of the room's own, and then bring it."""
    query = f"?{request.url.query}" if request.url.query else ""
    asked = local(request.url.path + query) if request.method == "GET" else "/"
    response = render(request, "enter.html", 401, next=asked, wrong=False)
    if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        response.headers["Refresh"] = f"0; url=/enter?next={quote(asked, safe='')}"
    return response


# ---- pages


@router.get("/enter")
def enter(request: Request, token: str = "", next: str = "/") -> Response:
    """Where a link with a token leads; the token leaves the address at once."""
    known = request.state.person is not None and not token
    if known or not request.app.state.settings.tokens:
        return RedirectResponse(local(next), 303)
    if not token:
        return render(request, "enter.html", next=local(next), wrong=False)
    return _entered(request, token, local(next))


@router.post("/enter")
def enter_by_form(request: Request, form: Form) -> Response:
    return _entered(request, form.text("token").strip(), local(form.text("next")))


def _entered(request: Request, token: str, target: str) -> Response:
    settings: Settings = request.app.state.settings
    if owner(token, settings) is None:
        return render(request, "enter.html", 401, next=target, wrong=True)
    response = RedirectResponse(target, 303)
    _set(response, settings, "key", _session(token))
    return response


@router.get("/name")
def ask_name(request: Request, next: Annotated[str, Query()] = "/") -> Response:
    return render(
        request, "name.html", next=local(next), given=request.state.person or "", missing=False
    )


@router.post("/name")
def take_name(request: Request, form: Form) -> Response:
    settings: Settings = request.app.state.settings
    target = local(form.text("next"))
    if settings.tokens:  # it is the token that tells
        return RedirectResponse(target, 303)
    name = cleaned(form.text("name"))
    if not name:
        return render(request, "name.html", 422, next=target, given="", missing=True)
    response = RedirectResponse(target, 303)
    _set(response, settings, "name", quote(name))
    return response


@router.post("/leave")
def leave(request: Request, form: Form) -> Response:
    """Forget the person in this browser; where it has only a name, ask for another."""
    settings: Settings = request.app.state.settings
    response = RedirectResponse("/" if settings.tokens else "/name", 303)
    _drop(response, settings)
    return response


def _drop(response: Response, settings: Settings) -> None:
    for kind in ("key", "name"):
        response.delete_cookie(_cookie(kind, settings))


def _cookie(kind: str, settings: Settings) -> str:
    """A cookie's name: browsers keep the cookies of all ports of a host together."""
    return f"sayso-{kind}-{settings.port}"


def _set(response: Response, settings: Settings, kind: str, value: str) -> None:
    response.set_cookie(
        _cookie(kind, settings),
        value,
        max_age=_YEAR,
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="strict",
    )
