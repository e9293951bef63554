"""Check: one quotation, or all of a draft, held against the record."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from sayso.errors import Ambiguous, NotInRecord, RoomBusy, UsageError
from sayso.record import Record
from sayso.record.check import Checked
from sayso.record.check.report import SAID, as_json
from sayso.record.people import Person
from sayso.room import downloads, judged
from sayso.room.addresses import address
from sayso.room.forms import Form
from sayso.room.kept import kept
from sayso.room.reading import Draft, Input
from sayso.room.render import render
from sayso.room.waiting import waiting

router = APIRouter()

_QUOTATIONS = 20
"""Of a draft, on a page."""
_LONGEST = 4_000

_COLUMNS = ("quotation", "by", "wording", "speaker", "reason", "passed", "article", "statement",
            "printed", "outlet", "published", "first", "cue",
            "according_to")  # fmt: skip

Quotation = Annotated[str, Query(max_length=8_000)]
Name = Annotated[str, Query(max_length=200)]


@router.get("/check")
def check(request: Request, quotation: Quotation = "", by: Name = "") -> Response:
    """What a quotation is like in print; or the forms that ask for one, or for a draft."""
    if not quotation.strip():
        return _page(request, quotation="", by=by, error="")
    try:
        checked = _checked(request, quotation, by)
    except (UsageError, Ambiguous, NotInRecord) as error:
        return _page(request, 422, quotation=quotation, by=by, error=error.told)
    nobody = False
    near: list[Person] = []
    if checked.by is not None and checked.speaker != "same":
        with request.app.state.desk.record() as record:
            nobody = record.is_nobody(checked.by)
            near = record.near_unknown(checked.by) if nobody else []
    return _page(
        request, quotation=quotation, by=by, error="", checked=checked, nobody=nobody, near=near
    )


@router.get("/check.{ending}")
def check_file(
    request: Request, ending: downloads.Ending, quotation: Quotation = "", by: Name = ""
) -> Response:
    """The same with all its evidence as a file."""
    return _file(downloads.named("check", quotation), ending, [_checked(request, quotation, by)])


def _checked(request: Request, quotation: str, by: str) -> Checked:
    with request.app.state.desk.record() as record:
        checked: Checked = record.check(quotation, by.strip() or None)
        return checked


def _page(request: Request, status: int = 200, **values: Any) -> Response:
    given = {"checked": None, "text": "", "draft_error": "", "nobody": False, "near": []} | values
    return render(request, "check.html", status, judged=judged, longest=_LONGEST, **given)


# ---- drafts


@router.post("/check")
def check_draft(request: Request, form: Form) -> Response:
    """Have a draft read, and lead to where its quotations are judged."""
    inputs = [Input(name=name, data=data) for name, data in form.files]
    if form.text("text").strip():
        inputs.insert(0, Input.of_text(form.text("text")))
    if not inputs:
        message = "There is nothing to check yet: paste a draft, or choose its file."
        return _page(request, 422, quotation="", by="", error="", draft_error=message)
    draft = request.app.state.drafts.submit(inputs)
    return RedirectResponse(f"/check/drafts/{draft.id}", 303)


@router.get("/check/drafts/{id}")
def draft(request: Request, id: str, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    """How far the reading is; once it is done, a part of its quotations, each with what came."""
    found: Draft = request.app.state.drafts.look(id)
    answer = None
    if found.state == "read":
        answer = kept(request).ask(("draft", id), _judging(found))
    if answer is None:
        title, again = "Checking a draft", f"/check/drafts/{id}"
        return waiting(request, title, _waiting(found), again, "check")
    last = max(1, -(-len(answer.value) // _QUOTATIONS))
    if page > last:
        raise HTTPException(404)
    here = f"/check/drafts/{id}"
    return render(
        request,
        "check_draft.html",
        judged=judged,
        id=id,
        checks=answer.value[(page - 1) * _QUOTATIONS : page * _QUOTATIONS],
        number=(page - 1) * _QUOTATIONS,
        every=len(answer.value),
        passed=sum(checked.passed for checked in answer.value),
        unnamed=sum(checked.passed and checked.by is None for checked in answer.value),
        counts=_counts(answer.value),
        covers=answer.value[0].covers if answer.value else None,
        failures=found.failures,
        older=answer.older,
        told=f"page {page} of {last}" if last > 1 else "",
        first=here if page > 1 else None,
        next=address(here, page=page + 1) if page < last else None,
    )


@router.get("/check/drafts/{id}/quotations.{ending}")
def draft_file(request: Request, id: str, ending: downloads.Ending) -> Response:
    """All quotations of the draft with all evidence."""
    found: Draft = request.app.state.drafts.look(id)
    if found.state != "read":
        raise RoomBusy("the draft is still being read: ask again in a moment")
    return _file("draft", ending, kept(request).wait(("draft", id), _judging(found)))


def _judging(draft: Draft) -> Callable[[Record], list[Checked]]:
    def make(record: Record) -> list[Checked]:
        checks = (each for reading in draft.readings for each in record.check_draft(reading))
        return list(map(judged.light, checks))

    return make


def _counts(checks: Sequence[Checked]) -> list[tuple[str, str, int]]:
    """Wordings in order, in words, with how many quotations have each."""
    counted = Counter[str](checked.wording for checked in checks)
    return [(name, told, counted[name]) for name, told in SAID.items() if counted[name]]


def _waiting(draft: Draft) -> str:
    if draft.state == "read":
        return "The draft is read; its quotations are being looked for in the record."
    if draft.ahead:
        return "The draft waits until others are read."
    return "The draft is being read for its quotations."


# ---- files


def _file(name: str, ending: str, checks: Sequence[Checked]) -> Response:
    if ending == "jsonl":
        return downloads.file(name, ending, "".join(map(as_json, checks)))
    return downloads.table(name, ending, [r for c in checks for r in _rows(c)], _COLUMNS)


def _rows(checked: Checked) -> list[dict[str, Any]]:
    """A row for each place in print; one for a quotation that has none."""
    own = {name: getattr(checked, name) for name in ("quotation", "by", "reason", "passed")}
    own |= {"wording": checked.wording, "speaker": checked.speaker}
    found = [match.to_dict() | own for match in checked.matches]
    return found or [own]
