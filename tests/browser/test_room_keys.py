"""The room by keyboard alone: all can be reached, and where one is can be seen."""

from typing import Any

import pytest

from sayso import Record
from tests.browser.rooms import Room
from tests.browser.visits import Visits, go

MOST = 250
"""Presses of Tab, within which one is round the longest page."""
FOCUSED = """() => {
  const it = document.activeElement;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(it);
  const { width, height, bottom, top } = it.getBoundingClientRect();
  const picker = it.type === "date" && !it.matches(":focus-visible"); // it has a ring of its own
  const drawn = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
    && outlineColor !== getComputedStyle(document.body).backgroundColor;
  const field = it.labels?.[0]?.textContent;
  it.dataset.reached = "";
  return {
    name: (it.getAttribute("aria-label") ?? field ?? it.textContent).trim().replace(/\\s+/g, " "),
    place: it.outerHTML.slice(0, 100),
    seen: (drawn || picker) && width > 0 && height > 0 && bottom > 0 && top < innerHeight,
    none: it === document.body,
  };
}"""
UNREACHED = """() => [
  ...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((each) => each.tabIndex >= 0 && each.type !== "hidden")
  .filter((each) => each.dataset.reached === undefined)
  .filter((each) => each.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }))
  .map((each) => each.outerHTML.slice(0, 100))"""


def step(page: Any) -> dict[str, Any]:
    """Go on by Tab, to where the focus can be seen."""
    page.keyboard.press("Tab")
    focused: dict[str, Any] = page.evaluate(FOCUSED)
    assert focused["none"] or focused["seen"], focused["place"]
    return focused


def go_to(page: Any, name: str) -> None:
    """Press Tab until something of that name has the focus."""
    for _ in range(MOST):
        if step(page)["name"].startswith(name):
            return
    raise AssertionError(f"{name} is never reached on {page.url}")


def come_to(page: Any, selector: str, text: str | None = None) -> None:
    """Wait for what a key leads to, and for the page's scripts: before, they hear no other."""
    page.locator(selector, has_text=text).first.wait_for()
    page.wait_for_load_state()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_is_reached_and_seen(visit: Visits, room: Room, scheme: str) -> None:
    pages = {
        "light": ("start", "article", "search", "speaker"),
        "dark": ("check, altered", "audit", "review", "corrections"),
    }
    page = visit(name="Nora Kettle", scheme=scheme)
    for name in pages[scheme]:
        go(page, room.address(name))
        page.locator("progress").wait_for(state="detached")
        assert step(page)["name"] == "Skip to the page"
        while not step(page)["none"]:
            pass
        assert page.evaluate(UNREACHED) == [], name


def test_the_skip_link_skips(visit: Visits) -> None:
    page = visit("/search?words=the")
    step(page)
    page.keyboard.press("Enter")
    assert step(page)["place"].startswith('<input id="f-words"')


def test_from_start_to_a_correction_and_back_to_it(visit_own: Visits) -> None:
    page = visit_own("/")
    keys = page.keyboard
    go_to(page, "The report’s text")
    keys.type("The baths.\n\n“We open at nine,” said Ben Okoro.")
    go_to(page, "Read it")
    keys.press("Enter")
    come_to(page, ".deciding")
    go_to(page, "Keep in the record")
    keys.press("Enter")
    page.wait_for_url("**/articles/*")
    go_to(page, "Statement 1")
    keys.press("Enter")
    come_to(page, ".note:target")
    go_to(page, "Correct")
    keys.press("Enter")
    come_to(page, "#f-name:focus")  # of itself: a Tab before it would be in its way
    keys.type("Nora Kettle")
    keys.press("Enter")
    come_to(page, "[data-review]")
    keys.press("a")
    keys.press("Control+a")
    keys.type("Ben Okoro")
    go_to(page, "Save the name")
    keys.press("Enter")
    come_to(page, ".done")
    assert "You say that it is by Ben Okoro." in page.locator(".done").inner_text()
    go_to(page, "Corrections")
    keys.press("Enter")
    come_to(page, ".correction")
    assert "You say that it is by Ben Okoro" in page.locator(".correction").first.inner_text()
    go_to(page, "in the article")
    keys.press("Enter")
    page.wait_for_url("**/articles/*")
    assert "Ben Okoro" in page.locator("#s1 .who").inner_text()


def test_a_queue_is_reviewed_by_letters(visit_own: Visits, own_room: Room) -> None:
    page = visit_own("/review", name="Nora Kettle")
    shown = []
    for key, told in (
        ("r", "You say that it is right."),
        ("u", "Taken back: you say that it is right."),
        ("w", "You say that it is no statement: nobody said it."),
        ("1", "You say that it is by "),
    ):
        page.keyboard.press(key)
        come_to(page, ".done p", told)
        shown.append(page.url.partition("?")[0])
    following, again, still_following, last = shown
    assert following == still_following
    assert len({following, again, last}) == 3
    with Record(own_room.record) as record:
        made = record.corrections()
    assert [(c.kind, c.undone is not None) for c in made[:3]] == [
        ("speaker", False), ("wrong", False), ("right", True)
    ]  # fmt: skip


def test_a_panel_is_closed_and_saved_by_keys(visit_own: Visits, own_room: Room) -> None:
    page = visit_own(f"/review/{own_room.names['bridge']}/s1", name="Nora Kettle")
    panel = page.locator("#speaker")
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    assert panel.get_attribute("open") is None
    assert page.evaluate("document.activeElement.localName") == "summary"
    page.keyboard.press("a")
    page.keyboard.press("Control+a")
    page.keyboard.type("Ben Okoro")
    page.keyboard.press("Control+Enter")
    page.locator(".done").wait_for()
    assert "You say that it is by Ben Okoro." in page.locator(".done").inner_text()


def test_the_name_can_be_typed_at_once(visit: Visits) -> None:
    page = visit("/name")
    come_to(page, "#f-name:focus")
    page.keyboard.type("Nora")
    assert page.get_by_label("Name").input_value() == "Nora"


def test_words_are_selected_by_arrows(visit_own: Visits, own_room: Room) -> None:
    page = visit_own(f"/review/{own_room.names['bridge']}/s1", name="Nora Kettle")
    page.keyboard.press("b")
    for key in ("ArrowLeft", "ArrowLeft", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert page.locator("#bounds-content-1").input_value() == "The bridge is safe"
    assert step(page)["name"]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.locator(".done").wait_for()
    assert "other words: The bridge is safe" in page.locator(".done").inner_text()
