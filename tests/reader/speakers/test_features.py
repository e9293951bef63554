"""What the ranker is told of a reference and of the parties that it may mean."""

from typing import Any, get_args

import numpy as np
import pytest

from sayso.reader.encoder import Floats
from sayso.reader.speakers.features import (
    OF_PARTY,
    OF_REFERENCE,
    PARTY,
    PLACED,
    WIDTH,
    WORDED,
    Form,
    Reference,
    Stage,
    rows,
)
from sayso.reader.speakers.mentions import Party
from sayso.reader.speakers.referents import Referent


def referent(name: str, kind: Any = "person", **rest: Any) -> Referent:
    found = Referent(name, **rest)
    found.kinds[kind] += 1
    return found


ADA = referent("Ada Reed", mentions=[(0, 8), (20, 28)])
ODO = referent("Odo Pell")
TRUST = referent("Fenwater Harbour Trust", "organisation")
AIDE = referent("aide", "unnamed", named=False)
ADA.genders["f"] += 3
QUIET = Stage((), lambda asked, referent: (0.0, 0.0))


def asking(**rest: Any) -> Reference:
    return Reference(**{"form": "person", "at": 50, "end": 53, **rest})


def told(asked: Reference, party: Party, stage: Stage = QUIET, times: int = 0) -> dict[str, float]:
    """What is told of a party, by name."""
    placed: Floats = np.zeros((1, len(PLACED)), np.float32)
    (row,) = rows(asked, [party], np.array([0]), stage, [times], placed)
    return dict(zip(PARTY, row[OF_REFERENCE : OF_REFERENCE + OF_PARTY].tolist(), strict=True))


def test_each_wording_has_a_column() -> None:
    assert get_args(Form) == WORDED
    placed: Floats = np.zeros((1, len(PLACED)), np.float32)
    for n, form in enumerate(WORDED):
        (row,) = rows(asking(form=form), [(ADA,)], np.array([0]), QUIET, [0], placed)
        assert np.flatnonzero(row[: len(WORDED)]).tolist() == [n]


@pytest.mark.parametrize(
    ("asked", "party", "column", "expected"),
    [
        ({}, (ADA,), "single", 1),
        ({}, (ADA, ODO), "single", 0),
        ({"many": 2}, (ADA, ODO), "as many", 1),
        ({"many": 3}, (ADA, ODO), "as many", 0),
        ({"many": 3}, (ADA, ODO), "not as many", 1),
        ({"many": 3}, (TRUST,), "not as many", 0),
        ({"kind": "person"}, (ADA,), "of the kind", 1),
        ({"kind": "person"}, (TRUST,), "of the kind", 0),
        ({"kind": "person"}, (TRUST,), "of another kind", 1),
        ({}, (TRUST,), "of another kind", 0),
        ({}, (AIDE,), "described unnamed", 1),
        ({}, (TRUST,), "described organisation", 0),
        ({}, (AIDE,), "named", 0),
        ({}, (ADA,), "named", 1),
        ({"gender": "f"}, (ADA,), "gender agrees", 1),
        ({"gender": "m"}, (ADA,), "gender agrees", 0),
        ({"gender": "m"}, (ADA,), "gender clashes", 1.5),
        ({"gender": "f"}, (ADA,), "gender clashes", 0),
        ({"gender": "m"}, (ODO,), "gender clashes", 0),
        ({}, (ADA,), "gender known", 1),
        ({}, (ODO,), "gender known", 0),
        ({"outer": (ADA,)}, (ADA,), "outer speaker", 1),
        ({"outer": (ADA,)}, (ADA, ODO), "outer speaker", 0),
        ({"outer": (ADA,)}, (ADA, ODO), "with the outer speaker", 1),
        ({"outer": (ADA,)}, (ADA,), "with the outer speaker", 0),
        ({"addressees": (ODO,)}, (ODO,), "addressee", 1),
        ({"addressees": (ODO,)}, (ADA,), "addressee", 0),
        ({"possessor": ADA}, (ADA,), "possessor", 1),
        ({"possessor": ADA}, (ODO,), "possessor", 0),
        ({"head": "trust"}, (TRUST,), "head in the name", 1),
        ({"head": "guild"}, (TRUST,), "head in the name", 0),
        ({"head": "body", "modifiers": frozenset(["harbour", "old"])}, (TRUST,),
         "words in the name", 1),
        ({"head": "body", "proper": frozenset(["fenwater"])}, (TRUST,),
         "proper words in the name", 1),
        ({"head": "body", "proper": frozenset(["halden"])}, (TRUST,), "other proper words", 1),
        ({"head": "body", "proper": frozenset(["halden", "fenwater"])}, (TRUST,),
         "other proper words", 0),
    ],
)  # fmt: skip
def test_what_is_told_of_a_party(
    asked: dict[str, Any], party: Party, column: str, expected: float
) -> None:
    assert told(asking(**asked), party)[column] == expected


@pytest.mark.parametrize(
    ("party", "last", "before", "lately"),
    [((ADA,), 1, 0, 1), ((ODO,), 0, 1, 1), ((TRUST,), 0, 0, 1), ((AIDE,), 0, 0, 0)],
)
def test_who_spoke_is_told(party: Party, last: int, before: int, lately: int) -> None:
    stage = Stage([(ADA,), (ODO,), (TRUST,)], QUIET.role)
    found = told(asking(), party, stage)
    columns = ("spoke last", "spoke before that", "spoke lately")
    assert [found[name] for name in columns] == [last, before, lately]


def test_who_spoke_twice_on_end_is_told_once() -> None:
    found = told(asking(), (ADA,), Stage([(ADA,), (ADA,)], QUIET.role))
    assert (found["spoke last"], found["spoke before that"]) == (1, 0)


def test_roles_are_asked_of_single_parties_with_a_head() -> None:
    stage = Stage((), lambda asked, referent: (2.0, 1.0))
    columns = ("role's words", "words beside the role's")
    for asked, party, expected in (
        (asking(head="mayor"), (ADA,), [2, 1]),
        (asking(head="mayor"), (ADA, ODO), [0, 0]),
        (asking(), (ADA,), [0, 0]),
    ):
        found = told(asked, party, stage)
        assert [found[name] for name in columns] == expected


def test_rows_are_of_the_reference_the_party_and_the_place() -> None:
    placed = np.arange(3 * len(PLACED), dtype=np.float32).reshape(3, -1)
    found = rows(asking(), [(ADA,), (TRUST,)], np.array([1, -2, 0]), QUIET, [0, 8], placed)
    middle = OF_REFERENCE + OF_PARTY
    assert found.shape == (3, WIDTH)
    assert (found[:, :OF_REFERENCE] == found[0, :OF_REFERENCE]).all()
    assert not found[1, OF_REFERENCE:middle].any()
    spoke = OF_REFERENCE + PARTY.index("spoke")
    assert found[:, spoke].tolist() == [2, 0, 0]
    assert (found[:, middle:] == placed).all()
