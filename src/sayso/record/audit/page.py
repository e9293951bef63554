"""An audit as one HTML page: no script, no network; each plot with its numbers in a table."""

from collections.abc import Iterable
from typing import Any

from sayso.formats.html.escape import bdi, escape
from sayso.formats.html.page import NO_VERDICT
from sayso.record.audit.report import Audit
from sayso.record.audit.text import Section, cell, sections, summary, which

_CELL = 400

# Plots have styles of their own; nothing else may come in.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem;
  color: #1a1a1a; background: #fff; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
.scroll { overflow-x: auto; } .scroll:focus { outline: 2px solid #0072b2; }
table { border-collapse: collapse; font-size: .9rem; }
caption { text-align: left; color: #444; padding-bottom: .4rem; }
th, td { padding: .25rem .6rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid #ddd; overflow-wrap: anywhere; }
thead th { border-bottom: 2px solid #555; } tbody th { font-weight: 600; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
svg { max-width: 100%; height: auto; display: block; margin: 1rem 0; }
footer { margin-top: 3rem; color: #444; font-size: .85rem; }
"""


def as_html(audit: Audit, *, plots: bool = True) -> str:
    """The page. Raises `UsageError` where `plots` are asked for and matplotlib is missing."""
    drawn: list[str] = []
    if plots:
        from sayso.record.audit import plots as drawing

        drawn = drawing.plots(audit)
    title = f"Audit of {which(audit)}"
    facts = "".join(f"<li>{escape(fact)}</li>" for fact in summary(audit))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body><main>"
        f"<h1>{bdi(title, 300)}</h1><ul>{facts}</ul>{_plots(drawn)}"
        f"{''.join(_section(n, s) for n, s in enumerate(sections(audit)))}</main>"
        f"<footer><p>{escape(NO_VERDICT)}</p></footer></body></html>\n"
    )


def _plots(drawn: Iterable[str]) -> str:
    figures = "".join(f"<figure>{plot}</figure>" for plot in drawn)
    return f'<section aria-label="Plots">{figures}</section>' if figures else ""


def _section(number: int, section: Section) -> str:
    head = "".join(
        f'<th scope="col"{_numeric(n, section)}>{escape(column)}</th>'
        for n, column in enumerate(section.columns)
    )
    rows = "".join(_row(row, section) for row in section.rows)
    return (
        f'<section aria-labelledby="s{number}"><h2 id="s{number}">{escape(section.title)}</h2>'
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="s{number}"><table>'
        f"<caption>{escape(section.told)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div></section>\n"
    )


def _row(row: tuple[Any, ...], section: Section) -> str:
    first = f'<th scope="row">{_shown(row[0])}</th>'
    rest = (
        f"<td{_numeric(n, section)}>{_shown(value)}</td>"
        for n, value in enumerate(row[1:], start=1)
    )
    return f"<tr>{first}{''.join(rest)}</tr>"


def _shown(value: Any) -> str:
    return bdi(value, _CELL) if isinstance(value, str) else escape(cell(value))


def _numeric(column: int, section: Section) -> str:
    return ' class="n"' if column >= section.words else ""
