"""Title, outlet and day of an article, put right on its page."""

from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso import Record
from tests.room.conftest import BRIDGE, post
from tests.room.pages.asked import add_hostile, assert_harmless, words

TOLD = {
    "title": BRIDGE.article.title,
    "publisher": BRIDGE.article.publisher,
    "date": BRIDGE.article.date,
}


@pytest.fixture
def key(record_path: Path) -> str:
    with Record(record_path) as record:
        return record.article("https://lantern.example/bridge").key


def test_the_form_stands_on_the_articles_page(named: TestClient, key: str) -> None:
    page = named.get(f"/articles/{key}").text
    form = page.partition(f'action="/amend/{key}"')[2].partition("</form>")[0]
    for value in TOLD.values():
        assert f'value="{value}"' in form


def test_what_is_changed_is_in_the_record_and_told(
    named: TestClient, key: str, record_path: Path
) -> None:
    told = TOLD | {"publisher": "The Echo", "date": "2026-03-19"}
    sent = post(named, f"/amend/{key}", page=f"/articles/{key}", **told)
    assert sent.headers["location"] == f"/articles/{key}?amended=1"
    page = words(named.get(sent.headers["location"]).text)
    assert "outlet: “The Echo”, was “The Lantern”; day: 19 March 2026, was 12 March 2026" in page
    assert "Last corrected by Nora Kettle" in page
    with Record(record_path) as record:
        assert record.article(key).outlet == "The Echo"
        assert set(record.amendments(key)[0].after) == {"publisher", "date"}


def test_nothing_changed_is_no_amendment(named: TestClient, key: str, record_path: Path) -> None:
    sent = post(named, f"/amend/{key}", page=f"/articles/{key}", **TOLD)
    assert sent.headers["location"] == f"/articles/{key}"
    with Record(record_path) as record:
        assert record.amendments(key) == []


def test_what_can_not_be_taken_is_told_and_nothing_is_lost(
    named: TestClient, key: str, record_path: Path
) -> None:
    told = TOLD | {"title": "Typed in", "date": "19 March"}
    sent = post(named, f"/amend/{key}", page=f"/articles/{key}", **told)
    assert sent.status_code == 422
    assert "Write the day as YYYY-MM-DD." in sent.text
    assert 'value="Typed in"' in sent.text
    with Record(record_path) as record:
        other = record.add(replace(BRIDGE, article=replace(BRIDGE.article, publisher="Echo"))).key
    sent = post(named, f"/amend/{key}", page=f"/amend/{key}", **TOLD | {"publisher": "Echo"})
    assert sent.status_code == 422
    assert other[:8] in sent.text
    with Record(record_path) as record:
        assert record.amendments(key) == []


def test_whoever_has_no_name_gives_one_first(client: TestClient, key: str) -> None:
    assert f"/name?next=%2Famend%2F{key}" in client.get(f"/articles/{key}").text
    sent = post(client, f"/amend/{key}", page="/name", **TOLD)
    assert sent.headers["location"] == f"/name?next=%2Famend%2F{key}"


def test_what_was_changed_before_is_listed(named: TestClient, key: str) -> None:
    for title in ("One", "Two"):
        post(named, f"/amend/{key}", page=f"/amend/{key}", **TOLD | {"title": title})
    page = words(named.get(f"/amend/{key}").text)
    assert page.index("title: “Two”, was “One”") < page.index("title: “One”, was “Surveyor")


def test_hostile_words_stay_words(named: TestClient, record_path: Path) -> None:
    add_hostile(record_path)
    with Record(record_path) as record:
        key = record.articles(since="2026-03-11", until="2026-03-11")[0][0].article
        record.amend(key, date="2026-03-10", who="<script>alert(1)</script>")
    for address in (f"/articles/{key}?amended=1", f"/amend/{key}"):
        assert_harmless(named.get(address).text)
