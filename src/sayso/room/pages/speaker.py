"""Speaker: what somebody said over time, to whom, where and about whom; and who they are."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from sayso.errors import Ambiguous, NotInRecord, SaysoError, UsageError
from sayso.record import Record, identity
from sayso.record.decisions import Decision
from sayso.record.namesakes import Span
from sayso.record.people import Person, written
from sayso.record.shown import timeline as shown
from sayso.record.timeline import Timeline
from sayso.room import deciding, downloads, stretches
from sayso.room.addresses import address, search
from sayso.room.columns import columns
from sayso.room.forms import Form
from sayso.room.kept import kept
from sayso.room.render import render

router = APIRouter()

_SAYINGS = 24
"""Of a page."""
_ARTICLES = 60
"""Of a page where one chooses those that are to be parted."""

Words = Annotated[str, Query(max_length=500)]
Day = Annotated[str, Query(max_length=10)]
Name = Annotated[str, Query(max_length=200)]


@router.get("/people/{entry:number}")
def speaker(
    request: Request,
    entry: int,
    words: Words = "",
    since: Day = "",
    until: Day = "",
    decision: int | None = None,
) -> Response:
    """A stretch of their timeline, by default the latest, with what all of it is like."""
    here = f"/people/{entry}"
    message, line = "", None
    profile = kept(request).at_once(("profile", entry), lambda record: record.profile(str(entry)))
    person = profile.listed.person
    if person.id != entry:
        return RedirectResponse(f"/people/{person.id}", 307)
    with request.app.state.desk.record() as record:
        made = None if decision is None else record.decision(decision)
        others = record.namesakes([str(entry)], span=Span())
        span = stretches.chosen(profile.months, since, until, _SAYINGS, whole=bool(words.strip()))
        try:
            line = record.timeline(
                str(entry), about=words, since=span.since, until=span.until, limit=_SAYINGS
            )
        except UsageError as error:
            message = error.told
    return render(
        request,
        "speaker.html",
        status=200 if line is not None else 422,
        profile=profile,
        them=person,
        others=others,
        plot=columns(profile.months, lambda s: address(here, "said", words=words, **s)),
        days=() if line is None else tuple(_by_day(line)),
        line=line,
        message=message,
        words=words,
        span=span,
        given=(since, until),
        links=_links(here, words, span, profile.months, line),
        asked=address("", words=words, since=since, until=until),
        made=made,
        search=lambda **asked: search(by=entry, **asked),
        naming=deciding.naming(here),
    )


def _by_day(line: Timeline) -> Any:
    """Sayings with the same day together; `known` where it is that of saying."""
    groups: dict[tuple[str | None, bool], list[Any]] = {}
    for saying in line.sayings:
        groups.setdefault((saying.day, saying.known), []).append(saying)
    return groups.items()


def _links(
    here: str,
    words: str,
    span: stretches.Stretch,
    months: Mapping[str, int],
    line: Timeline | None,
) -> dict[str, str | None]:
    """Where the stretches before and after are, and what of this one there was no room for."""

    def lead(found: stretches.Stretch | None) -> str | None:
        if found is None or words.strip():
            return None
        return address(here, "said", since=found.since, until=found.until)

    more = None if line is None else line.more
    # Of a day that alone fills the page, the rest is for the search.
    going_on = more and (
        search(by=here.rpartition("/")[2], since=more, until=more, words=words)
        if more == span.since
        else address(here, "said", words=words, since=more, until=span.until)
    )
    return {
        "earlier": lead(stretches.before(months, span, _SAYINGS)),
        "later": lead(stretches.after(months, span, _SAYINGS)),
        "more": going_on,
    }


@router.get("/people/{entry:number}.{ending}")
def speaker_file(
    request: Request,
    entry: int,
    ending: downloads.Ending,
    words: Words = "",
    since: Day = "",
    until: Day = "",
) -> Response:
    """The timeline as a file."""
    with request.app.state.desk.record() as record:
        line = record.timeline(
            str(entry),
            about=words,
            since=since or None,
            until=until or None,
            limit=downloads.MOST,
        )
    return downloads.file(downloads.named("speaker", line.names[0]), ending, shown(line, ending))


# ---- splitting


@router.get("/people/{entry:number}/split")
def split_page(
    request: Request, entry: int, article: Annotated[list[str] | None, Query()] = None
) -> Response:
    """Which articles mean somebody else; and once they are chosen, what will happen."""
    return _split(request, entry, [key.strip() for key in article or [] if key.strip()][:_ARTICLES])


def _split(
    request: Request, entry: int, chosen: list[str], error: SaysoError | None = None
) -> Response:
    """What was `chosen`; after an `error` it is there to be chosen anew."""
    with request.app.state.desk.record() as record:
        listed = record.people(str(entry))
        if not listed:
            raise NotInRecord(f"the record has no person numbered {entry}")
        naming = record.naming(str(entry), limit=_ARTICLES + 1)
        found = record.naming(str(entry), chosen) if chosen else []
        parted = found if error is None else []
        parting = record.parting(str(entry), [e.article for e in parted]) if parted else None
    return render(
        request,
        "split.html",
        200 if error is None else 422,
        listed=listed[0],
        them=listed[0].person,
        articles=naming[:_ARTICLES],
        ticked={each.article for each in found},
        more=len(naming) > _ARTICLES,
        parted=parted,
        parting=parting,
        statements=sum(each.statements for each in parted),
        message="" if error is None else error.told,
        naming=deciding.naming(address(f"/people/{entry}/split", article=chosen)),
    )


@router.post("/people/{entry:number}/split")
def split(request: Request, entry: int, form: Form) -> Response:
    chosen = form.all("article")[:_ARTICLES]
    back = address(f"/people/{entry}/split", article=chosen)
    if (refused := deciding.nameless(request, back)) is not None:
        return refused
    try:
        with request.app.state.desk.writing() as record:
            made = record.split(str(entry), chosen, who=request.state.person)
    except (UsageError, NotInRecord) as error:
        return _split(request, entry, chosen, error)
    if made.kind == "merge":
        return deciding.decided("/people/decisions", made.id)
    return deciding.decided(f"/people/{made.entry}", made.id)


# ---- another name


@router.get("/people/{entry:number}/rename")
def rename_page(request: Request, entry: int, name: Name | None = None) -> Response:
    """The name that they shall have; and once it is given, what will happen."""
    return _rename(request, entry, name)


def _rename(request: Request, entry: int, name: str | None) -> Response:
    renaming, message, merging = None, "", None
    with request.app.state.desk.record() as record:
        them = record.profile(str(entry)).listed.person
        try:
            renaming = None if name is None else record.renaming(str(entry), name)
        except UsageError as error:
            message = error.told if name and name.strip() else "write a name"
            merging = _merging(record, them, name or "")
    return render(
        request,
        "rename.html",
        422 if message else 200,
        them=them,
        called=name,
        renaming=renaming,
        message=message,
        merging=merging,
        naming=deciding.naming(address(f"/people/{entry}/rename", name=name)),
    )


def _merging(record: Record, them: Person, name: str) -> str | None:
    """Where the entry is merged with the one that has this name, if another has all of it."""
    if identity.key(name, them.kind) is None:
        return None
    with suppress(NotInRecord, Ambiguous):
        other = record.pair(str(them.id), name).other.person.id
        return None if other == them.id else address("/people/merge", kept=them.id, other=other)
    return None


@router.post("/people/{entry:number}/rename")
def rename(request: Request, entry: int, form: Form) -> Response:
    name = form.text("name")
    back = address(f"/people/{entry}/rename", name=name)
    if (refused := deciding.nameless(request, back)) is not None:
        return refused
    try:
        with request.app.state.desk.writing() as record:
            made = _renamed(record, entry, name)
            made = made or record.rename(str(entry), name, who=request.state.person)
    except UsageError:
        return _rename(request, entry, name)
    return deciding.decided(f"/people/{made.entry}", made.id)


def _renamed(record: Record, entry: int, name: str) -> Decision | None:
    """The renaming by which they have this name already, where the form came twice."""
    made = deciding.standing(record, "rename", entry)
    return made if made and made.names[-1] == written(name, "the name") else None
