"""The README's examples run, and say what it says that they say."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CARD = (ROOT / "src/sayso/reader/weights/MODEL_CARD.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


def steps() -> list[tuple[str, str]]:
    """Each command of the console blocks with what it prints."""
    found = [step for block in blocks("console") for step in block.split("$ ")[1:]]
    return [(first, rest) for first, _, rest in (step.partition("\n") for step in found)]


@pytest.mark.skipif(sys.platform == "win32", reason="the console examples are for a POSIX shell")
def test_the_console_examples(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(blocks("text")[0], encoding="utf-8")
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    for command, expected in steps():
        done = subprocess.run(  # noqa: S602 (the README's own words)
            command,
            shell=True,
            cwd=tmp_path,
            env={"PATH": path, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.stdout == expected, command


def test_the_python_examples() -> None:
    parsed = doctest.DocTestParser().get_doctest(
        "\n".join(blocks("pycon")), {}, "README", "README.md", 0
    )
    runner = doctest.DocTestRunner()
    runner.run(parsed)
    assert runner.tries > 5
    assert runner.failures == 0


def test_the_readme_and_the_model_card_have_the_same_figures() -> None:
    table, same = (
        re.findall(r"<!-- accuracy:begin -->\n(.+?)\n<!-- accuracy:end -->", document, re.S)
        for document in (README, CARD)
    )
    assert table == same
    assert len(table) == 1
