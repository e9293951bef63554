"""A statement in the words around it, and the names that it may be by."""

from dataclasses import replace

import pytest

from sayso import Reading, Speaker
from sayso.room.passage import AROUND, LONGEST, candidates, passage, places, whole
from tests.record.build import Said, reading


def shown(read: Reading, number: int = 0) -> str:
    """The passage with its parts in brackets, paragraphs parted by " / "."""
    return " / ".join(
        "".join(f"[{bit.text}]" if bit.roles else bit.text for bit in paragraph.bits)
        for paragraph in passage(read, read.statements[number])
    )


def test_the_paragraph_is_shown_with_those_around_it() -> None:
    read = reading(
        "Before.\n\n“Yes,” said Ida Marsh today.\n\nAfter.",
        [Said(content="“Yes,”", by="Ida Marsh", source="Ida Marsh", cue="said")],
    )
    assert shown(read) == "Before. / [“Yes,”] [said] [Ida Marsh] today. / After."
    before, own, after = passage(read, read.statements[0])
    assert [(p.start, p.near) for p in (before, own, after)] == [(0, False), (9, True), (39, False)]


def test_parts_that_overlap_are_named_together() -> None:
    read = reading("He said so.", [Said(content="said so", cue="said", by="He")])
    (paragraph,) = passage(read, read.statements[0])
    assert [(bit.text, set(bit.roles)) for bit in paragraph.bits] == [
        ("He ", set()),
        ("said", {"cue", "content"}),
        (" so", {"content"}),
        (".", set()),
    ]


@pytest.mark.parametrize("before", ["a word ", "endless"])
def test_what_is_far_away_is_left_out_and_every_place_is_right(before: str) -> None:
    text = before * 1_000 + "“Yes,” said Ida Marsh. " + "more " * 1_000
    read = reading(text, [Said(content="“Yes,”", by="Ida Marsh", cue="said")])
    (paragraph,) = passage(read, read.statements[0])
    words = "".join(bit.text for bit in paragraph.bits)
    assert text[paragraph.start :].startswith(words)
    assert len(words) <= 2 * AROUND + 100
    assert paragraph.cut_before
    assert paragraph.cut_after
    assert "“Yes,”" in words


def test_a_statement_that_is_longer_than_all_is_cut() -> None:
    read = reading("word " * 10_000, [Said(content="word " * 9_000)])
    (paragraph,) = passage(read, read.statements[0])
    assert sum(len(bit.text) for bit in paragraph.bits) <= LONGEST
    assert paragraph.cut_after


@pytest.mark.parametrize(
    "text", ["One.\n\nTwo. Ida said three.", "word " * 5_000, "x" * 20_000, ""]
)
def test_the_stretches_of_an_article_are_the_article(text: str) -> None:
    read = reading(text)
    found, start = "", 0
    while True:
        some, more = whole(read, start)
        found += "".join(bit.text for paragraph in some for bit in paragraph.bits)
        if more is None:
            break
        assert more > start
        start = more
    assert "".join(found.split()) == "".join(text.split())


def test_names_that_stand_near_and_before_are_offered_first() -> None:
    read = reading(
        "Ruth Amberley left. Ben Okoro nodded. “Yes,” she said. Ida Marsh waited.",
        [
            Said(content="“Yes,”", by="Ben Okoro", cue="said"),
            Said(content="left", by="Ruth Amberley", about=("Ida Marsh",)),
        ],
    )
    assert [s.name for s in candidates(read, read.statements[0])] == ["Ruth Amberley", "Ida Marsh"]


def test_whom_the_reader_thought_of_too_comes_first() -> None:
    read = reading(
        "Ruth Amberley nodded. “Yes,” she said.",
        [Said(content="“Yes,”", by="Ida Marsh", cue="said", about=("Ruth Amberley",))],
    )
    doubtful = replace(read.statements[0], runner_up=Speaker("Ben Okoro", "person"))
    assert [s.name for s in candidates(read, doubtful)] == ["Ben Okoro", "Ruth Amberley"]


def test_no_name_is_offered_that_can_not_be_taken() -> None:
    names = ("x" * 300, "Ida \u202eMarsh", "Ben Okoro")
    read = reading(f"{' '.join(names)} said yes.", [Said(content="yes", about=names)])
    assert [s.name for s in candidates(read, read.statements[0])] == ["Ben Okoro"]


def test_words_are_found_whole_wherever_they_stand() -> None:
    found = list(places("It sat. They sit, it\n sat.", "it sat"))
    assert [(p.at, p.words, p.before[-3:]) for p in found] == [(18, "it\n sat", "t, ")]
    assert list(places("text", "")) == []


@pytest.mark.parametrize("word", ["surveyors", "well-meaning", "ü\u0308ber", "a\u00a0b\tc"])
def test_an_excerpt_begins_and_ends_with_a_word(word: str) -> None:
    text = f"{word} " * 200 + "“Yes,” said Ida Marsh." + f" {word}" * 200
    read = reading(text, [Said(content="“Yes,”", by="Ida Marsh", cue="said")])
    (paragraph,) = passage(read, read.statements[0])
    words = "".join(bit.text for bit in paragraph.bits)
    assert paragraph.cut_before
    assert paragraph.cut_after
    before, after = text[paragraph.start - 1], text[paragraph.start + len(words)]
    assert (before.isspace(), after.isspace()) == (True, True)


def test_places_are_told_by_whole_words() -> None:
    text = "surveyors " * 30 + "it sat " + "surveyors " * 30
    (place,) = places(text, "it sat")
    assert set(place.before.split()) == set(place.after.split()) == {"surveyors"}
