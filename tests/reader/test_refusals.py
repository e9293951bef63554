import numpy as np
import pytest

from sayso.reader.refusals import refusals
from sayso.reader.tokens import Tokenizer
from sayso.reader.windows import Window
from tests.reader.hands import logits

TEXT = "Ida declined to comment. Tom was called about it."
DECLINED, SILENT, ASKED = (1, 2), (3, 4), (5, 6)


def read(
    tokenizer: Tokenizer, labels: list[int], core: tuple[int, int] = (0, 11)
) -> list[tuple[str, str]]:
    """The words and kinds of the refusals where these are the tokens' labels."""
    scores = logits([0, *labels, 0], 7)
    found = refusals(scores, Window(0, len(labels), *core), tokenizer.encode(TEXT), TEXT)
    return [(TEXT[slice(*r.span)], r.kind) for r in found]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([0] * 11, []),
        ([1, 2, 2, 2, *[0] * 7], [("Ida declined to comment", "declined")]),
        (
            [0, 3, 4, 4, 0, 5, 6, 6, 6, 6, 0],
            [("declined to comment", "no response"), ("Tom was called about it", "approached")],
        ),
        ([0, 1, 0, 0, *[0] * 7], []),  # a single token is no clause
        ([1, 0, 0, 2, *[0] * 7], [("Ida declined to comment", "declined")]),  # from first to last
        ([0, 2, 2, 2, *[0] * 7], [("declined to comment", "declined")]),  # without a beginning
    ],
)
def test_refusals_are_clauses_with_a_kind(
    tokenizer: Tokenizer, labels: list[int], expected: list[tuple[str, str]]
) -> None:
    assert read(tokenizer, labels) == expected


def test_the_kind_is_the_likeliest_of_the_whole_clause(tokenizer: Tokenizer) -> None:
    assert read(tokenizer, [0, 1, 4, 4, *[0] * 7]) == [("declined to comment", "no response")]


@pytest.mark.parametrize(("core", "many"), [((0, 1), 0), ((1, 3), 1), ((2, 11), 0)])
def test_only_those_that_begin_in_the_core_are_read_here(
    tokenizer: Tokenizer, core: tuple[int, int], many: int
) -> None:
    assert len(read(tokenizer, [0, 1, 2, 2, *[0] * 7], core)) == many


def test_spans_count_the_articles_tokens(tokenizer: Tokenizer) -> None:
    scores = logits([0, 1, 2, 2, 0, 0], 7)
    (found,) = refusals(scores, Window(1, 5, 1, 5), tokenizer.encode(TEXT), TEXT)
    assert TEXT[slice(*found.span)] == "declined to comment"


def test_half_sure_is_sure_enough_less_is_not(tokenizer: Tokenizer) -> None:
    scores = np.zeros((13, 7), np.float32)
    scores[:, 0] = 10
    scores[2:5, 0] = np.log(6) + 0.1
    window = Window(0, 11, 0, 11)
    assert refusals(scores, window, tokenizer.encode(TEXT), TEXT) == []
    scores[2:5, 0] = np.log(6) - 0.1
    assert len(refusals(scores, window, tokenizer.encode(TEXT), TEXT)) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The mill did not respond to us", "no response"),
        ("The mill could not be reached", "no response"),
        ("The mill has been approached", "approached"),
        ("The mill, when approached, declined to speak", "declined"),
    ],
)
def test_the_clauses_own_words_tell_its_kind(tokenizer: Tokenizer, text: str, kind: str) -> None:
    tokens = tokenizer.encode(text)
    size = len(tokens)
    scores = logits([0, 1, *[2] * (size - 1), 0], 7)
    (found,) = refusals(scores, Window(0, size, 0, size), tokens, text)
    assert found.kind == kind


def doubted(tokenizer: Tokenizer, text: str, probability: float) -> list[str]:
    """The refusals read in a text whose every token is one with this probability."""
    tokens = tokenizer.encode(text)
    size = len(tokens.starts)
    scores = np.zeros((size + 2, 7), np.float32)
    scores[:, 0] = np.log(6 * (1 - probability) / probability)
    found = refusals(scores, Window(0, size, 0, size), tokens, text)
    return [text[slice(*refusal.span)] for refusal in found]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ida left. The mill did not immediately respond to requests for comment. Tom slept.",
         ["The mill did not immediately respond to requests for comment"]),
        ("Tom denies it, and Ms. Pell, the clerk, didn’t return two calls.",
         ["Ms. Pell, the clerk, didn’t return two calls"]),
        ("(Mr. Odo, who could not be reached for comment, owns it.)",
         ["Mr. Odo, who could not be reached for comment"]),
        ("The mill did not respond to the flood.", []),
    ],
)  # fmt: skip
def test_the_usual_words_make_up_for_a_tagger_in_doubt(
    tokenizer: Tokenizer, text: str, told: list[str]
) -> None:
    assert doubted(tokenizer, text, 0.1) == told
    assert doubted(tokenizer, text, 0.02) == []


def test_a_short_form_ends_no_sentence(tokenizer: Tokenizer) -> None:
    text = "A clerk of Mr. Pell of the U.S. Mill declined to comment."
    assert doubted(tokenizer, text, 0.9) == [text]
