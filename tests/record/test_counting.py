"""Facets: how hits part, with and without the filters that narrow them."""

import pytest

from sayso.errors import NotInRecord, UsageError
from sayso.record import Record, counting
from sayso.record.counting import Choice, Counts
from sayso.record.filters import Filters
from tests.record.build import Said, reading


@pytest.fixture
def full(record: Record) -> Record:
    """Five statements in three articles of two outlets."""
    record.add(
        reading(
            "“The toll stays,” said Ida Marsh. Ben Okoro thinks the toll will go.",
            [
                Said(content="“The toll stays,”", by="Ida Marsh"),
                Said(content="the toll will go", by="Ben Okoro", said=False, type="indirect"),
            ],
            publisher="Post",
            date="2025-05-01",
        )
    )
    record.add(
        reading(
            "“A toll is a toll,” Ida Marsh said. The toll, it was said, is high.",
            [
                Said(content="“A toll is a toll,”", by="Ida Marsh", confidence=0.5),
                Said(content="The toll … is high", type="indirect"),
            ],
            publisher="Echo",
            date="2026-02-01",
        )
    )
    record.add(
        reading(
            "“No toll,” residents say.", [Said(content="“No toll,”", by=[("residents", "unnamed")])]
        )
    )
    return record


def told(choices: tuple[Choice, ...]) -> dict[str, int]:
    return {choice.label: choice.hits for choice in choices}


def test_hits_part_by_every_facet(full: Record) -> None:
    found = full.counts("toll")
    assert (found.matched, found.complete) == (5, True)
    assert told(found.by) == {"Ida Marsh": 2, "Ben Okoro": 1}
    assert told(found.outlets) == {"Echo": 2, "Post": 2}
    assert told(found.years) == {"2026": 2, "2025": 2}
    assert told(found.types) == {"direct": 3, "indirect": 2}
    assert told(found.said) == {"1": 4, "0": 1}
    assert found.unnamed == 2


@pytest.mark.parametrize(
    ("filters", "facet", "expected"),
    [
        (Filters(outlets=("Echo",)), "outlets", {"Echo": 2, "Post": 2}),
        (Filters(outlets=("Echo",)), "years", {"2026": 2}),
        (Filters(types=("direct",)), "types", {"direct": 3, "indirect": 2}),
        (Filters(types=("direct",)), "outlets", {"Echo": 1, "Post": 1}),
        (Filters(said=False), "said", {"1": 4, "0": 1}),
        (Filters(since="2026-01-01"), "years", {"2026": 2, "2025": 2}),
        (Filters(since="2026-01-01"), "outlets", {"Echo": 2}),
        (Filters(min_confidence=0.8), "outlets", {"Post": 2, "Echo": 1}),
        (Filters(by=("Marsh",)), "by", {"Ida Marsh": 2, "Ben Okoro": 1}),
        (Filters(by=("Marsh",)), "types", {"direct": 2}),
    ],
)
def test_a_facet_leaves_its_own_filter_out(
    full: Record, filters: Filters, facet: str, expected: dict[str, int]
) -> None:
    assert told(getattr(full.counts("toll", filters), facet)) == expected


def test_without_words_it_is_the_newest(full: Record) -> None:
    assert full.counts().matched == 5


def test_no_more_are_counted_than_are_ranked(full: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "POOL", 3)
    found = full.counts("toll")
    assert (found.matched, found.complete) == (3, False)
    assert sum(told(found.types).values()) == 3


def test_names_of_the_filters_are_told_with_their_entries(full: Record) -> None:
    found = full.counts("toll", Filters(by=("marsh",)))
    ((number, name),) = found.people.values()
    assert name == "Ida Marsh"
    assert number in {choice.value for choice in found.by}


def test_what_cannot_be_asked(full: Record) -> None:
    with pytest.raises(NotInRecord):
        full.counts("toll", Filters(by=("Nobody Here",)))
    with pytest.raises(UsageError):
        full.counts("NOT toll")


def test_as_json(full: Record) -> None:
    found: Counts = full.counts("toll")
    assert found.to_dict()["types"] == [
        {"value": "direct", "label": "direct", "hits": 3},
        {"value": "indirect", "label": "indirect", "hits": 2},
    ]
