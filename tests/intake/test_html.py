import re
from typing import Any

import pytest

from sayso.errors import EmptyText, NotText, SaysoError, TooLong
from sayso.intake import Options, html
from sayso.intake.html import looks_like_page, stated_charset
from sayso.types import Article
from tests.intake.conftest import REPORT, page

HEAD = """<title>Ferry to stay | The Quenby Courier</title>
<meta property="og:title" content="Ferry to stay, says mayor">
<meta property="og:site_name" content="The Quenby Courier">
<meta property="article:published_time" content="2021-05-04T09:30:00+01:00">
<link rel="canonical" href="https://courier.quenby.example/news/ferry">"""


def read(markup: str, url: str | None = None, **options: Any) -> Article:
    return html.page(markup, Options(**options), url=url)


def words(*paragraphs: str) -> list[str]:
    """What comes of these paragraphs after those of an ordinary report."""
    blocks = read(page(*REPORT, *paragraphs)).text.split("\n\n")
    assert tuple(blocks[: len(REPORT)]) == REPORT
    return blocks[len(REPORT) :]


def test_a_report_with_all_that_it_says_of_itself() -> None:
    assert read(page(*REPORT, head=HEAD)) == Article(
        "\n\n".join(REPORT),
        title="Ferry to stay, says mayor",
        date="2021-05-04",
        url="https://courier.quenby.example/news/ferry",
        publisher="The Quenby Courier",
    )


def test_the_caller_knows_better_than_the_page() -> None:
    given = {"title": "T", "date": "2020-01-31", "publisher": "P"}
    article = read(page(*REPORT, head=HEAD), "https://a.example/x", **given)
    assert article == Article("\n\n".join(REPORT), url="https://a.example/x", **given)  # type: ignore[arg-type]


def test_dates_in_the_article_are_not_its_own() -> None:
    assert read(page(*REPORT, "On 12 June 2015 the bridge fell, Brandt said.")).date is None


@pytest.mark.parametrize(
    ("inner", "blocks"),
    [
        ("“We’ll <b>not</b> <a href='/x'>go</a>,” he <i>said</i>.", ["“We’ll not go,” he said."]),
        ("Em<b>bold</b>ened by CO<sub>2</sub>.", ["Emboldened by CO2."]),
        ("He said\n      that\tit <br> was.<br><br>So.", ["He said that it", "was.", "So."]),
        ("A &amp; B &lt;b&gt; cost &pound;5: R&amp;amp;D.", ["A & B <b> cost £5: R&amp;D."]),
        ("Cafe\u0301 owners 😀 👩\u200d🚀 said.", ["Cafe\u0301 owners 😀 👩\u200d🚀 said."]),
        ("He said <q>no <q>way</q></q>.", ["He said “no ‘way’”."]),
        ("He said <q class=hidden>no</q>.", ["He said “no”."]),
        ("At <time datetime=10:00><b>ten</b></time> <code>he</code> said.", ["At ten he said."]),
        ("<time datetime=1>At <time datetime=2 class=share>ten</time> he</time>.", ["At ten he."]),
        ("Yes,<script>evil()</script> she said.", ["Yes, she said."]),
        ("A.</p><h2>‘No money’</h2><p>B.", ["A.", "‘No money’", "B."]),
        ("A.</p><blockquote><p>I.</p><p>II.</p></blockquote><p>B.", ["A.", "I.", "II.", "B."]),
        ("A.</p><ul><li>I.</li><li>II, <b>he</b> said.</li></ul>", ["A.", "I.", "II, he said."]),
        ("A.</p><table><tr><td>Day</td><td>Trips</td></tr></table>", ["A.", "Day Trips"]),
        ("A.</p><pre>One\nline.\n\nTwo.</pre><p>B.", ["A.", "One line.", "Two.", "B."]),
    ],
)  # fmt: skip
def test_words_stay_and_paragraphs_stand_apart(inner: str, blocks: list[str]) -> None:
    assert words(inner) == blocks


def test_what_is_no_part_of_the_article_is_left_out() -> None:
    around = (
        "<nav><ul><li><a href='/'>Home</a></li></ul></nav>",
        "<section id='comments'><p>First! A comment by a reader, long enough.</p></section>"
        "<footer><p>© Quenby Courier. All rights reserved.</p></footer>",
    )
    markup = page(*REPORT).replace("<article>", around[0] + "<article>")
    text = read(markup.replace("</article>", "</article>" + around[1])).text
    assert text == "\n\n".join(REPORT)


def test_a_live_page_keeps_its_posts() -> None:
    posts = [f"Post {n}: {text}" for n in range(3) for text in REPORT]
    articles = "".join(f"<article><p>{post}</p></article>" for post in posts)
    text = read(f"<!DOCTYPE html><html><body><main>{articles}</main></body></html>").text
    assert re.findall(r"Post \d: .*", text) == posts


def test_the_date_of_a_time_in_the_words_is_the_page_s() -> None:
    dated = "By Tilda Marsh, <time datetime='2021-05-04' class='entry-date'>4 May</time>"
    assert read(page(dated, *REPORT)).date == "2021-05-04"


@pytest.mark.parametrize("tag", ["q", "time datetime=10:00"])
def test_many_in_a_paragraph_are_read_as_their_words(tag: str) -> None:
    many = f"<{tag}>he said it</{tag.split()[0]}> and so on " * 2_000
    assert words(many)[0].count("he said it") == 2_000


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("<html></html>", EmptyText),
        ("<!DOCTYPE html><html><head><title>T</title></head><body></body></html>", EmptyText),
        ("<html><body><script>app()</script><div id=root></div></body></html>", EmptyText),
        ("<!-- -->", EmptyText),
        ("<html><frameset><frame src=x></frameset></html>", EmptyText),
        ("<html><body>" + "<div>" * 40_000, EmptyText),
        ("<html><body>" + "<br>a" * 50_001, TooLong),
        ("<html><body><p " + "a " * 10_000 + ">", NotText),
    ],
)
def test_no_article(markup: str, error: type[SaysoError]) -> None:
    with pytest.raises(error):
        read(markup)


@pytest.mark.parametrize(
    "markup", ["He said so.", "\0\0<p>\0", "<p><q>\1&#2;</q>\3", "<<<>>>&#x0;&#xd800;", "{}", "]]>"]
)
def test_what_is_no_page_fails_cleanly_or_gives_its_words(markup: str) -> None:
    try:
        text = read(markup).text
    except SaysoError:
        return
    assert "\0" not in text


def test_whatever_the_extractor_raises_costs_this_page_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("inside")

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    with pytest.raises(NotText, match="KeyError"):
        read(page(*REPORT))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!DOCTYPE html>", True),
        ("\n<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>", True),
        ("<?xml version='1.0'?>\n<!-- saved -->\n<html lang=en>", True),
        ("<body>", True),
        ("<b>Not</b> a page", False),
        ("<htmlish>", False),
        ("He wrote <html>", False),
        ("<!---->" * 200 + "x", False),
        ("<!---->" * 200 + "<html>", True),
        ("<!-- " * 2_000, False),
        ("", False),
    ],
)
def test_looks_like_page(text: str, expected: bool) -> None:
    assert looks_like_page(text) is expected


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (b'<meta charset="windows-1252">', "windows-1252"),
        (b"<META http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>", "ISO-8859-1"),
        (b"<p>charset=utf-8</p>", None),
    ],
)
def test_stated_charset(data: bytes, charset: str | None) -> None:
    assert stated_charset(data) == charset
