import pytest

from sayso.errors import EmptyText, NotEnglish, TooLong
from sayso.intake import accept
from sayso.types import Article
from tests.intake.test_language import GERMAN


def test_a_good_article_stays_as_it_is() -> None:
    article = Article("He said so.", id=7, title="T", extra={"a": 1})
    assert accept(article) is article


def test_the_language_is_set() -> None:
    article = accept(Article("He said so.", id=7, language="?", extra={"a": 1}))
    assert (article.language, article.id, article.extra) == ("en", 7, {"a": 1})


@pytest.mark.parametrize("text", ["", " ", "\n\t \u00a0\u2003"])
def test_empty(text: str) -> None:
    with pytest.raises(EmptyText):
        accept(Article(text))


def test_the_limit_counts_code_points() -> None:
    accept(Article("😀" * 10), 10)
    with pytest.raises(TooLong, match=r"11 characters.*limit of 10"):
        accept(Article("😀" * 11), 10)


def test_not_english() -> None:
    with pytest.raises(NotEnglish, match="'de'"):
        accept(Article(GERMAN * 3))
