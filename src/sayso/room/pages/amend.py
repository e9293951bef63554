"""Title, outlet and day of an article in the record, put right by a person.

The form sends what it showed along: what somebody left as it was is no change, whatever the record
has by then.
"""

from typing import Any, NamedTuple

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
    shown = particulars.shown_in(form)
    given = particulars.of_form(form) or shown
    if amiss := particulars.day_error(given["date"]):
        return _asked(request, key, _Fields(given, shown), {"date": amiss})
    with request.app.state.desk.writing() as record:
        own = record.article(key)
        known = given_of(own)
        wanted = particulars.differing(given, shown) & particulars.differing(given, known)
        overtaken = wanted & particulars.differing(shown, known)
        try:
            if wanted and not overtaken:
                record.amend(own.key, **{n: given[n] for n in wanted}, who=request.state.person)
        except UsageError as error:
            return _asked(request, own.key, _Fields(given, shown), {"form": error.told})
    if overtaken:
        fields = _Fields(known | {name: given[name] for name in wanted}, known)
        meanwhile = {name: known[name] for name in sorted(overtaken)}
        return _asked(request, own.key, fields, {"meanwhile": meanwhile}, 409)
    return RedirectResponse(f"/articles/{own.key}{'?amended=1' if wanted else ''}", 303)


def given_of(article: Stored) -> dict[str, str]:
    """What the record has, as it stands in the fields."""
    known = (article.title, article.outlet, article.published)
    return {name: value or "" for name, value in zip(particulars.FIELDS, known, strict=True)}


class _Fields(NamedTuple):
    """What stands in the fields, and what they had when the form was given out."""

    given: dict[str, str]
    shown: dict[str, str]


def _asked(
    request: Request,
    key: str,
    fields: _Fields | None = None,
    errors: dict[str, Any] | None = None,
    status: int = 422,
) -> Response:
    """The form, with `fields` that can't be taken."""
    with request.app.state.desk.record() as record:
        own = record.article(key)
        made = record.amendments(own.key)
    fields = fields or _Fields(given_of(own), given_of(own))
    return render(
        request,
        "amend.html",
        status if errors else 200,
        article=own,
        given=fields.given,
        shown=fields.shown,
        errors=errors or {},
        amendments=made,
        naming=naming(f"/amend/{own.key}"),
    )
