"""Pages that one comes to by doing something: drafts, what was overtaken, doors and errors."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sayso import Record
from tests.browser.looks import ALL, faults
from tests.browser.rooms import UNREAD, Room, opened
from tests.browser.visits import Visitors, Visits, go

TWO = "“We open at nine,” said Ben Okoro.\n\n“Not on Mondays,” said Ida Marsh of the baths."
TOKENS = {"Ida Marsh": "the-bridge-is-safe", "Ben Okoro": "the-boat-is-sound"}

Tab = Any
Way = Callable[[Tab, Room], object]


def read(tab: Tab, text: str) -> None:
    go(tab, "/")
    tab.get_by_label("The report’s text").fill(text)
    tab.get_by_role("button", name="Read it").click()


def draft(tab: Tab, room: Room) -> None:
    read(tab, TWO)
    tab.locator(".deciding").wait_for()


def draft_list(tab: Tab, room: Room) -> None:
    go(tab, "/")
    report = {"mimeType": "text/plain", "buffer": TWO.encode()}
    broken = {"name": "notes.bin", "mimeType": "application/octet-stream", "buffer": b"\x00\xff"}
    files = [{"name": "baths.txt", **report}, {"name": "baths-2.txt", **report}, broken]
    tab.get_by_label("or files").set_input_files(files)
    tab.get_by_role("button", name="Read it").click()
    tab.get_by_text("Which ones shall the record keep?").wait_for()


def progress(tab: Tab, room: Room) -> None:
    read(tab, UNREAD)
    tab.locator("progress").wait_for()


def checked_draft(tab: Tab, room: Room) -> None:
    go(tab, "/check")
    told = "“The bridge is safe,” said Ida Marsh.\n\n“Purple zebras legislate at noon,” she said."
    tab.get_by_label("The draft").fill(told)
    tab.get_by_role("button", name="Check the draft").click()
    tab.locator(".checks").wait_for()


def draft_being_read(tab: Tab, room: Room) -> None:
    go(tab, "/check")
    tab.get_by_label("The draft").fill(UNREAD)
    tab.get_by_role("button", name="Check the draft").click()
    tab.locator("progress").wait_for()


def overtaken(tab: Tab, room: Room) -> None:
    """Somebody else has called it wrong while it was looked at."""
    reference = f"{room.names['harbour']}/s2"
    go(tab, f"/review/{reference}")
    with Record(room.record) as record:
        made = record.attribute(reference, ["Ada Quill"], who="Ben Okoro")
    tab.locator("[data-key=r]").click()
    tab.get_by_text("What you were about to say").wait_for()
    with Record(room.record) as record:
        record.undo_correction(made.id)


def stale(tab: Tab, room: Room) -> None:
    go(tab, "/")
    tab.get_by_label("The report’s text").fill(TWO)
    tab.evaluate("document.querySelector('[data-read] [name=form_token]').value = 'an old one'")
    tab.get_by_role("button", name="Read it").click()
    tab.get_by_role("heading", name="Send it again").wait_for()


def at(address: str, heading: str) -> Way:
    def way(tab: Tab, room: Room) -> None:
        go(tab, address.format(**room.names))
        tab.get_by_role("heading", name=heading, level=1).wait_for()

    return way


STATES: dict[str, Way] = {
    "draft": draft,
    "draft list": draft_list,
    "progress": progress,
    "checked draft": checked_draft,
    "checked draft, on its way": draft_being_read,
    "review, nothing waiting": at("/review?article={toll}&below=1", "Review"),
    "review, no such speaker": at("/review?by=Zeppelin", "Review"),
    "overtaken": overtaken,
    "stale form": stale,
    "no such draft": at("/drafts/none", "There is nothing at this address"),
    "a form’s address": at("/read", "That can’t be done here"),
    "misused": at("/people?words=" + "x" * 300, "The room did not understand that"),
    "too long": at("/people?words=" + "x" * 8_200, "That address is too long"),
}


@pytest.fixture(scope="module")
def room_of_states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with opened(tmp_path_factory.mktemp("states") / "room.db") as room:
        yield room


@pytest.fixture(scope="module")
def tab(visitors: Visitors, room_of_states: Room) -> Iterator[Tab]:
    visits = Visits(visitors, room_of_states.origin)
    yield visits(name="Nora Kettle")
    assert visits.close() == []


@pytest.mark.parametrize("name", STATES)
def test_nothing_bars_anybody(tab: Tab, room_of_states: Room, name: str) -> None:
    STATES[name](tab, room_of_states)
    assert tab.locator("h1").count() == 1
    assert faults(tab, ALL) == []


# ---- where each has a token


@pytest.fixture(scope="module")
def closed_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with opened(tmp_path_factory.mktemp("closed") / "room.db", tokens=TOKENS) as room:
        yield room


@pytest.fixture
def visit_closed(visitors: Visitors, closed_room: Room) -> Iterator[Visits]:
    visits = Visits(visitors, closed_room.origin)
    yield visits
    assert visits.close() == []


def test_nothing_bars_anybody_at_the_door(visit_closed: Visits) -> None:
    page = visit_closed("/search?words=the")
    assert page.get_by_label("Your token").is_visible()
    assert faults(page, ALL) == []
    page.get_by_label("Your token").fill("the-wrong-token")
    page.get_by_role("button", name="Come in").click()
    page.get_by_text("This is nobody’s token").wait_for()
    assert faults(page, ALL) == []


def test_another_s_link_asks_before_it_changes_who_one_is(visit_closed: Visits) -> None:
    page = visit_closed(f"/enter?token={TOKENS['Ida Marsh']}")
    assert page.get_by_text("You are Ida Marsh.").is_visible()
    go(page, f"/enter?token={TOKENS['Ben Okoro']}&next=/about")
    assert TOKENS["Ben Okoro"] not in page.url
    assert faults(page, ALL) == []
    page.get_by_role("button", name="Come in as Ben Okoro").click()
    page.wait_for_url("**/about")
    assert page.get_by_text("You are Ben Okoro.").is_visible()
