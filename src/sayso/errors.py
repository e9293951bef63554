"""Everything that can go wrong, as one tree.

    SaysoError
    ├── InputError          one input can't be read; it costs itself only
    │   ├── Unreadable      no such file, no permission, a device
    │   ├── NotText         bytes that are no text in any encoding known
    │   ├── EmptyText       nothing but white space
    │   ├── TooLong         more than --max-chars characters
    │   ├── NotEnglish      surely another language
    │   ├── BadRecord       a line that is no JSON object, or lacks its text; a broken WARC record
    │   ├── FetchRefused    an address that is not public, or not http(s)
    │   ├── FetchFailed     an address that did not answer with a page
    │   ├── Boilerplate     a page without a report: an error, a list of links, a consent wall
    │   ├── Paywall         the beginning of a report, whose rest is for subscribers
    │   ├── Repeated        a page at an address that has been read already
    │   ├── Crashed         reading it brings the process down that does it
    │   └── TimedOut        reading it doesn't come to an end
    ├── UsageError          options that can't be meant together
    ├── ModelError          a model that isn't there or isn't whole
    ├── WorkerError         a process that was reading died
    ├── Withheld            an input that its store doesn't give now
    ├── BatchError          a run that could not read all of its shards
    ├── OutputError         what was read can't be written
    ├── RecordError         the record can't be opened, read or written
    │   ├── NoRecord        no such file
    │   ├── NotARecord      a file of another kind
    │   ├── RecordTooNew    made by a newer Sayso
    │   ├── RecordTooOld    made by an older one, and it can't be brought up to date here
    │   ├── RecordBusy      somebody else is writing, for too long
    │   ├── RecordDamaged   the file's bytes are not as they were written
    │   ├── RecordReadOnly  it may be read and not written
    │   ├── RecordFull      no room on the disk
    │   ├── RecordFailed    the system can't read or write the file
    │   ├── NotInRecord     an article, statement, person or correction that it doesn't have
    │   │   └── Unmatched   an outlet, section or person to choose by that it doesn't have
    │   ├── Ambiguous       a name or a short id that means several
    │   └── Changed         it is not any more as it was when somebody decided about it
    ├── LakeError           the lake can't be read or written
    │   ├── NoLake          no `lake.json` there
    │   ├── LakeMismatch    it holds readings of another model or contract
    │   ├── LakeTooNew      made by a newer Sayso
    │   ├── LakeBusy        somebody else is writing to it
    │   ├── LakeDamaged     a file of it is missing, or not as it was written
    │   └── BadQuery        a question that DuckDB can't answer
    └── RoomError           the reading room can't do that
        ├── CantListen      the address or port can't be had
        ├── NoDraft         a draft that is not there, or not any more
        ├── RoomBusy        more is asked of it than it takes on
        └── StaleForm       a form that it has not given out since it was started

Each error has a `code` (stable, for programs), a message that names the input and says
what to do (for people), and the `exit_status` of a command that ends with it.
"""

from typing import ClassVar


class SaysoError(Exception):
    """The root: catch this to catch everything that Sayso raises on purpose."""

    code: ClassVar[str] = "error"
    exit_status: ClassVar[int] = 1

    def __init__(self, told: str, at_prompt: str = "") -> None:
        super().__init__(told + at_prompt)
        self.told, self.at_prompt = told, at_prompt
        """What is the matter, and what helps at a command line alone."""
        self.message = told + at_prompt

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
    """A record is not a JSON object with a text, has a wrong field, or in a WARC is broken."""

    code = "bad_record"


class FetchRefused(InputError):
    """The address is not one that Sayso fetches."""

    code = "fetch_refused"


class FetchFailed(InputError):
    """The address gave no page."""

    code = "fetch_failed"


class Boilerplate(InputError):
    """The page holds no report. Only a batch tells these apart."""

    code = "boilerplate"


class Paywall(InputError):
    """The page holds the beginning of a report only. Only a batch tells these apart."""

    code = "paywall"


class Repeated(InputError):
    """Another page of the same address was read before. Only a batch tells these apart."""

    code = "repeated"


class Crashed(InputError):
    """The process that read it died or had no memory left, in two attempts."""

    code = "crashed"


class TimedOut(InputError):
    """Reading it took longer than any article of its size, in two attempts."""

    code = "timed_out"


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


class Withheld(SaysoError):
    """A store does not give an input now, and may another time: no row is a failure by that."""

    code = "withheld"


class BatchError(SaysoError):
    """Shards of a run could not be read or written. The same command goes on with them."""

    code = "batch"
    exit_status = 3


class OutputError(SaysoError):
    """The output can't be written."""

    code = "output"


class RecordError(SaysoError):
    """Something is the matter with a record. What was reported stored is still stored."""

    code = "record"


class NoRecord(RecordError):
    """There is no file at the path of the record."""

    code = "no_record"
    exit_status = 2


class NotARecord(RecordError):
    """The file is no record of Sayso."""

    code = "not_a_record"
    exit_status = 2


class RecordTooNew(RecordError):
    """A newer Sayso has made or changed the record, in a way that this one does not know."""

    code = "record_too_new"


class RecordTooOld(RecordError):
    """The record is from an older Sayso, and may not be written to bring it up to date."""

    code = "record_too_old"


class RecordBusy(RecordError):
    """Another process keeps the record locked."""

    code = "record_busy"


class RecordDamaged(RecordError):
    """The file is not as it was written: a page is torn, or what it holds disagrees."""

    code = "record_damaged"


class RecordReadOnly(RecordError):
    """The record may be read and not written."""

    code = "record_read_only"


class RecordFull(RecordError):
    """The disk has no room. What was being written is not in the record; all else is."""

    code = "record_full"


class RecordFailed(RecordError):
    """The system can't read or write the file."""

    code = "record_failed"


class NotInRecord(RecordError):
    """The record has no such article, statement, person or correction."""

    code = "not_in_record"
    exit_status = 2


class Unmatched(NotInRecord):
    """What is to be chosen by, an outlet, a section or somebody, is not in the record."""

    code = "unmatched"
    exit_status = 1


class Ambiguous(RecordError):
    """The name or the beginning of an id fits several."""

    code = "ambiguous"
    exit_status = 2


class Changed(RecordError):
    """It is not any more as it was when somebody decided about it. Nothing was done."""

    code = "changed"


class LakeError(SaysoError):
    """The lake can't be read or written. What its manifest says is finished still is."""

    code = "lake"


class NoLake(LakeError):
    """There is no lake at the address."""

    code = "no_lake"
    exit_status = 2


class LakeMismatch(LakeError):
    """The lake holds readings by another model, or under another contract."""

    code = "lake_mismatch"
    exit_status = 2


class LakeTooNew(LakeError):
    """A newer Sayso has made the lake, with tables that this one does not know."""

    code = "lake_too_new"


class LakeBusy(LakeError):
    """Another process is writing to the lake."""

    code = "lake_busy"
    exit_status = 3


class LakeDamaged(LakeError):
    """A file of the lake is missing, or is not as it was written."""

    code = "lake_damaged"


class BadQuery(LakeError):
    """The question is no SQL that the lake's tables can answer."""

    code = "bad_query"
    exit_status = 2


class RoomError(SaysoError):
    """The reading room can't do what was asked of it."""

    code = "room"


class CantListen(RoomError):
    """The address or the port can't be had: it is taken, forbidden, or not this machine's."""

    code = "cant_listen"


class NoDraft(RoomError):
    """The draft is not there, or not any more."""

    code = "no_draft"


class RoomBusy(RoomError):
    """More is asked of the room than it takes on just now."""

    code = "room_busy"


class StaleForm(RoomError):
    """A form came back that the room has not given out, or not since it was started."""

    code = "stale_form"
