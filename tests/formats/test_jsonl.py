"""JSON Lines: the contract, whatever an input's own fields hold."""

import json
import os
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import Article, BadRecord, Failure, Reading, Unreadable
from sayso.formats.jsonl import JsonLines
from tests.conftest import Validate

any_text = st.text(st.characters(exclude_categories=()))

FIELDS = ["contract", "model", "id", "article", "statements", "entities", "refusals"]


def test_a_reading_is_one_valid_line_that_gives_the_record_back(
    reading: Reading, valid: Validate
) -> None:
    line = JsonLines().result(reading)
    assert line.index("\n") == len(line) - 1
    assert valid(line) == reading.to_dict()
    assert list(valid(line)) == FIELDS


def test_a_runner_up_is_no_part_of_the_contract(reading: Reading) -> None:
    sure = [replace(s, runner_up=None) for s in reading.statements]
    assert sure != list(reading.statements)
    assert JsonLines().result(replace(reading, statements=tuple(sure))) == (
        JsonLines().result(reading)
    )


def test_text_can_be_left_out(reading: Reading, valid: Validate) -> None:
    article = valid(JsonLines(text=False).result(reading))["article"]
    assert article == {k: v for k, v in reading.article.to_dict().items() if k != "text"}


def test_a_failure_is_a_valid_line(valid: Validate) -> None:
    failure = Failure(BadRecord("half a line: mend it"), input="a.jsonl", line=3, id=7)
    assert valid(JsonLines().result(failure)) == {
        "id": 7,
        "input": "a.jsonl",
        "line": 3,
        "error": {"code": "bad_record", "message": "half a line: mend it"},
    }


@pytest.mark.parametrize(
    "extra",
    [
        {"tags": ["é", "🙂", None, 1.5, True]},
        {"half": "\ud83d"},
        {"\ud83d": "half a name"},
        {"many": 10**30},
        {"wild": "\x1b[2J\x9b31m\x00\u2028"},
    ],
)
def test_extra_fields_come_back(extra: dict[str, Any], valid: Validate) -> None:
    line = JsonLines().result(Reading("m", Article("Rain.", extra=extra), ()))
    assert valid(line.encode().decode())["article"]["extra"] == extra


def test_a_file_name_that_is_no_text(valid: Validate) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    line = JsonLines().result(Failure(Unreadable("gone"), input=name))
    assert valid(line.encode().decode())["input"] == name


def test_a_line_can_not_steer_a_terminal() -> None:
    line = JsonLines().result(Reading("m", Article("\x1b[2J \x9b31m \x7f"), ()))
    assert not any(ord(c) < 0x20 or 0x7F <= ord(c) <= 0x9F for c in line[:-1])


@given(any_text, any_text)
def test_any_text_comes_back(text: str, extra: str) -> None:
    reading = Reading("m", Article(text, title=text, extra={extra: extra}), ())
    line = JsonLines().result(reading)
    assert json.loads(line.encode()) == reading.to_dict()
    assert line.count("\n") == 1
