"""Words from an article made safe to show, and the words that formats share."""

import re
from collections.abc import Mapping

from sayso.types import Failure, Reading, Speaker, Statement

# What can move a cursor, recolour a terminal, reorder a line or break an encoder: controls
# (but tab and newline), lone surrogates, and the marks that override the direction of writing.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")

_LINE = 80

WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
"""A word as people count them: “don’t”, “well-known” and “1,000” are one each."""


def harmless(text: str) -> str:
    """The same text with one visible character for each dangerous one; CRLF becomes LF."""
    return _CONTROLS.sub(_picture, text.replace("\r\n", "\n"))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "�"


def one_line(text: str, limit: int | None = None) -> str:
    """`harmless`, on one line, and cut to about `limit` characters with what was cut counted."""
    line = " ".join(harmless(text).split())
    if limit is None or len(line) <= limit:
        return line
    kept = line[:limit].rsplit(" ", 1)[0]
    return f"{kept} … [{len(line) - len(kept):,} more characters]"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 word`, `2 words`, `12,000 words`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def speaker_name(speaker: Speaker) -> str:
    """The speaker's name; an author without a byline is "the author"."""
    return "the author" if speaker.name is None else speaker.name


def speaker_names(statement: Statement) -> str:
    """Everybody who speaks in a statement; empty where nobody is named."""
    return ", ".join(speaker_name(s) for s in statement.speakers)


def runner_up(statement: Statement) -> str:
    """The other name to think of, where the speaker is doubtful; else nothing."""
    if statement.runner_up is None:
        return ""
    return f"or {one_line(speaker_name(statement.runner_up), 120)}?"


def tellers(reading: Reading) -> dict[str, str]:
    """For each statement, by its id, who makes it: they tell what stands inside it."""
    return {s.id: speaker_names(s) for s in reading.statements}


def marks(statement: Statement, told_by: Mapping[str, str]) -> list[str]:
    """What sets a statement apart from plain speech: a thought, denied, told by somebody else."""
    found = []
    if not statement.said:
        found.append("thought")
    if statement.denied:
        found.append("denied")
    if statement.inside is not None:
        names = told_by.get(statement.inside)
        found.append(f"told by {names}" if names else "inside another")
    return found


def circumstances(statement: Statement) -> list[str]:
    """To whom, by what channel and when it was said, in the article's words, with the date."""
    found = []
    if statement.addressee is not None:
        found.append(f"to {statement.addressee.text}")
    if statement.channel is not None:
        found.append(statement.channel.text)
    time = (statement.when and statement.when.text, statement.date)
    found.append(", ".join(part for part in time if part))
    return [one_line(text, 120) for text in found if text]


def heading(reading: Reading) -> str:
    """The article's title, else its address, else its own id, else how it begins."""
    article = reading.article
    name = article.title or article.url
    if not name and article.id is not None:
        name = str(article.id)
    return one_line(name or first_line(article.text), 200)


def first_line(text: str) -> str:
    """The text's first line that isn't blank, cut after a word where it is long."""
    line = next(iter(text.strip()[: _LINE + 1].splitlines()), "")
    return line if len(line) <= _LINE else line[:_LINE].rpartition(" ")[0] + " …"


def where_and_when(reading: Reading) -> list[str]:
    """Publisher, date and address, as far as they are known."""
    article = reading.article
    known = (article.publisher, article.date, article.url if article.title else None)
    return [one_line(value, 200) for value in known if value]


def failure_place(failure: Failure) -> str:
    """The failed input by the name that its user gave it, with the line."""
    names = (str(name) for name in (failure.input, failure.id) if name is not None)
    name = one_line(next(names, "input"), 200)
    return f"{name}, line {failure.line}" if failure.line is not None else name
