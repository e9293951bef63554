"""The results as a page: docs/benchmarks.md."""

import json
from collections.abc import Callable
from typing import Any

from benchmarks import limit_report, others, record_report, room_report, scale_report
from benchmarks.measure import GROWING
from benchmarks.peers import MODELS, READERS
from benchmarks.process import ROOT

RESULTS = ROOT / "benchmarks/results/latest.json"
LIMIT = ROOT / "benchmarks/results/limit.json"
RECORD = ROOT / "benchmarks/results/record.json"
ROOM = ROOT / "benchmarks/results/room.json"
SCALE = ROOT / "benchmarks/results/scale.json"
TARGET = ROOT / "docs/benchmarks.md"
PLOTS = ROOT / "docs/benchmarks"

SETTINGS = {
    "": {
        "": "as it comes: `Reader({model!r})`, one process, a thread a core",
        "textacy": "as its guide has it: `make_spacy_doc`, the whole pipeline",
        "sayswho": "its finder alone, one article after the other, by the whole small pipeline",
    },
    "-1": {
        "": "on one core: `Reader({model!r}, threads=1)`",
        "textacy": "on one core, tuned: `nlp.pipe` in batches, without named entities",
        "sayswho": "on one core, tuned in the same way",
    },
    "-all": {
        "": "with a process a core: `read_many(jobs=…)`",
        "textacy": "with a process a core, tuned: `n_process=…`",
        "sayswho": "with a process a core, tuned in the same way",
    },
}
"""How our models and how the others run, by what a peer's name ends in."""

PAGE = """\
# Benchmarks

Written by `make bench` (`python -m benchmarks`), on {date}, from
[the figures](../benchmarks/results/latest.json); do not edit by hand.

Machine: {processor}, {cores} cores, {memory_gb} GB, {system}, Python {python}.
Versions: {versions}.

| | {readers} |
| --- |{columns}
{summary}

Words a second are each reader's as it comes. A report has {report} words. Warm, it is the median
of {reports} readings of {different} reports, each on its own (in brackets the least and the most);
from nothing is the whole command, `sayso read FILE`, to its first byte. Memory is the peak of one
process over {articles} articles, resident. On disk is the model alone; that of the others is
spaCy's.

## What is compared

Sayso, with each of its two models, textacy and sayswho read the same articles, in one run, each
measurement in a process of its own, taking turns. They do not do the same work. textacy finds
direct quotations only, and of them those that stand beside a verb of saying and its subject; its
speakers are words, not names resolved over the article. Sayso reads direct, mixed and indirect
statements, nested ones, addressees, channels, times, refusals, and resolves the speakers. So a
word read costs Sayso more, and whoever needs nothing but the quoted words of tidy text may be
better served by textacy.

textacy refuses a text with a quotation mark that it can't pair, which costs it a fifth of whole
articles. Here it gets one paragraph at a time, and what it refuses still counts as read. It is
measured twice: as its guide has it, and as quick as we could make it. sayswho has textacy's rules
in a version of its own, which takes whole articles.

Others that find who said what, as far as we know them, and whether each can be measured with what
PyPI has, without models from elsewhere and without accounts:

{others}

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
is linear, words a second stay the same from the second size on. Articles come from a file one by
one. A reader goes as far as {minutes:g} minutes take it.

![Seconds and peak memory against the number of articles, and against the words in one \
article](benchmarks/growth.svg)

| | {growing} |
| --- |{growing_columns}
{growth}
"""


def write() -> None:
    """Write the page from the results that are kept, of this run and of the other benchmarks."""
    told = page(json.loads(RESULTS.read_text(encoding="utf-8")))
    for path, part in (
        (LIMIT, limit_report.part),
        (RECORD, record_report.part),
        (ROOM, room_report.part),
        (SCALE, scale_report.part),
    ):
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
        columns=" ---: |" * len(READERS),
        others=others.table(),
        minutes=results["minutes"],
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
        growing=" | ".join(f"{_growing(name)} words/s | MB" for name in GROWING),
        growing_columns=" ---: |" * 2 * len(GROWING),
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
    rival = warm["textacy"]["words_per_second"]

    def seconds(name: str) -> str:
        found = reports[name]
        return f"{found['median']:.2f} s ({found['least']:.2f}–{found['most']:.2f})"

    cells: dict[str, Callable[[str], str]] = {
        "words a second, warm": lambda name: f"{warm[name]['words_per_second']:,}",
        "times textacy's": lambda name: f"{warm[name]['words_per_second'] / rival:.2f}",
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
    found = f"{figures['statements']:,}"
    if name in MODELS:
        how = SETTINGS[setting][""].format(model=name)
        found += f" statements, {figures['direct']:,} of them direct or mixed"
    else:
        how = SETTINGS[setting][name]
        found += " direct quotations"
    rate = f"{figures['words_per_second']:,}"
    cpu = figures["words"] / figures["cpu_seconds"]
    alone = "–" if setting == "-all" else f"{cpu:,.0f}"
    cells = (f"{_title(name)}, {how}", rate, alone, found, f"{figures['refused']:,}")
    return f"| {' | '.join(cells)} |"


def _growing(name: str) -> str:
    plain = name.removesuffix("-1")
    return f"`{plain}`" if plain in MODELS else plain


def _growth_rows(growth: dict[str, dict[str, list[dict[str, Any]]]]) -> list[str]:
    rows = []
    for kind, label in (("articles", "articles"), ("words", "words in one article")):
        by_size = {name: {point["size"]: point for point in growth[kind][name]} for name in GROWING}
        for size in sorted({size for points in by_size.values() for size in points}):
            points = (by_size[name].get(size) for name in GROWING)
            cells = (
                f"{p['words_per_second']:,} | {p['peak_mb']:.0f}" if p else " | " for p in points
            )
            rows.append(f"| {size:,} {label} | {' | '.join(cells)} |")
    return rows
