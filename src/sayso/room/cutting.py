"""Where a text that is too long is cut: between words, and where there are none, between what is
read as one letter."""

import unicodedata

_NEAR = 80
"""Characters within which a word's end is looked for on the other side."""
_JOINER = "\u200d"


def begins(text: str, least: int, at: int, most: int) -> int:
    """Where a word begins: the first place from `at` to `most`, else the last before `at`, `least`
    being one; where one word is all there is, a place between two letters."""
    if at <= least:
        return least
    for place in range(at, most + 1):
        if text[place - 1].isspace():
            return place
    for place in range(at, max(least, at - _NEAR), -1):
        if text[place - 1].isspace():
            return place
    return least if at - least <= _NEAR else between(text, at)


def ends(text: str, least: int, at: int, most: int) -> int:
    """Where a word ends: the last place from `least` to `at`, else the first after `at`, `most`
    being one; where one word is all there is, a place between two letters."""
    if at >= most:
        return most
    for place in range(at, least - 1, -1):
        if text[place].isspace():
            return place
    for place in range(at, min(most, at + _NEAR)):
        if text[place].isspace():
            return place
    return most if most - at <= _NEAR else between(text, at)


def between(text: str, at: int) -> int:
    """The place, or the one before it that parts no letter from what belongs to it."""
    place = at
    while 0 < place < len(text) and (_follows(text[place]) or text[place - 1] == _JOINER):
        place -= 1
    return place or at


def _follows(letter: str) -> bool:
    """Whether it stands on the letter before: an accent, a vowel sign, a joiner, a colour of
    skin."""
    if letter == _JOINER or "\U0001f3fb" <= letter <= "\U0001f3ff":
        return True
    return unicodedata.category(letter) in ("Mn", "Mc", "Me")
