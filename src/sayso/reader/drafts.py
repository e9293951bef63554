"""What the model's decoding hands to the rules: statements before anybody has a name."""

from dataclasses import dataclass

from sayso.reader.evidence import NOTHING_SEEN, Evidence
from sayso.types import Kind, RefusalKind, Type

Bounds = tuple[int, int]
"""`[start, end)` in code points of the article's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One statement as decoded. `kind` is the model's view of the (first) speaker's kind."""

    source: tuple[Bounds, ...]
    cue: tuple[Bounds, ...]
    content: tuple[Bounds, ...]
    addressee: Bounds | None = None
    channel: Bounds | None = None
    when: Bounds | None = None
    kind: Kind | None = None
    type: Type = "indirect"
    said: bool = True
    denied: bool = False
    inside: int | None = None
    """Index of the draft whose content holds this one; drafts stand in the order of the text."""
    evidence: Evidence = NOTHING_SEEN
    """What the network's logits say for it."""

    @property
    def place(self) -> Bounds:
        """Where it tells who speaks, or what stands instead."""
        return (self.source or self.cue or self.content)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalDraft:
    """One refusal as decoded: the clause that tells of it."""

    span: Bounds
    kind: RefusalKind
