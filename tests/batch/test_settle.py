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


A, B, C, D = piece("a"), piece("b"), piece("c"), piece("d")
CHANGED = piece("a", stamp="t")


@pytest.mark.parametrize(
    ("plan", "lake", "todo", "stale", "carried"),
    [
        pytest.param([shard(A)], [], [shard(A)], [], [], id="new"),
        pytest.param([shard(A)], [shard(A)], [], [], [], id="there"),
        pytest.param([shard(A)], [shard(A, B)], [], [], [], id="there in another shard"),
        pytest.param([shard(A, B, C)], [shard(A, B)], [shard(C)], [], [], id="one more"),
        pytest.param(
            [shard(A, B), shard(C), shard(A, D)],
            [shard(A)],
            [shard(B), shard(C), shard(D)],
            [],
            [],
            id="the rest, in the order of the plan",
        ),
        pytest.param(
            [shard(CHANGED, B)],
            [shard(A, B)],
            [shard(CHANGED)],
            [0],
            [shard(B)],
            id="changed",
        ),
        pytest.param(
            [shard(CHANGED)],
            [shard(A, B)],
            [shard(CHANGED)],
            [0],
            [shard(B)],
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
    plan: list[Shard], lake: list[Shard], todo: list[Shard], stale: list[int], carried: list[Shard]
) -> None:
    settled = settle(plan, in_lake(lake))
    assert list(settled.todo) == todo
    assert settled.stale == {lake[n].key for n in stale}
    assert list(settled.carried) == carried


def test_shards_of_other_makers_are_left_alone() -> None:
    assert settle([shard(A)], {"export-1": {"record": "desk.db"}}).todo == (shard(A),)


def test_what_of_the_plan_is_in_the_lake() -> None:
    there = [shard(A), shard(B, C), shard(D, piece("e"))]
    settled = settle([shard(A), shard(C, D, B)], in_lake(there))
    assert settled.todo == ()
    assert settled.whole == {there[0].key, there[1].key}
    assert settled.parts == {there[2].key: {D}}


def test_and_what_is_carried_over() -> None:
    settled = settle([shard(CHANGED), shard(B)], in_lake([shard(A, B, C)]))
    (over,) = settled.carried
    assert over == shard(B, C)
    assert not settled.whole
    assert settled.parts == {over.key: {B}}


def test_what_takes_the_place_of_a_shard_names_it() -> None:
    settled = settle([shard(CHANGED), shard(B), shard(C)], in_lake([shard(A, B)]))
    old = shard(A, B).key
    assert [each.replaces for each in settled.todo] == [(old,), ()]
    assert [each.replaces for each in settled.carried] == [(old,)]


def test_a_shard_that_was_replaced_holds_what_no_other_has() -> None:
    """Its first input has another state since, of its second nothing has come yet."""
    old, new = shard(A, B), shard(CHANGED)
    settled = settle([shard(C)], in_lake([old, new]), {new.key: [old.key]})
    assert settled.todo == (shard(C),)
    assert settled.stale == {old.key}
    assert settled.carried == (shard(B),)


def test_nothing_is_carried_over_twice() -> None:
    old, over, new = shard(A, B), shard(B), shard(CHANGED)
    there = in_lake([old, over, new])
    settled = settle([shard(C)], there, {over.key: [old.key], new.key: [old.key]})
    assert settled.stale == {old.key}
    assert not settled.carried


def test_a_key_that_was_replaced_is_not_used_again() -> None:
    old, new = shard(A), shard(CHANGED)
    (again,) = settle([old], in_lake([new]), {new.key: [old.key]}).todo
    assert (again.pieces, again.replaces) == (old.pieces, (new.key,))
    assert again.key != old.key


def test_nor_while_its_shard_is_still_there() -> None:
    old, new = shard(A), shard(CHANGED)
    settled = settle([old], in_lake([old, new]), {new.key: [old.key]})
    (again,) = settled.todo
    assert settled.stale == {old.key, new.key}
    assert again.key not in settled.stale
