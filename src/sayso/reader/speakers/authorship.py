"""Words that tell whose a document is: nouns of documents, verbs of writing, author's phrases."""

import re
from dataclasses import dataclass
from functools import lru_cache

from sayso.reader.speakers.lexicon import (
    ABBREVIATIONS,
    ANONYMOUS,
    DOCUMENTS,
    GROUPS,
    NATIONALITIES,
    ORGANISATION_NOUNS,
    POSSESSIVES,
    words,
)
from sayso.reader.speakers.names import bare
from sayso.reader.speakers.parts import PERSONS, PRONOUNS, is_person
from sayso.reader.speakers.referents import PLACE, WORD, Referent

_DETERMINERS = POSSESSIVES | words("the a an this that these those one another no some")
STUDIES = words(
    """
    study studies survey poll report paper research review analysis investigation inquiry
    findings document experiment assessment audit trial
    """
)
_DOCUMENTS = DOCUMENTS | words("paper reply apology advert cable")
RULINGS = words("ruling judgment judgement opinion verdict order sentence decision")
JUDGE = re.compile(r"\b(?:[Jj]udge|[Jj]ustice|[Mm]agistrate|[Cc]oroner),?\s*$")
"""Before the name of one who rules: "Judge (Ada Pell)", "the judge, (Ada Pell)"."""
ISSUED = re.compile(r"\b(?:published|released|issued|produced|read|read out|posted|left|put out)\b")
"""What others may do with a document that somebody owns: "her letter, published by the Guild"."""
QUOTED = re.compile(r"“[^“”\n]{1,40}”|\"[^\"\n]{1,40}\"")
"""A title within a subject, where its clause doesn't end: "who sold the “Lark” sign"."""
OF_PERSON = words("diary diaries memoir memoirs autobiography notebook journal will testimony")
SENT_FROM = re.compile(r"(?:released|published|sent|issued)?")
TIMES = words(
    """
    today yesterday tomorrow tonight year years week weeks month months day days night morning
    afternoon evening monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december
    """
)
BODIES = words(
    """
    council ministry government union company charity university department agency police
    commission watchdog hospital trust firm committee inspectorate embassy diocese regulator
    tribunal panel office treasury
    """
)
_MADE = (
    "wrote|written|writes|write|penned|published|publishes|publish|released|releases|issued|"
    "issues|signed|sign|signs|drafted|posted|sent|sends|launched|unveiled|"
    "submitted|filed|lodged|produced|compiled|started|organised|organized|conducted|"
    "carried out|drew up|drawn up|put out|put up|prepared|circulated|presented|led|chaired|"
    "co-wrote|authored|co-authored|brought out|distributed|handed out|made|tabled|delivered"
)
MADE_BY = re.compile(
    rf"(?:{_MADE}|done|run|kept|begun|set up|undertaken|left|read out|"
    r"composed|created|put together|brought|backed|recorded|handwritten|held|taken|"
    r"completed|headed|overseen|got up|edited|carried out|drawn up|supplied)",
)
_WAS = r" (?:is|was|were|are|has been|have been|had been|being) (?:\w+ly )?"
RELATIVE = re.compile(
    r"(?: (?:that|which))? (?P<who>(?:[\w’'.-]+ ){0,5}?[\w’'.-]+)"
    rf"(?: (?:has|have|had|also))* (?:{_MADE})\b"
)
NO_MAKERS = words("of on by in to about from for and not been also first only just recently")
WAS_MADE = re.compile(
    r"(?: (?:of|into|on|in|among)\b[^.;:“”\"\n]{1,80}?)?(?: which)?"
    rf"{_WAS}{MADE_BY.pattern}(?: [\w’'-]+){{0,5}}? by "
)
_SIGNED = r" (?:bears?|bore|carry|carries|carried) the (?:signatures?|names?) of "
IT_WAS_MADE = re.compile(rf"(?:It|They)(?:{WAS_MADE.pattern}|{_SIGNED})")
PARTICIPLE = re.compile(
    r"\b(?:carried out|drawn up|put (?:out|up|together)|set up|paid|read out|"
    r"\w{2,}ed|\w+en|seen|read|sent|made|led|held|shown|heard|run|kept|drawn|brought|begun|"
    r"done|left|known|won|lost|told|said|based)\b"
)
FINITE = words(
    """
    is was are were be has had have will would can could may might should must says said say
    saying found finds find shows showed show suggests suggested suggest warns warned calls
    called calling concludes concluded accuses accused accusing argues argued claims claimed
    states stated describes described asks asked urges urged urging reveals revealed indicates
    indicated estimates estimated recommends recommended blames blamed that which who whom
    whose but as when while because if according where after before did does do noted notes
    added reads read put puts alleging alleges alleged arguing tells told telling promises
    promised
    """
)
BEFORE_AUTHOR = re.compile(r"\b(?:by|from|for|of)\b")
BREAK = re.compile(r"[;:.!?()\n“”\"]|\s[–—-]+\s")
PREPOSITION = re.compile(r"(?:In|On|At|By|For|With|From|As|To|After|Of|Under|It|They)\b")
_AFTER_AUTHOR = words(
    """
    to about into published released seen passed last earlier this which after before under
    yesterday today leaked sent obtained based
    """
)
_NO_PARTS = words("from by with to after and but as at in on for")
_CONNECTS = words("of the for and & a an at in de la von van du del s or on")
_TOKEN = re.compile(r"[\w&](?:[\w’'&.-]|,(?=\d))*")
_TITLED = re.compile(r"(?:[a-z][\w-]* ){1,4}(?=[A-Z])")
"""What a name after "and" may have before it: "and (retired baker) Odo Pell"."""
_ADVERBS = (
    r"(?:has|have|had|also|jointly|today|yesterday|recently|then|later|will|first|already|"
    r"together|both|all|once|itself|themselves|earlier|is|are|now|even|"
    r"(?:last|this) (?:week|month|year|night)|(?:on |last )?\w+day|in \w+|\w+ly)"
)
TAIL = re.compile(rf"(?:,?\s+{_ADVERBS})*\s*$")
OBJECT = re.compile(
    rf"(?<![\w’'-])(?P<verb>{_MADE})"
    r"(?: (?:today|yesterday|only|also|jointly|out|up|instead|in \w+|on \w+day))*"
    r"(?: (?:him|her|them|it|us|me))?(?: (?:the|an?|its|his|her|their|\w+))?\s*$"
)
PASSIVE = re.compile(r"\b(?:is|was|were|be|been|being|are|to|not|never|by|an?|the)\s+$")
OPENING = re.compile(
    r"(?:In|On|At|After|Last|Earlier|This|Yesterday|Today|Meanwhile|However|Before|Since)\b"
    r"[^,]{0,60},\s+|(?:But|And|Yet|Now|Then|So)\s+|"
    r"[A-Z][A-Z .’'-]+(?:, [^()\n–—-]{1,20})?(?: \([^()\n]{1,30}\))? (?:[–—_-]|--) "
)
CLAUSE = re.compile(
    r"[;:“”\"\n]\s*|\s[–—-]+\s|[.!?]\s+|,\s(?:but|and|while|which|as)\s|"
    r"\b(?:that|after|when|while|because|since|if|though|although|whether|and said)\s"
)
VERB = re.compile(
    r"\b(?:said|says|say|was|is|were|are|has|had|have|will|would|told|wrote|found|asked|"
    r"called|made|gave|took|went|came|did|does|do)\b"
)
_SAID = (
    r"(?:said|says|say|saying|wrote|writes|write|warned|warns|warn|called|calls|call|argued|"
    r"argues|argue|accused|accuses|accuse|told|tells|tell|urged|urges|urge|claimed|claims|"
    r"claim|described|describes|asked|asks|ask|announced|announces|added|adds|noted|notes|"
    r"found|finds|find|concluded|concludes|ruled|rules|insisted|insists|demanded|demands|"
    r"complained|stated|states|denied|denies|apologised|apologized|disclosed|reported|reports|"
    r"describe|describes|list|lists|set out|sets out|complain|complains|suggested|suggest|"
    r"suggests|criticised|criticized|declared|revealed|promised|promises|replied|replies|pledged)"
)
ANY_VERB = re.compile(
    rf"(?:,? who\b|,? which\b)?\s(?:{_SAID}|{_MADE}|was|is|were|are|has|had|have|will|would|may|"
    r"might|could|can|did|does|do|went|came|took|gave|put|[a-z]\w+ed)\b"
)
IN_IT = re.compile(r"(?:^|[“”\"';:,]\s*|\b(?:but|and)\s)[Ii]n $")
THEN_SAID = re.compile(
    r",\s(?:(?:\w+ed|seen|sent|written)\b[^,.;:“”\"\n]{0,60},\s)?"
    rf"(?P<who>[^.;:“”\"\n]{{2,120}}?)(?={ANY_VERB.pattern})"
)
IN = re.compile(r"\bin $")
SAID_IN = re.compile(
    rf"\b(?P<verb>{_SAID})\b(?P<who>(?: [\w’'.-]+){{0,6}}?)(?: on \w+day| today| yesterday)? in $"
)
OF_SOMEBODY = words(
    """
    described describes describe accused accuses accuse told tells tell urged urges urge called
    calls call asked asks ask warned warns warn criticised criticized
    """
)
"""Verbs after which whom or what it is said of stands: "described Ada Pell in a letter"."""
AUTHOR = re.compile(
    r"\b(?:(?P<its>[Ii]ts|[Tt]heir|[Tt]he (?:new )?(?P<owner>[\w-]+)[’']s?)\s)?(?:the\s)?"
    r"(?:(?:[Ll]ead|[Ss]enior|[Cc]hief|[Pp]rincipal|[Mm]ain|[Ff]irst|[Cc]o|[Ss]tudy|[Rr]eport)"
    r"[ -])*(?:[Cc]o-)?(?P<noun>[Aa]uthors?|(?<=[Ll]ead )researcher|(?<=[Ll]ead )investigator|"
    r"(?<=[Cc]hief )investigator)\b(?:, |,? (?:is|was|were) )?\s?"
)
LED = re.compile(
    r"\b(?:[Rr]esearch(?:ers)?|[Tt]eam|[Ss]cientists|[Gg]roup|[Aa]uthors|[Ww]ork|[Pp]roject|"
    r"[Ee]xperiments?)(?: (?:was|were|is)|,)? (?:led|headed|directed) by |"
    r"\b[Ww]riting in (?:the )?[^,.;:\n]{2,60}, "
)
"""Before those whose study it is: "a team led by Ada Pell", "Writing in Tides, Ada Pell"."""
ROLE = re.compile(r"(?:[a-z][\w-]* ){0,3}")
ALIKE = (
    STUDIES | words("data figures document evidence"),
    words("letter email memo note document message"),
    words("ruling judgment judgement decision verdict order"),
    words("complaint lawsuit suit filing motion"),
)
"""Nouns by which one document may be called in turn."""


@lru_cache(maxsize=256)
def mention_of(nouns: frozenset[str]) -> re.Pattern[str]:
    """What finds phrases with one of some nouns: "another (letter)"."""
    return re.compile(
        r"\b(?:(?P<a>an?|another)|th(?:e|is|ese)|its|their|his|her|whose)\s"
        r"(?:(?!(?:of|in|to|and|that|is|was|for|on|the|an?|its|their|his|her)\b)[\w’'-]+\s){0,4}?"
        rf"(?P<noun>{'|'.join(map(re.escape, sorted(nouns)))})\b",
        re.I,
    )


AUTHOR_OF = re.compile(
    r",? (?:who (?:is|was) )?(?:the |an? |one of (?:the|its) )?"
    r"(?:(?:lead|senior|main|principal|chief|joint) |co-)*authors?"
    r"(?: of (?:the|this|that|its) (?:[\w-]+ ){0,2}?(?P<noun>\w+))?"
)
BEHIND = re.compile(
    r" behind (?:the|an?|this) (?:[\w-]+ ){0,3}?(?P<noun>[\w-]+)\b"
    r" [–—-]+ (?P<names>[^–—\n.;]{3,300}) [–—-]+ "
)
SEVERAL = words("two three four five six seven eight nine ten third quarter")
_WRITER = PERSONS | ORGANISATION_NOUNS
_WRITERS = _WRITER | ANONYMOUS | GROUPS | SEVERAL
GENERIC = words("company firm charity")
"""What any body named may be called."""
NEW = re.compile(r"(?:an?|another) ", re.I)
_POLLED = r"(?:surveyed|polled|questioned|interviewed)"
_SUED = (
    r"(?:sued|sues|is suing|are suing|claims|claim|alleges|allege|alleged|accuses|accuse|accused)"
)
WROTE_TO = {
    "letter": r"(?:wrote|written|writes|writing|write|appealed) (?:\w+ )?to",
    "ruling": r"(?:ruled|ruling|rules)",
    "judgment": "ruled",
    "survey": _POLLED,
    "poll": _POLLED,
    "complaint": rf"(?:complained|{_SUED})",
    "lawsuit": _SUED,
    "suit": _SUED,
    "reply": "replied",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention with a noun: `noun` and `after` are that noun's bounds, `end` the mention's."""

    start: int
    noun: int
    after: int
    end: int
    head: str


def phrase_at(text: str, start: int, end: int) -> Phrase | None:
    """The mention at a place, if it has a noun."""
    if text[start:end].casefold() in PRONOUNS:
        return None
    noun: re.Match[str] | None = None
    for word in WORD.finditer(text, start, end):
        form = bare(word.group())
        known = noun is not None and is_document(bare(noun.group()))
        if known and not is_document(form):
            break
        stops = ("of", "from", "by", "that", "which", "on", "in", "to", "seen", "obtained")
        if form in stops and not (noun is None and form == "that"):
            break
        if noun is not None and text[noun.end() : word.start()] != " ":
            break
        noun = word
    if noun is None:
        return None
    return Phrase(start, noun.start(), noun.end(), end, bare(noun.group()))


def _owns(word: str) -> bool:
    return word.endswith(("'s", "’s", "s'", "s’"))


def _is_agent(noun: str) -> bool:
    single = noun.removesuffix("s")
    return noun in GROUPS | ORGANISATION_NOUNS or (noun != single and is_person(single))


def _ends(word: str, *, capital: bool, count: int, before: str) -> bool:
    """Whether an author's words have ended before a word in lower case or not."""
    if word in FINITE | _AFTER_AUTHOR:
        return True
    if not capital:
        participle = word.endswith("ed") and count > 1 and before not in _DETERMINERS
        return word in ("for", "on") or participle
    return False


def is_document(noun: str) -> bool:
    return noun in _DOCUMENTS or noun.removesuffix("s") in _DOCUMENTS


def noun_start(text: str, low: int, end: int) -> int:
    """Where the description before a possessive ending begins."""
    start = end
    for n, word in enumerate(reversed(list(WORD.finditer(text, low, end)))):
        if n and text[word.end() : start] != " ":
            break
        if n > 4 or bare(word.group()) in FINITE | _NO_PARTS:
            break
        start = word.start()
        if bare(word.group()) in _DETERMINERS:
            return start
    last = WORD.findall(text[low:end])[-1:]
    return end - len(last[0]) if last else end


def author_end(text: str, start: int, limit: int) -> int:
    """Where the names or the description after "by" end."""
    end, capital, count, before = start, False, 0, ""
    for token in _TOKEN.finditer(text, start, limit):
        gap = text[end : token.start()]
        form = token.group().rstrip(".")
        low = form.casefold()
        if BREAK.search(gap) or ("," in gap and not (form[0].isupper() or low in _CONNECTS)):
            break
        lower = capital and form[0].islower() and low not in _CONNECTS
        titled = before in ("and", "the") and _TITLED.match(text, token.start(), limit)
        if lower and not (titled or _owns(before) or _is_agent(low)):
            break
        if titled:
            capital = False
        called = low in ("called", "named") and text[token.end() + 1 : token.end() + 2].isupper()
        if not (called or titled) and _ends(low, capital=capital, count=count, before=before):
            break
        if form[0].isupper() and low not in NATIONALITIES:
            capital = True
        if called:
            capital = False
        short = low in ABBREVIATIONS or len(form) == 1 or "." in form
        end, before, count = token.start() + len(token.group() if short else form), low, count + 1
    kept = re.compile(r"(?:[\s,]+(?:and|of|the|for|in|at|on|a|an|or))+$").search(text, start, end)
    return kept.start() if kept else end


def noun_of(phrase: str) -> str:
    """The noun of a description."""
    first = re.split(r"[,(]| (?:of|at|from|in|for|on|to|by|with|who|that|which)\b", phrase)[0]
    found = WORD.findall(first)
    return bare(found[-1]) if found else ""


def may_write(referent: Referent) -> bool:
    """Whether a referent is surely a person, a body or several of them."""
    if referent.kind == "document":
        return False
    if referent.named:
        return referent.sorts[PLACE] <= 0.5
    head = noun_of(referent.name)
    single = head.removesuffix("s")
    return head in _WRITERS or single in _WRITER or is_person(head) or is_person(single)
