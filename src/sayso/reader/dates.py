"""The day, week, month or year that a time of saying means, where the words are sure.

No date rather than a wrong one: "recently" has none, nor has anything relative in an
article whose day of publication is unknown.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3,
               "fri": 4, "sat": 5, "sun": 6}  # fmt: skip
_WEEKDAYS = {name: i for i, name in enumerate(_DAYS)} | _SHORT_DAYS
_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS = (
    {name: i for i, name in enumerate(_MONTH_NAMES, 1)}
    | {name[:3]: i for i, name in enumerate(_MONTH_NAMES, 1)}
    | {"sept": 9}
)
_NUMBERS = {
    word: i
    for i, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        1,
    )
} | {"a": 1, "an": 1}

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_NUMBER = "|".join([*_NUMBERS, r"\d{1,3}"])
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

_VAGUE = re.compile(
    r"\b(?:eve of|before|ahead of|prior to|until|since|recent|wake of|days following|"
    rf"later(?! (?:on )?(?:{_WEEKDAY})\b)|earlier than|days? after|"
    r"hours after|weeks? after|months? after|years? after|years? earlier|days? earlier|"
    r"weeks? earlier|months? earlier|during|between|almost|nearly|more than|less than|"
    r"about|around|over the (?:last|past)|in the (?:last|past|coming)|next|tomorrow|ever|never|"
    r"always|repeatedly|often|years? later|(?:last|past|previous|first) "
    r"(?:two|three|four|five|six|few|several|\d+))\b"
)
_CLOCK = re.compile(r"(?:at )?\d{1,2}(?:[.:]\d\d)?\s*(?:[ap]\.?m\.?)?(?: (?:gmt|bst|et|est|pst))?")
_TODAY = re.compile(
    r"\b(?:today|tonight|this (?:morning|afternoon|evening|lunchtime)|earlier today)\b"
)
_YESTERDAY = re.compile(r"\b(?:yesterday|last night|last evening|the previous day)\b")
_THE_OTHER_DAY = re.compile(r"\bday before yesterday\b")

_ISO = re.compile(rf"\b({_YEAR})-(\d\d)-(\d\d)\b")
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\.? ({_DAY})\b(?:,? ({_YEAR})\b)?")
_DAY_FIRST = re.compile(rf"\b({_DAY})(?: of)? ({_MONTH})\b\.?(?:,? ({_YEAR})\b)?")
_MONTH_ONLY = re.compile(rf"\b(?:(last|this) )?({_MONTH})\b\.?(?:,? (?:of )?({_YEAR})\b)?")
_WEEKDAY_ONLY = re.compile(rf"\b(?:(last|this|previous) )?({_WEEKDAY})\b")
_AGO = re.compile(rf"\b({_NUMBER}) (day|week|month|year)s? ago\b")
_UNIT = re.compile(r"\b(last|this|previous|earlier this|earlier in the) (week|month|year)\b")
_WEEKEND = re.compile(r"\b(?:(?:last|this|at the|over the|the) )weekend\b")
_SEASON = re.compile(r"\b(last|this) (spring|summer|autumn|fall|winter)\b")
_YEAR_ONLY = re.compile(rf"\b({_YEAR})\b")

_FIRST_YEAR = 1500

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], str | None]]


def date_of(expression: str, published: str | None) -> str | None:
    """The contract's date of a time expression: `2026-03-14`, `2026-W10`, `2026-03`, `2026`.

    `published` is an ISO day; without it only a date that names its year is worked out.
    """
    words = " ".join(expression.casefold().replace("’", "'").replace("'s", "").split())
    found = _absolute(words)
    if found is not None:
        return found
    day = _day_of(published)
    if day is None or (_VAGUE.search(words) and not _THE_OTHER_DAY.search(words)):
        return None
    if _CLOCK.fullmatch(words):
        return day.isoformat() if re.search(r"[.:]\d\d|[ap]\.?m", words) else None
    for pattern, rule in _RELATIVE:
        match = pattern.search(words)
        if match:
            return rule(match, day)
    return None


def _day_of(published: str | None) -> date | None:
    """The day of publication, also of an ISO time; None where it is none, or a mere filler."""
    if not published or not re.match(r"\d{4}-\d\d-\d\d", published):
        return None
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR else None


def _iso(year: int, month: int, day: int) -> str | None:
    if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        return f"{year:04}-{month:02}-{day:02}"
    return None


def _number(digits: str) -> int:
    return int(re.sub(r"\D", "", digits))


def _absolute(words: str) -> str | None:
    """A date that names its year."""
    if match := _ISO.search(words):
        return _iso(*map(int, match.groups()))
    if match := _MONTH_FIRST.search(words):
        if match.group(3):
            return _iso(int(match.group(3)), _MONTHS[match.group(1)], _number(match.group(2)))
    elif (match := _DAY_FIRST.search(words)) and match.group(3):
        return _iso(int(match.group(3)), _MONTHS[match.group(2)], _number(match.group(1)))
    if _VAGUE.search(words):
        return None
    if (match := _MONTH_ONLY.search(words)) and match.group(3):
        return f"{match.group(3)}-{_MONTHS[match.group(2)]:02}"
    years = set(_YEAR_ONLY.findall(words))
    return years.pop() if len(years) == 1 else None


def _weekday(match: re.Match[str], day: date) -> str:
    """The last such day on or before publication; "last Monday" is before it."""
    back = (day.weekday() - _WEEKDAYS[match.group(2)]) % 7
    if back == 0 and match.group(1) in ("last", "previous"):
        back = 7
    return (day - timedelta(back)).isoformat()


def _in_month(month: int, monthday: int, day: date) -> str | None:
    """The last such day of the year on or before publication."""
    year = day.year - ((month, monthday) > (day.month, day.day))
    return _iso(year, month, monthday)


def _month(match: re.Match[str], day: date) -> str:
    """The last such month; "last June", said in June, is a year ago."""
    month = _MONTHS[match.group(2)]
    past = month > day.month or (match.group(1) == "last" and month == day.month)
    return f"{day.year - past}-{month:02}"


def _months_back(day: date, months: int) -> str:
    total = day.year * 12 + day.month - 1 - months
    return f"{total // 12:04}-{total % 12 + 1:02}"


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _ago(match: re.Match[str], day: date) -> str | None:
    count = _NUMBERS.get(match.group(1)) or _number(match.group(1))
    unit = match.group(2)
    if unit == "day":
        return (day - timedelta(count)).isoformat()
    if unit == "week":
        return _week(day - timedelta(weeks=count))
    if unit == "month":
        return _months_back(day, count)
    return f"{day.year - count:04}"


def _unit(match: re.Match[str], day: date) -> str:
    back = int(match.group(1) in ("last", "previous"))
    if match.group(2) == "week":
        return _week(day - timedelta(weeks=back))
    if match.group(2) == "month":
        return _months_back(day, back)
    return f"{day.year - back:04}"


def _weekend(match: re.Match[str], day: date) -> str:
    """The week of the last weekend that had begun by publication."""
    return _week(day - timedelta((day.weekday() - 5) % 7))


def _season(match: re.Match[str], day: date) -> str | None:
    """The year of a season that is surely over or has surely begun."""
    if match.group(1) == "this":
        return f"{day.year:04}"
    ends = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11}.get(match.group(2))
    return None if ends is None else f"{day.year - (day.month <= ends):04}"


_RELATIVE: tuple[_Rule, ...] = (
    (_THE_OTHER_DAY, lambda match, day: (day - timedelta(2)).isoformat()),
    (_YESTERDAY, lambda match, day: (day - timedelta(1)).isoformat()),
    (_TODAY, lambda match, day: day.isoformat()),
    (
        _MONTH_FIRST,
        lambda match, day: _in_month(_MONTHS[match.group(1)], _number(match.group(2)), day),
    ),
    (
        _DAY_FIRST,
        lambda match, day: _in_month(_MONTHS[match.group(2)], _number(match.group(1)), day),
    ),
    (_WEEKDAY_ONLY, _weekday),
    (_AGO, _ago),
    (_UNIT, _unit),
    (_WEEKEND, _weekend),
    (_SEASON, _season),
    (_MONTH_ONLY, _month),
)
