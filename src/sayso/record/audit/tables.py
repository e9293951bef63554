"""The tables of the audit's page: a name, numbers, and bars of them; on a phone a list."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sayso.formats.html.escape import bdi, day, escape
from sayso.formats.plain import count
from sayso.record.audit import plots as drawing
from sayso.record.audit.heard import Share
from sayso.record.audit.report import Audit
from sayso.record.audit.sources import Counts

Bars = Callable[[Any], str] | None

# For each number its head, and what stands behind one of it and behind several in a list.
_NUMBERS = {
    "statements": ("Statements", "statement", "statements"),
    "words": ("Words", "word", "words"),
    "direct": ("Direct", "direct", "direct"),
    "mixed": ("Mixed", "mixed", "mixed"),
    "indirect": ("Indirect", "indirect", "indirect"),
    "articles": ("Articles", "article", "articles"),
    "people": ("People", "speaker", "speakers"),
    "unnamed": ("Nobody named", "with nobody named", "with nobody named"),
    "refusals": ("No answer", "unanswered", "unanswered"),
    "one_source": ("One source", "article on one source", "articles on one source"),
    "asked": ("Asked", "article asked them", "articles asked them"),
    "heard_elsewhere": ("Heard elsewhere", "article quotes them", "articles quote them"),
}
_SHARES = ("direct", "mixed", "indirect", "words", "articles")


def quoted(audit: Audit, *, plots: bool) -> str:
    listed = sum(voice.name is not None for voice in audit.voices)
    told = f"{listed:,} of {count(audit.speakers, 'speaker')} known by name, most words first."
    if listed < len(audit.voices):
        told += " “Others” have names that don’t tell them apart from one article to the next."
    rows = [
        (_named(v.name, '<span class="soft">others</span>') + _kind(v.kind), v)
        for v in audit.voices
    ]
    legend = drawing.legend("Statements by speaker") if plots else ""
    numbers = ("statements", *_SHARES)
    return _section(
        "quoted",
        "Who is quoted",
        told,
        legend,
        _table("Name", rows, numbers, _stacked(audit.voices, plots=plots)),
    )


def grouped(audit: Audit, *, plots: bool) -> str:
    column = audit.column or ""
    rows = [(_named(g.value, '<span class="soft">not given</span>'), g) for g in audit.groups]
    legend = drawing.legend("Statements by group") if plots else ""
    table = _table(
        bdi(column, 40),
        rows,
        ("statements", *_SHARES, "people"),
        _stacked(audit.groups, plots=plots),
    )
    told = "By the column that was imported; Sayso guesses none."
    return _section("groups", f"By {bdi(column, 60)}", told, legend, table)


def silent(audit: Audit) -> str:
    rows = [(_named(u.name, "") + _kind(u.kind), u) for u in audit.unheard]
    told = (
        "Statements are about them, and in those articles they make none. “Asked” counts the "
        "articles that say that they were asked, “heard elsewhere” the articles of the whole "
        "record that quote them."
    )
    table = _table("Name", rows, ("articles", "statements", "asked", "heard_elsewhere"), None)
    return _section("unheard", "Talked about and not heard", told, "", table)


def by_outlet(audit: Audit, *, plots: bool) -> str:
    return _counted("outlets", "By outlet", "Outlet", audit.outlets, plots=plots)


def by_section(audit: Audit, *, plots: bool) -> str:
    if all(section.value is None for section in audit.sections):
        return ""
    return _counted("sections", "By section", "Section", audit.sections, plots=plots)


def monthly(audit: Audit, *, plots: bool) -> str:
    rows = [
        (day(m.value) if m.value else '<span class="soft">not known</span>', m)
        for m in audit.months
    ]
    plot = drawing.by_month(audit.months) if plots else ""
    numbers = ("statements", "unnamed", "refusals", "one_source", "articles")
    return _section("months", "By month", "", plot, _table("Month", rows, numbers, None))


def _counted(name: str, title: str, head: str, counts: Sequence[Counts], *, plots: bool) -> str:
    rows = [(_named(c.value, '<span class="soft">not known</span>'), c) for c in counts]
    numbers = ("statements", "unnamed", "refusals", "one_source", "articles")
    legend = ""
    if plots:
        kinds = (*drawing.KINDS, ("unnamed", "share with nobody named"))
        legend = drawing.legend(f"Statements by {head.lower()}", kinds)
    return _section(
        name, title, "", legend, _table(head, rows, numbers, _stacked(counts, plots=plots))
    )


def _named(name: str | None, nobody: str) -> str:
    return bdi(name, 120) if name else nobody


def _kind(kind: str) -> str:
    return "" if kind == "person" else f' <span class="kind">{escape(kind)}</span>'


def _stacked(shares: Sequence[Share | Counts], *, plots: bool) -> Bars:
    if not plots:
        return None
    most = max((share.statements for share in shares), default=0)
    return lambda each: drawing.stack(each.direct, each.mixed, each.indirect, most)


def _section(name: str, title: str, told: str, plot: str, table: str) -> str:
    """Nothing where the table is empty."""
    if not table:
        return ""
    said = f'<p class="told">{escape(told)}</p>' if told else ""
    return (
        f'<section aria-labelledby="{name}"><h2 id="{name}">{title}</h2>{said}{plot}'
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{name} {name}-t">'
        f'<span class="unseen" id="{name}-t">as a table</span>{table}</div></section>\n'
    )


def _table(head: str, rows: Iterable[tuple[str, Any]], numbers: Sequence[str], bars: Bars) -> str:
    """Each row begins with its name; the bar stands behind the first number."""
    body = "".join(
        f'<tr><th scope="row">{name}</th>{_cells(each, numbers, bars)}</tr>\n'
        for name, each in rows
    )
    if not body:
        return ""
    heads = [f'<th scope="col" class="n">{_NUMBERS[number][0]}</th>' for number in numbers]
    if bars is not None:
        heads.insert(1, '<th scope="col" class="drawn"><span class="unseen">Drawn</span></th>')
    return (
        f'<table><thead><tr><th scope="col">{head}</th>{"".join(heads)}</tr></thead>\n'
        f"<tbody>{body}</tbody></table>"
    )


def _cells(each: Any, numbers: Sequence[str], bars: Bars) -> str:
    cells = [_number(getattr(each, name), name, each, bars=bars) for name in numbers]
    if bars is not None:
        cells.insert(1, f'<td class="drawn">{bars(each)}</td>')
    return "".join(cells)


def _number(number: int, name: str, each: Any, *, bars: Bars) -> str:
    _, one, several = _NUMBERS[name]
    shown, told = f"{number:,}", one if number == 1 else several
    if name == "unnamed":
        percent = f"{100 * number / max(each.statements, 1):.0f} %"
        shown += f"<small>{percent}</small>"
        told += f" ({percent})"
        if bars is not None:
            shown += drawing.share(number, each.statements)
    kind = "n" if number else "n zero"
    return f'<td class="{kind}" data-of="{told}">{shown}</td>'
