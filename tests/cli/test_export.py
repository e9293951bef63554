"""`sayso export --to LAKE` and `sayso add LAKE`: out of a record, and back into one."""

import json
from pathlib import Path
from typing import Any

import pytest

from sayso import Record
from sayso.lake.lock import alone
from sayso.lake.manifest import Entry, Lake
from sayso.lake.reading import readings
from sayso.lake.store import Store
from tests.cli.conftest import Sayso, lines
from tests.lake.conftest import FAILED, IDA, NORA, put
from tests.record.build import MODEL, Said, reading

BRIDGE = "“The bridge is safe,” said Ida Marsh. “Quite safe,” said Nora Kettle."


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of two months, and of an article without a day; `SAYSO_DB` names it."""
    path = tmp_path / "desk.db"
    monkeypatch.setenv("SAYSO_DB", str(path))
    said = [Said(content="“The bridge is safe,”", by=IDA), Said(content="“Quite safe,”", by=NORA)]
    more: dict[str, Any] = {
        "publisher": "Echo",
        "extra": {"section": "local"},
        "id": 7,
        "title": "Safe",
    }
    with Record(path) as record:
        record.add(reading(BRIDGE, said, date="2026-03-12", **more))
        record.add(
            reading(f"{BRIDGE} Then it fell.", said, date="2026-04-01", url="https://a.example")
        )
        record.add(reading("Nobody said a word."))
    return path


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Where there may be one."""
    return tmp_path / "lake"


def dicts(lake: Path) -> list[dict[str, Any]]:
    found = (r.to_dict() for r in readings(Lake.open(Store(str(lake)))))
    return sorted(found, key=lambda told: str(told["article"]["text"]))


def test_a_record_goes_into_a_lake_and_back(
    sayso: Sayso, desk: Path, lake: Path, tmp_path: Path
) -> None:
    result = sayso("export", "--to", lake)
    assert (result.status, result.out) == (0, "")
    assert result.err == "written: 3 articles, 4 statements in 3 months\n"
    other = tmp_path / "other.db"
    added = lines(sayso("add", lake, "--db", other, "--quiet"))
    assert [line["outcome"] for line in added] == ["new"] * 3
    with Record(desk) as before, Record(other) as after:
        keys = [line["article"] for line in added]
        assert [after.reading(key) for key in keys] == [before.reading(key) for key in keys]
    sayso("export", "--db", other, "--to", tmp_path / "second")
    assert dicts(tmp_path / "second") == dicts(lake)


def test_again_adds_nothing(sayso: Sayso, desk: Path, lake: Path) -> None:
    sayso("export", "--to", lake)
    before = dicts(lake)
    result = sayso("export", "--to", lake)
    assert (result.status, result.err) == (0, "as before: 3 months\n")
    assert dicts(lake) == before


def test_what_has_changed_takes_the_place_of_what_was(
    sayso: Sayso, desk: Path, lake: Path, nora: None
) -> None:
    sayso("export", "--to", lake)
    key = next(line["article"] for line in lines(sayso("articles")) if line["outlet"] == "Echo")
    assert sayso("correct", f"{key}/s2", "--speaker", "Ben Okoro").status == 0
    result = sayso("export", "--to", lake)
    assert result.err == "written: 1 article, 2 statements in 1 month; as before: 2 months\n"
    found = dicts(lake)
    assert len(found) == 3
    assert found[1]["statements"][1]["speakers"][0]["name"] == "Ben Okoro"
    sayso("forget", key, "--yes")
    assert sayso("export", "--to", lake).err == "as before: 2 months\n"
    assert len(dicts(lake)) == 2


def test_earlier_versions_stay_behind(sayso: Sayso, desk: Path, lake: Path) -> None:
    with Record(desk) as record:
        record.add(reading("It stands.", url="https://a.example", date="2026-04-02"))
    sayso("export", "--to", lake)
    assert len(dicts(lake)) == 3
    assert "It stands." in {told["article"]["text"] for told in dicts(lake)}


def test_what_another_model_has_read_is_left_out(sayso: Sayso, desk: Path, lake: Path) -> None:
    with Record(desk) as record:
        record.add(reading("Well.", model="hand-2"))
    result = sayso("export", "--to", lake)
    assert result.status == 1
    assert "1 article left out, which another model has read than the lake's, hand-1" in result.err
    assert len(dicts(lake)) == 3


def test_a_lake_of_another_model(sayso: Sayso, desk: Path, lake: Path) -> None:
    Lake.create(Store(str(lake)), "hand-9")
    result = sayso("export", "--to", lake)
    assert result.status == 1
    assert "3 articles left out" in result.err
    assert "sayso reread --model hand-9" in result.err


def test_an_empty_record(sayso: Sayso, lake: Path, tmp_path: Path) -> None:
    Record(tmp_path / "empty.db").close()
    result = sayso("export", "--db", tmp_path / "empty.db", "--to", lake)
    assert (result.status, result.err) == (0, "the record is empty: nothing to export\n")
    assert not lake.exists()


def test_no_record(sayso: Sayso, lake: Path, tmp_path: Path) -> None:
    assert sayso("export", "--db", tmp_path / "none.db", "--to", lake).status == 2
    assert not lake.exists()


def test_a_folder_of_something_else(sayso: Sayso, desk: Path, tmp_path: Path) -> None:
    result = sayso("export", "--to", tmp_path)
    assert result.status == 2
    assert "is no lake" in result.err


def test_a_file(sayso: Sayso, desk: Path, story: Path) -> None:
    result = sayso("export", "--to", story)
    assert result.status == 2
    assert result.err == f"Error: {story} is a file, and a lake is a folder: name a folder\n"


def test_the_manifest_is_read_once(
    sayso: Sayso, desk: Path, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sayso("export", "--to", lake)
    entries, asked = Lake.entries, []

    def counts(lake: Lake, **options: bool) -> list[Entry]:
        asked.append(options)
        return entries(lake, **options)

    monkeypatch.setattr(Lake, "entries", counts)
    assert sayso("export", "--to", lake).err == "as before: 3 months\n"
    assert len(asked) == 1


# ---- sayso add LAKE


def test_nothing_is_read_again(
    sayso: Sayso, desk: Path, lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sayso("export", "--to", lake)
    monkeypatch.setattr("sayso.reader.Reader", None)
    added = [sayso("add", lake, "--db", tmp_path / "other.db") for _ in range(2)]
    outcomes = [[line["outcome"] for line in lines(result)] for result in added]
    assert outcomes == [["new"] * 3, ["known"] * 3]
    assert added[1].err.endswith("; 3 known\n")


def test_lakes_and_files_keep_their_order(
    sayso: Sayso, desk: Path, lake: Path, story: Path, tmp_path: Path
) -> None:
    sayso("export", "--to", lake)
    added = lines(sayso("add", story, lake, story, "--db", tmp_path / "other.db"))
    assert [line["outcome"] for line in added] == ["new", "new", "new", "new", "known"]
    assert added[0]["article"] == added[-1]["article"]


def test_failures_of_a_lake_are_not_added(sayso: Sayso, lake: Path, desk: Path) -> None:
    made = Lake.create(Store(str(lake)), MODEL)
    made.commit(put(made.store, "k1", [], [FAILED]))
    result = sayso("add", lake)
    assert (result.status, result.out) == (0, "")


def test_another_day_is_told(sayso: Sayso, desk: Path, lake: Path, tmp_path: Path) -> None:
    sayso("export", "--to", lake)
    other = tmp_path / "other.db"
    with Record(other) as record:
        record.add(reading(BRIDGE, date="2026-03-10", publisher="Echo"))
    result = sayso("add", lake, "--db", other, "--quiet")
    assert "printed 2026-03-10: its day was not changed" in result.err


@pytest.mark.parametrize("option", ["--title", "--date", "--publisher"])
def test_what_was_read_can_not_be_told_to_be_other(
    sayso: Sayso, lake: Path, option: str, desk: Path
) -> None:
    Lake.create(Store(str(lake)), MODEL)
    result = sayso("add", lake, option, "2026-03-12")
    assert result.status == 2
    assert "have been read with their own titles" in result.err


def test_a_damaged_lake(sayso: Sayso, desk: Path, lake: Path, tmp_path: Path) -> None:
    sayso("export", "--to", lake)
    for path in lake.glob("articles/month=2026-04/*"):
        path.write_bytes(b"")
    result = sayso("add", lake, "--db", tmp_path / "other.db")
    assert result.status == 1
    assert "is not as it was written" in result.err
    assert [json.loads(line)["outcome"] for line in result.out.splitlines()] <= ["new"] * 2


def test_a_folder_of_texts_is_no_lake(sayso: Sayso, story: Path, desk: Path) -> None:
    assert [line["outcome"] for line in lines(sayso("add", story.parent))] == ["new"]


def test_two_don_t_write_to_a_lake_at_once(sayso: Sayso, desk: Path, tmp_path: Path) -> None:
    lake = Lake.create(Store(str(tmp_path / "lake")), MODEL)
    with alone(lake.store):
        found = sayso("export", "--to", str(tmp_path / "lake"))
    assert found.status == 3
    assert "is writing to the lake" in found.err
    assert not list(lake.entries())
    assert sayso("export", "--to", str(tmp_path / "lake")).status == 0


def test_that_a_lake_has_articles_from_elsewhere_is_told(
    sayso: Sayso, desk: Path, tmp_path: Path
) -> None:
    lake = Lake.create(Store(str(tmp_path / "lake")), MODEL)
    assert "elsewhere" not in sayso("export", "--to", str(tmp_path / "lake")).err
    lake.commit(put(lake.store, "shard", [reading(BRIDGE, [])]))
    told = sayso("export", "--to", str(tmp_path / "lake")).err
    assert "1 article of the lake came from elsewhere" in told
