"""The documents' examples run and say what it says that they say; their links lead somewhere."""

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import numpy as np
import pytest

import sayso
from sayso.cli import app
from sayso.cli.read import command
from sayso.formats.csv import COLUMNS
from sayso.formats.selection import PROPERTIES
from sayso.intake.sources import READ_FROM_FOLDERS
from sayso.reader import anchors, assemble, windows
from sayso.reader.encoder import OnnxEncoder
from sayso.reader.models import VARIABLE, model, names
from sayso.reader.tokens import FEATURES

ROOT = Path(__file__).parents[1]
RECORD = ("docs/record.md", "docs/record/asking.md", "docs/record/people.md")
CARD = "src/sayso/reader/weights/MODEL_CARD.md"
TOP = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", CARD)
DOCUMENTS = (*TOP, *sorted(p.relative_to(ROOT).as_posix() for p in ROOT.glob("docs/**/*.md")))


def text(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def blocks(document: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text(document), re.S)


def steps(document: str) -> list[tuple[str, str]]:
    """Each command of the console blocks with what it prints."""
    found = [step for block in blocks(document, "console") for step in block.split("$ ")[1:]]
    return [(first, rest) for first, _, rest in (step.partition("\n") for step in found)]


def run(*arguments: str, folder: Path) -> str:
    """What Python prints on standard output."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the console examples are for a POSIX shell")
@pytest.mark.parametrize("document", ["README.md", "docs/command-line.md", *RECORD])
def test_the_console_examples(document: str, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(blocks("README.md", "text")[0], encoding="utf-8")
    shutil.copy(ROOT / "src/sayso/demo/reports.jsonl", tmp_path)
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    assert steps(document)
    for step, expected in steps(document):
        done = subprocess.run(  # noqa: S602 (the document's own words)
            step,
            shell=True,
            cwd=tmp_path,
            env={"PATH": path, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.stdout == expected, step


@pytest.mark.parametrize("document", ["README.md", "docs/python.md"])
def test_the_python_examples(document: str) -> None:
    parsed = doctest.DocTestParser().get_doctest(
        "\n".join(blocks(document, "pycon")), {}, document, document, 0
    )
    runner = doctest.DocTestRunner()
    runner.run(parsed)
    assert runner.tries > 5
    assert runner.failures == 0


def test_the_script_that_reads_in_processes(tmp_path: Path) -> None:
    (script,) = blocks("docs/python.md", "python")
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    assert run("script.py", folder=tmp_path) == "pool Nora Kettle\npump Nora Kettle\n"


def test_the_script_that_keeps_a_record(tmp_path: Path) -> None:
    (script,) = blocks("docs/record.md", "python")
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    assert run("script.py", folder=tmp_path) == "new The Lantern\n"


def nearly(record: dict[str, Any]) -> dict[str, Any]:
    """The record, with any confidence that is near its own equal to it."""
    if "confidence" not in record:
        return record
    return record | {"confidence": pytest.approx(record["confidence"], abs=0.05)}


def test_the_examples_of_the_contract(tmp_path: Path) -> None:
    record, *expected = blocks("docs/contract.md", "json")
    line = json.dumps(json.loads(record), ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    printed = run("-m", "sayso", "read", "a.jsonl", "gone.txt", "--quiet", folder=tmp_path)
    found = [json.loads(line) for line in printed.splitlines()]
    assert found == [json.loads(block, object_hook=nearly) for block in expected]


@pytest.mark.parametrize("name", names())
def test_the_reach_in_the_contract_is_that_of_the_network(name: str) -> None:
    encoder = OnnxEncoder(model(name).folder)
    encoded = encoder.encode(np.arange(200), np.zeros((200, len(FEATURES)), np.int64))
    labels = encoder.label(encoded, np.array([100]), np.array([101])).main.shape[1]
    assert f"within about {labels // 2} tokens" in text("docs/contract.md")


def test_the_limits_in_the_contract() -> None:
    limits = text("docs/contract.md").rpartition("## What is promised")[2]
    assert f"{assemble.LONGEST:,} tokens" in limits
    assert f"at most {windows.LIMIT} tokens, gives at most {anchors.MOST} statements" in limits


@pytest.mark.parametrize(
    "name",
    [
        *(o for p in command.params if isinstance(p, click.Option) for o in p.opts),
        *("-h", "--help", VARIABLE),
        *PROPERTIES,
        *COLUMNS,
        *sorted(READ_FROM_FOLDERS),
    ],
)
def test_the_command_line_is_told(name: str) -> None:
    assert re.search(rf"`{re.escape(name)}(?: [A-Z-]+)?`", text("docs/command-line.md"))


def options(group: click.Group) -> set[str]:
    """All options of the commands of a group, as they are typed."""
    found: set[str] = set()
    for verb in group.commands.values():
        if isinstance(verb, click.Group):
            found |= options(verb)
        found |= {o for p in verb.params if isinstance(p, click.Option) for o in p.opts}
    return found


@pytest.mark.parametrize("name", sorted(options(app)))
def test_every_option_is_told(name: str) -> None:
    told = "".join(map(text, ("docs/command-line.md", "docs/room.md", *RECORD)))
    assert re.search(rf"`[^`\n]*{re.escape(name)}\b", told)


@pytest.mark.parametrize("name", sorted(app.commands))
def test_every_verb_is_told(name: str) -> None:
    assert f"| `sayso {name}" in text("docs/command-line.md")
    assert name in text("CHANGELOG.md")


def shape(value: Any) -> Any:
    """A JSON value with the names of its fields alone; of a list, that of its first item."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    if isinstance(value, list):
        return [shape(each) for each in value[:1]]
    return None


def test_the_example_of_a_check(tmp_path: Path) -> None:
    (example,) = blocks("docs/record/asking.md", "json")
    told = "“The bridge is closed,” said Ida Marsh."
    line = {"text": told, "publisher": "Echo", "date": "2026-03-10"}
    (tmp_path / "a.jsonl").write_text(json.dumps(line), encoding="utf-8")
    run("-m", "sayso", "add", "a.jsonl", "--db", "a.db", "--model", "en-fast", folder=tmp_path)
    asked = ("check", "The bridge is closed", "--db", "a.db", "--format", "json")
    answer = json.loads(run("-m", "sayso", *asked, folder=tmp_path))
    assert shape(answer) == shape(json.loads(example))


@pytest.mark.parametrize("name", [n for n in sayso.__all__ if n.endswith(("Error", "Failure"))])
def test_python_is_told(name: str) -> None:
    assert f"`{name}" in text("docs/python.md") or f"## {name}" in text("docs/python.md")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_links_lead_somewhere(document: str) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", text(document))
    near = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    folder = (ROOT / document).parent
    assert [link for link in near if not (folder / link).exists()] == []


def between(marker: str, document: str) -> str:
    begin, end = (f"<!-- {marker}:{side} -->" for side in ("begin", "end"))
    (found,) = re.findall(f"{begin}\n(.+?)\n{end}", text(document), re.S)
    return str(found)


@pytest.mark.parametrize("name", names())
def test_the_readme_has_figures_of_the_model_card(name: str) -> None:
    told, all_of_them = (between(f"accuracy {name}", doc) for doc in ("README.md", CARD))
    assert set(told.splitlines()) <= set(all_of_them.splitlines())


@pytest.mark.parametrize("name", names())
def test_the_model_card_is_of_the_installed_models(name: str) -> None:
    assert f"`{model(name).id}`" in text(CARD)
    assert between(f"parity {name}", CARD)
