from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import ModelError
from sayso.reader.tokens import FEATURES, Tokenizer, Tokens
from tests.reader.hands import FOLDER

TOKENIZER = Tokenizer(FOLDER / "vocab.txt")
NEWS = st.text(
    st.sampled_from("aB9 .,'‘’“”\"«»\n\r\t\0é\u0301\u200d\ufe0f👩🚀한\ufffd[]-"), max_size=60
)


def words(text: str) -> list[str]:
    tokens = TOKENIZER.encode(text)
    return [text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)]


def column(text: str, name: str) -> list[int]:
    found: list[int] = TOKENIZER.encode(text).features[:, list(FEATURES).index(name)].tolist()
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said no.", ["She", "said", "no", "."]),
        ("👩\u200d🚀 said 🇬🇧!", ["👩\u200d🚀", "said", "🇬🇧", "!"]),
        ("cafe\u0301 said", ["cafe\u0301", "said"]),
        ("“me\u0301”", ["“", "me\u0301", "”"]),
        ("\u0301me", ["me"]),
        ("one\r\ntwo", ["one", "two"]),
        ("one\0 two", ["one", "two"]),
        ("one \ufffd two", ["one", "two"]),
        ("[SEP]", ["[", "SEP", "]"]),
        ("x" * 200 + " yes", ["x" * 200, "yes"]),
        ("", []),
        (" \n\0\u0301", []),
    ],
)
def test_tokens_are_the_texts_own_characters(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_text_that_looks_like_a_special_token_is_none() -> None:
    ids = TOKENIZER.encode("[CLS] no [SEP] no [PAD]").ids.tolist()
    assert not {TOKENIZER.cls, TOKENIZER.sep, TOKENIZER.pad} & set(ids)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("The BBC said iPad 9 !", "case", [2, 3, 1, 4, 0, 0]),
        ("A b\nc\n\nd  e,", "before", [5, 1, 2, 3, 4, 0]),
        ("A b\r\nc\r\n\r\nd", "before", [5, 1, 2, 3]),
        ("A b\nc.", "after", [1, 2, 0, 3]),
        ("cafe\u0301 a", "before", [5, 1]),
        ("“a” said", "quote", [1, 0, 2, 0]),
        ('"a" said', "quote", [1, 0, 2, 0]),
        ('a " b', "quote", [0, 3, 0]),
        ("‘a’ it’s", "quote", [4, 0, 5, 0, 6, 0]),
        ("'a' it's", "quote", [4, 0, 5, 0, 6, 0]),
        ("“a ‘b’ c” d", "state", [1, 1, 3, 3, 3, 1, 1, 0]),
        ("“a\nb", "state", [1, 1, 0]),
        ("Head\nOne.\nTwo\nThree.", "line", [0, 4, 4, 2, 5, 5]),
        ("He said: “no.”", "line", [3] * 7),
    ],
)
def test_features_give_back_what_an_uncased_vocabulary_loses(
    text: str, name: str, expected: list[int]
) -> None:
    assert column(text, name) == expected


def test_lines_are_the_first_tokens_of_each_line() -> None:
    assert TOKENIZER.encode("One two.\nThree.\n\n\nFour").lines.tolist() == [0, 3, 5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zyxvut a", [0, 1, 1, 1, 0]),
        ("zyxvu\u0301t a", [0, 1, 1, 1, 0]),
        ("it’s so", [0, 0, 1, 0]),
        ("They've", [0, 0, 1]),
        ("don’t", [0, 1, 1]),
        ("O’Dea", [0, 1, 1]),
        ("well-known", [0, 0, 0]),
        ("한", [0]),
        ("well.a.it b", [0, 1, 1, 1, 1, 0]),
        ("It 2.5 a", [0, 0, 1, 1, 0]),
        ("it 1,000", [0, 0, 1, 1]),
        ("U.S. so", [0, 1, 1, 0, 0]),
        ("it.It so", [0, 0, 0, 0]),
        ("it . a", [0, 0, 0]),
        ("it,a", [0, 0, 0]),
    ],
)
def test_joined_tokens_go_on_with_a_word(text: str, expected: list[int]) -> None:
    assert TOKENIZER.encode(text).joined.astype(int).tolist() == expected


def test_marks_are_punctuation_and_the_beginnings_of_lines() -> None:
    marks = TOKENIZER.encode("He said, “it’s so.”\nShe").marks.astype(int).tolist()
    assert marks == [1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1]


def test_a_wrap_is_a_space_and_its_tokens_stand_where_they_stood() -> None:
    line = "the old ferry ramp at Cawdle is not safe and it will be closed "
    flat = "“Our" + (line * 6)[3:] + "today.”\n\nShe said no."
    wrapped = flat.replace("closed ", "closed\n")
    once, again = TOKENIZER.encode(flat), TOKENIZER.encode(wrapped)
    assert same(once, again)
    spaced = TOKENIZER.encode(wrapped.replace("closed\n", "closed \r\n"))
    assert same(replace(once, starts=spaced.starts, ends=spaced.ends), spaced)
    assert words(flat) == words(wrapped.replace("closed\n", "closed \r\n"))


@given(NEWS)
def test_every_token_stands_in_the_text_in_its_order(text: str) -> None:
    tokens = TOKENIZER.encode(text)
    assert all(0 <= s < e <= len(text) for s, e in zip(tokens.starts, tokens.ends, strict=True))
    assert (np.diff(tokens.starts) >= 0).all()
    assert (np.diff(tokens.ends) >= 0).all()


@given(NEWS)
def test_no_combining_mark_is_parted_from_its_letter(text: str) -> None:
    ends = TOKENIZER.encode(text).ends
    assert not any(text[end] == "\u0301" for end in ends if end < len(text))


@given(NEWS)
def test_features_keep_to_their_classes(text: str) -> None:
    tokens = TOKENIZER.encode(text)
    assert tokens.features.shape == (len(tokens), len(FEATURES))
    assert (tokens.features >= 0).all()
    assert (tokens.features < np.array(list(FEATURES.values()))).all()


@given(NEWS)
def test_lines_rise_from_the_first_token(text: str) -> None:
    tokens = TOKENIZER.encode(text)
    lines = tokens.lines.tolist()
    assert lines == sorted(set(lines))
    assert lines[:1] == [0][: len(tokens)]


def same(a: Tokens, b: Tokens) -> bool:
    return all(np.array_equal(getattr(a, name), getattr(b, name)) for name in a.__slots__)


def test_a_line_is_read_alike_wherever_it_stands() -> None:
    line = "‘It’s “so”,’ she said.\n"
    once, many = TOKENIZER.encode(line * 3), TOKENIZER.encode(line * 50)
    assert same(once, TOKENIZER.encode(line * 3))
    third = slice(int(once.lines[2]), len(once))
    assert many.features[third].tolist()[:-1] == once.features[third].tolist()[:-1]


@pytest.mark.parametrize("mark", ["“", "”", '"', "'", "‘"])
def test_two_hundred_thousand_quotation_marks_are_a_token_each(mark: str) -> None:
    assert len(TOKENIZER.encode(mark * 200_000)) == 200_000


@pytest.mark.parametrize(
    ("marks", "curly"),
    [("«»", "“”"), ("„”", "“”"), ("‟”", "“”"), ("‹›", "‘’"), ("‚’", "‘’"), ("‛’", "‘’")],
)
def test_marks_that_the_networks_saw_seldom_are_read_as_curly_ones(marks: str, curly: str) -> None:
    found, expected = (
        TOKENIZER.encode(f"She said: {pair[0]}It rained.{pair[1]}") for pair in (marks, curly)
    )
    assert same(found, expected)


def test_a_slice_has_ids_and_features_of_its_tokens() -> None:
    tokens = TOKENIZER.encode("one two three")
    ids, features = tokens.slice(1, 3)
    assert ids.tolist() == tokens.ids[1:].tolist()
    assert features.tolist() == tokens.features[1:].tolist()


@pytest.mark.parametrize("content", [None, b"", b"[CLS]\n[SEP]\n", b"\xff\xfe\xff"])
def test_a_damaged_vocabulary_is_an_error_that_says_so(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "vocab.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"vocab\.txt is damaged"):
        Tokenizer(path)
