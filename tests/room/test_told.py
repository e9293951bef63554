"""What goes wrong, told to people in a browser: no command to type, no path of the machine."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.errors import RecordFull, SaysoError
from sayso.room import failures

COMMAND = re.compile(r"sayso [a-z]+|--[a-z]")
ADDRESSES = [
    "/articles/nothing-of-the-kind", "/articles/abcdef123", "/people/99", "/search?by=Zora+Nil",
    "/people/merge?kept=Zora+Nil&other=Ida+Marsh", "/corrections?article=zzz", "/review?by=Zora",
    "/audit?by=party", "/people/decisions/9", "/drafts/x", "/api/v1/articles/zzz",
    "/api/v1/statements/abcdef/s9", "/api/v1/timeline?by=Zora+Nil",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_names_a_command(named: TestClient, address: str) -> None:
    answer = named.get(address)
    assert answer.status_code >= 400
    assert not COMMAND.search(answer.text)


@pytest.mark.parametrize("error", list(failures._OWN_WORDS))
def test_no_error_of_the_file_tells_its_path(error: type[SaysoError]) -> None:
    told = failures.told(error("/srv/desk/record.db is damaged", ": see sayso fsck"))
    assert "/srv" not in told
    assert "tell whoever runs this room" in told


def test_a_file_that_is_gone(client: TestClient, record_path: Path) -> None:
    record_path.unlink()
    answer = client.get("/articles")
    assert answer.status_code == 500
    assert str(record_path) not in answer.text
    assert "tell whoever runs this room." in answer.text


def test_at_the_prompt_all_is_told() -> None:
    error = RecordFull("no room", ": free some")
    assert (error.told, error.message, str(error)) == (
        "no room",
        "no room: free some",
        error.message,
    )
