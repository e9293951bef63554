"""The contract's schema refuses what the contract doesn't say."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from sayso import Failure, Reading, Unreadable
from tests.conftest import Validate


def test_the_schema_is_one() -> None:
    from importlib.resources import files

    text = files("sayso.formats").joinpath("contract.schema.json").read_text(encoding="utf-8")
    Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize(
    "change",
    [
        {"contract": 2},
        {"id": None},
        {"verdict": "true"},
        {"article": {}},
        {"statements": [{}]},
        {"error": {"code": "input", "message": "both"}},
    ],
)
def test_a_reading_must_be_as_agreed(
    change: dict[str, Any], reading: Reading, valid: Validate
) -> None:
    with pytest.raises(ValidationError):
        valid(json.dumps(reading.to_dict() | change))


@pytest.mark.parametrize(
    "change",
    [
        {"type": "paraphrase"},
        {"confidence": 1.5},
        {"content": []},
        {"content": [[0]]},
        {"content": [[0, 1, 2]]},
        {"content": [[-1, 4]]},
        {"when": [1.5, 2]},
        {"date": "last week"},
        {"inside": 4},
        {"speakers": [{"name": "", "kind": "person", "entity": None, "by": []}]},
        {"speakers": [{"name": "Tom Reed", "kind": "animal", "entity": None, "by": []}]},
        {"note": "new"},
    ],
)
def test_a_statement_must_be_as_agreed(
    change: dict[str, Any], reading: Reading, valid: Validate
) -> None:
    record = reading.to_dict()
    record["statements"][0] |= change
    with pytest.raises(ValidationError):
        valid(json.dumps(record))


@pytest.mark.parametrize("date", ["2026", "2026-03", "2026-W11", "2026-03-10", None])
def test_dates_are_as_precise_as_the_words_allow(
    date: str | None, reading: Reading, valid: Validate
) -> None:
    record = reading.to_dict()
    record["statements"][0]["date"] = date
    valid(json.dumps(record))
    assert Reading.from_dict(record).statements[0].date == date


@pytest.mark.parametrize("change", [{"line": 0}, {"error": {}}, {"contract": 1}])
def test_a_failure_must_be_as_agreed(change: dict[str, Any], valid: Validate) -> None:
    record = Failure(Unreadable("gone"), input="a.txt").to_dict()
    valid(json.dumps(record))
    with pytest.raises(ValidationError):
        valid(json.dumps(record | change))


def test_every_field_is_described_or_plain() -> None:
    """A reader of the schema alone must understand it."""
    from importlib.resources import files

    text = files("sayso.formats").joinpath("contract.schema.json").read_text(encoding="utf-8")
    for name in ("reading", "article", "statement"):
        for field, rule in json.loads(text)["$defs"][name]["properties"].items():
            assert "description" in rule or rule.keys() == {"$ref"}, (name, field)
