"""`sayso correct` and `sayso corrections`: what people say against a reading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from sayso.cli.looks import format_option, look
from sayso.cli.output import standard_output
from sayso.cli.people import FORMATS, DefaultGroup, limit_option, write_found
from sayso.cli.record import db_option, opened, who_option
from sayso.formats.jsonl import json_line
from sayso.formats.plain import count, one_line
from sayso.types import Kind, Speaker, Statement

if TYPE_CHECKING:
    from sayso.record import Record
    from sayso.record.anchors import Quote
    from sayso.record.corrections import Correction
    from sayso.record.people import Person

_CONTENT = 160
_NAME = 80

EXAMPLES = """\
\b
Examples:
  sayso correct 3f9a2c/s3 --right
  sayso correct 3f9a2c/s3 --speaker "Ngozi Okafor"
  sayso correct 3f9a2c/s3 --misnamed --speaker "Ngozi Okafor"
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
@click.option(
    "--misnamed", is_flag=True,
    help="With --speaker: NAME says all that the article has the statement's speaker say.",
)  # fmt: skip
@click.option("--speaker", "speakers", multiple=True, metavar="NAME", help="Who says it.")
@click.option(
    "--kind",
    type=click.Choice(get_args(Kind)),
    help="What the speakers are. Default: what the article has of that name, else what the "
    "speaker was whom they replace, else person.",
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

    With --misnamed all of a speaker's statements in the article are corrected at once, and taken
    back at once; who speaks with them stays.

    Exit status: 0 done, 1 the record can't be written, 2 a wrong call, or no such statement.
    """
    from sayso.record.database import write

    intentions = [bool(given[name]) for name in ("right", "wrong", "missing", "misnamed")]
    words = {name: given[name] for name in ("content", "cue", "source")}
    changes = bool(given["speakers"] or any(words.values()))
    if sum(intentions) > 1 or not (sum(intentions) or changes):
        raise click.UsageError(
            "Say one thing: --right, --wrong, --missing, --misnamed, or what is to change, "
            "as --speaker NAME."
        )
    if changes and (given["right"] or given["wrong"]):
        raise click.UsageError("--right and --wrong are said of a statement as it stands.")
    if given["misnamed"] and (any(words.values()) or not given["speakers"]):
        raise click.UsageError("With --misnamed say who speaks, as --speaker NAME, and no words.")
    with opened(path, write=True) as record, write(record.db):
        near = {name: record.near_unknown(name) for name in given["speakers"]}
        made = _made(record, reference, who, given, words)
        shown = _Shown.of(record, made, table=_is_table(None))
    shown.write(None)
    for line in _misprints(near, made):
        click.echo(line, err=True)
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
    if given["misnamed"]:
        return list(record.attribute_all(reference, speakers, kind=kind, who=who))
    made = []
    if any(words.values()):
        given_words = {name: pieces or None for name, pieces in words.items()}
        made.append(record.bound(reference, **given_words, at=at, who=who))
    if speakers:
        made.append(record.attribute(reference, speakers, kind=kind, who=who))
    return made


def _misprints(near: "dict[str, list[Person]]", made: "list[Correction]") -> Iterator[str]:
    """What is said of a name that nobody had, where somebody has nearly this one."""
    stored = {s.name for correction in made for s in correction.outcome.speakers or ()}
    for name, people in near.items():
        if people and " ".join(name.split()) in stored:
            told = ", ".join(one_line(person.name, _NAME) for person in people)
            yield f"nobody else in the record is called {one_line(name, _NAME)}; near it: {told}"


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

    Those of earlier versions of ARTICLE hold for it too. An orphan is one whose statement is not
    found in the current reading of the newest version.
    """
    with opened(path) as record:
        found = record.corrections(article, limit=limit)
        shown = _Shown.of(record, found, table=_is_table(name))
    shown.write(name)
    return 0


@corrections.command("undo")
@click.argument("correction", required=False, type=int)
@db_option
def undo(*, correction: int | None, path: Path | None) -> int:
    """Take back a correction, by its number; the last one if none is given.

    Those that were made at once with it are taken back with it.
    """
    with opened(path, write=True) as record:
        taken = record.undo_correction(correction)
        number = record.at_once(taken)
        shown = _Shown.of(record, [taken], table=_is_table(None))
    shown.write(None, f"taken back{f', all {number} made at once' if number > 1 else ''}:\n")
    return 0


@corrections.command("export", epilog="Example: sayso corrections export > corrections-desk.jsonl")
@db_option
def export(*, path: Path | None) -> int:
    """Write corrected articles as training data: JSON Lines, with the texts."""
    number = statements = 0
    with opened(path) as record, standard_output() as output:
        for lesson in record.lessons():
            output.write(json_line(lesson))
            number, statements = number + 1, statements + len(lesson["attributions"])
    click.echo(f"{count(number, 'article')}, {count(statements, 'statement')}", err=True)
    return 0


# ---- shown


@dataclass(frozen=True, slots=True)
class _Place:
    """An article that is corrected, and the newest version of it, where there is a newer one."""

    key: str
    newest: str | None
    title: str | None

    @classmethod
    def of(cls, record: "Record", article: int) -> "_Place":
        from sayso.record.articles import get, later

        first, *newer = (get(record.db, id) for id in later(record.db, article))
        return cls(first.key, newer[-1].key if newer else None, first.title or first.begins)


_Places = dict[int, _Place]


def _places(record: "Record", found: "Sequence[Correction]") -> _Places:
    return {id: _Place.of(record, id) for id in {c.article for c in found}}


@dataclass(frozen=True, slots=True)
class _Shown:
    """Corrections as they are shown: each with its article, the statement as it was before, and
    how many were made at once with it."""

    corrections: "Sequence[Correction]"
    places: _Places
    before: dict[int, Statement | None]
    at_once: dict[int, int]

    @classmethod
    def of(cls, record: "Record", found: "Sequence[Correction]", *, table: bool) -> "_Shown":
        """What was before, and how many were made at once, is asked where a table shows it."""
        before = {c.id: record.before_correction(c) for c in found} if table else {}
        at_once = {c.id: record.at_once(c) for c in found} if table else {}
        return cls(found, _places(record, found), before, at_once)

    def write(self, name: str | None, taken: str = "") -> None:
        """`taken` is what a line for people begins with."""
        write_found(
            name,
            self.corrections,
            lambda c: taken + _told(c, self.places, self.before[c.id], self.at_once[c.id]),
            lambda c: _correction(c, self.places),
        )


def _is_table(name: str | None) -> bool:
    return look(name).name == "table"


def _correction(correction: "Correction", places: _Places) -> dict[str, Any]:
    from sayso.record import told

    place = places[correction.article]
    return told.correction(place.key, correction) | {"superseded_by": place.newest}


def _words(quotes: "Sequence[Quote]") -> str:
    return " … ".join(quote.exact for quote in quotes)


def _names(speakers: Sequence[Speaker]) -> str:
    return ", ".join(s.name or "the author" for s in speakers) or "nobody named"


def _told(correction: "Correction", places: _Places, before: Statement | None, at_once: int) -> str:
    place, outcome = places[correction.article], correction.outcome
    what: str = correction.kind
    if outcome.speakers is not None and correction.kind in ("speaker", "missing"):
        was = f", was {_names(before.speakers)}" if before and correction.kind == "speaker" else ""
        what += f" ({_names(outcome.speakers)}{was})"
    if outcome.bounds is not None and correction.kind == "bounds":
        what += f" ({_words(outcome.bounds.content)})"
    marks = [f"superseded by {place.newest}"] if place.newest else []
    marks += ["ORPHAN"] if correction.orphan else []
    marks += [f"one of {at_once} made at once"] if at_once > 1 else []
    marks += [f"taken back {correction.undone}"] if correction.undone else []
    words = one_line(_words(correction.anchor.content), _CONTENT)
    statement = before.id if before else f"c{correction.id}" if correction.kind == "missing" else ""
    where = f"{place.key}/{statement}" if statement else place.key
    article = [f"in “{one_line(place.title, _CONTENT)}”"] if place.title else []
    return (
        f"{correction.id:>6}  {where}  {one_line(what, _CONTENT)}: {words}\n"
        f"        {'; '.join([one_line(correction.who, 80), correction.made, *article, *marks])}"
    )
