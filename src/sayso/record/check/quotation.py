"""A quotation as it is put to the check: its words, where it owns to have left some out, and
which of them stand in square brackets."""

import re
from dataclasses import dataclass

from sayso.record.check.lexicon import COMMON
from sayso.record.check.normal import Word, words

_GAP = re.compile(r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|…|\.\s?\.\s?\.[.]?")
_SIC = re.compile(r"\s*[\[(]\s*sic\s*[\])]", re.IGNORECASE)
_LETTER = re.compile(r"\[(\w)\](?=\w)|(?<=\w)\[(\w{1,3})\](?!\w)")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_TOO_FEW = 2
_MARKS = "\"'“”‘’„«»‹›`´ \t\r\n"


@dataclass(frozen=True, slots=True)
class Quotation:
    """`gaps` holds the positions among the words before which an ellipsis stands (the number of
    words for one at the end); `bracketed` the positions of words in square brackets."""

    text: str
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    gaps: frozenset[int]
    bracketed: frozenset[int]
    asks: bool
    """Whether it ends as a question."""

    @property
    def too_short(self) -> bool:
        """Whether so few and so common words say nothing of who printed them first."""
        return len(self.words) <= _TOO_FEW and COMMON.issuperset(self.keys)


def quotation(text: str) -> Quotation:
    """Take a quotation apart. Offsets of its words count in `text` as given."""
    plain = _SIC.sub(lambda m: " " * len(m[0]), text)
    plain = _LETTER.sub(_without_brackets, plain)
    gap_ends = [m.start() for m in _GAP.finditer(plain)]
    plain = _GAP.sub(lambda m: " " * len(m[0]), plain)
    inside = [m.span(1) for m in _BRACKETS.finditer(plain)]
    found = words(plain)
    gaps = {sum(word.start < place for word in found) for place in gap_ends}
    bracketed = {
        n for n, w in enumerate(found) if any(start <= w.start < end for start, end in inside)
    }
    asks = plain.rstrip(_MARKS + ")]").endswith("?")
    keys = tuple(word.key for word in found)
    return Quotation(text, tuple(found), keys, frozenset(gaps), frozenset(bracketed), asks)


def _without_brackets(match: re.Match[str]) -> str:
    """`[T]he` is "The". The letters move within the match, which keeps its length."""
    letter: str = match[1] or match[2]
    return letter.rjust(len(match[0])) if match[1] else letter.ljust(len(match[0]))
