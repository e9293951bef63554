"""Where a text is cut."""

import pytest

from sayso.room.cutting import begins, between, ends

TEXT = "The county surveyor’s bridge"


@pytest.mark.parametrize(
    ("at", "most", "word"),
    [(4, 28, "county"), (6, 28, "surveyor’s"), (6, 8, "county"), (2, 3, "The"), (0, 28, "The")],
)
def test_a_word_begins(at: int, most: int, word: str) -> None:
    assert TEXT[begins(TEXT, 0, at, most) :].startswith(word)


@pytest.mark.parametrize(
    ("least", "at", "word"),
    [(0, 10, "county"), (0, 14, "county"), (12, 14, "surveyor’s"), (22, 24, "bridge")],
)
def test_a_word_ends(least: int, at: int, word: str) -> None:
    assert TEXT[: ends(TEXT, least, at, len(TEXT))].endswith(word)


@pytest.mark.parametrize("letter", ["e\u0301", "👩\u200d🚒", "👍\U0001f3fd", "कि"])
def test_a_word_without_end_is_cut_between_letters(letter: str) -> None:
    text = letter * 400
    for at in range(200, 206):
        assert begins(text, 0, at, at) % len(letter) == 0
        assert ends(text, at, at, len(text)) % len(letter) == 0
        assert between(text, at) % len(letter) == 0
