"""The API for people: what it can be called with, out of its own description."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from sayso.room.api import PATH
from sayso.room.render import render

router = APIRouter()

_DESCRIPTION = f"{PATH}/openapi.json"


class Call(NamedTuple):
    """`told` are words and code, by turns; `parameters` are those of the address's query; `body`
    tells whether JSON is sent."""

    method: str
    path: str
    told: tuple[str, ...]
    parameters: tuple[str, ...]
    body: bool


@router.get("/api")
def api(request: Request) -> Response:
    told = request.app.state.api()
    groups: dict[str, list[Call]] = {}
    for tag, call in _calls(told["paths"]):
        groups.setdefault(tag, []).append(call)
    return render(request, "api.html", groups=groups, start=PATH, description=_DESCRIPTION)


@router.get(PATH)
@router.get(f"{PATH}/")
def pointer() -> Response:
    """Where the calls are told: nothing else is at the API's own address."""
    return JSONResponse({"description": _DESCRIPTION, "calls": "/api"})


def _calls(paths: dict[str, Any]) -> Iterator[tuple[str, Call]]:
    for path, methods in paths.items():
        for method, call in methods.items():
            query = (p["name"] for p in call.get("parameters", ()) if p["in"] == "query")
            told = tuple((call.get("description") or call["summary"]).split("`"))
            yield (
                call["tags"][0],
                Call(method.upper(), path, told, tuple(query), "requestBody" in call),
            )
