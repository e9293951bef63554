"""People: who is in the record, which entries are likely one, and what was decided about them."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from sayso.errors import Ambiguous, NotInRecord, SaysoError, UsageError
from sayso.record import Record, told
from sayso.record.articles import Stored
from sayso.record.decisions import Decision
from sayso.record.duplicates import Likely
from sayso.room import deciding, downloads
from sayso.room.addresses import address
from sayso.room.forms import Form
from sayso.room.kept import kept as answers
from sayso.room.render import render
from sayso.room.waiting import waiting

router = APIRouter()

_PAGE = 20
_PAIRS = 30
_DECISIONS = 30
_PARTED = 12

_PEOPLE = ("entry", "name", "kind", "id", "aliases", "columns", "statements", "articles", "outlets")
_DECIDED = ("decision", "kind", "names", "articles", "entry", "who", "made", "undone")
_LIKELY = ("kept", "kept_name", "other", "other_name", "evidence", "against", "statements")

Text = Annotated[str, Query(max_length=200)]
Token = Annotated[str | None, Query(max_length=2_000)]


@router.get("/people")
def people(request: Request, words: Text = "", page: Token = None) -> Response:
    """A page of the list: those who speak most, or whose name has the words."""
    sought = words.strip() or None
    found = answers(request).at_once(
        ("people", sought, _PAGE, page),
        lambda record: record.people_page(sought, limit=_PAGE, page=page),
    )
    near = []
    if sought is not None and not found.shown:
        with request.app.state.desk.record() as record:
            near = record.near_unknown(sought)
    return render(
        request,
        "people.html",
        words=words.strip(),
        near=near,
        people=found.shown,
        most=max((each.statements for each in found.shown), default=0),
        first=None if page is None else address("/people", words=words.strip()),
        next=found.next and address("/people", words=words.strip(), page=found.next),
        asked=address("", words=words.strip()),
    )


@router.get("/people.{ending}")
def people_file(request: Request, ending: downloads.Ending, words: Text = "") -> Response:
    """The first of the list, as many as a file has."""
    with request.app.state.desk.record() as record:
        found = record.people(words.strip() or None, limit=downloads.MOST)
    name, rows = downloads.named("people", words), list(map(told.listed, found))
    return downloads.table(name, ending, rows, _PEOPLE)


# ---- entries that are likely one


@router.get("/people/duplicates")
def duplicates(request: Request) -> Response:
    """Pairs with what speaks for it and against it; on the way where it takes a while."""
    found = answers(request).ask("duplicates", _likely)
    if found is None:
        doing = "The names of the record are being compared with each other."
        title = "Likely one and the same"
        return waiting(request, title, doing, "/people/duplicates", "people")
    return render(
        request,
        "duplicates.html",
        pairs=found.value[:_PAIRS],
        more=max(0, len(found.value) - _PAIRS),
        older=found.older,
    )


@router.get("/people/duplicates.{ending}")
def duplicates_file(request: Request, ending: downloads.Ending) -> Response:
    pairs = answers(request).wait("duplicates", _likely)
    return downloads.table("likely-duplicates", ending, list(map(_told, pairs)), _LIKELY)


def _likely(record: Any) -> list[Likely]:
    pairs: list[Likely] = record.likely_duplicates(limit=200)
    return pairs


def _told(pair: Likely) -> dict[str, Any]:
    return {
        "kept": pair.kept.id,
        "kept_name": pair.kept.name,
        "other": pair.other.id,
        "other_name": pair.other.name,
        "evidence": list(pair.evidence),
        "against": list(pair.against),
        "statements": list(pair.statements),
    }


# ---- merging


@router.get("/people/merge")
def merge_page(request: Request, kept: Text = "", other: Text = "") -> Response:
    """The two side by side, and what will happen; or which two it shall be."""
    if not (kept.strip() and other.strip()):
        return _choose(request, kept, other)
    try:
        with request.app.state.desk.record() as record:
            pair = record.pair(kept.strip(), other.strip())
    except (NotInRecord, Ambiguous) as error:
        return _choose(request, kept, other, error)
    back = address("/people/merge", kept=pair.kept.person.id, other=pair.other.person.id)
    return render(
        request,
        "merge.html",
        pair=pair,
        swapped=address("/people/merge", kept=pair.other.person.id, other=pair.kept.person.id),
        naming=deciding.naming(back),
    )


def _choose(request: Request, kept: str, other: str, error: SaysoError | None = None) -> Response:
    status = 200 if error is None else 422
    message = "" if error is None else error.told
    return render(request, "merge_choose.html", status, kept=kept, other=other, message=message)


@router.post("/people/merge")
def merge(request: Request, form: Form) -> Response:
    into, other = form.text("kept"), form.text("other")
    back = address("/people/merge", kept=into, other=other)
    if (refused := deciding.nameless(request, back)) is not None:
        return refused
    with request.app.state.desk.writing() as record:
        made = _merged(record, into, other)
        if made is None:
            force = form.text("force") == "1"
            made = record.merge(into, other, who=request.state.person, force=force)
    return deciding.decided(f"/people/{made.entry}", made.id)


def _merged(record: Record, into: str, other: str) -> Decision | None:
    """The merge that has made these two one before, where the form came twice."""
    pair = record.pair(into, other)
    if into == other or pair.kept.person.id != pair.other.person.id:
        return None
    return deciding.standing(record, "merge", pair.kept.person.id)


# ---- decisions


@router.get("/people/decisions")
def decisions(request: Request, page: Token = None, decision: int | None = None) -> Response:
    """What was merged, split and renamed, the last first."""
    with request.app.state.desk.record() as record:
        found = record.decision_page(limit=_DECISIONS, page=page)
        made = None if decision is None else record.decision(decision)
        left = record.undoing(made.id) if made and made.undone and made.kind == "merge" else None
    return render(
        request,
        "decisions.html",
        decisions=found.shown,
        undone=made.id if made and made.undone else None,
        left=left,
        next=found.next and address("/people/decisions", page=found.next),
        first=None if page is None else "/people/decisions",
        naming=deciding.naming("/people/decisions"),
    )


@router.get("/people/decisions.{ending}")
def decisions_file(request: Request, ending: downloads.Ending) -> Response:
    with request.app.state.desk.record() as record:
        rows = list(map(told.decision, record.decisions()))
    return downloads.table("decisions", ending, rows, _DECIDED)


@router.get("/people/decisions/{decision}")
def decision(request: Request, decision: int) -> Response:
    """One decision, and what taking it back will do."""
    with request.app.state.desk.record() as record:
        made = record.decision(decision)
        left = record.undoing(decision) if made.kind == "merge" else None
        parted = list(_there(record, made.articles[:_PARTED]))
    naming = deciding.naming(f"/people/decisions/{decision}")
    values = {"made": made, "left": left, "parted": parted, "naming": naming}
    return render(request, "decision.html", **values)


def _there(record: Record, keys: Iterable[str]) -> Iterator[Stored]:
    """The articles that nobody has forgotten meanwhile."""
    for key in keys:
        with suppress(NotInRecord):
            yield record.article(key)


@router.post("/people/decisions/{decision}/undo")
def undo(request: Request, decision: int, form: Form) -> Response:
    if (refused := deciding.nameless(request, f"/people/decisions/{decision}")) is not None:
        return refused
    # it may be taken back already: the form came twice
    with request.app.state.desk.writing() as record, suppress(UsageError):
        record.undo_decision(decision)
    return deciding.decided("/people/decisions", decision)
