import time
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from sayso.errors import Boilerplate, EmptyText, Paywall
from sayso.intake import Options, filters, html
from sayso.intake.filters import boilerplate, paywall, stated_free
from sayso.types import Article
from tests.intake.made_pages import PAGES, Label, Made

DOCS = Path(__file__).parents[2] / "docs" / "command-line.md"


def judged(made: Made) -> Label:
    """What the intake makes of a page; one without an article is refused before the filters."""
    try:
        article = html.page(made.markup, Options(), url="https://courier.example/a")
        filters.check(article, made.markup)
    except Paywall:
        return "paywall"
    except (Boilerplate, EmptyText):
        return "boilerplate"
    return "report"


@dataclass(frozen=True, slots=True)
class Figures:
    pages: int
    right: int
    found: int

    @property
    def recall(self) -> float:
        return self.right / self.pages

    @property
    def precision(self) -> float:
        return self.right / self.found


@cache
def judgements() -> Counter[tuple[str, str]]:
    return Counter((made.label, judged(made)) for made in PAGES)


def figures(label: Label) -> Figures:
    counts = judgements()
    pages = sum(number for (true, _), number in counts.items() if true == label)
    found = sum(number for (_, told), number in counts.items() if told == label)
    return Figures(pages, counts[label, label], found)


def test_the_made_set_is_one() -> None:
    assert len(PAGES) >= 80
    assert len({made.name for made in PAGES}) == len(PAGES)
    assert min(Counter(made.label for made in PAGES).values()) >= 20


@pytest.mark.parametrize(
    ("label", "precision", "recall"), [("paywall", 1, 0.95), ("boilerplate", 1, 0.9)]
)
def test_precision_and_recall(label: Label, precision: float, recall: float) -> None:
    measured = figures(label)
    assert measured.precision >= precision
    assert measured.recall >= recall


@pytest.mark.parametrize("label", ["paywall", "boilerplate"])
def test_the_docs_give_these_figures(label: Label) -> None:
    measured = figures(label)
    shares = f"{measured.precision:.2f} | {measured.recall:.2f}"
    assert f"| `{label}` | {measured.pages} | {shares} |" in DOCS.read_text()


@pytest.mark.parametrize("made", [m for m in PAGES if m.label == "report"], ids=lambda m: m.name)
def test_no_report_is_lost(made: Made) -> None:
    article = html.page(made.markup, Options(), url="https://courier.example/a")
    assert paywall(article, made.markup) is None
    assert boilerplate(article) is None


@pytest.mark.parametrize(
    ("data", "free"),
    [
        ('{"isAccessibleForFree": false}', False),
        ('[{"isAccessibleForFree": "True"}]', True),
        ('{"@graph": [{}, {"isAccessibleForFree": "false"}]}', False),
        ('{"hasPart": {"isAccessibleForFree": false}}', None),
        ('{"isAccessibleForFree": "sometimes"}', None),
        ("{broken", None),
        ("[" * 9_000, None),
    ],
)
def test_what_a_page_s_data_say_of_it(data: str, free: bool | None) -> None:
    for script in ('<script type="application/ld+json">', "<SCRIPT type=application/ld+json id=a>"):
        assert stated_free(f"<html><head>{script}{data}</script></head></html>") is free
    assert stated_free(f"<html><head><script>{data}</script></head></html>") is None


@pytest.mark.parametrize(
    ("tier", "free"),
    [
        ("locked", False),
        ("free", True),
        ("metered", None),
        ("LOCKED", False),
        ("Free", True),
        ("Metered", None),
    ],
)
def test_what_its_tier_says(tier: str, free: bool | None) -> None:
    assert stated_free(f'<meta property="article:content_tier" content="{tier}">') is free


STUB = Article("The mayor of Quenby said that the ferry would stay.")


@pytest.mark.parametrize(
    ("markup", "is_wall"),
    [
        ("<p>He <b>said</b> so.</p><div>Subscribe to <b>continue</b> reading</div>", True),
        ("<script>'<div>Subscribe to continue reading</div>'</script>", False),
        ("<template><p>Subscribe to continue reading</p></template>", False),
        ("<!-- <p>Subscribe to continue reading</p> -->", False),
        ("<p>She said: “Subscribe to continue reading.”</p>", False),
    ],
)
def test_walls_are_what_readers_see(markup: str, is_wall: bool) -> None:
    assert (paywall(STUB, markup) is not None) is is_wall


def test_a_page_that_is_free_has_no_wall() -> None:
    free = '<script type="application/ld+json">{"isAccessibleForFree": true}</script>'
    assert paywall(STUB, free + "<p>Subscribe to continue reading</p>") is None
    tier = '<meta name="article:content_tier" content="Free">'
    assert paywall(STUB, tier + "<p>Subscribe to continue reading</p>") is None


SAID = "“Nobody told us,” said Ida Marsh, who has worked there for nine years.\n"
UNSAID = "The office is open on weekdays from nine to five and on Saturdays until noon.\n"


@pytest.mark.parametrize("times", [1, 70])
@pytest.mark.parametrize(
    "title",
    [
        "Help – I can’t pay my bill, say thousands",
        "Jobs - 300 to go at steelworks",
        "Error — how a slip of the pen cost Quenby a tram",
        "500 jobs to go at steelworks",
        "Terms of surrender",
    ],
)
def test_a_report_may_begin_as_other_pages_do(title: str, times: int) -> None:
    assert boilerplate(Article((SAID + UNSAID) * times, title=title)) is None


@pytest.mark.parametrize(
    "title",
    [
        "Help – Quenby Courier",
        "Jobs | Orrin Packet",
        "404 – Quenby Courier",
        "500 Internal Server Error",
        "Terms of use",
        "Terms and conditions of sale",
    ],
)
def test_where_nobody_speaks_the_beginning_counts(title: str) -> None:
    assert boilerplate(Article(UNSAID * 2, title=title)) is not None


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("“" * 300_000, "<script" * 40_000),
        (". " * 150_000, "<!--" * 60_000),
        ("a" * 300_000, "<script" * 40_000),
        ("we use " * 40_000, "<" * 300_000),
        (" \n" * 150_000, "<nav>" * 60_000),
    ],
    ids=["quotation marks", "stops", "a word", "signs", "blank lines"],
)
def test_hostile_pages_cost_little(text: str, markup: str) -> None:
    began = time.process_time()
    boilerplate(Article(text, title=text[:1_000]))
    paywall(Article(text), markup)
    paywall(STUB, markup + text)
    assert time.process_time() - began < 3
