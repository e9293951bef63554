"""The batch's part of docs/benchmarks.md."""

from collections.abc import Callable
from typing import Any

PART = """\

## A batch

Written by `python -m benchmarks.scale`, on {date}, from
[the figures](../benchmarks/results/scale.json); do not edit by hand. What they come to for 100
million articles is [a page of its own](at-scale.md).

Machine: {processor}, {cores} cores, {memory_gb} GB, {system}, Python {python}.
Versions: {versions}.

`sayso batch` reads JSON Lines into a lake; the bare reader, `read_many(jobs={cores})`, reads the
same lines and keeps nothing. Both with `{model}`, by a process for each of the {cores} cores. The
seconds are those of the whole command, so of few articles most go into its start. The articles are
the bundled reports, varied: {words:.0f} words and {statements:.1f} statements each, denser than
most news. Memory is the peak of all processes together, what they share counted once.

{growth}

![Seconds, words a second and memory of a batch and of the bare reader, against the number of \
articles](benchmarks/scale.svg)

The largest run took {minutes:.1f} minutes for {largest:,} articles, and kept {share:.0%} of the
bare reader's words a second ({cpu_share:.0%} by the processor's seconds, which other programs on
the machine disturb less).{short}

### What an article and a statement cost

{costs}
"""

RAY = """
### On Ray

A local Ray of one node with {cores} workers, and the same command with `--ray ADDRESS`. Ray's own
processes count in its memory, its start does not in the seconds.

| articles | native, s | words/s | MB | Ray, s | words/s | MB | rows |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
{rows}
"""

SAME = """
### The same rows, whatever happens

{articles:,} articles in {shards} shards, read once without a break and once with each of these.
What is compared is a hash over every value of all {count:,} rows, sorted, and one over every byte
of every file of the tables.

| | rows | files | left over |
| --- | --- | --- | ---: |
{rows}
"""

_DEEDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "other-order": lambda found: "the last shard first",
    "killed": lambda found: (
        f"killed {found['kills']} times and begun again (shards by run: "
        f"{', '.join(map(str, found['shards_by_run']))})"
    ),
    "lost-node": lambda found: (
        f"two Ray nodes, one killed when {found['shards_before']} of {found['shards']} were done"
    ),
}


def part(results: dict[str, Any]) -> str:
    """The part of the page for a run's results, in Markdown."""
    growth = results["growth"]
    last = growth[-1]
    native, bare = last["native"], last["bare"]
    told = PART.format(
        **results["machine"],
        date=results["date"],
        model=results["model"],
        versions=", ".join(f"{name} {number}" for name, number in results["versions"].items()),
        words=native["words"] / native["articles"],
        statements=native["statements"] / native["articles"],
        growth=_growth(growth),
        minutes=native["seconds"] / 60,
        largest=last["size"],
        share=native["words_per_second"] / bare["words_per_second"],
        cpu_share=native["words_per_cpu_second"] / bare["words_per_cpu_second"],
        short=_short(last["size"]),
        costs=_costs(results),
    )
    return told + _ray(results) + _same(results["same"])


def _short(largest: int) -> str:
    return "" if largest >= 100_000 else f" More than {largest:,} were not measured."


def _growth(growth: list[dict[str, Any]]) -> str:
    rows = [
        "| articles | batch, s | words/s | MB | bare reader, s | words/s | MB | kept |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size in growth:
        cells = [f"{size['size']:,}", *_run(size["native"]), *_run(size["bare"])]
        kept = size["native"]["words_per_second"] / size["bare"]["words_per_second"]
        rows.append(f"| {' | '.join([*cells, f'{kept:.0%}'])} |")
    return "\n".join(rows)


def _costs(results: dict[str, Any]) -> str:
    """Of the largest run, and of real news where there is some."""
    cores, runs = results["machine"]["cores"], {"the archive": results["growth"][-1]["native"]}
    if results["real"]:
        runs[f"{results['real']['articles']:,} real reports"] = results["real"]
    columns = [_unit_costs(run, cores) for run in runs.values()]
    rows = [f"| | {' | '.join(runs)} |", f"| --- |{' ---: |' * len(runs)}"]
    for what in columns[0]:
        rows.append(f"| {what} | {' | '.join(column[what] for column in columns)} |")
    told = (
        "The archive’s articles repeat each other’s words, which its files make use of: real news "
        "takes more room."
    )
    return "\n".join([*rows, "", told, *_by_core(results)])


def _unit_costs(run: dict[str, Any], cores: int) -> dict[str, str]:
    articles, statements, of = run["articles"], run["statements"], run["bytes"]
    hours = run["seconds"] * cores / 3_600
    return {
        "words an article": f"{run['words'] / articles:,.0f}",
        "statements an article": f"{statements / articles:.1f}",
        "words a second": f"{run['words_per_second']:,.0f}",
        "articles a core-hour": f"{articles / hours:,.0f}",
        "statements a core-hour": f"{statements / hours:,.0f}",
        "bytes of input an article": f"{run['input_bytes'] / articles:,.0f}",
        "bytes in the lake an article, its statements included": (
            f"{sum(of.values()) / articles:,.0f}"
        ),
        "bytes of `articles` an article": f"{of['articles'] / articles:,.0f}",
        "bytes of `statements` a statement": f"{of['statements'] / statements:,.0f}",
        "bytes of the manifest a shard": f"{run['manifest_bytes'] / run['shards']:,.0f}",
    }


def _by_core(results: dict[str, Any]) -> list[str]:
    cores, many = results["cores"], results["machine"]["cores"]
    one, all_ = (cores.get(str(n)) for n in (1, many))
    if not one or not all_ or many == 1:
        return []
    gain = all_["words_per_second"] / one["words_per_second"]
    more = (all_["pss_mb"] - one["pss_mb"]) / (many - 1)
    return [
        "",
        f"On {many} cores it does {gain:.2f} times the work of one. On one core it takes "
        f"{one['pss_mb']:,.0f} MB, and {more:,.0f} MB for each core more.",
    ]


def _ray(results: dict[str, Any]) -> str:
    if not results["ray"]:
        return ""
    rows = []
    for size in results["ray"]:
        cells = [f"{size['size']:,}", *_run(size["native"]), *_run(size["ray"])]
        rows.append(f"| {' | '.join(cells)} | {'the same' if size['same'] else '**others**'} |")
    return RAY.format(cores=results["machine"]["cores"], rows="\n".join(rows))


def _run(found: dict[str, Any]) -> tuple[str, str, str]:
    return (
        f"{found['seconds']:,.1f}",
        f"{found['words_per_second']:,.0f}",
        f"{found['pss_mb']:,.0f}",
    )


def _same(same: dict[str, Any]) -> str:
    if "unbroken" not in same or len(same) == 1:
        return ""
    whole = same["unbroken"]
    rows = []
    for name, told in _DEEDS.items():
        if found := same.get(name):
            alike = (
                "the same" if found[x] == whole[x] else "**others**" for x in ("rows", "files")
            )
            rows.append(f"| {told(found)} | {' | '.join(alike)} | {found['strays']} |")
    told = {name: whole[name] for name in ("articles", "shards", "count")}
    return SAME.format(**told, rows="\n".join(rows))
