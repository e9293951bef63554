"""Those who open a sentence speak with the one after "and"."""

import pytest

from sayso.reader.drafts import Draft
from sayso.reader.partners import with_partners


def source(text: str, begins: str) -> str:
    start = text.index(begins)
    end = text.index(" said", start)
    cue, content = (end + 1, end + 5), (end + 6, len(text))
    (found,) = with_partners(text, [Draft(source=((start, end),), cue=(cue,), content=(content,))])
    return text[slice(*found.source[0])]


@pytest.mark.parametrize(
    "partner",
    [
        "Ada Pell, a cook, and ",
        "Ada Pell, 45, and ",
        "Ada de la Pell, who is a cook, and ",
        "Salt & Wool, the bakers, and ",
        "Her uncle, Ada Pell, and ",
        "Her uncle, Ada Pell, a mere 93, and ",
        "The mayor, Ada Pell, and ",
        "Ada Pell, a cook; and ",
        "Ada Pell, a cook; Ivo Thrale, 45; and ",
    ],
)
@pytest.mark.parametrize("before", ["", "It rained. ", "“It rains.” ", "Rain\n"])
def test_who_opens_the_sentence_speaks_too(partner: str, before: str) -> None:
    text = f"{before}{partner}Odo Reed said it rained"
    assert source(text, "Odo Reed") == f"{partner}Odo Reed"


@pytest.mark.parametrize(
    "before",
    [
        "Ada Pell left, and ",
        "It rained, a shame, and ",
        "In Wool, the capital, and ",
        "The dam broke, a shame, and ",
        "Ada Pell, a cook, left and ",
        "Ada Pell, as she said, and ",
        "Later came Ada Pell, a cook, and ",
        "Ada Pell, a cook, or ",
    ],
)
def test_whoever_else_stands_before_does_not(before: str) -> None:
    assert source(f"{before}Odo Reed said it rained", "Odo Reed") == "Odo Reed"


def test_what_is_said_is_no_partner() -> None:
    text = "Ada Pell, a cook, and Odo Reed"
    draft = Draft(source=((22, 30),), cue=((0, 0),), content=((0, 8),))
    assert with_partners(text, [draft]) == [draft]
    nobody = Draft(source=(), cue=((0, 8),), content=((10, 16),))
    assert with_partners(text, [nobody]) == [nobody]
