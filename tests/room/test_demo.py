"""The room of `sayso demo` says what it is."""

import pytest

from tests.room.conftest import Open

PAGES = ("/", "/search", "/articles", "/people", "/check", "/audit", "/name", "/about", "/nothing")
TOLD = "A demo: its reports are invented"


@pytest.mark.parametrize("page", PAGES)
def test_each_page_of_a_demo_says_so(room: Open, page: str) -> None:
    assert room(demo=True).get(page).text.count(TOLD) == 1


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_a_record_does(room: Open, page: str) -> None:
    assert TOLD not in room().get(page).text
