import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.record.folding import fold, fold_character, repeat_key, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“The Bridge”", "'the bridge'"),
        ("‘The Bridge’", "'the bridge'"),
        ("it’s", "it's"),
        ("now—or never", "now-or never"),
        ("Łódź, Århus, Søren, Straße", "lodz, arhus, soren, strasse"),
        ("e\u0301te\u0301", "ete"),
        ("ﬁne…", "fine..."),
        (" a\u00a0\n\tb ", "a b"),
        ("co\u00adop\u200d\ufeff", "coop"),
        ("a\x00b", "a b"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_words_are_letters_and_digits() -> None:
    assert words("“Don’t!” £340,000 x_y") == ["don", "t", "340", "000", "x", "y"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("“It is safe.”", "‘it is  safe’", True),
        ("“It is safe.”", "“It is not safe.”", False),
    ],
)
def test_repeats_have_one_key(one: str, other: str, same: bool) -> None:
    assert (repeat_key(one) == repeat_key(other)) is same
    assert len(repeat_key(one)) == 16


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_fold_is_that_of_its_characters(text: str) -> None:
    assert fold(text) == " ".join("".join(map(fold_character, text)).split())


@given(st.text())
def test_composed_or_not_is_the_same(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))
