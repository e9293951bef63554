"""Corrections: what people say against a reading."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from sayso.record import Record, told
from sayso.record.corrections import Correction
from sayso.record.paging import with_key
from sayso.room.api import asks, shapes
from sayso.room.api.desk import Desk, Who, json_only
from sayso.room.api.errors import fails

router = APIRouter(tags=["corrections"], responses=fails(404, 409))
_changing: dict[str, Any] = {
    "dependencies": [Depends(json_only)],
    "responses": fails(404, 409, 413, 415, 507),
}


@router.get("/corrections", response_model=shapes.Corrections)
def corrections(asked: Annotated[asks.Corrections, Query()], desk: Desk) -> Any:
    """The corrections of an article, or all, the last first, with those taken back."""
    with desk.record() as record:
        page = record.correction_page(asked.article, limit=asked.limit, page=asked.page)
    return {"corrections": [told.correction(*each) for each in page.shown], "next": page.next}


@router.post("/corrections", status_code=201, response_model=shapes.Correction, **_changing)
def make_correction(asked: asks.Correction, desk: Desk, who: Who) -> Any:
    """Say of a statement that it is right or wrong, who says it, which words it is, or that one
    is missing. A correction wins over the reading of any model."""
    with desk.writing() as record:
        return _told(record, _made(record, asked, who))


@router.post("/corrections/{correction}/undo", response_model=shapes.Correction, **_changing)
def undo_correction(
    correction: Annotated[asks.Number, Path()], _: asks.Undo, desk: Desk, who: Who
) -> Any:
    """Take back a correction. It stays among them, with the time."""
    with desk.writing() as record:
        return _told(record, record.undo_correction(correction))


def _made(record: Record, asked: asks.Correction, who: str) -> Correction:
    if isinstance(asked, asks.Right):
        return record.right(asked.statement, who=who)
    if isinstance(asked, asks.Wrong):
        return record.wrong(asked.statement, who=who)
    if isinstance(asked, asks.Speaker):
        kind = asked.speaker_kind
        return record.attribute(asked.statement, asked.speakers, kind=kind, who=who)
    if isinstance(asked, asks.Bounds):
        words = {"content": asked.content, "cue": asked.cue, "source": asked.source}
        return record.bound(asked.statement, **words, at=asked.at, who=who)
    return record.supply(
        asked.article,
        content=asked.content,
        cue=asked.cue,
        source=asked.source,
        speakers=asked.speakers,
        kind=asked.speaker_kind,
        said=asked.said,
        at=asked.at,
        who=who,
    )


def _told(record: Record, made: Correction) -> dict[str, Any]:
    return told.correction(*with_key(record.db, made))
