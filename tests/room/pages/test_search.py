"""Search: words and filters, facets as links, pages, files."""

import html
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso import Record
from tests.record.build import Said, reading
from tests.room.conftest import Open
from tests.room.pages.asked import entry, words


def facet(page: str, label: str) -> tuple[str, str]:
    """Address and count of the link of that label."""
    found = re.search(
        '<a href="([^"]+)" data-key="[^"]+"[^>]*>'
        f'<span class="label"><bdi>{re.escape(label)}</bdi></span>'
        '(?:<span class="unseen">[^<]*</span>)?(?: <span class="number">([^<]*)</span>)?',
        page,
    )
    assert found is not None, f"no facet {label}"
    return html.unescape(found[1]), found[2]


def test_words_are_marked_and_led_to_their_place(client: TestClient) -> None:
    page = client.get("/search?words=bridge").text
    assert "The <mark>bridge</mark> is safe" in page
    assert re.search('href="/articles/[0-9a-f]{16}/s1"', page)
    assert "1 statement, best first" in page


def test_facets_have_counts_and_are_links(client: TestClient) -> None:
    page = client.get("/search?min_confidence=0.1").text
    assert facet(page, "Ida Marsh")[1] == "3"
    assert facet(page, "The Echo")[1] == "3"
    assert facet(page, "2026")[1] == "6"
    assert facet(page, "indirect")[1] == "3"
    assert facet(page, "nobody named")[1] == "1"
    address, _ = facet(page, "The Echo")
    narrowed = client.get(address).text
    assert "3 statements" in narrowed
    assert "The bridge is safe" not in narrowed


def test_a_choice_is_taken_away_by_the_same_link(client: TestClient) -> None:
    chosen, _ = facet(client.get("/search?words=the").text, "Ida Marsh")
    page = client.get(chosen).text
    assert 'aria-current="true"' in page
    assert facet(page, "Ida Marsh")[0] == "/search?words=the"


def test_other_outlets_keep_their_counts_when_one_is_chosen(client: TestClient) -> None:
    page = client.get("/search?words=the&outlet=The+Echo").text
    assert facet(page, "The Lantern")[1] == "1"
    both = client.get(facet(page, "The Lantern")[0]).text
    assert "<mark>The</mark> bridge is safe" in both
    assert "<mark>The</mark> ferry" in both


def test_filters_are_folded_above_the_results(client: TestClient) -> None:
    page = client.get("/search?words=the&outlet=The+Echo").text
    assert page.index('<details class="narrow"') < page.index('class="results"')
    assert "<summary>Narrow it: 1 filter</summary>" in page


def test_somebody_by_name_is_chosen_like_by_number(client: TestClient) -> None:
    page = client.get("/search?by=Marsh").text
    assert "3 statements" in page
    assert facet(page, "Ida Marsh")[0] == "/search"


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("words=NOT+toll", 400, "NOT needs something before it"),
        ("by=Nobody+Here", 404, "no entry for"),
        ("outlet=Nowhere", 404, "no outlet"),
        ("since=March", 400, "is no day"),
        ("min_confidence=2", 400, "from 0 to 1"),
        ("min_confidence=much", 400, "from 0 to 1"),
        ("type=loud", 400, "direct, mixed or indirect"),
        ("said=9", 400, "begin the search anew"),
        ("words=x&page=forged", 400, "no token of a page"),
    ],
)
def test_what_cannot_be_asked_is_told_on_the_page(
    client: TestClient, asked: str, status: int, told: str
) -> None:
    answer = client.get(f"/search?{asked}")
    assert answer.status_code == status
    assert told in html.unescape(answer.text)
    assert 'name="words"' in answer.text


def test_a_filter_that_names_nobody_can_be_taken_away(client: TestClient) -> None:
    page = client.get("/search?words=bridge&by=Nobody+Here").text
    assert facet(page, "Nobody Here")[0] == "/search?words=bridge"


def test_nothing_fits_and_what_to_do_then(client: TestClient) -> None:
    page = client.get("/search?words=zebra").text
    assert "Nothing fits" in page
    assert 'href="/articles?words=zebra"' in page


def test_without_anything_asked_there_is_what_to_choose(client: TestClient) -> None:
    page = client.get("/search").text
    assert "Type words, or choose" in page
    assert facet(page, "Ida Marsh")[0].startswith("/search?by=")


def test_pages_lead_on_and_lose_nothing(room: Open, tmp_path: Path) -> None:
    text = " ".join(f"“Toll {n} stays.”" for n in range(45))
    with Record(tmp_path / "many.db") as record:
        record.add(
            reading(text, [Said(content=f"“Toll {n} stays.”", by="Ida Marsh") for n in range(45)])
        )
    client = room(record=tmp_path / "many.db")
    address, seen = "/search?words=toll&type=direct", []
    while address:
        page = client.get(address).text
        seen += re.findall("</mark> ([0-9]+) stays", page)
        following = re.search('href="([^"]+)" rel="next"', page)
        address = html.unescape(following[1]) if following else ""
    assert sorted(map(int, seen)) == list(range(45))


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_hits_as_files(client: TestClient, ending: str) -> None:
    answer = client.get(f"/search.{ending}?words=bridge")
    assert "The bridge is safe" in answer.text
    assert client.get(f"/search.{ending}?words=NOT").status_code == 400


def test_no_such_file(client: TestClient) -> None:
    assert client.get("/search.pdf?words=bridge").status_code == 404


def test_what_is_asked_stays_text(client: TestClient) -> None:
    page = client.get('/search?words="><script>alert(1)</script>&by="><script>').text
    assert "<script>alert" not in page
    assert '"><script>' not in page


def test_a_form_carries_the_choices_along(client: TestClient) -> None:
    page = client.get("/search?words=the&type=direct&by=Marsh").text
    assert '<input form="search" type="hidden" name="type" value="direct">' in page
    assert '<input form="search" type="hidden" name="by" value="Marsh">' in page


def test_words_that_stand_nowhere_lead_to_those_that_do(client: TestClient) -> None:
    page = client.get("/search?words=bridg+AND+Chidren&type=direct").text
    assert "“chidren” is nowhere in the record; near it: children" in words(page)
    (address,) = re.findall('Did you mean <a href="([^"]+)"><bdi>bridge AND children', page)
    assert html.unescape(address) == "/search?words=bridge+AND+children&type=direct"


def test_a_word_that_nothing_is_near_says_so_alone(client: TestClient) -> None:
    page = client.get("/search?words=zebra").text
    assert "“zebra” is nowhere in the record." in words(page)
    assert "Did you mean" not in page


def test_what_filters_have_left_out_can_be_looked_for_without_them(client: TestClient) -> None:
    page = client.get("/search?words=bridge&type=mixed").text
    assert '<a href="/search?words=bridge">Look for the words without filters</a>' in page
    assert "is nowhere" not in page


def test_what_a_surname_alone_has_said_is_told(client: TestClient, record_path: Path) -> None:
    with Record(record_path) as record:
        record.add(reading("Mrs Marsh said no.", [Said(content="no", by="Marsh", cue="said")]))
    page = client.get("/search?by=Ida+Marsh").text
    assert "1 more by “Marsh”, who may be somebody else" in page


def test_people_of_the_name_come_first(client: TestClient, record_path: Path) -> None:
    page = client.get("/search?words=Ida+Marsh").text
    ida = entry(record_path, "Ida Marsh")
    assert f'People: <a href="/people/{ida}"><bdi>Ida Marsh</bdi></a>, 3 statements</p>' in page
    assert "Nothing fits" in page
    found = words(client.get("/search?words=bridge").text)
    assert "People: The Bridge Trust, 0 statements 1 statement, best first" in found
    assert "People: " not in words(client.get("/search?words=mars").text)
    assert "People: " not in words(client.get("/search?words=the").text)


def test_another_form_of_a_word_is_offered(client: TestClient) -> None:
    page = client.get("/search?words=announces").text
    assert "“announces” is nowhere in the record; near it: announced." in words(page)
    page = client.get("/search?words=house&type=direct").text
    assert "Did you mean" not in page


def test_a_word_that_is_only_printed_leads_to_a_form_that_is_said(
    client: TestClient, record_path: Path
) -> None:
    with Record(record_path) as record:
        text = "A toll was paid. “Tolls are dear,” said Ida Marsh."
        record.add(reading(text, [Said(content="“Tolls are dear,”", by="Ida Marsh")]))
    page = client.get("/search?words=toll").text
    assert "“toll” is in no statement in the record; near it: tolls." in words(page)
    assert 'Did you mean <a href="/search?words=tolls"><bdi>tolls' in page
