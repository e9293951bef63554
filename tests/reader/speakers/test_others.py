"""Who does not speak in a statement, by its words."""

from dataclasses import replace

import pytest

from sayso.reader.drafts import Draft
from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.others import Others
from sayso.reader.speakers.voices import Voices
from sayso.types import Article
from tests.reader.spans import span


def draft(text: str, source: str, cue: str, content: str) -> Draft:
    return Draft(
        source=(span(text, source),), cue=(span(text, cue),), content=(span(text, content),)
    )


def others(text: str, drafts: list[Draft], asking: str = "") -> list[str]:
    """Of the last draft; who speaks in the one before it stands under a name."""
    cast = Cast(Article(text))
    first = cast.at(text.index(asking)) if asking else None
    found = [(first,) if first else (), ()]
    told = Others(cast, Voices(text, drafts), drafts).of(len(drafts) - 1, found)
    return [referent.name for referent in told]


@pytest.mark.parametrize(
    ("text", "addressee", "expected"),
    [
        ("Then he told Odo Pell that it rained.", "Odo Pell", ["Odo Pell"]),
        ("Then he told Mr Odo Pell that it rained.", "Mr Odo Pell", ["Odo Pell"]),
        ("Then he told Odo Pell’s aide that it rained.", "Odo Pell’s aide", []),
        ("To Odo Pell he told that it rained.", "Odo Pell", []),
        ("Then he told, at long last, Odo Pell that it rained.", "Odo Pell", []),
    ],
)
def test_who_is_told(text: str, addressee: str, expected: list[str]) -> None:
    told = replace(draft(text, "he", "told", "it rained"), addressee=span(text, addressee))
    assert others(text, [told]) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("“It rained, Pell,”", ["Odo Pell"]),
        ("“It rained, Mr Odo Pell.”", ["Odo Pell"]),
        ("“Odo, it rained,”", ["Odo Pell"]),
        ("“It rained, Odo Pell,”", []),
        ("“Yours sincerely, Odo,”", []),
        ("“My boss, Odo, left,”", []),
        ("“I saw Odo,”", []),
        ("“Odo left,”", []),
        ("it rained, Odo,", []),
    ],
)
def test_whom_the_words_set_off(content: str, expected: list[str]) -> None:
    text = f"Odo Pell won. It said {content} and left."
    assert others(text, [draft(text, "It", "said", content)]) == expected


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("“Why?” asked Ruth Lund.\n\n“No,” she replied.", "replied", ["Ruth Lund"]),
        ("“Why?” asked Ruth Lund. “No,” she answered.", "answered", []),
        ("“Why?” asked Ruth Lund.\n\n“No,” she replied to the board.", "replied", []),
        ("“Why?” asked Ruth Lund.\n\n“No,” she added.", "added", []),
        ("“It rained,” asked Ruth Lund.\n\n“No,” she replied.", "replied", []),
        ("“Why?” asked Ruth Lund.\n\nIt rained.\n\n“No,” she replied.", "replied", []),
    ],
)
def test_who_is_answered(text: str, cue: str, expected: list[str]) -> None:
    question = draft(text, "Ruth Lund", "asked", text[: text.index("”") + 1])
    reply = draft(text, "she", cue, "“No,”")
    assert others(text, [question, reply], "Ruth Lund") == expected


@pytest.mark.parametrize(
    ("addressee", "expected"), [("Odo Pell", ["Ruth Lund"]), ("the Fenwater Trust", [])]
)
def test_a_reply_follows_what_somebody_was_told(addressee: str, expected: list[str]) -> None:
    text = f"“It rained,” Ruth Lund told {addressee}.\n\n“No,” she replied."
    told = draft(text, "Ruth Lund", "told", "“It rained,”")
    told = replace(told, addressee=span(text, addressee))
    assert others(text, [told, draft(text, "she", "replied", "“No,”")], "Ruth") == expected
