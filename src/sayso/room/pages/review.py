"""Review: doubtful statements, one at a time, to be called right or wrong or to be corrected."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from sayso.errors import Ambiguous, NotInRecord, SaysoError, UsageError
from sayso.record.corrections import Correction
from sayso.record.misnamed import said_by
from sayso.record.reviewing import Reviewed
from sayso.record.shown import hits
from sayso.record.store import Record
from sayso.room import downloads, typed
from sayso.room.deciding import nameless
from sayso.room.failures import status_of
from sayso.room.forms import Form, Posted
from sayso.room.handing import handing
from sayso.room.passage import candidates, passage
from sayso.room.render import render
from sayso.room.reviewed import common
from sayso.room.way import Way

router = APIRouter()

_AT_ONCE = 32
_LOOKED_THROUGH = 128
"""Statements of which one is handed out: more than people who review at once."""


# ---- the queue


@router.get("/review")
def review(request: Request, skip: str = "") -> Response:
    """Leads to the statement that is next for this person."""
    way = Way.of(request.query_params)
    if asks := nameless(request, way.onward()):
        return asks
    try:
        with request.app.state.desk.record() as record:
            if skip:
                way = way.past(record.waiting_place(skip))
            found = _next(request, record, way)
    except SaysoError as error:
        if status_of(error) >= 500:
            raise
        return _none(request, way, status_of(error), error.told)
    if found is None:
        return _none(request, way)
    return RedirectResponse(way.handed(found, **_done(request)), 303)


@router.get("/review.{ending}")
def download(request: Request, ending: downloads.Ending) -> Response:
    """The first of the queue, as many as a file has."""
    doubts = Way.of(request.query_params).doubts()
    with request.app.state.desk.record() as record:
        found = record.doubtful_page(doubts, limit=downloads.MOST)
    return downloads.file("doubtful", ending, hits(found.shown, ending))


def _next(request: Request, record: Record, way: Way) -> str | None:
    """The next statement that nobody else has before them."""
    doubts, after = way.doubts(), way.after or None
    for _ in range(_LOOKED_THROUGH // _AT_ONCE):
        waiting = record.waiting(doubts, limit=_AT_ONCE, after=after)
        if not waiting:
            break
        references = [each.reference for each in waiting]
        if found := handing(request).take(request.state.person, references):
            return found
        after = waiting[-1].place
    return None


def _none(request: Request, way: Way, status: int = 200, error: str = "") -> Response:
    with request.app.state.desk.record() as record:
        values = common(request, record, way)
        values["any_articles"] = bool(record.articles(limit=1)[0])
        left = [] if error else record.waiting(way.doubts(), limit=1, after=way.after or None)
        values["others_have"] = left[0].reference if left else None
    return render(request, "review_none.html", status, error=error, left=0, **values)


# ---- one statement


@router.get("/review/{key}/{statement}")
def statement(request: Request, key: str, statement: str) -> Response:
    way = Way.of(request.query_params)
    reference = f"{key}/{statement}"
    if asks := nameless(request, way.to(reference)):
        return asks
    with request.app.state.desk.record() as record:
        return _statement(request, record, reference, way)


@router.post("/review/{key}/{statement}")
def correct(request: Request, key: str, statement: str, form: Form) -> Response:
    """Take a correction, unless somebody else has made one since the page was shown."""
    way = Way.of(request.query_params)
    reference = f"{key}/{statement}"
    if asks := nameless(request, way.to(reference)):
        return asks
    with request.app.state.desk.writing() as record:
        try:
            made = record.unless_changed(
                reference,
                form.text("version"),
                _correction(record, reference, form, request.state.person),
                instead=typed.number(form.text("instead")),
            )
        except (UsageError, NotInRecord, Ambiguous) as error:
            return _statement(request, record, reference, way, form=form, error=error)
        if made is None:
            return _overtaken(request, record, reference, way, form)
        if not way.queue:
            return RedirectResponse(way.to(reference, done=made.id, was=statement), 303)
        following = _next(request, record, way)
    if following is None:
        return RedirectResponse(way.onward(done=made.id, was=statement), 303)
    return RedirectResponse(way.handed(following, done=made.id, was=statement), 303)


def _correction(record: Record, reference: str, form: Posted, who: str) -> Callable[[], Correction]:
    """What the form asks for, to be done once nobody else can write."""
    verdict = form.text("verdict")
    if pick := form.text("pick"):
        return lambda: record.attribute(reference, [pick], who=who)
    if verdict == "right":
        return lambda: record.right(reference, who=who)
    if verdict == "wrong":
        return lambda: record.wrong(reference, who=who)
    if verdict == "nobody":
        return lambda: record.attribute(reference, [], who=who)
    if verdict == "speaker":
        names = typed.names(form)
        if not names:
            raise UsageError("write a name, or say that nobody is named")
        return lambda: record.attribute(reference, names, kind=typed.kind(form), who=who)
    if verdict == "bounds":
        return lambda: _bound(record, reference, form, who)
    raise UsageError("say what is to be corrected")


def _bound(record: Record, reference: str, form: Posted, who: str) -> Correction:
    """Only what was changed is given: what is not stays where it is, wherever else it stands.
    A cue or a source that was emptied is none."""
    now = record.reviewed(reference).statement
    old = {part: typed.words(getattr(now, part)) for part in typed.PARTS}
    new = {part: typed.pieces(form, part) for part in typed.PARTS}
    given = {part: None if new[part] == old[part] else new[part] for part in typed.PARTS}
    return record.bound(reference, **given, at=typed.number(form.text("at")), who=who)


def _statement(
    request: Request,
    record: Record,
    reference: str,
    way: Way,
    *,
    form: Posted | None = None,
    error: SaysoError | None = None,
) -> Response:
    found = record.reviewed(reference)
    reference = f"{found.article.key}/{found.statement.id}"
    values = common(request, record, way) | _shown(found)
    values["at_once"] = {c.id: record.at_once(c) for c in found.history}
    places = typed.several(found.reading.article.text, form, error)
    values |= {
        "reference": reference,
        "left": record.waiting_left(way.doubts()) if way.queue else None,
        "other": handing(request).look(request.state.person, reference),
        "given": typed.shown(form, found.statement),
        "failed": form.text("verdict") if form else "",
        "error": typed.problem(error, places),
        "places": places,
    }
    return render(request, "review.html", 200 if error is None else status_of(error), **values)


def _shown(found: Reviewed) -> dict[str, Any]:
    return {
        "found": found,
        "statement": found.statement,
        "article": found.article,
        "paragraphs": passage(found.reading, found.statement),
        "candidates": candidates(found.reading, found.statement),
        "theirs": _theirs(found),
    }


def _theirs(found: Reviewed) -> int:
    """How many statements are told to be by the one speaker of this one."""
    if found.gone or len(found.statement.speakers) != 1:
        return 0
    (speaker,) = found.statement.speakers
    return len(said_by(found.reading, speaker))


def _done(request: Request) -> dict[str, str]:
    return {name: request.query_params.get(name, "") for name in ("done", "was")}


# ---- what somebody else has corrected meanwhile


def _overtaken(
    request: Request, record: Record, reference: str, way: Way, form: Posted
) -> Response:
    found = record.reviewed(reference)
    reference = f"{found.article.key}/{found.statement.id}"
    kept = [
        (name, value)
        for name, value in form.fields
        if name in ("verdict", "pick", "names", "kind", "at", *typed.PARTS)
    ]
    values = common(request, record, way) | _shown(found)
    values |= {
        "reference": reference,
        "kept": kept,
        "mine": form.text("verdict") if not form.text("pick") else "speaker",
        "names": [form.text("pick")] if form.text("pick") else typed.names(form),
        "words": typed.pieces(form, "content"),
        "theirs": found.history[0] if found.history else None,
        "possible": not found.gone or bool(found.history),
    }
    return render(request, "review_overtaken.html", 409, **values)
