"""CSV for spreadsheets: a row for each statement, and one for each input that failed.

Spreadsheets run a cell that begins like a formula, so words from an article that begin with
= + - @, their full-width forms, a tab or a line break get an apostrophe before them. So do those
after a semicolon, a tab or a line break: some spreadsheets begin a cell there.
Refusals, mentions and an article's own fields are in the other formats.
"""

import csv
import io
import re
from collections.abc import Iterable

from sayso.formats.plain import harmless
from sayso.types import Failure, Reading, Span, Statement, joined

COLUMNS = (
    "article",
    "statement",
    "type",
    "said",
    "denied",
    "speakers",
    "kinds",
    "by",
    "runner_up",
    "source",
    "cue",
    "content",
    "addressee",
    "channel",
    "when",
    "date",
    "inside",
    "confidence",
    "start",
    "end",
    "error",
)

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_FORMULA_WITHIN = re.compile(r"(?<=[;\t\n])(?=\s*[=+\-@＝＋－＠])")


class Csv:
    """Rows under `COLUMNS`; several speakers stand in one cell, parted by "; ".

    `start` and `end` are the offsets of the content, from its first character to its last. A
    failed input has a row with its id, or else its name and line, and its error.
    """

    def start(self) -> str:
        return csv_rows([COLUMNS])

    def result(self, result: Reading | Failure) -> str:
        if isinstance(result, Failure):
            return csv_rows([_failure(result)])
        return csv_rows(_statement(result.id, s) for s in result.statements)

    def end(self) -> str:
        return ""


def with_article(reading: Reading) -> str:
    """A reading's rows with what its article is at the end of each."""
    article = reading.article
    own = (article.title, article.publisher, article.date)
    rows = ([*_statement(reading.id, s), *own] for s in reading.statements)
    return csv_rows([[*COLUMNS, "title", "outlet", "published"]]) + csv_rows(rows)


def csv_rows(rows: Iterable[Iterable[object]]) -> str:
    """Rows of cells as lines of CSV that no spreadsheet runs."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_cell(v) for v in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    guarded = _FORMULA_WITHIN.sub("'", harmless(value))
    return f"'{guarded}" if _FORMULA.match(value) else guarded


def _statement(article: str | int | float, statement: Statement) -> list[object]:
    return [
        article,
        statement.id,
        statement.type,
        statement.said,
        statement.denied,
        "; ".join(s.name or "" for s in statement.speakers),
        "; ".join(s.kind for s in statement.speakers),
        "; ".join(name for s in statement.speakers for name in s.by),
        statement.runner_up and statement.runner_up.name,
        joined(statement.source),
        joined(statement.cue),
        statement.text,
        _words(statement.addressee),
        _words(statement.channel),
        _words(statement.when),
        statement.date,
        statement.inside,
        statement.confidence,
        min((s.start for s in statement.content), default=None),
        max((s.end for s in statement.content), default=None),
        None,
    ]


def _words(span: Span | None) -> str | None:
    return None if span is None else span.text


def _failure(failure: Failure) -> list[object]:
    name = failure.input if failure.line is None else f"{failure.input}:{failure.line}"
    row: list[object] = [None] * len(COLUMNS)
    row[0] = name if failure.id is None else failure.id
    row[-1] = f"{failure.error.code}: {failure.error.message}"
    return row
