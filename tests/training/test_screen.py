"""The table of small runs, where torch is there."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("safetensors")

from training.augment import CHANGES
from training.batches import TIMES
from training.screen import CURVE, FIGURES, SEEDS, STEPS, TOKENS, table, trials

NAMES = [name for name, _, _ in FIGURES]


def row(name: str, value: float) -> dict[str, Any]:
    return {"name": name, "seed": 1} | dict.fromkeys(NAMES, value)


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        ([0.5], "0.500"),
        ([0.5, 0.5], "0.500 ± 0.000"),
        ([0.6, 0.7, 0.8], "0.700 ± 0.100"),
        ([0.70, 0.72], "0.710 ± 0.014"),
    ],
)
def test_the_table_has_means_and_deviations(values: list[float], cell: str) -> None:
    lines = table([row("whole", value) for value in values]).splitlines()
    assert lines[-1] == f"| whole | {' | '.join([cell] * len(NAMES))} |"
    assert lines[0].count("|") == lines[1].count("|") == lines[2].count("|")


def test_ideas_stand_in_their_order_whatever_their_seeds() -> None:
    rows = [row("b", 0.1), row("a", 0.2), row("b", 0.3), row("a", 0.4)]
    names = [line.split(" | ")[0] for line in table(rows).splitlines()[2:]]
    assert names == ["| b", "| a"]


def test_each_trial_has_a_run_of_its_own(tmp_path: Path) -> None:
    made = trials(tmp_path, tmp_path / "out", ())
    assert len({t.settings.run for t in made}) == len(made)
    assert {t.settings.seed for t in made} == set(SEEDS)
    assert not any(t.settings.teachers for t in made)


def test_each_part_is_left_out_once(tmp_path: Path) -> None:
    made = trials(tmp_path, tmp_path / "out", ())
    left = [t.settings.mix.without for t in made if t.name.startswith("without-")]
    assert {"bbc", "unlabelled", "augment", "delete_cue"} <= {name for w in left for name in w}
    assert all(len(w) == 1 for w in left)
    known = {*TIMES, "augment", *(change.__name__ for _, change in CHANGES)}
    assert {name for w in left for name in w} <= known  # another would leave out nothing


def test_the_curve_has_every_share_once_a_seed(tmp_path: Path) -> None:
    made = trials(tmp_path, tmp_path / "out", ())
    curve = [t.settings for t in made if t.name == "whole" or t.name.startswith("share-")]
    assert Counter(s.mix.share for s in curve) == dict.fromkeys(CURVE, len(SEEDS))


def test_all_take_as_many_steps(tmp_path: Path) -> None:
    made = trials(tmp_path, tmp_path / "out", (tmp_path / "t",))
    assert {(t.settings.steps, t.settings.tokens) for t in made} == {(STEPS, TOKENS)}


def test_teachers_are_tried_where_there_are_any(tmp_path: Path) -> None:
    made = trials(tmp_path, tmp_path / "out", (tmp_path / "t",))
    taught = {t.name: t.settings.mix.without for t in made if t.settings.teachers}
    assert taught == {"teachers": frozenset(), "teachers-without-unlabelled": {"unlabelled"}}
