"""What is told of how each statement's speaker was found."""

import math

import pytest

from sayso.reader.evidence import Grounds
from tests.reader.speakers.test_speakers import read


def grounds(marked: str) -> Grounds:
    """Those of the last statement."""
    return read(marked).grounds[-1]


def test_a_name_is_a_name_and_a_description_is_none() -> None:
    assert grounds("[Dr Ruth Amberley|spoke].").named
    assert grounds("[Dr Ruth Amberley|spoke].").titled
    assert not grounds("[A spokesman|spoke].").named


def test_nobody_has_no_grounds() -> None:
    assert grounds("[|“It is over.”]") == Grounds()


@pytest.mark.parametrize(
    ("marked", "distance"),
    [
        ("[Ruth Amberley|spoke].", None),
        ("Ruth Amberley won. [She|left].", len(" won. ")),
        ("Ruth Amberley won. Yes, Amberley won. [She|left].", len(" won. ")),
        ("[She|left]. Ruth Amberley won.", None),
    ],
)
def test_the_distance_is_from_the_last_mention_before(marked: str, distance: int | None) -> None:
    assert grounds(marked).distance == distance


def test_a_choice_is_told_with_its_rivals_and_its_lead() -> None:
    alone = grounds("Ruth Amberley won. [She|left].")
    assert (alone.rivals, alone.lead) == (1, math.inf)
    among = grounds("Odo Pell came. Ruth Reed won. [They were told he|left].")
    assert among.rivals == 0
    two = grounds("Odo Pell met Jon Reed. [He|left].")
    assert two.rivals == 2
    assert 0 <= two.lead < math.inf


def test_a_full_name_is_no_choice() -> None:
    assert grounds("Odo Pell met Ruth Reed. [Ruth Reed|left].").rivals == 0


def test_a_place_with_a_voice_is_seen_as_a_place() -> None:
    assert grounds("It rained in Fenwater. [Fenwater|wants a dam].").place
