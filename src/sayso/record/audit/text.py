"""An audit as tables for a terminal, as CSV and as JSON."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sayso.formats.csv import csv_rows
from sayso.formats.jsonl import json_line
from sayso.formats.plain import count, one_line
from sayso.record.articles import Stored
from sayso.record.audit.grid import Section, grid
from sayso.record.audit.report import Audit
from sayso.record.audit.scope import Scope
from sayso.record.hits import Hit
from sayso.record.shown import rendered

if TYPE_CHECKING:
    from rich.console import RenderableType

COLUMNS = (
    "table", "name", "kind", "articles", "statements", "words", "direct", "mixed", "indirect",
    "unnamed", "refusals", "one_source", "people", "asked", "heard_elsewhere", "article",
    "outlet", "published", "text",
)  # fmt: skip

Row = Mapping[str, Any]


def as_json(audit: Audit) -> str:
    return json_line(audit.to_dict())


def as_csv(audit: Audit) -> str:
    """All lists in one table; `table` tells which a row is of."""
    rows = ([row.get(column) for column in COLUMNS] for row in _records(audit))
    return csv_rows([COLUMNS]) + csv_rows(rows)


def _records(audit: Audit) -> Iterator[Row]:
    yield audit.totals.to_dict() | {"table": "all"}
    for voice in audit.voices:
        yield voice.to_dict() | {"table": "quoted"}
    for group in audit.groups:
        yield group.to_dict() | {"table": audit.column, "name": group.value}
    for silent in audit.unheard:
        yield silent.to_dict() | {"table": "not heard"}
    for hit in audit.unnamed:
        yield _nobodys(hit) | {"table": "nobody named"}
    for asked in audit.refusals:
        yield asked.to_dict() | {"table": "no answer", "name": "; ".join(asked.names)}
    for resting in audit.one_source:
        row = {"name": resting.source, "text": resting.title}
        yield resting.to_dict() | row | {"table": "one source"}
    for table, lists in (
        ("outlet", audit.outlets),
        ("month", audit.months),
        ("section", audit.sections),
    ):
        for counts in lists:
            yield counts.to_dict() | {"table": table, "name": counts.value}


def _nobodys(hit: Hit) -> dict[str, Any]:
    return {
        "name": described(hit),
        "kind": hit.type,
        "article": hit.article,
        "outlet": hit.outlet,
        "published": hit.published,
        "text": hit.text,
    }


def described(hit: Hit) -> str:
    """What the article calls somebody whom it doesn't name; empty where nobody is told of."""
    return "; ".join(voice.name for voice in hit.speakers if voice.name)


# ---- what all layouts say

_SHARES = ("statements", "words", "direct", "mixed", "indirect", "articles")
_COUNTS = (
    *("articles", "statements", "words", "direct", "mixed", "indirect"),
    *("unnamed", "refusals", "one_source"),
)
_SPARE_SHARES = ("kind", "articles", "mixed", "indirect", "direct", "words")
_SPARE_COUNTS = (
    *("words", "mixed", "indirect", "direct", "articles", "one_source", "refusals"),
    "unnamed",
)


def sections(audit: Audit) -> list[Section]:
    """The tables that hold anything, in the order in which they are read."""
    made: list[Callable[[Audit], Section]] = [
        _quoted, _grouped, _silent, _nameless, _asked, _resting,
    ]  # fmt: skip
    if audit.totals.articles > 1:
        made += [_outlets, _months, _by_section]
    return [section for section in (make(audit) for make in made) if section.rows]


def _fields(each: Any, names: Sequence[str]) -> list[Any]:
    return [getattr(each, name) for name in names]


def _quoted(audit: Audit) -> Section:
    rows = ([v.name or "others", v.kind, *_fields(v, _SHARES)] for v in audit.voices)
    listed = sum(v.name is not None for v in audit.voices)
    told = (
        f"{listed:,} of {count(audit.speakers, 'speaker')} known by name, by words. “Others” have "
        "names that don’t tell them apart from one article to the next."
    )
    return Section("Who is quoted", told, ("name", "kind", *_SHARES), rows, 2, _SPARE_SHARES)


def _grouped(audit: Audit) -> Section:
    rows = ([g.value or "not given", g.people, *_fields(g, _SHARES)] for g in audit.groups)
    told = "By the column that was imported; Sayso guesses none."
    column = audit.column or ""
    return Section(
        f"By {column}", told, (column, "people", *_SHARES), rows, 1, ("people", *_SPARE_SHARES[1:])
    )


def _silent(audit: Audit) -> Section:
    names = ("name", "kind", "articles", "statements", "asked", "heard_elsewhere")
    told = (
        "Statements are about them, and in those articles they make none. “Asked” counts the "
        "articles that say that they were asked, “heard elsewhere” the articles of the whole "
        "record that quote them."
    )
    rows = (_fields(u, names) for u in audit.unheard)
    spare = ("kind", "heard_elsewhere", "statements")
    return Section("Talked about and not heard", told, names, rows, 2, spare)


def _nameless(audit: Audit) -> Section:
    total, all_of_them = audit.totals.unnamed, audit.totals.statements
    told = f"{total:,} of {count(all_of_them, 'statement')}; the latest {len(audit.unnamed):,}."
    rows = (
        [described(h) or "nobody named", h.text, h.type, _lines(h.id, h.outlet, h.published)]
        for h in audit.unnamed
    )
    columns = ("described as", "what was said", "type", "where and when")
    return Section("Nobody named", told, columns, rows, 4, ("type", "described as"))


def _lines(*parts: str | None) -> tuple[str, ...]:
    return tuple(part for part in parts if part)


def _asked(audit: Audit) -> Section:
    kinds = ", ".join(f"{n:,} {kind}" for kind, n in audit.refusals_by_kind.items())
    rows = (
        ["; ".join(a.names) or "nobody named", a.kind, a.text,
         _lines(a.article, a.outlet, a.published)]
        for a in audit.refusals
    )  # fmt: skip
    columns = ("who", "answer", "as the article has it", "where and when")
    told = f"{kinds}; the latest {len(audit.refusals):,}."
    return Section("Asked, and no answer", told, columns, rows, 4, ("answer", columns[2]))


def _resting(audit: Audit) -> Section:
    told = f"{audit.totals.one_source:,} of {count(audit.totals.articles, 'article')} have two "
    rows = (
        [r.source or "nobody named", r.title or f"“{r.begins}”",
         _lines(r.article, r.outlet, r.published), r.statements]
        for r in audit.one_source
    )  # fmt: skip
    columns = ("source", "title", "where and when", "statements")
    return Section(
        "Articles that rest on one source",
        told + "statements or more by one source.",
        columns,
        rows,
        3,
        ("title", "statements"),
    )


def _outlets(audit: Audit) -> Section:
    return _counted("By outlet", "outlet", audit)


def _months(audit: Audit) -> Section:
    return _counted("By month", "month", audit)


def _by_section(audit: Audit) -> Section:
    return _counted("By section", "section", audit)


def _counted(title: str, name: str, audit: Audit) -> Section:
    counts = getattr(audit, name + "s")
    if all(each.value is None for each in counts):
        counts = ()  # the totals tell as much
    rows = ([c.value or "unknown", *_fields(c, _COUNTS)] for c in counts)
    told = "“Unnamed” are statements with nobody named, “one source” articles that rest on one."
    return Section(title, told, (name, *_COUNTS), rows, 1, _SPARE_COUNTS)


def summary(audit: Audit) -> list[str]:
    """What was audited, in a few facts."""
    totals = audit.totals
    return [
        count(totals.articles, "article"),
        f"{count(totals.statements, 'statement')} of {count(totals.words, 'word')}: "
        f"{totals.direct:,} direct, {totals.mixed:,} mixed, {totals.indirect:,} indirect",
        f"{count(audit.speakers, 'speaker')} known by name",
        f"{totals.unnamed:,} with nobody named",
        f"{count(totals.refusals, 'time')} asked and no answer",
        f"{count(totals.one_source, 'article')} on one source",
    ]


def which(audit: Audit) -> str:
    """What was audited, in words."""
    scope = audit.scope
    if scope == Scope():
        return "the whole record"
    told = [
        f"article {'; '.join(map(_article, audit.named))}" if scope.articles else "articles",
        f"printed by {' or '.join(scope.outlets)}" if scope.outlets else "",
        f"in section {' or '.join(scope.sections)}" if scope.sections else "",
        f"from {scope.since}" if scope.since else "",
        f"to {scope.until}" if scope.until else "",
    ]
    return " ".join(part for part in told if part)


def _article(article: Stored) -> str:
    told = (article.name, article.outlet, article.published)
    return ": ".join(filter(None, (article.key, ", ".join(part for part in told if part))))


# ---- a terminal


def as_table(audit: Audit, *, width: int = 100, colour: bool = False) -> str:
    """The tables one below the other, each with its title and what it tells.

    Each fits into `width`; what it has no room for is named below it.
    """
    from rich.console import Group
    from rich.text import Text

    head = [Text(f"Audit of {one_line(which(audit), 300)}", style="bold")]
    parts: list[RenderableType] = [*head, *(Text(f" • {fact}") for fact in summary(audit))]
    for section in sections(audit):
        parts += [Text(), Text(one_line(section.title), style="bold")]
        parts += [Text(one_line(section.told), style="dim"), *grid(section, width)]
    return rendered(Group(*parts), width=width, colour=colour)
