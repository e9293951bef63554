"""A reading that is told another title, outlet or day."""

from dataclasses import replace

import pytest

from sayso.room.particulars import filled, headline, told_of
from tests.record.build import Said, reading

READ = reading(
    "“The bridge is safe,” said Ida Marsh on Tuesday. “It holds,” she said on 9 March 2026.",
    [
        Said(content="“The bridge is safe,”", by="Ida Marsh", cue="said"),
        Said(content="“It holds,”", by="Ida Marsh", cue="said", date="2026-03-09"),
    ],
)
DATED = replace(
    READ,
    statements=tuple(
        replace(statement, when=READ.article.span(start, start + len(words)))
        for statement, words in zip(READ.statements, ("on Tuesday", "on 9 March 2026"), strict=True)
        for start in [READ.article.text.index(words)]
    ),
)


def test_by_another_day_yesterday_is_another() -> None:
    told = told_of(DATED, {"title": "Safe", "publisher": "The Lantern", "date": "2026-03-12"})
    assert [s.date for s in told.statements] == ["2026-03-10", "2026-03-09"]
    assert (told.article.title, told.article.publisher) == ("Safe", "The Lantern")


def test_by_the_same_day_nothing_is_dated_anew() -> None:
    told = told_of(DATED, {"title": "", "publisher": "", "date": DATED.article.date or ""})
    assert told.statements == DATED.statements
    assert told.article.title is None


def test_what_is_said_of_several_is_of_those_that_tell_nothing() -> None:
    told = filled(DATED, "The Lantern", "2026-03-12")
    assert (told.article.publisher, told.article.date) == ("The Lantern", "2026-03-12")
    again = filled(told, "The Echo", "")
    assert again == told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bridge is safe\n\n“It is,” she said.", "Bridge is safe"),
        ("\n Is the bridge  safe?\r\n \r\nIt is.", "Is the bridge safe?"),
        ("St. Mary’s to close\n\n\nIt was said.", "St. Mary’s to close"),
        ("Bridge is safe\n“It is,” she said.", ""),
        ("“It is safe,” she said.\n\nIt is not.", ""),
        ("She said: “It is safe.”\n\nIt is not.", ""),
        ("By Ida Marsh\n\nIt is safe.", ""),
        ("News\n\nIt is safe.", ""),
        ("Bridge is safe\n\n", ""),
        (f"{'Bridge ' * 20}\n\nIt is safe.", ""),
        ("", ""),
    ],
)
def test_what_is_a_headline(text: str, expected: str) -> None:
    assert headline(text) == expected
