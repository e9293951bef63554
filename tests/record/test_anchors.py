import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import Span
from sayso.record.anchors import CONTEXT, Anchor, Bounds, Quote, likeness

TEXT = "“It will sail,” Ida Marsh said. Nobody believed her. “It will sail,” Ida Marsh said again."


def span(start: int, end: int, text: str = TEXT) -> Span:
    return Span(start, end, text[start:end])


def at(words: str, text: str = TEXT, start: int = 0) -> Span:
    begin = text.index(words, start)
    return span(begin, begin + len(words), text)


@given(st.text(), st.data())
def test_in_the_same_text_words_are_where_they_were(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = Quote.of(text, span(start, end, text)).find(text)
    assert found == span(start, end, text)


@given(st.text("ab “", max_size=80), st.text("ab “", max_size=80), st.data())
def test_what_is_found_are_the_words(text: str, other: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    quote = Quote.of(text, span(start, data.draw(st.integers(start, len(text))), text))
    found = quote.find(other)
    if found is not None:
        assert other[found.start : found.end] == found.text == quote.exact


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        (f"Updated 17.40. {TEXT}", 68),
        (TEXT.replace("Nobody", "Not one in the hall"), 66),
        (TEXT.replace("again", "once more"), 53),
        (TEXT.replace("Nobody believed her.", "No."), 36),
        (TEXT.replace("Nobody believed her.", "No.").replace("again", "so"), None),
        (TEXT.replace("“It will sail,” Ida", "“It sails,” Ida"), None),
        (TEXT[:31], None),
        ("", None),
    ],
)
def test_in_a_changed_text_words_are_found_by_what_stands_around(
    changed: str, place: int | None
) -> None:
    quote = Quote.of(TEXT, at("“It will sail,”", start=20))
    found = quote.find(changed)
    assert (found and found.start) == place


def test_a_lookalike_is_not_taken() -> None:
    """The words stand in the text once, but what stood around them doesn't."""
    quote = Quote.of(TEXT, at("believed"))
    filler = "x" * CONTEXT
    assert quote.find(f"{filler} believed {filler}") is None


def test_anchors_come_back_from_json() -> None:
    anchor = Anchor.of(TEXT, Bounds((at("“It will sail,”"),), (at("said"),), (at("Ida Marsh"),)))
    assert Anchor.from_dict(anchor.to_dict()) == anchor


def test_an_anchor_is_found_whole_or_not_at_all() -> None:
    bounds = Bounds((at("Nobody"), at("her")), (at("believed"),))
    anchor = Anchor.of(TEXT, bounds)
    assert anchor.find(TEXT) == bounds
    assert anchor.find(TEXT.replace("her", "him")) is None


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([(0, 10)], [(0, 10)], 1.0),
        ([(0, 10)], [(5, 10)], 0.5),
        ([(0, 4), (6, 10)], [(0, 10)], 0.8),
        ([(0, 4)], [(4, 8)], 0.0),
        ([], [], 0.0),
    ],
)
def test_likeness(a: list[tuple[int, int]], b: list[tuple[int, int]], expected: float) -> None:
    rows = (tuple(span(*bounds) for bounds in spans) for spans in (a, b))
    assert likeness(*rows) == expected


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Bounds((span(0, 15),), (span(26, 30),), (span(16, 25),)), True),
        (Bounds((span(0, 10),), (span(26, 30),)), True),
        (Bounds((span(0, 15),), (), (span(16, 19),)), True),
        (Bounds((span(0, 15),), (span(60, 64),)), False),
        (Bounds((span(0, 15),)), True),
        (Bounds((span(0, 5),), (span(26, 30),)), False),
    ],
)
def test_one_statement_has_like_content_and_a_cue_or_source_in_common(
    other: Bounds, same: bool
) -> None:
    this = Bounds((span(0, 15),), (span(26, 30),), (span(16, 25),))
    assert this.is_same(other) == other.is_same(this) == same


def test_without_cue_and_source_the_content_is_enough() -> None:
    assert Bounds((span(0, 15),)).is_same(Bounds((span(0, 12),)))
