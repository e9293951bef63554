"""Whom what is said is about: names, pronouns and descriptions within contents.

Pronouns between contents are resolved as well, since they are evidence for those within.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter

from sayso.reader.drafts import Bounds, Draft
from sayso.reader.speakers.lexicon import (
    NOT_PERSONS,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    PET_NAMES,
    words,
)
from sayso.reader.speakers.mentions import THIRD_PERSON, Party
from sayso.reader.speakers.names import Name
from sayso.reader.speakers.nouns import Noun
from sayso.reader.speakers.phrases import FIRST, PERSONS, SECOND, is_person
from sayso.reader.speakers.references import References, Setting
from sayso.reader.speakers.referents import Referent

_TWO = re.compile(
    r"\b(?:(?:(?:the|these|those) (?:other )?two|both(?: of the)?) "
    r"(?P<noun>[a-z]+s|men|women|children)|the (?:pair|duo|couple))\b",
    re.I,
)
"""What means two who are told of one by one: "the two parties", "both countries"."""
_ACTORS = {
    "person": PERSON_NOUNS | PERSONS | words("children couple men women"),
    "organisation": ORGANISATION_NOUNS | words("camp country nation side"),
}
"""Nouns of those that may be two who are told of one by one, by their kind."""
_OF_ITS_OWN = words(
    "administration ambulance army authorities authority borough cabinet city commune congress "
    "council country county court courts district embassy fire government house jury kremlin "
    "military ministry monarchy nation navy parish parliament party pentagon police prison "
    "province regime senate side state states town treasury tribunal white"
)
"""Bodies that a place has one of: "the court" is no firm that was named before."""
_LIKE_PRONOUNS = {
    **dict.fromkeys(words("man boy gentleman lad widower"), "he"),
    **dict.fromkeys(words("woman girl lady widow"), "she"),
    **dict.fromkeys(ORGANISATION_NOUNS - _OF_ITS_OWN, "it"),
}
"""Nouns that tell no more than a pronoun does: "the older man", "the company"."""
_FAR = 1 << 40  # beyond every text
DEFINITE = words("the this that these those his her its their")

Placed = tuple[Bounds, Party]


class About:
    """Whom each place within a content means, once the sources are resolved.

    `setting` tells how what stands at a place is to be taken, in a draft's content or in none.
    """

    def __init__(
        self,
        references: References,
        drafts: Sequence[Draft],
        found: Sequence[Party],
        setting: Callable[[Bounds, int | None], Setting],
    ) -> None:
        self._references = references
        self._scene = references.scene
        self._setting = setting
        self._drafts = drafts
        sources = {draft.source[0]: party for draft, party in zip(drafts, found, strict=True)
                   if draft.source}  # fmt: skip
        self._sources = sorted(sources)
        told = {place: party for place, party in sources.items() if not self._is_oneself(place)}
        self._described: dict[str, Referent] = {}
        for referent in (r for party in found for r in party if not r.named):
            self._described.setdefault(referent.name.casefold(), referent)
        self._named = {word for referent in self._scene.cast.referents for word in referent.key}
        self._placed = sorted(self._places(told), key=lambda placed: placed[0])
        self._starts = [start for (start, _), _ in self._placed]

    def of(self, draft: Draft) -> tuple[Referent, ...]:
        """Those whom the content mentions, in the order of the text."""
        found: dict[Referent, None] = {}
        for start, end in draft.content:
            for i in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
                found |= dict.fromkeys(self._placed[i][1])
        return tuple(found)

    def _places(self, sources: dict[Bounds, Party]) -> Iterator[Placed]:
        """Every place in a content with those whom it means, and every pronoun before the last.

        Whom one means is evidence for the next, in the order of the text.
        """
        yield from sources.items()
        for start, end, inner in self._pieces():
            if inner is not None:
                yield from self._names(start, end, inner)
            for place, party in self._resolved(start, end, inner):
                self._scene.meant(place, party)
                yield place, party

    def _pieces(self) -> Iterator[tuple[int, int, int | None]]:
        """Each piece of a content with its innermost draft, and what stands before it."""
        at = 0
        for start, end, inner in innermost(self._drafts):
            yield at, start, None
            yield start, end, inner
            at = end

    def _names(self, start: int, end: int, inner: int) -> Iterator[Placed]:
        for name, referent in self._scene.cast.within(start, end):
            kin = PET_NAMES.get(name.key[0]) if len(name.key) == 1 else None
            party = self._kin(name, kin, inner) if kin else (referent,)
            yield (name.start, name.end), party

    def _resolved(self, start: int, end: int, inner: int | None) -> Iterator[Placed]:
        """Pronouns and, in contents, descriptions, as they stand."""
        found: list[tuple[Bounds, Callable[[], Party]]] = [
            (match.span(), partial(self._pronoun, match.span(), match.group(), inner))
            for match in THIRD_PERSON.finditer(self._scene.text, start, end)
            if not self._is_all_of_source(match)
        ]
        if inner is not None:
            found += self._described_within(start, end, inner)
        for place, meant in sorted(found, key=itemgetter(0)):
            yield place, meant()

    def _described_within(
        self, start: int, end: int, inner: int
    ) -> Iterator[tuple[Bounds, Callable[[], Party]]]:
        for match in _TWO.finditer(self._scene.text, start, end):
            if not self._is_source(match.start()):
                yield match.span(), partial(self._two, match, inner)
        for noun in self._nouns(start, end):
            if not self._is_source(noun.start):
                yield (noun.start, noun.end), partial(self._noun, noun, inner)

    def _is_oneself(self, place: Bounds) -> bool:
        """Whether a source is "I" or "you": those who talk, not whom they talk about."""
        return self._scene.text[slice(*place)].casefold() in FIRST | SECOND

    def _is_source(self, at: int) -> bool:
        """Whether a place is within a source, which begin in the order of the text."""
        i = bisect_right(self._sources, (at, _FAR)) - 1
        return i >= 0 and at < self._sources[i][1]

    def _is_all_of_source(self, match: re.Match[str]) -> bool:
        """Whether a pronoun is a source, not within one: "she", not the "her" of "her boss"."""
        i = bisect_right(self._sources, (match.start(), _FAR)) - 1
        if i < 0:
            return False
        start, end = self._sources[i]
        return match.start() == start and len(self._scene.text[start:end].split()) == 1

    def _kin(self, name: Name, kin: str, inner: int) -> Party:
        """Whom "Mum" means, who is the mother of whoever speaks."""
        here = self._setting((name.start, name.end), inner)
        return self._references.known(Noun(name.start, name.end, "my", (kin,)), here)

    def _pronoun(self, place: Bounds, word: str, inner: int | None) -> Party:
        here = self._setting(place, inner)
        return self._references.third_person(word.casefold(), here)

    def _two(self, match: re.Match[str], inner: int) -> Party:
        """Which two a phrase means: people or bodies, as its noun tells."""
        nouns = _singles((match["noun"] or "couple").casefold())
        kinds = [kind for kind, known in _ACTORS.items() if not nouns.isdisjoint(known)]
        if any(is_person(noun) and not noun.endswith("ee") for noun in nouns - NOT_PERSONS):
            kinds.append("person")
        found = self._pronoun(match.span(), "both", inner) if kinds else ()
        return found if all(referent.kind in kinds for referent in found) else ()

    def _noun(self, noun: Noun, inner: int) -> Party:
        """Whom a phrase means; where it seems to be somebody new, who speaks elsewhere under the
        same words, the only one with the role, or whom a pronoun would mean."""
        the = noun.determiner == "the"
        pronoun = _LIKE_PRONOUNS.get(noun.head) if the else None
        speaker = self._described.get(" ".join(noun.words)) if the else None
        if pronoun is None and speaker is None and not self._is_told(noun):
            return ()
        here = self._setting((noun.start, noun.end), inner)
        found = self._references.known(noun, here)
        if found or not the:
            return found
        if speaker is not None:
            return (speaker,)
        holders = {referent for _, referent in self._scene.roles.holders.get(noun.head, ())}
        if len(holders) == 1:
            return tuple(holders)
        return self._references.third_person(pronoun, here) if pronoun else ()

    def _is_told(self, noun: Noun) -> bool:
        """Whether somebody has the noun in a role or a name, or it was there before."""
        scene = self._scene
        return (
            noun.head in scene.roles.holders
            or noun.head in self._named
            or scene.nouns.earlier(noun.head, frozenset(), noun.start) is not None
        )

    def _nouns(self, start: int, end: int) -> Iterator[Noun]:
        phrases = self._scene.nouns.phrases
        for i in range(bisect_left(phrases, start, key=_start), len(phrases)):
            if phrases[i].start >= end:
                return
            if phrases[i].determiner in DEFINITE:
                yield phrases[i]


def _singles(noun: str) -> set[str]:
    """A plural, and what it may be the plural of."""
    single = noun.removesuffix("s")
    return {noun, single, single.removesuffix("ie") + "y", single.removesuffix("e")}


def _start(noun: Noun) -> int:
    return noun.start


def innermost(drafts: Sequence[Draft]) -> Iterator[tuple[int, int, int]]:
    """The contents, cut where one within another begins and ends, each with its innermost draft."""
    spans = sorted(
        (start, -end, n) for n, draft in enumerate(drafts) for start, end in draft.content
    )
    edges = sorted({edge for start, end, _ in spans for edge in (start, -end)})
    owner: dict[int, int] = {}
    for start, end, n in spans:
        for i in range(bisect_left(edges, start), bisect_right(edges, -end) - 1):
            owner[i] = n
    for i, n in sorted(owner.items()):
        yield edges[i], edges[i + 1], n
