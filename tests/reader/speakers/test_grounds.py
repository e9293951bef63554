"""What is told of how each statement's speaker was found."""

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
    told = grounds("[|“It is over.”]")
    assert told == Grounds(chosen=True, lead=told.lead)


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


def test_a_choice_is_told_with_its_odds() -> None:
    alone = grounds("Ruth Amberley won. [She|left].")
    assert alone.chosen
    two = grounds("Odo Pell met Jon Reed. [He|left].")
    assert 0 < two.lead < alone.lead


def test_a_full_name_is_no_choice() -> None:
    assert not grounds("Odo Pell met Ruth Reed. [Ruth Reed|left].").chosen


def test_a_place_with_a_voice_is_seen_as_a_place() -> None:
    assert grounds("It rained in Fenwater. [Fenwater|wants a dam].").place
