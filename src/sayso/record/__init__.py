"""The record: what was read, kept in one file, to be searched, checked, corrected and counted."""

from sayso.record.store import Record

__all__ = ["Record"]
