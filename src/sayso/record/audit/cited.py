"""An article as a page of the audit names it."""

from sayso.formats.html.escape import bdi, day, link


def cited(title: str | None, url: str | None, outlet: str | None, published: str | None) -> str:
    """Its title, a link where the article has an address, with outlet and day."""
    words = title if title and title.strip() else "Untitled"
    shown = link(url, words) if url else bdi(words, 300)
    parts = [bdi(outlet, 120) if outlet else "", day(published) if published else ""]
    told = " · ".join(part for part in parts if part) or "outlet and day not known"
    return f'<cite dir="auto">{shown}</cite> <span class="meta">{told}</span>'


def key(name: str) -> str:
    """An article's key or a statement's id, small: what commands take."""
    return f'<small class="id">{bdi(name, 80)}</small>'
