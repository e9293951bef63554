"""A real Chromium, and what it is shown: the page with readings, and a room that is open."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import NotText
from sayso.types import Failure, Reading
from tests.browser.readings import harbour, library
from tests.browser.rooms import Room, opened
from tests.browser.visits import Visitors, Visits

PROMISED = "SAYSO_BROWSER"
"""Set where there must be a browser, as in CI: then a test that is skipped has failed."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.skipped and os.environ.get(PROMISED):
        report.outcome = "failed"
        report.longrepr = f"{PROMISED} is set, and no test may be skipped: {call.excinfo}"
    return report


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Closed with the last test of this folder: its event loop would be in the others' way."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no chromium on the PATH")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def visitors(browser: Any) -> Visitors:
    return Visitors(browser)


@pytest.fixture(scope="package")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A room that nobody changes."""
    with opened(tmp_path_factory.mktemp("room") / "room.db") as room:
        yield room


@pytest.fixture
def own_room(tmp_path: Path) -> Iterator[Room]:
    """A room that a test may change."""
    with opened(tmp_path / "room.db") as room:
        yield room


@pytest.fixture
def visit(visitors: Visitors, room: Room) -> Iterator[Visits]:
    """Opens pages of `room`."""
    yield from watched(visitors, room)


@pytest.fixture
def visit_own(visitors: Visitors, own_room: Room) -> Iterator[Visits]:
    """Opens pages of `own_room`."""
    yield from watched(visitors, own_room)


def watched(visitors: Visitors, room: Room) -> Iterator[Visits]:
    visits = Visits(visitors, room.origin)
    yield visits
    assert visits.close() == []


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def script(request: pytest.FixtureRequest) -> bool:
    """Whether a page may run scripts: the main jobs are done either way."""
    return bool(request.param)


@pytest.fixture
def results() -> list[Reading | Failure]:
    broken = Failure(
        NotText("notes.bin: these bytes are no text; give a text file"), "notes.bin", 3
    )
    return [harbour(), broken, library()]
