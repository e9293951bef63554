"""A room over a small record, without a model: `client` asks it as a browser does."""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sayso import Record
from sayso.room.app import application
from sayso.room.reading import Input, Listener
from sayso.room.settings import Limits, Settings
from sayso.room.worker import articles
from tests.cli.fake import FakeReader
from tests.record.build import Said, reading

HOST = "127.0.0.1:8765"

BRIDGE = reading(
    "“The bridge is safe,” said Ida Marsh, the county surveyor, on Tuesday.\n\n"
    "Ben Okoro, who keeps the toll house, told The Lantern that he would not cross it. "
    "The Bridge Trust did not respond.\n\n"
    "“I would take my own children across it,” she added.",
    [
        Said(content="“The bridge is safe,”", by="Ida Marsh", source="Ida Marsh", cue="said",
             date="2026-03-10", confidence=0.98),
        Said(content="that he would not cross it", by="Ben Okoro", source="Ben Okoro",
             cue="told", type="indirect", confidence=0.55),
        Said(content="“I would take my own children across it,”", by="Ida Marsh", source="she",
             cue="added", confidence=0.91),
    ],
    refusals=[("The Bridge Trust did not respond", "no response", ("The Bridge Trust",))],
    title="Surveyor calls bridge safe",
    date="2026-03-12",
    publisher="The Lantern",
    url="https://lantern.example/bridge",
)  # fmt: skip
FERRY = reading(
    "The ferry will run until June, the harbour office announced.\n\n"
    "“Nobody asked us,” Ida Marsh said. It was said that the boat leaks.",
    [
        Said(content="The ferry will run until June", by=[("the harbour office", "organisation")],
             source="the harbour office", cue="announced", type="indirect"),
        Said(content="“Nobody asked us,”", by="Ida Marsh", source="Ida Marsh", cue="said"),
        Said(content="the boat leaks", cue="It was said", type="indirect", confidence=0.4),
    ],
    title="Ferry to run until June",
    date="2026-03-15",
    publisher="The Echo",
    url="https://echo.example/ferry",
)  # fmt: skip


class FakeWorker:
    """Reads in a thread, by a reader without a model."""

    def __init__(self, settings: Settings) -> None:
        self._limits = settings.limits
        self._reader = FakeReader()
        self.stopped: list[str] = []

    def start(self, listener: Listener) -> None:
        self._listener = listener

    def read(self, id: str, inputs: Sequence[Input]) -> None:
        threading.Thread(target=self._read, args=(id, tuple(inputs)), daemon=True).start()

    def _read(self, id: str, inputs: tuple[Input, ...]) -> None:
        found = list(articles(inputs, self._limits))
        self._listener.counted(id, len(found))
        for result in self._reader.read_many(found):
            self._listener.came(id, result)
        self._listener.ended(id)

    def stop(self, id: str) -> None:
        self.stopped.append(id)

    def close(self) -> None:
        pass


@pytest.fixture
def record_path(tmp_path: Path) -> Path:
    """A record with two articles."""
    path = tmp_path / "room.db"
    with Record(path) as record:
        for each in (BRIDGE, FERRY):
            record.add(each)
    return path


@pytest.fixture
def settings(record_path: Path) -> Settings:
    """A room on this machine, for whoever gives a name. No test comes near its rates."""
    limits = Limits(requests=100_000, readings=100_000, entries=100_000)
    return Settings(record=record_path, limits=limits)


Open = Callable[..., TestClient]


@pytest.fixture
def room(settings: Settings) -> Iterator[Open]:
    """Opens a room with other settings, and gives a browser in it."""
    opened: list[TestClient] = []

    def open_(**changes: Any) -> TestClient:
        client = TestClient(
            application(replace(settings, **changes), FakeWorker),
            base_url=f"http://{HOST}",
            follow_redirects=False,
        )
        opened.append(client.__enter__())
        return client

    yield open_
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def client(room: Open) -> TestClient:
    """A browser in the room of `settings`, whose cookies are kept."""
    return room()


@pytest.fixture
def named(client: TestClient) -> TestClient:
    """A browser of someone who has given a name."""
    sent = post(client, "/name", page="/name", name="Nora Kettle")
    assert sent.status_code == 303
    return client


def form_token(page: str) -> str:
    """The token of the first form of a page."""
    found = re.search('name="form_token" value="([^"]+)"', page)
    assert found is not None, "no form of the page has a token"
    return found[1]


def post(client: TestClient, address: str, *, page: str, **fields: Any) -> Any:
    """Send a form that stands on `page`, as a browser does."""
    token = form_token(client.get(page).text)
    origin = {"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}
    return client.post(address, data={"form_token": token, **fields}, headers=origin)
