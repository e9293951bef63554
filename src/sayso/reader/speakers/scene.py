"""Who is on stage at a place of the text: the mentions that a reference may refer to."""

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sayso.reader.drafts import Bounds, Draft
from sayso.reader.encoder import Floats
from sayso.reader.sight import VECTOR, Sight
from sayso.reader.speakers import mentions
from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.features import PLACED, Reference, Stage, rows
from sayso.reader.speakers.groups import Group, Told, together
from sayso.reader.speakers.judge import NEW, NOBODY, Choice, Judge, Options
from sayso.reader.speakers.mentions import FORMS, LIST, OPEN, TOGETHER, Parties, Party
from sayso.reader.speakers.nouns import Nouns
from sayso.reader.speakers.referents import WORD, Referent
from sayso.reader.speakers.roles import Roles
from sayso.reader.speakers.sentences import Sentences
from sayso.reader.tokens import Flags, Ints

_BEFORE, _AFTER = 60, 12  # mentions looked at on both sides of a reference
_NOBODY_THERE = Choice((), new=False, probability=1.0)
_PAIR = 2
_SENTENCES = 4  # in which two are looked for
_ACTING = ("person", "organisation")
_BOTH = re.compile(r"\b(?:both|each|either|neither)\b", re.I)
_HOLDERS = 12  # mentions farther away, of those who have the role
_EVENTS = 8
_OF_PEOPLE = frozenset(("group", "anonymous"))
_OF_ONE = frozenset(("person", "anonymous"))
_OF_SEVERAL = frozenset(("they", "we", "group", "person"))
_SUBJECT = 25  # characters from the start of a sentence in which its subject begins
_LEAD = 1  # the last paragraph of a report's opening
_ASKED_BY = re.compile(
    r"\b(?:asked|questioned|examined|interviewed|pressed|quizzed|challenged)\b[^.!?;]{0,40}\bby\s+"
    r"(?:(?:the\s)?[A-Z][a-z]{0,3}\.?\s)?",
    re.I,
)
"""Before the name of one who asks: in "asked by Ms Reed, she said" somebody else answers."""


@dataclass(frozen=True, slots=True)
class _Event:
    """A source that has been resolved."""

    at: int
    end: int
    party: Party
    nested: bool
    """Whether it stands in what somebody else says."""


class Scene:
    """The article as far as it is resolved: its mentions, and who has spoken where."""

    def __init__(
        self,
        cast: Cast,
        nouns: Nouns,
        roles: Roles,
        drafts: Sequence[Draft],
        sight: Sight | None,
        judge: Judge,
    ) -> None:
        self.text = cast.text
        self.cast = cast
        self.nouns = nouns
        self.sentences = Sentences(self.text)
        self.roles = roles
        self.judge = judge
        self.sight = sight
        self.choices: list[Choice] = []
        """All that were made, in order."""
        self._parties = Parties()
        spans = [draft.place for draft in drafts]
        flows = np.array([not draft.source for draft in drafts], bool)
        self._mentions = mentions.gather(cast, nouns, spans, flows, self._parties)
        self._events: list[_Event] = []
        self._nested = [draft.inside is not None for draft in drafts]
        self._spoken: defaultdict[Party, list[int]] = defaultdict(list)
        self._contents = mentions.merged(span for draft in drafts for span in draft.content)
        self._study()

    def _study(self) -> None:
        """What is known of each mention from the start."""
        found = self._mentions
        starts, text = found.starts, self.text
        self._sentence = np.searchsorted(self.sentences.starts, starts, "right") - 1
        self._paragraph = np.searchsorted(self.sentences.paragraphs, starts, "right") - 1
        opening = np.array(self.sentences.starts, np.int64)[self._sentence]
        self._subject: Flags = starts - opening < _SUBJECT
        self._in_content: Flags = mentions.inside(starts, self._contents)
        asking = {match.end() for match in _ASKED_BY.finditer(text)}
        self._asks: Flags = np.array([start in asking for start in starts.tolist()], bool)
        self._forms = np.eye(len(FORMS), dtype=np.float32)[found.form]
        self._meant = self._vectors(starts, found.ends, asked=False)
        self._first: dict[int, int] = {}
        for row, party in enumerate(found.party.tolist()):
            self._first.setdefault(party, row)

    def _vectors(self, starts: Ints, ends: Ints, *, asked: bool) -> Floats:
        """The mean of the tokens' vectors in each stretch of the text."""
        if self.sight is None or not len(self.sight.starts):
            return np.zeros((len(starts), VECTOR), np.float32)
        source = self.sight.asking if asked else self.sight.meant
        low = np.minimum(self.sight.starts.searchsorted(starts), len(source) - 1)
        high = np.maximum(self.sight.starts.searchsorted(ends), low + 1)
        sizes = high - low
        total = np.zeros((len(starts), source.shape[1]), np.float32)
        for n in range(int(sizes.max(initial=0))):
            longer = np.flatnonzero(sizes > n)
            total[longer] += source[low[longer] + n]
        mean: Floats = (total / sizes[:, None]).astype(source.dtype).astype(np.float32)
        return mean

    def spoke(self, draft: int, at: int, end: int, party: Party) -> None:
        """Remember whom the source of a draft meant."""
        if party:
            self._mentions.party[self._mentions.slots[draft]] = self._parties.number(party)
            insort(
                self._events,
                _Event(at, end, party, self._nested[draft]),
                key=lambda event: event.at,
            )
            insort(self._spoken[party], at)

    def meant(self, place: Bounds, party: Party) -> None:
        """Remember whom a pronoun or a noun meant that is no source."""
        row = self._mentions.plain.get(place)
        if row is not None and party:
            self._mentions.party[row] = self._parties.number(party)

    def speakers_before(self, at: int, count: int = _EVENTS) -> list[_Event]:
        """The last sources resolved before a place, the nearest first."""
        i = bisect_right(self._events, at - 1, key=lambda event: event.at)
        return self._events[max(0, i - count) : i][::-1]

    def listed(self, end: int) -> Party:
        """Those whom a list that ends here names together; nobody where none ends here."""
        found = self._mentions
        lists = found.party[(found.ends == end) & (found.form == LIST)].tolist()
        return self._parties.found[lists[0]] if lists else ()

    def pair_before(self, at: int) -> Party:
        """The only two people or bodies with names in the sentence up to a place or in the one
        before, or before those that tell of both; nobody where there are no such two."""
        end, sentence = at, self.sentences.index(at)
        for n in range(sentence, max(-1, sentence - _SENTENCES), -1):
            start = self.sentences.starts[n]
            here = dict.fromkeys(referent for _, referent in self.cast.within(start, end))
            known = [r for r in here if r.is_known and not r.is_place]
            if len(known) >= _PAIR:
                alike = ([r for r in known if r.kind == kind] for kind in _ACTING)
                return next((tuple(pair) for pair in alike if len(pair) == _PAIR), ())
            if n < sentence and not _BOTH.search(self.text, start, end):
                return ()
            end = start
        return ()

    def choose(self, asked: Reference) -> Choice:
        """Whom a reference means, as the judge has it; nobody where nobody can be meant."""
        choice = self.likeliest(asked)
        if choice is not _NOBODY_THERE:
            self.choices.append(choice)
        return choice

    def likeliest(self, asked: Reference) -> Choice:
        """The same of what is only a part of a reference, on which nothing else depends."""
        options = self._options(asked)
        return self.judge.choose(asked, options) if len(options.index) else _NOBODY_THERE

    def _options(self, asked: Reference) -> Options:
        picked = self._picked(asked)
        numbers = self._mentions.party[picked]
        placed, meant = self._placed(asked, picked, numbers), self._meant[picked]
        spoke = [event.party for event in self.speakers_before(asked.at)]
        groups = self._together(asked, picked, numbers, spoke)
        agree = self._agree(asked, numbers)
        for party, places in groups:
            row = placed[places[-1]].copy()
            row[: len(FORMS)] = np.eye(len(FORMS))[TOGETHER]
            placed = np.concatenate([placed, row[None]])
            meant = np.concatenate([meant, meant[places].mean(0)[None]])
            numbers = np.append(numbers, self._parties.number(party))
        agree = np.append(agree, np.ones(len(groups), bool))
        placed, meant, numbers = placed[agree], meant[agree], numbers[agree]
        special = [NEW] * asked.or_new + [NOBODY] * asked.or_nobody
        extra = np.zeros((len(special), len(PLACED)), np.float32)
        for n, number in enumerate(special):
            extra[n, len(FORMS) + (number == NOBODY)] = 1
        told = numbers.tolist()
        known = sorted(set(told))
        place = {number: n for n, number in enumerate(known)}
        index = np.array([*(place[number] for number in told), *special], np.int64)
        parties = [self._parties.found[number] for number in known]
        times = [bisect_left(self._spoken[party], asked.at) for party in parties]
        placed = np.concatenate([placed, extra])
        none = np.zeros((len(special), meant.shape[1]), np.float32)
        return Options(
            parties=parties,
            index=index,
            rows=rows(asked, parties, index, Stage(spoke, self.roles.fit), times, placed),
            asking=self._vectors(np.array([asked.at]), np.array([asked.end]), asked=True)[0],
            meant=np.concatenate([meant, none]),
        )

    def _agree(self, asked: Reference, numbers: Ints) -> Flags:
        """Which parties agree with the number of those that are meant."""
        if not (asked.plural or asked.form in _OF_ONE or (asked.many or 1) > 1):
            return np.ones(len(numbers), bool)
        agrees = {n: _is_as_many(asked, self._parties.found[n]) for n in set(numbers.tolist())}
        return np.array([agrees[n] for n in numbers.tolist()], bool)

    def _together(
        self, asked: Reference, picked: Ints, numbers: Ints, spoke: Sequence[Party]
    ) -> list[Group]:
        """Several who may be meant, whom nothing names together."""
        if asked.form not in _OF_SEVERAL or asked.many == 1:
            return []
        told: list[Told] = []
        starts, sentences = self._mentions.starts[picked], self._sentence[picked]
        for place, number in enumerate(numbers.tolist()):
            party = self._parties.found[number]
            if starts[place] < asked.at and len(party) == 1 and party[0].named:
                told.append((place, int(sentences[place]), party[0]))
        known = {frozenset(self._parties.found[number]) for number in set(numbers.tolist())}
        found = together(told, spoke, self.sentences.index(asked.at), asked.many)
        return [(party, places) for party, places in found if frozenset(party) not in known]

    def _picked(self, asked: Reference) -> Ints:
        """The mentions nearest to a reference, and those of who has the role that it names."""
        found = self._mentions
        before = int(found.starts.searchsorted(asked.at))
        after = int(found.starts.searchsorted(asked.end))
        wanted = self._wanted(asked)
        backwards = found.party[:before][::-1]
        earlier = [before - 1 - n for n in _nearest(backwards, wanted, _BEFORE)]
        later = [after + n for n in _nearest(found.party[after:], wanted, _AFTER)]
        far: list[int] = []
        for _, referent in self.roles.holders.get(asked.head, ())[-_HOLDERS:]:
            row = self._first.get(self._parties.number((referent,)))
            if row is not None and not asked.at <= found.starts[row] < asked.end:
                far.append(row)
        rows = np.array(sorted({*earlier, *later, *far}), np.int64)
        numbers = found.party[rows].tolist()
        able = {n for n in set(numbers) if _may_mean(asked, self._parties.found[n], self.cast.text)}
        return rows[[number in able for number in numbers]]

    def _wanted(self, asked: Reference) -> Ints | None:
        """The numbers of the only parties that can be meant, where that is known."""
        if asked.among is None:
            return None
        return np.array([self._parties.number((referent,)) for referent in asked.among], np.int64)

    def _placed(self, asked: Reference, picked: Ints, numbers: Ints) -> Floats:
        """How each mention stands to the reference, by the columns PLACED."""
        found = self._mentions
        starts = found.starts[picked]
        after = starts >= asked.end
        sentence = self.sentences.index(asked.at) - self._sentence[picked]
        paragraph = self.sentences.paragraph(asked.at) - self._paragraph[picked]
        away = np.abs(np.where(after, starts - asked.end, asked.at - found.ends[picked]))
        between, last, first = _ranks(numbers, int((~after).sum()))
        columns = [
            after,
            sentence == 0,
            sentence == 1,
            paragraph == 0,
            paragraph == 1,
            np.log2(1 + np.maximum(away, 0) / 40) / 4,
            np.log2(1 + between) / 3,
            np.log2(1 + _distance(len(picked), int((~after).sum()))) / 4,
            self._in_content[picked],
            mentions.inside(starts, asked.own),
            self._subject[picked],
            self._subject[picked] & (sentence == 0),
            found.possessive[picked],
            self._asks[picked] & (sentence == 0),
            self._paragraph[picked] <= _LEAD,
            last,
            first,
        ]
        out = np.zeros((len(picked), len(PLACED)), np.float32)
        out[:, : len(FORMS)] = self._forms[picked]
        for n, column in enumerate(columns, len(PLACED) - len(columns)):
            out[:, n] = column
        return out


def _may_mean(asked: Reference, party: Party, text: str) -> bool:
    """Nobody who is named within the words ("the Pell family" is no Pell), who says "I" there for
    "she", nor whose it is for "her lawyer"; no letter for "the groups", and no body for "a
    spokesman" or "her son"."""
    if not asked.apart.isdisjoint(party):
        return False
    if asked.form == "he or she" and party == asked.me:
        return False
    if asked.form == "we" and asked.outer and _are_others(asked, party):
        return False
    if len(party) > 1:
        return not asked.alone
    known = party[0]
    if asked.possessor is known:
        return False
    if not known.named:
        if asked.form in _OF_PEOPLE and known.kind == "document":
            return False
        return not (asked.proper and _is_anothers(asked, known, text))
    if asked.proper and _lends_name(asked, known):
        return False
    if asked.form not in _OF_ONE:
        return True
    person, body, place, _ = known.sorts
    if asked.form == "person":
        return asked.gender is None or max(body, place) <= person
    return asked.many != 1 or body <= person


def _are_others(asked: Reference, party: Party) -> bool:
    """Whether these are people without any of those who say "we"."""
    return all(r.named and r.sorts[0] > max(r.sorts[1:3]) for r in party) and not any(
        r in asked.outer for r in party
    )


def _is_as_many(asked: Reference, party: Party) -> bool:
    """Not one with a name for "both" or "the two groups", no person for "her aides", and no
    Norland officials for "an official"."""
    if len(party) > 1:
        return True
    if not party[0].named:
        return not (asked.form in _OF_ONE and asked.many == 1 and party[0].plural)
    if asked.many is not None and asked.many > 1:
        return False
    person, body, _, _ = party[0].sorts
    return not asked.plural or person <= body or asked.head in asked.proper


def _lends_name(asked: Reference, known: Referent) -> bool:
    """Whether a description has a person's name and means another: "the Pell camp" is no Pell."""
    if asked.owned or asked.head in asked.proper or asked.proper.isdisjoint(known.words):
        return False
    person, body, _, _ = known.sorts
    return person > body


def _is_anothers(asked: Reference, known: Referent, text: str) -> bool:
    """Whether both are called by names, and by different ones: "a Norland spokesman" is none of
    Hallin's. A first word with no article before it has its capital from the sentence."""
    wanted = {word for word in asked.proper if len(word) > 1}
    if not wanted or wanted & known.words:
        return False
    first, *others = WORD.findall(known.name) or ("",)
    begun = bool(others) and (first.isupper() or not text.startswith(known.name, known.worded))
    return (begun and first[0].isupper()) or any(word[0].isupper() for word in others)


def _nearest(party: Ints, wanted: Ints | None, many: int) -> list[int]:
    """The first places that have a party, and one that is wanted."""
    found: list[int] = []
    at, size = 0, 2 * many
    while at < len(party) and len(found) < many:
        part = party[at : at + size]
        fits = part != OPEN if wanted is None else np.isin(part, wanted)
        found += (at + np.flatnonzero(fits)).tolist()
        at, size = at + size, 2 * size
    return found[:many]


def _distance(many: int, before: int) -> Ints:
    """How many mentions stand between each and the reference."""
    place = np.arange(many)
    return np.where(place < before, before - 1 - place, place - before)


def _ranks(numbers: Ints, before: int) -> tuple[Ints, Flags, Flags]:
    """Of each mention: how many other parties are nearer, whether it is its party's nearest
    before the reference, and whether it is its party's first of all."""
    told = numbers.tolist()
    many = len(told)
    between, last, first = [0] * many, [False] * many, [False] * many
    for order in (range(before - 1, -1, -1), range(before, many)):
        seen: dict[int, int] = {}
        for i in order:
            number = told[i]
            if number not in seen:
                seen[number] = len(seen)
                last[i] = i < before
            between[i] = seen[number]
    known: set[int] = set()
    for i, number in enumerate(told):
        first[i] = number not in known
        known.add(number)
    return np.array(between, np.int64), np.array(last, bool), np.array(first, bool)
