"""The words that dates are made of, and what is left of a time of saying once they are plain."""

import re
from datetime import date

_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3,
               "fri": 4, "sat": 5, "sun": 6}  # fmt: skip
WEEKDAYS = {name: i for i, name in enumerate(_DAYS)} | _SHORT_DAYS
_MONTH_NAMES = ["january", "february", "march", "april", "may", "june", "july", "august",
                "september", "october", "november", "december"]  # fmt: skip
MONTHS = (
    {name: i for i, name in enumerate(_MONTH_NAMES, 1)}
    | {name[:3]: i for i, name in enumerate(_MONTH_NAMES, 1)}
    | {"sept": 9}
)
_NUMBER_NAMES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
                 "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
                 "eighteen", "nineteen", "twenty"]  # fmt: skip
_NUMBERS = (
    {name: i for i, name in enumerate(_NUMBER_NAMES, 1)}
    | {"thirty": 30, "forty": 40, "fifty": 50}
    | {"a": 1, "an": 1}
)
_FEASTS = {
    "christmas eve": "december 24",
    "christmas day": "december 25",
    "boxing day": "december 26",
    "new year's eve": "december 31",
    "new year's day": "january 1",
    "valentine's day": "february 14",
    "veterans day": "november 11",
    "veteran's day": "november 11",
}

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
YEAR = "(?:1[5-9]|20)[0-9][0-9]"
DAY = "[0-9]{1,2}(?:st|nd|rd|th)?"
PART = r"(?: (?:morning|lunchtime|noon|afternoon|evening|night)\b)?"
"""A part of a day, after its name."""

FIRST_YEAR = 1500

COUNT_WORDS = "|".join([*_NUMBERS, "[0-9]{1,3}"])
_NOT_IN_A_RANGE = r"(?<![\w.,/-])(?<!\bor )(?<!\bto )(?<!\band )"
COUNT = rf"{_NOT_IN_A_RANGE}(?P<count>{COUNT_WORDS})"
"""A number that stands for itself: not the second of "two or three", nor part of "1.5"."""

_MONTH_OR_NONE = re.compile(
    r"((?i:\b(?:in|of|last|this|early|late|mid|[0-9]{1,2}(?:st|nd|rd|th)?)[ -](?:may|march)\b)"
    r"|\b(?:and|or|to|by|from) (?:May|March)\b)"
    r"|(?i:\b(?:may|march)\b)(?!\.?,? (?:the )?[0-9])"
)
_NO_NAME = re.compile(r"\b(?:sat|sun|wed|mar)\b|\b[Tt]he Sun\b|\bMar-a-")

_HOUR = "(?:[01]?[0-9]|2[0-4])"
_ZONE = r"(?:gmt|utc|bst|cet|[ecmp][sd]?t|local time|hours|hrs)\b"
_TIME = rf"(?:{_HOUR}[.:][0-5][0-9](?: ?[ap]\.?m\b\.?)?|{_HOUR} ?[ap]\.?m\b\.?)(?: {_ZONE})?"
_STAMP = re.compile(_TIME)
CLOCK = (
    r"(?:\b(?:(?:just|shortly|soon) )?(?:at|by|around|about|before|after|until|since|from) )?"
    rf"(?:\b(?:around|about) )?"
    rf"(?:(?<![\w.,:-]){_TIME}(?![\w:]|\.[0-9])|\b[0-9]{{4}} {_ZONE}"
    r"|\b(?:noon|midday|midnight|dawn|daybreak|dusk)\b)"
)
"""A time of day, with what leads up to it."""
_CLOCK = re.compile(CLOCK)

_LONG_AGO = re.compile(r"\bthe day before yesterday\b(?!')|\b(week|month|year) before last\b")
_THIS_YEAR = re.compile(r"\b(?:this year|earlier in the year)\b(?:'s)?")
_LAST_YEAR = re.compile(r"\blast year\b(?:'s)?")
_YEARS_AGO = re.compile(rf"{COUNT} years? ago\b")

_UNIT = "(?:minute|hour|day|night|morning|afternoon|evening|weekend|week|month|year|decade)s?"
_WHOSE = "(?:the|its|his|her|our|my|your|their|whose|[a-z]+'s?)"
_ASIDE = re.compile(
    r"\b(?:"
    r"(?:before|ahead of|prior to|since|eve of|run-up|wake of|aftermath|leading up"
    r"|(?:earlier|later|more|less|fewer) than|between|beyond"
    r"|that|those|the same|the following|the other|previous|preceding|coming|next|tomorrow"
    r"|every|each|another|recent|within|half an?|almost|nearly|roughly|approximately|about|around"
    r"|at least|past (?:week|month|year)|later (?:in the|this (?:week|month|year)))\b"
    r"|(?:pre|post)-"
    rf"|(?<!\blast )(?<!\bthis )(?!minutes after){_UNIT} (?:before|after|following|later|earlier)\b"
    rf"|(?:over|under|some) (?=(?:{COUNT_WORDS}) )"
    rf"|(?:last|past|first|final) (?:few|several|couple|{COUNT_WORDS})\b"
    rf"|{_WHOSE} (?:last|past|first|final) (?:week|month|year)s?\b(?! of)"
    rf"|week(?:end)? (?:of|beginning|ending|starting) (?:the )?(?:(?:{MONTH})\.? )?[0-9]"
    rf"|(?:{WEEKDAY}){PART},? (?:{COUNT_WORDS}) (?:week|month)s? ago\b"
    rf"|(?:{COUNT_WORDS}) (?:week|month)s? ago,? (?:on |last |this )?(?:{WEEKDAY})\b"
    rf"|(?:{WEEKDAY}) (?:mornings|afternoons|evenings|nights)\b"
    rf"|(?:a|an|the) (?:{WEEKDAY}){PART}"
    r"(?=$|[,.;]| (?:in|of|when|where|as|last|this|before|after|following)\b)"
    rf"|(?:one|any|some|most|super|black|cyber|good|ash|holy|palm|easter|bloody) (?:{WEEKDAY})\b"
    rf"|sept(?:ember|\.)? 11(?:th)?\b(?!,? {YEAR}))"
)
"""Where words begin that lead away from the day of saying, or leave it open.

Some days are names: Super Tuesday, September 11.
"""
_ELSEWHERE = re.compile(
    r"\b(?:through|until|till)\b"
    r"|\b(?:that|the same|the following|the next|the previous|next) (?:week|month|year)\b(?!')"
)
"""What moves the day that it follows, too: "in May of that year", "Monday through Friday"."""
_AFTER = re.compile(
    r"(?<!\bshortly )(?<!\bsoon )(?<!\bminutes )(?<!\bmoments )(?<!\bimmediately )(?<!\bright )"
    r"(?<!\bjust )\b(?:after|following)\b"
)


def plain(expression: str) -> str:
    """In lower case, feasts by their date, without the "may", "march", "sat" that are no dates."""
    text = _NO_NAME.sub(" ", expression.replace("’", "'").replace("–", "-"))
    text = _MONTH_OR_NONE.sub(lambda match: match[1] or " ", " ".join(text.split()))
    words = " ".join(text.casefold().split())
    for feast, day in _FEASTS.items():
        words = words.replace(feast, day)
    return words


def is_stamp(words: str) -> bool:
    """Whether it is a bare time of day, as over the entries of a live report.

    In "at 7:10 a.m." it is told of some day that other words name.
    """
    return _STAMP.fullmatch(words) is not None


def begins_with_stamp(words: str) -> bool:
    return _STAMP.match(words) is not None


def to_the_point(words: str) -> tuple[str, str]:
    """The words that may name the day of saying, and those that name what it came after."""
    words = _LONG_AGO.sub(lambda m: f"two {m[1] or 'day'}s ago", words)
    words = _CLOCK.sub(" ", words)
    if _ELSEWHERE.search(words):
        return "", ""
    main, *after = _AFTER.split(_ASIDE.split(words, maxsplit=1)[0], maxsplit=1)
    return main, "".join(after)


def with_years(words: str, day: date) -> str:
    """With years told by number: "March last year" has its year then, as "March 2015" has."""
    words = _THIS_YEAR.sub(str(day.year), words)
    words = _LAST_YEAR.sub(str(day.year - 1), words)
    return _YEARS_AGO.sub(lambda match: _year(day.year - number(match["count"])), words)


def _year(year: int) -> str:
    return str(year) if year >= FIRST_YEAR else " "


def number(count: str) -> int:
    """What "three", "a" or "12" counts."""
    return _NUMBERS.get(count) or int(count)
