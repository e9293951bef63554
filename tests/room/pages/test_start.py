"""Start: bringing a report, watching it being read, keeping it or not."""

import re
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sayso.room.settings import Limits
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


def key_in(kept: Any) -> str:
    """The key in the address to which keeping leads."""
    return str(kept.headers["location"]).removeprefix("/articles/").partition("?")[0]


def test_the_newest_articles_are_listed_and_linked(client: TestClient) -> None:
    page = client.get("/").text
    assert page.index("Ferry to run until June") < page.index("Surveyor calls bridge safe")
    for key in keys(client):
        assert f'href="/articles/{key}"' in page


def test_a_newcomer_is_led_to_the_main_jobs(client: TestClient) -> None:
    page = client.get("/").text
    for address in ("/search", "/people", "/check", "/audit", "/review"):
        assert f'<a href="{address}">' in page


def test_the_menu_tells_where_one_is(client: TestClient) -> None:
    (key, _) = keys(client)
    for address, told in (
        ("/", "Read"),
        ("/articles", "Articles"),
        (f"/articles/{key}", "Articles"),
    ):
        page = client.get(address).text
        menu = page[page.index('<nav class="rooms"') : page.index("</nav>")]
        assert menu.count("<a href=") == 8
        assert re.findall('<a href="[^"]+" aria-current="page">([^<]+)', menu) == [told]


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
    assert key_in(kept) in keys(client)
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
    assert line.split(",")[:4] == [key_in(kept), "2026-04-01", "The Lantern", "Baths to open"]


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


def test_that_it_was_kept_is_told(client: TestClient) -> None:
    def keep() -> str:
        address = read(client, text="“We open at nine,” said Ida Marsh.", publisher="The Lantern")
        kept = post(client, f"{address}/keep", page=address, article="1")
        return words(client.get(kept.headers["location"]).text)

    assert "Kept: it is in the record now." in keep()
    again = keep()
    assert "It was in the record already" in again
    assert "Kept:" not in again


HEADED = "Baths to open at nine\n\n“We open at nine,” said Ida Marsh."


def test_a_headline_that_was_pasted_along_is_the_title(client: TestClient) -> None:
    address = read(client, text=HEADED)
    page = client.get(address).text
    assert 'name="title" type="text" value="Baths to open at nine"' in page
    assert client.get("/articles.csv?words=baths").text.count("\n") == 1
    kept = post(client, f"{address}/keep", page=address, article="1", title="Baths to open at ten")
    assert "Baths to open at ten" in client.get(kept.headers["location"]).text


def test_a_title_that_was_given_stays(client: TestClient) -> None:
    page = client.get(read(client, text=HEADED, title="Baths")).text
    assert 'name="title" type="text" value="Baths"' in page


def bring(client: TestClient, *files: tuple[str, bytes], **fields: str) -> str:
    """Bring files; their draft's address, once it is read."""
    token = form_token(client.get("/").text)
    sent = client.post(
        "/read",
        data={"form_token": token, **fields},
        files=[("files", (name, data, "text/plain")) for name, data in files],
        headers=ORIGIN,
    )
    address = str(sent.headers["location"])
    while client.get(f"{address}/progress").json()["state"] != "read":
        time.sleep(0.01)
    return address


def test_outlet_and_day_are_given_for_all_at_once(client: TestClient) -> None:
    own = b'{"text": "\xe2\x80\x9cThree.\xe2\x80\x9d", "publisher": "The Echo"}'
    address = bring(
        client, ("a.txt", HEADED.encode()), ("b.txt", "“Two.”".encode()), ("c.jsonl", own)
    )
    told = {"article": ["1", "2", "3"], "all_publisher": "The Lantern"}
    wrong = post(client, f"{address}/keep", page=address, all_date="1 April", **told)
    assert wrong.status_code == 422
    assert "Write the day as YYYY-MM-DD." in wrong.text
    assert 'value="The Lantern"' in wrong.text
    kept = post(client, f"{address}/keep", page=address, all_date="2026-04-01", **told)
    assert "3 reports kept; they are in the record now." in client.get(
        kept.headers["location"]
    ).text.replace("<bdi>", "")
    rows = client.get("/articles.csv?since=2026-04-01").text.splitlines()[1:]
    assert sorted(row.split(",")[2] for row in rows) == ["The Echo", "The Lantern", "The Lantern"]
    assert sum("Baths to open at nine" in row for row in rows) == 1


THREE = "".join(
    f'{{"text": "“The {word} is shut,” said Ida Marsh.", "title": "{word} shut"}}\n'
    for word in ("Weir", "Quay", "Mill")
).encode()


def ticked(page: str) -> list[str]:
    return re.findall('type="checkbox" name="article" value="([0-9]+)"', page)


def own_page(client: TestClient, address: str, number: int) -> tuple[str, dict[str, str]]:
    """An article's page in a draft, and what its form sends."""
    page = f"{address}?article={number}"
    names = re.findall('name="(title|publisher|date)"', client.get(page).text)
    assert len(names) == 3
    return page, {"article": str(number), **dict.fromkeys(names, "")}


def test_to_keep_one_of_several_leads_back_to_the_others(client: TestClient) -> None:
    before = keys(client)
    address = bring(client, ("three.jsonl", THREE))
    page, fields = own_page(client, address, 2)
    assert "the others of its draft stay there" in client.get(page).text
    for _ in range(2):  # the button pressed twice is no other article
        kept = post(client, f"{address}/keep", page=address, **fields | {"title": "Quay open"})
        assert kept.headers["location"] == address
    (new,) = set(keys(client)) - set(before)
    left = client.get(address).text
    assert "2 articles left" in left
    assert f'In the record now: <a href="/articles/{new}?kept=1">' in left
    assert ticked(left) == ["1", "3"]
    assert client.get(page).headers["location"] == f"/articles/{new}?kept=1"
    assert "Mill shut" in client.get(f"{address}?article=3").text
    kept = post(client, f"{address}/keep", page=address, article=ticked(left))
    assert kept.headers["location"] == "/articles?kept=2"
    assert len(keys(client)) == len(before) + 3
    assert client.get(address).status_code == 404


def test_to_discard_one_of_several_leads_back_to_the_others(client: TestClient) -> None:
    before = keys(client)
    address = bring(client, ("three.jsonl", THREE))
    for number, others in ((1, ["2", "3"]), (3, ["2"])):
        page, _ = own_page(client, address, number)
        buttons = client.get(page).text.partition(f'action="{address}/discard"')[2]
        assert f'name="article" value="{number}"' in buttons.partition("</form>")[0]
        for _ in range(2):
            sent = post(client, f"{address}/discard", page=address, article=str(number))
            assert sent.headers["location"] == address
        assert client.get(page).headers["location"] == address
        assert ticked(client.get(address).text) == others
    assert "1 article left" in client.get(address).text
    sent = post(client, f"{address}/discard", page=address, article="2")
    assert sent.headers["location"] == "/"
    assert client.get(address).status_code == 404
    assert keys(client) == before


def test_the_last_of_several_leads_to_its_article(client: TestClient) -> None:
    address = bring(client, ("three.jsonl", THREE))
    for number in (1, 2, 3):
        _, fields = own_page(client, address, number)
        kept = post(client, f"{address}/keep", page=address, **fields)
    assert key_in(kept) in keys(client)
    assert client.get(address).status_code == 404


def wards(client: TestClient, many: int) -> str:
    """A draft of so many articles."""
    lines = "".join(f'{{"text": "It rained in ward {n}."}}\n' for n in range(many))
    return bring(client, ("wards.jsonl", lines.encode()))


def test_as_many_as_a_draft_has_are_kept_at_once(client: TestClient) -> None:
    most = Limits().articles
    address = wards(client, most)
    page = client.get(address)
    assert len(page.content) < 100_000
    assert f">Keep all {most}<" in page.text
    told = {"article": ticked(page.text), "every": "1", "all_publisher": "Echo"}
    kept = post(client, f"{address}/keep", page=address, **told)
    assert kept.headers["location"] == f"/articles?kept={most}"
    assert client.get(address).status_code == 404


def test_a_long_draft_is_decided_page_by_page(client: TestClient) -> None:
    address = wards(client, 230)
    first = client.get(address).text
    assert ticked(first) == [str(n) for n in range(1, 101)]
    second = f"{address}?after=100"
    assert f'href="{second}" rel="next"' in first
    third = client.get(f"{address}?after=200").text
    assert ticked(third) == [str(n) for n in range(201, 231)]
    assert 'rel="next"' not in third
    assert f'href="{address}" rel="first"' in third
    kept = post(client, f"{address}/keep", page=second, after="100", article=["101", "150"])
    assert kept.headers["location"] == address  # of the second page no more is left
    left = client.get(address).text
    assert "130 articles left" in left
    assert ticked(client.get(second).text) == [str(n) for n in range(201, 231)]
    assert ticked(left) == [str(n) for n in range(1, 101)]
    wrong = post(client, f"{address}/keep", page=second, after="100", article="201", all_date="x")
    assert wrong.status_code == 422
    assert ticked(wrong.text) == [str(n) for n in range(201, 231)]
    assert client.get(f"{address}?after=230").status_code == 200
    kept = post(client, f"{address}/keep", page=address, article="7", every="1")
    assert kept.headers["location"] == "/articles?kept=130"


def test_no_more_failures_are_shown_than_a_page_holds(client: TestClient) -> None:
    address = bring(client, ("bad.jsonl", b"{no json\n" * 120))
    page = client.get(address)
    assert page.text.count(", line ") == 50
    assert "<summary>115 others</summary>" in page.text
    assert "and 70 more" in page.text
    assert len(page.content) < 100_000


def test_what_is_said_beside_a_file_is_not_lost(client: TestClient) -> None:
    told = {"title": "Baths", "publisher": "The Lantern", "date": "2026-04-01"}
    page = client.get(bring(client, ("a.txt", b"It rained in the harbour."), **told)).text
    for value in told.values():
        assert f'value="{value}"' in page
    files = ("a.txt", b"It rained."), ("b.txt", b"It snowed.")
    several = client.get(bring(client, *files, **told)).text
    assert words(several).count("The Lantern · 1 April 2026") == 2
    assert "Baths" not in several


def test_what_the_record_has_already_is_told_before_it_is_kept(client: TestClient) -> None:
    text = "“We open at nine,” said Ida Marsh."
    address = read(client, text=text, publisher="The Lantern")
    assert "The record has" not in client.get(address).text
    kept = key_in(post(client, f"{address}/keep", page=address, article="1"))
    page = client.get(read(client, text=text, publisher="The Echo")).text
    assert "The record has this very text:" in page
    assert f'href="/articles/{kept}"' in page
    several = client.get(bring(client, ("a.txt", text.encode()), ("b.txt", b"It rains."))).text
    assert several.count("this very text") == 1


@pytest.mark.parametrize(
    ("typed", "told", "stands"),
    [
        ("courier.example/story", "https:// was missing", "https://courier.example/story"),
        ("https://a.example b.example", "https:// was missing",
         "https://a.example https://b.example"),
        ("not an address", "That is no address", "not an address"),
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_told_once_and_nothing_is_read(
    client: TestClient, typed: str, told: str, stands: str
) -> None:
    given = {"form_token": form_token(client.get("/").text), "address": typed}
    sent = client.post("/read", data=given, headers=ORIGIN)
    assert sent.status_code == 422
    assert sent.text.count(told) == 1
    assert f'value="{stands}"' in sent.text


def test_what_a_document_is_is_told(client: TestClient) -> None:
    page = words(client.get(bring(client, ("story.pdf", b"%PDF-1.7\n1 0 obj"))).text)
    assert "story.pdf is a PDF: copy its text, or save it as plain text" in page


def test_what_was_pasted_is_called_so(client: TestClient) -> None:
    page = client.get(read(client, text="%PDF-1.7 said Ida Marsh.")).text
    assert "the pasted text" in page
    assert "the text.txt" not in page
