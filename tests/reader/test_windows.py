from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.tokens import Tokens
from sayso.reader.windows import CORE, LIMIT, MARGIN, Window, windows


def tokens(size: int, lines: list[int]) -> Tokens:
    """So many tokens, of which these begin a line."""
    places = np.arange(size)
    flags = np.zeros(size, bool)
    features = np.zeros((size, 6), np.int64)
    return Tokens(places, places, places + 1, flags, flags, features, np.array(lines, np.int64))


def test_a_short_text_is_one_window() -> None:
    assert list(windows(tokens(LIMIT, [0, 100]))) == [Window(0, LIMIT, 0, LIMIT)]


def test_no_tokens_no_windows() -> None:
    assert list(windows(tokens(0, []))) == []


def test_cuts_fall_on_the_last_line_start_that_fits() -> None:
    first, *_ = windows(tokens(1000, [0, 150, CORE - 10, CORE + 10]))
    assert first == Window(0, CORE - 10 + MARGIN, 0, CORE - 10)


@pytest.mark.parametrize("lines", [[0], [0, 20]])
def test_a_line_longer_than_a_core_is_cut_where_the_core_ends(lines: list[int]) -> None:
    first, second, *_ = windows(tokens(1000, lines))
    assert first.core_end == second.core_start == CORE
    assert second.start == CORE


@given(st.integers(0, 3000), st.sets(st.integers(1, 2999), max_size=60))
def test_every_token_is_in_the_core_of_one_window(size: int, starts: set[int]) -> None:
    lines = [0, *sorted(s for s in starts if s < size)] if size else []
    found = list(windows(tokens(size, lines)))
    cores = [t for w in found for t in range(w.core_start, w.core_end)]
    assert cores == list(range(size))


@given(st.integers(1, 3000), st.sets(st.integers(1, 2999), max_size=60))
def test_windows_keep_to_the_limit_and_give_each_core_its_margin(
    size: int, starts: set[int]
) -> None:
    found = list(windows(tokens(size, [0, *sorted(s for s in starts if s < size)])))
    for w in found:
        assert 0 <= w.start <= w.core_start < w.core_end <= w.end <= size
        assert w.end - w.start <= LIMIT
        assert w.start == w.core_start
        assert w.end in (size, w.core_end + MARGIN)
    assert all(b.core_start - a.core_start > CORE // 2 for a, b in pairwise(found))
