"""A reading that is told another title, outlet or day."""

from dataclasses import replace

from sayso.room.particulars import told_of
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
