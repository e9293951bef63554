"""`sayso correct` and `sayso corrections`: what people say against a reading."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from sayso.cli.looks import format_option
from sayso.cli.output import standard_output
from sayso.cli.people import FORMATS, DefaultGroup, limit_option, using, write_found
from sayso.cli.record import db_option, who_option
from sayso.formats.jsonl import json_line
from sayso.formats.plain import count, one_line
from sayso.types import Kind

if TYPE_CHECKING:
    from sayso.record import Record
    from sayso.record.anchors import Quote
    from sayso.record.corrections import Correction

_CONTENT = 160

EXAMPLES = """\
\b
Examples:
  sayso correct 3f9a2c/s3 --right
  sayso correct 3f9a2c/s3 --speaker "Ngozi Okafor"
  sayso correct 3f9a2c/s3 --content "the quay is closed"
  sayso correct 3f9a2c --missing --content "It will sail" --cue said --source "Ida Marsh" \\
    --speaker "Ida Marsh"
"""


@click.command("correct", epilog=EXAMPLES)
@click.argument("reference", metavar="KEY/STATEMENT")
@db_option
@click.option("--right", is_flag=True, help="It is right as it stands.")
@click.option("--wrong", is_flag=True, help="There is no such statement: it goes.")
@click.option("--missing", is_flag=True, help="KEY is an article's: this statement is missing.")
@click.option("--speaker", "speakers", multiple=True, metavar="NAME", help="Who says it.")
@click.option(
    "--kind",
    type=click.Choice(get_args(Kind)),
    help="What the speakers are. Default: what the article has of that name, else person.",
)
@click.option("--content", multiple=True, metavar="WORDS", help="What is said, by its words.")
@click.option("--cue", multiple=True, metavar="WORDS", help="What signals the saying.")
@click.option("--source", multiple=True, metavar="WORDS", help="What names who says it.")
@click.option(
    "--at", type=click.IntRange(min=0), metavar="N",
    help="Near which offset of the text WORDS are meant that stand there several times.",
)  # fmt: skip
@click.option("--thought", is_flag=True, help="With --missing: it is a thought, and not said.")
@who_option
def command(*, reference: str, path: Path | None, who: str, **given: Any) -> int:
    """Correct what was read: say of a statement that it is right or wrong, who says it, or which
    words it is, or that one is missing.

    A correction wins over the reading of any model. Give an option again for several speakers,
    or for a content in several pieces. `sayso corrections undo` takes back the last one.

    Exit status: 0 done, 1 the record can't be written, 2 a wrong call, or no such statement.
    """
    from sayso.record.database import write

    intentions = [bool(given[name]) for name in ("right", "wrong", "missing")]
    words = {name: given[name] for name in ("content", "cue", "source")}
    changes = bool(given["speakers"] or any(words.values()))
    if sum(intentions) > 1 or not (sum(intentions) or changes):
        raise click.UsageError(
            "Say one thing: --right, --wrong, --missing, or what is to change, as --speaker NAME."
        )
    if changes and (given["right"] or given["wrong"]):
        raise click.UsageError("--right and --wrong are said of a statement as it stands.")
    with using(path, write=True) as record, write(record.db):
        made = _made(record, reference, who, given, words)
        keys = _keys(record, made)
    write_found(None, made, lambda c: _told(c, keys), lambda c: _correction(c, keys))
    return 0


def _made(
    record: "Record",
    reference: str,
    who: str,
    given: dict[str, Any],
    words: dict[str, Any],
) -> "list[Correction]":
    """The corrections that the options mean; all are made, or none is."""
    speakers, kind, at = given["speakers"], given["kind"], given["at"]
    if given["right"]:
        return [record.right(reference, who=who)]
    if given["wrong"]:
        return [record.wrong(reference, who=who)]
    if given["missing"]:
        said = not given["thought"]
        told = {"speakers": speakers, "kind": kind, "said": said, "at": at, "who": who}
        return [record.supply(reference, **words, **told)]
    made = []
    if any(words.values()):
        made.append(record.bound(reference, **words, at=at, who=who))
    if speakers:
        made.append(record.attribute(reference, speakers, kind=kind, who=who))
    return made


# ---- corrections


@click.group("corrections", cls=DefaultGroup, subcommand_metavar="[ARTICLE] | COMMAND …")
def corrections() -> None:
    """Show what was corrected, of ARTICLE or of all, the last first; take it back; export it."""


@corrections.command("list")
@click.argument("article", required=False)
@db_option
@limit_option
@format_option(FORMATS)
def list_(*, article: str | None, path: Path | None, limit: int, name: str | None) -> int:
    """Show corrections (what `sayso corrections` does too).

    An orphan is one whose statement the current reading does not have.
    """
    with using(path) as record:
        found = record.corrections(article, limit=limit)
        keys = _keys(record, found)
    write_found(name, found, lambda c: _told(c, keys), lambda c: _correction(c, keys))
    return 0


@corrections.command("undo")
@click.argument("correction", required=False, type=int)
@db_option
def undo(*, correction: int | None, path: Path | None) -> int:
    """Take back a correction, by its number; the last one if none is given."""
    with using(path, write=True) as record:
        taken = record.undo_correction(correction)
        keys = _keys(record, [taken])
    write_found(None, [taken], lambda c: _told(c, keys), lambda c: _correction(c, keys))
    return 0


@corrections.command("export", epilog="Example: sayso corrections export > corrections-desk.jsonl")
@db_option
def export(*, path: Path | None) -> int:
    """Write corrected articles as training data: JSON Lines, with the texts."""
    number = statements = 0
    with using(path) as record, standard_output() as output:
        for lesson in record.lessons():
            output.write(json_line(lesson))
            number, statements = number + 1, statements + len(lesson["attributions"])
    click.echo(f"{count(number, 'article')}, {count(statements, 'statement')}", err=True)
    return 0


# ---- shown


def _keys(record: "Record", found: "Sequence[Correction]") -> dict[int, str]:
    """The keys of the articles that are corrected."""
    from sayso.record.articles import get

    return {id: get(record.db, id).key for id in {c.article for c in found}}


def _correction(correction: "Correction", keys: dict[int, str]) -> dict[str, Any]:
    told = correction.outcome.to_dict()
    return {
        "correction": correction.id,
        "article": keys[correction.article],
        "kind": correction.kind,
        "content": _words(correction.anchor.content),
        "position": correction.anchor.content[0].start,
        "speakers": told.get("speakers"),
        "bounds": {k: [q["exact"] for q in v] for k, v in told.get("bounds", {}).items()} or None,
        "who": correction.who,
        "made": correction.made,
        "undone": correction.undone,
        "orphan": correction.orphan,
    }


def _words(quotes: "Sequence[Quote]") -> str:
    return " … ".join(quote.exact for quote in quotes)


def _told(correction: "Correction", keys: dict[int, str]) -> str:
    outcome = correction.outcome
    what: str = correction.kind
    if outcome.speakers is not None and correction.kind in ("speaker", "missing"):
        what += f" ({', '.join(s.name or 'the author' for s in outcome.speakers) or 'nobody'})"
    if outcome.bounds is not None and correction.kind == "bounds":
        what += f" ({_words(outcome.bounds.content)})"
    marks = ["ORPHAN"] if correction.orphan else []
    marks += [f"taken back {correction.undone}"] if correction.undone else []
    words = one_line(_words(correction.anchor.content), _CONTENT)
    return (
        f"{correction.id:>6}  {keys[correction.article]}  {one_line(what, _CONTENT)}: {words}\n"
        f"        {'; '.join([one_line(correction.who, 80), correction.made, *marks])}"
    )
