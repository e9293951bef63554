"""Lists page by page: all of a list, each once, and nothing moved by what is added meanwhile."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from sayso import Record, UsageError
from sayso.record import told
from sayso.record.paging import Page
from sayso.record.tokens import placed, tokened
from tests.record.build import Said, reading

Turn = Callable[[str | None], Page[Any]]


def report(number: int, date: str | None = None, by: str = "Ida Marsh") -> Any:
    said = Said(content=f"“Pump {number} leaks,”", by=by, cue="said")
    text = f"“Pump {number} leaks,” said {by}."
    return reading(text, [said], date=date, title=f"Pump {number}", publisher="Echo")


def pages(turn: Turn) -> list[tuple[Any, ...]]:
    found, page = [], None
    while True:
        got = turn(page)
        found.append(got.shown)
        page = got.next
        if page is None:
            return found


def turned(record: Record, words: str, given: dict[str, Any], page: str | None) -> Page[Any]:
    return record.article_page(words, limit=1, page=page, **given)


@pytest.fixture
def filled(record: Record) -> Record:
    """Five articles, two of one day and two of none, and three speakers."""
    for number, (date, by) in enumerate(
        [
            ("2026-03-02", "Ida Marsh"),
            (None, "Ida Marsh"),
            ("2026-03-01", "Ben Okoro"),
            ("2026-03-02", "Nora Kettle"),
            (None, "Ida Marsh"),
        ]
    ):
        record.add(report(number, date, by))
    return record


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_articles_come_as_the_whole_list_has_them(filled: Record, limit: int) -> None:
    whole, _ = filled.articles()
    found = pages(lambda page: filled.article_page(limit=limit, page=page))
    keys = [entry.article for some in found for entry in some]
    assert keys == [entry.article for entry in whole]
    assert all(len(some) == limit for some in found[:-1])


def test_articles_are_chosen_as_in_the_whole_list(filled: Record) -> None:
    chosen: dict[str, Any] = {"outlets": ["echo"], "since": "2026-03-02", "until": "2026-03-02"}
    for words, given in (("", chosen), ("pump 3", {}), ("leaks NOT okoro", {})):
        whole, _ = filled.articles(words, **given)
        found = pages(partial(turned, filled, words, given))
        assert [e.article for some in found for e in some] == [e.article for e in whole]
        assert whole


def test_what_is_added_meanwhile_moves_nothing(filled: Record) -> None:
    before = pages(lambda page: filled.article_page(limit=2, page=page))
    first = filled.article_page(limit=2)
    filled.add(report(9, "2026-03-09"))
    second = filled.article_page(limit=2, page=first.next)
    assert [first.shown, second.shown] == before[:2]


def test_people_come_as_the_whole_list_has_them(filled: Record) -> None:
    filled.merge("Ben Okoro", "Nora Kettle", who="Vera Hill")
    whole = filled.people()
    found = pages(lambda page: filled.people_page(limit=1, page=page))
    assert [each for some in found for each in some] == whole
    assert [each.person.name for each in whole] == ["Ida Marsh", "Ben Okoro"]
    (kettle,) = filled.people_page("kettle").shown
    assert kettle.person.name == "Ben Okoro"
    assert filled.people_page("nobody").shown == ()


def test_decisions_and_corrections_come_the_last_first(filled: Record) -> None:
    keys = [entry.article for entry in filled.articles()[0]]
    for key in keys[:3]:
        filled.right(f"{key}/s1", who="Vera Hill")
    first = filled.correction_page(limit=2)
    filled.wrong(f"{keys[3]}/s1", who="Vera Hill")
    second = filled.correction_page(limit=2, page=first.next)
    assert [(key, c.id) for key, c in first.shown + second.shown] == [
        (keys[2], 3),
        (keys[1], 2),
        (keys[0], 1),
    ]
    assert [c.id for _, c in filled.correction_page(keys[1]).shown] == [2]
    filled.merge("Ben Okoro", "Nora Kettle", who="Vera Hill")
    filled.undo_decision(1)
    filled.merge("Ida Marsh", "Nora Kettle", who="Vera Hill")
    found = pages(lambda page: filled.decision_page(limit=1, page=page))
    assert [decision.id for some in found for decision in some] == [2, 1]


@pytest.mark.parametrize(
    "token",
    [
        "", "x", "é", "W10", "bnVsbA", "e30", tokened("a", (1,)), tokened("b", ("a", 1)),
        tokened("b", (1, "é")), tokened("b", (True, "a")), tokened("b", (-1, "a")),
        tokened("b", (2**63, "a")), tokened("b", (1, "a", 1)),
    ],
)  # fmt: skip
def test_what_is_no_token_of_the_list(token: str) -> None:
    with pytest.raises(UsageError):
        placed("b", token, (7, ""))


def test_a_token_holds_its_place() -> None:
    assert placed("b", tokened("b", (3, "a")), (7, "")) == (3, "a")
    assert placed("b", None, (7, "")) == (7, "")


def test_a_correction_is_told_with_what_it_changes(filled: Record) -> None:
    key = filled.articles()[0][0].article
    filled.attribute(f"{key}/s1", ["Vera Hill"], who="Nora Kettle")
    filled.bound(f"{key}/s1", content=["leaks"], who="Nora Kettle")
    (bounds, speaker) = (told.correction(*each) for each in filled.correction_page().shown)
    assert speaker["speakers"] == [{"name": "Vera Hill", "kind": "person", "by": []}]
    assert speaker["bounds"] is None
    assert bounds["bounds"]["content"] == ["leaks"]
    assert (bounds["kind"], bounds["content"]) == ("bounds", "“Pump 3 leaks,”")
