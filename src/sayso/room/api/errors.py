"""One shape for all that goes wrong, with the statuses that the description tells."""

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from sayso.errors import SaysoError
from sayso.room import failures
from sayso.room.api.shapes import Error

_SHOWN = 5
_STATUSES = {
    400: "The values can't be meant so.",
    401: "There are tokens here, and none came or a wrong one.",
    403: "It came from another site's page.",
    404: "There is no such thing in the record.",
    408: "The rest of the call did not come.",
    409: "It is the name of several, or it can't be done as things are.",
    413: "It is more than is read in one call.",
    414: "The address is too long.",
    415: "The body is not said to be JSON.",
    421: "The room has another address.",
    422: "A parameter or the body is not as told here, or can't be read.",
    429: "Too many calls in a minute.",
    500: "The room, or the record's file, is at fault.",
    503: "Others are being served: try again in a moment.",
    507: "There is no room on the disk. Nothing was changed.",
}
_ALWAYS = (400, 401, 403, 408, 414, 421, 422, 429, 500, 503)
_CODES = {404: "not_found", 405: "method_not_allowed", 415: "not_json"}


def fails(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What `responses` has of errors: these, and those that every call may come to."""
    return {
        status: {"model": Error, "description": _STATUSES[status]}
        for status in sorted({*_ALWAYS, *statuses})
    }


def handle(app: FastAPI) -> None:
    """Answer with the one shape whatever goes wrong in `app`."""
    app.add_exception_handler(SaysoError, _of_ours)
    app.add_exception_handler(RequestValidationError, _of_call)
    app.add_exception_handler(HTTPException, _of_routing)
    app.add_exception_handler(Exception, _of_fault)


def _of_ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, SaysoError)  # noqa: S101 (as it is registered)
    return failures.answer_to(request, error)


def _of_call(request: Request, error: Exception) -> Response:
    """A call that isn't as the description has it: where, and what is wrong there."""
    assert isinstance(error, RequestValidationError)  # noqa: S101
    told = [_wrong(request, each) for each in error.errors()[:_SHOWN]]
    return failures.answer(request, 422, "usage", "; ".join(told))


def _wrong(request: Request, each: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in each["loc"])
    if each["type"] != "extra_forbidden" or each["loc"][0] != "query":
        return f"{place}: {each['msg']}"
    call = request.app.openapi()["paths"][request.scope["route"].path][request.method.lower()]
    known = [p["name"] for p in call.get("parameters", ()) if p["in"] == "query"]
    return f"{place}: there is no such parameter, only {', '.join(known)}"


def _of_routing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    code = _CODES.get(error.status_code, "usage")
    response = failures.answer(request, error.status_code, code, error.detail)
    response.headers.update(error.headers or {})
    if error.status_code == 405:
        response.headers["Allow"] = ", ".join(sorted(_methods(request)))
    return response


def _methods(request: Request) -> set[str]:
    """All that can be done at an address. Starlette tells those of the first route that fits."""
    paths = request.app.openapi()["paths"]
    asked = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    found = (each for path, each in paths.items() if compile_path(path)[0].fullmatch(asked))
    return {method.upper() for each in found for method in each}


def _of_fault(request: Request, _error: Exception) -> Response:
    message = "The room has made a mistake. What was stored is still stored."
    return failures.answer(request, 500, "internal", message)
