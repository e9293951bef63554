"""Pages of one address: the first of the plan is read, whatever runs first or is broken off."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sayso import Failure
from sayso.batch import run
from sayso.batch.child import Job
from sayso.batch.plan import found, pieces
from sayso.batch.records import records
from sayso.batch.repeated import Told, Trying, decide, listed, repeated
from sayso.batch.shards import Shard, packed, reading
from sayso.lake.store import Store
from tests.batch.conftest import (
    OPTIONS,
    SETTING,
    Batch,
    files,
    lake_at,
    record,
    results,
    tables,
    write,
)
from tests.intake import warcs

STORY = "".join(
    f"<p>“The bridge at mile {n} is safe,” said Ida Marsh, the county surveyor, at the town hall "
    "on Tuesday. She had walked over it every morning for a month, she added.</p>"
    for n in range(6)
)


STUB = "stub "
"""What the title of a page begins with of which the rest is for subscribers."""


def page(title: str, address: str = "") -> bytes:
    link = f'<link rel="canonical" href="{address}">' if address else ""
    wall = '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'
    story = STORY[: len(STORY) // 6] if title.startswith(STUB) else STORY
    return (
        f"<html><head><title>{title}</title>{link}{wall * title.startswith(STUB)}</head>"
        f"<body><article><h1>{title}</h1>{story}</article></body></html>"
    ).encode()


def answer(title: str) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(title)


def archive(path: Path, *addresses: str, title: str = "") -> Path:
    made = (warcs.record(answer(f"{title}{path.stem} {url}"), url=url) for url in addresses)
    path.write_bytes(b"".join(made))
    return path


def shards(*paths: Path) -> list[Shard]:
    return list(packed(pieces(found([str(path) for path in paths]), OPTIONS), reading(OPTIONS)))


def here(some: Sequence[Shard]) -> Iterator[Told[bytes]]:
    return ((shard.key, listed(shard, SETTING), None) for shard in some)


def tried(jobs: Sequence[Job]) -> Iterator[Told[frozenset[int]]]:
    for job in jobs:
        made = [each.make() for each in records(job.shard, OPTIONS)]
        failing = {n for n in job.tries or () if isinstance(made[n], Failure)}
        yield job.shard.key, frozenset(failing), None


def not_given(jobs: Sequence[Job]) -> Iterator[Told[frozenset[int]]]:
    return ((job.shard.key, None, "it is gone") for job in jobs)


def settled(tmp_path: Path, some: Sequence[Shard]) -> dict[str, str]:
    return decide(some, lake_at(tmp_path / "lake"), frozenset(), here, tried)


@pytest.fixture
def crawls(tmp_path: Path) -> tuple[Path, Path]:
    first = archive(
        tmp_path / "a.warc", "https://news.example/1", "https://news.example/2", "http://x.example"
    )
    second = archive(
        tmp_path / "b.warc",
        "https://www.news.example/2/?utm_source=x",
        "https://news.example/3",
        "https://news.example/3#top",
    )
    return first, second


def decisions(tmp_path: Path, some: Sequence[Shard]) -> list[list[int]]:
    lake = lake_at(tmp_path / "lake")
    return [sorted(repeated(shard.key, lake.store)) for shard in some]


def test_the_first_of_the_plan_keeps_an_address(tmp_path: Path, crawls: tuple[Path, Path]) -> None:
    some = shards(*crawls)
    lake = lake_at(tmp_path / "lake")
    decide(some, lake, frozenset(), lambda new: reversed(list(here(new))), tried)
    assert decisions(tmp_path, some) == [[], [0, 2]]


def test_what_an_earlier_run_brought_wins(tmp_path: Path, crawls: tuple[Path, Path]) -> None:
    first, second = crawls
    settled(tmp_path, shards(second))
    settled(tmp_path, shards(first, second))
    assert decisions(tmp_path, shards(first, second)) == [[1], [2]]


@pytest.mark.parametrize("kept", [0, 1])
def test_what_was_decided_before_a_kill_stays(
    kept: int, tmp_path: Path, crawls: tuple[Path, Path]
) -> None:
    """Killed between the two shards' decisions, in either order."""
    some, lake = shards(*crawls), lake_at(tmp_path / "lake")
    settled(tmp_path, some)
    lake.store.remove(f"_manifest/addresses/{some[1 - kept].key}.npy")
    settled(tmp_path, some)
    assert decisions(tmp_path, some) == [[], [0, 2]]


def test_nothing_is_listed_where_nothing_can_be_repeated(tmp_path: Path) -> None:
    some = shards(write(tmp_path / "in.jsonl", [record(1, url="https://news.example/1")]))
    lake = lake_at(tmp_path / "lake")
    decide(some, lake, frozenset(), lambda _: pytest.fail("it was listed"), tried)
    assert decisions(tmp_path, some) == [[]]


def test_a_run_over_a_crawl_and_pages(
    tmp_path: Path, crawls: tuple[Path, Path], batch: Batch
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.html").write_bytes(page("A", "https://news.example/3"))
    (folder / "b.html").write_bytes(page("B", "https://news.example/4"))
    (folder / "c.html").write_bytes(page("C"))
    summary = batch(*crawls, folder)
    rows = tables(tmp_path / "lake")
    told = [(Path(row["input"]).name, row["url"]) for row in rows["failures"]]
    assert sorted(told, key=str) == [
        ("a.html", None),
        ("b.warc", "https://news.example/3#top"),
        ("b.warc", "https://www.news.example/2/?utm_source=x"),
    ]
    assert (summary.articles, summary.failures) == (6, 3)
    assert {row["code"] for row in rows["failures"]} == {"repeated"}
    again = batch(*crawls, folder)
    assert (again.new, again.failures) == (0, 3)


def test_a_plan_tells_no_rows_of_a_crawl(tmp_path: Path, crawls: tuple[Path, Path]) -> None:
    plan = run.plan([str(crawls[0])], SETTING, None, None)
    assert (plan.rows, plan.files) == (None, 1)
    limited = run.plan([str(path) for path in crawls], SETTING, None, 4)
    assert (limited.rows, [shard.rows for shard in limited.shards]) == (4, [4])


ONE, TWO = "https://news.example/1", "https://news.example/2"


@pytest.fixture
def walled(tmp_path: Path) -> list[Path]:
    """Four crawls of one address: two stubs, then twice the whole page; and one of stubs alone."""
    stubs = [archive(tmp_path / f"{name}.warc", ONE, TWO, title=STUB) for name in "ab"]
    return [*stubs, *(archive(tmp_path / f"{name}.warc", ONE) for name in "cd")]


WALLED = [
    ("a.warc", ONE, "paywall"),
    ("a.warc", TWO, "paywall"),
    ("b.warc", ONE, "paywall"),
    ("b.warc", TWO, "paywall"),
    ("d.warc", ONE, "repeated"),
]


def failures(lake: Path) -> list[tuple[str, str, str]]:
    rows = tables(lake)["failures"]
    return sorted((Path(row["input"]).name, row["url"], row["code"]) for row in rows)


def titles(lake: Path) -> list[str]:
    return sorted(row["title"] for row in tables(lake)["articles"])


def test_a_page_is_not_lost_for_a_stub_of_it(
    tmp_path: Path, walled: list[Path], batch: Batch
) -> None:
    batch(*walled)
    assert failures(tmp_path / "lake") == WALLED
    assert titles(tmp_path / "lake") == [f"c {ONE}"]


def test_nor_for_one_that_an_earlier_run_brought(
    tmp_path: Path, walled: list[Path], batch: Batch
) -> None:
    batch(walled[1])
    batch(walled[0], walled[2])
    batch(*walled)
    assert failures(tmp_path / "lake") == WALLED
    assert titles(tmp_path / "lake") == [f"c {ONE}"]


@pytest.mark.parametrize("killed", range(4))
def test_a_run_killed_while_it_decides_goes_on(
    killed: int, tmp_path: Path, walled: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    some = shards(*walled)
    settled(tmp_path / "whole", some)
    put = Store.put

    def dies(store: Store, name: str, data: bytes) -> None:
        if name.endswith(f"{some[killed].key}.npy"):
            raise InterruptedError
        put(store, name, data)

    monkeypatch.setattr(Store, "put", dies)
    with pytest.raises(InterruptedError):
        settled(tmp_path, some)
    monkeypatch.undo()
    settled(tmp_path, some)
    assert decisions(tmp_path, some) == decisions(tmp_path / "whole", some) == [[], [], [], [0]]


def test_shards_run_in_another_order_keep_the_order_of_the_plan(
    tmp_path: Path, walled: list[Path], batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(*walled)
    read = run._pass
    monkeypatch.setattr(run, "_pass", lambda shards, *more: read(shards[::-1], *more))
    batch(*walled, out=tmp_path / "other")
    assert files(tmp_path / "other") == files(tmp_path / "lake")


def test_what_can_not_be_told_now_is_not_read_now(
    tmp_path: Path, crawls: tuple[Path, Path]
) -> None:
    some = shards(*crawls)

    told = decide(some, lake_at(tmp_path / "lake"), frozenset(), here, not_given)
    assert told == {shard.key: "it is gone" for shard in some}
    assert settled(tmp_path, some) == {}
    assert decisions(tmp_path, some) == [[], [0, 2]]


def test_the_first_rows_and_then_the_whole_lose_no_page(
    tmp_path: Path, crawls: tuple[Path, Path], batch: Batch
) -> None:
    batch(*crawls, limit=2)
    batch(*crawls)
    batch(*crawls, out=tmp_path / "other")
    assert files(tmp_path / "lake") == files(tmp_path / "other")


def test_a_page_that_has_changed_does_not_repeat_itself(tmp_path: Path, batch: Batch) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page("A", ONE))
    batch(path)
    path.write_bytes(page("Another", ONE))
    batch(path)
    assert titles(tmp_path / "lake") == ["Another"]
    assert len(results(tmp_path / "lake")) == 1


def test_what_a_killed_run_had_put_aside_is_nobody_else_s_loss(
    tmp_path: Path, crawls: tuple[Path, Path], batch: Batch
) -> None:
    """It had decided of the first crawl, read nothing, and does not come back."""
    first, second = crawls
    settled(tmp_path, shards(first))
    batch(second)
    assert failures(tmp_path / "lake") == [("b.warc", "https://news.example/3#top", "repeated")]
    batch(first, second)
    assert len(failures(tmp_path / "lake")) == 2


def test_nor_for_a_stub_that_is_to_be_read_yet(tmp_path: Path, walled: list[Path]) -> None:
    """A run over the first crawl was killed when it had decided; the next is over more."""
    first, _, whole, _ = shards(*walled)
    settled(tmp_path, [first])
    settled(tmp_path, [first, whole])
    assert decisions(tmp_path, [first, whole]) == [[], []]


@pytest.mark.parametrize("trying", [not_given, lambda _: iter(())])
def test_nor_for_one_that_its_store_does_not_give_now(
    trying: Trying, tmp_path: Path, walled: list[Path]
) -> None:
    """Whether it is a stub is known when it can be tried: the whole page waits until then."""
    other = archive(tmp_path / "e.warc", "https://news.example/5")
    stub, _, whole, _, free = shards(*walled, other)
    settled(tmp_path, [stub])
    told = decide([stub, whole, free], lake_at(tmp_path / "lake"), frozenset(), here, trying)
    assert told.keys() == {whole.key}
    assert told[whole.key] in ("it is gone", f"the pages of {stub.named} can't be tried")
    assert settled(tmp_path, [stub, whole, free]) == {}
    assert decisions(tmp_path, [stub, whole, free]) == [[], [], []]


def test_no_page_waits_for_an_address_that_is_in_the_lake(
    tmp_path: Path, walled: list[Path], batch: Batch
) -> None:
    stub, _, whole, again = shards(*walled)
    settled(tmp_path, [stub])
    decided = Store(str(tmp_path / "lake")).read(f"_manifest/addresses/{stub.key}.npy")
    batch(walled[2])
    lake = lake_at(tmp_path / "lake")
    lake.store.put(f"_manifest/addresses/{stub.key}.npy", decided)
    assert decide([stub, again], lake, frozenset(), here, not_given) == {}
    assert decisions(tmp_path, [stub, whole, again]) == [[], [], [0]]


def test_the_front_page_is_no_page_s_address(tmp_path: Path, batch: Batch) -> None:
    for name in "ab":
        (tmp_path / f"{name}.html").write_bytes(page(name, "https://news.example/"))
    assert batch(tmp_path / "a.html", tmp_path / "b.html").articles == 2


def test_after_a_touch_the_copy_of_a_page_that_crashed_is_read(
    tmp_path: Path, batch: Batch
) -> None:
    """Within one run it is passed over: what is read is settled before anything is."""
    first = archive(tmp_path / "a.warc", ONE, title="CRASH ")
    second = archive(tmp_path / "b.warc", ONE)
    batch(first, second)
    told = [("a.warc", ONE, "crashed"), ("b.warc", ONE, "repeated")]
    assert failures(tmp_path / "lake") == told
    later = second.stat().st_mtime_ns + 1_000_000_000
    os.utime(second, ns=(later, later))
    batch(first, second)
    assert failures(tmp_path / "lake") == told[:1]
    assert titles(tmp_path / "lake") == [f"b {ONE}"]
