"""The room as an application: its pages and its API behind what keeps them."""

import pkgutil
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from importlib import import_module
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

import sayso
from sayso.errors import RecordReadOnly, SaysoError, StaleForm
from sayso.record import Record
from sayso.room import access, api, failures, pages, static
from sayso.room.desk import Desk
from sayso.room.forms import FIELD
from sayso.room.handing import Handing
from sayso.room.kept import Kept
from sayso.room.limits import Bounds, Rates
from sayso.room.protection import Armour, Doorkeeper, guarded, own_origin
from sayso.room.reading import Drafts, Worker
from sayso.room.render import render
from sayso.room.settings import Settings
from sayso.room.worker import Process

_SAID = {
    404: "It was removed, or the address has a slip of the pen: search for it instead.",
    405: "The page at this address is to be read, or a form is to be sent to it: not this.",
}


def application(
    settings: Settings, worker: Callable[[Settings], Worker] = Process.of_settings
) -> FastAPI:
    """A room with its own worker, which reads drafts; the record is made where it isn't."""
    app = FastAPI(
        title="Sayso",
        version=sayso.__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_open,
        dependencies=[Depends(guarded)],
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.desk = Desk(settings.record)
    app.state.kept = Kept(app.state.desk)
    app.state.handing = Handing()
    app.state.key = secrets.token_bytes(32)
    app.state.drafts = Drafts(settings.limits, lambda: worker(settings))
    for router in (static.router, access.router, *_routers()):
        app.include_router(router, include_in_schema=False)
    api.join(app)
    _handle(app)
    app.add_middleware(Armour, inner=partial(_guarded, settings=settings))
    return app


def _routers() -> list[Any]:
    names = sorted(module.name for module in pkgutil.iter_modules(pages.__path__))
    return [import_module(f"{pages.__name__}.{name}").router for name in names]


def _guarded(app: ASGIApp, settings: Settings) -> ASGIApp:
    """What a request passes before it is answered: the last of these first."""
    app = access.Gate(app, settings)
    app = Rates(app, settings)
    app = access.Access(app, settings)
    app = Doorkeeper(app, settings)
    return Bounds(app, settings)


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    current_default_thread_limiter().total_tokens = settings.limits.threads
    prepare(settings)
    app.state.drafts.open()
    try:
        yield
    finally:
        app.state.drafts.close()


def prepare(settings: Settings) -> None:
    """Make the record where it isn't, and bring it up to date. One that can only be read will do.

    Raises a RecordError where it can't even be read.
    """
    try:
        Record(settings.record).close()
    except RecordReadOnly:
        Record(settings.record, read_only=True).close()


# ---- what goes wrong


def _handle(app: FastAPI) -> None:
    app.exception_handler(StaleForm)(_stale)
    app.exception_handler(SaysoError)(_said)
    app.exception_handler(RequestValidationError)(_misused)
    app.exception_handler(HTTPException)(_refused)


async def _said(request: Request, error: SaysoError) -> Response:
    return failures.answer_to(request, error)


async def _stale(request: Request, error: StaleForm) -> Response:
    """What was typed is not lost: the page's own visitor may send it again."""
    form = getattr(request.state, "form", None)
    if form is None or not own_origin(request.headers):
        return failures.answer_to(request, error)
    fields = [(name, value) for name, value in form.fields if name != FIELD]
    query = f"?{request.url.query}" if request.url.query else ""
    action = f"{request.url.path}{query}"
    values = {"fields": fields, "files": form.file_field, "action": action}
    return render(request, "stale.html", 403, **values)


async def _misused(request: Request, error: RequestValidationError) -> Response:
    first = error.errors()[0]
    field = str(first["loc"][-1])
    return failures.answer(request, 400, "usage", f"{field}: {first['msg']}")


async def _refused(request: Request, error: HTTPException) -> Response:
    message = _SAID.get(error.status_code, str(error.detail))
    response = failures.answer(request, error.status_code, "refused", message)
    response.headers.update(error.headers or {})
    return response
