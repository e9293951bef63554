from collections.abc import Sequence

import numpy as np
import pytest
from training.calibrate import (
    SETS,
    Sample,
    cross_validated,
    curve,
    fit,
)

from sayso.reader.confidence import CONTENT, SPEAKERS

CURVE = np.array([1.5, -2.0, 0.5])
"""Two weights and a bias."""
NAMES = ("steady", "other")


def drawn(size: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Samples that are right as often as the curve says."""
    rng = np.random.default_rng(seed)
    x = rng.normal(3, 2, size=(size, 2))
    return x, (rng.random(size) < curve(x, CURVE)).astype(float)


def samples(right: Sequence[bool], of: str = SETS[0]) -> list[Sample]:
    """Statements of which nothing tells anything, four to an article."""
    nothing = (0.0,) * len(CONTENT), (0.0,) * len(SPEAKERS)
    return [Sample(*nothing, of, f"a{n // 4}", ok, ok) for n, ok in enumerate(right)]


def test_fit_recovers_the_curve() -> None:
    assert fit(*drawn(20_000), NAMES) == pytest.approx(CURVE, abs=0.15)


def test_fit_gives_what_is_seldom_seen_little_weight() -> None:
    x = np.array([[1.0] + [0.0] * 99]).T
    y = np.array([1.0] + [0.0, 1.0] * 49 + [0.0])
    assert 0 < fit(x, y, ["seldom"], ridge=30)[0] < 2


def test_fit_stays_finite_where_a_feature_tells_all() -> None:
    x = np.array([[-1.0] * 50 + [1.0] * 50]).T
    assert np.isfinite(fit(x, (x[:, 0] > 0).astype(float), ["all"])).all()


def test_what_never_varies_has_no_weight() -> None:
    x, y = drawn(1000)
    assert fit(np.column_stack([x, np.full(1000, 7.0)]), y, [*NAMES, "same"])[2] == 0


def test_what_should_make_surer_never_makes_less_sure() -> None:
    x, y = drawn(1000)
    assert fit(x, y, ["steady", "anchor"])[1] == 0
    assert fit(x, y, ["anchor", "steady"])[0] > 0.5


def test_no_article_is_judged_by_curves_that_saw_it() -> None:
    found = samples([n // 4 == 3 for n in range(40)])
    found += samples([True] * 40, of="who")
    p = cross_validated(found)[:40]
    of_it = np.array([s.article == "a3" for s in found[:40]])
    assert p[of_it].max() < 0.01  # the others are all wrong
    assert p[~of_it].min() > 0.05
