"""Times that lean on one told before them: "that evening", "two days later", "at noon"."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from sayso.reader.dates.rules import DAYS, LONGER, WITH_YEAR, Rule, week
from sayso.reader.dates.words import (
    CLOCK,
    COUNT_WORDS,
    begins_with_stamp,
    number,
    plain,
    with_years,
)

_REACH = 600
"""Characters before an expression that are looked at, of its paragraph and the one before."""
_CENTURY = 100
"""A year further back is more likely a number of something, in running text."""

_PART = "(?:day|night|morning|afternoon|evening)"
_THAT = "(?:that|the same|that same|that very)"

_LED_AWAY = re.compile(
    r"\b(?:next|coming|every|each|until|till|before|since|by|that|the (?:following|previous))"
    r"(?: the)? $"
)
"""What stands before a date that is to come, or that bounds a time."""
_COUNTS_SOMETHING = re.compile(r" (?:people|[a-z]+s)\b")


def leaning(expression: str, before: tuple[str, ...], published: date) -> str | None:
    """The date of a plain expression that leans on another; None where it stands for itself.

    `before` is what `told_before` gives. A time of day is of its own paragraph's day, or of
    publication's in a live report, whose entries begin with one.
    """
    for form, meaning in _FORMS:
        match = form.fullmatch(expression)
        if match:
            clock = form is _CLOCK
            told = _last(" ".join(before[-1:] if clock else before), published)
            if told is None:
                live = clock and any(begins_with_stamp(plain(line)) for line in before)
                return published.isoformat() if live else None
            found = meaning(match, told)
            return None if found and _is_day(found) and found > published.isoformat() else found
    return None


def told_before(text: str, start: int) -> tuple[str, ...]:
    """The end of the paragraph before, where there is one, and what precedes in this one."""
    first = max(0, start - _REACH)
    words = text[first:start].partition(" ")[2] if first else text[:start]
    return tuple(filter(None, map(str.strip, words.splitlines())))[-2:]


def _last(before: str, published: date) -> str | None:
    """The date that is told last; None where it is not sure which one that is."""
    words = with_years(plain(before), published)
    found: list[tuple[int, int, re.Match[str], Rule]] = [
        (match.end(), -match.start(), match, rule)
        for rule in (*WITH_YEAR, *DAYS, *LONGER)
        for match in rule[0].finditer(words)
    ]
    if not found:
        return None
    _, _, match, (_, meaning) = max(found, key=lambda f: f[:2])
    told = meaning(match, published)
    if told is None or _LED_AWAY.search(words[: match.start()]):
        return None
    if len(told) == len("2026"):
        counts = _COUNTS_SOMETHING.match(words, match.end())
        return None if counts or int(told) <= published.year - _CENTURY else told
    return told


def _is_day(told: str) -> bool:
    return len(told) == len("2026-03-14")


def _is_month(told: str) -> bool:
    return len(told) == len("2026-03")


def _same_day(match: re.Match[str], told: str) -> str | None:
    """The day, or as much as is known of it."""
    return told if _is_day(told) or _is_month(told) else None


def _same_time(match: re.Match[str], told: str) -> str | None:
    """A month or year: "then", after a day, may mean another one."""
    return None if _is_day(told) else told


def _of_day(match: re.Match[str], told: str) -> str | None:
    return told if _is_day(told) else None


def _unit(match: re.Match[str], told: str) -> str | None:
    if match["unit"] == "week":
        return week(date.fromisoformat(told)) if _is_day(told) else None
    known = _is_day(told) or _is_month(told)
    return told[:4] if match["unit"] == "year" else told[:7] if known else None


def _apart(match: re.Match[str], told: str) -> str | None:
    """A day counted from another; one day from some day of a month or week, that."""
    words = match.groupdict()
    count = number(words.get("count") or "one")
    if not _is_day(told):
        near = count == 1 and words.get("unit") != "week" and len(told) > len("2026")
        return told if near else None
    if words.get("unit") == "week":
        count *= 7
    back = match["way"] in ("earlier", "before", "previous")
    try:
        day = date.fromisoformat(told) + timedelta(-count if back else count)
    except OverflowError:
        return None
    return week(day) if words.get("unit") == "week" else day.isoformat()


_CLOCK = re.compile(rf"{CLOCK}|by (?:morning|evening|nightfall)")
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], str | None]], ...] = (
    (
        re.compile(
            rf"(?:(?:earlier|later) )?(?:on )?{_THAT} {_PART}"
            rf"|(?:earlier|later) (?:in |on )?the {_PART}|shortly afterwards?"
        ),
        _same_day,
    ),
    (re.compile(rf"(?:(?:earlier|later) )?(?:in )?{_THAT} (?P<unit>week|month|year)"), _unit),
    (re.compile(r"then|(?:around |at |by )?(?:the|that) time"), _same_time),
    (re.compile(rf"(?:on )?the (?P<way>next|following|previous) {_PART}"), _apart),
    (
        re.compile(
            rf"(?:just |only )?(?P<count>{COUNT_WORDS}) (?P<unit>day|week)s? (?P<way>later|earlier)"
        ),
        _apart,
    ),
    (_CLOCK, _of_day),
)
