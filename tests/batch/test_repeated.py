"""Pages of one address: the first of the plan is read, whatever runs first or is broken off."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sayso.batch import run
from sayso.batch.plan import found, pieces
from sayso.batch.repeated import decide, listed, repeated
from sayso.batch.shards import Shard, packed, reading
from tests.batch.conftest import OPTIONS, SETTING, Batch, lake_at, record, tables, write
from tests.intake import warcs

STORY = "".join(
    f"<p>“The bridge at mile {n} is safe,” said Ida Marsh, the county surveyor, at the town hall "
    "on Tuesday. She had walked over it every morning for a month, she added.</p>"
    for n in range(6)
)


def page(title: str, address: str = "") -> bytes:
    link = f'<link rel="canonical" href="{address}">' if address else ""
    return (
        f"<html><head><title>{title}</title>{link}</head><body><article><h1>{title}</h1>"
        f"{STORY}</article></body></html>"
    ).encode()


def answer(title: str) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(title)


def archive(path: Path, *addresses: str) -> Path:
    made = (warcs.record(answer(f"{path.stem} {url}"), url=url) for url in addresses)
    path.write_bytes(b"".join(made))
    return path


def shards(*paths: Path) -> list[Shard]:
    return list(packed(pieces(found([str(path) for path in paths]), OPTIONS), reading(OPTIONS)))


def here(some: Sequence[Shard]) -> Iterator[tuple[str, bytes]]:
    return ((shard.key, listed(shard, SETTING)) for shard in some)


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
    decide(some, lake_at(tmp_path / "lake"), lambda new: reversed(list(here(new))))
    assert decisions(tmp_path, some) == [[], [0, 2]]


def test_what_an_earlier_run_brought_wins(tmp_path: Path, crawls: tuple[Path, Path]) -> None:
    first, second = crawls
    decide(shards(second), lake_at(tmp_path / "lake"), here)
    decide(shards(first, second), lake_at(tmp_path / "lake"), here)
    assert decisions(tmp_path, shards(first, second)) == [[1], [2]]


@pytest.mark.parametrize("kept", [0, 1])
def test_what_was_decided_before_a_kill_stays(
    kept: int, tmp_path: Path, crawls: tuple[Path, Path]
) -> None:
    """Killed between the two shards' decisions, in either order."""
    some, lake = shards(*crawls), lake_at(tmp_path / "lake")
    decide(some, lake, here)
    lake.store.remove(f"_manifest/addresses/{some[1 - kept].key}.npy")
    decide(some, lake, here)
    assert decisions(tmp_path, some) == [[], [0, 2]]


def test_nothing_is_listed_where_nothing_can_be_repeated(tmp_path: Path) -> None:
    some = shards(write(tmp_path / "in.jsonl", [record(1, url="https://news.example/1")]))
    decide(some, lake_at(tmp_path / "lake"), lambda _: pytest.fail("it was listed"))
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
    assert (summary.rows, summary.articles, summary.failures) == (9, 6, 3)
    assert {row["code"] for row in rows["failures"]} == {"repeated"}
    again = batch(*crawls, folder)
    assert (again.new, again.failures) == (0, 3)


def test_a_plan_tells_no_rows_of_a_crawl(tmp_path: Path, crawls: tuple[Path, Path]) -> None:
    plan = run.plan([str(crawls[0])], SETTING, None, None)
    assert (plan.rows, plan.files) == (None, 1)
    limited = run.plan([str(path) for path in crawls], SETTING, None, 4)
    assert (limited.rows, [shard.rows for shard in limited.shards]) == (4, [4])
