import json
from pathlib import Path
from typing import Any

import pytest
from training.evaluate import LAYERS, ROWS, TYPES, table
from training.gate import GateError, below, check, data_hash, figures, raised, update

from training import gate


def scores(value: float) -> dict[str, Any]:
    """What the scorers say, every figure the same."""
    f1 = {"f1": value}
    spans = dict.fromkeys(ROWS, f1) | {"recall by type": {t: {"content": value} for t in TYPES}}
    who = dict.fromkeys(LAYERS, f1) | {
        f"{name} accuracy": value for name in ("speaker", "kind", "said")
    }
    return {"polnear": spans, "who bbc": who, "checklist": {"all": value}}


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder shaped as ../shared, with next to nothing in it."""
    for name in ("data/polnear/dev.jsonl", "data/checklist.jsonl", "score/score.py"):
        path = tmp_path / "shared" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path / "shared"


@pytest.fixture
def reach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """Lets every figure of any model be `reach["value"]`; the floors are kept apart."""
    reached = {"value": 0.8}
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "evaluate", lambda read, shared, out: scores(reached["value"]))
    return reached


def floors() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = json.loads(gate.FLOORS.read_text(encoding="utf-8"))[
        "floors"
    ]
    return found


def test_figures_are_flat() -> None:
    found = figures(scores(0.7))
    assert set(found.values()) == {0.7}
    assert {
        "polnear: content partial",
        "polnear: recall indirect",
        "who bbc: speakers",
        "who bbc: refusals",
        "checklist",
    } <= set(found)
    assert len(found) == len(ROWS) + len(TYPES) + len(LAYERS) + 2


def test_a_layer_that_a_set_lacks_is_no_figure() -> None:
    lacking = scores(0.7)
    lacking["who bbc"] = {"speaker accuracy": 0.7}
    assert "who bbc: refusals" not in figures(lacking)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"a": 0.8}, []),
        ({"a": 0.9}, []),
        ({"a": 0.8 - gate.NOISE / 2}, []),
        ({"a": 0.7}, ["a: 0.7000, floor 0.8000"]),
        ({}, ["a: 0.0000, floor 0.8000"]),
        ({"a": 0.8, "b": 0.1}, []),
    ],
)
def test_below(found: dict[str, float], expected: list[str]) -> None:
    assert below(found, {"a": 0.8}) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"a": 0.9}, {"a": 0.9}),
        ({"a": 0.7}, {"a": 0.8}),
        ({"a": 0.7, "b": 0.5}, {"a": 0.8, "b": 0.5}),
        ({"b": 0.5}, {"a": 0.8, "b": 0.5}),
        ({}, {"a": 0.8}),
    ],
)
def test_floors_are_never_lowered(found: dict[str, float], expected: dict[str, float]) -> None:
    assert raised(found, {"a": 0.8}) == expected


def test_a_model_that_keeps_its_floors_passes(shared: Path, reach: dict[str, float]) -> None:
    update(shared, "en-fast")
    found, under = check(shared, "en-fast")
    assert set(found.values()) == {0.8}
    assert under == []


def test_a_worse_model_is_told_by_each_figure(shared: Path, reach: dict[str, float]) -> None:
    update(shared, "en-fast")
    reach["value"] = 0.7
    found, under = check(shared, "en-fast")
    assert len(under) == len(found)


def test_an_update_raises_and_never_lowers(shared: Path, reach: dict[str, float]) -> None:
    for value, floor in ((0.8, 0.8), (0.7, 0.8), (0.9, 0.9)):
        reach["value"] = value
        update(shared, "en-fast")
        assert set(floors()["en-fast"].values()) == {floor}


def test_other_data_is_said_and_not_compared(shared: Path, reach: dict[str, float]) -> None:
    update(shared, "en-fast")
    (shared / "data/checklist.jsonl").write_text("other", encoding="utf-8")
    with pytest.raises(GateError, match="made on other data"):
        check(shared, "en-fast")


def test_floors_of_other_data_start_anew(shared: Path, reach: dict[str, float]) -> None:
    update(shared, "en-fast")
    (shared / "score/score.py").write_text("other", encoding="utf-8")
    reach["value"] = 0.7
    update(shared, "en-fast")
    assert set(floors()["en-fast"].values()) == {0.7}


def test_a_model_without_floors_does_not_pass(shared: Path, reach: dict[str, float]) -> None:
    update(shared, "en-fast")
    floors_of = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    floors_of["floors"] = {"en": floors_of["floors"]["en-fast"]}
    gate.FLOORS.write_text(json.dumps(floors_of), encoding="utf-8")
    with pytest.raises(GateError, match="no floors are pinned for 'en-fast'"):
        check(shared, "en-fast")


def test_the_hash_is_of_what_is_scored_and_how(shared: Path) -> None:
    first = data_hash(shared)
    assert data_hash(shared) == first
    (shared / "notes.txt").write_text("nothing to do with it", encoding="utf-8")
    assert data_hash(shared) == first
    (shared / "data/polnear/dev.jsonl").write_text("changed", encoding="utf-8")
    assert data_hash(shared) != first


def test_the_table_has_a_row_for_each_set() -> None:
    lines = table(scores(0.5)).splitlines()
    assert "| polnear | 0.500 | 0.500 | 0.500 | 0.500 | 0.500 / 0.500 / 0.500 |" in lines
    assert any(line.startswith("| bbc | 0.500") for line in lines)
    assert lines[-1] == "Checklist: 40 of 80 cases."
