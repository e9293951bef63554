import pytest

from sayso.record import facets
from sayso.record.days import bounds, months


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2018-W01", "2018-01-01", "2018-01-07"),
        ("2018-W09", "2018-02-26", "2018-03-04"),
        ("2018-03-26", "2018-03-26", "2018-03-26"),
    ],
)
def test_what_days_a_date_can_mean(date: str, first: str, last: str) -> None:
    assert bounds(date) == (first, last)


def test_a_week_may_touch_two_months() -> None:
    assert months("2018-W09") == [(2018, 2), (2018, 3)]


@pytest.mark.parametrize(
    ("date", "tokens"),
    [
        ("2018", ["sy2018"]),
        ("2018-03", ["sy2018", "sm201803"]),
        ("2018-W09", ["sy2018", "sm201802", "sm201803"]),
        ("2018-03-26", ["sy2018", "sm201803"]),
    ],
)
def test_when_it_was_said(date: str, tokens: list[str]) -> None:
    assert facets.said_on(date) == tokens


def test_when_it_was_printed() -> None:
    assert facets.printed("2018-03-26") == ["y2018", "m201803"]


def test_an_outlet_is_one_however_it_is_written() -> None:
    assert facets.outlet("The  Remembrancer") == facets.outlet("the remembrancer")
    assert facets.outlet("The Remembrancer") != facets.outlet("The Lantern")
    assert len(facets.outlet("x")) == 9


@pytest.mark.parametrize(
    ("speakers", "unnamed"),
    [
        ([], True),
        ([("a source", "unnamed")], True),
        ([(None, "author")], True),
        ([("a source", "unnamed"), ("Ida Marsh", "person")], False),
    ],
)
def test_what_rests_on_nobody_s_name(speakers: list[tuple[str | None, str]], unnamed: bool) -> None:
    assert facets.is_unnamed(speakers) is unnamed
