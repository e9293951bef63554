"""A citation reads as a newspaper prints it, and its words are those of the report."""

from typing import Any

import pytest

from sayso import Statement
from sayso.room.citing import Printed, cited
from tests.record.build import Said, reading

PRINTED = Printed("Bridge shut", "The Lantern", "2026-03-12", "https://lantern.example/b")
END = " — “Bridge shut”, The Lantern, 12 March 2026, https://lantern.example/b"


def statement(text: str, content: str, **given: Any) -> Statement:
    return reading(text, [Said(content=content, **given)]).statements[0]


@pytest.mark.parametrize(
    ("text", "given", "told"),
    [
        ("“It is safe,” said Ida Marsh.",
         {"content": "“It is safe,”", "by": "Ida Marsh", "cue": "said"},
         "Ida Marsh said: “It is safe”"),
        ("Colin Bray told: “We acted.”",
         {"content": "“We acted.”", "by": "Colin Bray", "cue": "told"},
         "Colin Bray: “We acted.”"),
        ("According to Colin Bray, “we acted.”",
         {"content": "“we acted.”", "by": "Colin Bray", "cue": "According to"},
         "Colin Bray: “we acted.”"),
        ("Ben Okoro said that he would not cross.",
         {"content": "that he would not cross", "by": "Ben Okoro", "cue": "said",
          "type": "indirect"},
         "Ben Okoro said that he would not cross"),
        ("The Guild accused managers of sloth.",
         {"content": "managers of sloth", "by": [("Guild", "organisation")], "cue": "accused",
          "type": "indirect"},
         "Guild accused managers of sloth"),
        ("The ferry runs on, the office announced.",
         {"content": "The ferry runs on", "by": [("the office", "organisation")],
          "cue": "announced", "type": "indirect"},
         "The ferry runs on, the office announced"),
        ("He stopped short of saying it would sink.",
         {"content": "it would sink", "by": "Ann Voe", "cue": "stopped short of saying",
          "type": "indirect", "denied": True},
         "Ann Voe stopped short of saying it would sink [denied]"),
        ("It was said that the boat leaks.",
         {"content": "the boat leaks", "cue": "It was said", "type": "indirect"},
         "Nobody named: the boat leaks"),
        ("“No,” said Ann and Bob.",
         {"content": "“No,”", "by": ["Ann", "Bob"], "cue": "said"},
         "Ann and Bob said: “No”"),
    ],
)  # fmt: skip
def test_a_name_its_cue_and_the_words(text: str, given: dict[str, Any], told: str) -> None:
    assert cited(statement(text, **given), None, PRINTED, "/articles/x/s1") == told + END


def test_whom_it_is_told_goes_with_the_cue() -> None:
    text = "Ben Okoro told The Lantern that he would not cross."
    said = statement(text, "that he would not cross", by="Ben Okoro", cue="told", type="indirect",
                     fields={"addressee": reading(text).article.span(15, 26)})  # fmt: skip
    told = "Ben Okoro told The Lantern that he would not cross"
    assert cited(said, None, PRINTED, "") == told + END


def test_hearsay_and_what_is_known_of_the_article() -> None:
    said = statement("“It leaks,” said Ann.", "“It leaks,”", by="Ann", cue="said")
    told = cited(said, ("Bob",), Printed(None, None, None, None), "/articles/x/s1")
    assert (
        told == "Ann said, according to Bob: “It leaks” — outlet and day not known, /articles/x/s1"
    )
