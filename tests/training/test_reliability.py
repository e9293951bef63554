import re
from collections.abc import Sequence

import numpy as np
import pytest
from training.reliability import (
    COLOURS,
    Judged,
    coverage,
    draw,
    error_by_chance,
    expected_error,
    report,
)

Values = Sequence[float]
CLEAN = ("bbc", "fiction", "wikinews")


def judged(confidence: Values, content: Values, both: Values) -> Judged:
    return Judged(np.array(confidence), np.array(content), np.array(both))


SOME = judged([0.95] * 10 + [0.15] * 10, [1] * 10 + [0] * 10, [1] * 9 + [0] * 11)
ALL = dict.fromkeys((*CLEAN, "who"), SOME)


def test_the_error_is_how_far_confidence_is_from_what_is_right() -> None:
    p, y = np.array([0.95] * 10 + [0.15] * 10), np.array([1.0] * 5 + [0.0] * 15)
    assert expected_error(p, y) == pytest.approx((0.45 + 0.15) / 2)


def test_what_is_right_as_often_as_it_says_has_no_error() -> None:
    p = np.random.default_rng(1).random(50_000)
    y = np.random.default_rng(2).random(50_000) < p
    assert expected_error(p, y.astype(float)) < 0.01


def test_few_statements_have_an_error_by_chance() -> None:
    few, many = np.full(10, 0.5), np.full(100_000, 0.5)
    assert error_by_chance(few) > 0.05
    assert error_by_chance(many) < 0.01


def test_certainty_is_in_the_last_bin() -> None:
    assert expected_error(np.array([1.0, 0.9]), np.array([1.0, 0.9])) == 0


def test_the_report_tells_of_each_bin_and_of_what_is_kept() -> None:
    lines = report(ALL, CLEAN).splitlines()
    assert lines[2:4] == [
        "| 0.1–0.2 | 30 | 0.150 | 0.000 | 10 | 0.000 |",
        "| 0.9–1.0 | 30 | 0.950 | 0.900 | 10 | 0.900 |",
    ]
    assert (
        lines[-2]
        == "| PolNeAR | 20 | 0.100 | 0.075 | 50 % | 1.000 | 0.900 | 0.95 | 1.000 | 0.900 |"
    )
    assert lines[-3].startswith("| these together | 60 |")
    assert lines[-1].startswith("| all together | 80 |")


def test_where_nothing_is_kept_nothing_is_told_of_it() -> None:
    unsure = judged([0.5] * 4, [1] * 4, [1, 0, 1, 0])
    rows = report(ALL | {"who": unsure}, CLEAN).splitlines()
    assert "| 0 % | – | – |" in rows[-2]


def test_coverage_runs_from_the_surest_to_all() -> None:
    points = coverage(SOME)
    assert points[0] == (0.5, 1.0)
    assert points[-1] == (1.0, 0.5)


def test_the_picture_has_a_line_for_each_set() -> None:
    picture = draw(ALL, CLEAN)
    lines = re.findall(r'<polyline points="[^"]+" fill="none" stroke="(#\w+)"', picture)
    assert set(COLOURS.values()) <= set(lines)
    assert draw(ALL, CLEAN) == picture
