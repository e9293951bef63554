"""Indirect speech turned back: "she said that she had seen it" tells of "I saw it".

Person and tense of print may be turned back, nothing else: third persons to first and second,
past tenses to the one before, `here` to `there`. Which way counts: print that says "will" tells
of no "would".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.record.check.lexicon import listed

_SUBJECTS = frozenset(("he", "she", "it", "they", "one"))
_OBJECTS = frozenset(("him", "her", "it", "them"))
_OWNERS = frozenset(("his", "her", "its", "their", "hers", "theirs"))
_SELVES = frozenset(("himself", "herself", "itself", "themselves"))
_PERSONS: dict[str, frozenset[str]] = {
    "i": _SUBJECTS, "we": _SUBJECTS, "you": _SUBJECTS | _OBJECTS,
    "me": _OBJECTS, "us": _OBJECTS,
    "my": _OWNERS, "our": _OWNERS, "your": _OWNERS, "mine": _OWNERS, "ours": _OWNERS,
    "yours": _OWNERS,
    "myself": _SELVES, "ourselves": _SELVES, "yourself": _SELVES, "yourselves": _SELVES,
}  # fmt: skip
"""For each word of the first and second person, the words of the third that tell of it."""

FIRST = frozenset(("i", "we", "my", "our", "me", "us", "you", "your"))

_IRREGULAR = (
    "see saw seen|go went gone|come came come|take took taken|give gave given|get got got gotten|"
    "make made made|say said said|tell told told|know knew known|think thought thought|"
    "find found found|leave left left|lose lost lost|pay paid paid|keep kept kept|put put put|"
    "let let let|run ran run|hold held held|stand stood stood|write wrote written|"
    "speak spoke spoken|break broke broken|choose chose chosen|drive drove driven|"
    "eat ate eaten|fall fell fallen|feel felt felt|fight fought fought|fly flew flown|"
    "forget forgot forgotten|grow grew grown|hear heard heard|hit hit hit|lead led led|"
    "meet met met|mean meant meant|read read read|ride rode ridden|rise rose risen|"
    "sell sold sold|send sent sent|set set set|show showed shown|shut shut shut|"
    "sit sat sat|sleep slept slept|spend spent spent|steal stole stolen|swear swore sworn|"
    "swim swam swum|teach taught taught|throw threw thrown|understand understood understood|"
    "wake woke woken|wear wore worn|win won won|begin began begun|bring brought brought|"
    "build built built|buy bought bought|catch caught caught|cut cut cut|deal dealt dealt|"
    "do did done|draw drew drawn|drink drank drunk|have had had|become became become|"
    "hurt hurt hurt|cost cost cost|bear bore borne|beat beat beaten|bite bit bitten|"
    "blow blew blown|hide hid hidden|lie lay lain|lay laid laid|learn learnt learnt|"
    "shake shook shaken|shoot shot shot|sing sang sung|sink sank sunk|strike struck struck|"
    "tear tore torn|withdraw withdrew withdrawn|ring rang rung|seek sought sought|"
    "stick stuck stuck|spread spread spread|split split split|undergo underwent undergone"
)
_BASES: dict[str, frozenset[str]] = {}
_PARTICIPLES = {"been", "done", "had"}
for _row in _IRREGULAR.split("|"):
    _base, _past, *_rest = _row.split()
    _third = _base + ("es" if _base.endswith(("o", "ss", "ch", "sh")) else "s")
    for _form in (_past, *_rest):
        _told = {_base, _third, _past, *_rest}
        _BASES[_form] = _BASES.get(_form, frozenset()) | _told
    _PARTICIPLES.update(_rest)
PASTS = {"was", "were"} | {
    past for base, past, *_ in map(str.split, _IRREGULAR.split("|")) if past != base
}
_TENSES: dict[str, frozenset[str]] = {
    "was": frozenset(("is", "am", "was", "are", "been")),
    "were": frozenset(("are", "were", "was", "is", "been")),
    "been": frozenset(("been", "was", "were")),
    "is": frozenset(("is", "am", "are")),
    "are": frozenset(("are", "is", "am")),
    "had": frozenset(("have", "has", "had")),
    "has": frozenset(("has", "have")),
    "did": frozenset(("do", "does", "did")),
    "does": frozenset(("does", "do")),
    "would": frozenset(("will", "would", "shall")),
    "could": frozenset(("can", "could")),
    "might": frozenset(("may", "might")),
    "should": frozenset(("should", "shall")),
    "there": frozenset(("there", "here")),
    "that": frozenset(("that", "this")),
    "those": frozenset(("those", "these")),
    "then": frozenset(("then", "now")),
    "before": frozenset(("before", "ago")),
    "earlier": frozenset(("earlier", "ago")),
}
_SPLIT = {
    "can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"),
    "shan't": ("shall", "not"), "ain't": ("is", "not"), "let's": ("let", "us"),
    "i'm": ("i", "am"),
}  # fmt: skip
_ENDINGS = {"'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'s": "is"}
_HOSTS = listed("i we you he she it they that there who what here how where")
_BETWEEN = listed("not never always ever just already also only really still long since often once")


@dataclass(frozen=True, slots=True)
class Turned:
    """A word as it is compared here, and the position of the word that it is made from."""

    key: str
    place: int


def unfolded(keys: Sequence[str]) -> list[Turned]:
    """Contractions taken apart; auxiliaries that only make a tense, and the `that` that
    introduces a clause after a verb of saying, left out."""
    apart = [Turned(part, place) for place, key in enumerate(keys) for part in _parts(key)]
    plain = [turned.key for turned in apart]
    return [turned for n, turned in enumerate(apart) if not _only_tense(plain, n)]


def _parts(key: str) -> tuple[str, ...]:
    if key in _SPLIT:
        return _SPLIT[key]
    if key.endswith("n't"):
        return key[:-3], "not"
    for ending, word in _ENDINGS.items():
        host = key.removesuffix(ending)
        if host != key and host in _HOSTS:
            return host, word
    return (key,)


def _only_tense(keys: Sequence[str], n: int) -> bool:
    """Whether a word is an auxiliary of the perfect or of a negation or question."""
    key = keys[n]
    after = n + 1
    while after < len(keys) and keys[after] in _BETWEEN:
        after += 1
    if after >= len(keys):
        return False
    if key in ("have", "has", "had"):
        return _participle(keys[after])
    if key in ("would", "is"):  # 'd and 's may stand for had and has
        return False
    if key in ("do", "does", "did"):
        return after > n + 1 or n == 0
    return False


def _participle(key: str) -> bool:
    return key in _PARTICIPLES or (key.endswith("ed") and len(key) > 3)


def tells(printed: str, before: str, quoted: str) -> bool:
    """Whether a printed word of indirect speech may stand for a quoted one.

    `before` is the word before the printed one.
    """
    if printed == quoted:
        return True
    if printed in _PERSONS.get(quoted, ()):
        return True
    if quoted in _TENSES.get(printed, ()) or quoted in _BASES.get(printed, ()):
        return True
    if printed.endswith("ed") and len(printed) > 3:
        return quoted in _regular(printed)
    return before in _SUBJECTS and printed.endswith("s") and printed in _thirds(quoted)


def _regular(past: str) -> set[str]:
    """The present forms that a regular past may come from."""
    stems = {past[:-2], past[:-1]}
    if len(past) > 5 and past[-3] == past[-4]:
        stems.add(past[:-3])
    if past.endswith("ied"):
        stems.add(past[:-3] + "y")
    return stems | {third for stem in stems for third in _thirds(stem)}


def _thirds(base: str) -> set[str]:
    if base.endswith("y"):
        return {base + "s", base[:-1] + "ies"}
    return {base + "s", base + "es"}
