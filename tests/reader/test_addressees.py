"""Whom a channel's words name as those who are told."""

import pytest

from sayso.reader.addressees import addressee_of


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("in a letter to the Fenwater Trust", "the Fenwater Trust"),
        ("In an email to donors", "donors"),
        ("in remarks to Fenwater Radio", "Fenwater Radio"),
        ("In an announcement to the stock exchange", "the stock exchange"),
        ("In a letter of 1911 to her sister", "her sister"),
        ("in a letter dated 3 May to the Trust", "the Trust"),
        ("In a report on how to cut costs", None),
        ("In a statement on moves to ban it", None),
        ("in a letter", None),
        ("in a letter to", None),
        ("in a statement read to the court", None),
        ("on a visit to Fenwater", None),
    ],
)
def test_the_end_of_a_channel_may_be_an_addressee(channel: str, expected: str | None) -> None:
    text = f"{channel} , Odo Pell said no."
    found = addressee_of(text, (0, len(channel)))
    assert (found and text[slice(*found)]) == expected


def test_without_a_channel_nobody_is_named() -> None:
    assert addressee_of("In a letter to Odo", None) is None
