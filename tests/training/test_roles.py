"""A head that is learnt anew over an installed encoder, where torch is there."""

from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from training.examples import IGNORE, Target, Window  # noqa: E402
from training.losses import labelled  # noqa: E402
from training.model import Roles, Shape  # noqa: E402
from training.roles import Lessons, collate, learn, losses  # noqa: E402
from training.seen import TOKEN, WHOLE, Seen, seen  # noqa: E402

from sayso.reader.encoder import Encoded, Labelled  # noqa: E402
from sayso.reader.sight import WIDTH  # noqa: E402
from sayso.reader.tokens import FEATURES, Tokenizer  # noqa: E402
from tests.reader.hands import FOLDER, SURE, logits  # noqa: E402

HIDDEN, REACH = 16, 5
LENGTH = 2 * REACH
SHAPES = [
    Shape(hidden=HIDDEN, head_width=8, head_layers=1, head_heads=2, reach=REACH),
    Shape(
        hidden=HIDDEN, head_shared=1, head_wide=12, head_width=8, head_layers=1, head_heads=2,
        reach=REACH,
    ),
]  # fmt: skip


def head(shape: Shape, seed: int = 1) -> Any:
    torch.manual_seed(seed)
    return Roles(shape).eval()


def one(size: int, *anchors: tuple[int, int], seed: int = 0) -> Seen:
    """A window whose first anchor people have labelled."""
    rng = np.random.default_rng(seed)
    start, end = np.array(anchors, np.int64).T
    length, many = min(LENGTH, size), len(anchors)
    low = np.clip((start + end) // 2 - length // 2, 0, size - length)
    sizes = {"main": (many, length, 7), "side": (many, length, 7), "said": (many, 2)}
    sizes |= {"denied": (many, 2), "kind": (many, 7)}
    states = rng.normal(size=(size, HIDDEN)).astype(np.float16)
    around = states[low[:, None] + np.arange(length), 0] > 0  # what can be told by the states
    told = {n: np.eye(s[-1])[around + 0 if n in TOKEN else [1] * many] for n, s in sizes.items()}
    labels = {name: np.full(s[:-1], IGNORE, np.int8) for name, s in sizes.items()}
    for name in labels:
        labels[name][0] = 1
    return Seen(
        states=states,
        aux=rng.dirichlet(np.ones(4), size).astype(np.float16),
        start=start,
        end=end,
        low=low,
        told={name: p.astype(np.float16) for name, p in told.items()},
        labels=labels,
        weight=1.0,
        gold=True,
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_anchors_are_labelled_in_company_as_alone(shape: Shape) -> None:
    roles = head(shape)
    windows = [one(30, (4, 6), (20, 21)), one(7, (2, 3), seed=1), one(24, (22, 23), seed=2)]
    batch = collate(windows, LENGTH)
    with torch.no_grad():
        together = labelled(roles, batch, batch.states, batch.aux)
        number = 0
        for window in windows:
            states, aux = (torch.from_numpy(x).float() for x in (window.states, window.aux.copy()))
            places = map(torch.from_numpy, (window.start, window.end))
            alone = roles(states, aux.clamp(min=1e-9).log(), *places)
            many, length = len(window.start), alone[0].shape[1]
            for name, found, expected in zip(TOKEN + WHOLE, together, alone, strict=True):
                part = found[number : number + many]
                part = part[:, :length] if name in TOKEN else part
                assert torch.allclose(part, expected, atol=1e-3), name
            number += many


def test_padding_is_neither_labelled_nor_taught() -> None:
    batch = collate([one(30, (4, 6)), one(7, (2, 3))], LENGTH)
    assert batch.known[0].tolist() == [False, *[True] * 9]
    assert batch.known[1].tolist() == [False, *[True] * 5, *[False] * 4]
    assert not batch.mask[1, batch.index[1, 7:]].any()


@pytest.mark.parametrize("shape", SHAPES)
def test_the_head_comes_nearer_to_what_it_is_taught(shape: Shape) -> None:
    roles, windows = head(shape), [one(30, (4, 6), (20, 21), seed=n) for n in range(24)]
    batch = collate(windows, LENGTH)
    with torch.no_grad():
        before = float(losses(roles, batch))
    learn(roles, Lessons(windows, LENGTH, 1), 100)
    with torch.no_grad():
        after = float(losses(roles.eval(), batch))
    assert after < 0.8 * before


def test_every_window_is_seen_once_in_a_pass() -> None:
    windows = [one(20 + n, (4, 6)) for n in range(30)]
    lessons = Lessons(windows, LENGTH, 1)
    batches = [batch for _, batch in zip(range(lessons.size), lessons, strict=False)]
    assert sum(len(batch.states) for batch in batches) == 30
    assert lessons.size == 3


class Hand:
    """An encoder that finds a cue at each token of a list, and gives every anchor one label."""

    def __init__(self, cues: list[int]) -> None:
        self.cues = cues

    def encode(self, ids: Any, features: Any) -> Encoded:
        labels = [1 if n in self.cues else 0 for n in range(len(ids))]
        zeros = np.zeros((len(ids), 7), np.float32)
        states = np.zeros((len(ids), HIDDEN), np.float32)
        seen_ = np.zeros((len(ids), WIDTH), np.float32)
        return Encoded(states, logits(labels, 4), zeros, zeros[:, :4], seen_)

    def label(self, encoded: Encoded, starts: Any, ends: Any) -> Labelled:
        length = min(LENGTH, len(encoded.states))
        main = np.zeros((len(starts), length, 7), np.float32)
        main[..., 5] = SURE
        single = np.zeros((len(starts), 2), np.float32)
        return Labelled(main, main, single, single, main[:, 0])


def test_peoples_anchors_come_first_and_then_those_that_only_the_model_finds() -> None:
    size = 20
    labels = np.arange(size, dtype=np.int8) % 7
    target = Target(3, 5, labels, labels, 1, IGNORE, 2)
    window = Window(
        ids=np.full(size, 9, np.int32),
        features=np.zeros((size, len(FEATURES)), np.int8),
        anchors=labels,
        refusals=labels,
        aux=labels,
        targets=(target,),
        weight=0.5,
        gold=False,
    )
    (found,) = seen(Hand([4, 5, 12, 21]), Tokenizer(FOLDER / "vocab.txt"), [window])
    assert list(zip(found.start.tolist(), found.end.tolist(), strict=True)) == [(4, 6), (12, 13)]
    padded = [IGNORE, *labels.tolist(), IGNORE]
    assert found.labels["main"][0].tolist() == padded[found.low[0] :][:LENGTH]
    assert set(found.labels["main"][1].tolist()) == {IGNORE}
    told = {name: found.labels[name].tolist() for name in WHOLE}
    assert told == {"said": [1, IGNORE], "denied": [IGNORE, IGNORE], "kind": [2, IGNORE]}
    assert found.told["main"].argmax(-1).tolist() == [[5] * LENGTH] * 2
    assert (found.weight, found.gold) == (0.5, False)


def test_a_window_without_an_anchor_is_left_out() -> None:
    size = 12
    zeros = np.zeros(size, np.int8)
    features = np.zeros((size, len(FEATURES)), np.int8)
    ids = np.full(size, 9, np.int32)
    window = Window(ids, features, zeros, zeros, zeros, (), 1.0, True)
    assert list(seen(Hand([]), Tokenizer(FOLDER / "vocab.txt"), [window])) == []
