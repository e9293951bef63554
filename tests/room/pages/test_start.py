"""Start: bringing a report, watching it being read, keeping it or not."""

import re
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.room.conftest import HOST, form_token, post
from tests.room.pages.asked import words

ORIGIN = {"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}


def read(client: TestClient, **fields: Any) -> str:
    """Bring a report; its draft's address, once it is read."""
    sent = post(client, "/read", page="/", **fields)
    assert sent.status_code == 303
    address = str(sent.headers["location"])
    for _ in range(200):
        if client.get(f"{address}/progress").json()["state"] == "read":
            return address
        time.sleep(0.01)
    raise AssertionError("it is never read")


def keys(client: TestClient) -> list[str]:
    return [line.split(",")[0] for line in client.get("/articles.csv").text.splitlines()[1:]]


def test_the_newest_articles_are_listed_and_linked(client: TestClient) -> None:
    page = client.get("/").text
    assert page.index("Ferry to run until June") < page.index("Surveyor calls bridge safe")
    for key in keys(client):
        assert f'href="/articles/{key}"' in page


def test_a_newcomer_is_led_to_the_main_jobs(client: TestClient) -> None:
    page = client.get("/").text
    for address in ("/search", "/people", "/check", "/audit", "/review"):
        assert f'<a href="{address}">' in page


def test_a_pasted_report_is_read_and_shown_before_it_is_kept(client: TestClient) -> None:
    before = keys(client)
    text = "“We open at nine,” said Ida Marsh."
    address = read(client, text=text, title="Opening", date="2026-04-01", publisher="The Lantern")
    page = client.get(address).text
    assert "Read, and not kept" in page
    assert "“We open at nine,”" in page
    assert "1 April 2026" in page
    assert keys(client) == before


def test_kept_is_in_the_record_and_the_draft_is_gone(client: TestClient) -> None:
    address = read(client, text="“We open at nine,” said Ida Marsh.", publisher="The Lantern")
    kept = post(client, f"{address}/keep", page=address, article="1")
    assert kept.status_code == 303
    assert kept.headers["location"].removeprefix("/articles/") in keys(client)
    assert client.get(address).status_code == 404


def test_discarded_is_nowhere(client: TestClient) -> None:
    before = keys(client)
    address = read(client, text="“We open at nine,” said Ida Marsh.")
    assert post(client, f"{address}/discard", page=address).headers["location"] == "/"
    assert client.get(address).status_code == 404
    assert keys(client) == before


def test_of_several_files_those_chosen_are_kept(client: TestClient) -> None:
    lines = (
        '{"text": "“One.”", "title": "First"}\n{"text": "“Two.”", "title": "Second"}\n{nonsense\n'
    )
    token = form_token(client.get("/").text)
    sent = client.post(
        "/read",
        data={"form_token": token},
        files={"files": ("two.jsonl", lines.encode(), "application/x-ndjson")},
        headers={"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"},
    )
    address = sent.headers["location"]
    while client.get(f"{address}/progress").json()["state"] != "read":
        time.sleep(0.01)
    page = client.get(address).text
    assert "2 articles read" in page
    assert "<bdi>two.jsonl</bdi>, line 3" in page
    assert "First" in client.get(f"{address}?article=1").text
    before = keys(client)
    assert post(client, f"{address}/keep", page=address, article="2").status_code == 303
    (new,) = set(keys(client)) - set(before)
    assert "Second" in client.get(f"/articles/{new}").text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": "  "}, "There is nothing to read yet"),
        ({"text": "“Yes,” she said.", "date": "1 April"}, "Write the day as YYYY-MM-DD"),
    ],
)
def test_what_is_amiss_is_told_at_its_field_and_nothing_is_lost(
    client: TestClient, fields: dict[str, str], told: str
) -> None:
    sent = post(client, "/read", page="/", title="Kept as typed", **fields)
    assert sent.status_code == 422
    assert told in sent.text
    assert 'value="Kept as typed"' in sent.text
    assert 'aria-invalid="true"' in sent.text


def test_a_draft_of_mark_up_stays_text(client: TestClient) -> None:
    address = read(client, text="“<script>alert(1)</script>” <b>bold</b>", title="<img src=x>")
    page = client.get(address).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<b>bold" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("wrong", ["?article=7", "?article=0", "?part=9"])
def test_an_article_or_part_that_is_not_there(client: TestClient, wrong: str) -> None:
    address = read(client, text="“We open at nine,” said Ida Marsh.")
    assert client.get(address + wrong).status_code == 404


def test_a_day_that_is_known_stays_and_that_is_told(client: TestClient) -> None:
    def keep(text: str, **fields: str) -> str:
        address = read(client, text=text, publisher="The Lantern", **fields)
        kept = post(client, f"{address}/keep", page=address, article="1")
        return client.get(kept.headers["location"]).text

    told = "was here already, printed 20 November 2026: its day was not changed"
    assert told not in words(keep("“We open at nine.”", date="2026-11-20"))
    page = keep("“We open at nine.”", date="2026-10-02", title="Opening")
    assert told in words(page)
    assert "Opening" in page


def test_the_day_of_one_among_several_stays_and_that_is_told(client: TestClient) -> None:
    page = client.get("/articles?dated=2").text
    assert "2 reports were here already, with another day of printing" in page
    assert "another day of printing" not in client.get("/articles").text


def test_the_button_pressed_twice_leads_to_the_same_article(client: TestClient) -> None:
    address = read(client, text="“We open at nine,” said Ida Marsh.", publisher="The Lantern")
    token = form_token(client.get(address).text)
    sent = [
        client.post(f"{address}/keep", data={"form_token": token, "article": "1"}, headers=ORIGIN)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in sent] == [303, 303]
    assert sent[0].headers["location"] == sent[1].headers["location"]


def test_each_link_of_the_footer_leads_somewhere(client: TestClient) -> None:
    footer = client.get("/").text.partition("<footer")[2]
    links = re.findall('href="([^"]+)"', footer)
    assert len(links) == 3
    assert [client.get(link).status_code for link in links] == [200] * 3


def test_what_is_known_of_a_draft_can_be_given_before_it_is_kept(client: TestClient) -> None:
    address = read(client, text="“We open at nine,” said Ida Marsh.", title="Opening")
    assert 'value="Opening"' in client.get(address).text
    told = {"title": "Baths to open", "publisher": "The Lantern", "date": "2026-04-01"}
    kept = post(client, f"{address}/keep", page=address, article="1", **told)
    line = client.get("/articles.csv?outlet=The+Lantern&since=2026-04-01").text.splitlines()[1]
    key = kept.headers["location"].removeprefix("/articles/")
    assert line.split(",")[:4] == [key, "2026-04-01", "The Lantern", "Baths to open"]


def test_what_is_emptied_is_not_known(client: TestClient) -> None:
    address = read(client, text="“We open at nine,” said Ida Marsh.", publisher="The Lantern")
    kept = post(client, f"{address}/keep", page=address, article="1", title="", publisher=" ")
    assert "outlet and day not known" in client.get(kept.headers["location"]).text


def test_a_day_that_is_none_keeps_nothing_and_loses_nothing(client: TestClient) -> None:
    before = keys(client)
    address = read(client, text="“We open at nine,” said Ida Marsh.")
    told = {"title": "Kept as typed", "date": "1 April"}
    sent = post(client, f"{address}/keep", page=address, article="1", **told)
    assert sent.status_code == 422
    assert "Write the day as YYYY-MM-DD." in sent.text
    assert 'value="Kept as typed"' in sent.text
    assert keys(client) == before
