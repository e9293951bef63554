"""A source into a lake, and what it was before out of it."""

from collections.abc import Iterable, Iterator

import pytest

from sayso import Reading
from sayso.lake import taking
from sayso.lake.manifest import Lake
from sayso.lake.reading import readings
from sayso.lake.schema import TABLES
from sayso.lake.store import Store
from sayso.lake.taking import Named, Offer, Taken, elsewhere, take
from tests.lake.conftest import READINGS
from tests.record.build import MODEL

MARCH, APRIL, UNDATED = (("m", READINGS[0]), ("a", READINGS[1]), ("u", READINGS[2]))


@pytest.fixture
def lake(store: Store) -> Lake:
    """A lake with nothing in it."""
    return Lake.create(store, MODEL)


def offer(month: str | None, *named: Named, state: str = "1") -> Offer:
    return Offer(month, state, named)


def taken(lake: Lake, source: str, offers: Iterable[Offer]) -> Iterator[Taken]:
    return take(lake, source, offers, lake.entries(replaced=True))


def held(lake: Lake) -> list[Reading]:
    return sorted(readings(lake), key=lambda r: r.article.text)


def test_each_month_is_a_shard(lake: Lake) -> None:
    offers = [offer(None, UNDATED), offer("2026-03", MARCH), offer("2026-04", APRIL)]
    done = list(taken(lake, "desk.db", offers))
    assert [t.is_new for t in done] == [True, True, True]
    assert held(lake) == sorted(READINGS, key=lambda r: r.article.text)
    assert lake.totals().statements == 3


def test_the_same_again_adds_nothing(lake: Lake) -> None:
    list(taken(lake, "desk.db", [offer("2026-03", MARCH)]))
    files = list(lake.store.list(deep=True))
    (again,) = taken(lake, "desk.db", [Offer("2026-03", "1", iter(()))])
    assert not again.is_new
    assert list(lake.store.list(deep=True)) == files


def test_another_state_takes_the_place_of_the_old(lake: Lake) -> None:
    list(taken(lake, "desk.db", [offer("2026-03", MARCH), offer("2026-04", APRIL)]))
    done = taken(lake, "desk.db", [offer("2026-03", MARCH, MARCH, state="2"), offer("2026-04")])
    assert next(done).is_new
    assert lake.totals().articles == 3  # before the rest is done, too
    list(done)
    assert lake.totals().articles == 3
    assert list(lake.strays(TABLES)) == []
    assert len(lake.entries(replaced=True)) == 2


def test_what_is_changed_back_is_there_before_what_it_replaces_goes(lake: Lake) -> None:
    for state in ("1", "2"):
        list(taken(lake, "desk.db", [offer("2026-03", MARCH, state=state)]))
    back = taken(lake, "desk.db", [offer("2026-03", MARCH), offer("2026-04", APRIL)])
    assert next(back).is_new
    assert held(lake) == [READINGS[0]]
    list(back)
    assert len(lake.entries(replaced=True)) == 2
    again = taken(lake, "desk.db", [offer("2026-03", MARCH), offer("2026-04", APRIL)])
    assert [t.is_new for t in again] == [False, False]


def test_a_month_that_is_gone_goes(lake: Lake) -> None:
    list(taken(lake, "desk.db", [offer("2026-03", MARCH), offer("2026-04", APRIL)]))
    list(taken(lake, "desk.db", [offer("2026-04", APRIL)]))
    assert held(lake) == [READINGS[1]]


def test_stopped_it_goes_on(lake: Lake) -> None:
    list(taken(lake, "desk.db", [offer("2026-03", MARCH)]))
    stopped = taken(lake, "desk.db", [offer("2026-03", state="2"), offer("2026-04", APRIL)])
    next(stopped)
    stopped.close()  # type: ignore[attr-defined]
    list(taken(lake, "desk.db", [offer("2026-03", MARCH), offer("2026-04", APRIL)]))
    assert len(held(lake)) == 2


def test_other_sources_stay(lake: Lake) -> None:
    list(taken(lake, "desk.db", [offer("2026-03", MARCH)]))
    list(taken(lake, "other.db", [offer("2026-03", MARCH)]))
    assert elsewhere("desk.db", lake.entries(replaced=True)) == 1
    list(taken(lake, "other.db", []))
    assert held(lake) == [READINGS[0]]
    assert elsewhere("desk.db", lake.entries(replaced=True)) == 0


def test_what_was_replaced_comes_from_nowhere(lake: Lake) -> None:
    list(taken(lake, "desk.db", [offer("2026-03", MARCH)]))
    next(taken(lake, "desk.db", [offer("2026-03", MARCH, state="2"), offer("2026-04")]))
    entries = lake.entries(replaced=True)
    assert (len(entries), elsewhere("other.db", entries)) == (2, 1)


def test_a_large_month_is_in_several_files(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "_ARTICLES", 2)
    list(taken(lake, "desk.db", [offer("2026-03", *[MARCH] * 5)]))
    assert [f.rows for f in lake.files("articles")] == [2, 2, 1]
    assert held(lake) == [READINGS[0]] * 5
