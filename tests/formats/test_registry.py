"""The registry of formats, and what holds for all of them."""

import pytest

from sayso import Failure, Reading, Unreadable, UsageError
from sayso.formats import FORMATS, formatter
from tests.conftest import Python


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_gives_readings_and_failures_in_order(name: str, reading: Reading) -> None:
    layout = formatter(name)
    gone = Failure(Unreadable("lost.txt is not there: check its name"), input="lost.txt")
    first, failed = layout.result(reading), layout.result(gone)
    assert layout.start() + first + failed + layout.end()
    assert "Ida Marsh" in first
    assert "lost.txt is not there" in failed


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_fails_on_an_article_without_statements(name: str, reading: Reading) -> None:
    bare = Reading(reading.model, reading.article, ())
    assert isinstance(formatter(name).result(bare), str)


def test_an_unknown_format_names_the_known() -> None:
    with pytest.raises(UsageError, match="table, jsonl, csv, html, markdown"):
        formatter("xml")


def test_only_the_format_asked_for_is_imported(python: Python) -> None:
    code = (
        "import sys; from sayso.formats import formatter; formatter('jsonl');"
        "print(*(m for m in sys.modules if m.startswith('sayso.formats.') or m == 'rich'))"
    )
    assert python("-c", code).stdout.split() == [b"sayso.formats.jsonl"]
