"""A quotation, checked: the best wording there is, by whom, and who printed it first."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.errors import UsageError
from sayso.record.check.documents import Covers, Source, covers, from_record
from sayso.record.check.finding import ORDER, Finding, Wording
from sayso.record.check.names import Standing, standing
from sayso.record.check.quotation import Quotation, quotation
from sayso.record.check.wording import judge
from sayso.record.people import absent, find
from sayso.record.tellers import Tellers, of_statement
from sayso.types import Span, joined

MATCHES = 20
NEAR = 5
TOO_SHORT = "too short to check"
_LONGEST = 4_000
_STANDINGS: tuple[Standing, ...] = ("same", "not asked", "other", "unnamed")

PASSING: frozenset[Wording] = frozenset(("verbatim", "abridged"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A place in print. `first` marks those that were printed before all others that pass, or,
    where none does, that match."""

    source: Source
    finding: Finding
    speaker: Standing
    first: bool = False

    @property
    def cue(self) -> str | None:
        """What signals the saying, in the article's words; None where that is a mere mark."""
        told = joined(self.finding.statement.cue) if self.finding.statement else ""
        return told if any(map(str.isalnum, told)) else None

    @property
    def according_to(self) -> Tellers:
        """Who tells it, where they are others than the speakers."""
        source, statement = self.source, self.finding.statement
        if statement is None:
            return None
        return of_statement(statement, source.document.statements, source.persons)

    def to_dict(self) -> dict[str, Any]:
        statement, source = self.finding.statement, self.source
        return {
            "article": source.article,
            "statement": None if statement is None else f"{source.article}/{statement.id}",
            "wording": self.finding.wording,
            "reason": self.finding.reason,
            "printed": self.finding.printed,
            "span": [self.finding.start, self.finding.end],
            "diff": [difference.to_dict() for difference in self.finding.diff],
            "speaker": self.speaker,
            "speakers": [s.to_dict() | {"entity": None} for s in self.finding.speakers],
            "title": source.title,
            "outlet": source.outlet,
            "url": source.url,
            "published": source.published,
            "said_on": None if statement is None else statement.date,
            "superseded": source.superseded,
            "first": self.first,
            "cue": self.cue,
            "according_to": None if self.according_to is None else list(self.according_to),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of one quotation. `matches` are all places that pass, those first printed first;
    where none does, those with the wording told. `near` are other places that are like it, and
    don't pass. `span` is its place in a draft; `reason` tells why it was not looked for."""

    quotation: str
    by: str | None
    wording: Wording
    speaker: Standing
    matches: tuple[Match, ...]
    near: tuple[Match, ...]
    covers: Covers
    span: Span | None = None
    reason: str | None = None

    @property
    def passed(self) -> bool:
        """Whether it is printed so, by the one asked for, or nobody was asked for."""
        return self.wording in PASSING and self.speaker in ("same", "not asked")

    @property
    def according_to(self) -> Tellers:
        """Whose word it is that the one asked for says it; None where any place has it of them."""
        if self.speaker != "same":
            return None
        told = [match.according_to for match in self.matches]
        return None if None in told else next(iter(told), None)

    def to_dict(self) -> dict[str, Any]:
        return {
            "quotation": self.quotation,
            "by": self.by,
            "span": None if self.span is None else self.span.to_list(),
            "wording": self.wording,
            "speaker": self.speaker,
            "reason": self.reason,
            "matches": [match.to_dict() for match in self.matches],
            "near": [match.to_dict() for match in self.near],
            "covers": self.covers.to_dict(),
        }


Sources = Callable[[Quotation], Sequence[Source]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """Checks quotations against what `sources` finds for each.

    `entries` finds the record's people for a name that was asked for; `absent` tells that it has
    nobody of a name.
    """

    sources: Sources
    covers: Covers
    entries: Callable[[str], frozenset[int]] = lambda _name: frozenset()
    absent: Callable[[str], str | None] = lambda _name: None

    def check(self, text: str, by: str | None = None, span: Span | None = None) -> Checked:
        """Check one quotation. Raises `UsageError` where there are no words in it, too many, or
        one or two that everybody says; such a one in a draft, with a `span`, is `none`, and
        `reason` says why."""
        if span is None and by is not None and not any(map(str.isalnum, by)):
            raise UsageError("the name of the speaker is empty")
        quoted = quotation(text[:_LONGEST])
        if fault := _fault(text, quoted):
            reason, remedy = fault
            if span is None:
                raise UsageError(f"{reason}: {remedy}")
            return self._unsought(text, by, span, reason)
        entries = frozenset[int]() if by is None else self.entries(by)
        found = [
            Match(source=source, finding=finding, speaker=_speaker(by, entries, source, finding))
            for source in self.sources(quoted)
            for finding in judge(quoted, source.document)
        ]
        found.sort(key=_order)
        wording: Wording = found[0].finding.wording if found else "none"
        speaker: Standing = found[0].speaker if found else _nobody(by)
        if wording == "none":
            speaker = _nobody(by)
        alike = PASSING if wording in PASSING else {wording} - {"none"}
        matches = [m for m in found if m.finding.wording in alike and m.speaker == speaker]
        rest = [m for m in found if m not in matches and m.finding.telling]
        return Checked(
            quotation=text,
            by=by,
            wording=wording,
            speaker=speaker,
            matches=tuple(_with_first(matches)),
            near=tuple(rest[:NEAR]),
            covers=self.covers,
            span=span,
        )

    def _unsought(self, text: str, by: str | None, span: Span, reason: str) -> Checked:
        return Checked(
            quotation=text,
            by=by,
            wording="none",
            speaker=_nobody(by),
            matches=(),
            near=(),
            covers=self.covers,
            span=span,
            reason=reason,
        )


def of_record(db: sqlite3.Connection) -> Checker:
    """A checker over a record."""

    def entries(name: str) -> frozenset[int]:
        return frozenset(find(db, name))

    return Checker(
        sources=lambda quoted: from_record(db, quoted),
        covers=covers(db),
        entries=entries,
        absent=lambda name: absent(db, name),
    )


def of_documents(sources: Iterable[Source], told: Covers) -> Checker:
    """A checker over given documents, all of which are looked at."""
    every = list(sources)
    return Checker(sources=lambda _quoted: every, covers=told)


def _fault(text: str, quoted: Quotation) -> tuple[str, str] | None:
    """Why a quotation can't be checked, and what to do about it."""
    if len(text) > _LONGEST:
        return f"too long to check, with {len(text):,} characters", "check it in parts"
    if not quoted.words:
        return "no words to check", "give a quotation"
    if quoted.too_short:
        return TOO_SHORT, "give three words or more, or a rarer one"
    return None


def _speaker(by: str | None, entries: frozenset[int], source: Source, found: Finding) -> Standing:
    if (
        found.statement is not None
        and source.persons.get(found.statement.id, frozenset()) & entries
    ):
        return "same"
    return standing(by, found.statement)


def _nobody(by: str | None) -> Standing:
    return "not asked" if by is None else "unnamed"


def _order(match: Match) -> tuple[bool, int, int, float, bool, str]:
    """What passes first, then the better wording, the surer speaker, the earlier print."""
    wording, speaker = match.finding.wording, match.speaker
    passes = wording in PASSING and speaker in ("same", "not asked")
    return (
        not passes,
        ORDER.index(wording),
        _STANDINGS.index(speaker),
        -match.finding.likeness,
        match.source.superseded,
        match.source.published or "9999",
    )


def _with_first(matches: Sequence[Match]) -> Iterable[Match]:
    """Those printed first at the head, and marked where the days are known."""
    ordered = sorted(matches, key=lambda m: (m.source.published or "9999", m.source.superseded))
    first = ordered[0].source.published if ordered else None
    for match in ordered[:MATCHES]:
        yield Match(
            source=match.source,
            finding=match.finding,
            speaker=match.speaker,
            first=first is not None and match.source.published == first,
        )
