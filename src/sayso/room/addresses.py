"""Addresses of the room with what they ask for: those that pages lead to from a name or a count."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

Asked = str | int | None | Iterable[str]


def address(path: str, fragment: str = "", /, **asked: Asked) -> str:
    """The path with what is asked; what is None or empty is left out."""
    pairs: list[tuple[str, str]] = []
    for name, value in asked.items():
        if value is None or value == "":
            continue
        values = [str(value)] if isinstance(value, str | int) else value
        pairs += [(name, each) for each in values]
    query = f"?{urlencode(pairs)}" if pairs else ""
    return f"{path}{query}{f'#{fragment}' if fragment else ''}"


def search(**asked: Asked) -> str:
    """Where the statements are that fit; the names are those of the page Search."""
    return address("/search", **asked)


def stretch(period: str) -> dict[str, str]:
    """The first and last day of a year or month, as `since` and `until`."""
    if len(period) == 4:
        return {"since": f"{period}-01-01", "until": f"{period}-12-31"}
    year, month = int(period[:4]), int(period[5:7])
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else None
    last = 31 if following is None else date.fromordinal(following.toordinal() - 1).day
    return {"since": f"{period}-01", "until": f"{period}-{last:02d}"}
