"""The table for the terminal."""

import re

import pytest

from sayso import Article, BadRecord, Entity, Failure, Reading, Span, Speaker, Statement
from sayso.formats.table import Table

WIDE = """\
Bridge to reopen in April
The Fen Courier · 2026-03-12 · https://fen.example/bridge

 Speaker                Cue          What was said                                How and when
 ──────────────────────────────────────────────────────────────────────────────────────────────────
 Ida Marsh (person)     said         “The bridge is safe,”                        direct
                                                                                  on Tuesday,
                                                                                  2026-03-10

 Ida Marsh (person)     told         that the ramp would be rebuilt by April      indirect
                                                                                  to reporters
                                                                                  at a public
                                                                                  meeting

 Residents (group)      believe      it will take longer                          indirect
                                                                                  thought

 Tom Reed (person)      said         Marsh had promised the work for Christmas    indirect

 Ida Marsh (person)     promised     ↳ the work for Christmas                     indirect
                                                                                  told by Tom Reed

 Tom Reed (person)      denied       he had shouted                               mixed
 or The contractor?                                                               denied

Speakers
 • Ida Marsh (person) · 3 statements · also called the county surveyor; Marsh
 • Residents (group) · 1 statement
 • Tom Reed (person) · 2 statements

No answer: The contractor, no response: did not respond to a request for comment

"""


def test_the_whole_table(reading: Reading) -> None:
    assert Table(width=100, colour=False).result(reading) == WIDE


@pytest.mark.parametrize("width", [1, 40, 60, 80, 200])
@pytest.mark.parametrize("colour", [False, True])
def test_it_keeps_to_its_width_and_loses_no_word(
    width: int, colour: bool, reading: Reading
) -> None:
    shown = re.sub(r"\x1b\[[0-9;]*m", "", Table(width=width, colour=colour).result(reading))
    assert max(map(len, shown.split("\n"))) <= min(max(width, 40), 140)
    words = {"“The", "bridge", "Christmas", "thought", "denied", "(group)", "surveyor;", "Speakers"}
    assert words <= set(shown.split())


def test_a_long_line_of_the_speakers_goes_on_under_the_name(reading: Reading) -> None:
    shown = Table(width=60, colour=False).result(reading)
    assert (
        " • Ida Marsh (person) · 3 statements · also called the\n"
        "   county surveyor; Marsh\n"
        " • Residents (group) · 1 statement\n"
    ) in shown


def test_who_wrote_a_document() -> None:
    article = Article("The survey says so.")
    survey = Speaker("survey", "document", None, ("Tide & Co", "Ruth Amberley"))
    said = Statement(
        id="s1",
        type="indirect",
        said=True,
        source=(article.span(0, 10),),
        cue=(article.span(11, 15),),
        content=(article.span(16, 18),),
        speakers=(survey,),
    )
    shown = Table(width=100, colour=False).result(Reading("m", article, (said,)))
    line = " • survey (document, by Tide & Co, Ruth Amberley) · 1 statement"
    assert line in shown.split("\n")


def test_colour_only_when_asked_for(reading: Reading) -> None:
    assert "\x1b[" in Table(width=100, colour=True).result(reading)
    assert "\x1b" not in Table(width=100, colour=False).result(reading)


def test_colour_does_not_hang_on_the_environment(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Table(width=100, colour=False).result(reading)
    for name, value in {"FORCE_COLOR": "1", "COLUMNS": "50", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    assert Table(width=100, colour=False).result(reading) == plain


def hostile(words: str) -> Reading:
    article = Article(words, title=words, publisher=words)
    who = Speaker(words, "person", "e1", (words,))
    whole = article.span(0, len(words))
    said = Statement(
        id="s1",
        type="direct",
        said=True,
        source=(),
        cue=(whole,),
        content=(whole,),
        speakers=(who,),
        runner_up=who,
    )
    mentions = (whole, Span(0, len(words), f"old {words}"))
    return Reading("m", article, (said,), (Entity("e1", words, "person", mentions),))


@pytest.mark.parametrize("words", ["\x1b[2J\x1b]0;title\x07", "\x9b31m", "\u202eabc", "\ud83d\x00"])
def test_an_article_can_not_steer_the_terminal(words: str) -> None:
    shown = Table(width=80, colour=False).result(hostile(words))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", shown)


def test_markup_and_emoji_codes_stay_words() -> None:
    assert "[red]:bell:[/red]" in Table(width=140, colour=False).result(
        hostile("[red]:bell:[/red]")
    )


def test_a_long_statement_is_cut_and_says_so() -> None:
    shown = Table(width=100, colour=False).result(hostile("word " * 20_000))
    assert len(shown) < 12_000
    assert "more" in shown


def test_a_failure_stands_in_its_place() -> None:
    failure = Failure(BadRecord("no field 'text': name it with --text-field"), "a.jsonl", 3)
    assert Table(width=80, colour=False).result(failure) == (
        "Not read: a.jsonl, line 3\n  no field 'text': name it with --text-field\n\n"
    )


def test_nobody_named() -> None:
    article = Article("It will rain.")
    said = Statement(
        id="s1", type="indirect", said=True, source=(), cue=(), content=(article.span(0, 13),)
    )
    shown = Table(width=80, colour=False).result(Reading("m", article, (said,)))
    assert "nobody named" in shown
    assert "Unknown" not in shown
