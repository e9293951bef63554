"""Review of a whole article: what was read in it, to add a statement that is missing."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from sayso.errors import Ambiguous, NotInRecord, SaysoError, UsageError
from sayso.record import Record
from sayso.room import typed
from sayso.room.deciding import nameless
from sayso.room.failures import status_of
from sayso.room.forms import Form, Posted
from sayso.room.passage import whole
from sayso.room.render import render
from sayso.room.reviewed import common
from sayso.room.way import Way

router = APIRouter()


@router.get("/review/{key}")
def article(request: Request, key: str, start: int = 0) -> Response:
    """An article with what was read in it, to add what is missing."""
    way = Way.of(request.query_params)
    if asks := nameless(request, way.to(key)):
        return asks
    with request.app.state.desk.record() as record:
        return _article(request, record, key, way, start)


@router.post("/review/{key}")
def supply(request: Request, key: str, form: Form) -> Response:
    way = Way.of(request.query_params)
    if asks := nameless(request, way.to(key)):
        return asks
    with request.app.state.desk.writing() as record:
        try:
            made = record.supply(
                key,
                content=typed.pieces(form, "content"),
                cue=typed.pieces(form, "cue"),
                source=typed.pieces(form, "source"),
                speakers=typed.names(form),
                kind=typed.kind(form),
                said=not form.text("thought"),
                at=typed.number(form.text("at")),
                who=request.state.person,
            )
        except (UsageError, NotInRecord, Ambiguous) as error:
            start = typed.number(form.text("start")) or 0
            return _article(request, record, key, way, start, form=form, error=error)
    came_from = form.text("statement")
    reference = f"{key}/{came_from}" if came_from else key
    return RedirectResponse(way.to(reference, done=made.id), 303)


def _article(
    request: Request,
    record: Record,
    key: str,
    way: Way,
    start: int,
    *,
    form: Posted | None = None,
    error: SaysoError | None = None,
) -> Response:
    opened = record.opened(key)
    text = opened.reading.article.text
    paragraphs, more = whole(opened.reading, min(max(0, start), len(text)))
    places = typed.several(text, form, error)
    values = common(request, record, way) | {
        "article": opened.article,
        "paragraphs": paragraphs,
        "start": start,
        "more": more,
        "given": typed.shown(form),
        "error": typed.problem(error, places),
        "places": places,
        "came_from": form.text("statement") if form else "",
    }
    status = 200 if error is None else status_of(error)
    return render(request, "review_missing.html", status, **values)
