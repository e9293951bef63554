"""`sayso people`: who is in the record, and who is who."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.looks import format_option, look
from sayso.cli.output import standard_output
from sayso.cli.record import db_option, opened, who_option
from sayso.errors import BadRecord
from sayso.formats.jsonl import json_line
from sayso.formats.plain import count, one_line

if TYPE_CHECKING:
    from sayso.record.decisions import Decision
    from sayso.record.duplicates import Likely
    from sayso.record.roster import Imported, Listed

FORMATS = ("table", "jsonl")
_NAME = 120

EXAMPLES = """\
\b
Examples:
  sayso people
  sayso people Okafor
  sayso people duplicates
  sayso people merge "Ngozi Okafor" "Ngozi A. Okafor"
  sayso people split "Ida Marsh" 3f9a2c
  sayso people rename "Ida Marsh" "Ida Marsh-Cole"
  sayso people import councillors.csv
"""


class DefaultGroup(click.Group):
    """A group whose first argument may be none of its commands: then `list` is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ("-h", "--help")):
            args = ["list", *args]
        return super().parse_args(ctx, args)


limit_option = click.option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, metavar="N",
    help="Show N at most.",
)  # fmt: skip


@click.group("people", cls=DefaultGroup, epilog=EXAMPLES, subcommand_metavar="[NAME] | COMMAND …")
def command() -> None:
    """Show the people and bodies in the record, and decide who is who.

    NAME is a part of a name, or the number of an entry; without one, those who speak most are
    shown. Each has a number, by which all commands take it where names are not enough.
    """


@command.command("list")
@click.argument("wanted", required=False, metavar="[NAME]")
@db_option
@limit_option
@format_option(FORMATS)
def list_(*, wanted: str | None, path: Path | None, limit: int, name: str | None) -> int:
    """Show entries with what they say (what `sayso people NAME` does too).

    Exit status: 0 done, 1 nobody is called so, 2 a wrong call.
    """
    from sayso.record import told

    with opened(path) as record:
        found = record.people(wanted, limit=limit)
    write_found(name, found, _told_entry, told.listed)
    if wanted is not None and not found:
        click.echo(f"Nobody in the record has {_short(wanted)!r} in their name.", err=True)
        return 1
    return 0


@command.command("merge")
@click.argument("kept", metavar="A")
@click.argument("other", metavar="B")
@db_option
@click.option("--force", is_flag=True, help="Even if one is a person and the other a body.")
@who_option
def merge(*, kept: str, other: str, path: Path | None, force: bool, who: str) -> int:
    """Make one entry of A and B; it has A's name."""
    with opened(path, write=True) as record:
        _tell(record.merge(kept, other, who=who, force=force))
    return 0


@command.command("split")
@click.argument("name")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@db_option
@who_option
def split(*, name: str, articles: Sequence[str], path: Path | None, who: str) -> int:
    """Make an entry of its own of whom these articles call NAME.

    It has the fullest name that they use. Where they are just those of somebody who was merged
    with NAME, that merge is taken back instead.
    """
    with opened(path, write=True) as record:
        _tell(record.split(name, articles, who=who))
    return 0


@command.command("rename")
@click.argument("name")
@click.argument("called", metavar="NEW")
@db_option
@who_option
def rename(*, name: str, called: str, path: Path | None, who: str) -> int:
    """Call NAME otherwise: NEW is a full name.

    They stay known by the names that they had. Later articles that use any of them are theirs.
    """
    with opened(path, write=True) as record:
        _tell(record.rename(name, called, who=who))
    return 0


@command.command("undo")
@click.argument("decision", required=False, type=int)
@db_option
def undo(*, decision: int | None, path: Path | None) -> int:
    """Take back a merge, a split or a renaming, by its number; the last one if none is given."""
    with opened(path, write=True) as record:
        _tell(record.undo_decision(decision))
    return 0


@command.command("decisions")
@db_option
@format_option(FORMATS)
def decisions(*, path: Path | None, name: str | None) -> int:
    """Show what was merged, split and renamed, the last first, with what was taken back."""
    from sayso.record import told

    with opened(path) as record:
        found = record.decisions()
    write_found(name, found, _told_decision, told.decision)
    return 0


@command.command("duplicates")
@db_option
@limit_option
@format_option(FORMATS)
def duplicates(*, path: Path | None, limit: int, name: str | None) -> int:
    """Show entries that are likely one, with the evidence, the likeliest first."""
    with opened(path) as record:
        found = record.likely_duplicates(limit=limit)
    write_found(name, found, _told_likely, _likely)
    return 0


@command.command("import")
@click.argument("file", metavar="CSV", type=click.Path(path_type=Path, allow_dash=True))
@db_option
def import_(*, file: Path, path: Path | None) -> int:
    """Take in a list of people and bodies.

    The CSV has a line of headings with `name` among them, and perhaps `aliases` (parted by ";"),
    `id`, `kind` (person, organisation or group) and any columns of your own, by which sayso audit
    can group. A line that fits several entries is told of and left out, never guessed.

    Exit status: 0 all was taken in, 1 something was left out, 2 a wrong call.
    """
    text = _read(file)
    with opened(path, write=True) as record:
        done = record.import_people(text)
    for number, problem in sorted(done.problems):
        click.echo(f"line {number}: {one_line(problem)}", err=True)
    click.echo(_sum(done), err=True)
    return 1 if done.problems else 0


@command.command("export")
@db_option
def export(*, path: Path | None) -> int:
    """Write all entries as CSV, as `import` takes it."""
    with opened(path) as record, standard_output() as output:
        for line in record.export_people():
            output.write(line)
    return 0


def _read(file: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise BadRecord(f"can't read {file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BadRecord(f"{file} is not UTF-8: save it as CSV in UTF-8") from error


def _sum(done: "Imported") -> str:
    told = f"{count(done.made, 'entry', 'entries')} made, {done.changed:,} changed, "
    return f"{told}{done.unchanged:,} as they were; {count(len(done.problems), 'problem')}"


# ---- shown


def write_found(
    name: str | None,
    found: Iterable[Any],
    told: Callable[[Any], str],
    record: Callable[[Any], dict[str, Any]],
) -> None:
    """Each thing found as lines for people, or as a line of JSON."""
    table = look(name).name == "table"
    with standard_output() as output:
        for each in found:
            output.write(f"{told(each)}\n" if table else json_line(record(each)))


def _tell(decision: "Decision") -> None:
    from sayso.record import told

    write_found(None, [decision], _told_decision, told.decision)


def _told_entry(found: "Listed") -> str:
    person = found.person
    known = f"{person.kind}, {person.outside_id}" if person.outside_id else person.kind
    lines = [
        f"{person.id:>6}  {_short(person.name)} ({_short(known)}): "
        f"{count(found.statements, 'statement')} in {count(found.articles, 'article')}"
    ]
    if person.aliases:
        lines.append(f"also {', '.join(map(_short, person.aliases))}")
    if found.outlets:
        lines.append(", ".join(f"{_short(outlet)} {number:,}" for outlet, number in found.outlets))
    if person.columns:
        lines.append("; ".join(f"{_short(k)}: {_short(v)}" for k, v in person.columns.items()))
    return "\n        ".join(lines)


def _likely(found: "Likely") -> dict[str, Any]:
    from sayso.record import told

    return {
        "entries": [told.person(found.kept), told.person(found.other)],
        "statements": list(found.statements),
        "evidence": list(found.evidence),
        "against": list(found.against),
    }


def _told_likely(found: "Likely") -> str:
    a, b = found.kept, found.other
    lines = [
        f"{_short(a.name)} ({count(found.statements[0], 'statement')}) and "
        f"{_short(b.name)} ({count(found.statements[1], 'statement')})",
        f"for: {one_line('; '.join(found.evidence))}",
        *(f"against: {one_line(each)}" for each in found.against),
        f"sayso people merge {a.id} {b.id}",
    ]
    return "\n        ".join(lines)


def _told_decision(decision: "Decision") -> str:
    names = " and ".join(map(_short, decision.names))
    if decision.kind == "merge":
        told = f"{names} are one"
    elif decision.kind == "rename":
        told = " is called ".join(map(_short, decision.names))
    else:
        old, *new = map(_short, decision.names)
        called = f", {new[0]}," if new else ""
        told = f"{old} is somebody else{called} in {', '.join(decision.articles)}"
    entry = "" if decision.entry is None else f" (entry {decision.entry})"
    taken = f"; taken back {decision.undone}" if decision.undone else ""
    return f"{decision.id:>6}  {told}{entry}: {_short(decision.who)}, {decision.made}{taken}"


def _short(text: str) -> str:
    return one_line(text, _NAME)
