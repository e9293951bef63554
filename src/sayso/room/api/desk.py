"""What calls have at hand: the record's desk, and who decides."""

from typing import Annotated
from urllib.parse import unquote

from fastapi import Depends, Header, Request
from starlette.exceptions import HTTPException

from sayso.errors import UsageError
from sayso.room import access
from sayso.room.desk import Desk as Records


async def _desk(request: Request) -> Records:
    found: Records = request.app.state.desk
    return found


async def _who(
    request: Request,
    x_sayso_person: Annotated[
        str | None,
        Header(
            max_length=400,
            description="Who decides this, in UTF-8 or percent-encoded. Where people have "
            "tokens, the token tells.",
        ),
    ] = None,
) -> str:
    """The name that is kept with a decision. Raises `UsageError` where there is none."""
    person: str | None = request.state.person
    if person is None and x_sayso_person is not None:
        sent = x_sayso_person.encode("latin-1", "replace")  # as servers read headers
        person = access.cleaned(unquote(sent.decode(errors="replace")))
    if not person:
        raise UsageError("say who decides this: send your name as X-Sayso-Person")
    return person


async def json_only(request: Request) -> None:
    """Refuse a body that isn't said to be JSON: no form of another site's can say so."""
    sort = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sort != "application/json":
        raise HTTPException(415, "send JSON, as Content-Type: application/json")


Desk = Annotated[Records, Depends(_desk)]
Who = Annotated[str, Depends(_who)]
