"""Whom each source means: the fullest name that the article has for it.

Statements are resolved in the order of the text, the outermost first, since those inside
them lean on their speakers ("I" in a quotation is whoever is quoted).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from sayso.reader.drafts import Bounds, Draft, RefusalDraft
from sayso.reader.evidence import Grounds
from sayso.reader.sight import Sight
from sayso.reader.speakers.about import About
from sayso.reader.speakers.authors import authors_of
from sayso.reader.speakers.authorship import may_write
from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.flow import Turns, refuser
from sayso.reader.speakers.genders import follow
from sayso.reader.speakers.judge import Choice, Judge, log_odds
from sayso.reader.speakers.mentions import Party
from sayso.reader.speakers.nouns import Nouns
from sayso.reader.speakers.others import Others
from sayso.reader.speakers.phrases import FIRST, parse
from sayso.reader.speakers.references import References, Setting
from sayso.reader.speakers.referents import Referent
from sayso.reader.speakers.roles import study
from sayso.reader.speakers.scene import Scene
from sayso.reader.speakers.tagged import seen_names
from sayso.reader.speakers.voices import Voices
from sayso.reader.wraps import Unwrapped, unwrapped
from sayso.types import Article, Entity, Speaker

_QUOTES = "\"“”„«»‘'`"
_BREAK = re.compile(r"[.,;:!?\n“”\"]")
_STORY = re.compile(
    r"(?:[Aa]s |[Ss]o )?(?:[Tt]he )?(?:[a-z]+ )?"
    r"(?:[Jj]oke|[Ll]egend|[Ss]aying|[Ss]tory|[Tt]ale|[Ww]ord) "
    r"(?:goes(?! on| back| to)|ha[sd] it)\b"
)
"""A source that is nobody: "so the story goes"."""
_CLEAR = 0.8  # probability at which a speaker has no runner-up
_NOUN = 40  # characters of a noun between its article and the cue
_DEEPEST = 12  # levels of quotation that are told apart
_LONGEST = 4000  # characters of a quotation that are searched for its opening mark


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who speaks in each draft and refusal, who there is, and who is spoken about."""

    speakers: tuple[tuple[Speaker, ...], ...]
    runners_up: tuple[tuple[Speaker, ...], ...]
    """Of each draft whose speakers are doubtful, whom its source may mean instead."""
    refusers: tuple[tuple[Speaker, ...], ...]
    entities: tuple[Entity, ...]
    about: tuple[tuple[str, ...], ...]
    grounds: tuple[Grounds, ...]
    """How each draft's speakers were found."""


def resolve(
    article: Article,
    drafts: Sequence[Draft],
    refusals: Sequence[RefusalDraft],
    sight: Sight | None,
    judge: Judge,
) -> Resolution:
    """The speakers of every draft and refusal, in their order.

    Without sight, names are found by rules alone and nothing is known of how they are used.
    """
    flat = unwrapped(article.text)
    if flat is None:
        return Resolver(article, drafts, sight, judge).resolution(refusals)
    moved = [_moved(draft, flat) for draft in drafts]
    asked = [replace(refusal, span=flat.bounds(*refusal.span)) for refusal in refusals]
    seen = sight and sight.unwrapped(flat)
    found = Resolver(replace(article, text=flat.text), moved, seen, judge).resolution(asked)
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


class Resolver:
    """One article while its sources are being resolved."""

    def __init__(
        self, article: Article, drafts: Sequence[Draft], sight: Sight | None, judge: Judge
    ) -> None:
        self.article = article
        self.text = article.text
        self.drafts = drafts
        self.cast = Cast(article, seen_names(article.text, sight, judge) if sight else None)
        roles = study(self.cast)
        nouns = Nouns(self.text, frozenset(roles.holders))
        self.scene = Scene(self.cast, nouns, roles, drafts, sight, judge)
        follow(self.cast, self.scene.sentences)
        self.references = References(self.scene)
        self.voices = Voices(self.text, drafts)
        self.others = Others(self.cast, self.voices, drafts)
        self.turns = Turns(self.cast, roles, byline(article))
        self.found: list[Party] = [()] * len(drafts)
        self._outer_first = _order(self.text, drafts)
        self._by_source: dict[tuple[Bounds, ...], int] = {}
        """The first draft with a source: from the same words one and the same speaks."""
        self.choices: list[list[Choice]] = [[] for _ in drafts]

    def sources(self) -> None:
        """Find whom the source of each draft means."""
        for i in self._outer_first:
            begun = len(self.scene.choices)
            self.found[i] = self._speakers(i, self.drafts[i])
            first = self._by_source.get(self.drafts[i].source, i)
            self.choices[i] = self.scene.choices[begun:] if first == i else self.choices[first]

    def is_source(self, at: int) -> bool:
        """Whether a place is within the source of a draft."""
        return any(start <= at < end for draft in self.drafts for start, end in draft.source)

    def setting_at(self, place: Bounds, inside: int | None) -> Setting:
        """How what stands at a place is to be taken, in the content of a draft or in none."""
        if inside is None:
            return Setting(*place)
        draft, speaking = self.drafts[inside], self.voices.speaking(inside, place[0])
        return Setting(
            *place,
            outer=self.found[inside],
            nested=True,
            quoted=speaking is not None,
            addressees=self._addressees(draft),
            me=() if speaking is None else self.found[speaking],
        )

    def resolution(self, refusals: Sequence[RefusalDraft]) -> Resolution:
        self.sources()
        refusers = [refuser(self.text, refusal, self.references) for refusal in refusals]
        doubts = self._next()
        self._find_authors(doubts)
        about = About(self.references, self.drafts, self.found, self.setting_at)
        entities = self._entities([*self.found, *refusers, *doubts])
        ids = {referent: f"e{n}" for n, referent in enumerate(entities, 1)}

        def named(party: Party) -> tuple[Speaker, ...]:
            return tuple(self._speaker(referent, ids) for referent in party)

        return Resolution(
            speakers=tuple(map(named, self.found)),
            runners_up=tuple(map(named, doubts)),
            refusers=tuple(map(named, refusers)),
            entities=tuple(self._entity(referent, ids[referent]) for referent in entities),
            about=tuple(
                tuple(ids[r] for r in about.of(draft) if r in ids) for draft in self.drafts
            ),
            grounds=self._grounds(),
        )

    def _find_authors(self, doubts: Sequence[Party]) -> None:
        """Give the documents that speak their authors, by all places that mention them."""
        nouns = self.scene.nouns
        outer_first = (self.found[i] for i in self._outer_first)
        speaking = (r for party in (*outer_first, *doubts) for r in party)
        places = {r: set(r.mentions) for r in speaking if r.kind == "document"}
        for draft, party in zip(self.drafts, self.found, strict=True):
            if draft.source and len(party) == 1 and party[0] in places:
                places[party[0]].add((draft.source[0][0], draft.source[-1][1]))
        for noun, owner in zip(nouns.nouns, nouns.owners, strict=True):
            if owner in places:
                places[owner].add((noun.start, noun.end))
        able = frozenset(r for r in (*self.cast.referents, *nouns.owners) if may_write(r))
        known: dict[Referent, Party] = {}
        whom = partial(self._whom, able, known)
        for document, where in places.items():
            authors = authors_of(document, sorted(where), self.cast, self.scene.sentences, whom)
            known[document] = authors
            document.by = tuple(dict.fromkeys(author.name for author in authors))

    def _whom(
        self, able: frozenset[Referent], known: Mapping[Referent, Party], start: int, end: int
    ) -> Party:
        """Whom a phrase means that names a document's authors: "our" in a letter, those that are
        known to have written it."""
        inside = [
            (right - left, i)
            for i, draft in enumerate(self.drafts)
            for left, right in draft.content
            if left <= start < right
        ]
        setting = self.setting_at((start, end), min(inside)[1] if inside else None)
        found: dict[Referent, None] = {}
        for part in parse(self.text, start, end, self.cast.names_in(start, end)):
            here = replace(setting, at=part.start, end=end)
            if part.head in FIRST and known.keys() & set(setting.outer):
                return tuple(writer for r in setting.outer for writer in known.get(r, ()))
            for writer in self.references.writers(part, here, able):
                found |= dict.fromkeys(known.get(writer, (writer,)))
        return tuple(found)

    def _next(self) -> list[Party]:
        """Of each statement, whom its source may mean instead; blank where that is told."""
        return [
            choices[0].next if len(choices) == 1 and choices[0].probability < _CLEAR else ()
            for choices in self.choices
        ]

    def _speakers(self, i: int, draft: Draft) -> Party:
        setting = self._setting(i, draft)
        if draft.source:
            first = self._by_source.setdefault(draft.source, i)
            party = self._from_source(draft, setting) if first == i else self.found[first]
        else:
            here = replace(setting, alone=self.voices.says_i(i))
            party = self.references.alone("elided" if draft.cue else "flow", here)
        if draft.kind and party and party[0].named and draft.kind != "author":
            party[0].kinds[draft.kind] += 2
        self.scene.spoke(i, setting.at, setting.end, party)
        return party

    def _setting(self, i: int, draft: Draft) -> Setting:
        here = self.setting_at(draft.place, draft.inside)
        if draft.inside is not None:
            outer = self.drafts[draft.inside]
            here = replace(here, quoted=_is_quoted(self.text, outer, here.at))
        apart = self.others.of(i, self.found)
        return replace(here, draft=i, own=draft.content, kind=draft.kind, apart=apart)

    def _addressees(self, draft: Draft) -> Party:
        if draft.addressee is None:
            return ()
        found = [referent for _, referent in self.cast.within(*draft.addressee)]
        return tuple(found[:1])

    def _from_source(self, draft: Draft, setting: Setting) -> Party:
        found: dict[Referent, None] = {}
        for start, end in draft.source:
            if _STORY.match(self.text, start):
                continue
            beside: dict[Referent, None] = {}
            start, label = self.turns.label(start, end)
            if label in self.turns.known:
                found |= dict.fromkeys(self.turns.known[label])
                continue
            speaker = self.turns.speaker(start, end)
            if speaker is not None:
                found[speaker] = None
                continue
            end = self._noun_end(draft, start, end)
            names = self.cast.names_in(start, end)
            parts = parse(self.text, start, end, names)
            for n, part in enumerate(parts):
                here = replace(
                    setting,
                    at=part.start,
                    end=end,
                    kind=None if n else draft.kind,
                    joint=len(parts) > 1,
                    apart=(*setting.apart, *beside),
                )
                beside |= dict.fromkeys(self.references.resolve(part, here))
            if label:
                self.turns.known[label] = tuple(beside)
            found |= beside
        return tuple(found)

    def _noun_end(self, draft: Draft, start: int, end: int) -> int:
        """The end of a source that is an article alone, its noun left to stand before the cue."""
        if self.text[start:end].casefold() not in ("a", "an", "the") or not draft.cue:
            return end
        cue = draft.cue[0][0]
        near = end < cue < end + _NOUN and not _BREAK.search(self.text, end, cue)
        return cue if near else end

    def _speaker(self, referent: Referent, ids: dict[Referent, str]) -> Speaker:
        if referent is self.references.author:
            return Speaker(byline(self.article), "author")
        return Speaker(referent.name, referent.kind, ids[referent], referent.by)

    def _entities(self, speaking: Iterable[Party]) -> list[Referent]:
        """All who speak and all named, but for the author, in the order of the text."""
        found = dict.fromkeys(r for referents in speaking for r in referents)
        found |= dict.fromkeys(r for r in self.cast.referents if r.mentions and r.is_known)
        found.pop(self.references.author, None)
        return sorted(found, key=lambda r: min(r.mentions, default=(r.at, r.at)))

    def _entity(self, referent: Referent, id: str) -> Entity:
        mentions = _outermost({*referent.mentions, *referent.nouns})
        return Entity(
            id, referent.name, referent.kind, tuple(self.article.span(*m) for m in mentions)
        )

    def _grounds(self) -> tuple[Grounds, ...]:
        """How each draft's speakers were found, with all that is known at the text's end."""
        first = [referents[0] if referents else None for referents in self.found]
        ends = {
            r: sorted(end for _, end in r.mentions) for r in dict.fromkeys(first) if r is not None
        }
        return tuple(
            _ground(r, _back_to(ends[r], draft.place[0]) if r else None, choices)
            for draft, r, choices in zip(self.drafts, first, self.choices, strict=True)
        )


def _outermost(places: Iterable[Bounds]) -> list[Bounds]:
    """The places in order, without those inside others."""
    found: list[Bounds] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not found or end > found[-1][1]:
            found.append((start, end))
    return found


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
        at = draft.place[0]
        return depth, at < headline, at

    return sorted(range(len(drafts)), key=place)


def _back_to(ends: Sequence[int], at: int) -> int | None:
    """Characters back to the last of some mentions; None where all come after."""
    before = bisect_right(ends, at)
    return at - ends[before - 1] if before else None


def _ground(referent: Referent | None, distance: int | None, choices: Sequence[Choice]) -> Grounds:
    told = Grounds(
        chosen=bool(choices),
        lead=min((log_odds(choice.probability) for choice in choices), default=0.0),
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
