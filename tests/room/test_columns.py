"""Columns of a plot, and the stretches of months that fit a page."""

import pytest

from sayso.room.addresses import address, stretch
from sayso.room.columns import columns
from sayso.room.stretches import Stretch, after, before, chosen


def test_months_without_anything_stand_between() -> None:
    plot = columns({"2026-01": 2, "2026-03": 4}, lambda s: s["since"])
    assert plot is not None
    assert [(c.label, c.number, c.share, c.address) for c in plot.columns] == [
        ("January 2026", 2, 0.5, "2026-01-01"),
        ("February 2026", 0, 0.0, "2026-02-01"),
        ("March 2026", 4, 1.0, "2026-03-01"),
    ]
    assert plot.highest.label == "March 2026"
    assert columns({}, lambda s: "") is None
    assert columns({"2026-01": 0}, lambda s: "") is None


def test_many_months_are_drawn_by_year() -> None:
    plot = columns(
        {"2010-01": 3, "2010-02": 1, "2020-06": 2}, lambda s: f"{s['since']} {s['until']}"
    )
    assert plot is not None
    assert plot.unit == "year"
    assert [c.number for c in plot.columns] == [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert plot.columns[0].address == "2010-01-01 2010-12-31"


def test_a_single_old_statement_does_not_hide_the_months() -> None:
    plot = columns({"1994-05": 1, "2026-01": 20, "2026-02": 9}, lambda s: "")
    assert plot is not None
    assert (plot.unit, plot.hidden, len(plot.columns)) == ("month", 1, 2)


def test_of_a_thousand_years_the_last_are_drawn() -> None:
    plot = columns({"0001-01": 5, "9999-12": 5}, lambda s: s["until"])
    assert plot is not None
    assert (len(plot.columns), plot.hidden) == (60, 5)
    assert plot.columns[-1].address == "9999-12-31"


@pytest.mark.parametrize(
    ("period", "last"),
    [("2026", "2026-12-31"), ("2024-02", "2024-02-29"), ("2026-12", "2026-12-31"),
     ("9999-12", "9999-12-31")],
)  # fmt: skip
def test_the_last_day(period: str, last: str) -> None:
    assert stretch(period)["until"] == last


def test_an_address_leaves_out_what_is_not_asked() -> None:
    assert (
        address("/x", "y", a="ä b", b=None, c="", d=["1", "2"], e=3)
        == "/x?a=%C3%A4+b&d=1&d=2&e=3#y"
    )
    assert address("/x") == "/x"


MONTHS = {"2026-01": 5, "2026-02": 30, "2026-03": 4, "2026-04": 6}


def test_the_latest_months_that_fit_come_first() -> None:
    span = chosen(MONTHS, "", "", 12)
    assert span == Stretch("2026-03-01", "2026-04-30")
    assert span.months == "March 2026 to April 2026"
    earlier = before(MONTHS, span, 12)
    assert earlier == Stretch("2026-02-01", "2026-02-28")
    assert before(MONTHS, earlier, 12) == Stretch("2026-01-01", "2026-01-31")
    assert after(MONTHS, earlier, 12) == span


def test_all_of_it_where_it_fits_or_words_are_looked_for() -> None:
    assert chosen(MONTHS, "", "", 100) == Stretch(None, None)
    assert chosen(MONTHS, "", "", 1, whole=True) == Stretch(None, None)
    assert before(MONTHS, Stretch(None, None), 1) is None
    assert after(MONTHS, Stretch(None, None), 1) is None


@pytest.mark.parametrize(
    "span",
    [Stretch("2026-01-02", "2026-01-31"), Stretch("2026-01-01", "2026-01-30"),
     Stretch("2026-13-01", "2026-13-31"), Stretch(None, "2026-01-31")],
)  # fmt: skip
def test_other_days_are_no_months(span: Stretch) -> None:
    assert span.months is None
