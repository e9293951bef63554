"""What a quotation is checked against: articles of a record, or documents that are given."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sayso.formats.plain import count, first_line, one_line
from sayso.record.anchors import spans_at
from sayso.record.check import candidates
from sayso.record.check.candidates import Text
from sayso.record.check.quotation import Quotation
from sayso.record.check.wording import Document
from sayso.record.filters import every_outlet
from sayso.types import Failure, Reading, Speaker, Statement

_ARTICLES = 60
"""Articles that are judged: of a text that many outlets print, those that printed it first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document with what is known of where it was printed. `article` is its id for people."""

    article: str
    document: Document
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    superseded: bool = False
    persons: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """By the id of a statement, the entries of the record for those who speak."""

    @property
    def begins(self) -> str:
        """How the document begins, where it has no title."""
        return "" if self.title else one_line(first_line(self.document.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """What a check has looked through. Years are None where no date is known."""

    articles: int
    outlets: int
    since: str | None
    until: str | None

    def __str__(self) -> str:
        what = count(self.articles, "article")
        if self.outlets:
            what += f" of {count(self.outlets, 'outlet')}"
        if self.since is None or self.until is None:
            return f"among {what}"
        first, last = self.since[:4], self.until[:4]
        return f"among {what}, {first if first == last else f'{first}–{last}'}"

    def to_dict(self) -> dict[str, Any]:
        return {
            "articles": self.articles,
            "outlets": self.outlets,
            "from": self.since,
            "to": self.until,
        }


# ---- from a record


def covers(db: sqlite3.Connection) -> Covers:
    """What the record holds: the articles that no later version supersedes.

    Each figure comes of an index.
    """
    articles, since, until = db.execute(
        "SELECT (SELECT count(*) FROM article) - "
        "(SELECT count(*) FROM article WHERE superseded_by IS NOT NULL), "
        "(SELECT min(published) FROM article), (SELECT max(published) FROM article)"
    ).fetchone()
    outlets = len(every_outlet(db))
    return Covers(articles=articles, outlets=outlets, since=since, until=until)


def from_record(db: sqlite3.Connection, quoted: Quotation) -> list[Source]:
    """The articles that may hold a quotation, each with its statements as they stand corrected."""
    found = {text.id: text for text in candidates.texts(db, quoted)}
    rows = db.execute(
        "SELECT id, text, key, title, outlet, published, url, superseded_by FROM article "
        "WHERE text IN (SELECT value FROM json_each(?)) "
        "ORDER BY superseded_by IS NOT NULL, coalesce(published, '9999'), id LIMIT ?",
        (json.dumps(list(found)), _ARTICLES),
    ).fetchall()
    statements, persons = _statements(db, {row["id"]: found[row["text"]] for row in rows})
    return [
        Source(
            article=row["key"],
            document=Document(
                found[row["text"]].body,
                tuple(statements.get(row["id"], ())),
                found[row["text"]].part,
            ),
            title=row["title"],
            outlet=row["outlet"],
            published=row["published"],
            url=row["url"],
            superseded=row["superseded_by"] is not None,
            persons=persons.get(row["id"], {}),
        )
        for row in rows
    ]


Voices = dict[int, tuple[list[Speaker], frozenset[int]]]


def _statements(
    db: sqlite3.Connection, texts: Mapping[int, Text]
) -> tuple[dict[int, list[Statement]], dict[int, dict[str, frozenset[int]]]]:
    """By article, its statements in order, and whose entries speak in each."""
    rows = db.execute(
        "SELECT * FROM statement WHERE article IN (SELECT value FROM json_each(?)) "
        "ORDER BY article, position",
        (json.dumps(list(texts)),),
    )
    near = [
        (row, spans)
        for row in rows
        if _is_near(spans := json.loads(row["spans"]), texts[row["article"]].part)
    ]
    voices = _voices(db, [row["id"] for row, _ in near])
    found: dict[int, list[Statement]] = {}
    persons: dict[int, dict[str, frozenset[int]]] = {}
    for row, spans in near:
        speakers, entries = voices.get(row["id"], ([], frozenset()))
        statement = _statement(row, spans, texts[row["article"]].body, speakers)
        found.setdefault(row["article"], []).append(statement)
        persons.setdefault(row["article"], {})[statement.id] = entries
    return found, persons


def _is_near(spans: Mapping[str, Any], part: tuple[int, int] | None) -> bool:
    return part is None or any(start < part[1] and part[0] < end for start, end in spans["content"])


def _voices(db: sqlite3.Connection, statements: Sequence[int]) -> Voices:
    rows = db.execute(
        "SELECT speaker.*, coalesce(person.same_as, person.id) AS entry FROM speaker "
        "LEFT JOIN person ON person.id = speaker.person "
        "WHERE speaker.statement IN (SELECT value FROM json_each(?)) "
        "ORDER BY speaker.statement, speaker.position",
        (json.dumps(list(statements)),),
    )
    voices: Voices = {}
    for row in rows:
        speakers, entries = voices.get(row["statement"], ([], frozenset()))
        speakers.append(Speaker(row["name"], row["kind"], None, tuple(json.loads(row["authors"]))))
        if row["entry"] is not None:
            entries |= {row["entry"]}
        voices[row["statement"]] = (speakers, entries)
    return voices


def _statement(
    row: sqlite3.Row, spans: Mapping[str, Any], text: str, speakers: Iterable[Speaker]
) -> Statement:
    return Statement(
        id=row["name"],
        type=row["type"],
        said=bool(row["said"]),
        source=spans_at(text, spans["source"]),
        cue=spans_at(text, spans["cue"]),
        content=spans_at(text, spans["content"]),
        speakers=tuple(speakers),
        date=row["said_on"],
        inside=row["inside"],
        denied=bool(row["denied"]),
        confidence=row["confidence"],
    )


# ---- given documents


def given(results: Iterable[Reading | Failure]) -> tuple[list[Source], list[Failure]]:
    """Documents out of readings, and what could not be read."""
    sources, failures = [], []
    for result in results:
        if isinstance(result, Failure):
            failures.append(result)
        else:
            sources.append(of_reading(result))
    return sources, failures


def of_reading(reading: Reading) -> Source:
    """A reading as a document to check against."""
    article = reading.article
    return Source(
        article=str(reading.id),
        document=Document(article.text, reading.statements),
        title=article.title,
        outlet=article.publisher,
        published=article.date,
        url=article.url,
    )


def covers_given(sources: Iterable[Source]) -> Covers:
    """What the documents cover."""
    found = list(sources)
    days = sorted(s.published for s in found if s.published is not None)
    return Covers(
        articles=len(found),
        outlets=len({s.outlet for s in found if s.outlet is not None}),
        since=days[0] if days else None,
        until=days[-1] if days else None,
    )
