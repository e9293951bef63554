"""The lake's tables, column by column; docs/lake.md tells what each column means.

A change that an old reader would trip over (a column gone, renamed or of another type) is a new
`VERSION`; a column more is not, since readers ask for columns by name.
"""

import pyarrow as pa

VERSION = 1
"""Of the tables. It is in `lake.json` and in each file's metadata."""

UNDATED = "__HIVE_DEFAULT_PARTITION__"
"""What stands for no month in a folder's name: engines read it as null."""

_SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32())])
_SPANS = pa.list_(_SPAN)
_NAMES = pa.list_(pa.string())
_SPEAKER = pa.struct(
    [("name", pa.string()), ("kind", pa.string()), ("entity", pa.string()), ("by", _NAMES)]
)
_ENTITY = pa.struct(
    [("id", pa.string()), ("name", pa.string()), ("kind", pa.string()), ("mentions", _SPANS)]
)
_REFUSAL = pa.struct(
    [
        ("kind", pa.string()),
        ("span", _SPAN),
        ("text", pa.string()),
        ("speakers", pa.list_(_SPEAKER)),
    ]
)


def _table(name: str, columns: list[tuple[str, pa.DataType]]) -> pa.Schema:
    metadata = {"sayso.table": name, "sayso.version": str(VERSION)}
    return pa.schema(columns, metadata=metadata)


ARTICLES = _table(
    "articles",
    [
        ("row", pa.string()),
        ("id", pa.string()),
        ("id_is_number", pa.bool_()),
        ("title", pa.string()),
        ("date", pa.string()),
        ("url", pa.string()),
        ("publisher", pa.string()),
        ("language", pa.string()),
        ("sha256", pa.string()),
        ("text", pa.string()),
        ("extra", pa.string()),
        ("model", pa.string()),
        ("input", pa.string()),
        ("line", pa.int64()),
        ("words", pa.int32()),
        ("statements", pa.int32()),
        ("entities", pa.list_(_ENTITY)),
        ("refusals", pa.list_(_REFUSAL)),
    ],
)

STATEMENTS = _table(
    "statements",
    [
        ("row", pa.string()),
        ("id", pa.string()),
        ("type", pa.string()),
        ("said", pa.bool_()),
        ("denied", pa.bool_()),
        ("speakers", pa.list_(_SPEAKER)),
        ("runner_up", _SPEAKER),
        ("source", _SPANS),
        ("source_text", pa.string()),
        ("cue", _SPANS),
        ("cue_text", pa.string()),
        ("content", _SPANS),
        ("content_text", pa.string()),
        ("addressee", _SPAN),
        ("addressee_text", pa.string()),
        ("channel", _SPAN),
        ("channel_text", pa.string()),
        ("when", _SPAN),
        ("when_text", pa.string()),
        ("date", pa.string()),
        ("inside", pa.string()),
        ("about", _NAMES),
        ("about_names", _NAMES),
        ("confidence", pa.float64()),
        ("printed", pa.string()),
        ("publisher", pa.string()),
        ("url", pa.string()),
        ("title", pa.string()),
    ],
)

FAILURES = _table(
    "failures",
    [
        ("row", pa.string()),
        ("id", pa.string()),
        ("id_is_number", pa.bool_()),
        ("input", pa.string()),
        ("line", pa.int64()),
        ("code", pa.string()),
        ("message", pa.string()),
        ("url", pa.string()),
        ("date", pa.string()),
    ],
)

TABLES = {"articles": ARTICLES, "statements": STATEMENTS, "failures": FAILURES}


def month(date: str | None) -> str | None:
    """The month of printing by which rows are parted, `YYYY-MM`."""
    return None if date is None else date[:7]


def file_name(table: str, month: str | None, stem: str) -> str:
    """Where in a lake a table's rows of a month are, for the shard whose key is (in) `stem`."""
    return f"{table}/month={month or UNDATED}/{stem}.parquet"
