"""What the pages of Review have in common: the way, and what was corrected last."""

from typing import Any, NamedTuple

from fastapi import Request

from sayso.errors import NotInRecord
from sayso.record import Record
from sayso.record.corrections import Correction
from sayso.record.doubtful import MOST
from sayso.room import typed
from sayso.room.way import BELOW, Way


class Made(NamedTuple):
    """A correction of the article with this key, and how many are taken back with it."""

    key: str
    correction: Correction
    at_once: int


def common(request: Request, record: Record, way: Way) -> dict[str, Any]:
    """Values for any of their templates."""
    number = typed.number(request.query_params.get("done", ""))
    made = None if number is None else _made(record, number)
    return {
        "way": way,
        "below": BELOW,
        "most": MOST,
        "made": made,
        "back": made and _back(request, way, made),
    }


def _made(record: Record, number: int) -> Made | None:
    try:
        key, correction = record.correction(number)
    except NotInRecord:
        return None
    return Made(key, correction, record.at_once(correction))


def _back(request: Request, way: Way, made: Made) -> str:
    """Where the statement is to be seen again, once the correction was taken back."""
    was = request.query_params.get("was", "")
    seen = was and made.correction.kind != "missing"
    return way.to(f"{made.key}/{was}" if seen else made.key)
