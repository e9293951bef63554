"""Who bears a name: an article's referents under all that they may be called by.

Names of several words are sought by their whole, by their first and last words and by their
stems; of several whom one word may mean, the likeliest is who was seen most and last.
"""

import math
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from itertools import islice

from sayso.reader.speakers.forms import (
    LONG,
    STEM,
    Key,
    abbreviates,
    is_one_off,
    is_tail,
    same_name,
    stems,
    surname,
)
from sayso.reader.speakers.lexicon import (
    CHAMBERS,
    CORPORATE,
    ORGANISATIONS,
    PARTICLES,
    PARTIES,
    words,
)
from sayso.reader.speakers.names import Name, bare, shape
from sayso.reader.speakers.referents import (
    BODY,
    PAPERS,
    PERSON,
    Referent,
    apart,
    is_body,
    is_first_name,
    is_opening,
    is_tied,
    is_where,
    may_be,
    may_end,
)

_FADES = 1500  # characters in which one mention's worth of presence is lost
_PROBABLE = 0.8
_SHORTEST = 3  # letters of a first name that is cut
_SHORT = frozenset(("al", "di", "ed", "jo", "mo", "si", "ty", "vi"))  # and those of two
_TIES = frozenset(("and", "at", "for", "in", "of"))
_BEFORE_FIRST_NAMES = words("sir dame lord lady coach uncle aunt auntie brother sister")
_RIVALS = 40  # how many bearers of one surname are compared


class Words:
    """Words in order, to look up those that begin alike."""

    def __init__(self) -> None:
        self._known: list[str] = []

    def add(self, word: str) -> None:
        """A word that is not there."""
        insort(self._known, word)

    def beginning(self, letters: str) -> list[str]:
        """Those that begin with some letters; none where more than _RIVALS do."""
        low = bisect_left(self._known, letters)
        high = bisect_right(self._known, letters, low, key=lambda word: word[: len(letters)])
        return self._known[low:high] if high - low <= _RIVALS else []


class Bearers:
    """The referents by their names."""

    def __init__(self, common: Set[str], is_headed: Callable[[Name], bool]) -> None:
        """`common`: the words that the text has in lower case too; `is_headed`: whether a name
        stands in a heading."""
        self.all: list[Referent] = []
        self._common = common
        self._is_headed = is_headed
        self._called: dict[Key, Referent] = {}
        self._by_last: defaultdict[str, list[Referent]] = defaultdict(list)
        self._by_first: defaultdict[str, list[Referent]] = defaultdict(list)
        self._by_stems: defaultdict[Key, list[Referent]] = defaultdict(list)
        self._alone: defaultdict[str, list[Referent]] = defaultdict(list)
        self._by_inner: defaultdict[str, list[Referent]] = defaultdict(list)
        self._by_initials: dict[str, Referent] = {}
        self._first_names, self._surnames = Words(), Words()
        self._last_seen: dict[Referent, int] = {}

    def __getitem__(self, name: Key) -> Referent:
        """Who is called by exactly these words."""
        return self._called[name]

    def add(self, referent: Referent) -> None:
        """A new one under its name."""
        self.all.append(referent)
        if len(referent.key) == 1:
            self._called.setdefault(referent.key, referent)
            self._alone[referent.key[0]].append(referent)
            return
        self._called[referent.key] = referent
        first, last = referent.key[0], surname(referent.key)
        if not self._by_first[first]:
            self._first_names.add(first)
        if not self._by_last[last]:
            self._surnames.add(last)
        self._by_first[first].append(referent)
        self._by_last[last].append(referent)
        self._by_stems[stems(referent.key)].append(referent)
        for word in referent.key[1:-1]:
            self._by_inner[word].append(referent)

    def call(self, referent: Referent, name: Key) -> None:
        """A further name of somebody."""
        self._called[name] = referent

    def also_call(self, referent: Referent, name: Key) -> None:
        """A further name of somebody, unless it is another's."""
        self._called.setdefault(name, referent)

    def abbreviate(self, referent: Referent, letters: str) -> None:
        """What initials stand for, unless they stand for another."""
        self._by_initials.setdefault(letters, referent)

    def saw(self, referent: Referent, at: int) -> None:
        """Somebody is named at a place, the last so far."""
        self._last_seen[referent] = at

    def whole(self, name: Name) -> Referent | None:
        """Who is called by a name of several words, or by a longer form of it."""
        return self._called.get(name.key) or self._longer(name)

    def _longer(self, name: Name) -> Referent | None:
        short = name.key
        rivals = [
            *self.ending(surname(short)),
            *self._by_first[short[0]][-_RIVALS:],
            *self._by_stems[stems(short)][-_RIVALS:],
        ]
        for referent in rivals:
            if not apart(name, referent) and (
                (same_name(short, referent.key) and not is_opening(name, referent))
                or abbreviates(short, referent.key)
            ):
                return referent
        return None

    def find(self, name: Name) -> Referent | None:
        """The referent that a name means where it stands, if it is known."""
        if len(name.words) > 1:
            return self.whole(name) or self._part(name.key)
        word = name.key[0]
        rivals = self._ending(name)
        if rivals:
            return self._choose(rivals, name)
        alone = self.alone(word)
        if alone:
            alike = [r for r in alone if not r.is_told_not(name.gender)]
            return self._choose(alike, name) if alike else None
        exact = self._called.get(name.key)
        if exact is not None and may_be(name, exact):
            return exact
        if word in self._by_initials and self._is_acronym(name.words[0]):
            return self._by_initials[word]
        party = next((self._called[k] for k in PARTIES.get(word, ()) if k in self._called), None)
        if party is not None:
            return party
        known = self._shortened(name) or self._pet(name)
        return known or self._inner(name) or self._misprinted(word, name)

    def _ending(self, name: Name) -> list[Referent]:
        """Who may be meant by the end of a name: "Amberley", "the Board" of the Arts Board."""
        word = name.key[0]
        known = self.ending(word)
        if word in ORGANISATIONS:
            known = known + [r for r in self._by_first[word][-_RIVALS:] if is_tail(r.key[1:])]
            if word in CHAMBERS:
                known = [r for r in known if {"of", "us"} & set(r.key)]
            return [r for r in known if is_body(r) and may_be(name, r)]
        named = [r for r in known if shape(r.key) != "organisation" and may_be(name, r)]
        ended = [r for r in named if may_end(name, r)]
        if ended or name.likeliest != BODY:
            return ended
        return [r for r in known if is_body(r) and not is_tied(r) and may_be(name, r)]

    def _is_acronym(self, word: str) -> bool:
        """Whether a word may stand for initials, as a word is spelt too: "Nasa"."""
        if word.isupper():
            return len(word) > 1
        return len(word) >= STEM and word[0].isupper() and bare(word) not in self._common

    def _pet(self, name: Name) -> Referent | None:
        """The only one told before whose first name is cut: "Jo" of "Joanne Amberley", not "Paul"
        of "Paula" nor "Mr Kim" of "Kimberly"."""
        word = name.key[0]
        short = len(word) < _SHORTEST and word not in _SHORT
        formal = name.titled and name.title not in _BEFORE_FIRST_NAMES
        if formal or name.likeliest != PERSON or short:
            return None
        found = (
            referent
            for first in self._first_names.beginning(word)
            if len(first) - len(word) > 1
            for referent in self._by_first[first]
            if self._is_told(referent, name)
        )
        return _only_person(name, found)

    def _inner(self, name: Name) -> Referent | None:
        """The only one who has a word within: the "Ferrán" of Lucía Ferrán Montalbo."""
        word = name.key[0]
        if name.likeliest != PERSON or len(word) < _SHORTEST or word in PARTICLES:
            return None
        return _only_person(name, self._by_inner[word][-_RIVALS:])

    def _is_told(self, referent: Referent, name: Name) -> bool:
        """Whether somebody was told of before a name, as everybody is before a headline's."""
        return referent.at < name.start or self._is_headed(name)

    def _misprinted(self, word: str, name: Name) -> Referent | None:
        """The only person whose surname is one letter away: "Barot" for "Jacques Barrot"."""
        if len(word) < LONG or name.kinds is None or name.sort != "person":
            return None
        found = (
            referent
            for last in self._surnames.beginning(word[0])
            if is_one_off(last, word)
            for referent in self._by_last[last]
        )
        return _only_person(name, found)

    def rivals(self, name: Name) -> frozenset[Referent]:
        """All who may be meant by a name of one word that several bear."""
        if len(name.words) > 1:
            return frozenset()
        known = self.find(name)
        if known is not None and known.key == name.key:
            return frozenset()
        word = name.key[0]
        found = [*self.ending(word), *self._by_first[word][-_RIVALS:]]
        fits = [r for r in found if shape(r.key) != "organisation" and may_be(name, r)]
        if name.gender:
            fits = [r for r in fits if r.gender in (None, name.gender)] or fits
        elif name.title:
            fits = [r for r in fits if name.title in r.titles] or fits
        return frozenset(fits)

    def alone(self, word: str) -> list[Referent]:
        """Those of whom the text has no more than one word: "Mr Bell" and "Mrs Bell"."""
        return self._alone.get(word, [])[-_RIVALS:]

    def ending(self, word: str) -> list[Referent]:
        """All whose names of several words end in a word."""
        return self._by_last.get(word, [])[-_RIVALS:]

    def family(self, name: Name) -> tuple[Referent, ...]:
        """All who bear the surname that a name is the plural of: "the Reeds"."""
        found = self._namesakes(name)
        return tuple(sorted(found, key=lambda r: r.at)) if len(found) > 1 else ()

    def namesake(self, name: Name) -> Referent | None:
        """The only one who bears the surname that a name is the plural of."""
        found = self._namesakes(name)
        return found[0] if len(found) == 1 else None

    def _namesakes(self, name: Name) -> list[Referent]:
        word = name.key[0]
        if len(name.words) > 1 or name.titled or not word.endswith("s") or self.ending(word):
            return []
        named = ([r for r in self.ending(w) if r.kind == "person"] for w in (word[:-1], word[:-2]))
        return max(named, key=len)

    def _part(self, words: Key) -> Referent | None:
        """A known name at the end or the start of capitals that say more: a headline's."""
        for n in range(len(words) - 1, 1, -1):
            known = self._called.get(words[-n:]) or self._called.get(words[:n])
            if known is not None:
                return known
        return None

    def _shortened(self, name: Name) -> Referent | None:
        """The bearer of a first name ("Ruth"), or the body that drops its tail ("Halden")."""
        rivals = []
        for referent in self._by_first[name.key[0]][-_RIVALS:]:
            kind = referent.kind if referent.is_known else None
            if not may_be(name, referent):
                continue
            if (kind == "person" and is_first_name(name, referent)) or (
                kind == "organisation"
                and (self._is_begun(name, referent) or set(referent.key[1:]) <= CORPORATE)
                and not is_where(name, referent)
            ):
                rivals.append(referent)
        return self._choose(rivals, name) if rivals else None

    def _is_begun(self, name: Name, body: Referent) -> bool:
        """Whether what is a body's name too begins the only such one told before: "Hanil" after
        "Hanil Optics", but not "Senate" after "Senate Rules Committee"."""
        first, last = body.key[0], body.key[-1]
        if name.likeliest != BODY or first in ORGANISATIONS or len(self._by_first[first]) > 1:
            return False
        owner = body.name.split()[0].casefold() != name.words[0].casefold()
        if owner or last in PAPERS or not _TIES.isdisjoint(body.key):
            return False
        return self._is_told(body, name)

    def _choose(self, rivals: list[Referent], name: Name) -> Referent:
        """Of several bearers of a surname: the title's gender, then who was seen last."""
        if name.gender and len(rivals) > 1:
            rivals = [r for r in rivals if r.gender in (None, name.gender)] or rivals
            known = [r for r in rivals if r.gender == name.gender]
            rivals = known or rivals
        if name.title and len(rivals) > 1:
            rivals = [r for r in rivals if name.title in r.titles] or rivals
        return max(rivals, key=lambda r: (self._presence(r, name.start), -r.at))

    def _presence(self, referent: Referent, at: int) -> float:
        """How much a bearer of a surname is on stage: often named, and not long ago."""
        if referent not in self._last_seen:
            return -math.inf
        away = at - self._last_seen[referent]
        return math.sqrt(len(referent.mentions)) - away / _FADES


def _only_person(name: Name, found: Iterable[Referent]) -> Referent | None:
    """The only one of these who is surely a person and may have the name; nobody of two."""
    people = (r for r in found if r.sorts[PERSON] > _PROBABLE and may_be(name, r))
    first = list(islice(people, 2))
    return first[0] if len(first) == 1 else None
