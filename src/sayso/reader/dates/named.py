"""The bounds of times: whole ones, and those in names of things: "a May 4 letter"."""

import re
from collections.abc import Iterable

from sayso.reader.dates.words import COUNT_WORDS, DAY, MONTH, PART, WEEKDAY, YEAR
from sayso.reader.drafts import Bounds

_MONTH_AND_DAY = rf"(?:{DAY} )?(?:{MONTH})\b(?:\.? {DAY}\b)?(?:,? {YEAR}\b| (?:last|this) year\b)?"
_SPAN = (
    "(?:week|weekend|month|year|night|morning|afternoon|evening|spring|summer|fall|autumn|winter)"
)
_TIME = (
    r"(?:(?:on|in) )?(?:(?:late|early|earlier|later) (?:on |in )?)?(?:(?:last|this) )?"
    rf"(?:(?:{WEEKDAY})\b{PART}|{_MONTH_AND_DAY}|{YEAR}\b|(?<=last |this ){_SPAN}\b"
    r"|yesterday\b|today\b)"
)
"""A time, with what leads up to it."""
_ISSUED = (
    "(?<!to be )(?:published|released|issued|filed|dated|posted|written|sent|signed|unveiled"
    "|delivered|conducted|taken)"
)
_PAPER = (
    "(?:announcement|e-?mail|interview|letter|memo|minutes|note|order|reply|report|ruling|speech"
    "|statement)"
)
_BARE = rf"(?:(?:{WEEKDAY})\b{PART}|{_MONTH_AND_DAY}|{YEAR})"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:{_ISSUED}|from) (?P<time>{_TIME})(?!['’])",
        rf"\b{_PAPER} of (?P<time>{_MONTH_AND_DAY}|{YEAR}(?= to\b|[,.;]|$))\b",
        rf"^(?:\w+ ){{0,2}}?(?P<time>(?:last )?(?:{WEEKDAY})\b{PART}['’]s)\b",
        rf"^(?:\w+ )?(?:an?|his|her|its|their|our|my) (?P<time>{_BARE}),? (?=[a-z])",
        rf"^(?:\w+ )?the (?P<time>{_BARE}),? (?=(?-i:[a-z]))",
    )
)
_AROUND = 32
"""Characters on either side of a time of saying that may belong to it."""
_WHOLE = re.compile(
    rf"\b(?:{_TIME}|(?:{COUNT_WORDS}|several) (?:day|week|month|year)s? (?:ago|later|earlier)\b"
    r"|[0-9]{1,2}[:.][0-9]{2}(?: ?[ap]\.?m\b\.?)?)",
    re.IGNORECASE,
)


def time_of(text: str, phrases: Iterable[Bounds | None]) -> Bounds | None:
    """Where the first of these names of documents and occasions says of when it is."""
    for start, end in filter(None, phrases):
        for form in _FORMS:
            match = form.search(text[start : end + _AROUND])
            if match and start + match.start() < end:
                return start + match.start("time"), start + match.end("time")
    return None


def whole_time(text: str, start: int, end: int) -> Bounds:
    """The bounds with all of a time that they cut: "last" of "last week", "March" of "March 3"."""
    for match in _WHOLE.finditer(text, max(0, start - _AROUND), end + _AROUND):
        if match.start() < end and start < match.end():
            start, end = min(start, match.start()), max(end, match.end())
    return start, end
