"""How many results inputs will give, told beforehand."""

import os
from pathlib import Path

import pytest

from sayso.intake import articles
from sayso.intake.counting import counts

RECORD = '{"text": "The harbour ferry will stay, the mayor of Quenby said on Tuesday."}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "one.txt": "The ferry will stay.",
        "two/page.html": "<html><body><p>The ferry will stay.</p></body></html>",
        "two/three.jsonl": RECORD * 3,
        "two/cut.jsonl": RECORD + RECORD[:-1],
        "two/.hidden.txt": "No.",
        "two/picture.png": "No.",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return tmp_path


@pytest.mark.parametrize(
    "names",
    [["."], ["one.txt", "two"], ["two/*.jsonl"], ["two/three.jsonl", "lost.txt"], ["no*.txt"]],
)
def test_as_many_as_the_articles(names: list[str], folder: Path) -> None:
    inputs = [str(folder / name) for name in names]
    total = sum(number or 0 for number in counts(inputs))
    assert total == len(list(articles(inputs)))
    assert None not in counts(inputs)


@pytest.mark.parametrize("names", [["-"], ["two/picture.png"], ["one.txt", "-"]])
def test_what_can_not_be_told(names: list[str], folder: Path) -> None:
    assert None in counts([name if name == "-" else str(folder / name) for name in names])


def test_an_address_is_one_and_is_not_fetched() -> None:
    assert list(counts(["https://fen.example/bridge"])) == [1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_drained(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    assert list(counts([str(tmp_path / "a.jsonl")])) == [None]
