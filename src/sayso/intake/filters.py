"""Which pages of a crawl hold no report, or only the beginning of one.

They go by the words that were found on the page, by its title, and for paywalls by what the
page's markup says of itself. In doubt a page is kept: a report lost is worse than a page too many.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from sayso.errors import Boilerplate, Paywall
from sayso.types import Article

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?…\"'”’)\]])\s+")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")
_ENDS = re.compile(r"(?<!\.\.)[.!?][\"'”’)\]]*$")
_TITLE_PARTS = re.compile(r"\s+[|·–—-]\s+")
_GALLERY_TITLE = re.compile(
    r"\b(?:in|your|our|best|week'?s?(?: in)?) (?:pictures|photos|photographs)\b|"
    r"\b(?:gallery|slideshow)\b",
    re.IGNORECASE,
)
_BREAKS_OFF = re.compile(r"(?:…|\.\.\.|\[…\])[\"'”’)\]]*\s*$")
_SAYS = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?)|according to|announced|confirmed|reported|warned|"
    r"added|claimed|asked|argued|wrote|called|denied|urged|explained|insisted)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"«].{2,600}?[”\"»]|‘.{3,600}?’(?!\w)", re.DOTALL)

_FEW_WORDS = 12
_LEAST_SENTENCE = 6
_SHORT_PAGE = 160
_FEW_SIGNS = 3
_SHORT_WALL = 45
_LONGEST_WALL = 600
_STUB = 260
_STUB_STATED = 180
_PROSE_SHARE = 0.45
_CAPTIONS_SHARE = 0.6
_LONGEST_CAPTION = 40
_LEAST_PARAGRAPHS = 4

_NUMBER = r"(?:error\s*)?(?:40[0-9]|410|429|50[0-4])(?:\s*error)?"
_ERROR_NUMBER = re.compile(rf"{_NUMBER}\b.{{0,40}}", re.IGNORECASE)
_ERROR_TITLE = re.compile(
    rf"{_NUMBER}|"
    r".{0,20}\b(?:page|article|story|site|file) (?:not|can(?:no|')?t be) found|not found|"
    r"access denied|forbidden|just a moment\W*|attention required\W*.{0,20}|service unavailable|"
    r"(?:bad|internal server|gateway) (?:gateway|error|time-?out)|are you (?:a robot|human)\W*|"
    r"(?:under|scheduled|site) (?:construction|maintenance)|account suspended|"
    r"(?:default|test) (?:web )?page.{0,30}|domain (?:for sale|parked)|oops\W*|error",
    re.IGNORECASE,
)
_ERROR_WORDS = re.compile(
    r"page (?:you(?:'|’)?(?:re| are|)(?: were)? (?:looking for|requested|tried)|not found|could "
    r"not be found|no longer exists|can(?:no|')?t be found)|(?:please )?(?:enable|turn on) "
    r"javascript|javascript is (?:disabled|required)|verify (?:that )?you are (?:a )?human|"
    r"checking your browser|unusual traffic|you (?:do not|don[’']t) have permission|"
    r"(?:ray|reference|incident|request) id\W|this (?:content|page|video|service|site) is "
    r"(?:not|currently|temporarily|un|no longer)\s*(?:available|unavailable)?|"
    r"we(?:'|’)?(?: a|)re (?:sorry|down for)|something went wrong|try again later|"
    r"not available in your (?:country|region)",
    re.IGNORECASE,
)
_SERVICE_TITLE = re.compile(
    r"(?:(?:general )?terms(?: (?:of|and) (?:access|business|conditions|sale|service|use)"
    r"(?: of \w+)?)?|(?:our )?privacy(?: (?:policy|notice|statement|cent(?:re|er)))?|"
    r"cookies?(?: (?:policy|notice|settings))?|about(?: us)?|"
    r"contact(?: us)?|advertis(?:e|ing)(?: with us)?|site ?map|(?:our )?newsletters?(?: sign-?up)?|"
    r"(?:sign|log) ?(?:in|up)|register|my account|subscri(?:be|ptions?)(?: (?:now|today))?|"
    r"search(?: results.*)?|tag|tags|topics?|archives?|latest news|home(?: ?page)?|most read|"
    r"help(?: cent(?:re|er))?|faqs?|frequently asked questions|careers|jobs|legal notice|imprint|"
    r"accessibility(?: statement)?|corrections policy|masthead)",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"we (?:and|use|value|care about|process|share)\b.{0,60}?\b(?:partners|vendors|cookies|"
    r"privacy|personal data)|(?:accept|reject|allow|decline) (?:all|cookies)|manage (?:your |my )?"
    r"(?:preferences|settings|options|choices|cookies|privacy)|(?:store|access)\b.{0,20}"
    r"information on (?:a|your) device|personali[sz]ed (?:ads|advertising|content)|your (?:consent|"
    r"privacy choices|choices)|legitimate interest|withdraw (?:your )?consent|"
    r"by (?:clicking|continuing|using)\b.{0,60}?\b(?:agree|consent|accept)|cookie (?:policy|"
    r"settings|preferences)|before you continue",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"(?:subscribe|register|sign (?:up|in)|log ?in|become a (?:member|subscriber)|join|pay|"
    r"create (?:a|an|your)(?: free)? account|start your (?:free )?trial)\b.{0,60}?\b(?:to|and) "
    r"(?:continue|keep|read|access|unlock|view|see|finish|get (?:full|unlimited))|"
    r"to (?:continue|keep|finish) reading|continue reading (?:this|with|for|the)|"
    r"(?:this|the)(?: \w+)? (?:article|story|content|report|page)(?: \w+)? is (?:only |exclusive"
    r"(?:ly)? |available |reserved |free )*(?:for|to)(?: \w+){0,3} (?:subscribers|members|"
    r"subscription)|already (?:a|an) (?:\w+ )?(?:subscriber|member)|already (?:subscribed|have an "
    r"account)|(?:subscriber|member)s?(?:-| )(?:only|exclusive)|exclusive to (?:our )?(?:"
    r"subscribers|members)|(?:you(?:'|’)?(?: ha|)ve|you have) (?:reached|used|read)\b.{0,40}?\b"
    r"(?:limit|free articles?|articles? left|last free)|unlock (?:this|the|full|unlimited)|"
    r"the (?:rest|remainder) of this (?:article|"
    r"story|report)|(?:for|get) (?:full|unlimited) access|"
    r"(?:from|for only|just|only) [£$€]\s?\d[\d.,]*.{0,20}?(?:month|week|year)|cancel (?:at )?any ?"
    r"time|(?:premium|digital) (?:article|content|subscription|access)",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\(?(?:photo(?:graph)?s?|picture|image|pic|credit)s?(?: by| courtesy(?: of)?)?\s*[:/©]|©|"
    r"\b\d+ ?(?:of|/) ?\d+\b|\((?:photo|picture|image|credit|getty|handout)[^)]{0,200}\)$|"
    r"\b(?:pictured|photographed)\b|/\s?(?:AP|AFP|Reuters|Getty Images|PA)\b|^(?:next|previous|"
    r"view (?:gallery|slideshow|photos))\b",
    re.IGNORECASE,
)
_LD_JSON = re.compile(r"<script[^<>]{1,300}application/ld\+json[^<>]{0,300}>", re.IGNORECASE)
_META_TIER = re.compile(
    r"<meta[^<>]{1,300}content_tier[^<>]{1,300}content\s?=\s?[\"']?(?P<tier>free|locked|metered)",
    re.IGNORECASE,
)
_TIERS = {"free": True, "locked": False, "metered": None}
_TAG = re.compile(r"<(?P<name>/?[a-zA-Z][a-zA-Z0-9]{0,20}+)[^<>]*+>")
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "nav", "footer"})
_INLINE = frozenset({"a", "b", "i", "em", "strong", "span", "u", "q", "small", "mark", "time"})
_MOST_SCRIPTS = 20
_MOST_TITLE = 300
_MOST_END = 20
_MOST_TEXT = 20_000
_MOST_MARKUP = 2_000_000
_DEEPEST = 8


def check(article: Article, page: str | None = None) -> None:
    """Refuse an article that is none, by Paywall or Boilerplate; `page` is its markup."""
    reason = paywall(article, page)
    if reason is not None:
        raise Paywall(f"only the beginning of a report is here: {reason}")
    reason = boilerplate(article)
    if reason is not None:
        raise Boilerplate(f"there is no report on the page: {reason}")


def paywall(article: Article, page: str | None = None) -> str | None:
    """Why the article is the beginning of one behind a paywall; None where it isn't."""
    free = stated_free(page) if page is not None else None
    if free:
        return None
    paragraphs = _paragraphs(article.text)
    prose = [p for p in paragraphs if not _is_wall(p)]
    words = sum(map(_words, prose))
    if free is False and (words < _STUB_STATED or _BREAKS_OFF.search(article.text[-_MOST_END:])):
        return "the page says that it is not free to read"
    if words >= _STUB:
        return None
    if prose and words < _SHORT_PAGE and _BREAKS_OFF.search(prose[-1]):
        return "it breaks off"
    walls = [p for p in paragraphs[-4:] if _is_wall(p)]
    if page is not None and not walls:
        walls = [p for p in _seen(page) if _is_wall(p)]
    if walls:
        return f"it asks readers to subscribe or to register ({walls[0][:80]!r})"
    return None


def boilerplate(article: Article) -> str | None:
    """Why the article is no report; None where it may be one."""
    paragraphs = _paragraphs(article.text)
    text = "\n".join(paragraphs)
    words = sum(map(_words, paragraphs))
    reports = bool(_SAYS.search(text))
    if words < _SHORT_PAGE and _is_error(article, text, reports=reports):
        return "it is an error page"
    if _is_consent(text, words, reports=reports):
        return "it asks for consent"
    if _has_title(article, _SERVICE_TITLE, reports=reports):
        return "it is a page about the site"
    sentences = [s for p in paragraphs for s in _sentences(p)]
    if _is_gallery(article.title, paragraphs, reports=reports):
        return "it is a gallery without prose"
    if _is_list(paragraphs, words):
        return "it is a list of links"
    if not sentences or words < _FEW_WORDS:
        return "it has no sentences"
    if len(sentences) == 1 and not (reports or _QUOTED.search(text)):
        return "it has one sentence, in which nobody says anything"
    return None


def stated_free(page: str) -> bool | None:
    """Whether a page's own data say that it is free to read; None where they don't say."""
    for script in islice(_LD_JSON.finditer(page[:_MOST_MARKUP]), _MOST_SCRIPTS):
        text, _, _ = page[script.end() : script.end() + _MOST_MARKUP].partition("</")
        try:
            data = msgspec.json.decode(text.strip())
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            continue
        for value in _found(data):
            return value
    tier = _META_TIER.search(page[:_MOST_MARKUP])
    return None if tier is None else _TIERS[tier["tier"].lower()]


def _found(data: Any, depth: int = 0) -> Iterator[bool]:
    """What `isAccessibleForFree` is of the article itself, not of a part of it."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _found(item, depth + 1)
    elif isinstance(data, dict):
        value = data.get("isAccessibleForFree")
        if isinstance(value, bool):
            yield value
        elif isinstance(value, str) and value.lower() in ("true", "false"):
            yield value.lower() == "true"
        yield from _found(data.get("@graph"), depth + 1)


def _seen(page: str) -> list[str]:
    """The lines of a page that its readers may see."""
    before, *commented = page[:_MOST_MARKUP].split("<!--")
    shown = before + "".join(part.partition("-->")[2] for part in commented)
    lines, at, hidden = [""], 0, ""
    for tag in _TAG.finditer(shown):
        name = tag["name"].lower()
        if not hidden:
            lines[-1] += shown[at : tag.start()]
            if name.strip("/") not in _INLINE:
                lines.append("")
            hidden = name if name in _UNSEEN else ""
        elif name == "/" + hidden:
            hidden = ""
        at = tag.end()
    return [line.strip() for line in lines if line.strip()]


def _paragraphs(text: str) -> list[str]:
    """As many as a judgement needs: of a long text, its beginning."""
    return [line.strip() for line in text[:_MOST_TEXT].split("\n") if line.strip()]


def _words(text: str) -> int:
    return len(text.split())


def _sentences(paragraph: str) -> list[str]:
    pieces = _BETWEEN_SENTENCES.split(paragraph)
    return [p for p in pieces if _ENDS_SENTENCE.search(p) and _words(p) >= _LEAST_SENTENCE]


def _is_wall(paragraph: str) -> bool:
    """A line that speaks to readers about subscribing, not one that tells of it."""
    if len(paragraph) > _LONGEST_WALL or _words(paragraph) > _SHORT_WALL:
        return False
    outside = _QUOTED.sub(" ", paragraph)
    return bool(_WALL.search(outside)) and not _SAYS.search(outside)


def _has_title(article: Article, pattern: re.Pattern[str], *, reports: bool) -> bool:
    """Whether the title is all that `pattern` is, or what stands before the name of the site is.

    Behind the dash of a report may be its news, as in "Jobs – 300 to go": there the whole counts.
    """
    title = (article.title or "")[:_MOST_TITLE].strip()
    parts = [title] if reports else [title, _TITLE_PARTS.split(title)[0]]
    return any(pattern.fullmatch(part.strip(" .!")) for part in parts if part)


def _is_error(article: Article, text: str, *, reports: bool) -> bool:
    if _has_title(article, _ERROR_TITLE, reports=reports):
        return True
    if reports:  # and somebody may speak of "500 jobs to go"
        return False
    return _has_title(article, _ERROR_NUMBER, reports=False) or bool(_ERROR_WORDS.search(text))


def _is_consent(text: str, words: int, *, reports: bool) -> bool:
    signs = len(_CONSENT.findall(_QUOTED.sub(" ", text) if reports else text))
    return signs >= _FEW_SIGNS and signs * (60 if reports else 120) > words


def _is_gallery(title: str | None, paragraphs: Sequence[str], *, reports: bool) -> bool:
    if len(paragraphs) < _LEAST_PARAGRAPHS:
        return False
    captions = sum(1 for p in paragraphs if _CAPTION.search(p))
    titled = bool(_GALLERY_TITLE.search((title or "")[:_MOST_TITLE]))
    quotes = bool(_QUOTED.search("\n".join(paragraphs)))
    if quotes or sum(map(_words, paragraphs)) > _LONGEST_CAPTION * len(paragraphs):
        return False
    return captions >= _CAPTIONS_SHARE * len(paragraphs) or (titled and not reports)


def _is_list(paragraphs: Sequence[str], words: int) -> bool:
    """Lines that are no sentences: headlines, times, names of sections."""
    if len(paragraphs) < _LEAST_PARAGRAPHS:
        return False
    return sum(map(_prose, paragraphs)) < _PROSE_SHARE * words


def _prose(paragraph: str) -> int:
    """The words of a paragraph that is one: that ends as a sentence does, or is long."""
    words = _words(paragraph)
    least = _LEAST_SENTENCE if _ENDS.search(paragraph) else _LONGEST_CAPTION
    return words if words >= least else 0
