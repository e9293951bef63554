"""The pages: each module gathers values from the record and hands them to its template."""

from sayso.room import numbers as numbers  # which paths use
