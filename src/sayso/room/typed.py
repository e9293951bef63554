"""What somebody typed into the forms of Review, and what is shown of it when it can't be taken."""

from itertools import islice
from typing import Any, cast

from sayso.errors import Ambiguous, SaysoError
from sayso.formats.plain import harmless, one_line
from sayso.room.failures import told
from sayso.room.forms import Posted
from sayso.room.passage import Place, places
from sayso.types import Kind, Span, Statement

PARTS = ("content", "cue", "source")

_MOST_NAMES = 20
_MOST_PLACES = 12


def words(spans: tuple[Span, ...]) -> list[str]:
    """Words of the article as a form would send them."""
    return [" ".join(harmless(span.text).split()) for span in spans]


def pieces(form: Posted, part: str) -> list[str]:
    """The words given for a part, piece by piece."""
    found = (" ".join(each.split()) for each in form.all(part))
    return [each for each in found if each]


def names(form: Posted) -> list[str]:
    """The speakers, each on a line."""
    lines = (line.strip() for line in form.text("names").split("\n"))
    return [name for name in lines if name][:_MOST_NAMES]


def kind(form: Posted) -> Kind | None:
    """What the speakers are; None for what the article has."""
    return cast(Kind, form.text("kind")) or None


def number(text: str) -> int | None:
    """An offset or a number out of a form's hidden field."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def shown(form: Posted | None, statement: Statement | None = None) -> dict[str, Any]:
    """What stands in the fields: what was typed, else how the statement is."""
    if form is not None and (statement is None or form.text("verdict") in ("bounds", "speaker")):
        typed: dict[str, Any] = {part: list(map(harmless, form.all(part))) for part in PARTS}
        return typed | {n: harmless(form.text(n)) for n in ("names", "kind", "at", "thought")}
    own: dict[str, Any] = {
        part: [harmless(s.text) for s in getattr(statement, part, ())] for part in PARTS
    }
    speakers = () if statement is None else statement.speakers
    names = "\n".join(one_line(s.name) for s in speakers if s.name)
    return own | {"names": names, "kind": "", "at": "", "thought": ""}


def several(text: str, form: Posted | None, error: SaysoError | None) -> list[Place]:
    """Where words stand that were given and stand several times."""
    if form is None or not isinstance(error, Ambiguous):
        return []
    words = next(iter(pieces(form, "content")), "")
    return list(islice(places(text, words), _MOST_PLACES))


def problem(error: SaysoError | None, places: list[Place]) -> str:
    """What went wrong, in words for a page."""
    if error is None:
        return ""
    return "choose one of these places" if places else told(error)
