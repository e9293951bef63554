"""About: what this is, how good the models are, what the record covers, and where it ends."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

import sayso
from sayso.reader.models import model
from sayso.record import Record
from sayso.room import card, downloads
from sayso.room.kept import kept
from sayso.room.render import render

router = APIRouter()


@router.get("/about")
def about(request: Request) -> Response:
    """The page. While the record is being counted, its figures are left out."""
    counted = kept(request).ask("stats", Record.stats)
    settings = request.app.state.settings
    return render(
        request,
        "about.html",
        stats=None if counted is None else counted.value,
        figures=card.figures(),
        own=model(settings.model).id,
        version=sayso.__version__,
        tokens=bool(settings.tokens),
    )


@router.get("/about.{ending}")
def about_file(request: Request, ending: downloads.Ending) -> Response:
    """What the record covers, in numbers."""
    rows = [kept(request).wait("stats", Record.stats).to_dict()]
    return downloads.table("record", ending, rows, tuple(rows[0]))
