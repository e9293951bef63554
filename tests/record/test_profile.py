"""What somebody's statements are like as a whole, and what a merge or split would do."""

import pytest

from sayso import NotInRecord, Record
from sayso.record.choices import Choices
from tests.record.build import Said, reading

TEXT = (
    "“It will hold,” Ida Marsh told reporters in an interview on Monday. She told the Reporters "
    "that Ben Okoro was late. Ida Marsh thought it odd. She did not say “never”."
)


def at(part: str, words: str, text: str = TEXT) -> dict[str, object]:
    from sayso import Article

    start = text.index(words)
    return {part: Article(text).span(start, start + len(words))}


@pytest.fixture
def filled(record: Record) -> Record:
    record.add(reading(TEXT, [
        Said(content="“It will hold,”", by="Ida Marsh", source="Ida Marsh", cue="told",
             date="2026-02-02",
             fields=at("addressee", "reporters") | at("channel", "in an interview")),
        Said(content="that Ben Okoro was late", by="Ida Marsh", cue="told", type="indirect",
             about=("Ben Okoro", "Ida Marsh"), fields=at("addressee", "the Reporters")),
        Said(content="it odd", by="Ida Marsh", cue="thought", type="indirect", said=False),
        Said(content="“never”", by="Ida Marsh", cue="say", denied=True),
    ], date="2026-03-05", publisher="The Lantern", title="Holds",
        extra={"section": "home"}))  # fmt: skip
    record.add(reading("“Yes,” said Ida Marsh.", [
        Said(content="“Yes,”", by="Ida Marsh", source="Ida Marsh", cue="said"),
    ]))  # fmt: skip
    return record


def test_what_was_said_is_counted_and_nothing_else(filled: Record) -> None:
    found = filled.profile("Ida Marsh")
    assert (found.said, found.thought, found.denied, found.undated) == (3, 1, 1, 1)
    assert dict(found.months) == {"2026-02": 1, "2026-03": 1}
    assert dict(found.types) == {"direct": 2, "indirect": 1}
    assert [(t.label, t.statements) for t in found.outlets] == [("The Lantern", 2)]


def test_to_whom_how_and_about_whom(filled: Record) -> None:
    found = filled.profile("Ida Marsh")
    key = filled.articles()[0][0].article
    assert [(t.label, t.statements, t.example) for t in found.channels] == [
        ("in an interview", 1, f"{key}/s1")
    ]
    assert [t.label for t in found.addressees] == ["the Reporters", "reporters"]
    assert [(t.label, t.statements) for t in found.about] == [("Ben Okoro", 1)]
    assert found.about[0].person == filled.people("Ben Okoro")[0].person.id


def test_old_versions_do_not_count(record: Record) -> None:
    for word in ("yes", "no"):
        text = f"“So {word},” said Ida Marsh."
        record.add(reading(text, [
            Said(content=f"“So {word},”", by="Ida Marsh", source="Ida Marsh", cue="said"),
        ], url="https://lantern.example/so"))  # fmt: skip
    assert record.profile("Ida Marsh").said == 1


def test_nobody_has_no_profile(filled: Record) -> None:
    with pytest.raises(NotInRecord):
        filled.profile("Zora Nil")


def test_articles_that_name_somebody(filled: Record) -> None:
    first, second = filled.naming("Ida Marsh")
    assert (first.title, first.statements, first.names) == ("Holds", 4, ("Ida Marsh",))
    assert second.statements == 1
    assert filled.naming("Ida Marsh", [second.article]) == [second]
    assert filled.naming("Ida Marsh", limit=1) == [first]
    (only,) = filled.naming("Ben Okoro")
    assert only.statements == 0


def test_a_pair_tells_what_speaks_against_it(filled: Record) -> None:
    filled.import_people(
        "name,kind,party\nIda Marsh,,Forward\nBen Okoro,,Union\nQuay Ltd,organisation,\n"
    )
    pair = filled.pair("Ida Marsh", "Ben Okoro")
    assert pair.same_sort
    assert [each.key for each in pair.together] == [filled.articles()[0][0].article]
    assert pair.conflicting == ("party",)
    assert not filled.pair("Ida Marsh", "Quay Ltd").same_sort
    with pytest.raises(NotInRecord):
        filled.pair("Ida Marsh", "Zora Nil")


def test_choices_of_an_audit(filled: Record) -> None:
    filled.import_people("name,party,age\nIda Marsh,Forward,40\n")
    assert filled.choices() == Choices(("The Lantern",), ("home",), ("age", "party"))


def test_an_empty_record_has_no_choices(record: Record) -> None:
    assert record.choices() == Choices((), (), ())
