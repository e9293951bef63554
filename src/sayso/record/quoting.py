"""Whether words stand in quotation marks, as people read them."""

from collections.abc import Iterable, Iterator

from sayso.types import Span, Type

CLOSING = {"“": "”", "«": "»", "»": "«", "„": "“”", "‘": "’", "‹": "›", '"': '"', "'": "'"}
"""What closes a quotation, by the mark that opens it."""


def type_of(content: Iterable[Span]) -> Type:
    """`direct`, `mixed` or `indirect`, by how much of the content stands in quotation marks."""
    quoted = bare = 0
    for span in content:
        for is_quoted in _words_of(span.text):
            quoted, bare = quoted + is_quoted, bare + (not is_quoted)
    if not quoted:
        return "indirect"
    return "mixed" if bare else "direct"


def _words_of(text: str) -> Iterator[bool]:
    """For each letter or digit, whether it stands in quotation marks."""
    closer = ""
    for n, char in enumerate(text):
        before, after = text[n - 1 : n], text[n + 1 : n + 2]
        if char.isalnum():
            yield bool(closer)
        elif closer:
            if char in closer and not (char in "’'" and after.isalnum()):
                closer = ""
        elif char in CLOSING and not (char in "\"'" and before.isalnum()):
            closer = CLOSING[char]
