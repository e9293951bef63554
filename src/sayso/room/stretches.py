"""Stretches of a timeline that fit a page: whole months, as many as hold so many statements."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.room import addresses
from sayso.room.columns import spoken

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one day to another, both included; None where it has no end."""

    since: str | None
    until: str | None

    @property
    def months(self) -> str | None:
        """The whole months that it is, in words; None where it is something else."""
        if self.since is None or self.until is None or not self.since.endswith("-01"):
            return None
        first, last = self.since[:7], self.until[:7]
        if not _MONTH.fullmatch(first) or not _MONTH.fullmatch(last) or _last(last) != self.until:
            return None
        return spoken(first) if first == last else f"{spoken(first)} to {spoken(last)}"


def chosen(
    months: Mapping[str, int], since: str, until: str, room: int, *, whole: bool = False
) -> Stretch:
    """The stretch that was asked for; without one, all if it fits or `whole` is wanted, else the
    latest months that fit."""
    if since or until:
        return Stretch(since or None, until or None)
    if whole or sum(months.values()) <= room:
        return Stretch(None, None)
    return _of(_fitting(sorted(months, reverse=True), months, room))


def before(months: Mapping[str, int], span: Stretch, room: int) -> Stretch | None:
    """The stretch that ends before this one."""
    if span.since is None:
        return None
    earlier = [m for m in sorted(months, reverse=True) if _last(m) < span.since]
    return _of(_fitting(earlier, months, room)) if earlier else None


def after(months: Mapping[str, int], span: Stretch, room: int) -> Stretch | None:
    """The stretch that begins after this one."""
    if span.until is None:
        return None
    later = [m for m in sorted(months) if f"{m}-01" > span.until]
    return _of(_fitting(later, months, room)) if later else None


def _fitting(ordered: Iterable[str], months: Mapping[str, int], room: int) -> list[str]:
    """The first of these months that hold no more than there is room for, but at least one."""
    taken: list[str] = []
    for month in ordered:
        room -= months[month]
        if taken and room < 0:
            break
        taken.append(month)
    return taken


def _of(months: list[str]) -> Stretch:
    return Stretch(f"{min(months)}-01", _last(max(months)))


def _last(month: str) -> str:
    return addresses.stretch(month)["until"]
