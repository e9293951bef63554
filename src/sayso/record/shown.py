"""What was found, for a terminal, for programs (JSON Lines) and for spreadsheets (CSV)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sayso.formats.csv import csv_rows
from sayso.formats.jsonl import json_line
from sayso.formats.plain import count, one_line
from sayso.record import telling
from sayso.record.hits import Hit
from sayso.record.tellers import according_to
from sayso.record.timeline import Saying, Timeline
from sayso.types import joined

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table as Grid
    from rich.text import Text

FORMATS = ("table", "jsonl", "csv")

HIT_COLUMNS = (
    "article", "statement", "type", "said", "denied", "speakers", "kinds", "cue", "content",
    "outlet", "published", "said_on", "url", "title", "superseded", "inside", "confidence",
    "checked", "start", "end", "according_to",
)  # fmt: skip

SAYING_COLUMNS = (
    "day", "known", "said_on", "type", "speakers", "cue", "content", "printed", "outlets",
    "first_outlet", "first_published", "article", "statement", "url", "printed_by",
    "according_to",
)  # fmt: skip

_CONTENT = 600
"""Characters of a content that a table shows; the other formats have it whole."""
_NAME = 120
_OUTLETS = 5
_ID = len("8b4b807fed72011b/s123")
_SHARES = 110
"""What the shares of a table make, with the space between columns."""


def hits(found: Iterable[Hit], name: str, *, width: int = 100, colour: bool = False) -> str:
    """The hits in one of `FORMATS`. `width` (in columns) and `colour` are the table's."""
    if name == "jsonl":
        return "".join(json_line(hit.to_dict()) for hit in found)
    if name == "csv":
        return csv_rows([HIT_COLUMNS]) + csv_rows(map(_hit_cells, found))
    return rendered(_hit_table(found, colour=colour, width=width), width=width, colour=colour)


def timeline(line: Timeline, name: str, *, width: int = 100, colour: bool = False) -> str:
    """The sayings in one of `FORMATS`."""
    if name == "jsonl":
        return "".join(json_line(saying.to_dict()) for saying in line.sayings)
    if name == "csv":
        return csv_rows([SAYING_COLUMNS]) + csv_rows(map(_saying_cells, line.sayings))
    return rendered(_timeline_table(line.sayings, width), width=width, colour=colour)


def rendered(shown: "RenderableType", *, width: int, colour: bool) -> str:
    """What rich draws, as text; without colour there is no escape sequence in it."""
    from sayso.formats.table import Table

    return Table(width=width, colour=colour).rendered(shown)


def grid(shares: Mapping[str, int], width: int) -> "Grid":
    """A table as `sayso read` draws it, its columns as wide as their shares of `width`.

    The last one holds ids and days: however narrow the terminal is, it has room for one.
    """
    from rich import box
    from rich.table import Table as Grid

    made = Grid(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, leading=1)
    *first, last = shares
    for name in first:
        made.add_column(name, ratio=shares[name], overflow="fold")
    made.add_column(last, overflow="fold", width=max(_ID, width * shares[last] // _SHARES))
    return made


# ---- hits


def _hit_table(found: Iterable[Hit], *, colour: bool, width: int) -> "RenderableType":
    table = grid({"Speaker": 22, "What was said": 50, "Where and when": 28}, width)
    empty = True
    for hit in found:
        table.add_row(_who(hit), _content(hit, colour=colour), _where(hit))
        empty = False
    return "Nothing found." if empty else table


def _who(hit: Hit) -> "Text":
    from rich.text import Text

    if not hit.speakers:
        return Text("nobody named", style="dim")
    lines = []
    for voice in hit.speakers:
        name = one_line(voice.name or "the author", _NAME)
        lines.append(Text(name, style="bold cyan").append(f" ({voice.kind})", "not bold dim"))
    return Text("\n").join(lines)


def _content(hit: Hit, *, colour: bool) -> "Text":
    """Whose word it is, the cue, and the content with its marked words: in bold, or between
    asterisks where there is no colour. So what somebody denied, or is only told to have said, does
    not read as what they said."""
    from rich.text import Text

    shown, left = Text().append(_lead(hit), style="italic"), _CONTENT
    for text, is_marked in telling.pieces(hit):
        piece = _tidy(text)[: max(left, 0)]
        left -= len(piece)
        if is_marked and piece:
            shown.append(piece if colour else f"*{piece}*", style="bold yellow")
        else:
            shown.append(piece)
    if left <= 0:
        shown.append(f" … [of {len(hit.text):,} characters]", style="dim")
    return shown


def _lead(hit: Hit) -> str:
    told = one_line(according_to(hit.according_to), _NAME)
    cue = f"{telling.cue(hit.cue)}: " if telling.led_by_cue(hit) else ""
    return (f"{told}, {cue}" if cue else f"{told}: ") if told else cue


def _tidy(text: str) -> str:
    """On one line and harmless, with a space at either end if there was one."""
    inner = one_line(text)
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def _where(hit: Hit) -> "Text":
    from rich.text import Text

    printed = " · ".join(part for part in (hit.outlet, hit.published) if part)
    lines = [hit.id, printed, f"said {hit.said_on}" if hit.said_on else "", *_signs(hit)]
    return Text("\n").join(Text(one_line(line, _NAME)) for line in lines if line)


def _signs(hit: Hit) -> list[str]:
    """What sets a hit apart: a thought, denied, in an old version, checked."""
    told = (
        (not hit.said, "thought, not said"),
        (hit.denied, "denied"),
        (hit.superseded, "in an older version"),
        (hit.checked is not None, f"checked: {hit.checked}"),
    )
    return [sign for holds, sign in told if holds]


def _hit_cells(hit: Hit) -> list[Any]:
    return [
        hit.article, hit.statement, hit.type, hit.said, hit.denied, _names(hit),
        "; ".join(voice.kind for voice in hit.speakers), joined(hit.cue), hit.text, hit.outlet,
        hit.published, hit.said_on, hit.url, hit.title, hit.superseded, hit.inside,
        hit.confidence, hit.checked,
        min((span.start for span in hit.content), default=None),
        max((span.end for span in hit.content), default=None),
        _tellers(hit),
    ]  # fmt: skip


def _tellers(hit: Hit) -> str:
    if hit.according_to is None:
        return ""
    return "; ".join(hit.according_to) or "somebody not named"


def _names(hit: Hit) -> str:
    return "; ".join(voice.name or "" for voice in hit.speakers)


# ---- sayings


def _timeline_table(sayings: Sequence[Saying], width: int) -> "RenderableType":
    if not sayings:
        return "Nothing said."
    table = grid({"Day": 16, "What was said": 54, "Printed": 30}, width)
    for saying in sayings:
        table.add_row(_day(saying), _content(saying.first, colour=True), _printed(saying))
    return table


def _day(saying: Saying) -> "Text":
    from rich.text import Text

    if saying.day is None:
        return Text("day unknown", style="dim")
    day = Text(saying.said_on or saying.day, style="bold")
    return day if saying.known else day.append("\nprinted", style="not bold dim")


def _printed(saying: Saying) -> "Text":
    """The first printing and who else printed it."""
    from rich.text import Text

    first, *others = saying.printings
    lines = [saying.first.id, " · ".join(p for p in (first.outlet, first.published) if p)]
    if saying.printed > 1:
        names = dict.fromkeys(p.outlet for p in others if p.outlet and p.outlet != first.outlet)
        also = ", ".join(one_line(name, _NAME) for name in list(names)[:_OUTLETS])
        told = count(saying.printed, "printing") + f" in {count(saying.outlets, 'outlet')}"
        lines.append(f"{told}: also {also}" if also else told)
    lines += _signs(saying.first)
    return Text("\n").join(Text(one_line(line, 400)) for line in lines if line)


def _saying_cells(saying: Saying) -> list[Any]:
    first = saying.first
    return [
        saying.day, saying.known, saying.said_on, first.type, _names(first), joined(first.cue),
        first.text, saying.printed, saying.outlets, first.outlet, first.published, first.article,
        first.statement, first.url,
        "; ".join(dict.fromkeys(p.outlet for p in saying.printings if p.outlet)),
        _tellers(first),
    ]  # fmt: skip
