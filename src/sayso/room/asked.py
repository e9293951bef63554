"""What a search page is asked, as it stands in its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol, Self, cast
from urllib.parse import urlencode

from sayso.errors import UsageError
from sayso.record.filters import Dates, Filters
from sayso.room import downloads
from sayso.types import Type

LONGEST = 500
"""Characters of a field."""
MOST = 20
"""Values of a field."""


class Parameters(Protocol):
    """The parameters of an address, of which one may come several times."""

    def getlist(self, key: Any) -> list[Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Words and filters as text, named as in the address. Nothing is checked but lengths."""

    words: str = ""
    by: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    dates: str = "printed"
    type: tuple[str, ...] = ()
    said: str = ""
    unnamed: str = ""
    min_confidence: str = ""
    versions: str = ""
    page: str | None = None

    @classmethod
    def of(cls, parameters: Parameters) -> Self:
        given: dict[str, Any] = {}
        for field in fields(cls):
            values = [v.strip() for v in parameters.getlist(field.name) if v.strip()][:MOST]
            if isinstance(field.default, tuple):
                given[field.name] = tuple(dict.fromkeys(value[:LONGEST] for value in values))
            elif values:
                given[field.name] = values[-1] if field.name == "page" else values[-1][:LONGEST]
        return cls(**given)

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (
            self.words or self.by or self.about or self.outlet or self.since or self.until
            or self.type or self.said or self.unnamed or self.min_confidence
        )  # fmt: skip

    def filters(self) -> Filters:
        """Raises `UsageError` for what is no filter."""
        try:
            least = float(self.min_confidence or 0)
        except ValueError as error:
            raise UsageError(f"{self.min_confidence!r} is no number from 0 to 1") from error
        if unknown := set(self.type) - {"direct", "mixed", "indirect"}:
            raise UsageError(f"a statement is direct, mixed or indirect, not {min(unknown)}")
        if self.dates not in ("printed", "said") or self.said not in ("", "0", "1"):
            raise UsageError("that address has been changed: begin the search anew")
        return Filters(
            by=self.by,
            about=self.about,
            outlets=self.outlet,
            since=self.since or None,
            until=self.until or None,
            dates=cast(Dates, self.dates),
            types=cast(tuple[Type, ...], self.type),
            said=bool(int(self.said)) if self.said else None,
            unnamed=bool(self.unnamed),
            min_confidence=least,
            versions=bool(self.versions),
        )

    def parameters(self) -> list[tuple[str, str]]:
        """Names and values of what is asked, the page left out."""
        found: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default and field.name != "page":
                values: Sequence[str] = value if isinstance(value, tuple) else (value,)
                found += [(field.name, each) for each in values]
        return found

    def address(self, path: str = "/search", **changes: Any) -> str:
        """The address with some of it changed, at the first page unless `page` is given."""
        page = changes.pop("page", None)
        asked = replace(self, **changes).parameters() + ([("page", page)] if page else [])
        return f"{path}?{urlencode(asked)}" if asked else path

    def toggled(self, name: str, value: str) -> str:
        """The address with a value of a field more, or less where it was there."""
        values = getattr(self, name)
        if isinstance(values, tuple):
            kept = tuple(v for v in values if v != value)
            changed: Any = kept if len(kept) < len(values) else (*values, value)
        else:
            changed = "" if values == value else value
        return self.address(**{name: changed})

    def file(self, kind: str) -> str:
        """The name of a file with what is found."""
        asked = (self.words, *self.by, *self.about, *self.outlet, self.since, self.until)
        return downloads.named(kind, *asked)

    def hidden(self, besides: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What a form must carry along that has fields for `besides`."""
        return [(name, value) for name, value in self.parameters() if name not in besides]
