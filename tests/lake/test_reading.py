"""Readings out of a lake."""

import pytest

from sayso.errors import LakeDamaged, LakeError
from sayso.lake.files import encoded
from sayso.lake.manifest import Lake
from sayso.lake.reading import readings
from sayso.lake.rows import Place, article_row
from sayso.lake.store import Store
from tests.lake.conftest import READINGS, Fill, put
from tests.record.build import Said, reading


def test_all_come_back(lake: Lake) -> None:
    found = {r.article.text: r for r in readings(lake)}
    assert found == {r.article.text: r for r in READINGS}


def test_those_of_a_month_are_in_order(fill: Fill) -> None:
    said = [Said(content=f"“{n},”", by="Ida Marsh") for n in range(3)]
    given = [
        reading("“0,” “1,” “2,” said Ida Marsh.", said[: n % 4], id=n, date="2026-03-12")
        for n in range(450)
    ]
    assert list(readings(fill(given))) == given


def test_what_is_not_finished_is_not_read(lake: Lake) -> None:
    put(lake.store, "k2", READINGS)
    assert len(list(readings(lake))) == 3


def test_an_empty_lake(fill: Fill) -> None:
    assert list(readings(fill())) == []


def files_of(lake: Lake, table: str) -> list[str]:
    return [file.name for file in lake.files(table)]


def test_a_shard_taken_out_before_its_turn(fill: Fill) -> None:
    fill(READINGS)
    lake = fill(READINGS, key="k2")
    found = readings(lake)
    next(found)
    lake.discard(["k2"])
    with pytest.raises(LakeError, match="changed meanwhile, so do it again") as raised:
        list(found)
    assert not isinstance(raised.value, LakeDamaged)


def test_a_missing_file(lake: Lake, store: Store) -> None:
    store.remove(files_of(lake, "statements")[0])
    with pytest.raises(LakeDamaged, match="is not as it was written"):
        list(readings(lake))


def test_a_torn_file(lake: Lake, store: Store) -> None:
    name = files_of(lake, "articles")[0]
    store.put(name, store.read(name)[:-9])
    with pytest.raises(LakeDamaged, match="is not as it was written"):
        list(readings(lake))


def test_statements_of_another_article(fill: Fill, store: Store) -> None:
    lake = fill(READINGS[:1])
    (name,) = files_of(lake, "statements")
    put(store, "k1", READINGS[1:2])
    store.put(name, store.read(name.replace("2026-03", "2026-04")))
    with pytest.raises(LakeDamaged, match="are not beside it"):
        list(readings(lake))


def test_statements_of_no_article(fill: Fill, store: Store) -> None:
    lake = fill(READINGS[:1])
    put(store, "k1", [READINGS[0]] * 2)
    store.put(files_of(lake, "articles")[0], encoded_articles())
    with pytest.raises(LakeDamaged, match="statements of no article"):
        list(readings(lake))


def encoded_articles() -> bytes:
    return encoded("articles", [article_row(READINGS[0], Place("k1-000000"))])
