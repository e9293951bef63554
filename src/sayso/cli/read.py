"""`sayso read`: inputs → articles → readings → a format."""

import math
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.looks import colourful, on_screen
from sayso.cli.output import Output, file_output, standard_output
from sayso.cli.progress import Tally, bar
from sayso.cli.reading import given, reading_options
from sayso.formats import FORMATS, Formatter, formatter
from sayso.formats.selection import PROPERTIES, select
from sayso.types import Failure, Reading

if TYPE_CHECKING:
    from sayso.intake import Options

_ENDINGS = {
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".txt": "table",
    "": "jsonl",
}

EXAMPLES = """\
\b
Examples:
  sayso read story.txt
  sayso read corpus.jsonl | jq .statements
  sayso read https://news.example/story --out story.html
  sayso read archive/ --model en-fast --jobs 4 --only direct --out quotations.csv
"""


@click.command("read", epilog=EXAMPLES)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option(
    "--format",
    "name",
    type=click.Choice(list(FORMATS)),
    help="Default: by the ending of FILE, else table in a terminal and jsonl into a pipe.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to FILE, when all is read; - is standard output.",
)
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="P",
    help="Leave out statements less sure than P, from 0 to 1.",
)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(PROPERTIES),
    help="Keep such statements. Again for more: --only direct --only mixed --only named keeps "
    "what is direct or mixed, and has a named speaker.",
)
@click.option("--no-text", is_flag=True, help="Leave the article's text out of jsonl and html.")
@reading_options
def command(
    *,
    inputs: tuple[str, ...],
    name: str | None,
    out: Path | None,
    force: bool,
    min_confidence: float,
    only: tuple[str, ...],
    no_text: bool,
    model: str | None,
    jobs: int,
    quiet: bool,
    **of_articles: Any,  # the fields of `sayso.intake.Options`
) -> int:
    """Read who said what in each INPUT.

    An INPUT is a file of text, HTML, JSON Lines or WARC, a folder, a pattern such as "*.txt", an
    http(s) address, or - for standard input, which is also read when no INPUT is given. One that
    can't be read costs itself only: its error stands in its place.

    Exit status: 0 all were read, 1 some were not, 2 the call was wrong.
    """
    from sayso.intake import Options

    inputs = given(inputs)
    if math.isnan(min_confidence):
        raise click.UsageError("--min-confidence must be a number from 0 to 1.")
    out = None if out == Path("-") else out
    if out is not None and any(_same_file(name, out) for name in inputs):
        raise click.UsageError(f"{out} is an input too: choose another name for the output.")
    options = Options(**of_articles)
    layout = _layout(name or _usual_format(out), text=not no_text, on_screen=_on_screen(out))
    with _output(out, force=force) as output:
        results = _results(inputs, options, model=model, jobs=jobs)
        chosen = (_chosen(r, min_confidence, only) for r in results)
        tally = Tally()
        with nullcontext() if quiet or _on_screen(out) else bar(tally, inputs):
            _write(chosen, layout, output, tally)
    if not quiet:
        click.echo(tally.told(), err=True)
    return 1 if tally.failed else 0


def _same_file(name: str, out: Path) -> bool:
    return os.path.exists(name) and out.exists() and out.samefile(name)


def _on_screen(out: Path | None) -> bool:
    return out is None and on_screen()


def _usual_format(out: Path | None) -> str:
    if out is not None and out.suffix.lower() not in _ENDINGS:
        raise click.UsageError(
            f"the ending of {out} tells no format (as {', '.join(filter(None, _ENDINGS))} do): "
            "give --format."
        )
    if out is not None:
        return _ENDINGS[out.suffix.lower()]
    return "table" if _on_screen(out) else "jsonl"


def _layout(name: str, *, text: bool, on_screen: bool) -> Formatter:
    if not on_screen:
        return formatter(name, text=text)
    width = shutil.get_terminal_size().columns
    return formatter(name, text=text, width=width, colour=colourful())


def _output(out: Path | None, *, force: bool) -> AbstractContextManager[Output]:
    return standard_output() if out is None else file_output(out, force=force)


def _results(
    inputs: tuple[str, ...], options: "Options", *, model: str | None, jobs: int
) -> Iterator[Reading | Failure]:
    from sayso.intake import articles
    from sayso.reader import Reader

    reader = Reader(model, max_chars=options.max_chars)
    return reader.read_many(articles(inputs, options), jobs=jobs)


def _chosen(
    result: Reading | Failure, min_confidence: float, only: tuple[str, ...]
) -> Reading | Failure:
    if isinstance(result, Failure):
        return result
    return select(result, min_confidence=min_confidence, only=only)


def _write(
    results: Iterator[Reading | Failure], layout: Formatter, output: Output, tally: Tally
) -> None:
    output.write(layout.start())
    for result in results:
        tally.add(result)
        output.write(layout.result(result))
    output.write(layout.end())
