"""Whom each source means: the fullest name that the article has for it.

Statements are resolved in the order of the text, the outermost first, since those inside
them lean on their speakers ("I" in a quotation is whoever is quoted).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sayso.reader.drafts import Bounds, Draft, RefusalDraft
from sayso.reader.evidence import Grounds
from sayso.reader.speakers.cast import Cast, Referent
from sayso.reader.speakers.flow import Turns, from_flow, refuser
from sayso.reader.speakers.nouns import Nouns
from sayso.reader.speakers.phrases import parse
from sayso.reader.speakers.references import References, Referents, Setting
from sayso.reader.speakers.roles import study
from sayso.reader.speakers.scene import Choice, Scene
from sayso.reader.speakers.sentences import Sentences
from sayso.reader.wraps import Unwrapped, unwrapped
from sayso.types import Article, Entity, Speaker

_QUOTES = "\"“”„«»‘'`"
_COORDINATED = re.compile(r"(?:\b(?:and|but|or|then)|[,;–—])\s+(?:\w+ly\s+|also\s+|then\s+)*$")
_PASSIVE = re.compile(
    r"(?:has |had |have |having )?(?:also )?(?:is|are|was|were|been|be|being)\b|there\b", re.I
)
_BREAK = re.compile(r"[.,;:!?\n“”\"]")
_NOUN = 40  # characters of a noun between its article and the cue
_DEEPEST = 12  # levels of quotation that are told apart
_LONGEST = 4000  # characters of a quotation that are searched for its opening mark


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who speaks in each draft and refusal, who there is, and who is spoken about."""

    speakers: tuple[tuple[Speaker, ...], ...]
    refusers: tuple[tuple[Speaker, ...], ...]
    entities: tuple[Entity, ...]
    about: tuple[tuple[str, ...], ...]
    grounds: tuple[Grounds, ...]
    """How each draft's speakers were found."""


def resolve(
    article: Article, drafts: Sequence[Draft], refusals: Sequence[RefusalDraft]
) -> Resolution:
    """The speakers of every draft and refusal, in their order."""
    flat = unwrapped(article.text)
    if flat is None:
        return _Reading(article, drafts).resolution(refusals)
    moved = [_moved(draft, flat) for draft in drafts]
    asked = [replace(refusal, span=flat.bounds(*refusal.span)) for refusal in refusals]
    found = _Reading(replace(article, text=flat.text), moved).resolution(asked)
    return replace(found, entities=tuple(_back(e, article, flat) for e in found.entities))


def _moved(draft: Draft, flat: Unwrapped) -> Draft:
    """The draft where it stands in the unwrapped text."""

    def optional(found: Bounds | None) -> Bounds | None:
        return found and flat.bounds(*found)

    return replace(
        draft,
        source=tuple(flat.bounds(*b) for b in draft.source),
        cue=tuple(flat.bounds(*b) for b in draft.cue),
        content=tuple(flat.bounds(*b) for b in draft.content),
        addressee=optional(draft.addressee),
        channel=optional(draft.channel),
        when=optional(draft.when),
    )


def _back(entity: Entity, article: Article, flat: Unwrapped) -> Entity:
    """The entity with its mentions where they stand in the article."""
    found = np.array([m.to_list() for m in entity.mentions], np.int64).reshape(-1, 2)
    starts, ends = flat.origin(found[:, 0], found[:, 1])
    places = zip(starts.tolist(), ends.tolist(), strict=True)
    return replace(entity, mentions=tuple(article.span(*place) for place in places))


class _Reading:
    """One article while its sources are being resolved."""

    def __init__(self, article: Article, drafts: Sequence[Draft]) -> None:
        self.article = article
        self.text = article.text
        self.drafts = drafts
        self.cast = Cast(article)
        roles = study(self.cast)
        nouns = Nouns(self.text, frozenset(roles.holders))
        self.scene = Scene(self.cast, nouns, Sentences(self.text), drafts)
        self.references = References(self.scene, roles)
        self.turns = Turns(self.cast, byline(article))
        self.found: list[Referents] = [()] * len(drafts)
        self.choices: list[list[Choice]] = [[]] * len(drafts)

    def resolution(self, refusals: Sequence[RefusalDraft]) -> Resolution:
        for i in _order(self.text, self.drafts):
            begun = len(self.scene.choices)
            self.found[i] = self._speakers(self.drafts[i])
            self.choices[i] = self.scene.choices[begun:]
        refusers = [refuser(self.text, refusal, self.references) for refusal in refusals]
        entities = self._entities([*self.found, *refusers])
        ids = {referent: f"e{n}" for n, referent in enumerate(entities, 1)}

        def named(referents: Referents) -> tuple[Speaker, ...]:
            return tuple(self._speaker(referent, ids) for referent in referents)

        return Resolution(
            speakers=tuple(map(named, self.found)),
            refusers=tuple(map(named, refusers)),
            entities=tuple(self._entity(referent, ids[referent]) for referent in entities),
            about=tuple(self._about(draft, ids) for draft in self.drafts),
            grounds=self._grounds(),
        )

    def _speakers(self, draft: Draft) -> Referents:
        setting = self._setting(draft)
        if draft.source:
            referents = self._from_source(draft, setting)
        elif draft.cue:
            referents = self._elided(draft, setting)
        else:
            referents = from_flow(self.scene, setting)
        if draft.kind and referents and referents[0].named and draft.kind != "author":
            referents[0].kinds[draft.kind] += 2
        self.scene.spoke(setting.at, setting.end, referents)
        return referents

    def _setting(self, draft: Draft) -> Setting:
        spans = draft.source or draft.cue or draft.content
        at, end = spans[0]
        if draft.inside is None:
            return Setting(at, end, draft.content, draft.kind)
        outer = self.drafts[draft.inside]
        return Setting(
            at,
            end,
            draft.content,
            draft.kind,
            outer=self.found[draft.inside],
            quoted=_is_quoted(self.text, outer, at),
            addressees=self._addressees(outer),
        )

    def _addressees(self, draft: Draft) -> Referents:
        if draft.addressee is None:
            return ()
        found = [referent for _, referent in self.cast.within(*draft.addressee)]
        return tuple(found[:1])

    def _from_source(self, draft: Draft, setting: Setting) -> Referents:
        found: dict[Referent, None] = {}
        for start, end in draft.source:
            label = self.turns.speaker(start, end)
            if label is not None:
                found[label] = None
                continue
            end = self._noun_end(draft, start, end)
            for n, part in enumerate(parse(self.text, start, end)):
                here = replace(setting, at=part.start, end=end, kind=None if n else draft.kind)
                found |= dict.fromkeys(self.references.resolve(part, here))
        return tuple(found)

    def _noun_end(self, draft: Draft, start: int, end: int) -> int:
        """The end of a source that is an article alone, its noun left to stand before the cue."""
        if self.text[start:end].casefold() not in ("a", "an", "the") or not draft.cue:
            return end
        cue = draft.cue[0][0]
        near = end < cue < end + _NOUN and not _BREAK.search(self.text, end, cue)
        return cue if near else end

    def _elided(self, draft: Draft, setting: Setting) -> Referents:
        """Whoever spoke just before in the sentence, of whom a further verb tells."""
        start, end = draft.cue[0]
        left = self.text[max(0, start - 40) : start]
        if not _COORDINATED.search(left) or _PASSIVE.match(self.text, start, end):
            return ()
        for event in self.scene.speakers_before(start, 1):
            if self.scene.sentences.index(event.at) == self.scene.sentences.index(start):
                return event.referents
        return ()

    def _speaker(self, referent: Referent, ids: dict[Referent, str]) -> Speaker:
        if referent is self.references.author:
            return Speaker(byline(self.article), "author")
        return Speaker(referent.name, referent.kind, ids[referent], referent.by)

    def _entities(self, speaking: Iterable[Referents]) -> list[Referent]:
        """All who speak and all named, but for the author, in the order of the text."""
        found = dict.fromkeys(r for referents in speaking for r in referents)
        found |= dict.fromkeys(r for r in self.cast.referents if r.mentions and r.kinds)
        found.pop(self.references.author, None)
        return sorted(found, key=lambda r: min(r.mentions, default=(r.at, r.at)))

    def _entity(self, referent: Referent, id: str) -> Entity:
        mentions = sorted(set(referent.mentions))
        return Entity(
            id, referent.name, referent.kind, tuple(self.article.span(*m) for m in mentions)
        )

    def _grounds(self) -> tuple[Grounds, ...]:
        """How each draft's speakers were found, with all that is known at the text's end."""
        first = [referents[0] if referents else None for referents in self.found]
        ends = {r: sorted(end for _, end in r.mentions) for r in first if r is not None}
        return tuple(
            _ground(r, _back_to(ends[r], _place(draft)) if r else None, choices)
            for draft, r, choices in zip(self.drafts, first, self.choices, strict=True)
        )

    def _about(self, draft: Draft, ids: dict[Referent, str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for start, end in draft.content:
            for _, referent in self.cast.within(start, end):
                if referent in ids:
                    found[ids[referent]] = None
        return tuple(found)


def _order(text: str, drafts: Sequence[Draft]) -> list[int]:
    """Indexes of the drafts: outer statements before those inside them, else as they stand.

    Those of a headline come after their like, since it calls people by what the report
    tells first.
    """
    headline = max(0, text.find("\n"))

    def place(i: int) -> tuple[int, bool, int]:
        draft = drafts[i]
        depth, outer = 0, draft.inside
        while outer is not None and depth < _DEEPEST:
            depth, outer = depth + 1, drafts[outer].inside
        at = _place(draft)
        return depth, at < headline, at

    return sorted(range(len(drafts)), key=place)


def _place(draft: Draft) -> int:
    """Where a statement tells who speaks, or what stands instead."""
    return (draft.source or draft.cue or draft.content)[0][0]


def _back_to(ends: Sequence[int], at: int) -> int | None:
    """Characters back to the last of some mentions; None where all come after."""
    before = bisect_right(ends, at)
    return at - ends[before - 1] if before else None


def _ground(referent: Referent | None, distance: int | None, choices: Sequence[Choice]) -> Grounds:
    told = Grounds(
        rivals=max((choice.rivals for choice in choices), default=0),
        lead=min((choice.lead for choice in choices), default=0.0),
    )
    if referent is None:
        return told
    return replace(
        told,
        named=referent.named,
        titled=referent.titled,
        place=referent.places > 0,
        signs=sum(referent.kinds.values()),
        distance=distance,
    )


def _is_quoted(text: str, outer: Draft, at: int) -> bool:
    """Whether a place in a statement's content is in its speaker's own words."""
    if not outer.cue or text[outer.cue[0][0] : outer.cue[0][1]].strip() == ":":
        return True
    for start, end in outer.content:
        if start <= at < end:
            before = text[max(start, at - _LONGEST) : at]
            opened = before.count("“") + before.count("«") + before.count("„")
            closed = before.count("”") + before.count("»")
            return before[:1] in tuple(_QUOTES) or opened > closed or before.count('"') % 2 == 1
    return False


def byline(article: Article) -> str | None:
    """The author's name as it came with the article."""
    name = article.extra.get("byline") or article.extra.get("author")
    return name if isinstance(name, str) else None
