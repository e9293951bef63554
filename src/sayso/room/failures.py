"""What goes wrong, as an answer: one page for people, one JSON object for programs."""

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from sayso.errors import (
    Ambiguous,
    Changed,
    EmptyText,
    InputError,
    ModelError,
    NoDraft,
    NoRecord,
    NotARecord,
    NotInRecord,
    RecordBusy,
    RecordDamaged,
    RecordFailed,
    RecordFull,
    RecordReadOnly,
    RecordTooNew,
    RecordTooOld,
    RoomBusy,
    SaysoError,
    StaleForm,
    TooLong,
    UsageError,
)
from sayso.room.render import render

API = "/api/"
BUSY_SECONDS = 5
"""When to try again where somebody else was writing, or the queue was full."""

_STATUS: tuple[tuple[type[SaysoError], int], ...] = (
    (NotInRecord, 404),
    (NoDraft, 404),
    (StaleForm, 403),
    (RoomBusy, 503),
    (Ambiguous, 409),
    (Changed, 409),
    (RecordBusy, 503),
    (RecordReadOnly, 409),
    (RecordFull, 507),
    (TooLong, 413),
    (EmptyText, 422),
    (InputError, 422),
    (UsageError, 400),
)
_OWN_WORDS: Mapping[type[SaysoError], str] = {
    NoRecord: "the record’s file is gone",
    NotARecord: "the record’s file is none of Sayso’s, or its beginning is damaged",
    RecordTooNew: "the record was made by a newer Sayso than the one that runs here",
    RecordTooOld: "the record was made by an older Sayso, and has to be brought up to date",
    RecordDamaged: "the record’s file is damaged",
    RecordFailed: "the record’s file can’t be read or written",
    RecordReadOnly: "the record can be read here, and not written",
    RecordFull: "the disk is full, and nothing was changed",
    ModelError: "the model that reads is not whole",
}
"""What people in a browser can't mend: no path of the machine's is told them."""
_TITLES = {
    400: "The room did not understand that",
    401: "Who are you?",
    403: "That is not allowed",
    404: "There is nothing at this address",
    405: "That can’t be done here",
    408: "That took too long",
    409: "That can’t be done as things are",
    413: "That is too large",
    414: "That address is too long",
    421: "That is not this room’s address",
    422: "That can’t be read",
    429: "Too much at once",
    503: "The room is busy",
    507: "There is no room left on the disk",
}


def status_of(error: SaysoError) -> int:
    """The HTTP status that stands for an error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def told(error: SaysoError) -> str:
    """What is wrong and what to do, for somebody in a browser."""
    own = _OWN_WORDS.get(type(error))
    return error.told if own is None else f"{own}: tell whoever runs this room"


def answer(
    request: Request, status: int, code: str, message: str, *, retry_after: int | None = None
) -> Response:
    """The error as whoever asked understands it: JSON under /api/, else a page."""
    response: Response
    if request.url.path.startswith(API):
        told = {"error": {"code": code, "message": message}}
        response = JSONResponse(told, status)
    else:
        title = _TITLES.get(status, "Something went wrong")
        response = render(request, "error.html", status, title=title, message=message)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def answer_to(request: Request, error: SaysoError) -> Response:
    """The same for one of Sayso's own errors."""
    status = status_of(error)
    retry_after = BUSY_SECONDS if status == 503 else None
    return answer(request, status, error.code, told(error), retry_after=retry_after)
