"""The record month by month, and what tells that a month has changed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from sayso.record import Record
from sayso.record.monthly import Month
from tests.record.build import MODEL, Said, reading

TEXT = "“The bridge is safe,” said Ida Marsh."
SAID = [Said(content="“The bridge is safe,”", by="Ida Marsh")]
MARCH = reading(TEXT, SAID, date="2026-03-12", url="https://a.example")


@pytest.fixture
def filled(record: Record) -> Record:
    """One article in March, two in April, one of no day."""
    for day, text in (("2026-04-02", "A."), ("2026-04-01", "B."), (None, "C.")):
        record.add(reading(text, date=day))
    record.add(MARCH)
    return record


def key(record: Record) -> str:
    return record.article("https://a.example").key


def march(record: Record) -> Month:
    (found,) = (month for month in record.months(MODEL) if month.month == "2026-03")
    return found


def test_months(filled: Record) -> None:
    months = filled.months(MODEL)
    assert [(m.month, len(m.articles)) for m in months] == [
        (None, 1), ("2026-03", 1), ("2026-04", 2),
    ]  # fmt: skip
    assert len({m.state for m in months}) == 3
    assert filled.months(MODEL) == months
    assert filled.months("hand-2") == []


def test_the_readings_of_a_month(filled: Record) -> None:
    assert list(filled.month_readings(march(filled))) == [(key(filled), MARCH)]


def wrong(record: Record) -> None:
    record.wrong(f"{key(record)}/s1", who="Nora Kettle")


def taken_back(record: Record) -> None:
    record.right(f"{key(record)}/s1", who="Nora Kettle")
    record.wrong(f"{key(record)}/s1", who="Nora Kettle")
    record.undo_correction()


def another_text(record: Record) -> None:
    record.add(reading("It fell.", date="2026-03-13", url="https://a.example"))


def a_title(record: Record) -> None:
    record.add(replace(MARCH, article=replace(MARCH.article, title="Safe")))


@pytest.mark.parametrize("change", [wrong, taken_back, another_text, a_title])
def test_what_changes_a_month(filled: Record, change: Callable[[Record], None]) -> None:
    before = filled.months(MODEL)
    change(filled)
    after = filled.months(MODEL)
    changed = [old.month for old, new in zip(before, after, strict=True) if old.state != new.state]
    assert changed == ["2026-03"]


def test_what_changes_nothing(filled: Record) -> None:
    before = march(filled)
    filled.add(MARCH)
    wrong(filled)
    filled.undo_correction()
    assert march(filled) == before


def test_corrections_are_in_the_readings(filled: Record) -> None:
    wrong(filled)
    ((_, found),) = filled.month_readings(march(filled))
    assert found.statements == ()


def test_those_forgotten_meanwhile_are_left_out(filled: Record) -> None:
    month = march(filled)
    filled.forget([filled.article(key(filled))])
    assert list(filled.month_readings(month)) == []


def test_models(filled: Record) -> None:
    another_text(filled)
    assert filled.by_model() == {MODEL: 4}
    filled.add(replace(MARCH, model="hand-2", article=replace(MARCH.article, url=None)))
    assert list(filled.by_model().items()) == [(MODEL, 4), ("hand-2", 1)]
