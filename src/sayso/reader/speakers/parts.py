"""What one member of a source is: a name, a pronoun or a description, and what it says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sayso.reader.speakers.edges import TRIM, stripped
from sayso.reader.speakers.lexicon import (
    ANONYMOUS,
    DEMONYMS,
    DOCUMENTS,
    FEMALE_NOUNS,
    GROUPS,
    KIN,
    MALE_NOUNS,
    ORGANISATION_NOUNS,
    SINGULAR_IN_S,
    SURNAME_TITLES,
    TITLES,
    words,
)
from sayso.reader.speakers.names import Name, bare
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
QUANTIFIERS = words("some many several most any")

_ARTICLE = re.compile(
    r"(?:the|an?|that|these|this(?!\s(?:column|page|blog|(?:web)?site|(?:news)?paper|newsletter|"
    r"magazine|programme|reporter|writer|correspondent)\b))\s+",
    re.I,
)
"""With "this", but where an outlet calls itself so: "this newspaper"."""
_NUMBER = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|two|three|four|five|"
    r"six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"\d[\d,.]*%?)"
)
_COUNT = re.compile(_NUMBER, re.I)
_OF = re.compile(r" of (?=\S)")
OF_SEVERAL = re.compile(rf"\bof {_NUMBER} ", re.I)
_DETERMINER = re.compile(
    r"(the|an?|his|her|its|their|our|my|your|this|that|these|those|one|another|some|many|most|"
    rf"several|other|few|all|no|any|every|each|both|{_NUMBER})\s+",
    re.I,
)
_ALONE = re.compile(r"^(?:the|an?)$", re.I)
_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_CUT = re.compile(
    r"\s(?:of|from|at|in|for|with|on|to|by|against|about|near|outside|inside|into|over|under|"
    r"among|around|across|between|within|without|including|based|beside|behind|after|before|"
    r"during|as|like|unlike|not|than|"
    r"close|familiar|aged|(?!wing\b|king\b)\w+ing|led|made|held|published|released|seen|obtained|"
    r"written|signed|issued|sent|filed|posted|commissioned|conducted|"
    r"produced|compiled|himself|herself|themselves|known|called|dated|drafted|"
    r"involved|interviewed|polled|surveyed|quoted|named)\b(?!['’])",
    re.I,
)
_TIE = re.compile(
    r"\s(?:of|from|at|in|for|with|on|to|by|against|about|near|into|among|around|across|between|"
    r"within|without|during|than)\s",
    re.I,
)
"""Those of them that end a phrase even after a possessive: "St Odo's (in Hallin)"."""
_OWNED = re.compile(r"(?:['’]s|s['’])$")
_ENDING = re.compile(r"(?:['’]s?|(?<=\w\w)\.)?(?:,? [A-Z]{2,4}\b)*")
SHARED = re.compile(
    r"(?<!ing)(?<!\bof)(?<!\bby)(?<!\bfor),?\s(?:(?:him|her|it|them)sel(?:f|ves)|both|all|each|alike)$",
    re.I,
)
"""After the names of those who speak: "Pell and Reed (both)", "Pell (himself)"."""
_DOES = re.compile(r" [a-z]+(?:s|ed) (?:the|an?|his|her|its|their|\d+)\b")
"""After a name: "(Ruth Amberley) surveys the damage" is a caption, and no noun of hers."""
_WORD = re.compile(r"\w+(?:[-'’]\w+)*%?")
_PEOPLE = re.compile(r"[a-z]{2}(?:i|e)ans$")
_ADVERB = re.compile(r"already|also|currently|now|recently|still")
"""What stands between a noun and its participle: "people (already) using it"."""
_ONE_OF_A_KIND = re.compile(
    r" (?:agency|association|authority|bank|board|bureau|campaign|club|commission|committee|"
    r"company|council|department|firm|group|institute|ministry|office|officer|panel|party|"
    r"society|team|trust|union|unit)\b(?!['’-])"
)
"""After a participle, what would need an article if it were its object."""
_SEVERAL = re.compile(r"[A-Z]{2,}s")
_AGE = re.compile(r"\d+-year-old|\d\d")
_PERSON_ENDINGS = ("ist", "er", "or", "ian", "man", "woman", "ee", "eur", "ress", "cian", "arch")
_TIES = words("of for to in at from with by")
_PLURAL_DETERMINERS = words("these those some many most several few all both two three")
_OFFICES = words("minister secretary undersecretary chancellor commissioner ambassador chief")
"""Those of them that have a domain: "the secretary for trade"."""
_PLACE_NOUNS = words("city town village state county island republic kingdom province region")
_UNCLOSED = (" of", " for", " to", " the", " by", " with", " from", " and")
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
    """Without a leading article or "this", and what surrounds it."""
    head: str = ""
    words: frozenset[str] = frozenset()
    determiner: str = ""
    name: Name | None = None
    possessor: Name | None = None
    apposed: str = ""
    """What stands beside the name: "the county's surveyor"."""
    owned: bool = False
    """A possessive stands before its noun: "Norland's (ministry)"."""
    long: bool = False
    """More follows its noun: "aide (to the mayor)"."""
    after: bool = False
    """Something stands after the name."""
    first: bool = False
    """It begins with a capital."""
    inside: tuple[Name, ...] = ()
    """The names among its words, which are others': "Amberley" in "the Amberley campaign"."""
    proper: frozenset[str] = frozenset()
    """Its words with capitals: "amberley" in "the Amberley campaign"."""
    stop: int | None = None
    """Where a name follows that is another's: "a friend of the mayor, (Ruth Amberley)"."""

    @property
    def plural(self) -> bool:
        several = self.determiner in _PLURAL_DETERMINERS or (self.long and self.counted)
        return is_plural(self.head) or several

    @property
    def counted(self) -> bool:
        """It begins with a number: "six bakers", "12% of voters"."""
        number = self.determiner or (self.head if self.long else "")
        return bool(_COUNT.fullmatch(number))


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


def is_empty(phrase: str) -> bool:
    """Whether nothing is left but words that name nobody; a label's capitals ("DO") may."""
    forms = _WORD.findall(phrase)
    return all(bare(w) in _EMPTY and not (w.isupper() and len(w) > 1) for w in forms)


def without_article(phrase: str) -> str:
    article = _ARTICLE.match(phrase)
    return " ".join(phrase[article.end() if article else 0 :].split())


def name_at(names: Sequence[Name], start: int) -> Name | None:
    return next((n for n in names if start in (n.start, n.lead)), None)


def is_named(names: Sequence[Name], at: int) -> bool:
    """Whether a place is inside a name or its titles."""
    return any(n.lead <= at < n.end for n in names)


def read(text: str, start: int, end: int, names: Sequence[Name]) -> Part:
    """The one member that the words `text[start:end]` are."""
    phrase = SHARED.sub("", stripped(_BRACKETS.sub("", text[start:end])))
    low = phrase.casefold().removesuffix(" own")
    if low in PRONOUNS:
        return Part("pronoun", start, phrase, head=low)
    inside = [n for n in names if start <= n.lead < end]
    edge = _edge(text, start, end, inside)
    described = _description(text, start, edge, phrase, inside)
    if described.counted and not described.determiner:
        described = _of_number(text, described, edge, end, inside)
    holder = _holder(text, start, edge, end, inside)
    head = holder or _head(text, start, edge, end, inside)
    if head is None or (head is not holder and _is_seat(head, described, edge)):
        return described
    described = replace(described, inside=tuple(n for n in described.inside if n is not head))
    if head is not holder and _is_common(head, described):
        return described
    apposed = _ALONE.sub("", text[start : head.lead].strip(TRIM))
    return replace(described, form="name", name=head, apposed=apposed)


def _of_number(text: str, part: Part, edge: int, end: int, inside: Sequence[Name]) -> Part:
    """ "Eight of the rivals", with the rivals for its noun."""
    if not (of := _OF.match(text, edge, end)):
        return part
    among = _description(text, of.end(), _edge(text, of.end(), end, inside), "", inside)
    if not among.head or among.head in PRONOUNS:
        return part
    return replace(part, head=among.head, determiner=part.head, words=part.words | among.words)


def _edge(text: str, start: int, end: int, inside: Sequence[Name]) -> int:
    """Where the noun of a phrase ends, or its name: before "of", a bracket or a participle."""
    edge = min(_cut(text, start, end, inside), end)
    bracket = text.find("(", start, edge)
    edge = bracket if bracket > start else edge
    while edge > start and text[edge - 1] in TRIM:
        edge -= 1
    return edge - len(own.group()) if (own := SHARED.search(text[start:edge])) else edge


def _cut(text: str, start: int, end: int, inside: Sequence[Name]) -> int:
    for match in _CUT.finditer(text, start, end):
        at = match.start()
        if at <= start or is_named(inside, at):
            continue
        if _TIE.match(text, at):
            return at
        if _OWNED.search(text, start, at):
            continue
        if not match.group().endswith("ing") or not _modifies(text, start, match.end(), inside):
            return at
    return end


def _modifies(text: str, start: int, end: int, inside: Sequence[Name]) -> bool:
    """Whether a participle that ends here stands before its noun: "a working baker", "the Senate
    banking committee", "council planning director Ada Pell"."""
    before = text[start:end].rpartition(" ")[0]
    if _DETERMINER.fullmatch(before + " ") or _ONE_OF_A_KIND.match(text, end):
        return True
    name = next((n for n in inside if n.lead > end), None)
    if name is None or name.sort != "person" or is_plural(bare(before.rpartition(" ")[2])):
        return False
    between = [bare(word) for word in text[end : name.lead].split()]
    return bool(between) and is_person(between[-1]) and not _EMPTY & set(between)


def _head(text: str, start: int, edge: int, end: int, inside: Sequence[Name]) -> Name | None:
    """The name at the edge of a phrase, with honours or an age after it; or whose deed follows."""
    for name in inside:
        owns = name.possessive and edge > name.end + 2
        if name.lead > start and text[name.lead - 1] == "-":
            continue
        if _ENDING.fullmatch(text, name.end, edge) and not owns:
            return name
        if not name.possessive and name.sort == "person" and _DOES.match(text, name.end, end):
            return name
    age = re.search(r"[\w.](\s+\d\d?)$", text[start:edge])
    return next((n for n in inside if age and n.end == start + age.start(1)), None)


def _holder(text: str, start: int, edge: int, end: int, inside: Sequence[Name]) -> Name | None:
    """Who holds an office: "(Bank of Hallin governor) Odo Pell", "Trust (HT) chair Odo Pell",
    "the secretary for trade Odo Pell"."""
    if not inside or edge == end:
        return None
    last, office = inside[-1], _WORD.findall(text[start:edge])
    tail = _BRACKETS.sub("", text[last.end : end]).strip(TRIM)
    if last.sort != "person" or not _ENDING.fullmatch(tail) or last.lead <= edge or not office:
        return None
    noun = bare(office[-1])
    between = _WORD.findall(text[edge : last.lead])
    if is_plural(noun) or noun in ANONYMOUS | KIN:
        return None
    if any(
        n.sort == "person" and n.end <= edge and bare(n.words[-1]) not in TITLES for n in inside
    ):
        return None
    tied = text.startswith((" of ", " for ", " at "), edge) and len(between) > 1
    closed = not text[edge : last.lead].rstrip().endswith(_UNCLOSED)
    if noun in _OFFICES and tied:
        return last if closed and not is_person(bare(between[-1])) else None
    if _DETERMINER.match(text, start, end) or not office[0][0].isupper():
        return None
    return last if (text.startswith("(", edge + 1) or tied) and closed else None


def _is_seat(name: Name, described: Part, edge: int) -> bool:
    """Whether a name says where somebody sits: "the Hallin MP"."""
    seated = described.determiner and name.end < edge and described.head in TITLES
    return bool(seated) and name.sort != "person"


def _is_common(name: Name, described: Part) -> bool:
    """A noun with a capital as it opens the sentence or is an office: "Police", "Secretary of",
    but not "Bill", the man; and people who are some of those of the name: "young Democrats"."""
    form = bare(name.words[-1])
    lower = all(w.islower() for w in name.words)
    if lower and (_is_owned(name, described) if name.sort else described.determiner):
        return True
    if len(name.words) > 1 or name.titled or name.words[0].isupper():
        return False
    if _SEVERAL.fullmatch(name.words[0]):
        return True
    narrowed = described.long or len(described.words - {"the"}) > 1
    if narrowed and (form in DEMONYMS or _PEOPLE.search(form)) and is_plural(form):
        return True
    if described.long and form in TITLES - SURNAME_TITLES:
        return True
    if name.sort == "person" or not name.opens:
        return False
    return form in GROUPS or form in ORGANISATION_NOUNS or form in DOCUMENTS


def _is_owned(name: Name, described: Part) -> bool:
    """Whether a noun in lower case has its body's owner before it: "Norland's ministry"."""
    known = ORGANISATION_NOUNS | DOCUMENTS | GROUPS
    return described.owned and described.head in known and bare(name.words[-1]) == described.head


def _description(text: str, start: int, edge: int, phrase: str, inside: Sequence[Name]) -> Part:
    forms = _WORD.findall(text[start:edge])
    while len(forms) > 1 and _ADVERB.fullmatch(forms[-1]):
        forms.pop()
    keys = [bare(w).removesuffix("'s") for w in forms]
    determiner = _DETERMINER.match(text, start, edge)
    possessor = next((n for n in inside if n.possessive and n.end < edge), None)
    return Part(
        "description",
        start,
        without_article(phrase),
        owned=any(_OWNED.search(form) for form in forms[:-1]),
        long=edge - start + 2 < len(phrase),
        head=keys[-1] if keys else "",
        words=frozenset(keys),
        determiner=determiner.group(1).casefold() if determiner else "",
        possessor=possessor,
        inside=tuple(n for n in inside if not _is_called(text, n, edge, keys)),
        first=bool(forms) and forms[0][0].isupper(),
        proper=frozenset(w for w, f in zip(keys[1:], forms[1:], strict=True) if f[0].isupper()),
    )


def _is_called(text: str, name: Name, edge: int, keys: Sequence[str]) -> bool:
    """Whether a name among the words of a phrase is what it means: "the Fenwater company", "the
    city of Hallin"."""
    head = keys[-1] if keys else ""
    if name.lead >= edge:
        return head in _PLACE_NOUNS and text[edge : name.lead].split() in (["of"], ["of", "the"])
    body = name.sort == "organisation" and head in ORGANISATION_NOUNS
    last = not _WORD.search(text, name.end, max(edge, name.end))
    return last or (body and not name.possessive)
