"""An article: its text with the statements marked, its versions, the list of all articles."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from sayso.errors import NotInRecord
from sayso.formats.csv import with_article
from sayso.formats.jsonl import json_line
from sayso.formats.plain import heading
from sayso.record import Record
from sayso.record.amending import Amendment
from sayso.record.opened import Opened
from sayso.room import downloads
from sayso.room.changes import shown
from sayso.room.deciding import naming
from sayso.room.kept import kept as answers
from sayso.room.layout import Layout
from sayso.room.pages.amend import given_of
from sayso.room.render import render
from sayso.room.report import cited, told
from sayso.room.waiting import being_laid_out

router = APIRouter()


@router.get("/articles/{key}.csv")
def as_csv(request: Request, key: str) -> Response:
    """The article's statements."""
    return _file(request, key, "csv")


@router.get("/articles/{key}.jsonl")
def as_json_lines(request: Request, key: str) -> Response:
    """The article with all that was read in it, as the contract has it."""
    return _file(request, key, "jsonl")


def _file(request: Request, key: str, ending: str) -> Response:
    with request.app.state.desk.record() as record:
        reading = record.reading(key)
    own = reading.article
    name = downloads.named("article", own.title, own.date if own.title or own.date else key)
    text = with_article(reading) if ending == "csv" else json_line(reading.to_dict())
    return downloads.file(name, ending, text)


@router.get("/articles/{key}")
def article(
    request: Request,
    key: str,
    part: int = 1,
    dated: bool = False,
    kept: int | None = None,
    amended: bool = False,
) -> Response:
    """A part of the article; all of one of usual length.

    `kept`: it was put into the record just now, or, if that is 0, was there; `dated`: with another
    day of printing; `amended`: somebody has put its title, outlet or day right.
    """
    laid = _laid(request, key)
    if laid is None:
        query = f"?{request.url.query}" if request.url.query else ""
        return being_laid_out(request, f"{request.url.path}{query}")
    own = laid.opened.article
    if own.key != key:
        return RedirectResponse(f"/articles/{own.key}", 307)
    return render(
        request,
        "article.html",
        article=own,
        heading=heading(laid.opened.reading),
        versions=laid.opened.versions,
        later=laid.opened.later,
        unheard=laid.opened.unheard,
        dated=dated,
        kept=kept,
        amendment=laid.amendments[0] if laid.amendments else None,
        amended=amended,
        given=given_of(own),
        naming=naming(f"/amend/{own.key}"),
        key=own.key,
        cited=cited(laid.opened.reading, own.key, request.app.state.settings.cited),
        **told(laid.layout, part),
    )


class _Laid(NamedTuple):
    opened: Opened
    layout: Layout
    amendments: Sequence[Amendment]


def _laid(request: Request, key: str) -> _Laid | None:
    """The article laid out; None where it is long, and that is still being done."""

    def lay(record: Record) -> _Laid:
        opened = record.opened(key)
        layout = Layout(opened.reading, opened.people, opened.checked)
        return _Laid(opened, layout, record.amendments(opened.article.key))

    with request.app.state.desk.record() as record:
        if not record.is_long(key):
            return lay(record)
        stamp = record.stamp(key)
    return answers(request).lay(("article", key), stamp, lambda record: _prepared(lay(record)))


def _prepared(laid: _Laid) -> _Laid:
    """With all worked out that its parts share."""
    laid.layout.prepare()
    return laid


@router.get("/articles/{key}/versions")
def versions(request: Request, key: str) -> Response:
    """The texts that stood at the article's address."""
    with request.app.state.desk.record() as record:
        own, found = record.article(key), record.versions(key)
    return render(request, "versions.html", article=own, versions=found)


@router.get("/articles/{key}/differences/{other}.jsonl")
def all_differences(request: Request, key: str, other: str) -> Response:
    """The same as JSON Lines, however long."""
    with request.app.state.desk.record() as record:
        found = record.differences(key, other)
    return downloads.file(
        "differences", "jsonl", "".join(json_line(p.to_dict()) for p in found.pieces)
    )


@router.get("/articles/{key}/differences/{other}")
def differences(request: Request, key: str, other: str) -> Response:
    """What words came in and went out from the version `key` to the version `other`."""
    with request.app.state.desk.record() as record:
        found = record.differences(key, other)
    return render(request, "differences.html", **shown(found))


@router.get("/articles/{key}/{statement}")
def statement(request: Request, key: str, statement: str) -> Response:
    """The permanent address of a statement leads to its place in its article."""
    laid = _laid(request, key)
    if laid is None:
        return being_laid_out(request, request.url.path)
    opened, layout, _ = laid
    number = layout.part_of(statement)
    if number is None:
        raise NotInRecord(f"the article {opened.article.key} has no statement {statement}")
    place = f"?part={number}" if len(layout.parts) > 1 else ""
    return RedirectResponse(f"/articles/{opened.article.key}{place}#{quote(statement)}", 307)
