"""What the record has already of an article that is not in it yet."""

from sayso import Record
from tests.record.build import Said, reading

WORDS = (
    "“The bridge will be safe for at least ten more years,” said Ida Marsh. It was raining. "
    "“Nobody has told us what the repair will cost,” said Ben Okoro of the toll house."
)
SAID = [
    Said(content="“The bridge will be safe for at least ten more years,”", by="Ida Marsh"),
    Said(content="“Nobody has told us what the repair will cost,”", by="Ben Okoro"),
]
URL = "https://lantern.example/bridge"


def test_an_empty_record_has_nothing_like_it(record: Record) -> None:
    assert record.alike(reading(WORDS, SAID, url=URL)) is None


def test_the_same_text_whoever_printed_it(record: Record) -> None:
    key = record.add(reading(WORDS, SAID, publisher="The Lantern")).key
    found = record.alike(reading(WORDS, publisher="The Echo"))
    assert found is not None
    assert (found.how, found.article.key) == ("same", key)


def test_nearly_the_same_text(record: Record) -> None:
    key = record.add(reading(WORDS, SAID)).key
    found = record.alike(reading(WORDS.replace("It was raining.", "It rained."), SAID))
    assert found is not None
    assert (found.how, found.article.key) == ("near", key)


def test_a_quotation_in_common_is_not_enough(record: Record) -> None:
    record.add(reading(WORDS, SAID))
    other = f"{WORDS[: len(SAID[0].content)]} she had said, months before the storm. "
    other += "Of the gate itself little is left, and the harbour is closed to all but the ferry."
    assert record.alike(reading(other, SAID[:1])) is None


def test_another_text_of_its_address(record: Record) -> None:
    key = record.add(reading(WORDS, SAID, url=URL)).key
    found = record.alike(reading("Something else stands there now.", url=URL))
    assert found is not None
    assert (found.how, found.article.key) == ("address", key)
