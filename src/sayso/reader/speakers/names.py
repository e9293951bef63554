"""Names as strings: where they stand in a text, and what belongs to one.

A name is a run of capitalised words without titles, possessive endings and honours:
"Health Secretary Dr Ruth M. Amberley's" holds `("Ruth", "M.", "Amberley")`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sayso.reader.speakers.lexicon import (
    ABBREVIATIONS,
    AMBIGUOUS,
    CALENDAR,
    COMPOUND_TITLES,
    CORPORATE,
    DEMONYMS,
    FEMALE_TITLES,
    GENERATIONS,
    GROUPS,
    HONOURS,
    MALE_TITLES,
    NATIONALITIES,
    NOT_NAMES,
    ORGANISATIONS,
    PARTICLES,
    PLACE_OPENERS,
    PLACES,
    POLITE,
    SURNAME_TITLES,
    TITLES,
    words,
)
from sayso.types import Kind

SEAT = re.compile(r"(?:[RDI]|Lab|Con)-[A-Z]\w*\.?")
"""A party and where its member sits, after his name: "D-Ohio"."""
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=[ \xa0]?\w)|\w+(?:[-'’]\w+)*|&")
_POSSESSIVE = re.compile(r"['’][sS]$")
_POSSESSIVE_GAP = re.compile(r"^['’][sS] ")
_SPACE = re.compile(r"[ \xa0]{1,2}$")
_STOP_SPACE = re.compile(r"\.[ \xa0]{1,3}$")
_PLURAL_POSSESSIVE = re.compile(r"['’] $")
_GENERATION_GAP = re.compile(r"\.?,? $")
_OPENING = re.compile(r"(?:^|[.!?:;\n\r—–•|]|[\"“”‘'«„(\[])[\s\"“”‘’'«„(\[—–-]*$")
_TOWNS = frozenset(("county", "city", "town"))
_OF = frozenset({("of",), ("for",), ("of", "the"), ("for", "the"), ("against",), ("on",)})
_OF_HEADS = ORGANISATIONS | words(
    """
    friends doctors voice sons daughters knights institutes bureau centers archbishop
    """
)
_COURTS = frozenset(("court", "courts", "tribunal"))
"""What is "of" one thing and "for" another: "Court of Appeals for the Hallin Circuit"."""
_LONGEST_HEADING = 250  # characters
_SENTENCE_WORDS = 5  # long words with capitals before a line with a full stop is a heading
_ROLES_ONLY = TITLES - SURNAME_TITLES
_PERHAPS_NAMES = AMBIGUOUS | SURNAME_TITLES
_HONOURS_AFTER = HONOURS - GENERATIONS
_OFFICE_HOLDERS = TITLES | GROUPS
_LONGEST_RUN = 40  # words: no name is longer, and what looks at all of a run stays cheap
_TITLE_BEFORE = re.compile(r"(?<![\w.-])([A-Z][\w-]*\.?)[ \xa0]{1,2}$")
_LONGEST_TITLE = 24  # characters
_OWNS = re.compile(r"['’](?:[sS]\b|(?= ))")
_LINKABLE = 3  # words between two capitalised ones

Word = tuple[int, int, str]
"""Start, end and form, without a possessive ending."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name in the text. `start` leaves titles out; `lead` takes them in."""

    start: int
    end: int
    words: tuple[str, ...]
    lead: int
    gender: str | None = None
    title: str = ""
    """The last title before it, as tables hold it: "sir"."""
    possessive: bool = False
    opens: bool = False
    """It opens a sentence or a quotation, where any word has a capital."""
    kinds: tuple[float, ...] | None = None
    """Where the network has seen it: the probability that it is a person's, a body's, a
    place's or something else's."""
    nickname: tuple[str, ...] = ()
    """What stands in quotation marks within it: "Bill" of William “Bill” Crane."""

    @property
    def key(self) -> tuple[str, ...]:
        return key(self.words)

    @property
    def titled(self) -> bool:
        return bool(self.title)

    @property
    def sort(self) -> Kind | None:
        """Whose the name looks by its words, or is to the network: a person's or a body's."""
        if self.kinds is None:
            return shape(self.words)
        best = self.likeliest
        return "person" if best == 0 else "organisation" if best == 1 else None

    @property
    def likeliest(self) -> int | None:
        """The likeliest of its kinds, where the network has seen it."""
        kinds = self.kinds
        return None if kinds is None else max(range(len(kinds)), key=kinds.__getitem__)

    @property
    def weak(self) -> bool:
        """Perhaps no name at all."""
        return (
            self.kinds is None
            and len(self.words) == 1
            and not self.titled
            and (self.opens or bare(self.words[0]) in _PERHAPS_NAMES)
        )


@dataclass(slots=True)
class _Run:
    """Capitalised words that are being gathered."""

    words: list[Word] = field(default_factory=list)
    between: list[Word] = field(default_factory=list)
    possessive: bool = False


def bare(word: str) -> str:
    """A word as tables hold it: lower case, no full stops, a straight apostrophe."""
    return word.casefold().replace(".", "").replace("’", "'")


def key(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(bare, words))


def shape(words: tuple[str, ...]) -> Kind | None:
    """What the words of a name alone say: a body, a person, or (None) nothing."""
    forms = [bare(w) for w in words]
    if PLACES & {forms[0], forms[-1]} and len(forms) > 1 and not ORGANISATIONS & set(forms[:-1]):
        return None
    if len(forms) == 2 and forms[0] in PLACE_OPENERS and not ORGANISATIONS & set(forms):
        return None
    if len(forms) > 1 and forms[-1] in CORPORATE - _TOWNS:
        return "organisation"
    if "&" in forms or "of" in forms or "for" in forms or ORGANISATIONS & set(forms):
        return "organisation"
    if len(forms) == 1:
        word = words[0].replace(".", "")
        internal = any(c.isupper() for c in word[1:]) and not set(word) & set("-'’")
        scots = word.startswith(("Mc", "Mac", "O’", "De", "Di", "Le", "La", "Van"))
        return "organisation" if internal and not scots and len(word) < 12 else None
    return "person" if len(forms) <= 4 else None


def is_capitalised(word: str) -> bool:
    """ "Amberley", "iPlayer", "al-Haddad"; not "mid-March"."""
    if word[0].isupper():
        return True
    head, hyphen, tail = word.partition("-")
    if hyphen:
        return len(head) == 2 and tail[:1].isupper() and head in ("al", "el", "an", "ad", "as")
    return len(word) > 2 and word[0].islower() and word[1].isupper()


def is_heading(line: str) -> bool:
    """A line in capitals or in title case, whose capitals say nothing about names."""
    if len(line) > _LONGEST_HEADING:
        return False
    letters = [w for w in line.split() if w[:1].isalpha() and len(w) > 3]
    if len(letters) < 3:
        return False
    if line.isupper():
        return True
    if not line.lstrip("\"“‘'«")[:1].isupper():
        return False
    if line.rstrip().endswith((",", ";")):
        return False
    stopped = line.rstrip().endswith(".")
    if stopped and len(letters) < _SENTENCE_WORDS:
        return False
    share = 1.0 if stopped else 0.8
    return sum(w[0].isupper() for w in letters) >= share * len(letters) and len(line.split()) > 4


def find_names(text: str, *, headings: bool = False) -> list[Name]:
    """The names of a text in their order; those of headings only where they are asked for."""
    names: list[Name] = []
    for start, end in _lines(text):
        if headings or not is_heading(text[start:end]):
            for run in _runs(text, start, end):
                names += _names(text, run)
    return names


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _runs(text: str, start: int, end: int) -> Iterator[_Run]:
    run = _Run()
    for match in TOKEN.finditer(text, start, end):
        form = match.group()
        possessive = _POSSESSIVE.search(form)
        word = (match.start(), match.end() - 2 * bool(possessive), _POSSESSIVE.sub("", form))
        if not word[2]:
            continue
        if is_capitalised(word[2]):
            if _owns_office(text, run, word):
                run.possessive = False
            if not _continues(text, run, word):
                if run.words:
                    yield run
                run = _Run()
            if len(run.words) > _LONGEST_RUN:
                yield run
                run = _Run()
            run.words += [*run.between, word]
            run.between = []
            run.possessive = bool(possessive)
        elif run.words:
            run.between.append(word)
            if len(run.between) > _LINKABLE:
                yield run
                run = _Run()
    if run.words:
        yield run


def _owns_office(text: str, run: _Run, word: Word) -> bool:
    """ "Coroner's Office", "Teachers' Union": one name in spite of the possessive."""
    return (
        run.possessive
        and not run.between
        and bare(word[2]) in ORGANISATIONS
        and bare(run.words[-1][2]) in _OFFICE_HOLDERS
    )


def _continues(text: str, run: _Run, word: Word) -> bool:
    if not run.words or run.possessive:
        return False
    chain = [run.words[-1], *run.between, word]
    if not all(_adjoin(text, a, b) for a, b in pairwise(chain)):
        return False
    if bare(word[2]) in GENERATIONS or not run.between:
        return True
    links = tuple(w[2].casefold() for w in run.between)
    heads = {bare(w[2]) for w in run.words}
    if all(link in PARTICLES for link in links) or links == ("&",):
        return True
    if links in _OF:
        return (
            bare(run.words[-1][2]) in _OF_HEADS
            or ("of" in heads & {links[0]})
            or (links[0] == "for" and "of" in heads and bool(heads & _COURTS))
            or (
                links[0] == "of"
                and " ".join((bare(run.words[-1][2]), *links, bare(word[2]))) in COMPOUND_TITLES
            )
        )
    return links == ("and",) and "of" in heads | {"for"} & heads and bare(word[2]) not in TITLES


def _adjoin(text: str, a: Word, b: Word) -> bool:
    gap = _POSSESSIVE_GAP.sub(" ", text[a[1] : b[0]])
    if _SPACE.fullmatch(gap):
        return True
    if _STOP_SPACE.fullmatch(gap):
        return bare(a[2]) in ABBREVIATIONS
    if _GENERATION_GAP.fullmatch(gap) and bare(b[2]) in GENERATIONS:
        return True
    return bool(_PLURAL_POSSESSIVE.fullmatch(gap)) and a[2][-1] in "sS"


def _names(text: str, run: _Run) -> Iterator[Name]:
    """The names in a run: none in "On Monday", two in "Obama Monday Clinton"."""
    part: list[Word] = []
    last = run.words[-1]
    for i, word in enumerate(run.words):
        if _breaks(run.words, i, part):
            yield from _name(text, part, possessive=False)
            part = []
        else:
            part.append(word)
    yield from _name(text, part, possessive=run.possessive and bool(part) and part[-1] == last)


def _breaks(words: list[Word], i: int, part: list[Word]) -> bool:
    form = bare(words[i][2])
    if "." in words[i][2] or not {form, form.partition("'")[0]} & NOT_NAMES:
        return False
    if words[i][2].islower() and part:
        return False
    return form in CALENDAR if part else form not in AMBIGUOUS


def _name(text: str, words: list[Word], *, possessive: bool) -> Iterator[Name]:
    while words and words[-1][2].islower():
        words = words[:-1]
    if not words:
        return
    lead = words[0][0]
    gender, title = None, ""
    cut = title_end([bare(w[2]) for w in words])
    for word in words[:cut]:
        form = bare(word[2])
        gender = "m" if form in MALE_TITLES else "f" if form in FEMALE_TITLES else gender
        title = form
    words = words[cut:]
    if words and words[0][2] in ("of", "for", "and"):
        return
    while len(words) > 1 and bare(words[-1][2]) in _HONOURS_AFTER and words[-1][2].isupper():
        words = words[:-1]
    if not words or _is_no_name(words, title):
        return
    opens = bool(_OPENING.search(text[max(0, lead - 8) : lead]) or lead == 0)
    yield Name(
        words[0][0],
        words[-1][1],
        tuple(w[2] for w in words),
        lead,
        gender,
        title,
        possessive,
        opens,
    )


def named_at(
    text: str, start: int, end: int, words: tuple[str, ...], kinds: Sequence[float]
) -> Name:
    """The name that stands here, with the titles that stand before it."""
    lead, gender, title = start, None, ""
    while before := _TITLE_BEFORE.search(text, max(0, lead - _LONGEST_TITLE), lead):
        form = bare(before.group(1))
        if form not in TITLES:
            break
        title = title or form
        gender = gender or ("m" if form in MALE_TITLES else "f" if form in FEMALE_TITLES else None)
        lead = before.start()
    opens = bool(_OPENING.search(text[max(0, lead - 8) : lead]) or lead == 0)
    possessive = bool(_OWNS.match(text, end))
    return Name(start, end, words, lead, gender, title, possessive, opens, tuple(kinds))


def title_end(forms: list[str]) -> int:
    """How many of the words belong to titles: 3 in "rules committee chairman bruce ash"."""
    joined = " ".join(forms)
    for compound in COMPOUND_TITLES:
        at = joined.find(compound)
        if at >= 0:
            return joined[: at + len(compound)].count(" ") + 1
    if len(forms) > 1 and forms[-1] in ORGANISATIONS and forms[0] not in MALE_TITLES:
        return 0
    cut = 0
    for i, form in enumerate(forms[:-1]):
        if form.removesuffix("-elect") in TITLES and not (
            form in SURNAME_TITLES and forms[i + 1] in GENERATIONS
        ):
            cut = i + 1
    if cut == len(forms) - 1 and forms[-1] in _ROLES_ONLY:
        return cut if forms[cut - 1] in POLITE else len(forms)
    rest = forms[cut:]
    while len(rest) > 2 and rest[0] in NATIONALITIES and not set(rest) & (ORGANISATIONS | PLACES):
        rest = rest[1:]
    return len(forms) - len(rest)


def _is_no_name(words: list[Word], title: str) -> bool:
    forms = [bare(w[2]) for w in words]
    if title in POLITE:
        return False
    if len(forms) == 1:
        form = forms[0]
        if title:
            return form in TITLES and form not in SURNAME_TITLES
        if form in _ROLES_ONLY or form in DEMONYMS:
            return True
        return len(form) < 2 or form in NATIONALITIES or form.isdigit()
    people = forms[-1] in DEMONYMS and forms[0] not in ("liberal", "social", "christian", "lib")
    if people and not {"of", "for"} & set(forms):
        return True
    if forms[-1] in TITLES:
        return forms[-1] not in SURNAME_TITLES or bool(set(forms) & ORGANISATIONS)
    return all(f in NATIONALITIES for f in forms)
