"""Articles that mean harm: whatever they hold stays text, and nothing leaves the room."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso import Reading, Record
from tests.browser.looks import wider
from tests.browser.rooms import over
from tests.browser.visits import Visitors, Visits, go
from tests.record.build import Said, reading

MARKS = (
    "<script>document.title = 'taken'; alert(1)</script>"
    "<img src=https://away.example/x.png onerror=alert(2)>"
    "<svg onload=alert(3)><style>body{display:none}</style><base href=https://away.example/>"
    "\"' autofocus onfocus=alert(4) x='{{ 7 * 7 }}${7*7}&lt;b&gt;--></textarea></title>"
)
LONG = "Wyndham" * 715
TURNED = "\u202eedils\u2067\u2066 \u200f\u061c"
HEBREW = "דנה כהן"
"""The invented Dana Cohen."""
ENGLISH = "The bridge over the river is safe, and nobody needs to worry about it. " * 20
LINK = "javascript:alert(document.domain)//https://lantern.example/"


def hostile(name: str, url: str | None = LINK) -> Reading:
    """An article that has these words wherever an article has words."""
    text = (
        f"{name} said “{name} is safe” to {name} in {name}. It was said that {name} leaks. "
        f"{name} declined to comment."
    )
    whole = f"{name} is safe"
    first = reading(text).article
    at = [first.span(start, start + len(name)) for start in _places(text, name)]
    return reading(
        text,
        [
            Said(content=f"“{whole}”", by=[(name, "organisation")], source=name, cue="said",
                 about=(f"{name} B",), fields={"addressee": at[2], "channel": at[3]}),
            Said(content=f"{name} leaks", cue="It was said", type="indirect", confidence=0.3),
        ],
        refusals=[(f"{name} declined to comment", "declined", (name,))],
        title=f"{name} in a title",
        publisher=f"{name} Post",
        date="2026-03-12",
        url=url,
        extra={"section": name},
    )  # fmt: skip


def _places(text: str, name: str) -> list[int]:
    found, start = [], text.find(name)
    while start >= 0:
        found.append(start)
        start = text.find(name, start + len(name))
    return found


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "room.db"
    with Record(path) as made:
        for name in (MARKS, LONG, TURNED, HEBREW):
            made.add(hostile(name))
        made.add(hostile(MARKS + "!", "https://lantern.example/\"onmouseover='alert(5)'<b>"))
        made.import_people(f'name,{LONG[:200]}\n"{HEBREW}","<b onclick=alert(6)>"\n')
        for each in made.articles(limit=1)[0]:
            made.attribute(f"{each.article}/s2", [MARKS[:150]], who="<b>Nora</b>\u202e")
    return path


@pytest.fixture(scope="module")
def visits(visitors: Visitors, record: Path) -> Iterator[Visits]:
    with over(record) as origin:
        opened = Visits(visitors, origin)
        yield opened
        assert opened.close() == []


@pytest.fixture(scope="module")
def page(visits: Visits) -> Any:
    return visits(name="<b>Nora</b>", width=360)


HARM = """() => ({
  scripts: [...document.scripts]
    .filter((each) => !each.src.startsWith(`${location.origin}/static/`)).length,
  elements: document.querySelectorAll("main :is(img, base, style), iframe, object, embed").length,
  handlers: [...document.querySelectorAll("*")].flatMap((each) => [...each.attributes])
    .filter(({ name }) => name.startsWith("on") || name === "style" || name === "srcdoc").length,
  links: [...document.querySelectorAll("a[href], form[action], [src]")]
    .map((each) => each.href ?? each.action ?? each.src)
    .filter((each) => !/^https?:/.test(String(each))).length,
  focused: document.activeElement.closest("main *") !== null,
  title: document.title === "taken",
})"""
TURNS = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const turned = [];
  const range = document.createRange();
  const place = (node, at) => {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const letters = [...node.data.matchAll(/[a-z0-9]/gi)].map(({ index }) => index);
    const apart = node.parentElement.closest("bdi, [dir=auto], .unseen, script, style, title");
    if (letters.length < 4 || apart) continue;
    const [first, last] = [place(node, letters[0]), place(node, letters.at(-1))];
    const back = first.top === last.top && first.left > last.left;
    if (first.width && back) turned.push(node.data.trim());
  }
  return turned;
}"""


def addresses(record: Path) -> list[str]:
    with Record(record, read_only=True) as opened:
        keys = [each.article for each in opened.articles(limit=10)[0]]
        people = [each.person.id for each in opened.people(limit=10)]
    asked = "%3Cscript%3Ealert(7)%3C/script%3E%E2%80%AE"
    return [
        *("/", "/articles", "/people", "/people/duplicates", "/audit", "/corrections", "/review"),
        *(f"/articles/{key}" for key in keys),
        *(f"/forget/{key}" for key in keys),
        *(f"/review/{key}/s1" for key in keys[:2]),
        *(f"/people/{entry}" for entry in people[:5]),
        *(f"/people/merge?kept={people[0]}&other={people[1]}", f"/people/{people[0]}/split"),
        *(f"/people/{people[0]}/rename", f"/people/{people[0]}/rename?name=Ida+{asked}"),
        *(f"/search?words={words}" for words in ("safe", asked)),
        *(f"/check?quotation={words}" for words in (f"is+safe+{asked}", "Wyndham+is+safe")),
        f"/search?by={asked}",
        f"/name?next={LINK}",
    ]


def test_pages_show_it_as_text(page: Any, record: Path) -> None:
    nothing = {"scripts": 0, "elements": 0, "handlers": 0, "links": 0}
    for address in addresses(record):
        go(page, address)
        page.locator("progress").wait_for(state="detached")
        found = page.evaluate(HARM)
        asks = address.startswith("/name?")  # whose one field has the focus by itself
        assert found == nothing | {"focused": asks, "title": False}, address
        assert wider(page) is None, address
        assert page.evaluate(TURNS) == [], address


def test_marks_can_be_read_as_they_were_written(page: Any) -> None:
    go(page, "/search?words=leaks")
    assert (
        "<img src=https://away.example/x.png onerror=alert(2)>"
        in page.locator(".statements").inner_text()
    )


def test_words_from_right_to_left_run_so(page: Any) -> None:
    go(page, "/people?words=" + HEBREW.split()[0])
    name = page.locator("a.speaker bdi", has_text=HEBREW).first
    assert name.evaluate("node => getComputedStyle(node).direction") == "rtl"
    go(page, "/search?words=" + HEBREW.split()[0])
    words = page.locator("blockquote.words").first
    assert words.evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_what_is_typed_live_and_pasted_stays_text(visits: Visits) -> None:
    page = visits("/search")
    page.get_by_label("What was said: words").fill("leaks <img src=x onerror=alert(8)>")
    page.wait_for_url("**/search?words=leaks*")
    page.locator("[data-told]").first.wait_for()
    go(page, "/")
    page.get_by_label("The report’s text").fill(f"{ENGLISH} “{MARKS}” said {TURNED}.\n\n“{LONG}”")
    page.get_by_text("What is known of it").click()
    page.get_by_label("Title").fill(MARKS)
    page.get_by_label("Printed by").fill(TURNED)
    page.get_by_label("Address where it stands").fill(LINK)
    page.get_by_role("button", name="Read it").click()
    page.locator(".deciding").wait_for()
    found = page.evaluate(HARM)
    assert found["scripts"] == found["elements"] == found["handlers"] == found["links"] == 0
    assert page.evaluate(TURNS) == []


def test_what_watches_for_harm_sees_it(visitors: Visitors, record: Path) -> None:
    with over(record) as origin:
        visits = Visits(visitors, origin)
        page = visits("/about")
        page.evaluate("document.querySelector('main').innerHTML = '<img style=top:0 src=/icon>'")
        page.evaluate("document.querySelector('main').append('\u202eabcdef ')")
        page.evaluate("setTimeout(() => alert(9))")
        found = page.evaluate(HARM)
        assert found["elements"] == found["handlers"] == 1
        assert page.evaluate(TURNS) == ["\u202eabcdef"]
        go(page, "/about")
        told = visits.close()
    assert "a dialog: 9" in told
    assert any("Content Security Policy" in each for each in told)
