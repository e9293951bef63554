"""Corrections: what people have said against readings, by whom, and how it is taken back."""

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from sayso.errors import NotInRecord, UsageError
from sayso.formats.jsonl import json_line
from sayso.record import told
from sayso.room import downloads
from sayso.room.access import local
from sayso.room.addresses import address
from sayso.room.deciding import nameless
from sayso.room.forms import Form
from sayso.room.render import render

router = APIRouter()

_PAGE = 30
_COLUMNS = (
    "correction", "article", "kind", "content", "position", "speakers", "bounds", "who", "made",
    "undone", "orphan", "together",
)  # fmt: skip
_IN_MEMORY = 4 << 20
_CHUNK = 1 << 16

Text = Annotated[str, Query(max_length=500)]
Token = Annotated[str | None, Query(max_length=2_000)]


@router.get("/corrections")
def corrections(
    request: Request, article: Text = "", page: Token = None, done: Text = ""
) -> Response:
    """A page of the list, those made last first; of one article, if one is asked for."""
    key = article.strip() or None
    with request.app.state.desk.record() as record:
        of = None if key is None else record.article(key)
        found = record.correction_page(of and of.key, limit=_PAGE, page=page)
        at_once = {c.id: record.at_once(c) for _, c in found.shown}
        before = {c.id: record.before_correction(c) for _, c in found.shown if c.kind == "speaker"}
    own = of and of.key
    return render(
        request,
        "corrections.html",
        corrections=found.shown,
        before=before,
        at_once=at_once,
        of=of,
        first=None if page is None else address("/corrections", article=own),
        next=found.next and address("/corrections", article=own, page=found.next),
        files=tuple(address(f"/corrections.{end}", article=own) for end in ("csv", "jsonl")),
        here_is=address("/corrections", article=own, page=page),
        done=done,
    )


@router.get("/corrections.{ending}")
def download(request: Request, ending: downloads.Ending, article: Text = "") -> Response:
    """The last ones made, as many as a file has."""
    with request.app.state.desk.record() as record:
        found = record.correction_page(article.strip() or None, limit=downloads.MOST)
    rows = [told.correction(key, made) for key, made in found.shown]
    return downloads.table("corrections", ending, rows, _COLUMNS)


@router.get("/corrections/lessons.jsonl")
def lessons(request: Request) -> Response:
    """The corrected articles as training data: JSON Lines, with the texts."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (closed once sent)
    with request.app.state.desk.record() as record:
        for lesson in record.lessons():
            file.write(json_line(lesson).encode(errors="backslashreplace"))
    file.seek(0)
    return StreamingResponse(
        _sent(file),
        media_type=downloads.MEDIA["jsonl"],
        headers={"Content-Disposition": 'attachment; filename="corrections-room.jsonl"'},
    )


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while some := file.read(_CHUNK):
            yield some


@router.post("/corrections/{number}/undo")
def undo(request: Request, number: int, form: Form) -> Response:
    """Take a correction back. One that was taken back meanwhile stays so."""
    back = local(form.text("back") or "/corrections")
    if asks := nameless(request, back):
        return asks
    if not 0 < number < 1 << 63:
        raise NotInRecord(f"the record has no correction {number}")
    with request.app.state.desk.writing() as record:
        if record.correction(number)[1].undone is None:
            with suppress(UsageError):  # somebody else was quicker, by less than a blink
                record.undo_correction(number)
    path, _, query = back.partition("?")
    more = "&" if query else ""
    return RedirectResponse(f"{path}?{query}{more}done={number}", 303)
