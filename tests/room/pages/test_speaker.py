"""Speaker: the timeline by days and stretches, what all of it is like; splitting and renaming."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso import Record
from tests.record.build import Said, reading
from tests.room.conftest import post
from tests.room.pages.asked import (
    add_hearsay,
    add_hostile,
    addresses,
    assert_harmless,
    entry,
    words,
)


@pytest.fixture
def ida(record_path: Path) -> int:
    return entry(record_path, "Ida Marsh")


def test_what_they_said_stands_by_days(client: TestClient, ida: int) -> None:
    page = words(client.get(f"/people/{ida}").text)
    assert "3 statements in 2 articles: 3 direct." in page
    assert "10 March 2026 “The bridge is safe,”" in page
    assert "15 March 2026 printed “Nobody asked us,”" in page
    assert page.index("The bridge is safe") < page.index("Nobody asked us")


def test_counts_lead_to_searches(client: TestClient, ida: int) -> None:
    page = client.get(f"/people/{ida}").text
    assert f"/search?by={ida}&outlet=The+Lantern" in addresses(page, "/search")
    assert f"/search?by={ida}&type=direct&said=1" in addresses(page, "/search")
    for address in addresses(page, "/search?by="):
        assert client.get(address).status_code == 200


def test_the_same_words_are_told_once_with_all_who_printed_them(
    client: TestClient, record_path: Path, ida: int
) -> None:
    with Record(record_path) as record:
        record.add(reading("“I would take my own children across it,” said Ida Marsh.", [
            Said(content="“I would take my own children across it,”", by="Ida Marsh",
                 source="Ida Marsh", cue="said", date="2026-03-12"),
        ], title="Across", date="2026-03-20", publisher="The Post"))  # fmt: skip
    page = client.get(f"/people/{ida}").text
    assert "Printed in 2 articles of 2 outlets" in words(page)
    assert page.count("across it,”</blockquote>") == 1


def test_words_and_days_narrow_it(client: TestClient, ida: int) -> None:
    page = client.get(f"/people/{ida}?words=bridge").text
    assert "The <mark>bridge</mark> is safe" in page
    assert "Nobody asked us" not in page
    page = client.get(f"/people/{ida}?since=2026-03-13&until=2026-03-31").text
    assert "Nobody asked us" in page
    assert "is safe" not in page
    assert "Nothing of theirs fits that" in client.get(f"/people/{ida}?words=zebra").text


@pytest.mark.parametrize(
    "asked", ["since=tomorrow", "words=%28", "since=2026-05-01&until=2026-04-01"]
)
def test_what_is_no_question_is_told_beside_the_form(
    client: TestClient, ida: int, asked: str
) -> None:
    answer = client.get(f"/people/{ida}?{asked}")
    assert answer.status_code == 422
    assert 'class="notice error"' in answer.text
    assert 'name="words"' in answer.text


def test_a_long_timeline_is_shown_in_stretches(
    client: TestClient, record_path: Path, ida: int
) -> None:
    with Record(record_path) as record:
        for n in range(60):
            text = f"“The {'very ' * (n + 1)}old bridge is safe today,” said Ida Marsh."
            words_of = text.partition(",")[0]
            record.add(reading(text, [
                Said(content=words_of, by="Ida Marsh", source="Ida Marsh", cue="said"),
            ], date=f"202{n // 12}-{n % 12 + 1:02d}-05", publisher="The Post"))  # fmt: skip
    page = client.get(f"/people/{ida}").text
    assert "By what channel" not in page
    seen, links = 0, []
    while True:
        seen += page.count("<blockquote")
        links = [a for a in addresses(page, f"/people/{ida}?since=") if ">Earlier<" in page]
        earlier = next((a for a in links if f'{a.replace("&", "&amp;")}">Earlier' in page), None)
        if earlier is None:
            break
        assert len(page) < 100_000
        page = client.get(earlier).text
    assert seen == 63


def test_a_number_of_nobody_is_not_there(client: TestClient) -> None:
    assert client.get("/people/99999").status_code == 404
    assert client.get("/people/99999/split").status_code == 404


def test_the_timeline_as_files(client: TestClient, ida: int) -> None:
    lines = client.get(f"/people/{ida}.jsonl").text.splitlines()
    assert [json.loads(line)["day"] for line in lines] == ["2026-03-10", "2026-03-12", "2026-03-15"]
    assert "The bridge is safe" in client.get(f"/people/{ida}.csv?words=bridge").text


def test_a_split_tells_what_will_happen_and_is_taken_back(
    named: TestClient, record_path: Path, ida: int
) -> None:
    with Record(record_path) as record:
        (key,) = (e.article for e in record.articles()[0] if e.title == "Ferry to run until June")
    page = named.get(f"/people/{ida}/split").text
    assert "Surveyor calls bridge safe" in page
    asked = f"/people/{ida}/split?article={key}"
    told = words(named.get(asked).text)
    assert "Whom this article calls so is the new one, with 1 statement." in told
    sent = post(named, f"/people/{ida}/split", page=asked, article=key)
    assert sent.status_code == 303
    page = words(named.get(sent.headers["location"]).text)
    assert "This is the new entry" in page
    assert "1 statement in 1 article" in page
    assert "2 statements in 1 article" in words(named.get(f"/people/{ida}").text)
    post(named, "/people/decisions/1/undo", page="/people/decisions/1")
    assert "3 statements in 2 articles" in words(named.get(f"/people/{ida}").text)


def test_whoever_was_merged_in_is_parted_by_taking_the_merge_back(
    named: TestClient, record_path: Path, ida: int
) -> None:
    with Record(record_path) as record:
        ben = record.people("Ben Okoro")[0].person.id
        record.merge(str(ida), str(ben), who="Nora")
        tom = record.add(
            reading("“No,” said Tom Vale.", [Said(content="“No,”", by="Tom Vale")])
        ).key
        record.merge(str(ida), "Tom Vale", who="Nora")
        (both,) = (e.article for e in record.articles()[0] if e.title and "Surveyor" in e.title)
    told = words(named.get(f"/people/{ida}/split?article={both}").text)
    assert "The article names two who were merged by Nora, Ida Marsh and Ben Okoro" in told
    asked = f"/people/{ida}/split?article={tom}"
    told = words(named.get(asked).text)
    assert "Tom Vale was merged into Ida Marsh by Nora on" in told
    assert "they are two entries again, and this article is Tom Vale’s, with 1 statement." in told
    sent = post(named, f"/people/{ida}/split", page=asked, article=tom)
    page = words(named.get(sent.headers["location"]).text)
    assert "Decision 2 is taken back: all is as if it had never been." in page
    assert "Tom Vale 1 1" in words(named.get("/people?words=vale").text)
    assert "also Tom Vale" not in words(named.get("/people").text)


def test_to_take_a_merge_back_tells_what_a_split_has_left(
    named: TestClient, record_path: Path, ida: int
) -> None:
    with Record(record_path) as record:
        keys = [
            record.add(reading(f"“{w},” said Tom Vale.", [Said(content=w, by="Tom Vale")])).key
            for w in ("No", "Yes")
        ]
        record.merge(str(ida), "Tom Vale", who="Nora")
    asked = f"/people/{ida}/split?article={keys[0]}"
    assert "A new entry is made, called Tom Vale." in words(named.get(asked).text)
    sent = post(named, f"/people/{ida}/split", page=asked, article=keys[0])
    assert "<h1><bdi>Tom Vale</bdi></h1>" in named.get(sent.headers["location"]).text
    told = words(named.get("/people/decisions/1").text)
    assert "They are two entries again: Ida Marsh with 3 statements and Tom Vale with 1" in told
    assert "What was split off since stays so: Tom Vale (entry" in told
    assert "as if the decision had never been" not in told
    sent = post(named, "/people/decisions/1/undo", page="/people/decisions/1")
    page = words(named.get(sent.headers["location"]).text)
    assert "Decision 1 is taken back: what was split off since stays so." in page
    assert "Split off Tom Vale from Ida Marsh, in 1 article" in page


def test_another_name_tells_what_will_happen_and_is_taken_back(
    named: TestClient, record_path: Path, ida: int
) -> None:
    page = named.get(f"/people/{ida}").text
    (asking,) = addresses(page, f"/people/{ida}/rename")
    assert "What is their full name?" in named.get(asking).text
    asked = f"{asking}?name=Ida+Marsh-Cole"
    told = words(named.get(asked).text)
    assert "The entry of Ida Marsh is called Ida Marsh-Cole, wherever the record names it." in told
    assert "Articles that come later and use either name are theirs." in told
    with Record(record_path) as record:
        assert record.decisions() == []

    sent = post(named, asking, page=asked, name="Ida Marsh-Cole")
    assert sent.status_code == 303
    page = named.get(sent.headers["location"]).text
    assert "<h1><bdi>Ida Marsh-Cole</bdi></h1>" in page
    assert "The entry has its new name." in page
    assert "Also called Ida Marsh" in words(page)
    told = words(named.get("/people/decisions/1").text)
    assert "Ida Marsh was renamed to Ida Marsh-Cole by Nora Kettle on" in told
    assert "The entry is called Ida Marsh again" in told
    sent = post(named, "/people/decisions/1/undo", page="/people/decisions/1")
    page = words(named.get(sent.headers["location"]).text)
    assert "Renamed Ida Marsh to Ida Marsh-Cole taken back" in page
    assert "<h1><bdi>Ida Marsh</bdi></h1>" in named.get(f"/people/{ida}").text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Cole", "Cole alone tells nobody from others"),
        ("Ben Okoro", "Ben Okoro is the name of Ben Okoro"),
        ("Ida Marsh", "is called so already"),
        (" ", "Write a name."),
    ],
)
def test_what_is_no_other_name(named: TestClient, ida: int, name: str, message: str) -> None:
    asking = f"/people/{ida}/rename"
    answer = named.get(asking, params={"name": name})
    assert answer.status_code == 422
    assert message in words(answer.text)
    assert f'value="{name}"' in answer.text
    sent = post(named, asking, page="/name", name=name)
    assert sent.status_code == 422
    assert message in words(sent.text)


def test_a_renaming_that_comes_twice_is_one(named: TestClient, record_path: Path, ida: int) -> None:
    asking = f"/people/{ida}/rename"
    first, again = (post(named, asking, page="/name", name="Ida  Marsh-Cole") for _ in range(2))
    assert first.status_code == again.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    with Record(record_path) as record:
        assert len(record.decisions()) == 1


def test_the_name_of_another_leads_to_both(named: TestClient, ida: int) -> None:
    page = named.get(f"/people/{ida}/rename", params={"name": "Ben Okoro"}).text
    (both,) = addresses(page, "/people/merge")
    assert "Are these two one?" in named.get(both).text
    for name in ("Cole", "Okoro", "2"):
        page = named.get(f"/people/{ida}/rename", params={"name": name}).text
        assert addresses(page, "/people/merge") == []


def test_nobody_renames_without_a_name(client: TestClient, ida: int) -> None:
    asked = f"/people/{ida}/rename?name=Ida+Cole"
    assert "Give your name, then rename" in client.get(asked).text
    sent = post(client, f"/people/{ida}/rename", page="/name", name="Ida Cole")
    assert sent.headers["location"].startswith("/name?next=%2Fpeople%2F")
    assert "<h1><bdi>Ida Marsh</bdi></h1>" in client.get(f"/people/{ida}").text


def test_a_split_of_nothing_is_refused(named: TestClient, ida: int) -> None:
    sent = post(named, f"/people/{ida}/split", page="/name")
    assert sent.status_code == 422
    assert "name the articles" in sent.text


def test_a_split_that_was_refused_keeps_what_was_chosen(
    named: TestClient, record_path: Path, ida: int
) -> None:
    with Record(record_path) as record:
        (key,) = (e.article for e in record.articles()[0] if e.title == "Ferry to run until June")
    asking = f"/people/{ida}/split"
    sent = post(named, asking, page=asking + f"?article={key}", article=[key, "f" * 16])
    assert sent.status_code == 422
    assert f'value="{key}" checked' in sent.text
    assert sent.text.count(" checked") == 1


def test_hostile_words_stay_text(client: TestClient, record_path: Path, ida: int) -> None:
    add_hostile(record_path)
    with Record(record_path) as record:
        every = [each.person.id for each in record.people(limit=50)]
    pages = [client.get(f"/people/{number}").text for number in every]
    assert any("&lt;script&gt;alert(1)" in page for page in pages)
    pages += [client.get(f"/people/{number}/split").text for number in every]
    pages.append(client.get(f"/people/{ida}?words=%3Cscript%3Ealert").text)
    assert "&lt;script&gt;alert" in pages[-1]
    for page in pages:
        assert_harmless(page)


def test_a_surname_that_may_be_somebody_elses_is_told(
    client: TestClient, record_path: Path, ida: int
) -> None:
    more = "1 more by “Marsh”, who may be somebody else"
    assert more not in words(client.get(f"/people/{ida}").text)
    with Record(record_path) as record:
        record.add(reading("“It leaks,” said Ms Marsh.", [Said(content="“It leaks,”", by="Marsh")]))
    page = client.get(f"/people/{ida}").text
    assert more in words(page)
    assert "It leaks" not in page
    (place,) = addresses(page, "/articles?words=")
    assert "“It leaks,” said Ms Marsh." in words(client.get(place).text)


def test_a_number_says_what_it_counts(client: TestClient, record_path: Path, ida: int) -> None:
    with Record(record_path) as record:
        record.add(reading("Ida Marsh thinks it sinks. She never said it floats.", [
            Said(content="it sinks", by="Ida Marsh", cue="thinks", type="indirect", said=False),
            Said(content="it floats", by="Ida Marsh", cue="said", type="indirect",
                 denied=True)]))  # fmt: skip
    listed = words(client.get("/people").text)
    assert "statements are all of theirs, thoughts and denials too" in listed
    assert "Ida Marsh 5 " in listed
    page = words(client.get(f"/people/{ida}").text)
    told = "5 statements in 3 articles, 1 of them a thought, 1 of them denied; said: 3 direct."
    assert told in page


def test_hearsay_says_whose_word_it_is_wherever_it_stands(
    client: TestClient, record_path: Path, ida: int
) -> None:
    add_hearsay(record_path)
    cited = "Ida Marsh promised him a purple bus, according to Pim Vale — "
    article = next(iter(addresses(client.get("/search?words=purple").text, "/articles/")))
    for address in (f"/people/{ida}", "/search?words=purple", article.rsplit("/", 1)[0]):
        assert cited in words(client.get(address).text)
    for address in (f"/people/{ida}", "/search?words=purple"):
        page = client.get(address).text
        assert '<span class="tag loud"><bdi>according to Pim Vale</bdi></span>' in page
        assert page.count("<bdi>according to") == 1
