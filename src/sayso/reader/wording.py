"""What the words at the bounds of a candidate's pieces say of where these begin and end."""

from dataclasses import replace

from sayso.reader.candidates import Candidate
from sayso.reader.tokens import Tokens

_AFTER_PRONOUN = frozenset(
    ("is", "was", "were", "are", "will", "would", "can", "could", "should", "may", "might", "must",
     "has", "had", "have", "does", "did", "do", "’", "'", ",", ".", "kind", "sort", "sounds",
     "seems", "means", "meant", "makes", "made", "and", "or")
)  # fmt: skip
"""After a cue, a "that" before one of these is a pronoun."""
_DETERMINERS = frozenset(
    ("the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "these", "those",
     "any", "some", "no", "every", "another", "all", "both", "each")
)  # fmt: skip
_NO_VERBS = _DETERMINERS | frozenset(("him", "them", "it", "me", "you", "us"))
"""After "to" these open no infinitive."""
_RELATIVE = frozenset(("who", "which", "that", "whose", "whom"))
_GOES_ON = _RELATIVE | {","}
"""After these a source's name goes on with what is told of it."""
_PART = 12
"""Fewer tokens than this may be missing in the middle of a source."""
_AUXILIARIES = frozenset(("been", "be", "is", "are", "was", "were", "has", "have", "had"))


class Words:
    """The words of one article, by its tokens."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self.text, self.tokens = text, tokens

    def word(self, at: int) -> str:
        if not 0 <= at < len(self.tokens):
            return ""
        return self.text[self.tokens.starts[at] : self.tokens.ends[at]].lower()

    def tell(self, c: Candidate) -> bool:
        """Whether the content is more than an auxiliary: "been" says nothing."""
        (start, end), *others = c.content
        return bool(others) or end - start > 1 or self.word(start) not in _AUXILIARIES

    def with_one_source(self, c: Candidate) -> Candidate:
        """One source for one statement: the surest piece, or all where the first goes on.

        A clause alone ("who hadn't signed") is nobody while there is another piece.
        """
        if len(c.source) < 2:
            return c
        first, *_, last = sorted(c.source)
        one_side = not first[1] <= c.anchor < last[0]
        if one_side and last[0] - first[1] < _PART and self.word(first[1] - 1) in _GOES_ON:
            return replace(c, source=((first[0], last[1]),))
        named = tuple(span for span in c.source if self.word(span[0]) not in _RELATIVE)
        return replace(c, source=(named or c.source)[:1])

    def without_that(self, c: Candidate) -> Candidate:
        """The "that" which introduces a clause is no part of it; a pronoun "that" is."""
        start, end = c.content[0]
        after_cue = any(e <= start for _, e in c.cue)
        if not after_cue or end - start < 3 or self.word(start) != "that":
            return c
        if self.word(start + 1) in _AFTER_PRONOUN:
            return c
        return c.with_content(((start + 1, end), *c.content[1:]))

    def apart(self, c: Candidate) -> Candidate:
        """The words between cue and content go to where they belong.

        The labels now and then leave a content's first word at the end of the cue ("praised
        the | council", "refused to | pay", "called Mr | Obi"), or an introducing "that".
        """
        c = self.without_that(c)
        if not c.cue or c.cue[-1][1] - c.cue[-1][0] < 2:
            return c
        (start, end), contents = c.cue[-1], dict(c.content)
        begins = end in contents and self._opens(end - 1)
        if not begins and self.word(end - 1) != "that":
            return c
        if begins:
            contents[end - 1] = contents.pop(end)
        cue = (*c.cue[:-1], (start, end - 1))
        return replace(c, cue=cue, content=tuple(sorted(contents.items())))

    def _opens(self, at: int) -> bool:
        """Whether the word goes with the one after it: to a noun phrase or an infinitive."""
        word, following = self.word(at), self.word(at + 1)
        infinitive = word == "to" and following.isalpha() and following not in _NO_VERBS
        name = self._capital(at) and self._capital(at + 1)
        return infinitive or name or word in _DETERMINERS

    def _capital(self, at: int) -> bool:
        return self.text[self.tokens.starts[at]].isupper()
