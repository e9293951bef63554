"""An article out of the record, for good: what will happen, and once that is agreed to, it does."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from sayso.errors import NotInRecord, RecordBusy
from sayso.record.upkeep.forget import Forgotten
from sayso.room.addresses import address
from sayso.room.deciding import nameless, naming
from sayso.room.forms import Form
from sayso.room.render import render

router = APIRouter()

_CORRECTIONS = 1_000


@router.get("/forget/{key}")
def forget_page(request: Request, key: str) -> Response:
    return _asked(request, key)


def _asked(request: Request, key: str, error: str = "") -> Response:
    """What goes with the article, and what stays."""
    with request.app.state.desk.record() as record:
        own = record.article(key)
        reading = record.reading(own.key)
        made = [c for c in record.corrections(own.key, limit=_CORRECTIONS) if c.article == own.id]
        versions = [each for each in record.versions(own.key) if each.key != own.key]
    return render(
        request,
        "forget.html",
        422 if error else 200,
        article=own,
        statements=len(reading.statements),
        corrections=len(made),
        versions=versions,
        error=error,
        naming=naming(f"/forget/{own.key}"),
    )


@router.post("/forget/{key}")
def forget(request: Request, key: str, form: Form) -> Response:
    if asks := nameless(request, f"/forget/{key}"):
        return asks
    if form.text("gone") != "1":
        return _asked(request, key, "Say that it may be gone for good.")
    done = _forgotten(request, key)
    if done is None:
        return RedirectResponse("/articles?forgotten=later", 303)
    told = {"same": len(done.kept), "copies": len(done.copies.holding)}
    return RedirectResponse(address("/articles", forgotten=1, **told), 303)


def _forgotten(request: Request, key: str) -> Forgotten | None:
    """What came of it; None where the file could not be made anew at once, as others had it."""
    try:
        with request.app.state.desk.writing() as record:
            found: Forgotten = record.forget([record.article(key)])
            return found
    except RecordBusy:
        if _is_there(request, key):
            raise
        return None


def _is_there(request: Request, key: str) -> bool:
    with request.app.state.desk.record() as record:
        try:
            record.article(key)
        except NotInRecord:
            return False
    return True
