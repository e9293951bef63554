"""Phrases around nouns: which are found, and how they are worded."""

import pytest

from sayso.reader.speakers.nouns import Nouns, find_nouns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Later the jeweller came.", ["the jeweller"]),
        ("She saw a salt merchant.", ["a salt merchant"]),
        ("It is a very quiet robber.", []),
        ("There was a nun.", ["a nun"]),
        ("It met a very quiet robber.", ["a very quiet robber"]),
        ("Odo saw the summer weather.", []),
        ("My own daughter left.", ["My own daughter"]),
        ("Now a Salt Post-Hallin News local poll came.", ["a Salt Post-Hallin News local poll"]),
        ("It shows Hallin Post poll numbers.", ["Hallin Post poll"]),
        ("Frost is rare, a survey says.", ["a survey"]),
        ("Frost came with Hallin, a survey of frost.", []),
        ("That may give parents more time.", ["parents"]),
        ("That may give senior officials time.", ["senior officials"]),
        ("Air show officials left.", ["Air show officials"]),
        ("Help desk staff left.", ["Help desk staff"]),
        ("It rained and show officials left.", ["officials"]),
        ("It drew 5,000 supporters.", ["5,000 supporters"]),
        ("It drew 1.5 million supporters.", ["1.5 million supporters"]),
        ("It drew 1,405,000 supporters.", ["1,405,000 supporters"]),
    ],
)
def test_which_phrases_are_found(text: str, expected: list[str]) -> None:
    assert [text[noun.start : noun.end] for noun in find_nouns(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A letter made of old stamps was there.", "letter made of old stamps"),
        ("A new law of the sea makes it clear.", "new law of the sea"),
        ("A notice to the bakers asks for salt.", "notice to the bakers"),
        ("The letter in which he left was old.", "letter"),
        ("A survey on what seems odd spoke.", "survey"),
        ("A memo in May told all to go.", "memo in May"),
        ("A notice on the door called it a day.", "notice on the door"),
        ("A statement on a site described it.", "statement on a site"),
        ("A letter of complaint to the was there.", "letter of complaint"),
    ],
)
def test_what_belongs_to_a_document(text: str, expected: str) -> None:
    assert Nouns(text, frozenset()).owners[0].name == expected


def test_the_very_same_is_no_other() -> None:
    found = Nouns("A letter came. The same letter went.", frozenset())
    assert found.owners[0] is found.owners[1]


def test_a_report_that_follows_its_news_is_told_of_more_fully_later() -> None:
    found = Nouns("Frost is rare, a survey says. The survey of old bakers is new.", frozenset())
    assert {owner.name for owner in found.owners} == {"survey of old bakers"}


def test_a_fuller_wording_stands_where_it_is_told() -> None:
    text = "A survey came. The survey of old bakers is new."
    (owner,) = {*Nouns(text, frozenset()).owners}
    assert text[owner.worded :].startswith("The survey of old bakers")
