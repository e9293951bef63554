"""Whose words stand in a stretch of a text."""

from hypothesis import given
from hypothesis import strategies as st

from sayso import Span, Statement
from sayso.record.check.owners import Owners

TEXT = "x" * 60
PLACES = st.tuples(st.integers(0, 50), st.integers(1, 10)).map(lambda p: (p[0], p[0] + p[1]))


def statement(number: int, places: list[tuple[int, int]], inside: str | None = None) -> Statement:
    return Statement(
        id=f"s{number}",
        type="direct",
        said=True,
        source=(),
        cue=(),
        content=tuple(Span(a, b, TEXT[a:b]) for a, b in places),
        inside=inside,
    )


@given(st.lists(st.lists(PLACES, min_size=1, max_size=3), max_size=8), PLACES)
def test_the_statement_that_has_most_of_it(
    contents: list[list[tuple[int, int]]], stretch: tuple[int, int]
) -> None:
    start, stop = stretch
    shares = [sum(max(0, min(stop, b) - max(start, a)) for a, b in places) for places in contents]
    most = max(shares, default=0)
    found = Owners(TEXT, [statement(n, places) for n, places in enumerate(contents)]).of(*stretch)
    if most > (stop - start - 1) // 2:
        assert found is not None
        assert found.id == f"s{shares.index(most)}"
    else:
        assert found is None


def test_the_inmost_that_has_all_of_it() -> None:
    every = [
        statement(1, [(0, 50)]),
        statement(2, [(10, 40)], "s1"),
        statement(3, [(20, 30)], "s2"),
    ]
    owners = Owners(TEXT, every)
    assert [owners.inmost(*s) for s in ((22, 28), (12, 28), (5, 9))] == [every[2], every[1], None]
