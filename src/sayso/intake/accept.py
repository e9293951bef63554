"""What every article must be before it is read."""

from dataclasses import replace

from sayso.errors import EmptyText, NotEnglish, TooLong
from sayso.intake.language import foreign
from sayso.types import Article


def accept(article: Article, max_chars: int = 1_000_000) -> Article:
    """The article with its language set, if it can be read.

    A text too short or too mixed to tell its language is taken for English.

    Raises EmptyText, TooLong (over `max_chars` code points) or NotEnglish.
    """
    text = article.text
    if not text or text.isspace():
        raise EmptyText("the text is empty: there is nothing to read")
    if len(text) > max_chars:
        raise TooLong(
            f"the text has {len(text):,} characters, more than the limit of {max_chars:,}: "
            "split it",
            ", or raise the limit (--max-chars)",
        )
    language = foreign(text)
    if language is not None:
        raise NotEnglish(
            f"the text is not English (it reads as {language!r}): Sayso reads English only"
        )
    return article if article.language == "en" else replace(article, language="en")
