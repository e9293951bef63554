"""What pronouns tell of the gender of those named before them, where no other can be meant."""

import re
from itertools import pairwise

from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.referents import Referent
from sayso.reader.speakers.sentences import Sentences

_OPENING = re.compile(
    r"(?:(?:But|And|Yet|Later|Then|Still|Instead|Now|While|When|As|After|Before),? )?"
    r"(?i:(he|his)|(she|her))\b"
)
_QUOTED = re.compile(r"[“”\"‘:]|(?<!\w)'")


def follow(cast: Cast, sentences: Sentences) -> None:
    """Count the "he" or "she" that opens a sentence for the one person of the sentence before
    whom it can mean."""
    starts = sentences.starts
    for before, at in pairwise(starts):
        opening = _OPENING.match(cast.text, at)
        if opening is None or _QUOTED.search(cast.text, before, at):
            continue
        gender = "m" if opening.group(1) else "f"
        named = _people(cast, before, at)
        able = [person for person in named if not person.is_told_not(gender)]
        if len(able) == 1 and (len(named) == 1 or able[0].gender is None):
            able[0].genders[gender] += 1


def _people(cast: Cast, start: int, end: int) -> list[Referent]:
    """Those named in a sentence who are people, each once; nobody where the first is named
    only as the owner of something."""
    named = [(name, r) for name, r in cast.within(start, end) if r.kind == "person"]
    if not named or named[0][0].possessive:
        return []
    return list(dict.fromkeys(referent for _, referent in named))
