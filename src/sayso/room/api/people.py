"""People and bodies: who there is, and who is who."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request

from sayso.errors import NotInRecord
from sayso.record import told
from sayso.room.api import asks, shapes
from sayso.room.api.desk import Desk, Who, json_only
from sayso.room.api.errors import fails
from sayso.room.kept import kept

router = APIRouter(tags=["people"], responses=fails(404, 409))
_changing: dict[str, Any] = {
    "dependencies": [Depends(json_only)],
    "responses": fails(404, 409, 413, 415, 507),
}


@router.get("/people", response_model=shapes.People)
def people(asked: Annotated[asks.People, Query()], request: Request) -> Any:
    """Entries, those who speak most first; with words, those whose name or alias has them."""
    page = kept(request).at_once(
        ("people", asked.words, asked.limit, asked.page),
        lambda record: record.people_page(asked.words, limit=asked.limit, page=asked.page),
    )
    return {"people": list(map(told.listed, page.shown)), "next": page.next}


@router.get("/people/{entry}", response_model=shapes.Listed)
def person(entry: Annotated[asks.Number, Path()], desk: Desk) -> Any:
    """One entry. Of one that was merged, the entry that it is now."""
    with desk.record() as record:
        found = record.people(str(entry))
    if not found:
        raise NotInRecord(f"the record has no person numbered {entry}")
    return told.listed(found[0])


@router.patch("/people/{entry}", response_model=shapes.Decision, **_changing)
def rename_person(
    entry: Annotated[asks.Number, Path()], asked: asks.Renaming, desk: Desk, who: Who
) -> Any:
    """Call an entry otherwise: a decision, which can be taken back. It stays known by the names
    that it had, and later articles that use any of them are its own."""
    with desk.writing() as record:
        return told.decision(record.rename(str(entry), asked.name, who=who))


@router.get("/decisions", response_model=shapes.Decisions)
def decisions(asked: Annotated[asks.Paged, Query()], desk: Desk) -> Any:
    """What was merged, split and renamed, the last first, with what was taken back."""
    with desk.record() as record:
        page = record.decision_page(limit=asked.limit, page=asked.page)
    return {"decisions": list(map(told.decision, page.shown)), "next": page.next}


@router.post("/decisions", status_code=201, response_model=shapes.Decision, **_changing)
def make_decision(asked: asks.Decision, desk: Desk, who: Who) -> Any:
    """Make one entry of two, or two of one. Names may be numbers of entries."""
    with desk.writing() as record:
        if isinstance(asked, asks.Merge):
            return told.decision(record.merge(asked.kept, asked.other, who=who, force=asked.force))
        return told.decision(record.split(asked.name, asked.articles, who=who))


@router.post("/decisions/{decision}/undo", response_model=shapes.Decision, **_changing)
def undo_decision(
    decision: Annotated[asks.Number, Path()], _: asks.Undo, desk: Desk, who: Who
) -> Any:
    """Take back a merge, a split or a renaming: all is as if it had never been."""
    with desk.writing() as record:
        return told.decision(record.undo_decision(decision))
