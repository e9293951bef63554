"""The page that stands in for one whose answer is on its way, and goes on by itself."""

from fastapi import Request
from fastapi.responses import Response

from sayso.room.render import render


def waiting(request: Request, title: str, told: str, again: str, here: str = "") -> Response:
    """`again` is the address to look at again, `here` the room that is marked in the masthead."""
    return render(request, "waiting.html", 202, title=title, told=told, again=again, here=here)


def being_laid_out(request: Request, again: str) -> Response:
    """The same for an article or a draft that is long."""
    return waiting(request, "A long article", "It is being laid out, in parts.", again)
