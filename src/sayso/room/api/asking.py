"""What the record is asked: search, timeline, check, audit."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from sayso.record.audit import Scope
from sayso.record.hits import Hit
from sayso.record.timeline import Saying
from sayso.record.tokens import placed, tokened
from sayso.room.api import asks, shapes
from sayso.room.api.desk import Desk
from sayso.room.api.errors import fails
from sayso.room.kept import kept

router = APIRouter(tags=["asking"])

_SAYINGS = 10_000
"""Sayings that can be paged through: beyond them another stretch of days is asked for."""


@router.get("/search", responses=fails(404, 409), response_model=shapes.Found)
def search(asked: Annotated[asks.Search, Query()], desk: Desk) -> Any:
    """The statements whose content or cue holds the words; without words, the newest that fit.

    Give words, a filter or both.
    """
    with desk.record() as record:
        found = record.search(asked.words, asked.filters(), limit=asked.limit, page=asked.page)
    return {
        "hits": list(map(hit, found.hits)),
        "matched": found.matched,
        "complete": found.complete,
        "next": found.next,
    }


@router.get("/timeline", responses=fails(404, 409), response_model=shapes.Timeline)
def timeline(asked: Annotated[asks.Timeline, Query()], desk: Desk) -> Any:
    """What somebody said, by the day it was said; the same words are one saying."""
    name = repr(("timeline", asked.by, asked.words, asked.since, asked.until))
    (at,) = placed(name, asked.page, (0,))
    before = min(int(at), _SAYINGS)
    with desk.record() as record:
        line = record.timeline(
            asked.by,
            about=asked.words,
            since=asked.since,
            until=asked.until,
            limit=before + asked.limit + 1,
        )
    end = before + asked.limit
    more = len(line.sayings) > end and end <= _SAYINGS
    return {
        "names": list(line.names),
        "sayings": [_saying(saying) for saying in line.sayings[before:end]],
        "complete": line.complete,
        "next": tokened(name, (end,)) if more else None,
    }


@router.get("/check", response_model=shapes.Checked)
def check(asked: Annotated[asks.Check, Query()], desk: Desk) -> Any:
    """How one quotation stands in print: in which words, by whom, and who printed it first."""
    with desk.record() as record:
        return record.check(asked.quotation, asked.by).to_dict()


@router.get("/audit", responses=fails(404, 409), response_model=shapes.Audit)
def audit(asked: Annotated[asks.Audit, Query()], request: Request) -> Any:
    """Who is heard, how much, who is talked about and not heard, where nobody is named."""
    scope = Scope(
        articles=tuple(asked.articles),
        outlets=tuple(asked.outlets),
        sections=tuple(asked.sections),
        since=asked.since,
        until=asked.until,
    )
    key = ("audit call", scope, asked.by, asked.limit)
    found = kept(request).wait(
        key, lambda record: record.audit(scope, by=asked.by, limit=asked.limit)
    )
    return found.to_dict() | {"unnamed": list(map(hit, found.unnamed))}


def hit(found: Hit) -> dict[str, Any]:
    """A hit, whose speakers have the numbers of their entries."""
    speakers = [voice.to_dict() | {"entry": voice.person} for voice in found.speakers]
    return found.to_dict() | {"speakers": speakers}


def _saying(saying: Saying) -> dict[str, Any]:
    return saying.to_dict() | {"first": hit(saying.first)}
