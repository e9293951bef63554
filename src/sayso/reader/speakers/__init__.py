"""Whom each source means, by string evidence: names, roles, pronouns, and the report's flow."""

from sayso.reader.speakers.resolve import Resolution, resolve

__all__ = ["Resolution", "resolve"]
