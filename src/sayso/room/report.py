"""What the template of a report is given, be it in the record or a draft."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from sayso.errors import NotInRecord
from sayso.formats.html.sheet import doubtful
from sayso.formats.plain import first_line
from sayso.record.tellers import of_statement as tellers_of
from sayso.room import citing
from sayso.room.citing import Printed
from sayso.room.layout import Layout
from sayso.types import Reading, Statement

_VOICES = 6
"""Voices that stand at the head; the others are a click away."""
_MORE = 30
"""… and so many of them are listed."""


def told(layout: Layout, part: int) -> dict[str, Any]:
    """The values for a part of a reading, counted from 1. Raises `NotInRecord` for none."""
    if not 1 <= part <= len(layout.parts):
        raise NotInRecord(f"this article has {len(layout.parts)} parts, and no part {part}")
    rows = layout.rows(part)
    title_first = part == 1 and layout.title_stands_first
    return {
        "reading": layout.reading,
        "title_row": rows[0] if title_first else None,
        "rows": rows[1:] if title_first else rows,
        "part": part,
        "parts": len(layout.parts),
        "heard": layout.heard[:_VOICES],
        "more_heard": layout.heard[_VOICES:_MORE],
        "left_heard": max(len(layout.heard) - _MORE, 0),
        "facts": facts(layout),
    }


def facts(layout: Layout) -> dict[str, int]:
    """What an editor asks first, in numbers."""
    statements, reading = layout.reading.statements, layout.reading
    return {
        "statements": len(statements),
        "speakers": sum(voice.speaker is not None for voice in layout.sheet.voices),
        "words": layout.sheet.counter.total(),
        "said_words": layout.said_words,
        "unnamed": sum(all(s.kind == "unnamed" for s in st.speakers) for st in statements),
        "denied": sum(statement.denied for statement in statements),
        "thoughts": sum(not statement.said for statement in statements),
        "doubtful": sum(map(doubtful, statements)),
        "refusals": len(reading.refusals),
    }


def cited(reading: Reading, key: str, origin: str) -> Callable[[Statement], str]:
    """Gives for a statement of the article the citation to copy."""
    article = reading.article
    title = article.title or first_line(article.text)
    printed = Printed(title, article.publisher, article.date, article.url)

    def citation(statement: Statement) -> str:
        tellers = tellers_of(statement, reading.statements)
        place = f"{origin}/articles/{key}/{quote(statement.id)}"
        return citing.cited(statement, tellers, printed, place)

    return citation
