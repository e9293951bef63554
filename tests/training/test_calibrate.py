import numpy as np
import pytest
from training.calibrate import cross_validated, fit, reliability

CURVE = np.array([1.5, -2.0, 0.5])
"""Two weights and a bias."""


def drawn(size: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Samples that are right as often as the curve says."""
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.normal(size=(size, 2)), np.ones(size)])
    p = 1 / (1 + np.exp(-(x @ CURVE)))
    return x, (rng.random(size) < p).astype(float)


def test_fit_recovers_the_curve() -> None:
    assert fit(*drawn(20_000)) == pytest.approx(CURVE, abs=0.1)


def test_fit_gives_what_is_seldom_seen_little_weight() -> None:
    x = np.column_stack([[1.0] + [0.0] * 99, np.ones(100)])
    y = np.array([1.0] + [0.0, 1.0] * 49 + [0.0])
    assert 0 < fit(x, y)[0] < 1


def test_fit_stays_finite_where_a_feature_tells_all() -> None:
    x = np.column_stack([[-1.0] * 50 + [1.0] * 50, np.ones(100)])
    assert np.isfinite(fit(x, (x[:, 0] > 0).astype(float))).all()


def test_no_article_is_judged_by_a_curve_that_saw_it() -> None:
    x = np.column_stack([np.zeros(40), np.ones(40)])
    articles = [f"a{n // 4}" for n in range(40)]
    y = np.array([float(a == "a3") for a in articles])
    p = cross_validated(x, y, articles, folds=10)
    of_it = p[[a == "a3" for a in articles]]
    assert of_it.max() < 1e-3  # the others are all wrong
    assert (p[[a != "a3" for a in articles]] > 0.05).all()


def test_a_right_curve_is_reliable() -> None:
    x, y = drawn(20_000)
    error, rows = reliability(1 / (1 + np.exp(-(x @ CURVE))), y)
    assert error < 0.02
    assert len(rows) == 2 + 10


def test_the_error_is_how_far_confidence_is_from_what_is_right() -> None:
    p, y = np.array([0.95] * 10 + [0.15] * 10), np.array([1.0] * 5 + [0.0] * 15)
    error, rows = reliability(p, y)
    assert error == pytest.approx((0.45 + 0.15) / 2)
    assert rows[2:] == ["| 0.1–0.2 | 10 | 0.150 | 0.000 |", "| 0.9–1.0 | 10 | 0.950 | 0.500 |"]


def test_certainty_is_in_the_last_bin() -> None:
    _, rows = reliability(np.array([1.0]), np.array([1.0]))
    assert rows[2:] == ["| 0.9–1.0 | 1 | 1.000 | 1.000 |"]
