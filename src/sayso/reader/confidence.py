"""How sure a statement is: P(content is right) x P(speakers are right, if the content is).

Each is a logistic curve over what can be seen of the statement. The weights are the model's;
`training.calibrate` fits them.
"""

import math
from collections.abc import Mapping, Sequence

from sayso.reader.drafts import Draft
from sayso.reader.evidence import Grounds
from sayso.types import Article, Kind, Speaker, joined

_AWAY = 10_000  # characters that a mention counts as away where there is none before
_CLEAR = 5.0  # log-odds that are as good as any larger ones
_OPENERS, _CLOSERS = tuple("\"“'‘«„"), tuple("\"”'’»“")
_PRONOUNS = {
    **dict.fromkeys(("i", "me", "my"), "I"),
    **dict.fromkeys(("we", "us", "our"), "we"),
    **dict.fromkeys(("he", "him", "his", "she", "her"), "he or she"),
    **dict.fromkeys(("they", "them", "their", "these", "those", "both"), "they"),
    **dict.fromkeys(("who", "whom", "whose", "which", "that"), "who"),
    **dict.fromkeys(("it", "its", "this", "you"), "it"),
}
_LOOKING_BACK = ("he or she", "it", "they", "who")
_NAMES = ("full name", "one name", "part of name")
_NAMED = (*_NAMES, "role", "elided", "flow")
_DESCRIBED = ("description", "other words")
_MISSING = ("nobody", "not found")
_FORMS = (*_NAMED, *_DESCRIBED, *dict.fromkeys(_PRONOUNS.values()), *_MISSING)
"""How a source calls its speaker."""
_KINDS: tuple[Kind, ...] = ("organisation", "group", "document", "unnamed")


def content_features(article: Article, draft: Draft) -> dict[str, float]:
    """What tells whether the content is right, by name."""
    told = draft.evidence
    words = joined(article.span(*bounds) for bounds in draft.content)
    return {
        "anchor": min(told.anchor, 6.0),
        "labels": _log_odds(told.content),
        "lowest": max(told.lowest, -4.0),
        "end": max(told.end, -4.0),
        "cue": max(told.cue, -3.0),
        "said": min(told.said, 6.0),
        "thought": not draft.said,
        "cueless": not draft.cue,
        "nested": draft.inside is not None,
        "quoted": words.startswith(_OPENERS) and words.endswith(_CLOSERS),
        "direct": draft.type == "direct",
    }


def speaker_features(
    article: Article, draft: Draft, speakers: Sequence[Speaker], grounds: Grounds
) -> dict[str, float]:
    """What tells whether the speakers are right, by name."""
    spans = joined(article.span(*bounds) for bounds in draft.source)
    source = " ".join(spans.split())  # names are told without the breaks of a wrapped text
    form = _form(draft, source, speakers, grounds)
    return {
        **{known: float(known == form) for known in _FORMS},
        **_of_words(form, source, speakers),
        **_of_kinds(form, draft, speakers),
        **_of_grounds(form, grounds),
        "nested": draft.inside is not None,
        "labels": _log_odds(draft.evidence.source),
    }


def _form(draft: Draft, source: str, speakers: Sequence[Speaker], grounds: Grounds) -> str:
    """Which of the forms the source has."""
    if not draft.source:
        return "flow" if not draft.cue else "elided" if speakers else "nobody"
    if not speakers:
        return "not found"
    if source.casefold() in _PRONOUNS:
        return _PRONOUNS[source.casefold()]
    name = speakers[0].name or ""
    if name and name in source:
        return "description" if not grounds.named else _NAMES[" " not in name]
    if any(word[:1].isupper() and word in name for word in source.split()):
        return "part of name"
    return "role" if grounds.named else "other words"


def _of_words(form: str, source: str, speakers: Sequence[Speaker]) -> dict[str, float]:
    words = source.casefold().split()
    name = speakers[0].name or "" if speakers else ""
    return {
        "length": math.log1p(len(words)),
        "and": "and" in words,
        "the name": words[:1] == ["the"] and form in _NAMES,
        "short name": form in _NAMED and " " not in name,
        "several": len(speakers) > 1,
    }


def _of_kinds(form: str, draft: Draft, speakers: Sequence[Speaker]) -> dict[str, float]:
    """What the network takes the speaker for, beside what it was found to be."""
    kinds, kind = draft.evidence.kinds, speakers[0].kind if speakers else None
    described = form in _DESCRIBED
    return {
        "kind agrees": _log_odds(kinds.get(kind, 0.5)),
        "nobody indeed": _log_odds(kinds.get(None, 0.5)) * (form in _MISSING),
        "named person": kinds.get("person", 0.5) * (form in _NAMED),
        **{k: float(k == kind) for k in _KINDS},
        **{f"described {k}": kinds.get(k, 0.5) * described for k in _KINDS},
    }


def _of_grounds(form: str, grounds: Grounds) -> dict[str, float]:
    away = math.log2(1 + (_AWAY if grounds.distance is None else grounds.distance) / 40)
    lead, signs = min(grounds.lead, _CLEAR), math.log1p(grounds.signs)
    return {
        "lead": lead,
        "lead, pronoun": lead * (form in _LOOKING_BACK),
        "chosen": grounds.chosen,
        "away, pronoun": away * (form in _LOOKING_BACK),
        **{f"away, {k}": away * (form == k) for k in ("role", "part of name", "description")},
        "new": grounds.distance is None and form not in _MISSING,
        "signs": signs,
        "signs, named": signs * (form in _NAMED),
        "place": grounds.place,
        "titled": grounds.titled,
    }


def _log_odds(p: float) -> float:
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))


_BLANK = Article(""), Draft(source=(), cue=(), content=())
CONTENT = tuple(content_features(*_BLANK))
SPEAKERS = tuple(speaker_features(*_BLANK, (), Grounds()))
WEIGHTS = (*CONTENT, "bias", *SPEAKERS, "bias")
"""What the curves' weights are for, in order: those of the content, then of the speakers."""


def confidence(
    article: Article,
    draft: Draft,
    speakers: Sequence[Speaker],
    grounds: Grounds,
    weights: Sequence[float],
) -> float:
    """The probability that content and speakers are right, to three places."""
    middle = len(CONTENT) + 1
    content = _curve(content_features(article, draft), weights[:middle])
    spoken = _curve(speaker_features(article, draft, speakers, grounds), weights[middle:])
    return round(content * spoken, 3)


def _curve(features: Mapping[str, float], weights: Sequence[float]) -> float:
    odds = sum(w * v for w, v in zip(weights, (*features.values(), 1.0), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
