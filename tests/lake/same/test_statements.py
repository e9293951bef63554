"""Which pairs of statements are one utterance."""

from typing import Any

import pyarrow as pa
import pytest

from sayso.lake.same.statements import Statements

LONG = "We were promised four nights, and we have had nineteen, and the film is not finished yet"
MIDDLE = "The bells will be sold before the spring, and the roof after them"
SHORT = "We are looking into it"

OKAFOR = [{"name": "Ngozi Okafor", "kind": "person"}]
MARSH = [{"name": "Ida Marsh", "kind": "person"}]
TRUST = [{"name": "The Cathedral Trust", "kind": "organisation"}]
COUNCIL = [{"name": "Stone County Council", "kind": "organisation"}]
SOMEBODY = [{"name": "a spokeswoman", "kind": "unnamed"}]


def row(row: str, content: str, **changes: Any) -> dict[str, Any]:
    told = {
        "row": row, "id": "s1", "said": True, "denied": False, "speakers": OKAFOR,
        "content_text": content, "date": None, "printed": "2026-03-10", "publisher": "Lantern",
    }  # fmt: skip
    return told | changes


def same(a: dict[str, Any], b: dict[str, Any], stock: frozenset[str] = frozenset()) -> bool:
    kind = Statements()
    rows = pa.Table.from_pylist([a, b])
    ready = pa.Table.from_struct_array(kind.prepared(rows.select(list(kind.columns))))
    pair = sorted(ready.column("number").to_pylist())
    return bool(list(kind.edges([(pair[0], pair[1])], ready, stock)))


@pytest.mark.parametrize(
    ("words", "other"),
    [
        (LONG, {}),
        (LONG, {"printed": "2029-01-01"}),
        (LONG, {"printed": None}),
        (LONG, {"speakers": SOMEBODY}),
        (LONG, {"speakers": []}),
        (LONG, {"speakers": TRUST}),
        (LONG, {"speakers": [{"name": "Councillor Okafor", "kind": "person"}]}),
        (LONG, {"speakers": MARSH + OKAFOR}),
        (MIDDLE, {"printed": "2026-04-20"}),
        (MIDDLE, {"speakers": SOMEBODY, "printed": "2026-03-12"}),
        (SHORT, {"printed": "2026-03-14"}),
        (SHORT, {"speakers": SOMEBODY, "printed": "2026-03-11"}),
        ("a joke", {"printed": "2026-03-11"}),
    ],
)
def test_the_same_words_are_one(words: str, other: dict[str, Any]) -> None:
    assert same(row("a", words), row("b", f"‘{words}.’", **other))


@pytest.mark.parametrize(
    ("words", "other"),
    [
        (LONG, {"speakers": MARSH}),
        (LONG, {"denied": True}),
        (LONG, {"row": "a", "id": "s2"}),
        (MIDDLE, {"printed": "2026-08-01"}),
        (MIDDLE, {"speakers": SOMEBODY, "printed": "2026-04-20"}),
        (MIDDLE, {"printed": None}),
        (SHORT, {"printed": "2026-03-30"}),
        (SHORT, {"speakers": MARSH}),
        (SHORT, {"speakers": SOMEBODY, "printed": "2026-03-14"}),
        ("a joke", {"printed": "2026-03-14"}),
        ("a joke", {"speakers": [{"name": "N. Marsh", "kind": "person"}]}),
    ],
)
def test_the_same_words_are_two_by_who_or_when(words: str, other: dict[str, Any]) -> None:
    assert not same(row("a", words), row("b", words) | other)


def test_bodies_of_two_names_are_two() -> None:
    assert not same(row("a", LONG, speakers=TRUST), row("b", LONG, speakers=COUNCIL))
    short = [{"name": "the Trust", "kind": "organisation"}]
    assert same(row("a", LONG, speakers=TRUST), row("b", LONG, speakers=short))


def test_days_of_saying_part_the_same_few_words() -> None:
    monday, friday = row("a", MIDDLE, date="2026-03-02"), row("b", MIDDLE, date="2026-03-06")
    assert not same(monday, friday)
    assert same(monday, row("b", MIDDLE, date="2026-03-03"))
    assert same(monday, row("b", MIDDLE, date="2026-03"))


def test_a_stock_phrase_is_of_its_day() -> None:
    ready = Statements().prepared(pa.Table.from_pylist([row("a", SHORT)]))
    stock = frozenset(ready.field("phrase").to_pylist())
    assert same(row("a", SHORT), row("b", SHORT, printed="2026-03-11"), stock)
    assert not same(row("a", SHORT), row("b", SHORT, printed="2026-03-13"), stock)
    assert not same(row("a", SHORT), row("b", SHORT, speakers=SOMEBODY), stock)


def test_a_run_is_enough_whatever_stands_beside_it() -> None:
    run = "the lamps in the cloisters have opened joints that had been quiet for ages"
    a, b = (
        f"You will not sleep with them in your window. {run}",
        f"Thirty of us signed it in church because {run}, we said",
    )
    assert same(row("a", a), row("b", b))
    assert not same(row("a", f"It is not true that {run}"), row("b", run))


def test_a_few_words_at_the_edge_are_not_enough() -> None:
    a = "We have heard a great deal of talk about the future of the old town hall"
    b = "The old town hall is where I was married and it leaked on us all afternoon"
    assert not same(row("a", a), row("b", b))


def test_one_word_and_thoughts_are_not_compared() -> None:
    told = [row("a", "“Nonsense!”"), row("b", SHORT), row("c", LONG, said=False)]
    ready = Statements().prepared(pa.Table.from_pylist(told))
    assert [each is None for each in ready.to_pylist()] == [True, False, True]
