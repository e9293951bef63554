import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.errors import ModelError
from sayso.reader import models
from sayso.reader.confidence import WEIGHTS
from sayso.reader.encoder import OnnxEncoder

CONFIG = {"model": "tiny-7", "calibration": [0.0] * len(WEIGHTS)}
Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a model's settings into a folder of weights of its own."""
    monkeypatch.setattr(models, "_WEIGHTS", tmp_path)
    monkeypatch.delenv(models.VARIABLE, raising=False)

    def put(name: str, config: object = CONFIG) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        text = config if isinstance(config, str) else json.dumps(config)
        (folder / "config.json").write_text(text, encoding="utf-8")
        return folder

    return put


def test_the_default_model_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(models.VARIABLE, raising=False)
    assert models.model().name == models.DEFAULT == "en"
    assert models.default_model() == models.model(models.DEFAULT).id


def test_a_model_has_the_settings_of_its_folder(install: Install) -> None:
    folder = install("tiny")
    assert models.model("tiny") == models.Model("tiny", "tiny-7", folder, (0.0,) * len(WEIGHTS))


def test_names_are_the_folders_with_settings(install: Install, tmp_path: Path) -> None:
    install("two")
    install("one")
    (tmp_path / "notes").mkdir()
    assert models.names() == ["one", "two"]


def test_the_environment_names_a_model(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    install(models.DEFAULT, CONFIG | {"model": "large-1"})
    install("tiny")
    monkeypatch.setenv(models.VARIABLE, "tiny")
    assert models.default_model() == "tiny-7"
    assert models.model(models.DEFAULT).id == "large-1"
    monkeypatch.setenv(models.VARIABLE, "")
    assert models.default_model() == "large-1"


def test_both_models_are_installed() -> None:
    assert models.names() == ["en", "en-fast"]


@pytest.mark.parametrize(("name", "most"), [("en", 95_000_000), ("en-fast", 25_000_000)])
def test_the_weights_stay_within_what_was_promised(name: str, most: int) -> None:
    assert sum(path.stat().st_size for path in models.model(name).folder.iterdir()) <= most


@pytest.mark.parametrize("name", ["large", "../one", "one/", "ONE"])
def test_an_unknown_name_is_told_with_the_ones_there_are(install: Install, name: str) -> None:
    install("one")
    install("two")
    with pytest.raises(ModelError, match=r"no model '.*'; choose one of: one, two$") as caught:
        models.model(name)
    assert repr(name) in caught.value.message


@pytest.mark.parametrize(
    "config",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"model": "tiny-7", "calibration": 1}',
        '{"model": "tiny-7", "calibration": [0.5]}',
    ],
)
def test_damaged_settings_are_an_error_that_names_the_folder(install: Install, config: str) -> None:
    install("tiny", config)
    with pytest.raises(
        ModelError, match=r"tiny is (damaged|of another version) \(.*install sayso again"
    ):
        models.model("tiny")


@pytest.mark.parametrize("graph", [None, b"", b"\x00not a graph"])
def test_damaged_weights_are_an_error_that_names_the_folder(
    install: Install, graph: bytes | None
) -> None:
    folder = install("tiny")
    if graph is not None:
        (folder / "encoder.onnx").write_bytes(graph)
    with pytest.raises(ModelError, match=r"tiny can't be loaded \((.|\n)*install sayso again"):
        OnnxEncoder(folder)
