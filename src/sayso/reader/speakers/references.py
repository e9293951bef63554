"""Whom one name, pronoun or description of a source means where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.reader.drafts import Bounds
from sayso.reader.speakers import phrases
from sayso.reader.speakers.cast import Referent
from sayso.reader.speakers.lexicon import (
    ANONYMOUS,
    DOCUMENTS,
    FEMALE_NOUNS,
    KIN,
    MALE_NOUNS,
    words,
)
from sayso.reader.speakers.names import bare
from sayso.reader.speakers.phrases import Part, describe, is_person, is_plural, parse
from sayso.reader.speakers.roles import Roles
from sayso.reader.speakers.scene import REACH, Candidate, Scene
from sayso.types import Kind

Referents = tuple[Referent, ...]

_RIVALS = 60
_LEAD = 1  # the last paragraph of a report's opening: headline and lead
_NEXT = 900  # characters after which an opening's role should have its name
_LOOKED_AT = 5  # mentions of a person beside which a body is looked for
_BESIDE_LEFT = re.compile(r"[^,.;:!?\n“”\"()]*$")
_BESIDE_RIGHT = re.compile(r"(?:,| of| from| at| for)(?: [^.;:!?\n“”\"()]*)")
_CLOSE = 700  # characters back to whom such a description may mean
_BY = re.compile(r"\b(?:by|from)\b")
_BY_NEXT = re.compile(r",?(?: and)?(?: the| an?)?(?: [a-z][\w-]*){0,4} ?(?:the )?")
_OWNED = re.compile(r"\w['’]s?\s")
_ORIGIN = re.compile(r", (?:from|of|in)\s")
_SHORT = 3  # words, with the article, of a description that may mean anybody named
_INDEFINITE = frozenset(("a", "an", "another", "one", "some", "any"))
_POSSESSIVE = words("his her its their my our your")
_VAGUE = words("those others some many most few more all ones number")
_GENERIC_BODIES = words(
    """
    company firm group organisation organization body agency party campaign charity union
    retailer chain bank club team paper newspaper airline carrier school hospital
    manufacturer maker operator broadcaster publisher trust foundation institute university
    college tank think-tank watchdog regulator network start-up startup developer employer
    supplier brewery museum theatre theater festival side magazine outlet station
    supermarket bakery insurer
    """
)
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
    own: tuple[Bounds, ...] = ()
    kind: Kind | None = None
    outer: Referents = ()
    quoted: bool = False
    addressees: Referents = ()


class References:
    """Resolves the parts of sources against the scene, and keeps what descriptions stood for."""

    def __init__(self, scene: Scene, roles: Roles) -> None:
        self.scene = scene
        self.roles = roles
        self.author = Referent("", named=False)
        self.author.kinds["author"] = 1

    def resolve(self, part: Part, setting: Setting) -> Referents:
        """The referents of a part; a description that fits nobody is a referent of its own.

        A pronoun that means nobody has none.
        """
        if part.name is not None and self.scene.cast.knows(part.name):
            return (self.scene.cast.named(part.name),)
        if part.form == "pronoun":
            author = (self.author,) if setting.kind == "author" else ()
            return self._pronoun(part.head, setting) or author
        return self._description(part, setting)

    def _pronoun(self, word: str, setting: Setting) -> Referents:
        if word in phrases.FIRST:
            return self._first_person(word, setting)
        if word in phrases.SECOND:
            return setting.addressees or self._other_speaker(setting)
        if word in phrases.RELATIVE:
            return self._antecedent(setting)
        candidates = self._candidates(word, setting)
        if word in phrases.MALE | phrases.FEMALE:
            persons = [c for c in candidates if _may_be_person(c)]
            choice = self.scene.choose(persons, "person")
            if choice.is_sure:
                choice.referents[0].genders["m" if word in phrases.MALE else "f"] += 1
            return choice.referents
        if word in phrases.PLURAL:
            plurals = [c for c in candidates if _may_be_plural(c)]
            return self.scene.choose(plurals, "plural").referents
        things = [c for c in candidates if _may_be_thing(c)]
        return self.scene.choose(things, "thing").referents

    def _candidates(self, word: str, setting: Setting, *, reach: int = REACH) -> list[Candidate]:
        gender = "m" if word in phrases.MALE else "f" if word in phrases.FEMALE else None
        before = [span for span in setting.own if span[0] < setting.at]
        found = self.scene.candidates(
            setting.at, without=before, gender=gender, outer=setting.outer, reach=reach
        )
        if setting.quoted:
            found = [c for c in found if not set(c.referents) & set(setting.outer)]
        return found

    def _first_person(self, word: str, setting: Setting) -> Referents:
        if not setting.outer:
            return (self.author,)
        if word.startswith(("i", "m")) or len(setting.outer) > 1:
            return setting.outer
        speaker = setting.outer[0]
        return (self._body_of(speaker) or speaker,) if speaker.kind == "person" else setting.outer

    def _other_speaker(self, setting: Setting) -> Referents:
        """Who spoke last but for the one who says "you"."""
        for event in self.scene.speakers_before(setting.at):
            if event.referents != setting.outer:
                return event.referents
        return ()

    def _body_of(self, person: Referent) -> Referent | None:
        """The body that the text names beside a person: "Ruth Amberley of the Harbour Trust"."""
        cast, text = self.scene.cast, self.scene.text
        for start, end in person.mentions[:_LOOKED_AT]:
            around = _BESIDE_LEFT.search(text, max(0, start - 70), start)
            left = around.start() if around else start
            right = _BESIDE_RIGHT.match(text, end, end + 130)
            beside = [*cast.within(left, start), *cast.within(end, right.end() if right else end)]
            for _, referent in beside:
                if referent is not person and not _is_sure_person(referent):
                    return referent
        return None

    def _antecedent(self, setting: Setting) -> Referents:
        """What stands before "who" or "which": a name, with or without apposition, or a noun."""
        text, at = self.scene.text, setting.at
        left = max(self.scene.sentences.start(at), at - 160)
        for name, referent in self.scene.cast.before(at, at - left):
            gap = text[name.end : at].removesuffix("and ").rstrip()
            beside = gap.strip(" ,(") == "" or (gap.startswith(",") and gap.endswith(","))
            if beside and (referent.kind == "person") == text[at : setting.end].startswith("who"):
                return (referent,)
        match = _ANTECEDENT.search(text, left, at)
        if match is None:
            return ()
        parts = parse(text, match.start(), match.end())
        return self.resolve(parts[0], setting) if parts else ()

    def _description(self, part: Part, setting: Setting) -> Referents:
        definite = part.determiner not in _INDEFINITE
        early = self.scene.sentences.paragraph(setting.at) <= _LEAD
        nameless = part.head in ANONYMOUS and not definite
        if setting.kind != "unnamed" and (definite or early) and not nameless:
            found = self._holder(part, setting) or self._meant(part, setting, early=early)
            if found is not None:
                return (found,)
        return (self._described(part, setting),)

    def _holder(self, part: Part, setting: Setting) -> Referent | None:
        """The bearer of the role that the description names, anywhere in the text."""
        owned = part.determiner in _POSSESSIVE and not (is_person(part.head) or part.head in KIN)
        if part.head in DOCUMENTS or owned:
            return None
        best, best_score = None, 0.0
        modifiers = part.words - {part.head, part.determiner}
        owner = part.possessor and self.scene.cast.find(part.possessor)
        for role, referent in self.roles.holders.get(part.head, ())[-_RIVALS:]:
            if referent is owner or not part.proper <= role.words | set(referent.key):
                continue
            if part.plural and part.head not in referent.key:
                continue
            shared = len(modifiers & role.words)
            if part.head in ANONYMOUS and modifiers and not shared:
                continue
            score = 1.0 + shared - 0.7 * len(modifiers - role.words)
            score -= 0.5 * (role.at > setting.at) + abs(setting.at - role.at) / 20_000
            if score > best_score:
                best, best_score = referent, score
        return best

    def _meant(self, part: Part, setting: Setting, *, early: bool) -> Referent | None:
        """Whom "the novelist" or "the company" can mean that has a name: named before it, or
        in a report's opening, which tells the role first, just after."""
        head = part.head
        person = is_person(head) and setting.kind in (None, "person")
        body = head in _GENERIC_BODIES and setting.kind in (None, "organisation")
        if (
            not (person or body)
            or is_plural(head)
            or head in ANONYMOUS
            or _ORIGIN.search(part.text)
            or _OWNED.search(part.text)
        ):
            return None
        if setting.quoted:
            return None
        if part.possessor is None and part.determiner == "the" and len(part.words) <= _SHORT - body:
            word = "she" if head in FEMALE_NOUNS else "he" if head in MALE_NOUNS else "it"
            suits = _is_named_person if person else _is_named_body
            near = self._candidates(word, setting, reach=_CLOSE)
            candidates = [c for c in near if suits(c)]
            if candidates:
                choice = self.scene.choose(candidates, "person" if person else "thing")
                return choice.referents[0]
        if early and part.determiner not in _POSSESSIVE:
            return self._named_next(setting.end, "person" if person else "organisation")
        return None

    def _named_next(self, after: int, kind: Kind) -> Referent | None:
        for _, referent in self.scene.cast.within(after, after + _NEXT):
            if referent.kind == kind and referent.kinds:
                return referent
        return None

    def _described(self, part: Part, setting: Setting) -> Referent:
        """The referent of a description: what the noun stood for before, or one of its own."""
        nouns, modifiers = self.scene.nouns, part.words - {part.head, part.determiner}
        referent = nouns.at(part.start, setting.end, part.head)
        if referent is not None and not modifiers <= name_words(referent):
            referent = None
        if referent is None and part.determiner not in _INDEFINITE and part.head not in _VAGUE:
            referent = nouns.earlier(part.head, modifiers, setting.at)
        if referent is None:
            referent = self._new(part, setting.kind)
        elif len(part.text) > len(referent.name):
            referent.name = part.text
        nameless = part.head in ANONYMOUS or part.head in _ALONE
        if setting.kind is not None and not (nameless and setting.kind == "person"):
            referent.kinds[setting.kind] += 2
        if referent.kind == "document" and not referent.by:
            referent.by = tuple(author.name for author in self._authors(part, setting))
        referent.mentions.append((part.start, setting.end))
        return referent

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

    def _authors(self, part: Part, setting: Setting) -> Iterator[Referent]:
        """Whose a document is: "its report", "the union's letter", "a survey by the union"."""
        cast = self.scene.cast
        if part.determiner in _POSSESSIVE:
            owners = self._pronoun(part.determiner, setting)
            yield from (owner for owner in owners if owner.named and owner is not self.author)
        elif part.possessor is not None:
            yield cast.named(part.possessor)
        elif by := _BY.search(self.scene.text, part.start, setting.end):
            after = by.end()
            for name, referent in cast.within(after, setting.end):
                if not _BY_NEXT.fullmatch(self.scene.text, after, name.lead):
                    return
                yield referent
                after = name.end


def name_words(referent: Referent) -> frozenset[str]:
    return frozenset(bare(w) for w in re.findall(r"[\w’'-]+", referent.name))


def _is_sure_person(referent: Referent) -> bool:
    return referent.kind == "person" and bool(referent.kinds)


def _is_named_person(candidate: Candidate) -> bool:
    first = candidate.referents[0]
    return _may_be_person(candidate) and first.named and bool(first.kinds)


def _may_be_person(candidate: Candidate) -> bool:
    return len(candidate.referents) == 1 and candidate.referents[0].kind in ("person", "unnamed")


def _may_be_plural(candidate: Candidate) -> bool:
    first = candidate.referents[0]
    return len(candidate.referents) > 1 or first.plural or first.kind != "person"


def _may_be_thing(candidate: Candidate) -> bool:
    first = candidate.referents[0]
    if len(candidate.referents) > 1 or first.plural:
        return False
    return first.kind in ("organisation", "document") or (
        first.kind == "person" and not first.kinds
    )


def _is_named_body(candidate: Candidate) -> bool:
    first = candidate.referents[0]
    return _may_be_thing(candidate) and first.named and first.kind != "document"
