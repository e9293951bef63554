"""What pages let one say of an article: its title, outlet and day."""

import re

from sayso.record import amending
from sayso.room.forms import Posted
from sayso.types import Reading, iso_day

FIELDS = amending.FIELDS

_HEADLINE = 120
_HEAD = re.compile(r"([^\n]+)\n[^\S\n]*\n\s*\S")
_NO_HEADLINE = re.compile(r"^by\s|[.…:;,][\"'”’)\]]*$", re.IGNORECASE)


def of_reading(reading: Reading) -> dict[str, str]:
    """What is known of them, as it stands in the fields; the title may stand at the text's head."""
    known = {name: getattr(reading.article, name) or "" for name in FIELDS}
    return known | {"title": known["title"] or headline(reading.article.text)}


def headline(text: str) -> str:
    """The text's first line, where it stands apart as a headline does; else nothing."""
    found = _HEAD.match(text.lstrip()[: 4 * _HEADLINE])
    line = "" if found is None else " ".join(found[1].split())
    is_headline = " " in line and len(line) <= _HEADLINE
    return line if is_headline and not _NO_HEADLINE.search(line) else ""


def of_form(form: Posted) -> dict[str, str] | None:
    """What stands in the fields; None for a form without them."""
    if not any(form.all(name) for name in FIELDS):
        return None
    return {name: form.text(name).strip() for name in FIELDS}


def shown_in(form: Posted) -> dict[str, str]:
    """What stood in the fields when the form was given out."""
    return {name: form.text(f"shown_{name}") for name in FIELDS}


def differing(given: dict[str, str], other: dict[str, str]) -> frozenset[str]:
    """The fields in which they differ by more than white space."""
    return frozenset(name for name in FIELDS if given[name].split() != other[name].split())


def day_error(date: str) -> str:
    """What is amiss with a day that somebody gives, if anything is."""
    return "Write the day as YYYY-MM-DD." if date and iso_day(date) != date else ""


def told_of(reading: Reading, given: dict[str, str]) -> Reading:
    """The reading with these."""
    title, publisher, date = (given[name] or None for name in FIELDS)
    return amending.told_of(reading, title=title, publisher=publisher, date=date)


def filled(reading: Reading, publisher: str, date: str) -> Reading:
    """The reading with what is said of several at once, where it tells nothing itself."""
    known = of_reading(reading)
    given = {"publisher": known["publisher"] or publisher, "date": known["date"] or date}
    return told_of(reading, known | given)
