"""Title, outlet and day of an article, put right on its page."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

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


def send(client: TestClient, key: str, shown: dict[str, str | None], **changes: str) -> Any:
    """Send the form as it was given out, with some of its fields changed."""
    hidden = {f"shown_{name}": value for name, value in shown.items()}
    return post(client, f"/amend/{key}", page=f"/amend/{key}", **hidden, **shown | changes)


@pytest.fixture
def key(record_path: Path) -> str:
    with Record(record_path) as record:
        return record.article("https://lantern.example/bridge").key


def test_the_form_stands_on_the_articles_page(named: TestClient, key: str) -> None:
    page = named.get(f"/articles/{key}").text
    form = page.partition(f'action="/amend/{key}"')[2].partition("</form>")[0]
    for name, value in TOLD.items():
        assert re.search(f'name="{name}" type="[a-z]+" value="{value}"', form)
        assert f'name="shown_{name}" value="{value}"' in form


def test_what_is_changed_is_in_the_record_and_told(
    named: TestClient, key: str, record_path: Path
) -> None:
    sent = send(named, key, TOLD, publisher="The Echo", date="2026-03-19")
    assert sent.headers["location"] == f"/articles/{key}?amended=1"
    page = words(named.get(sent.headers["location"]).text)
    assert "outlet: “The Echo”, was “The Lantern”; day: 19 March 2026, was 12 March 2026" in page
    assert "Last corrected by Nora Kettle" in page
    with Record(record_path) as record:
        assert record.article(key).outlet == "The Echo"
        assert set(record.amendments(key)[0].after) == {"publisher", "date"}


def test_nothing_changed_is_no_amendment(named: TestClient, key: str, record_path: Path) -> None:
    sent = send(named, key, TOLD)
    assert sent.headers["location"] == f"/articles/{key}"
    with Record(record_path) as record:
        assert record.amendments(key) == []


def test_what_somebody_else_has_put_right_meanwhile_stays(
    named: TestClient, key: str, record_path: Path
) -> None:
    with Record(record_path) as record:
        record.amend(key, publisher="The Echo", who="Bob")
    sent = send(named, key, TOLD, title="Bridge is safe")
    assert sent.status_code == 303
    with Record(record_path) as record:
        own = record.article(key)
        assert (own.title, own.outlet) == ("Bridge is safe", "The Echo")
        assert set(record.amendments(key)[0].after) == {"title"}


def test_of_two_who_change_the_same_the_later_is_asked(
    named: TestClient, key: str, record_path: Path
) -> None:
    with Record(record_path) as record:
        record.amend(key, publisher="The Echo", date="2026-03-19", who="Bob")
    sent = send(named, key, TOLD, title="Bridge is safe", publisher="The Post")
    assert sent.status_code == 409
    assert "Somebody has corrected this meanwhile" in words(sent.text)
    assert "The outlet is “The Echo” now." in words(sent.text)
    assert 'value="Bridge is safe"' in sent.text
    assert 'value="The Post"' in sent.text
    with Record(record_path) as record:
        assert len(record.amendments(key)) == 1
    now = TOLD | {"publisher": "The Echo", "date": "2026-03-19"}
    for name, value in now.items():
        assert f'name="shown_{name}" value="{value}"' in sent.text
    sent = send(named, key, now, title="Bridge is safe", publisher="The Post")
    assert sent.status_code == 303
    with Record(record_path) as record:
        own = record.article(key)
        assert (own.title, own.outlet, own.published) == (
            "Bridge is safe",
            "The Post",
            "2026-03-19",
        )


def test_two_who_change_it_alike_agree(named: TestClient, key: str, record_path: Path) -> None:
    with Record(record_path) as record:
        record.amend(key, publisher="The Echo", who="Bob")
    sent = send(named, key, TOLD, publisher="The Echo")
    assert sent.headers["location"] == f"/articles/{key}"


def test_what_can_not_be_taken_is_told_and_nothing_is_lost(
    named: TestClient, key: str, record_path: Path
) -> None:
    sent = send(named, key, TOLD, title="Typed in", date="19 March")
    assert sent.status_code == 422
    assert "Write the day as YYYY-MM-DD." in sent.text
    assert 'value="Typed in"' in sent.text
    assert f'name="shown_title" value="{TOLD["title"]}"' in sent.text
    with Record(record_path) as record:
        other = record.add(replace(BRIDGE, article=replace(BRIDGE.article, publisher="Echo"))).key
    sent = send(named, key, TOLD, publisher="Echo")
    assert sent.status_code == 422
    assert other[:8] in sent.text
    with Record(record_path) as record:
        assert record.amendments(key) == []


def test_whoever_has_no_name_gives_one_first(client: TestClient, key: str) -> None:
    assert f"/name?next=%2Famend%2F{key}" in client.get(f"/articles/{key}").text
    sent = post(client, f"/amend/{key}", page="/name", **TOLD)
    assert sent.headers["location"] == f"/name?next=%2Famend%2F{key}"


def test_what_was_changed_before_is_listed(named: TestClient, key: str) -> None:
    send(named, key, TOLD, title="One")
    send(named, key, TOLD | {"title": "One"}, title="Two")
    page = words(named.get(f"/amend/{key}").text)
    assert page.index("title: “Two”, was “One”") < page.index("title: “One”, was “Surveyor")


def test_hostile_words_stay_words(named: TestClient, record_path: Path) -> None:
    add_hostile(record_path)
    with Record(record_path) as record:
        key = record.articles(since="2026-03-11", until="2026-03-11")[0][0].article
        record.amend(key, date="2026-03-10", who="<script>alert(1)</script>")
    for address in (f"/articles/{key}?amended=1", f"/amend/{key}"):
        assert_harmless(named.get(address).text)
