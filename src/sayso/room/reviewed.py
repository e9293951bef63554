"""What the pages of Review have in common: the way, and what was corrected last."""

from typing import Any

from fastapi import Request

from sayso.errors import NotInRecord
from sayso.record import Record
from sayso.record.corrections import Correction
from sayso.record.doubtful import MOST
from sayso.room import typed
from sayso.room.way import BELOW, Way


def common(request: Request, record: Record, way: Way) -> dict[str, Any]:
    """Values for any of their templates."""
    number = typed.number(request.query_params.get("done", ""))
    made: tuple[str, Correction] | None = None
    if number is not None:
        try:
            made = record.correction(number)
        except NotInRecord:
            made = None
    return {
        "way": way,
        "below": BELOW,
        "most": MOST,
        "made": made,
        "back": made and _back(request, way, made),
    }


def _back(request: Request, way: Way, made: tuple[str, Correction]) -> str:
    """Where the statement is to be seen again, once the correction was taken back."""
    was = request.query_params.get("was", "")
    return way.to(f"{made[0]}/{was}" if was and made[1].kind != "missing" else made[0])
