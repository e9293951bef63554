"""Which statements `--min-confidence` and `--only` keep."""

import pytest

from sayso import Article, Reading, Speaker, Statement, UsageError
from sayso.formats.selection import PROPERTIES, select


@pytest.mark.parametrize(
    ("only", "kept"),
    [
        ([], "s1 s2 s3 s4 s5 s6"),
        (["direct"], "s1"),
        (["mixed"], "s6"),
        (["direct", "mixed"], "s1 s6"),
        (["indirect", "said"], "s2 s4 s5"),
        (["thought"], "s3"),
        (["said", "thought"], "s1 s2 s3 s4 s5 s6"),
        (["denied"], "s6"),
        (["direct", "denied"], ""),
        (["direct", "mixed", "denied", "named"], "s6"),
        (["unnamed"], ""),
    ],
)
def test_only(only: list[str], kept: str, reading: Reading) -> None:
    assert " ".join(s.id for s in select(reading, only=only).statements) == kept


@pytest.mark.parametrize(
    ("least", "kept"),
    [(0.0, "s1 s2 s3 s4 s5 s6"), (0.9, "s1 s2 s6"), (0.97, "s1"), (1.0, "")],
)
def test_min_confidence(least: float, kept: str, reading: Reading) -> None:
    chosen = select(reading, min_confidence=least)
    assert " ".join(s.id for s in chosen.statements) == kept


def test_a_statement_whose_enclosing_one_goes_stands_by_itself(reading: Reading) -> None:
    def inside(least: float) -> dict[str, str | None]:
        return {s.id: s.inside for s in select(reading, min_confidence=least).statements}

    assert inside(0.6)["s5"] == "s4"
    assert inside(0.7)["s5"] is None


def test_entities_and_refusals_stay(reading: Reading) -> None:
    chosen = select(reading, min_confidence=1.0)
    assert (chosen.entities, chosen.refusals) == (reading.entities, reading.refusals)
    assert chosen.article is reading.article


@pytest.mark.parametrize(
    ("speakers", "named"),
    [
        ((), False),
        ((Speaker("a neighbour", "unnamed"),), False),
        ((Speaker(None, "author"),), False),
        ((Speaker("Wren Hale", "author"),), True),
        ((Speaker("Residents", "group"),), True),
        ((Speaker("a neighbour", "unnamed"), Speaker("Tom Reed", "person")), True),
    ],
)
def test_who_is_named(speakers: tuple[Speaker, ...], named: bool) -> None:
    said = Statement(
        id="s1", type="direct", said=True, source=(), cue=(), content=(), speakers=speakers
    )
    reading = Reading("m", Article("Rain."), (said,))
    assert bool(select(reading, only=["named"]).statements) is named
    assert bool(select(reading, only=["unnamed"]).statements) is not named


def test_an_unknown_property_names_the_known(reading: Reading) -> None:
    with pytest.raises(UsageError, match=", ".join(PROPERTIES)):
        select(reading, only=["true"])
