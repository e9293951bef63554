"""The tokens by which statements are filtered within the index of words: one function each.

They stand in the column `facets` of `statement_words`. The index takes them for words, so they
are made of lower-case letters and digits alone.
"""

from collections.abc import Iterable

from sayso.record.days import months
from sayso.record.folding import digest, fold

UNNAMED = "unnamed"
"""Nobody is named: no speaker, or none that has a name."""


def speaker(person: int) -> str:
    """The person (by the id in the record) is one of the speakers."""
    return f"p{person}"


def about(person: int) -> str:
    """The content is about the person."""
    return f"a{person}"


def outlet(name: str) -> str:
    return f"o{digest(fold(name), 8)}"


def type_(name: str) -> str:
    """`direct`, `mixed` or `indirect`."""
    return f"t{name}"


def said(value: bool) -> str:
    return f"said{int(value)}"


def is_unnamed(speakers: Iterable[tuple[str | None, str]]) -> bool:
    """Whether none of the speakers, given as (name, kind), has a name."""
    return all(name is None or kind == UNNAMED for name, kind in speakers)


def printed_year(year: int) -> str:
    return f"y{year:04d}"


def printed_month(year: int, month: int) -> str:
    return f"m{year:04d}{month:02d}"


def said_year(year: int) -> str:
    return f"sy{year:04d}"


def said_month(year: int, month: int) -> str:
    return f"sm{year:04d}{month:02d}"


def printed(date: str) -> list[str]:
    """The year and the month of the day of printing."""
    return [
        token
        for year, month in months(date)
        for token in (printed_year(year), printed_month(year, month))
    ]


def said_on(date: str) -> list[str]:
    """The years and months that a statement's date can fall in; of `2018` the year alone.

    A week may touch two.
    """
    if len(date) == 4:
        return [said_year(int(date))]
    found = [(said_year(y), said_month(y, m)) for y, m in months(date)]
    return list(dict.fromkeys(token for pair in found for token in pair))
