"""How a quotation stands to one document: the wording, what was printed, and the difference."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.record.check import reported, spoken
from sayso.record.check.align import Alignment, Op, exact
from sayso.record.check.channel import Channel, Print, whole_text
from sayso.record.check.finding import Finding, finding_of
from sayso.record.check.quotation import Quotation
from sayso.record.check.reported import Told
from sayso.record.check.speech import speech
from sayso.types import Statement

_MANY_PLACES = 5


@dataclass(frozen=True)
class Document:
    """A text, and the statements that were read in it. With `part`, the bounds of some
    paragraphs, only they are looked at, and only the statements there need be given."""

    text: str
    statements: tuple[Statement, ...] = ()
    part: tuple[int, int] | None = None

    @cached_property
    def source(self) -> Print:
        return Print(self.text, self.part)

    @cached_property
    def speech(self) -> Channel:
        """What is printed as spoken. Where nobody is quoted, the document speaks for itself."""
        channel = speech(self.source, self.statements)
        return channel if channel.words or self.statements else self.whole

    @cached_property
    def whole(self) -> Channel:
        """All that it says, in the report's own words too."""
        return whole_text(self.source)

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """What it tells in indirect speech."""
        return tuple(reported.told(self.source, self.statements))


def judge(quoted: Quotation, document: Document) -> list[Finding]:
    """Every place worth telling of, the best first; empty where nothing is near."""
    if not quoted.words:
        return []
    found = [
        *spoken.findings(quoted, document.speech, document.statements),
        *reported.findings(quoted, document.told),
    ]
    if not any(f.wording in ("verbatim", "abridged", "reported") for f in found) and (
        own := list(_in_own_words(quoted, document))
    ):
        found = own + [f for f in found if f.likeness == 1.0 or _tells(f, own[0])]
    return _distinct(sorted(found, key=lambda f: (*f.rank, not _is_within(f))))


def _is_within(finding: Finding) -> bool:
    """Whether it is of a statement within another, whose words they are rather than that one's."""
    return finding.statement is not None and finding.statement.inside is not None


def _tells(finding: Finding, own: Finding) -> bool:
    """Whether the words stand in what somebody says there, so that they aren't the report's own."""
    content = finding.statement.content if finding.statement else ()
    return any(span.start <= own.start and own.end <= span.end for span in content)


def _distinct(found: Sequence[Finding]) -> list[Finding]:
    """Without the lesser of two findings that overlap, or that are of one statement."""
    kept: list[Finding] = []
    for finding in found:
        whose = finding.statement
        if not any(
            (finding.start < k.end and k.start < finding.end)
            or (whose is not None and k.statement is not None and whose.id == k.statement.id)
            for k in kept
        ):
            kept.append(finding)
    return kept[:_MANY_PLACES]


def _in_own_words(quoted: Quotation, document: Document) -> Iterator[Finding]:
    """Where nobody says it, the report may: that is no quotation, but worth telling."""
    channel = document.whole
    for place in exact(quoted.keys, channel.keys)[:1]:
        many = len(quoted.words)
        alignment = Alignment((Op("same", 0, many, place, place + many),))
        reason = "printed, but not as anybody's words"
        yield finding_of(quoted, channel, alignment, (place, place + many), "none", None, reason)
