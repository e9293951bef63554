"""The cast of an article: whom its names mean, grouped by string evidence and kind.

"Ruth Amberley", "Dr Amberley" and "Amberley" are one referent; "the British Medical
Association (BMA)" and "BMA" another. Everything is found in one pass over the names, with
indexes by last word, first word and initials.
"""

import math
import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property
from itertools import islice, pairwise

from sayso.reader.speakers.forms import (
    LONG,
    STEM,
    Key,
    abbreviates,
    heading_lines,
    initials,
    is_one_off,
    is_tail,
    known_part,
    same_name,
    stems,
    surname,
)
from sayso.reader.speakers.lexicon import (
    CHAMBERS,
    CORPORATE,
    NOT_NAMES,
    ORGANISATIONS,
    PARTICLES,
    PARTIES,
    TITLES,
)
from sayso.reader.speakers.names import (
    TOKEN,
    Name,
    bare,
    find_names,
    is_capitalised,
    is_heading,
    shape,
)
from sayso.reader.speakers.referents import (
    BODY,
    PAPERS,
    PERSON,
    PLACE,
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
from sayso.types import Article

_OPENER = re.compile(r"(?:ed|ist|woman|keeper|-of-\w+)$")
_LOCATIVE = re.compile(
    r"\b(?:in|at|from|near|to|outside|across|around|of|into|through|via|towards?)\s+(?:the\s+)?$",
    re.I,
)
_HE = re.compile(
    r"\b(?:(he|his|himself)|(she|herself|her(?=\s+(?!(?:as|in|on|at|to|for|from|with|by|of|and|or|"
    r"but|that|when|while|if|after|before|because|who|the|an?|into|about|over|out|up|off)\b)\w)))\b",
    re.I,
)
"""What may mean the one named before in the same clause: not "him", not "her" as an object."""
_A = re.compile(r"\ban? $", re.I)
_NOUN_AFTER = re.compile(
    r"['’]|[ -](?!(?:in|at|of|for|on|with|to|by|that|which|who|has|is|was|had|will|would|says|"
    r"said|and|or|but|\w+(?:ed|ing))\b)[\w$£€]"
)
"""What stands after a name that is only the first part of a noun: "a Credit Union official"."""
_STOP = re.compile(r"[.!?][\"”’']*\s|\n|[“”\"]")
_SENTENCE = 200  # characters after a name in which its pronoun is looked for
_NOBLE = frozenset(("baroness", "baron", "viscount"))
_FADES = 1500  # characters in which one mention's worth of presence is lost
_PROBABLE = 0.8
_SHORTEST = 3  # letters of a first name that is cut
_SHORT = frozenset(("al", "di", "ed", "jo", "mo", "si", "ty", "vi"))  # and those of two
_RIVALS = 40  # how many bearers of one surname are compared


class Cast:
    """All named referents of an article, with the place of every name."""

    def __init__(self, article: Article, seen: Sequence[Name] | None = None) -> None:
        """`seen`: the names as the network tells them; else they are found by rules alone."""
        self.text = article.text
        self.common = frozenset(re.findall(r"\b[a-z][\w-]*", article.text))
        self._seen = seen is not None
        found = find_names(article.text) if seen is None else seen
        self._headings_at = heading_lines(article.text)
        self.names = self._without_openers(found) if seen is None else self._proper(found)
        self.referents: list[Referent] = []
        self._full: dict[Key, Referent] = {}
        self._by_last: defaultdict[str, list[Referent]] = defaultdict(list)
        self._by_first: defaultdict[str, list[Referent]] = defaultdict(list)
        self._first_names: list[str] = []  # all in order
        self._by_stems: defaultdict[Key, list[Referent]] = defaultdict(list)
        self._by_initials: dict[str, Referent] = {}
        self._last_seen: dict[Referent, int] = {}
        lines = [article.title or "", *(self.text[a:b] for a, b in self._headings_at)]
        self._headings = _heading_words(lines) | _inner_words(self.names)
        title = [] if not article.title or is_heading(article.title) else find_names(article.title)
        if self._seen:
            known = {name.key for name in self.names}
            title = [n for n in title if known_part(n, known) == (0, len(n.words))]
        self._register([*self.names, *title])
        self._pair_acronyms()
        self.starts = [name.start for name in self.names]
        self._read_pronouns()
        self.owners = [self._own(name) for name in self.names]

    def _without_openers(self, names: Sequence[Name]) -> list[Name]:
        """Without the words that open sentences: "Remember" in "Remember Dex Farrow?"."""
        full = Counter(name.key for name in names)
        ends = {name.key[-1] for name in names if not name.opens or len(name.words) == 1}

        def trimmed(name: Name) -> Name:
            rest = name.words[1:]
            if not name.opens or not rest or name.titled or full[name.key] > 1:
                return name
            opener = name.key[0] in self.common or bool(_OPENER.search(name.key[0]))
            known = full[name.key[1:]] or (len(rest) == 1 and name.key[-1] in ends)
            if not opener or not (known or (len(rest) > 1 and shape(rest) == "person")):
                return name
            start = self.text.index(rest[0], name.start + len(name.words[0]))
            return replace(name, start=start, lead=start, words=rest, opens=False)

        return [trimmed(name) for name in names]

    def _proper(self, names: Sequence[Name]) -> list[Name]:
        """Those of headlines cut to what the text has; none that only their capitals make a
        name: "New Poll"."""
        known = {name.key for name in names if len(name.key) > 1 and not self._is_headed(name)}
        found: list[Name] = []
        for name in names:
            if not self._is_headed(name):
                found.append(name)
            elif not set(name.key) <= self.common:
                found.append(self._cut(name, known))
        return found

    def _cut(self, name: Name, known: Set[Key]) -> Name:
        """The known name at an end of a headline's: "Ada Reed" of "Ada Reed Wins"."""
        low, high = known_part(name, known)
        if high - low == len(name.words):
            return name
        places = [match.span() for match in TOKEN.finditer(self.text, name.start, name.end)]
        if len(places) != len(name.words):
            return name
        start, lead = places[low][0], name.lead if not low else places[low][0]
        end = places[high - 1][1]
        return replace(name, start=start, end=end, lead=lead, words=name.words[low:high])

    def _is_headed(self, name: Name) -> bool:
        i = bisect_right(self._headings_at, (name.start, len(self.text))) - 1
        return i >= 0 and name.start < self._headings_at[i][1]

    def _register(self, names: Iterable[Name]) -> None:
        """A referent for each different full name, shorter forms joined to longer ones."""
        first: dict[Key, Name] = {}
        titles: defaultdict[Key, set[str]] = defaultdict(set)
        for name in names:
            if len(name.words) > 1:
                first.setdefault(name.key, name)
                titles[name.key].add(name.title)
        longest: defaultdict[Key, int] = defaultdict(int)
        for key in first:
            longest[stems(key)] = max(longest[stems(key)], sum(map(len, key)))

        def fullness(name: Name) -> tuple[int, bool, int]:
            cut = sum(map(len, name.key)) < longest[stems(name.key)]
            return -len(name.words), cut, name.start

        for name in sorted(first.values(), key=fullness):
            known = self._longer(name)
            if known is None:
                self._add(name).see(name)
            else:
                self._full[name.key] = known
            self._full[name.key].titles |= titles[name.key]
        for name in names:
            if len(name.words) > 1 and first[name.key] is not name:
                self._full[name.key].see(name)

    def _longer(self, name: Name) -> Referent | None:
        """Who has a name of several words in a longer form."""
        short = name.key
        rivals = [
            *self._by_last[surname(short)][-_RIVALS:],
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

    def _add(self, name: Name) -> Referent:
        words = name.words
        if name.kinds is not None:
            words = tuple(self.text[name.start : name.end].split())
        if all(w.isupper() for w in words) and len(words) > 1:
            words = tuple(w.title() if len(w) > 2 else w for w in words)
        if len(words) == 1 and name.title in _NOBLE:
            words = (name.title.title(), *words)
        referent = Referent(" ".join(words), name.key, name.start)
        kind = shape(name.words) if name.kinds is None else name.sort
        if name.titled:
            referent.kinds["person"] += 1
        if name.kinds is None:
            if kind is not None:
                referent.kinds[kind] += 1 + (kind == "organisation")
            elif len(name.words) > 1:
                referent.places += 1
        self.referents.append(referent)
        self._full[name.key] = referent
        if len(name.words) > 1:
            self._by_last[surname(name.key)].append(referent)
            if not self._by_first[name.key[0]]:
                insort(self._first_names, name.key[0])
            self._by_first[name.key[0]].append(referent)
            self._by_stems[stems(name.key)].append(referent)
            if kind == "organisation" and not any(w.isupper() and len(w) > 1 for w in words):
                self._by_initials.setdefault(initials(words), referent)
                self._by_initials.setdefault("".join(w[0] for w in name.key), referent)
        return referent

    def _pair_acronyms(self) -> None:
        """ "Fenwater Harbour Trust (FHT)": the brackets say that both are one."""
        for full, short in pairwise(self.names):
            if len(full.words) < 2 or len(short.words) > 1 or short.start - full.end > 3:
                continue
            if full.likeliest in (PERSON, PLACE):
                continue
            if self.text[full.end : short.start].strip() == "(" and short.words[0].isupper():
                self._full.setdefault(short.key, self._full[full.key])

    def _read_pronouns(self) -> None:
        """A "he" or "she" that follows a full name before anybody else is named."""
        following = [*self.starts, len(self.text)][1:]
        for name, after in zip(self.names, following, strict=True):
            if len(name.words) < 2 or name.possessive or self.is_place(name):
                continue
            stop = _STOP.search(self.text, name.end, name.end + _SENTENCE)
            end = min(stop.start() if stop else name.end + _SENTENCE, after)
            match = _HE.search(self.text, name.end, end)
            if match:
                self._full[name.key].genders["m" if match.group(1) else "f"] += 1
                self._full[name.key].kinds["person"] += 1

    def _own(self, name: Name) -> Referent | None:
        """The referent of a name in its place, which counts as its mention."""
        referent = self.find(name)
        if referent is None:
            if name.weak:
                return None
            referent = self._add_single(name)
        referent.mentions.append((name.start, name.end))
        referent.places += self.is_place(name)
        if len(name.words) == 1:
            referent.see(name)
        if name.gender:
            referent.genders[name.gender] += 2
        if name.titled:
            referent.titled = True
            if len(name.words) == 1 or name.sort != "organisation":
                referent.kinds["person"] += 1
        self._last_seen[referent] = name.start
        return referent

    def is_place(self, name: Name) -> bool:
        """Whether a name stands where a place's would: "in Fenwater"."""
        before = self.text[max(0, name.lead - 14) : name.lead]
        return not name.titled and bool(_LOCATIVE.search(before))

    def _add_single(self, name: Name) -> Referent:
        """A name of one word, with the word before it in a headline where there is one."""
        before = self._headings.get(name.key[-1])
        if name.kinds is None and len(name.words) == 1 and before and shape(name.words) is None:
            words = (before, name.words[0])
            name = Name(name.start, name.end, words, name.lead, name.gender, name.title)
            referent = self._add(name)
            self._full[name.key[-1:]] = referent
            return referent
        return self._add(name)

    def find(self, name: Name) -> Referent | None:
        """The referent that a name means where it stands, if it is known."""
        if len(name.words) > 1:
            return self._full.get(name.key) or self._longer(name) or self._part(name.key)
        word = name.key[0]
        rivals = self._ending(name)
        if rivals:
            return self._choose(rivals, name)
        exact = self._full.get(name.key)
        if exact is not None and (len(exact.key) == 1 or may_be(name, exact)):
            return exact
        if word in self._by_initials and self._is_acronym(name.words[0]):
            return self._by_initials[word]
        party = next((self._full[k] for k in PARTIES.get(word, ()) if k in self._full), None)
        if party is not None:
            return party
        return self._shortened(name) or self._pet(name) or self._misprinted(word, name)

    def _ending(self, name: Name) -> list[Referent]:
        """Who may be meant by the end of a name: "Amberley", "the Board" of the Arts Board."""
        word = name.key[0]
        known = self._by_last[word][-_RIVALS:]
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
        return len(word) >= STEM and word[0].isupper() and bare(word) not in self.common

    def _pet(self, name: Name) -> Referent | None:
        """The only one told before whose first name is cut: "Jo" of "Joanne Amberley", not "Paul"
        of "Paula" nor "Mr Kim" of "Kimberly"."""
        word = name.key[0]
        short = len(word) < _SHORTEST and word not in _SHORT
        low = bisect_left(self._first_names, word)
        high = bisect_right(self._first_names, word, low, key=lambda first: first[: len(word)])
        if name.titled or name.likeliest != PERSON or short or high - low > _RIVALS:
            return None
        found = (
            referent
            for first in self._first_names[low:high]
            if len(first) - len(word) > 1
            for referent in self._by_first[first]
            if referent.sorts[PERSON] > _PROBABLE
            and may_be(name, referent)
            and self._is_told(referent, name)
        )
        bearers = list(islice(found, 2))
        return bearers[0] if len(bearers) == 1 else None

    def _is_told(self, referent: Referent, name: Name) -> bool:
        """Whether somebody was told of before a name, as everybody is before a headline's."""
        return referent.at < name.start or self._is_headed(name)

    def _misprinted(self, word: str, name: Name) -> Referent | None:
        """The person whose surname is one letter away: "Barot" for "Jacques Barrot"."""
        if len(word) < LONG or name.kinds is None or name.sort != "person":
            return None
        for referent in self.referents[-_RIVALS:]:
            known = surname(referent.key)
            if len(referent.key) > 1 and known[0] == word[0] and is_one_off(known, word):
                return referent if referent.sorts[PERSON] > _PROBABLE else None
        return None

    def rivals(self, name: Name) -> frozenset[Referent]:
        """All who may be meant by a name of one word that several bear."""
        if len(name.words) > 1:
            return frozenset()
        known = self.find(name)
        if known is not None and known.key == name.key:
            return frozenset()
        word = name.key[0]
        found = [*self._by_last[word][-_RIVALS:], *self._by_first[word][-_RIVALS:]]
        fits = [r for r in found if shape(r.key) != "organisation" and may_be(name, r)]
        if name.gender:
            fits = [r for r in fits if r.gender in (None, name.gender)] or fits
        return frozenset(fits)

    def family(self, name: Name) -> tuple[Referent, ...]:
        """All who bear the surname that a name is the plural of: "the Reeds"."""
        word = name.key[0]
        if len(name.words) > 1 or name.titled or not word.endswith("s") or self._by_last.get(word):
            return ()
        for single in (word[:-1], word[:-2]):
            found = [r for r in self._by_last.get(single, ())[-_RIVALS:] if r.kind == "person"]
            if len(found) > 1:
                return tuple(sorted(found, key=lambda r: r.at))
        return ()

    def _part(self, words: Key) -> Referent | None:
        """A known name at the end or the start of capitals that say more: a headline's."""
        for n in range(len(words) - 1, 1, -1):
            known = self._full.get(words[-n:]) or self._full.get(words[:n])
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
        return not (owner or last in PAPERS or is_tied(body)) and self._is_told(body, name)

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

    def names_in(self, start: int, end: int) -> list[Name]:
        """The names that stand in a stretch of the text, in headings too."""
        if self._seen:
            low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
            return [name for name in self.names[low:high] if name.end <= end]
        return [
            replace(n, start=n.start + start, end=n.end + start, lead=n.lead + start)
            for n in find_names(self.text[start:end], headings=True)
        ]

    def within(self, start: int, end: int) -> Iterator[tuple[Name, Referent]]:
        """The names that begin in a stretch of the text, with their referents."""
        for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            owner = self.owners[i]
            if owner is not None:
                yield self.names[i], owner

    def before(self, end: int, reach: int) -> Iterator[tuple[Name, Referent]]:
        """The names that begin before a place, the nearest first, down to `end - reach`."""
        for i in range(bisect_left(self.starts, end) - 1, -1, -1):
            if self.starts[i] < end - reach:
                return
            owner = self.owners[i]
            if owner is not None:
                yield self.names[i], owner

    def at(self, start: int) -> Referent | None:
        """The referent of the name that begins exactly here."""
        i = bisect_right(self.starts, start) - 1
        return self.owners[i] if i >= 0 and self.starts[i] == start else None

    def named(self, name: Name) -> Referent:
        """The referent of a name found in a source, new if nothing else has that name."""
        return self.at(name.start) or self.find(name) or self._add_single(name)

    def knows(self, name: Name) -> bool:
        """Whether a name that may be a common noun is used as a name elsewhere."""
        return (
            not name.weak
            or (name.key[0] not in self.common and self.find(name) is not None)
            or name.words[0].isupper()
        )

    @cached_property
    def sorts_of_bodies(self) -> frozenset[Key]:
        """The names that stand with "a" somewhere, as no one body's does."""
        return frozenset(
            name.key
            for name in self.names
            if len(name.words) > 1
            and name.key[-1] in ORGANISATIONS
            and _A.search(self.text, max(0, name.lead - 4), name.lead)
            and not _NOUN_AFTER.match(self.text, name.end)
        )

    def by_initials(self, letters: str) -> Referent | None:
        """The person whose initials a speaker's turn begins with ("LP:")."""
        return self._persons_initials.get(letters.casefold())

    @cached_property
    def _persons_initials(self) -> dict[str, Referent]:
        found: dict[str, Referent] = {}
        for referent in self.referents:
            if len(referent.key) > 1:
                found.setdefault(initials(referent.name.split()), referent)
        return found


def _heading_words(lines: Iterable[str]) -> dict[str, str]:
    """The word before each word in the headlines, where both may be parts of a name."""
    found: dict[str, str] = {}
    for line in lines:
        if line.isupper():
            continue
        tokens = list(TOKEN.finditer(line))
        for a, b in pairwise(tokens):
            word, form = a.group(), bare(a.group())
            if (
                line[a.end() : b.start()] == " "
                and is_capitalised(word)
                and form not in NOT_NAMES | TITLES | PARTICLES | ORGANISATIONS
                and not word.isupper()
            ):
                found.setdefault(bare(re.sub("['’]s$", "", b.group())), word)
    return found


def _inner_words(names: Iterable[Name]) -> dict[str, str]:
    """The word before the second in names of three and more: "the Ruth Amberley Show"."""
    return {name.key[1]: name.words[0] for name in names if len(name.words) > 2}
