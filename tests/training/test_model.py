"""The network's shapes and distances, where torch is there (`make train` installs it)."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from training.model import Distances, Network, Shape, buckets  # noqa: E402
from training.quantised import Linear, reckon_rounded  # noqa: E402
from training.torch_encoder import TorchEncoder  # noqa: E402

from sayso.reader.encoder import Encoded, Labelled  # noqa: E402
from sayso.reader.tokens import FEATURES  # noqa: E402

TINY = Shape(
    vocab=50,
    hidden=16,
    layers=1,
    heads=2,
    inner=32,
    positions=64,
    head_width=8,
    head_layers=1,
    head_heads=2,
    reach=5,
)
RELATIVE = replace(TINY, relative=8)
LABELS = ("main", "side", "said", "denied", "kind")
STARTS, ENDS = np.array([1, 4, 5]), np.array([2, 5, 6])


def network(shape: Shape = TINY, seed: int = 1) -> Any:
    torch.manual_seed(seed)
    return Network(shape).eval()


def encode(encoder: TorchEncoder, size: int = 30) -> Encoded:
    found: Encoded = encoder.encode(np.arange(size), np.zeros((size, len(FEATURES)), np.int64))
    return found


def probabilities(found: Labelled, name: str) -> Any:
    return torch.from_numpy(getattr(found, name)).softmax(-1)


@pytest.mark.parametrize("shape", [TINY, RELATIVE])
@pytest.mark.parametrize("many", [1, 2])
@pytest.mark.parametrize(("size", "length"), [(30, 10), (6, 6)])
def test_shapes_are_those_that_the_reader_asks_for(
    shape: Shape, many: int, size: int, length: int
) -> None:
    encoder = TorchEncoder([network(shape, seed) for seed in range(many)])
    encoded = encode(encoder, size)
    shapes = [x.shape for x in (encoded.anchors, encoded.refusals, encoded.aux)]
    assert shapes == [(size, 4), (size, 7), (size, 4)]
    assert len(encoded.states) == size
    told = encoder.label(encoded, STARTS, ENDS)
    shapes = [getattr(told, name).shape for name in LABELS]
    assert shapes == [(3, length, 7), (3, length, 7), (3, 2), (3, 2), (3, 7)]


def test_an_anchors_roles_do_not_depend_on_the_other_anchors() -> None:
    encoder = TorchEncoder([network()])
    encoded = encode(encoder)
    alone = encoder.label(encoded, np.array([9]), np.array([11]))
    among = encoder.label(encoded, np.array([2, 9, 20]), np.array([3, 11, 21]))
    assert np.allclose(alone.main[0], among.main[1], atol=1e-5)


def test_the_mean_of_a_network_with_itself_is_what_it_says_alone() -> None:
    one, two = (TorchEncoder([network()] * many) for many in (1, 2))
    alone, both = encode(one), encode(two)
    for name in ("anchors", "refusals", "aux"):
        found = np.exp(getattr(both, name))
        expected = torch.from_numpy(getattr(alone, name)).softmax(-1).numpy()
        assert np.allclose(found, expected, atol=1e-5)
    first, second = one.label(alone, STARTS, ENDS), two.label(both, STARTS, ENDS)
    for name in LABELS:
        assert np.allclose(probabilities(first, name), probabilities(second, name), atol=1e-5)


def test_the_mean_is_of_probabilities() -> None:
    nets = [network(seed=1), network(seed=2)]
    each = [TorchEncoder([net]) for net in nets]
    told = [one.label(encode(one), STARTS, ENDS) for one in each]
    both = TorchEncoder(nets)
    found = both.label(encode(both), STARTS, ENDS)
    for name in LABELS:
        expected = sum(probabilities(one, name) for one in told) / 2
        assert np.allclose(np.exp(getattr(found, name)), expected, atol=1e-5)


@pytest.mark.parametrize("shape", [TINY, RELATIVE])
def test_padding_changes_no_logits(shape: Shape) -> None:
    net = network(shape)
    ids = torch.randint(50, (2, 24))
    features = torch.zeros(2, 24, len(FEATURES), dtype=torch.long)
    mask = torch.arange(24) < torch.tensor([[24], [9]])
    padded = net.encoder(ids, features, mask)
    for n, size in enumerate((24, 9)):
        alone = net.encoder(ids[n : n + 1, :size], features[n : n + 1, :size], None)
        for found, expected in zip(padded, alone, strict=True):
            assert torch.allclose(found[n, :size], expected[0], atol=1e-5)


def test_all_that_is_shipped_in_int8_can_reckon_so() -> None:
    net = network()
    plain = encode(TorchEncoder([net]))
    reckon_rounded(net, True)
    rounded = encode(TorchEncoder([net]))
    assert not np.array_equal(plain.states, rounded.states)
    assert np.allclose(plain.states, rounded.states, atol=0.3)
    layers = [m for m in net.encoder.modules() if isinstance(m, torch.nn.Linear)]
    assert all(isinstance(m, Linear) for m in layers)


def shown(size: int, buckets: int = 32, positions: int = 512) -> Any:
    """The bucket of each key [size, size] as each query sees it."""
    distances = Distances(buckets, 1, positions)
    with torch.no_grad():
        distances.table.weight.copy_(torch.arange(buckets).float()[:, None])
        return distances(size)[0, 0].long()


@pytest.mark.parametrize(
    ("apart", "bucket"),
    [(0, 0), (1, 1), (7, 7), (8, 8), (11, 8), (20, 10), (40, 12), (100, 15), (128, 15), (500, 15)],
)
def test_distances_are_exact_near_and_by_logarithm_beyond(apart: int, bucket: int) -> None:
    found = shown(512)
    assert found[apart, 0] == bucket  # the key stands before the query
    assert found[0, apart] == bucket + (16 if apart else 0)


def test_a_distance_is_the_same_wherever_it_is() -> None:
    found = shown(40)
    assert torch.equal(found[1:, 1:], found[:-1, :-1])
    assert torch.equal(shown(12), found[:12, :12])


def test_each_head_has_its_own_biases() -> None:
    distances = Distances(8, 3, 16)
    assert distances(5).shape == (1, 3, 5, 5)
    assert torch.equal(distances(5)[0, :, 2, 2], distances.table.weight[0])


def test_distances_are_told_apart_near_the_anchor_and_by_sevens_beyond() -> None:
    index = torch.arange(60)[None]
    found = buckets(index, torch.tensor([20]), torch.tensor([22]))[0].tolist()
    assert found[20:22] == [0, 0]
    assert len(set(found[4:38])) == 33
    assert found[37] == found[43] != found[44]
    assert not set(found[:20]) & set(found[20:])


def test_the_head_makes_everything_on_its_inputs_device() -> None:
    net = network().to("meta")  # any but the processor's shows what is made there
    states, aux = torch.zeros(30, 16, device="meta"), torch.zeros(30, 4, device="meta")
    at = torch.tensor([3], device="meta")
    assert {x.device.type for x in net.roles(states, aux, at, at + 1)} == {"meta"}
