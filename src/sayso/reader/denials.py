"""Words that tell that something was not said: "has never claimed", "nowhere does she admit"."""

import re
from collections.abc import Sequence

from sayso.reader.drafts import Bounds

_SAYING = (
    r"(?:say|said|mention|explain|confirm|specif|reveal|disclos|comment|elaborat|pretend|claim|"
    r"admit|promis|suggest|tell|told|ask|indicat|announc|stated?\b|address)"
)
_LEADS = r"(?:(?:(?!only)\w+ly|yet|ever|even|once|be|been|going to|able to|willing to) )*"
"""What may stand between "not" and its verb: neither "only" nor a verb that turns it round."""
_NOT = re.compile(
    rf"(?:\b(?:not|never)|n[’']t) {_LEADS}{_SAYING}"
    r"|\b(?:declin|refus)\w+ to (?:say|confirm|explain|discuss|reveal)\b"
    r"|\bno (?:mention|indication|hint)\b|\bnot be drawn\b",
    re.I,
)
_FRONTED = re.compile(
    r"(?:^|[.!?;:\n][’”\"']?\s+|,\s(?:and|but)\s)"
    r"(?:at no (?:point|stage|time)|neither|never(?: once)?|nor|not once|nowhere|on no occasion)\b"
    r"[^.!?\n]{0,120}?\b(?:can|could|did|do|does|had|has|have|is|was|were|will|would)\s+$",
    re.I,
)
"""What stands before the source where the verb follows it: "Nor did (she) say"."""
_REACH = 200  # characters before a source in which its sentence begins
_NOBODY = re.compile(r"(?:neither|nobody|no one)\b(?! (?:but|except|other)\b)", re.I)
_SAYS = re.compile(rf"\b{_SAYING}", re.I)
_AT_ONCE = re.compile(rf"\s{_LEADS}{_SAYING}", re.I)


def is_denied(text: str, source: Sequence[Bounds], cue: Sequence[Bounds]) -> bool:
    """Whether the words of a statement tell that its source did not say it."""
    if any(_NOT.search(text, *span) for span in cue):
        return True
    if not source or not cue or cue[0][0] < source[0][0]:
        return False
    at = source[0][0]
    if _NOBODY.match(text, at) or text.endswith(("Neither ", "neither "), 0, at):
        return any(_SAYS.search(text, *span) for span in cue)
    return bool(
        _AT_ONCE.match(text, source[-1][1]) and _FRONTED.search(text[max(0, at - _REACH) : at])
    )
