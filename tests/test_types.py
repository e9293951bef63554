import pytest

from sayso import Article, BadRecord, Reading


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", 5, "title must be a string"),
        ("url", b"x", "url must be a string"),
        ("publisher", [], "publisher must be a string"),
        ("id", True, "id must be a string or a number"),
        ("id", float("nan"), "id must be a string or a number"),
        ("date", 20260312, "date must be a day"),
        ("date", "yesterday", "date must be a day"),
        ("date", "2026-03-12T10:00", "date must be a day"),
        ("date", "2026-02-30", "date must be a day"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(field: str, value: object, message: str) -> None:
    fields: dict[str, object] = {field: value}
    with pytest.raises(BadRecord, match=message):
        Article("She said no.", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("id", ["a17", 17, 1.5, None])
def test_ids_come_back_as_given(id: str | int | float | None) -> None:
    article = Article("She said no.", id=id, date="2026-03-12")
    assert Reading("m", article, ()).id == (article.sha256 if id is None else id)


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    assert Article("a\ud800b\udfffc").text == "a�b�c"


def test_a_reading_is_told_in_one_line() -> None:
    assert repr(Reading("en-fast-1", Article("No.", id=7), ())) == (
        "<Reading of 7 by en-fast-1: 0 statements>"
    )
