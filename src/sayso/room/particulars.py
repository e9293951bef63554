"""What a draft's page lets one say of an article before it is kept: its title, outlet and day."""

from dataclasses import replace

from sayso.reader.dates import date_at
from sayso.room.forms import Posted
from sayso.types import Reading, Statement, iso_day

FIELDS = ("title", "publisher", "date")


def of_reading(reading: Reading) -> dict[str, str]:
    """What is known of them, as it stands in the fields."""
    return {name: getattr(reading.article, name) or "" for name in FIELDS}


def of_form(form: Posted) -> dict[str, str] | None:
    """What stands in the fields; None for a form without them."""
    if not any(form.all(name) for name in FIELDS):
        return None
    return {name: form.text(name).strip() for name in FIELDS}


def day_error(date: str) -> str:
    """What is amiss with a day that somebody gives, if anything is."""
    return "Write the day as YYYY-MM-DD." if date and iso_day(date) != date else ""


def told_of(reading: Reading, given: dict[str, str]) -> Reading:
    """The reading with these. By another day of printing, "yesterday" is another as well."""
    title, publisher, date = (given[name] or None for name in FIELDS)
    article = replace(reading.article, title=title, publisher=publisher, date=date)
    if article.date == reading.article.date:
        return replace(reading, article=article)

    def dated(statement: Statement) -> Statement:
        when = statement.when
        if when is None:
            return statement
        day = date_at(article.text, (when.start, when.end), article.date)
        return replace(statement, date=day)

    return replace(reading, article=article, statements=tuple(map(dated, reading.statements)))
