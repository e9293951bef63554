"""Audit: what is counted leads to its statements; filters, files, and answers that take a while."""

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso import Record
from tests.record.build import Said, reading
from tests.room.conftest import Open
from tests.room.pages.asked import add_hostile, addresses, assert_harmless, entry, settled, words


def test_who_is_heard_and_who_is_not(client: TestClient) -> None:
    page = words(settled(client, "/audit").text)
    assert "Articles 2 Statements, all of them said 6" in page
    assert "Speakers known by name 2 With nobody named 1 17 %" in page
    assert "The Bridge Trust no response The Bridge Trust did not respond" in page
    assert "By outlet" in page


def test_each_number_leads_to_as_many_statements(client: TestClient, record_path: Path) -> None:
    page = settled(client, "/audit").text
    ida = entry(record_path, "Ida Marsh")
    assert f'/search?said=1&by={ida}">3</a>'.replace("&", "&amp;") in page
    for address, number in re.findall('href="(/search[^"]+)">([0-9]+)</a>', page):
        found = words(client.get(address.replace("&amp;", "&")).text)
        assert f"{number} statement" in found, address


def test_bars_are_links_to_the_same(client: TestClient) -> None:
    page = settled(client, "/audit").text
    assert re.search(
        '<a href="/search[^"]+" tabindex="-1" aria-hidden="true"><svg class="stack"', page
    )
    assert "style=" not in page


def test_filters_are_kept_in_what_numbers_lead_to(client: TestClient) -> None:
    asked = "/audit?outlet=The+Echo&since=2026-03-01&until=2026-03-31"
    page = settled(client, asked).text
    assert "printed by The Echo from 2026-03-01 to 2026-03-31" in words(page)
    assert '<option value="The Echo" selected>' in page
    every = [a for a in addresses(page, "/search") if "?" in a]
    assert every
    assert all("outlet=The+Echo" in a and "since=2026-03-01" in a for a in every)


def test_months_are_columns_with_their_days(client: TestClient, record_path: Path) -> None:
    with Record(record_path) as record:
        text = "“It floats,” said Ida Marsh."
        record.add(reading(text, [Said(content="“It floats,”", by="Ida Marsh")], date="2026-01-05"))
    page = settled(client, "/audit").text
    assert "/search?since=2026-03-01&until=2026-03-31&said=1" in addresses(page, "/search")
    assert "January 2026" in page


def test_people_are_grouped_by_a_column_of_the_users(client: TestClient, record_path: Path) -> None:
    with Record(record_path) as record:
        record.import_people("name,party\nIda Marsh,Union\n")
    page = words(settled(client, "/audit?by=party").text)
    assert "Union 3" in page
    assert "By party" in page


@pytest.mark.parametrize(
    "asked", ["outlet=The+Void", "since=spring", "by=nothing", "article=ffffffffffffffff"]
)
def test_what_is_not_there_is_told_beside_the_form(client: TestClient, asked: str) -> None:
    answer = settled(client, f"/audit?{asked}")
    assert answer.status_code == 422
    assert 'class="notice error"' in answer.text
    assert 'name="since"' in answer.text


def test_no_article_fits(client: TestClient) -> None:
    assert "No article fits that" in settled(client, "/audit?until=1999-01-01").text


def test_one_article_leads_to_itself(client: TestClient, record_path: Path) -> None:
    with Record(record_path) as record:
        key = record.articles()[0][0].article
    page = settled(client, f"/audit?article={key}").text
    assert f"/articles/{key}" in addresses(page, "/articles")
    assert addresses(page, "/search?") == []


def test_an_answer_that_takes_a_while_is_announced(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.room.kept.Kept.ask", lambda *_: None)
    answer = client.get("/audit?outlet=The+Echo")
    assert answer.status_code == 202
    assert "being counted" in answer.text
    assert "/audit?outlet=The+Echo" in addresses(answer.text, "/audit")


def test_the_audit_as_files(client: TestClient) -> None:
    rows = client.get("/audit.csv?outlet=The+Echo").text.splitlines()
    assert rows[0].startswith("\ufefftable,name,kind")
    assert rows[1].startswith("all,,,1,3,")
    for ending in ("json", "jsonl"):
        told = json.loads(client.get(f"/audit.{ending}?outlet=The+Echo").text)
        assert told["totals"]["statements"] == 3
    assert client.get("/audit.pdf").status_code == 404


def test_an_empty_record(room: Open, tmp_path: Path) -> None:
    page = settled(room(record=tmp_path / "empty.db"), "/audit").text
    assert "No article fits that" in page


def test_the_latest_with_nobody_named_are_those_printed_last(
    client: TestClient, record_path: Path
) -> None:
    with Record(record_path) as record:
        for day, content in (("2026-05-01", "it rains"), ("2026-04-01", "it snows")):
            record.add(reading(f"It was said that {content}.", [
                Said(content=content, cue="It was said", type="indirect")], date=day))  # fmt: skip
    page = words(settled(client, "/audit").text)
    found = page[page.index("are by nobody who is named") :]
    assert found.index("it rains") < found.index("it snows") < found.index("the boat leaks")


def test_who_gave_no_answer_beyond_the_first_is_folded_away(
    client: TestClient, record_path: Path
) -> None:
    with Record(record_path) as record:
        names = [f"Mill {n}" for n in range(14)]
        record.add(reading("; ".join(f"{name} said nothing" for name in names), refusals=[
            (f"{name} said nothing", "declined", (name,)) for name in names]))  # fmt: skip
    page = settled(client, "/audit").text
    assert "<summary>5 others</summary>" in page
    assert all(f"Mill {n} said nothing" in words(page) for n in range(14))


def test_a_file_is_named_after_what_was_asked(client: TestClient) -> None:
    answer = client.get("/audit.csv?outlet=The+Echo&since=2026-03-01")
    assert 'filename="audit-the-echo-2026-03-01.csv"' in answer.headers["content-disposition"]


def test_hostile_words_stay_text(client: TestClient, record_path: Path) -> None:
    add_hostile(record_path)
    page = settled(client, "/audit").text
    assert "&lt;script&gt;alert(1)" in page
    assert_harmless(page)
    by_column = settled(client, "/audit?by=%3Cb%3Eside%3C/b%3E").text
    assert "&lt;b&gt;side" in by_column
    assert_harmless(by_column)
    wrong = settled(client, "/audit?outlet=%3Cscript%3Ealert&since=%22%3E%3Cimg")
    assert wrong.status_code == 422
    assert_harmless(wrong.text)
