"""Those who open a sentence and speak with the one whom the labels found alone.

“Ada Pell, a cook, and Odo Reed, her deputy, said it rained”: in PolNeAR's training articles 184
sources hold both, and one begins after "and".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.reader.drafts import Draft

_SMALL = r"(?:[A-Z][\w’'.-]*|de|la|del|di|da|van|von|der|bin|al-[A-Z]\w+|of|the|for|&)"
_NAME = (
    r"(?!(?:In|On|At|After|Before|When|While|But|And|As|For|From|By|With|If|It|He|She|They|We|I|"
    r"That|This|There|Then|Still|Yet|So|Now|Both|The|A|An)\b)"
    rf"[A-Z][\w’'.-]{{0,30}}(?: {_SMALL}){{0,5}}"
)
_BESIDE = r"(?!(?:whose|said|says)\b)(?:the|an?|his|her|its|their|\d|[a-z])[^,;.!?:“”\"\n]{0,70}"
_OWNER = r"(?:The|His|Her|Its|Their|My|Our) [a-z][\w -]{1,40}"
_PAIR = rf"(?:{_NAME}, {_BESIDE}|{_OWNER}, {_NAME}(?:, {_BESIDE})?),?"
_SERIES = rf"(?:{_NAME}, {_BESIDE}; )*{_NAME}, {_BESIDE};"
_PARTNER = re.compile(rf"(?:^|(?<=[.!?”\"] )|(?<=\n))(?:{_PAIR}|{_SERIES}) and $")
_VERB = re.compile(
    r"(?<!who )\b(?:said|says|told|is|was|are|were|has|had|have|will|would|left|came|went|met)\b"
)
_LONGEST = 200  # characters before the source


def with_partners(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts in their order, each source from the first of those who speak together on."""
    return [_with_partner(text, draft) for draft in drafts]


def _with_partner(text: str, draft: Draft) -> Draft:
    if not draft.source:
        return draft
    (start, end), *rest = draft.source
    left = max(0, start - _LONGEST)
    partner = _PARTNER.search(text, left, start) if text.endswith(" and ", left, start) else None
    if partner is None or _VERB.search(partner[0]) or _told(draft, partner.start(), start):
        return draft
    return replace(draft, source=((partner.start(), end), *rest))


def _told(draft: Draft, low: int, high: int) -> bool:
    """Whether anything else of a statement stands where a partner would."""
    return any(start < high and low < end for start, end in (*draft.cue, *draft.content))
