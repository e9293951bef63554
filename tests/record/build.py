"""Readings written down by hand, for the tests of the record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sayso import Article, Entity, Reading, Refusal, Span, Speaker, Statement

MODEL = "hand-1"


@dataclass(frozen=True, kw_only=True)
class Said:
    """One statement by its words, as they stand in the text.

    `content` and the others are found at their first place in the text; several pieces are
    parted by " … ". `by` are names, or (name, kind) pairs; a name belongs to the entity of
    that name, which is made where `entities` of `reading` don't have it.
    """

    content: str
    by: Any = ()
    source: str = ""
    cue: str = ""
    type: str = "direct"
    said: bool = True
    denied: bool = False
    date: str | None = None
    about: tuple[str, ...] = ()
    inside: str | None = None
    confidence: float = 0.9
    fields: dict[str, Any] = field(default_factory=dict)


def reading(
    text: str,
    statements: Iterable[Said] = (),
    *,
    model: str = MODEL,
    mentions: Mapping[str, Sequence[str]] | None = None,
    refusals: Iterable[tuple[str, str, tuple[str, ...]]] = (),
    **article: Any,
) -> Reading:
    """A reading of `text`. `mentions` has more wordings of a name; `refusals` are
    (clause, kind, names)."""
    whole = Article(text, **article)
    statements = list(statements)
    people: dict[str, str] = {}
    for statement in statements:
        people.update(_speakers(statement.by))
        for name in statement.about:
            people.setdefault(name, "person")
    for _, _, names in refusals:
        for name in names:
            people.setdefault(name, "person")
    ids = {name: f"e{i}" for i, name in enumerate(people, start=1)}
    entities = tuple(
        Entity(ids[name], name, kind, _mentions(whole, (name, *(mentions or {}).get(name, ()))))  # type: ignore[arg-type]
        for name, kind in people.items()
    )
    return Reading(
        model,
        whole,
        tuple(_statement(whole, i, s, ids) for i, s in enumerate(statements, start=1)),
        entities,
        tuple(
            Refusal(
                tuple(Speaker(n, people[n], ids[n]) for n in names),  # type: ignore[arg-type]
                _span(whole, clause),
                kind,  # type: ignore[arg-type]
            )
            for clause, kind, names in refusals
        ),
    )


def _speakers(by: Any) -> dict[str, str]:
    pairs = [by] if isinstance(by, str) else by
    return dict((p, "person") if isinstance(p, str) else p for p in pairs)


def _statement(article: Article, number: int, given: Said, ids: dict[str, str]) -> Statement:
    speakers = _speakers(given.by).items()
    return Statement(
        id=f"s{number}",
        type=given.type,  # type: ignore[arg-type]
        said=given.said,
        source=_spans(article, given.source),
        cue=_spans(article, given.cue),
        content=_spans(article, given.content),
        speakers=tuple(Speaker(name, kind, ids[name]) for name, kind in speakers),  # type: ignore[arg-type]
        date=given.date,
        inside=given.inside,
        denied=given.denied,
        about=tuple(ids[name] for name in given.about),
        confidence=given.confidence,
        **given.fields,
    )


def _spans(article: Article, words: str) -> tuple[Span, ...]:
    return tuple(_span(article, part) for part in words.split(" … ") if part)


def _span(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return article.span(start, start + len(words))


def _mentions(article: Article, names: tuple[str, ...]) -> tuple[Span, ...]:
    return tuple(_span(article, name) for name in names if name in article.text)
