"""The document round the readings: head, key, one article each, contents."""

import base64
import hashlib
from collections import Counter
from functools import cache
from importlib.resources import files

from sayso.formats.html.entries import overview, refusals, spoken_words, voices
from sayso.formats.html.escape import bdi, clip, day, escape, language, link
from sayso.formats.html.report import marked_text
from sayso.formats.html.sheet import Sheet, doubtful
from sayso.formats.plain import count
from sayso.types import Failure, Reading

NO_VERDICT = (
    "Sayso tells who said what according to a report. It does not judge whether it is true."
)


class Html:
    """One page for any number of results, streamed: `start`, each `result`, `end`.

    Without `text` the page lists what the statements say and leaves the report out.
    """

    def __init__(self, *, text: bool = True) -> None:
        self._text = text
        self._contents: list[tuple[str, str]] = []
        self._totals: Counter[str] = Counter()

    def start(self) -> str:
        return _asset("head.html").format(policy=_policy(), style=_asset("page.css"))

    def result(self, result: Reading | Failure) -> str:
        address = f"a{len(self._contents) + 1}"
        if isinstance(result, Failure):
            title, shown = _failed_title(result), _failure(result, address)
            self._totals["failures"] += 1
        else:
            title = _title(result, f"Report {len(self._contents) + 1}")
            shown = _article(result, address, title, text=self._text)
            self._totals["reports"] += 1
            self._totals["statements"] += len(result.statements)
        self._contents.append((address, title))
        return shown

    def end(self) -> str:
        contents = "".join(
            f'<li><a href="#{address}">{title}</a></li>' for address, title in self._contents
        )
        listed = ""
        if len(self._contents) > 1:
            listed = f'<nav aria-label="Reports on this page"><ol>{contents}</ol></nav>'
        return _asset("foot.html").format(
            contents=listed, totals=self._told(), verdict=NO_VERDICT, script=_asset("page.js")
        )

    def _told(self) -> str:
        totals = self._totals
        told = [count(totals["reports"], "report"), count(totals["statements"], "statement")]
        if totals["failures"]:
            told.append(count(totals["failures"], "input") + " not read")
        return " · ".join(told)


def fragment(reading: Reading) -> str:
    """A reading to be shown within another page, a notebook's say; it works without script."""
    address = f"sayso-{reading.article.sha256[:8]}"
    return (
        f'<div class="sayso fragment"><style>{_asset("page.css")}</style>'
        f"{_article(reading, address, _title(reading, 'Report'), text=True)}</div>"
    )


def _article(reading: Reading, address: str, title: str, *, text: bool) -> str:
    sheet = Sheet(reading, f"{address}-")
    body = _columns(sheet) if text else _list(sheet, text=False)
    return (
        f'<article class="report" id="{address}" aria-labelledby="{address}-h">'
        f'<header><h2 id="{address}-h">{title}</h2>'
        f'{_meta(reading)}<ul class="facts" role="list">{_facts(sheet)}</ul></header>'
        f'<section class="heard" aria-labelledby="{address}-o {address}-h">'
        f'<h3 id="{address}-o">Who is heard</h3>{overview(sheet)}</section>'
        f"{body}</article>"
    )


def _columns(sheet: Sheet) -> str:
    heading, title = f"{sheet.prefix}t", f"{sheet.prefix}h"
    lang = language(sheet.reading.article.language)
    return (
        f'<div class="columns"><h3 class="unseen" id="{heading}">The report</h3>'
        f'<section class="text" aria-labelledby="{heading} {title}"{lang}>'
        f"{marked_text(sheet)}</section>{_list(sheet, text=True)}</div>"
    )


def _list(sheet: Sheet, *, text: bool) -> str:
    heading, title = f"{sheet.prefix}l", f"{sheet.prefix}h"
    return (
        f'<section class="said-by" aria-labelledby="{heading} {title}">'
        f'<h3 id="{heading}">Who said what</h3>'
        f"{voices(sheet, text=text)}{refusals(sheet, text=text)}</section>"
    )


def _title(reading: Reading, untitled: str) -> str:
    title = reading.article.title
    return bdi(title, 300) if title and title.strip() else untitled


def _meta(reading: Reading) -> str:
    """Where and when the report was published, and the id it was given."""
    article = reading.article
    told = []
    if article.publisher:
        told.append(bdi(article.publisher, 120))
    if article.date:
        told.append(day(article.date))
    if article.url:
        told.append(link(article.url))
    if article.id is not None:
        told.append("id " + bdi(str(article.id), 80))
    return f'<p class="meta">{" · ".join(told)}</p>' if told else ""


def _facts(sheet: Sheet) -> str:
    """What an editor asks first: how many speak, and where nobody is named."""
    statements, reading = sheet.reading.statements, sheet.reading
    voices = sum(voice.speaker is not None for voice in sheet.voices)
    unnamed = sum(any(s.kind == "unnamed" for s in st.speakers) for st in statements)
    told = [
        f"<b>{count(len(statements), 'statement')}</b> by {count(voices, 'speaker')}",
        f"<b>{spoken_words(sheet):,}</b> of {sheet.counter.total():,} words tell what was said",
    ]
    for number, words in (
        (unnamed, "on the word of someone not named"),
        (sum(not s.speakers for s in statements), "with nobody named"),
        (sum(s.denied for s in statements), "denied"),
        (sum(not s.said for s in statements), "thought, not said"),
        (sum(map(doubtful, statements)), "doubtful"),
        (len(reading.refusals), "asked and no answer"),
    ):
        if number:
            told.append(f"<b>{number:,}</b> {words}")
    told.append(f"read by the model {bdi(reading.model, 60)}")
    return "".join(f"<li>{fact}</li>" for fact in told)


def _failed_title(failure: Failure) -> str:
    named = failure.input or ("" if failure.id is None else str(failure.id))
    line = "" if failure.line is None else f", line {failure.line}"
    return f"Not read: {bdi(named or 'an input', 200)}{line}"


def _failure(failure: Failure, address: str) -> str:
    given = "" if failure.id is None else " · id " + bdi(str(failure.id), 80)
    return (
        f'<article class="failure" id="{address}" aria-labelledby="{address}-h">'
        f'<h2 id="{address}-h">{_failed_title(failure)}</h2>'
        f"<p>{bdi(failure.error.message, 2000)}</p>"
        f'<p class="meta">{escape(clip(failure.error.code, 60))}{given}</p></article>'
    )


@cache
def _asset(name: str) -> str:
    return files("sayso.formats.html").joinpath(name).read_text(encoding="utf-8")


@cache
def _policy() -> str:
    """What the page may do: nothing but its own style and script, known by their hashes."""
    style, script = (_hash(_asset(name)) for name in ("page.css", "page.js"))
    return (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
