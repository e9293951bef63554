"""What is written into an encoder's graph, on graphs of two layers made by hand."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")

import onnxruntime  # noqa: E402
from training.attach import attach, rounded  # noqa: E402
from training.states import ENCODER, SEEN, bare_graph, layer, states  # noqa: E402

from sayso.reader.models import Model  # noqa: E402
from sayso.reader.sight import HIDDEN, VECTOR, WIDTH  # noqa: E402
from sayso.reader.speakers.features import WIDTH as ROWS  # noqa: E402
from sayso.reader.speakers.judge import FILE, Network  # noqa: E402
from sayso.reader.tokens import FEATURES, Tokenizer  # noqa: E402

WIDE = 4
RANDOM = np.random.default_rng(1)
NAMES = RANDOM.normal(size=(WIDE, HIDDEN)).astype(np.float32)
BIAS = RANDOM.normal(size=HIDDEN).astype(np.float32)
VECTORS = RANDOM.normal(size=(WIDE, 2 * VECTOR)).astype(np.float32)
NETWORK = Network(*(np.full((ROWS, 3), n / 2, np.float32) for n in range(len(Network.__slots__))))


def encoder(folder: Path) -> Path:
    """A graph whose first layer gives each token's id in all columns, the second its double."""
    helper = onnx.helper
    node, kind = helper.make_node, onnx.TensorProto
    constants = {"axes": np.array([2]), "ones": np.ones((1, WIDE), np.float32),
                 "two": np.array(2, np.float32)}  # fmt: skip
    graph = helper.make_graph(
        [
            node("Cast", ["ids"], ["numbers"], to=kind.FLOAT),
            node("Unsqueeze", ["numbers", "axes"], ["column"]),
            node("MatMul", ["column", "ones"], [layer(0)]),
            node("Mul", [layer(0), "two"], [layer(1)]),
            node("Identity", [layer(1)], ["states"]),
            node("Identity", ["features"], ["unused"]),
        ],
        "encoder",
        [
            helper.make_tensor_value_info("ids", kind.INT64, [1, "time"]),
            helper.make_tensor_value_info("features", kind.INT64, [1, "time", len(FEATURES)]),
        ],
        [
            helper.make_tensor_value_info("states", kind.FLOAT, [1, "time", WIDE]),
            helper.make_tensor_value_info("unused", kind.INT64, [1, "time", len(FEATURES)]),
        ],
        [onnx.numpy_helper.from_array(array, name) for name, array in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, str(folder / ENCODER))
    return folder


def attached(folder: Path, at: tuple[int, int] = (0, 1)) -> bytes:
    attach(folder, at, (NAMES, BIAS), VECTORS, NETWORK)
    return (folder / ENCODER).read_bytes()


def run(folder: Path, ids: list[int]) -> dict[str, Any]:
    session = onnxruntime.InferenceSession(
        str(folder / ENCODER), providers=["CPUExecutionProvider"]
    )
    features = np.zeros((1, len(ids), len(FEATURES)), np.int64)
    names = [output.name for output in session.get_outputs()]
    found = session.run(names, {"ids": np.array([ids]), "features": features})
    return dict(zip(names, found, strict=True))


def whole(matrix: Any) -> Any:
    """A matrix as it comes back from whole numbers."""
    kept, scale = rounded(matrix)
    return kept.astype(np.float32) * scale


def test_columns_come_back_within_half_a_step_of_their_largest() -> None:
    matrix = RANDOM.normal(size=(50, 9)).astype(np.float32) * np.logspace(-4, 4, 9, dtype="f")
    kept, scale = rounded(matrix)
    assert kept.dtype == np.int8
    assert np.abs(kept.astype(int)).max(0).tolist() == [127] * 9
    largest = np.abs(matrix).max(0)
    assert (np.abs(kept * scale - matrix) <= 0.501 / 127 * largest).all()


def test_a_column_of_nothing_stays_so() -> None:
    kept, scale = rounded(np.array([[0, 1], [0, -2]], np.float32))
    assert kept.tolist() == [[0, 64], [0, -127]]
    assert np.isfinite(scale).all()


@pytest.mark.parametrize("at", [(0, 1), (1, 0), (1, 1)])
def test_what_is_seen_comes_from_the_layers_that_were_asked_for(
    tmp_path: Path, at: tuple[int, int]
) -> None:
    attached(encoder(tmp_path), at)
    found = run(tmp_path, [3, 0, 5])
    assert found[SEEN].shape == (1, 3, WIDTH)
    first = np.repeat([[3.0], [0.0], [5.0]], WIDE, 1).astype(np.float32)
    layers = (first, 2 * first)
    expected = np.concatenate(
        [layers[at[0]] @ whole(NAMES) + BIAS, layers[at[1]] @ whole(VECTORS)], 1
    )
    np.testing.assert_allclose(found[SEEN][0], expected, rtol=1e-4, atol=1e-4)


def test_the_rest_of_the_graph_is_as_it_was(tmp_path: Path) -> None:
    before = run(encoder(tmp_path), [3, 1])
    attached(tmp_path)
    found = run(tmp_path, [3, 1])
    assert list(found) == [*before, SEEN]
    assert (found["states"] == before["states"]).all()


def test_attaching_again_gives_the_same_graph(tmp_path: Path) -> None:
    once = attached(encoder(tmp_path))
    attached(tmp_path, (1, 1))
    assert attached(tmp_path) == once


def test_a_bare_graph_is_what_was_before(tmp_path: Path) -> None:
    before = onnx.load(str(encoder(tmp_path) / ENCODER))
    attached(tmp_path)
    assert bare_graph(tmp_path / ENCODER) == before
    assert onnx.load(str(tmp_path / ENCODER)) != before


def test_the_judge_is_kept_beside_the_graph(tmp_path: Path) -> None:
    attached(encoder(tmp_path))
    with np.load(tmp_path / FILE) as arrays:
        kept = {name: arrays[name].dtype for name in Network.__slots__}
    large = [name for name in kept if name.startswith("rank")]
    assert kept == {name: np.int8 if name in large else np.float16 for name in kept}
    found = Network.load(tmp_path / FILE)
    for name in Network.__slots__:
        one, other = getattr(found, name), getattr(NETWORK, name)
        assert np.abs(one - other).max() <= np.abs(other).max() / 127 * (name in large)


def test_what_is_run_has_no_name(tmp_path: Path) -> None:
    model = onnx.load(str(encoder(tmp_path) / ENCODER))
    for node in model.graph.node:
        node.name = f"some {node.op_type}"
    onnx.save(model, str(tmp_path / ENCODER))
    attached(tmp_path)
    nodes = onnx.load(str(tmp_path / ENCODER)).graph.node
    assert {node.name[: len(SEEN)] for node in nodes} == {"", SEEN}


@pytest.mark.parametrize("many", [1, 40, 400])
def test_each_token_has_its_states_at_the_layers_asked_for(
    tmp_path: Path, vocabulary: Path, many: int
) -> None:
    attached(encoder(tmp_path))
    text = "Ida said. " * many
    model = Model("tiny", "tiny-1", vocabulary.parent, ())
    found, other = states(model, [text, "the"], (1, 0))
    tokens = Tokenizer(vocabulary).encode(text)
    assert found.starts.tolist() == tokens.starts.tolist()
    assert found.ends.tolist() == tokens.ends.tolist()
    ids = tokens.slice(0, len(tokens))[0]
    assert [x.dtype for x in found.layers] == [np.float16, np.float16]
    assert (found.layers[1] == ids[:, None]).all()
    assert (found.layers[0] == 2 * ids[:, None]).all()
    assert [x.shape for x in other.layers] == [(1, WIDE), (1, WIDE)]
