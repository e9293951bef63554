"""The network's shapes, where torch is there (`make train` installs it)."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from training.model import Network, Shape, buckets  # noqa: E402
from training.torch_encoder import TorchEncoder  # noqa: E402

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


@pytest.fixture
def encoder() -> TorchEncoder:
    torch.manual_seed(1)
    return TorchEncoder(Network(TINY))


@pytest.mark.parametrize(("size", "length"), [(30, 10), (6, 6)])
def test_shapes_are_those_that_the_reader_asks_for(
    encoder: TorchEncoder, size: int, length: int
) -> None:
    encoded = encoder.encode(np.arange(size), np.zeros((size, len(FEATURES)), np.int64))
    shapes = [x.shape for x in (encoded.states, encoded.anchors, encoded.refusals, encoded.aux)]
    assert shapes == [(size, 16), (size, 4), (size, 7), (size, 4)]
    told = encoder.label(encoded, np.array([1, 4, 5]), np.array([2, 5, 6]))
    shapes = [x.shape for x in (told.main, told.side, told.said, told.denied, told.kind)]
    assert shapes == [(3, length, 7), (3, length, 7), (3, 2), (3, 2), (3, 7)]


def test_an_anchors_roles_do_not_depend_on_the_other_anchors(encoder: TorchEncoder) -> None:
    encoded = encoder.encode(np.arange(30), np.zeros((30, len(FEATURES)), np.int64))
    alone = encoder.label(encoded, np.array([9]), np.array([11]))
    among = encoder.label(encoded, np.array([2, 9, 20]), np.array([3, 11, 21]))
    assert np.allclose(alone.main[0], among.main[1], atol=1e-5)


def test_distances_are_told_apart_near_the_anchor_and_by_sevens_beyond() -> None:
    index = torch.arange(60)[None]
    found = buckets(index, torch.tensor([20]), torch.tensor([22]))[0].tolist()
    assert found[20:22] == [0, 0]
    assert len(set(found[4:38])) == 33
    assert found[37] == found[43] != found[44]
    assert not set(found[:20]) & set(found[20:])
