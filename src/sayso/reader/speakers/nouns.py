"""What is called by a noun alone: "a letter by two bodies", "the trustees", "a nun".

One pass over the text finds such phrases, links each to the first of its kind ("the
letter"), and keeps the fullest wording.
"""

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from sayso.reader.speakers.lexicon import (
    DOCUMENTS,
    FEMALE_NOUNS,
    GROUPS,
    MALE_NOUNS,
    NOT_NAMES,
    NOT_PERSONS,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    words,
)
from sayso.reader.speakers.names import TOKEN, bare
from sayso.reader.speakers.phrases import PERSONS, describe, is_plural
from sayso.reader.speakers.referents import Referent

HEADS = PERSONS | PERSON_NOUNS | DOCUMENTS | ORGANISATION_NOUNS | GROUPS

_DEFINITE = words("the this that these those his her its their our my")
_DETERMINERS = _DEFINITE | words(
    "a an one another some several many most other two three four five"
)
_POINTING = frozenset(["the", "this", "that", "these", "those"])
_NO_SUBJECTS = words("is was be been as became called named being are were")
_WITHIN = words("very own same only former late first second third last next so-called")
"""Between an article and its noun: "a very quiet robber"."""
_THERE = re.compile(r"\bthere (?:is|was|are|were) $", re.I)
_MADE = (
    r"(?:made|written|signed|sent|published|released|conducted|commissioned|issued|filed|addressed|"
    r"obtained|posted|compiled|prepared|carried out|drawn up)"
)
_AFTER = re.compile(
    rf" (?:{_MADE} )?(?:of|by|from|to|for|in|on|about|between|into) [^,.;:\n\"“”()]{{2,90}}", re.I
)
_VERBS = re.compile(
    r" (?:that|which|who|and|but|is|was|are|were|has|had|have|does|did|will|would|could|should|"
    r"may|might|must|can|cannot|also|now|makes?|gives?|gave|calls?|called|said|says|say|shows?|"
    r"showed|found|finds?|asks?|asked|tells?|told|warns?|warned|urges?|urged|seems?|claims?|"
    r"claimed|argues?|argued|accuse[sd]|add(?:s|ed)|blame[sd]|conclude[sd]|confirm(?:s|ed)|"
    r"describe[sd]|insist(?:s|ed)|note[sd]|praise[sd]|predict(?:s|ed)|suggest(?:s|ed)|according|"
    r"as|while|when|after|before|because)\b"
)
_LOOSE = re.compile(
    r"(?: (?:of|by|from|to|for|in|on|about|between|into|not|the|an?|what|how|"
    r"why|whether))+$"
)
"""Words at an end that go on to what was cut off."""
_FIGURES = re.compile(r"\d[\d,.]*[,.]$")
_DOINGS = words(
    "ask asking asks bring brought get give gives giving help helping leave let letting make makes "
    "making meet see seeing show tell telling tells told urge urging want wants warn"
)
"""Verbs that a plural without an article may come after: "give (parents)"."""
_BEFORE_DOINGS = words(
    "and to may might can could will would should must not i we you they he she it who which that"
)
_FINDS = re.compile(
    r" (?:has |have )?(?:says?|said|finds?|found|shows?|shown?|showed|suggests?|suggested|warns?|"
    r"warned|claims?|claimed|reveals?|revealed|concludes?|concluded|indicates?|indicated)\b"
)
"""After a document that a comma parts from what it says: "..., a survey says"."""
_AGENT = re.compile(r"[a-z-]{2,}(?:er|or|ist|man|woman|ian|ee)")
_GAP = re.compile(r"[a-z]+(?<!ed)(?<!s)")
"""A word between a name and the noun that it belongs to: "a Fenwater Post national poll"."""
_STUDIES = words("analysis editorial letter memo poll report study survey")
_RIVALS = 30
_NEAR = 8000
_MODIFIERS = 4
_LONGEST_FIGURES = 12  # characters before the last three figures of a number


@dataclass(frozen=True, slots=True)
class Noun:
    """A phrase around a noun: where its determiner begins and its noun ends, and its words."""

    start: int
    end: int
    determiner: str
    words: tuple[str, ...]

    @property
    def head(self) -> str:
        return self.words[-1]


def find_nouns(text: str) -> Iterator[Noun]:
    """The phrases around nouns of persons, bodies, groups and documents, in their order."""
    chain: list[re.Match[str]] = []
    before = ""
    for token in TOKEN.finditer(text):
        form = bare(token.group())
        if chain and text[chain[-1].end() : token.start()] != " ":
            yield from _noun(text, chain, before)
            chain, before = [], ""
        if form in _DETERMINERS or form.endswith("'s"):
            yield from _noun(text, chain, before)
            before = bare(chain[-1].group()) if chain else before
            chain = [token]
        elif form in NOT_NAMES and not (form in _WITHIN and _is_open(chain)):
            yield from _noun(text, chain, before)
            chain, before = [], form
        else:
            chain.append(token)
    yield from _noun(text, chain, before)


def _is_open(chain: list[re.Match[str]]) -> bool:
    """Whether a phrase has nothing yet but what stands before nouns."""
    forms = [bare(token.group()) for token in chain]
    return bool(forms) and forms[0] in _DETERMINERS and _WITHIN.issuperset(forms[1:])


def _noun(text: str, chain: list[re.Match[str]], before: str) -> Iterator[Noun]:
    """The phrase up to the first run of nouns, unless a name stands beside it."""
    if not chain:
        return
    start = chain[0].start()
    if before in _NO_SUBJECTS and not _THERE.search(text, max(0, start - 12), start):
        return
    tokens = [token.group() for token in chain]
    forms = [bare(token) for token in tokens]
    owned = forms[0] in _DETERMINERS or forms[0].endswith("'s")
    first = next((i for i in range(owned, len(forms)) if _is_head(tokens[i], forms[i])), None)
    if first is None or sum(token.islower() for token in tokens[:first]) > _MODIFIERS:
        return
    last = _last(tokens, forms, first)
    if last + 1 < len(chain) and tokens[last + 1][0].isupper():
        return
    begin = 0
    if not owned and forms[last] in GROUPS:
        begin = int(last > 0 and before in _BEFORE_DOINGS and forms[0] in _DOINGS)
    elif not owned:
        begin = _named_from(tokens, last)
        if begin == last or forms[last] not in _STUDIES:
            return
    start, end = chain[begin].start(), chain[last].end()
    if text[start].isdigit():
        figures = _FIGURES.search(text, max(0, start - _LONGEST_FIGURES), start)
        start = figures.start() if figures else start
    apposed = text[start - 2 : start] == ", "
    apposed &= forms[last] not in DOCUMENTS or not _FINDS.match(text, end)
    if apposed or re.match(r",? [A-Z]", text[end : end + 3]):
        return
    yield Noun(start, end, forms[0] if owned else "", tuple(forms[begin + owned : last + 1]))


def _is_head(token: str, form: str) -> bool:
    """Whether a word is a noun for who may speak: by table, or by its ending in lower case."""
    if form in HEADS:
        return True
    return bool(_AGENT.fullmatch(token)) and form not in NOT_PERSONS


def _last(tokens: list[str], forms: list[str], first: int) -> int:
    """The end of the run of nouns that begins at `first`; a name's last noun goes on to that
    in lower case: "the Fenwater Post (national poll)"."""
    last = first
    while last + 1 < len(forms) and _is_head(tokens[last + 1], forms[last + 1]):
        last += 1
    if tokens[last][0].isupper() and last + 2 < len(forms):
        gap, noun = tokens[last + 1], tokens[last + 2]
        if _GAP.fullmatch(gap) and noun in HEADS:
            return last + 2
    return last


def _named_from(tokens: list[str], last: int) -> int:
    """Where the capitals right before a noun begin: "shows (Fenwater Post) poll"."""
    begin = last
    while begin and tokens[begin - 1][0].isupper():
        begin -= 1
    return begin


def fullest(text: str, noun: Noun) -> str:
    """The wording of a phrase without its article, with what belongs to it on the right."""
    start = noun.start
    if noun.determiner in ("the", "a", "an", "this", "that", "these", "those"):
        start += len(noun.determiner) + 1
    end = noun.end
    after = _AFTER.match(text, end) if noun.head in DOCUMENTS else None
    if after:
        verb = _VERBS.search(text, end, after.end())
        stop = verb.start() if verb else after.end()
        end += len(_LOOSE.sub("", text[end:stop]))
    return " ".join(text[start:end].split())


class Nouns:
    """The nouns of a text with the referents that they are linked to."""

    def __init__(self, text: str, named: frozenset[str]) -> None:
        """`named`: nouns that somebody with a name is called by; these are left to the names."""
        self._by_head: defaultdict[str, list[tuple[int, Referent]]] = defaultdict(list)
        self.phrases = list(find_nouns(text))
        """All that are found, with those that are left to the names."""
        self.nouns = [n for n in self.phrases if not (n.head in named and n.head in PERSONS)]
        self.owners = [self._link(text, noun) for noun in self.nouns]
        self.starts = [noun.start for noun in self.nouns]
        for noun, referent in zip(self.nouns, self.owners, strict=True):
            referent.nouns.append((noun.start, noun.end))

    def _link(self, text: str, noun: Noun) -> Referent:
        phrase = fullest(text, noun)
        known = None
        if noun.determiner in _POINTING:
            known = self.earlier(noun.head, frozenset(noun.words[:-1]) - _WITHIN, noun.start)
        if known is None:
            return self.add(phrase, noun.head, noun.start)
        if len(phrase) > len(known.name) and noun.head in DOCUMENTS:
            known.tell(phrase, noun.start)
        self._by_head[noun.head].append((noun.start, known))
        return known

    def at(self, start: int, end: int, head: str) -> Referent | None:
        """What the noun in a stretch of the text is linked to."""
        for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            if self.nouns[i].head == head:
                return self.owners[i]
        return None

    def before(self, at: int, reach: int) -> Iterator[Noun]:
        """The phrases that end before a place and begin within its reach, the nearest first."""
        for i in range(bisect_left(self.starts, at) - 1, -1, -1):
            if self.starts[i] < at - reach:
                return
            if self.nouns[i].end <= at:
                yield self.nouns[i]

    def earlier(self, head: str, modifiers: frozenset[str], at: int) -> Referent | None:
        """What was called by the same noun not long before, with no modifier against it."""
        known = self._by_head[head]
        last = bisect_left(known, at, key=itemgetter(0))
        for place, referent in reversed(known[max(0, last - _RIVALS) : last]):
            words = {bare(w) for w in re.findall(r"[\w’'-]+", referent.name)}
            if at - place < _NEAR and modifiers <= words:
                return referent
        return None

    def add(self, phrase: str, head: str, at: int) -> Referent:
        """A new referent without a name."""
        referent = Referent(phrase, at=at, named=False, plural=is_plural(head))
        referent.kinds[describe(head)] += 1
        if head in FEMALE_NOUNS:
            referent.genders["f"] += 2
        elif head in MALE_NOUNS:
            referent.genders["m"] += 2
        insort(self._by_head[head], (at, referent), key=itemgetter(0))
        return referent
