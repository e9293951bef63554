"""Who is quoted through another speaks, and the other is the channel."""

from dataclasses import replace

import pytest

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
