"""How inputs are to be read."""

from dataclasses import dataclass

from sayso.errors import UsageError
from sayso.types import iso_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the caller says of all inputs.

    `text_field` and `title_field` name the fields of a record that hold its text and title.
    `title`, `date` and `publisher`, where given, take the place of what an input says itself.
    `max_chars` counts code points of an article's text. `allow_private` lets addresses of
    this machine and its network be fetched; nothing else about fetching changes. `sift` refuses
    pages that hold no report, or the beginning of one: those of a crawl, not those of a reader.

    Raises UsageError if `date` is no day (`YYYY-MM-DD`) or `max_chars` no positive number.
    """

    text_field: str = "text"
    title_field: str = "title"
    max_chars: int = 1_000_000
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    allow_private: bool = False
    sift: bool = False

    def __post_init__(self) -> None:
        if self.date is not None and iso_day(self.date) != self.date:
            raise UsageError(f"the date {self.date!r} is not a day: write it as YYYY-MM-DD")
        if self.max_chars < 1:
            raise UsageError(f"the limit of characters must be positive, not {self.max_chars}")
