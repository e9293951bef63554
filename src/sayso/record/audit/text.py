"""An audit as tables for a terminal, as CSV and as JSON."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sayso.formats.csv import csv_rows
from sayso.formats.jsonl import json_line
from sayso.formats.plain import count, one_line
from sayso.record.articles import Stored
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
        yield _nobodys(hit) | {"table": "nobody's name"}
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


class Section:
    """One table of the audit: its title, what it tells, the names of its columns and its rows.

    The first `words` columns hold words, the others numbers.
    """

    def __init__(
        self,
        title: str,
        told: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        words: int,
    ) -> None:
        self.title = title
        self.told = told
        self.columns = [column.replace("_", " ") for column in columns]
        self.rows = [tuple(row) for row in rows]
        self.words = words


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
    return Section("Who is quoted", told, ("name", "kind", *_SHARES), rows, 2)


def _grouped(audit: Audit) -> Section:
    rows = ([g.value or "not given", g.people, *_fields(g, _SHARES)] for g in audit.groups)
    told = "By the column that was imported; Sayso guesses none."
    column = audit.column or ""
    return Section(f"By {column}", told, (column, "people", *_SHARES), rows, 1)


def _silent(audit: Audit) -> Section:
    names = ("name", "kind", "articles", "statements", "asked", "heard_elsewhere")
    told = (
        "Statements are about them, and in those articles they make none. “Asked” counts the "
        "articles that say that they were asked, “heard elsewhere” the articles of the whole "
        "record that quote them."
    )
    return Section(
        "Talked about and not heard", told, names, (_fields(u, names) for u in audit.unheard), 2
    )


def _nameless(audit: Audit) -> Section:
    total, all_of_them = audit.totals.unnamed, audit.totals.statements
    told = f"{total:,} of {count(all_of_them, 'statement')}; the latest {len(audit.unnamed):,}."
    rows = (
        [described(h) or "nobody told of", h.text, h.type, h.id, h.outlet, h.published]
        for h in audit.unnamed
    )
    columns = ("described as", "what was said", "type", "statement", "outlet", "published")
    return Section("On nobody’s name", told, columns, rows, 6)


def _asked(audit: Audit) -> Section:
    kinds = ", ".join(f"{n:,} {kind}" for kind, n in audit.refusals_by_kind.items())
    rows = (
        ["; ".join(a.names) or "nobody named", a.kind, a.text, a.article, a.outlet, a.published]
        for a in audit.refusals
    )
    columns = ("who", "answer", "as the article has it", "article", "outlet", "published")
    return Section(
        "Asked, and no answer", f"{kinds}; the latest {len(audit.refusals):,}.", columns, rows, 6
    )


def _resting(audit: Audit) -> Section:
    told = f"{audit.totals.one_source:,} of {count(audit.totals.articles, 'article')} have two "
    rows = (
        [r.source or "nobody named", r.title, r.article, r.outlet, r.published, r.statements]
        for r in audit.one_source
    )
    columns = ("source", "title", "article", "outlet", "published", "statements")
    return Section(
        "Articles that rest on one source",
        told + "statements or more by one source.",
        columns,
        rows,
        5,
    )


def _outlets(audit: Audit) -> Section:
    return _counted("By outlet", "outlet", audit)


def _months(audit: Audit) -> Section:
    return _counted("By month", "month", audit)


def _by_section(audit: Audit) -> Section:
    return _counted("By section", "section", audit)


def _counted(title: str, name: str, audit: Audit) -> Section:
    rows = ([c.value or "unknown", *_fields(c, _COUNTS)] for c in getattr(audit, name + "s"))
    told = "“Unnamed” are statements on nobody’s name, “one source” articles that rest on one."
    return Section(title, told, (name, *_COUNTS), rows, 1)


def summary(audit: Audit) -> list[str]:
    """What was audited, in a few facts."""
    totals = audit.totals
    return [
        count(totals.articles, "article"),
        f"{count(totals.statements, 'statement')} of {count(totals.words, 'word')}: "
        f"{totals.direct:,} direct, {totals.mixed:,} mixed, {totals.indirect:,} indirect",
        f"{count(audit.speakers, 'speaker')} known by name",
        f"{totals.unnamed:,} on nobody’s name",
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
    told = (article.title or article.url, article.outlet, article.published)
    return ": ".join(filter(None, (article.key, ", ".join(part for part in told if part))))


# ---- a terminal

_CELL = 200
_WORDS = 16
"""Columns that a cell of words has at least."""
_BETWEEN = 3
"""Columns from one cell to the next."""
_UNBROKEN = ("article", "statement", "published", "month")
"""Columns of ids and days."""


def as_table(audit: Audit, *, width: int = 100, colour: bool = False) -> str:
    """The tables one below the other, each with its title and what it tells."""
    from rich.console import Group
    from rich.text import Text

    head = [Text(f"Audit of {one_line(which(audit), 300)}", style="bold")]
    parts: list[RenderableType] = [*head, *(Text(f" • {fact}") for fact in summary(audit))]
    shown = sections(audit)
    for section in shown:
        parts += [Text(), Text(one_line(section.title), style="bold")]
        parts += [Text(one_line(section.told), style="dim"), _grid(section)]
    return rendered(Group(*parts), width=max(width, *map(_least, shown)), colour=colour)


def _least(section: Section) -> int:
    """The columns of a terminal that a table needs for no id, day or head to be broken."""
    return sum(_widths(section)) + _BETWEEN * len(section.columns)


def _widths(section: Section) -> list[int]:
    """What each column needs."""
    return [_width(number, section) for number in range(len(section.columns))]


def _width(number: int, section: Section) -> int:
    head, cells = section.columns[number], [cell(row[number]) for row in section.rows]
    if number >= section.words or head in _UNBROKEN:
        return max(map(len, [head, *cells]))
    return max(len(head), min(_WORDS, max(map(len, cells), default=0)))


def _grid(section: Section) -> "RenderableType":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, (column, width) in enumerate(zip(section.columns, _widths(section), strict=True)):
        table.add_column(
            Text(one_line(column)),
            justify="right" if number >= section.words else "left",
            overflow="fold",
            min_width=width,
        )
    for row in section.rows:
        table.add_row(*(Text(cell(value)) for value in row))
    return table


def cell(value: Any) -> str:
    """A value of a row to be shown."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else one_line(str(value), _CELL)
