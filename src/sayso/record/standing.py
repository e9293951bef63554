"""Where words stand in a text, whatever its white space, quotation marks and dashes.

It takes as long as the text is, however the words and the text repeat themselves.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from sayso.types import Span

_ALIKE = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys('"`´‘’‚‛“”„‟«»‹›', "'"))
_SPACES = re.compile(r"\s{2,}|[^\S ]")
"""White space that is more than a blank, or another."""
_NEXT = re.compile(r"(?<!\w)(?=\w)")


def standing(text: str, words: str) -> Iterator[Span]:
    """The places, first to last; whole words where the ends of `words` are parts of words."""
    wanted = " ".join(words.translate(_ALIKE).split())
    if not wanted:
        return
    spaces = [match.span() for match in _SPACES.finditer(text)]
    plain = _SPACES.sub(" ", text.translate(_ALIKE))
    lost = [0, *accumulate(end - start - 1 for start, end in spaces)]
    ends = [end - gone for (_, end), gone in zip(spaces, lost[1:], strict=True)]

    def original(place: int) -> int:
        return place + lost[bisect_right(ends, place)]

    at = plain.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if _is_whole(plain, wanted, at, end):
            start, stop = original(at), original(end - 1) + 1
            yield Span(start, stop, text[start:stop])
            at = plain.find(wanted, end)
        else:
            at = plain.find(wanted, _following(plain, wanted, at))


def _is_whole(plain: str, wanted: str, at: int, end: int) -> bool:
    cut_before = wanted[0].isalnum() and _in_word(plain[at - 1 : at] if at else "")
    return not cut_before and not (wanted[-1].isalnum() and _in_word(plain[end : end + 1]))


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _following(plain: str, wanted: str, at: int) -> int:
    """Where they can begin next: with a word, if they begin with one."""
    if not wanted[0].isalnum():
        return at + 1
    found = _NEXT.search(plain, at + 1)
    return len(plain) if found is None else found.start()
