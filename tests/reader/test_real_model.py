"""The installed model: the same reading from anywhere, and whatever the input, one that holds."""

import json
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from sayso import Article, Failure, Reader, Reading
from sayso.reader.encoder import Encoded, Labelled
from sayso.reader.tokens import Ints
from tests.conftest import Validate

STORY = (
    "The ferry ramp at Cawdle will stay shut until spring, the county said on Tuesday.\n\n"
    "“It is not safe, and we will not pretend that it is,” said Ida Marsh, the county surveyor. "
    "She told reporters at a public meeting that the repair had been promised for June.\n\n"
    "Tom Reed, who runs the café by the landing, said his takings had halved. ‘Nobody asked us,’ "
    "he added. According to the harbour trust, 40,000 people used the ramp last year.\n\n"
    "The contractor did not respond to a request for comment.\n"
)
ODD = {
    "crlf": STORY.replace("\n", "\r\n"),
    "nul": STORY.replace(" said", "\0 said\0"),
    "emoji": STORY.replace("Ida", "👩🏽‍🚀 Ida 🇬🇧").replace("safe", "safe 🛟️"),
    "combining": STORY.replace("e", "e\u0301\u0302"),
    "surrogates": STORY.replace("ramp", "r\ud800mp").replace("café", "caf\udfff"),
    "one line": STORY.replace("\n", " "),
    "wrapped": STORY.replace(" ", "\n"),
    "special tokens": STORY.replace("ramp", "[SEP] [MASK]"),
    "unbalanced": STORY.replace("”", "").replace("’", "’’’"),
    "no words": "“” — … 1984 \u0301 \0\n\n‘",
    "marks": "“‘\"'”’" * 2000,
    "cues": "said " * 1500,
    "turns": "A: No.\n" * 300,
}


def line(result: Reading | Failure) -> str:
    return json.dumps(result.to_dict(), ensure_ascii=False)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader("en-fast")


@pytest.fixture(scope="module")
def alone(reader: Reader) -> str:
    return line(reader.read(STORY))


def test_a_wrapped_report_is_read_like_the_report(reader: Reader) -> None:
    once = reader.read(STORY).to_dict()
    paragraphs = [textwrap.fill(p, 64, break_on_hyphens=False) for p in STORY.split("\n\n")]
    text = "\n\n".join(paragraphs) + "\n"
    wrapped = reader.read(text).to_dict()
    for part in ("statements", "entities", "refusals"):
        assert wrapped[part] == once[part]
    told = reader.read(text.replace("\n", " \r\n"))
    assert [" ".join(s.text.split()) for s in told.statements] == [
        s.text for s in reader.read(STORY).statements
    ]
    assert [e.name for e in told.entities] == [e["name"] for e in once["entities"]]
    assert all(
        told.article.text[m.start : m.end] == m.text for e in told.entities for m in e.mentions
    )


def test_the_report_is_read(alone: str, valid: Validate) -> None:
    reading = valid(alone)
    names = {s["name"] for told in reading["statements"] for s in told["speakers"]}
    assert {"Ida Marsh", "Tom Reed"} <= names
    assert len(reading["statements"]) >= 5


@pytest.mark.parametrize("threads", [1, 2])
def test_the_reading_is_the_same_with_any_number_of_threads(alone: str, threads: int) -> None:
    assert line(Reader("en-fast", threads=threads).read(STORY)) == alone


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_reading_is_the_same_in_any_company(reader: Reader, alone: str, jobs: int) -> None:
    company: list[Article | str] = [
        STORY * 4,
        STORY,
        "",
        "“No,” he said.",
        Article(STORY),
        STORY * 2,
    ]
    results = list(reader.read_many(company, jobs=jobs))
    assert [line(results[1]), line(results[4])] == [alone, alone]
    assert isinstance(results[2], Failure)


def bounds(record: dict[str, Any]) -> Iterator[list[int]]:
    """Every span that is read out of the text."""
    for told in record["statements"]:
        for role in ("source", "cue", "content"):
            yield from told[role]
        yield from filter(None, (told[role] for role in ("addressee", "channel", "when")))
    for refusal in record["refusals"]:
        yield refusal["span"]


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_read_and_its_spans_hold(reader: Reader, valid: Validate, name: str) -> None:
    article = Article(ODD[name])
    record = valid(line(reader.read(article)))
    text = record["article"]["text"]
    assert text == article.text
    assert len(text) == len(ODD[name])
    for start, end in bounds(record):
        words = text[start:end]
        assert words == words.strip()
        assert words
    mentions = [m for entity in record["entities"] for m in entity["mentions"]]
    assert all(text[start:end].strip() for start, end in mentions)


def test_no_span_parts_a_letter_from_its_combining_marks(reader: Reader) -> None:
    reading = reader.read(ODD["combining"])
    text = reading.article.text
    spans = [s for told in reading.statements for s in (*told.source, *told.cue, *told.content)]
    assert len(spans) > 10
    assert not [s for s in spans if text[s.end : s.end + 1] in ("\u0301", "\u0302")]


@pytest.mark.parametrize("name", ODD)
def test_names_of_a_reading_are_known_in_it(reader: Reader, name: str) -> None:
    reading = reader.read(ODD[name])
    statements, entities = (
        {x.id for x in found} for found in (reading.statements, reading.entities)
    )
    for told in reading.statements:
        assert told.inside is None or told.inside in statements - {told.id}
        assert {s.entity for s in told.speakers if s.entity} | set(told.about) <= entities
        assert 0 <= told.confidence <= 1


@pytest.mark.parametrize("name", ["crlf", "nul", "emoji", "surrogates"])
def test_odd_characters_cost_no_statement(reader: Reader, name: str) -> None:
    assert len(reader.read(ODD[name]).statements) >= 4


@pytest.mark.parametrize("mark", ['"', "“", "'"])
def test_two_hundred_thousand_quotation_marks_are_read_in_time(reader: Reader, mark: str) -> None:
    begun = time.process_time()
    assert reader.read(mark * 200_000).statements == ()
    assert time.process_time() - begun < 20


class Counting:
    """Counts what the network is asked: tokens, and anchors' tokens."""

    def __init__(self, reader: Reader) -> None:
        self._inner = reader._pipeline.encoder
        self.tokens = self.labelled = 0

    def encode(self, ids: Ints, features: Ints) -> Encoded:
        self.tokens += len(ids)
        encoded: Encoded = self._inner.encode(ids, features)
        return encoded

    def label(self, encoded: Encoded, starts: Ints, ends: Ints) -> Labelled:
        told: Labelled = self._inner.label(encoded, starts, ends)
        self.labelled += told.main.shape[0] * told.main.shape[1]
        return told


@pytest.mark.parametrize(
    ("text", "few"), [(STORY, 6), ("“No ", 600), ("said “", 600), ("Ida: No.\n", 300)]
)
def test_the_networks_work_is_linear_in_the_text(reader: Reader, text: str, few: int) -> None:
    def work(times: int) -> tuple[int, int]:
        counting = Counting(reader)
        replace(reader._pipeline, encoder=counting).drafts(text * times)
        return counting.tokens, counting.labelled

    small, large = work(few), work(3 * few)
    assert large[0] < 3.4 * small[0]
    assert large[1] < 3.4 * small[1] + 4 * 64 * 192
