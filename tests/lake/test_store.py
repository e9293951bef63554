"""Files of a lake, in a folder and at an address."""

import pickle
from pathlib import Path

import pytest

from sayso import UsageError
from sayso.errors import LakeError
from sayso.lake.store import Store
from tests.cli.conftest import posix


@pytest.fixture(params=["folder", "address"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """A place where nothing is, as a folder's name and as an address that pyarrow opens."""
    path = tmp_path / "lake"
    return Store(str(path) if request.param == "folder" else path.as_uri())


def test_a_file_comes_back(store: Store) -> None:
    assert not store.exists("a/b.json")
    store.put("a/b.json", b"one")
    store.put("a/b.json", b"two")
    assert store.exists("a/b.json")
    assert store.read("a/b.json") == b"two"
    assert list(store.unfinished()) == []


def test_what_is_not_there(store: Store) -> None:
    with pytest.raises(FileNotFoundError):
        store.read("a/b.json")
    store.remove("a/b.json")
    assert list(store.list("a")) == []
    assert list(store.list("a", deep=True)) == []


def test_files_are_listed_by_name(store: Store) -> None:
    for name in ("b/x", "a", "b/c/y", "b/w"):
        store.put(name, name.encode())
    assert list(store.list()) == [("a", 1)]
    assert list(store.list("b")) == [("b/w", 3), ("b/x", 3)]
    assert [name for name, _ in store.list(deep=True)] == ["a", "b/c/y", "b/w", "b/x"]
    store.remove("b/x")
    assert [name for name, _ in store.list("b")] == ["b/w"]


def test_what_is_half_written_is_no_file(store: Store) -> None:
    store.put("a/b.parquet.0123abcd.part", b"ha")
    assert list(store.list("a")) == []
    assert list(store.unfinished()) == ["a/b.parquet.0123abcd.part"]


def test_what_others_call_a_part_is_left_alone(store: Store) -> None:
    store.put("a/film.mkv.part", b"half")
    store.put("a/0123abcd.part", b"half")
    assert list(store.unfinished()) == []
    assert len(list(store.list("a"))) == 2


@pytest.mark.parametrize("name", ["a", ".hidden", "a/b"])
def test_what_is_empty(store: Store, name: str) -> None:
    assert store.is_empty()
    store.put("lake.json.0123abcd.part", b"{")
    Path(store.inside("lost+found")).mkdir()
    assert store.is_empty()
    store.put(name, b"one")
    assert not store.is_empty()


def test_it_can_be_sent_to_another_process(store: Store) -> None:
    store.put("a", b"one")
    sent: Store = pickle.loads(pickle.dumps(store))  # noqa: S301 (our own)
    assert sent == store
    assert sent.read("a") == b"one"


def test_how_its_files_are_named(tmp_path: Path) -> None:
    assert Store("s3://bucket/lake/").path("a/b") == "s3://bucket/lake/a/b"
    assert Path(Store(str(tmp_path)).path("a/b")) == tmp_path / "a" / "b"


def test_an_address_that_is_none() -> None:
    with pytest.raises(UsageError, match="no address of a store"):
        Store("carrier-pigeon://loft").exists("a")


@posix
def test_a_place_that_can_not_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LakeError, match="can't use"):
        Store(str(tmp_path / "file")).put("a", b"one")
