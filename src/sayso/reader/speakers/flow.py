"""Speakers that no source names in full: turns of talk, refusals."""

import re
from collections.abc import Sequence
from functools import cached_property

from sayso.reader.drafts import RefusalDraft
from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.lexicon import DOCUMENTS, words
from sayso.reader.speakers.mentions import Party
from sayso.reader.speakers.names import Name, find_names
from sayso.reader.speakers.phrases import parse
from sayso.reader.speakers.references import References, Setting
from sayso.reader.speakers.referents import Referent
from sayso.reader.speakers.roles import Roles

_LABEL = re.compile(r"[A-Z]{1,3}|[A-Z]\.[A-Z]\.")
_TURN = re.compile(r"\s?[:.]|\s(?:--|[–—-])\s")
_COLON = re.compile(r"\s?:\s")
_COUNTED = re.compile(r"(?:Q\d+|\[?\d{1,2}[:.]\d\d(?:[:.]\d\d)?\]?)\s+")
_LONGEST_COUNT = 16  # characters
_BENCH = frozenset(("judge", "justice", "magistrate", "recorder"))
"""Titles of those whom a court's transcript calls "THE COURT"."""
_INTERVIEWER = re.compile(
    r"\b(?:interview(?:ed)?|questions?|questioned|conversation) (?:by|with the \w+|from)\s+"
    r"|^by\s+(?=[A-Z])",
    re.I | re.M,
)
_MEETS = re.compile(
    r"\s(?:met|meets|interview(?:s|ed)|question(?:s|ed)|visit(?:s|ed)|asks|asked|(?:sat|sits) down "
    r"with|(?:caught|catches) up with)\b"
)
"""After the name of one who asks what follows: "Ada Pell met him at home"."""
_REFUSES = re.compile(
    r"\b(?:declin|refus|(?:did|do|does|would|could|can|will|won|was|were|is|are|has|have|had)"
    r"(?:n|not)?\b|offer|gave|made|remain|ignor|fail|chose|turned|reject|said|says)",
    re.I,
)
_NOT = re.compile(r"\b(?:declin|refus|\w+(?:n[’']t| not| never)\b)", re.I)
_ASIDE = re.compile(
    r"(?:(?:when|after|while) )?(?:asked|pressed|questioned|approached|contacted|challenged)\b"
    r"|\b(?:would|could|will|can|should|may|might|had|has|have|was|were|is|are)\b",
    re.I,
)
"""What leads to it, and ends with a comma: "Asked whether it would close, she declined"."""
_RELATIVE = re.compile(r"\b(?:who|which|that)\b")
_NEGATED = re.compile(r"(?:not|never)\s", re.I)
_ASKED = re.compile(
    r"\b(?:approached|contacted|asked|invited|reach(?:ed)?|calls? to|"
    r"(?:messages?|emails?|e-mails?|letters?|questions?|requests?)(?: \w+){0,2} (?:to|for|with)|"
    r"at|from)\s+",
    re.I,
)
_APPROACHED = re.compile(
    r"(?<!been )(?<!was )(?<!were )\b(?:approached|contacted|asked|emailed|called|messaged)\s+"
    r"(?!for\b|by\b|to\b|about\b|whether\b|if\b|on\b)",
    re.I,
)
_ASKS = words(
    """
    request requests call calls message messages email emails attempts efforts inquiry
    inquiries question questions comment nobody no
    """
)  # fmt: skip


class Turns:
    """Speakers' labels at the start of lines: "Q:", "LP:", "LP —", "THE COURT:"."""

    def __init__(self, cast: Cast, roles: Roles, byline: str | None) -> None:
        self.cast = cast
        self.roles = roles
        self.byline = byline
        self.known: dict[str, Party] = {}
        """Whom each label meant when it first stood there."""
        self._asked: tuple[Referent, Referent] | None = None

    def label(self, start: int, end: int) -> tuple[int, str]:
        """Where a source begins, of a turn's label without its number or time ("Q31 Chair", "02.14
        MATE"), and the words of that label; blank where it is none."""
        text = self.cast.text
        if text[end - 1] != ":" and not _COLON.match(text, end):
            return start, ""
        low = max(0, start - _LONGEST_COUNT)
        before, _, line = text[low:start].rpartition("\n")
        begins = low == 0 or text[low + len(before) : start].startswith("\n")
        if not begins or not (_COUNTED.fullmatch(line) or not line.strip()):
            return start, ""
        counted = _COUNTED.match(text, start, end)
        begin = counted.end() if counted else start
        return begin, text[begin:end].strip(" :").casefold()

    def speaker(self, start: int, end: int) -> Referent | None:
        """The person whom a label means, or None where the words are no label."""
        label = self.cast.text[start:end].strip(" :.")
        turn = _TURN.match(self.cast.text, end) or self.cast.text[end - 1] == ":"
        if not turn and not (label == "Q" or (label == "A" and self._asked)):
            return None
        if label.casefold() == "the court":
            return self._judge()
        named = self.cast.names_in(start, end)
        body = any(name.kinds and name.sort == "organisation" for name in named)
        alone = not named or [name.words for name in named] == [(label,)]
        if alone and not body and self.label(start, end)[1]:
            known = self._only(label.casefold(), named)
            if known is not None:
                return known
        if not _LABEL.fullmatch(label) or self.cast.text[start - 1 : start] not in ("", "\n"):
            return None
        if label in ("Q", "A"):
            if self._asked is None:
                self._asked = self._interview(start)
            return self._asked[label == "A"]
        return self.cast.by_initials(label.replace(".", ""))

    def _only(self, label: str, named: Sequence[Name]) -> Referent | None:
        """The only one who is called by the words of a label, or whose name of several words
        begins or ends with it, where it is a person's or a paper's."""
        called = frozenset(label.split())
        holders = self.roles.holders.get(label.rpartition(" ")[2], ())
        found = {r for role, r in holders if called <= role.words}
        person = any(name.sort == "person" or name.kinds is None for name in named)
        if not holders and (person or label in DOCUMENTS):
            found = self._at_an_end.get(label, set())
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _at_an_end(self) -> dict[str, set[Referent]]:
        """Those with names of several words, by the first and by the last of these."""
        found: dict[str, set[Referent]] = {}
        for referent in self.cast.referents:
            for word in (referent.key[0], referent.key[-1]) if len(referent.key) > 1 else ():
                found.setdefault(word, set()).add(referent)
        return found

    def _judge(self) -> Referent | None:
        """The only one whom the text calls a judge."""
        judges = [r for r in self.cast.referents if not _BENCH.isdisjoint(r.titles)]
        return judges[0] if len(judges) == 1 else None

    def _interview(self, start: int) -> tuple[Referent, Referent]:
        """Who asks and who answers, from the byline and what stands before the first question."""
        text, cast = self.cast.text, self.cast
        persons = [r for _, r in cast.within(0, start) if r.kind == "person"]
        asking = self._author()
        match = _INTERVIEWER.search(text, 0, start)
        if match:
            asking = next((r for _, r in cast.within(match.start(), match.end() + 40)), asking)
        elif asking is None:
            meets = (r for n, r in cast.within(0, start) if _MEETS.match(text, n.end))
            asking = next((r for r in meets if r.kind == "person"), None)
        answering = next((r for r in persons if r is not asking), None)
        return (
            asking or _unnamed("interviewer", start),
            answering or _unnamed("interviewee", start),
        )

    def _author(self) -> Referent | None:
        """The bearer of the byline that came with the article."""
        for name in find_names(self.byline or "", headings=True):
            author = self.cast.find(name)
            if author is None:
                author = Referent(" ".join(name.words), name.key)
                author.kinds["person"] += 1
            return author
        return None


def _unnamed(called: str, at: int) -> Referent:
    referent = Referent(called, at=at, named=False)
    referent.kinds["unnamed"] += 1
    return referent


def refuser(text: str, refusal: RefusalDraft, references: References) -> Party:
    """Who is told to have been asked and not to have answered."""
    start, end = refusal.span
    cast = references.scene.cast
    active = _APPROACHED.search(text, start, end)
    if active and (parts := parse(text, active.end(), end, cast.names_in(active.end(), end))):
        return references.resolve(parts[0], Setting(parts[0].start, end))
    start = _after_aside(text, start, end)
    verb = _REFUSES.search(text, start, end)
    stop = verb.start() if verb else end
    for part in (
        () if _NEGATED.match(text, start) else parse(text, start, stop, cast.names_in(start, stop))
    ):
        if part.head not in _ASKS:
            return references.resolve(part, Setting(part.start, stop))
        break
    asked = _ASKED.search(text, start, end)
    parts = parse(text, asked.end(), end, cast.names_in(asked.end(), end)) if asked else []
    if parts and parts[0].head not in _ASKS:
        return references.resolve(parts[0], Setting(parts[0].start, end))
    for event in references.scene.speakers_before(start, 1):
        return event.party
    return ()


def _after_aside(text: str, start: int, end: int) -> int:
    """Where the clause begins whose subject does not answer."""
    refuses = _NOT.search(text, start, end)
    if refuses is None:
        return start
    aside = _ASIDE.match(text, start) or _ASIDE.search(text, start, refuses.start())
    if aside is None or _RELATIVE.search(text, start, aside.start()):
        return start
    comma = text.find(", ", aside.end(), refuses.start())
    after = comma + 2
    return start if comma < 0 or not text[after : refuses.start()].strip() else after
