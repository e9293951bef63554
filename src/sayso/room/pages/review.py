"""Review: doubtful statements, one at a time, to be called right or wrong or to be corrected."""

from collections.abc import Callable
from itertools import islice
from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from sayso.errors import Ambiguous, NotInRecord, SaysoError, UsageError
from sayso.formats.plain import harmless, one_line
from sayso.record.corrections import Correction
from sayso.record.doubtful import MOST
from sayso.record.reviewing import Reviewed
from sayso.record.shown import hits
from sayso.record.store import Record
from sayso.room import downloads
from sayso.room.deciding import nameless
from sayso.room.failures import status_of
from sayso.room.handing import handing
from sayso.room.passage import Place, candidates, passage, places, whole
from sayso.room.protection import Form, Posted
from sayso.room.render import render
from sayso.room.way import BELOW, Way
from sayso.types import Kind, Span, Statement

router = APIRouter()

_AT_ONCE = 32
_LOOKED_THROUGH = 128
"""Statements of which one is handed out: more than people who review at once."""
_MOST_NAMES = 20
_MOST_PLACES = 12
_PARTS = ("content", "cue", "source")


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
        return _none(request, way, status_of(error), error.message)
    if found is None:
        return _none(request, way)
    return RedirectResponse(way.handed(found, **_done(request)), 303)


@router.get("/review.{ending}")
def download(request: Request, ending: str) -> Response:
    """The first of the queue, as many as a file has."""
    doubts = Way.of(request.query_params).doubts()
    with request.app.state.desk.record() as record:
        found = record.doubtful_page(doubts, limit=downloads.MOST)
    text = hits(found.shown, ending) if ending in ("csv", "jsonl") else ""
    return downloads.file("doubtful", ending if text else "", text)


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
        values = _common(request, record, way)
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
                instead=_number(form.text("instead")),
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
        names = _names(form)
        if not names:
            raise UsageError("write a name, or say that nobody is named")
        return lambda: record.attribute(reference, names, kind=_kind(form), who=who)
    if verdict == "bounds":
        return lambda: _bound(record, reference, form, who)
    raise UsageError("say what is to be corrected")


def _bound(record: Record, reference: str, form: Posted, who: str) -> Correction:
    """Only what was changed is given: what is not stays where it is, wherever else it stands."""
    now = record.reviewed(reference).statement
    old = {part: _words(getattr(now, part)) for part in _PARTS}
    new = {part: _pieces(form, part) for part in _PARTS}
    given = {part: new[part] if new[part] != old[part] else [] for part in _PARTS}
    return record.bound(reference, **given, at=_number(form.text("at")), who=who)


def _words(spans: tuple[Span, ...]) -> list[str]:
    return [" ".join(harmless(span.text).split()) for span in spans]


def _pieces(form: Posted, part: str) -> list[str]:
    found = (" ".join(words.split()) for words in form.all(part))
    return [words for words in found if words]


def _names(form: Posted) -> list[str]:
    names = (line.strip() for line in form.text("names").split("\n"))
    return [name for name in names if name][:_MOST_NAMES]


def _kind(form: Posted) -> Kind | None:
    return cast(Kind, form.text("kind")) or None


def _number(text: str) -> int | None:
    """An offset or a number out of a form's hidden field."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


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
    values = _common(request, record, way) | _shown(found)
    several = _places(found, form, error)
    values |= {
        "reference": reference,
        "left": record.waiting_left(way.doubts()) if way.queue else None,
        "other": handing(request).look(request.state.person, reference),
        "given": _given(form, found.statement),
        "failed": form.text("verdict") if form else "",
        "error": _told(error, several),
        "places": several,
    }
    return render(request, "review.html", 200 if error is None else status_of(error), **values)


def _shown(found: Reviewed) -> dict[str, Any]:
    return {
        "found": found,
        "statement": found.statement,
        "article": found.article,
        "paragraphs": passage(found.reading, found.statement),
        "candidates": candidates(found.reading, found.statement),
    }


def _given(form: Posted | None, statement: Statement) -> dict[str, Any]:
    """What stands in the fields: what was typed, else how the statement is."""
    if form is not None and form.text("verdict") in ("bounds", "speaker", "missing"):
        typed: dict[str, Any] = {part: list(map(harmless, form.all(part))) for part in _PARTS}
        return typed | {n: harmless(form.text(n)) for n in ("names", "kind", "at", "thought")}
    own: dict[str, Any] = {
        part: [harmless(s.text) for s in getattr(statement, part)] for part in _PARTS
    }
    names = "\n".join(one_line(s.name) for s in statement.speakers if s.name)
    return own | {"names": names, "kind": "", "at": "", "thought": ""}


def _places(found: Reviewed, form: Posted | None, error: SaysoError | None) -> list[Place]:
    """Where words stand that were given and stand several times."""
    if form is None or not isinstance(error, Ambiguous):
        return []
    return _several(found.reading.article.text, form)


def _several(text: str, form: Posted) -> list[Place]:
    words = next(iter(_pieces(form, "content")), "")
    return list(islice(places(text, words), _MOST_PLACES))


def _told(error: SaysoError | None, several: list[Place]) -> str:
    """What went wrong, in words for a page: the command's own tell of its options."""
    if error is None:
        return ""
    return "choose one of these places" if several else error.message


def _common(request: Request, record: Record, way: Way) -> dict[str, Any]:
    """What the pages have in common: the way, and the correction that was made last."""
    number = _number(request.query_params.get("done", ""))
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
        if name in ("verdict", "pick", "names", "kind", "at", *_PARTS)
    ]
    values = _common(request, record, way) | _shown(found)
    values |= {
        "reference": reference,
        "kept": kept,
        "mine": form.text("verdict") if not form.text("pick") else "speaker",
        "names": [form.text("pick")] if form.text("pick") else _names(form),
        "words": _pieces(form, "content"),
        "theirs": found.history[0] if found.history else None,
        "possible": not found.gone or bool(found.history),
    }
    return render(request, "review_overtaken.html", 409, **values)


# ---- what is missing


@router.get("/review/{key}")
def article(request: Request, key: str, start: int = 0) -> Response:
    """An article with what was read in it, to add what is missing."""
    way = Way.of(request.query_params)
    if asks := nameless(request, way.to(key)):
        return asks
    with request.app.state.desk.record() as record:
        return _article(request, record, key, way, start)


@router.post("/review/{key}")
def supply(request: Request, key: str, form: Form) -> Response:
    way = Way.of(request.query_params)
    if asks := nameless(request, way.to(key)):
        return asks
    with request.app.state.desk.writing() as record:
        try:
            made = record.supply(
                key,
                content=_pieces(form, "content"),
                cue=_pieces(form, "cue"),
                source=_pieces(form, "source"),
                speakers=_names(form),
                kind=_kind(form),
                said=not form.text("thought"),
                at=_number(form.text("at")),
                who=request.state.person,
            )
        except (UsageError, NotInRecord, Ambiguous) as error:
            start = _number(form.text("start")) or 0
            return _article(request, record, key, way, start, form=form, error=error)
    came_from = form.text("statement")
    reference = f"{key}/{came_from}" if came_from else key
    return RedirectResponse(way.to(reference, done=made.id), 303)


def _article(
    request: Request,
    record: Record,
    key: str,
    way: Way,
    start: int,
    *,
    form: Posted | None = None,
    error: SaysoError | None = None,
) -> Response:
    opened = record.opened(key)
    text = opened.reading.article.text
    paragraphs, more = whole(opened.reading, min(max(0, start), len(text)))
    given: dict[str, Any] = {
        part: list(map(harmless, form.all(part))) if form else [] for part in _PARTS
    }
    given |= {n: harmless(form.text(n)) if form else "" for n in ("names", "kind", "at", "thought")}
    several = _several(text, form) if form and isinstance(error, Ambiguous) else []
    values = _common(request, record, way) | {
        "article": opened.article,
        "paragraphs": paragraphs,
        "start": start,
        "more": more,
        "given": given,
        "error": _told(error, several),
        "places": several,
        "came_from": form.text("statement") if form else "",
    }
    status = 200 if error is None else status_of(error)
    return render(request, "review_missing.html", status, **values)
