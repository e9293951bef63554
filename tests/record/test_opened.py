"""An article to be looked at, its versions, and what changed between them."""

import random
from itertools import pairwise

import pytest

from sayso.errors import UsageError
from sayso.record import Record, differences, opened
from sayso.record.differences import Piece, laid_beside
from tests.record.build import Said, reading

URL = "https://lantern.example/toll"
TEXT = "“The toll stays,” said Ida Marsh. Ben Okoro keeps it."


def add(record: Record, text: str, date: str) -> str:
    said = [Said(content="“The toll stays,”", by="Ida Marsh", about=("Ben Okoro",))]
    return record.add(reading(text, said, url=URL, publisher="Lantern", date=date)).key


def test_speakers_have_their_entries(record: Record) -> None:
    key = add(record, TEXT, "2026-03-01")
    found = record.opened(key)
    (person,) = found.people["s1"]
    assert person is not None
    assert record.search(filters=None, words="toll").hits[0].speakers[0].person == person


def test_what_was_checked_is_told(record: Record) -> None:
    key = add(record, TEXT, "2026-03-01")
    record.attribute(f"{key}/s1", ["Ben Okoro"], who="Nora")
    found = record.opened(key)
    assert found.checked == {"s1": "corrected"}
    assert found.reading.statements[0].speakers[0].name == "Ben Okoro"


def test_who_is_not_heard_is_told_of_an_article_that_is_not_long(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = add(record, TEXT, "2026-03-01")
    silent = record.opened(key).unheard
    assert silent is not None
    assert [each.name for each in silent] == ["Ben Okoro"]
    assert not record.is_long(key)
    monkeypatch.setattr(opened, "_LONG", 0)
    assert record.is_long(key)
    assert record.opened(key).unheard is None


def test_versions_stand_the_current_one_first(record: Record) -> None:
    first = add(record, TEXT, "2026-03-01")
    third = add(record, TEXT + " Later.", "2026-03-03")
    second = add(record, TEXT + " More.", "2026-03-02")
    assert [version.key for version in record.versions(first)] == [third, second, first]
    later = record.opened(first).later
    assert later is not None
    assert later.key == third
    assert record.opened(third).later is None


def test_an_article_without_an_address_is_its_only_version(record: Record) -> None:
    key = record.add(reading(TEXT)).key
    assert [version.key for version in record.versions(key)] == [key]


def test_one_version_is_not_laid_beside_itself(record: Record) -> None:
    key = add(record, TEXT, "2026-03-01")
    with pytest.raises(UsageError):
        record.differences(key, key)


def test_differences_are_told_as_json(record: Record) -> None:
    keys = add(record, TEXT, "2026-03-01"), add(record, TEXT + " More.", "2026-03-02")
    assert record.differences(*keys).to_dict() == {
        "old": keys[0],
        "new": keys[1],
        "pieces": [
            {"change": "same", "text": TEXT[:-1]},
            {"change": "in", "text": ". More"},
            {"change": "same", "text": "."},
        ],
    }


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", []),
        ("a b", "a b", [("same", "a b")]),
        ("", "a", [("in", "a")]),
        ("a", "", [("out", "a")]),
        ("a b c", "a x c", [("same", "a "), ("out", "b "), ("in", "x "), ("same", "c")]),
        ("a\n\nb\n\nc", "a\n\nc", [("same", "a\n\n"), ("out", "b\n\n"), ("same", "c")]),
        ("don’t go", "do go", [("out", "don’t "), ("in", "do "), ("same", "go")]),
    ],
)
def test_words_in_and_out(old: str, new: str, pieces: list[tuple[str, str]]) -> None:
    assert [(piece.change, piece.text) for piece in laid_beside(old, new)] == pieces


@pytest.mark.parametrize("most", [(10_000, 4_000), (3, 4_000), (10_000, 2)])
def test_the_pieces_are_both_texts_however_long(
    monkeypatch: pytest.MonkeyPatch, most: tuple[int, int]
) -> None:
    monkeypatch.setattr(differences, "_LINES", most[0])
    monkeypatch.setattr(differences, "_WORDS", most[1])
    draw = random.Random(8)
    for _ in range(200):
        old, new = ("".join(draw.choices("ab ,\n\r\0é", k=draw.randrange(40))) for _ in range(2))
        pieces: list[Piece] = list(laid_beside(old, new))
        assert "".join(p.text for p in pieces if p.change != "in") == old
        assert "".join(p.text for p in pieces if p.change != "out") == new
        assert all(p.text for p in pieces)
        assert all(a.change != b.change for a, b in pairwise(pieces))


def test_the_stamp_is_another_whenever_something_has_come_of_the_article(record: Record) -> None:
    key = add(record, TEXT, "2026-03-01")
    other = record.add(
        reading("“No,” said Ben Okoro.", [Said(content="“No,”", by="Ben Okoro")])
    ).key
    stamps = [record.stamp(key)]
    record.right(f"{other}/s1", who="Nora")
    assert record.stamp(key) == stamps[0]

    def changed() -> bool:
        stamps.append(record.stamp(key))
        return stamps[-1] not in stamps[:-1]

    made = record.attribute(f"{key}/s1", ["Ben Okoro"], who="Nora")
    assert changed()
    record.undo_correction(made.id)
    assert changed()
    record.merge("Ida Marsh", "Ben Okoro", who="Nora")
    assert changed()
    record.undo_decision()
    assert changed()
    record.add(
        reading(TEXT, [Said(content="“The toll stays,”", by="Ida Marsh")], model="hand-2",
                url=URL, publisher="Lantern", date="2026-03-01")
    )  # fmt: skip
    assert changed()
    add(record, TEXT + " It is dear.", "2026-03-02")
    assert changed()
