"""Invented reports with readings made by hand, holding every kind of thing the page shows.

NAME.txt is the text of a report, and NAME.jsonl what was read in it, a line for each statement or
refusal. Their words stand for spans: those where they are first found, from `within` on.
"""

import json
from pathlib import Path
from typing import Any

from sayso.types import Article, Entity, Reading, Refusal, Span, Speaker, Statement

HERE = Path(__file__).parent


def harbour() -> Reading:
    article = Article(
        text("harbour.txt"),
        title="Harbour dredging “on hold” after mussel beds found",
        date="2025-09-03",
        publisher="The Ellery Post",
        url="https://ellery-post.example/news/harbour-dredging-on-hold",
        id="a17",
    )
    oddie = "Maren Oddie", "Ms Oddie"
    crake = "the council’s former leader", "Lionel Crake", "Mr Crake"
    return _reading(
        article,
        "harbour.jsonl",
        Entity("e1", "Maren Oddie", "person", _spans(article, oddie)),
        Entity("e2", "Lionel Crake", "person", _spans(article, crake)),
    )


def library() -> Reading:
    article = Article(
        text("library.txt"), title="Library hours to be cut by a third", date="2025-10-03"
    )
    return _reading(article, "library.jsonl")


def text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


# ---- rows


def _reading(article: Article, rows: str, *entities: Entity) -> Reading:
    told = [json.loads(line) for line in text(rows).splitlines()]
    said = (row for row in told if "refusal" not in row)
    statements = tuple(_statement(article, f"s{n}", row) for n, row in enumerate(said, start=1))
    refusals = tuple(
        Refusal(_speakers(row), _span(article, row["refusal"]), row["kind"])
        for row in told
        if "refusal" in row
    )
    return Reading("en-fast-1", article, statements, entities, refusals)


def _statement(article: Article, id: str, row: dict[str, Any]) -> Statement:
    within = row.pop("within", None)
    speakers = _speakers(row)
    for role in ("content", "source", "cue"):
        row[role] = _spans(article, row.get(role, ()), within)
    for role in {"addressee", "channel", "when"} & set(row):
        row[role] = _span(article, row[role], within)
    if "runner_up" in row:
        row["runner_up"] = _speaker(row["runner_up"])
    row["about"] = tuple(row.get("about", ()))
    given: dict[str, Any] = {"type": "direct", "said": True, "confidence": 0.94} | row
    return Statement(id=id, speakers=speakers, **given)


def _speakers(row: dict[str, Any]) -> tuple[Speaker, ...]:
    return tuple(map(_speaker, row.pop("by", ())))


def _speaker(told: dict[str, Any]) -> Speaker:
    return Speaker(
        told["name"], told.get("kind", "person"), told.get("entity"), tuple(told.get("by", ()))
    )


def _spans(article: Article, words: Any, within: str | None = None) -> tuple[Span, ...]:
    several = [words] if isinstance(words, str) else words
    return tuple(_span(article, each, within) for each in several)


def _span(article: Article, words: str, within: str | None = None) -> Span:
    base = 0 if within is None else article.text.index(within)
    start = article.text.index(words, base)
    return article.span(start, start + len(words))
