"""Search: words and filters, what fits them, and how that parts, each with an address."""

import re
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.errors import SaysoError
from sayso.formats.plain import count
from sayso.record.counting import NOTHING
from sayso.record.nowhere import Nowhere
from sayso.record.shown import hits
from sayso.room import downloads
from sayso.room.asked import Asked
from sayso.room.facets import facets
from sayso.room.failures import status_of
from sayso.room.render import render

router = APIRouter()

_SHOWN = 20


@router.get("/search")
def search(request: Request) -> Response:
    asked = Asked.of(request.query_params)
    values: dict[str, Any] = {"found": None, "told": "", "error": ""}
    values |= {"nowhere": [], "meant": "", "others": [], "people": []}
    status = 200
    try:
        filters = asked.filters()
        with request.app.state.desk.record() as record:
            counts = record.counts(asked.words, filters)
            if not asked.empty:
                found = record.search(asked.words, filters, limit=_SHOWN, page=asked.page)
                values |= {"found": found, "told": _told(found.matched, found.complete)}
                nowhere = [] if found.matched else record.nowhere(asked.words)
                values |= {"nowhere": nowhere, "meant": _meant(asked.words, nowhere)}
                values["others"] = record.namesakes(asked.by, asked.words, filters)
                if asked.words and not asked.page:
                    values["people"] = record.bearing(asked.words)
    except SaysoError as error:
        status = status_of(error)
        if status >= 500:
            raise
        counts = NOTHING
        values |= {"error": error.told}
    return render(
        request, "search.html", status, asked=asked, facets=facets(asked, counts), **values
    )


@router.get("/search.{ending}")
def download(request: Request, ending: downloads.Ending) -> Response:
    """The first of them, as many as a file has."""
    asked = Asked.of(request.query_params)
    with request.app.state.desk.record() as record:
        found = record.search(asked.words, asked.filters(), limit=downloads.MOST)
    return downloads.file(asked.file("statements"), ending, hits(found.hits, ending))


def _meant(words: str, nowhere: Sequence[Nowhere]) -> str:
    """The query with what is near each word that stands nowhere; empty where nothing is."""
    meant = words
    for each in nowhere:
        if each.near is not None:
            word = re.compile(rf"\b{re.escape(each.word)}\b", re.IGNORECASE)
            meant = word.sub(each.near, meant)
    return "" if meant == words else meant


def _told(matched: int, complete: bool) -> str:
    told = count(matched, "statement")
    return told if complete else f"more than {told}, of which those added last are ranked"
