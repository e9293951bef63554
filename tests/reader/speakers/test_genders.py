"""What pronouns tell of those who are named before them."""

import pytest

from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.genders import follow
from sayso.reader.speakers.sentences import Sentences
from sayso.types import Article


def genders(text: str) -> dict[str, str | None]:
    cast = Cast(Article(text))
    follow(cast, Sentences(text))
    return {referent.name: referent.gender for referent in cast.referents}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Reed left early. She took a bus.", "f"),
        ("Ada Reed left early.\n\nBut she took a bus.", "f"),
        ("Ada Reed left early. His bus was late.", "m"),
        ("Ada Reed left early. The bus was late for her.", None),
        ("“Ada Reed left early.” She took a bus.", None),
        ("Ada Reed: I left early. She took a bus.", None),
        ("Ada Reed met Odo Pell. She took a bus.", None),
        ("Ada Reed met Mr Odo Pell. She took a bus.", "f"),
        ("Ada Reed’s aunt left early. She took a bus.", None),
        ("Ada Reed thanked him for the bus.", None),
        ("Ada Reed sat with her.", None),
        ("Ada Reed drove her bus home.", "f"),
        ("Ada Reed drove himself home.", "m"),
    ],
)
def test_whose_gender_a_pronoun_tells(text: str, expected: str | None) -> None:
    assert genders(text)["Ada Reed"] == expected
