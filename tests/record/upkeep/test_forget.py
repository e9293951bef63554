"""Out of the record, for good."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from sayso.record import Record
from sayso.record.upkeep import forget
from tests.record.build import Said, reading

TEXT = "“The bridge is safe,” said Ida Marsh, who keeps a zyxomma in her garden."
OTHER = "“The road is closed,” said Tom Okoro, and nobody asked him why it was so."
SAFE = Said(content="“The bridge is safe,”", by="Ida Marsh")
CLOSED = Said(content="“The road is closed,”", by="Tom Okoro")


def bytes_of(record: Record) -> bytes:
    """The file and all beside it."""
    folder = record.path.parent
    return b"".join(p.read_bytes() for p in folder.glob(f"{record.path.name}*"))


def test_no_byte_is_left(record: Record) -> None:
    key = record.add(reading(TEXT, [SAFE])).key
    kept = record.add(reading(OTHER, [CLOSED])).key
    assert b"zyxomma" in bytes_of(record)
    done = record.forget([record.article(key)])
    assert (done.articles, done.people, done.kept) == ((key,), ("Ida Marsh",), ())
    left = bytes_of(record)
    for word in (b"zyxomma", b"Ida Marsh", b"marsh", b"bridge is safe"):
        assert word not in left
    assert record.reading(kept).article.text == OTHER
    assert list(record.fsck()) == []


def test_what_others_name_stays(record: Record) -> None:
    record.add(reading(f"{OTHER} He wrote to Ida Marsh.", [CLOSED], mentions={}))
    both = reading(
        "“The road is closed,” said Tom Okoro. “No,” said Ida Marsh.",
        [CLOSED, Said(content="“No,”", by="Ida Marsh")],
    )
    done = record.forget([record.article(record.add(both).key)])
    assert done.people == ("Ida Marsh",)
    names = [row["name"] for row in record.db.execute("SELECT name FROM person")]
    assert names == ["Tom Okoro"]


def test_those_who_are_one_go_together(record: Record) -> None:
    key = record.add(reading(TEXT, [SAFE])).key
    record.add(reading(OTHER, [CLOSED]))
    record.merge("Tom Okoro", "Ida Marsh", who="desk")
    assert len(record.speaking("Ida Marsh")) == 2
    assert record.forget([record.article(key)]).people == ()
    done = record.forget(record.speaking("Tom Okoro"), "Tom Okoro")
    assert done.people == ("Ida Marsh", "Tom Okoro")
    assert record.db.execute("SELECT count(*) FROM decision").fetchone()[0] == 0
    assert b"Okoro" not in bytes_of(record)


def test_surnames_that_only_a_forgotten_article_settled(record: Record) -> None:
    where: dict[str, Any] = {"publisher": "Echo", "date": "2026-03-10"}
    mayor = "“No,” said Ngozi Okafor, the mayor of Fenwater."
    full = record.add(reading(mayor, [Said(content="“No,”", by="Ngozi Okafor")], **where)).key
    short = "Mayor Okafor said “yes”."
    record.add(reading(short, [Said(content="“yes”", by="Okafor")], **where))
    assert len(record.speaking("Ngozi Okafor")) == 2
    assert record.forget([record.article(full)]).people == ("Ngozi Okafor",)
    assert b"Ngozi" not in bytes_of(record)
    assert record.db.execute("SELECT person FROM speaker").fetchone()["person"] is None


def test_a_rival_who_is_forgotten_settles_a_surname(record: Record) -> None:
    where: dict[str, Any] = {"publisher": "Echo", "date": "2026-03-10"}
    for name in ("Ngozi Okafor", "Chidi Okafor"):
        text = f"“No,” said {name}, the mayor of Fenwater."
        last = record.add(reading(text, [Said(content="“No,”", by=name)], **where)).key
    short = "Mayor Okafor said “yes”."
    key = record.add(reading(short, [Said(content="“yes”", by="Okafor")], **where)).key
    assert len(record.speaking("Ngozi Okafor")) == 1
    record.forget([record.article(last)])
    assert key in [article.key for article in record.speaking("Ngozi Okafor")]


def test_what_was_split_off_is_not_lost(record: Record) -> None:
    """Of two of one name the first is forgotten: the other keeps its number and its column."""
    keys = [record.add(reading(f"{TEXT} {n}", [SAFE])).key for n in range(2)]
    other = record.split("Ida Marsh", [keys[1]], who="desk").entry
    assert other is not None
    record.forget(record.speaking("1"), "1")
    assert record.decisions() == []
    assert [article.key for article in record.speaking("Ida Marsh")] == [keys[1]]
    assert [found.person.id for found in record.people()] == [other]


def test_what_was_imported_goes_by_name_alone(record: Record) -> None:
    record.import_people("name,party\nIda Marsh,Blue\n")
    key = record.add(reading(TEXT, [SAFE])).key
    assert record.forget([record.article(key)]).people == ()
    record.add(reading(TEXT, [SAFE]))
    assert record.forget(record.speaking("Ida Marsh"), "Ida Marsh").people == ("Ida Marsh",)
    assert b"Blue" not in bytes_of(record)


def test_the_same_text_elsewhere_is_told(record: Record) -> None:
    key = record.add(reading(TEXT, [SAFE], publisher="The Lantern")).key
    other = record.add(reading(TEXT, [SAFE], publisher="The Lodestar")).key
    assert record.forget([record.article(key)]).kept == (other,)
    assert record.forget([record.article(other)]).kept == ()
    assert b"zyxomma" not in bytes_of(record)


def test_versions_close_ranks(record: Record) -> None:
    url = "https://a.example/1"
    texts = [TEXT, f"{TEXT} She smiled.", f"{TEXT} She laughed."]
    keys = [record.add(reading(text, [SAFE], url=url)).key for text in texts]
    record.forget([record.article(keys[1])])
    assert record.article(keys[0]).superseded_by == record.article(keys[2]).id
    record.forget([record.article(keys[2])])
    assert record.article(keys[0]).superseded_by is None


@pytest.mark.parametrize("name", ["Ida Marsh", "ida  marsh", "IDA MARSH"])
def test_where_somebody_speaks(record: Record, name: str) -> None:
    speaks = record.add(reading(TEXT, [SAFE])).key
    record.add(reading(f"{OTHER} Ida Marsh was not there.", [CLOSED]))
    letter = Said(content="“The road is closed,”", by=[("the letter", "document")], fields={})
    record.add(reading(OTHER, [letter]))
    assert [article.key for article in record.speaking(name)] == [speaks]


def test_somebody_without_an_entry(record: Record) -> None:
    key = record.add(reading(TEXT, [Said(content="“The bridge is safe,”", by="Marsh")])).key
    assert [article.key for article in record.speaking("Marsh")] == [key]
    assert record.speaking("Okoro") == []


def test_what_still_names_somebody_is_told(record: Record) -> None:
    speaks = record.add(reading(TEXT, [SAFE])).key
    bare = record.add(reading("“No,” said Marsh.", [Said(content="“No,”", by="Marsh")])).key
    about = Said(content="“The road is closed,”", by="Tom Okoro", about=("Ida Marsh",))
    told = record.add(reading(f"{OTHER} Ida Marsh was not there.", [about])).key
    found = record.speaking("Ida Marsh")
    assert [article.key for article in found] == [speaks]
    named = [(article.key, called) for article, called in record.still_naming("ida marsh", found)]
    assert named == [(told, "Ida Marsh")]
    named = [(article.key, called) for article, called in record.still_naming("Ida Marsh", found)]
    assert named == [(bare, "Marsh"), (told, "Ida Marsh")]


def test_backups_that_hold_it_are_named(record: Record, tmp_path: Path) -> None:
    key = record.add(reading(TEXT, [SAFE])).key
    for name in ("full.db", "moved.db"):
        record.backup(tmp_path / name)
    (tmp_path / "moved.db").unlink()
    other = record.add(reading(OTHER, [CLOSED])).key
    record.backup(tmp_path / "later.db")
    done = record.forget([record.article(key)])
    assert set(done.copies.holding) == {tmp_path / "full.db", tmp_path / "later.db"}
    assert done.copies.unknown == (tmp_path / "moved.db",)
    done = record.forget([record.article(other)])
    assert done.copies.holding == (tmp_path / "later.db",)


def test_without_room_to_make_the_file_anew(record: Record) -> None:
    key = record.add(reading(TEXT * 40, [SAFE])).key
    for n in range(20):
        record.add(reading(f"{OTHER} {n}" * 40, [CLOSED]))
    record.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with_little_room(record)
    record.forget([record.article(key)])
    assert b"zyxomma" not in bytes_of(record)
    assert list(record.fsck()) == []


def with_little_room(record: Record) -> None:
    """As on a full disk: making the file anew fails, and nothing else does."""

    class Full(sqlite3.OperationalError):
        sqlite_errorcode = sqlite3.SQLITE_FULL

    real = record.db

    class Connection:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if sql == "VACUUM":
                raise Full("database or disk is full")
            return real.execute(sql, *values)

    record.db = Connection()  # type: ignore[assignment]


def test_a_reader_in_between_is_waited_for(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    from sayso import RecordBusy

    monkeypatch.setattr(forget, "BUSY_SECONDS", 0.1)
    key = record.add(reading(TEXT, [SAFE])).key
    with Record(record.path, read_only=True) as reader:
        reader.db.execute("BEGIN")
        reader.db.execute("SELECT * FROM text").fetchone()
        with pytest.raises(RecordBusy):
            record.forget([record.article(key)])
        reader.db.execute("COMMIT")
    record.close()
    assert b"zyxomma" not in bytes_of(record)
