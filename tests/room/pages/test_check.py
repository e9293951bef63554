"""Check: a quotation against the record, and all of a draft."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso import Record
from tests.record.build import Said, reading
from tests.room.conftest import post
from tests.room.pages.asked import add_hearsay, add_hostile, assert_harmless, settled, words

SAFE = "/check?quotation=The+bridge+is+safe"


def test_what_is_printed_so_says_who_printed_it_first(client: TestClient) -> None:
    page = words(client.get(SAFE).text)
    assert "✓ verbatim Printed in these words." in page
    assert "Printed by The Lantern · 12 March 2026 alone, as far as the record knows." in page
    assert "Looked for among 2 articles of 2 outlets, 2026." in page


def test_who_printed_it_first_is_told_where_others_have_it(
    client: TestClient, record_path: Path
) -> None:
    assert "printed first" not in words(client.get(SAFE).text)
    with Record(record_path) as record:
        record.add(reading("“The bridge is safe,” said Ida Marsh.", [
            Said(content="“The bridge is safe,”", by="Ida Marsh")], date="2026-04-01",
            publisher="The Echo"))  # fmt: skip
    page = words(client.get(SAFE).text)
    assert "First printed by The Lantern · 12 March 2026" in page
    assert page.count("printed first") == 1


def test_differences_are_marked_word_by_word_and_told_apart_unseen(client: TestClient) -> None:
    page = client.get("/check?quotation=I+would+take+my+own+cattle+across+it").text
    assert "≠" in page
    assert '<del><span class="unseen">[only quoted: </span>cattle' in page
    assert '<ins><span class="unseen">[only printed: </span>children' in page


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("Ida+Marsh", "Printed in these words, by the one asked for."),
        ("Ben+Okoro", "Printed in these words, but not by the one asked for."),
    ],
)
def test_who_is_to_have_said_it(client: TestClient, by: str, told: str) -> None:
    assert told in words(client.get(f"{SAFE}&by={by}").text)


def test_a_name_that_nobody_has_is_told(client: TestClient) -> None:
    asked = "/check?quotation=The+bridge+is+safe&by="
    page = client.get(f"{asked}Ida+Marhs").text
    told = "but not by the one asked for: nobody of that name is in the record."
    assert told in words(page)
    assert "another speaker" not in page
    assert (
        f'Did you mean <a href="{asked.replace("+", "%20").replace("&", "&amp;")}Ida%20Marsh">'
        in page
    )
    for known in ("Ben+Okoro", "the+harbour+office"):
        page = client.get(asked + known).text
        assert "nobody of that name" not in page
        assert "another speaker" in page


def test_what_nobody_printed_is_no_verdict_on_whether_it_was_said(client: TestClient) -> None:
    page = words(client.get("/check?quotation=purple+zebras+unanimously+legislate").text)
    assert "× not found Nothing of the kind is in print, as far as the record goes." in page
    assert "only that no article of the record has it" in page


def test_what_cannot_be_checked_is_told_at_its_field(client: TestClient) -> None:
    answer = client.get("/check?quotation=he")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "too short to check" in answer.text
    assert client.get("/check?quotation=" + "long+" * 900).status_code == 422


def test_the_evidence_as_files(client: TestClient) -> None:
    (line,) = client.get(SAFE.replace("/check", "/check.jsonl")).text.splitlines()
    assert json.loads(line)["wording"] == "verbatim"
    rows = client.get(SAFE.replace("/check", "/check.csv")).text.splitlines()
    assert rows[0].startswith("\ufeffquotation,by,wording,speaker")
    assert ",verbatim,not asked," in rows[1]


DRAFT = (
    "“The bridge is safe,” she said. “Nobody told us,” she said. "
    "“It fell in May of the year,” she said."
)


def test_each_quotation_of_a_draft_is_judged(client: TestClient) -> None:
    sent = post(client, "/check", page="/check", text=DRAFT)
    assert sent.status_code == 303
    address = sent.headers["location"]
    assert address.startswith("/check/drafts/")
    page = words(settled(client, address).text)
    assert "3 quotations: 1 stands so in print" in page
    assert "✓ verbatim Ida Marsh 1: “The bridge is safe,”" in page
    lines = client.get(f"{address}/quotations.jsonl").text.splitlines()
    found = [json.loads(line) for line in lines]
    assert found[0]["wording"] == "verbatim"
    assert {each["by"] for each in found} == {"Ida Marsh"}
    assert client.get(f"{address}?page=9").status_code == 404


def test_a_draft_without_quotations_and_none_at_all(client: TestClient) -> None:
    sent = post(client, "/check", page="/check", text="Nothing is said here by anybody at all.")
    assert "There is no quotation in it" in settled(client, sent.headers["location"]).text
    sent = post(client, "/check", page="/check", text="  ")
    assert sent.status_code == 422
    assert "There is nothing to check yet" in sent.text
    assert client.get("/check/drafts/never").status_code == 404


def test_a_long_draft_is_judged_in_parts(client: TestClient) -> None:
    text = "\n\n".join(
        f"“The bridge number {n} is not so safe at all,” she said." for n in range(45)
    )
    address = post(client, "/check", page="/check", text=text).headers["location"]
    page = settled(client, address).text
    assert page.count('<li class="check">') == 20
    assert "page 1 of 3" in page
    assert len(page) < 100_000
    assert client.get(f"{address}?page=3").text.count('<li class="check">') == 5


def test_hostile_quotations_stay_text(client: TestClient, record_path: Path) -> None:
    add_hostile(record_path)
    evil = "%3Cscript%3Ealert(1)%3C/script%3E+bridge+is+safe"
    assert_harmless(client.get(f"/check?quotation={evil}&by=%3Cimg+src=x%3E+Marsh").text)
    assert_harmless(client.get("/check?quotation=img+src+x+onerror+alert+3").text)
    sent = post(
        client, "/check", page="/check", text="“<script>alert(1) is safe</script>” he said."
    )
    assert_harmless(settled(client, sent.headers["location"]).text)


def test_what_passes_with_nobody_named_is_told_apart(client: TestClient) -> None:
    text = "“The bridge is safe,” she said. It read ‘I would take my own children across it’."
    address = post(client, "/check", page="/check", text=text).headers["location"]
    page = words(settled(client, address).text)
    assert (
        "All 2 quotations stand so in print, 1 by the one who is to have said it, 1 with nobody "
        "named in the draft."
    ) in page


def test_hearsay_says_whose_word_it_is(client: TestClient, record_path: Path) -> None:
    add_hearsay(record_path)
    page = words(client.get("/check?quotation=him+a+purple+bus&by=Ida+Marsh").text)
    assert "by the one asked for, according to Pim Vale" in page
    assert "Ida Marsh, “promised”, according to Pim Vale" in page
