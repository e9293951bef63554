"""Hostile words made safe, and the words that formats share."""

from dataclasses import replace

import pytest

from sayso import Article, BadRecord, Failure, Reading, Speaker
from sayso.formats.plain import (
    circumstances,
    failure_place,
    harmless,
    heading,
    marks,
    one_line,
    runner_up,
    tellers,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“Rain,” she said – naïve 🙂 e\u0301", "“Rain,” she said – naïve 🙂 e\u0301"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("a\x00b\x07c\x7fd\x9be", "a␀b␇c␡d�e"),
        ("a\r\nb\nc\td\re", "a\nb\nc\td␍e"),
        ("\u202egnp.exe\u2066", "�gnp.exe�"),
        ("\ud83d", "�"),
    ],
)
def test_harmless(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        (" a\n\n b\tc ", None, "a b c"),
        ("one two three", 13, "one two three"),
        ("one two three", 9, "one two … [6 more characters]"),
        ("x" * 2000, 5, "xxxxx … [1,995 more characters]"),
    ],
)
def test_one_line(text: str, limit: int | None, shown: str) -> None:
    assert one_line(text, limit) == shown


def test_marks_and_circumstances(reading: Reading) -> None:
    assert [marks(s, tellers(reading)) for s in reading.statements] == [
        [],
        [],
        ["thought"],
        [],
        ["told by Tom Reed"],
        ["denied"],
    ]
    assert circumstances(reading.statements[0]) == ["on Tuesday, 2026-03-10"]
    assert circumstances(reading.statements[1]) == ["to reporters", "at a public meeting"]
    assert circumstances(reading.statements[2]) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ruth Amberley", "or Ruth Amberley?"),
        (None, "or the author?"),
        ("a\n\x1bb", "or a ␛b?"),
        ("n" * 5000, f"or {'n' * 120} … [4,880 more characters]?"),
    ],
)
def test_runner_up(name: str | None, shown: str, reading: Reading) -> None:
    first = reading.statements[0]
    assert runner_up(first) == ""
    assert runner_up(replace(first, runner_up=Speaker(name, "author"))) == shown


@pytest.mark.parametrize(
    ("article", "shown"),
    [
        (Article("Rain.", title="Wet", url="https://fen.example/1", id="a1"), "Wet"),
        (Article("Rain.", url="https://fen.example/1", id="a1"), "https://fen.example/1"),
        (Article("Rain.", id=0), "0"),
        (Article("Rain fell.\nMore came."), "Rain fell."),
        (Article("rain " * 40), "rain " * 15 + "rain …"),
        (Article(" "), ""),
    ],
)
def test_heading(article: Article, shown: str) -> None:
    assert heading(Reading("m", article, ())) == shown


@pytest.mark.parametrize(
    ("failure", "shown"),
    [
        (Failure(BadRecord("half"), input="a.txt"), "a.txt"),
        (Failure(BadRecord("half"), input="a.jsonl", line=3, id="a1"), "a.jsonl, line 3"),
        (Failure(BadRecord("half"), id=0), "0"),
        (Failure(BadRecord("half")), "input"),
    ],
)
def test_failure_place(failure: Failure, shown: str) -> None:
    assert failure_place(failure) == shown
