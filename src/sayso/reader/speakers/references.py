"""Whom one name, pronoun or description of a source means where it stands."""

import re
from dataclasses import dataclass, replace

from sayso.reader.drafts import Bounds
from sayso.reader.speakers import phrases
from sayso.reader.speakers.features import Form, Reference
from sayso.reader.speakers.judge import Choice
from sayso.reader.speakers.letters import Letters
from sayso.reader.speakers.lexicon import (
    ANONYMOUS,
    DOCUMENTS,
    FEMALE_NOUNS,
    FEMALE_TITLES,
    GROUPS,
    KIN,
    MALE_NOUNS,
    MALE_TITLES,
    NATIONALITIES,
    ORGANISATIONS,
    PET_NAMES,
    POSSESSIVES,
    TITLES,
    words,
)
from sayso.reader.speakers.mentions import Party
from sayso.reader.speakers.names import Name
from sayso.reader.speakers.nouns import Noun
from sayso.reader.speakers.phrases import Part, describe, is_person, is_plural, parse
from sayso.reader.speakers.referents import Referent, name_words
from sayso.reader.speakers.scene import Scene
from sayso.types import Kind

_LEAD = 1  # the last paragraph of a report's opening: headline and lead
_INDEFINITE = frozenset(("a", "an", "another", "one", "some", "any"))
_VAGUE = words("those others some many most few more all ones number")
_MANY = {
    **dict.fromkeys(("both", "neither", "two", "couple", "pair", "duo", "twins"), 2),
    **{word: n for n, word in enumerate(("three", "four", "five", "six", "seven"), 3)},
}
_ALONE = {
    "another": "another person",
    "one": "one person",
    "others": "others not named",
    "some": "some people",
    "many": "many people",
    "most": "most people",
    "several": "several people",
    "few": "few people",
    "all": "all people",
}
"""What stands alone for people, with what it is called where no noun tells more."""
_FAMILIAR = frozenset((word,) for word in (*PET_NAMES, "coach"))
"""What somebody is called by those close, as if by name: "Dad" in "Dad never said"."""
_OF_MIND = words(
    "account analysis argument arguments candidacy mind position reasoning response rhetoric "
    "stance thinking view words"
)
"""What somebody thinks or says, told of in place of who does: "her response"."""
_CALLED = (TITLES - MALE_TITLES - FEMALE_TITLES) | words(
    "company bank board union court club university school trust ministry"
)
"""What somebody is called for short after a fuller name: "the Bishop", "the Company"."""
_ORDER = ("former", "latter")
"""What the first and the second of two who were told of together are called."""
_HEARSAY = words("gossip hearsay rumor rumors rumour rumours speculation")
"""What has no speaker: "market gossip had it"."""
_POLICE = words(
    "police constabulary department force garda gardai gardaí met patrol pd sheriff troopers yard"
)
_TELLS_WHICH = POSSESSIVES | words("the this that these those all both each every any no neither")
"""Determiners of a plural that may have been told of before."""
_ALONE_REACH = 300  # characters back to that noun
_ANTECEDENT = re.compile(
    r"(?:\b(?:the|an?|some|many|most|several|all|those|other|two|three|four|five|one|his|her|its|"
    r"their|our)\s)?(?:[\w’'-]+\s)?[\w’'-]+(?=,?\s*$)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a source stands: `own` are the contents that it speaks, `outer` those who quote it."""

    at: int
    end: int
    draft: int | None = None
    own: tuple[Bounds, ...] = ()
    kind: Kind | None = None
    outer: Party = ()
    nested: bool = False
    quoted: bool = False
    addressees: Party = ()
    joint: bool = False
    """One of several whom a source names."""
    apart: Party = ()
    """The others of these so far, who is told, and who asked what is answered."""
    me: Party = ()
    """In whose own words it stands, who says "I" there."""
    alone: bool = False
    """Whether its speaker says "I" in what is said."""


_NUMBER = re.compile(r"\d[\d.,]*")
_AND = re.compile(r"\s(?:and|but)\s+$")
_RELATIVES = re.compile(r"\b(?:who|whom|whose|which|that)\b")
"""What a further "who" goes on with: "a baker (who) left and who came back"."""
_OWNER = re.compile(r"([\w-]+)(?:['’]s|s['’])\s")
"""Whose a description is: "(Cathedral)’s neighbours" are no cathedral."""
_OF = re.compile(r"\s(?:of|from|in|for|at)\s(?:the\s)?$")
"""Before a body or place that "who" can't mean: "Ada Reed of Norland, who"."""
_SURE = 0.9  # probability at which a pronoun tells a gender
_RELATED = 0.9  # probability at which "my son" means somebody with a name
_LIKELY = 0.85  # probability at which "his son" is somebody else than "his" is


class References:
    """Resolves the parts of sources against the scene, and keeps what descriptions stood for."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.author = Referent("", named=False)
        self.author.kinds["author"] = 1
        self.letters = Letters(scene.cast)
        self.reader = Referent("you", named=False)
        self.reader.kinds["group"] = 1

    def resolve(self, part: Part, setting: Setting) -> Party:
        """The referents of a part; a description that fits nobody is a referent of its own.

        A pronoun that means nobody has none.
        """
        if part.name is not None and part.name.key in _FAMILIAR:
            part = replace(part, form="description", head=part.name.key[0], name=None)
        if part.name is not None and self._is_role(part, part.name):
            part = replace(part, form="description", head=part.name.key[0], name=None)
        if part.name is not None and self._is_sort(part, part.name):
            noun = part.name.key[-1]
            part = replace(part, form="description", head=noun, name=None, proper=frozenset())
        if part.name is not None and self.scene.cast.knows(part.name):
            return self.scene.cast.family(part.name) or self._named(part.name, setting)
        if part.text.casefold() in _ORDER and (pair := self.scene.pair_before(setting.at)):
            return (pair[_ORDER.index(part.head)],)
        if part.head in _HEARSAY and part.determiner not in POSSESSIVES:
            return ()
        if part.form == "pronoun":
            author = (self.author,) if setting.kind == "author" else ()
            return self._pronoun(part.head, setting) or author
        return self._byname(part) or self._owners(part, setting) or self._described(part, setting)

    def _byname(self, part: Part) -> Party:
        """Who opens the sentence with a name and no comma before the description: "Pell (the
        baker) said"."""
        start = self.scene.sentences.start(part.start)
        if part.determiner != "the" or not is_person(part.head):
            return ()
        for name, referent in self.scene.cast.before(part.start, part.start - start + 1):
            if name.lead == start and name.end + 1 == part.start:
                return (referent,)
        return ()

    def _is_role(self, part: Part, name: Name) -> bool:
        """Whether a name is a noun with a capital: "the Bishop", "the Company"."""
        if part.determiner != "the" or name.key[0] not in _CALLED or len(name.words) > 1:
            return False
        known = self.scene.cast.at(name.start)
        return known is not None and len(known.key) == 1

    def _is_sort(self, part: Part, name: Name) -> bool:
        """Whether a name is a common noun that is written with capitals, as one with "a" is
        somewhere: "a Credit Union", "the Credit Union"."""
        if len(name.words) < 2 or name.key[-1] not in ORGANISATIONS:
            return False
        return name.key in self.scene.cast.sorts_of_bodies

    def _owners(self, part: Part, setting: Setting) -> Party:
        """Whose words or thoughts a description is: "her response", "Pell and Reed’s analysis"."""
        if part.head not in _OF_MIND or part.long:
            return ()
        if part.determiner in POSSESSIVES:
            return self._pronoun(part.determiner, setting)
        if part.possessor is None:
            return ()
        names = [n for n in part.inside if n.start <= part.possessor.start]
        owners = (n for n in names if n.sort or n.kinds is None)
        return tuple(dict.fromkeys(map(self.scene.cast.named, owners)))

    def alone(self, form: Form, setting: Setting) -> Party:
        """Who speaks where no source is given: a quotation alone, a second verb."""
        return self.scene.choose(replace(self._asked(form, setting), or_nobody=True)).party

    def _asked(
        self, form: Form, setting: Setting, *, many: int | None = None, gender: str | None = None
    ) -> Reference:
        return Reference(
            form=form,
            at=setting.at,
            end=setting.end,
            draft=setting.draft,
            many=many,
            gender=gender,
            kind=setting.kind,
            own=setting.own,
            outer=setting.outer,
            addressees=setting.addressees,
            me=setting.me,
            alone=setting.alone,
            quoted=setting.quoted,
            nested=setting.nested,
            joint=setting.joint,
            apart=frozenset(setting.apart),
            early=self.scene.sentences.paragraph(setting.at) <= _LEAD,
            or_nobody=setting.draft is None and form in ("it", "they"),
        )

    def _worded(self, asked: Reference, part: Part) -> Reference:
        """The reference of a description, with its words."""
        cast = self.scene.cast
        possessor = cast.find(part.possessor) if part.possessor else self._whose(asked, part)
        inside = (cast.at(name.start) or cast.find(name) for name in part.inside)
        owner = _OWNER.search(part.text) if possessor is None and part.owned else None
        owners = cast.bearers.ending(owner[1].casefold()) if owner else ()
        return replace(
            asked,
            head=part.head,
            modifiers=part.words - {part.head, part.determiner},
            proper=part.proper,
            definite=part.determiner not in _INDEFINITE,
            owned=part.determiner in POSSESSIVES or part.possessor is not None,
            possessor=possessor,
            apart=asked.apart.union((r for r in inside if r is not None), owners),
            plural=part.plural,
            or_new=True,
        )

    def _whose(self, asked: Reference, part: Part) -> Referent | None:
        """Whom the "his" of "his lawyer" means, where that is likely, and the "my" of "my son"."""
        word = part.determiner
        if word in phrases.FIRST:
            return asked.me[0] if len(asked.me) == 1 else None
        gender = _gender(word)
        if gender is None:
            return None
        end = asked.at + len(word)
        owner = replace(asked, form="he or she", end=end, many=1, gender=gender)
        choice = self.scene.likeliest(owner)
        return choice.party[0] if len(choice.party) == 1 and choice.probability > _LIKELY else None

    def _named(self, name: Name, setting: Setting) -> Party:
        """The bearer of a name; of several with one surname the likeliest."""
        rivals = self.scene.cast.bearers.rivals(name)
        if len(rivals) > 1:
            here = replace(setting, at=name.lead, end=name.end)
            asked = self._asked("name", here, many=1, gender=name.gender)
            choice = self.scene.choose(replace(asked, among=rivals))
            if choice.party:
                return choice.party
        return (self.scene.cast.named(name),)

    def _pronoun(self, word: str, setting: Setting) -> Party:
        if word in phrases.FIRST:
            return self._first_person(word, setting)
        if word in phrases.SECOND:
            return setting.addressees or self._second_person(setting)
        if word in phrases.RELATIVE:
            return self._antecedent(setting)
        return self.third_person(word, setting)

    def third_person(self, word: str, setting: Setting) -> Party:
        """Whom "she", "they", "it" and their like mean."""
        gender = _gender(word)
        if gender is not None:
            choice = self.scene.choose(self._asked("he or she", setting, many=1, gender=gender))
            if choice.party and choice.probability > _SURE:
                choice.party[0].genders[gender] += 1
            return choice.party
        if word in phrases.PLURAL:
            return self.scene.choose(self._asked("they", setting, many=_MANY.get(word))).party
        return self.scene.choose(self._asked("it", setting, many=1)).party

    def known(self, noun: Noun, setting: Setting) -> Party:
        """Whom a phrase around a noun means that was mentioned before; blank where it is new."""
        part = Part(
            "description",
            noun.start,
            " ".join(noun.words),
            head=noun.head,
            words=frozenset(noun.words),
            determiner=noun.determiner,
        )
        asked = self._asked(_form(part), setting, many=None if part.plural else 1)
        return self.scene.choose(self._worded(asked, part)).party

    def _first_person(self, word: str, setting: Setting) -> Party:
        if not setting.outer:
            return (self.letters.writer(setting.at) or self.author,)
        if word.startswith(("i", "m")):
            return setting.outer
        return self.scene.choose(self._asked("we", setting)).party or setting.outer

    def _second_person(self, setting: Setting) -> Party:
        """Who reads the article, or spoke last but for the one who says "you"."""
        if not setting.nested:
            self.reader.mentions.append((setting.at, setting.end))
            return (self.reader,)
        for event in self.scene.speakers_before(setting.at):
            if not event.nested and event.party != setting.outer:
                return event.party
        return ()

    def _antecedent(self, setting: Setting) -> Party:
        """What stands before "who" or "which": a name, with or without apposition, or a noun."""
        text, at = self.scene.text, setting.at
        left = max(self.scene.sentences.start(at), at - 160)
        of_people = text[at : setting.end].startswith("who")
        named, end = self._named_beside(left, at, of_people=of_people)
        if not named and _AND.search(text, left, at):
            *_, end = [left, *(match.start() for match in _RELATIVES.finditer(text, left, at))]
            named, end = self._named_beside(left, end, of_people=of_people)
        match = _ANTECEDENT.search(text, left, end)
        if named or match is None:
            return named
        parts = self._parse(match.start(), match.end())
        return self.resolve(parts[0], setting) if parts else ()

    def _named_beside(self, left: int, at: int, *, of_people: bool) -> tuple[Party, int]:
        """Those whose name stands right before a place, and where what is not theirs begins."""
        text, end = self.scene.text, at
        for name, referent in self.scene.cast.before(at, at - left):
            gap = text[name.end : end].removesuffix("and ").rstrip()
            beside = gap.strip(" ,(") == "" or (gap.startswith(",") and gap.endswith(","))
            if beside and (referent.kind == "person") == of_people:
                return self.scene.listed(name.end) or (referent,), end
            if beside and of_people and (of := _OF.search(text, left, name.lead)):
                end = of.start()
        return (), end

    def _parse(self, start: int, end: int) -> list[Part]:
        return parse(self.scene.text, start, end, self.scene.cast.names_in(start, end))

    def _described(self, part: Part, setting: Setting) -> Party:
        """Whom a description means that was named or described elsewhere, else one of its own."""
        many = next((n for word, n in _MANY.items() if word in part.words - part.proper), None)
        if many is None and not part.plural:
            many = 1
        head = part.head
        gender = "f" if head in FEMALE_NOUNS else "m" if head in MALE_NOUNS else None
        if head == "those":  # "those who left": never told of before
            people = self.scene.nouns.add(part.text, "people", part.start)
            self._tell(people, part, setting)
            return (people,)
        asked = self._asked(_form(part), setting, many=many, gender=gender)
        choice = self.scene.choose(self._worded(asked, part))
        if len(choice.party) == 1 and choice.party[0].named and not choice.new:
            holder = self._holder(part, choice.party[0])
            choice = replace(choice, party=(holder,))
        others = setting.joint and bool(setting.apart) and "other" in part.words
        new = choice.new or not choice.party or others or _is_other(part, choice.party)
        new |= _is_novel(part, choice.party) or _is_kin(part, choice)
        party = (self._own(part, setting),) if new else choice.party
        if len(party) == 1 and not party[0].named:
            self._tell(party[0], part, setting)
        return party

    def _holder(self, part: Part, chosen: Referent) -> Referent:
        """The only one who holds an office that a phrase names alone, in the place of somebody
        who does not: "the coroner"."""
        if part.determiner != "the" or part.head not in TITLES or len(part.words) != 2:
            return chosen
        holders = iter(self.scene.roles.holders.get(part.head, ()))
        first = next((referent for _, referent in holders), chosen)
        return first if all(referent is first for _, referent in holders) else chosen

    def _own(self, part: Part, setting: Setting) -> Referent:
        """The referent of a description that is first mentioned here."""
        known = self.scene.nouns.at(part.start, setting.end, part.head)
        definite = part.determiner not in _INDEFINITE
        if known is not None and (known.at >= part.start or definite):
            return known
        return self._new(part, setting.kind)

    def _tell(self, referent: Referent, part: Part, setting: Setting) -> None:
        """Note what a description tells of what has no name."""
        if len(part.text) > len(referent.name) and part.determiner not in _VAGUE:
            referent.tell(part.text, part.start)
        nameless = part.head in ANONYMOUS or part.head in _ALONE
        if setting.kind is not None and not (nameless and setting.kind == "person"):
            referent.kinds[setting.kind] += 2
        referent.mentions.append((part.start, setting.end))

    def _new(self, part: Part, kind: Kind | None) -> Referent:
        """A referent under its description: of "another", the noun before it tells more."""
        word = part.text.casefold()
        if word not in _ALONE:
            return self.scene.nouns.add(part.text, part.head, part.start)
        for noun in self.scene.nouns.before(part.start, _ALONE_REACH):
            if is_plural(noun.head) and noun.head.endswith("s"):
                tie = "among" if word == "others" else "of"
                name = f"{word} {tie} the {noun.head}"
            elif word == "another":
                name = f"another {noun.head}"
            else:
                continue
            single = word in ("one", "another") and describe(noun.head) != "document"
            return self.scene.nouns.add(name, word if single else noun.head, part.start)
        name = f"{word} of the documents" if kind == "document" else _ALONE[word]
        return self.scene.nouns.add(name, part.head, part.start)

    def writers(self, part: Part, setting: Setting, able: frozenset[Referent]) -> Party:
        """Whom a phrase means that names a document's authors: `able` are those known who may
        be meant by a description. Nothing is noted of them."""
        if part.name is not None and self.scene.cast.knows(part.name):
            return self._named(part.name, setting)
        if part.form == "pronoun":
            party = self._pronoun(part.head, setting)
            return () if {self.author, self.reader} & set(party) else party
        asked = self._asked(_form(part), setting, many=None if part.plural else 1)
        choice = self.scene.choose(replace(self._worded(asked, part), among=able))
        return choice.party or (Referent(part.text, named=False, plural=part.plural),)


def _form(part: Part) -> Form:
    """What a description is one of."""
    head = part.head
    if head in DOCUMENTS:
        return "document"
    if head in ANONYMOUS:
        return "anonymous"
    if part.plural or head in GROUPS:
        return "group"
    if is_person(head) or head in KIN:
        return "person"
    return "body" if describe(head) == "organisation" else "person"


def _gender(word: str) -> str | None:
    """Which gender a pronoun tells; None for one that tells none."""
    return "m" if word in phrases.MALE else "f" if word in phrases.FEMALE else None


def _is_kin(part: Part, choice: Choice) -> bool:
    """Whether it is a relation of whoever speaks, "my son", and not likely somebody with a name."""
    related = part.determiner in phrases.FIRST and part.head in KIN
    return related and any(r.named for r in choice.party[:1]) and choice.probability < _RELATED


def _is_novel(part: Part, party: Party) -> bool:
    """Whether it tells of somebody who was not told of before, unless by the same words: "another
    minister", a plural of several words without "the", a people ("medical experts", "some
    officials", "Norwegians")."""
    if part.determiner != "another":
        if not part.plural or part.owned or part.determiner in _TELLS_WHICH:
            return False
        if " " not in part.text and part.head.removesuffix("s") not in NATIONALITIES:
            return False
    return all(name_words(part.text) != referent.words for referent in party)


def _is_other(part: Part, party: Party) -> bool:
    """Whether a description can't mean these: a document no body, "44 percent" no 46."""
    if part.head in DOCUMENTS and any(referent.kind != "document" for referent in party):
        return True
    if part.text.casefold() == "police" and any(r.named and not r.words & _POLICE for r in party):
        return True
    numbers = set(_NUMBER.findall(part.text))
    return (
        bool(numbers) and not party[0].named and not numbers <= set(_NUMBER.findall(party[0].name))
    )
