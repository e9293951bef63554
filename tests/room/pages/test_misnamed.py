"""A mis-named speaker: all of their statements in an article corrected at once."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso import Record
from tests.room.conftest import post
from tests.room.pages.asked import add_hostile, addresses, assert_harmless, words


@pytest.fixture
def key(record_path: Path) -> str:
    """The key of the article about the bridge, in which Ida Marsh speaks twice."""
    with Record(record_path, read_only=True) as record:
        return record.article("https://lantern.example/bridge").key


def seen(client: TestClient, asked: str) -> str:
    """The version of what the page shows."""
    found = re.search('name="version" value="([^"]+)"', client.get(asked).text)
    assert found is not None
    return found[1]


def by(path: Path, key: str) -> list[list[str | None]]:
    with Record(path, read_only=True) as record:
        return [[s.name for s in each.speakers] for each in record.reading(key).statements]


def test_all_of_theirs_are_corrected_and_taken_back(
    named: TestClient, record_path: Path, key: str
) -> None:
    before = by(record_path, key)
    page = named.get(f"/review/{key}/s1").text
    (asked,) = addresses(page, "/misnamed/")
    assert "Correct all 2 of theirs in this article" in words(page)
    told = words(named.get(asked).text)
    assert "Is none of this by Ida Marsh?" in told
    assert "2 statements of this article are theirs, as it was read." in told
    version = seen(named, asked)
    sent = post(named, asked, page=asked, names="Vera Quill", kind="", version=version)
    assert sent.headers["location"] == f"/review/{key}/s1?done=1&was=s1"
    assert sum(names == ["Vera Quill"] for names in by(record_path, key)) == 2
    page = words(named.get(sent.headers["location"]).text)
    told = "You say that it is by Vera Quill , and so is 1 other of the same speaker here."
    assert told in page
    assert page.count("Take all 2 back") == 2  # in the notice and in the statement's history
    page = words(named.get("/corrections").text)
    assert page.count("one of 2 made at once") == page.count("Take all 2 back") == 2
    taken = post(named, "/corrections/1/undo", page="/corrections", back=f"/review/{key}/s1")
    page = words(named.get(taken.headers["location"]).text)
    assert "Taken back, with 1 other made at once: you say that it is by Vera Quill" in page
    assert by(record_path, key) == before


def test_one_of_the_article_is_chosen(named: TestClient, record_path: Path, key: str) -> None:
    asked = f"/misnamed/{key}/s1"
    assert 'value="Ben Okoro"' in named.get(asked).text
    assert 'value="Ida Marsh"' not in named.get(asked).text
    post(named, asked, page=asked, pick="Ben Okoro", version=seen(named, asked))
    assert ["Ida Marsh"] not in by(record_path, key)


def test_what_can_t_be_taken_is_asked_again(named: TestClient, record_path: Path, key: str) -> None:
    asked = f"/misnamed/{key}/s1"
    for names, message in (("", "Write a name"), ("Ida Marsh", "They are by Ida Marsh already")):
        version = seen(named, asked)
        answer = post(named, asked, page=asked, names=names, kind="", version=version)
        assert answer.status_code == 400
        assert message in words(answer.text)
        assert 'aria-describedby="names-hint names-error" aria-invalid="true"' in answer.text
    with Record(record_path, read_only=True) as record:
        assert record.corrections() == []


def test_what_somebody_else_has_corrected_meanwhile_is_looked_at_again(
    named: TestClient, record_path: Path, key: str
) -> None:
    asked = f"/misnamed/{key}/s1"
    version = seen(named, asked)
    with Record(record_path) as record:
        record.attribute(f"{key}/s1", ["Ben Okoro"], who="Bob")
    before = by(record_path, key)
    sent = post(named, asked, page=asked, names="Vera Quill", kind="group", version=version)
    assert sent.status_code == 409
    page = words(sent.text)
    assert "Somebody has corrected some of this meanwhile." in page
    assert "Is none of this by Ben Okoro?" in page
    assert re.search(r"<textarea[^>]*>\s*Vera Quill</textarea>", sent.text)
    assert '<option value="group" selected>' in sent.text
    assert by(record_path, key) == before
    sent = post(named, asked, page=asked, pick="Vera Quill", version=seen(named, asked))
    assert sent.status_code == 303


def test_who_was_no_person_is_called_otherwise_and_stays_none(
    named: TestClient, record_path: Path
) -> None:
    with Record(record_path) as record:
        key = record.article("https://echo.example/ferry").key
    asked = f"/misnamed/{key}/s1"
    version = seen(named, asked)
    post(named, asked, page=asked, names="the pilots’ office", kind="", version=version)
    with Record(record_path) as record:
        (speaker,) = record.reading(key).statements[0].speakers
    assert (speaker.name, speaker.kind) == ("the pilots’ office", "organisation")


def test_one_statement_is_corrected_by_itself(named: TestClient, key: str) -> None:
    assert addresses(named.get(f"/review/{key}/s2").text, "/misnamed/") == []
    assert named.get("/misnamed/ffffff/s1").status_code == 404
    assert named.get(f"/misnamed/{key}/s99").status_code == 404


def test_who_corrects_is_asked_before(client: TestClient, key: str) -> None:
    answer = client.get(f"/misnamed/{key}/s1")
    assert answer.headers["location"].startswith("/name?next=%2Fmisnamed")
    sent = post(client, f"/misnamed/{key}/s1", page="/name", names="Vera Quill")
    assert sent.headers["location"].startswith("/name?next=%2Fmisnamed")


def test_hostile_words_stay_text(named: TestClient, record_path: Path) -> None:
    add_hostile(record_path)
    with Record(record_path, read_only=True) as record:
        (key,) = (e.article for e in record.articles()[0] if e.title and "<script>" in e.title)
    page = named.get(f"/misnamed/{key}/s1")
    assert page.status_code == 200
    assert_harmless(page.text)
