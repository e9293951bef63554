"""An article as a page of the audit names it."""

from typing import Protocol

from sayso.formats.html.escape import bdi, day, link


class Printed(Protocol):
    """What is told of an article; `begins` is how it does, where it has no title."""

    @property
    def title(self) -> str | None: ...
    @property
    def begins(self) -> str: ...
    @property
    def outlet(self) -> str | None: ...
    @property
    def published(self) -> str | None: ...
    @property
    def url(self) -> str | None: ...


def cited(of: Printed) -> str:
    """Its title, else how it begins; a link where the article has an address; outlet and day."""
    words = of.title or f"“{of.begins}”"
    shown = link(of.url, words) if of.url else bdi(words, 300)
    parts = [bdi(of.outlet, 120) if of.outlet else "", day(of.published) if of.published else ""]
    told = " · ".join(part for part in parts if part) or "outlet and day not known"
    return f'<cite dir="auto">{shown}</cite> <span class="meta">{told}</span>'


def key(name: str) -> str:
    """An article's key or a statement's id, small: what commands take."""
    return f'<small class="id">{bdi(name, 80)}</small>'
