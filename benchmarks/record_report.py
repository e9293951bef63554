"""The record's part of docs/benchmarks.md."""

from typing import Any

PART = """\

## The record

Written by `python -m benchmarks.record`, on {date}, from
[the figures](../benchmarks/results/record.json); do not edit by hand.

Machine: {processor}, {cores} cores, {memory_gb} GB, {system}, Python {python}, SQLite {sqlite}.

The bundled reports, read by `en-fast`, are varied into an archive: names, numbers and days are
drawn anew, some people are in the news much more than others, and a tenth of the articles are other
outlets' copies. {people:,} people and bodies speak or are spoken of in the largest record. One
process asks through `Record`; the file is on disk, and in the system's cache as a file in use is.
After a boot it isn't: the last row has the first searches then.

| milliseconds, 95 % are below (half are) | {sizes} |
| --- |{columns}
{times}
{cold}

{searches:,} searches are of one to three words, drawn by how frequent they are in what was said, a
third of them phrases, a quarter with one or two filters; of {checks:,} quotations to check half are
as printed and half have a word changed; {timelines:,} timelines are of people as often as they
speak. They are the same at each size, so what they are about is printed in all of them. Each
figure is the middle one of {runs} runs. At {statements:,} statements the processor is busy for less
than {used}, of 19 in 20.

![Milliseconds of search, check and timeline, and the size of the file, against the number of \
statements](benchmarks/record.svg)

The hard ones are apart: the seven commonest words alone, in pairs, as phrases, with OR; the 20
commonest beginnings of two letters (`th*`); quotations put together from common words; the 20 who
are quoted most.

| milliseconds at most (95 % are below) | {sizes} |
| --- |{columns}
{hard}

What is slow: a beginning of two letters makes SQLite join the places of all words that begin so,
and a phrase of common words that nobody says holds every statement that has both against it. Both
grow with the record. A search for a common word does not: the newest {pool:,} hits are ranked. A
timeline grows with what the one person has said.

### Its size, and adding to it

| | {sizes} |
| --- |{columns}
{disk}

Articles of some 300 words and 20 statements are read by `en-fast` on one core and then stored, one
by one, each in a transaction that is on the disk before the next begins. `sayso add --jobs 2` reads
beside it.

### Commands, from nothing

Seconds from the start of the command to its first byte, at {statements:,} statements; cold, with
nothing of the file in the system's cache. `sayso --version` is what Python and the command line
cost alone.

| | in the cache | cold |
| --- | ---: | ---: |
{commands}
"""

_VERBS = ("search", "check", "timeline")


def part(results: dict[str, Any]) -> str:
    """The part of the page for a run's results, in Markdown."""
    from sayso.record.search import POOL

    sizes = results["sizes"]
    last = sizes[-1]
    processor = ", ".join(
        f"{last[verb]['p95_processor_ms']:.0f} ms with a {verb}" for verb in _VERBS
    )
    return PART.format(
        **results["machine"],
        date=results["date"],
        sqlite=results["sqlite"],
        people=last["persons"],
        statements=last["statements"],
        searches=last["search"]["questions"],
        checks=last["check"]["questions"],
        timelines=last["timeline"]["questions"],
        runs=results["runs"],
        used=processor,
        pool=POOL,
        sizes=" | ".join(f"{size['statements']:,}" for size in sizes),
        columns=" ---: |" * len(sizes),
        times="\n".join(_row(verb, sizes, _usual(verb)) for verb in _VERBS),
        cold=_row("search, the first 100, from the disk", sizes, _usual("cold_search")),
        hard="\n".join(_row(verb, sizes, _hard(f"hard_{verb}")) for verb in _VERBS),
        disk="\n".join(_row(what, sizes, cell) for what, cell in _DISK.items()),
        commands="\n".join(
            f"| `sayso {name}` | {seconds['cached']:.2f} | {seconds['cold']:.2f} |"
            for name, seconds in results["cold_start"].items()
        ),
    )


def _row(what: str, sizes: list[dict[str, Any]], cell: Any) -> str:
    return f"| {what} | {' | '.join(map(cell, sizes))} |"


def _usual(kind: str) -> Any:
    return lambda size: f"{size[kind]['p95_ms']:.1f} ({size[kind]['p50_ms']:.1f})"


def _hard(kind: str) -> Any:
    return lambda size: f"{size[kind]['most_ms']:.0f} ({size[kind]['p95_ms']:.0f})"


_DISK = {
    "articles": lambda size: f"{size['articles']:,}",
    "file, MB": lambda size: f"{size['bytes'] / 1e6:,.1f}",
    "bytes a statement": lambda size: f"{size['bytes_per_statement']:,}",
    "reading an article, ms": lambda size: f"{size['adding']['reading_ms']:.1f}",
    "storing it, ms": lambda size: f"{size['adding']['adding_ms']:.1f}",
    "speed of reading that is left": lambda size: f"{size['adding']['speed']:.0%}",
}
