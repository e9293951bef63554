import re
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.rewriting import STYLES, Rewritten, edited, relaid, requoted

PARAGRAPHS = (
    "Ramp ‘stays shut’",
    "The county has closed the old ferry ramp at Cawdle, whose timbers had rotted through, until "
    "the spring.",
    "“It is not safe, and we won’t pretend that it is,” said Ida Marsh.",
)
TEXT = "\n\n".join(PARAGRAPHS)
MARKS = re.compile("[\"“”«»'‘’‹›]")


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def test_spans_move_with_their_words() -> None:
    changed = edited("Ida met Tom in Cawdle.", [(0, 3, "Leonora"), (8, 11, "Bo")])
    assert changed.text == "Leonora met Bo in Cawdle."
    assert changed.places([[0, 3], [4, 7], [8, 11], [15, 21]]) == [
        [0, 7],
        [8, 11],
        [12, 14],
        [18, 24],
    ]
    assert changed.origin([[0, 7], [8, 11], [12, 14], [18, 24]]) == [
        [0, 3],
        [4, 7],
        [8, 11],
        [15, 21],
    ]


@pytest.mark.parametrize(
    ("span", "place"),
    [([0, 1], [0, 7]), ([1, 5], [0, 9]), ([2, 3], [0, 7]), ([3, 5], [7, 9]), ([0, 0], [0, 0])],
)
def test_a_span_that_ends_within_a_changed_word_takes_all_of_it(
    span: list[int], place: list[int]
) -> None:
    assert edited("Ida met Tom.", [(0, 3, "Leonora")]).places([span]) == [place]


@pytest.mark.parametrize("at", [0, 4, 12])
def test_what_is_put_in_is_in_no_span_beside_it(at: int) -> None:
    changed = edited("Ida met Tom.", [(at, at, "## ")])
    [[start, end]] = changed.places([[at, 12]])
    assert changed.text[start:end] == "Ida met Tom."[at:]
    [[start, end]] = changed.places([[0, at]])
    assert changed.text[start:end] == "Ida met Tom."[:at]


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (partial(relaid), TEXT),
        (partial(relaid, gap="\n"), "\n".join(PARAGRAPHS)),
        (partial(relaid, gap="\n\n\n"), "\n\n\n".join(PARAGRAPHS)),
        (
            partial(relaid, width=50),
            "Ramp ‘stays shut’\n\n"
            "The county has closed the old ferry ramp at\n"
            "Cawdle, whose timbers had rotted through, until\n"
            "the spring.\n\n"
            "“It is not safe, and we won’t pretend that it is,”\n"
            "said Ida Marsh.",
        ),
    ],
)
def test_paragraphs_are_laid_out_anew(way: Callable[[str], Rewritten], expected: str) -> None:
    assert way(TEXT).text == expected
    assert relaid(expected).text == (TEXT if "\n\n" in expected else TEXT.replace("\n\n", " "))


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", None, ""),
        ("one two", 3, "one\ntwo"),
        ("longer than that", 3, "longer\nthan\nthat"),
        ("tide-table and more", 5, "tide-table\nand\nmore"),  # nobody breaks at a hyphen by hand
        ("two   spaces", None, "two   spaces"),
        ("two   spaces", 8, "two\nspaces"),
        ("one\r\ntwo\r\n\r\nthree", None, "one two\n\nthree"),
        ("one\n \t\ntwo\n\n\n\nthree", None, "one\n\ntwo\n\nthree"),
        (" \n\none\n", None, "one\n"),
    ],
)
def test_lines(text: str, width: int | None, expected: str) -> None:
    assert relaid(text, width=width).text == expected


@given(
    st.text("ab é\n\t\r'’“”"), st.sampled_from(["\n", "\n\n", "\n\n\n"]), st.none() | st.integers(1)
)
def test_laid_out_anew_every_word_is_where_it_was(text: str, gap: str, width: int | None) -> None:
    changed = relaid(text, gap, width)
    old, new = ([list(m.span()) for m in re.finditer(r"\S+", t)] for t in (text, changed.text))
    assert changed.origin(new) == old
    assert changed.places(old) == new
    assert [text[s:e] for s, e in old] == [changed.text[s:e] for s, e in new]


STRAIGHT = "She said: \"It's the crew's ramp.\" He said: \"She told me, 'No.'\""


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("straight double", STRAIGHT),
        ("curly double", "She said: “It's the crew's ramp.” He said: “She told me, ‘No.’”"),
        ("curly single", "She said: ‘It's the crew's ramp.’ He said: ‘She told me, “No.”’"),
        ("guillemets", "She said: «It's the crew's ramp.» He said: «She told me, “No.”»"),
    ],
)
def test_the_styles(style: str, expected: str) -> None:
    assert requoted(STRAIGHT, STYLES[style]).text == expected
    for other in STYLES.values():
        assert requoted(expected, other).text == requoted(STRAIGHT, other).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("‘It’s shut,’ she said.", "«It’s shut,» she said.", id="curly apostrophe"),
        pytest.param("'It's shut,' she said.", "«It's shut,» she said.", id="straight apostrophe"),
        pytest.param("the crews' ramp", "the crews' ramp", id="genitive"),
        pytest.param(
            "'The crews' ramp is shut,' she said.", "«The crews' ramp is shut,» she said.",
            id="genitive within",
        ),
        pytest.param(
            "'Rotten timbers' shut the ramp.", "«Rotten timbers» shut the ramp.",
            id="no genitive after all",
        ),
        pytest.param("Rock 'n' roll, '90s, 'em", "Rock 'n' roll, '90s, 'em", id="elisions"),
        pytest.param("“The ’90s,” he said", "«The ’90s,» he said", id="curly elision"),
        pytest.param('"Shut" —"rotten"', "«Shut» —«rotten»", id="after a dash"),
        pytest.param('("shut")', "(«shut»)", id="brackets"),
        pytest.param('She said " no " twice', "She said « no » twice", id="adrift"),
        pytest.param("it’s ‘shut’, it’s ‘rotten’.", "it’s «shut», it’s «rotten».", id="words"),
        pytest.param("‘the ramp’Dunmore Pictures", "«the ramp»Dunmore Pictures", id="stuck"),
        pytest.param(
            '"First.\n\n"Then," she said.', "«First.\n\n«Then,» she said.", id="reopened"
        ),
        pytest.param("“First.\n\nThen,” she said.", "«First.\n\nThen,» she said.", id="run on"),
        pytest.param('He said "no. She: "Yes."', "He said «no. She: «Yes.»", id="never closed"),
        pytest.param("“‘No,’ he says,” she said", "«“No,” he says,» she said", id="at once"),
        pytest.param("\"'No,' he says,\" she said", "«“No,” he says,» she said", id="straight"),
        pytest.param("“She said ‘no.”", "«She said “no.»", id="the inner one never closed"),
    ],
)  # fmt: skip
def test_marks_are_told_from_apostrophes(text: str, expected: str) -> None:
    assert requoted(text, STYLES["guillemets"]).text == expected


@given(st.text("ab .,\n\"“”«»'‘’‹›"), st.sampled_from(list(STYLES.values())))
def test_nothing_but_marks_changes(text: str, style: tuple[str, str]) -> None:
    changed = requoted(text, style)
    assert MARKS.sub("?", changed.text) == MARKS.sub("?", text)
    assert changed.origin([[0, len(text)]]) == [[0, len(text)]]
    assert letters(changed.text) == letters(text)
