"""What a plan adds to what is in a lake: an input is there once, in its latest state."""

from collections.abc import Iterable
from typing import Any

import pytest

from sayso.batch.settle import settle
from sayso.batch.shards import Piece, Shard


def piece(
    address: str, start: int = 0, end: int = 10, *, stamp: str = "s", take: int | None = None
) -> Piece:
    return Piece(
        kind="lines",
        address=address,
        name=address,
        stamp=stamp,
        start=start,
        end=end,
        bytes=end - start,
        rows=1,
        take=take,
    )


def shard(*pieces: Piece, reading: str = "r") -> Shard:
    return Shard(pieces, reading)


def in_lake(shards: Iterable[Shard]) -> dict[str, dict[str, Any]]:
    return {each.key: each.told() for each in shards}


A, B, C = piece("a"), piece("b"), piece("c")


@pytest.mark.parametrize(
    ("plan", "lake", "todo", "stale", "kept"),
    [
        pytest.param([shard(A)], [], [shard(A)], [], [], id="new"),
        pytest.param([shard(A)], [shard(A)], [], [], [], id="there"),
        pytest.param([shard(A)], [shard(A, B)], [], [], [], id="there in another shard"),
        pytest.param([shard(A, B, C)], [shard(A, B)], [shard(C)], [], [], id="one more"),
        pytest.param(
            [shard(piece("a", stamp="t"), B)],
            [shard(A, B)],
            [shard(piece("a", stamp="t"), B)],
            [0],
            [],
            id="changed",
        ),
        pytest.param(
            [shard(piece("a", stamp="t"))],
            [shard(A, B)],
            [shard(piece("a", stamp="t"))],
            [],
            [0],
            id="changed, beside what the plan has not",
        ),
        pytest.param(
            [shard(A, reading="q")], [shard(A)], [shard(A, reading="q")], [0], [], id="otherwise"
        ),
        pytest.param([shard(A)], [shard(piece("a", take=3))], [shard(A)], [0], [], id="less of it"),
        pytest.param([shard(piece("a", take=3))], [shard(A)], [], [], [], id="more of it"),
        pytest.param(
            [shard(piece("a", 0, 5)), shard(piece("a", 5, 10))],
            [shard(piece("a", 0, 5))],
            [shard(piece("a", 5, 10))],
            [],
            [],
            id="the rest",
        ),
        pytest.param([shard(A)], [shard(C)], [shard(A)], [], [], id="others"),
    ],
)
def test_settle(
    plan: list[Shard], lake: list[Shard], todo: list[Shard], stale: list[int], kept: list[int]
) -> None:
    settled = settle(plan, in_lake(lake))
    assert list(settled.todo) == todo
    assert settled.stale == {lake[n].key for n in stale}
    assert settled.kept == {lake[n].key for n in kept}


def test_shards_of_other_makers_are_left_alone() -> None:
    assert settle([shard(A)], {"export-1": {"record": "desk.db"}}).todo == (shard(A),)


def test_what_takes_the_place_of_a_shard_names_it() -> None:
    changed = piece("a", stamp="t")
    settled = settle([shard(changed), shard(B), shard(C)], in_lake([shard(A, B)]))
    old = shard(A, B).key
    assert [each.replaces for each in settled.todo] == [(old,), (old,), ()]


def test_a_shard_that_was_replaced_holds_nothing() -> None:
    settled = settle([shard(B), shard(A)], in_lake([shard(A, B)]), {shard(A, B).key})
    assert list(settled.todo) == [shard(B), shard(A)]
    assert settled.stale == {shard(A, B).key}


def test_nor_does_it_go_while_it_is_the_only_one_to_tell_of_an_input() -> None:
    settled = settle([shard(C)], in_lake([shard(A, B)]), {shard(A, B).key})
    assert not settled.stale
    assert settled.kept == {shard(A, B).key}
