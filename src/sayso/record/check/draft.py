"""The quotations of a draft: what an editor has to check before it is printed."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.record.check.channel import Print
from sayso.record.check.checking import Checked, of_record
from sayso.record.check.names import named
from sayso.record.check.speech import speech
from sayso.types import Reading, Span, Statement

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARKS = "\"'“”‘’„«» \t\r\n"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation of a draft: where it stands, its words, and whom the draft has say it."""

    span: Span
    text: str
    by: str | None
    line: int


def check_draft(db: sqlite3.Connection, draft: Reading) -> list[Checked]:
    """Every quotation of a draft, checked against the record."""
    checker = of_record(db)
    return [checker.check(each.text, each.by, each.span) for each in quotations(draft)]


def quotations(reading: Reading) -> Iterator[Quoted]:
    """Every quotation in order: direct and mixed statements, and marks where none was read.

    Parts of one utterance, with a cue between, are one quotation.
    """
    text = reading.article.text
    channel = speech(Print(text), reading.statements, bounded=False)
    groups: list[list[int]] = []
    for number, piece in enumerate(channel.pieces):
        if piece.continues and groups:
            groups[-1].append(number)
        else:
            groups.append([number])
    for group in groups:
        pieces = [channel.pieces[number] for number in group]
        parts = [_bare(reading.article.span(p.start, p.stop)) for p in pieces]
        told = " ".join(" ".join(part.text.split()) for part in parts)
        span = reading.article.span(parts[0].start, parts[-1].end)
        line = len(_LINE_END.findall(text, 0, span.start)) + 1
        yield Quoted(span, told, _by(pieces[0].statement), line)


def _bare(span: Span) -> Span:
    """Without the quotation marks and white space around it."""
    text = span.text.rstrip(_MARKS)
    start = len(text) - len(text.lstrip(_MARKS))
    return Span(span.start + start, span.start + len(text), text[start:])


def _by(statement: Statement | None) -> str | None:
    names: Sequence[str] = named(statement.speakers) if statement else ()
    return names[0] if names else None
