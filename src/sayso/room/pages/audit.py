"""Audit: who is heard in the articles chosen, who is only talked about, what rests on nobody."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any, Self

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.errors import Ambiguous, NotInRecord, UsageError
from sayso.formats.plain import one_line
from sayso.record import Record
from sayso.record.audit import Audit, Scope
from sayso.record.audit.text import as_csv, as_json, which
from sayso.record.choices import MOST, Choices
from sayso.room import downloads
from sayso.room.addresses import address, search
from sayso.room.columns import columns
from sayso.room.kept import kept
from sayso.room.render import render
from sayso.room.waiting import waiting

router = APIRouter()

_LISTED = 15
"""Rows of each table of the page."""
_REFUSALS, _FEW = 50, 10
"""Refusals of the page, and those that aren't folded away."""
_STATEMENTS = 5
_LABEL = 60
"""Characters of an outlet in the list to choose from."""

_VALUES, _LONGEST = 20, 200
"""Values of a filter, and characters of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What an audit is asked: names as in the address."""

    article: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    by: str = ""

    @classmethod
    def of(cls, request: Request) -> Self:
        given: dict[str, Any] = {}
        for name in cls.__slots__:
            found = [v.strip()[:_LONGEST] for v in request.query_params.getlist(name)]
            values = tuple(filter(None, found))[:_VALUES]
            many = name in ("article", "outlet", "section")
            given[name] = values if many else values[-1] if values else ""
        return cls(**given)

    def scope(self) -> Scope:
        """Raises `UsageError`."""
        return Scope(
            articles=self.article,
            outlets=self.outlet,
            sections=self.section,
            since=self.since or None,
            until=self.until or None,
        )

    def address(self, path: str = "/audit", **changes: Any) -> str:
        return address(path, **(self.told() | changes))

    def file(self) -> str:
        """The name of the audit's file."""
        articles = (key[:8] for key in self.article[:3])
        asked = (*articles, *self.outlet, *self.section, self.since, self.until, self.by)
        return downloads.named("audit", *asked)

    def told(self) -> dict[str, Any]:
        return asdict(self)

    def narrowed(self, **asked: Any) -> str:
        """The statements of this audit that a search can tell apart."""
        if len(self.article) == 1:
            return f"/articles/{self.article[0]}"
        own = {"outlet": self.outlet, "since": self.since, "until": self.until, "said": "1"}
        return search(**(own | asked))

    def within(self, stretch: dict[str, str]) -> str:
        """The statements of a month or year, as far as it lies within the days asked for."""
        since = max(stretch["since"], self.since)
        until = min(stretch["until"], self.until or stretch["until"])
        return self.narrowed(since=since, until=until)


@router.get("/audit")
def audit(request: Request) -> Response:
    """The audit of what is asked; on its way where that takes a while."""
    asked = _Asked.of(request)
    choices = kept(request).at_once(("choices",), lambda record: _short(record.choices()))
    values: dict[str, Any] = {"asked": asked, "choices": choices, "audit": None, "message": ""}
    values |= {"short": partial(one_line, limit=_LABEL), "most_choices": MOST}
    try:
        found = kept(request).ask(("audit", asked), _made(asked, _REFUSALS))
    except (UsageError, NotInRecord, Ambiguous) as error:
        return render(request, "audit.html", 422, **(values | {"message": error.told}))
    if found is None:
        told = "The statements of these articles are being counted."
        return waiting(request, "Audit", told, asked.address(), "audit")
    return render(request, "audit.html", **(values | _shown(asked, found.value, older=found.older)))


def _short(choices: Choices) -> Choices:
    """Without names that are too long to be asked for."""
    return Choices(
        *(
            tuple(name for name in names if len(name) <= _LONGEST)
            for names in (choices.outlets, choices.sections, choices.columns)
        )
    )


def _shown(asked: _Asked, made: Audit, *, older: bool) -> dict[str, Any]:
    months = {c.value: c for c in made.months if c.value is not None}
    tables = ("voices", "groups", "unheard", "one_source", "outlets", "sections")
    made = replace(made, **{name: getattr(made, name)[:_LISTED] for name in tables})
    return {
        "audit": made,
        "older": older,
        "which": which(made),
        "most_said": max((v.statements for v in made.voices), default=0),
        "most_printed": max((o.statements for o in made.outlets), default=0),
        "plot": columns({m: c.statements for m, c in months.items()}, asked.within),
        "unnamed_plot": columns({m: c.unnamed for m, c in months.items()}, _unnamed(asked)),
        "statements": made.unnamed[:_STATEMENTS],
        "few": _FEW,
    }


def _unnamed(asked: _Asked) -> Callable[[dict[str, str]], str]:
    def lead(stretch: dict[str, str]) -> str:
        found = asked.within(stretch)
        return found if found.startswith("/articles") else f"{found}&unnamed=1"

    return lead


def _made(asked: _Asked, limit: int) -> Callable[[Record], Audit]:
    scope = asked.scope()
    return lambda record: record.audit(scope, by=asked.by or None, limit=limit)


@router.get("/audit.csv")
def as_table(request: Request) -> Response:
    """All of it as one table."""
    return downloads.file(_Asked.of(request).file(), "csv", as_csv(_all(request)))


@router.get("/audit.json")
@router.get("/audit.jsonl")
def as_object(request: Request) -> Response:
    """All of it as one object, on one line."""
    ending = request.url.path.rpartition(".")[2]
    return downloads.file(_Asked.of(request).file(), ending, as_json(_all(request)))


def _all(request: Request) -> Audit:
    asked = _Asked.of(request)
    return kept(request).wait(("audit file", asked), _made(asked, downloads.MOST))
