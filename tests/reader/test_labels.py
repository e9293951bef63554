from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.encoder import Floats
from sayso.reader.labels import ENTER, LEAVE, Bounds, decode, log_softmax, paths, phrases
from tests.reader.hands import logits

CONTENT = (5, 6)
PRICE = 1.5
"""What leaving a content costs here."""


def free(shape: tuple[int, ...]) -> Bounds:
    """Labels may change before any token."""
    return Bounds(np.zeros(shape[:2], bool), np.ones(shape[:2], bool))


def follows(label: int, before: int | None, *, joined: bool) -> bool:
    """Whether a label may stand after another one."""
    if label and label % 2 == 0:
        return before in (label - 1, label)
    return not joined or label == before == 0


def worth(path: tuple[int, ...], logp: Floats, joined: list[bool], marks: list[bool]) -> float:
    """The log-probability of a path less what leaving contents costs; -inf if it is forbidden."""
    total = float(logp[0, path[0]])
    if not follows(path[0], None, joined=False):
        return -np.inf
    for t, (before, label) in enumerate(pairwise(path), start=1):
        if not follows(label, before, joined=joined[t]):
            return -np.inf
        left = before in CONTENT and label not in (before, 6)
        total += float(logp[t, label]) - (PRICE if left and not marks[t] else 0)
    return total


@pytest.mark.parametrize("seed", range(6))
def test_no_other_path_is_better(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = log_softmax(rng.normal(0, 2, (3, 4, 7)).astype(np.float32))
    joined, marks = rng.random((3, 4)) < 0.3, rng.random((3, 4)) < 0.5
    found = paths(scores, Bounds(joined, marks), PRICE)
    for n in range(3):
        case = scores[n], joined[n].tolist(), marks[n].tolist()
        best = max(worth(path, *case) for path in product(range(7), repeat=4))
        assert worth(tuple(found[n].tolist()), *case) == pytest.approx(best, abs=1e-4)


@given(st.integers(0, 2**32 - 1), st.integers(1, 30))
def test_an_inside_never_follows_another_kind(seed: int, length: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, 4, (2, length, 7)).astype(np.float32)
    for path in paths(log_softmax(scores), free(scores.shape), PRICE).tolist():
        assert all(
            follows(label, before, joined=False) for before, label in pairwise([None, *path])
        )


def read(labels: list[int]) -> dict[str, tuple[tuple[int, int], ...]]:
    main = logits(labels, 7)[None]
    (told,) = decode(main, free(main.shape))
    return told.spans


@pytest.mark.parametrize(
    ("labels", "source", "cue", "content"),
    [
        ([0, 0], (), (), ()),
        ([1, 2, 3, 5, 6, 6], ((0, 2),), ((2, 3),), ((3, 6),)),
        ([5, 6, 0, 3, 0, 5, 6], (), ((3, 4),), ((0, 2), (5, 7))),
        ([1, 1, 2], ((0, 3),), (), ()),
        ([1, 0, 1, 2], ((0, 1), (2, 4)), (), ()),
        ([5], (), (), ((0, 1),)),
        ([3, 0, 3, 4], (), ((0, 1), (2, 4)), ()),
    ],
)
def test_runs_of_labels_are_spans(
    labels: list[int],
    source: tuple[tuple[int, int], ...],
    cue: tuple[tuple[int, int], ...],
    content: tuple[tuple[int, int], ...],
) -> None:
    assert read(labels) == {"source": source, "cue": cue, "content": content}


def test_a_words_pieces_share_its_label() -> None:
    main = logits([0, 5, 0, 0], 7)[None]
    main[0, 2] = [1, 0, 0, 0, 0, 0, 0.5]
    joined = np.array([[False, False, True, False]])
    (told,) = decode(main, Bounds(joined, np.ones((1, 4), bool)))
    assert told.spans["content"] == ((1, 3),)


def test_a_content_would_rather_end_at_a_mark() -> None:
    main = logits([5, 6, 6, 0], 7)[None]
    main[0, 2] = [LEAVE / 2, 0, 0, 0, 0, 0, 0]
    at_mark = np.array([[False, False, True, False]])
    joined = np.zeros((1, 4), bool)
    ends = [
        decode(main, Bounds(joined, marks))[0].spans["content"][0][1]
        for marks in (at_mark, np.roll(at_mark, 1))
    ]
    assert ends == [2, 3]


def test_a_cue_is_worth_what_its_labels_are() -> None:
    p = np.full((1, 4, 7), 1e-4)
    p[0, 0, 3], p[0, 1, 4], p[0, 2, 5], p[0, 3, 3] = 0.6, 0.9, 0.8, 0.7
    (told,) = decode(np.log(p).astype(np.float32), free(p.shape))
    logp = np.log(p / p.sum(-1, keepdims=True))[0]
    assert told.spans["cue"] == ((0, 2), (3, 4))
    assert told.cue == pytest.approx((logp[0, 3] + logp[1, 4] + logp[3, 3]) / 3, abs=1e-4)


def test_the_surest_source_stands_first() -> None:
    main = logits([0, 1, 0, 1, 2, 0], 7)[None]
    main[0, 1] /= 2
    assert decode(main, free(main.shape[:2]))[0].spans["source"] == ((3, 5), (1, 2))


def test_sources_that_touch_are_one() -> None:
    main = logits([0, 1, 2, 1, 0], 7)[None]
    assert decode(main, free(main.shape[:2]))[0].spans["source"] == ((1, 4),)


def test_no_cue_is_worth_nothing() -> None:
    main = logits([1, 0, 5], 7)[None]
    assert decode(main, free(main.shape))[0].cue == 0


def test_it_costs_something_to_begin_a_content() -> None:
    doubt = np.zeros((1, 1, 7), np.float32)
    doubt[0, 0, 5] = ENTER
    found = [
        decode(doubt + more * np.eye(7, dtype=np.float32)[5], free((1, 1)))[0].spans["content"]
        for more in (-0.1, 0.1)
    ]
    assert found == [(), ((0, 1),)]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([0, 0, 0, 0], {}),
        ([1, 2, 0, 0], {"addressee": (0, 2)}),
        ([3, 0, 5, 6], {"channel": (0, 1), "when": (2, 4)}),
    ],
)
def test_phrases(labels: list[int], expected: dict[str, tuple[int, int]]) -> None:
    side = logits(labels, 7)[None]
    assert phrases(side, free(side.shape)) == [expected]


def test_of_two_spans_of_a_phrase_the_likelier_stays() -> None:
    side = logits([1, 0, 1, 0], 7)[None]
    side[0, 0] /= 4
    assert phrases(side, free(side.shape)) == [{"addressee": (2, 3)}]


def test_phrases_are_told_for_each_anchor_apart() -> None:
    side = np.stack([logits([0, 0], 7), logits([1, 0], 7)])
    assert phrases(side, free(side.shape)) == [{}, {"addressee": (0, 1)}]
