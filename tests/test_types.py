import json
from typing import Any

import pytest

from sayso import Article, BadRecord, Entity, Reading, Refusal, Speaker, Statement


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
    article = Article("It rains.", id=7)
    said = Statement(id="s1", type="direct", said=True, source=(), cue=(), content=())
    assert repr(Reading("en-4", article, (said,))) == "<Reading of 7 by en-4: 1 statement>"


def whole() -> Reading:
    """A reading with something in every field."""
    article = Article(
        "“No,” Ida Marsh told the board on Monday. He declined.",
        id=7,
        title="No",
        date="2026-03-12",
        url="https://a.example",
        publisher="The Lantern",
        extra={"section": "News"},
    )
    ida = Speaker("Ida Marsh", "person", "e1", ("Tom Okoro",))
    statement = Statement(
        id="s1",
        type="direct",
        said=True,
        source=(article.span(6, 15),),
        cue=(article.span(16, 20),),
        content=(article.span(0, 5),),
        speakers=(ida,),
        addressee=article.span(21, 30),
        channel=article.span(31, 40),
        when=article.span(34, 40),
        date="2026-W11",
        inside="s0",
        denied=True,
        about=("e1",),
        confidence=0.5,
    )
    return Reading(
        "hand-1",
        article,
        (statement,),
        (Entity("e1", "Ida Marsh", "person", (article.span(6, 15),)),),
        (Refusal((ida,), article.span(42, 53), "declined"),),
    )


@pytest.mark.parametrize("text", [True, False])
def test_a_reading_comes_back_from_json(text: bool) -> None:
    told = json.loads(json.dumps(whole().to_dict(text=text)))
    assert Reading.from_dict(told, text=None if text else whole().article.text) == whole()


def test_an_article_without_an_id_has_none_when_it_comes_back() -> None:
    reading = Reading("hand-1", Article("No."), ())
    assert Reading.from_dict(reading.to_dict()).article.id is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("contract",), 2),
        (("model",), ...),
        (("article", "text"), "Another text."),
        (("article", "date"), "yesterday"),
        (("statements",), None),
        (("statements", 0, "type"), "whispered"),
        (("statements", 0, "content"), [[0, 99]]),
        (("statements", 0, "content"), [[5, 4]]),
        (("statements", 0, "content"), [[-1, 4]]),
        (("statements", 0, "content"), [[4]]),
        (("statements", 0, "when"), [0, 99]),
        (("statements", 0, "date"), "2026-02-30"),
        (("statements", 0, "date"), "2026-W54"),
        (("statements", 0, "date"), "soon"),
        (("statements", 0, "speakers", 0, "kind"), "robot"),
        (("entities", 0, "mentions"), [[0, 99]]),
        (("refusals", 0, "kind"), "fled"),
    ],
)
def test_what_is_no_reading_is_refused(path: tuple[str | int, ...], value: object) -> None:
    told: Any = whole().to_dict()
    place = told
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    with pytest.raises(BadRecord):
        Reading.from_dict(told)
