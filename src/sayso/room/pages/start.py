"""Start: a report is brought to be read, looked at as a draft, and kept or discarded."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from sayso.errors import NoDraft, NotInRecord
from sayso.formats.plain import count, heading
from sayso.record import Record
from sayso.room import particulars, pointed
from sayso.room.addresses import address
from sayso.room.forms import Form, Posted
from sayso.room.kept import kept
from sayso.room.layout import Layout
from sayso.room.reading import Draft, Input
from sayso.room.render import render
from sayso.room.report import told
from sayso.room.waiting import being_laid_out
from sayso.types import Reading

router = APIRouter()

_NEWEST = 12
_LISTED = 100
"""Articles of a draft on a page of its list."""
_COMPARED = 20
"""Articles of a list of which it is told that the record has them, or nearly."""
_MANY, _MUCH = 400, 100_000
"""Statements and characters of an article that is laid out while its page is waited for."""
_FIELDS = ("text", "title", "date", "publisher", "url", "address")
_SHARED = ("publisher", "date")
"""What is said of several articles at once."""


@router.get("/")
def start(request: Request) -> Response:
    return _start(request)


@router.post("/read")
def read(request: Request, form: Form) -> Response:
    """Have it read, and lead to where that can be watched."""
    errors = _errors(form)
    if errors:
        given = {n: form.text(n) for n in _FIELDS}
        given["address"] = pointed.amiss(given["address"])[1]
        return _start(request, 422, given=given, errors=errors)
    draft = request.app.state.drafts.submit(list(_inputs(form)))
    return RedirectResponse(f"/drafts/{draft.id}", 303)


@router.get("/drafts/{id}")
def draft(
    request: Request, id: str, article: int | None = None, part: int = 1, after: int = 0
) -> Response:
    """How far the reading is; and once it is done, what was read: one article, or the list of them
    `after` a number."""
    return _draft(request, id, article, part, after)


def _draft(
    request: Request,
    id: str,
    article: int | None,
    part: int = 1,
    after: int = 0,
    status: int = 200,
    given: dict[str, str] | None = None,
) -> Response:
    """`given` is what stands in the fields about the article, and can't be taken."""
    found = request.app.state.drafts.look(id)
    if found.state != "read":
        return render(request, "progress.html", draft=found, waiting=_waiting(found))
    readings = found.readings
    if article is None and (len(readings) != 1 or found.failures):
        return _draft_list(request, found, after)
    number = 1 if article is None else article
    if not 1 <= number <= len(readings):
        raise NotInRecord(f"this draft has {count(len(readings), 'article')}, and no {number}")
    if number in found.decided:
        return RedirectResponse(found.decided[number] or f"/drafts/{id}", 303)
    layout = _layout(request, id, number, readings[number - 1])
    if layout is None:
        return being_laid_out(request, f"/drafts/{id}?article={number}&part={part}")
    with request.app.state.desk.record() as record:
        alike = record.alike(layout.reading)
    return render(
        request,
        "draft.html",
        status,
        alike=alike,
        given=given or particulars.of_reading(layout.reading),
        date_error=particulars.day_error(given["date"]) if given else "",
        draft=found,
        number=number,
        heading=heading(layout.reading),
        **told(layout, part),
    )


def _draft_list(
    request: Request,
    found: Draft,
    after: int,
    status: int = 200,
    given: dict[str, str] | None = None,
) -> Response:
    """`given` is what stands in the fields for all, and can't be taken."""
    shared = given or dict.fromkeys(_SHARED, "")
    listed = _listed(found, after)
    with request.app.state.desk.record() as record:
        alike = {number: record.alike(listed[number]) for number in list(listed)[:_COMPARED]}
    return render(
        request,
        "draft_list.html",
        status,
        draft=found,
        listed=[(number, heading(reading), reading) for number, reading in listed.items()],
        after=after,
        next=max(listed) if listed and max(listed) < max(found.left) else None,
        kept=[(heading(found.readings[n - 1]), went) for n, went in found.decided.items() if went],
        alike=alike,
        given=shared,
        date_error=particulars.day_error(shared["date"]),
    )


def _listed(draft: Draft, after: int) -> dict[int, Reading]:
    """Those that are left of a draft on one page of its list, by their numbers."""
    return dict(islice(((n, each) for n, each in draft.left.items() if n > after), _LISTED))


def _layout(request: Request, id: str, number: int, reading: Reading) -> Layout | None:
    """The article of a draft laid out; None where it is long, and that is still being done."""
    layout = Layout(reading)
    if len(reading.statements) <= _MANY and len(reading.article.text) <= _MUCH:
        return layout

    def prepare(record: Record) -> Layout:
        layout.prepare()
        return layout

    return kept(request).lay(("draft", id, number), None, prepare)


@router.get("/drafts/{id}/progress")
def progress(request: Request, id: str) -> Response:
    """The same for the page's script."""
    found = request.app.state.drafts.look(id)
    return JSONResponse(
        {"state": found.state, "share": found.share, "told": _waiting(found)},
        headers={"Cache-Control": "no-store"},
    )


@router.post("/drafts/{id}/keep")
def keep(request: Request, id: str, form: Form) -> Response:
    """Put the articles that are chosen, by their numbers, or all that are left into the record.

    Of those on the same page of their list, the ones that aren't chosen are discarded; from an
    article's own page, which sends what is known of it, the others stay.
    """
    drafts = request.app.state.drafts
    if (went := drafts.went(id)) is not None:
        return RedirectResponse(went, 303)
    found = drafts.look(id)
    wanted = list(found.left) if form.text("every") else _numbers(form)
    chosen = {number: found.left[number] for number in wanted if number in found.left}
    if not chosen:
        return RedirectResponse(f"/drafts/{id}", 303)
    given = particulars.of_form(form)
    if len(chosen) == 1 and given is not None:
        ((number, reading),) = chosen.items()
        return _keep_one(request, id, number, reading, given)
    after = next(iter(_numbers(form, "after")), 0)
    shared = {name: form.text(f"all_{name}").strip() for name in _SHARED}
    if particulars.day_error(shared["date"]):
        return _draft_list(request, found, after, 422, shared)
    went = _put(request, [particulars.filled(each, **shared) for each in chosen.values()])
    others = _listed(found, after).keys() - chosen.keys()
    decided = dict.fromkeys(others) | dict.fromkeys(chosen, went)
    are_left = [_decide(request, id, number, where) for number, where in decided.items()][-1]
    return RedirectResponse(f"/drafts/{id}" if are_left else went, 303)


def _keep_one(
    request: Request, id: str, number: int, reading: Reading, given: dict[str, str]
) -> Response:
    """Keep an article from its own page, and lead to it, or back to those that are left."""
    if particulars.day_error(given["date"]):
        return _draft(request, id, number, status=422, given=given)
    went = _put(request, [particulars.told_of(reading, given)])
    if _decide(request, id, number, went):
        return RedirectResponse(f"/drafts/{id}", 303)
    return RedirectResponse(went, 303)


def _numbers(form: Posted, name: str = "article") -> list[int]:
    return sorted({int(n) for n in form.all(name) if n.isdecimal() and len(n) < 9})


def _put(request: Request, readings: Sequence[Reading]) -> str:
    """Have the record keep these; the address that tells of it."""
    with request.app.state.desk.writing() as record:
        added = [record.add(reading) for reading in readings]
    return address(
        f"/articles/{added[0].key}" if len(added) == 1 else "/articles",
        kept=sum(one.outcome != "known" for one in added),
        dated=sum(one.printed is not None for one in added) or None,
    )


@router.post("/drafts/{id}/discard")
def discard(request: Request, id: str, form: Form) -> Response:
    """Forget a draft; or, from an article's own page, that article only."""
    number = next(iter(_numbers(form)), None)
    if number is None:
        _discard(request, id)
        return RedirectResponse("/", 303)
    left = request.app.state.drafts.look(id).left
    was_last = number in left and not _decide(request, id, number)
    return RedirectResponse("/" if was_last else f"/drafts/{id}", 303)


def _decide(request: Request, id: str, number: int, went: str | None = None) -> bool:
    """Be done with one article of a draft, and with the draft where it was the last; whether others
    are left."""
    with suppress(NoDraft):  # the button was pressed twice, at the same time
        if request.app.state.drafts.decide(id, number, went):
            kept(request).forget(("draft", id, number))
            return True
        _discard(request, id, went)
    return False


def _discard(request: Request, id: str, went: str | None = None) -> None:
    """Forget a draft with all that was made of it."""
    request.app.state.drafts.discard(id, went)
    kept(request).forget(("draft", id))


def _start(
    request: Request,
    status: int = 200,
    given: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    with request.app.state.desk.record() as record:
        newest, more = record.articles(limit=_NEWEST)
    return render(
        request,
        "start.html",
        status,
        newest=newest,
        more=more,
        given=given or dict.fromkeys(_FIELDS, ""),
        errors=errors or {},
        limits=request.app.state.settings.limits,
    )


def _errors(form: Posted) -> dict[str, str]:
    """What is amiss, by field."""
    errors = {}
    if not (form.text("text").strip() or form.files or form.text("address").strip()):
        errors["text"] = (
            "There is nothing to read yet: paste a report, choose files or give an address."
        )
    if told := particulars.day_error(form.text("date").strip()):
        errors["date"] = told
    if told := pointed.amiss(form.text("address"))[0]:
        errors["address"] = told
    return errors


def _inputs(form: Posted) -> list[Input]:
    """What was brought, with outlet and day as they are said beside it; title and address are those
    of what was pasted, or of all there is."""
    said = {name: form.text(name).strip() or None for name in ("title", "date", "publisher", "url")}
    found = [Input(name=name, data=data) for name, data in form.files]
    found += [Input(name=each) for each in form.text("address").split()]
    found = [replace(each, date=said["date"], publisher=said["publisher"]) for each in found]
    if form.text("text").strip():
        return [Input.of_text(form.text("text"), **said), *found]
    if len(found) == 1:
        return [replace(found[0], title=said["title"], url=said["url"])]
    return found


def _waiting(draft: Draft) -> str:
    """How far it is, in words."""
    if draft.state == "read":
        return "Read."
    if draft.state == "reading":
        return f"Read {draft.done} of {count(draft.total or 0, 'article')}."
    if draft.ahead:
        return f"Waiting: {count(draft.ahead, 'draft')} to be read before it."
    return "Getting ready to read."
