"""Corrected articles as annotated reports, for models to learn from.

The statements are those that a person has said something about. What a model read beside them and
nobody has looked at is not taught, nor is it taught to be none: where such statements are told of
stands in `discard`.
"""

import sqlite3
from collections.abc import Iterator
from typing import Any

from sayso.record import articles
from sayso.record.corrections import Applied
from sayso.record.projection import corrected
from sayso.types import Reading, Span, Statement


def lessons(db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """A record for each article with corrections that stand, in the order of the record."""
    rows = db.execute(
        "SELECT DISTINCT article FROM correction WHERE undone IS NULL ORDER BY article"
    ).fetchall()
    for row in rows:
        yield _lesson(articles.get(db, row["article"]).key, corrected(db, row["article"]))


def _lesson(key: str, applied: Applied) -> dict[str, Any]:
    reading = applied.reading
    known = [s for s in reading.statements if s.id in applied.checked]
    numbers = {s.id: str(n) for n, s in enumerate(known, start=1)}
    return {
        "id": key,
        "publisher": reading.article.publisher,
        "date": reading.article.date,
        "title": reading.article.title,
        "text": reading.article.text,
        "attributions": [_attribution(s, numbers) for s in known],
        "refusals": [
            {
                "kind": refusal.kind,
                "span": refusal.span.to_list(),
                "speakers": [speaker.name for speaker in refusal.speakers],
            }
            for refusal in reading.refusals
        ],
        "discard": _unknown(reading, set(numbers)),
    }


def _attribution(statement: Statement, numbers: dict[str, str]) -> dict[str, Any]:
    def words(span: Span | None) -> str | None:
        return None if span is None else span.text

    return {
        "id": numbers[statement.id],
        "source": [s.to_list() for s in statement.source],
        "cue": [s.to_list() for s in statement.cue],
        "content": [s.to_list() for s in statement.content],
        "speakers": [
            {"name": s.name, "accept": [], "kind": s.kind} | ({"by": list(s.by)} if s.by else {})
            for s in statement.speakers
        ],
        "addressee": words(statement.addressee),
        "channel": words(statement.channel),
        "when": words(statement.when),
        "date": statement.date,
        "inside": numbers.get(statement.inside or ""),
        "denied": statement.denied,
        "sure": True,
        "said": statement.said,
    }


def _unknown(reading: Reading, known: set[str]) -> list[list[int]]:
    """Where statements are told of that nobody has looked at: by cue, or where they begin."""
    anchors = {s.id: _anchors(s) for s in reading.statements}
    taught = [span for id in known for span in anchors[id]]
    found = {span for s in reading.statements if s.id not in known for span in anchors[s.id]}
    clear = (a for a in found if all(a[1] <= start or end <= a[0] for start, end in taught))
    return [list(span) for span in sorted(clear)]


def _anchors(statement: Statement) -> list[tuple[int, int]]:
    if statement.cue:
        return [(s.start, s.end) for s in statement.cue]
    first = statement.content[0]
    return [(first.start, first.start + 1)]
