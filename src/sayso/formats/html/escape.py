"""Words that came from outside, made safe to show: markup, controls, addresses, dates."""

import html
import re

# Not the calendar module's, which speak the machine's language.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

# What HTML can't hold or a reader can't see, one for one, so that nothing hides on the page.
_VISIBLE = (
    {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
    | {0x7F: 0x2421}
    | dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), 0xFFFD)
)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WEB = re.compile(r"https?://[^\s\\<>\"']{1,2000}", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}")
_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(0[1-9]|[1-4]\d|5[0-3])", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


def escape(text: str) -> str:
    """The text for an element or a quoted attribute."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return html.escape(lines.translate(_VISIBLE))


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, the last an ellipsis where some were left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def bdi(text: str, limit: int) -> str:
    """The text as an element of its own direction, which can't reorder its neighbours."""
    return f"<bdi>{escape(clip(text, limit))}</bdi>"


def contained(text: str) -> str:
    """The text, within `<bdi>` only if it holds controls of direction."""
    return f"<bdi>{escape(text)}</bdi>" if _BIDI.search(text) else escape(text)


def link(address: str, words: str | None = None) -> str:
    """The words, or else the address, as a link if the address is one of the web; else plain."""
    shown = bdi(address, 80) if words is None else bdi(words, 300)
    if not _WEB.fullmatch(address):
        return shown
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{shown}</a>'


def language(code: str) -> str:
    """A `lang` attribute, or nothing where the code is no language tag."""
    return f' lang="{code}"' if _LANGUAGE.fullmatch(code) else ""


def day(date: str) -> str:
    """A `<time>` for the contract's dates (day, week, month or year); other words plain."""
    spoken = _spoken(date)
    if spoken is None:
        return bdi(date, 40)
    return f'<time datetime="{date}">{spoken}</time>'


def _spoken(date: str) -> str | None:
    if match := _DAY.fullmatch(date):
        return f"{int(match[3])} {MONTHS[int(match[2]) - 1]} {match[1]}"
    if match := _WEEK.fullmatch(date):
        return f"week {int(match[2])} of {match[1]}"
    if match := _MONTH.fullmatch(date):
        return f"{MONTHS[int(match[2]) - 1]} {match[1]}"
    return date if _YEAR.fullmatch(date) else None
