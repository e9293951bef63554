"""Fit the confidence curves and write them into the model's settings.

    python -m training.calibrate --shared ../shared [--model en-fast]

Confidence is P(content is right) x P(speakers are right, if the content is). A statement counts
as right where score.py and who.py say so: contents overlap by half, and the speakers are gold's.

- The content's curve is fit on the dev sets in which everything is annotated.
- The speakers' curve is fit on the statements of all dev sets whose contents are right.

Prints and writes into docs/ what a ten-fold cross-validation by article gives.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.reader.confidence import CONTENT, SPEAKERS, content_features, speaker_features
from sayso.reader.models import DEFAULT, Model, model
from sayso.reader.pipeline import Pipeline
from sayso.reader.speakers import resolve
from sayso.types import Article
from training.publish import fill
from training.reliability import Judged, draw, report
from training.tying import Scorer, pairing, scorer

CLEAN = ("bbc", "fiction", "wikinews")
"""The sets of which all is annotated; in PolNeAR what is right may count as wrong."""
SETS = (*CLEAN, "who")
RIDGE = 10.0
FOLDS = 10
RISING = {
    *("anchor", "labels", "lowest", "end", "cue"),
    *("kind agrees", "nobody indeed", "lead"),
}
"""What may make a statement surer, but never less sure."""
PAGE, CHARTS = Path("docs/calibration.md"), Path("docs/calibration")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """A read statement: what tells of it, its set and article, and what of it is right."""

    content: tuple[float, ...]
    speakers: tuple[float, ...]
    set: str
    article: str
    content_right: bool
    speakers_right: bool


def read_samples(shared: Path, told: Model) -> list[Sample]:
    """The statements that the model reads in the dev sets."""
    score, who = scorer(shared), scorer(shared, "who")
    pipeline = Pipeline.load(told, threads=None)
    found = []
    for name in SETS:
        articles = list(score.read_articles(shared / f"data/{name}/dev.jsonl").values())
        read = {g["id"]: _read(pipeline, g) for g in articles}
        predicted = {key: {"attributions": statements} for key, statements in read.items()}
        for g, gold, pred in score.comparable(articles, predicted):
            right = _right(score, who, g, gold, pred)
            found += [
                Sample(s["content features"], s["speaker features"], name, f"{name} {g['id']}", *ok)
                for s, ok in zip(pred, right, strict=True)
            ]
    return found


def _read(pipeline: Pipeline, g: dict[str, Any]) -> list[dict[str, Any]]:
    """The statements in an article as the scorers take them, with their features."""
    article = _article(g)
    drafts, refused, sight = pipeline.drafts(article.text)
    resolved = resolve(article, drafts, refused, sight, pipeline.judge)
    return [
        {
            "id": n,
            "inside": draft.inside,
            "content": draft.content,
            "speakers": [s.to_dict() for s in speakers],
            "content features": tuple(content_features(article, draft).values()),
            "speaker features": tuple(speaker_features(article, draft, speakers, why).values()),
        }
        for n, (draft, speakers, why) in enumerate(
            zip(drafts, resolved.speakers, resolved.grounds, strict=True)
        )
    ]


def _article(g: dict[str, Any]) -> Article:
    return Article(g["text"], id=g["id"], title=g.get("title"), date=g.get("date"))


def _right(
    score: Scorer,
    who: Scorer,
    article: dict[str, Any],
    gold: Sequence[dict[str, Any]],
    pred: Sequence[dict[str, Any]],
) -> list[tuple[bool, bool]]:
    """Of each predicted statement, whether the content is right, and the speakers with it."""
    right = [(False, False)] * len(pred)
    for i, j in pairing(score, article, gold, pred).tied.items():
        right[j] = True, who.same_speakers(gold[i]["speakers"], pred[j]["speakers"])
    return right


def fit(x: Floats, y: Floats, names: Sequence[str], ridge: float = RIDGE) -> Floats:
    """Weights and, last, the bias of a ridge-penalised logistic curve; features count alike.

    A feature of RISING that would get a weight below zero gets none.
    """
    mean, spread = x.mean(0), x.std(0)
    kept = spread > 0
    while True:
        z = np.column_stack([(x[:, kept] - mean[kept]) / spread[kept], np.ones(len(x))])
        scaled = np.zeros(x.shape[1])
        *scaled[kept], bias = _newton(z, y, ridge)
        falling = [n for n, name in enumerate(names) if name in RISING and scaled[n] < 0]
        if not falling:
            weights = np.divide(scaled, spread, out=np.zeros(len(spread)), where=spread > 0)
            return np.append(weights, bias - weights @ mean)
        kept[falling] = False


def _newton(x: Floats, y: Floats, ridge: float) -> Floats:
    w = np.zeros(x.shape[1])
    penalty = ridge * np.eye(x.shape[1])
    penalty[-1, -1] = 1e-3
    for _ in range(50):
        p = _sigmoid(x @ w)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty
        w = w - np.linalg.solve(hessian, x.T @ (p - y) + penalty @ w)
    return w


def _sigmoid(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def curve(x: Floats, weights: Floats) -> Floats:
    """What the curve gives for each row of features."""
    return _sigmoid(x @ weights[:-1] + weights[-1])


@dataclass(frozen=True)
class Curves:
    """The weights of both curves."""

    content: Floats
    speakers: Floats

    def __call__(self, content: Floats, speakers: Floats) -> Floats:
        return curve(content, self.content) * curve(speakers, self.speakers)


def fitted(samples: Sequence[Sample]) -> Curves:
    clean = [s for s in samples if s.set in CLEAN]
    matched = [s for s in samples if s.content_right]
    return Curves(
        fit(_array(s.content for s in clean), _array(s.content_right for s in clean), CONTENT),
        fit(
            _array(s.speakers for s in matched),
            _array(s.speakers_right for s in matched),
            SPEAKERS,
        ),
    )


def _array(rows: Iterator[Any]) -> Floats:
    return np.array(list(rows), float)


def cross_validated(samples: Sequence[Sample], folds: int = FOLDS) -> Floats:
    """Each sample's confidence by curves fit on the other folds' articles."""
    order = {a: n % folds for n, a in enumerate(sorted({s.article for s in samples}))}
    p = np.zeros(len(samples))
    for n in range(folds):
        held = [k for k, s in enumerate(samples) if order[s.article] == n]
        if held:
            curves = fitted([s for s in samples if order[s.article] != n])
            p[held] = curves(
                _array(samples[k].content for k in held),
                _array(samples[k].speakers for k in held),
            )
    return p


def calibrate(shared: Path, name: str) -> str:
    """Fit the curves, write them into the model's settings; the reliability report."""
    told = model(name)
    samples = read_samples(shared, told)
    p = cross_validated(samples)
    judged = {
        known: Judged(
            p[[s.set == known for s in samples]],
            _array(s.content_right for s in samples if s.set == known),
            _array(s.speakers_right for s in samples if s.set == known),
        )
        for known in SETS
    }
    curves = fitted(samples)
    path = told.folder / "config.json"
    weights = [round(float(w), 4) for w in (*curves.content, *curves.speakers)]
    config = json.loads(path.read_text(encoding="utf-8")) | {"calibration": weights}
    path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    CHARTS.mkdir(parents=True, exist_ok=True)
    (CHARTS / f"{name}.svg").write_text(draw(judged, CLEAN), encoding="utf-8")
    told_of = report(judged, CLEAN)
    fill(PAGE, name, told_of)
    return told_of


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--model", default=DEFAULT)
    args = ap.parse_args()
    print(calibrate(args.shared, args.model))


if __name__ == "__main__":
    main()
