"""The command run within the test, by a reader without a model."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sayso.cli import run
from tests.cli.fake import FakeReader

posix = pytest.mark.skipif(os.name != "posix", reason="needs devices and signals of POSIX")

STORY = (
    "“The bridge is safe,” said Ida Marsh, the county surveyor, at the town hall on Tuesday.\n\n"
    "She had walked over it every morning for a month. “I would take my own children across "
    "it,” she added.\n"
)


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str


Sayso = Callable[..., Result]


def lines(result: Result) -> list[dict[str, Any]]:
    """What a command that did all it should wrote as JSON Lines."""
    assert result.status == 0, result.err
    return [json.loads(line) for line in result.out.splitlines()]


@pytest.fixture
def sayso(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Sayso:
    """Runs one command and gives its exit status and what it wrote."""
    monkeypatch.setattr("sayso.reader.Reader", FakeReader)
    monkeypatch.delenv("SAYSO_MODEL", raising=False)

    def command(*arguments: str | Path) -> Result:
        status = run([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Result(status, out.decode(), err.decode())

    return command


@pytest.fixture
def nora(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nora Kettle decides."""
    monkeypatch.setenv("SAYSO_WHO", "Nora Kettle")


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A report with two statements."""
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8", newline="")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two good records with half a one between them."""
    path = tmp_path / "corpus.jsonl"
    good = '{"id": %d, "text": "“The bridge is safe,” said Ida Marsh, the county surveyor."}\n'
    path.write_text(good % 1 + '{"id": 2, "te\n' + good % 3, encoding="utf-8", newline="")
    return path
