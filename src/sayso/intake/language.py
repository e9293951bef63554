"""Which language a text is in, as far as it can be told for sure.

Three samples are looked at, from the beginning, the middle and the end, so the cost does not
grow with the text, and a text that is English in any of them is not held to be foreign.
"""

from functools import cache
from typing import Any

MIN_LETTERS = 200
"""A text with fewer letters is too short to be sure of."""

_SAMPLE = 1_000
# Log-odds against English for each byte. English lists of foreign names reach 0.16 and texts half
# in another European language 0.29; running text in another language starts about 0.5.
_SURE = 0.35


# Common words that are hardly ever words of another language: a fifth of English news.
_WORDS = "the and that with for from of to said have they which would he she his her who its"
_ENGLISH = frozenset(_WORDS.split())
_PLAINLY = 0.1


def foreign(text: str) -> str | None:
    """The ISO 639 code of the language that `text` is surely in; None if it may be English."""
    samples = _samples(text)
    if any(map(_is_plainly_english, samples)):
        return None
    if sum(map(str.isalpha, "".join(samples))) < MIN_LETTERS:
        return None
    if all(_against_english(sample)[1] > _SURE for sample in samples):
        return _against_english(" ".join(samples))[0]
    return None


def _samples(text: str) -> list[str]:
    size = min(_SAMPLE, len(text) // 3)
    middle = (len(text) - size) // 2
    return [text[start : start + size] for start in (0, middle, len(text) - size)]


def _is_plainly_english(sample: str) -> bool:
    """A quick look that spares nearly every article the identifier, its loading included."""
    words = sample.lower().split()
    return sum(word in _ENGLISH for word in words) > _PLAINLY * len(words)


def _against_english(sample: str) -> tuple[str, float]:
    """The likeliest language, and by how much (log-odds a byte) it is likelier than English."""
    scores = dict(_identifier().rank(sample))
    best = max(scores, key=scores.__getitem__)
    return best, float(scores[best] - scores["en"]) / len(sample.encode())


@cache
def _identifier() -> Any:
    from py3langid.langid import (  # type: ignore[import-untyped]
        MODEL_FILE,
        LanguageIdentifier,
    )

    return LanguageIdentifier.from_pickled_model(MODEL_FILE)
