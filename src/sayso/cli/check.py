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
    _hint(quotation)
    with _checker(path, documents, readers) as checker, standard_output() as output:
        if draft is None:
            found = [_shown(_one(checker, quotation or "", by), None, output, style)]
        else:
            quoted = _of_draft(checker, readers.one(draft))
            found = [_shown(checked, line, output, style) for checked, line in quoted]
    if draft is not None:
        click.echo(_sum(found, table=style.name == "table"), nl=False, err=True)
    return 0 if all(checked.passed for checked, _ in found) else 1


def _hint(quotation: str | None) -> None:
    """A draft's name in place of a quotation is a slip: say what was meant."""
    try:
        if quotation and Path(quotation).is_file():
            name = one_line(quotation, 200)
            click.echo(f"{name} is a file: to check what it quotes, give --file {name}", err=True)
    except (OSError, ValueError):  # too long for a name, or no name
        return


def _one(checker: "Checker", quotation: str, by: str | None) -> "Checked":
    checked = checker.check(quotation, by)
    missing = None if by is None or checked.speaker == "same" else checker.absent(by)
    if missing:
        click.echo(f"Note: {missing}", err=True)
    return checked


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


def _of_draft(checker: "Checker", readings: list[Reading]) -> "Iterator[tuple[Checked, int]]":
    from sayso.record.check.draft import quotations

    for reading in readings:
        for quoted in quotations(reading):
            yield checker.check(quoted.text, quoted.by, quoted.span), quoted.line


def _shown(
    checked: "Checked", line: int | None, output: Output, style: Any
) -> "tuple[Checked, int]":
    from sayso.record.check.report import as_json, as_text

    if style.name == "json":
        output.write(as_json(checked))
    else:
        output.write(as_text(checked, line, width=style.width, colour=style.colour))
    return checked, line or 0


def _sum(found: "list[tuple[Checked, int]]", *, table: bool) -> str:
    """How many pass, of how many of these the draft tells nobody, and in a table which don't."""
    from sayso.record.check.report import failed

    if not found:
        return "There are no quotations in it.\n"
    passed = [checked for checked, _ in found if checked.passed]
    unnamed = sum(checked.by is None for checked in passed)
    told = f"{len(passed):,} of {count(len(found), 'quotation')} {_PASS[len(found) == 1]}"
    if unnamed:
        told += f", {unnamed:,} of them with nobody named in the draft"
    if not table or len(passed) == len(found):
        return f"{told}.\n"
    return f"{told}. These don't:\n{failed(found)}"
