"""`sayso check`: a quotation, or those of a draft → the record or documents → what is printed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.looks import format_option, look
from sayso.cli.output import Output, standard_output
from sayso.cli.reading import model_option
from sayso.cli.record import db_option, opened
from sayso.errors import SaysoError
from sayso.formats.plain import count, failure_place, one_line
from sayso.types import Failure, Reading

if TYPE_CHECKING:
    from sayso.reader import Reader
    from sayso.record.check import Checked, Checker

FORMATS = ("table", "json")
_PASS = {True: "passes", False: "pass"}

EXAMPLES = """\
\b
Examples:
  sayso check "The bridge is safe" --by "Ida Marsh"
  sayso check --file draft.txt --format json
  sayso check "We will pay for the ramp" --in speech.txt
"""


@click.command("check", epilog=EXAMPLES)
@click.argument("quotation", required=False)
@click.option("--by", metavar="NAME", help="Who is to have said it; a surname will do.")
@click.option(
    "--file",
    "draft",
    metavar="DRAFT",
    help="Check every quotation of DRAFT, by whom DRAFT has it; - is standard input.",
)
@click.option(
    "--in",
    "documents",
    multiple=True,
    metavar="INPUT",
    help="Check against this file, folder or address and not the record. Again for more.",
)
@db_option
@model_option
@click.option("--allow-private", is_flag=True, help="Fetch from private addresses too.")
@format_option(FORMATS, piped="json")
def command(
    *,
    quotation: str | None,
    by: str | None,
    draft: str | None,
    documents: tuple[str, ...],
    path: Path | None,
    name: str | None,
    **reading: Any,  # model, allow_private
) -> int:
    """Tell whether QUOTATION is printed in these words, by whom, and who printed it first.

    The wording is verbatim (whole sentences, or a whole quotation), abridged (a part, or words
    left out, in the same sense), altered (words changed or added, the sense cut, two speakers
    joined), reported (in indirect speech only) or none. It says what is printed, and never what
    is true.

    Exit status: 0 verbatim or abridged, and by NAME where one is given, 1 anything else, 2 the
    call was wrong. With --file 0 only if every quotation passes.
    """
    if (quotation is None) == (draft is None):
        raise click.UsageError('Give one of "QUOTATION" and --file DRAFT.')
    if draft is not None and by is not None:
        raise click.UsageError("--by goes with a QUOTATION: a draft names its speakers itself.")
    style = look(name, piped="json")
    readers = _Readers(**reading)
    with _checker(path, documents, readers) as checker, standard_output() as output:
        passed = [
            _shown(checked, output, style)
            for checked in (
                [checker.check(quotation or "", by)]
                if draft is None
                else _of_draft(checker, readers.one(draft))
            )
        ]
    if draft is not None:
        click.echo(_summed(passed), err=True)
    return 0 if all(passed) else 1


def _summed(passed: list[bool]) -> str:
    if not passed:
        return "There are no quotations in it."
    return f"{sum(passed):,} of {count(len(passed), 'quotation')} {_PASS[len(passed) == 1]}."


class _Readers:
    """Reads drafts and documents, with a model that is loaded when it is first needed."""

    def __init__(self, *, model: str | None, allow_private: bool) -> None:
        self._model, self._allow_private = model, allow_private
        self._reader: Reader | None = None

    def read(self, inputs: tuple[str, ...]) -> Iterator[Reading | Failure]:
        from sayso.intake import Options, articles
        from sayso.reader import Reader

        self._reader = self._reader or Reader(self._model)
        options = Options(allow_private=self._allow_private)
        return self._reader.read_many(articles(inputs, options))

    def one(self, draft: str) -> list[Reading]:
        """The draft's articles; usually it is one. Raises the error of what can't be read."""
        results = list(self.read((draft,)))
        for result in results:
            if isinstance(result, Failure):
                raise result.error
        return [result for result in results if isinstance(result, Reading)]


@contextmanager
def _checker(
    path: Path | None, documents: tuple[str, ...], readers: _Readers
) -> Iterator["Checker"]:
    from sayso.record.check import of_documents, of_record
    from sayso.record.check.documents import covers_given, given

    if not documents:
        from sayso.record.database import snapshot

        with opened(path) as record, snapshot(record.db):
            yield of_record(record.db)
        return
    sources, failures = given(readers.read(documents))
    for failure in failures:
        place = failure_place(failure)
        click.echo(f"Not read: {place}: {one_line(failure.error.message)}", err=True)
    if not sources:
        raise SaysoError("none of the documents could be read: there is nothing to check against")
    yield of_documents(sources, covers_given(sources))


def _of_draft(checker: "Checker", readings: list[Reading]) -> "Iterator[Checked]":
    from sayso.record.check.draft import quotations

    for reading in readings:
        for quoted in quotations(reading):
            yield checker.check(quoted.text, quoted.by, quoted.span)


def _shown(checked: "Checked", output: Output, style: Any) -> bool:
    from sayso.record.check.report import as_json, as_text

    if style.name == "json":
        output.write(as_json(checked))
    else:
        output.write(as_text(checked, width=style.width, colour=style.colour))
    return checked.passed
