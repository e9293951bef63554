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
_OFFERED = 600
"""Seconds for which somebody may think about whether to come in as another."""
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
    return _matching(key_of(request, settings), _sessions(settings))


def key_of(request: Request, settings: Settings) -> str:
    """What a browser has instead of a token."""
    return _cookie_of(request, settings, "key")


def has_offer(request: Request, settings: Settings) -> bool:
    """Whether it has what a link with a token has left, be it true or not."""
    return bool(_cookie_of(request, settings, "offer"))


def _cookie_of(request: Request, settings: Settings, kind: str) -> str:
    return request.cookies.get(_cookie(kind, settings), "")


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


def _sessions(settings: Settings) -> dict[str, str]:
    return {name: _session(token) for name, token in settings.tokens.items()}


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
    if _is_from_elsewhere(request):
        response.headers["Refresh"] = f"0; url=/enter?next={quote(asked, safe='')}"
    return response


def _is_from_elsewhere(request: Request) -> bool:
    return request.headers.get("sec-fetch-site") in ("cross-site", "same-site")


# ---- pages


@router.get("/enter")
def enter(request: Request, token: str = "", next: str = "/") -> Response:
    """Where a link with a token leads; the token leaves the address at once.

    Who is in already, as somebody else, is asked first.
    """
    settings: Settings = request.app.state.settings
    person, target = request.state.person, local(next)
    if not settings.tokens:
        return RedirectResponse(target, 303)
    if token:
        return _followed(request, token, target)
    offered = _offered(request, settings)
    if offered is not None and person not in (None, offered):
        return render(request, "change.html", next=target, offered=offered)
    if offered is not None:
        return _let_in(settings, _cookie_of(request, settings, "offer"), target)
    if person is not None:
        return RedirectResponse(target, 303)
    return render(request, "enter.html", next=target, wrong=False)


@router.post("/enter")
def enter_by_form(request: Request, form: Form) -> Response:
    settings: Settings = request.app.state.settings
    target, token = local(form.text("next")), form.text("token").strip()
    if form.text("change") == "1" and _offered(request, settings) is not None:
        return _let_in(settings, _cookie_of(request, settings, "offer"), target)
    if form.text("change") == "0":
        response = RedirectResponse(target, 303)
        response.delete_cookie(_cookie("offer", settings))
        return response
    if owner(token, settings) is None:
        return render(request, "enter.html", 401, next=target, wrong=True)
    return _let_in(settings, _session(token), target)


def _followed(request: Request, token: str, target: str) -> Response:
    """A link with a token was followed. Its token is put aside: from another site a browser brings
    no cookie that tells who is in, so it is asked from a page of the room's own."""
    settings: Settings = request.app.state.settings
    found, person = owner(token, settings), request.state.person
    if found is None:
        return render(request, "enter.html", 401, next=target, wrong=True)
    elsewhere = _is_from_elsewhere(request)
    if person == found or (person is None and not elsewhere):
        return _let_in(settings, _session(token), target)
    onward = f"/enter?next={quote(target, safe='')}"
    response: Response = RedirectResponse(onward, 303)
    if elsewhere:
        response = render(request, "entering.html", onward=onward)
        response.headers["Refresh"] = f"0; url={onward}"
    _set(response, settings, "offer", _session(token), _OFFERED)
    return response


def _let_in(settings: Settings, key: str, target: str) -> Response:
    response = RedirectResponse(target, 303)
    _set(response, settings, "key", key)
    response.delete_cookie(_cookie("offer", settings))
    return response


def _offered(request: Request, settings: Settings) -> str | None:
    """Whom a link that was followed just now would make of somebody."""
    return _matching(_cookie_of(request, settings, "offer"), _sessions(settings))


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
    for kind in ("key", "name", "offer"):
        response.delete_cookie(_cookie(kind, settings))


def _cookie(kind: str, settings: Settings) -> str:
    """A cookie's name: browsers keep the cookies of all ports of a host together."""
    return f"sayso-{kind}-{settings.port}"


def _set(
    response: Response, settings: Settings, kind: str, value: str, seconds: int = _YEAR
) -> None:
    response.set_cookie(
        _cookie(kind, settings),
        value,
        max_age=seconds,
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="strict",
    )
