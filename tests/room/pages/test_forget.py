"""Forgetting an article: what is told before, and that it is gone after."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sayso import NotInRecord, Record
from sayso.errors import RecordBusy
from sayso.record.upkeep import forget as forgetting
from tests.record.build import Said, reading
from tests.room.conftest import FERRY, post
from tests.room.pages.asked import words


@pytest.fixture
def key(record_path: Path) -> str:
    with Record(record_path) as record:
        return record.article("https://echo.example/ferry").key


def is_there(path: Path, key: str) -> bool:
    with Record(path) as record:
        try:
            record.article(key)
        except NotInRecord:
            return False
        return True


def test_what_will_happen_is_told_before(named: TestClient, key: str, record_path: Path) -> None:
    with Record(record_path) as record:
        record.right(f"{key}/s1", who="Nora Kettle")
        text = FERRY.article.text.replace("June", "July")
        later = reading(text, [Said(content="“Nobody asked us,”", by="Ida Marsh")],
                        url=FERRY.article.url, publisher="The Echo", date="2026-05-02")  # fmt: skip
        record.add(later)
    page = words(named.get(f"/forget/{key}").text)
    assert "for good, with 3 statements and 1 correction" in page
    assert "Another text of the same address stays: The Echo · 2 May 2026." in page
    assert f'href="/forget/{key}"' in named.get(f"/articles/{key}").text


def test_it_is_gone(named: TestClient, key: str, record_path: Path) -> None:
    sent = post(named, f"/forget/{key}", page=f"/forget/{key}", gone="1")
    assert "The article is forgotten." in words(named.get(sent.headers["location"]).text)
    assert not is_there(record_path, key)
    assert named.get(f"/articles/{key}").status_code == 404
    assert b"Nobody asked us" not in record_path.read_bytes()


def test_an_article_of_the_same_text_stays_and_that_is_told(
    named: TestClient, key: str, record_path: Path
) -> None:
    with Record(record_path) as record:
        record.add(reading(FERRY.article.text, [], publisher="The Mirror"))
        record.backup(record_path.with_name("copy.db"))
    sent = post(named, f"/forget/{key}", page=f"/forget/{key}", gone="1")
    page = words(named.get(sent.headers["location"]).text)
    assert "1 other article has the same text, and stays." in page
    assert "1 backup beside the record still holds it." in page


def test_nothing_goes_without_the_tick_or_a_name(
    named: TestClient, client: TestClient, key: str, record_path: Path
) -> None:
    sent = post(named, f"/forget/{key}", page=f"/forget/{key}")
    assert sent.status_code == 422
    assert "Say that it may be gone for good." in sent.text
    post(named, "/leave", page="/name")
    assert "Give your name, then forget it" in client.get(f"/forget/{key}").text
    sent = post(client, f"/forget/{key}", page="/name", gone="1")
    assert sent.headers["location"].startswith("/name")
    assert is_there(record_path, key)


def test_while_others_have_the_file_that_is_told(
    named: TestClient, key: str, record_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: Any) -> None:
        raise RecordBusy("another process is reading")

    monkeypatch.setattr(forgetting, "empty", busy)
    sent = post(named, f"/forget/{key}", page=f"/forget/{key}", gone="1")
    assert "Its words leave the log" in words(named.get(sent.headers["location"]).text)
    assert not is_there(record_path, key)


def test_an_article_that_is_not_there(named: TestClient) -> None:
    assert named.get("/forget/abcdef").status_code == 404
    assert post(named, "/forget/abcdef", page="/name", gone="1").status_code == 404
