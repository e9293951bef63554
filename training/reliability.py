"""How far confidence can be trusted: its expected error, tables, and a picture."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BINS = 10
SURE, SHARE = 0.9, 0.4
NAMES = {"bbc": "bbc", "fiction": "fiction", "wikinews": "wikinews", "who": "PolNeAR"}
COLOURS = {"bbc": "#0072b2", "fiction": "#e69f00", "wikinews": "#009e73", "who": "#cc79a7"}
"""Told apart by the colour-blind too."""
SIZE, LEFT, TOP = 260, 50, 30
DRAWS = 200
FEWEST = 10
"""Statements below which a share says nothing."""


@dataclass(frozen=True)
class Judged:
    """The confidence of some statements [N], and what of them is right: 0 or 1."""

    confidence: Floats
    content: Floats
    both: Floats

    def __len__(self) -> int:
        return len(self.confidence)

    def above(self, least: float) -> "Judged":
        kept = self.confidence >= least
        return Judged(self.confidence[kept], self.content[kept], self.both[kept])


def together(some: Iterable[Judged]) -> Judged:
    columns = zip(*((j.confidence, j.content, j.both) for j in some), strict=True)
    return Judged(*map(np.concatenate, columns))


def expected_error(p: Floats, y: Floats) -> float:
    """How far confidence is from what is right, by bins of equal width."""
    bins = _bins(p)
    each = [abs(p[bins == n].sum() - y[bins == n].sum()) for n in range(BINS)]
    return float(sum(each) / len(p))


def error_by_chance(p: Floats) -> float:
    """The error to expect of so many statements though confidence were perfect."""
    drawn = np.random.default_rng(1).random((DRAWS, len(p)))
    return float(np.mean([expected_error(p, row < p) for row in drawn]))


def _bins(p: Floats) -> NDArray[np.int64]:
    return np.minimum((p * BINS).astype(np.int64), BINS - 1)


def report(judged: Mapping[str, Judged], clean: Sequence[str]) -> str:
    """Two tables in Markdown: what confidence means, and what `--min-confidence` keeps."""
    all_clean = together(judged[name] for name in clean)
    return "\n".join(
        [
            "| confidence | statements | mean confidence | right | PolNeAR: statements | right |",
            "|---|---|---|---|---|---|",
            *_reliability(all_clean, judged["who"]),
            "",
            "| dev set | statements | expected error | by chance "
            "| kept at .9 | content right | speakers too "
            "| surest 40 %: from | content right | speakers too |",
            "|---" * 10 + "|",
            *(_row(NAMES[name], judged[name]) for name in clean),
            _row("these together", all_clean),
            _row("PolNeAR", judged["who"]),
            _row("all together", together(judged.values())),
        ]
    )


def _reliability(clean: Judged, noisy: Judged) -> list[str]:
    rows = []
    at, at_noisy = _bins(clean.confidence), _bins(noisy.confidence)
    for n in range(BINS):
        here, there = at == n, at_noisy == n
        if here.any() or there.any():
            rows.append(
                f"| {n / BINS:.1f}–{(n + 1) / BINS:.1f} | {here.sum()} "
                f"| {_mean(clean.confidence[here])} | {_mean(clean.both[here])} "
                f"| {there.sum()} | {_mean(noisy.both[there])} |"
            )
    return rows


def _row(name: str, judged: Judged) -> str:
    kept = judged.above(SURE)
    least = float(np.quantile(judged.confidence, 1 - SHARE))
    share = judged.above(least)
    error = expected_error(judged.confidence, judged.both)
    return (
        f"| {name} | {len(judged)} | {error:.3f} "
        f"| {error_by_chance(judged.confidence):.3f} | {100 * len(kept) / len(judged):.0f} % "
        f"| {_mean(kept.content)} | {_mean(kept.both)} "
        f"| {least:.2f} | {_mean(share.content)} | {_mean(share.both)} |"
    )


def _mean(values: Floats) -> str:
    return f"{values.mean():.3f}" if len(values) else "–"


Point = tuple[float, float]


def draw(judged: Mapping[str, Judged], clean: Sequence[str]) -> str:
    """An SVG: reliability on the left; on the right, precision of contents against coverage."""
    all_clean = together(judged[name] for name in clean)
    trusted = _Panel(LEFT, "mean confidence", "right", 0.0)
    kept = _Panel(2 * LEFT + SIZE + 20, "kept, the surest first", "content right", 0.6)
    left = [
        trusted.line([(0, 0), (1, 1)], "#999", dashed=True),
        trusted.line(_diagram(all_clean), COLOURS["bbc"], dots=True),
        trusted.line(_diagram(judged["who"]), COLOURS["who"], dots=True),
        trusted.label(0, COLOURS["bbc"], "bbc, fiction, wikinews"),
        trusted.label(1, COLOURS["who"], "PolNeAR"),
    ]
    right = [kept.line(coverage(told), COLOURS[name]) for name, told in judged.items()]
    right += [kept.label(n, COLOURS[name], NAMES[name]) for n, name in enumerate(judged)]
    width, height = kept.left + SIZE + 20, TOP + SIZE + 50
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            'font-family="sans-serif" font-size="11">',
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            *(trusted.frame() + left + kept.frame() + right),
            "</svg>\n",
        ]
    )


def _diagram(judged: Judged) -> list[Point]:
    """Mean confidence and share of right ones, for each bin that has enough to tell."""
    bins = _bins(judged.confidence)
    full = [bins == n for n in range(BINS) if (bins == n).sum() >= FEWEST]
    return [(float(judged.confidence[b].mean()), float(judged.both[b].mean())) for b in full]


def coverage(judged: Judged) -> list[Point]:
    """The share kept and the share of right contents in it, the surest first."""
    order = np.argsort(-judged.confidence, kind="stable")
    right = np.cumsum(judged.content[order])
    many = len(judged)
    return [(k / many, float(right[k - 1] / k)) for k in range(FEWEST, many + 1)]


@dataclass(frozen=True)
class _Panel:
    """A square with axes from 0 (upwards, from `low`) to 1."""

    left: int
    across: str
    up: str
    low: float

    def _at(self, point: Point) -> Point:
        x, y = point
        height = (y - self.low) / (1 - self.low)
        return round(self.left + SIZE * x, 1), round(TOP + SIZE * (1 - max(0.0, height)), 1)

    def frame(self) -> list[str]:
        bottom, middle = TOP + SIZE, self.left + SIZE / 2
        out = [
            f'<rect x="{self.left}" y="{TOP}" width="{SIZE}" height="{SIZE}" fill="none" '
            'stroke="#333"/>',
            f'<text x="{middle}" y="{bottom + 36}" text-anchor="middle">{self.across}</text>',
            f'<text x="{self.left}" y="{TOP - 10}">{self.up}</text>',
        ]
        for n in range(6):
            share = n / 5
            x, y = self.left + SIZE * share, bottom - SIZE * share
            value = self.low + (1 - self.low) * share
            out += [
                f'<text x="{x}" y="{bottom + 16}" text-anchor="middle">{share:.1f}</text>',
                f'<text x="{self.left - 6}" y="{y + 4}" text-anchor="end">{value:.2f}</text>',
            ]
        return out

    def line(
        self, points: Sequence[Point], colour: str, *, dots: bool = False, dashed: bool = False
    ) -> str:
        places = [self._at(point) for point in points]
        path = " ".join(f"{x},{y}" for x, y in places)
        dash = ' stroke-dasharray="4 4"' if dashed else ""
        marks = "".join(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in places)
        drawn = (
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"{dash}/>'
        )
        return drawn + (marks if dots else "")

    def label(self, n: int, colour: str, words: str) -> str:
        x, y = self.left + SIZE - 140, TOP + SIZE - 16 - 16 * n
        return f'<text x="{x}" y="{y}" fill="{colour}">{words}</text>'
