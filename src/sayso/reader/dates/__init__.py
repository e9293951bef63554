"""The day, week, month or year that a time of saying means, where the words are sure.

No date rather than a wrong one: "recently" has none, nor has anything relative in an
article whose day of publication is unknown.
"""

import re
from collections.abc import Iterable
from datetime import date

from sayso.reader.dates.leaning import leaning, told_before
from sayso.reader.dates.rules import DAYS, LONGER, WITH_YEAR, Rule
from sayso.reader.dates.words import FIRST_YEAR, is_stamp, plain, to_the_point, with_years

__all__ = ["date_at", "date_of"]

_LONGEST = 300
"""No time of saying has more characters than this."""


def date_of(expression: str, published: str | None) -> str | None:
    """The contract's date of a time expression: `2026-03-14`, `2026-W10`, `2026-03`, `2026`.

    `published` is an ISO day; without it only a date that names its year is worked out.
    """
    if len(expression) > _LONGEST:
        return None
    words, day = plain(expression), _day_of(published)
    if day is None:  # then no year that is named is one to come
        return _first(to_the_point(words)[0], WITH_YEAR, date.max, with_year=True)
    if is_stamp(words):
        return day.isoformat()
    main, after = to_the_point(words)
    return _first(with_years(main, day), (*WITH_YEAR, *DAYS, *LONGER), day) or _first(
        after, DAYS, day
    )


def date_at(text: str, place: tuple[int, int], published: str | None) -> str | None:
    """The date of the expression there, also where it leans on one told before: "that evening"."""
    start, end = place
    found = date_of(text[start:end], published)
    day = _day_of(published)
    if found or day is None or end - start > _LONGEST:
        return found
    return leaning(plain(text[start:end]), told_before(text, start), day)


def _day_of(published: str | None) -> date | None:
    """The day of publication, also of an ISO time; None where it is none, or a mere filler."""
    if not published or not re.match(r"\d{4}-\d\d-\d\d", published):
        return None
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return None
    return day if day.year >= FIRST_YEAR else None


def _first(
    words: str, rules: Iterable[Rule], published: date, *, with_year: bool = False
) -> str | None:
    """The date of the form that comes first in the words; None where they have several of it."""
    found = []
    for form, meaning in rules:
        matches = [m for m in form.finditer(words) if not with_year or m["year"]]
        if matches:
            found.append((matches[0].start(), matches, meaning))
    if not found:
        return None
    _, matches, meaning = min(found, key=lambda f: f[0])
    dates = {meaning(match, published) for match in matches}
    return dates.pop() if len(dates) == 1 else None
