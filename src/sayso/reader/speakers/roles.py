"""What the text itself says about those it names: roles, gender, kind.

Looks a fixed distance to both sides of each name, so the work grows with the names.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.features import Reference
from sayso.reader.speakers.lexicon import (
    DOCUMENTS,
    FEMALE_NOUNS,
    KIN,
    MALE_NOUNS,
    NOT_NAMES,
    ORGANISATION_NOUNS,
    ORGANISATIONS,
    POLITE,
    TITLES,
    words,
)
from sayso.reader.speakers.names import Name, bare, shape
from sayso.reader.speakers.phrases import served
from sayso.reader.speakers.referents import Referent, Role

_RIVALS = 60
_BEHIND, _AHEAD = 80, 130
_DETERMINERS = r"(?:the|an?|his|her|its|their|our|my|now|then|former|one of the)\s"
_ROLE = r"(?P<role>[^,.;:!?\n“”\"()–—]{3,90})"
_APPOSED = re.compile(
    r"\s?(?:\([^()]{0,40}\)\s?)?(?:,|\s[–—-])\s(?:(?:aged\s)?\d{1,3},\s)?"
    rf"(?:who\s(?:is|was)\s(?:also\s)?)?(?P<the>(?:{_DETERMINERS})+)?{_ROLE}"
)
_COPULA = re.compile(
    rf"\s(?:is|was|became|remains|had been|has been)\s(?P<the>(?:{_DETERMINERS})+){_ROLE}"
)
_POST = re.compile(r"[\w’'-]+(?: [\w’'-]+){0,4} (?:of|at|for|with|in|to)\b")
_AGE = re.compile(r",? (?:aged )?\d{1,3}(?=[,.)]| (?:from|of|and|who)\b)")
_WHO = re.compile(r",? who(?:se)?\b")
_WHICH = re.compile(r", which\b")
_BEFORE = re.compile(
    r"(?:^|[\s“”\"‘(])(?:the|an?|his|her|its|their|our|my|\w+['’]s|\w+s['’]) "
    r"((?:[\w’'-]+ ){0,5}?[\w’'-]+)(,?) $",
    re.I,
)
_BARE = re.compile(r"(?:^|[\s“\"‘(])((?:[\w-]+ ){0,2}[a-z][\w-]+) $", re.I)
_HEAD_END = re.compile(
    r"\s(?:of|for|at|in|on|with|from|to|who|whose|which|that|and|by|under|since|until|when|where|"
    r"after|before|said|says|told|about|based|\w+ing)\b",
    re.I,
)
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_LAWYER = r"(?:lawyer|solicitor|barrister|attorney|counsel|agent|advocate)s?"
_IN_COURT = re.compile(r",? (prosecuting|defending)(?=[,.])")
"""What a barrister does, after the name: "Ada Pell, prosecuting,"."""
_PRESIDES = re.compile(r"(?: [A-Z]{2,3}\b)?(?: (?:was|is|sat|sits))?,? in the chair\b")
_HIRES = re.compile(rf"['’]s? (?:[\w-]+ ){{0,2}}{_LAWYER}\b")
_ACTS_FOR = re.compile(
    rf"\b(?:{_LAWYER}|acting|appearing) for $|\b(?:representing|defending) $", re.I
)
"""Before the name of a lawyer's client."""
_STAFF = re.compile(r" (?:bosses|chiefs|staff|workers|employees|executives|shareholders)\b")
_NO_ROLES = words(
    """
    said says told according who which when where and but as also like including not even
    added adding with in on at for after before whose that while because if speaking were
    was is has have had will would could asked called
    """
)
_BESIDE = words("shadow deputy vice assistant")
"""What makes another office of one: the shadow minister is not the minister."""
_LONG_FORMS = {
    "sen": "senator", "gov": "governor", "rep": "representative", "dr": "doctor",
    "prof": "professor", "rev": "reverend", "capt": "captain", "sgt": "sergeant",
    "cllr": "councillor", "insp": "inspector", "pres": "president", "supt": "superintendent",
    "justice": "judge", "lt": "lieutenant", "gen": "general", "col": "colonel", "fr": "father",
}  # fmt: skip


@dataclass(slots=True)
class Roles:
    """Who is called what, by the noun."""

    holders: defaultdict[str, list[tuple[Role, Referent]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, referent: Referent, phrase: str, at: int) -> None:
        """Note that a phrase beside a name ("head teacher of the school") is its bearer's."""
        role = read_role(phrase, at)
        if role is None:
            return
        for head in {role.head, role.head.rpartition("-")[2]}:
            self.holders[head].append((role, referent))
        if role.head in FEMALE_NOUNS:
            referent.genders["f"] += 2
        elif role.head in MALE_NOUNS:
            referent.genders["m"] += 2
        if role.head in TITLES or role.head in FEMALE_NOUNS | MALE_NOUNS | KIN:
            referent.kinds["person"] += 2
        elif role.head in ORGANISATION_NOUNS:
            referent.kinds["organisation"] += 1

    def fit(self, asked: Reference, referent: Referent) -> tuple[float, float]:
        """How many words of a description belong to somebody's role, and how many don't; none
        where the role is another."""
        best = (0.0, 0.0)
        for role, holder in self.holders.get(asked.head, ())[-_RIVALS:]:
            if holder is referent and not (role.words ^ asked.modifiers) & _BESIDE:
                shared = 1 + len(asked.modifiers & role.words)
                unshared = len(asked.modifiers - role.words - referent.words)
                best = max(best, (float(shared), float(-unshared)))
        return best[0], -best[1]


def read_role(phrase: str, at: int) -> Role | None:
    """The noun of a phrase and all its words; None where it can be no role."""
    end = _HEAD_END.search(phrase)
    words = _WORD.findall(phrase[: end.start()] if end else phrase)
    if not words or bare(words[0]) in _NO_ROLES or len(words) > 8:
        return None
    head = bare(words[-1])
    head = _LONG_FORMS.get(head, head)
    if (
        head in _NO_ROLES
        or head in DOCUMENTS
        or head.endswith("ed")
        or not head.strip("0123456789")
    ):
        return None
    return Role(head, frozenset(map(bare, _WORD.findall(phrase))) | {head}, at)


def study(cast: Cast) -> Roles:
    """Gather what stands beside the names, as roles, genders and kinds of their referents."""
    roles = Roles()
    for name, referent in zip(cast.names, cast.owners, strict=True):
        if referent is not None:
            _look_before(cast.text, name, referent, roles)
            if not cast.is_place(name):
                _look_after(cast.text, name, referent, roles)
    for referent in cast.referents:
        if shape(tuple(referent.name.split())) == "organisation":
            for word in ORGANISATIONS & set(referent.key):
                role = Role(word, frozenset(referent.key), referent.at)
                roles.holders[word].append((role, referent))
    for holders in roles.holders.values():
        holders.sort(key=lambda pair: pair[0].at)
    return roles


def _look_before(text: str, name: Name, referent: Referent, roles: Roles) -> None:
    titles = text[name.lead : name.start].strip(" .")
    if titles and bare(titles) not in POLITE:
        roles.add(referent, titles, name.lead)
    left = text[max(0, name.lead - _BEHIND) : name.lead]
    left = left[left.rfind("\n") + 1 :]
    match = _BEFORE.search(left)
    if match and _is_role_end(match.group(1)):
        if not match.group(2) or text[name.end : name.end + 1] in (",", ".", ";", ""):
            role = served(match.group(1)) if match.group(2) else ""
            roles.add(referent, role or match.group(1), name.lead)
        return
    if _ACTS_FOR.search(left):
        roles.add(referent, "client", name.lead)
        return
    match = _BARE.search(left)
    if match and bare(match.group(1).split()[-1]) in TITLES:
        roles.add(referent, match.group(1), name.lead)


def _is_role_end(phrase: str) -> bool:
    """Whether a noun may stand here: "the striker (Enzo)", not "the home of (Enzo)"."""
    last = bare(phrase.rsplit(" ", 1)[-1])
    return last not in NOT_NAMES and last not in _NO_ROLES and not last.endswith(("ing", "ly"))


def _look_after(text: str, name: Name, referent: Referent, roles: Roles) -> None:
    right = text[name.end : name.end + _AHEAD]
    if _AGE.match(right):
        referent.kinds["person"] += 2
    elif _WHO.match(right):
        referent.kinds["person"] += 1
    elif _WHICH.match(right) or _STAFF.match(right):
        referent.kinds["organisation"] += 2
    if _HIRES.match(right):
        roles.add(referent, "client", name.end)
    if court := _IN_COURT.match(right):
        roles.add(referent, f"{court[1]} counsel", name.start)
    if _PRESIDES.match(right):
        roles.add(referent, "chair", name.end)
    match = _APPOSED.match(right) or _COPULA.match(right)
    if match is None:
        return
    role = match.group("role")
    first = bare(role.split()[0]) if role.split() else ""
    if match.group("the") or (_POST.match(role) and not first.endswith(("ing", "ed"))):
        roles.add(referent, role, name.end)
