"""What the lake's room knows of the others."""

import ast
from collections.abc import Iterator
from pathlib import Path

import sayso

SOURCE = Path(sayso.__file__).parent
WORDS = {
    "sayso.record.folding",
    "sayso.record.identity",
    "sayso.record.check.lexicon",
    "sayso.record.check.normal",
    "sayso.record.check.turned",
}
"""Of the record: what makes two words one. None of these knows of a database."""


def imports(room: str) -> Iterator[tuple[str, str]]:
    """Each file of a room, and each module or name that it imports."""
    for path in sorted((SOURCE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path.name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((path.name, f"{node.module}.{alias.name}") for alias in node.names)


def within(name: str, modules: set[str]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def test_it_knows_the_rooms_before_it_and_the_words_of_the_record() -> None:
    known = {"sayso.lake", "sayso.types", "sayso.errors", "sayso.formats", "sayso.__version__"}
    found = [name for _, name in imports("lake") if within(name, {"sayso"})]
    assert [name for name in found if not within(name, known | WORDS)] == []
    assert {word for word in WORDS if any(within(name, {word}) for name in found)} == WORDS


def test_the_record_does_not_know_it() -> None:
    assert [name for _, name in imports("record") if within(name, {"sayso.lake"})] == []


def test_one_file_knows_the_engine() -> None:
    assert {file for file, name in imports("lake") if within(name, {"daft"})} == {"engine.py"}
