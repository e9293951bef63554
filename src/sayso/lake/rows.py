"""Readings and failures to the lake's rows, and readings back.

A row is a dict with the columns of its schema; nothing that the contract has is lost in it, nor
whom the model thought of beside the speaker. Lone surrogates, which Parquet can't hold, become
U+FFFD as they do in texts.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sayso.errors import BadRecord
from sayso.types import (
    CONTRACT,
    Article,
    Failure,
    Reading,
    Refusal,
    Span,
    Speaker,
    Statement,
    joined,
)

Row = dict[str, Any]

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row comes from. `row` is its name in the lake and has no equal there.

    `url` and `date` are what is known of an input that can't be read; an article has its own.
    """

    row: str
    input: str | None = None
    line: int | None = None
    url: str | None = None
    date: str | None = None


def row_name(shard: str, position: int) -> str:
    """The `row` of the input at `position`, from 0, of a shard: names sort as the inputs do."""
    return f"{shard}-{position:06d}"


def article_row(reading: Reading, place: Place) -> Row:
    """A row of `articles`. Raises `BadRecord` where `extra` is more than JSON can hold."""
    article = reading.article
    return {
        "row": place.row,
        **_id(article.id),
        "title": _clean(article.title),
        "date": article.date,
        "url": _clean(article.url),
        "publisher": _clean(article.publisher),
        "language": article.language,
        "sha256": article.sha256,
        "text": article.text,
        "extra": _extra(article),
        "model": reading.model,
        "input": _clean(place.input),
        "line": place.line,
        "words": len(article.text.split()),
        "statements": len(reading.statements),
        "entities": [
            {"id": e.id, "name": _clean(e.name), "kind": e.kind, "mentions": _spans(e.mentions)}
            for e in reading.entities
        ],
        "refusals": [_refusal(refusal) for refusal in reading.refusals],
    }


def statement_rows(reading: Reading, place: Place) -> list[Row]:
    """A row of `statements` for each statement, in their order."""
    names = {entity.id: _clean(entity.name) for entity in reading.entities}
    article = reading.article
    of_article = {
        "printed": article.date,
        "publisher": _clean(article.publisher),
        "url": _clean(article.url),
        "title": _clean(article.title),
    }
    return [
        {"row": place.row, **_statement(statement, names), **of_article}
        for statement in reading.statements
    ]


def failure_row(failure: Failure, place: Place) -> Row:
    """A row of `failures`. What the failure tells of its input goes before what `place` does."""
    return {
        "row": place.row,
        **_id(failure.id),
        "input": _clean(place.input if failure.input is None else failure.input),
        "line": place.line if failure.line is None else failure.line,
        "code": failure.error.code,
        "message": _clean(failure.error.message),
        "url": _clean(place.url),
        "date": place.date,
    }


def reading(article: Mapping[str, Any], statements: Iterable[Mapping[str, Any]]) -> Reading:
    """The reading whose rows these are. Raises `BadRecord` for what are no such rows."""
    try:
        statements = list(statements)
        made = Reading.from_dict(_contract(article, statements))
        return replace(
            made,
            article=_with_id(made.article, article),
            statements=tuple(
                replace(s, runner_up=row["runner_up"] and Speaker.from_dict(row["runner_up"]))
                for s, row in zip(made.statements, statements, strict=True)
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadRecord(f"these are no rows of a lake: {error!r}") from error


# ---- values


def _clean(text: str | None) -> str | None:
    return None if text is None else _LONE_SURROGATE.sub("�", text)


def _id(id: str | int | float | None) -> Row:
    """An id as it is written, and whether it is a number: 7 and "7" are two."""
    if id is None:
        return {"id": None, "id_is_number": None}
    if isinstance(id, str):
        return {"id": _clean(id), "id_is_number": False}
    return {"id": json.dumps(id), "id_is_number": True}


def _extra(article: Article) -> str | None:
    if not article.extra:
        return None
    try:
        return _clean(json.dumps(dict(article.extra), ensure_ascii=False, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise BadRecord(f"what came with {article.id!r} can't be written: {error}") from error


def _spans(spans: Iterable[Span]) -> list[Row]:
    return [{"start": s.start, "end": s.end} for s in spans]


def _worded(name: str, spans: Sequence[Span]) -> Row:
    return {name: _spans(spans), f"{name}_text": joined(spans) if spans else None}


def _optional(name: str, span: Span | None) -> Row:
    if span is None:
        return {name: None, f"{name}_text": None}
    return {name: {"start": span.start, "end": span.end}, f"{name}_text": span.text}


def _speaker(speaker: Speaker) -> Row:
    return {
        "name": _clean(speaker.name),
        "kind": speaker.kind,
        "entity": speaker.entity,
        "by": [_clean(name) for name in speaker.by],
    }


def _statement(statement: Statement, names: Mapping[str, str | None]) -> Row:
    other = statement.runner_up
    return {
        "id": statement.id,
        "type": statement.type,
        "said": statement.said,
        "denied": statement.denied,
        "speakers": [_speaker(speaker) for speaker in statement.speakers],
        "runner_up": None if other is None else _speaker(other),
        **_worded("source", statement.source),
        **_worded("cue", statement.cue),
        **_worded("content", statement.content),
        **_optional("addressee", statement.addressee),
        **_optional("channel", statement.channel),
        **_optional("when", statement.when),
        "date": statement.date,
        "inside": statement.inside,
        "about": list(statement.about),
        "about_names": [names.get(id) for id in statement.about],
        "confidence": statement.confidence,
    }


def _refusal(refusal: Refusal) -> Row:
    return {
        "kind": refusal.kind,
        "span": {"start": refusal.span.start, "end": refusal.span.end},
        "text": refusal.span.text,
        "speakers": [_speaker(speaker) for speaker in refusal.speakers],
    }


# ---- and back


def _contract(article: Mapping[str, Any], statements: Iterable[Mapping[str, Any]]) -> Row:
    """The rows as the contract has them."""
    columns = ("title", "date", "url", "publisher", "language", "sha256", "text")
    extra = {} if article["extra"] is None else json.loads(article["extra"])
    return {
        "contract": CONTRACT,
        "model": article["model"],
        "id": article["sha256"],
        "article": {name: article[name] for name in columns} | {"extra": extra},
        "statements": [_told(row) for row in statements],
        "entities": [e | {"mentions": _pairs(e["mentions"])} for e in article["entities"]],
        "refusals": [r | {"span": _pair(r["span"])} for r in article["refusals"]],
    }


def _told(row: Mapping[str, Any]) -> Row:
    spans = {name: _pairs(row[name]) for name in ("source", "cue", "content")}
    single = {name: row[name] and _pair(row[name]) for name in ("addressee", "channel", "when")}
    return {**row, **spans, **single}


def _pair(span: Mapping[str, int]) -> list[int]:
    return [span["start"], span["end"]]


def _pairs(spans: Iterable[Mapping[str, int]]) -> list[list[int]]:
    return [_pair(span) for span in spans]


def _with_id(article: Article, row: Mapping[str, Any]) -> Article:
    id = json.loads(row["id"]) if row["id_is_number"] else row["id"]
    return article if id is None else replace(article, id=id)
