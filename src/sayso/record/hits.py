"""Statements out of the record to be shown: who, what, where and when, with marked words."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.formats.plain import first_line, one_line
from sayso.record import articles
from sayso.record.anchors import spans_at
from sayso.record.articles import decoded
from sayso.record.folding import fold_character, is_plain
from sayso.record.query import Term
from sayso.record.tellers import Tellers
from sayso.record.tellers import of_record as tellers_of
from sayso.types import Kind, Span, Type, joined

_WORD = re.compile(r"[^\W_]+")
_WITHIN = " \t\r\n\u00a0'’-\u2010\u2011"
_MARKS = 200
"""Marked words of one hit: enough for eyes."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as the article has them; `person` is their entry in the record."""

    name: str | None
    kind: Kind
    person: int | None

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "kind": self.kind}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A statement with what its article is. Spans are offsets in the article's text.

    `marks` are the words that were looked for, in content and cue, in order. `superseded` tells
    that a later version of the article is in the record. `inside` names the statement (s1) that
    tells this one, and `according_to` who does, if they are others than the speakers.
    """

    article: str
    statement: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    superseded: bool
    speakers: tuple[Voice, ...]
    type: Type
    said: bool
    denied: bool
    said_on: str | None
    inside: str | None
    confidence: float
    checked: str | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    marks: tuple[Span, ...] = ()
    according_to: Tellers = None
    addressee: Span | None = None
    begins: str = ""
    """How the article begins, where it has no title."""

    @property
    def id(self) -> str:
        """The statement as people name it: `KEY/s3`."""
        return f"{self.article}/{self.statement}"

    @property
    def text(self) -> str:
        """The content's words, its spans joined by " … "."""
        return joined(self.content)

    def to_dict(self) -> dict[str, Any]:
        return {
            "article": self.article,
            "statement": self.statement,
            "title": self.title,
            "outlet": self.outlet,
            "published": self.published,
            "url": self.url,
            "superseded": self.superseded,
            "speakers": [voice.to_dict() for voice in self.speakers],
            "type": self.type,
            "said": self.said,
            "denied": self.denied,
            "said_on": self.said_on,
            "inside": self.inside,
            "confidence": self.confidence,
            "checked": self.checked,
            "cue": [span.to_list() for span in self.cue],
            "content": [span.to_list() for span in self.content],
            "text": self.text,
            "marks": [span.to_list() for span in self.marks],
            "according_to": None if self.according_to is None else list(self.according_to),
        }


def load(
    db: sqlite3.Connection, statements: Sequence[int], terms: Iterable[Term] = ()
) -> tuple[Hit, ...]:
    """The statements of these ids, in that order, with the words of `terms` marked."""
    wanted, terms = json.dumps(list(statements)), tuple(terms)
    speakers: dict[int, list[Voice]] = {}
    for row in db.execute(
        "SELECT statement, name, kind, person FROM speaker "
        "WHERE statement IN (SELECT value FROM json_each(?)) ORDER BY statement, position",
        (wanted,),
    ):
        speakers.setdefault(row[0], []).append(Voice(row[1], row[2], row[3]))
    rows = db.execute(
        "SELECT s.*, a.key, a.title, a.outlet, a.published, a.url, a.superseded_by, t.body "
        "FROM statement s JOIN article a ON a.id = s.article JOIN text t ON t.id = a.text "
        "WHERE s.id IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    tellers = tellers_of(db, statements)
    found = {
        row["id"]: _hit(row, tuple(speakers.get(row["id"], ())), tellers.get(row["id"]), terms)
        for row in rows
    }
    return tuple(found[id] for id in statements if id in found)


def of_statement(db: sqlite3.Connection, reference: str) -> Hit:
    """The one that `KEY/s3` names."""
    (hit,) = load(db, [articles.find_statement(db, reference)["id"]])
    return hit


def _hit(
    row: sqlite3.Row, speakers: tuple[Voice, ...], tellers: Tellers, terms: tuple[Term, ...]
) -> Hit:
    text, spans = decoded(row["body"]), json.loads(row["spans"])
    content, cue = (spans_at(text, spans[part]) for part in ("content", "cue"))
    to = spans.get("addressee")
    return Hit(
        article=row["key"],
        statement=row["name"],
        title=row["title"],
        outlet=row["outlet"],
        published=row["published"],
        url=row["url"],
        superseded=row["superseded_by"] is not None,
        speakers=speakers,
        type=row["type"],
        said=bool(row["said"]),
        denied=bool(row["denied"]),
        said_on=row["said_on"],
        inside=row["inside"],
        confidence=row["confidence"],
        checked=row["checked"],
        cue=cue,
        content=content,
        marks=marked(text, (content, cue), terms),
        according_to=tellers,
        begins="" if row["title"] else one_line(first_line(text)),
        addressee=None if to is None else spans_at(text, [to])[0],
    )


# ---- marks


@dataclass(frozen=True, slots=True)
class _Word:
    key: str
    start: int
    end: int


def marked(text: str, parts: Iterable[Sequence[Span]], terms: Sequence[Term]) -> tuple[Span, ...]:
    """Where the terms stand in the parts of a statement, found as the index finds them.

    A term may run over the spans of one part, as it does in the index, and is one mark in each.
    """
    if not terms:
        return ()
    found: set[tuple[int, int]] = set()
    for spans in parts:
        words = [word for span in spans for word in _words(span)]
        for term in terms:
            for run in _runs(words, term):
                found.update((word.start, word.end) for word in run)
    return spans_at(text, _merged(text, sorted(found))[:_MARKS])


def _words(span: Span) -> Iterator[_Word]:
    """The folded words, with the offsets that they have before they are folded."""
    if is_plain(span.text):
        for match in _WORD.finditer(span.text.lower()):
            yield _Word(match[0], span.start + match.start(), span.start + match.end())
        return
    letters, offsets = [], []
    for offset, char in enumerate(span.text, start=span.start):
        for letter in fold_character(char):
            letters.append(letter)
            offsets.append(offset)
    for match in _WORD.finditer("".join(letters)):
        yield _Word(match[0], offsets[match.start()], offsets[match.end() - 1] + 1)


def _runs(words: Sequence[_Word], term: Term) -> Iterator[Sequence[_Word]]:
    size = len(term.words)
    for at in range(len(words) - size + 1):
        run = words[at : at + size]
        if term.fits(tuple(word.key for word in run)):
            yield run


def _merged(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Marks that are parted by nothing but white space, an apostrophe or a hyphen as one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and not text[merged[-1][1] : start].strip(_WITHIN):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
