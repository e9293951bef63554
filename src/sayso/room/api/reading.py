"""Articles read: in one call where that is soon done, else as a job to ask after."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response, StreamingResponse

from sayso.errors import ModelError, NoDraft, RoomBusy, WorkerError
from sayso.room.api import asks, contract, shapes
from sayso.room.api.desk import Desk, json_only
from sayso.room.api.errors import fails
from sayso.room.desk import Desk as Records
from sayso.room.reading import Draft, Drafts, Input, Result
from sayso.types import Failure, Reading

router = APIRouter(tags=["reading"])

_LOOK = 0.05
_STEADY = 0.5
"""Seconds between looks at a draft: at first, and once it has taken a while."""
_KEPT_ALIVE = 15.0
"""Seconds after which a stream in which nothing happens says that it is there."""
_CHECKING = 60.0
"""Seconds that a draft to be checked has to be read in."""

_RESULTS = {"type": "array", "items": contract.RESULT}
Job = Annotated[str, Path(min_length=1, max_length=64, description="The id of a job.")]


async def _drafts(request: Request) -> Drafts:
    found: Drafts = request.app.state.drafts
    return found


Queue = Annotated[Drafts, Depends(_drafts)]


@router.post(
    "/read",
    dependencies=[Depends(json_only)],
    response_class=JSONResponse,
    responses={
        **fails(413, 415),
        200: contract.answering(
            contract.object_of(results=_RESULTS),
            "A result for each article, in order, as `sayso read` gives it.",
        ),
        202: {"model": shapes.Progress, "description": "It takes longer: a job to ask after."},
    },
)
async def read(asked: asks.Read, drafts: Queue) -> Response:
    """Read articles. An article that can't be read has an error in its place.

    What is not read after `wait` seconds is a job: its address is in `Location`. Nothing is kept
    in the record.
    """
    draft = await run_in_threadpool(drafts.submit, [_input(asked.articles)])
    draft = await _read(drafts, draft, asked.wait)
    if draft.state == "read":
        await run_in_threadpool(drafts.discard, draft.id)
        return JSONResponse({"results": await run_in_threadpool(_results, draft)})
    where = {"Location": f"/api/v1/jobs/{draft.id}"}
    return JSONResponse(_progress(draft), 202, headers=where)


@router.get(
    "/jobs/{job}",
    response_class=JSONResponse,
    responses={
        **fails(404),
        200: contract.answering(
            contract.object_of(
                progress={"$ref": "#/components/schemas/Progress"},
                results={"anyOf": [_RESULTS, {"type": "null"}]},
            ),
            "How far it is; once all is read, the results.",
        ),
    },
)
def job(job: Job, drafts: Queue) -> Response:
    """How far a job is. It is forgotten some hours after it was read."""
    draft = drafts.look(job)
    results = _results(draft) if draft.state == "read" else None
    return JSONResponse({"progress": _progress(draft), "results": results})


@router.get(
    "/jobs/{job}/events",
    response_class=StreamingResponse,
    responses={
        **fails(404),
        200: {
            "description": "An event `progress` at each step, whose data is a Progress, and the "
            "event `read` at the end.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
    },
)
def events(job: Job, drafts: Queue) -> Response:
    """A job as a stream of events."""
    drafts.look(job)
    return StreamingResponse(_events(drafts, job), media_type="text/event-stream")


@router.delete("/jobs/{job}", status_code=204, responses=fails(404))
def forget(job: Job, drafts: Queue) -> None:
    """Forget a job, read or not."""
    drafts.discard(job)


@router.post(
    "/check",
    tags=["asking"],
    dependencies=[Depends(json_only)],
    response_model=shapes.CheckedDraft,
    responses=fails(413, 415),
)
async def check_draft(asked: asks.Draft, drafts: Queue, desk: Desk) -> Any:
    """Read a draft, and tell of each of its quotations how it stands in print."""
    draft = await run_in_threadpool(drafts.submit, [_input([asked.draft])])
    draft = await _read(drafts, draft, _CHECKING)
    await run_in_threadpool(drafts.discard, draft.id)
    if draft.state != "read":
        raise RoomBusy("others are being read just now: try again in a moment")
    (result,) = draft.results
    if isinstance(result, Failure):
        raise result.error
    return {"quotations": await run_in_threadpool(_checked, desk, result)}


def _input(articles: Iterable[asks.Article]) -> Input:
    """The articles as JSON Lines: as `sayso read` would find them in a file."""
    lines = (json.dumps(article.model_dump(exclude_unset=True)) for article in articles)
    return Input(name="articles.jsonl", data="\n".join(lines).encode())


async def _read(drafts: Drafts, draft: Draft, seconds: float) -> Draft:
    """The draft once it is read, or as it is when the time has passed."""
    end = time.monotonic() + seconds
    while draft.state != "read" and time.monotonic() < end:
        await asyncio.sleep(_LOOK)
        draft = await run_in_threadpool(drafts.look, draft.id)
    return draft


async def _events(drafts: Drafts, id: str) -> AsyncIterator[str]:
    told: dict[str, Any] = {}
    spoke = began = time.monotonic()
    while True:
        try:
            draft = await run_in_threadpool(drafts.look, id)
        except NoDraft:  # forgotten by somebody else meanwhile
            return
        now, progress = time.monotonic(), _progress(draft)
        if progress != told:
            name = "read" if draft.state == "read" else "progress"
            yield f"event: {name}\ndata: {json.dumps(progress)}\n\n"
            told, spoke = progress, now
        elif now - spoke > _KEPT_ALIVE:
            yield ": still there\n\n"
            spoke = now
        if draft.state == "read" or drafts.closed:
            return
        await asyncio.sleep(_LOOK if now - began < 10 * _STEADY else _STEADY)


# ---- told


def _progress(draft: Draft) -> dict[str, Any]:
    return {
        "job": draft.id,
        "state": draft.state,
        "ahead": draft.ahead,
        "done": draft.done,
        "total": draft.total,
        "statements": draft.statements,
    }


def _results(draft: Draft) -> list[dict[str, Any]]:
    """The contract's objects. Of one that failed, `line` is its place in the call.

    Raises what kept the articles from being read at all.
    """
    for failure in draft.failures:
        if isinstance(failure.error, ModelError | WorkerError):
            raise failure.error
    return [_result(each, place) for place, each in enumerate(draft.results, start=1)]


def _result(result: Result, place: int) -> dict[str, Any]:
    if isinstance(result, Failure):
        return replace(result, input=None, line=place).to_dict()
    return result.to_dict()


def _checked(desk: Records, reading: Reading) -> list[dict[str, Any]]:
    with desk.record() as record:
        return [checked.to_dict() for checked in record.check_draft(reading)]
