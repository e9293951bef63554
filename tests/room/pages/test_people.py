"""People: the list, likely duplicates, merging and taking back, each with what will happen."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso import Record
from tests.record.build import Said, reading
from tests.room.conftest import Open, post
from tests.room.pages.asked import (
    add_hostile,
    addresses,
    assert_harmless,
    entry,
    settled,
    words,
)


@pytest.fixture
def twice(record_path: Path) -> tuple[int, int]:
    """The numbers of Ida Marsh and of Ida K. Marsh, who is likely the same."""
    with Record(record_path) as record:
        record.add(reading("“Mind the gap,” said Ida K. Marsh.", [
            Said(content="“Mind the gap,”", by="Ida K. Marsh", source="Ida K. Marsh", cue="said"),
        ], title="Gap", date="2026-04-01", publisher="The Lantern"))  # fmt: skip
    return entry(record_path, "Ida Marsh"), entry(record_path, "Ida K. Marsh")


def test_those_who_speak_most_come_first(client: TestClient) -> None:
    page = words(client.get("/people").text)
    assert page.index("Ida Marsh") < page.index("Ben Okoro")
    assert "Ida Marsh 3 2 The Lantern 2, The Echo 1" in page


def test_a_name_is_looked_for_in_parts(client: TestClient) -> None:
    page = client.get("/people?words=okor").text
    assert "Ben Okoro" in page
    assert "Ida Marsh" not in page
    assert "Nobody of whom the record knows is called so" in client.get("/people?words=zz").text


def test_an_empty_record_says_what_to_do(room: Open, tmp_path: Path) -> None:
    page = room(record=tmp_path / "empty.db").get("/people").text
    assert "There is nobody in the record yet" in page


def test_the_list_goes_on_by_pages(room: Open, tmp_path: Path) -> None:
    path = tmp_path / "many.db"
    with Record(path) as record:
        record.import_people("name\n" + "".join(f"Vera Quill{chr(97 + n)}\n" for n in range(25)))
    client = room(record=path)
    page = client.get("/people").text
    (following,) = addresses(page, "/people?page=")
    assert page.count('class="speaker"') == 20
    assert client.get(following).text.count('class="speaker"') == 5


def test_the_list_as_files(client: TestClient) -> None:
    rows = client.get("/people.csv?words=marsh").text.splitlines()
    assert rows[0].startswith("\ufeffentry,name,kind,")
    assert "Ida Marsh,person" in rows[1]
    (line,) = client.get("/people.jsonl?words=marsh").text.splitlines()
    assert json.loads(line)["statements"] == 3
    assert client.get("/people.xml").status_code == 404


def test_likely_duplicates_have_their_evidence(client: TestClient, twice: tuple[int, int]) -> None:
    page = settled(client, "/people/duplicates").text
    assert "both in The Lantern" in words(page)
    assert f"/people/merge?kept={twice[0]}&other={twice[1]}" in addresses(page, "/people/merge")
    assert "Ida K. Marsh" in client.get("/people/duplicates.csv").text


def test_a_merge_tells_what_will_happen_and_is_taken_back(
    named: TestClient, record_path: Path, twice: tuple[int, int]
) -> None:
    asked = f"/people/merge?kept={twice[0]}&other={twice[1]}"
    told = words(named.get(asked).text)
    assert (
        "What Ida K. Marsh says (1 statement) belongs to Ida Marsh (with it 4 statements)" in told
    )
    with Record(record_path) as record:
        assert record.decisions() == []

    sent = post(named, "/people/merge", page=asked, kept=twice[0], other=twice[1])
    assert sent.status_code == 303
    page = named.get(sent.headers["location"]).text
    assert "They are one entry now." in page
    assert "4 statements in 3 articles" in words(page)
    moved = named.get(f"/people/{twice[1]}")
    assert (moved.status_code, moved.headers["location"]) == (307, f"/people/{twice[0]}")

    page = named.get("/people/decisions/1").text
    assert "They are two entries again" in page
    sent = post(named, "/people/decisions/1/undo", page="/people/decisions/1")
    page = words(named.get(sent.headers["location"]).text)
    assert "Decision 1 is taken back" in page
    assert "Nora Kettle" in page
    assert named.get(f"/people/{twice[1]}").status_code == 200


def test_what_is_pressed_twice_is_done_once(
    named: TestClient, record_path: Path, twice: tuple[int, int]
) -> None:
    pair = {"kept": twice[0], "other": twice[1]}
    first, again = (post(named, "/people/merge", page="/name", **pair) for _ in range(2))
    assert first.headers["location"] == again.headers["location"]
    undo = "/people/decisions/1/undo"
    first, again = (post(named, undo, page="/name") for _ in range(2))
    assert first.headers["location"] == again.headers["location"]
    page = words(named.get(again.headers["location"]).text)
    assert "Decision 1 is taken back: all is as if it had never been." in page
    with Record(record_path) as record:
        assert len(record.decisions()) == 1


def test_an_entry_is_not_merged_with_itself(named: TestClient, twice: tuple[int, int]) -> None:
    post(named, "/people/merge", page="/name", kept=twice[0], other=twice[1])
    sent = post(named, "/people/merge", page="/name", kept=twice[0], other=twice[0])
    assert sent.status_code == 400
    assert "are one already" in words(sent.text)


def test_nobody_decides_without_a_name(client: TestClient, twice: tuple[int, int]) -> None:
    asked = f"/people/merge?kept={twice[0]}&other={twice[1]}"
    page = client.get(asked).text
    assert "Give your name, then merge" in page
    assert "<button" not in page.partition("<main")[2]
    sent = post(client, "/people/merge", page="/name", kept=twice[0], other=twice[1])
    assert sent.headers["location"].startswith("/name?next=%2Fpeople%2Fmerge")
    assert client.get("/people/decisions.jsonl").text == ""


def test_a_person_and_a_body_are_merged_by_a_tick(named: TestClient, record_path: Path) -> None:
    with Record(record_path) as record:
        record.import_people("name,kind\nQuay Trust,organisation\n")
    ida, office = entry(record_path, "Ida Marsh"), entry(record_path, "Quay Trust")
    asked = f"/people/merge?kept={ida}&other={office}"
    assert "They are one all the same" in named.get(asked).text
    refused = post(named, "/people/merge", page=asked, kept=ida, other=office)
    assert refused.status_code == 400
    done = post(named, "/people/merge", page=asked, kept=ida, other=office, force="1")
    assert done.status_code == 303


def test_names_that_fit_nobody_are_asked_for_again(client: TestClient) -> None:
    answer = client.get("/people/merge?kept=Ida+Marsh&other=Zora+Nil")
    assert answer.status_code == 422
    assert "no entry for 'Zora Nil'" in words(answer.text)
    assert 'value="Ida Marsh"' in answer.text


def test_hostile_names_stay_text(client: TestClient, record_path: Path) -> None:
    add_hostile(record_path)
    page = client.get("/people").text
    assert "&lt;script&gt;alert(1)" in page
    assert_harmless(page)
    for asked in (
        "?words=%3Cscript%3Ealert(1)",
        "/merge?kept=%3Cscript%3Ealert&other=%22%3E%3Cimg",
    ):
        page = client.get(f"/people{asked}").text
        assert "&lt;script&gt;alert" in page
        assert_harmless(page)
    assert_harmless(client.get("/people/merge?kept=1&other=2").text)


def test_no_address_tells_of_a_decision_that_was_not_taken_back(named: TestClient) -> None:
    assert named.get("/people/decisions?decision=7").status_code == 404
    assert named.get(f"/people/decisions/{'9' * 40}").status_code == 404


def test_the_list_is_that_of_the_record_as_it_is(client: TestClient, record_path: Path) -> None:
    before = client.get("/people").text
    assert client.get("/people").text == before
    with Record(record_path) as record:
        record.merge("Ida Marsh", "Ben Okoro", who="Nora")
    assert "/people/2" not in client.get("/people").text


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5_000, "0"])
def test_a_number_of_nobody(client: TestClient, number: str) -> None:
    for address in (f"/people/{number}", f"/people/{number}.csv", f"/people/{number}/split"):
        assert client.get(address).status_code == 404


def test_a_name_that_nobody_has_leads_to_the_one_near_it(
    client: TestClient, record_path: Path
) -> None:
    page = client.get("/people?words=Ida+Marhs").text
    ida = entry(record_path, "Ida Marsh")
    assert f'Did you mean <a href="/people/{ida}"><bdi>Ida Marsh</bdi></a>?' in page
    assert "Did you mean" not in client.get("/people?words=Zora+Nil").text
