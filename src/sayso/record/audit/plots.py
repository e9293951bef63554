"""Plots of an audit, as SVG to stand within a page: titled, described, and patterned as well as
coloured. What they show stands in the page's tables too."""

import io
import re
import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sayso.errors import UsageError
from sayso.formats.html.escape import clip, escape
from sayso.formats.plain import count, one_line
from sayso.record.audit.heard import Voice
from sayso.record.audit.report import Audit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_BARS = 15
_NAME = 32
# Told apart by the colour-blind, and by their patterns.
_TYPES = (("direct", "#0072b2", ""), ("mixed", "#e69f00", "//"), ("indirect", "#cccccc", ".."))
_LOOKS = {
    "svg.hashsalt": "sayso",
    "svg.fonttype": "none",  # words stay words
    "text.parse_math": False,  # and a $ a $
    "font.size": 9,
    "hatch.linewidth": 0.5,
}


def plots(audit: Audit) -> list[str]:
    """The plots for which there is anything to show. Raises `UsageError` without matplotlib."""
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError(
            "plots need matplotlib: pip install 'sayso[plots]', or leave them out: --no-plots"
        ) from error
    drawn: list[tuple[bool, Callable[[Audit], Figure], str, str]] = [
        (len(_known(audit)) > 0, _voices, "Who is quoted, by statements", _voices_told(audit)),
        (len(audit.outlets) > 1, _outlets, "On nobody’s name, by outlet", _outlets_told(audit)),
        (len(audit.months) > 1, _months, "Statements by month", _months_told(audit)),
    ]
    with matplotlib.rc_context(_LOOKS):  # type: ignore[arg-type]
        return [
            _inline(draw(audit), f"plot{number}", title, told)
            for number, (wanted, draw, title, told) in enumerate(drawn)
            if wanted
        ]


def _voices(audit: Audit) -> "Figure":
    voices = _known(audit)[::-1]
    figure, axes = _figure(0.3 * len(voices) + 1)
    _stacked(axes, [_label(v.name) for v in voices], voices)
    axes.set_xlabel("statements")
    axes.legend(frameon=False, loc="lower right")
    return figure


def _stacked(axes: "Axes", names: Sequence[str], shares: Sequence[Any]) -> None:
    """A bar for each name, of direct, mixed and indirect statements."""
    left = [0] * len(shares)
    for kind, colour, hatch in _TYPES:
        sizes = [getattr(share, kind) for share in shares]
        axes.barh(range(len(names)), sizes, left=left, color=colour, hatch=hatch, label=kind,
                  edgecolor="#333333", linewidth=0.4)  # fmt: skip
        left = [a + b for a, b in zip(left, sizes, strict=True)]
    axes.set_yticks(range(len(names)), names)


def _voices_told(audit: Audit) -> str:
    told = (
        f"{v.name}: {v.direct:,} direct, {v.mixed:,} mixed, {v.indirect:,} indirect"
        for v in _known(audit)
    )
    return "; ".join(told)


def _known(audit: Audit) -> list[Voice]:
    return [voice for voice in audit.voices if voice.name is not None][:_BARS]


def _outlets(audit: Audit) -> "Figure":
    outlets = audit.outlets[:_BARS][::-1]
    figure, axes = _figure(0.3 * len(outlets) + 1)
    shares = [100 * o.unnamed / max(o.statements, 1) for o in outlets]
    axes.barh(range(len(outlets)), shares, color="#56b4e9", edgecolor="#333333", linewidth=0.4)
    axes.set_yticks(range(len(outlets)), [_label(o.value) for o in outlets])
    for row, share in enumerate(shares):
        axes.annotate(
            f"{share:.0f} %", (share, row), (3, 0), textcoords="offset points", va="center"
        )
    axes.set_xlabel("% of statements")
    axes.set_xlim(0, max(*shares, 1) * 1.15)
    return figure


def _outlets_told(audit: Audit) -> str:
    told = (
        f"{o.value or 'unknown'}: {o.unnamed:,} of {count(o.statements, 'statement')}"
        for o in audit.outlets[:_BARS]
    )
    return "; ".join(told)


def _months(audit: Audit) -> "Figure":
    counts = {m.value: m for m in audit.months if m.value is not None}
    months = _every(min(counts), max(counts)) if counts else []
    figure, axes = _figure(2.6)
    places = range(len(months))
    for name, colour, line, mark in (
        ("statements", "#0072b2", "-", "o"),
        ("unnamed", "#d55e00", "--", "s"),
    ):
        values = [getattr(counts[m], name) if m in counts else 0 for m in months]
        axes.plot(places, values, line, color=colour, marker=mark, markersize=3,
                  label={"unnamed": "on nobody’s name"}.get(name, name))  # fmt: skip
    step = len(months) // 8 + 1
    axes.set_xticks(places[::step], months[::step])
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False)
    return figure


def _every(first: str, last: str) -> list[str]:
    """Every month from the first to the last, those without an article too."""
    begin, end = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (first, last))
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(begin, end + 1)]


def _months_told(audit: Audit) -> str:
    known = [m for m in audit.months if m.value is not None]
    if not known:
        return ""
    most = max(known, key=lambda m: m.statements)
    return (
        f"From {known[0].value} to {known[-1].value}; most in {most.value}: "
        f"{count(most.statements, 'statement')}, {most.unnamed:,} of them on nobody’s name."
    )


def _label(name: str | None) -> str:
    return clip(one_line(name or "unknown"), _NAME)


def _figure(height: float) -> "tuple[Figure, Axes]":
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.5, height), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


_DROPPED = re.compile(r"<metadata>.*?</metadata>|<style\b.*?</style>|<defs>\s*</defs>", re.DOTALL)
_SIZES = re.compile(r'\s(?:xmlns(?::\w+)?|version|width|height)="[^"]*"')
_ID = re.compile(r'\bid="')
_REFERENCE = re.compile(r'(?:xlink:)?(href="|url\()#')


def _inline(figure: "Figure", name: str, title: str, told: str) -> str:
    """The figure to stand within HTML: with title and description, its ids its own."""
    out = io.StringIO()
    with warnings.catch_warnings():  # of letters that its font lacks: a browser has them
        warnings.simplefilter("ignore", UserWarning)
        figure.savefig(out, format="svg", metadata={"Date": None})
    head, _, body = out.getvalue().partition("<svg")[2].partition(">")
    body = _REFERENCE.sub(rf"\1#{name}-", _ID.sub(f'id="{name}-', _DROPPED.sub("", body)))
    return (
        f'<svg role="img" aria-labelledby="{name}-title" aria-describedby="{name}-told"'
        f'{_SIZES.sub("", head)}><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-told">{escape(told)}</desc>{body.strip()}'
    )
