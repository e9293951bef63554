"""The reading room's part of docs/benchmarks.md."""

from typing import Any

PART = """\

## The reading room

Written by `python -m benchmarks.room`, on {date}, from
[the figures](../benchmarks/results/room.json); do not edit by hand.

Machine: {processor}, {cores} cores, {memory_gb} GB, {system}, Python {python}.

For {minutes:.0f} minutes {readers} readers go from page to page of a record that grows from
{before:,} to {after:,} statements, each with a page before them for {reading_s:.0f} seconds on
average; {reviewers} reviewers take doubtful statements and call them right, wrong or another's,
every {reviewing_s:.0f} seconds on average; and one process reads articles with `{model}` and adds
them without a pause. All of it, and those who ask, on the same {cores} cores.

| milliseconds | half are below | 95 % | 99 % | most | requests |
| --- | ---: | ---: | ---: | ---: | ---: |
{times}

{told}

![Milliseconds of the requests minute by minute, and the room’s memory](benchmarks/room.svg)
"""

_WAITS = {"all": "everything"}


def part(results: dict[str, Any]) -> str:
    """The part of a run's results, in Markdown."""
    return PART.format(
        **results["machine"],
        date=results["date"],
        minutes=results["seconds"] / 60,
        before=results["before"]["statement"],
        after=results["after"]["statement"],
        times="\n".join(_row(kind, found) for kind, found in results["times"].items()),
        told=_told(results),
        **{n: results[n] for n in ("readers", "reviewers", "reading_s", "reviewing_s", "model")},
    )


def _row(kind: str, found: dict[str, Any]) -> str:
    times = " | ".join(
        f"{found[share]:,.0f}" for share in ("p50_ms", "p95_ms", "p99_ms", "most_ms")
    )
    return f"| {_WAITS.get(kind, kind)} | {times} | {found['requests']:,} |"


def _told(results: dict[str, Any]) -> str:
    added = results["after"]["article"] - results["before"]["article"]
    third = len(results["memory_mb"]) // 3
    early, late = (
        round(sum(row[1] for row in part) / len(part))
        for part in (results["memory_mb"][third : 2 * third], results["memory_mb"][-third:])
    )
    return (
        f"{results['corrections']:,} corrections were made and {added:,} articles added. "
        f"{len(results['lost'])} of the corrections were lost, {len(results['wrong'])} requests "
        f"failed, and `fsck` found {len(results['damage'])} damages. The process that answers held "
        f"{early} MB on average in the middle third of the time and {late} in the last."
    )
