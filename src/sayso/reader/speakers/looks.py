"""Where the words stand that may name a document's authors."""

import re
from collections.abc import Iterator, Sequence

from sayso.reader.drafts import Bounds
from sayso.reader.speakers import authorship as clues
from sayso.reader.speakers.authorship import (
    Phrase,
    author_end,
    may_write,
    noun_of,
    noun_start,
    phrase_at,
)
from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.lexicon import POSSESSIVES
from sayso.reader.speakers.names import Name, bare
from sayso.reader.speakers.parts import PRONOUNS
from sayso.reader.speakers.referents import WORD, Referent
from sayso.reader.speakers.sentences import Sentences

_GAP = 16  # words between a document's noun and "by"
_TOPICS = 4  # sentences in which a possessive's owner is looked for
_AFTER = 1600  # characters from a document to the naming of its author
_BACK = 900  # characters back to the verb that tells of a document before its noun
_REACH = 400  # characters of a sentence on either side of a mention


class Search:
    """Looks for phrases that name the authors of one document."""

    def __init__(self, places: Sequence[Bounds], cast: Cast, sentences: Sentences) -> None:
        self.text = cast.text
        self.cast = cast
        self.sentences = sentences
        self.places = places
        found = (phrase_at(self.text, *place) for place in places)
        self.phrases = [phrase for phrase in found if phrase is not None]

    def known(self, referent: Referent, at: int) -> Referent:
        """The body with a name that a description means if none has been found to be: "the
        committee" is one of that name, "the company" the body named last."""
        noun = referent.name
        if (
            referent.named
            or noun not in clues.GENERIC | clues.BODIES
            or clues.NEW.match(self.text, at)
        ):
            return referent
        for _, body in self.cast.before(at, 2 * _BACK):
            if body.sorts[1] > 0.5 and (noun in clues.GENERIC or noun in body.words):
                return body
        return referent

    def may_be(self, referent: Referent, start: int, end: int) -> bool:
        """Whether what a phrase means may write: no place, no thing, and not the one whose
        somebody the phrase names ("Ruth Amberley's lawyers")."""
        if referent.kind == "document":
            return False
        if not referent.named:
            several = noun_of(referent.name).endswith("s") and self._owns(end)
            return (several or may_write(referent)) and not referent.words & clues.TIMES
        if referent.sorts[2] > 0.5 and re.search(
            r"\bfrom (?:the )?$", self.text[max(0, start - 12) : start]
        ):
            return False
        owner = re.search(r"(?:['’]s|s['’]) (?=[^A-Z]*$)", self.text[start:end])
        if owner is None:
            return True
        before = {bare(w) for w in WORD.findall(self.text[start : start + owner.end()])}
        return not {w.removesuffix("'s") for w in before} & set(referent.key)

    def _owns(self, end: int) -> bool:
        """Whether a possessive of several ends at a place: "the stewards' note"."""
        return self.text.startswith(("’ ", "' "), end) and self.text[end + 2 : end + 3].islower()

    def _start(self, at: int) -> int:
        """Where the sentence begins that holds a place, if that is near."""
        return max(self.sentences.start(at), at - _REACH)

    def _end(self, at: int) -> int:
        """Where the sentence ends that holds a place, if that is near."""
        return min(self.sentences.end(at), at + _REACH)

    def behind(self) -> Iterator[Bounds]:
        """Who is named as behind it: "the bodies behind the letter – the Guild and the Fens –"."""
        heads = self._heads()
        yield from (m.span("names") for m in clues.BEHIND.finditer(self.text) if m["noun"] in heads)

    def told(self) -> Iterator[Bounds]:
        """What names authors outright."""
        for phrase in self.phrases:
            owned = list(self._owner(phrase))
            yield from owned
            yield from self._by(phrase, owned=bool(owned))
            yield from self._maker(phrase)
            yield from self._passive(phrase)
        yield from self._authors()

    def owned(self) -> Iterator[tuple[str, int, int]]:
        """Whose the noun may be by a pronoun, which comes first: "its report" is of whom its
        sentence, or one shortly before, is about."""
        for phrase in self.phrases:
            first = WORD.match(self.text, phrase.start)
            if first and bare(first.group()) in POSSESSIVES:
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
            while opening := clues.OPENING.match(self.text, left, right):
                left = opening.end()
            named = self._openers(left, right)
            verb = clues.ANY_VERB.search(self.text, named[0].end if named else left, right)
            owns = bool(named) and named[0].possessive
            if verb and verb.start() - left < 120 and not owns:
                if not clues.PREPOSITION.match(self.text, left):
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
        alike = next(
            (nouns for nouns in clues.ALIKE if first.head in nouns), frozenset({first.head})
        )
        start, opening = first.after, self.sentences.paragraph(first.start) == 0
        if opening and len(self.phrases) > 1:
            start, opening = self.phrases[1].after, False
        found = self._earlier(first, alike)
        mention = clues.mention_of(alike)
        for match in mention.finditer(self.text, start, min(len(self.text), start + _AFTER)):
            if match["a"] and not opening:
                break
            opening = False
            found.append(match.span())
        other = Search(found, self.cast, self.sentences)
        for look in (other.told, other.beside, other.around):
            yield from look()

    def _earlier(self, first: Phrase, alike: frozenset[str]) -> list[Bounds]:
        """The mention that "the letter" goes back to, if none is known: "a joint letter"."""
        if self.text[first.start : first.start + 4].casefold() != "the ":
            return []
        low = max(0, first.start - _BACK)
        found = list(clues.mention_of(alike).finditer(self.text, low, first.start))
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
                if form in clues.BODIES and form == word.group():
                    yield word.span()
                    return

    def around(self) -> Iterator[Bounds]:
        """Who speaks in the document: "In a letter, the Guild said", "she said in a report"."""
        for phrase in self.phrases:
            left = self._start(phrase.start)
            before = self.text[left : phrase.start]
            if clues.IN_IT.search(before):
                then = clues.THEN_SAID.search(self.text, phrase.after, self._end(phrase.after))
                if then:
                    yield then.span("who")
                    return
            said = clues.SAID_IN.search(before)
            if said:
                who = "" if said["verb"] in clues.OF_SOMEBODY else said["who"].strip()
                if who[:1].isupper() or who.startswith("the "):
                    yield left + said.start("who"), left + said.end("who")
                else:
                    yield from self._subject(left, left + said.start())
                return
            verb = (
                clues.ANY_VERB.search(before)
                if clues.IN.search(before) and self._is_new(phrase)
                else None
            )
            if verb:
                yield from self._subject(left, left + verb.start())
                return

    def judge(self) -> Iterator[Bounds]:
        """The judge named last before a ruling: "The judge, Ada Pell, ... The ruling"."""
        if not self.phrases or self.phrases[0].head not in clues.RULINGS:
            return
        for name, _ in self.cast.before(self.phrases[0].start, _AFTER):
            before = max(0, name.lead - 20)
            if clues.JUDGE.search(self.text[before : name.start]):
                yield name.lead, name.end
                return

    def _is_new(self, phrase: Phrase) -> bool:
        """Whether a phrase tells of the document for the first time: "a letter", "her letter"."""
        own = WORD.match(self.text, phrase.start)
        return bool(
            clues.NEW.match(self.text, phrase.start) or (own and bare(own.group()) in POSSESSIVES)
        )

    def before(self) -> Iterator[Bounds]:
        """Who did before its first mention what makes the document: wrote to somebody, ruled."""
        if not self.phrases:
            return
        first = self.phrases[0]
        verb = clues.WROTE_TO.get(first.head)
        if verb is None:
            return
        low = max(0, first.start - _BACK)
        for match in reversed(list(re.finditer(rf"\b{verb}\b", self.text[low : first.start]))):
            at = low + match.start()
            found = list(self._subject(self._start(at), at))
            if found:
                yield from found
                return

    def _heads(self) -> set[str]:
        """The nouns by which the document may be called."""
        heads = {phrase.head for phrase in self.phrases}
        return heads.union(*(nouns for nouns in clues.ALIKE if nouns & heads))

    def _owner(self, phrase: Phrase) -> Iterator[Bounds]:
        """Whose the noun is: "the union's letter"."""
        text = self.text
        if text.startswith("whose ", phrase.start) or text.endswith("whose ", 0, phrase.start):
            at = text.rindex("whose", 0, phrase.noun)
            yield from self._antecedent(self._start(at), at)
            return
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
        if not {bare(w) for w in WORD.findall(text[start:end])} & clues.TIMES:
            yield start, end

    def _by(self, phrase: Phrase, *, owned: bool) -> Iterator[Bounds]:
        """Who stands after "by" or "from": "a survey of bakers, conducted by the Guild"."""
        text = self.text
        first = WORD.match(text, phrase.start)
        owned = owned or bool(first and bare(first.group()) in POSSESSIVES)
        limit = self._end(phrase.after)
        inside = phrase.end if phrase.end > phrase.after else phrase.after
        for match in clues.BEFORE_AUTHOR.finditer(text, phrase.after, limit):
            gap = text[phrase.after : match.start()]
            forms = [bare(w) for w in WORD.findall(gap)]
            if len(forms) > _GAP or (match.start() >= inside and clues.BREAK.search(gap)):
                return
            if match.start() >= inside and set(forms) & clues.FINITE:
                return
            if forms and clues.is_document(forms[-1]) and " of " not in gap:
                return
            if not self._ties(match.group(), phrase.head, gap):
                continue
            if owned and clues.ISSUED.search(gap):
                continue
            stop = inside if match.start() < inside else limit
            end = author_end(text, match.end() + 1, stop)
            if end > match.end() + 1:
                yield match.end() + 1, end
                return

    def _ties(self, word: str, head: str, gap: str) -> bool:
        """Whether a preposition at the end of a gap ties an author to a document."""
        made = [m.group() for m in clues.PARTICIPLE.finditer(gap)]
        last = made[-1] if made else ""
        if word == "of":
            return head in clues.OF_PERSON and not gap.strip()
        if word == "for" and head not in ("poll", "survey"):
            return False
        if word == "from":
            return bool(clues.SENT_FROM.fullmatch(last))
        return not last or bool(clues.MADE_BY.fullmatch(last))

    def _maker(self, phrase: Phrase) -> Iterator[Bounds]:
        """The subject of a verb whose object is the document: "the Guild has issued a report",
        "a report that the Guild issued"."""
        text = self.text
        left = self._start(phrase.start)
        verb = clues.OBJECT.search(text, left, phrase.start)
        if verb and not clues.PASSIVE.search(text, left, verb.start()):
            yield from self._subject(left, verb.start())
            return
        after = clues.RELATIVE.match(text, phrase.after, self._end(phrase.after))
        if after and not set(map(bare, WORD.findall(after["who"]))) & (
            clues.FINITE | clues.NO_MAKERS
        ):
            yield after.span("who")

    def _passive(self, phrase: Phrase) -> Iterator[Bounds]:
        """Who has made the document by a sentence's verb: "the survey was conducted by the
        Guild", "It was led by Ada Pell"."""
        text = self.text
        after = self.sentences.end(phrase.after)
        for pattern, low in ((clues.WAS_MADE, phrase.end), (clues.IT_WAS_MADE, after)):
            match = pattern.match(text, low, self._end(low))
            if match:
                yield match.end(), author_end(text, match.end(), self._end(low))
                return

    def _subject(self, left: int, right: int) -> Iterator[Bounds]:
        """The subject of a verb that begins at `right`."""
        text = self.text
        tail = clues.TAIL.search(text, left, right)
        right = tail.start() if tail else right
        last = re.compile(r"[\w’'.-]+,?$").search(text, max(left, right - 60), right)
        if last is None:
            return
        if bare(last.group().rstrip(",")) in ("who", "which"):
            yield from self._antecedent(left, last.start())
            return
        if bare(last.group().rstrip(",")) in PRONOUNS:
            yield last.start(), last.start() + len(last.group().rstrip(","))
            return
        plain = clues.QUOTED.sub(lambda m: "x" * len(m.group()), text[left:right])
        begun = left
        for pattern in (clues.CLAUSE, clues.VERB):
            starts = [begun + match.end() for match in pattern.finditer(plain, left - begun)]
            left = starts[-1] if starts and starts[-1] < right else left
        while opening := clues.OPENING.match(text, left, right):
            left = opening.end()
        if right - left < 200:
            yield left, right

    def _antecedent(self, left: int, right: int) -> Iterator[Bounds]:
        """What stands before a relative pronoun at `right`."""
        while right > left and self.text[right - 1] in " ,":
            right -= 1
        names = [n for n in self.cast.names_in(left, right) if n.end == right]
        yield (names[0].lead if names else noun_start(self.text, left, right)), right

    def _authors(self) -> Iterator[Bounds]:
        """Who is called its author: "its lead author, Ada Pell,", "Ada Pell, who led it"."""
        heads = {phrase.head for phrase in self.phrases}
        if not heads:
            return
        first = self.places[0][0]
        if heads & clues.STUDIES:
            for led in clues.LED.finditer(self.text, first, first + _AFTER):
                yield led.end(), author_end(self.text, led.end(), led.end() + _REACH)
        for match in clues.AUTHOR.finditer(
            self.text, first, min(first + 3 * _AFTER, len(self.text))
        ):
            near = max((a for a, _ in self.places if a <= match.start()), default=None)
            owner = match["owner"]
            if (bare(owner) not in self._heads()) if owner else not heads & clues.STUDIES:
                continue
            if near is None or match.start() - near > _AFTER:
                continue
            end = author_end(self.text, match.end(), min(match.end() + _REACH, len(self.text)))
            named = self.cast.names_in(match.end() - 1, end)
            if named and clues.ROLE.fullmatch(
                self.text, match.end(), max(match.end(), named[0].lead)
            ):
                yield match.end(), max(end, named[0].end)
                continue
            before = list(self.cast.before(match.start(), 60))
            if before and clues.AUTHOR_OF.match(self.text, before[0][0].end):
                yield before[0][0].lead, before[0][0].end
