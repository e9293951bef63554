"""Where words stand in a text."""

from sayso.reader.drafts import Bounds


def span(text: str, words: str) -> Bounds:
    """Where they first stand."""
    return text.index(words), text.index(words) + len(words)
