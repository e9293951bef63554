"""Fit the confidence curve on the dev sets and write it into the model's settings.

    python -m training.calibrate --shared ../shared [--model en-fast]

A statement counts as right where a gold statement matches it as score.py and who.py match
them: contents overlap by half, and the speakers are gold's. Prints the expected calibration
error and the reliability table of a ten-fold cross-validation by article.
"""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from sayso.reader.confidence import features
from sayso.reader.drafts import Draft
from sayso.reader.models import Model, model
from sayso.reader.pipeline import Pipeline
from sayso.reader.speakers import resolve
from sayso.types import Article, joined
from training.publish import fill

SETS = ("who", "bbc", "fiction", "wikinews")
RIDGE = 1.0
BINS = 10
REPORT = Path("docs/calibration.md")
SURE = 0.9


@dataclass(frozen=True)
class Sample:
    """A read statement: its features with a one for the bias, its article, was it right?"""

    values: tuple[float, ...]
    article: str
    right: bool


def samples(shared: Path, told: Model) -> list[Sample]:
    sys.path.insert(0, str(shared / "score"))
    import score
    import who

    pipeline = Pipeline.load(told, threads=None)
    out = []
    for name in SETS:
        for g in score.read_articles(shared / f"data/{name}/dev.jsonl").values():
            article = Article(g["text"], id=g["id"], title=g.get("title"), date=g.get("date"))
            drafts, refused = pipeline.drafts(article.text)
            speakers = resolve(article, drafts, refused).speakers
            gold = [
                (score.chars(g["text"], a["content"]), a["speakers"])
                for a in g["attributions"]
                if a["content"]
            ]
            pred = [score.chars(g["text"], d.content) for d in drafts]
            right = _right(
                score, who, gold, pred, [[s.to_dict() for s in found] for found in speakers]
            )
            counted = (
                [d.inside is None for d in drafts]
                if name in ("who", "wikinews")
                else [True] * len(drafts)
            )
            out += [
                Sample((*features(d, _source(article, d), s), 1.0), f"{name} {g['id']}", ok)
                for d, s, ok, counts in zip(drafts, speakers, right, counted, strict=True)
                if counts
            ]
    return out


def _source(article: Article, draft: Draft) -> str:
    return joined(article.span(*bounds) for bounds in draft.source)


def _right(score, who, gold, pred, speakers) -> list[bool]:  # type: ignore[no-untyped-def]
    right = [False] * len(pred)
    if gold and pred:
        overlap = np.array([[score.iou(a, b) for b in pred] for a, _ in gold])
        for i, j in zip(*linear_sum_assignment(-overlap), strict=True):
            right[j] = overlap[i, j] >= 0.5 and who.same_speakers(gold[i][1], speakers[j])
    return right


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Ridge-penalised logistic regression by Newton's method; the last column is the bias."""
    w = np.zeros(x.shape[1])
    penalty = RIDGE * np.eye(x.shape[1])
    penalty[-1, -1] = 0
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ w)))
        gradient = x.T @ (p - y) + penalty @ w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty
        w = w - np.linalg.solve(hessian, gradient)
    return w


def cross_validated(
    x: np.ndarray, y: np.ndarray, articles: list[str], folds: int = 10
) -> np.ndarray:
    """Each sample's probability by a curve fit on the other folds' articles."""
    order = {a: n % folds for n, a in enumerate(sorted(set(articles)))}
    fold = np.array([order[a] for a in articles])
    p = np.zeros(len(y))
    for n in range(folds):
        w = fit(x[fold != n], y[fold != n])
        p[fold == n] = 1 / (1 + np.exp(-(x[fold == n] @ w)))
    return p


def reliability(p: np.ndarray, y: np.ndarray) -> tuple[float, list[str]]:
    """The expected calibration error and a Markdown table by bins of equal width."""
    rows, error = (
        ["| confidence | statements | mean confidence | right |", "|---|---|---|---|"],
        0.0,
    )
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    for n in range(BINS):
        at = bins == n
        if at.any():
            error += abs(p[at].mean() - y[at].mean()) * at.mean()
            span = f"{n / BINS:.1f}–{(n + 1) / BINS:.1f}"
            rows.append(f"| {span} | {at.sum()} | {p[at].mean():.3f} | {y[at].mean():.3f} |")
    return error, rows


def calibrate(shared: Path, name: str) -> str:
    """Fit the curve, write it into the model's settings; the reliability report."""
    told = model(name)
    found = samples(shared, told)
    x, y = np.array([s.values for s in found]), np.array([s.right for s in found], float)
    p = cross_validated(x, y, [s.article for s in found])
    error, rows = reliability(p, y)
    sure = p >= SURE
    right = 100 * y[sure].sum() / max(1, sure.sum())
    path = told.folder / "config.json"
    weights = [round(float(v), 4) for v in fit(x, y)]
    config = json.loads(path.read_text(encoding="utf-8")) | {"calibration": weights}
    path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    summary = (
        f"Expected calibration error {error:.3f} over {len(y)} statements; of the "
        f"{100 * sure.mean():.0f} % that reach {SURE}, {right:.1f} % are right."
    )
    report = "\n".join([*rows, "", summary])
    fill(REPORT, name, report)
    return report


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--model", default="en-fast")
    args = ap.parse_args()
    print(calibrate(args.shared, args.model))


if __name__ == "__main__":
    main()
