"""Every page of the room in every look: on a desk, on a phone, dark, printed, without script."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.looks import ALL, FEW, faults, wider
from tests.browser.rooms import ADDRESSES, Room
from tests.browser.visits import Visitors, Visits, go

MAIN = ("start", "article", "search", "check, altered", "review")


@pytest.fixture(scope="module")
def tab(visitors: Visitors, room: Room) -> Iterator[Any]:
    """One tab for all pages: another for each would take most of the time."""
    visits = Visits(visitors, room.origin)
    yield visits(name="Nora Kettle")
    assert visits.close() == []


@pytest.mark.parametrize("name", ADDRESSES)
def test_nothing_bars_anybody_and_nothing_scrolls_sideways(tab: Any, room: Room, name: str) -> None:
    go(tab, room.address(name))
    tab.locator("progress").wait_for(state="detached")
    assert faults(tab, ALL if name in MAIN else FEW) == []


def test_a_phone_without_script_shows_all(visit: Visits, room: Room) -> None:
    page = visit(width=360, name="Nora Kettle", script=False)
    for name in ADDRESSES:
        go(page, room.address(name))
        page.locator("progress").wait_for(state="detached")
        assert page.locator("h1").count() == 1, name
        assert wider(page) is None, name


def colours(page: Any) -> list[int]:
    """How light the ground and the words are, of 765."""
    style = "getComputedStyle(document.body)"
    both = page.evaluate(f"[{style}.backgroundColor, {style}.color]")
    return [sum(map(int, re.findall("[0-9]+", colour)[:3])) for colour in both]


def test_dark_is_dark_and_paper_is_white(visit: Visits, room: Room) -> None:
    page = visit(room.address("article"), scheme="dark")
    ground, words = colours(page)
    assert ground < 100 < 600 < words
    page.emulate_media(color_scheme="dark", media="print")
    ground, words = colours(page)
    assert words < 100 < 740 < ground


def test_paper_holds_what_was_said_and_nothing_to_press(visit: Visits, room: Room) -> None:
    page = visit(name="Nora Kettle")
    for name in ("article", "search", "check, altered", "audit", "review"):
        page.emulate_media(media="screen")
        go(page, room.address(name))
        said = page.locator("main .text, main .words, main .print, main .stack").first
        said.wait_for()
        page.emulate_media(media="print")
        assert said.is_visible(), name
        pressed = page.locator("button, .rooms a, .skip, .downloads a")
        assert pressed.count() > 3, name
        assert (
            pressed.evaluate_all("all => all.filter((each) => each.checkVisibility()).length") == 0
        )


MOVING = """() => [...document.querySelectorAll("*")].filter((each) => {
  const style = getComputedStyle(each);
  const runs = style.animationName !== "none" && parseFloat(style.animationDuration) > 0;
  const slow = parseFloat(style.transitionDuration) > 0;
  return runs || slow || style.scrollBehavior === "smooth";
}).length"""


def test_nothing_moves_for_those_who_want_it_still(visit: Visits, room: Room) -> None:
    page = visit()
    assert page.evaluate(MOVING) > 0
    page.emulate_media(reduced_motion="reduce")
    for name in ("start", "long article", "search", "check, altered", "audit", "review"):
        go(page, room.address(name))
        assert page.evaluate(MOVING) == 0, name
