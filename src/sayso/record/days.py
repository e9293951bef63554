"""Dates of saying, as precise as the words allow, as days: `2018`, `2018-03`, `2018-W13`, a day."""

import calendar
from datetime import UTC, datetime, timedelta
from datetime import date as Day


def first_day(date: str) -> str:
    """The first day that a statement's date can mean, YYYY-MM-DD."""
    return bounds(date)[0]


def bounds(date: str) -> tuple[str, str]:
    """The first and the last day that a statement's date can mean."""
    first, last = _bounds(date)
    return first.isoformat(), last.isoformat()


def months(date: str) -> list[tuple[int, int]]:
    """The (year, month) pairs of the first and of the last day; one, if they are the same."""
    return sorted({(day.year, day.month) for day in _bounds(date)})


def now() -> str:
    """The time in UTC, as the record writes it: YYYY-MM-DDTHH:MM:SSZ."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _bounds(date: str) -> tuple[Day, Day]:
    year = int(date[:4])
    if len(date) == 4:
        return Day(year, 1, 1), Day(year, 12, 31)
    if date[5] == "W":
        monday = Day.fromisocalendar(year, int(date[6:]), 1)
        return monday, monday + timedelta(days=6)
    month = int(date[5:7])
    if len(date) == 7:
        return Day(year, month, 1), Day(year, month, calendar.monthrange(year, month)[1])
    day = Day(year, month, int(date[8:]))
    return day, day
