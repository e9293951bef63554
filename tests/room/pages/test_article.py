"""Article: the text as it was, the statements in it, their addresses, its versions."""

import csv
import io
import re
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso import Reading, Record
from tests.record.build import Said, reading
from tests.room.conftest import BRIDGE, Open


def key_of(client: TestClient, title: str) -> str:
    rows = client.get("/articles.csv").text.splitlines()
    return next(row.split(",")[0] for row in rows if title in row)


def added(client: TestClient, *readings: Reading) -> list[str]:
    with Record(client.app.state.settings.record) as record:  # type: ignore[attr-defined]
        return [record.add(each).key for each in readings]


def words(page: str) -> str:
    """The report's words as the page has them, without the numbers of statements."""
    text = "".join(re.findall(r'<p class="text"[^>]*>(.*?)</p>', page, re.DOTALL))
    return re.sub("<[^>]+>", "", re.sub('<a class="badge.*?</a>', "", text))


def test_the_text_stands_as_it_was(client: TestClient) -> None:
    page = client.get(f"/articles/{key_of(client, 'bridge')}").text
    assert words(page) == BRIDGE.article.text.replace("\n", "")


def test_speakers_stand_beside_in_reading_order(client: TestClient) -> None:
    page = client.get(f"/articles/{key_of(client, 'bridge')}").text
    assert re.findall('class="note k[0-9]+ [^"]*" id="([^"]+)"', page) == ["s1", "s2", "r1", "s3"]


def test_a_note_tells_all_parts_of_its_statement(client: TestClient) -> None:
    page = client.get(f"/articles/{key_of(client, 'bridge')}").text
    note = page[page.index('id="s2"') : page.index('id="r1"')]
    for told in ("Ben Okoro", "<dt>source</dt>", "<dt>cue</dt><dd><bdi>told</bdi>", "indirect",
                 "doubtful, 55 % sure"):  # fmt: skip
        assert told in note


def test_refusals_are_told(client: TestClient) -> None:
    page = client.get(f"/articles/{key_of(client, 'bridge')}").text
    assert "Asked, and no answer" in page
    assert "The Bridge Trust: did not respond" in page


def test_who_is_talked_about_and_not_heard(client: TestClient) -> None:
    (key,) = added(client, reading("“Okoro is late,” said Ida Marsh.", [
        Said(content="“Okoro is late,”", by="Ida Marsh", about=("Ben Okoro",))], publisher="Post",
        mentions={"Ben Okoro": ("Okoro",)}))  # fmt: skip
    page = client.get(f"/articles/{key}").text
    silent = page[page.index("Talked about and not heard") :]
    assert "Ben Okoro" in silent
    assert "quoted in 1 other article of the record" in silent


def test_the_address_of_a_statement_leads_to_its_place(client: TestClient) -> None:
    key = key_of(client, "bridge")
    led = client.get(f"/articles/{key}/s3")
    assert (led.status_code, led.headers["location"]) == (307, f"/articles/{key}#s3")
    assert client.get(f"/articles/{key}/s99").status_code == 404


def test_the_beginning_of_a_key_leads_to_the_whole(client: TestClient) -> None:
    key = key_of(client, "bridge")
    assert client.get(f"/articles/{key[:8]}").headers["location"] == f"/articles/{key}"
    assert client.get("/articles/000000").status_code == 404


def test_a_statement_is_cited_with_source_and_address(client: TestClient) -> None:
    key = key_of(client, "bridge")
    page = client.get(f"/articles/{key}").text
    assert (
        "Ida Marsh said: “The bridge is safe” — “Surveyor calls bridge safe”, The Lantern, "
        "12 March 2026, https://lantern.example/bridge<"
    ) in page


@pytest.mark.parametrize(
    ("url", "start"), [(None, ""), ("https://room.example", "https://room.example")]
)
def test_without_an_address_of_its_own_the_article_is_cited_by_the_room_s(
    room: Open, url: str | None, start: str
) -> None:
    client = room(url=url)
    headers = {"Host": "room.example"} if url else {}
    (key,) = added(
        client, reading("“It leaks,” said Marsh.", [Said(content="“It leaks,”", by="Marsh")])
    )
    page = client.get(f"/articles/{key}", headers=headers).text
    assert f"Marsh: “It leaks” — ““It leaks,” said Marsh.”, {start}/articles/{key}/s1<" in page


def test_the_first_line_that_is_the_title_is_the_heading(client: TestClient) -> None:
    (key,) = added(client, reading("“Never,” vows Marsh\n\nIda Marsh spoke.", [
        Said(content="“Never,”", by="Ida Marsh")], title="“Never,” vows Marsh"))  # fmt: skip
    page = client.get(f"/articles/{key}").text
    assert page.count("vows Marsh</h1>") == 1
    assert words(page) == "Ida Marsh spoke."


def test_nested_and_overlapping_statements_keep_every_letter(client: TestClient) -> None:
    text = "“He told me the boat leaks and sinks,” said Ida Marsh in the end."
    (key,) = added(client, reading(text, [
        Said(content="“He told me the boat leaks and sinks,”", by="Ida Marsh"),
        Said(content="the boat leaks", by="Ben Okoro", inside="s1", type="indirect"),
        Said(content="leaks and sinks,” said", by="Ruth Amberley", type="mixed")]))  # fmt: skip
    page = client.get(f"/articles/{key}").text
    assert words(page) == text
    assert 'class="m k0 k1 k2 h2' in page
    assert "told within" in page


def laid_out(client: TestClient, address: str) -> str:
    """A page that says that it is on its way, until it has come."""
    for _ in range(500):
        answer = client.get(address)
        if answer.status_code != 202:
            return str(answer.text)
        assert "It is being laid out" in answer.text
        time.sleep(0.01)
    raise AssertionError("it never comes")


# ---- versions


@pytest.fixture
def two(client: TestClient) -> list[str]:
    url = "https://lantern.example/toll"
    text = "“The toll stays,” said Ida Marsh on Monday."
    return added(
        client,
        reading(text, title="Toll", url=url, date="2026-03-01", publisher="The Lantern"),
        reading(
            text.replace("stays", "goes") + "\n\nThis was <b>corrected</b>.",
            title="Toll",
            url=url,
            date="2026-03-02",
            publisher="The Lantern",
        ),
    )


def test_an_older_version_leads_to_the_later(client: TestClient, two: list[str]) -> None:
    old, new = two
    page = client.get(f"/articles/{old}").text
    assert "This is an older version" in page
    assert f'href="/articles/{new}"' in page
    assert f"/articles/{old}/differences/{new}" in client.get(f"/articles/{new}/versions").text


def test_differences_are_words_in_and_out(client: TestClient, two: list[str]) -> None:
    page = client.get(f"/articles/{two[0]}/differences/{two[1]}").text
    shown = re.sub('<span class="unseen">.*?</span>', "", page)
    assert "<del>stays</del><ins>goes</ins>" in shown
    assert "1 word went out, 6 words came in" in page
    assert "<b>corrected" not in page
    assert client.get(f"/articles/{two[0]}/differences/{two[0]}").status_code == 400
    lines = client.get(f"/articles/{two[0]}/differences/{two[1]}.jsonl").text.splitlines()
    assert '{"change": "out", "text": "stays"}' in lines


def test_one_version_is_told(client: TestClient) -> None:
    page = client.get(f"/articles/{key_of(client, 'bridge')}/versions").text
    assert "The record has one version of this article" in page


# ---- whatever comes


HOSTILE = "<script>alert(1)</script>\u202e" + "x" * 5_000


def test_hostile_words_stay_text(client: TestClient) -> None:
    text = "“<img src=x onerror=alert(2)>\u202e”, said <script>alert(3)</script>. </p></article>"
    (key,) = added(client, reading(text, [
        Said(content="“<img src=x onerror=alert(2)>\u202e”", by=[(HOSTILE, "organisation")],
             source="<script>alert(3)</script>", about=(HOSTILE,))],
        title=HOSTILE, publisher=HOSTILE, url="javascript:alert(4)",
        refusals=[("said <script>", "declined", (HOSTILE,))]))  # fmt: skip
    for address in (
        "/",
        "/articles",
        f"/articles/{key}",
        f"/articles/{key}/versions",
        "/search?words=img",
    ):
        page = client.get(address).text
        assert "alert(1)" in page or address == "/search?words=img"
        for bad in ("<script>", "<img", 'href="javascript', "</p></article>", "x" * 600):
            assert bad not in page, (address, bad)
        assert len(page) < 60_000


def test_a_long_article_is_shown_in_parts(client: TestClient) -> None:
    paragraphs = [f"“We are number {n},” said Ida Marsh. {'And so on. ' * 20}" for n in range(400)]
    long = reading("\n\n".join(paragraphs), [Said(content=f"“We are number {n},”", by="Ida Marsh")
                                             for n in range(400)], publisher="Post")  # fmt: skip
    (key,) = added(client, long)
    first = laid_out(client, f"/articles/{key}")
    parts = int(re.search("Part 1 of ([0-9]+)", first)[1])  # type: ignore[index]
    pages = [client.get(f"/articles/{key}?part={n + 1}").text for n in range(parts)]
    assert "".join(map(words, pages)) == long.article.text.replace("\n", "")
    assert max(len(page.encode()) for page in pages) < 100_000
    led = client.get(f"/articles/{key}/s400").headers["location"]
    assert led == f"/articles/{key}?part={parts}#s400"
    assert 'id="s400"' in pages[-1]
    assert client.get(f"/articles/{key}?part={parts + 1}").status_code == 404


def test_an_article_that_says_nothing(client: TestClient) -> None:
    (key,) = added(client, reading("The shop was shut.", publisher="Post"))
    assert "Nobody is reported to have said anything" in client.get(f"/articles/{key}").text


def test_an_empty_record(room: Open, tmp_path: object) -> None:
    empty = room(record=tmp_path / "none.db")  # type: ignore[operator]
    assert "The record is empty" in empty.get("/").text
    assert "The record is empty" in empty.get("/articles").text
    assert empty.get("/search").status_code == 200


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_statements_as_files(client: TestClient, ending: str) -> None:
    answer = client.get(f"/articles/{key_of(client, 'bridge')}.{ending}")
    assert answer.status_code == 200
    assert "that he would not cross it" in answer.text
    name = f"article-surveyor-calls-bridge-safe-2026-03-12.{ending}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_a_table_for_spreadsheets_tells_the_article(client: TestClient) -> None:
    text = client.get(f"/articles/{key_of(client, 'bridge')}.csv").content.decode("utf-8-sig")
    first = next(csv.DictReader(io.StringIO(text)))
    assert list(first)[:2] == ["article", "statement"]
    assert list(first.items())[-3:] == [
        ("title", "Surveyor calls bridge safe"),
        ("outlet", "The Lantern"),
        ("published", "2026-03-12"),
    ]


# ---- the list


def test_articles_by_words_outlet_and_day(client: TestClient) -> None:
    assert "Surveyor" not in client.get("/articles?words=ferry").text
    assert "Surveyor" not in client.get("/articles?outlet=The+Echo").text
    assert "Ferry" not in client.get("/articles?until=2026-03-13").text
    assert client.get("/articles?outlet=Nobody").status_code == 404
    assert client.get("/articles?since=March").status_code == 400


def test_correct_leads_to_the_statement(named: TestClient, record_path: Path) -> None:
    with Record(record_path, read_only=True) as record:
        key = record.article("https://lantern.example/bridge").key
    page = named.get(f"/articles/{key}").text
    links = re.findall('href="([^"]+)">Correct<', page)
    assert links == [f"/review/{key}/s{n}" for n in (1, 2, 3)]
    assert named.get(links[1]).status_code == 200
