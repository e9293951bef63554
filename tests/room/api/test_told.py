"""The examples of docs/api.md are answered as it says."""

import json
import re
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from sayso.room.api.asks import MOST
from tests.room.api.conftest import described

DOCUMENT = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```http\n(.*?)```\n\n```json\n(.*?)```", DOCUMENT, re.DOTALL)


def asked(client: TestClient, example: str) -> Any:
    head, _, body = example.partition("\n\n")
    line, *headers = head.strip().split("\n")
    method, address = line.split()
    sent = dict(header.split(": ") for header in headers)
    return client.request(method, address, content=body.encode(), headers=sent).json()


def timeless(answer: Any) -> Any:
    return answer | {"made": "then"} if "made" in answer else answer


def test_the_examples(client: TestClient) -> None:
    assert len(EXAMPLES) == DOCUMENT.count("```http")
    for request, answer in EXAMPLES:
        assert timeless(asked(client, request)) == timeless(json.loads(answer)), request


def test_every_call_is_told() -> None:
    for path in described().raw_schema["paths"]:
        first = path.split("/")[1]
        assert f"/{first}" in DOCUMENT, path


def test_the_limits_that_are_told() -> None:
    assert f"at most {MOST} in a call" in DOCUMENT
