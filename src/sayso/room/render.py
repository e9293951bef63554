"""Pages out of templates. All that they are given is escaped."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from sayso.room import words
from sayso.room.downloads import MOST
from sayso.room.forms import form_field, keep_seed
from sayso.room.static import address


def render(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page that a template makes of the values.

    Besides them it has `request`, `person` (who corrects, or None), `form_token()` (the hidden
    field that every form which changes something must have), `static(name)`, `origin` and
    `citation(hit)`.
    """
    page = environment().get_template(name).render(_given(request) | values)
    response = HTMLResponse(page, status)
    keep_seed(request, response)
    return response


def _given(request: Request) -> dict[str, Any]:
    origin = request.app.state.settings.origin
    form_token: Callable[[], str] = partial(form_field, request)
    return {
        "request": request,
        "person": getattr(request.state, "person", None),
        "form_token": form_token,
        "origin": origin,
        "most_in_files": MOST,
        "citation": partial(words.citation, origin=request.app.state.settings.cited),
    }


@cache
def environment() -> Environment:
    """The templates with what they say things with."""
    made = Environment(
        loader=PackageLoader("sayso.room"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(words.FILTERS)
    made.tests.update(words.TESTS)
    made.globals["static"] = address
    return made
