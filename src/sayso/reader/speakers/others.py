"""Who does not speak in a statement, by its words: who is told, addressed, or answered."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sayso.reader.drafts import Draft
from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.mentions import Party
from sayso.reader.speakers.names import Name
from sayso.reader.speakers.referents import Referent
from sayso.reader.speakers.voices import Voices

_OPENS = re.compile(r"[\"“‘'«]?")
_ENDS = re.compile(r"[,.!?]*[\"”’'»]?")
_CLOSED = 2  # characters of a question mark and what closes the quotation
_SIGNED = re.compile(r"\b(?:sincerely|faithfully|truly|yours|regards|wishes|love|I|am|is), $", re.I)
"""Before a name that is the speaker's own: "Yours sincerely, Ada Pell", "I, Ada Pell"."""
_REPLIES = re.compile(r"\b(?:answer|repl[iy]|respond|retort)\w*$", re.I)
_AFTERWARDS = re.compile(r"\s(?:to|when|after|at|by|with)\b")
"""After a reply, what it is one to: no answer to what was said before."""
_TURN = re.compile(r"[\"”’'»]?[^\n]{0,120}\n+[^\n]*$")
"""From what is said to what is said in the next paragraph."""
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
        """Whom the speaker calls by one name, or with a title, as a quotation begins or ends:
        "It rained, Ada"."""
        return tuple(
            referent
            for start, end in self._drafts[i].content
            for name, referent in self._at_edges(start, end)
            if (len(name.words) == 1 or name.titled) and self._voices.depth(i, name.start) == 1
        )

    def _at_edges(self, start: int, end: int) -> Iterator[tuple[Name, Referent]]:
        """The names that a comma parts from the rest of a stretch, at its ends."""
        text = self._text
        for name, referent in self._cast.within(start, end):
            first = _OPENS.fullmatch(text, start, name.lead) and text[name.end] == ","
            last = _ENDS.fullmatch(text, name.end, end) and text.endswith(", ", start, name.lead)
            if first or (last and not _SIGNED.search(text, start, name.lead)):
                yield name, referent

    def _answered(self, i: int, found: Sequence[Party]) -> Party:
        """Who asked, or told somebody with a name, what is replied to in the next paragraph."""
        before, draft = self._before.get(i), self._drafts[i]
        if before is None or not draft.cue or not _REPLIES.search(self._text, *draft.cue[0]):
            return ()
        if _AFTERWARDS.match(self._text, draft.cue[0][1]):
            return ()
        turn = _TURN.match(self._text, self._drafts[before].content[-1][1], draft.place[0])
        return found[before] if turn and self._wants_answer(before) else ()

    def _wants_answer(self, i: int) -> bool:
        """Whether a draft is a question, or is told to somebody with a name."""
        draft = self._drafts[i]
        last = draft.content[-1][1]
        if "?" in self._text[last - _CLOSED : last + 1]:
            return True
        told = self._cast.within(*draft.addressee) if draft.addressee else ()
        return any(referent.kind == "person" for _, referent in told)
