"""Corrections: what people say against a reading."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from sayso.record import Record, told
from sayso.record.corrections import Correction
from sayso.record.paging import with_key
from sayso.room.api import asks, shapes
from sayso.room.api.articles import Reference, StatementId
from sayso.room.api.desk import Desk, Who, json_only
from sayso.room.api.errors import fails
from sayso.types import Speaker, Statement

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
    """Take back a correction, and those that were made at once with it. They stay among the
    corrections, with the time."""
    with desk.writing() as record:
        return _told(record, record.undo_correction(correction))


@router.get("/misnamed/{article}/{statement}", response_model=shapes.Misnamed)
def misnamed(article: Reference, statement: StatementId, desk: Desk) -> Any:
    """The one speaker of a statement, and all that the article has them say: what is corrected
    where they are mis-named."""
    with desk.record() as record:
        theirs = record.misnamed(f"{article}/{statement}")
        key = record.article(article).key
    return {
        "article": key,
        "speaker": _speaker(theirs.speaker),
        "statements": list(map(_theirs, theirs.statements)),
        "version": theirs.version,
    }


@router.post(
    "/misnamed/{article}/{statement}",
    status_code=201,
    response_model=shapes.AtOnce,
    **_changing,
)
def correct_misnamed(
    article: Reference, statement: StatementId, asked: asks.Misnamed, desk: Desk, who: Who
) -> Any:
    """Say that others said all that the article has the statement's speaker say. Who speaks with
    them stays. To take one of the corrections back takes all of them back. Where somebody has
    corrected one of them since GET, nothing is done: 409."""
    with desk.writing() as record:
        made = record.attribute_all(
            f"{article}/{statement}",
            asked.speakers,
            kind=asked.speaker_kind,
            version=asked.version,
            who=who,
        )
        return {"corrections": [_told(record, each) for each in made]}


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


def _theirs(found: Statement) -> dict[str, Any]:
    return {
        "statement": found.id,
        "text": found.text,
        "speakers": list(map(_speaker, found.speakers)),
    }


def _speaker(found: Speaker) -> dict[str, Any]:
    return {"name": found.name, "kind": found.kind, "by": list(found.by)}
