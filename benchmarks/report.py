"""The results as a page: docs/benchmarks.md."""

from typing import Any

PEERS = {
    "sayso": "Sayso, as it comes: `Reader()`, one process, a thread a core",
    "textacy": "textacy, as its guide has it: `make_spacy_doc`, the whole pipeline",
    "sayso-1": "Sayso on one core: `Reader(threads=1)`",
    "textacy-1": "textacy on one core, tuned: `nlp.pipe` in batches, without named entities",
    "sayso-all": "Sayso with a process a core: `read_many(jobs=…)`",
    "textacy-all": "textacy with a process a core, tuned: `n_process=…`",
}

PAGE = """\
# Benchmarks

Written by `make bench` (`python -m benchmarks`), on {date}, from
[the figures](../benchmarks/results/latest.json); do not edit by hand.

Machine: {processor}, {cores} cores, {memory_gb} GB, {system}, Python {python}.
Versions: {versions}.

## What is compared

Two readers of news on the same articles, in one run, each measurement in a process of its own,
taking turns. They do not do the same work. textacy finds direct quotations only, and of them those
that stand beside a verb of saying and its subject; its speakers are words, not names resolved over
the article. Sayso reads direct, mixed and indirect statements, nested ones, addressees, channels,
times, refusals, and resolves the speakers. So a word read costs Sayso more, and whoever needs
nothing but the quoted words of tidy text may be better served by the quicker of the two.

textacy refuses a text with a quotation mark that it can't pair, which costs it a fifth of whole
articles. Here it gets one paragraph at a time, and what it refuses still counts as read. It is
measured twice: as its guide has it, and as quick as we could make it.

The articles are the bundled reports, varied: names respelt, figures drawn anew, paragraphs left
out, so that no two are the same. They are in English print's styles of quotation, and dense in
quotations: plainer text is quicker for Sayso.

## Words a second, warm

Median of {repetitions} runs over {articles} articles ({words:,} words). The clock runs in the
middle of a longer stream, so loading and the start of processes do not count. CPU-seconds, of the
runs in one process, tell what the work costs whatever else the machine does.

| | words/s | words per CPU-second | found | refused paragraphs |
| --- | ---: | ---: | ---: | ---: |
{warm}

Sayso's words a second over textacy's: {ratios}.

## Cold start, import, memory

| | Sayso | textacy |
| --- | ---: | ---: |
| from nothing to the first byte about a report of 500 words | {cold_sayso} s | {cold_textacy} s |
| peak memory over 1,000 articles, one process | {many_sayso:.0f} MB | {many_textacy:.0f} MB |
| peak memory over one article of 100,000 words | {long_sayso:.0f} MB | {long_textacy:.0f} MB |

`import sayso` takes {importing} s and brings {heavy} with it.
Memory is what is resident, looked at every 20 ms, child processes added. Files are in the system's
cache: the first start after a boot takes longer.

## Growth

One core each. Where time is linear, words a second stay the same from the second size on.

![Seconds and peak memory against the number of articles, and against the words in one \
article](benchmarks/growth.svg)

| | Sayso words/s | MB | textacy words/s | MB |
| --- | ---: | ---: | ---: | ---: |
{growth}
"""


def page(results: dict[str, Any]) -> str:
    """The page of a run's results, in Markdown."""
    warm, growth = results["warm"], results["growth"]
    return PAGE.format(
        **results["machine"],
        date=results["date"],
        versions=", ".join(f"{name} {v}" for name, v in results["versions"].items()),
        repetitions=len(warm["sayso"]["runs"]),
        articles=warm["sayso"]["articles"],
        words=warm["sayso"]["words"],
        warm="\n".join(_warm_row(name, warm[name]) for name in PEERS),
        ratios=_ratios(results["ratios"]),
        cold_sayso=results["cold_start"]["sayso"],
        cold_textacy=results["cold_start"]["textacy"],
        importing=results["import"]["seconds"],
        heavy=", ".join(results["import"]["heavy"]) or "none of NumPy, ONNX Runtime and the like",
        many_sayso=growth["articles"]["sayso-1"][-1]["peak_mb"],
        many_textacy=growth["articles"]["textacy-1"][-1]["peak_mb"],
        long_sayso=growth["words"]["sayso-1"][-1]["peak_mb"],
        long_textacy=growth["words"]["textacy-1"][-1]["peak_mb"],
        growth="\n".join(_growth_rows(growth)),
    )


def ratios(warm: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Sayso's words a second over textacy's, in each of the three settings."""

    def ratio(sayso: str, textacy: str) -> float:
        ours, theirs = (float(warm[name]["words_per_second"]) for name in (sayso, textacy))
        return round(ours / theirs, 2)

    return {
        "as they come": ratio("sayso", "textacy"),
        "on one core, tuned": ratio("sayso-1", "textacy-1"),
        "with a process a core, tuned": ratio("sayso-all", "textacy-all"),
    }


def _ratios(found: dict[str, float]) -> str:
    return ", ".join(f"{value:.2f} {setting}" for setting, value in found.items())


def _warm_row(name: str, figures: dict[str, Any]) -> str:
    found = f"{figures['statements']:,}"
    if name.startswith("sayso"):
        found += f" statements, {figures['direct']:,} of them direct or mixed"
    else:
        found += " direct quotations"
    rate = f"{figures['words_per_second']:,}"
    alone = "–" if name.endswith("-all") else f"{figures['words'] / figures['cpu_seconds']:,.0f}"
    return f"| {PEERS[name]} | {rate} | {alone} | {found} | {figures['refused']:,} |"


def _growth_rows(growth: dict[str, dict[str, list[dict[str, Any]]]]) -> list[str]:
    rows = []
    for kind, label in (("articles", "articles"), ("words", "words in one article")):
        peers = growth[kind]
        for ours, theirs in zip(peers["sayso-1"], peers["textacy-1"], strict=True):
            cells = (f"{p['words_per_second']:,} | {p['peak_mb']:.0f}" for p in (ours, theirs))
            rows.append(f"| {ours['size']:,} {label} | {' | '.join(cells)} |")
    return rows
