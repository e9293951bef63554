import numpy as np
import pytest

from sayso.reader.anchors import MOST, anchors, softmax
from sayso.reader.encoder import Floats
from sayso.reader.windows import Window
from tests.reader.hands import logits

NOTHING, BEGINS, GOES_ON, CUELESS = range(4)


def found(
    labels: list[int], core: tuple[int, int] | None = None, joined: tuple[int, ...] = ()
) -> list[tuple[int, int, bool]]:
    """The anchors of a window of these labels that begins at the article's token 10."""
    size = len(labels)
    low, high = core or (0, size)
    flags = np.zeros(10 + size, bool)
    flags[[10 + t for t in joined]] = True
    scores = logits([NOTHING, *labels, NOTHING], 4)
    told = anchors(scores, Window(10, 10 + size, 10 + low, 10 + high), flags)
    return [(a.start, a.end, a.cueless) for a in told]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([0, 0, 0], []),
        ([0, 1, 0], [(1, 2, False)]),
        ([0, 1, 2, 2, 0], [(1, 4, False)]),
        ([1, 1, 2], [(0, 3, False)]),  # two cues never touch
        ([0, 2, 2, 0], [(1, 3, False)]),
        ([3, 0, 1], [(0, 1, True), (2, 3, False)]),
        ([1, 3], [(0, 1, False), (1, 2, True)]),
        ([0, 1, 2], [(1, 3, False)]),
    ],
)
def test_cues_and_the_beginnings_of_contents_without_one(
    labels: list[int], expected: list[tuple[int, int, bool]]
) -> None:
    assert found(labels) == expected


def test_only_those_that_begin_in_the_core_are_read_here() -> None:
    labels = [1, 2, 0, 1, 2, 1, 3]
    assert found(labels, core=(1, 5)) == [(3, 6, False)]
    assert found(labels, core=(5, 7)) == [(6, 7, True)]


def test_a_cue_may_run_on_behind_the_core() -> None:
    assert found([0, 1, 2, 2], core=(0, 2)) == [(1, 4, False)]


def test_a_cue_is_whole_words() -> None:
    assert found([0, 0, 1, 0, 0], joined=(2, 3)) == [(1, 4, False)]


def test_a_word_is_one_anchor_however_many_of_its_pieces_are_cues() -> None:
    assert found([1, 1, 1, 0], joined=(1, 2)) == [(0, 3, False)]


def test_the_likeliest_are_kept_where_there_are_too_many() -> None:
    size = MOST + 20
    scores = np.zeros((size + 2, 4), np.float32)
    scores[1:-1, CUELESS] = 3 + np.arange(size) / size
    told = anchors(scores, Window(0, size, 0, size), np.zeros(size, bool))
    assert [a.start for a in told] == list(range(20, size))


def test_a_score_is_the_mean_of_the_cues_probabilities() -> None:
    scores = np.log(
        np.array([[1, 0, 0, 0], [0.2, 0.8, 0, 0], [0.4, 0, 0.6, 0], [1, 0, 0, 0]]) + 1e-9
    ).astype(np.float32)
    (only,) = anchors(scores, Window(0, 2, 0, 2), np.zeros(2, bool))
    assert (only.start, only.end) == (0, 2)
    assert only.score == pytest.approx(0.7)


@pytest.mark.parametrize("scores", [[0, 0], [1000, -1000], [-5000, -5001]])
def test_softmax_stays_finite(scores: list[int]) -> None:
    p: Floats = softmax(np.array([scores], np.float32))
    assert p.sum() == pytest.approx(1)
