"""The installed models on the golden reports: as a careful reader would, and as they did before.

`python -m tests.golden.renew` takes what they read now for what they are to read.
"""

from dataclasses import dataclass

import pytest

from sayso import Reader, Reading
from sayso.reader import models
from tests.golden.golden import (
    FAR,
    NEAR,
    READINGS,
    SAME,
    Record,
    accuracy,
    articles,
    below,
    change,
    data_hash,
    floors,
    lines,
    pinned,
)
from tests.processor import processor

SOME = 6
"""Reports that are read once more: all of them would take long."""


@dataclass(frozen=True)
class Read:
    """A model, with its reading of each report alone."""

    name: str
    readings: list[Reading]


@pytest.fixture(scope="module", params=models.names())
def read(request: pytest.FixtureRequest) -> Read:
    reader = Reader(request.param)
    return Read(request.param, [reader.read(article) for article in articles()])


def test_the_reports_are_read_as_well_as_before(read: Read) -> None:
    kept = floors()[read.name]
    assert kept["data"] == data_hash(), "the reports are others: python -m tests.golden.renew"
    assert below(accuracy(read.readings), kept["floors"]) == []


def test_the_readings_are_what_they_were(read: Read) -> None:
    kept = floors()[read.name]
    assert kept["model"] == read.readings[0].model, "a new model: python -m tests.golden.renew"
    told = change(lines(READINGS / f"{read.name}.jsonl"), list(pinned(read.readings)))
    here = f"pinned on {kept['processor']}; this is {processor()}"
    assert told.share >= SAME[read.name], "\n".join((*told.lines(), here))
    assert told.near >= NEAR, here
    assert told.drift <= FAR, here


def test_a_report_is_read_the_same_in_any_company(read: Read) -> None:
    company = Reader(read.name, threads=1).read_many(reversed(articles()[-SOME:]))
    assert [r.to_dict() for r in company] == [r.to_dict() for r in read.readings[: -SOME - 1 : -1]]


def test_every_span_resolves(read: Read) -> None:
    for reading in read.readings:
        for statement in reading.statements:
            for span in (*statement.source, *statement.cue, *statement.content):
                assert reading.article.text[span.start : span.end] == span.text != ""


def record(words: str, confidence: float = 0.8) -> Record:
    return {"report": "echo", "words": words, "content": [[0, 1]], "confidence": confidence}


@pytest.mark.parametrize(
    ("now", "share", "near", "drift"),
    [
        ([record("a"), record("b")], 1.0, 1.0, 0.0),
        ([record("b"), record("a", 0.79)], 1.0, 1.0, 0.01),
        ([record("b"), record("a", 0.75)], 1.0, 0.5, 0.05),
        ([record("a"), record("c")], 0.5, 1.0, 0.0),
        ([record("a"), record("b"), record("c"), record("d")], 0.5, 1.0, 0.0),
        ([record("a", 0.7)], 0.5, 0.0, 0.1),
        ([], 0.0, 0.0, 0.0),
    ],
)
def test_a_change_counts_what_is_gone_and_what_has_come(
    now: list[Record], share: float, near: float, drift: float
) -> None:
    told = change([record("a"), record("b")], now)
    assert (told.share, told.near) == (share, near)
    assert told.drift == pytest.approx(drift)


def test_what_is_gone_and_what_has_come_is_told() -> None:
    told = change([record("a"), record("b")], [record("b"), record("c")])
    assert told.lines() == ["- echo [[0, 1]]: a", "+ echo [[0, 1]]: c"]
