"""What search, repeats and names see of a text: its letters, not how they are dressed.

The words of the indexes are folded before they are stored. Whoever changes what `fold` gives
must write a migration that makes the indexes anew: SQLite can only delete from them what it is
told to have put in.
"""

import hashlib
import re
import unicodedata

QUOTE = "'"
"""What every quotation mark and apostrophe becomes."""

_QUOTES = "\"'`´‘’‚‛“”„‟′″‵‶‹›«»❛❜❝❞〝〞〟＂＇"
# Letters that Unicode does not take apart into a letter and its mark.
_LETTERS = {
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i",
    "ŋ": "n", "ŧ": "t", "ĸ": "k",
}  # fmt: skip

_PLAIN = re.compile("[\x00-\x7f‘’“”–—]*")
_WORD = re.compile(r"[^\W_]+")


class _Folds(dict[int, str]):
    """The fold of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _character(chr(code))
        self[code] = folded
        return folded


def _character(char: str) -> str:
    """What one character becomes: any number of characters, a space for white space."""
    if char in _QUOTES:
        return QUOTE
    category = unicodedata.category(char)
    if char.isspace() or category in ("Zs", "Zl", "Zp", "Cc"):
        return " "
    if category == "Pd" or char == "−":
        return "-"
    if category == "Cf":  # soft hyphens, joiners, byte order marks
        return ""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    kept = (c for c in parts if unicodedata.category(c) != "Mn")
    return "".join(_LETTERS.get(c, c) for c in kept)


_FOLDS = _Folds()


def fold_character(char: str) -> str:
    """The fold of one character by itself: `fold` joins these and makes white space one."""
    return _FOLDS[ord(char)]


def fold(text: str) -> str:
    """`text` without case, accents and kinds of quotation marks, dashes and white space."""
    return " ".join(text.translate(_FOLDS).split())


def words(text: str) -> list[str]:
    """The folded words of `text`: letters and digits, as the indexes part them."""
    return _WORD.findall(text.lower() if is_plain(text) else fold(text))


def is_plain(text: str) -> bool:
    """Whether folding leaves the words of a text as they are, but for their case."""
    return _PLAIN.fullmatch(text) is not None


def repeat_key(text: str) -> str:
    """16 hexadecimal digits, the same for texts of the same folded words."""
    return digest(" ".join(words(text)), 16)


def digest(text: str, digits: int) -> str:
    """The first hexadecimal digits of the SHA-256 of `text`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
