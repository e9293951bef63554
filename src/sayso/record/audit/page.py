"""An audit as one HTML page: no script, no network; each plot with its numbers in a table."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files

from sayso.formats.html.escape import bdi, clip, escape
from sayso.formats.html.page import NO_VERDICT
from sayso.formats.plain import one_line
from sayso.record.audit.cited import cited, key
from sayso.record.audit.lists import nameless, refused, resting
from sayso.record.audit.plots import PATTERNS
from sayso.record.audit.report import Audit
from sayso.record.audit.scope import Scope
from sayso.record.audit.tables import by_outlet, by_section, grouped, monthly, quoted, silent
from sayso.record.audit.text import which

_COVERS = "Counted is what was said: no thoughts, and nothing that was denied."


def as_html(audit: Audit, *, plots: bool = True) -> str:
    """The page, with its `plots` or with the numbers only."""
    several = audit.totals.articles > 1
    made = [
        ("quoted", "Quoted", quoted(audit, plots=plots)),
        ("groups", f"By {clip(one_line(audit.column or ''), 40)}", grouped(audit, plots=plots)),
        ("unheard", "Not heard", silent(audit)),
        ("nobody", "Nobody named", nameless(audit)),
        ("asked", "No answer", refused(audit)),
        ("single", "One source", resting(audit)),
        ("outlets", "Outlets", by_outlet(audit, plots=plots) if several else ""),
        ("months", "Months", monthly(audit, plots=plots) if several else ""),
        ("sections", "Sections", by_section(audit, plots=plots) if several else ""),
    ]
    shown = [each for each in made if each[2]]
    body = "".join(section for _, _, section in shown)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(f'Audit of {one_line(which(audit), 300)}')}</title>\n"
        f"<style>{_style()}</style></head>\n<body>\n"
        '<a class="skip" href="#main">Skip to the audit</a>\n'
        '<header class="masthead"><p><b>Sayso</b> who said what</p></header>\n'
        f'<main id="main" tabindex="-1">{PATTERNS if "<svg" in body else ""}\n'
        f"<h1>Who is heard</h1>\n{_lead(audit)}\n"
        f"{_figures(audit, {name for name, _, _ in shown})}\n{_contents(shown)}\n"
        f"{body}</main>\n<footer><p>{_COVERS}</p><p>{escape(NO_VERDICT)}</p></footer>\n</body></html>\n"
    )


def _lead(audit: Audit) -> str:
    """Which articles; those that were asked for by their keys, one by one."""
    told = "Who is quoted and how much, who is only talked about, and where nobody is named"
    scope = replace(audit.scope, articles=())
    if not audit.named:
        return f'<p class="lead">{told}, in <b>{bdi(which(audit), 300)}</b>.</p>'
    narrowed = "" if scope == Scope() else f", of {bdi(which(replace(audit, scope=scope)), 300)}"
    named = "".join(f"<li>{cited(a)} {key(a.key)}</li>" for a in audit.named)
    return f'<p class="lead">{told}{narrowed}, in</p><ul class="named" role="list">{named}</ul>'


def _figures(audit: Audit, there: set[str]) -> str:
    totals = audit.totals
    share = f" <small>{_percent(totals.unnamed, totals.statements)}</small>"
    told = (
        ("Articles", totals.articles, "outlets", ""),
        ("Statements", totals.statements, "quoted", ""),
        ("Speakers known by name", audit.speakers, "quoted", ""),
        ("With nobody named", totals.unnamed, "nobody", share),
        ("Asked, and no answer", totals.refusals, "asked", ""),
        ("Articles on one source", totals.one_source, "single", ""),
    )
    figures = "".join(
        f"<div><dt>{name}</dt><dd>{_to(place if place in there else '', f'{number:,}')}{more}"
        "</dd></div>"
        for name, number, place, more in told
    )
    return f'<dl class="figures">{figures}</dl>'


def _to(place: str, words: str) -> str:
    return f'<a href="#{place}">{words}</a>' if place else words


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.0f} %"


def _contents(shown: Iterable[tuple[str, str, str]]) -> str:
    links = "".join(f'<li><a href="#{name}">{bdi(label, 60)}</a></li>' for name, label, _ in shown)
    if not links:
        return ""
    return f'<nav aria-label="On this page"><ul role="list">{links}</ul></nav>'


@cache
def _style() -> str:
    return files("sayso.record.audit").joinpath("page.css").read_text(encoding="utf-8")


@cache
def _policy() -> str:
    """What the page may do: nothing but its own style, known by its hash."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
