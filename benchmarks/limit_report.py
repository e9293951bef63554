"""The part of docs/benchmarks.md that tells what the processor could do."""

from typing import Any

PART = """\

## The machine's limit

Written by `python -m benchmarks.limit`, on {date}, from
[the figures](../benchmarks/results/limit.json); do not edit by hand.

Machine: {processor}, {cores} cores, {memory_gb} GB, {system}, Python {python}.

What a network costs at least is its multiply-accumulates over what the processor can do of them.
ONNX Runtime's own kernels, on products alone, do {int8_one:.0f} billion a second in int8 on one
core and {int8_all:.0f} on {cores}, and {fp32_one:.0f} and {fp32_all:.0f} in fp32.

| | {models} |
| --- | {rule} |
{rows}

Linear layers are in int8; attention, between tokens, is in fp32, and grows with the window: it is
counted for a full one, of {window} tokens. The encoder's times are for such a window, the head's
for {anchors} statements in it. At the limit they would take what their products take at the peak;
near the limit is the share of the time that this is. What is over goes into rounding the inputs of
each product, softmax, normalisation and the like, and into products too small for the peak.

Processor time of one thread over the {words:,} words, by what it goes into:

| | {models} |
| --- | {rule} |
{stages}

On one core an encoder at its limit, with nothing else to do, would read {bounds}.
"""

STAGES = {
    "encoder": "the encoder",
    "head": "the head, run for each anchor",
    "speakers": "speakers: names, mentions, ranker",
    "decoding": "decoding labels into statements",
    "tokenising": "tokenising",
    "assembly": "deciding statements together",
    "refusals": "refusals",
    "confidence": "confidence",
    "dates": "dates",
    "language": "telling the language",
    "rest": "the rest",
}


def part(results: dict[str, Any]) -> str:
    """The part of a run's results, in Markdown."""
    peaks, models = results["peaks"], results["models"]
    return PART.format(
        **results["machine"],
        date=results["date"],
        window=results["window"],
        anchors=results["anchors"],
        words=results["words"],
        **{f"{kind}_{many}": rate for kind, of in peaks.items() for many, rate in of.items()},
        models=" | ".join(f"`{name}`" for name in models),
        rule=" | ".join("---:" for _ in models),
        rows="\n".join(_rows(results)),
        stages="\n".join(_stages(models)),
        bounds=" and ".join(
            f"{_bound(of, results):,.0f} words a second (`{name}`)" for name, of in models.items()
        ),
    )


def _rows(results: dict[str, Any]) -> list[str]:
    models, window, anchors = results["models"], results["window"], results["anchors"]
    cells: dict[str, list[str]] = {
        "tokens encoded for a word": [f"{of['tokens_a_word']:.2f}" for of in models.values()]
    }
    for part_, each, many in (("encoder", "token", window), ("head", "statement", anchors)):
        parts = [of["network"][part_] for of in models.values()]
        for kind in ("int8", "fp32"):
            cells[f"{part_}, million a {each} in {kind}"] = [
                f"{p[kind] / many / 1e6:.1f}" for p in parts
            ]
        cells[f"{part_}, ms"] = [f"{1e3 * p['seconds']:.1f}" for p in parts]
        cells[f"{part_}, ms at the limit"] = [f"{1e3 * _least(p, results):.1f}" for p in parts]
        cells[f"{part_}, near the limit"] = [
            f"{_least(p, results) / p['seconds']:.0%}" for p in parts
        ]
    return [f"| {what} | {' | '.join(found)} |" for what, found in cells.items()]


def _least(network: dict[str, float], results: dict[str, Any]) -> float:
    """Seconds that its products take at one core's peak."""
    return sum(network[kind] / peak["one"] / 1e9 for kind, peak in results["peaks"].items())


def _bound(of: dict[str, Any], results: dict[str, Any]) -> float:
    """Words a second of an encoder at its limit."""
    a_window = _least(of["network"]["encoder"], results)
    return float(results["window"] / a_window / of["tokens_a_word"])


def _stages(models: dict[str, Any]) -> list[str]:
    whole = {name: sum(of["stages"].values()) for name, of in models.items()}
    rows = []
    for stage, called in STAGES.items():
        shares = (f"{of['stages'][stage] / whole[name]:.1%}" for name, of in models.items())
        rows.append(f"| {called} | {' | '.join(shares)} |")
    seconds = " | ".join(f"{seconds:.2f}" for seconds in whole.values())
    return [*rows, f"| seconds, all told | {seconds} |"]
