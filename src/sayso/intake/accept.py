"""What every article must be before it is read."""

from dataclasses import replace

from sayso.errors import EmptyText, NotEnglish, TooLong
from sayso.intake import html
from sayso.intake.language import foreign
from sayso.intake.options import Options
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


def accept_text(text: str, options: Options, *, is_page: bool, url: str | None = None) -> Article:
    """The article of a page's markup or of plain text, if it can be read. Raises InputError."""
    if is_page and text.strip():
        article = html.page(text, options, url=url)
    else:
        html.check_no_xml(text)
        article = Article(
            text, title=options.title, date=options.date, publisher=options.publisher, url=url
        )
    accepted = accept(article, options.max_chars)
    if options.sift and (is_page or url is not None):
        from sayso.intake import filters

        filters.check(accepted, text if is_page else None)
    return accepted
