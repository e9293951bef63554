"""Times of saying, worked out from the day of publication (a Wednesday)."""

import pytest

from sayso.reader.dates import date_of

PUBLISHED = "2026-03-11"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("on Monday", "2026-03-09"),
        ("Wednesday night", "2026-03-11"),
        ("last Wednesday", "2026-03-04"),
        ("Tuesday's", "2026-03-10"),
        ("at 4am on Friday", "2026-03-06"),
        ("later on Sunday", "2026-03-08"),
        ("yesterday", "2026-03-10"),
        ("the day before yesterday", "2026-03-09"),
        ("last night", "2026-03-10"),
        ("this morning", "2026-03-11"),
        ("two days ago", "2026-03-09"),
        ("three weeks ago", "2026-W08"),
        ("two months ago", "2026-01"),
        ("12 years ago", "2014"),
        ("last week", "2026-W10"),
        ("earlier this week", "2026-W11"),
        ("last month", "2026-02"),
        ("earlier this month", "2026-03"),
        ("last year", "2025"),
        ("at the weekend", "2026-W10"),
        ("March 5", "2026-03-05"),
        ("on 5 March", "2026-03-05"),
        ("Nov. 28", "2025-11-28"),
        ("5 March 2019", "2019-03-05"),
        ("in March 2015", "2015-03"),
        ("in March", "2026-03"),
        ("in June", "2025-06"),
        ("last March", "2025-03"),
        ("in 2012", "2012"),
        ("last summer", "2025"),
        ("17:31", "2026-03-11"),
        ("11:20am", "2026-03-11"),
        ("2026-03-02", "2026-03-02"),
        ("recently", None),
        ("earlier", None),
        ("on the eve of the vote", None),
        ("two days after the vote", None),
        ("in the last two weeks", None),
        ("before Monday", None),
        ("30 February 2020", None),
        ("at four", None),
        ("between 2009 and 2012", None),
        ("", None),
    ],
)
def test_times_are_dated_as_precisely_as_the_words_allow(
    expression: str, expected: str | None
) -> None:
    assert date_of(expression, PUBLISHED) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [("on Monday", None), ("in 2012", "2012"), ("5 March 2019", "2019-03-05"), ("March 5", None)],
)
@pytest.mark.parametrize("published", [None, "", "spring 2026", "2026-02-31"])
def test_without_a_day_of_publication_only_years_tell(
    expression: str, expected: str | None, published: str | None
) -> None:
    assert date_of(expression, published) == expected


def test_an_iso_time_of_publication_will_do() -> None:
    assert date_of("yesterday", "2026-03-11T08:00:00Z") == "2026-03-10"


@pytest.mark.parametrize(
    ("published", "expected"), [("2026-01-01", "2025-W52"), ("2021-01-04", "2020-W53")]
)
def test_the_week_before_may_be_of_the_year_before(published: str, expected: str) -> None:
    assert date_of("last week", published) == expected


@pytest.mark.parametrize("expression", ["yesterday", "on Tuesday", "in May", "last year"])
def test_a_date_that_only_fills_a_field_tells_nothing(expression: str) -> None:
    assert date_of(expression, "0001-01-01") is None
