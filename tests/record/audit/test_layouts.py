"""An audit as tables, CSV, JSON and a page."""

import csv
import html.parser
import io
import json
import re
import sqlite3
import sys
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len

from sayso.errors import UsageError
from sayso.record import Record
from sayso.record.audit import Audit, Scope, audit
from sayso.record.audit.heard import Group
from sayso.record.audit.page import as_html
from sayso.record.audit.text import COLUMNS, as_csv, as_json, as_table, which
from tests.record.build import Said, reading

HOSTILE = "Ida <script>alert(1)</script> & $x_1$ \x1b[2J ΩМ漢 Marsh"


@pytest.fixture
def made(record: Record, db: sqlite3.Connection) -> Audit:
    """Of four articles of two outlets in two months, with hostile names among them."""
    for number, outlet in enumerate(("Echo", "Post", "Echo", HOSTILE), start=1):
        said = [
            Said(content=f"It rains {number}", by="Ida Marsh", about=("Pim Vale",)),
            Said(content=f"so it does {number}", by=HOSTILE, type="indirect"),
            Said(content=f"it may {number}", by=[("an official", "unnamed")], type="indirect"),
        ]
        text = " ".join(f"“{s.content}”." for s in said) + " Pim Vale declined to comment."
        refusals = [("Pim Vale declined to comment", "declined", ("Pim Vale",))]
        record.add(
            reading(text, said, refusals=refusals, publisher=outlet, date=f"2026-0{number}-01")
        )
    return audit(db)


class _Tags(html.parser.HTMLParser):
    """What a page opens and what it leaves open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(page: str) -> _Tags:
    tags = _Tags()
    tags.feed(page)
    return tags


def test_the_page(made: Audit) -> None:
    page = as_html(made)
    tags = parsed(page)
    assert tags.open == []
    assert len(tags.ids) == len(set(tags.ids))
    assert not tags.seen & {"script", "link", "img", "iframe", "form"}
    assert not re.search(r"\sstyle=", page)
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "\x1b" not in page


def test_each_plot_says_what_it_counts_and_its_numbers_stand_in_a_table(made: Audit) -> None:
    page = as_html(made)
    for counted in ("speaker", "outlet", "month"):
        assert f"<b>Statements by {counted}</b>" in page
    assert page.count('class="drawn"><svg') == len(made.voices) + len(made.outlets)
    for title in ("Who is quoted", "By outlet", "By month", "Talked about and not heard"):
        assert f">{title}</h2>" in page
    assert page.count('<th scope="col"') > 20


def test_a_link_in_the_page_leads_to_a_part_of_it(made: Audit) -> None:
    page = as_html(made)
    places = re.findall(r'href="#([^"]+)"', page)
    assert {"quoted", "nobody", "asked", "months"} <= set(places) <= set(parsed(page).ids)


def test_an_article_by_its_title_with_outlet_day_and_address(
    record: Record, db: sqlite3.Connection
) -> None:
    said = [Said(content="It <i>rains</i>", by=[("an official", "unnamed")])]
    given: dict[str, Any] = {
        "title": "Rain & <b>hail</b>",
        "publisher": "Echo",
        "date": "2026-03-12",
    }
    url = "https://echo.example/rain?a=1&b"
    text = "It <i>rains</i>, and Ida Marsh declined to comment."
    refusals = [("Ida Marsh declined to comment", "declined", ("Ida Marsh",))]
    key = record.add(reading(text, said * 2, refusals=refusals, url=url, **given)).key
    bare = [Said(content="So it does", by=[("an official", "unnamed")])]
    record.add(reading("So it does", bare, url="javascript:alert(1)"))
    page = as_html(audit(db))
    linked = '<a href="https://echo.example/rain?a=1&amp;b" rel="noopener noreferrer">'
    shown = f"{linked}<bdi>Rain &amp; &lt;b&gt;hail&lt;/b&gt;</bdi></a>"
    assert page.count(shown) == 4  # two statements, the refusal, and the one source
    assert '<bdi>Echo</bdi> · <time datetime="2026-03-12">12 March 2026</time>' in page
    assert f'<small class="id"><bdi>{key}/s1</bdi></small>' in page
    assert '<blockquote dir="auto">It &lt;i&gt;rains&lt;/i&gt;</blockquote>' in page
    assert "javascript:" not in re.sub("<bdi>.*?</bdi>", "", page)
    assert "“So it does”" in page


def test_the_plot_of_months_has_no_style_and_whole_numbers(made: Audit) -> None:
    plot = as_html(made).partition('<div class="plot"')[2].partition("</div>")[0]
    assert plot.count('class="unnamed"') == plot.count('class="by-name"') > 1
    assert "style" not in plot
    numbers = re.findall(r">(\d[\d.]*)</text>", plot)
    assert numbers
    assert not [n for n in numbers if "." in n]


def test_without_matplotlib(made: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"sayso\[plots\].*--no-plots"):
        as_html(made)


def test_a_page_without_plots(made: Audit) -> None:
    assert "<svg" not in as_html(made, plots=False)


def test_nothing_to_plot(db: sqlite3.Connection) -> None:
    page = as_html(audit(db))
    assert "<svg" not in page
    assert parsed(page).open == []


def test_the_same_page_twice(made: Audit) -> None:
    assert as_html(made) == as_html(made)


def test_json(made: Audit) -> None:
    told = json.loads(as_json(made))
    assert told == json.loads(json.dumps(made.to_dict()))
    assert told["totals"]["articles"] == 4
    assert told["refusals_by_kind"] == {"declined": 4}


def test_csv(made: Audit) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(made))))
    assert tuple(rows[0]) == COLUMNS
    tables = list(dict.fromkeys(row["table"] for row in rows))
    assert tables == [
        *("all", "quoted", "not heard", "nobody named", "no answer", "outlet", "month"),
        "section",
    ]
    (silent,) = (row for row in rows if row["table"] == "not heard")
    assert (silent["name"], silent["articles"], silent["asked"]) == ("Pim Vale", "4", "4")


def test_a_table(made: Audit) -> None:
    table = as_table(made, width=120)
    assert table.startswith("Audit of the whole record\n")
    for title in ("Who is quoted", "Asked, and no answer", "By month"):
        assert f"\n{title}\n" in table
    assert "\x1b" not in table


def test_groups(made: Audit) -> None:
    group = Group(
        value=None, people=1, statements=2, words=3, direct=1, mixed=1, indirect=0, articles=1
    )
    grouped = replace(made, column="party", groups=(group,))
    assert "By party" in as_table(grouped)
    assert "not given" in as_html(grouped, plots=False)
    assert "party,," in as_csv(grouped)


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        (Scope(), "the whole record"),
        (
            Scope(outlets=("Echo", "Post"), sections=("home",), since="2026-01-01"),
            "articles printed by Echo or Post in section home from 2026-01-01",
        ),
    ],
)
def test_the_scope_in_words(scope: Scope, told: str, made: Audit) -> None:
    assert which(replace(made, scope=scope)) == told


def test_one_article(record: Record, db: sqlite3.Connection) -> None:
    """Its heading tells which it is, and tables of one row are left out."""
    said = [Said(content="It rains", by="Ida Marsh", about=("Pim Vale",)), Said(content="for Pim")]
    text = "It rains for Pim Vale"
    key = record.add(reading(text, said, title="Rain", publisher="Echo", date="2026-03-12")).key
    record.add(reading("So it does", [Said(content="So it does", by="Pim Vale")]))
    found = audit(db, Scope(articles=(f"{key[:8]}/s1",)))
    assert which(found) == f"article {key}: Rain, Echo, 2026-03-12"
    assert found.to_dict()["named"][0]["title"] == "Rain"
    assert [silent.heard_elsewhere for silent in found.unheard] == [1]
    table = as_table(found, width=40)
    assert "By month" not in table
    assert f"{key}/s2" in table
    assert "2026-03-12" in table.split("\nNobody named\n")[1]


def test_months_without_an_article_are_on_the_axis(record: Record, db: sqlite3.Connection) -> None:
    for month in ("2025-11", "2026-02"):
        record.add(reading(month, [Said(content=month, by="Ida Marsh")], date=f"{month}-01"))
    page = as_html(audit(db))
    assert re.findall(">(... 20..)</text>", page) == [
        "Nov 2025",
        "Dec 2025",
        "Jan 2026",
        "Feb 2026",
    ]


def test_of_a_century_years_are_drawn(record: Record, db: sqlite3.Connection) -> None:
    for year in ("1926", "2026"):
        record.add(reading(year, [Said(content=year, by="Ida Marsh")], date=f"{year}-01-01"))
    page = as_html(audit(db))
    assert "<b>Statements by year</b>" in page
    assert "1 earlier one not drawn" in page
    assert page.count('<g class="unnamed"') == page.count('<g class="by-name"') == 60


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
def test_a_table_fits_and_names_what_it_left_out(made: Audit, width: int) -> None:
    table = as_table(made, width=width)
    assert max(map(cell_len, table.splitlines())) <= width
    assert ("Not shown, for want of room: words" in " ".join(table.split())) == (width < 100)


def test_no_number_and_no_day_is_cut(made: Audit) -> None:
    many = replace(made.outlets[0], words=1_234_567, statements=7_654_321, one_source=9_876_543)
    table = as_table(replace(made, outlets=(many,)), width=80)
    outlets = table.split("By outlet")[1].split("By month")[0]
    assert "7,654,321" in outlets
    assert "9,876,543" in outlets
    assert "Not shown, for want of room: words" in outlets
    for number in range(1, 5):
        assert f"2026-0{number}-01\n" in table
