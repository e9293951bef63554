"""What a text calls somebody beside the name: "Mayor Okafor"; "Okafor, the mayor of Fenwater,"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.record.folding import QUOTE, fold
from sayso.record.titles import EDGES, LONG_FORMS, POLITE, ROLES, SMALL, has_capital, word_set

_EARLY = 5  # words before a role in the phrase that tells it
_BEFORE, _AFTER = 80, 100  # characters beside a name that are looked at
_DETERMINER = r"(?:the|an?|his|her|its|their|our|my) "
_PHRASE = r"([^,.;:!?\n“”\"()–—]{2,70})"
_TITLE = re.compile(r"((?:[\w’'-]+\.?[ \xa0]){1,4})$")
_APPOSED_BEFORE = re.compile(rf"\b{_DETERMINER}{_PHRASE}, $", re.I)
_APPOSED_AFTER = re.compile(rf"(?:, |\s?\(|\s[–—]\s)(?:{_DETERMINER})?{_PHRASE}(?=[,.;:)!?–—\n]|$)")
_FORMER = word_set("former ex late then ex- one-time onetime")
_BELOW = word_set("deputy vice assistant associate acting shadow junior under lieutenant")
_NO_ROLE = word_set(
    """
    said says told tells asked added who which that was is were has had will would and but as when
    if while because with without after before until since
    """
)


@dataclass(frozen=True, slots=True)
class Role:
    """What a text calls somebody beside the name: "mayor", and of or for what."""

    head: str
    rest: frozenset[str] = frozenset()

    def fits(self, other: "Role") -> bool:
        """Whether both may be one office: "Mayor" and "mayor of Fenwater" may."""
        known = self.rest and other.rest
        return self.head == other.head and (not known or bool(self.rest & other.rest))


def roles_at(text: str, places: Iterable[tuple[int, int]]) -> frozenset[Role]:
    """What a text calls somebody beside the names that stand at these places."""
    return frozenset(role for start, end in places for role in _roles_beside(text, start, end))


def places(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a name stands whole in a text."""
    for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
        yield match.span()


def _roles_beside(text: str, start: int, end: int) -> Iterator[Role]:
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    if title := _TITLE.search(before):
        yield from _title(title[1].split())
    for apposed in (_APPOSED_BEFORE.search(before), _APPOSED_AFTER.match(after)):
        if apposed:
            yield from _phrase(apposed[1].split())


def _title(words: Sequence[str]) -> Iterator[Role]:
    """The role that ends right before a name: "Fenwater mayor", "Health Secretary Dr"."""
    forms = [_form(w) for w in words]
    while forms and forms[-1] in POLITE | {"doctor", "dr"}:
        forms = forms[:-1]
    if not forms or forms[-1] not in ROLES:
        return
    rest: set[str] = set()
    for word, form in zip(reversed(words[: len(forms) - 1]), reversed(forms[:-1]), strict=True):
        if form in _FORMER:
            return
        if not (has_capital(word) or form in ROLES | _BELOW):
            break
        rest.add(form)
    yield _role(forms[-1], rest)


def _phrase(words: Sequence[str]) -> Iterator[Role]:
    """The role that a phrase beside a name tells: "long-serving mayor of Fenwater"."""
    forms = [_form(w) for w in words]
    cut = next((n for n, form in enumerate(forms) if form in _NO_ROLE), len(forms))
    if set(forms[:cut]) & _FORMER:
        return
    at = next((n for n, form in enumerate(forms[:cut]) if form in ROLES), None)
    if at is None or at > _EARLY:
        return
    while at + 1 < cut and forms[at + 1] in ROLES:  # "deputy mayor"
        at += 1
    rest = {
        f
        for n, (f, w) in enumerate(zip(forms[:cut], words, strict=False))
        if n != at and (has_capital(w) or f in ROLES | _BELOW)
    }
    yield _role(forms[at], rest)


def _role(head: str, rest: set[str]) -> Role:
    """The role; a deputy mayor is no mayor."""
    below = sorted(rest & _BELOW)
    return Role(" ".join([*below, head]), frozenset(rest - _BELOW - SMALL))


def _form(word: str) -> str:
    form = fold(word).strip(EDGES).removesuffix(f"{QUOTE}s")
    return LONG_FORMS.get(form, form)
