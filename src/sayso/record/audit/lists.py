"""The lists of the audit's page: words of articles, each with where it stands."""

from collections.abc import Iterable

from sayso.formats.html.escape import bdi, clip, escape
from sayso.formats.plain import count
from sayso.record.audit.cited import cited, key
from sayso.record.audit.report import Audit
from sayso.record.audit.text import described
from sayso.record.hits import Hit
from sayso.types import joined

_WORDS = 600


def nameless(audit: Audit) -> str:
    """Statements with nobody named."""
    rows = (
        f'<p class="by">{_described(hit)} <span class="tag">{hit.type}</span> {key(hit.id)}</p>'
        f'<blockquote dir="auto">{_cue(hit)}{_words(hit.text)}</blockquote>'
        f"<p>{cited(hit)}</p>"
        for hit in audit.unnamed
    )
    totals, listed = audit.totals, len(audit.unnamed)
    verb = "is" if totals.unnamed == 1 else "are"
    every = count(totals.statements, "statement")
    told = f"Of {every} {totals.unnamed:,} {verb} by nobody who is named."
    return _list("nobody", "Nobody named", told + _latest(listed, totals.unnamed), rows)


def _latest(listed: int, all_of_them: int) -> str:
    return "" if listed == all_of_them else f" The latest {listed:,}."


def _described(hit: Hit) -> str:
    name = described(hit)
    return f"<b>{bdi(name, 120)}</b>" if name else '<i class="soft">Nobody named</i>'


def _cue(hit: Hit) -> str:
    """What signals the saying; a quotation does without."""
    cue = joined(hit.cue)
    return f'<span class="cue">{bdi(cue, 80)}:</span> ' if cue and hit.type != "direct" else ""


def _words(text: str) -> str:
    return escape(clip(text, _WORDS))


def refused(audit: Audit) -> str:
    """Who was asked and did not answer."""
    rows = (
        f'<p class="by">{_names(asked.names)} <span class="tag">{escape(asked.kind)}</span> '
        f"{key(asked.article)}</p>"
        f'<blockquote dir="auto">{_words(asked.text)}</blockquote>'
        f"<p>{cited(asked)}</p>"
        for asked in audit.refusals
    )
    kinds = ", ".join(f"{n:,} {kind}" for kind, n in audit.refusals_by_kind.items())
    told = f"{kinds}.{_latest(len(audit.refusals), audit.totals.refusals)}"
    return _list("asked", "Asked, and no answer", told, rows)


def _names(names: tuple[str, ...]) -> str:
    if not names:
        return '<i class="soft">Nobody named</i>'
    return ", ".join(f"<b>{bdi(name, 120)}</b>" for name in names)


def resting(audit: Audit) -> str:
    """Articles that rest on one source."""
    rows = (
        f'<p class="by">{count(r.statements, "statement")} by '
        f"{f'<b>{bdi(r.source, 120)}</b>' if r.source else 'nobody named'} {key(r.article)}</p>"
        f"<p>{cited(r)}</p>"
        for r in audit.one_source
    )
    totals = audit.totals
    told = (
        f"{totals.one_source:,} of {count(totals.articles, 'article')} "
        f"{'has' if totals.one_source == 1 else 'have'} two statements or more, and one source "
        "for all."
    )
    return _list("single", "Articles that rest on one source", told, rows)


def _list(name: str, title: str, told: str, rows: Iterable[str]) -> str:
    listed = "".join(f"<li>{row}</li>\n" for row in rows)
    if not listed:
        return ""
    return (
        f'<section aria-labelledby="{name}"><h2 id="{name}">{title}</h2>'
        f'<p class="told">{escape(told)}</p><ol class="words" role="list">{listed}</ol></section>\n'
    )
