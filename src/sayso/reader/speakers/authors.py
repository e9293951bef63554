"""Whose a document is: its authors, told at any place where the report mentions it.

"By", "from" and possessives tell it beside the document's noun; verbs of writing and signing
tell it of their subjects; "its lead author" afterwards. What tells least is asked last.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from sayso.reader.drafts import Bounds
from sayso.reader.speakers.authorship import (
    ALIKE,
    ANY_VERB,
    AUTHOR,
    AUTHOR_OF,
    BEFORE_AUTHOR,
    BODIES,
    BREAK,
    CLAUSE,
    FINITE,
    IN_IT,
    IT_WAS_MADE,
    MADE_BY,
    MADE_FOR,
    MENTION,
    NO_MAKERS,
    OBJECT,
    OF_PERSON,
    OPENING,
    OWN,
    PARTICIPLE,
    PASSIVE,
    PREPOSITION,
    RELATIVE,
    SAID_IN,
    SENT_FROM,
    STUDIES,
    TAIL,
    THEN_SAID,
    TIMES,
    VERB,
    WAS_MADE,
    WROTE_TO,
    Phrase,
    author_end,
    noun_of,
    noun_start,
    phrase_at,
)
from sayso.reader.speakers.cast import WORD, Cast, Referent
from sayso.reader.speakers.lexicon import (
    ANONYMOUS,
    GROUPS,
    ORGANISATION_NOUNS,
)
from sayso.reader.speakers.names import Name, bare
from sayso.reader.speakers.parts import PERSONS, PRONOUNS, is_person
from sayso.reader.speakers.sentences import Sentences

Whom = Callable[[int, int], Sequence[Referent]]
"""Whom a phrase of the text means where it stands."""

_GAP = 16  # words between a document's noun and "by"
_TOPICS = 4  # sentences in which a possessive's owner is looked for
_AFTER = 1600  # characters from a document to the naming of its author
_BACK = 900  # characters back to the verb that tells of a document before its noun
_REACH = 400  # characters of a sentence on either side of a mention


def authors_of(
    document: Referent, places: Sequence[Bounds], cast: Cast, sentences: Sentences, whom: Whom
) -> tuple[Referent, ...]:
    """The authors of a document that is mentioned at some places, as far as they are told.

    `whom` tells whom a phrase means: names, a pronoun, or a description that may be new.
    """
    search = _Search(places, cast, sentences)

    def named(start: int, end: int) -> tuple[Referent, ...]:
        party = whom(start, end)
        return tuple(r for r in party if r is not document and search.may_be(r, start, end))

    for look in (search.told, search.beside, search.again, search.around):
        if found := dict.fromkeys(r for place in look() for r in named(*place)):
            return tuple(found)
    for word, start, end in search.owned():
        party = named(start, end)
        if party and _fits(word, party):
            return party
    return tuple(dict.fromkeys(r for place in search.before() for r in named(*place)))


def may_write(referent: Referent) -> bool:
    """Whether a referent is surely a person, a body or several of them."""
    if referent.kind == "document":
        return False
    if referent.named:
        return referent.sorts[2] <= 0.5
    head = noun_of(referent.name)
    single = head.removesuffix("s")
    return (
        head in PERSONS | ANONYMOUS | GROUPS | ORGANISATION_NOUNS
        or single in PERSONS | ORGANISATION_NOUNS
        or is_person(head)
        or is_person(single)
    )


def _fits(word: str, party: Sequence[Referent]) -> bool:
    """Whether a possessive may mean these."""
    first, single = party[0], len(party) == 1 and not party[0].plural
    if word in ("his", "her"):
        gender = "m" if word == "his" else "f"
        return single and first.kind in ("person", "unnamed") and first.gender in (None, gender)
    if word == "its":
        body = first.kind in ("organisation", "unnamed")
        return single and body and not is_person(noun_of(first.name))
    if word == "their":
        return not single or first.kind in ("group", "organisation")
    return True


class _Search:
    """Looks for phrases that name the authors of one document."""

    def __init__(self, places: Sequence[Bounds], cast: Cast, sentences: Sentences) -> None:
        self.text = cast.text
        self.cast = cast
        self.sentences = sentences
        self.places = places
        found = (phrase_at(self.text, *place) for place in places)
        self.phrases = [phrase for phrase in found if phrase is not None]

    def may_be(self, referent: Referent, start: int, end: int) -> bool:
        """Whether what a phrase means may write: no place, no thing, and not the one whose
        somebody the phrase names ("Ruth Amberley's lawyers")."""
        if referent.kind == "document":
            return False
        if not referent.named:
            return not {bare(w) for w in WORD.findall(referent.name)} & TIMES
        if referent.sorts[2] > 0.5 and re.search(
            r"\bfrom (?:the )?$", self.text[max(0, start - 12) : start]
        ):
            return False
        owner = re.search(r"(?:['’]s|s['’]) (?=[^A-Z]*$)", self.text[start:end])
        if owner is None:
            return True
        before = {bare(w) for w in WORD.findall(self.text[start : start + owner.end()])}
        return not {w.removesuffix("'s") for w in before} & set(referent.key)

    def _start(self, at: int) -> int:
        """Where the sentence begins that holds a place, if that is near."""
        return max(self.sentences.start(at), at - _REACH)

    def _end(self, at: int) -> int:
        """Where the sentence ends that holds a place, if that is near."""
        return min(self.sentences.end(at), at + _REACH)

    def told(self) -> Iterator[Bounds]:
        """What names authors outright."""
        for phrase in self.phrases:
            yield from self._owner(phrase)
            yield from self._by(phrase)
            yield from self._maker(phrase)
            yield from self._passive(phrase)
        yield from self._authors()

    def owned(self) -> Iterator[tuple[str, int, int]]:
        """Whose the noun may be by a pronoun, which comes first: "its report" is of whom its
        sentence, or one shortly before, is about."""
        for phrase in self.phrases:
            first = WORD.match(self.text, phrase.start)
            if first and bare(first.group()) in OWN:
                word = bare(first.group())
                mine = word in ("my", "our", "your")
                places = [first.span()] if mine else self._topics(first.start())
                yield from ((word, *place) for place in places)
                return

    def _topics(self, at: int) -> Iterator[Bounds]:
        """The subjects of the sentence that holds a place and of those before it, the nearest
        first."""
        number = self.sentences.index(at)
        for n in range(number, max(-1, number - _TOPICS), -1):
            left = self.sentences.starts[n]
            right = min(at, self._end(left))
            while opening := OPENING.match(self.text, left, right):
                left = opening.end()
            named = self._openers(left, right)
            verb = ANY_VERB.search(self.text, named[0].end if named else left, right)
            if (
                named and not named[0].possessive and verb and verb.start() - named[0].end > 90
            ) or (named and named[0].possessive):
                yield named[0].lead, named[0].end
            elif verb and verb.start() - left < 120 and not PREPOSITION.match(self.text, left):
                yield left, verb.start()
            elif named:
                yield named[0].lead, named[0].end

    def _openers(self, left: int, right: int) -> list[Name]:
        """The names with which a sentence opens, a title before them apart."""
        names = [name for name in self.cast.names_in(left, right) if name.lead <= left + 30]
        between = self.text[left : names[0].lead] if names else ""
        return [] if re.search(r"[,:;“”\"]|\s[a-z]+\s[a-z]", between) else names

    def again(self) -> Iterator[Bounds]:
        """What names the authors where the document is called by another noun: "a survey ...
        The study by the Guild"."""
        if not self.phrases:
            return
        first = self.phrases[0]
        alike = next((nouns for nouns in ALIKE if first.head in nouns), frozenset({first.head}))
        start, opening = first.after, self.sentences.paragraph(first.start) == 0
        if opening and len(self.phrases) > 1:
            start, opening = self.phrases[1].after, False
        found = self._earlier(first, alike)
        for match in MENTION.finditer(self.text, start, min(len(self.text), start + _AFTER)):
            if match["noun"] not in alike:
                continue
            if match["a"] and not opening:
                break
            opening = False
            found.append(match.span())
        other = _Search(found, self.cast, self.sentences)
        for look in (other.told, other.beside, other.around):
            yield from look()

    def _earlier(self, first: Phrase, alike: frozenset[str]) -> list[Bounds]:
        """The mention that "the letter" goes back to, if none is known: "a joint letter"."""
        if self.text[first.start : first.start + 4].casefold() != "the ":
            return []
        low = max(0, first.start - _BACK)
        found = [m for m in MENTION.finditer(self.text, low, first.start) if m["noun"] in alike]
        return [found[-1].span()] if found and found[-1]["a"] else []

    def beside(self) -> Iterator[Bounds]:
        """The body before the noun: "a Halden Trust survey", "a council leaflet"."""
        for phrase in self.phrases:
            region = self.cast.names_in(phrase.start, phrase.noun)
            bodies = [n for n in region if n.sort == "organisation" and not n.possessive]
            bodies = [n for n in bodies if n.end < phrase.noun]
            if bodies:
                yield bodies[-1].lead, bodies[-1].end
                return
            for word in WORD.finditer(self.text, phrase.start, phrase.noun):
                form = bare(word.group())
                if form in BODIES and form == word.group():
                    yield word.span()
                    return

    def around(self) -> Iterator[Bounds]:
        """Who speaks in the document: "In a letter, the Guild said", "she said in a report"."""
        for phrase in self.phrases:
            left = self._start(phrase.start)
            before = self.text[left : phrase.start]
            if IN_IT.search(before):
                then = THEN_SAID.search(self.text, phrase.after, self._end(phrase.after))
                if then:
                    yield then.span("who")
                    return
            said = SAID_IN.search(before)
            if said:
                who = said["who"].strip()
                if who[:1].isupper() or who.startswith("the "):
                    yield left + said.start("who"), left + said.end("who")
                else:
                    yield from self._subject(left, left + said.start())
                return

    def before(self) -> Iterator[Bounds]:
        """Who did before its first mention what makes the document: wrote to somebody, ruled."""
        if not self.phrases:
            return
        first = self.phrases[0]
        verb = WROTE_TO.get(first.head)
        if verb is None:
            return
        low = max(0, first.start - _BACK)
        for match in reversed(list(re.finditer(rf"\b{verb}\b", self.text[low : first.start]))):
            at = low + match.start()
            found = list(self._subject(self._start(at), at))
            if found:
                yield from found
                return

    def _owner(self, phrase: Phrase) -> Iterator[Bounds]:
        """Whose the noun is: "the union's letter"."""
        text = self.text
        marks = list(re.finditer(r"(?:['’]s|(?<=s)['’])(?= )", text[phrase.start : phrase.noun]))
        if not marks:
            return
        end = phrase.start + marks[-1].start()
        low = max(self._start(phrase.start), end - 90)
        named = [name for name in self.cast.names_in(low, end + 2) if name.end in (end, end + 1)]
        if named:
            yield named[-1].lead, named[-1].end
            return
        start = noun_start(text, low, end)
        if not {bare(w) for w in WORD.findall(text[start:end])} & TIMES:
            yield start, end

    def _by(self, phrase: Phrase) -> Iterator[Bounds]:
        """Who stands after "by" or "from": "a survey of bakers, conducted by the Guild"."""
        text = self.text
        limit = self._end(phrase.after)
        inside = phrase.end if phrase.end > phrase.after else phrase.after
        for match in BEFORE_AUTHOR.finditer(text, phrase.after, limit):
            gap = text[phrase.after : match.start()]
            forms = [bare(w) for w in WORD.findall(gap)]
            if len(forms) > _GAP or (match.start() >= inside and BREAK.search(gap)):
                return
            if match.start() >= inside and set(forms) & FINITE:
                return
            if not self._ties(match.group(), phrase.head, gap):
                continue
            stop = inside if match.start() < inside else limit
            end = author_end(text, match.end() + 1, stop)
            if end > match.end() + 1:
                yield match.end() + 1, end
                return

    def _ties(self, word: str, head: str, gap: str) -> bool:
        """Whether a preposition at the end of a gap ties an author to a document."""
        made = [m.group() for m in PARTICIPLE.finditer(gap)]
        last = made[-1] if made else ""
        if word == "of":
            return head in OF_PERSON and not gap.strip()
        if word == "for":
            polled = head in ("poll", "survey") and not last and gap.startswith(" of ")
            return polled or bool(head in STUDIES and MADE_FOR.fullmatch(last))
        if word == "from":
            return bool(SENT_FROM.fullmatch(last))
        return not last or bool(MADE_BY.fullmatch(last))

    def _maker(self, phrase: Phrase) -> Iterator[Bounds]:
        """The subject of a verb whose object is the document: "the Guild has issued a report",
        "a report that the Guild issued"."""
        text = self.text
        left = self._start(phrase.start)
        verb = OBJECT.search(text, left, phrase.start)
        if verb and not PASSIVE.search(text, left, verb.start()):
            yield from self._subject(left, verb.start())
            return
        after = RELATIVE.match(text, phrase.after, self._end(phrase.after))
        if after and not set(map(bare, WORD.findall(after["who"]))) & (FINITE | NO_MAKERS):
            yield after.span("who")

    def _passive(self, phrase: Phrase) -> Iterator[Bounds]:
        """Who has made the document by a sentence's verb: "the survey was conducted by the
        Guild", "It was led by Ada Pell"."""
        text = self.text
        after = self.sentences.end(phrase.after)
        for pattern, low in ((WAS_MADE, phrase.end), (IT_WAS_MADE, after)):
            match = pattern.match(text, low, self._end(low))
            if match:
                yield match.end(), author_end(text, match.end(), self._end(low))
                return

    def _subject(self, left: int, right: int) -> Iterator[Bounds]:
        """The subject of a verb that begins at `right`."""
        text = self.text
        tail = TAIL.search(text, left, right)
        right = tail.start() if tail else right
        last = re.compile(r"[\w’'.-]+,?$").search(text, max(left, right - 60), right)
        if last is None:
            return
        if bare(last.group().rstrip(",")) in ("who", "which"):
            right = last.start()
            while right > left and text[right - 1] in " ,":
                right -= 1
            names = [n for n in self.cast.names_in(left, right) if n.end == right]
            yield (names[0].lead if names else noun_start(text, left, right)), right
            return
        if bare(last.group().rstrip(",")) in PRONOUNS:
            yield last.start(), last.start() + len(last.group().rstrip(","))
            return
        for pattern in (CLAUSE, VERB):
            starts = [match.end() for match in pattern.finditer(text, left, right)]
            left = starts[-1] if starts and starts[-1] < right else left
        while opening := OPENING.match(text, left, right):
            left = opening.end()
        if right - left < 200:
            yield left, right

    def _authors(self) -> Iterator[Bounds]:
        """Who is called its author: "its lead author, Ada Pell,", "Ada Pell, who led it"."""
        heads = {phrase.head for phrase in self.phrases}
        if not heads & STUDIES:
            return
        first = self.places[0][0]
        for match in AUTHOR.finditer(self.text, first, min(first + 3 * _AFTER, len(self.text))):
            near = max((a for a, _ in self.places if a <= match.start()), default=None)
            owner = match["owner"]
            if owner and bare(owner) not in heads:
                continue
            if near is None or match.start() - near > _AFTER:
                continue
            named = self.cast.names_in(match.end() - 1, min(match.end() + 60, len(self.text)))
            if named and named[0].lead <= match.end() + 1:
                yield named[0].lead, named[0].end
                continue
            before = list(self.cast.before(match.start(), 60))
            if before and AUTHOR_OF.match(self.text, before[0][0].end):
                yield before[0][0].lead, before[0][0].end
