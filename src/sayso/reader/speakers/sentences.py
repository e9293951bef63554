"""Where sentences and paragraphs begin, well enough to tell what stands near what."""

import re
from bisect import bisect_right

from sayso.reader.speakers.lexicon import ABBREVIATIONS

_END = re.compile(
    r"(?P<stop>[.!?…])[\"”’'»)\]]{0,4}[ \xa0]{1,9}(?=[\"“‘'«(\[—–-]{0,4}[A-Z0-9])|[\r\n]+"
)
_LAST_WORD = re.compile(r"[\w.]*$")


class Sentences:
    """The starts of an article's sentences and paragraphs, for looking up by position."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        self.paragraphs = [0]
        for match in _END.finditer(text):
            if match["stop"] is None:
                self.paragraphs.append(match.end())
                self.starts.append(match.end())
                continue
            last = _last_word(text, match.start())
            if last.casefold() in ABBREVIATIONS or (len(last) < 2 and last.isalpha()):
                continue
            self.starts.append(match.end())

    def index(self, at: int) -> int:
        """The number of the sentence that holds this place."""
        return bisect_right(self.starts, at) - 1

    def start(self, at: int) -> int:
        return self.starts[self.index(at)]

    def end(self, at: int) -> int:
        after = self.index(at) + 1
        return self.starts[after] if after < len(self.starts) else len(self.text)

    def paragraph(self, at: int) -> int:
        """The number of the paragraph that holds this place."""
        return bisect_right(self.paragraphs, at) - 1


def _last_word(text: str, end: int) -> str:
    match = _LAST_WORD.search(text, max(0, end - 12), end)
    return match.group() if match else ""
