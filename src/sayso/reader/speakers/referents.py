"""Those whom an article's names mean, and whether a name may be theirs."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from sayso.reader.drafts import Bounds
from sayso.reader.speakers.forms import Key
from sayso.reader.speakers.lexicon import (
    DOCUMENTS,
    GROUPS,
    PLACES,
    SURNAME_TITLES,
    TITLES,
    words,
)
from sayso.reader.speakers.names import Name, bare, is_capitalised, shape
from sayso.types import Kind

SORTS = ("person", "organisation", "place", "other")
"""What a name may be the name of."""
WORD = re.compile(r"[\w’'-]+")

PAPERS = words("times post news herald gazette sun tribune echo courier argus chronicle")
_TIES = frozenset(("at", "for", "in", "of"))
_SEATS = frozenset(("university", "college"))  # called by their towns
_OFFICES = (TITLES | GROUPS) - SURNAME_TITLES
PERSON, BODY, PLACE = (SORTS.index(sort) for sort in ("person", "organisation", "place"))
_HALF = 0.5
_APART = 0.9  # two probabilities of being a person that can't be one's


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is called beside his or her name: "the head teacher of the school"."""

    head: str
    words: frozenset[str]
    at: int


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody or something in the article, while evidence about it is gathered."""

    name: str
    key: Key = ()
    at: int = 0
    mentions: list[Bounds] = field(default_factory=list)
    nouns: list[Bounds] = field(default_factory=list)
    """Where a phrase around a noun means it."""
    genders: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    """What the text's own words say of its kind, by how often."""
    seen: list[float] = field(default_factory=lambda: [0.0] * len(SORTS))
    """How often the network took its name for a person's, a body's, a place's, another's."""
    titles: set[str] = field(default_factory=set)
    places: int = 0
    """How often it stands where a place would: "in Fenwater"."""
    plural: bool = False
    by: tuple[str, ...] = ()
    named: bool = True
    titled: bool = False
    _retold: int | None = None

    @property
    def gender(self) -> str | None:
        """ "m" or "f" where the text's own words lean one way."""
        m, f = self.genders.get("m", 0), self.genders.get("f", 0)
        return None if m == f else "m" if m > f else "f"

    def is_told_not(self, gender: str | None) -> bool:
        """Whether a title or several pronouns speak against a gender: "Mrs" against "Mr"."""
        other = {"m": "f", "f": "m"}.get(gender or "")
        return other is not None and self.genders[other] - self.genders[gender or ""] > 1

    @property
    def worded(self) -> int:
        """Where its name stands in the text."""
        return self.at if self._retold is None else self._retold

    def tell(self, description: str, at: int) -> None:
        """Call it by another description, which stands at a place of the text."""
        self.name, self._retold = description, at

    def see(self, name: Name) -> None:
        """Count what the network takes one of its names for."""
        for n, share in enumerate(name.kinds or ()):
            self.seen[n] += share

    @property
    def sorts(self) -> tuple[float, ...]:
        """The share of each of SORTS in what the network took it for."""
        person, body, place, other = self.seen
        total = person + body + place + other
        if not total:
            return (0.0,) * len(SORTS)
        return person / total, body / total, place / total, other / total

    @property
    def is_place(self) -> bool:
        """Whether the network took its name for a place's half of the time or more."""
        return self.sorts[PLACE] >= _HALF

    @property
    def is_known(self) -> bool:
        """Whether anything tells that it is a person or a body."""
        person, body, place, other = self.seen
        return bool(self.kinds) or person + body > place + other

    @property
    def kind(self) -> Kind:
        person, body, place, _ = self.seen
        person, body = 2 * person, 2 * (body + place)
        if not self.kinds:
            if not person and not body:
                return "organisation" if self.places else "person"
            return "person" if person >= body else "organisation"
        told: dict[Kind, float] = dict(self.kinds)
        if person:
            told["person"] = told.get("person", 0) + person
        if body:
            told["organisation"] = told.get("organisation", 0) + body
        return max(told, key=told.__getitem__)

    @property
    def words(self) -> frozenset[str]:
        """The words of its name, as tables hold them."""
        return name_words(self.name)


@lru_cache(maxsize=4096)
def name_words(name: str) -> frozenset[str]:
    """The words of a name or a description, as tables hold them."""
    return frozenset(bare(word) for word in WORD.findall(name))


def may_be(name: Name, referent: Referent) -> bool:
    """Whether a name of one word may be short for somebody's: not "Preston", the town, for
    "Ruth Preston"."""
    if referent.is_told_not(name.gender):
        return False
    return not apart(name, referent)


def apart(name: Name, referent: Referent) -> bool:
    """Whether the network takes one for a person's name and the other surely not."""
    if name.kinds is None or not any(referent.seen):
        return False
    return abs(name.kinds[0] - referent.sorts[0]) >= _APART


def may_end(name: Name, referent: Referent) -> bool:
    """Whether somebody may be called by the end of a name: no place is, nor what a place's
    name stands in, nor what is tied to it."""
    if referent.kind == "person" or name.kinds is None:
        return True
    return name.likeliest != PLACE and not referent.is_place and not is_tied(referent)


def is_body(referent: Referent) -> bool:
    """Whether its name is a body's, by its words or by the network."""
    return shape(referent.key) == "organisation" or referent.sorts[BODY] > _HALF


def is_tied(body: Referent) -> bool:
    """Whether the last word of a body's name is what it is of, and not short for it: "England"
    for the Bank of England."""
    return body.key[-2:-1] != () and body.key[-2] in _TIES and body.key[0] not in _SEATS


def is_first_name(name: Name, referent: Referent) -> bool:
    """Whether a name may be a person's first name: not "Board" of the "Board Director"."""
    last = referent.name.split()[-1]
    if name.likeliest == BODY or last.isupper() or not is_capitalised(last):
        return False
    return bare(last) not in _OFFICES or name.likeliest in (None, PERSON)


def is_where(name: Name, referent: Referent) -> bool:
    """Whether a name is a place's and the body called after it: "Hallin" and "Hallin Post"."""
    return name.likeliest == PLACE and referent.key[-1] in PAPERS


def is_opening(name: Name, referent: Referent) -> bool:
    """Whether a name of several words is another's, which a longer one begins with: "New
    Hallin" of "New Hallin Post" or "New Hallin Senate"."""
    rest = referent.key[len(name.key) :]
    if not rest or referent.key[: len(name.key)] != name.key or name.kinds is None:
        return False
    if rest[-1] in _OFFICES or rest[-1] in DOCUMENTS:
        return True
    if rest[-1] in PLACES or name.likeliest != PLACE or not any(referent.seen):
        return False
    return not referent.is_place
