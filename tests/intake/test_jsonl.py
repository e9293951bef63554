import io
import json
import tracemalloc
from typing import Any

import pytest

from sayso.errors import BadRecord, EmptyText, TooLong
from sayso.intake import Options
from sayso.intake.jsonl import looks_like_records, records
from sayso.types import Article, Failure


def read(data: bytes, **options: Any) -> list[Article | Failure]:
    stream = io.BytesIO(data)
    return list(records(stream, stream.readline(), "a.jsonl", Options(**options)))


def one(record: dict[str, Any], **options: Any) -> Article | Failure:
    (result,) = read(json.dumps(record).encode(), **options)
    return result


def article(record: dict[str, Any], **options: Any) -> Article:
    result = one(record, **options)
    assert isinstance(result, Article), result
    return result


def test_every_field() -> None:
    record = {
        "text": "He said so.\r\n",
        "id": "a17",
        "title": "T",
        "date": "2021-05-04T09:30:00Z",
        "url": "https://news.example/a",
        "publisher": "Quenby Courier",
        "section": {"name": ["local", None]},
        "language": "und",
        "rank": None,
    }
    assert article(record) == Article(
        "He said so.\r\n",
        id="a17",
        title="T",
        date="2021-05-04",
        url="https://news.example/a",
        publisher="Quenby Courier",
        extra={"section": {"name": ["local", None]}, "language": "und"},
    )


@pytest.mark.parametrize("id", ["a", "", 0, 7, -3, 1.5, 12345678901234567890123, None])
def test_an_id_comes_back_as_given(id: str | float | None) -> None:
    given = article({"text": "Yes.", "id": id}).id
    assert (given, type(given)) == (id, type(id))


def test_null_is_absent() -> None:
    nulls = dict.fromkeys(["id", "title", "date", "url", "publisher", "other"])
    assert article({"text": "Yes.", **nulls}) == Article("Yes.")


def test_another_field_can_hold_the_text() -> None:
    record = {"body": "Yes.", "text": "No."}
    assert article(record, text_field="body") == Article("Yes.", extra={"text": "No."})
    assert article({"title": "Yes."}, text_field="title").text == "Yes."


def test_the_title_by_another_name() -> None:
    record = {"text": "No.", "headline": "Yes.", "title": "Ms"}
    named = article(record, title_field="headline")
    assert (named.title, named.extra) == ("Yes.", {"title": "Ms"})
    assert article({"text": "No."}, title_field="headline").title is None
    told = one({"text": "No.", "headline": 3}, title_field="headline")
    assert isinstance(told, Failure)
    assert "the field 'headline' must be a string" in told.error.message


def test_the_caller_knows_better_than_the_record() -> None:
    record = {"text": "Yes.", "title": "T", "date": "2021-05-04", "publisher": "P"}
    options: dict[str, Any] = {"title": "U", "date": "2022-01-01", "publisher": "Q"}
    assert article(record, **options) == Article("Yes.", **options)


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        (r"\ud83d\ude00", "😀"),
        (r"\ud83d", "\ufffd"),
        (r"\ude00\ud83d", "\ufffd\ufffd"),
        (r"\ud83d\ud83d\ude00", "\ufffd😀"),
        (r"\\ud83d", r"\ud83d"),
        (r"\\\ud83d", "\\\ufffd"),
        (r"\u0000", "\0"),
        (r"e\u0301\r\n", "e\u0301\r\n"),
    ],
)
def test_escapes(escaped: str, text: str) -> None:
    line = f'{{"text": "He said {escaped}.", "title": "{escaped}"}}'
    assert read(line.encode()) == [Article(f"He said {text}.", title=text)]


def test_blank_lines_count_and_are_skipped() -> None:
    data = b'\xef\xbb\xbf\n{"text": "One."}\r\n \r\n\n{"text": 1}\n{"text": "Two."}'
    first, bad, last = read(data)
    assert (first, last) == (Article("One."), Article("Two."))
    assert isinstance(bad, Failure)
    assert bad.line == 5


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"text": "He sa', "not JSON"),
        (b'{"text": "Yes."} x', "not JSON"),
        (b'{"text": "\xff"}', "UTF-8"),
        (b'{"text": NaN}', "not JSON"),
        (b'{"text": "Yes.", "n": 1e999}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'["Yes."]', "not a JSON object"),
        (b'"Yes."', "not a JSON object"),
        (b"null", "not a JSON object"),
        (b"{}", "no field 'text'.*--text-field"),
        (b'{"text": null}', "no field 'text'"),
        (b'{"text": 5}', "'text' must be a string, not a number"),
        (b'{"text": ["Yes."]}', "'text' must be a string, not a list"),
        (b'{"text": "Yes.", "title": {}}', "'title' must be a string, not an object"),
        (b'{"text": "Yes.", "url": true}', "'url' must be a string, not true or false"),
        (b'{"text": "Yes.", "publisher": 1}', "'publisher'"),
        (b'{"text": "Yes.", "date": 20210504}', "'date'"),
        (b'{"text": "Yes.", "date": "4 May"}', "'date'.*YYYY-MM-DD"),
        (b'{"text": "Yes.", "id": true}', "'id'"),
        (b'{"text": "Yes.", "id": ["a"]}', "'id'"),
    ],
)
def test_a_bad_line_costs_itself_only(line: bytes, message: str) -> None:
    bad, good = read(line + b'\n{"text": "Good."}\n')
    assert good == Article("Good.")
    assert isinstance(bad, Failure)
    assert (bad.input, bad.line) == ("a.jsonl", 1)
    with pytest.raises(BadRecord, match=message):
        raise bad.error


def test_a_failure_keeps_the_id() -> None:
    bad = one({"id": 7, "text": " "})
    assert isinstance(bad, Failure)
    assert (bad.id, type(bad.error)) == (7, EmptyText)


def test_a_line_without_end_is_not_held_in_memory() -> None:
    endless = b'{"text": "' + b"a" * 20_000_000 + b'"}\n'
    stream = io.BytesIO(endless + b'{"text": "Good."}')
    tracemalloc.start()
    bad, good = records(stream, b"", "a", Options(max_chars=1_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert good == Article("Good.")
    assert isinstance(bad, Failure)
    assert isinstance(bad.error, TooLong)
    assert peak < 8_000_000


def test_a_line_is_blank_only_if_all_of_it_is() -> None:
    blanks = b" " * (3 << 20)
    stream = io.BytesIO(blanks + b'{"text": "No."}\n' + blanks + b'\n{"text": "Good."}\n')
    bad, good = records(stream, b"", "a", Options(max_chars=1_000))
    assert isinstance(bad, Failure)
    assert (bad.error.code, bad.line) == ("too_long", 1)
    assert good == Article("Good.")


def test_the_longest_article_allowed_is_read_however_it_is_escaped() -> None:
    assert article({"text": "😀" * 100_000}, max_chars=100_000).text == "😀" * 100_000


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'{"text": "Yes."}\n', True),
        (b'\xef\xbb\xbf\n  { "te', True),
        (b"{}", True),
        (b"{\n", False),
        (b"{Agency} QUENBY - He said so.", False),
        (b'"Yes," he said.', False),
        (b"", False),
    ],
)
def test_looks_like_records(head: bytes, expected: bool) -> None:
    assert looks_like_records(head) is expected
