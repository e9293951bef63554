"""Who decides: what pages with a form that changes something ask before they take it, and where
they lead when it is done."""

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from sayso.record import Record
from sayso.record.decisions import Decision
from sayso.room.addresses import address

_LOOKED_THROUGH = 50


def naming(back: str) -> str:
    """Where one gives one's name, and comes back from."""
    return address("/name", next=back)


def nameless(request: Request, back: str) -> Response | None:
    """The way to give a name, for somebody who has given none; else None."""
    if request.state.person is not None:
        return None
    return RedirectResponse(naming(back), 303)


def standing(record: Record, kind: str, entry: int) -> Decision | None:
    """The last decision of this kind about an entry that stands: what a form that comes twice has
    done already."""
    made = record.decision_page(limit=_LOOKED_THROUGH).shown
    about = (each for each in made if (each.kind, each.entry) == (kind, entry))
    return next((each for each in about if each.undone is None), None)


def decided(where: str, decision: int) -> Response:
    """Back to a page that tells what was decided, and how it is taken back."""
    return RedirectResponse(f"{where}?decision={decision}", 303)
