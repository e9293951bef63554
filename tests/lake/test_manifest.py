"""What of a lake is finished."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import LakeDamaged, LakeError, LakeMismatch, LakeTooNew, NoLake
from sayso.lake import manifest
from sayso.lake.manifest import FOLDER, LAKE, Entry, Lake, Totals, is_lake
from sayso.lake.schema import TABLES, VERSION
from sayso.lake.store import Store
from tests.lake.conftest import FAILED, READINGS, Fill, put
from tests.record.build import MODEL


def test_the_versions_agree() -> None:
    assert manifest.VERSION == VERSION


def test_a_lake_is_made_once(store: Store) -> None:
    assert not is_lake(store.address)
    made = Lake.create(store, MODEL)
    told = json.loads(store.read(LAKE))
    assert (told["lake"], told["contract"], told["model"]) == (1, 1, MODEL)
    assert Lake.create(store, MODEL) == made == Lake.open(store)
    assert is_lake(store.address)


def test_a_lake_has_one_model(store: Store) -> None:
    Lake.create(store, MODEL)
    with pytest.raises(LakeMismatch, match=r"holds readings by hand-1, not hand-2"):
        Lake.create(store, "hand-2")


@pytest.mark.parametrize("name", ["story.txt", "articles/story.txt"])
def test_a_folder_of_something_else_is_left_alone(store: Store, name: str) -> None:
    store.put(name, b"Well.")
    with pytest.raises(NoLake, match="files in it and is no lake"):
        Lake.create(store, MODEL)


@pytest.mark.parametrize("is_local", [True, False])
def test_a_file_is_no_lake(is_local: bool, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"Nothing.")
    store = Store(str(path) if is_local else path.as_uri())
    with pytest.raises(NoLake, match=r"notes\.txt is a file, and a lake is a folder"):
        Lake.open(store)
    with pytest.raises(NoLake, match=r"notes\.txt is a file, and a lake is a folder"):
        Lake.create(store, MODEL)


def test_no_lake(store: Store) -> None:
    with pytest.raises(NoLake, match=r"there is no lake at .*lake\.json"):
        Lake.open(store)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"lake": 1, "model": "m"}'])
def test_a_damaged_lake(store: Store, content: bytes) -> None:
    store.put(LAKE, content)
    with pytest.raises(LakeDamaged, match=r"lake\.json is not as it was written"):
        Lake.open(store)


def test_a_newer_lake(store: Store) -> None:
    store.put(LAKE, json.dumps({"lake": 2, "contract": 1, "model": "m"}).encode())
    with pytest.raises(LakeTooNew, match="version 2, this Sayso knows 1"):
        Lake.open(store)


def test_a_lake_under_another_contract(store: Store) -> None:
    store.put(LAKE, json.dumps({"lake": 1, "contract": 2, "model": "m"}).encode())
    with pytest.raises(LakeMismatch, match="under contract 2"):
        Lake.open(store)


def test_an_entry_makes_a_shard_part_of_it(store: Store) -> None:
    lake = Lake.create(store, MODEL)
    entry = put(store, "k1", READINGS, [FAILED])
    assert (lake.finished(), lake.totals()) == (frozenset(), Totals())
    lake.commit(entry)
    assert lake.finished() == {"k1"}
    assert lake.entries() == [entry]
    total = lake.totals()
    assert (total.shards, total.rows, total.articles, total.failures) == (1, 4, 3, 1)
    assert [f.rows for f in lake.files("articles")] == [1, 1, 1]
    assert [f.rows for f in lake.files("failures")] == [1]


def test_an_entry_that_goes_while_it_is_read_has_made_way(
    fill: Fill, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = fill(READINGS)
    read = Lake.entry

    def entry(self: Lake, key: str) -> Entry:
        if self.finished() == {"k1"}:
            lake.commit(replace(put(store, "k2", READINGS[:1]), replaces=("k1",)))
            store.remove(f"{FOLDER}/k1.json")
        return read(self, key)

    monkeypatch.setattr(Lake, "entry", entry)
    assert [e.key for e in lake.entries()] == ["k2"]


@pytest.fixture
def copied(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """A lake of two shards whose entries have been copied, and whose own are not read."""
    monkeypatch.setattr(manifest, "_MANY", 2)
    fill(READINGS)
    lake = fill(READINGS[:1], key="k2")
    lake.discard([])
    return lake


def test_many_entries_are_copied(copied: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [copied.entry(key) for key in ("k1", "k2")]
    with monkeypatch.context() as patch:
        patch.setattr(Lake, "entry", None)
        assert copied.entries() == entries
        assert copied.finished() == {"k1", "k2"}


def test_the_entries_count_and_not_their_copies(copied: Lake, fill: Fill) -> None:
    fill(READINGS[1:], key="k3")
    assert [e.key for e in copied.entries()] == ["k1", "k2", "k3"]
    fill(READINGS[:2], key="k1")
    copied.discard(["k2"])
    assert [(e.key, e.articles) for e in copied.entries()] == [("k1", 2), ("k3", 2)]


def test_torn_copies_are_none(copied: Lake) -> None:
    file = f"{FOLDER}/all.jsonl"
    copied.store.put(file, copied.store.read(file)[:-9])
    assert [e.key for e in copied.entries()] == ["k1", "k2"]


def test_counts_must_add_up(fill: Fill, store: Store) -> None:
    lake = fill()
    entry = put(store, "k2", READINGS)
    with pytest.raises(LakeError, match="4 rows, and 3 articles and 0 failures"):
        lake.commit(replace(entry, rows=4))
    assert lake.finished() == {"k1"}


def test_a_shard_takes_the_place_of_others(fill: Fill, store: Store) -> None:
    lake = fill(READINGS)
    lake.commit(replace(put(store, "k2", READINGS[:1]), replaces=("k1",)))
    assert lake.totals().articles == 1
    assert [e.key for e in lake.entries(replaced=True)] == ["k1", "k2"]
    assert list(lake.strays(TABLES)) == []
    lake.discard(["k1"])
    assert lake.finished() == {"k2"}
    assert [f.name for f in lake.files("articles")] == [
        n for n, _ in store.list("articles", deep=True)
    ]


def test_what_no_entry_names_is_a_stray(fill: Fill, store: Store) -> None:
    lake = fill(READINGS)
    left = put(store, "k2", READINGS[:1], [FAILED])
    assert set(lake.strays(TABLES)) == {file.name for file in left.files}


@pytest.mark.parametrize("content", [b"", b"{}", b"[]"])
def test_a_damaged_entry(fill: Fill, store: Store, content: bytes) -> None:
    lake = fill()
    store.put(f"{FOLDER}/k2.json", content)
    with pytest.raises(LakeDamaged, match=r"k2\.json is not as it was written"):
        lake.entries()


def test_what_else_lies_in_the_folder_is_no_shard(fill: Fill, store: Store) -> None:
    lake = fill()
    store.put(f"{FOLDER}/addresses/a.parquet", b"")
    assert lake.finished() == {"k1"}


def test_an_entry_comes_back() -> None:
    entry = Entry(
        key="k", files=(), rows=0, articles=0, statements=0, failures=0, words=0,
        of={"file": "ä.jsonl", "range": [0, 9]}, replaces=("j",),
    )  # fmt: skip
    assert Entry.from_dict(json.loads(json.dumps(entry.to_dict()))) == entry
