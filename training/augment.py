"""Seeded changes to annotated articles, so that the model meets what PolNeAR lacks.

Each change takes a document and a generator and gives a document with its spans carried
along; where the document offers no place for the change, it comes back as it was.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from training.corpus import Attribution, Document, Spans

Edit = tuple[int, int, str]
"""Replace the characters [start, end) by a string."""

_OPEN, _CLOSE = "“\"‘'", "”\"’'"
_SPEAKERS = (
    "The minister", "Her lawyer", "A spokesman", "Campaigners", "The council", "Ministers",
    "Officials", "The union", "Dr Amara Holt", "Lena Fairweather", "He", "She", "They",
    "One neighbour", "Police", "The company", "A report by the board", "Councillor Ravi Menon",
    "Mr Oyelaran", "The trust",
)  # fmt: skip
_SAYINGS = (
    ("said", " that "), ("said", " "), ("added", " that "), ("believes", " that "),
    ("claimed", " "), ("has said", " "), ("told reporters", " that "), ("insisted", " that "),
    ("thinks", " "), ("denied", " that "), ("acknowledged", " that "), ("says", " "),
    ("warned", " that "), ("hopes", " that "),
)  # fmt: skip
_FULL_NAME = re.compile(r"(?<![\w.])[A-Z][a-z]+ ([A-Z][a-z]{3,})\b(?! [A-Z])")
_LAST_NAMES = (
    "Adeyemi", "Bianchi", "Chaudhry", "Dlamini", "Eklund", "Farouk", "Gwynne", "Haddad", "Ivanova",
    "Jónsdóttir", "Kowalczyk", "Lindqvist", "Mbeki-Hall", "Nakamura", "O’Rourke", "Papadakis",
    "Quispe", "Ramaswamy", "Szabó", "Tran", "Uzun", "Villaseñor", "Wójcik", "Xu", "Yilmaz", "Zhou",
    "de la Cruz", "van der Berg", "bin Rashid", "Ó Súilleabháin",
)  # fmt: skip
_SCENES = (
    "arrives at the hearing", "outside the town hall last year", "with supporters on Saturday",
    "in 2011", "at home", "before the vote",
)  # fmt: skip
_CREDITS = ("Reuben Vale", "Press Photo", "Photograph: Mara Lind", "Handout", "© Tor Images")
_LOWERED = {
    "The", "A", "An", "He", "She", "It", "They", "This", "There", "His", "Her", "Its", "Their",
}  # fmt: skip
_OPENING = {"I", "We", "But", "And", "In", "On", "At", "According"}
_SENTENCE = re.compile(
    r"(?:^|(?<=\n)|(?<=[a-z]\. ))[A-Z][a-z]+ (?:(?!\. )[^\n“”\"]){20,200}?[a-z]{2}\.(?=\s|$)"
)
_THOUGHTS = {"believes", "thinks", "hopes"}


def edit(doc: Document, edits: Sequence[Edit]) -> Document:
    """The document with these non-overlapping edits made and every span moved with its words."""
    edits = sorted(edits)
    parts, done, shifts = [], 0, []
    for start, end, new in edits:
        parts += [doc.text[done:start], new]
        done = end
        shifts.append((start, end, len(new)))
    text = "".join([*parts, doc.text[done:]])

    def move(at: int, *, is_end: bool) -> int:
        delta = 0
        for start, end, size in shifts:
            if end < at or (end == at and not (is_end and start == end)):
                delta += size - (end - start)
            elif start < at:
                return start + delta + (0 if is_end else size)
        return at + delta

    def carry(spans: Spans | None) -> Spans | None:
        if spans is None:
            return None
        moved = ((move(s, is_end=False), move(e, is_end=True)) for s, e in spans)
        return tuple((s, e) for s, e in moved if s < e)

    def attribution(a: Attribution) -> Attribution:
        roles = ("source", "cue", "content", "addressee", "channel", "when")
        return replace(a, **{role: carry(getattr(a, role)) for role in roles})

    refusals = tuple((s, e, kind) for *span, kind in doc.refusals for s, e in carry((tuple(span),)))
    moved = tuple(map(attribution, doc.attributions))
    return replace(
        doc, text=text, attributions=moved, refusals=refusals, unknown=carry(doc.unknown)
    )


def augment(doc: Document, rng: Random, without: frozenset[str] = frozenset()) -> Document:
    """One random version of the document; `without` names changes to leave out, or "augment"."""
    for chance, change in CHANGES:
        if rng.random() < chance and not without & {change.__name__, "augment"}:
            doc = change(doc, rng)
    return doc


def restyle_quotes(doc: Document, rng: Random) -> Document:
    """Double quotation marks in another style of English print; single ones within them turn."""
    opener, closer = rng.choices(["“”", '""', "‘’", "''", "«»"], [2, 2, 4, 3, 0.2])[0]
    inner_open, inner_close = ("“", "”") if opener in "‘'" else ("‘", "’")
    out, inside = list(doc.text), False
    for m in re.finditer(r"[“”\"«»]|(?<!\w)['‘](?=\w)|(?<=[\w.,!?…])['’](?!\w)", doc.text):
        mark, at = m.group(), m.start()
        if mark in '“”"«»':
            left = at == 0 or doc.text[at - 1] in " \n\t([—–-"
            opens = mark in "“«" or (mark == '"' and left)
            out[at], inside = (opener if opens else closer), opens
        elif inside and opener in "‘'":
            out[at] = inner_open if m.start() == 0 or doc.text[at - 1] in ' \n([“"' else out[at]
            if mark in "'’" and out[at] == mark and "‘" in doc.text[max(0, at - 200) : at]:
                out[at] = inner_close
    return replace(doc, text="".join(out))


def delete_cue(doc: Document, rng: Random) -> Document:
    """A paragraph of nothing but a quotation and "she said" loses its clause."""
    places = []
    for n, a in enumerate(doc.attributions):
        if not (a.cue and a.source and a.content) or a.inside is not None:
            continue
        start, end = _paragraph(doc.text, a.cue[0][0])
        last = max(e for _, e in a.content)
        tail = doc.text[last:end]
        before = doc.text[:start].rstrip()
        whole = min(s for s, _ in a.content) == start and len(a.content) == 1 and len(tail) < 90
        quoted = doc.text[start] in _OPEN and doc.text[last - 1] in _CLOSE
        alone = all(o is a or not _touches(o, last, end) for o in doc.attributions)
        if (
            whole
            and quoted
            and alone
            and a.cue[0][0] >= last
            and before
            and before[-1] not in _CLOSE
        ):
            places.append((n, last, end))
    if not places:
        return doc
    n, last, end = rng.choice(places)
    edits = [(last, end, "")]
    if doc.text[last - 2] == ",":
        edits.append((last - 2, last - 1, "."))
    bare = replace(
        doc.attributions[n], cue=(), source=(), addressee=(), channel=(), when=(), denied=False
    )
    kept = (*doc.attributions[:n], replace(bare, kind=None), *doc.attributions[n + 1 :])
    return edit(replace(doc, attributions=kept), edits)


def make_turn(doc: Document, rng: Random) -> Document:
    """A paragraph 'X said: “…”' becomes a turn, 'X: …'."""
    places = []
    for n, a in enumerate(doc.attributions):
        if len(a.source) != 1 or len(a.content) != 1 or not a.cue or a.inside is not None:
            continue
        (start, end), (first, last) = _paragraph(doc.text, a.source[0][0]), a.content[0]
        ordered = (
            a.source[0][0] == start and a.source[0][1] <= a.cue[0][0] < first and last >= end - 1
        )
        quoted = doc.text[first] in _OPEN and doc.text[last - 1] in _CLOSE
        short = a.source[0][1] - start < 40 and first - a.source[0][1] < 40
        alone = all(o is a or not _touches(o, start, first) for o in doc.attributions)
        if ordered and quoted and short and alone and not (a.addressee or a.channel or a.when):
            places.append(n)
    for n in places:
        a = doc.attributions[n]
        named, (first, last) = a.source[0][1], a.content[0]
        doc = edit(doc, [(named, first + 1, ": "), (last - 1, last, "")])
        moved = doc.attributions[n]
        turned = replace(moved, cue=((named, named + 1),), said=True, denied=False)
        doc = replace(doc, attributions=(*doc.attributions[:n], turned, *doc.attributions[n + 1 :]))
    return doc


def add_headline(doc: Document, rng: Random) -> Document:
    """A headline that attributes, taken from one of the report's statements."""
    places = [a for a in doc.attributions if _fits_headline(doc.text, a)]
    if not places:
        return doc
    a = rng.choice(places)
    source, words = (doc.text[slice(*spans[0])] for spans in (a.source, a.content))
    body = words.strip("“”\"‘’'.,;: ")
    if words[0] not in _OPEN or words[-1] not in _CLOSE:
        parts = [("source", source), ("", " "), ("cue", "says"), ("", " "), ("content", body)]
    elif rng.random() < 0.5:
        parts = [("content", f"‘{body}’"), ("cue", ":"), ("", " "), ("source", source)]
    else:
        parts = [("source", source), ("cue", ":"), ("", " "), ("content", f"‘{body}’")]
    line, spans = _laid_out(parts)
    nothing: Spans = ()
    new = Attribution(
        **spans,
        addressee=nothing,
        channel=nothing,
        when=nothing,
        said=True,
        denied=False,
        kind=a.kind,
    )
    doc = edit(doc, [(0, 0, line + "\n\n")])
    return replace(doc, attributions=(*doc.attributions, new))


def wrap_sentence(doc: Document, rng: Random) -> Document:
    """'Y said Z.' becomes 'X said that Y said Z.', and a bare sentence is put in a mouth."""
    places = [m.span() for m in _SENTENCE.finditer(doc.text) if _wraps(doc, m)]
    if not places:
        return doc
    start, end = rng.choice(places)
    source, (cue, link) = rng.choice(_SPEAKERS), rng.choice(_SAYINGS)
    verb = cue.removesuffix(" reporters")
    tail = [("addressee", "reporters")] if cue != verb else []
    parts = [("source", source), ("", " "), ("cue", verb), *([("", " ")] if tail else []), *tail]
    head, spans = _laid_out([*parts, ("", link)])
    outer = len(doc.attributions)
    held = tuple(
        replace(a, inside=outer) if a.inside is None and _stands_in(a, start, end) else a
        for a in doc.attributions
    )
    doc = edit(replace(doc, attributions=held), [(start, start, head)])
    at = start + len(head)
    if _first_word(doc.text, at) in _LOWERED:
        doc = replace(doc, text=doc.text[:at] + doc.text[at].lower() + doc.text[at + 1 :])
    roles = {role: tuple((s + start, e + start) for s, e in found) for role, found in spans.items()}
    new = Attribution(
        source=roles["source"],
        cue=roles["cue"],
        content=((at, end + len(head) - 1),),
        addressee=roles.get("addressee", ()),
        channel=(),
        when=(),
        said=cue not in _THOUGHTS,
        denied=False,
    )
    return replace(doc, attributions=(*doc.attributions, new))


def rename(doc: Document, rng: Random) -> Document:
    """People's last names become others, of many origins, wherever they stand."""
    people = [a for a in doc.attributions if a.kind in ("person", None)]
    sources = [doc.text[s:e] for a in people for s, e in a.source]
    found = {m.group(1) for source in sources for m in _FULL_NAME.finditer(source)}
    chosen = [name for name in sorted(found) if rng.random() < 0.7]
    if not chosen:
        return doc
    others = dict(zip(chosen, rng.sample(_LAST_NAMES, len(_LAST_NAMES)), strict=False))
    known = "|".join(map(re.escape, others))
    places = re.finditer(rf"\b(?:{known})\b", doc.text)
    return edit(doc, [(*m.span(), others[m.group()]) for m in places])


def add_caption(doc: Document, rng: Random) -> Document:
    """A picture's caption with its credit stuck to it, in which nobody says anything."""
    breaks = [m.end() for m in re.finditer(r"\n\n", doc.text)]
    names = [
        m.group() for a in doc.attributions for s, e in a.source
        for m in _FULL_NAME.finditer(doc.text[s:e])
    ]  # fmt: skip
    free = [at for at in breaks if not any(_covers(a, at) for a in doc.attributions)]
    if not free or not names:
        return doc
    line = f"{rng.choice(names)} {rng.choice(_SCENES)}.{rng.choice(_CREDITS)}\n\n"
    at = rng.choice(free)
    return edit(doc, [(at, at, line)])


def drop_mark(doc: Document, rng: Random) -> Document:
    """A quotation mark is lost in print."""
    marks = [m.start() for m in re.finditer(r"[“”\"]", doc.text)]
    return doc if not marks else edit(doc, [((at := rng.choice(marks)), at + 1, "")])


def relay(doc: Document, rng: Random) -> Document:
    """Paragraphs apart by one line break, by two, or run together."""
    gap = rng.choice(["\n", "\n", "\n\n", "\r\n\r\n", " "])
    edits = [(*m.span(), gap) for m in re.finditer(r"\n+", doc.text)]
    if gap == " ":
        edits = [e for e in edits if rng.random() < 0.3]
    return edit(doc, edits)


def recase(doc: Document, rng: Random) -> Document:
    """The first line in capitals, or (seldom) the whole text in small letters."""
    end = doc.text.find("\n")
    text = (
        doc.text.lower()
        if rng.random() < 0.3
        else doc.text[: max(end, 0)].upper() + doc.text[max(end, 0) :]
    )
    return replace(doc, text=text) if len(text) == len(doc.text) else doc


CHANGES: tuple[tuple[float, Callable[[Document, Random], Document]], ...] = (
    (0.35, delete_cue),
    (0.10, make_turn),
    (0.15, add_headline),
    (0.30, wrap_sentence),
    (0.20, wrap_sentence),
    (0.30, rename),
    (0.10, add_caption),
    (0.40, restyle_quotes),
    (0.08, drop_mark),
    (0.15, relay),
    (0.04, recase),
)
"""The changes in the order in which they are made, each with its chance."""


def _paragraph(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _touches(a: Attribution, start: int, end: int) -> bool:
    return any(s < end and e > start for s, e in a.source + a.cue + a.content)


def _fits_headline(text: str, a: Attribution) -> bool:
    if len(a.source) != 1 or len(a.content) != 1 or not a.cue or a.inside is not None:
        return False
    source, words = text[slice(*a.source[0])], text[slice(*a.content[0])]
    name = re.fullmatch(r"(?:[A-Z][\w’'.-]+ ?){1,4}", source)
    return (
        bool(name)
        and source not in {"He", "She", "They", "It", "I", "We"}
        and 3 <= len(words.split()) <= 14
        and not words.startswith("to ")
        and "\n" not in words
    )


def _laid_out(parts: Sequence[tuple[str, str]]) -> tuple[str, dict[str, Spans]]:
    """A line made of (role, words), and the span of each role in it."""
    spans: dict[str, Spans] = {}
    line = ""
    for role, words in parts:
        if role:
            spans[role] = ((len(line), len(line) + len(words)),)
        line += words
    return line, spans


def _wraps(doc: Document, sentence: re.Match[str]) -> bool:
    """Whether no statement reaches over the sentence's bounds, and it opens as one may."""
    start, end = sentence.span()
    crossed = any(
        _touches(a, start, end) and not _stands_in(a, start, end) for a in doc.attributions
    )
    return not crossed and _first_word(doc.text, start) not in _OPENING


def _stands_in(a: Attribution, start: int, end: int) -> bool:
    return all(start <= s and e <= end for s, e in a.source + a.cue + a.content)


def _first_word(text: str, at: int) -> str:
    found = re.compile(r"\w+").match(text, at)
    return found.group() if found else ""


def _covers(a: Attribution, at: int) -> bool:
    """Whether the place stands within the stretch of text that the statement takes."""
    spans = a.source + a.cue + a.content
    return min(s for s, _ in spans) < at < max(e for _, e in spans)
