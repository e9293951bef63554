"""Everything that can go wrong, as one tree.

    SaysoError
    ├── InputError          one input can't be read; it costs itself only
    │   ├── Unreadable      no such file, no permission, a device
    │   ├── NotText         bytes that are no text in any encoding known
    │   ├── EmptyText       nothing but white space
    │   ├── TooLong         more than --max-chars characters
    │   ├── NotEnglish      surely another language
    │   ├── BadRecord       a line that is no JSON object, or lacks its text
    │   ├── FetchRefused    an address that is not public, or not http(s)
    │   └── FetchFailed     an address that did not answer with a page
    ├── UsageError          options that can't be meant together
    ├── ModelError          a model that isn't there or isn't whole
    ├── WorkerError         a process that was reading died
    └── OutputError         what was read can't be written

Each error has a `code` (stable, for programs), a message that names the input and says
what to do (for people), and the `exit_status` of a command that ends with it.
"""

from typing import ClassVar


class SaysoError(Exception):
    """The root: catch this to catch everything that Sayso raises on purpose."""

    code: ClassVar[str] = "error"
    exit_status: ClassVar[int] = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def to_dict(self) -> dict[str, str]:
        """The contract's `error` object."""
        return {"code": self.code, "message": self.message}


class InputError(SaysoError):
    """One input can't be read. The others go on."""

    code = "input"


class Unreadable(InputError):
    """The file is missing, forbidden, or no file at all."""

    code = "unreadable"


class NotText(InputError):
    """The bytes are not text."""

    code = "not_text"


class EmptyText(InputError):
    """There is nothing to read."""

    code = "empty"


class TooLong(InputError):
    """The text has more characters than the limit."""

    code = "too_long"


class NotEnglish(InputError):
    """The text is surely in another language."""

    code = "not_english"


class BadRecord(InputError):
    """A record is not a JSON object with a text, or a field of it has the wrong type."""

    code = "bad_record"


class FetchRefused(InputError):
    """The address is not one that Sayso fetches."""

    code = "fetch_refused"


class FetchFailed(InputError):
    """The address gave no page."""

    code = "fetch_failed"


class UsageError(SaysoError):
    """The call's options can't be meant together."""

    code = "usage"
    exit_status = 2


class ModelError(SaysoError):
    """The model named is not installed, or its files are damaged."""

    code = "model"


class WorkerError(SaysoError):
    """A process that was reading articles died."""

    code = "worker"


class OutputError(SaysoError):
    """The output can't be written."""

    code = "output"
