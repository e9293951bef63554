"""Pairs joined to groups."""

from collections.abc import Iterable
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sayso.lake.same import groups
from sayso.lake.same.groups import DAY_BITS, UNDATED, Edge, apart


def on(day: int, member: int) -> int:
    return day << DAY_BITS | member


def joined(edges: Iterable[Edge]) -> list[list[int]]:
    return sorted(groups.joined(edges))


A, B, C, D = on(0, 1), on(1, 2), on(2, 3), on(3, 4)


def test_chains_are_groups() -> None:
    assert joined([Edge(20, A, B, 1.0), Edge(20, B, C, 1.0)]) == [[A, B, C]]


def test_a_guest_has_one_host_and_the_nearest_in_words() -> None:
    edges = [Edge(5, A, B, 1.0, guest=B), Edge(6, B, C, 1.0, guest=B)]
    assert joined(edges) == [[B, C]]


def test_guests_of_the_same_words_come_together() -> None:
    edges = [
        Edge(5, A, B, 1.0, days=7),
        Edge(5, B, C, 1.0, guest=B),
        Edge(5, A, C, 1.0, guest=A),
        Edge(5, A, D, 1.0, guest=A),
    ]
    assert joined(edges) == [[A, B, C]]


def test_days_bound_what_a_chain_reaches_over() -> None:
    late = on(6, 5)
    assert joined([Edge(5, A, D, 1.0, days=4), Edge(5, D, late, 1.0, days=4)]) == [[A, D]]


def test_the_similarity_is_that_to_the_nearest_other() -> None:
    edges = [Edge(20, A, B, 0.5), Edge(20, B, C, 0.75), Edge(5, C, D, 1.0, days=0)]
    found = groups.joined(edges)
    assert found.members.tolist() == [A, B, C]
    assert found.group.tolist() == [0, 0, 0]
    assert found.similarity.tolist() == [0.5, 0.75, 0.75]


def test_groups_count_by_their_first_members() -> None:
    found = groups.joined([Edge(9, B, D, 1.0), Edge(5, A, C, 1.0)])
    assert found.group.tolist() == [0, 1, 0, 1]
    assert list(found) == [[A, C], [B, D]]


def test_none() -> None:
    assert joined([]) == []


def test_apart() -> None:
    assert apart(A, D) == 3
    assert apart(A, on(UNDATED, 1)) is None


EDGES = st.lists(
    st.tuples(st.integers(3, 9), st.integers(0, 7), st.integers(8, 15), st.sampled_from("oab")),
    max_size=20,
    unique_by=lambda e: (e[1], e[2]),
)


@given(EDGES, st.randoms(use_true_random=False))
def test_their_order_makes_no_difference(
    drawn: list[tuple[int, int, int, str]], other: Random
) -> None:
    edges = [
        Edge(
            strength, a := on(x, x), b := on(y, y), 1.0, days=9,
            guest={"o": None, "a": a, "b": b}[guest],
        )
        for strength, x, y, guest in drawn
    ]  # fmt: skip
    shuffled = list(edges)
    other.shuffle(shuffled)
    assert joined(edges) == joined(shuffled)
