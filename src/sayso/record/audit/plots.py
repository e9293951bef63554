"""Plots of an audit, as SVG for its page: their colours are the page's, light, dark or printed.

They are drawn for the eye; what they show stands in the page's tables too.
"""

import io
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sayso.errors import UsageError
from sayso.formats.html.escape import MONTHS, escape
from sayso.formats.plain import count
from sayso.record.audit.sources import Counts

_MOST = 60
"""Columns of a plot: of more months than that years are drawn, of more years the last."""
_TICKS = 4
_LABELS = 8
_LOOKS = {
    "svg.hashsalt": "sayso",
    "svg.fonttype": "none",  # words stay words
    "text.parse_math": False,  # and a $ a $
    "font.size": 9,
}
_FILL = "#1f77b4"  # what matplotlib fills its first bars with
_COLOURS = {"#000000": "currentColor"}
_DROPPED = re.compile(r"<metadata>.*?</metadata>|<style\b.*?</style>|<defs>\s*</defs>", re.DOTALL)
_SIZES = re.compile(r'\s(?:xmlns(?::\w+)?|version|width|height)="[^"]*"')
_STYLE = re.compile(r'style="([^"]*)"')
_KIND = re.compile(r'id="is-([a-z-]+)"')
_ID = re.compile(r'\bid="')
_REFERENCE = re.compile(r'(?:xlink:)?(href="|url\()#')

PATTERNS = (
    '<svg class="unseen" aria-hidden="true" focusable="false" width="0" height="0"><defs>'
    '<pattern id="is-mixed" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="ground" width="5" height="5"/>'
    '<rect class="stripe" width="2.2" height="5"/></pattern>'
    '<pattern id="is-indirect" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect class="ground" width="5" height="5"/><circle class="dot" cx="2.5" cy="2.5" r="1"/>'
    '</pattern><pattern id="is-unnamed" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(-45)"><rect class="ground" width="5" height="5"/>'
    '<rect class="stripe" width="3" height="5"/></pattern></defs></svg>'
)
"""What tells parts apart beside their colours; stands once on the page."""

KINDS = (("direct", "direct"), ("mixed", "mixed"), ("indirect", "indirect"))


def stack(direct: int, mixed: int, indirect: int, most: int) -> str:
    """A bar of statements by type; `most` is the longest bar of its table."""
    unit, at, parts = 100 / max(most, 1), 0, []
    for kind, size in (("direct", direct), ("mixed", mixed), ("indirect", indirect)):
        parts.append(
            f'<rect class="{kind}" x="{at * unit:.2f}%" width="{size * unit:.2f}%" height="100%"/>'
        )
        at += size
    return _bar("".join(parts))


def share(part: int, whole: int) -> str:
    """A bar of which `part` has nobody named."""
    filled = f'<rect class="unnamed" width="{100 * part / max(whole, 1):.2f}%" height="100%"/>'
    return _bar(filled)


def _bar(parts: str) -> str:
    return (
        '<svg class="stack" aria-hidden="true" focusable="false">'
        f'<rect class="rest" width="100%" height="100%"/>{parts}</svg>'
    )


def legend(told: str, kinds: Sequence[tuple[str, str]] = KINDS) -> str:
    """What a plot counts, and each kind's look: (class, words)."""
    keys = "".join(
        f'<span><svg aria-hidden="true" focusable="false"><rect class="{look}" width="100%" '
        f'height="100%"/></svg> {escape(words)}</span>'
        for look, words in kinds
    )
    return f'<p class="legend"><b>{escape(told)}</b>{keys}</p>'


# ---- columns over time


class _Column(NamedTuple):
    period: str
    statements: int
    unnamed: int

    @property
    def label(self) -> str:
        """The month or year as people say it."""
        year, _, month = self.period.partition("-")
        return f"{MONTHS[int(month) - 1][:3]} {year}" if month else year


def by_month(months: Sequence[Counts]) -> str:
    """Statements by month, or by year where there are many; nothing of less than two columns."""
    found = {m.value: (m.statements, m.unnamed) for m in months if m.value is not None}
    unit, columns = "month", _every_month(found)
    if len(columns) > _MOST:
        unit, columns = "year", _every_year(found)
    columns, earlier = columns[-_MOST:], columns[:-_MOST]
    if len(columns) < 2:
        return ""
    most = max(columns, key=lambda column: column.statements)
    told = f"Most in {most.label}: {count(most.statements, 'statement')}."
    if earlier:
        told += f" {count(sum(c.statements for c in earlier), 'earlier one')} not drawn."
    kinds = (("by-name", "with a name"), ("unnamed", "with nobody named"))
    return (
        f"<figure><figcaption>{legend(f'Statements by {unit}', kinds)}"
        f'<p class="meta">{escape(told)}</p></figcaption>{_drawn(columns)}</figure>'
    )


def _every_month(found: Mapping[str, tuple[int, int]]) -> list[_Column]:
    """Every month from the first to the last, those without an article too."""
    if not found:
        return []
    begin, end = (12 * int(m[:4]) + int(m[5:7]) - 1 for m in (min(found), max(found)))
    periods = (f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(begin, end + 1))
    return [_Column(period, *found.get(period, (0, 0))) for period in periods]


def _every_year(found: Mapping[str, tuple[int, int]]) -> list[_Column]:
    sums: dict[int, tuple[int, int]] = {}
    for month, (statements, unnamed) in found.items():
        before = sums.get(int(month[:4]), (0, 0))
        sums[int(month[:4])] = (before[0] + statements, before[1] + unnamed)
    years = range(min(sums), max(sums) + 1)
    return [_Column(f"{year:04d}", *sums.get(year, (0, 0))) for year in years]


def _drawn(columns: Sequence[_Column]) -> str:
    """Columns as matplotlib draws them. Raises `UsageError` without it."""
    try:
        import matplotlib
        from matplotlib.figure import Figure
        from matplotlib.ticker import MaxNLocator
    except ImportError as error:
        raise UsageError(
            "plots need matplotlib: pip install 'sayso[plots]', or leave them out: --no-plots"
        ) from error
    places = range(len(columns))
    unnamed = [column.unnamed for column in columns]
    named = [column.statements - column.unnamed for column in columns]
    with matplotlib.rc_context(_LOOKS):  # type: ignore[arg-type]
        figure = Figure(figsize=(7.5, 2.6), layout="constrained")
        axes = figure.subplots()
        for kind, sizes, below in (("unnamed", unnamed, [0] * len(columns)),
                                   ("by-name", named, unnamed)):  # fmt: skip
            for bar in axes.bar(places, sizes, bottom=below, width=0.72):
                bar.set_gid(f"is-{kind}")
        axes.yaxis.set_major_locator(MaxNLocator(_TICKS, integer=True))
        axes.set_ylim(0, max(1, *(column.statements for column in columns)))
        step = len(columns) // _LABELS + 1
        axes.set_xticks(places[::step], [column.label for column in columns[::step]])
        axes.spines[["top", "right"]].set_visible(False)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None}, transparent=True)
    return f'<div class="plot" aria-hidden="true">{_inline(out.getvalue())}</div>'


def _inline(svg: str) -> str:
    """A drawing to stand within the page, which has the say of its colours and its type."""
    head, _, body = svg.partition("<svg")[2].partition(">")
    body = _KIND.sub(r'class="\1"', _DROPPED.sub("", body))
    body = _STYLE.sub(_attributes, body)
    ids = _ID.sub('id="months-', _REFERENCE.sub(r"\1#months-", body)).strip()
    return f'<svg focusable="false"{_SIZES.sub("", head)}>{ids}'


def _attributes(style: re.Match[str]) -> str:
    """A style as attributes: the page allows no styles but its own. Colours of bars are its own."""
    found = dict(part.split(": ", 1) for part in style[1].split("; ") if ": " in part)
    if found.get("fill") == _FILL:
        del found["fill"]
    kept = {name: value for name, value in found.items() if name not in ("font", "font-family")}
    told = (f'{name}="{_COLOURS.get(value, value)}"' for name, value in kept.items())
    return " ".join(told)
