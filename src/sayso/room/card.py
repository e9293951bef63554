"""The model card's figures, as tables for a page: the card is the one place where they stand."""

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from sayso.reader import models

_ACCURACY = "<!-- accuracy {0}:begin -->(.*?)<!-- accuracy {0}:end -->"


class Table(NamedTuple):
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Figures(NamedTuple):
    """How good a model is on sets that it has not learned from; `told` are lines below."""

    name: str
    id: str
    tables: tuple[Table, ...]
    told: tuple[str, ...]


@cache
def figures() -> tuple[Figures, ...]:
    """Of each installed model, as its card has them."""
    card = files("sayso.reader").joinpath("weights", "MODEL_CARD.md").read_text(encoding="utf-8")
    return tuple(_figures(name, card) for name in models.names())


def _figures(name: str, card: str) -> Figures:
    found = re.search(_ACCURACY.format(re.escape(name)), card, re.DOTALL)
    blocks = [] if found is None else [b for b in found[1].strip().split("\n\n") if b.strip()]
    return Figures(
        name,
        models.model(name).id,
        tuple(_table(block) for block in blocks if block.startswith("|")),
        tuple(block.strip() for block in blocks if not block.startswith("|")),
    )


def _table(block: str) -> Table:
    head, _, *rows = (tuple(_cells(line)) for line in block.splitlines())
    return Table(head, tuple(rows))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
