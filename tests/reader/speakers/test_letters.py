"""Who writes "I" in a page of readers' letters."""

import pytest

from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.letters import Letters
from sayso.types import Article

PAGE = """Your letters

Buses are late. I walk.

{}

Frost is bad. I stay in.

{}

The end."""


def writers(one: str, two: str) -> list[str | None]:
    """Whose the two letters are, and what comes after them."""
    text = PAGE.format(one, two)
    cast = Cast(Article(text))
    for referent in cast.referents:
        referent.kinds["person"] += 1
    letters = Letters(cast)
    found = (letters.writer(text.index(words)) for words in ("I walk", "I stay", "The end"))
    return [writer.name if writer else None for writer in found]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ada Reed", "Odo Pell"),
        ("Ada Reed.", "Odo Pell."),
        ("— Ada Reed, Halden", "– Odo Pell, Fenwater."),
    ],
)
def test_a_letter_is_of_who_signs_below(one: str, two: str) -> None:
    assert writers(one, two) == ["Ada Reed", "Odo Pell", None]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ada Reed", "And so on."),  # one signature
        ("Ada Reed", "Odo Pell rang."),
        ("Ada Reed", "Odo Pell\n\nOdo Pell rang."),  # a heading: he is told of below
        ("Ada", "Odo"),
    ],
)
def test_where_there_is_no_page_of_letters(one: str, two: str) -> None:
    assert writers(one, two) == [None] * 3
