import asyncio
import json
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from fastapi.testclient import TestClient

from sayso.errors import WorkerError
from sayso.room.app import application
from sayso.room.reading import Input
from sayso.room.settings import Settings
from tests.room.api.conftest import Caller
from tests.room.conftest import HOST, FakeWorker

PUMP = {"text": "“The pump leaks,” said Ida Marsh.", "id": 17, "desk": "local"}


def kept(call: Caller) -> list[str]:
    """The jobs that the room remembers."""
    app: Any = call.client.app
    return list(app.state.drafts._jobs)


def test_articles_are_read_in_order(call: Caller) -> None:
    given = [PUMP, {"text": " "}, {"text": "Nobody spoke.", "date": "2026-03-10T09:30:00Z"}]
    first, second, third = call("POST", "/read", 200, {"articles": given})["results"]
    assert first["id"] == 17
    assert first["article"]["extra"] == {"desk": "local"}
    assert first["statements"][0]["content"] == [[0, 17]]
    assert (second["error"]["code"], second["line"], second["input"]) == ("empty", 2, None)
    assert third["article"]["date"] == "2026-03-10"


def test_a_date_that_is_none_costs_its_article_only(call: Caller) -> None:
    given = [{"text": "So it is.", "date": "soon", "id": "a"}, PUMP]
    first, second = call("POST", "/read", 200, {"articles": given})["results"]
    assert (first["id"], first["error"]["code"]) == ("a", "bad_record")
    assert second["id"] == 17


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"articles": []},
        {"articles": [PUMP] * 201},
        {"articles": [{"title": "No text"}]},
        {"articles": [{"text": 7}]},
        {"articles": [PUMP], "wait": 61},
        {"articles": [PUMP], "keep": True},
    ],
)
def test_what_can_t_be_read(call: Caller, body: Any) -> None:
    assert call("POST", "/read", 422, body)["error"]["code"] == "usage"


def test_a_body_that_is_no_json(client: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    for body in (b"{", b"[" * 100_000, b"\xff", b'{"articles": 1' + b"0" * 5_000 + b"}"):
        answer = client.post("/api/v1/read", content=body, headers=headers)
        assert answer.status_code in (400, 422)
        assert answer.json()["error"]["code"] == "usage"


def events(text: str) -> list[tuple[str, Any]]:
    lines = [block.split("\n") for block in text.split("\n\n") if block.startswith("event: ")]
    return [(name.removeprefix("event: "), json.loads(data[6:])) for name, data in lines]


def test_what_takes_long_is_a_job(call: Caller) -> None:
    answer = call.answer("POST", "/read", 202, {"articles": [PUMP, PUMP], "wait": 0})
    job = answer.json()["job"]
    assert answer.headers["location"] == f"/api/v1/jobs/{job}"
    stream = call.client.get(f"/api/v1/jobs/{job}/events")
    assert stream.headers["content-type"].startswith("text/event-stream")
    *_, (name, progress) = events(stream.text)
    assert (name, progress["done"], progress["total"]) == ("read", 2, 2)
    told = call("GET", "/jobs/{job}", 200, job=job)
    assert told["progress"] == progress
    assert [result["id"] for result in told["results"]] == [17, 17]
    call("DELETE", "/jobs/{job}", 204, job=job)
    for method, path in (("GET", "/jobs/{job}"), ("DELETE", "/jobs/{job}"),
                         ("GET", "/jobs/{job}/events")):  # fmt: skip
        assert call(method, path, 404, job=job)["error"]["code"] == "no_draft"


def test_what_was_answered_is_not_kept(call: Caller) -> None:
    call("POST", "/read", 200, {"articles": [PUMP]})
    assert kept(call) == []


class SlowWorker(FakeWorker):
    """Has counted what there is to read, and reads nothing of it."""

    def _read(self, id: str, inputs: tuple[Input, ...]) -> None:
        self._listener.counted(id, 3)


class DyingWorker(FakeWorker):
    """Dies at once."""

    def _read(self, id: str, inputs: tuple[Input, ...]) -> None:
        self._listener.died(WorkerError("it has died"))


class LoopMinded(SlowWorker):
    """Knows whether it is asked to stop where all requests are attended to."""

    on_loop: ClassVar[list[bool]] = []

    def stop(self, id: str) -> None:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            self.on_loop.append(False)
        else:
            self.on_loop.append(True)


def test_a_draft_that_takes_too_long_is_given_up_aside(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.room.api.reading._CHECKING", 0.1)
    with in_room(settings, LoopMinded) as client:
        Caller(client)("POST", "/check", 503, {"draft": {"text": "“It leaks,” she said."}})
    assert LoopMinded.on_loop == [False]


def in_room(settings: Settings, worker: Any) -> TestClient:
    return TestClient(application(settings, worker), base_url=f"http://{HOST}")


def test_a_job_that_is_not_done(settings: Settings) -> None:
    with in_room(settings, SlowWorker) as client:
        call = Caller(client)
        job = call("POST", "/read", 202, {"articles": [PUMP], "wait": 0.2})["job"]
        told = call("GET", "/jobs/{job}", 200, job=job)
        assert told["results"] is None
        assert (told["progress"]["state"], told["progress"]["total"]) == ("reading", 3)


def test_no_more_than_the_room_takes_on(settings: Settings) -> None:
    with in_room(replace(settings, limits=replace(settings.limits, queue=1)), SlowWorker) as client:
        call = Caller(client)
        call("POST", "/read", 202, {"articles": [PUMP], "wait": 0})
        answer = call.answer("POST", "/read", 503, {"articles": [PUMP]})
        assert answer.json()["error"]["code"] == "room_busy"
        assert int(answer.headers["retry-after"]) > 0


def test_a_reader_that_dies(settings: Settings) -> None:
    with in_room(settings, DyingWorker) as client:
        call = Caller(client)
        assert call("POST", "/read", 500, {"articles": [PUMP]})["error"]["code"] == "worker"


def test_a_draft_is_checked(call: Caller) -> None:
    text = "“The bridge is safe,” said Ida Marsh. “We never closed that bridge at all.”"
    first, second = call("POST", "/check", 200, {"draft": {"text": text}})["quotations"]
    assert (first["wording"], first["speaker"], first["span"]) == ("verbatim", "same", [1, 20])
    assert second["wording"] != "verbatim"
    assert kept(call) == []


def test_a_draft_that_can_t_be_read(call: Caller) -> None:
    assert call("POST", "/check", 422, {"draft": {"text": ""}})["error"]["code"] == "empty"
    call("POST", "/check", 422, {"draft": {"text": "x" * 100_001}})
