"""A table for the terminal: speaker, cue, what was said, and how and when."""

import io
from collections.abc import Iterable, Mapping

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from sayso.formats.plain import (
    circumstances,
    failure_place,
    heading,
    marks,
    one_line,
    runner_up,
    speaker_name,
    tellers,
    where_and_when,
)
from sayso.formats.speakers import Listed, facts, listed, sort
from sayso.types import Failure, Reading, Refusal, Speaker, Statement, joined

_CONTENT = 600
"""Characters of a statement that are shown; the other formats have it whole."""
_NAME = 120
_NARROW = 72
"""Columns below which the cue moves in under the speaker."""


class Table:
    """For each article a heading, a table of its statements, its speakers and its refusals.

    `width` is in columns, of which 40 to 140 are used. `colour` adds ANSI colours; nothing is
    told by colour alone. What could steer a terminal shows as visible signs. With `ids` each
    statement has its own.
    """

    def __init__(self, *, width: int, colour: bool, ids: bool = False) -> None:
        self._width = min(max(width, 40), 140)
        self._colour = colour
        self._ids = ids

    def start(self) -> str:
        return ""

    def result(self, result: Reading | Failure) -> str:
        if isinstance(result, Failure):
            return self.rendered(_failure(result))
        narrow = self._width < _NARROW
        return self.rendered(_reading(result, narrow=narrow, ids=self._ids))

    def end(self) -> str:
        return ""

    def rendered(self, shown: RenderableType) -> str:
        """What rich draws, as text that ends with a blank line."""
        out = io.StringIO()
        console = Console(
            file=out,
            width=self._width,
            force_terminal=self._colour,
            color_system="standard" if self._colour else None,
            no_color=not self._colour,
            legacy_windows=False,
            _environ={},  # TERM=dumb would set a width of its own
        )
        console.print(shown)
        lines = (line.rstrip() for line in out.getvalue().split("\n"))
        return "\n".join(lines).rstrip("\n") + "\n\n"


def _failure(failure: Failure) -> RenderableType:
    place = Text(f"Not read: {failure_place(failure)}", style="bold red")
    return Group(place, Padding(Text(one_line(failure.error.message), style="red"), (0, 0, 0, 2)))


def _reading(reading: Reading, *, narrow: bool, ids: bool) -> RenderableType:
    parts: list[RenderableType] = [Text(heading(reading), style="bold")]
    origin = where_and_when(reading)
    if origin:
        parts.append(Text(" · ".join(origin), style="dim"))
    parts.append(
        _grid(reading, narrow=narrow, ids=ids) if reading.statements else Text("No statements.")
    )
    if speakers := listed(reading):
        parts += [Text("Speakers", style="bold"), _list(speakers)]
    if speakers and reading.refusals:
        parts.append(Text())
    parts += [_refusal(refusal) for refusal in reading.refusals]
    return Group(*parts)


def _grid(reading: Reading, *, narrow: bool, ids: bool) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, leading=1)
    shares = {"Speaker": 22, "Cue": 12, "What was said": 46, "How and when": 20}
    for name, share in shares.items():
        if name != "Cue" or not narrow:
            grid.add_column(name, ratio=share, overflow="fold")
    told_by = tellers(reading)
    for statement in reading.statements:
        who, cue = _speakers(statement), _cue(statement)
        first = [_stacked(who, cue)] if narrow else [who, cue]
        how = _how(statement, told_by)
        told = _stacked(Text(statement.id, style="bold"), how) if ids else how
        grid.add_row(*first, _content(statement), told)
    return grid


def _stacked(*lines: Text) -> Text:
    return Text("\n").join(line for line in lines if line)


def _speakers(statement: Statement) -> Text:
    who = [_speaker(speaker, sort(speaker, _short)) for speaker in statement.speakers]
    nobody = Text("nobody named", style="dim")
    return _stacked(*(who or [nobody]), Text(runner_up(statement), style="magenta"))


def _speaker(speaker: Speaker, told: str) -> Text:
    name = Text(_short(speaker_name(speaker)), style="bold cyan")
    return name.append(f" {told}", style="not bold dim")


def _short(text: str) -> str:
    return one_line(text, _NAME)


def _list(speakers: Iterable[Listed]) -> Grid:
    """A line each; where one is long, it goes on under its name."""
    grid = Grid.grid(padding=(0, 1))
    grid.add_column()
    grid.add_column(overflow="fold")
    for each in speakers:
        grid.add_row(" •", _speaker(each.speaker, facts(each, _short)))
    return grid


def _cue(statement: Statement) -> Text:
    return Text(_short(joined(statement.cue)))


def _content(statement: Statement) -> Text:
    nested = "↳ " if statement.inside is not None else ""
    style = "" if statement.said else "italic"
    return Text(nested + one_line(statement.text, _CONTENT), style=style)


def _how(statement: Statement, told_by: Mapping[str, str]) -> Text:
    found = [_short(mark) for mark in marks(statement, told_by)]
    lines = [Text(statement.type), *(Text(mark, style="magenta") for mark in found)]
    lines += [Text(text, style="dim") for text in circumstances(statement)]
    return _stacked(*lines)


def _refusal(refusal: Refusal) -> RenderableType:
    names = ", ".join(speaker_name(s) for s in refusal.speakers)
    line = Text("No answer: ", style="yellow")
    if names:
        line.append(_short(names), style="bold")
        line.append(", ")
    return line.append(f"{refusal.kind}: {one_line(refusal.span.text, _CONTENT)}")
