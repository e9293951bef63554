"""A page to its article: trafilatura finds the article, and its words are kept as they are."""

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.errors import EmptyText, NotText, TooLong
from sayso.intake.options import Options
from sayso.types import Article

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

MAX_BYTES = 10_000_000
"""No page is read beyond this."""

_MAX_ELEMENTS = 50_000  # for which trafilatura takes 6 s and 100 MB
_MAX_TAG = 10_000  # unquoted characters: what libxml2 takes grows with the square of attributes
_DATES = {"original_date": True, "extensive_search": False}  # no guessing from the article's words
_LOOKS_LIKE_PAGE = re.compile(
    r"(?>\s*(?:<!--.*?-->|<\?xml[^>]*>))*+\s*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_LOOKS_LIKE_XML = re.compile(r"\s*<(?:\?xml|rss|feed)\s")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([a-z0-9_:.-]+)""", re.IGNORECASE)
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']+|"[^"]*"|'[^']*')*""")
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANK_LINE = re.compile(r"\n[ \t\r\f]*\n")
_INLINE = frozenset({"hi", "ref", "span", "del", "graphic", "cell", "code"})
_KEEPS_LINES = frozenset({"quote", "code"})
_BREAK = "\0"  # which no element can hold
_QUOTATION_MARKS = ("“”", "‘’")

# Said by our own errors instead; a null handler leaves it to those who listen.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


def too_large() -> TooLong:
    """What a page beyond `MAX_BYTES` is refused by."""
    return TooLong(f"the page is larger than {MAX_BYTES // 1_000_000} MB")


def looks_like_page(text: str) -> bool:
    return _LOOKS_LIKE_PAGE.match(text[:2_000]) is not None


def check_no_xml(text: str) -> None:
    """Refuse, by NotText, other XML than pages: its words among its data would pass for prose."""
    if _LOOKS_LIKE_XML.match(text) and not looks_like_page(text):
        raise NotText("this is XML (a feed?) and no page: give the article itself, as HTML or text")


def stated_charset(data: bytes) -> str | None:
    """The encoding that a page's own head names."""
    match = _CHARSET.search(data[:4_096])
    return match and match[1].decode("ascii")


def page(html: str, options: Options, *, url: str | None = None) -> Article:
    """The article on a page, one paragraph and a blank line after the other.

    Title, date, publisher and, without `url`, the address are what the page says of itself.

    Raises EmptyText where there is no article, TooLong or NotText.
    """
    root = _parsed(html)
    _write_quotation_marks(root)
    _keep_times(root)
    document = _extracted(root, url)
    return Article(
        _words(document.body),
        title=options.title or document.title or None,
        date=options.date or document.date or None,
        url=url or document.url or None,
        publisher=options.publisher or document.sitename or None,
    )


def _parsed(html: str) -> "HtmlElement":
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    if any(len(_QUOTED.sub("", tag[0])) > _MAX_TAG for tag in _TAG.finditer(html)):
        raise NotText("this is no page: one of its tags has thousands of attributes")
    data = html.replace("\0", "�").encode("utf-8", errors="replace")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(data, parser=parser)
    except ParserError as error:
        raise _no_article() from error
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        raise TooLong(f"the page has more than {_MAX_ELEMENTS:,} elements: save its text alone")
    return root


def _no_article() -> EmptyText:
    return EmptyText("no article was found on the page: copy its text into a file and read that")


def _write_quotation_marks(root: "HtmlElement") -> None:
    """Browsers show `<q>` with quotation marks; trafilatura drops the element without any."""
    for quote in list(root.iter("q")):
        depth = sum(1 for _ in quote.iterancestors("q"))
        marks = _QUOTATION_MARKS[depth % 2]
        quote.text = marks[0] + _xml(quote.text)
        quote.tail = marks[1] + _xml(quote.tail)
    for quote in list(root.iter("q")):
        _to_span(quote)


def _keep_times(root: "HtmlElement") -> None:
    """Trafilatura drops `<time>`, in the middle of a sentence too; its date is wanted elsewhere."""
    from lxml.etree import SubElement

    for time in list(root.iterfind(".//p//time[@datetime]")):
        date = dict(time.attrib)
        _to_span(time)
        SubElement(time, "time", date)


def _to_span(element: "HtmlElement") -> None:
    """To drop the element itself takes time that grows with the square of what follows it."""
    element.tag = "span"
    element.attrib.clear()


def _xml(text: str | None) -> str:
    """Without the control characters that lxml gives and won't take, and trafilatura drops."""
    return _NO_XML.sub("", text or "")


def _extracted(root: "HtmlElement", url: str | None) -> "Document":
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(
            root,
            url=url,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dict(_DATES),
        )
    except Exception as error:  # whatever a page brings down inside costs that page only
        raise NotText(f"the page can't be taken apart ({type(error).__name__})") from error
    if document is None or isinstance(document, dict):
        raise _no_article()
    return document


def _words(body: "_Element") -> str:
    """The text of what trafilatura found.

    Its own text output adds bullets and bars, resolves entities twice, and ends a paragraph
    and a broken line alike; its tree does not.
    """
    blocks = "".join(_pieces(body)).split(_BREAK)
    paragraphs = (_SPACE.sub(" ", block).strip() for block in blocks)
    return "\n\n".join(filter(None, paragraphs))


def _pieces(body: "_Element") -> Iterator[str]:
    from lxml.etree import iterwalk

    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag not in _INLINE:
            yield _BREAK
        if event == "start":
            text = element.text or ""
            yield _BLANK_LINE.sub(_BREAK, text) if element.tag in _KEEPS_LINES else text
        else:
            yield " " if element.tag == "cell" else ""
            yield element.tail or ""
