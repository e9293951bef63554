"""The description is true: calls made from it, right and wrong ones, are answered as it says."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from schemathesis.config import SchemathesisConfig
from starlette.types import Receive, Scope, Send

from sayso import Record
from sayso.room.app import application
from sayso.room.settings import Limits, Settings
from tests.room.conftest import BRIDGE, FERRY, FakeWorker

ADDRESS = "http://testserver"
DESCRIPTION = "/api/v1/openapi.json"
CONFIG = {
    "seed": 8,
    "generation": {"deterministic": True, "max-examples": 10, "database": "none"},
    "checks": {
        # A call may be as it is described and yet not be meant so: “(” is no search.
        "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404", "409"]},
        "negative_data_rejection": {
            "expected-statuses": ["400", "404", "413", "414", "415", "422"]
        },
        "not_a_server_error": {"expected-statuses": ["2xx", "4xx"]},
    },
    "operations": [
        {  # nor can every draft be read: one may be empty, or in another language
            "include-name": "POST /check",
            "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "422"]}},
        }
    ],
}
LIMITS = Limits(requests=1_000_000, readings=1_000_000)


def room(path: Path, **changes: Any) -> FastAPI:
    settings = replace(Settings(record=path, url=ADDRESS, limits=LIMITS), **changes)
    return application(settings, FakeWorker)


def description(**changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = TestClient(room(Path("none"), **changes)).get(DESCRIPTION).json()
    return told


schema = schemathesis.openapi.from_dict(description(), config=SchemathesisConfig.from_dict(CONFIG))


class Opened:
    """A room that is open for as long as `client` has it so, whatever a second client thinks."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.client.app(scope, receive, send)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    path = tmp_path_factory.mktemp("described") / "room.db"
    with Record(path) as record:
        for each in (BRIDGE, FERRY):
            record.add(each)
    with TestClient(room(path)) as client:
        yield Opened(client)


@schema.parametrize()
def test_calls_are_answered_as_described(case: schemathesis.Case[Any], app: Opened) -> None:
    answer = case.call(app=app, headers={"X-Sayso-Person": "Nora Kettle"})
    case.validate_response(answer)  # raises for what the description has not
    assert answer.status_code < 500
