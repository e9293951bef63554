"""The layout of an article: parts of bounded size, every character once, whatever is marked."""

import random
import re
from html import unescape
from importlib.resources import files

import pytest

from sayso import Article, Reading, Refusal, Span, Speaker, Statement
from sayso.room import parts
from sayso.room.layout import Layout, Row
from sayso.room.parts import CHARACTERS, NOTES

IDA = Speaker("Ida Marsh", "person")


def shown(rows: tuple[Row, ...]) -> str:
    """The article's words of some rows."""
    html = "".join(str(row.text) for row in rows)
    return unescape(re.sub("<[^>]+>", "", re.sub("<a .*?</a>", "", html)))


def anyhow(draw: random.Random, text: str, number: int) -> Reading:
    """Statements and refusals at any place, across each other and across paragraphs."""
    article = Article(text)

    def spans(most: int) -> tuple[Span, ...]:
        ends = (sorted(draw.sample(range(len(text)), 2)) for _ in range(draw.randint(0, most)))
        return tuple(article.span(*pair) for pair in ends)

    statements = tuple(
        Statement(
            id=f"s{n}",
            type="mixed",
            said=draw.random() < 0.8,
            denied=draw.random() < 0.2,
            source=spans(1),
            cue=spans(2),
            content=spans(3),
            speakers=(IDA,) * draw.randint(0, 1),
        )
        for n in range(1, number + 1)
    )
    refusals = tuple(Refusal((IDA,), span, "declined") for span in spans(3))
    return Reading("hand-1", article, statements, (), refusals)


@pytest.mark.parametrize("limits", [(16_000, 40), (90, 40), (16_000, 3), (40, 2)])
def test_every_character_stands_once_and_in_order(
    monkeypatch: pytest.MonkeyPatch, limits: tuple[int, int]
) -> None:
    monkeypatch.setattr(parts, "CHARACTERS", limits[0])
    monkeypatch.setattr(parts, "NOTES", limits[1])
    monkeypatch.setattr(parts, "_CHEAPEST", 5)
    draw = random.Random(8)
    for _ in range(60):
        text = "".join(draw.choices("ab <&“”\n", weights=[9, 9, 5, 1, 1, 1, 1, 1], k=400))
        laid = Layout(anyhow(draw, text, draw.randint(0, 12)))
        pages = [laid.rows(number) for number in range(1, len(laid.parts) + 1)]
        assert "".join(map(shown, pages)).replace("\n", "") == "".join(
            line for line in text.split("\n") if line.strip()
        )


def test_each_statement_stands_beside_one_part() -> None:
    draw = random.Random(3)
    laid = Layout(anyhow(draw, "some words\n" * 900, 300))
    beside = [n.id for p in range(len(laid.parts)) for row in laid.rows(p + 1) for n in row.notes]
    placed = [s.id for s in laid.reading.statements if laid.part_of(s.id) is not None]
    assert sorted(beside) == sorted(placed)
    assert len(placed) > 250
    assert all(len(part.beside) <= NOTES for part in laid.parts)


def test_one_paragraph_without_a_space_is_cut_too() -> None:
    laid = Layout(Reading("hand-1", Article("x" * 100_000), ()))
    assert max(part.end - part.start for part in laid.parts) <= CHARACTERS
    assert sum(len(shown(laid.rows(n + 1))) for n in range(len(laid.parts))) == 100_000


def test_an_empty_text_is_one_part() -> None:
    laid = Layout(Reading("hand-1", Article("\n \n"), ()))
    assert len(laid.parts) == 1
    assert laid.rows(1) == ()


def test_eighteen_speakers_are_told_apart() -> None:
    text = "“No,” said all."
    article = Article(text)
    laid = Layout(Reading("hand-1", article, tuple(
        Statement(id=f"s{n}", type="direct", said=True, source=(), cue=(),
                  content=(article.span(0, 5),), speakers=(Speaker(f"Vera {n}", "person"),))
        for n in range(1, 19)
    )))  # fmt: skip
    looks = {re.sub(r" u\d", "", each.look) for each in laid.heard}
    assert len(looks) == 18
    rules = files("sayso.room").joinpath("static", "report.css").read_text()
    assert all(f".{again} " in rules for look in looks for again in look.split()[1:])


def test_without_script_each_note_of_a_part_has_its_light() -> None:
    rules = files("sayso.room").joinpath("static", "lit.css").read_text()
    assert [int(n) for n in re.findall(r"\.note\.k(\d+):is", rules)] == list(range(NOTES))
