"""Forms that change something: what they send, and the token by which the room knows its own."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response
from markupsafe import Markup
from starlette.datastructures import UploadFile

from sayso.errors import StaleForm
from sayso.room.settings import Limits, Settings

FIELD = "form_token"
MOST_FILES = 100
_OTHER_FIELDS = 100
"""Of a form, beside a tick for each article of a draft."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What a form has sent. A field that is missing is empty: what it needs, its page tells."""

    fields: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, bytes], ...]
    """Names and contents, in order."""
    file_field: str = ""
    """The name of the field that the files came in."""

    def text(self, name: str) -> str:
        """The last value of a field, its line ends those of text files."""
        return (self.all(name) or [""])[-1]

    def all(self, name: str) -> list[str]:
        return [value for field, value in self.fields if field == name]


async def posted(request: Request) -> Posted:
    """The form of a request, once its token was looked at. Raises StaleForm."""
    form: Posted | None = getattr(request.state, "form", None)
    if form is None:
        form = request.state.form = await _parsed(request)
        if not _token_fits(request, form.text(FIELD)):
            raise StaleForm(
                "The room was started anew since this page was opened, or its cookies are blocked."
            )
    return form


Form = Annotated[Posted, Depends(posted)]
"""What an endpoint takes that a form is sent to."""


async def _parsed(request: Request) -> Posted:
    limits: Limits = request.app.state.settings.limits
    sent = request.form(
        max_files=MOST_FILES,
        max_fields=limits.articles + _OTHER_FIELDS,
        max_part_size=limits.reading_body,
    )
    async with sent as form:
        fields, files, file_field = [], [], ""
        for name, value in form.multi_items():
            if not isinstance(value, UploadFile):
                fields.append((name, value.replace("\r\n", "\n")))
            elif value.filename:
                files.append((value.filename, await value.read()))
                file_field = name
    return Posted(tuple(fields), tuple(files), file_field)


def form_field(request: Request) -> Markup:
    """The hidden field with the token."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, _token(request))


def _token(request: Request) -> str:
    """Made of a cookie that only this browser has, by a key that only this server has."""
    seed = request.cookies.get(_seed_name(request)) or getattr(request.state, "seed", None)
    if seed is None:
        seed = request.state.seed = secrets.token_urlsafe(24)
    return _signed(request, seed)


def _signed(request: Request, seed: str) -> str:
    key: bytes = request.app.state.key
    return hmac.new(key, seed.encode(errors="replace"), hashlib.sha256).hexdigest()


def _token_fits(request: Request, token: str) -> bool:
    seed = request.cookies.get(_seed_name(request), "")
    fits = hmac.compare_digest(_signed(request, seed).encode(), token.encode(errors="replace"))
    return bool(seed) and fits


def _seed_name(request: Request) -> str:
    return f"sayso-form-{request.app.state.settings.port}"


def keep_seed(request: Request, response: Response) -> None:
    """Give the browser the cookie that its form's token was made of."""
    seed = getattr(request.state, "seed", None)
    if seed is not None:
        settings: Settings = request.app.state.settings
        response.set_cookie(
            _seed_name(request),
            seed,
            path="/",
            secure=settings.secure,
            httponly=True,
            samesite="strict",
        )
