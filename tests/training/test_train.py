"""Runs of a few steps, where torch is there."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
safetensors = pytest.importorskip("safetensors.torch")

import training.base  # noqa: E402
from training.batches import Mix  # noqa: E402
from training.model import Encoder, Shape  # noqa: E402
from training.quantised import Linear  # noqa: E402
from training.train import Run, Settings, load  # noqa: E402

TINY = Shape(
    hidden=16, layers=3, heads=2, inner=32, positions=400, head_layers=1, head_heads=2, reach=20
)


@pytest.fixture
def bases(tmp_path: Path, vocabulary: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a tiny base in it, as one that has been unpacked."""
    folder = tmp_path / "bases"
    folder.mkdir()
    words = vocabulary.read_text(encoding="utf-8")
    (folder / "tiny.txt").write_text(words, encoding="utf-8")
    torch.manual_seed(1)
    weights = Encoder(replace(TINY, vocab=len(words.split("\n")) - 1)).state_dict()
    known = ("words", "norm", "places", "layers")
    kept = {name: value for name, value in weights.items() if name.startswith(known)}
    safetensors.save_file(kept, folder / "tiny.safetensors")
    monkeypatch.setitem(training.base.SHAPES, "tiny", TINY)
    return folder


@pytest.fixture
def settings(newsroom: Path, tmp_path: Path) -> Settings:
    mix = Mix(newsroom, newsroom / "own", without=frozenset({"bbc", "fiction", "own"}))
    return Settings(
        mix, "tiny", tmp_path / "run", layers=(0, 2), epochs=3.5, tokens=420, head_width=8
    )


def steps(run: Run, monkeypatch: pytest.MonkeyPatch, last: int) -> None:
    """Trains until that many steps are done, when the run is cut off."""
    learn = run._learn

    def cut(batch: Any) -> None:
        if run.step == last:
            raise KeyboardInterrupt
        learn(batch)

    monkeypatch.setattr(run, "_learn", cut)
    with pytest.raises(KeyboardInterrupt):
        run.train()


def test_steps_may_be_counted_in_place_of_epochs(
    bases: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(replace(settings, steps=11), bases)
    run.train()
    assert (run.step, run.total) == (11, 11)


@pytest.mark.parametrize("last", [1, 9])
def test_a_run_that_was_cut_off_goes_on(
    bases: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    whole = Run(replace(settings, run=settings.run / "whole"), bases)
    whole.train()
    eager = replace(settings, save_every=-1)
    cut = Run(eager, bases)
    steps(cut, monkeypatch, last)
    again = Run(eager, bases)
    assert again.step == last
    assert all(torch.equal(v, cut.average.weights[k]) for k, v in again.average.weights.items())
    again.train()
    assert (again.step, again.total) == (whole.step, whole.total)
    assert again.step > again.size > 1  # into the second epoch
    ended = Run(eager, bases)
    ended.train()
    assert ended.step == whole.step


def test_a_run_can_be_read_with(bases: Path, settings: Settings) -> None:
    run = Run(settings, bases)
    run.train()
    net = load(settings.run, bases)
    assert not net.training
    found = dict(net.named_parameters())
    assert all(torch.equal(found[k], v) for k, v in run.average.weights.items())
    assert torch.equal(found["encoder.words.weight"], run.net.encoder.words.weight)
    assert "encoder.words.weight" not in torch.load(run.weights)


def test_a_run_whose_weights_are_not_whole_is_not_read_with(
    bases: Path, settings: Settings
) -> None:
    run = Run(settings, bases)
    run.train()
    weights = torch.load(run.weights)
    torch.save({k: v for k, v in weights.items() if "layers.1" not in k}, run.weights)
    with pytest.raises(RuntimeError, match=r"Missing key.*encoder\.layers\.1"):
        load(settings.run, bases)


def test_the_same_seed_makes_the_same_weights(bases: Path, settings: Settings) -> None:
    runs = [Run(replace(settings, run=settings.run / name), bases) for name in "ab"]
    other = Run(replace(settings, run=settings.run / "c", seed=2), bases)
    first, second, third = (run.net.roles.main.weight for run in (*runs, other))
    assert torch.equal(first, second)
    assert not torch.equal(first, third)


def test_it_learns_all_but_the_words(bases: Path, settings: Settings) -> None:
    run = Run(settings, bases)
    before = {k: v.clone() for k, v in run.net.state_dict().items()}
    run.train()
    same = {k for k, v in run.net.state_dict().items() if torch.equal(v, before[k])}
    assert same == {"encoder.words.weight"}


def qkv(weights: Any, prefix: str = "") -> list[Any]:
    names = [f"{prefix}layers.{n}.qkv.weight" for n in range(3)]
    return [weights[name] for name in names if name in weights]


@pytest.mark.parametrize("layers", [(0, 1, 2), (0, 2), (2,), (2, 0), (1, 1)])
def test_a_network_has_the_bases_layers_that_were_asked_for(
    bases: Path, settings: Settings, layers: tuple[int, ...]
) -> None:
    run = Run(replace(settings, layers=layers), bases)
    assert run.net.shape.layers == len(layers)
    start = qkv(training.base.base("tiny", bases).weights)
    found = qkv(run.net.state_dict(), "encoder.")
    assert len(found) == len(layers)
    assert all(torch.equal(x, start[n]) for x, n in zip(found, layers, strict=True))


def test_runs_teach_another(
    bases: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = Run(settings, bases)
    teacher.train()
    small = replace(settings, run=settings.run / "small", layers=(0,))
    pupil = Run(replace(small, teachers=(settings.run, settings.run)), bases)
    steps(pupil, monkeypatch, 1)
    alone = Run(replace(small, run=settings.run / "alone"), bases)
    steps(alone, monkeypatch, 1)
    weights = (run.optimiser.state_dict()["state"][0]["exp_avg"] for run in (pupil, alone))
    assert not torch.allclose(*weights)
    assert pupil.teachers is not None
    assert all(
        torch.equal(v, teacher.average.weights[k])
        for net in pupil.teachers.nets
        for k, v in net.named_parameters()
        if k in teacher.average.weights
    )


@pytest.mark.parametrize(("last", "expected"), [(0.0, False), (1.0, True)])
def test_the_last_part_is_reckoned_in_int8(
    bases: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    last: float,
    expected: bool,
) -> None:
    run = Run(replace(settings, rounding=last), bases)
    steps(run, monkeypatch, 1)
    layers = [m for m in run.net.modules() if isinstance(m, Linear)]
    assert {m.rounding for m in layers} == {expected}


def test_what_it_learns_is_logged(
    bases: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(replace(settings, epochs=8), bases)
    run.train()
    lines = (settings.run / "log.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    assert [line["step"] for line in told] == list(range(20, run.total + 1, 20))
    assert told
    assert run.mean.pop("kind") == 0  # which is annotated nowhere
    assert all(0 < value < 10 for value in run.mean.values())
    assert "batches an epoch" in capsys.readouterr().out
