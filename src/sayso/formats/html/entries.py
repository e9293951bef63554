"""Beside the report: who is heard and how much, everybody's statements, who did not answer."""

from collections.abc import Iterable, Iterator, Sequence

from sayso.formats.html.escape import bdi, day, escape
from sayso.formats.html.sheet import (
    Sheet,
    doubtful,
    look,
    parts,
    refusal_label,
    refusal_words,
    sure,
)
from sayso.formats.html.voices import Voice, Words, name
from sayso.formats.plain import count
from sayso.formats.speakers import also_called
from sayso.types import Refusal, Speaker, Statement, joined

FIRST_VOICES = 12
RELATED = 6
# With the report beside it an entry may break off; without, it is all that there is.
WORDS_BESIDE, WORDS_ALONE = 600, 4000
PART = 160
NAME = 200
TERMS = {"source": "source", "cue": "cue", "addressee": "to", "channel": "in"}


def overview(sheet: Sheet) -> str:
    """The voices with their shares of the words, the loudest first."""
    if not sheet.voices:
        return '<p class="none">Nobody is reported to have said anything.</p>'
    every = spoken_words(sheet)
    rows = "".join(_share(sheet, voice, every) for voice in sheet.voices[:FIRST_VOICES])
    further = len(sheet.voices) - FIRST_VOICES
    more = f'<p class="more">and {further:,} more in the list below</p>' if further > 0 else ""
    return f'<ol class="shares" role="list">{rows}</ol>{more}'


def spoken_words(sheet: Sheet) -> int:
    """The words of the report that somebody said, whoever it was, each once."""
    return sheet.counter.within(
        (span.start, span.end)
        for statement in sheet.reading.statements
        if statement.said and not statement.denied
        for span in statement.content
    )


def _share(sheet: Sheet, voice: Voice, every: int) -> str:
    return (
        f'<li class="{look(voice.style)}"><a href="#{_voice_id(sheet, voice)}">'
        f"{_letter(voice)} {_name(voice, 80)}{_tag(voice)}</a> {_bar(voice.words, every)}"
        f'<span class="figure">{_figure(voice.words.total, every)}</span></li>'
    )


def _bar(words: Words, every: int) -> str:
    """A bar in the forms of saying; the figure beside it tells the same in words."""
    rects, x = "", 0.0
    for form in ("direct", "mixed", "indirect"):
        width = 100 * getattr(words, form) / max(every, 1)
        if width:
            rects += f'<rect class="{form}" x="{x:.1f}" width="{width:.1f}" height="8"/>'
        x += width
    return (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f"{rects}</svg>"
    )


def _figure(number: int, every: int) -> str:
    if not number:
        return "<small>no words said</small>"
    return f"{_percent(number, every)} <small>{count(number, 'word')}</small>"


def _percent(number: int, every: int) -> str:
    share = 100 * number / max(every, 1)
    return "under 1 %" if 0 < share < 1 else f"{share:.0f} %"


def _voice_id(sheet: Sheet, voice: Voice) -> str:
    return f"{sheet.prefix}v{'0' if voice.style is None else voice.style + 1}"


def _letter(voice: Voice) -> str:
    return f'<span class="badge" aria-hidden="true">{voice.letter}</span>'


def _name(voice: Voice, limit: int) -> str:
    if voice.speaker is None:
        return "Nobody named"
    return bdi(name(voice.speaker), limit)


def _tag(voice: Voice) -> str:
    unnamed = voice.speaker is not None and voice.speaker.kind == "unnamed"
    return ' <span class="tag">not named</span>' if unnamed else ""


def voices(sheet: Sheet, *, text: bool) -> str:
    """Every voice with its statements; `text` tells whether the report stands beside them."""
    listing = _Listing(sheet, text)
    return "".join(listing.voice(voice) for voice in sheet.voices)


def refusals(sheet: Sheet, *, text: bool) -> str:
    """Those who were asked and did not answer, or nothing where there are none."""
    asked = sheet.reading.refusals
    if not asked:
        return ""
    items = "".join(_refusal(sheet, i, refusal, text) for i, refusal in enumerate(asked))
    return (
        '<section class="voice"><h4>Asked, and no answer</h4>'
        f'<ol role="list">{items}</ol></section>'
    )


def _refusal(sheet: Sheet, position: int, refusal: Refusal, text: bool) -> str:
    entry, label = sheet.refusal_entry(position), refusal_label(position)
    badge = _badge(entry, label, linked=text and sheet.refusal_anchor(position) is not None)
    return (
        f'<li class="entry c-none" id="{entry}" tabindex="-1">'
        f'<p class="words">{badge} <b>{bdi(refusal_words(refusal), NAME)}</b></p>'
        f'<dl class="parts">{_part("in the words", bdi(refusal.span.text, PART))}</dl></li>'
    )


def _badge(entry: str, label: str, *, linked: bool) -> str:
    if not linked:
        return f'<span class="badge">{label}</span>'
    return f'<a class="badge" href="#{entry}t" aria-label="{label}, show in the report">{label}</a>'


def _part(term: str, told: str) -> str:
    return f"<div><dt>{term}</dt><dd>{told}</dd></div>"


class _Listing:
    def __init__(self, sheet: Sheet, text: bool) -> None:
        self._sheet = sheet
        self._text = text
        self._every = spoken_words(sheet)
        self._entities = {entity.id: entity.name for entity in sheet.reading.entities}

    def voice(self, voice: Voice) -> str:
        address = _voice_id(self._sheet, voice)
        items = "".join(self._item(voice, position) for position in voice.statements)
        facts = [*_about(voice.speaker), count(len(voice.statements), "statement")]
        if voice.words.total:
            facts.append(f"{_percent(voice.words.total, self._every)} of the words said")
        if voice.others:
            facts.append(also_called(voice.others, lambda wording: bdi(wording, 80)))
        return (
            f'<section class="voice {look(voice.style)}">'
            f'<h4 id="{address}" tabindex="-1">{_letter(voice)} {_name(voice, NAME)}</h4>'
            f'<p class="who">{" · ".join(facts)}</p><ol role="list">{items}</ol></section>'
        )

    def _item(self, voice: Voice, position: int) -> str:
        """An entry under a statement's first voice; under others, a line that leads to it."""
        first, *_ = self._sheet.speaking[position]
        if voice is first:
            return self._entry(position)
        words = bdi(self._sheet.reading.statements[position].text, 90)
        return (
            f'<li class="joint">{self._sheet.reference(position)} with '
            f"{_name(first, 80)}: {words}</li>"
        )

    def _entry(self, position: int) -> str:
        sheet, statement = self._sheet, self._sheet.reading.statements[position]
        entry = sheet.entry(position)
        linked = self._text and sheet.anchor(position) is not None
        badge = _badge(entry, sheet.label(position), linked=linked)
        words = bdi(statement.text, WORDS_BESIDE if self._text else WORDS_ALONE)
        return (
            f'<li class="entry {sheet.look(position)}" id="{entry}" tabindex="-1">'
            f'<p class="by unseen">{self._by(position)}</p>'
            f'<p class="words">{badge} {words}</p>'
            f'<p class="tags">{"".join(_tags(statement))}</p>'
            f'<dl class="parts">{"".join(self._parts(position))}</dl></li>'
        )

    def _by(self, position: int) -> str:
        """The speakers once more, for those who come straight to an entry."""
        voices = self._sheet.speaking[position]
        more = " and others" if len(voices) > RELATED else ""
        return ", ".join(_name(voice, 80) for voice in voices[:RELATED]) + more

    def _parts(self, position: int) -> Iterator[str]:
        sheet, statement = self._sheet, self._sheet.reading.statements[position]
        if statement.runner_up is not None:
            other = f"{self._by(position)}, or perhaps {bdi(name(statement.runner_up), 80)}"
            yield _part("speaker doubtful", f"<b>{other}</b>")
        yield from _spans(statement)
        if len(sheet.speaking[position]) > 1:
            yield _part("jointly", self._by(position))
        outer = sheet.outer(position)
        if outer is not None:
            yield _part("inside", self._references([outer]))
        if position in sheet.holds:
            yield _part("holds", self._references(sheet.holds[position]))
        about = [self._entities[entity] for entity in statement.about if entity in self._entities]
        if about:
            yield _part("about", ", ".join(bdi(name, 80) for name in about[:RELATED]))

    def _references(self, positions: Sequence[int]) -> str:
        shown = " ".join(self._sheet.reference(position) for position in positions[:RELATED])
        return shown + (" …" if len(positions) > RELATED else "")


def _about(speaker: Speaker | None) -> Iterable[str]:
    """What a speaker is, and who wrote a document."""
    if speaker is None:
        return
    yield "<b>not named</b>" if speaker.kind == "unnamed" else speaker.kind
    if speaker.by:
        more = " and others" if len(speaker.by) > RELATED else ""
        yield "by " + ", ".join(bdi(author, 80) for author in speaker.by[:RELATED]) + more


def _spans(statement: Statement) -> Iterator[str]:
    for role, spans in parts(statement):
        if role in TERMS and spans:
            yield _part(TERMS[role], bdi(joined(spans), PART))
    when = [bdi(statement.when.text, PART)] if statement.when else []
    if statement.date:
        when.append(f"({day(statement.date)})" if when else day(statement.date))
    if when:
        yield _part("when", " ".join(when))


def _tags(statement: Statement) -> Iterator[str]:
    yield f'<span class="tag">{escape(statement.type)}</span>'
    if statement.denied:
        yield '<span class="tag loud">denied: they did not say this</span>'
    if not statement.said:
        yield '<span class="tag loud">thought or stance, not said</span>'
    if not statement.speakers:
        yield '<span class="tag loud">nobody named</span>'
    told = sure(statement.confidence)
    if doubtful(statement):
        yield f'<span class="tag loud">doubtful, {told}</span>'
    else:
        yield f'<span class="sure">{told}</span>'
