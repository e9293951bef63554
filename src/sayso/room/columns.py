"""Numbers over time, as columns of a plot: by month, or by year where there are many."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sayso.formats.html.escape import MONTHS
from sayso.room.addresses import stretch

_MOST = 60
"""Columns of a plot; of more years than that, the last are shown."""
_MOST_OF = 0.9
"""A share of all with which the last months stand for all, and single old ones aren't drawn."""


class Column(NamedTuple):
    """One month or year. `share` is of the highest column's height."""

    period: str
    label: str
    number: int
    share: float
    address: str


class Columns(NamedTuple):
    """A plot: `unit` is month or year, `hidden` the number that lies before."""

    unit: str
    columns: tuple[Column, ...]
    highest: Column
    hidden: int


def columns(months: Mapping[str, int], lead: Callable[[dict[str, str]], str]) -> Columns | None:
    """The plot of numbers by month (YYYY-MM), None where there is nothing to show.

    `lead` makes the address of a column of its first and last day.
    """
    counted = {month: number for month, number in months.items() if number > 0}
    if not counted:
        return None
    periods = _every(min(counted), max(counted))
    unit = "month"
    recent = {month: counted[month] for month in periods[-_MOST:] if month in counted}
    if len(periods) > _MOST and sum(recent.values()) >= _MOST_OF * sum(counted.values()):
        periods = _every(min(recent), max(recent))
    elif len(periods) > _MOST:
        unit = "year"
        counted = _by_year(counted)
        periods = [f"{n:04d}" for n in range(int(min(counted)), int(max(counted)) + 1)]
    shown = periods[-_MOST:]
    most = max(counted.get(period, 0) for period in shown)
    made = tuple(
        Column(p, spoken(p), n := counted.get(p, 0), n / most, lead(stretch(p))) for p in shown
    )
    highest = max(made, key=lambda column: column.number)
    return Columns(unit, made, highest, sum(counted.values()) - sum(c.number for c in made))


def _every(first: str, last: str) -> list[str]:
    """Every month from the first to the last."""
    begin, end = (12 * int(month[:4]) + int(month[5:7]) - 1 for month in (first, last))
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(begin, end + 1)]


def _by_year(months: Mapping[str, int]) -> dict[str, int]:
    years: dict[str, int] = {}
    for month, number in months.items():
        years[month[:4]] = years.get(month[:4], 0) + number
    return years


def spoken(period: str) -> str:
    """A year or month as people say it."""
    return period if len(period) == 4 else f"{MONTHS[int(period[5:7]) - 1]} {period[:4]}"
