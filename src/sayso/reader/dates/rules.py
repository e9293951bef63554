"""The forms of dates, and what each means, told on the day of publication."""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from sayso.reader.dates.words import (
    COUNT,
    DAY,
    MONTH,
    MONTHS,
    PART,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    number,
)

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], str | None]]
"""A form, and the date of a match of it."""

_WEDNESDAY, _SATURDAY, _SUNDAY = 2, 5, 6
_SOON = timedelta(60)
"""A day and a month that come so soon after publication are not taken for last year's."""
_EXACTLY = {"day": 10, "week": 10, "month": 12}
"""The most of a unit that is counted exactly: "90 days ago" is a round number."""
_SEASON_ENDS = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11}
"""The last month, in the north. A winter is of two years."""

_NO_YEAR = rf"(?!,? (?:of |in )?{YEAR}\b)"
_NO_SUCH_DAY = (
    rf"(?!{PART},? \(?(?:of |in )?(?:(?:last|this) month\b|{YEAR}\b"
    rf"|(?:early |late |mid-)?(?:the )?(?:{DAY} (?:of )?)?(?:{MONTH})\b))"
)
"""The weekday is only a day of the month or year named next: "Monday, March 9"."""

_NO_RANGE = "".join(
    rf"(?<!\d {word} )(?<!\d(?:st|nd|rd|th) {word} )" for word in ("and", "or", "to")
)

_ISO = re.compile(rf"(?<![0-9-])(?P<year>{YEAR})-(?P<number>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?!\d)")
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{MONTH})\b(?:\. ?| )(?:the )?(?P<day>{DAY})\b"
    rf"(?! ?(?:-|to|and|or) ?(?!{YEAR}\b)[0-9])(?:(?:,| -| \()? ?(?P<year>{YEAR})\b)?"
)
_DAY_FIRST = re.compile(
    rf"(?<![\w.,:/-]){_NO_RANGE}(?P<day>{DAY})(?: of)? (?P<month>{MONTH})\b"
    rf"\.?(?:,? (?:of )?(?P<year>{YEAR})\b)?"
)
_MONTH_ONLY = re.compile(
    rf"\b(?:(?P<which>last|this|(?:this )?past) )?(?P<month>{MONTH})\b(?!\.? ?(?:the )?{DAY}\b)"
    rf"\.?(?:,? (?:of )?(?P<year>{YEAR})\b)?"
)
_YEAR_ONLY = re.compile(
    rf"(?<![\w.,$£€#])(?<!\d[/-])(?<!\bat )(?P<year>{YEAR})\b(?![./,-]\d|(?<=0)'s\b)"
)
_TODAY = re.compile(r"\b(?:today|tonight|this (?:morning|lunchtime|afternoon|evening))\b")
_YESTERDAY = re.compile(r"\b(?:yesterday|last (?:night|evening))\b")
_AGO = re.compile(rf"{COUNT} (?P<unit>day|week|month)s? ago\b{_NO_YEAR}")
_DAY_OF_WEEK = re.compile(
    rf"\b(?P<weekday>{WEEKDAY})\b{PART},? (?:of |in )?(?:earlier )?(?P<which>last|this) week\b"
)
_WEEK_WITH_DAY = re.compile(
    rf"\b(?P<which>last|this) week\b,? (?:on )?(?P<weekday>{WEEKDAY})\b{PART}"
)
_WEEKDAY_ONLY = re.compile(
    rf"\b(?:(?P<which>last|this|(?:this )?past) )?(?P<weekday>{WEEKDAY})\b{_NO_SUCH_DAY}"
)
_UNIT = re.compile(
    rf"\b(?P<which>last|this|earlier in the) (?P<unit>week|month)\b(?! of){_NO_YEAR}"
)
_WEEKEND = re.compile(rf"\b(?P<which>last|this past|past|this|the) weekend\b{_NO_YEAR}")
_SEASON = re.compile(
    rf"\b(?P<which>last|this past|this) (?P<season>spring|summer|autumn|fall)\b{_NO_YEAR}"
)


def _iso(year: int, month: int, day: int) -> str | None:
    if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        return f"{year:04}-{month:02}-{day:02}"
    return None


def _iso_day(match: re.Match[str], published: date) -> str | None:
    return _iso(int(match["year"]), int(match["number"]), int(match["day"]))


def _day(match: re.Match[str], published: date) -> str | None:
    """Without a year the last such day, where that is not nearly a year ago."""
    month, day = MONTHS[match["month"]], int(match["day"].rstrip("sthndr"))
    if match["year"]:
        return _iso(int(match["year"]), month, day)
    this_year = _iso(published.year, month, day)
    if this_year is None or this_year <= published.isoformat():
        return this_year
    if date.fromisoformat(this_year) - published < _SOON:
        return None
    return _iso(published.year - 1, month, day)


def _month(match: re.Match[str], published: date) -> str | None:
    """Without a year the last such month, where it is sure which.

    "Last March" may be this year's or the one before, in May; "in April" or "this June", said in
    March, will hardly be last year's.
    """
    month = MONTHS[match["month"]]
    if match["year"]:
        return f"{match['year']}-{month:02}"
    which, ahead = match["which"], month - published.month
    if {"last": ahead < 0, "this": ahead > 0, None: ahead == 1}.get(which):
        return None
    past = ahead > 0 or (which == "last" and ahead == 0)
    return f"{published.year - past:04}-{month:02}"


def _year(match: re.Match[str], published: date) -> str | None:
    return match["year"] if int(match["year"]) <= published.year else None


def week(day: date) -> str:
    iso = day.isocalendar()
    return f"{iso.year:04}-W{iso.week:02}"


def _months_back(day: date, months: int) -> str:
    total = day.year * 12 + day.month - 1 - months
    return f"{total // 12:04}-{total % 12 + 1:02}"


def _ago(match: re.Match[str], published: date) -> str | None:
    count, unit = number(match["count"]), match["unit"]
    if count > _EXACTLY[unit]:
        return None
    if unit == "day":
        return (published - timedelta(count)).isoformat()
    if unit == "week":
        return week(published - timedelta(weeks=count))
    return _months_back(published, count)


def _unit(match: re.Match[str], published: date) -> str:
    back = int(match["which"] == "last")
    if match["unit"] == "week":
        return week(published - timedelta(weeks=back))
    return _months_back(published, back)


def _weekday(match: re.Match[str], published: date) -> str | None:
    """The last such day on or before publication; "last Monday" is before it.

    "This Friday", where that is still to come, is none.
    """
    day = WEEKDAYS[match["weekday"]]
    if match["which"] == "this" and day > published.weekday():
        return None
    back = (published.weekday() - day) % 7
    if back == 0 and match["which"] not in (None, "this"):
        back = 7
    return (published - timedelta(back)).isoformat()


def _day_of_week(match: re.Match[str], published: date) -> str | None:
    """None on Sundays, with which a week begins for some and ends for others."""
    day, today = WEEKDAYS[match["weekday"]], published.weekday()
    last = match["which"] == "last"
    if _SUNDAY in (day, today) or (day > today and not last):
        return None
    return (published + timedelta(day - today - 7 * last)).isoformat()


def _weekend(match: re.Match[str], published: date) -> str | None:
    """The week of the last weekend that had begun; "this weekend" may be the next one."""
    today = published.weekday()
    if match["which"] == "this" and _WEDNESDAY <= today < _SATURDAY:
        return None
    back = (today - _SATURDAY) % 7
    if match["which"] == "last" and today >= _SATURDAY:
        back += 7
    return week(published - timedelta(back))


def _season(match: re.Match[str], published: date) -> str | None:
    """The year of a season of which it is sure whether it is this year's.

    "Last spring" may be this year's or the one before, in October.
    """
    over = published.month > _SEASON_ENDS[match["season"]]
    if match["which"] == "last":
        return None if over else f"{published.year - 1:04}"
    return f"{published.year:04}" if over or match["which"] == "this" else None


WITH_YEAR: Sequence[Rule] = (
    (_ISO, _iso_day),
    (_MONTH_FIRST, _day),
    (_DAY_FIRST, _day),
    (_MONTH_ONLY, _month),
    (_YEAR_ONLY, _year),
)
"""The forms that name a year, or may."""

DAYS: Sequence[Rule] = (
    (_TODAY, lambda match, published: published.isoformat()),
    (_YESTERDAY, lambda match, published: (published - timedelta(1)).isoformat()),
    (_DAY_OF_WEEK, _day_of_week),
    (_WEEK_WITH_DAY, _day_of_week),
    (_WEEKDAY_ONLY, _weekday),
)
"""The forms that name a day by how near it is."""

LONGER: Sequence[Rule] = (
    (_AGO, _ago),
    (_UNIT, _unit),
    (_WEEKEND, _weekend),
    (_SEASON, _season),
)
"""The forms that name other times by how near they are."""
