"""Those who may be meant together though nothing names them together."""

import pytest

from sayso.reader.speakers.groups import together
from sayso.reader.speakers.referents import Referent


def known(name: str, sort: int) -> Referent:
    """A person (0), a body (1) or a place (2), as the network takes it."""
    return Referent(name, seen=[float(n == sort) for n in range(4)])


ADA, ODO, IVO = (known(name, 0) for name in ("Ada", "Odo", "Ivo"))
GUILD, TRUST = known("Guild", 1), known("Trust", 1)
FENWATER = known("Fenwater", 2)


def found(
    *told: tuple[int, Referent], spoke: tuple[Referent, ...] = (), many: int | None = None
) -> list[str]:
    rows = [(place, sentence, who) for place, (sentence, who) in enumerate(told)]
    groups = together(rows, [(who,) for who in spoke], 9, many)
    return ["+".join(r.name for r in party) for party, _ in groups]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([(9, ADA), (9, ODO)], ["Ada+Odo"]),
        ([(9, ADA), (9, GUILD)], []),
        ([(9, ADA), (9, FENWATER)], []),
        ([(9, GUILD), (9, ADA), (9, TRUST)], ["Guild+Trust"]),
        ([(8, ADA), (8, ODO), (9, ODO), (9, IVO)], ["Odo+Ivo", "Ada+Odo"]),
        ([(9, ADA), (9, ADA)], []),
        ([], []),
    ],
)
def test_people_or_bodies_of_one_sentence(
    told: list[tuple[int, Referent]], expected: list[str]
) -> None:
    assert found(*told)[: len(expected) or 1] == expected


def test_those_of_the_nearest_sentence_come_first() -> None:
    assert found((6, ADA), (6, ODO), (9, IVO), (9, ODO))[0] == "Ivo+Odo"


def test_who_spoke_last_may_be_meant_from_afar() -> None:
    assert found((1, ADA), (2, IVO), (3, ODO), spoke=(ODO, ADA))[0] == "Odo+Ada"


def test_those_told_of_most_may_be_meant() -> None:
    told = [(n, who) for n in range(3) for who in (ADA, IVO)] + [(3, ODO)]
    assert found(*told)[0] == "Ada+Ivo"


@pytest.mark.parametrize(("many", "expected"), [(3, ["Ada+Odo+Ivo"]), (5, [])])
def test_as_many_as_are_meant(many: int, expected: list[str]) -> None:
    assert found((9, ADA), (9, ODO), (9, IVO), many=many)[:1] == expected


def test_a_group_stands_where_each_was_last_mentioned() -> None:
    rows = [(0, 8, ODO), (1, 9, ADA), (2, 9, ODO)]
    assert together(rows, [], 9, None)[0] == ((ADA, ODO), [1, 2])
