"""Names with a nickname in quotation marks: William “Bill” Crane, “Big Al” Mancuso."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.reader.speakers.lexicon import TITLES
from sayso.reader.speakers.names import TOKEN, Name, bare, named_at

_NICK = r"(?:[Tt]he )?[A-Z][\w.-]{0,30}(?: [A-Z][\w-]{0,30})?"
_NICKNAMED = re.compile(
    r"(?<![\w’'-])(?P<first>[A-Z][\w’-]{0,30}(?: [A-Z]\.)?) "
    rf"(?:[\"“](?P<double>{_NICK})[\"”]|[‘'](?P<single>{_NICK})[’']) (?=[A-Z])"
)
_CLOSED = {'"': '" ', "“": "” ", "‘": "’ ", "'": "' "}
"""How a nickname ends that opens with a mark."""


def with_nicknames(text: str, names: Sequence[Name]) -> list[Name]:
    """The names in their order, those of people in one piece where a nickname parts them."""
    found: list[Name] = []
    i = 0
    for match in _NICKNAMED.finditer(text):
        while i < len(names) and names[i].end <= match.start("first"):
            found.append(names[i])
            i += 1
        j = i
        while j < len(names) and names[j].start <= match.end():
            j += 1
        whole = _whole(text, match, names[i:j])
        if whole is not None:
            found.append(whole)
            i = j
    return [_opened(text, name) for name in _followed(text, [*found, *names[i:]])]


def _whole(text: str, match: re.Match[str], parts: Sequence[Name]) -> Name | None:
    """The name of which these are parts; None where the marks stand between names of two."""
    if not parts or bare(match["first"]) in TITLES:
        return None
    first, last = parts[0], parts[-1]
    begins = first.start <= match.start("first") and first.sort == "person"
    ends = last.end > match.end() and last.sort == "person"
    if not ends or not (begins or last.start < match.end() - 1) or last.kinds is None:
        return None
    start = first.start if begins else match.start("first")
    words = (*TOKEN.findall(text, start, match.end("first")),
             *TOKEN.findall(text, match.end(), last.end))  # fmt: skip
    nickname = tuple(TOKEN.findall(match["double"] or match["single"]))
    whole = named_at(text, start, last.end, words, last.kinds)
    return replace(whole, nickname=nickname[nickname[0].casefold() == "the" :])


def _followed(text: str, names: Sequence[Name]) -> Iterator[Name]:
    """The names, those of people joined that are a nickname and the rest: “Big Al”, Mancuso."""
    nick: Name | None = None
    for name in names:
        if nick is not None and _is_nickname(text, nick, name):
            name = named_at(text, nick.start, name.end, nick.words + name.words, name.kinds or ())
        elif nick is not None:
            yield nick
        nick = name
    if nick is not None:
        yield nick


def _is_nickname(text: str, nick: Name, name: Name) -> bool:
    """Whether a name stands alone in quotation marks before the rest of it."""
    closed = _CLOSED.get(text[nick.start - 1 : nick.start])
    return closed == text[nick.end : name.start] and nick.sort == name.sort == "person"


def _opened(text: str, name: Name) -> Name:
    """A name from the mark on that opens its nickname: “Big Al” Mancuso."""
    closed = _CLOSED.get(text[name.start - 1 : name.start])
    if closed is None or closed not in text[name.start : name.end]:
        return name
    return replace(name, start=name.start - 1, lead=min(name.lead, name.start - 1))
