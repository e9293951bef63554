"""An audit as tables, CSV, JSON and a page."""

import csv
import html.parser
import io
import json
import re
import sqlite3
import sys
from dataclasses import replace

import pytest

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
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "\x1b" not in page


def test_a_plot_has_a_title_a_description_and_its_numbers_in_a_table(made: Audit) -> None:
    page = as_html(made)
    plots = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(plots) == 3
    assert [re.findall("<title[^>]*>(.*?)</title>", plot) for plot in plots] == [
        ["Who is quoted, by statements"],
        ["On nobody’s name, by outlet"],
        ["Statements by month"],
    ]
    assert all('role="img"' in plot and "<desc" in plot for plot in plots)
    assert 'href="#plot0-' in plots[0]
    for title in ("Who is quoted", "By outlet", "By month", "Talked about and not heard"):
        assert f">{title}</h2>" in page
    assert page.count('<th scope="col"') > 30


def test_a_page_without_plots(made: Audit) -> None:
    assert "<svg" not in as_html(made, plots=False)


def test_nothing_to_plot(db: sqlite3.Connection) -> None:
    page = as_html(audit(db))
    assert "<svg" not in page
    assert parsed(page).open == []


def test_without_matplotlib(made: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"sayso\[plots\].*--no-plots"):
        as_html(made)


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
        *("all", "quoted", "not heard", "nobody's name", "no answer", "outlet", "month"),
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


@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_column_is_cut_off(width: int, made: Audit) -> None:
    bare = replace(made, voices=(), unheard=(), unnamed=(), refusals=(), one_source=(), outlets=())
    head, _, *rows = as_table(bare, width=width).split("By month")[1].splitlines()[3:]
    assert head.endswith("one source")
    assert rows[0][len(head) - 1].isdigit()


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
    assert "heard elsewhere" in table
    assert "2026-03-12" in table.split("On nobody’s name")[1]


def test_months_without_an_article_are_on_the_axis(record: Record, db: sqlite3.Connection) -> None:
    for month in ("2025-11", "2026-02"):
        record.add(reading(month, [Said(content=month, by="Ida Marsh")], date=f"{month}-01"))
    (_, months) = re.findall(r"<svg.*?</svg>", as_html(audit(db)), re.DOTALL)
    axis = re.findall(r">(\d{4}-\d\d)</text>", months)
    assert axis == ["2025-11", "2025-12", "2026-01", "2026-02"]
