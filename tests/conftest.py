"""What the rooms' tests share: the contract's schema, and an interpreter apart."""

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import settings
from jsonschema import Draft202012Validator

from tests.processor import processor

settings.register_profile("sayso", deadline=None)  # how long a case takes, busy machines decide
settings.load_profile("sayso")

Validate = Callable[[str], dict[str, Any]]
Python = Callable[..., subprocess.CompletedProcess[bytes]]


def pytest_report_header() -> str:
    """Readings differ by a statement in a hundred between processors: which one is this?"""
    return f"processor: {processor()}"


@pytest.fixture(scope="session")
def valid() -> Validate:
    """Parses a line of output, having made sure that it keeps the contract."""
    schema = files("sayso.formats").joinpath("contract.schema.json").read_text(encoding="utf-8")
    validator = Draft202012Validator(json.loads(schema))

    def parsed(line: str) -> dict[str, Any]:
        record: dict[str, Any] = json.loads(line)
        validator.validate(record)
        return record

    return parsed


@pytest.fixture(scope="session")
def python() -> Python:
    """Runs a fresh interpreter with these arguments and gives what came of it."""

    def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 60} | options
        finished: Any = subprocess.run([sys.executable, *arguments], **options)
        return finished  # type: ignore[no-any-return]

    return run
