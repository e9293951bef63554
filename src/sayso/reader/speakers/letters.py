"""Who writes "I" in a page of readers' letters: whoever signs below.

A signature is a line with a person's full name and at most a place, and tells of somebody
whom the text names nowhere else. One alone may be a byline; two make a page of letters.
"""

import re
from bisect import bisect_left

from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.names import Name
from sayso.reader.speakers.referents import Referent

_OPENS = re.compile(r"(?:^|\n)[ \t]{0,4}(?:[—–-] ?)?$")
_CLOSES = re.compile(r"(?:, [^\n]{1,40})?[. \t]{0,4}(?:\n|$)")
_MARGIN = 8  # characters looked at before a name


class Letters:
    """The signatures of a page of letters; none where the text is no such page."""

    def __init__(self, cast: Cast) -> None:
        signed = [
            (name.start, referent)
            for name, referent in zip(cast.names, cast.owners, strict=True)
            if referent is not None and _is_signature(cast.text, name, referent)
        ]
        self._signed = signed if len(signed) > 1 else []

    def writer(self, at: int) -> Referent | None:
        """Who signs the letter that a place is in."""
        n = bisect_left(self._signed, at, key=lambda signed: signed[0])
        return self._signed[n][1] if n < len(self._signed) else None


def _is_signature(text: str, name: Name, referent: Referent) -> bool:
    return (
        len(name.words) > 1
        and len(referent.mentions) == 1
        and referent.kind == "person"
        and _OPENS.search(text, max(0, name.lead - _MARGIN), name.lead) is not None
        and _CLOSES.match(text, name.end) is not None
    )
