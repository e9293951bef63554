"""Tokens of pages: where a list goes on, in letters that an address can hold."""

import base64
import hashlib
import json
from typing import Any

from sayso.errors import UsageError
from sayso.record.database import to_json

Place = tuple[str | int, ...]

LARGEST = 2**63 - 1


def tokened(name: str, place: Place) -> str:
    """The token of what comes after that place in the list of that name."""
    return written([digest(name), *place])


def placed(name: str, token: str | None, first: Place) -> Place:
    """The place that a token of this list holds, as `first` is typed; without one, `first`.

    Raises `UsageError` for what is no token, or that of another list.
    """
    if token is None:
        return first
    fields = read(token)
    if not isinstance(fields, list) or not fields:
        raise no_token()
    whose, *place = fields
    if whose != digest(name):
        raise UsageError("that page belongs to another list: ask for the same as before")
    if list(map(type, place)) != list(map(type, first)):
        raise no_token()
    if not all(part.isascii() if isinstance(part, str) else 0 <= part <= LARGEST for part in place):
        raise no_token()
    return tuple(place)


def written(fields: list[Any]) -> str:
    """Fields as a token."""
    return base64.urlsafe_b64encode(to_json(fields).encode()).decode().rstrip("=")


def read(token: str) -> Any:
    """What a token holds. Raises `UsageError` for what is none; who wrote it is not known."""
    try:
        return json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, TypeError, RecursionError) as error:
        raise no_token() from error


def digest(name: str) -> str:
    """Tells one list from another, for a token belongs to one."""
    return hashlib.sha256(name.encode(errors="backslashreplace")).hexdigest()[:12]


def no_token() -> UsageError:
    return UsageError("that is no token of a page: take it as the last page gave it")
