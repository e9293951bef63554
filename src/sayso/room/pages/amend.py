"""Title, outlet and day of an article in the record, put right by a person."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from sayso.errors import UsageError
from sayso.record.articles import Stored
from sayso.room import particulars
from sayso.room.deciding import nameless, naming
from sayso.room.forms import Form
from sayso.room.render import render

router = APIRouter()


@router.get("/amend/{key}")
def amend_page(request: Request, key: str) -> Response:
    """The form, and what was changed before."""
    return _asked(request, key)


@router.post("/amend/{key}")
def amend(request: Request, key: str, form: Form) -> Response:
    if asks := nameless(request, f"/amend/{key}"):
        return asks
    given = particulars.of_form(form) or {}
    if amiss := particulars.day_error(given.get("date", "")):
        return _asked(request, key, given, {"date": amiss})
    with request.app.state.desk.writing() as record:
        own = record.article(key)
        known = given_of(own)
        changed = {n: value for n, value in given.items() if value.split() != known[n].split()}
        try:
            if changed:
                record.amend(own.key, **changed, who=request.state.person)
        except UsageError as error:
            return _asked(request, own.key, given, {"form": error.told})
    return RedirectResponse(f"/articles/{own.key}{'?amended=1' if changed else ''}", 303)


def given_of(article: Stored) -> dict[str, str]:
    """What the record has, as it stands in the fields."""
    known = (article.title, article.outlet, article.published)
    return {name: value or "" for name, value in zip(particulars.FIELDS, known, strict=True)}


def _asked(
    request: Request,
    key: str,
    given: dict[str, str] | None = None,
    errors: dict[str, Any] | None = None,
) -> Response:
    """`given` is what stands in the fields, and can't be taken."""
    with request.app.state.desk.record() as record:
        own = record.article(key)
        made = record.amendments(own.key)
    return render(
        request,
        "amend.html",
        422 if errors else 200,
        article=own,
        given=given or given_of(own),
        errors=errors or {},
        amendments=made,
        naming=naming(f"/amend/{own.key}"),
    )
