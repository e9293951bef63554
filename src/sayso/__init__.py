"""Who said what, to whom, where, when, on whose say-so?

    import sayso

    reading = sayso.read("“The bridge is safe,” said Ida Marsh, the surveyor.")
    for statement in reading.statements:
        print(statement.speakers[0].name, "|", statement.text)

`read` takes one text or `Article`; `Reader().read_many` takes any number of them and gives
one `Reading` or `Failure` for each, in order. `Record` keeps readings in a file, to be
searched, checked and counted. All errors are `SaysoError`s.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sayso.errors import (
    Ambiguous,
    BadQuery,
    BadRecord,
    BatchError,
    Boilerplate,
    CantListen,
    Changed,
    Crashed,
    EmptyText,
    FetchFailed,
    FetchRefused,
    InputError,
    LakeBusy,
    LakeDamaged,
    LakeError,
    LakeMismatch,
    LakeTooNew,
    ModelError,
    NoDraft,
    NoLake,
    NoRecord,
    NotARecord,
    NotEnglish,
    NotInRecord,
    NotText,
    OutputError,
    Paywall,
    RecordBusy,
    RecordDamaged,
    RecordError,
    RecordFailed,
    RecordFull,
    RecordReadOnly,
    RecordTooNew,
    RecordTooOld,
    Repeated,
    RoomBusy,
    RoomError,
    SaysoError,
    StaleForm,
    TimedOut,
    TooLong,
    Unmatched,
    Unreadable,
    UsageError,
    Withheld,
    WorkerError,
)
from sayso.types import Article, Entity, Failure, Reading, Refusal, Span, Speaker, Statement

if TYPE_CHECKING:
    from sayso.reader import Reader, read
    from sayso.record import Record

__version__ = "0.1.0"

__all__ = [
    "Ambiguous",
    "Article",
    "BadQuery",
    "BadRecord",
    "BatchError",
    "Boilerplate",
    "CantListen",
    "Changed",
    "Crashed",
    "EmptyText",
    "Entity",
    "Failure",
    "FetchFailed",
    "FetchRefused",
    "InputError",
    "LakeBusy",
    "LakeDamaged",
    "LakeError",
    "LakeMismatch",
    "LakeTooNew",
    "ModelError",
    "NoDraft",
    "NoLake",
    "NoRecord",
    "NotARecord",
    "NotEnglish",
    "NotInRecord",
    "NotText",
    "OutputError",
    "Paywall",
    "Reader",
    "Reading",
    "Record",
    "RecordBusy",
    "RecordDamaged",
    "RecordError",
    "RecordFailed",
    "RecordFull",
    "RecordReadOnly",
    "RecordTooNew",
    "RecordTooOld",
    "Refusal",
    "Repeated",
    "RoomBusy",
    "RoomError",
    "SaysoError",
    "Span",
    "Speaker",
    "StaleForm",
    "Statement",
    "TimedOut",
    "TooLong",
    "Unmatched",
    "Unreadable",
    "UsageError",
    "Withheld",
    "WorkerError",
    "__version__",
    "read",
]

# The reader brings onnxruntime and NumPy with it, so it is imported when it is first asked for.
# The record brings SQLite.
_LAZY = {"read": "sayso.reader", "Reader": "sayso.reader", "Record": "sayso.record"}


def _repr_html_(reading: Reading) -> str:
    """A notebook shows a reading as the marked-up report."""
    from sayso.formats.html import fragment

    return fragment(reading)


# Set here since records are below formats, and know none of them.
Reading._repr_html_ = _repr_html_  # type: ignore[attr-defined]


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_LAZY[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
