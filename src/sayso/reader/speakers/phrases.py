"""What the words of a source are: names, pronouns, descriptions, or several of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from sayso.reader.speakers.edges import TRIM, trimmed
from sayso.reader.speakers.lexicon import (
    ANONYMOUS,
    DOCUMENTS,
    FEMALE_NOUNS,
    GROUPS,
    KIN,
    MALE_NOUNS,
    NATIONALITIES,
    ORGANISATION_NOUNS,
    SINGULAR_IN_S,
    TITLES,
    words,
)
from sayso.reader.speakers.names import Name, bare, find_names
from sayso.types import Kind

FIRST = words("i me my mine myself we us our ours ourselves")
SECOND = frozenset(["you", "your", "yours"])
MALE = frozenset(["he", "him", "his", "himself"])
FEMALE = frozenset(["she", "her", "hers", "herself"])
PLURAL = words("they them their theirs themselves themself these those both")
NEUTER = frozenset(["it", "its", "itself", "this", "that"])
RELATIVE = frozenset(["who", "whom", "whose", "which"])
PRONOUNS = FIRST | SECOND | MALE | FEMALE | PLURAL | NEUTER | RELATIVE
PERSONS = FEMALE_NOUNS | MALE_NOUNS | KIN | TITLES

_LONGEST = 500  # characters of a source that are looked at
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.I)
_DETERMINER = re.compile(
    r"(the|an?|his|her|its|their|our|my|your|this|that|these|those|one|another|some|many|most|"
    r"several|other|few|all|no|any|every|each|both|two|three|four|five|six|\d[\d,.]*)\s+",
    re.I,
)
_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_SPLIT = re.compile(
    r"\s*,\s*(?:and\s+)?|\s+(?:and|or|nor|as well as|along with|together with)\s+", re.I
)
_JOINS = re.compile(r"\b(?:and|or|nor|as well as|along with|together with)\s*$", re.I)
_CLAUSE = re.compile(r"\s{3,}|\s(?:who|whom|whose|which|that|where|when)\b|\s[–—-]\s|[;:]", re.I)
_CUT = re.compile(
    r"\s(?:of|from|at|in|for|with|on|to|by|against|about|near|outside|inside|into|over|under|"
    r"among|between|within|without|including|based|near|behind|after|before|during|as|not|than|"
    r"close|familiar|aged|\w+ing|led|made|held|published|released|seen|obtained|written|signed|"
    r"issued|sent|filed|posted|commissioned|conducted|"
    r"produced|compiled|himself|herself|themselves|known|called|dated|drafted|"
    r"involved|interviewed|polled|surveyed|quoted|named)\b(?!['’])",
    re.I,
)
_NAMED_AS = re.compile(
    r"\b(?:(?:his|her|their) name (?:only )?as|named|identified (?:only )?as|known as|called|"
    r"goes by|went by)\s+",
    re.I,
)
_ENDING = re.compile(r"(?:['’]s?)?(?:,? [A-Z]{2,4})*")
_SELF = re.compile(r"\s(?:(?:him|her|it|them)sel(?:f|ves)|each|alike)$", re.I)
_WORD = re.compile(r"\w+(?:[-'’]\w+)*%?")
_AGE = re.compile(r"\d+-year-old|\d\d")
_PERSON_ENDINGS = ("ist", "er", "or", "ian", "man", "woman", "ee", "eur", "ress", "cian", "arch")
_RELATED = re.compile(r"(?:who|whom|whose|which)\s+(?=\S)", re.I)
_SUBJECT = re.compile(r"(?:the|an?|his|her|its|their|our|my)\s|[A-Z]")
_PLACED = re.compile(r"(?:from|of|in|at|near|outside|around|across|on|with|for)\s", re.I)
_TIES = words("of for to in at from with by")
_EMPTY = words(
    """
    a an the of by from to for at in on as and or but nor not did do does was is are were has had
    have be been will would can could may might shall should must than then so if
    """
)

Form = Literal["name", "pronoun", "description"]


@dataclass(frozen=True, slots=True)
class Part:
    """One of those whom a source names."""

    form: Form
    start: int
    text: str
    """Without a leading article and what surrounds it."""
    head: str = ""
    words: frozenset[str] = frozenset()
    determiner: str = ""
    name: Name | None = None
    possessor: Name | None = None
    apposed: str = ""
    """What stands beside the name: "the county's surveyor"."""
    long: bool = False
    """More follows its noun: "aide (to the mayor)"."""
    after: bool = False
    """It stands after the name."""
    first: bool = False
    """It begins with a capital."""
    proper: frozenset[str] = frozenset()
    """Its words with capitals: "clinton" in "the Clinton campaign"."""
    stop: int | None = None
    """Where a name follows that is another's: "a friend of the mayor, (Ruth Amberley)"."""

    @property
    def plural(self) -> bool:
        return is_plural(self.head) or self.determiner in _PLURAL_DETERMINERS


_PLURAL_DETERMINERS = words("these those some many most several few all both two three")


def is_plural(noun: str) -> bool:
    if noun in GROUPS:
        return True
    return (
        noun.endswith("s")
        and not noun.endswith(("ss", "us", "is", "'s"))
        and noun not in SINGULAR_IN_S
    )


def is_person(noun: str) -> bool:
    """Whether a noun means one person: by table, or by its ending."""
    if noun in ORGANISATION_NOUNS or noun in DOCUMENTS:
        return False
    return noun in PERSONS - KIN or noun.endswith(_PERSON_ENDINGS) or bool(_AGE.fullmatch(noun))


def served(phrase: str) -> str:
    """The role at the end of "a friend of the mayor", whose bearer a name after it names.

    Blank where no nameless person is tied to one: "a spokesman for the trust".
    """
    forms = phrase.strip(TRIM).split()
    keys = [bare(form) for form in forms]
    head = next((i for i, key in enumerate(keys) if key in ANONYMOUS), len(keys))
    if not _TIES & set(keys[head + 1 : head + 3]):
        return ""
    places = range(len(keys) - 1, head + 1, -1)
    role = next((i for i in places if _DETERMINER.fullmatch(forms[i - 1] + " ")), None)
    if role is None or is_plural(keys[-1]) or not (is_person(keys[-1]) or keys[-1] in KIN):
        return ""
    if forms[-1][0].isupper() and keys[-1] not in TITLES:
        return ""
    return " ".join(forms[role:])


def describe(head: str) -> Kind:
    """The kind of what a description's noun means."""
    if head in DOCUMENTS:
        return "document"
    if head in ("official", "officials", "source", "sources", "aide", "aides", "insiders"):
        return "unnamed"
    if head in GROUPS:
        return "group"
    if head in ORGANISATION_NOUNS or (head.endswith("s") and head[:-1] in ORGANISATION_NOUNS):
        return "group" if is_plural(head) and head not in ORGANISATION_NOUNS else "organisation"
    return "group" if is_plural(head) else "unnamed"


def parse(text: str, start: int, end: int) -> list[Part]:
    """The members of the source `text[start:end]`; none where it is blank."""
    start, end = trimmed(text, start, min(end, start + _LONGEST))
    if start >= end or _is_empty(text[start:end]):
        return []
    related = _RELATED.match(text, start, end)
    if related:
        word = related.group().strip()
        if word.casefold() != "whose" and not _SUBJECT.match(text, related.end(), end):
            return [Part("pronoun", start, word, head=word.casefold())]
        start = related.end()
    names = _names_in(text, start, end)
    told = _NAMED_AS.search(text, start, end)
    if told and (name := _name_at(names, told.end())):
        return [Part("name", start, text[start:end], name=name, apposed=text[start : told.start()])]
    clause = _outside(_CLAUSE, text, start, end, names)
    body = clause if clause is not None else end
    parts: list[Part] = []
    segments = list(_segments(text, start, body, names))
    for left, right, joined in segments:
        comma = "," in text[left - 6 : left]
        part = _segment(text, left, right, names)
        _take(parts, part, joined, comma, last=right == body, listed=segments[-1][2])
    only = parts[0] if len(parts) == 1 else None
    if only and only.form == "description" and describe(only.head) != "organisation":
        stop = end if only.stop is None else only.stop
        return [replace(only, text=without_article(text[start:stop].rstrip(TRIM)))]
    return parts


def _is_empty(phrase: str) -> bool:
    """Whether nothing is left but words that name nobody; a label's capitals ("DO") may."""
    forms = _WORD.findall(phrase)
    return all(bare(w) in _EMPTY and not (w.isupper() and len(w) > 1) for w in forms)


def without_article(phrase: str) -> str:
    return _ARTICLE.sub("", phrase, count=1) if _ARTICLE.match(phrase) else phrase


def _names_in(text: str, start: int, end: int) -> list[Name]:
    return [
        replace(n, start=n.start + start, end=n.end + start, lead=n.lead + start)
        for n in find_names(text[start:end], headings=True)
    ]


def _name_at(names: list[Name], start: int) -> Name | None:
    return next((n for n in names if start in (n.start, n.lead)), None)


def _outside(
    pattern: re.Pattern[str], text: str, start: int, end: int, names: list[Name]
) -> int | None:
    """Where the pattern is first found, not inside a name nor at the very start."""
    for match in pattern.finditer(text, start, end):
        if match.start() <= start or any(n.lead <= match.start() < n.end for n in names):
            continue
        if match.group().endswith("ing") and _DETERMINER.fullmatch(text, start, match.start() + 1):
            continue
        return match.start()
    return None


def _segments(
    text: str, start: int, end: int, names: list[Name]
) -> Iterator[tuple[int, int, bool]]:
    """The stretches between commas and conjunctions, and whether "and" stands before each."""
    left, joined = start, False
    for match in _SPLIT.finditer(text, start, end):
        if any(n.lead <= match.start() < n.end for n in names) or match.start() <= left:
            continue
        yield left, match.start(), joined
        left, joined = match.end(), bool(_JOINS.search(match.group().rstrip()))
    if left < end:
        yield left, end, joined


def _take(
    parts: list[Part], part: Part, joined: bool, comma: bool, *, last: bool, listed: bool
) -> None:
    """Add a segment to the members: as another one, as an apposition, or not at all."""
    if not parts:
        parts.append(part)
        return
    before = parts[-1]
    if joined and not comma and _is_one(before, part):
        text = f"{before.text} and {part.text}"
        parts[-1] = replace(part, form="description", name=None, text=text, start=before.start)
    elif joined and part.name and _is_role(before):
        parts[-1] = replace(part, apposed=before.text, start=before.start)
    elif joined:
        if _is_member(part, before, comma=comma):
            parts.append(part)
    elif part.form == "name" and _PLACED.match(part.text):
        return
    elif part.form == "name" and before.stop is None and served(before.text):
        parts[-1] = replace(before, stop=part.start)
    elif part.form == "name" and before.form == "description":
        if listed if before.plural else _may_be_called(before, part):
            parts[-1] = replace(part, apposed=before.text, start=before.start)
    elif part.form == "name" and before.form == "name":
        if not (last or before.apposed or part.determiner) and len(part.text.split()) < 5:
            parts.append(part)
    elif before.form == "name" and part.form == "description" and not before.apposed:
        parts[-1] = replace(before, apposed=part.text, after=True)


def _is_role(part: Part) -> bool:
    """ "Writer" in "writer and critic Ruth Amberley"."""
    return (
        part.form == "description"
        and not part.determiner
        and (part.head in TITLES or part.head in NATIONALITIES)
    )


def _is_one(before: Part, part: Part) -> bool:
    """ "Sanders and Clinton campaigns": what one noun at the end holds together."""
    if before.name is None or len(before.name.words) > 1 or before.name.titled or before.apposed:
        return False
    return part.form == "description" and part.plural and bool(part.proper or part.first)


def _is_member(part: Part, before: Part, *, comma: bool) -> bool:
    """ "Smith and his aides" are two; "director and founder" is one."""
    if before.apposed and not comma and len(before.apposed) > 3 and before.after:
        return False
    if part.form in ("name", "pronoun"):
        return comma or not (before.form == "description" and before.long)
    if before.form == "description" and before.plural and part.plural and not comma:
        bare_both = not before.determiner and not re.search(r"\d", before.text)
        return bool(part.determiner) or bare_both
    if before.apposed and part.determiner in ("a", "an"):
        return False
    if before.form == "description" and not before.determiner:
        return False
    return bool(part.determiner) or (before.form == "name" and part.plural)


def _may_be_called(role: Part, name: Part) -> bool:
    """ "The goalkeeper, Ewan Strachan"; not "a shop in Hallin, Norland"."""
    called = name.name
    return called is not None and (
        role.determiner not in ("a", "an", "one", "another")
        or len(called.words) > 1
        or called.titled
        or role.head in KIN
    )


def _segment(text: str, start: int, end: int, names: list[Name]) -> Part:
    phrase = _SELF.sub("", _BRACKETS.sub("", text[start:end]).strip(TRIM))
    low = phrase.casefold().removesuffix(" own")
    if low in PRONOUNS:
        return Part("pronoun", start, phrase, head=low)
    inside = [n for n in names if start <= n.lead < end]
    cut = _outside(_CUT, text, start, end, inside)
    bracket = text.find("(", start, end)
    edge = min(x for x in (cut, bracket if bracket > start else None, end) if x is not None)
    while edge > start and text[edge - 1] in TRIM:
        edge -= 1
    head = next((n for n in inside if _ENDING.fullmatch(text, n.end, edge)), None)
    age = re.search(r"[\w.](\s+\d\d?)$", text[start:edge])
    if head is None and age:
        head = next((n for n in inside if n.end == start + age.start(1)), None)
    if head is not None and not _is_common(head, names):
        named = _description(text, start, edge, phrase, inside)
        apposed = text[start : head.lead].strip(TRIM)
        return replace(named, form="name", name=head, apposed=apposed)
    return _description(text, start, edge, phrase, inside)


def _is_common(name: Name, names: list[Name]) -> bool:
    """A noun with a capital because it opens the sentence: "Police", "Bookmakers"."""
    form = bare(name.words[-1])
    return (
        len(name.words) == 1
        and name.opens
        and not name.titled
        and (form in GROUPS or form in ORGANISATION_NOUNS or form in DOCUMENTS)
        and not name.words[0].isupper()
    )


def _description(text: str, start: int, edge: int, phrase: str, inside: list[Name]) -> Part:
    forms = _WORD.findall(text[start:edge])
    words = [bare(w).removesuffix("'s") for w in forms]
    determiner = _DETERMINER.match(text, start, edge)
    possessor = next((n for n in inside if n.possessive and n.end < edge), None)
    return Part(
        "description",
        start,
        without_article(phrase),
        long=edge - start + 2 < len(phrase),
        head=words[-1] if words else "",
        words=frozenset(words),
        determiner=determiner.group(1).casefold() if determiner else "",
        possessor=possessor,
        first=bool(forms) and forms[0][0].isupper(),
        proper=frozenset(w for w, f in zip(words[1:], forms[1:], strict=True) if f[0].isupper()),
    )
