"""Is B better than A, or is it chance? A paired bootstrap by article over a dev set's figures.

python -m training.bootstrap --shared ../shared --set polnear a/polnear.jsonl b/polnear.jsonl

Articles are drawn with replacement, the same ones for both, and the figures are worked out anew
from the counts of the drawn ones. The interval holds the middle 95 % of the differences; where
it spans nothing, another draw of articles like these could have turned the comparison round.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.errors import compared
from training.evaluate import ROWS, SETS, SPOKEN, TYPES
from training.tying import Scorer, scorer

Counts = NDArray[np.int64]
Figures = NDArray[np.float64]

SPEAKERS = "speaker accuracy"
INTERVAL = (2.5, 97.5)


@dataclass(frozen=True)
class Row:
    """What a figure is called, and what came of it in two files."""

    name: str
    a: float
    b: float
    low: float
    high: float
    better: float
    """The share of resamples in which B is better."""

    @property
    def difference(self) -> float:
        return self.b - self.a


def ratios(score: Scorer, who: Scorer | None, article: Any, gold: Any, read: Any) -> Counts:
    """An article's figures as [right, of] pairs, in the order of `names`.

    The scorers work them out for the article alone. Their ratios are rounded to four digits,
    which gives the counts exactly below 10,000 statements. The pair of an F1 is twice what is
    right, of all gold and predicted statements. Which nested statements count was settled over
    the whole set, so none is marked here.
    """
    only = {"id": article["id"], "text": article["text"], "attributions": gold}
    found = {article["id"]: {"attributions": [a | {"inside": None} for a in read]}}
    told = score.score([only], found)
    both = told["counts"]["gold"] + told["counts"]["pred"]
    pairs = [(2 * round(told[row]["p"] * told["counts"]["pred"]), both) for row in ROWS]
    for kind in TYPES:
        recall = told["recall by type"][kind]
        pairs.append((round(recall["content"] * recall["gold"]), recall["gold"]))
    if who is not None:
        spoken, _ = who.evaluate({article["id"]: only}, found)
        pairs.append((round(spoken[SPEAKERS] * spoken["matched"]), spoken["matched"]))
    return np.array(pairs)


def names(spoken: bool) -> list[str]:
    return [*ROWS, *(f"recall {kind}" for kind in TYPES), *([SPEAKERS] if spoken else [])]


def counted(shared: Path, dev: str, pred: Path) -> Counts:
    """[article, figure, (right, of)] for a file of predictions, in the dev set's order."""
    score = scorer(shared)
    who = scorer(shared, "who") if dev in SPOKEN else None
    return np.stack([ratios(score, who, *one) for one in compared(score, shared, dev, pred)])


def figures(counts: Counts) -> Figures:
    """Right over all, summed up before they are divided; 0 where there is nothing to be right.

    `counts` is […, figure, (right, of)].
    """
    right, of = counts[..., 0], counts[..., 1]
    out: Figures = right / np.maximum(of, 1)
    return out


def bootstrap(names: Sequence[str], a: Counts, b: Counts, rounds: int, seed: int) -> list[Row]:
    """Compare two files by their counts of the same articles."""
    articles = len(a)
    draws = np.random.default_rng(seed).multinomial(articles, [1 / articles] * articles, rounds)
    drawn = figures(np.tensordot(draws, b, 1)) - figures(np.tensordot(draws, a, 1))
    low, high = np.percentile(drawn, INTERVAL, axis=0)
    better = (drawn > 0).mean(axis=0)
    whole = figures(a.sum(axis=0)), figures(b.sum(axis=0))
    columns = zip(*whole, low, high, better, strict=True)
    return [Row(name, *map(float, row)) for name, row in zip(names, columns, strict=True)]


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| figure | A | B | difference | 95 % interval | B better |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for r in rows:
        interval = f"{r.low:+.4f} … {r.high:+.4f}"
        lines.append(
            f"| {r.name} | {r.a:.4f} | {r.b:.4f} | {r.difference:+.4f} | {interval} "
            f"| {r.better:.1%} |"
        )
    return "\n".join(lines)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--set", choices=tuple(dict.fromkeys((*SETS, *SPOKEN))), required=True)
    ap.add_argument("a", type=Path, help="predictions, as training.evaluate writes them")
    ap.add_argument("b", type=Path, help="others of the same set")
    ap.add_argument("--rounds", type=int, default=10_000)
    ap.add_argument("--seed", type=int, default=0)
    args = ap.parse_args()
    a, b = (counted(args.shared, args.set, pred) for pred in (args.a, args.b))
    print(table(bootstrap(names(args.set in SPOKEN), a, b, args.rounds, args.seed)))


if __name__ == "__main__":
    main()
