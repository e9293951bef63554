"""Corrections: the list of them, how they are taken back, and as files."""

import csv
import io
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso import Record
from tests.record.build import Said, reading
from tests.room.conftest import BRIDGE, Open, post
from tests.room.pages.asked import words


@pytest.fixture
def key(record_path: Path) -> str:
    """The key of the article about the bridge, which somebody has corrected three times."""
    with Record(record_path) as record:
        key = record.article("https://lantern.example/bridge").key
        record.right(f"{key}/s1", who="Nora Kettle")
        record.attribute(f"{key}/s2", ["Ruth Amberley"], who="Ben Ames")
        record.wrong(f"{key}/s3", who="Ben Ames")
        return key


def test_with_none_it_says_where_to_begin(client: TestClient) -> None:
    page = client.get("/corrections")
    assert page.status_code == 200
    assert "Nothing has been corrected yet" in page.text
    assert 'href="/review"' in page.text


def test_all_are_listed_the_last_first(named: TestClient, key: str) -> None:
    page = named.get("/corrections").text
    places = [
        page.index(part)
        for part in (
            "nobody said it",
            "it is by <strong><bdi>Ruth Amberley",
            "You say that it is right",
        )
    ]
    assert places == sorted(places)
    assert "<bdi>Ben Ames</bdi> says that" in page
    assert f'href="/articles/{key}"' in page
    assert page.count(">Take back<") == 3


def test_those_of_one_article(named: TestClient, key: str, record_path: Path) -> None:
    with Record(record_path) as record:
        other = record.article("https://echo.example/ferry").key
        record.right(f"{other}/s1", who="Nora Kettle")
    page = named.get(f"/corrections?article={key}").text
    assert page.count('class="correction"') == 3
    assert page.count("Surveyor calls bridge safe") == 1
    assert named.get("/corrections?article=abcdef").status_code == 404


def test_one_is_taken_back(named: TestClient, key: str, record_path: Path) -> None:
    answer = post(named, "/corrections/2/undo", page="/corrections", back="/corrections")
    assert answer.headers["location"] == "/corrections?done=2"
    page = named.get("/corrections?done=2").text
    assert 'class="correction undone fresh"' in page
    assert page.count(">Take back<") == 2
    with Record(record_path, read_only=True) as record:
        assert record.reviewed(f"{key}/s2").checked is None


def test_one_that_somebody_took_back_meanwhile_stays_so(
    named: TestClient, key: str, record_path: Path
) -> None:
    for _ in range(2):
        answer = post(named, "/corrections/2/undo", page="/corrections", back="/corrections")
        assert answer.status_code == 303
    with Record(record_path, read_only=True) as record:
        assert [c.undone is None for c in record.corrections()] == [True, False, True]


@pytest.mark.parametrize("number", ["0", "99", str(1 << 80)])
def test_one_that_is_not_there_can_not_be_taken_back(
    named: TestClient, key: str, number: str
) -> None:
    answer = post(named, f"/corrections/{number}/undo", page="/corrections")
    assert answer.status_code == 404


def test_nobody_is_led_out_of_the_room(named: TestClient, key: str) -> None:
    answer = post(named, "/corrections/1/undo", page="/corrections", back="https://evil.example/")
    assert answer.headers["location"] == "/?done=1"


def test_who_has_no_name_takes_nothing_back(
    client: TestClient, key: str, record_path: Path
) -> None:
    answer = post(client, "/corrections/1/undo", page="/corrections", back="/corrections")
    assert answer.headers["location"].startswith("/name?next=")
    with Record(record_path, read_only=True) as record:
        assert all(c.undone is None for c in record.corrections())


def test_orphans_are_shown_as_such(named: TestClient, key: str, record_path: Path) -> None:
    with Record(record_path) as record:
        again = reading(
            BRIDGE.article.text,
            [Said(content="“The bridge is safe,”", by="Ida Marsh", cue="said")],
            model="hand-2",
            title="Surveyor calls bridge safe",
            date="2026-03-12",
            publisher="The Lantern",
            url="https://lantern.example/bridge",
        )
        assert record.add(again).outcome == "updated"
    assert named.get("/corrections").text.count("orphan: not found in the present reading") == 1


def test_a_long_list_has_pages(named: TestClient, key: str, record_path: Path) -> None:
    with Record(record_path) as record:
        for _ in range(40):
            record.right(f"{key}/s1", who="Nora Kettle")
    first = named.get("/corrections").text
    assert first.count('class="correction"') == 30
    onward = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = named.get(onward).text
    assert second.count('class="correction"') == 13
    assert 'rel="first"' in second


def test_they_can_be_had_as_files(named: TestClient, key: str, record_path: Path) -> None:
    with Record(record_path) as record:
        record.attribute(f"{key}/s2", ["=1+1"], who="Nora")
    lines = [json.loads(line) for line in named.get("/corrections.jsonl").text.splitlines()]
    assert [each["correction"] for each in lines] == [4, 3, 2, 1]
    rows = list(csv.DictReader(io.StringIO(named.get("/corrections.csv").text)))
    assert [row["kind"] for row in rows] == ["speaker", "wrong", "speaker", "right"]
    assert rows[0]["article"] == key
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


def test_and_as_training_data(named: TestClient, key: str, record_path: Path) -> None:
    answer = named.get("/corrections/lessons.jsonl")
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    with Record(record_path, read_only=True) as record:
        assert [json.loads(line) for line in answer.text.splitlines()] == list(record.lessons())


def test_a_token_is_asked_for(room: Open, key: str) -> None:
    client = room(tokens={"Nora": "n" * 20})
    for address in (
        "/corrections",
        "/corrections.csv",
        "/corrections/lessons.jsonl",
        "/review.csv",
    ):
        assert client.get(address).status_code == 401


def test_who_was_the_speaker_stands_beside_who_is(named: TestClient, key: str) -> None:
    page = words(named.get("/corrections").text)
    assert "it is by Ruth Amberley and not by Ben Okoro" in page


def test_that_nobody_was_named_is_told(named: TestClient, record_path: Path) -> None:
    with Record(record_path) as record:
        ferry = record.article("https://echo.example/ferry").key
        record.attribute(f"{ferry}/s3", ["Ben Okoro"], who="Nora Kettle")
        record.attribute(f"{ferry}/s2", [], who="Nora Kettle")
    page = words(named.get("/corrections").text)
    assert "it is by Ben Okoro where nobody was named" in page
    assert "nobody is named as saying it and not Ida Marsh" in page
