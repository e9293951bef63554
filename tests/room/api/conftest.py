"""Calls of the API, each answer held against the description."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient

from sayso.room.app import application
from sayso.room.settings import Settings
from tests.room.conftest import HOST, FakeWorker

WHO = {"X-Sayso-Person": "Nora Kettle"}


@cache
def described() -> Any:
    """The description, as schemathesis has it."""
    settings = Settings(record=Path("no record.db"))
    client = TestClient(application(settings, FakeWorker), base_url=f"http://{HOST}")
    return schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())


class Caller:
    """Calls as programs make them; `call("GET", "/people/{entry}", 200, entry=3)` gives the JSON.

    Names in the path are taken from what is given; the rest are parameters.
    """

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def __call__(self, method: str, path: str, status: int, json: Any = None, **given: Any) -> Any:
        answer = self.answer(method, path, status, json, **given)
        return answer.json() if answer.content else None

    def answer(
        self,
        method: str,
        path: str,
        status: int,
        json: Any = None,
        headers: Mapping[str, str] = WHO,
        **given: Any,
    ) -> Any:
        place = {name: given.pop(name) for name in list(given) if f"{{{name}}}" in path}
        answer = self.client.request(
            method, f"/api/v1{path.format(**place)}", json=json, params=given, headers=headers
        )
        assert answer.status_code == status, answer.text
        described()[path][method].validate_response(answer)
        assert ("error" in answer.json()) is (status >= 400) if answer.content else status == 204
        return answer


@pytest.fixture
def call(client: TestClient) -> Caller:
    """Calls of a room on this machine, by somebody who gives a name."""
    return Caller(client)


@pytest.fixture
def bridge(call: Caller) -> str:
    """The key of the article about the bridge."""
    (found,) = call("GET", "/articles", 200, words="surveyor")["articles"]
    return str(found["article"])
