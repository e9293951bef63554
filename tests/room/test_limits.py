"""Sizes, rates, and how many at once."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sayso.room.limits import Bounds, Buckets
from sayso.room.serving import _CONNECTIONS, _PATIENCE
from sayso.room.settings import LONG_ENOUGH, Limits, Settings
from tests.room.conftest import HOST, Open

BIG = 1 << 20


def test_the_limits_are_told() -> None:
    limits = Limits()
    told = Path(__file__).parents[2].joinpath("docs/room.md").read_text(encoding="utf-8")
    for words in (
        f"{limits.body >> 20} MB; {limits.reading_body >> 20} MB where",
        f"addresses of {limits.target:,} characters",
        f"never {limits.stall:.0f} s without",
        f"{limits.requests:,} requests, {limits.readings} readings",
        f"{limits.at_once} requests and {limits.at_once} streams of events, {_CONNECTIONS} conn",
        f"{limits.queue} drafts in the queue",
        f"{limits.articles} articles or {limits.addresses} addresses",
        f"{limits.kept} drafts with {limits.kept_characters // 1_000_000} million characters",
        f"{limits.entries} tries a minute",
        f"within {_PATIENCE:.0f} s",
        f"It has {LONG_ENOUGH} characters or more",
    ):
        assert words in told


# ---- rates


def test_a_client_has_so_many_requests_a_minute() -> None:
    now = [0.0]
    buckets = Buckets(60, lambda: now[0])
    assert [buckets.take("a") for _ in range(11)] == [0] * 10 + [1]
    assert buckets.take("b") == 0
    now[0] = 2.0
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 1]
    now[0] = 1e6
    assert [buckets.take("a") for _ in range(11)] == [0] * 10 + [1]


def test_waiting_as_long_as_told_is_enough() -> None:
    now = [0.0]
    buckets = Buckets(10, lambda: now[0])
    for _ in range(5):
        assert buckets.take("a") == 0
    now[0] = float(buckets.take("a"))
    assert buckets.take("a") == 0


def test_clients_without_end_take_bounded_room() -> None:
    buckets = Buckets(60)
    for number in range(10_000):
        buckets.take(str(number))
    assert len(buckets._clients) < 5_000


def test_too_many_requests_are_told_so(room: Open) -> None:
    client = room(limits=Limits(requests=6))
    answers = [client.get("/name") for _ in range(6)]
    assert [a.status_code for a in answers] == [200] * 5 + [429]
    assert int(answers[-1].headers["retry-after"]) in range(1, 11)
    assert "try again in" in answers[-1].text
    assert client.get("/static/room.css").status_code == 200


def test_the_api_says_it_in_its_own_way(room: Open) -> None:
    client = room(limits=Limits(requests=6))
    answers = [client.get("/api/v1/nope") for _ in range(6)]
    assert answers[-1].json()["error"]["code"] == "too_many"


@pytest.mark.parametrize("path", ["/read", "/check", "/api/v1/read", "/api/v1/check", "/check/"])
def test_reading_has_a_rate_of_its_own(room: Open, path: str) -> None:
    client = room(limits=Limits(readings=6))
    statuses = [client.post(path).status_code for _ in range(6)]
    assert 429 not in statuses[:5]
    assert statuses[5] == 429
    assert client.get("/name").status_code == 200


def test_tokens_cannot_be_tried_without_end(room: Open) -> None:
    client = room(tokens={"Ida": "i" * 20}, limits=Limits(entries=6))
    by_page = [client.get("/enter?token=x").status_code for _ in range(3)]
    by_header = [
        client.get("/name", headers={"Authorization": f"Bearer {n}"}).status_code for n in range(3)
    ]
    assert by_page + by_header == [401] * 5 + [429]
    right = {"Authorization": "Bearer " + "i" * 20}
    assert client.get("/name", headers=right).status_code == 200


# ---- sizes


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [("/name", BIG, 403), ("/name", BIG + 1, 413), ("/read", BIG + 1, None),
     ("/read", 12 * BIG + 1, 413), ("/api/v1/search", BIG + 1, 413)],
)  # fmt: skip
def test_bodies_are_bounded(client: TestClient, path: str, size: int, status: int | None) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post(path, content=b"a" * size, headers=form)
    assert answer.status_code == status if status else answer.status_code != 413


def test_a_body_of_untold_length_is_bounded(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(40):
            yield b"a" * 65_536

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post("/name", content=pieces(), headers=form)
    assert answer.status_code == 413
    assert "at most 1 MB" in answer.text


@pytest.mark.parametrize("length", ["-1", "1e3", "x", "", "１"])
def test_a_length_is_a_number(client: TestClient, length: str) -> None:
    answer = client.post("/name", headers=[(b"Content-Length", length.encode())])
    assert answer.status_code == 400


@pytest.mark.parametrize("where", ["/name?next=/{}", "/{}", "/api/v1/articles?words={}"])
def test_addresses_are_bounded(client: TestClient, where: str) -> None:
    assert client.get(where.format("a" * 9_000)).status_code == 414


# ---- at once


def scope(path: str = "/name", method: str = "POST") -> dict[str, Any]:
    from fastapi import FastAPI

    app = FastAPI()
    app.state.key = b"k"
    return {
        "type": "http", "method": method, "path": path, "query_string": b"", "app": app,
        "headers": [(b"host", HOST.encode())], "state": {},
    }  # fmt: skip


class Room:
    """Bounds about an application that takes the whole body, and what they answered."""

    def __init__(self, settings: Settings, limits: Limits) -> None:
        self.settings = Settings(record=settings.record, limits=limits)
        self.bounds = Bounds(self._app, self.settings)
        self.goes_on = asyncio.Event()
        self.statuses: list[int] = []

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        await self.goes_on.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def ask(self, *, path: str = "/name", more: bool = False) -> None:
        messages = [{"type": "http.request", "body": b"", "more_body": more}]

        async def receive() -> Any:
            return messages.pop() if messages else await asyncio.Event().wait()

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.statuses.append(message["status"])

        asked = scope(path)
        asked["app"].state.settings = self.settings
        await self.bounds(asked, receive, send)


def test_so_many_are_answered_at_once(settings: Settings) -> None:
    async def run() -> list[int]:
        room = Room(settings, Limits(at_once=2))
        pages = [asyncio.create_task(room.ask()) for _ in range(3)]
        streams = [asyncio.create_task(room.ask(path="/x/events")) for _ in range(3)]
        await asyncio.sleep(0)
        while len(room.statuses) < 2:
            await asyncio.sleep(0)
        refused = list(room.statuses)
        room.goes_on.set()
        await asyncio.gather(*pages, *streams)
        await room.ask()
        return refused + room.statuses[2:]

    assert asyncio.run(run()) == [503, 503, 200, 200, 200, 200, 200]


def test_a_request_that_does_not_go_on_is_ended(settings: Settings) -> None:
    async def run() -> list[int]:
        room = Room(settings, Limits(stall=0.01))
        room.goes_on.set()
        await room.ask(more=True)
        return room.statuses

    assert asyncio.run(run()) == [408]


def test_a_cookie_is_no_way_to_try_tokens_without_end(room: Open) -> None:
    client = room(tokens={"Ida": "i" * 20}, limits=Limits(entries=6))
    answers = [
        client.get("/name", headers=[(b"Cookie", f"sayso-key-8765={n:064d}".encode())])
        for n in range(6)
    ]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert 'sayso-key-8765=""' in answers[0].headers["set-cookie"]


def test_a_new_name_is_no_new_client(room: Open) -> None:
    client = room(limits=Limits(requests=30))
    statuses = [
        client.get("/name", headers=[(b"Cookie", f"sayso-name-8765=N{n}".encode())]).status_code
        for n in range(6)
    ]
    assert statuses == [200] * 5 + [429]
