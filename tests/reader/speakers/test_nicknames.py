"""Names in one piece, whose nicknames stand in quotation marks within them."""

import re

import pytest

from sayso import Article
from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.names import Name, named_at
from sayso.reader.speakers.nicknames import with_nicknames


def names(text: str, told: str) -> list[Name]:
    """The names that stand between | in `told`, each a person's but for those with a star."""
    found: list[Name] = []
    for part in told.split("|"):
        words, person = part.rstrip("*"), not part.endswith("*")
        start = text.index(words, found[-1].end if found else 0)
        forms = tuple(re.findall(r"\w+", words))
        kinds = [0.9, 0.1, 0.0, 0.0] if person else [0.1, 0.0, 0.0, 0.9]
        found.append(named_at(text, start, start + len(words), forms, kinds))
    return with_nicknames(text, found)


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Odo “Salt” Pell left.", "Odo|Salt|Pell", [("Odo", "Pell")]),
        ("Odo “Salt” Pell left.", "Odo|Salt” Pell", [("Odo", "Pell")]),
        ("Odo “Salt” Pell left.", "Odo “Salt” Pell", [("Odo", "Pell")]),
        ("Odo “Salt” Pell left.", "Salt” Pell", [("Odo", "Pell")]),
        ('Odo "the Salt" Pell left.', "Odo|Pell", [("Odo", "Pell")]),
        ("Odo ‘Big Salt’ Pell left.", "Odo|Salt*|Pell", [("Odo", "Pell")]),
        ("Odo B. 'Salt' Pell left.", "Odo B.|Pell", [("Odo", "B", "Pell")]),
        ("Mary Ann “Salt” Pell left.", "Mary Ann|Pell", [("Mary", "Ann", "Pell")]),
        ("“Big Salt” Pell left.", "Big Salt” Pell", [("Big", "Salt", "Pell")]),
        ("“Big Salt” Pell left.", "Big Salt|Pell", [("Big", "Salt", "Pell")]),
        ("“Big Salt” Pell left.", "Big Salt*|Pell", [("Big", "Salt"), ("Pell",)]),
        ("Odo “Salt” Pell left.", "Odo|Pell*", [("Odo",), ("Pell",)]),
        ("Now “Salt” Pell left.", "Pell", [("Pell",)]),
        ("Odo said “Salt” Pell left.", "Odo|Pell", [("Odo",), ("Pell",)]),
        ("Mr “Salt” Pell left.", "Salt|Pell", [("Salt", "Pell")]),
        ("Ada left. Odo “Salt” Pell met Ivo.", "Ada|Odo|Pell|Ivo",
         [("Ada",), ("Odo", "Pell"), ("Ivo",)]),
    ],
)  # fmt: skip
def test_names_with_nicknames(text: str, told: str, expected: list[tuple[str, ...]]) -> None:
    assert [name.words for name in names(text, told)] == expected


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Odo “the Salt” Pell left. Pell rang.", "Odo “the Salt” Pell"),
        ("“Big Salt” Pell left. Pell rang.", "“Big Salt” Pell"),
    ],
)
def test_a_name_is_shown_with_its_nickname(text: str, whole: str) -> None:
    told = "Odo|Pell|Pell" if "Odo" in text else "Big Salt|Pell|Pell"
    found = Cast(Article(text), names(text, told))
    assert [owner and owner.name for owner in found.owners] == [whole] * 2


@pytest.mark.parametrize("later", ["Salt", "Salt Pell", "Odo Pell", "Pell", "Odo"])
@pytest.mark.parametrize("first", [True, False])
def test_the_bearer_of_a_nickname_is_called_by_it(later: str, first: bool) -> None:
    if first:
        text, told = f"Odo “Salt” Pell left. Then {later} rang.", f"Odo|Pell|{later}"
    else:
        text, told = f"There was {later}. Odo “Salt” Pell left.", f"{later}|Odo|Pell"
    found = Cast(Article(text), names(text, told))
    assert [owner and owner.name for owner in found.owners] == ["Odo “Salt” Pell"] * 2
