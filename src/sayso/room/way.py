"""A reviewer's way through what is doubtful, as it stands in addresses: filters, and a place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from sayso.errors import UsageError
from sayso.record.doubtful import Doubts
from sayso.room.addresses import address

LONGEST = 500
"""Characters of a field."""

BELOW = (
    ("", "Any"),
    ("90", "Below 90 %"),
    ("75", "Below 75 %"),
    ("60", "Below 60 %"),
    ("40", "Below 40 %"),
)
"""The confidences, in percent, that are offered to stay below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Filters as they were typed. `queue`: the next statement follows each that is corrected;
    `after` is the place of the last that was left alone."""

    outlet: str = ""
    article: str = ""
    by: str = ""
    below: str = ""
    after: str = ""
    queue: str = ""

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> Self:
        """Nothing is checked but lengths."""
        given = {name: parameters.get(name, "").strip()[:LONGEST] for name in cls.__slots__}
        return cls(**given)

    def doubts(self) -> Doubts:
        """Raises `UsageError`."""
        try:
            below = float(self.below) / 100 if self.below else None
        except ValueError as error:
            raise UsageError(f"{self.below!r} is no percentage: give a number up to 100") from error
        return Doubts(
            outlet=self.outlet or None,
            article=self.article or None,
            by=self.by or None,
            below=below,
        )

    @property
    def filters(self) -> dict[str, str]:
        """What is asked for, by its names in addresses."""
        return {name: getattr(self, name) for name in ("outlet", "article", "by", "below")}

    @property
    def narrowed(self) -> bool:
        return any(self.filters.values())

    def past(self, place: str | None) -> "Way":
        """The way on, after a statement of that place was left alone."""
        return replace(self, after=place or self.after)

    # ---- addresses

    def onward(self, **asked: str | int | None) -> str:
        """Where the next statement is handed out; `skip` is one that is left alone."""
        return self._address("/review", **asked)

    @property
    def again(self) -> str:
        """The same from the beginning."""
        return address("/review", **self.filters)

    def handed(self, reference: str, **asked: str | int | None) -> str:
        """A statement that is handed out, with the next to follow."""
        return replace(self, queue="1").to(reference, **asked)

    def to(self, reference: str, **asked: str | int | None) -> str:
        """A statement `KEY/s3`, or an article's missing ones."""
        return self._address(f"/review/{reference}", queue=self.queue, **asked)

    def download(self, ending: str) -> str:
        return address(f"/review.{ending}", **self.filters)

    def _address(self, path: str, **asked: str | int | None) -> str:
        return address(path, **self.filters, after=self.after, **asked)
