"""The cast of an article: whom its names mean, grouped by string evidence and kind.

"Ruth Amberley", "Dr Amberley" and "Amberley" are one referent; "the British Medical
Association (BMA)" and "BMA" another. Everything is found in one pass over the names.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from sayso.reader.speakers.bearers import Bearers
from sayso.reader.speakers.forms import Key, heading_lines, initials, known_part, stems
from sayso.reader.speakers.lexicon import (
    FEMALE_TITLES,
    MALE_TITLES,
    NOT_NAMES,
    ORGANISATIONS,
    PARTICLES,
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
from sayso.reader.speakers.referents import PERSON, PLACE, Referent
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
_SPOUSE = re.compile(r",? and (?:his|her) (?:wife|husband|partner|fiancée?|son|daughter),? ")
_STOP = re.compile(r"[.!?][\"”’']*\s|\n|[“”\"]")
_SENTENCE = 200  # characters after a name in which its pronoun is looked for
_GENDERED = MALE_TITLES | FEMALE_TITLES
_NOBLE = frozenset(("baroness", "baron", "viscount"))


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
        self.bearers = Bearers(self.common, self._is_headed)
        lines = [article.title or "", *(self.text[a:b] for a, b in self._headings_at)]
        self._headings = _heading_words(lines) | _inner_words(self.names)
        title = [] if not article.title or is_heading(article.title) else find_names(article.title)
        if self._seen:
            known = {name.key for name in self.names}
            title = [n for n in title if known_part(n, known) == (0, len(n.words))]
        self._families: dict[Key, tuple[Referent, ...]] = {}
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
        nicknamed = {name.key: name for name in names if name.nickname}
        longest: defaultdict[Key, int] = defaultdict(int)
        for key in first:
            longest[stems(key)] = max(longest[stems(key)], sum(map(len, key)))

        def fullness(name: Name) -> tuple[bool, int, bool, int]:
            cut = sum(map(len, name.key)) < longest[stems(name.key)]
            return name.key not in nicknamed, -len(name.words), cut, name.start

        for name in sorted(first.values(), key=fullness):
            known = self.bearers.whole(name)
            if known is None:
                self._add(name).see(name)
            else:
                self.bearers.call(known, name.key)
            self.bearers[name.key].titles |= titles[name.key]
            if name.key in nicknamed:
                self._nickname(nicknamed[name.key])
        for name in names:
            if len(name.words) > 1 and first[name.key] is not name:
                self.bearers[name.key].see(name)

    def _nickname(self, name: Name) -> None:
        """Call somebody by a nickname too: "Bill" and "Bill Crane"."""
        referent, nick = self.bearers[name.key], tuple(map(bare, name.nickname))
        referent.name = " ".join(self._written(name))
        for form in (nick, (*nick, name.key[-1])):
            self.bearers.also_call(referent, form)

    def _written(self, name: Name) -> tuple[str, ...]:
        """The words of a name as the text has them."""
        return tuple(word.rstrip(",") for word in self.text[name.start : name.end].split())

    def _add(self, name: Name) -> Referent:
        words = name.words if name.kinds is None else self._written(name)
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
        self.bearers.add(referent)
        several = len(name.words) > 1 and kind == "organisation"
        if several and not any(w.isupper() and len(w) > 1 for w in words):
            self.bearers.abbreviate(referent, initials(words))
            self.bearers.abbreviate(referent, "".join(w[0] for w in name.key))
        return referent

    def _pair_acronyms(self) -> None:
        """ "Fenwater Harbour Trust (FHT)": the brackets say that both are one."""
        for full, short in pairwise(self.names):
            if len(full.words) < 2 or len(short.words) > 1 or short.start - full.end > 3:
                continue
            if full.likeliest in (PERSON, PLACE):
                continue
            if self.text[full.end : short.start].strip() == "(" and short.words[0].isupper():
                self.bearers.also_call(self.bearers[full.key], short.key)

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
                self.bearers[name.key].genders["m" if match.group(1) else "f"] += 1
                self.bearers[name.key].kinds["person"] += 1

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
            referent.titles.add(name.title)
            self._tell_apart(name.key)
            if len(name.words) == 1 or name.sort != "organisation":
                referent.kinds["person"] += 1
        self.bearers.saw(referent, name.start)
        return referent

    def _tell_apart(self, word: Key) -> None:
        """Call those by their titles of whom the text has one word, which is another's too."""
        alone = self.bearers.alone(word[0]) if len(word) == 1 else []
        shared = len(alone) > 1 or self.bearers.ending(word[0])
        for referent in alone if shared else ():
            title = next(iter(sorted(referent.titles & _GENDERED)), "").capitalize()
            if title and not referent.name.startswith(f"{title} "):
                referent.name = f"{title} {referent.name}"

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
            self.bearers.call(referent, name.key[-1:])
            return referent
        return self._add(name)

    def family(self, name: Name) -> tuple[Referent, ...]:
        """All who are meant by the plural of a surname, also a couple of whom one is told with
        it: "Odo Reed and his wife, Jan"."""
        if name.key not in self._families:
            self._families[name.key] = self.bearers.family(name) or self._couple(name)
        return self._families[name.key]

    def _couple(self, name: Name) -> tuple[Referent, ...]:
        bearer = self.bearers.namesake(name)
        if bearer is None:
            return ()
        for _, end in bearer.mentions:
            spouse = _SPOUSE.match(self.text, end)
            other = self.at(spouse.end()) if spouse else None
            if other is not None and other is not bearer:
                return (bearer, other)
        return ()

    @property
    def referents(self) -> Sequence[Referent]:
        """All that have names, those of more words first."""
        return self.bearers.all

    def find(self, name: Name) -> Referent | None:
        """The referent that a name means where it stands, if it is known."""
        return self.bearers.find(name)

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
