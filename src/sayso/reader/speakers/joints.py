"""Which of the stretches between commas and conjunctions are members of a source of their own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.reader.speakers.edges import TRIM
from sayso.reader.speakers.lexicon import (
    ANONYMOUS,
    DEMONYMS,
    DOCUMENTS,
    GROUPS,
    KIN,
    NATIONALITIES,
    ORGANISATION_NOUNS,
    TITLES,
    words,
)
from sayso.reader.speakers.names import SEAT, Name, bare
from sayso.reader.speakers.parts import (
    OF_SEVERAL,
    QUANTIFIERS,
    Part,
    is_named,
    is_person,
    is_plural,
    read,
    served,
    without_article,
)

_AND = r"(?:and by|and from|and|or|nor|as well as|along with|together with)"
_SPLIT = re.compile(
    rf"\s*,\s*(?:{_AND}\s+)?|"
    rf"(?!(?<=\bmore)\s+and\s+more\b)\s+{_AND}(?:,[^,]{{2,25}},)?\s+|(?<=\w)/(?=\w)",
    re.I,
)
JOINS = re.compile(rf"[\s,]*{_AND}\b|/", re.I)
_AGAIN = re.compile(r"\b(by|from)\s*$", re.I)
_QUOTED = re.compile(r"[\"“][^\"“”]{1,60}[\"”]")
_PLACED = re.compile(r"(?:from|of|in|at|near|outside|around|across|on|with|for|by)\s", re.I)
_OPEN = re.compile(r"\b(?:in|inside|within|outside|for|against|by|of|to|from|with)$", re.I)
_ADJECTIVE = re.compile(r"\w{3}(?:al|ic|ive|ary|ity|ent)$")
_OTHERS = re.compile(r"(?:other|those|many|some)s?\b", re.I)
_ENDS_IN_NAME = re.compile(r"\b(?:in|on|of|at|from) [A-Z][\w’'-]*$")
"""Of a phrase whose name opens a list: "innkeepers on Skerry", before "Orsay and Mull"."""
_OFFICE = re.compile(r"([\w-]+) (?:of|for)\b")
_POSSESSIVE = frozenset(["his", "her", "its", "their", "our", "my"])
_SERVING = words(
    "chiefs commissioners crews data departments figures leaders officers officials panels "
    "personnel records services sources unions"
)
"""What may be of several services: "police and fire officials" are no police."""
_DEFINITE = _POSSESSIVE | {"the"}
_INDEFINITE = frozenset(["a", "an"])
_PARTITIVE = frozenset(["both", "all", "each", "most", "one", "none", "among"])


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two commas or conjunctions."""

    part: Part
    end: int
    joined: bool
    """A conjunction stands before it."""
    comma: bool
    alias: bool
    """ "Or" and a comma stand before it."""
    tie: str
    """The preposition that a conjunction before it repeats: "by" in "and by"."""


def joined(text: str, start: int, end: int, names: Sequence[Name]) -> list[Part]:
    """The members that `text[start:end]` lists, with what is set beside each."""
    pieces = _pieces(text, start, end, names)
    parts: list[Part] = []
    for piece in pieces:
        if not parts:
            parts.append(piece.part)
        elif piece.joined:
            _join(text, parts, piece, names)
        else:
            _appose(parts, piece, pieces[-1])
    return parts


def _pieces(text: str, start: int, end: int, names: Sequence[Name]) -> list[_Piece]:
    cuts = list(_cuts(text, start, end, names))
    if len(cuts) > 2 and _is_titled(text, cuts, names):
        cuts = cuts[-1:]
    return [
        _Piece(
            part=read(text, left, right, names),
            end=right,
            joined=bool(JOINS.match(mark)),
            comma=mark.lstrip().startswith(","),
            alias=mark.split() == [",", "or"],
            tie=again.group(1) if (again := _AGAIN.search(mark)) else "",
        )
        for left, right, mark in cuts
    ]


def _cuts(text: str, start: int, end: int, names: Sequence[Name]) -> Iterator[tuple[int, int, str]]:
    """The stretches between commas and conjunctions, and what stands before each."""
    quoted = [match.span() for match in _QUOTED.finditer(text, start, end)]
    left, mark = start, ""
    for match in _SPLIT.finditer(text, start, end):
        at = match.start()
        if at <= left or is_named(names, at) or any(a < at < b - 2 for a, b in quoted):
            continue
        if match.group() == "/" and not _between_people(names, at):
            continue
        if _OPEN.search(text, left, at):
            continue
        yield left, at, mark
        left, mark = match.end(), match.group()
    if left < end:
        yield left, end, mark


def _between_people(names: Sequence[Name], at: int) -> bool:
    return any(name.sort == "person" and name.end == at for name in names) and any(
        name.sort == "person" and name.start == at + 1 for name in names
    )


def _is_titled(text: str, cuts: Sequence[tuple[int, int, str]], names: Sequence[Name]) -> bool:
    """Whether a list is an office before its holder: "the Secretary for Media and Sport, Ada
    Pell", "Minister for Children and Families Ada Pell"."""
    left, right, mark = cuts[-1]
    people = [name for name in names if name.sort == "person" and cuts[0][0] <= name.start < right]
    office = _OFFICE.findall(text[slice(*cuts[0][:2])])
    if len(people) != 1 or people[0].end < right or not TITLES & set(map(bare, office)):
        return False
    if not all(text[start].isupper() for start, _, _ in cuts[1:-1]):
        return False
    if JOINS.match(mark):
        return people[0].lead > left and text[left].isupper()
    return people[0].lead == left and bool(JOINS.match(cuts[-2][2]))


def _join(text: str, parts: list[Part], piece: _Piece, names: Sequence[Name]) -> None:
    """Take in what a conjunction joins to the last member."""
    before, part = parts[-1], piece.part
    whole = without_article(text[before.start : piece.end].strip(TRIM))
    if not piece.comma and _is_one(text, before, part):
        parts[-1] = replace(
            part,
            form="description",
            name=None,
            text=whole,
            start=before.start,
            determiner=before.determiner or part.determiner,
            words=before.words | part.words,
            inside=_inside(before, replace(part, name=None)),
        )
    elif not piece.comma and _is_role(before, part):
        parts[-1] = replace(part, apposed=before.text, start=before.start)
    elif _is_member(before, piece, [n for n in names if before.start <= n.start < part.start]):
        parts.append(part)
    elif before.form == "description" and before.stop is None:
        parts[-1] = replace(before, text=whole, inside=_inside(before, part))


def _inside(*parts: Part) -> tuple[Name, ...]:
    """The names in what becomes one description."""
    return tuple(name for p in parts for name in (*p.inside, p.name) if name is not None)


def _is_one(text: str, before: Part, part: Part) -> bool:
    """What one noun at the end holds together: "Pell and Reed campaigns", "federal and
    state officials"; and "six women and six men"."""
    if before.apposed or before.long or (part.determiner and not part.counted):
        return False
    if text[before.start : part.start].rstrip().removesuffix(" and").endswith(("s'", "s’")):
        return True
    if part.counted and before.head in ("hundred", "thousand", "million"):
        return True
    if before.counted and part.counted:
        return len(before.words) == len(part.words) == 2
    if not part.plural or _is_determined(part):
        return False
    name = before.name
    if name is not None and (len(name.words) > 1 or name.titled):
        return False
    if part.name is not None and (name is not None or _is_people(before, part.name)):
        return part.name.words[-1].islower() or _is_people(before, part.name)
    if name is not None:
        adjective = name.opens and _ADJECTIVE.search(name.words[0])
        return part.first or bool(adjective) or bare(name.words[0]) in NATIONALITIES
    return before.form == "description" and not before.plural and _is_attribute(before)


def _is_people(before: Part, name: Name) -> bool:
    """Whether a name's last word is the noun of the word before it, too: "House and (Senate
    Democrats)"."""
    one = len(before.words) == 1 and before.first and len(name.words) > 1
    return one and bare(name.words[-1]) in DEMONYMS


def _is_attribute(part: Part) -> bool:
    """A word that waits for a noun: "federal", "eleven progressive", "the anti-Pell"."""
    known = TITLES | GROUPS | ORGANISATION_NOUNS | DOCUMENTS | KIN
    if part.head in NATIONALITIES or "-" in part.head:
        return True
    return part.head not in known and (
        part.counted or (not part.determiner and len(part.words) == 1)
    )


def _is_role(before: Part, part: Part) -> bool:
    """ "Writer" in "writer and critic Ruth Amberley", "her friend" in "her friend and fellow
    poet Ruth Amberley"."""
    if before.form != "description" or before.plural or part.determiner:
        return False
    if before.long and (before.determiner or before.head in ANONYMOUS | KIN):
        return False
    if part.name is None or part.name.sort == "organisation":
        return False
    if before.determiner:
        own = before.determiner in _POSSESSIVE and (is_person(before.head) or before.head in KIN)
        return own and part.apposed[:1].islower()
    if before.head in NATIONALITIES or is_person(before.head):
        return True
    known = GROUPS | ORGANISATION_NOUNS
    titled = part.name.titled or bool(part.apposed)
    return before.first and len(before.words) == 1 and titled and before.head not in known


def _is_member(before: Part, piece: _Piece, within: Sequence[Name]) -> bool:
    """ "Smith and his aides" are two; "director and founder" is one. `within` are the names
    from the last member on."""
    part, comma = piece.part, piece.comma
    if piece.tie and piece.tie not in before.text.split():
        return True
    if before.after and not comma and (before.form == "description" or len(before.apposed) > 3):
        return False
    if part.determiner == "no" or _is_short(before, part, piece):
        return False
    if _are_police(before) and part.head in _SERVING and len(part.words) > 1:
        return False
    if part.form in ("name", "pronoun"):
        return comma or not _is_tail(before, part, within)
    if _is_one_of_several(before, part):
        return False
    if before.form == "description" and _is_several(before) and _is_several(part):
        if before.possessor and len(part.words) == 1:
            return False
        bare_both = not before.determiner and not re.search(r"\d", before.text)
        several = before.counted if before.long else before.determiner in QUANTIFIERS
        return comma or _is_determined(part) or bare_both or several
    if before.apposed and part.determiner in _INDEFINITE:
        return False
    if before.form == "description" and not (
        before.determiner or before.possessor or before.plural
    ):
        return False
    return _is_determined(part) or (before.form == "name" and part.plural)


def _are_police(part: Part) -> bool:
    return part.text.casefold() == "police"


def _is_several(part: Part) -> bool:
    return part.plural or _are_police(part)


def _is_short(before: Part, part: Part, piece: _Piece) -> bool:
    """ "SVP" in "the Salt Valley Party, or SVP,"."""
    both = before.name is not None and part.name is not None
    return both and piece.alias and part.text.isupper()


def _is_determined(part: Part) -> bool:
    return bool(part.determiner) or part.counted or bool(_OTHERS.match(part.text))


def _is_one_of_several(before: Part, part: Part) -> bool:
    """ "A librarian" in "a committee of four teachers and a librarian"."""
    several = before.form == "description" and OF_SEVERAL.search(before.text)
    one = part.determiner in _INDEFINITE or part.counted
    return bool(several) and one and not before.counted


def _is_tail(before: Part, part: Part, within: Sequence[Name]) -> bool:
    """Whether a name goes on with what follows a noun or another name: "an aide to Pell (and
    Reed)", "Odo Pell of the Institute for Science (and Trade)"."""
    if not before.long:
        return False
    if before.form == "description":
        return bool(within)
    sort = part.name.sort if part.name else None
    if before.name is None or sort is None or part.determiner or sort == before.name.sort:
        return False
    return any(name.sort == sort for name in within)


def _appose(parts: list[Part], piece: _Piece, final: _Piece) -> None:
    """Take in what a comma sets beside the last member: another, or what it is called."""
    before, part = parts[-1], piece.part
    if SEAT.match(part.text):
        return
    if part.form == "name":
        if not _PLACED.match(part.text):
            _appose_name(parts, piece, final)
    elif part.form == "description" and _ends_list(final) and _is_listed(before, part, final):
        parts.append(part)
    elif before.form == "name" and part.form == "description":
        stays = before.apposed and not before.after
        parts[-1] = replace(before, apposed=before.apposed if stays else part.text, after=True)
    elif _is_measure(before, part) or not (_is_determined(part) or part.plural):
        parts[-1] = replace(before, after=True)


def _is_measure(before: Part, part: Part) -> bool:
    """Whether it tells how long a paper is: "the report(, a page) and a half in green ink"."""
    return before.head in DOCUMENTS and part.determiner in _INDEFINITE


def _ends_list(final: _Piece) -> bool:
    """Whether the last piece is another one; not "commissioner" in "Reed, the Customs and Border
    commissioner"."""
    part = final.part
    return final.joined and (part.form != "description" or _is_determined(part) or part.plural)


def _is_listed(before: Part, part: Part, final: _Piece) -> bool:
    """Whether a description is the next of a list, and nothing that the last one is called."""
    if part.determiner in _PARTITIVE or part.head in _PARTITIVE:
        return False
    if before.name is not None:
        return is_plural(part.head) and not part.long and before.name.sort == "person"
    if before.form != "description" or final.part.form != "description":
        return False
    if _is_determined(part):
        both = {before.determiner, part.determiner}
        alike = before.plural or both <= _DEFINITE or both <= _INDEFINITE
        return alike and (not final.comma or part.plural)
    return before.plural and part.plural and not before.long and not part.long


def _appose_name(parts: list[Part], piece: _Piece, final: _Piece) -> None:
    before, part = parts[-1], piece.part
    if before.form == "description":
        if before.stop is None and served(before.text):
            parts[-1] = replace(before, stop=part.start)
        elif _may_be_called(before, part, piece, final):
            parts[-1] = replace(part, apposed=before.text, start=before.start)
    elif before.name is not None and part.name is not None:
        if before.name.possessive:
            parts[-1] = part
        elif _is_next(before, part, piece, final):
            parts.append(part)


def _is_next(before: Part, part: Part, piece: _Piece, final: _Piece) -> bool:
    """Whether a name after a name is another's: "Pell, Amberley and Reed"; not "Pell, Hallin"."""
    if _is_place(part) and not _is_place(before) and not _ends_list(final):
        return False
    sort = part.name.sort if part.name else None
    if _ends_list(final):
        return not (part.determiner and sort == "person")
    if before.apposed or part.determiner or len(part.text.split()) > 4:
        return False
    people = sort == "person" and before.name is not None and before.name.sort == "person"
    return piece is not final or people


def _is_place(part: Part) -> bool:
    """Whether the network takes the part's name for a place's."""
    kinds = part.name.kinds if part.name else None
    return kinds is not None and kinds[2] == max(kinds)


def _may_be_called(role: Part, named: Part, piece: _Piece, final: _Piece) -> bool:
    """ "The goalkeeper, Ewan Strachan"; not "a shop in Hallin, Norland"."""
    called = named.name
    if called is None:
        return False
    owned = role.owned and called.sort == "organisation" and piece is final
    if called.kinds and role.head in DOCUMENTS - ORGANISATION_NOUNS and not owned:
        return False
    if _is_place(named) and (role.long or role.plural):
        return False
    if role.long and role.plural and called.sort != "person" and _ENDS_IN_NAME.search(role.text):
        return False
    if role.plural:
        own = role.determiner in _POSSESSIVE or called.sort == "organisation"
        return _ends_list(final) or (piece is final and own)
    return (
        role.determiner not in ("a", "an", "one", "another")
        or len(called.words) > 1
        or called.titled
        or called.words[0].startswith("@")
        or role.head in KIN
    )
