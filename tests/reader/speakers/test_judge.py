"""The network that says who is meant, with weights written by hand."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sayso.errors import ModelError
from sayso.reader.speakers.features import WIDTH, Reference
from sayso.reader.speakers.judge import NEW, NOBODY, Network, Options, chosen, log_odds, product
from sayso.reader.speakers.referents import Referent

ADA, ODO = (Referent("Ada"),), (Referent("Odo"),)
SHAPES = {
    "names_rules": (8, 64), "names_out": (64, 9), "names_bias": (9,), "rank_rows": (WIDTH, 3),
    "rank_both": (64, 3), "rank_asking": (64, 3), "rank_meant": (64, 3), "rank_bias": (3,),
    "rank_out": (3,),
}  # fmt: skip


def options(*index: int) -> Options:
    m = len(index)
    return Options(
        parties=[ADA, ODO],
        index=np.array(index),
        rows=np.zeros((m, 2), np.float32),
        asking=np.zeros(64, np.float32),
        meant=np.zeros((m, 64), np.float32),
    )


def network(**set_to: Any) -> Network:
    """All weights nothing but these."""
    zeros = {name: np.zeros(shape, np.float32) for name, shape in SHAPES.items()}
    return Network(**{**zeros, **set_to})


@pytest.mark.parametrize(
    ("index", "shares", "expected"),
    [
        ([0, 1], [0.7, 0.3], (ADA, False, 0.7, ODO)),
        ([0, 1], [0.3, 0.7], (ODO, False, 0.7, ADA)),
        ([0, 1, 1], [0.4, 0.3, 0.3], (ODO, False, 0.6, ADA)),
        ([0, NEW], [0.3, 0.7], ((), True, 0.7, ADA)),
        ([0, NEW], [0.7, 0.3], (ADA, False, 0.7, ())),
        ([0, NOBODY], [0.3, 0.7], ((), False, 0.7, ADA)),
        ([0, NEW, NOBODY], [0.5, 0.2, 0.3], (ADA, False, 0.5, ())),
        ([1], [1.0], (ODO, False, 1.0, ())),
        ([NEW], [1.0], ((), True, 1.0, ())),
    ],
)
def test_the_party_with_most_of_the_probability_is_meant(
    index: list[int], shares: list[float], expected: tuple[Any, ...]
) -> None:
    scores = np.log(np.array(shares, np.float32)) + 7
    found = chosen(options(*index), scores)
    assert (found.party, found.new, pytest.approx(found.probability), found.next) == expected


def test_scores_of_any_size_are_a_probability() -> None:
    found = chosen(options(0, 1), np.array([900.0, -900.0], np.float32))
    assert (found.party, found.probability) == (ADA, 1.0)


def test_the_scores_by_hand() -> None:
    first = np.zeros((64, 3), np.float32)
    first[0] = (1, 0, 0)
    judge = network(
        rank_rows=np.array([[1, 0, 0], [0, 1, 0]], np.float32),
        rank_both=10 * first,
        rank_asking=100 * first,
        rank_meant=1000 * first,
        rank_bias=np.array([0, 0, 0.5], np.float32),
        rank_out=np.array([1, -1, 2], np.float32),
    )
    asked = options(0, 1)
    asked.rows[:] = [[1, 2], [3, -4]]  # what is below nothing counts as nothing
    asked.asking[0] = 2
    asked.meant[:, 0] = [3, 0]
    assert judge.scores(asked).tolist() == [1 + 60 + 200 + 3000 - 2 + 1, 3 + 200 + 1]


def test_the_network_chooses_by_its_scores() -> None:
    judge = network(
        rank_rows=np.array([[1, 0, 0], [0, 0, 0]], np.float32),
        rank_out=np.array([1, 0, 0], np.float32),
    )
    asked = replace(options(0, 1), rows=np.array([[0, 9], [math.log(3), 0]], np.float32))
    found = judge.choose(Reference(form="it", at=0, end=2), asked)
    assert found.party == ODO
    assert found.probability == pytest.approx(0.75)


def test_the_labels_by_hand() -> None:
    rules = np.zeros((8, 64), np.float32)
    rules[1, 0] = 5
    out = np.zeros((64, 9), np.float32)
    out[0] = np.arange(9)
    judge = network(names_rules=rules, names_out=out, names_bias=np.ones(9, np.float32))
    hidden = np.zeros((3, 64), np.float32)
    hidden[:, 0] = (-4, -6, -4)
    told = np.zeros((3, 8), np.float32)
    told[:2, 1] = 1
    assert judge.labels(hidden, told)[:, 8].tolist() == [1 + 8, 1, 1]


def saved(path: Path, **arrays: Any) -> Path:
    np.savez_compressed(path, **arrays)
    return path


def test_the_weights_are_kept_in_half_precision(tmp_path: Path) -> None:
    halves = {name: np.full(shape, 0.5, np.float16) for name, shape in SHAPES.items()}
    found = Network.load(saved(tmp_path / "speakers.npz", **halves))
    for name, shape in SHAPES.items():
        array = getattr(found, name)
        assert (array.dtype, array.shape, array.min(), array.max()) == (np.float32, shape, 0.5, 0.5)


def test_weights_in_whole_numbers_have_a_scale_by_column(tmp_path: Path) -> None:
    arrays: dict[str, Any] = {name: np.zeros(shape) for name, shape in SHAPES.items()}
    shape = SHAPES["rank_rows"]
    scale = np.arange(shape[1], dtype=np.float32)
    arrays |= {"rank_rows": np.full(shape, 2, np.int8), "rank_rows.scale": scale}
    found = Network.load(saved(tmp_path / "speakers.npz", **arrays))
    assert (found.rank_rows == 2 * scale).all()


@pytest.mark.parametrize("many", [0, 1, 7, 2000])
def test_a_product_is_the_same_in_parts(many: int) -> None:
    random = np.random.default_rng(1)
    rows, weights = (random.normal(size=s).astype(np.float32) for s in ((many, 90), (90, 192)))
    found = product(rows, weights)
    assert found.shape == (many, 192)
    assert np.allclose(found, rows @ weights, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("damage", ["gone", "no archive", "spoilt", "lacking", "more", "objects"])
def test_damaged_weights_are_told(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "speakers.npz"
    arrays: dict[str, Any] = {name: np.zeros(shape) for name, shape in SHAPES.items()}
    if damage == "no archive":
        path.write_bytes(b"nothing of the kind")
    elif damage == "spoilt":
        whole = saved(path, **arrays).read_bytes()
        path.write_bytes(whole[:80] + b"?" * 40 + whole[120:])
    elif damage == "lacking":
        saved(path, **{name: array for name, array in arrays.items() if name != "rank_out"})
    elif damage == "more":
        saved(path, **arrays, names_more=np.zeros(1))
    elif damage == "objects":
        saved(path, **{**arrays, "rank_out": np.array([{}], object)})
    with pytest.raises(ModelError, match=r"the weights in .*speakers\.npz can't be loaded"):
        Network.load(path)


def test_weights_for_other_features_are_told(tmp_path: Path) -> None:
    arrays = {name: np.zeros(shape) for name, shape in SHAPES.items()}
    arrays["rank_rows"] = np.zeros((WIDTH + 1, 3))
    with pytest.raises(ModelError, match="are of another version"):
        Network.load(saved(tmp_path / "speakers.npz", **arrays))


@pytest.mark.parametrize(
    ("p", "expected"),
    [(0.5, 0.0), (0.75, math.log(3)), (1.0, math.log(999)), (0.0, -math.log(999))],
)
def test_log_odds_are_bounded(p: float, expected: float) -> None:
    assert log_odds(p) == pytest.approx(expected)
