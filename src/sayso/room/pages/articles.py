"""The articles of the record, those printed last first."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.errors import SaysoError
from sayso.record.listing import Entry
from sayso.record.paging import Page
from sayso.room import downloads
from sayso.room.asked import Asked
from sayso.room.failures import status_of
from sayso.room.render import render

router = APIRouter()

_SHOWN = 50
_COLUMNS = ("article", "published", "outlet", "title", "url", "statements")


@router.get("/articles")
def articles(
    request: Request,
    kept: int | None = None,
    dated: int = 0,
    forgotten: str = "",
    same: int = 0,
    copies: int = 0,
) -> Response:
    """A page of the list. `kept`: so many were put into the record just now; `dated`: so many were
    brought again with another day of printing; `forgotten`: one was, and so many have the `same`
    text, or are `copies` that hold it."""
    asked = Asked.of(request.query_params)
    error, status = "", 200
    page: Page[Entry] = Page((), None)
    try:
        page = _page(request, asked, _SHOWN)
    except SaysoError as failure:
        status = status_of(failure)
        if status >= 500:
            raise
        error = failure.told
    return render(
        request,
        "articles.html",
        status,
        asked=asked,
        page=page,
        error=error,
        kept=kept,
        dated=dated,
        forgotten=forgotten,
        same=same,
        copies=copies,
    )


@router.get("/articles.{ending}")
def download(request: Request, ending: downloads.Ending) -> Response:
    """The first of the list, as many as a file has."""
    asked = Asked.of(request.query_params)
    rows = [entry.to_dict() for entry in _page(request, asked, downloads.MOST).shown]
    return downloads.table(asked.file("articles"), ending, rows, _COLUMNS)


def _page(request: Request, asked: Asked, limit: int) -> Page[Entry]:
    with request.app.state.desk.record() as record:
        found: Page[Entry] = record.article_page(
            asked.words,
            outlets=asked.outlet,
            since=asked.since or None,
            until=asked.until or None,
            limit=limit,
            page=asked.page,
        )
    return found
