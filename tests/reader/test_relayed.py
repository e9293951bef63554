"""Who is quoted through another speaks, and the other is the channel."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.drafts import Bounds, Draft
from sayso.reader.relayed import without_relays
from tests.reader.spans import span

POST = "The Post quoted Ada Pell, a cook, as saying that it rained."
PELL = "Ada Pell was quoted by the Post as saying: “It rained.”"


def draft(text: str, source: str, cue: str, content: str, inside: int | None = None) -> Draft:
    return Draft(
        source=(span(text, source),) if source else (),
        cue=(span(text, cue),),
        content=(span(text, content),),
        inside=inside,
    )


def told(text: str, drafts: list[Draft]) -> list[tuple[str, list[str], str, str | None]]:
    """Source, cue, content and channel of each."""

    def words(bounds: Bounds) -> str:
        return text[slice(*bounds)]

    return [
        (
            " … ".join(map(words, d.source)),
            [words(b) for b in d.cue],
            " … ".join(map(words, d.content)),
            d.channel and words(d.channel),
        )
        for d in without_relays(text, drafts)
    ]


@pytest.mark.parametrize(
    ("text", "outer", "inner", "expected"),
    [
        (
            POST,
            ("The Post", "quoted", "Ada Pell, a cook, as saying that it rained"),
            ("Ada Pell", "saying", "it rained"),
            ("Ada Pell, a cook", ["quoted", "as saying"], "it rained", "The Post"),
        ),
        (
            POST,
            ("The Post", "quoted Ada Pell, a cook, as saying", "it rained"),
            None,
            ("Ada Pell, a cook", ["quoted", "as saying"], "it rained", "The Post"),
        ),
        (
            PELL,
            ("Ada Pell", "was quoted by the", "as saying: “It rained.”"),
            ("Ada", "saying", "“It rained.”"),
            ("Ada Pell", ["was quoted", "as saying"], "“It rained.”", "the Post"),
        ),
        (
            PELL,
            ("the Post", "was quoted by", "as saying: “It rained.”"),
            ("Ada Pell", "as saying", "“It rained.”"),
            ("Ada Pell", ["was quoted", "as saying"], "“It rained.”", "the Post"),
        ),
        (
            "The minutes record Ada Pell, a cook, as saying that it rained.",
            ("The minutes", "record", "Ada Pell, a cook, as saying that it rained"),
            ("Ada Pell", "saying", "it rained"),
            ("Ada Pell, a cook", ["record", "as saying"], "it rained", "The minutes"),
        ),
        (
            "Ada Pell was quoted as saying that it rained.",
            ("Ada Pell", "was quoted", "as saying that it rained"),
            None,
            ("Ada Pell", ["was quoted", "as saying"], "it rained", None),
        ),
    ],
)
def test_who_is_quoted_speaks(
    text: str,
    outer: tuple[str, str, str],
    inner: tuple[str, str, str] | None,
    expected: tuple[str, list[str], str, str | None],
) -> None:
    drafts = [draft(text, *outer)]
    if inner:
        drafts.append(draft(text, *inner, inside=0))
    assert told(text, drafts) == [expected]


@pytest.mark.parametrize("words", ["on record", "on the record"])
def test_a_record_quotes_nobody(words: str) -> None:
    text = f"Ada Pell is {words} in May as saying that it rained."
    found = told(text, [draft(text, "Ada Pell", f"is {words}", "in May as saying that it rained")])
    assert found[0][0] == "Ada Pell"


@pytest.mark.parametrize("text", [POST, PELL])
def test_who_is_quoted_speaks_where_only_the_other_was_found(text: str) -> None:
    content = text[text.index("as saying") : text.rindex(".") + (text is PELL) * 2]
    outer = ("The Post", "quoted") if text is POST else ("Ada Pell", "was quoted")
    (found,) = told(text, [draft(text, *outer, content)])
    source = "Ada Pell, a cook" if text is POST else "Ada Pell"
    assert (found[0], found[2]) == (source, "it rained" if text is POST else "“It rained.”")


def test_the_second_verb_may_be_a_piece_of_its_own() -> None:
    text = "Ada Pell was quoted as saying that it rained."
    outer = draft(text, "Ada Pell", "was quoted", "as saying")
    outer = replace(outer, content=(*outer.content, span(text, "it rained")))
    inner = draft(text, "Ada", "saying", "it rained", inside=0)
    assert told(text, [outer, inner]) == [
        ("Ada Pell", ["was quoted", "as saying"], "it rained", None)
    ]


BEFORE = "“It rained,” the Post quoted Ada Pell as saying via her aides."


@pytest.mark.parametrize("with_inner", [True, False])
@pytest.mark.parametrize(
    "further", [(), ("Ada Pell as saying",), ("Ada Pell as saying via her aides",)]
)
def test_the_words_may_stand_before_both_verbs(with_inner: bool, further: tuple[str, ...]) -> None:
    """An inner draft, or the outer one alone, whose contents may go on with the second verb."""
    outer = draft(BEFORE, "the Post", "quoted", "“It rained,”")
    outer = replace(outer, content=(*outer.content, *(span(BEFORE, words) for words in further)))
    inner = draft(BEFORE, "Ada Pell", "saying", "“It rained,”", inside=0)
    found = told(BEFORE, [outer, inner] if with_inner else [outer])
    assert found == [("Ada Pell", ["quoted", "as saying"], "“It rained,”", "the Post")]


def test_a_quotation_may_go_on_behind_both_verbs() -> None:
    text = "“It rained,” the Post quoted Ada Pell as saying, “and then it snowed.”"
    outer = draft(text, "the Post", "quoted", "“It rained,”")
    outer = replace(outer, content=(*outer.content, span(text, "“and then it snowed.”")))
    ((_, _, content, _),) = told(text, [outer])
    assert content == "“It rained,” … “and then it snowed.”"


PLACES = st.tuples(st.integers(0, len(BEFORE) - 1), st.integers(1, 30)).map(
    lambda row: (row[0], min(len(BEFORE), sum(row)))
)


@st.composite
def drafts_of_any_kind(draw: st.DrawFn) -> list[Draft]:
    spans = st.lists(PLACES, max_size=2).map(lambda found: tuple(sorted(found)))
    return [
        Draft(
            source=draw(spans),
            cue=(span(BEFORE, draw(st.sampled_from(("quoted", "as saying", "saying")))),),
            content=draw(spans.filter(bool)),
            inside=draw(st.integers(0, n - 1)) if n and draw(st.booleans()) else None,
        )
        for n in range(draw(st.integers(0, 4)))
    ]


@given(drafts_of_any_kind())
def test_whatever_drafts_there_are_each_has_words_and_none_is_within_itself(
    drafts: list[Draft],
) -> None:
    for n, found in enumerate(without_relays(BEFORE, drafts)):
        assert found.content
        assert found.inside != n


def test_where_no_words_would_be_left_nothing_changes() -> None:
    text = "The Post quoted Ada Pell as saying."
    drafts = [draft(text, "The Post", "quoted", "Ada Pell as saying")]
    assert without_relays(text, drafts) == drafts


def test_by_whom_is_not_who_speaks() -> None:
    drafts = [draft(PELL, "the Post", "was quoted by", "as saying: “It rained.”")]
    assert without_relays(PELL, drafts) == drafts


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The Post quoted Ada Pell. Odo Reed left as saying goes.", "quoted", "Ada Pell"),
        ("The Post cited the report.", "cited", "the report"),
        ("The Post described it as saying nothing.", "described", "it as saying nothing"),
        ("The Post quoted as saying it rained.", "quoted", "as saying it rained"),
        (f"The Post quoted {'a very ' * 40}old cook as saying it rained.", "quoted", "old cook"),
    ],
)
def test_whatever_else_is_quoted_stays(text: str, cue: str, content: str) -> None:
    drafts = [draft(text, "The Post", cue, content)]
    assert without_relays(text, drafts) == drafts


def test_what_stands_within_others_keeps_its_place() -> None:
    text = f"Odo Reed said he left. {POST} “I think that it may rain,” Ivo Thrale said."
    drafts = [
        draft(text, "Odo Reed", "said", "he left"),
        draft(text, "The Post", "quoted", "Ada Pell, a cook, as saying that it rained"),
        draft(text, "Ada Pell", "saying", "it rained", inside=1),
        draft(text, "Ivo Thrale", "said", "“I think that it may rain,”"),
        draft(text, "I", "think", "it may rain", inside=3),
    ]
    found = without_relays(text, drafts)
    assert [d.inside for d in found] == [None, None, None, 2]


def test_what_is_said_within_the_words_is_within_who_is_quoted() -> None:
    text = "The Post quoted Ada Pell as saying that Odo hoped it rained."
    drafts = [
        draft(text, "The Post", "quoted", "Ada Pell as saying that Odo hoped it rained"),
        draft(text, "Ada Pell", "saying", "Odo hoped it rained", inside=0),
        draft(text, "Odo", "hoped", "it rained", inside=1),
    ]
    assert [d.inside for d in without_relays(text, drafts)] == [None, 0]
    drafts[2] = draft(text, "Odo", "hoped", "it rained", inside=0)
    assert [d.inside for d in without_relays(text, drafts)] == [None, 0]
