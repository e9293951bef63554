"""What a check found, as JSON for programs and as a page of text for people."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sayso.formats.jsonl import json_line
from sayso.formats.plain import one_line, speaker_name
from sayso.record.check.checking import MATCHES, PASSING, Checked, Match
from sayso.record.tellers import according_to
from sayso.record.telling import is_plain

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

_LONG, _LONG_NEAR = 600, 240
_STRETCH = 160
"""Characters of the page for a match, for what is near, and for what is changed in them."""
_NAME = 120
_CUE = 80

SAID = {
    "verbatim": "Printed in these words",
    "abridged": "Printed at greater length",
    "altered": "Printed in other words",
    "reported": "Printed in indirect speech only",
    "none": "Not found",
}
_BY = {
    "same": "by {by}",
    "other": "but not by {by}",
    "unnamed": "but nobody is named who says it",
    "not asked": "",
}


def as_json(checked: Checked) -> str:
    """One line."""
    return json_line(checked.to_dict())


def as_text(checked: Checked, line: int | None = None, *, width: int, colour: bool) -> str:
    """A page of text; `width` in columns. `line` is where a draft has the quotation."""
    from rich.console import Group

    from sayso.record.shown import rendered

    return rendered(Group(*_page(checked, line, colour=colour)), width=width, colour=colour)


def failed(found: Sequence[tuple[Checked, int]]) -> str:
    """The quotations of a draft that don't pass, each on a line with its line there."""
    return "".join(
        f"  line {line:,}, {checked.wording}: “{one_line(checked.quotation, _NAME)}”"
        f"{'' if checked.wording not in PASSING else ', ' + _by(checked)}\n"
        for checked, line in found
        if not checked.passed
    )


def _page(checked: Checked, line: int | None, *, colour: bool) -> Iterator["RenderableType"]:
    from rich.text import Text

    if line is not None:
        by = "nobody named in the draft" if checked.by is None else one_line(checked.by, _NAME)
        yield Text(f"line {line:,} · {by}", style="dim")
    yield Text(f"“{one_line(checked.quotation, _LONG)}”", style="bold")
    yield _verdict(checked)
    if checked.reason:
        yield Text(f"  {checked.reason}", style="magenta")
    for match in checked.matches:
        yield Text()
        yield from _match(match, _LONG, checked.wording, colour=colour)
    if len(checked.matches) == MATCHES:
        yield Text(f"… at least {MATCHES}: those printed first are shown", style="dim")
    if checked.near:
        yield Text("\nNear it:" if checked.matches else "\nThe nearest:", style="bold")
    for match in checked.near:
        yield Text()
        yield from _match(match, _LONG_NEAR, colour=colour)
    yield Text(f"\nLooked for {checked.covers}.", style="dim")


def _verdict(checked: Checked) -> "Text":
    from rich.text import Text

    told = SAID[checked.wording]
    if checked.wording != "none" and checked.by is not None:
        told += f", {_by(checked)}"
    style = "green" if checked.passed else "yellow" if checked.wording == "reported" else "red"
    return Text(f"{checked.wording}: {told}", style=style)


def _by(checked: Checked) -> str:
    by = _BY[checked.speaker].format(by=one_line(checked.by or "", _NAME))
    hearsay = one_line(according_to(checked.according_to), _NAME)
    return f"{by}, {hearsay}" if hearsay else by


def _match(match: Match, most: int, told: str | None = None, *, colour: bool) -> Iterator["Text"]:
    """`told` is the wording above, which is not said again."""
    from rich.text import Text

    finding = match.finding
    yield _marked(match, most, colour=colour)
    who = ", ".join(one_line(speaker_name(s), _NAME) for s in finding.speakers)
    line = Text("  ").append(who or "nobody named", "cyan" if who else "dim")
    wording = f" · {finding.wording}" if told not in (None, finding.wording) else ""
    yield line.append(f"{_told(match)} · {_place(match)}{wording}")
    if finding.reason:
        yield Text(f"  {one_line(finding.reason, _NAME)}", style="magenta")


def _told(match: Match) -> str:
    """How it was said, and whose word it is, where there is something to tell."""
    cue, hearsay = telling_cue(match), one_line(according_to(match.according_to), _NAME)
    return (f", “{cue}”" if cue else "") + (f", {hearsay}" if hearsay else "")


def telling_cue(match: Match) -> str:
    """The cue where it is more than plain saying: "denied", "is understood to have warned"."""
    cue = one_line(match.cue or "", _CUE)
    return "" if is_plain(cue) else cue


def _place(match: Match) -> str:
    source, statement = match.source, match.finding.statement
    parts = [
        source.outlet,
        source.published,
        f"said {statement.date}" if statement is not None and statement.date else None,
        source.article if statement is None else f"{source.article}/{statement.id}",
        "first" if match.first else None,
        "in an older version" if source.superseded else None,
    ]
    return " · ".join(one_line(part, _NAME) for part in parts if part)


def _marked(match: Match, longest: int, *, colour: bool) -> "Text":
    """The words printed; what the quotation lacks in brackets, what it has instead struck out."""
    from rich.text import Text

    shown, told = Text("  "), 0
    for n, difference in enumerate(match.finding.diff):
        if told > longest:
            shown.append(" …", "dim")
            break
        most = longest - told if difference.change == "same" else _STRETCH
        printed = one_line(difference.printed, max(most, _STRETCH))
        quoted = one_line(difference.quoted, max(most, _STRETCH))
        told += len(printed) + len(quoted)
        if n:
            shown.append(" ")
        if difference.change == "same":
            shown.append(printed)
            continue
        if quoted:
            shown.append(quoted if colour else f"[-{quoted}-]", "red strike")
            shown.append(" " if printed else "")
        if printed:
            shown.append(printed if colour else f"[+{printed}+]", "bold green")
    return shown
