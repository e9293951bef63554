"""What is taught of a batch, where torch is there."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from training.examples import IGNORE, Target, Window  # noqa: E402
from training.losses import TAGGED, TOLD, WEIGHTS, Teachers, collate, logits  # noqa: E402
from training.model import Network, Shape  # noqa: E402
from training.torch_encoder import TorchEncoder  # noqa: E402

from sayso.reader.tokens import FEATURES, Tokenizer  # noqa: E402
from training import losses as taught_by  # noqa: E402

REACH = 5
CLASSES = {
    "anchor": 4, "refusal": 7, "aux": 4, "main": 7, "side": 7, "said": 2, "denied": 2, "kind": 7,
}  # fmt: skip
Logits = dict[str, Any]


@pytest.fixture
def tokenizer(vocabulary: Path) -> Tokenizer:
    return Tokenizer(vocabulary)


def target(size: int, start: int, end: int, said: int = 1, kind: int = 2) -> Target:
    """A target whose labels differ from token to token: a role wherever the place isn't even."""
    main = (np.arange(size) % 7).astype(np.int8)
    return Target(start, end, main, main[::-1].copy(), said, 0, kind)


def window(size: int, *targets: Target, gold: bool = True, weight: float = 1.0) -> Window:
    places = np.arange(size)
    return Window(
        ids=(4 + places % 20).astype(np.int32),
        features=np.zeros((size, len(FEATURES)), np.int8),
        anchors=(places % 4).astype(np.int8),
        refusals=(places % 7).astype(np.int8),
        aux=(places % 3).astype(np.int8),
        targets=targets,
        weight=weight,
        gold=gold,
    )


def network(seed: int = 1) -> Any:
    torch.manual_seed(seed)
    sizes = {"vocab": 64, "hidden": 16, "layers": 1, "heads": 2, "inner": 32, "positions": 64}
    return Network(Shape(**sizes, head_width=8, head_layers=1, head_heads=2, reach=REACH)).eval()


def test_tokens_stand_between_their_marks(tokenizer: Tokenizer) -> None:
    batch = collate([window(20), window(12)], tokenizer, REACH)
    assert batch.ids.shape == (2, 24)
    for row, size in enumerate((20, 12)):
        ids, inner = batch.ids[row].tolist(), np.flatnonzero(batch.inner[row]).tolist()
        assert (ids[0], ids[size + 1]) == (tokenizer.cls, tokenizer.sep)
        assert set(ids[size + 2 :]) == {tokenizer.pad}
        assert inner == list(range(1, size + 1))
        assert np.flatnonzero(batch.mask[row]).tolist() == list(range(size + 2))


@pytest.mark.parametrize(("size", "width"), [(8, 16), (14, 16), (15, 24)])
def test_batches_are_multiples_of_eight_wide(tokenizer: Tokenizer, size: int, width: int) -> None:
    assert collate([window(size)], tokenizer, REACH).ids.shape == (1, width)


def test_labels_land_on_their_tokens(tokenizer: Tokenizer) -> None:
    windows = [window(20), window(12)]
    batch = collate(windows, tokenizer, REACH)
    for row, w in enumerate(windows):
        inner = batch.inner[row]
        for name, labels in (("anchor", w.anchors), ("refusal", w.refusals), ("aux", w.aux)):
            assert getattr(batch, name)[row, inner].tolist() == labels.tolist()
            assert (getattr(batch, name)[row, ~inner] == IGNORE).all()


@pytest.mark.parametrize("start", [0, 1, 9, 18, 19])
def test_an_anchors_roles_line_up_with_its_index(tokenizer: Tokenizer, start: int) -> None:
    told = target(20, start, start + 1)
    batch = collate([window(12), window(20, told)], tokenizer, REACH)
    index = batch.index[0]
    assert batch.row.tolist() == [1]
    assert index.tolist() == list(range(int(index[0]), int(index[0]) + 2 * REACH))
    assert int(batch.start[0]) in index.tolist()
    assert batch.ids[1, batch.start[0]] == window(20).ids[start]
    for name in ("main", "side"):
        padded = [IGNORE, *getattr(told, name).tolist(), IGNORE, IGNORE, IGNORE]
        assert getattr(batch, name)[0].tolist() == [padded[n] for n in index.tolist()]


def test_anchors_know_their_windows(tokenizer: Tokenizer) -> None:
    first, second = window(20, target(20, 3, 5, kind=1), target(20, 9, 10, kind=2)), window(12)
    third = window(16, target(16, 7, 8, said=IGNORE, kind=3))
    batch = collate([first, second, third], tokenizer, REACH)
    assert batch.row.tolist() == [0, 0, 2]
    assert batch.kind.tolist() == [1, 2, 3]
    assert batch.said.tolist() == [1, 1, IGNORE]
    assert (batch.start.tolist(), batch.end.tolist()) == ([4, 10, 8], [6, 11, 9])


@pytest.mark.parametrize("size", [6, 20])
def test_training_gives_the_readers_logits(tokenizer: Tokenizer, size: int) -> None:
    net, at = network(), np.array([2, 4])
    windows = [window(40), window(size, *(target(size, n - 1, n) for n in at.tolist()))]
    batch = collate(windows, tokenizer, REACH)
    with torch.no_grad():
        found = logits(net, batch)
    encoder = TorchEncoder([net])
    inner = batch.mask[1].numpy()
    encoded = encoder.encode(batch.ids[1].numpy()[inner], batch.features[1].numpy()[inner])
    for name, expected in (("anchor", encoded.anchors), ("aux", encoded.aux)):
        assert np.allclose(found[name][1, inner].float().numpy(), expected, atol=0.05)  # bfloat16
    label = encoder.label(encoded, at, at + 1)
    rows = {int(place): n for n, place in enumerate(batch.index[0])}
    length = label.main.shape[1]
    low = min(max(int(at[0]) - length // 2, 0), size + 2 - length)
    shared = [rows[low + n] for n in range(length)]
    assert np.allclose(found["main"][0, shared].float().numpy(), label.main[0], atol=0.05)
    if length == 2 * REACH:
        assert np.allclose(found["kind"].float().numpy(), label.kind, atol=0.05)


@pytest.fixture
def losses(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, float]]:
    """The losses of a batch for given logits."""

    def told(batch: Any, given: Logits, taught: Logits | None = None) -> dict[str, float]:
        monkeypatch.setattr(taught_by, "logits", lambda net, batch: given)
        found = taught_by.losses(None, batch, taught)
        return {name: value.item() for name, value in found.items()}

    return told


def sure(batch: Any) -> Logits:
    """Logits that are as good as certain of each label; of what is to be ignored, of anything."""
    return {
        name: 100.0 * torch.nn.functional.one_hot(getattr(batch, name).clamp(min=0), many)
        for name, many in CLASSES.items()
    }


def test_the_right_logits_lose_nothing(
    tokenizer: Tokenizer, losses: Callable[..., dict[str, float]]
) -> None:
    batch = collate([window(12), window(20, target(20, 9, 10))], tokenizer, REACH)
    found = losses(batch, sure(batch))
    assert set(found) == set(WEIGHTS)
    assert max(found.values()) < 1e-6
    taught = {name: value.softmax(-1) for name, value in sure(batch).items()}
    assert max(losses(batch, sure(batch), taught).values()) < 1e-6


@pytest.mark.parametrize("name", WEIGHTS)
def test_wrong_logits_lose(
    tokenizer: Tokenizer, losses: Callable[..., dict[str, float]], name: str
) -> None:
    batch = collate([window(20, target(20, 9, 10))], tokenizer, REACH)
    given = sure(batch)
    given[name] = given[name].roll(1, -1)
    found = losses(batch, given)
    assert found.pop(name) > 50
    assert max(found.values()) < 1e-6


@pytest.mark.parametrize("taught", [False, True])
def test_around_the_tokens_nothing_is_taught(
    tokenizer: Tokenizer, losses: Callable[..., dict[str, float]], taught: bool
) -> None:
    batch = collate([window(8, target(8, 0, 1)), window(20)], tokenizer, 40)
    given = sure(batch)
    told = {name: value.softmax(-1) for name, value in given.items()} if taught else None
    for name in TAGGED:
        given[name] = torch.where(batch.inner[..., None], given[name], given[name].roll(1, -1))
    inner = batch.inner[batch.row[:, None], batch.index]
    for name in ("main", "side"):
        given[name] = torch.where(inner[..., None], given[name], given[name].roll(1, -1))
    assert max(losses(batch, given, told).values()) < 1e-6


def test_without_anchors_only_tokens_are_taught(tokenizer: Tokenizer) -> None:
    batch = collate([window(12), window(20)], tokenizer, REACH)
    assert set(taught_by.losses(network(), batch, None)) == set(TAGGED)


@pytest.mark.parametrize(
    ("label", "gold", "expected"),
    [
        (1, True, 0.9),  # half the people's, half the teacher's
        (0, True, 0.4),
        (IGNORE, True, 0.8),  # the teacher's alone
        (1, False, 0.8),
        (0, False, 0.8),
        (IGNORE, False, 0.8),
    ],
)
def test_what_a_teacher_adds(
    tokenizer: Tokenizer,
    losses: Callable[..., dict[str, float]],
    label: int,
    gold: bool,
    expected: float,
) -> None:
    batch = collate([window(20, target(20, 9, 10, said=label), gold=gold)], tokenizer, REACH)
    given, told = sure(batch), {n: v.softmax(-1) for n, v in sure(batch).items()}
    given["said"], told["said"] = torch.tensor([[0.25, 0.75]]).log(), torch.tensor([[0.2, 0.8]])
    loss = -(1 - expected) * np.log(0.25) - expected * np.log(0.75)
    assert losses(batch, given, told)["said"] == pytest.approx(loss, abs=1e-5)


@pytest.mark.parametrize(("label", "expected"), [(1, 0.75), (0, 0.25), (IGNORE, 1.0)])
@pytest.mark.parametrize("gold", [True, False])
def test_without_a_teacher_the_label_is_taught_whosever_it_is(
    tokenizer: Tokenizer,
    losses: Callable[..., dict[str, float]],
    label: int,
    expected: float,
    gold: bool,
) -> None:
    batch = collate([window(20, target(20, 9, 10, said=label), gold=gold)], tokenizer, REACH)
    given = sure(batch) | {"said": torch.tensor([[0.25, 0.75]]).log()}
    assert losses(batch, given)["said"] == pytest.approx(-np.log(expected), abs=1e-5)


@pytest.mark.parametrize("taught", [False, True])
def test_windows_count_by_their_weight(
    tokenizer: Tokenizer, losses: Callable[..., dict[str, float]], taught: bool
) -> None:
    heavy, light = window(20), window(20, weight=0.25, gold=False)
    batch = collate([heavy, light], tokenizer, REACH)
    given = {name: sure(batch)[name] for name in TAGGED}
    told = {name: value.softmax(-1) for name, value in given.items()} if taught else None
    given["aux"] = given["aux"].clone()
    given["aux"][1] = 0.0  # the light one is at a loss
    expected = np.log(4) * 0.25 / 1.25
    assert losses(batch, given, told)["aux"] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("taught", [False, True])
def test_a_rare_role_weighs_more(
    tokenizer: Tokenizer, losses: Callable[..., dict[str, float]], taught: bool
) -> None:
    told = replace(target(6, 2, 3), side=np.array([0, 0, 0, 0, 0, 1], np.int8))
    batch = collate([window(6, told)], tokenizer, REACH)
    given = sure(batch)
    teacher = {n: v.softmax(-1) for n, v in given.items()} if taught else None
    given["side"] = torch.where((batch.side == 1)[..., None], 0.0, given["side"])
    expected = np.log(7) * taught_by.RARE["side"] / (5 + taught_by.RARE["side"])
    assert losses(batch, given, teacher)["side"] == pytest.approx(expected, abs=1e-5)


def test_teachers_tell_their_mean(tokenizer: Tokenizer) -> None:
    batch = collate([window(12), window(20, target(20, 9, 10))], tokenizer, REACH)
    nets = [network(1), network(2)]
    one, two, both = (Teachers(chosen)(batch) for chosen in (nets[:1], nets[1:], nets))
    for name, many in CLASSES.items():
        assert both[name].shape == (*getattr(batch, name).shape, many)
        assert torch.allclose(both[name], (one[name] + two[name]) / 2, atol=1e-6)
        assert torch.allclose(both[name].sum(-1), torch.tensor(1.0), atol=1e-5)
        assert not both[name].requires_grad


def test_teachers_do_not_drop_out(tokenizer: Tokenizer) -> None:
    batch = collate([window(20, target(20, 9, 10))], tokenizer, REACH)
    teachers = Teachers([network().train()])
    assert all(torch.equal(teachers(batch)[n], teachers(batch)[n]) for n in (*TAGGED, *TOLD))
