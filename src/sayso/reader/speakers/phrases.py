"""The words of a source, cut into its members: names, pronouns and descriptions."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.reader.speakers.edges import stripped, trimmed
from sayso.reader.speakers.joints import JOINS, joined
from sayso.reader.speakers.lexicon import DOCUMENTS
from sayso.reader.speakers.names import Name
from sayso.reader.speakers.parts import (
    FEMALE,
    FIRST,
    MALE,
    PERSONS,
    PLURAL,
    RELATIVE,
    SECOND,
    SHARED,
    Part,
    describe,
    is_empty,
    is_named,
    is_person,
    is_plural,
    name_at,
    read,
    served,
    without_article,
)

__all__ = [
    "FEMALE",
    "FIRST",
    "MALE",
    "PERSONS",
    "PLURAL",
    "RELATIVE",
    "SECOND",
    "Part",
    "describe",
    "is_person",
    "is_plural",
    "parse",
    "served",
]

_LONGEST = 500  # characters of a source that are looked at
_LONGEST_CLAUSE = 80  # characters of a clause that still says who is meant
_CLAUSE = re.compile(
    r"\s{3,}|(?<!\bof)(?<!\bto)(?<!\bby)(?<!\bfor)(?<!\babout)(?<!\bbefore)"
    r"\s(?:who|whom|whose|which|that|where|when)\b|,? and there\b|[;:]",
    re.I,
)
_DASH = re.compile(r"\s(?:--|[–—―-])\s")
_INCLUDING = re.compile(
    r"\s*[,(–—―-]*\s+(?:including|such as|like|among them|notably|especially|"
    r"(?:who|which) includes?)\s+",
    re.I,
)
_FOR_EXAMPLE = re.compile(r"\s*[,(]\s*(?:including|such as|like|among them|notably)\s", re.I)
_NAMED_AS = re.compile(
    r"\b(?:(?:his|her|their|whose) (?:(?:first|last|full) )?name(?:,| is| was| (?:only )?as)|named|"
    r"identified (?:only )?as|known as|calling (?:him|her|them)sel(?:f|ves)|called|of the name of|"
    r"goes by|went by)\s+(?:the\s+)?",
    re.I,
)
_PAIR = re.compile(r"\b(?:both|neither|either)\s+$", re.I)
_OWNED = re.compile(
    r"(?:(?!(?:at|by|for|from|in|near|of|on|to|with) )\S+ )*[a-z-]+['’]s(?<! his)(?<! her)"
)
"""A description that is no more than whose something is: "the mayor’s", not "staff at Odo’s"."""
_SERIES = re.compile(r";\s+(?:and\s+)?")
_SERIES_ENDS = re.compile(r";\s+and\s")
_COMMA = re.compile(r",\s+")
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.I)
_PLACED = re.compile(r" (?:in|at|of|near|on)\s")
_ASIDE = re.compile(r",\s+(?:an?\s|(?:most|many|some|both|all|one|none) of (?:them|wh))")
"""Before what stands beside a description: "her father(, a retired cooper)"."""
_RELATED = re.compile(r"(?:who|whom|whose|which)\s+(?=\S)", re.I)
_SUBJECT = re.compile(r"(?:the|an?|his|her|its|their|our|my)\s|[A-Z]")
_VAGUE = frozenset(["one", "another", "other", "others", "those"])


def parse(text: str, start: int, end: int, names: Sequence[Name]) -> list[Part]:
    """The members of the source `text[start:end]`, in which these names stand; none where it
    is blank."""
    begin = start
    start, end = trimmed(text, start, min(end, start + _LONGEST))
    if _OWNED.fullmatch(text, start, end):
        end -= len("'s")
    if shared := SHARED.search(text[start:end]):
        end = start + shared.start()
    names = [
        replace(name, lead=start) if name.lead < start else name  # its title is left out
        for name in names
        if start <= name.start and name.end <= end
    ]
    if start >= end or (is_empty(text[start:end]) and not any(n.sort for n in names)):
        return []
    related = _RELATED.match(text, start, end)
    if related:
        word = related.group().strip()
        if word.casefold() != "whose" and not _SUBJECT.match(text, related.end(), end):
            return [Part("pronoun", start, word, head=word.casefold())]
        start = related.end()
    parts = (
        _told(text, start, end, names)
        or _bracketed(text, start, end, names)
        or _with_examples(text, start, end, names)
        or _members(text, start, end, names)
    )
    if len(parts) == 1 and parts[0].form == "description" and _PAIR.search(text, begin, start):
        return [replace(parts[0], determiner="both", words=parts[0].words | {"both"})]
    return parts


def _told(text: str, start: int, end: int, names: Sequence[Name]) -> list[Part]:
    """The only member, where its words tell its name: "a baker who gave her name as Odo"."""
    told = _NAMED_AS.search(text, start, end)
    name = name_at(names, told.end()) if told else None
    if told is None or name is None or (name.kinds and not name.sort):
        return []
    if any(other.sort == "person" and other.end < told.start() for other in names):
        return []
    if name.sort == "person" and read(text, start, told.start(), []).head in DOCUMENTS:
        return []
    return [Part("name", start, text[start:end], name=name, apposed=text[start : told.start()])]


def _bracketed(text: str, start: int, end: int, names: Sequence[Name]) -> list[Part]:
    """The only member, where brackets tell the name of one described: "The Minister for Salt (Ms
    Ada Pell)"."""
    if not names:
        return []
    *others, name = names
    if name.sort != "person" or any(other.sort == "person" for other in others):
        return []
    opens = name.lead - 1
    if opens <= start or (text[opens], text[name.end : end]) != ("(", ")"):
        return []
    return [Part("name", start, text[start:end], name=name, apposed=text[start:opens].strip())]


def _with_examples(text: str, start: int, end: int, names: Sequence[Name]) -> list[Part]:
    """The members of "eight of the rivals, including Pell and Reed", the rivals first; none
    where nobody is given as an example."""
    for match in _INCLUDING.finditer(text, start, end):
        if match.start() <= start or is_named(names, match.start()):
            continue
        heads = _members(text, start, match.start(), names)
        examples = [part for part in _members(text, match.end(), end, names) if _is_somebody(part)]
        if examples and heads and heads[-1].form == "description" and heads[-1].plural:
            return [*heads, *examples]
    return []


def _is_somebody(part: Part) -> bool:
    """Whether its name is a person's or a body's, as far as is known."""
    return part.name is not None and (part.name.sort is not None or part.name.kinds is None)


def _members(text: str, start: int, end: int, names: Sequence[Name]) -> list[Part]:
    """Those named together, each piece of a series apart: "Pell, a cook; and Reed, a baker"."""
    if not _SERIES_ENDS.search(text, start, end):
        return _several(text, start, end, names)
    breaks = (at for match in _SERIES.finditer(text, start, end) for at in match.span())
    edges = [start, *breaks, end]
    pieces = (trimmed(text, *piece) for piece in zip(edges[::2], edges[1::2], strict=True))
    return [part for piece in pieces for part in _several(text, *piece, _within(names, *piece))]


def _within(names: Sequence[Name], start: int, end: int) -> list[Name]:
    return [name for name in names if start <= name.lead and name.end <= end]


def _several(text: str, start: int, end: int, names: Sequence[Name]) -> list[Part]:
    dash = _outside(_DASH, text, start, end, names)
    given = _outside(_FOR_EXAMPLE, text, start, end, names)
    body = min(at for at in (_clause(text, start, end, names), dash, given) if at is not None)
    parts = joined(text, start, body, names)
    if dash is not None:
        parts = _named_aside(text, body, end, names, parts) or parts
    elif body < end:
        parts = _resumed(text, body, end, names, parts)
    if len(parts) == 1 and parts[0].head == "those" and body < end:
        whole = " ".join(stripped(text[start:end]).split())
        return [replace(parts[0], form="description", text=whole)]
    if len(parts) == 1 and parts[0].form == "description":
        return [_whole(text, parts[0], body, end, names)]
    return parts


def _clause(text: str, start: int, end: int, names: Sequence[Name]) -> int:
    found = _outside(_CLAUSE, text, start, end, names)
    return end if found is None else found


def _outside(
    pattern: re.Pattern[str], text: str, start: int, end: int, names: Sequence[Name]
) -> int | None:
    """Where the pattern is first found, not inside a name nor at the very start."""
    places = (match.start() for match in pattern.finditer(text, start, end))
    return next((at for at in places if at > start and not is_named(names, at)), None)


def _named_aside(
    text: str, start: int, end: int, names: Sequence[Name], parts: list[Part]
) -> list[Part]:
    """Those whom a description's aside names: "the bodies – the Trust and the Guild –"."""
    dash = _DASH.match(text, start, end)
    if dash is None or not parts or parts[-1].form != "description":
        return []
    if _INCLUDING.match(text, start, end):
        return []
    close = _DASH.search(text, dash.end(), end)
    aside = trimmed(text, dash.end(), close.start() if close else end)
    named = joined(text, aside[0], _clause(text, *aside, names), names)
    if JOINS.match(text, dash.end(), end):
        return [*parts, *named]
    if not all(map(_is_somebody, named)):
        return []
    if not named or (len(named) > 1) != parts[-1].plural:
        return []
    return [*parts[:-1], *(replace(part, apposed=parts[-1].text) for part in named)]


def _resumed(
    text: str, start: int, end: int, names: Sequence[Name], parts: list[Part]
) -> list[Part]:
    """The members with the name that a clause is followed by: "Pell, who left, and Reed"."""
    comma = _COMMA.search(text, start, end)
    joins = JOINS.match(text, comma.start(), end) if comma else None
    if comma is None or not parts:
        return parts
    rest = trimmed(text, joins.end() if joins else comma.end(), end)
    names = [name for name in names if rest[0] <= name.lead]
    found = joined(text, *rest, names)
    if len(found) != 1 or (name := found[0].name) is None or name.sort is None:
        return parts
    if joins and parts[-1].form == "name" and (found[0].apposed or name.lead == rest[0]):
        return [*parts, *found]
    article = _ARTICLE.match(text, *rest)
    leads = name.lead == (article.end() if article else rest[0])
    ends = leads and not joins and (name.end >= rest[1] or bool(_PLACED.match(text, name.end)))
    if ends and parts[-1].form == "description" and not parts[-1].plural:
        return [*parts[:-1], replace(found[0], apposed=parts[-1].text)]
    return parts


def _whole(text: str, part: Part, body: int, end: int, names: Sequence[Name]) -> Part:
    """A description that stands alone, with what follows its noun and tells who is meant."""
    stop = end if part.stop is None else part.stop
    aside = _ASIDE.search(text, part.start, stop)
    stop = aside.start() if aside else stop
    if body < stop and part.head not in _VAGUE:
        clause = text[body:stop].partition(", ")[0]
        told = " " in clause.strip() and not _DASH.match(text, body)
        told &= not text.endswith(",", 0, body) and len(clause) <= _LONGEST_CLAUSE
        stop = body + told * len(clause)
    if describe(part.head) == "organisation" and stop <= body:
        return part
    told_of = tuple(name for name in names if body <= name.start < stop)
    whole = without_article(stripped(text[part.start : stop]))
    return replace(part, text=whole, inside=(*part.inside, *told_of))
