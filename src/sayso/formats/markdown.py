"""Markdown for notes: who is quoted, each with what they said."""

import re
from collections.abc import Iterable, Mapping

from sayso.formats.plain import (
    circumstances,
    failure_place,
    heading,
    marks,
    one_line,
    runner_up,
    speaker_name,
    speaker_names,
    tellers,
    where_and_when,
)
from sayso.formats.speakers import Listed, facts, listed
from sayso.types import Failure, Reading, Refusal, Statement, joined

# All that means something within a line to CommonMark, GitHub or the common note-takers.
_MARKUP = re.compile(r"[\\`*_{}\[\]|~$#=^]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LISTED = 120
"""Characters of a name or a wording in the list of speakers."""


class Markdown:
    """A heading for each article, and under it who said what, in the order they first speak.

    Then come the speakers, a line each, and who did not answer.
    """

    def start(self) -> str:
        return ""

    def result(self, result: Reading | Failure) -> str:
        lines = _failure(result) if isinstance(result, Failure) else _reading(result)
        return "\n".join(lines) + "\n\n"

    def end(self) -> str:
        return ""


def escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would take for markup."""
    return _MARKUP.sub(r"\\\g<0>", one_line(text)).translate(_ENTITIES)


def _failure(failure: Failure) -> list[str]:
    place = escaped(failure_place(failure))
    return [f"> **Not read: {place}** – {escaped(failure.error.message)}"]


def _reading(reading: Reading) -> list[str]:
    lines = [f"## {escaped(heading(reading))}", ""]
    origin = where_and_when(reading)
    if origin:
        lines += [escaped(", ".join(origin)), ""]
    if not reading.statements:
        lines.append("No statements found.")
    told_by = tellers(reading)
    for who, statements in _by_speaker(reading.statements).items():
        lines.append(f"- {who}")
        lines += [f"  - {_statement(s, told_by)}" for s in statements]
    if speakers := listed(reading):
        lines.append("- **Speakers**")
        lines += [f"  - {_speaker(s)}" for s in speakers]
    if reading.refusals:
        lines.append("- **No answer**")
        lines += [f"  - {_refusal(r)}" for r in reading.refusals]
    return lines


def _by_speaker(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    groups: dict[str, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(_who(statement), []).append(statement)
    return groups


def _who(statement: Statement) -> str:
    if not statement.speakers:
        return "**Nobody named**"
    kinds = dict.fromkeys(s.kind for s in statement.speakers)
    return f"**{escaped(speaker_names(statement))}** ({', '.join(kinds)})"


def _statement(statement: Statement, told_by: Mapping[str, str]) -> str:
    notes = [statement.type, *marks(statement, told_by), *circumstances(statement)]
    cue = escaped(joined(statement.cue))
    lead = f"*{cue}*: " if cue else ""
    if doubt := runner_up(statement):
        notes.insert(0, f"speaker doubtful, {doubt}")
    return f"{lead}{escaped(statement.text)} ({escaped('; '.join(notes))})"


def _speaker(speaker: Listed) -> str:
    return f"**{_short(speaker_name(speaker.speaker))}** {facts(speaker, _short)}"


def _short(text: str) -> str:
    return escaped(one_line(text, _LISTED))


def _refusal(refusal: Refusal) -> str:
    names = ", ".join(s.name or "the author" for s in refusal.speakers)
    who = f"**{escaped(names)}**: " if names else ""
    return f"{who}{escaped(refusal.span.text)} ({refusal.kind})"
