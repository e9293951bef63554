"""The edges of a source's words: marks, prepositions and times that belong to no name."""

import re
from unicodedata import category

from sayso.reader.drafts import Bounds

TRIM = ' \t\r\n\xa0,;:–—-"“”‘«»…|•*'
_QUOTES = '"“”«»'
_LEADING = re.compile(
    r"(?:by|from|of|to|(?:both|either|neither)(?!\sof\b)|as|for|per|via|even|also|but|and|only)\s+",
    re.I,
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PART = r"(?:night|morning|afternoon|evening)"
_WHEN = (
    r"(?:(?:not|only|just|late|early|earlier)\s)*(?:[Yy]esterday|today|[Tt]onight|[Oo]n\s"
    rf"{_DAY}|(?:[Ll]ast|[Tt]his)\s(?:{_PART}|week|weekend|month|year|{_DAY}))(?:\s{_PART})?"
)
_WHEN_FIRST = re.compile(rf"{_WHEN},?\s+")
_WHEN_LAST = re.compile(rf"(?P<before>[\w’'-]+)[\s,]+{_WHEN}$")


def _is_edge(mark: str) -> bool:
    """Punctuation of TRIM, and symbols: emoji, stars, trade marks."""
    return mark in TRIM or category(mark) in ("So", "Sk", "Cf", "Co", "Cn")


def trimmed(text: str, start: int, end: int) -> Bounds:
    """A source without the marks, prepositions and times at its ends."""
    start, end = _unmarked(text, start, end)
    first = _WHEN_FIRST.match(text, start, end)
    start = first.end() if first else start
    start, end = _unmarked(text, start, _before_time(text, start, end))
    lead = _LEADING.match(text, start, end)
    return _unmarked(text, lead.end(), end) if lead else (start, end)


def stripped(words: str) -> str:
    """Words without the marks at their ends."""
    return words[slice(*_unmarked(words, 0, len(words)))]


def _unmarked(text: str, start: int, end: int) -> Bounds:
    """A stretch without the marks at its ends, but for those of quotations within it."""
    while start < end and _is_edge(text[start]) and not _opens(text, start, end):
        start += 1
    while end > start and _is_edge(text[end - 1]) and not _closes(text, start, end - 1):
        end -= 1
    return start, end


def _opens(text: str, at: int, end: int) -> bool:
    """Whether the mark at a place opens a quotation that closes before the end."""
    if text[at] not in _QUOTES:
        return False
    closes = next((n for n in range(at + 1, end) if text[n] in _QUOTES), end)
    return any(not _is_edge(mark) for mark in text[closes + 1 : end])


def _closes(text: str, start: int, at: int) -> bool:
    """Whether the mark at a place closes a quotation that opens after the start."""
    return text[at] in _QUOTES and sum(mark in _QUOTES for mark in text[start:at]) % 2 == 1


def _before_time(text: str, start: int, end: int) -> int:
    """Where a time at the end begins, unless it belongs to the words: "released last year"."""
    time = _WHEN_LAST.search(text[start:end])
    if time is None:
        return end
    before = time["before"]
    owned = before in ("of", "for", "since", "Mail") or (before.islower() and before.endswith("ed"))
    return end if owned else start + time.end("before")
