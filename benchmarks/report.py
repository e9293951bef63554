"""The results as a page: docs/benchmarks.md."""

import json
from collections.abc import Callable
from typing import Any

from benchmarks import limit_report, record_report, room_report
from benchmarks.peers import MODELS
from benchmarks.process import ROOT

RESULTS = ROOT / "benchmarks/results/latest.json"
LIMIT = ROOT / "benchmarks/results/limit.json"
RECORD = ROOT / "benchmarks/results/record.json"
ROOM = ROOT / "benchmarks/results/room.json"
TARGET = ROOT / "docs/benchmarks.md"
PLOTS = ROOT / "docs/benchmarks"

SETTINGS = {
    "": (
        "as it comes: `Reader({model!r})`, one process, a thread a core",
        "as its guide has it: `make_spacy_doc`, the whole pipeline",
    ),
    "-1": (
        "on one core: `Reader({model!r}, threads=1)`",
        "on one core, tuned: `nlp.pipe` in batches, without named entities",
    ),
    "-all": (
        "with a process a core: `read_many(jobs=…)`",
        "with a process a core, tuned: `n_process=…`",
    ),
}
"""How our models and how textacy run, by what a peer's name ends in."""
READERS = (*MODELS, "textacy")

PAGE = """\
# Benchmarks

Written by `make bench` (`python -m benchmarks`), on {date}, from
[the figures](../benchmarks/results/latest.json); do not edit by hand.

Machine: {processor}, {cores} cores, {memory_gb} GB, {system}, Python {python}.
Versions: {versions}.

| | {readers} |
| --- | ---: | ---: | ---: |
{summary}

Words a second are each reader's as it comes. A report has {report} words. Warm, it is the median
of {reports} readings of {different} reports, each on its own (in brackets the least and the most);
from nothing is the whole command, `sayso read FILE`, to its first byte. Memory is the peak of one
process over {articles} articles, resident. On disk is the model alone; textacy's is spaCy's.

## What is compared

Sayso, with each of its two models, and textacy read the same articles, in one run, each measurement
in a process of its own, taking turns. They do not do the same work. textacy finds direct quotations
only, and of them those that stand beside a verb of saying and its subject; its speakers are words,
not names resolved over the article. Sayso reads direct, mixed and indirect statements, nested ones,
addressees, channels, times, refusals, and resolves the speakers. So a word read costs Sayso more,
and whoever needs nothing but the quoted words of tidy text may be better served by textacy.

textacy refuses a text with a quotation mark that it can't pair, which costs it a fifth of whole
articles. Here it gets one paragraph at a time, and what it refuses still counts as read. It is
measured twice: as its guide has it, and as quick as we could make it.

The articles are the bundled reports, varied: names respelt, figures drawn anew, paragraphs left
out, so that no two are the same. They are in English print's styles of quotation, and dense in
quotations: plainer text is quicker for Sayso.

## Words a second, warm

Median of {repetitions} runs over {articles} articles ({words:,} words). Loading and the start of
processes do not count: an article is read first, and with several processes the clock runs in the
middle of a longer stream. CPU-seconds, of the runs in one process, tell what the work costs
whatever else the machine does.

| | words/s | words per CPU-second | found | refused paragraphs |
| --- | ---: | ---: | ---: | ---: |
{warm}

Words a second over textacy's in the same setting: {ratios}.

`import sayso` takes {importing} s and brings {heavy} with it.
Memory is looked at every 20 ms, child processes added. Files are in the system's cache: the first
start after a boot takes longer.

## Growth

One core each, and of our models `en-fast`; `en` is the same code with more to multiply. Where time
is linear, words a second stay the same from the second size on.

![Seconds and peak memory against the number of articles, and against the words in one \
article](benchmarks/growth.svg)

| | `en-fast` words/s | MB | textacy words/s | MB |
| --- | ---: | ---: | ---: | ---: |
{growth}
"""


def write() -> None:
    """Write the page from the results that are kept, of this run and of the other benchmarks."""
    told = page(json.loads(RESULTS.read_text(encoding="utf-8")))
    others = (
        (LIMIT, limit_report.part),
        (RECORD, record_report.part),
        (ROOM, room_report.part),
    )
    for path, part in others:
        if path.exists():
            told += part(json.loads(path.read_text(encoding="utf-8")))
    TARGET.write_text(told, encoding="utf-8")


def page(results: dict[str, Any]) -> str:
    """The page of a run's results, in Markdown."""
    warm, reports = results["warm"], results["reports"]
    first = warm[READERS[0]]
    return PAGE.format(
        **results["machine"],
        date=results["date"],
        versions=", ".join(f"{name} {v}" for name, v in results["versions"].items()),
        readers=" | ".join(_title(name) for name in READERS),
        summary="\n".join(_summary(results)),
        report=reports["words"],
        reports=reports["readings"],
        different=reports["different"],
        repetitions=len(first["runs"]),
        articles=first["articles"],
        words=first["words"],
        warm="\n".join(
            _warm_row(name, setting, warm[name + setting])
            for setting in SETTINGS
            for name in READERS
        ),
        ratios="; ".join(_ratios(model, results["ratios"][model]) for model in MODELS),
        importing=results["import"]["seconds"],
        heavy=", ".join(results["import"]["heavy"]) or "none of NumPy, ONNX Runtime and the like",
        growth="\n".join(_growth_rows(results["growth"])),
    )


def ratios(warm: dict[str, dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Each model's words a second over textacy's, by setting."""

    def ratio(model: str, setting: str) -> float:
        ours, theirs = (float(warm[x + setting]["words_per_second"]) for x in (model, "textacy"))
        return round(ours / theirs, 2)

    return {model: {setting: ratio(model, setting) for setting in SETTINGS} for model in MODELS}


def _title(name: str) -> str:
    return f"Sayso `{name}`" if name in MODELS else name


def _summary(results: dict[str, Any]) -> list[str]:
    """The figures that matter most, a column for each reader."""
    warm, reports = results["warm"], results["reports"]["seconds"]
    over = {name: results["ratios"][name][""] for name in MODELS} | {"textacy": 1.0}

    def seconds(name: str) -> str:
        found = reports[name]
        return f"{found['median']:.2f} s ({found['least']:.2f}–{found['most']:.2f})"

    cells: dict[str, Callable[[str], str]] = {
        "words a second, warm": lambda name: f"{warm[name]['words_per_second']:,}",
        "times textacy's": lambda name: f"{over[name]:.2f}",
        "a report, warm": seconds,
        "a report, from nothing": lambda name: f"{results['cold_start'][name]:.2f} s",
        "memory": lambda name: f"{warm[name]['peak_mb']:.0f} MB",
        "model on disk": lambda name: f"{results['disk_mb'][name]:.0f} MB",
    }
    return [f"| {what} | {' | '.join(map(cell, READERS))} |" for what, cell in cells.items()]


def _ratios(model: str, found: dict[str, float]) -> str:
    as_it_comes, one, all_ = found.values()
    return (
        f"`{model}` {as_it_comes:.2f} as they come, {one:.2f} on one core, {all_:.2f} with a "
        "process a core"
    )


def _warm_row(name: str, setting: str, figures: dict[str, Any]) -> str:
    ours, theirs = SETTINGS[setting]
    found = f"{figures['statements']:,}"
    if name in MODELS:
        how = ours.format(model=name)
        found += f" statements, {figures['direct']:,} of them direct or mixed"
    else:
        how = theirs
        found += " direct quotations"
    rate = f"{figures['words_per_second']:,}"
    cpu = figures["words"] / figures["cpu_seconds"]
    alone = "–" if setting == "-all" else f"{cpu:,.0f}"
    cells = (f"{_title(name)}, {how}", rate, alone, found, f"{figures['refused']:,}")
    return f"| {' | '.join(cells)} |"


def _growth_rows(growth: dict[str, dict[str, list[dict[str, Any]]]]) -> list[str]:
    rows = []
    for kind, label in (("articles", "articles"), ("words", "words in one article")):
        peers = growth[kind]
        for ours, theirs in zip(peers["en-fast-1"], peers["textacy-1"], strict=True):
            cells = (f"{p['words_per_second']:,} | {p['peak_mb']:.0f}" for p in (ours, theirs))
            rows.append(f"| {ours['size']:,} {label} | {' | '.join(cells)} |")
    return rows
