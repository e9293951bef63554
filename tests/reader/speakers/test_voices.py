"""In whose own words a place of a content stands."""

import pytest

from sayso.reader.drafts import Draft
from sayso.reader.speakers.voices import Voices


def quoted(text: str, content: str, words: str) -> int:
    """How deep in quotation marks the words are, in a content with a cue."""
    start = text.index(content)
    draft = Draft(source=(), cue=((0, 4),), content=((start, start + len(content)),))
    return Voices(text, [draft]).depth(0, text.index(words))


@pytest.mark.parametrize(
    ("content", "depth"),
    [
        ("she was X now", 0),
        ("“she was X now”", 1),
        ("“she was” at home, X", 0),
        ("she was “quite X”", 1),
        ("“first. “second X", 2),
        ('"she was X now"', 1),
        ('"she was" at X', 0),
        ("‘she was X now’", 1),
        ("‘she was’ at X", 0),
        ("‘she’d said X’", 1),
        ("‘the members’ hall is X’", 1),
        ("the members’ hall is X", 0),
        ("'it's Ada's X'", 1),
        ("'it's hers' at X", 0),
        ("‘Odo said, “go X”, so I went’", 2),
        ("‘Odo said, “go”, so X went’", 1),
        ("«gone» says X", 0),
    ],
)
def test_how_deep_in_quotation_marks(content: str, depth: int) -> None:
    text = f"Said Ada Reed: {content}."
    assert quoted(text, content, "X") == depth


def test_what_only_a_colon_leads_to_is_in_its_speakers_words() -> None:
    text = "Ada: he left. Ivo: “he left”."
    turn = Draft(source=((0, 3),), cue=((3, 4),), content=((5, 13),))
    marked = Draft(source=((14, 17),), cue=((17, 18),), content=((19, 28),))
    voices = Voices(text, [turn, marked, Draft(source=(), cue=(), content=((5, 13),))])
    assert [voices.depth(i, 5) for i in (0, 2)] == [1, 1]
    assert voices.depth(1, 20) == 1


def test_words_within_an_indirect_statement_are_those_of_who_quotes_it() -> None:
    text = "“Odo says he lost it,” said Ada. Ivo said “she said ‘he left’”."
    outer = Draft(source=((28, 31),), cue=((23, 27),), content=((0, 22),))
    inner = Draft(source=((1, 4),), cue=((5, 9),), content=((10, 20),), inside=0)
    other = Draft(source=((33, 36),), cue=((37, 41),), content=((42, 62),))
    voices = Voices(text, [outer, inner, other])
    assert voices.speaking(0, 10) == 0
    assert voices.speaking(1, 10) == 0
    assert voices.speaking(2, text.index("he left")) is None
    assert voices.speaking(2, text.index("she said")) == 2


def test_what_nobody_quotes_is_in_nobodys_words() -> None:
    text = "Ada said he left."
    voices = Voices(text, [Draft(source=((0, 3),), cue=((4, 8),), content=((9, 16),))])
    assert voices.speaking(0, 9) is None
    assert voices.depth(0, 3) == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("“I left”", True),
        ("“It was my hat”", True),
        ("“It left”", False),
        ("I left", False),
        ("“Odo said ‘I left’”", False),
        ("“J. I. Reed left”", False),
    ],
)
def test_who_says_i(content: str, says: bool) -> None:
    start = len("Said Ada: ")
    draft = Draft(source=(), cue=((0, 4),), content=((start, start + len(content)),))
    assert Voices(f"Said Ada: {content}.", [draft]).says_i(0) == says
