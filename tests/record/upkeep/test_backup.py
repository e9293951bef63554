from pathlib import Path

import pytest

from sayso.errors import RecordError
from sayso.record import Record
from sayso.record.database import snapshot
from tests.record.build import Said, reading

TEXT = "“The bridge is safe,” said Ida Marsh."
SAFE = Said(content="“The bridge is safe,”", by="Ida Marsh")


def test_a_copy_is_a_record_in_one_file(record: Record, tmp_path: Path) -> None:
    key = record.add(reading(TEXT, [SAFE])).key
    folder = tmp_path / "vault"
    folder.mkdir()
    record.backup(folder / "copy.db")
    record.add(reading(TEXT + " Later.", [SAFE]))
    assert [path.name for path in folder.iterdir()] == ["copy.db"]
    with Record(folder / "copy.db") as copy:
        assert copy.reading(key).article.text == TEXT
        assert copy.stats().articles == 1
        assert list(copy.fsck()) == []


def test_a_copy_in_the_middle_of_writing(record: Record, tmp_path: Path) -> None:
    record.add(reading(TEXT, [SAFE]))
    with Record(record.path) as other:
        record.backup(tmp_path / "copy.db")
        other.add(reading(TEXT + " Later.", [SAFE]))
    record.backup(tmp_path / "copy.db")
    with Record(tmp_path / "copy.db", read_only=True) as copy:
        assert copy.stats().articles == 2


def test_a_copy_in_the_record_s_place_lets_others_read_while_one_writes(
    record: Record, tmp_path: Path
) -> None:
    key = record.add(reading(TEXT, [SAFE])).key
    record.backup(tmp_path / "copy.db")
    with (
        Record(tmp_path / "copy.db") as writing,
        Record(tmp_path / "copy.db", read_only=True) as looking,
        snapshot(looking.db),
    ):
        assert looking.reading(key).article.text == TEXT
        writing.add(reading(TEXT + " Later.", [SAFE]))
        with Record(tmp_path / "copy.db", read_only=True) as third:
            assert third.stats().articles == 2


def test_a_copy_that_was_not_made_is_not_remembered(record: Record, tmp_path: Path) -> None:
    key = record.add(reading(TEXT, [SAFE])).key
    lost = tmp_path / "nowhere" / "copy.db"
    with pytest.raises(RecordError, match="nowhere"):
        record.backup(lost)
    assert record.forget([record.article(key)]).copies.unknown == ()


def test_stats(record: Record) -> None:
    url = "https://a.example/1"
    record.add(reading(TEXT, [SAFE], url=url, publisher="The Lantern", date="2026-03-12"))
    record.add(
        reading(
            TEXT + " She doubts it.",
            [SAFE, Said(content="doubts it", by="Ida Marsh", type="indirect", said=False)],
            url=url,
            publisher="The Lodestar",
            date="2026-03-14",
        )
    )
    found = record.stats().to_dict()
    assert found.pop("bytes") > 0
    assert found == {
        "articles": 2,
        "versions": 1,
        "outlets": 2,
        "first": "2026-03-12",
        "last": "2026-03-14",
        "statements": 3,
        "said": 2,
        "types": {"direct": 2, "indirect": 1},
        "people": 1,
        "corrections": 0,
        "orphans": 0,
        "models": {"hand-1": 2},
    }
