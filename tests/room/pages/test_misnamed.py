"""A mis-named speaker: all of their statements in an article corrected at once."""

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
    sent = post(named, asked, page=asked, names="Vera Quill", kind="")
    assert sent.headers["location"] == f"/review/{key}/s1?done=1&was=s1"
    assert sum(names == ["Vera Quill"] for names in by(record_path, key)) == 2
    page = words(named.get(sent.headers["location"]).text)
    assert "You say that it is by Vera Quill , and so is all else of the same speaker here." in page
    assert "one of several made at once" in words(named.get("/corrections").text)
    post(named, "/corrections/1/undo", page="/corrections")
    assert by(record_path, key) == before


def test_one_of_the_article_is_chosen(named: TestClient, record_path: Path, key: str) -> None:
    asked = f"/misnamed/{key}/s1"
    assert 'value="Ben Okoro"' in named.get(asked).text
    assert 'value="Ida Marsh"' not in named.get(asked).text
    post(named, asked, page=asked, pick="Ben Okoro")
    assert ["Ida Marsh"] not in by(record_path, key)


def test_what_can_t_be_taken_is_asked_again(named: TestClient, record_path: Path, key: str) -> None:
    asked = f"/misnamed/{key}/s1"
    for names, message in (("", "Write a name"), ("Ida Marsh", "They are by Ida Marsh already")):
        answer = post(named, asked, page=asked, names=names, kind="")
        assert answer.status_code == 400
        assert message in words(answer.text)
    with Record(record_path, read_only=True) as record:
        assert record.corrections() == []


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
