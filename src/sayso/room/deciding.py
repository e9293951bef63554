"""Who decides: what pages with a form that changes something ask before they take it."""

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from sayso.room.addresses import address


def naming(back: str) -> str:
    """Where one gives one's name, and comes back from."""
    return address("/name", next=back)


def nameless(request: Request, back: str) -> Response | None:
    """The way to give a name, for somebody who has given none; else None."""
    if request.state.person is not None:
        return None
    return RedirectResponse(naming(back), 303)


def decided(where: str, decision: int) -> Response:
    """Back to a page that tells what was decided, and how it is taken back."""
    return RedirectResponse(f"{where}?decision={decision}", 303)
