"""Files: what they are called."""

import pytest

from sayso.room.downloads import named


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (("Mayor vows to veto sale of city's water", "2025-06-17"),
         "article-mayor-vows-to-veto-sale-of-citys-water-2025-06-17"),
        (("Café\r\n\"; x=/../y", None), "article-cafe-x-y"),
        (("橋は安全", "2025-06-17"), "article-2025-06-17"),
        (("", None), "article"),
        (("word " * 40,), "article-word-word-word-word-word-word-word-word-word"),
        (("x" * 200, "y" * 200), f"article-{'x' * 48}-{'y' * 23}"),
    ],
)  # fmt: skip
def test_a_name_is_plain_and_short(asked: tuple[str | None, ...], name: str) -> None:
    assert named("article", *asked) == name
