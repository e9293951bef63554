"""The page: whole, closed to mischief, the article as it was, and no larger than its words."""

import base64
import hashlib
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

import pytest

from sayso.errors import NotText
from sayso.formats.html import Html, fragment
from sayso.formats.html.escape import clip, day, escape, link
from sayso.formats.html.marks import DEEPEST, Mark, cut
from sayso.formats.html.report import paragraphs
from sayso.formats.html.sheet import Sheet, sure
from sayso.formats.html.voices import WordCounter, letters
from sayso.types import (
    Article,
    Entity,
    Failure,
    Reading,
    Refusal,
    Span,
    Speaker,
    Statement,
)

VOID = {"meta", "link", "rect", "br"}
MISCHIEF = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>\x00\u202e\ud800"


class Page(HTMLParser):
    """Reads a page as strictly as it ought to be written."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.inside: dict[str, list[str]] = {"style": [], "script": []}
        self.report: list[str] = []
        self._in_report = 0
        self._in_badge = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag not in VOID:
            self.open.append(tag)
        if given.get("class") == "text":
            self._in_report = len(self.open)
        self._in_badge = "badge" in given.get("class", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if len(self.open) == self._in_report:
            self._in_report = 0
        assert self.open.pop() == tag
        self._in_badge = False

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.inside:
            self.inside[self.open[-1]].append(data)
        elif self._in_report and not self._in_badge:
            self.report.append(data)

    def values(self, attribute: str) -> list[str]:
        return [given[attribute] for _, given in self.tags if attribute in given]


def page(*results: Reading | Failure, text: bool = True) -> str:
    html = Html(text=text)
    return html.start() + "".join(html.result(result) for result in results) + html.end()


def spans(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    return tuple(Span(text.index(w), text.index(w) + len(w), w) for w in words)


def statement(text: str, *content: str, id: str = "s1", **fields: Any) -> Statement:
    roles = {role: spans(text, fields.pop(role, ())) for role in ("source", "cue")}
    values = {"type": "direct", "said": True, "content": spans(text, content), **roles, **fields}
    return Statement(id=id, **values)


def reading(text: str, *statements: Statement, **fields: Any) -> Reading:
    refusals = fields.pop("refusals", ())
    entities = fields.pop("entities", ())
    return Reading("en-fast-1", Article(text, **fields), statements, entities, refusals)


TEXT = "Ivo Lamb said: “No boats today.” He thinks it will rain. Zed Fell declined to say."


def small() -> Reading:
    ivo = (Speaker("Ivo Lamb", "person"),)
    span = spans(TEXT, ["Zed Fell declined to say"])[0]
    return reading(
        TEXT,
        statement(TEXT, "“No boats today.”", source=["Ivo Lamb"], cue=["said"], speakers=ivo),
        statement(
            TEXT, "it will rain", id="s2", said=False, source=["He"], speakers=ivo, confidence=0.4
        ),
        refusals=(Refusal((Speaker("Zed Fell", "person"),), span, "declined"),),
        title="No boats",
        date="2025-02-03",
    )


def test_is_one_closed_document() -> None:
    parsed = Page(page(small()))
    assert parsed.open == []
    assert parsed.values("src") == []
    assert parsed.values("style") == []
    assert [name for _, given in parsed.tags for name in given if name.startswith("on")] == []
    assert not [tag for tag, _ in parsed.tags if tag in {"img", "iframe", "object", "form", "base"}]


def test_policy_allows_its_own_style_and_script_only() -> None:
    parsed = Page(page(small()))
    (policy,) = (given["content"] for _, given in parsed.tags if "http-equiv" in given)
    assert policy.startswith("default-src 'none'; ")
    for kind in ("style", "script"):
        digest = hashlib.sha256("".join(parsed.inside[kind]).encode()).digest()
        assert f"{kind}-src 'sha256-{base64.b64encode(digest).decode()}';" in policy
    assert "unsafe" not in policy


def test_addresses_are_unique_and_every_link_leads_somewhere() -> None:
    broken = Failure(NotText("x.bin is no text"), "x.bin")
    parsed = Page(page(small(), broken, small()))
    ids = parsed.values("id")
    assert len(ids) == len(set(ids))
    inner = {address[1:] for address in parsed.values("href")}
    assert inner <= set(ids)
    labels = {name for value in parsed.values("aria-labelledby") for name in value.split()}
    assert labels <= set(ids)


def test_a_statement_and_its_entry_lead_to_each_other() -> None:
    links = {
        given.get("id", ""): given["href"]
        for tag, given in Page(page(small())).tags
        if tag == "a" and "badge" in given.get("class", "")
    }
    assert links["a1-s1t"] == "#a1-s1"
    assert links["a1-r1t"] == "#a1-r1"
    assert 'href="#a1-s1t"' in page(small())


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "One.\n\nTwo “a < b & c”.\n\n\n  Three.  ",
        "a\r\nb\rc\n",
        "\ttab  two  spaces",
        "👩‍🚒 é e\u0301",
        "",
        " \n ",
    ],
)
def test_report_stands_there_as_it_was(text: str) -> None:
    marked = reading(text, Statement(**_everywhere(text)))
    shown = "".join(Page(page(marked)).report)
    kept = re.sub(r"\r\n?", "\n", text)
    assert re.sub(r"\s*\n\s*", "\n", shown).strip() == re.sub(r"\s*\n\s*", "\n", kept).strip()


def _everywhere(text: str) -> dict[str, Any]:
    half = len(text) // 2
    whole = (Span(0, len(text), text),)
    parts = {"source": (Span(half, half + 3, text[half : half + 3]),), "cue": ()}
    return {"id": "s1", "type": "direct", "said": True, "content": whole, **parts}


def test_mischief_in_any_field_stays_words() -> None:
    text = f"a {MISCHIEF} b"
    who = Speaker(MISCHIEF, "document", MISCHIEF, (MISCHIEF,))
    whole = Span(0, len(text), text)
    evil = Statement(
        id=MISCHIEF, type="mixed", said=True, source=(whole,), cue=(whole,), content=(whole,),
        speakers=(who, Speaker(MISCHIEF, "unnamed")), addressee=whole, channel=whole, when=whole,
        date=MISCHIEF, inside=MISCHIEF, about=(MISCHIEF,), runner_up=who,
    )  # fmt: skip
    fields: dict[str, Any] = dict.fromkeys(
        ("title", "url", "publisher", "id", "language"), MISCHIEF
    )
    refusal = Refusal((who,), whole, "approached")
    entity = Entity(MISCHIEF, MISCHIEF, "person", (whole, Span(0, 9, f"x {MISCHIEF}")))
    result = Reading(MISCHIEF, Article(text, **fields), (evil,), (entity,), (refusal,))
    failure = Failure(NotText(MISCHIEF), MISCHIEF, 1, MISCHIEF)
    for shown in (page(result, failure), page(result, text=False), fragment(result)):
        parsed = Page(shown)
        assert {tag for tag, _ in parsed.tags}.isdisjoint({"img", "b>"})
        assert sum(tag == "script" for tag, _ in parsed.tags) <= 1
        assert not any(name.startswith("on") for _, given in parsed.tags for name in given)
        shown.encode()
        assert "\x00" not in shown


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://news.example/a?b=1&c=2", True),
        ("HTTP://news.example", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//news.example/a", False),
        ("https://", False),
        ('https://news.example/"onmouseover="x', False),
        ("https://news.example/a b", False),
    ],
)
def test_only_web_addresses_become_links(address: str, linked: bool) -> None:
    assert ("href=" in link(address)) is linked


def test_controls_of_direction_are_isolated() -> None:
    result = reading("a\u202eb", title="t\u202eu", publisher="p\u2067q")
    shown = page(result)
    for words in ("a\u202eb", "t\u202eu", "p\u2067q"):
        assert f"<bdi>{words}</bdi>" in shown


def test_long_names_do_not_fill_the_page() -> None:
    long = Speaker("n" * 5000, "person", "e1")
    text = "He said so. " * 300
    many = [
        statement(text, "so", id=f"s{n}", speakers=(long,), runner_up=long) for n in range(1, 301)
    ]
    mentions = tuple(Span(0, 1, f"{n}" + "n" * 5000) for n in range(300))
    shown = page(reading(text, *many, entities=(Entity("e1", "so", "person", mentions),)))
    assert "n" * 201 not in shown
    assert len(shown) < 500_000


def test_two_thousand_words_stay_under_300_kilobytes() -> None:
    sentence = "“We will see what the tide brings in,” said Ivo Lamb of the north quay on Monday. "
    text = sentence * 118
    marks = []
    for n in range(118):
        at = n * len(sentence)
        content = (Span(at, at + 38, text[at : at + 38]),)
        source = (Span(at + 44, at + 52, "Ivo Lamb"),)
        cue = (Span(at + 39, at + 43, "said"),)
        speakers = (Speaker(f"Ivo Lamb {n % 20}", "person"),)
        marks.append(
            Statement(id=f"s{n + 1}", type="direct", said=True, source=source, cue=cue,
                      content=content, speakers=speakers, when=Span(at + 70, at + 79, "on Monday"))
        )  # fmt: skip
    assert len(text.split()) >= 2000
    assert len(page(reading(text, *marks)).encode()) < 300_000


def test_page_grows_with_its_statements_and_not_with_their_square() -> None:
    def size(number: int) -> int:
        text = "word " * number
        marks = (
            Statement(
                id=f"s{n + 1}", type="direct", said=True, source=(), cue=(),
                content=(Span(n, len(text) - n, text[n:50]),), inside=f"s{n}" if n else None,
            )
            for n in range(number)
        )  # fmt: skip
        return len(page(reading(text, *marks)))

    assert size(2000) < 2.3 * size(1000)


def test_failure_stands_in_its_place() -> None:
    failure = Failure(NotText("notes.bin is no text; give a text file"), "notes.bin", 7, "n7")
    shown = page(small(), failure, small())
    first, middle, last = (shown.index(f'<article class="{c}" id="{a}"') for c, a in
                           (("report", "a1"), ("failure", "a2"), ("report", "a3")))  # fmt: skip
    assert first < middle < last
    assert "notes.bin is no text; give a text file" in shown[middle:last]
    assert "line 7" in shown[middle:last]
    assert "2 reports · 4 statements · 1 input not read" in shown


def test_contents_come_only_where_there_is_a_choice() -> None:
    assert "Reports on this page" not in page(small())
    assert shown_contents(page(small(), small())) == ["#a1", "#a2"]


def shown_contents(shown: str) -> list[str]:
    return re.findall(r'href="(#a\d+)"', shown[shown.index("Reports on this page") :])


def test_without_text_only_what_was_said_is_shown() -> None:
    shown = page(small(), text=False)
    assert "“No boats today.”" in shown
    assert 'class="text"' not in shown
    assert "He thinks" not in shown
    assert 'href="#a1-s1t"' not in shown


def test_cautions_are_told_in_words() -> None:
    shown = page(small())
    assert 'aria-label="A2 ~ ?, doubtful direct thought by Ivo Lamb"' in shown
    assert "doubtful, 40 % sure" in shown
    assert "thought or stance, not said" in shown
    assert "Zed Fell: declined to answer" in shown
    assert "read by the model <bdi>en-fast-1</bdi>" in shown


@pytest.mark.parametrize(
    ("confidence", "told"),
    [
        (0.0, "less than 1 % sure"),
        (0.0099, "less than 1 % sure"),
        (0.012, "1 % sure"),
        (1.0, "100 % sure"),
    ],
)
def test_of_nothing_it_is_told_that_it_is_not_sure_at_all(confidence: float, told: str) -> None:
    assert sure(confidence) == told


def test_what_else_a_speaker_is_called() -> None:
    text = "Ivo Lamb said so. The harbour pilot said no. Mr Lamb is old."
    mentions = spans(text, ["Ivo Lamb", "The harbour pilot", "Mr Lamb"])
    lamb = Speaker("Ivo Lamb", "person", "e1")
    told = reading(
        text,
        statement(text, "so", speakers=(lamb,)),
        entities=(Entity("e1", "Ivo Lamb", "person", mentions),),
    )
    also = "also called <bdi>The harbour pilot</bdi>; <bdi>Mr Lamb</bdi></p>"
    assert f"person · 1 statement · 100 % of the words said · {also}" in page(told)
    assert "also called" in page(told, text=False)


def test_a_doubtful_speaker_is_told_in_words_with_the_runner_up() -> None:
    text = "Ann and Bo came. She said no."
    said = statement(
        text, "no", speakers=(Speaker("Ann", "person"),), runner_up=Speaker("Bo", "person")
    )
    shown = page(reading(text, said))
    told = "<b><bdi>Ann</bdi>, or perhaps <bdi>Bo</bdi></b>"
    assert f"<dt>speaker doubtful</dt><dd>{told}</dd>" in shown
    assert 'aria-label="A1, direct statement by Ann, or perhaps Bo"' in shown
    assert "speaker doubtful" not in page(small())
    assert "or perhaps" not in page(small())


def test_a_denial_is_never_shown_as_said() -> None:
    text = "She denied that she had paid."
    denied = statement(text, "she had paid", denied=True, speakers=(Speaker("She", "person"),))
    shown = page(reading(text, denied))
    assert 'class="m denied' in shown
    assert ">A1 not</a>" in shown
    assert "<b>0</b> of 6 words tell what was said" in shown


def test_joint_nested_and_sourceless_statements() -> None:
    text = "Ann and Bob said that, it is said, cows fly."
    pair = (Speaker("Ann", "person"), Speaker("Bob", "person"))
    outer = statement(text, "it is said, cows fly", speakers=pair, type="indirect")
    inner = statement(text, "cows fly", id="s2", inside="s1", type="indirect")
    shown = page(reading(text, outer, inner))
    assert ">A+B1</a>" in shown
    assert shown.count('id="a1-s1"') == 1
    assert ">–2</a>" in shown
    assert '<dt>inside</dt><dd><a class="ref c0 u0" href="#a1-s1">' in shown
    assert '<dt>holds</dt><dd><a class="ref c-none" href="#a1-s2">' in shown
    assert "Nobody named" in shown


def test_spans_outside_the_text_do_no_harm() -> None:
    lost = (Span(-5, 2, "ab"), Span(4, 4, ""), Span(90, 99, "zz"), Span(3, 99, "d"))
    odd = Statement(id="x", type="direct", said=True, source=lost, cue=(), content=lost)
    nowhere = Statement(id="y", type="direct", said=True, source=(), cue=(), content=())
    parsed = Page(page(reading("abcd", odd, nowhere)))
    assert parsed.open == []
    assert "".join(parsed.report).strip() == "abcd"


@pytest.mark.parametrize(
    ("ids", "numbers"),
    [(("s2", "s5"), (2, 5)), (("s2", "s2"), (1, 2)), (("x", "s2"), (1, 2)), ((), ())],
)
def test_badges_bear_the_numbers_of_the_contract(
    ids: tuple[str, ...], numbers: tuple[int, ...]
) -> None:
    marked = reading("so", *(statement("so", "so", id=id) for id in ids))
    assert Sheet(marked, "a1-").numbers == numbers


def test_fragment_needs_no_script_and_keeps_to_itself() -> None:
    shown = fragment(small())
    parsed = Page(shown)
    assert parsed.inside["script"] == []
    assert parsed.tags[0] == ("div", {"class": "sayso fragment"})
    assert not {tag for tag, _ in parsed.tags} & {"html", "head", "body", "main", "h1"}
    selectors = re.findall(r"(?m)^ *([.a-z][^{};@]*)\{", "".join(parsed.inside["style"]))
    assert [s for s in selectors if not s.startswith((".sayso", "html:has("))] == []
    assert small()._repr_html_() == shown  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("marks", "pieces"),
    [
        ([], [(0, 10, "")]),
        ([(2, 5, "a")], [(0, 2, ""), (2, 5, "a"), (5, 10, "")]),
        ([(2, 8, "a"), (4, 6, "b")],
         [(0, 2, ""), (2, 4, "a"), (4, 6, "ab"), (6, 8, "a"), (8, 10, "")]),
        ([(4, 8, "b"), (2, 6, "a")],
         [(0, 2, ""), (2, 4, "a"), (4, 6, "ab"), (6, 8, "b"), (8, 10, "")]),
        ([(0, 5, "b"), (0, 10, "a")], [(0, 5, "ab"), (5, 10, "a")]),
        ([(0, 10, "a"), (0, 10, "b")], [(0, 10, "ab")]),
    ],
)  # fmt: skip
def test_cut(marks: list[tuple[int, int, str]], pieces: list[tuple[int, int, str]]) -> None:
    found = cut([Mark(start, end, role, 0) for start, end, role in marks], (0, 10))
    assert [(p.start, p.end, "".join(m.role for m in p.marks)) for p in found] == pieces


def test_cut_names_the_innermost_marks_only() -> None:
    marks = [Mark(n, 100, "c", n) for n in range(50)]
    piece = list(cut(marks, (0, 100)))[-1]
    assert [mark.statement for mark in piece.marks] == list(range(50 - DEEPEST, 50))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", []),
        ("one", ["one"]),
        ("one\ntwo", ["one", "two"]),
        ("one\r\n \r\ntwo\u2029\u2029three", ["one", "two", "three"]),
        ("hand\nbroken\n\nblocks", ["hand\nbroken", "blocks"]),
        ("x" * 101 + "\ny\n\nz", ["x" * 101, "y", "z"]),
    ],
)
def test_paragraphs(text: str, shown: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs(text)] == shown


@pytest.mark.parametrize(
    ("ranges", "words"),
    [([], 0), ([(0, 7)], 2), ([(0, 3), (0, 7)], 2), ([(0, 4), (4, 13)], 3), ([(1, 3)], 0)],
)
def test_words_count_once(ranges: list[tuple[int, int]], words: int) -> None:
    assert WordCounter("one two don’t").within(ranges) == words


def test_shares_by_form() -> None:
    text = "one two three four five six"
    ann = (Speaker("Ann", "person", "e1"),)
    heard = Sheet(
        reading(
            text,
            statement(text, "one two", speakers=ann),
            statement(text, "two three four", type="indirect", speakers=ann),
            statement(text, "five", said=False, speakers=ann),
            statement(text, "six", speakers=(Speaker("Bo", "person", "e2"),), denied=True),
        ),
        "",
    ).voices
    words = [(v.letter, v.words.direct, v.words.mixed, v.words.indirect) for v in heard]
    assert words == [("A", 2, 0, 2), ("B", 0, 0, 0)]


@pytest.mark.parametrize(
    ("rank", "label"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_letters(rank: int, label: str) -> None:
    assert letters(rank) == label


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2025-03-04", '<time datetime="2025-03-04">4 March 2025</time>'),
        ("2025-W07", '<time datetime="2025-W07">week 7 of 2025</time>'),
        ("2025-12", '<time datetime="2025-12">December 2025</time>'),
        ("1999", '<time datetime="1999">1999</time>'),
        ("2025-13-40", "<bdi>2025-13-40</bdi>"),
        ("<soon>", "<bdi>&lt;soon&gt;</bdi>"),
    ],
)
def test_dates(date: str, shown: str) -> None:
    assert day(date) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#x27;"),
        ("\x00\x1b\x7f\x85", "␀␛␡\ufffd"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("\ud83d", "\ufffd"),
        ("é👩‍🚒", "é👩‍🚒"),
    ],
)
def test_escape(text: str, shown: str) -> None:
    assert escape(text) == shown


@pytest.mark.parametrize(("text", "shown"), [("abc", "abc"), ("abcd", "ab…"), ("a bcd", "a…")])
def test_clip(text: str, shown: str) -> None:
    assert clip(text, 3) == shown
