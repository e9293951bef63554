"""What templates say things with: filters, tests and functions, given to them by `render`."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from sayso.formats.html import escape
from sayso.formats.html.sheet import DOUBTFUL, refusal_words, sure
from sayso.formats.plain import count, one_line
from sayso.record import telling
from sayso.record.hits import Hit
from sayso.record.tellers import according_to
from sayso.record.telling import Piece
from sayso.room.citing import Printed, cited
from sayso.room.cutting import ends

_WHOLE = 500
"""Characters of something long that are told on pointing at it."""


def escaped(html: str) -> Markup:
    """HTML all of whose foreign words whoever made it has escaped."""
    return Markup(html)  # noqa: S704


def named(text: str, limit: int = 80) -> Markup:
    """A name, a title, an outlet: of its own direction, on one line, cut, the rest on pointing."""
    line = one_line(text)
    cut = escape.clip(line, limit)
    whole = f' title="{escape.escape(escape.clip(line, _WHOLE))}"' if cut != line else ""
    return escaped(f"<bdi{whole}>{escape.escape(cut)}</bdi>")


def short(text: str, limit: int = 120) -> str:
    """Foreign words where there can be no element: in a window's title."""
    return one_line(text, limit)


def visible(text: str) -> Markup:
    """Words out of an article; within `<bdi>` where they could turn what stands beside them."""
    return escaped(escape.contained(text))


def day(date: str) -> Markup:
    return escaped(escape.day(date))


def link(address: str) -> Markup:
    """An article's address: a link only if it is one of the web."""
    return escaped(escape.link(address))


def lang(code: str) -> Markup:
    """A `lang` attribute, where the code is a language's."""
    return escaped(escape.language(code))


def capfirst(words: str) -> str:
    """With a capital at the beginning, and no other changed."""
    return words[:1].upper() + words[1:]


def sentence(words: str) -> str:
    """What a message tells, with a full stop; room.css has its first letter large."""
    return words if words[-1:] in ".!?…" else f"{words}."


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def doubtful(share: float) -> bool:
    return not share >= DOUBTFUL


def place(hit: Hit) -> str:
    """The permanent address of a statement, which leads to its place in the article."""
    return f"/articles/{quote(hit.article)}/{quote(hit.statement)}"


def cue(hit: Hit) -> str:
    """The cue in words; nothing where it is a colon."""
    return telling.cue(hit.cue)


def pieces(hit: Hit, limit: int = 600) -> Iterator[Piece]:
    """The content cut where marks begin and end, at most `limit` characters of it."""
    left = limit
    for piece in telling.pieces(hit):
        if left <= 0:
            yield Piece(f" … [of {len(hit.text):,} characters]", marked=False)
            return
        shown = piece.text
        if len(shown) > left:
            shown = shown[: ends(shown, 0, left, len(shown))]
        yield Piece(shown, piece.marked)
        left -= len(piece.text)


def citation(hit: Hit, origin: str) -> str:
    """A statement as one quotes it, with who printed it, when and where it can be looked up."""
    printed = Printed(hit.title or hit.begins, hit.outlet, hit.published, hit.url)
    return cited(hit, hit.according_to, printed, f"{origin}{place(hit)}")


FILTERS: Mapping[str, Any] = {
    "named": named,
    "short": short,
    "visible": visible,
    "day": day,
    "link": link,
    "lang": lang,
    "capfirst": capfirst,
    "sentence": sentence,
    "did": refusal_words,
    "percent": percent,
    "sure": sure,
    "count": count,
    "place": place,
    "cue": cue,
    "pieces": pieces,
    "according_to": according_to,
}
TESTS: Mapping[str, Any] = {"doubtful": doubtful, "led_by_cue": telling.led_by_cue}
