"""The commands beside `read`, and what starting them costs."""

import json

import pytest

import sayso as package
from tests.cli.conftest import Sayso
from tests.conftest import Python


def test_version_names_the_model(sayso: Sayso, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.reader.models.default_model", lambda: "fake-1")
    result = sayso("--version")
    assert result.out == f"sayso {package.__version__}, model fake-1\n"
    assert result.status == 0


def test_schema(sayso: Sayso) -> None:
    result = sayso("schema")
    assert json.loads(result.out)["title"].startswith("Sayso, contract version 1")
    assert result.status == 0


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help(option: str, sayso: Sayso) -> None:
    result = sayso(option)
    assert result.out.startswith("Usage: sayso")
    assert "sayso read story.txt" in result.out
    assert result.status == 0


def test_a_wrong_command_is_a_usage_error(sayso: Sayso) -> None:
    result = sayso("reed", "story.txt")
    assert result.status == 2
    assert "No such command 'reed'" in result.err


def test_python_m_sayso(python: Python) -> None:
    run = python("-m", "sayso", "--help")
    assert run.returncode == 0
    assert run.stdout.startswith(b"Usage: sayso ")


@pytest.mark.parametrize("argument", ["--help", "--version", "schema"])
def test_light_commands_load_nothing_heavy(argument: str, python: Python) -> None:
    code = (
        f"import sys; from sayso.cli import run; run([{argument!r}]);"
        "print(*sys.modules, file=sys.stderr)"
    )
    loaded = set(python("-c", code).stderr.decode().split())
    assert "sayso.cli" in loaded
    assert loaded.isdisjoint({"onnxruntime", "numpy", "tokenizers", "trafilatura", "rich"})
