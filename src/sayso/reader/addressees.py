"""Whom the words of a channel name as those who are told: "in a letter to the Trust"."""

import re

from sayso.reader.drafts import Bounds

_TO = re.compile(
    r"\b(?:letters?|e-?mails?|notes?|memos?|messages?|statements?|submissions?|speech|speeches|"
    r"address|remarks|comments|texts?|petition|briefing|reply|response|telegram|cable|appeal|"
    r"interview|announcement|testimony|evidence|report)(?:\s(?:of|dated|on|from)\s"
    r"(?-i:[A-Z\d])\w*(?:\s\w+){0,2})?\s+to\s+(?=\S)(?!be\b)",
    re.I,
)


def addressee_of(text: str, channel: Bounds | None) -> Bounds | None:
    """Those named at the end of a channel's words; None where there are none."""
    to = _TO.search(text, *channel) if channel else None
    return (to.end(), channel[1]) if to and channel else None
