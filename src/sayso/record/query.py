"""What people type to search for, as a query of the index of words.

    bridge safe             both words, in any order
    "the bridge is safe"    these words in a row; curly and pointed marks do as well
    brid*                   words that begin so
    bridge OR crossing      either; AND, OR and NOT in capitals, with ( and ) round them
    bridge NOT toll         the first without the second

Case, accents and kinds of quotation marks make no difference. What can't be understood is a
`UsageError` that says why; nothing that is typed reaches SQL as syntax.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.errors import UsageError
from sayso.formats.plain import one_line
from sayso.record.folding import words

MOST = 32
"""Words and phrases that one query may hold."""
_DEEPEST = 20
_SHOWN = 200
_SHORTEST = 2
"""Letters that a prefix must have: all words with one would be half of the index."""

_MARKS = '"“”„«»＂'
_LEXEMES = re.compile(rf"[()]|[{_MARKS}]([^{_MARKS}]*)[{_MARKS}]|[^\s(){_MARKS}]+|(\S)")
_OPERATORS = frozenset(("AND", "OR", "NOT"))


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row; with `prefix` the last need only begin so."""

    words: tuple[str, ...]
    prefix: bool = False

    @property
    def match(self) -> str:
        return f'"{" ".join(self.words)}"{" *" if self.prefix else ""}'

    @property
    def terms(self) -> tuple["Term", ...]:
        return (self,)

    def fits(self, found: tuple[str, ...]) -> bool:
        """Whether these folded words, as many as the term has, are what is looked for."""
        if not self.prefix:
            return found == self.words
        return found[:-1] == self.words[:-1] and found[-1].startswith(self.words[-1])


@dataclass(frozen=True, slots=True)
class Combined:
    """Two or more queries joined by one operator."""

    operator: str
    parts: tuple["Node", ...]

    @property
    def match(self) -> str:
        return "(" + f" {self.operator} ".join(part.match for part in self.parts) + ")"

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that a hit may hold: not those after NOT."""
        parts = self.parts[:1] if self.operator == "NOT" else self.parts
        return tuple(term for part in parts for term in part.terms)


Node = Term | Combined


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. `match` is in the language of FTS5, made of letters and digits alone.

    `either` tells that hits need not hold all of `terms`.
    """

    node: Node
    terms: tuple[Term, ...]
    either: bool

    @property
    def match(self) -> str:
        return self.node.match

    def holds(self, text: str) -> bool:
        """Whether a text that is in no index would be found."""
        return _holds(self.node, tuple(words(text)))


def parse(text: str) -> Query:
    """Raises `UsageError` for what is no query, holds no word, or too many."""
    try:
        node = _Parser(_lexemes(text)).parsed()
    except _Unparsable as error:
        raise UsageError(f"{one_line(text, _SHOWN)!r} can't be looked for: {error}") from error
    if node is None:
        told = one_line(text, _SHOWN)
        raise UsageError(f"no word to look for in {told!r}: give words of letters or digits")
    terms = tuple(dict.fromkeys(node.terms))
    if node.match.count('"') > 2 * MOST:
        raise UsageError(f"too many words to look for at once: at most {MOST}")
    return Query(node, terms, _has_either(node))


class _Unparsable(Exception):
    """The text is not in the language, and why."""


_NO_PARTNER = "a bracket has no partner"
_SHORT = "before * there must be two letters or more"
_DEEP = "there are too many brackets within brackets"
_EMPTY = "there is nothing within the brackets"


@dataclass(frozen=True, slots=True)
class _Lexeme:
    """A bracket or an operator, or else a term."""

    sign: str
    term: Term | None = None


def _lexemes(text: str) -> Iterator[_Lexeme]:
    """Brackets, operators and terms; what holds no letter and no digit is left out."""
    for match in _LEXEMES.finditer(text):
        lexeme, phrase = match[0], match[1]
        if match[2] is not None:
            raise _Unparsable("a quotation mark has no partner")
        if phrase is None and (lexeme in _OPERATORS or lexeme in "()"):
            yield _Lexeme(lexeme)
            continue
        found = tuple(words(lexeme if phrase is None else phrase))
        if found:
            prefix = phrase is None and lexeme.endswith("*")
            if prefix and len(found[-1]) < _SHORTEST:
                raise _Unparsable(_SHORT)
            yield _Lexeme("", Term(found, prefix))


def _joined(operator: str, parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Combined(operator, tuple(parts))


def _has_either(node: Node) -> bool:
    if isinstance(node, Term):
        return False
    parts = node.parts[:1] if node.operator == "NOT" else node.parts
    return node.operator == "OR" or any(map(_has_either, parts))


def _holds(node: Node, found: tuple[str, ...]) -> bool:
    if isinstance(node, Term):
        size = len(node.words)
        return any(node.fits(found[at : at + size]) for at in range(len(found) - size + 1))
    first, *rest = (_holds(part, found) for part in node.parts)
    if node.operator == "NOT":
        return first and not any(rest)
    return any((first, *rest)) if node.operator == "OR" else all((first, *rest))


class _Parser:
    """NOT binds closest, then AND, which may be left out, then OR."""

    def __init__(self, lexemes: Iterator[_Lexeme]) -> None:
        self._lexemes = list(lexemes)
        for at in range(len(self._lexemes) - 1, 0, -1):  # "a AND NOT b" is "a NOT b"
            if (self._lexemes[at - 1].sign, self._lexemes[at].sign) == ("AND", "NOT"):
                del self._lexemes[at - 1]
        self._at = 0
        self._depth = 0

    def parsed(self) -> Node | None:
        if not self._lexemes:
            return None
        node = self._either()
        if self._at < len(self._lexemes):  # only a closing bracket ends what was taken
            raise _Unparsable(_NO_PARTNER)
        return node

    def _sign(self) -> str | None:
        """The bracket or operator that comes next, "" for a term, None at the end."""
        return self._lexemes[self._at].sign if self._at < len(self._lexemes) else None

    def _took(self, sign: str) -> bool:
        taken = self._sign() == sign
        self._at += taken
        return taken

    def _either(self) -> Node:
        parts = [self._all()]
        while self._took("OR"):
            parts.append(self._all())
        return _joined("OR", parts)

    def _all(self) -> Node:
        parts = [self._without()]
        while self._took("AND") or self._sign() in ("", "("):
            parts.append(self._without())
        return _joined("AND", parts)

    def _without(self) -> Node:
        parts = [self._one()]
        while self._took("NOT"):
            parts.append(self._one())
        return _joined("NOT", [parts[0], _joined("OR", parts[1:])]) if parts[1:] else parts[0]

    def _one(self) -> Node:
        if self._took("("):
            self._depth += 1
            if self._depth > _DEEPEST:
                raise _Unparsable(_DEEP)
            if self._sign() == ")":
                raise _Unparsable(_EMPTY)
            node = self._either()
            if not self._took(")"):
                raise _Unparsable(_NO_PARTNER)
            self._depth -= 1
            return node
        term = self._lexemes[self._at].term if self._at < len(self._lexemes) else None
        if term is None:
            raise _Unparsable(self._missing())
        self._at += 1
        return term

    def _missing(self) -> str:
        """What is the matter where a term should stand."""
        here = self._sign()
        before = self._lexemes[self._at - 1].sign if self._at else None
        if here == "NOT" and before != "NOT":
            return "NOT needs something before it that is looked for, as in bridge NOT toll"
        sign = before if before in _OPERATORS else here
        if sign in _OPERATORS:
            return f"{sign} needs words on both sides; as a word, write it small: {sign.lower()}"
        return _NO_PARTNER
