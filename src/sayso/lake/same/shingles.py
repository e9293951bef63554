"""Hashes of runs of words, and a choice of them that two texts make alike."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd: multiplying by it loses nothing
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(31)


def hashed(text: str) -> int:
    """64 bits of a text, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


_word = lru_cache(maxsize=200_000)(hashed)


def mixed(values: Hashes) -> Hashes:
    """Other hashes for these, so that sums and small numbers spread over all 64 bits."""
    spread = (values ^ (values >> _SHIFT)) * _MIX
    return spread ^ (spread >> _SHIFT)


def shingles(words: Sequence[str], size: int) -> Hashes:
    """A hash of each run of `size` words, in order; of all the words where there are fewer."""
    each = np.array([_word(word) for word in words], np.uint64)
    size = min(size, len(each))
    if not size:
        return each
    total = np.zeros(len(each) - size + 1, np.uint64)
    for n in range(size):
        total = total * _BASE + each[n : n + len(total)]
    return mixed(total)


def winnowed(hashes: Hashes, window: int) -> Hashes:
    """The least hash of every window: two texts with a whole window in common share one."""
    if len(hashes) <= window:
        return hashes.min(keepdims=True) if len(hashes) else hashes
    return np.unique(sliding_window_view(hashes, window).min(axis=1))


def banded(signatures: Hashes, rows: int) -> Hashes:
    """A hash of each band of `rows` minima; a row of `signatures` is one text's."""
    count = signatures.shape[1] // rows
    total = np.zeros((len(signatures), count), np.uint64)
    for n in range(rows):
        total = total * _BASE + signatures[:, n : count * rows : rows]
    return mixed(total * _BASE + np.arange(count, dtype=np.uint64))
