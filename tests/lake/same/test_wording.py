"""What two contents have in common, and what makes two of them."""

import pytest

from sayso.lake.same.wording import overlap, words

PROMISE = "We will build three hundred homes beside the harbour before the winter"


@pytest.mark.parametrize(
    "other",
    [
        "“We will build three hundred homes beside the harbour before the winter.”",
        "they would build three hundred homes beside the harbour before the winter",
        "We’ll build three hundred homes beside the harbor before the winter",
        "that the council would “build three hundred homes beside the harbour”",
        "WE WILL BUILD THREE HUNDRED HOMES,” … “beside the harbour before the winter",
        "homes beside the harbour before the winter, and a school after that",
    ],
)
def test_clothes_make_no_difference(other: str) -> None:
    found = overlap(words(PROMISE), words(other))
    assert found.alike >= 0.88
    assert not found.clash
    assert not found.denied


@pytest.mark.parametrize(
    "other",
    [
        "We will build four hundred homes beside the harbour before the winter",
        "We will not build three hundred homes beside the harbour before the winter",
        "We will never build three hundred homes beside the harbour before the winter",
        "We will build three hundred homes beside the harbour after the winter",
    ],
)
def test_what_changes_the_sense_clashes(other: str) -> None:
    assert overlap(words(PROMISE), words(other)).clash


@pytest.mark.parametrize("led", ["It is not true that", "It is a myth that", "Nobody denies that"])
def test_what_leads_to_the_words_may_take_them_back(led: str) -> None:
    assert overlap(words(PROMISE), words(f"{led} {PROMISE}")).denied


def test_a_no_far_from_the_words_takes_nothing_back() -> None:
    other = f"There is no hurry and we have the money in the bank now. {PROMISE}"
    assert not overlap(words(PROMISE), words(other)).denied


def test_two_cuts_lie_over_one_another_where_they_have_the_same_words() -> None:
    a, b = words("one two big ships came in at dawn"), words("ships came in at dawn and left")
    found = overlap(a, b)
    assert (found.words, found.run, found.alike) == (5, 5, 1.0)


def test_nothing_in_common() -> None:
    assert overlap(words("ships at dawn"), words("bells")).words == 0
    assert overlap([], words("bells")).words == 0
