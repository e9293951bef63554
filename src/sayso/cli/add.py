"""`sayso add`: inputs → articles → readings → the record."""

from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.lake import is_lake, open_lake
from sayso.cli.looks import on_screen
from sayso.cli.output import Output, standard_output
from sayso.cli.progress import Tally, bar
from sayso.cli.reading import given, reading_options
from sayso.cli.record import db_option, opened
from sayso.errors import BadRecord, ModelError, UsageError
from sayso.formats.jsonl import json_line
from sayso.formats.plain import count, failure_place, heading, one_line
from sayso.types import Article, Failure, Reading

if TYPE_CHECKING:
    from sayso.intake import Options
    from sayso.lake.manifest import Lake
    from sayso.reader import Reader
    from sayso.record import Record
    from sayso.record.adding import Added

EXAMPLES = """\
\b
Examples:
  sayso add story.txt --date 2026-03-12 --publisher "The Remembrancer"
  sayso add archive/ --model en-fast --jobs 2
  sayso add corpus.jsonl --db desk.db | jq 'select(.error)'
  sayso add lake --db desk.db
"""


@click.command("add", epilog=EXAMPLES)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@db_option
@reading_options
def command(
    *,
    inputs: tuple[str, ...],
    path: Path | None,
    model: str | None,
    jobs: int,
    quiet: bool,
    **of_articles: Any,  # the fields of `sayso.intake.Options`
) -> int:
    """Read each INPUT and keep what was read in the record.

    An INPUT is the same as for sayso read, or a lake, whose readings are taken as they are. An
    article that is there already is not read again; another text at the same address is a new
    version, and the old one is kept. When it was stopped, the same command goes on from there. Each
    article gives a line: JSON into a pipe.

    Exit status: 0 all are in the record, 1 some are not, 2 the call was wrong.
    """
    from sayso.intake import Options
    from sayso.lake.manifest import Lake

    options = Options(**of_articles)
    parts = _parts(given(inputs), options)
    texts = tuple(name for part in parts if not isinstance(part, Lake) for name in part)
    reader = _reader(model, options) if texts else None
    lakes = sum(part.totals().articles for part in parts if isinstance(part, Lake))
    with opened(path, write=True, create=True) as record, standard_output() as output:
        adding = _Adding(record, output, on_screen())
        try:
            with nullcontext() if quiet or adding.on_screen else bar(adding.tally, texts, lakes):
                for part in parts:
                    if isinstance(part, Lake):
                        adding.take_over(part)
                    elif reader is not None:
                        adding.run(part, options, reader, jobs)
        finally:  # what is stored is told, though it ends halfway
            if not quiet:
                click.echo(adding.told(), err=True)
    return 1 if adding.tally.failed else 0


def _parts(inputs: tuple[str, ...], options: "Options") -> "list[tuple[str, ...] | Lake]":
    """The inputs in order: each lake, and what is to be read between them.

    Raises UsageError where a lake's articles are told to be something else than they were read as.
    """
    parts: list[tuple[str, ...] | Lake] = []
    for of_lakes, group in groupby(inputs, is_lake):
        names = tuple(group)
        if of_lakes and (options.title or options.date or options.publisher):
            raise UsageError(
                f"the articles of the lake {names[0]} have been read with their own titles, dates "
                "and publishers: leave --title, --date and --publisher out"
            )
        parts += map(open_lake, names) if of_lakes else [names]
    return parts


def _reader(model: str | None, options: "Options") -> "Reader":
    """The reader, before there is anything to tell of. A name that no model has is a wrong call."""
    from sayso.reader import Reader

    try:
        return Reader(model, max_chars=options.max_chars)
    except ModelError as error:
        if model is None:
            raise
        raise UsageError(error.message) from error


@dataclass(slots=True)
class _Adding:
    """One run: what is stored is written out and counted."""

    record: "Record"
    output: Output
    on_screen: bool
    tally: Tally = field(default_factory=Tally)
    outcomes: Counter[str] = field(default_factory=Counter)
    orphans: int = 0

    def run(self, inputs: tuple[str, ...], options: "Options", reader: "Reader", jobs: int) -> None:
        from sayso.intake import articles

        unread = self._unread(articles(inputs, options), reader.model)
        for result in reader.read_many(unread, jobs=jobs):
            self._take(result)

    def take_over(self, lake: "Lake") -> None:
        """Store what was read into a lake."""
        from sayso.lake.reading import readings

        for reading in readings(lake):
            self._take(reading)

    def told(self) -> str:
        """The counts in words, such as `3 articles, 12 statements, 90 words/s; 2 new, 1 known`."""
        outcomes = ", ".join(f"{number:,} {name}" for name, number in self.outcomes.items())
        orphans = count(self.orphans, "orphaned correction") if self.orphans else ""
        return "; ".join(filter(None, (self.tally.told(), outcomes, orphans)))

    def _unread(
        self, found: Iterator[Article | Failure], model: str
    ) -> Iterator[Article | Failure]:
        """Those that have to be read; the others are told of as they pass."""
        from sayso.record.adding import key_of

        for item in found:
            if isinstance(item, Failure):
                yield item
                continue
            article = self.record.dated(item)
            if item.date is not None and article.date != item.date:
                self._note(key_of(self.record.db, article), article.date)
            known = self.record.known(article, model)
            if known is None:
                yield article
            else:
                self.tally.articles += 1
                self.tally.statements += known.statements
                self._tell(Reading(model, article, ()), known)

    def _take(self, result: Reading | Failure) -> None:
        if isinstance(result, Reading):
            try:
                added = self.record.add(result)
            except BadRecord as error:
                result = Failure(error, id=result.article.id)
            else:
                self.tally.add(result)
                self.orphans += added.orphans
                self._note(added.key, added.printed)
                self._tell(result, added)
                return
        self.tally.add(result)
        self._tell_failure(result)

    def _note(self, key: str, printed: str | None) -> None:
        """Tell that another day was given of an article whose day of printing is known."""
        if printed is not None:
            told = f"{key[:8]}: already here, printed {printed}: its day was not changed"
            click.echo(told, err=True)

    def _tell(self, reading: Reading, added: "Added") -> None:
        self.outcomes[added.outcome] += 1
        if self.on_screen:
            statements = count(added.statements, "statement")
            line = f"{added.key}  {added.outcome}, {statements}: {heading(reading)}\n"
        else:
            line = json_line(
                {
                    "id": reading.id,
                    "article": added.key,
                    "outcome": added.outcome,
                    "statements": added.statements,
                }
            )
        self.output.write(line)

    def _tell_failure(self, failure: Failure) -> None:
        if self.on_screen:
            line = f"{failure_place(failure)}: {one_line(failure.error.message)}\n"
        else:
            line = json_line(failure.to_dict())
        self.output.write(line)
