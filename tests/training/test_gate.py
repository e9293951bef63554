import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from training.about import Counts
from training.evaluate import LAYERS, ROWS, SETS, SPOKEN, TYPES, evaluate, statements, table
from training.gate import (
    GateError,
    below,
    check,
    compare,
    data_hash,
    figures,
    raised,
    renew,
    update,
)

from sayso import Article, Reading
from tests.cli.fake import FakeReader
from training import gate

VERSION = "en-fast-2"
CASES = "Checklist: 40 of 80 cases. Cases of our own like them: 70 of 140 and 80 of 160."


def scores(value: float) -> dict[str, Any]:
    """What the scorers say, every figure the same."""
    f1 = {"f1": value}
    spans = dict.fromkeys(ROWS, f1) | {"recall by type": {t: {"content": value} for t in TYPES}}
    who = dict.fromkeys(LAYERS, f1) | {
        f"{name} accuracy": value for name in ("speaker", "kind", "said")
    }
    cases = {name: {"all": value} for name in ("checklist", "cases", "later cases")}
    return {"polnear": spans, "who bbc": who} | cases


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
    monkeypatch.setattr(gate, "Reader", FakeReader)
    monkeypatch.setattr(gate, "installed", lambda name: SimpleNamespace(id=f"{name}-2"))
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
        "cases",
        "later cases",
    } <= set(found)
    assert len(found) == len(ROWS) + len(TYPES) + len(LAYERS) + 4


def test_a_layer_that_a_set_lacks_is_no_figure() -> None:
    lacking = scores(0.7)
    lacking["who bbc"] = {"speaker accuracy": 0.7}
    assert "who bbc: refusals" not in figures(lacking)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"about": 0.8}, []),
        ({"about": 0.9}, []),
        ({"about": 0.79}, []),
        ({"about": 0.78}, ["about: 0.7800, floor 0.8000"]),
        ({}, ["about: 0.0000, floor 0.8000"]),
        ({"about": 0.8, "b": 0.1}, []),
    ],
)
def test_below(found: dict[str, float], expected: list[str]) -> None:
    assert below(found, {"about": 0.8}) == expected


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
    reach["value"] = 0.5
    found, under = check(shared, "en-fast")
    told = {line.rpartition(": ")[0] for line in under}
    assert set(found) - told == {"who bbc: refusals"}  # one alone may come out otherwise


def test_an_update_raises_and_never_lowers(shared: Path, reach: dict[str, float]) -> None:
    for value, floor in ((0.8, 0.8), (0.7, 0.8), (0.9, 0.9)):
        reach["value"] = value
        update(shared, "en-fast")
        assert set(floors()[VERSION].values()) == {floor}


def test_a_new_version_has_floors_of_its_own_and_its_losses_are_told(
    shared: Path, reach: dict[str, float], capsys: pytest.CaptureFixture[str]
) -> None:
    update(shared, "en-fast")
    pinned = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    pinned["floors"] = {"en-fast-0": pinned["floors"][VERSION]}
    gate.FLOORS.write_text(json.dumps(pinned), encoding="utf-8")
    reach["value"] = 0.5
    _, under = update(shared, "en-fast")
    assert under == []
    assert set(floors()["en-fast-0"].values()) == {0.8}
    assert set(floors()[VERSION].values()) == {0.5}
    assert f"{VERSION} is lower than en-fast-0 in" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("figure", "others"),
    [
        ("polnear: content exact", "bbc: content exact"),
        ("bbc: content exact", "bbc: recall mixed"),
        ("who who: speakers", "who who: addressee"),
        ("who fiction: addressee", "who fiction: date"),
        ("who who: speakers", "checklist"),
    ],
)
def test_few_statements_make_more_noise(figure: str, others: str) -> None:
    assert 0 < gate.noise(figure) < gate.noise(others)


@pytest.mark.parametrize(
    ("figure", "many"),
    [("who bbc: refusals", 1), ("who wikinews: date", 4), ("bbc: recall direct", 30)],
)
def test_one_of_the_few_may_come_out_otherwise(figure: str, many: int) -> None:
    floor = round((many - 1) / many, 4)
    assert below({figure: round(floor - 1 / many, 4)}, {figure: floor}) == []
    if many > 1:
        assert below({figure: floor - 2 / many}, {figure: floor}) != []


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
    assert set(floors()[VERSION].values()) == {0.7}


def test_a_model_without_floors_does_not_pass(shared: Path, reach: dict[str, float]) -> None:
    update(shared, "en-fast")
    floors_of = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    floors_of["floors"] = {"en-0": floors_of["floors"][VERSION]}
    gate.FLOORS.write_text(json.dumps(floors_of), encoding="utf-8")
    with pytest.raises(GateError, match=f"no floors are pinned for '{VERSION}'"):
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
    assert lines[-1] == CASES


def test_the_table_of_statements_is_part_of_the_whole() -> None:
    few, all_of_them = (
        [line for line in made(scores(0.5)).splitlines() if line] for made in (statements, table)
    )
    assert [line for line in all_of_them if line in few] == few
    assert not any("speakers" in line for line in few)
    assert few[-1] == CASES


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A README and a model card with a place for each of two models."""
    made = [tmp_path / name for name in ("README.md", "MODEL_CARD.md")]
    for path, name in zip(made, ("README", "CARD"), strict=True):
        places = (f"<!-- accuracy {m}:begin -->\n<!-- accuracy {m}:end -->\n" for m in ("a", "b"))
        path.write_text("".join(places), encoding="utf-8")
        monkeypatch.setattr(gate, name, path)
    return made


def test_figures_are_published_where_the_model_has_its_place(
    shared: Path, reach: dict[str, float], documents: list[Path]
) -> None:
    assert renew(shared, "a") == 0
    readme, card = (path.read_text(encoding="utf-8") for path in documents)
    assert "polnear | 0.800" in readme.partition("accuracy a:end")[0]
    assert "speakers" not in readme
    assert "speakers" in card.partition("accuracy a:end")[0]
    assert card.endswith("<!-- accuracy b:begin -->\n<!-- accuracy b:end -->\n")


def test_a_figure_that_fell_is_not_published(
    shared: Path, reach: dict[str, float], documents: list[Path]
) -> None:
    renew(shared, "a")
    reach["value"] = 0.7
    assert renew(shared, "a") == compare(shared, "a") == 1
    assert all("0.700" not in path.read_text(encoding="utf-8") for path in documents)


def test_an_article_of_two_sets_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.evaluate.ORDINARY", tmp_path / "data/ordinary/dev.jsonl")
    for name in {*SETS, *SPOKEN}:
        path = tmp_path / f"data/{name}/dev.jsonl"
        path.parent.mkdir(parents=True)
        path.write_text('{"id": 1, "text": "“It leaks,” Ida said."}\n', encoding="utf-8")
    read: list[Article] = []

    def reading(article: Article) -> Reading:
        read.append(article)
        return Reading("fake-1", article, ())

    monkeypatch.setattr("training.evaluate._run", lambda *arguments: {})
    monkeypatch.setattr("training.about.evaluate", lambda *arguments: Counts())
    (tmp_path / "data/checklist.jsonl").write_text("", encoding="utf-8")
    own = {"cases": (tmp_path / "data/checklist.jsonl", 0)}
    monkeypatch.setattr("training.evaluate.CASES", own)
    evaluate(reading, tmp_path, tmp_path)
    assert len(read) == 1
