"""Who does not speak in a statement, by its words: who is told, addressed, or answered."""

import re
from collections.abc import Sequence
from itertools import pairwise

from sayso.reader.drafts import Draft
from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.mentions import Party
from sayso.reader.speakers.voices import Voices

_SET_OFF = re.compile(r", $|^[\"“‘'«]*$")
_PAUSES = tuple(",.!?")
_ANSWERS = re.compile(r"\b(?:answer|repl[iy]|respond|retort)", re.I)
_NEAR = re.compile(r"[^\n]{0,120}\n*[^\n]*$")
_ASKS = re.compile(rf"[^?\n]?\?{_NEAR.pattern}")
"""The end of a question, and what leads to its answer in the next paragraph at most."""
_MARKS = 2  # characters at a content's edge in which its question mark and quotation mark stand
_BESIDE = 8  # characters between a verb and whom it is told


class Others:
    """Of each draft, those who are in its words and are not its speaker."""

    def __init__(self, cast: Cast, voices: Voices, drafts: Sequence[Draft]) -> None:
        self._cast = cast
        self._text = cast.text
        self._voices = voices
        self._drafts = drafts
        outer = [i for i, draft in enumerate(drafts) if draft.inside is None]
        outer.sort(key=lambda i: drafts[i].content[0][0])
        self._before = {after: before for before, after in pairwise(outer)}

    def of(self, i: int, found: Sequence[Party]) -> Party:
        """Those of draft `i`; `found` are the speakers of the drafts so far."""
        return (*self._told(i), *self._addressed(i), *self._answered(i, found))

    def _told(self, i: int) -> Party:
        """Who is named right after the verb: "he told Pell"."""
        draft = self._drafts[i]
        if draft.addressee is None or not draft.cue:
            return ()
        start, end = draft.addressee
        if not 0 < start - draft.cue[-1][1] <= _BESIDE:
            return ()
        return tuple(r for name, r in self._cast.within(start, end) if name.end == end)

    def _addressed(self, i: int) -> Party:
        """Whom the speaker's own words set off by commas: "It rained, Ada, all day"."""
        text = self._text
        return tuple(
            referent
            for start, end in self._drafts[i].content
            for name, referent in self._cast.within(start, end)
            if _SET_OFF.search(text[max(start, name.lead - _MARKS) : name.lead])
            and text[name.end : name.end + 1] in _PAUSES
            and self._voices.depth(i, name.start) == 1
        )

    def _answered(self, i: int, found: Sequence[Party]) -> Party:
        """Who asked, or told somebody, what a reply follows."""
        before, draft = self._before.get(i), self._drafts[i]
        if before is None or not any(_ANSWERS.search(self._text, *cue) for cue in draft.cue):
            return ()
        last = self._drafts[before].content[-1][1]
        told = self._drafts[before].addressee is not None
        begins = (draft.source or draft.cue or draft.content)[0][0]
        near = (_NEAR if told else _ASKS).match(self._text, last - _MARKS, begins)
        return found[before] if near else ()
