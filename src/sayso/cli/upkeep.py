"""`sayso reread`, `forget`, `fsck`, `backup` and `stats`: keeping a record well."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.looks import on_screen
from sayso.cli.output import Output, standard_output
from sayso.cli.reading import jobs_option, model_option
from sayso.cli.record import db_option, opened
from sayso.errors import NotARecord, NotInRecord, RecordDamaged, UsageError
from sayso.formats.jsonl import json_line
from sayso.formats.plain import count, one_line
from sayso.types import Failure

if TYPE_CHECKING:
    from sayso.record import Record
    from sayso.record.articles import Stored
    from sayso.record.upkeep.forget import Forgotten
    from sayso.record.upkeep.reread import Reread


# ---- reread


@click.command("reread", epilog="Example: sayso reread --model en")
@db_option
@model_option
@jobs_option
@click.option("--quiet", is_flag=True, help="No summary.")
def reread(*, path: Path | None, model: str | None, jobs: int, quiet: bool) -> int:
    """Read every article anew that another model has read.

    Corrections stay, and win over the new reading; one whose words are not found in it is an
    orphan. Each article gives a line that tells what changed: JSON into a pipe. When it was
    stopped, the same command goes on from there.

    Exit status: 0 all are read, 1 some could not be and keep their old reading, 2 a wrong call.
    """
    from sayso.reader import Reader

    sums: Counter[str] = Counter()
    with opened(path, write=True) as record, standard_output() as output:
        reader = Reader(model, max_chars=sys.maxsize)
        try:
            for result in record.reread(reader, jobs=jobs):
                _tell_change(result, output)
                sums.update(_counted(result))
        finally:
            if not quiet:
                click.echo(f"{_summed(sums)}; {record.unread(reader.model):,} left", err=True)
    return 1 if sums["failed"] else 0


def _tell_change(result: "Reread | Failure", output: Output) -> None:
    told = result.to_dict()
    if not on_screen():
        output.write(json_line(told))
    elif isinstance(result, Failure):
        output.write(f"{result.id}  {one_line(result.error.message)}\n")
    elif result.changed:
        output.write(f"{result.article}  {_summed(_counted(result))}\n")


def _counted(result: "Reread | Failure") -> dict[str, int]:
    if isinstance(result, Failure):
        return {"failed": 1}
    return {name: n for name, n in result.to_dict().items() if isinstance(n, int)} | {"articles": 1}


_CHANGES = {
    "same": "the same",
    "speakers": "with another speaker",
    "bounds": "with other bounds",
    "new": "new",
    "gone": "gone",
}


def _summed(sums: "Counter[str] | dict[str, int]") -> str:
    parts = [count(sums.get("articles", 0), "article")]
    parts += [f"{sums[name]:,} {words}" for name, words in _CHANGES.items() if sums.get(name)]
    if sums.get("orphans"):
        parts.append(count(sums["orphans"], "orphaned correction"))
    if sums.get("failed"):
        parts.append(f"{sums['failed']:,} failed")
    return ", ".join(parts)


# ---- forget


_LEFT = 20
"""Articles that stay and are told of."""
_OTHERS = 5
"""Speakers of an article who are told of beside the one who is to be forgotten."""

FORGET = """\
\b
Examples:
  sayso forget 8b4b807fed72011b --yes
  sayso forget "Ida Marsh"
  sayso forget "Ida Marsh" --yes
"""


@click.command("forget", epilog=FORGET)
@click.argument("what", metavar="ARTICLE|NAME")
@db_option
@click.option("--yes", is_flag=True, help="Remove them; without it they are listed.")
def forget(*, what: str, path: Path | None, yes: bool) -> int:
    """Remove an article for good, or all in which somebody speaks.

    The articles are listed, and removed with --yes. The file is then made anew without them.
    Backups are left as they are; those that still hold one of the articles are named. Articles that
    only mention NAME, or have the surname alone, are told of and stay.
    """
    with opened(path, write=True) as record, standard_output() as output:
        found, name = _meant(record, what)
        left = [] if name is None else record.still_naming(name, found)
        if not yes:
            for article in found:
                also = [] if name is None else record.also_speaking(name, article)
                output.write(f"{_line(article)}{_with(also)}\n")
            for line in _left(left):
                click.echo(line, err=True)
            told = count(len(found), "article")
            click.echo(f"{told} to be removed: add --yes to do it", err=True)
            return 0
        for line in [*_told(record.forget(found, name)), *_left(left)]:
            output.write(f"{line}\n")
    return 0


def _meant(record: "Record", what: str) -> tuple[list["Stored"], str | None]:
    """The articles, and the name if it is one."""
    try:
        return [record.article(what)], None
    except NotInRecord:
        found = record.speaking(what)
    if not found:
        raise NotInRecord(f"the record has no article {what!r}, and nobody of that name speaks")
    return found, what


def _left(named: "Sequence[tuple[Stored, str]]") -> list[str]:
    """Where somebody is named who is to be forgotten, in articles that stay."""
    lines = [
        f"still in the record: {one_line(called, 120)}, in article {article.key}"
        for article, called in named[:_LEFT]
    ]
    more = len(named) - _LEFT
    return [*lines, f"and {more:,} more"] if more > 0 else lines


def _line(article: "Stored") -> str:
    told = (article.published, article.outlet, article.name)
    return f"{article.key}  " + ", ".join(one_line(part, 120) for part in told if part)


def _with(others: Sequence[tuple[str, int]]) -> str:
    """Whose other statements go with an article."""
    told = [f"{count(number, 'statement')} by {one_line(who, 80)}" for who, number in others]
    if len(told) > _OTHERS:
        told[_OTHERS:] = [f"{count(len(told) - _OTHERS, 'other speaker')}"]
    return f", with {', '.join(told)}" if told else ""


def _told(forgotten: "Forgotten") -> list[str]:
    lines = [f"forgotten: {key}" for key in forgotten.articles]
    lines += [
        f"forgotten: {one_line(name)}, whom nothing names any more" for name in forgotten.people
    ]
    lines += [f"the same text is still in article {key}" for key in forgotten.kept]
    lines += [f"still in the backup {path}" for path in forgotten.copies.holding]
    lines += [f"can't look into the backup {path}" for path in forgotten.copies.unknown]
    return lines


# ---- fsck


@click.command("fsck", epilog="Example: sayso fsck --db desk.db")
@db_option
@click.option("--repair", is_flag=True, help="Make anew what is derived from the readings.")
def fsck(*, path: Path | None, repair: bool) -> int:
    """Check that everything in the record is as it was written.

    Every page, the hash of every text, the words of every span, every table and index. Each damage
    gives a line that says what to do: JSON into a pipe. Nothing is changed without --repair.

    Exit status: 0 clean, 1 damaged, 2 a wrong call.
    """
    damages: Counter[str] = Counter()
    with standard_output() as output:
        try:
            with opened(path, write=repair) as record:
                if repair:
                    made = count(record.repair(), "article")
                    click.echo(f"made anew what is derived from {made}", err=True)
                for damage in record.fsck():
                    damages[damage.part] += 1
                    output.write(_shown(damage.to_dict()))
        except (RecordDamaged, NotARecord) as error:
            told = error.message.replace("see sayso fsck, and go back", "go back")
            click.echo(f"Error: {told}", err=True)
            return 1
    click.echo("damaged" if damages else "clean", err=True)
    return 1 if damages else 0


def _shown(damage: dict[str, str]) -> str:
    if not on_screen():
        return json_line(damage)
    place = f"article {damage['where']}: " if damage["where"] else ""
    return f"{damage['part']}: {place}{one_line(damage['what'])}. {damage['remedy']}\n"


# ---- backup


@click.command("backup", epilog="Example: sayso backup /mnt/vault/desk.db")
@click.argument("target", type=click.Path(path_type=Path), metavar="FILE")
@db_option
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
def backup(*, target: Path, path: Path | None, force: bool) -> int:
    """Copy the record to FILE, as it is now, while others may read and write it.

    The record remembers where its copies are, to tell which of them still hold what is forgotten.
    """
    with opened(path, write=True) as record:
        if target.is_dir():
            raise UsageError(f"{target} is a folder: name a file in it")
        if target.exists() and (target.samefile(record.path) or not force):
            raise UsageError(f"{target} is there already: add --force, or name another")
        record.backup(target)
    articles = _articles_in(target)
    size = f"{target.stat().st_size / 1e6:,.1f} MB"
    click.echo(f"{target}: {count(articles, 'article')}, {size}", err=True)
    return 0


def _articles_in(copy: Path) -> int:
    with opened(copy) as record:
        return record.stats().articles


# ---- stats


@click.command("stats", epilog="Example: sayso stats --db desk.db")
@db_option
def stats(*, path: Path | None) -> int:
    """Tell what the record holds, in numbers: JSON into a pipe."""
    with opened(path) as record, standard_output() as output:
        found = record.stats().to_dict()
        if on_screen():
            output.write("".join(f"{line}\n" for line in _table(found)))
        else:
            output.write(json_line(found))
    return 0


def _table(found: dict[str, Any]) -> Sequence[str]:
    rows = {name: _number(value) for name, value in found.items()}
    width = max(map(len, rows))
    return [f"{name:<{width}}  {value}" for name, value in rows.items()]


def _number(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{one_line(name)} {n:,}" for name, n in value.items()) or "–"
    return f"{value:,}" if isinstance(value, int) else one_line(value or "–")
