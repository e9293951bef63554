"""The room's own style and scripts: all in memory, so that no address leads to a file."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
}
_YEAR = 365 * 24 * 3_600

router = APIRouter()


class Static(NamedTuple):
    """A file and its media type."""

    data: bytes
    media_type: str


@cache
def all_files() -> dict[str, Static]:
    """The files by their names."""
    return dict(_found(files("sayso.room").joinpath("static"), ""))


@cache
def mark() -> str:
    """What stands in the files' addresses while all of them stay as they are.

    One for all, and in front of the name, so that scripts import each other from beside them.
    """
    told = hashlib.sha256()
    for name, file in all_files().items():
        told.update(name.encode() + b"\0" + file.data)
    return told.hexdigest()[:12]


def _found(folder: Traversable, prefix: str) -> list[tuple[str, Static]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        name = prefix + entry.name
        if entry.is_dir():
            found += _found(entry, f"{name}/")
        elif (media_type := _TYPES.get(PurePosixPath(name).suffix)) is not None:
            found.append((name, Static(entry.read_bytes(), media_type)))
    return found


def address(name: str) -> str:
    """The address of a file."""
    if name not in all_files():
        raise KeyError(f"the room has no static file {name}")
    return f"/static/{mark()}/{name}"


@router.get("/static/{name:path}")
def get(request: Request, name: str) -> Response:
    own = name.removeprefix(f"{mark()}/")
    found = all_files().get(own)
    if found is None:
        raise HTTPException(404)
    kept = "public, no-cache" if own == name else f"public, max-age={_YEAR}, immutable"
    headers = {"Cache-Control": kept, "ETag": f'"{mark()}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(found.data, media_type=found.media_type, headers=headers)
