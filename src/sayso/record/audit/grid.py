"""A table of an audit as wide as a terminal: no number is cut, and no word without a sign."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sayso.formats.plain import one_line

if TYPE_CHECKING:
    from rich.console import RenderableType

_CELL = 200
_HEAD = 40
_PROSE = 16
"""Columns of a terminal that a cell of words has at least."""
_WORD = 24
"""... and that a word has, an id say; a longer one goes on below."""
_NARROWEST, _WIDEST = 40, 140
_EDGES = 2
_HYPHENED = {
    "articles": "arti- cles",
    "indirect": "in- direct",
    "refusals": "refu- sals",
    "statements": "state- ments",
    "unnamed": "un- named",
}
"""Heads that are wider than what stands below them, where room is scarce."""


class Section:
    """One table of the audit: its title, what it tells, the names of its columns and its rows.

    The first `words` columns hold words, the others numbers; a tuple is of lines. `spare` names
    the columns to do without where there is no room, the least important first.
    """

    def __init__(
        self,
        title: str,
        told: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        words: int,
        spare: Sequence[str] = (),
    ) -> None:
        self.title = title
        self.told = told
        self.columns = [column.replace("_", " ") for column in columns]
        self.rows = [tuple(row) for row in rows]
        self.words = words
        self.spare = [column.replace("_", " ") for column in spare]


def grid(section: Section, width: int) -> "list[RenderableType]":
    """The table, as roomy as it can be, and what it had to leave out."""
    from rich.text import Text

    width = min(max(width, _NARROWEST), _WIDEST)
    kept = list(range(len(section.columns)))
    layouts = (_Layout(section, gap=3, tight=False), _Layout(section, gap=2, tight=True))
    layout = next((each for each in layouts if each.least(kept) <= width), layouts[-1])
    left_out = []
    for name in section.spare:
        if layout.least(kept) > width:
            kept.remove(section.columns.index(name))
            left_out.append(name)
    table = layout.table(kept, width)
    if not left_out:
        return [table]
    told = f"Not shown, for want of room: {', '.join(left_out)}. --format csv has all."
    return [table, Text(told, style="dim")]


class _Layout:
    """How wide each column has to be, with heads whole or broken at hyphens."""

    def __init__(self, section: Section, *, gap: int, tight: bool) -> None:
        self._section = section
        self._gap = gap
        self._heads = [
            _head(column, tight=tight and self._is_number(n))
            for n, column in enumerate(section.columns)
        ]
        self._cells = [[cell(row[n]) for row in section.rows] for n in range(len(self._heads))]

    def least(self, kept: Sequence[int]) -> int:
        """What a table of these columns needs."""
        return _EDGES + self._gap * (len(kept) - 1) + sum(map(self._least, kept))

    def _is_number(self, column: int) -> bool:
        return column >= self._section.words

    def _least(self, column: int) -> int:
        head = _widest(word for line in self._heads[column] for word in line.split())
        cells = [line for each in self._cells[column] for line in each.splitlines()]
        if self._is_number(column):
            return max(_widest(self._heads[column]), _widest(cells))
        words = _widest(word for line in cells for word in line.split())
        return max(min(head, _WORD), min(_PROSE, _widest(cells)), min(_WORD, words))

    def _wanted(self, column: int) -> int:
        lines = (line for each in self._cells[column] for line in each.splitlines())
        return max(self._least(column), _widest(lines), _widest(self._heads[column]))

    def _widths(self, kept: Sequence[int], width: int) -> list[int]:
        """What each needs, and of what is left a share for those that could do with more."""
        room = max(width - self.least(kept), 0)
        wanted = [self._wanted(n) - self._least(n) for n in kept]
        whole = max(sum(wanted), 1)
        given = wanted if whole <= room else [room * each // whole for each in wanted]
        return [self._least(n) + more for n, more in zip(kept, given, strict=True)]

    def table(self, kept: Sequence[int], width: int) -> "RenderableType":
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(
            box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1) if self._gap == 3 else (0, 1, 0, 0)
        )
        for number, wide in zip(kept, self._widths(kept, width), strict=True):
            table.add_column(
                Text("\n".join(self._heads[number])),
                justify="right" if self._is_number(number) else "left",
                vertical="top",
                overflow="fold",
                width=wide,
            )
        for row in range(len(self._section.rows)):
            table.add_row(*(Text(self._cells[number][row]) for number in kept))
        return table


def _head(column: str, *, tight: bool) -> list[str]:
    """The lines of a column's head."""
    shown = one_line(column, _HEAD)
    return _HYPHENED.get(shown, shown).split() if tight else [shown]


def _widest(lines: Any) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, lines), default=0)


def cell(value: Any) -> str:
    """A value of a row to be shown."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(map(cell, value))
    return f"{value:,}" if isinstance(value, int) else one_line(str(value), _CELL)
