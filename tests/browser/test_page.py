"""The page in a real browser: going to and fro, by mouse, by keys, on a phone, without script."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.formats.html import Html
from sayso.types import Failure, Reading
from tests.browser.looks import faults

Open = Callable[..., Any]


@pytest.fixture
def address(tmp_path: Path, results: list[Reading | Failure]) -> str:
    html = Html()
    shown = html.start() + "".join(html.result(result) for result in results) + html.end()
    file = tmp_path / "page.html"
    file.write_text(shown, encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Open]:
    """Opens the page; fails a test that asked the network or made the console complain."""
    complaints: list[str] = []
    contexts = []

    def go(width: int = 1280, **settings: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url))
        page.goto(address)
        complaints.remove(address)
        return page

    yield go
    for context in contexts:
        context.close()
    assert [c for c in complaints if not c.startswith(address)] == []


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id"))


def on(page: Any, role: str) -> str:
    """The words that the page shows in a role now."""
    pieces = page.locator(f'[data-on~="{role}"]').all()
    return "".join(piece.evaluate("node => node.innerText") for piece in pieces)


def test_a_click_goes_to_the_entry_and_back(opened: Open) -> None:
    page = opened()
    page.get_by_text("every boat will be made whole").first.click()
    assert focused(page) == "a1-s8"
    assert page.locator("#a1-s8").evaluate("node => node.matches(':target')")
    page.locator("#a1-s8 .badge").click()
    assert focused(page) == "a1-s8t"


def test_going_to_an_entry_leaves_the_report_where_it_was(opened: Open) -> None:
    page = opened()
    badge, entry = page.locator("#a1-s9t"), page.locator("#a1-s9")
    badge.evaluate("node => node.scrollIntoView({block: 'center'})")
    before = page.evaluate("scrollY")
    badge.click()
    assert focused(page) == "a1-s9"
    assert page.evaluate("scrollY") == before
    assert entry.bounding_box()["y"] == pytest.approx(badge.bounding_box()["y"], abs=30)


def test_keys_alone_go_there_and_back(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("#a1-s1t").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "a1-s2t"
    page.keyboard.press("Enter")
    assert focused(page) == "a1-s2"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "a1-s2t"


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_parts_are_told_apart(opened: Open, way: str) -> None:
    page = opened()
    getattr(page.locator("#a1-s8t"), way)()
    roles = ("source", "cue", "to", "time", "content")
    assert {role: on(page, role) for role in roles} == {
        "source": "Lionel Crake",
        "cue": "told",
        "to": "a meeting",
        "time": "in March",
        "content": "“every boat will be made whole”",
    }
    page.keyboard.press("Escape")
    assert on(page, "content") == ""


def test_pointing_at_an_entry_shows_all_of_a_broken_statement(opened: Open) -> None:
    page = opened()
    page.locator("#a1-s15").hover()
    first, second = (
        "“There is a channel to the east that nobody has looked at,”",
        "“and it costs less.”",
    )
    assert on(page, "content") == first + second


def test_goes_to_and_fro_without_script(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    page.locator("#a1-s3t").click()
    assert page.url.endswith("#a1-s3")
    page.locator("#a1-s3 .badge").click()
    assert page.url.endswith("#a1-s3t")


@pytest.mark.parametrize("script", [True, False])
def test_a_phone_shows_all_without_scrolling_sideways(opened: Open, script: bool) -> None:
    page = opened(360, has_touch=True, java_script_enabled=script)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("#a1-s8t").tap()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    sheet = page.locator("#a1-s8").bounding_box()
    assert sheet["y"] + sheet["height"] == pytest.approx(800, abs=1)
    assert page.locator("#a1-s8 .by").inner_text() == "Lionel Crake"
    page.locator("#a1-s8 .badge").tap()
    assert page.locator("#a1-s8t").evaluate("node => node.matches(':target')")


def test_axe_finds_no_barrier(opened: Open) -> None:
    assert faults(opened()) == []


def test_paper_holds_the_key_and_every_entry(opened: Open) -> None:
    page = opened()
    page.emulate_media(media="print")
    assert page.get_by_text("asked, and did not answer").is_visible()
    clipped = "node => node.scrollHeight > node.clientHeight + 1"
    assert not any(part.evaluate(clipped) for part in page.locator(".said-by").all())
