"""An article without a title is called by its first words wherever others show theirs."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso import Record
from tests.record.build import Said, reading
from tests.room.pages.asked import settled, words

NAME = "“The quay is shut.”"
TEXT = (
    "The quay is shut.\n\n“Nobody may land at the purple quay until June,” said Zora Nil. "
    "“We counted forty broken planks in a day,” she said."
)
SAID = [
    Said(content="“Nobody may land at the purple quay until June,”", by="Zora Nil", cue="said"),
    Said(content="“We counted forty broken planks in a day,”", by="Zora Nil", cue="said"),
]


@pytest.fixture
def names(record_path: Path) -> dict[str, str | int]:
    with Record(record_path) as record:
        key = record.add(reading(TEXT, SAID, publisher="The Post")).key
        return {"key": key, "zora": record.people("Zora Nil")[0].person.id}


@pytest.mark.parametrize(
    "address",
    [
        "/articles",
        "/articles/{key}/versions",
        "/search?words=purple",
        "/check?quotation=Nobody+may+land+at+the+purple+quay+until+June",
        "/audit?article={key}",
        "/people/{zora}",
        "/people/{zora}/split?article={key}",
        "/review/{key}/s1",
        "/review/{key}",
        "/corrections?article={key}",
        "/forget/{key}",
        "/amend/{key}",
    ],
)
def test_it_is_called_by_its_first_words(
    named: TestClient, names: dict[str, str | int], address: str
) -> None:
    page = words(settled(named, address.format(**names)).text)
    assert NAME in page


@pytest.mark.parametrize("address", ["/articles/{key}", "/search?words=purple"])
def test_it_is_cited_by_them(named: TestClient, names: dict[str, str | int], address: str) -> None:
    page = words(named.get(address.format(**names)).text)
    assert f"until June” — {NAME}, The Post, " in page
