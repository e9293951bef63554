"""Hashes of runs of words."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.lake.same.shingles import banded, hashed, shingles, winnowed

LETTERS = "abcdefgh"
WORDS = st.lists(st.sampled_from(LETTERS), max_size=40)


def test_a_hash_is_the_same_on_every_machine() -> None:
    assert hashed("harbour") == 16295200358155746308
    assert shingles(["the", "harbour", "bell"], 2).tolist() == [
        16090293754425542248,
        9403716874930707339,
    ]


@given(WORDS, WORDS, st.lists(st.sampled_from("xyz"), min_size=7, max_size=9))
def test_who_has_a_window_in_common_shares_a_hash(
    before: list[str], after: list[str], common: list[str]
) -> None:
    size, window = 3, 5  # seven words
    a = winnowed(shingles(before + common, size), window)
    b = winnowed(shingles(common + after, size), window)
    assert set(a.tolist()) & set(b.tolist())


@given(WORDS, st.integers(1, 8))
def test_a_run_has_one_hash_wherever_it_stands(words: list[str], size: int) -> None:
    found = shingles(words, size)
    size = min(size, len(words))
    runs = [tuple(words[n : n + size]) for n in range(len(words) - size + 1)] if words else []
    assert len(found) == len(runs)
    assert len(set(found.tolist())) == len(set(runs))


def test_bands_tell_their_place() -> None:
    signatures = np.array([[1, 2, 1, 2], [1, 2, 3, 4]], np.uint64)
    bands = banded(signatures, 2)
    assert bands.shape == (2, 2)
    assert bands[0, 0] == bands[1, 0]
    assert len({bands[0, 0], bands[0, 1], bands[1, 1]}) == 3
