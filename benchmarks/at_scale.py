"""The results of `benchmarks.scale` as docs/at-scale.md: what 100 million articles take."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.process import ROOT

TARGET = ROOT / "docs/at-scale.md"

ARTICLES = 100_000_000
WORDS = (300, 500, 700)
"""Of an article; agencies' reports are near the first, papers' near the last."""
SHARD = 2_000
"""Articles of a shard of JSON Lines or Parquet."""
WARC, WARC_SHARD = 15_000, 240
"""Pages of a WARC file of a gigabyte, and of a shard of it."""
MONTHS = 120
"""Of the archive: ten years."""
TAIL = 12
"""Months beside its own that a day's crawl has articles of: old pages that it finds anew."""
MACHINES = ((16, 1), (16, 7), (64, 1), (64, 7))
"""Cores of one, and days."""
PUTS = 3_500
"""Writes a second that S3 takes under one prefix, as its maker tells."""
WAIT = 0.03
"""Seconds until a store answers."""
TOGETHER = 16
"""Entries of the manifest that are asked for at a time."""

PAGE = """\
# 100 million articles

Written by `python -m benchmarks.scale`, on {date}, from
[the figures](../benchmarks/results/scale.json); do not edit by hand.

Nobody has read 100 million articles with Sayso. This page multiplies
[what was measured](benchmarks.md#a-batch), on {cores} cores ({processor}) and up to {measured:,}
articles, and says what stands in the way. What was not measured stands at its end.

## The work

In a batch `{model}` reads {rate:,.0f} words a second on a core: a billion words are {billion:,.0f}
core-hours.{real}

| words an article | core-hours | {machines} |
| ---: | ---: |{columns}
{work}

Every core has a reading process. The first and what holds the run together take {first:,.0f} MB,
each further one {more:,.0f} MB: {memory16:,.1f} GB for 16 cores, {memory64:,.1f} GB for 64. An
article of a million characters may take up to 2 GB more while it is read.

{shards:,} shards of {shard:,} articles can be read at the same time, so that many cores are of use
and no more. A machine that is lost costs what its cores were reading, of each core at most
{lost:.0f} minutes.

## The lake

| | |
| --- | ---: |
{lake}

The text is most of `articles`; `statements` holds what was said, and answers most questions alone.
{files}
## What breaks first

{breaks}
## What was not measured

Several machines, and stores over a network: two Ray nodes on one machine have no network between
them. Between shards nothing passes, and the head is told a row of counts for each, so speed should
grow with the cores.{scaling}
"""

FILES = """
A shard writes a file of `articles` and one of `statements` for each month that it has articles of.
So how many files there are hangs on the order of the input:

| the input is | files | of one table and month | mean size |
| --- | ---: | ---: | ---: |
{rows}

Small files hold worse: the same {articles:,} articles as one shard took {one:,.0f} bytes an article
in files of one month, and {all:,.0f} in files of {months} months ({times:.1f} times). Reading and
writing them took {spent:.2f} times as long.
"""


@dataclass(frozen=True, slots=True)
class Costs:
    """What was measured, by the unit: bytes, and words a second on one core."""

    words: float
    input: float
    article: float
    statement: float
    statements: float
    """Of an article."""
    entry: float
    own_words: float
    """Of the articles that were measured."""

    @property
    def whole(self) -> float:
        """An article in the lake, with its statements."""
        return self.article + self.statements * self.statement

    def seconds(self, words: float) -> float:
        """A core's, for 100 million articles of so many words."""
        return ARTICLES * words / self.words


def write(results: dict[str, Any]) -> None:
    TARGET.write_text(page(results), encoding="utf-8")


def page(results: dict[str, Any]) -> str:
    """The page of a run's results, in Markdown."""
    costs, shards = _costs(results), ARTICLES // SHARD
    first, more = _memory(results)
    told = "\n\n".join(_point(n, text) for n, text in enumerate(_breaks(results, costs, shards), 1))
    return PAGE.format(
        **results["machine"],
        date=results["date"],
        model=results["model"],
        measured=results["growth"][-1]["native"]["articles"],
        rate=costs.words,
        real=_real(results),
        billion=1e9 / costs.words / 3_600,
        machines=" | ".join(f"machines of {n} cores, {_days(days)}" for n, days in MACHINES),
        columns=" ---: |" * len(MACHINES),
        work="\n".join(_work(words, costs) for words in WORDS),
        first=first,
        more=more,
        memory16=(first + 15 * more) / 1e3,
        memory64=(first + 63 * more) / 1e3,
        shards=shards,
        shard=SHARD,
        lost=SHARD * costs.own_words / costs.words / 60,
        lake="\n".join(f"| {what} | {_size(size)} |" for what, size in _lake(costs, shards)),
        files=_files(results["months"], shards),
        breaks=f"{told}\n",
        scaling=_scaling(results),
    )


def _costs(results: dict[str, Any]) -> Costs:
    """Speed by the largest run, sizes by real news where there is some."""
    largest = results["growth"][-1]["native"]
    run = results["real"] or largest
    of, articles = run["bytes"], run["articles"]
    return Costs(
        words=largest["words_per_second"] / results["machine"]["cores"],
        input=run["input_bytes"] / articles,
        article=of["articles"] / articles,
        statement=of["statements"] / run["statements"],
        statements=run["statements"] / articles,
        entry=largest["manifest_bytes"] / largest["shards"],
        own_words=run["words"] / articles,
    )


def _real(results: dict[str, Any]) -> str:
    if not results["real"]:
        return ""
    rate = results["real"]["words_per_second"] / results["machine"]["cores"]
    return (
        f" That is of articles that are dense in quotations; of {results['real']['articles']:,} "
        f"real reports it read {rate:,.0f}."
    )


def _memory(results: dict[str, Any]) -> tuple[float, float]:
    """Megabytes of a batch on one core, and of each core more."""
    many = results["machine"]["cores"]
    one, all_ = (results["cores"].get(str(n), {}).get("pss_mb") for n in (1, many))
    if one and all_ and many > 1:
        return one, (all_ - one) / (many - 1)
    each = results["growth"][-1]["native"]["pss_mb"] / many
    return each, each


def _days(days: int) -> str:
    return "a day" if days == 1 else f"{days} days"


def _work(words: int, costs: Costs) -> str:
    hours = costs.seconds(words) / 3_600
    machines = (f"{_up(hours / 24 / days / cores):,}" for cores, days in MACHINES)
    return f"| {words} | {hours:,.0f} | {' | '.join(machines)} |"


def _up(number: float) -> int:
    return max(1, -int(-number // 1))


def _lake(costs: Costs, shards: int) -> Iterator[tuple[str, float]]:
    """What it holds, by the measured articles, and its bytes."""
    statements = ARTICLES * costs.statements
    yield f"input: JSON Lines of {costs.own_words:,.0f} words", ARTICLES * costs.input
    yield f"`articles`: {costs.article:,.0f} bytes each", ARTICLES * costs.article
    told = f"`statements`: {statements / 1e9:,.1f} billion, {costs.statement:,.0f} bytes each"
    yield told, statements * costs.statement
    yield f"manifest: {shards:,} entries, {costs.entry:,.0f} bytes each", shards * costs.entry
    yield "the lake", ARTICLES * costs.whole + shards * costs.entry


def _size(count: float) -> str:
    for unit, size in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if count >= size:
            return f"{count / size:,.1f} {unit}"
    return f"{count / 1e3:,.0f} kB"


def _files(months: dict[str, Any] | None, shards: int) -> str:
    if months is None:
        return ""
    one, all_ = (sum(months[x]["bytes"].values()) / months["articles"] for x in ("one", "all"))
    orders = (
        ("in order of printing", 1.5, one),
        (f"a crawl day by day, {TAIL} earlier months in each shard", 1 + TAIL, one),
        (f"mixed, all {MONTHS} months in each shard", MONTHS, all_),
    )
    rows = []
    for order, each, size in orders:
        files = round(2 * shards * each)
        mean = ARTICLES * size / files
        rows.append(f"| {order} | {files:,} | {files // 2 // MONTHS:,} | {_size(mean)} |")
    return FILES.format(
        rows="\n".join(rows),
        articles=months["articles"],
        one=one,
        all=all_,
        months=months["all"]["files"]["articles"],
        times=all_ / one,
        spent=months["all"]["seconds"] / months["one"]["seconds"],
    )


# ---- what breaks first, each with what to do


def _breaks(results: dict[str, Any], costs: Costs, shards: int) -> Iterator[str]:
    head = results["head"]
    if head is not None:
        yield _small_files(head["question"], shards)
        yield _manifest(head["manifest"], shards)
        yield _plan(head["plan"], costs, shards)
        yield _repeated(head["addresses"])
    yield _store(costs)
    yield (
        "**Ray’s head.** It keeps a line for each task, of which a query has 4,096, and no article "
        "passes through it. But a head that dies ends the run: what is finished stays, and the "
        "same "
        "command goes on. Give it no work (`--num-cpus=0`), and a machine that is not taken back."
    )
    yield (
        "**The same statement in many articles** ([`sayso same`](same.md)) is a run of its own "
        "over "
        "the whole lake; its figures are on its page. Ask it of months, not of ten years."
    )


def _point(number: int, text: str) -> str:
    wrapped = textwrap.fill(text, 97, break_long_words=False, break_on_hyphens=False)
    return f"{number}. " + wrapped.replace("\n", "\n   ")


def _small_files(question: dict[str, Any], shards: int) -> str:
    each = question["seconds"] / question["files"]
    mixed = 2 * shards * MONTHS
    return (
        "**Many small files**, where shards are mixed in time. A question to a lake of "
        f"{question['files']:,} files of articles took {question['seconds']:.1f} s, from a disk "
        "whose cache "
        "has "
        f"them: {1e3 * each:.1f} ms a file. To the {mixed // 2:,} files of one table of a mixed "
        "lake "
        f"it is {_time(each * mixed / 2)}, and over a network much more. Order the input by day of "
        "printing before it is read, which a crawl kept by its days nearly is, or read each year "
        "into a lake of its own. A lake that is mixed already is best written anew by month, with "
        "any engine, for those who ask; the batch goes on with the one it has."
    )


def _manifest(manifest: dict[str, Any], shards: int) -> str:
    each = manifest["seconds"] / manifest["entries"]
    held = manifest["peak_mb"] * 1e6 / manifest["entries"]
    warc = ARTICLES // WARC_SHARD
    return (
        "**The manifest**: a small file for each shard, all of which every run and every question "
        f"reads at its start. {manifest['entries']:,} of them took {manifest['seconds']:.1f} s "
        "from "
        f"a disk, and {manifest['peak_mb']:,.0f} MB: {shards:,} take {_time(each * shards)} and "
        f"{_size(held * shards)}. From a store that answers in {1e3 * WAIT:.0f} ms, {TOGETHER} "
        "at a "
        f"time, they take {_time(shards * WAIT / TOGETHER)}. A crawl in WARC has more: its shards "
        f"have 16 MB, some {WARC_SHARD} pages, which makes {warc:,} entries, "
        f"{_time(warc * WAIT / TOGETHER)} and {_size(held * warc)}. A lake for each year keeps it "
        "small."
    )


def _plan(plan: dict[str, Any], costs: Costs, shards: int) -> str:
    share = shards / plan["shards"]
    size = ARTICLES * costs.input
    return (
        "**The machine that has the plan.** To plan "
        f"{plan['shards']:,} shards and compare them with the lake took {plan['seconds']:.1f} s "
        "and "
        f"{plan['peak_mb']:,.0f} MB: {shards:,} take {_time(plan['seconds'] * share)} and "
        f"{_size(plan['peak_mb'] * 1e6 * share)}. Before that it reads JSON Lines once, to find "
        "where "
        f"lines end: {_size(size)} at a gigabyte a second are {_time(size / 1e9)} in which nobody "
        "reads an article. Parquet tells in its footer, so that nothing is read twice."
    )


def _repeated(addresses: dict[str, Any]) -> str:
    share = ARTICLES / addresses["addresses"]
    odds = 2**65 / ARTICLES**2
    return (
        "**Repeated addresses**, of pages and WARC alone. They are listed before anything is read, "
        f"so each of {ARTICLES // WARC:,} WARC files is unpacked twice, and decided on one "
        "machine: "
        f"{addresses['addresses'] / 1e6:,.1f} million took {addresses['seconds']:.1f} s and "
        f"{addresses['peak_mb']:,.0f} MB, so {ARTICLES / 1e6:,.0f} million take "
        f"{_time(addresses['seconds'] * share)} and {_size(addresses['peak_mb'] * 1e6 * share)}. "
        "Of "
        f"an address 64 bits are kept: one in {odds:,.0f} such crawls has a page that is taken for "
        "another’s copy. Give the machine that memory, or read year by year: what earlier runs "
        "into "
        "the same lake have counts too."
    )


def _store(costs: Costs) -> str:
    words = WORDS[1]
    cores = _up(costs.seconds(words) / 3_600 / 24)
    shards = cores / (SHARD * words / costs.words)
    mixed = shards * (2 * MONTHS + 1)
    return (
        f"**The store’s rate of requests.** The {cores:,} cores that take a day for articles of "
        f"{words} words finish {shards:.2f} shards a second, three writes each where a shard is of "
        f"one month: {3 * shards:.1f} a second. Mixed, it is {mixed:,.0f} a second. S3 takes "
        f"{PUTS:,} under one prefix, and each table is one, so {PUTS / mixed:,.0f} times the cores "
        "could write a mixed lake. A shard that a store refuses is tried once more at the end, and "
        "then by the next run."
    )


def _time(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:,.0f} s"
    return f"{seconds / 60:,.0f} minutes" if seconds < 7_200 else f"{seconds / 3_600:,.1f} hours"


def _scaling(results: dict[str, Any]) -> str:
    many = results["machine"]["cores"]
    one, all_ = (results["cores"].get(str(n), {}).get("words_per_second") for n in (1, many))
    if not one or not all_ or many == 1:
        return ""
    return (
        f" Here {many} cores did {all_ / one:.2f} times the work of one; cores that share a memory "
        "bus, or two threads of one core, do less than their number says."
    )
