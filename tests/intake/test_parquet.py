"""Rows of Parquet are read as the JSON records with the same fields would be."""

import errno
import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso import Article, Failure
from sayso.intake import Options, jsonl, parquet

OPTIONS = Options()


def file_of(table: Any, **options: Any) -> BytesIO:
    out = BytesIO()
    pq.write_table(table, out, **options)
    return BytesIO(out.getvalue())


def read(table: Any, options: Options = OPTIONS) -> list[dict[str, Any]]:
    rows = parquet.rows(file_of(table), "in", options, 0, table.num_rows)
    return [told(make()) for _, make in rows]


def told(result: Article | Failure) -> dict[str, Any]:
    return result.to_dict() | {"id": result.id}


RECORDS: list[dict[str, Any]] = [
    {"text": "It was said.", "id": 7, "date": "2026-03-05T10:00:00Z", "section": "home"},
    {"text": "It was said.", "id": None, "title": None, "url": "https://news.example/a"},
    {"text": None, "id": 3},
    {"text": "", "id": 4},
    {"text": "It was said.", "date": "yesterday"},
    {"text": "Es ist ein langer Satz in deutscher Sprache, den niemand so gesagt hat."},
]


def test_the_same_as_json_lines() -> None:
    lines = b"".join(json.dumps(record).encode() + b"\n" for record in RECORDS)
    expected = [told(r) for r in jsonl.records(BytesIO(lines), b"", "in", OPTIONS)]
    names = dict.fromkeys(name for record in RECORDS for name in record)
    kinds = [(name, pa.int64() if name == "id" else pa.string()) for name in names]
    assert read(pa.Table.from_pylist(RECORDS, pa.schema(kinds))) == expected


@pytest.mark.parametrize(
    ("values", "day"),
    [
        (pa.array([date(2026, 3, 5)]), "2026-03-05"),
        (pa.array([date(2026, 3, 5)], pa.date64()), "2026-03-05"),
        (pa.array([datetime(2026, 3, 5, 23, 59)]), "2026-03-05"),
        (pa.array([datetime(2026, 3, 5, 23, 59, tzinfo=UTC)]), "2026-03-05"),
        (
            pa.array([datetime(2026, 3, 5, 23, 59, tzinfo=UTC)], pa.timestamp("ms", "Asia/Tokyo")),
            "2026-03-06",
        ),
        (pa.array([1_772_668_800_000_000_001], pa.timestamp("ns")), "2026-03-05"),
        (pa.array(["2026-03-05 10:00"]), "2026-03-05"),
        (pa.array([None], pa.timestamp("us")), None),
        (pa.array([float("nan")]), None),
    ],
)
def test_dates(values: Any, day: str | None) -> None:
    (row,) = read(pa.table({"text": ["It was said."], "date": values}))
    assert row["date"] == day


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (pa.array([20_260_305]), "must be a string"),
        (pa.array(["5 March"]), "must be a date"),
        (pa.array([9_999_999], pa.date32()), "has a value that is none"),
    ],
)
def test_dates_that_are_none(values: Any, message: str) -> None:
    (row,) = read(pa.table({"text": ["It was said."], "date": values, "id": ["x"]}))
    assert row["error"]["code"] == "bad_record"
    assert message in row["error"]["message"]


def test_other_columns_come_along_as_json_has_them() -> None:
    table = pa.table(
        {
            "text": ["It was said."],
            "body": pa.array([b"caf\xc3\xa9"]),
            "raw": pa.array([b"\xff\x00"]),
            "price": pa.array([Decimal("1.50")]),
            "many": pa.array([Decimal("12.00")]),
            "none": pa.array([float("inf")]),
            "score": pa.array([0.5], pa.float32()),
            "tags": pa.array([["a", None]]),
            "at": pa.array([time(10, 30)]),
            "long": pa.array([timedelta(seconds=90)]),
            "who": pa.array([{"name": "Ida", "born": date(1960, 1, 2)}]),
            "map": pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int8())),
            "kind": pa.array(["x"]).dictionary_encode(),
            "big": pa.array([2**64 - 1], pa.uint64()),
            "nothing": pa.nulls(1),
        }
    )
    (row,) = read(table)
    assert row["extra"] == {
        "body": "café",
        "raw": "/wA=",
        "price": 1.5,
        "many": 12,
        "score": 0.5,
        "tags": ["a", None],
        "at": "10:30:00",
        "long": 90.0,
        "who": {"name": "Ida", "born": "1960-01-02"},
        "map": [["k", 1]],
        "kind": "x",
        "big": 2**64 - 1,
    }
    json.dumps(row["extra"], allow_nan=False)


@pytest.mark.parametrize(
    ("id", "given"),
    [(pa.array([7]), 7), (pa.array(["7"]), "7"), (pa.array([1.5]), 1.5), (pa.nulls(1), None)],
)
def test_ids(id: Any, given: Any) -> None:
    (row,) = read(pa.table({"text": ["It was said."], "id": id}))
    assert row["id"] == given
    assert "error" not in row


def test_an_id_that_is_none() -> None:
    (row,) = read(pa.table({"text": ["It was said."], "id": pa.array([True])}))
    assert row["error"]["message"] == "the field 'id' must be a string or a number"


def test_the_options_hold() -> None:
    table = pa.table({"body": ["It was said."], "publisher": ["Courier"]})
    (row,) = read(table, Options(text_field="body", publisher="Gazette", date="2026-03-05"))
    assert (row["publisher"], row["date"], row["extra"]) == ("Gazette", "2026-03-05", {})
    (row,) = read(table, Options(text_field="body", title_field="publisher"))
    assert (row["title"], row["publisher"]) == ("Courier", "Courier")


def test_bytes_that_are_no_text_cost_their_row_only() -> None:
    values = pa.array([b"It was said.", b"\xff\xfe\xff", b"So it was."]).view(pa.string())
    rows = read(pa.table({"text": values}))
    assert [row.get("error", {}).get("code") for row in rows] == [None, "bad_record", None]


@pytest.mark.parametrize(("first", "end"), [(0, 1), (3, 9), (4, 5), (8, 23), (22, 23)])
def test_a_stretch_of_rows(first: int, end: int) -> None:
    table = pa.table({"text": [f"It was said {n} times." for n in range(23)]})
    file = file_of(table, row_group_size=4)
    found = [(n, make()) for n, make in parquet.rows(file, "in", OPTIONS, first, end)]
    assert [n for n, _ in found] == list(range(first + 1, end + 1))
    assert [a.text for _, a in found if isinstance(a, Article)] == table["text"].to_pylist()[
        first:end
    ]


def test_a_stream_that_fails_is_no_damage() -> None:
    """It may be read another time: no row is to be given up for it."""

    class Failing(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(errno.EIO, "gone")

    data = file_of(pa.Table.from_pylist([{"text": "It was said."}])).getvalue()
    with pytest.raises(OSError, match="gone"):
        parquet.group_rows(Failing(data))
