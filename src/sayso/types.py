"""The records that pass through the house: articles in, readings out.

All are frozen. Offsets are half-open `[start, end)` in Unicode code points of the
article's own text. `to_dict()` gives the contract (version 1, see `sayso schema`).
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date as date_type
from functools import cached_property
from typing import Any, Literal, Self, get_args

from sayso.errors import BadRecord, SaysoError

CONTRACT = 1

Type = Literal["direct", "mixed", "indirect"]
Kind = Literal["person", "organisation", "group", "document", "unnamed", "author"]
RefusalKind = Literal["declined", "no response", "approached"]

_ISO_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?", re.DOTALL)
_DATE = re.compile("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?|-W[0-9]{2})?")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text, with the words that stand there."""

    start: int
    end: int
    text: str

    def to_list(self) -> list[int]:
        return [self.start, self.end]


@dataclass(frozen=True, kw_only=True)
class Article:
    """One report. Lone surrogates in `text` become U+FFFD; nothing else is changed.

    `date` is the day of publication (ISO `YYYY-MM-DD`), from which times of saying are
    worked out. `extra` holds what else came with the article and is given back as it came.
    """

    text: str
    title: str | None = None
    date: str | None = None
    url: str | None = None
    publisher: str | None = None
    id: str | int | float | None = None
    language: str = "en"
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __init__(
        self,
        text: str,
        *,
        title: str | None = None,
        date: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
        id: str | int | float | None = None,
        language: str = "en",
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        if not isinstance(text, str):
            raise BadRecord(f"an article's text must be a string, not {type(text).__name__}")
        for what, given in (("title", title), ("url", url), ("publisher", publisher)):
            if not isinstance(given, str | None):
                raise BadRecord(f"an article's {what} must be a string, not {given!r}")
        if isinstance(id, bool) or not isinstance(id, str | int | float | None) or id != id:
            raise BadRecord(f"an article's id must be a string or a number, not {id!r}")
        if date is not None and not (isinstance(date, str) and iso_day(date) == date):
            raise BadRecord(f"an article's date must be a day, YYYY-MM-DD, not {date!r}")
        values = {
            "text": _LONE_SURROGATE.sub("�", text),
            "title": title,
            "date": date,
            "url": url,
            "publisher": publisher,
            "id": id,
            "language": language,
            "extra": dict(extra or {}),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def span(self, start: int, end: int) -> Span:
        return Span(start, end, self.text[start:end])

    def to_dict(self, *, text: bool = True) -> dict[str, Any]:
        out = {
            "title": self.title,
            "date": self.date,
            "url": self.url,
            "publisher": self.publisher,
            "language": self.language,
            "sha256": self.sha256,
        }
        if text:
            out["text"] = self.text
        return out | {"extra": dict(self.extra)}

    @classmethod
    def from_dict(
        cls,
        data: Mapping[str, Any],
        *,
        id: str | int | float | None = None,
        text: str | None = None,
    ) -> Self:
        """What `to_dict` gave, with the text where it was left out. Raises `BadRecord`."""
        fields = ("title", "date", "url", "publisher", "language", "extra")
        article = cls(
            data["text"] if text is None else text, id=id, **{name: data[name] for name in fields}
        )
        if article.sha256 != data["sha256"]:
            raise BadRecord("an article's text is not the one that its sha256 is of")
        return article


def iso_day(value: str) -> str | None:
    """The day of an ISO 8601 date or datetime as `YYYY-MM-DD`; None if it is neither."""
    match = _ISO_DAY.fullmatch(value.strip())
    if match is None:
        return None
    try:
        return date_type.fromisoformat(match[1]).isoformat()
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom a source refers to. `name` is None only for an author without a byline."""

    name: str | None
    kind: Kind
    entity: str | None = None
    by: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "kind": self.kind, "entity": self.entity, "by": list(self.by)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["name"], _one_of(Kind, data["kind"]), data["entity"], tuple(data["by"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One attribution: who said what, and how the report tells it."""

    id: str
    type: Type
    said: bool
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speakers: tuple[Speaker, ...] = ()
    addressee: Span | None = None
    channel: Span | None = None
    when: Span | None = None
    date: str | None = None
    inside: str | None = None
    denied: bool = False
    about: tuple[str, ...] = ()
    confidence: float = 1.0
    runner_up: Speaker | None = None
    """Whom the source may mean instead where the speaker is doubtful: the next likely one.

    None where the speaker is sure. It is no part of the contract.
    """

    @property
    def text(self) -> str:
        """The content's words, its spans joined by " … "."""
        return joined(self.content)

    def to_dict(self) -> dict[str, Any]:
        def optional(span: Span | None) -> list[int] | None:
            return None if span is None else span.to_list()

        return {
            "id": self.id,
            "type": self.type,
            "said": self.said,
            "source": [s.to_list() for s in self.source],
            "cue": [s.to_list() for s in self.cue],
            "content": [s.to_list() for s in self.content],
            "speakers": [s.to_dict() for s in self.speakers],
            "addressee": optional(self.addressee),
            "channel": optional(self.channel),
            "when": optional(self.when),
            "date": self.date,
            "inside": self.inside,
            "denied": self.denied,
            "about": list(self.about),
            "confidence": self.confidence,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], article: Article) -> Self:
        def optional(pair: list[int] | None) -> Span | None:
            return None if pair is None else _span(article, pair)

        return cls(
            id=data["id"],
            type=_one_of(Type, data["type"]),
            said=data["said"],
            source=_spans(article, data["source"]),
            cue=_spans(article, data["cue"]),
            content=_spans(article, data["content"]),
            speakers=tuple(Speaker.from_dict(s) for s in data["speakers"]),
            addressee=optional(data["addressee"]),
            channel=optional(data["channel"]),
            when=optional(data["when"]),
            date=_saying_date(data["date"]),
            inside=data["inside"],
            denied=data["denied"],
            about=tuple(data["about"]),
            confidence=data["confidence"],
        )


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that the article mentions, under its fullest name."""

    id: str
    name: str
    kind: Kind
    mentions: tuple[Span, ...]

    def to_dict(self) -> dict[str, Any]:
        mentions = [m.to_list() for m in self.mentions]
        return {"id": self.id, "name": self.name, "kind": self.kind, "mentions": mentions}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], article: Article) -> Self:
        mentions = _spans(article, data["mentions"])
        return cls(data["id"], data["name"], _one_of(Kind, data["kind"]), mentions)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody was asked and did not answer; `span` is the clause that tells of it."""

    speakers: tuple[Speaker, ...]
    span: Span
    kind: RefusalKind

    def to_dict(self) -> dict[str, Any]:
        return {
            "speakers": [s.to_dict() for s in self.speakers],
            "span": self.span.to_list(),
            "kind": self.kind,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], article: Article) -> Self:
        speakers = tuple(Speaker.from_dict(s) for s in data["speakers"])
        return cls(speakers, _span(article, data["span"]), _one_of(RefusalKind, data["kind"]))


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """An article with what a model read in it; statements in the order of the text."""

    model: str
    article: Article
    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def id(self) -> str | int | float:
        """The article's own id, else the hash of its text."""
        return self.article.sha256 if self.article.id is None else self.article.id

    def to_dict(self, *, text: bool = True) -> dict[str, Any]:
        return {
            "contract": CONTRACT,
            "model": self.model,
            "id": self.id,
            "article": self.article.to_dict(text=text),
            "statements": [s.to_dict() for s in self.statements],
            "entities": [e.to_dict() for e in self.entities],
            "refusals": [r.to_dict() for r in self.refusals],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, text: str | None = None) -> Self:
        """What `to_dict` gave, with the article's text where that was left out.

        Raises `BadRecord` for what is no such thing: a field amiss, a span beyond the text.
        """
        try:
            return cls._from_dict(data, text)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise BadRecord(f"this is no reading as the contract has it: {error!r}") from error

    @classmethod
    def _from_dict(cls, data: Mapping[str, Any], text: str | None) -> Self:
        if data["contract"] != CONTRACT:
            raise BadRecord(f"a reading of contract {data['contract']!r}, not {CONTRACT}")
        own_id = None if data["id"] == data["article"]["sha256"] else data["id"]
        article = Article.from_dict(data["article"], id=own_id, text=text)
        return cls(
            data["model"],
            article,
            tuple(Statement.from_dict(s, article) for s in data["statements"]),
            tuple(Entity.from_dict(e, article) for e in data["entities"]),
            tuple(Refusal.from_dict(r, article) for r in data["refusals"]),
        )

    def __repr__(self) -> str:
        many = len(self.statements)
        told = f"{many} statement{'s' * (many != 1)}"
        return f"<Reading of {self.id!r} by {self.model}: {told}>"


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read, in its place among the results."""

    error: SaysoError
    input: str | None = None
    line: int | None = None
    id: str | int | float | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "input": self.input,
            "line": self.line,
            "error": self.error.to_dict(),
        }


def joined(spans: Iterable[Span]) -> str:
    """The words of several spans, with an ellipsis where the text goes on between them."""
    return " … ".join(s.text for s in spans)


def _one_of(choices: Any, value: Any) -> Any:
    """`value`, which must be one of those that a `Literal` lists."""
    if value not in get_args(choices):
        raise BadRecord(f"{value!r} is none of {', '.join(get_args(choices))}")
    return value


def _span(article: Article, pair: list[int]) -> Span:
    start, end = pair
    if not 0 <= start <= end <= len(article.text):
        raise BadRecord(f"a span from {start} to {end} in a text of {len(article.text)} characters")
    return article.span(start, end)


def _spans(article: Article, pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(_span(article, pair) for pair in pairs)


def _saying_date(value: str | None) -> str | None:
    """`YYYY`, `YYYY-MM`, `YYYY-Www` or `YYYY-MM-DD`, and in the calendar."""
    if value is None:
        return None
    if not _DATE.fullmatch(value):
        raise BadRecord(f"the date of a statement can't be {value!r}")
    missing = {4: "-01-01", 7: "-01"}.get(len(value), "")
    date_type.fromisoformat(value + missing)
    return value
