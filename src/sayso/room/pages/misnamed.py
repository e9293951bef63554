"""A speaker who was mis-named: all of their statements in an article corrected at once."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from sayso.errors import Changed, SaysoError, UsageError
from sayso.room import typed
from sayso.room.deciding import nameless
from sayso.room.failures import status_of
from sayso.room.forms import Form, Posted
from sayso.room.passage import candidates
from sayso.room.render import render
from sayso.room.way import Way

router = APIRouter()


@router.get("/misnamed/{key}/{statement}")
def misnamed(request: Request, key: str, statement: str) -> Response:
    """The statements, and who it may be instead."""
    if asks := nameless(request, f"/misnamed/{key}/{statement}"):
        return asks
    return _asked(request, f"{key}/{statement}")


@router.post("/misnamed/{key}/{statement}")
def correct(request: Request, key: str, statement: str, form: Form) -> Response:
    reference = f"{key}/{statement}"
    if asks := nameless(request, f"/misnamed/{reference}"):
        return asks
    names = [pick] if (pick := form.text("pick")) else typed.names(form)
    kind, version = None if pick else typed.kind(form), form.text("version")
    person = request.state.person
    try:
        if not names:
            raise UsageError("write a name")
        with request.app.state.desk.writing() as record:
            made = record.attribute_all(reference, names, kind=kind, version=version, who=person)
    except (UsageError, Changed) as error:
        return _asked(request, reference, form, error)
    return RedirectResponse(Way().to(reference, done=made[0].id, was=statement), 303)


def _asked(
    request: Request, reference: str, form: Posted | None = None, error: SaysoError | None = None
) -> Response:
    with request.app.state.desk.record() as record:
        found = record.reviewed(reference)
        theirs = record.misnamed(reference)
    return render(
        request,
        "misnamed.html",
        200 if error is None else status_of(error),
        reference=f"{found.article.key}/{found.statement.id}",
        article=found.article,
        them=theirs.speaker,
        statements=theirs.statements,
        version=theirs.version,
        candidates=candidates(found.reading, found.statement),
        given=typed.shown(form),
        changed=isinstance(error, Changed),
        error="" if isinstance(error, Changed) else typed.problem(error, []),
    )
