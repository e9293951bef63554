"""What speaks for each mention that a source may refer to, as numbers for the ranker.

A row of features tells of the reference (the same in all of its rows), of the party that is
meant at the mention, and of the mention as it stands to the reference.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sayso.reader.drafts import Bounds
from sayso.reader.encoder import Floats
from sayso.reader.speakers.mentions import FORMS, Party
from sayso.reader.speakers.referents import SORTS, Referent
from sayso.types import Kind

Form = Literal[
    "he or she", "it", "they", "who", "we", "you",
    "person", "body", "document", "group", "anonymous", "name", "flow", "elided",
]  # fmt: skip
"""How a reference is worded."""
WORDED: tuple[Form, ...] = (
    "he or she", "it", "they", "who", "we", "you",
    "person", "body", "document", "group", "anonymous", "name", "flow", "elided",
)  # fmt: skip
KINDS: tuple[Kind, ...] = ("person", "organisation", "group", "document", "unnamed", "author")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A source, or what stands for one: how it is worded and where it stands."""

    form: Form
    at: int
    end: int
    draft: int | None = None
    """The statement whose source it is."""
    head: str = ""
    modifiers: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()
    definite: bool = False
    owned: bool = False
    """A possessive stands before it: "her", "the mayor's"."""
    possessor: Referent | None = None
    apart: frozenset[Referent] = frozenset()
    """Those who can't be meant: named within its words, or beside it in one source."""
    many: int | None = None
    """How many are meant: 2 for "both", 1 for what is singular."""
    joint: bool = False
    """One of several whom a source names."""
    plural: bool = False
    gender: str | None = None
    kind: Kind | None = None
    own: tuple[Bounds, ...] = ()
    outer: Party = ()
    addressees: Party = ()
    me: Party = ()
    """In whose own words it stands, who says "I" there."""
    alone: bool = False
    """Whether who is meant says "I"."""
    quoted: bool = False
    nested: bool = False
    early: bool = False
    """In a report's opening, headline or lead."""
    among: frozenset[Referent] | None = None
    """The only ones who can be meant, where that is known."""
    or_new: bool = False
    """Whether it may be the first to mention what it means."""
    or_nobody: bool = False


def _reference(asked: Reference) -> tuple[float, ...]:
    return (
        *(float(asked.form == form) for form in WORDED),
        *(float(asked.kind == kind) for kind in KINDS),
        asked.definite,
        asked.owned,
        asked.plural,
        asked.quoted,
        asked.nested,
        asked.early,
        asked.joint,
        asked.draft is not None,
        asked.many == 2,
        asked.many is not None and asked.many > 2,
        min(len(asked.modifiers), 4) / 2,
        bool(asked.proper),
        asked.gender is not None,
    )


@dataclass(frozen=True, slots=True)
class Stage:
    """Who has spoken before a reference, and what names and nouns say of the parties."""

    spoke: Sequence[Party]
    """Who spoke in the last statements, the nearest first."""
    role: Callable[[Reference, Referent], tuple[float, float]]
    """How many words of a description belong to a role of somebody, and how many don't."""


def _party(asked: Reference, party: Party, stage: Stage, times: int) -> tuple[float, ...]:
    first, single = party[0], len(party) == 1
    return (
        single,
        asked.many == len(party),
        asked.many is not None and not single and asked.many != len(party),
        *(first.sorts if single else _common(party)),
        *(_of_kind(asked, first) if single else _NO_KIND),
        first.plural,
        first.named,
        *(_of_gender(asked, first) if single else _NO_GENDER),
        math.log1p(len(first.mentions) if single else min(len(r.mentions) for r in party)) / 2,
        *(_of_others(asked, party) if asked.outer or asked.addressees else _NO_OTHERS),
        *(_of_turns(party, stage.spoke, single=single) if stage.spoke else _NO_TURNS),
        min(times, 8) / 4,
        asked.possessor is first,
        *(_of_words(asked, first, stage, single=single) if asked.head else _NO_WORDS),
        first.titled,
    )


def _of_others(asked: Reference, party: Party) -> tuple[float, ...]:
    """Whether it is who quotes the reference, and whom they tell."""
    outer = asked.outer
    return (
        party == outer,
        party != outer and any(r in outer for r in party),
        bool(asked.addressees) and party == asked.addressees,
    )


def _of_turns(party: Party, spoke: Sequence[Party], *, single: bool) -> tuple[float, ...]:
    """Whether it is among those who spoke lately, of whom there are some."""
    last = spoke[0] == party
    return (
        last,
        not last and len(spoke) > 1 and spoke[1] == party,
        last or party in spoke,
        not single and all((r,) in spoke for r in party),
    )


def _common(party: Party) -> tuple[float, ...]:
    """How far all of a party are of each sort."""
    return tuple(min(sorts) for sorts in zip(*(r.sorts for r in party), strict=True))


_NO_KIND = (0.0,) * 6
_NO_OTHERS = (0.0,) * 3
_NO_TURNS = (0.0,) * 4
_NO_GENDER = (0.0, 0.0, 0.0)
_NO_WORDS = (0.0,) * 6


def _of_kind(asked: Reference, first: Referent) -> tuple[float, ...]:
    described = not first.named
    if not described and asked.kind is None:
        return _NO_KIND
    kind = first.kind
    return (
        *(described and kind == known for known in KINDS[1:5]),
        kind == asked.kind,
        asked.kind is not None and kind != asked.kind,
    )


def _of_gender(asked: Reference, first: Referent) -> tuple[float, ...]:
    gender = first.gender
    if asked.gender is None:
        return (0.0, 0.0, gender is not None)
    clash = first.genders["m" if asked.gender == "f" else "f"] - first.genders[asked.gender]
    return (gender == asked.gender, min(max(clash, 0), 4) / 2, gender is not None)


def _of_words(
    asked: Reference, first: Referent, stage: Stage, *, single: bool
) -> tuple[float, ...]:
    words = first.words
    shared, unshared = stage.role(asked, first) if single else (0.0, 0.0)
    return (
        shared,
        unshared,
        asked.head in words,
        len(asked.modifiers & words),
        bool(asked.proper) and asked.proper <= words,
        bool(asked.proper) and not asked.proper & words,
    )


_BLANK = Reference(form="flow", at=0, end=0)
OF_REFERENCE = len(_reference(_BLANK))
PARTY = (
    "single",
    "as many",
    "not as many",
    *SORTS,
    *(f"described {kind}" for kind in KINDS[1:5]),
    "of the kind",
    "of another kind",
    "plural",
    "named",
    "gender agrees",
    "gender clashes",
    "gender known",
    "mentions",
    "outer speaker",
    "with the outer speaker",
    "addressee",
    "spoke last",
    "spoke before that",
    "spoke lately",
    "all spoke lately",
    "spoke",
    "possessor",
    "role's words",
    "words beside the role's",
    "head in the name",
    "words in the name",
    "proper words in the name",
    "other proper words",
    "titled",
)
"""What tells of the party, by column."""
OF_PARTY = len(PARTY)
PLACED = (
    *FORMS,
    "new",
    "nobody",
    "after",
    "same sentence",
    "sentence before",
    "same paragraph",
    "paragraph before",
    "away",
    "parties between",
    "mentions between",
    "in a content",
    "in its own content",
    "subject",
    "subject of this sentence",
    "possessive",
    "asks",
    "in the lead",
    "last of its party",
    "first of its party",
)
"""What tells how a mention stands to the reference, by column."""
WIDTH = OF_REFERENCE + OF_PARTY + len(PLACED)


def rows(
    asked: Reference, parties: Sequence[Party], index: np.ndarray, stage: Stage,
    times: Sequence[int], placed: Floats,
) -> Floats:  # fmt: skip
    """One row for each mention [m, WIDTH]: `index` [m] says which of the parties is meant."""
    of_party = np.array(
        [_party(asked, party, stage, n) for party, n in zip(parties, times, strict=True)],
        np.float32,
    ).reshape(-1, OF_PARTY)
    out = np.zeros((len(placed), WIDTH), np.float32)
    out[:, :OF_REFERENCE] = _reference(asked)
    known = index >= 0
    out[known, OF_REFERENCE : OF_REFERENCE + OF_PARTY] = of_party[index[known]]
    out[:, OF_REFERENCE + OF_PARTY :] = placed
    return out
