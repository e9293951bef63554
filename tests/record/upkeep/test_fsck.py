"""Every damage is found, and told with what to do."""

from pathlib import Path

import pytest

from sayso import RecordDamaged
from sayso.record import Record
from sayso.record.upkeep.fsck import REMEDIES
from tests.record.build import Said, reading

TEXT = "“The bridge is safe,” said Ida Marsh, and nobody declined to comment."
SAFE = Said(
    content="“The bridge is safe,”", by="Ida Marsh", date="2026-03-12", about=("Ida Marsh",)
)
REFUSAL = ("nobody declined to comment", "declined", ("nobody",))


@pytest.fixture
def full(record: Record) -> Record:
    """A record of some articles, with versions."""
    for n in range(4):
        record.add(
            reading(f"{TEXT} {n}", [SAFE], refusals=[REFUSAL], url=f"https://a.example/{n // 2}")
        )
    return record


def parts(record: Record) -> set[str]:
    found = [damage.to_dict() for damage in record.fsck()]
    assert all(damage["remedy"] for damage in found)
    return {damage["part"] for damage in found}


def test_clean(full: Record) -> None:
    assert list(full.fsck()) == []
    with Record(full.path, read_only=True) as reader:
        assert list(reader.fsck()) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ("UPDATE text SET body = CAST(replace(body, 'safe', 'sure') AS BLOB) WHERE id = 1", "text"),
        ("UPDATE text SET body = x'ff' WHERE id = 1", "text"),
        ("UPDATE article SET key = 'abcdef0123456789' WHERE id = 1", "article"),
        ("UPDATE article SET outlet = 'The Lantern' WHERE id = 1", "article"),
        ("UPDATE article SET extra = '[' WHERE id = 1", "article"),
        ("UPDATE article SET superseded_by = 3 WHERE id = 1", "article"),
        ("UPDATE reading SET data = x'00' WHERE article = 1", "reading"),
        ("DELETE FROM reading WHERE article = 1", "reading"),
        ("UPDATE statement SET type = 'indirect' WHERE id = 1", "rows"),
        ("UPDATE statement SET spans = replace(spans, '[0,', '[1,') WHERE id = 1", "rows"),
        ("UPDATE statement SET repeat = '' WHERE id = 1", "rows"),
        ("UPDATE speaker SET name = 'Tom Okoro' WHERE statement = 1", "rows"),
        ("DELETE FROM statement WHERE id = 1", "rows"),
        ("DELETE FROM entity WHERE id = 1", "rows"),
        ("DELETE FROM refusal WHERE id = 1", "rows"),
        ("DELETE FROM about", "rows"),
        ("DELETE FROM statement_words_docsize; DELETE FROM statement_words_data", "index"),
        ("INSERT INTO statement_words (rowid, content) VALUES (99, 'bridge')", "index"),
        ("INSERT INTO text_words (rowid, body) VALUES (99, 'bridge')", "index"),
        ("UPDATE speaker SET person = NULL", "index"),
    ],
)
def test_damage(full: Record, change: str, part: str) -> None:
    full.db.execute("PRAGMA foreign_keys = OFF")
    full.db.executescript(change)
    found = parts(full)
    assert part in found or "page" in found


def test_a_reference_that_leads_nowhere(full: Record) -> None:
    full.db.execute("PRAGMA foreign_keys = OFF")
    full.db.execute("UPDATE entity SET person = 99")
    assert "reference" in parts(full)


def test_what_is_derived_can_be_made_anew(full: Record) -> None:
    full.db.execute("PRAGMA foreign_keys = OFF")
    full.db.execute("UPDATE statement SET type = 'indirect', repeat = ''")
    full.db.execute("INSERT INTO statement_words (rowid, content) VALUES (99, 'bridge')")
    full.db.execute("DELETE FROM speaker")
    full.db.execute("PRAGMA foreign_keys = ON")
    assert parts(full) == {"rows", "index"}
    assert full.repair() == 4
    assert list(full.fsck()) == []


def test_nothing_is_made_anew_from_what_is_damaged(full: Record) -> None:
    full.db.execute("UPDATE reading SET data = x'00' WHERE article = 2")
    with pytest.raises(RecordDamaged):
        full.repair()
    assert full.db.execute("SELECT count(*) FROM statement").fetchone()[0] == 4


@pytest.mark.parametrize(
    "table", ["article", "text", "statement", "reading", "statement_words_data"]
)
def test_a_torn_page(full: Record, table: str) -> None:
    full.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    page = full.db.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
    ).fetchone()[0]
    full.close()
    tear(full.path, page)
    with Record(full.path, read_only=True) as damaged:
        assert "page" in parts(damaged)


def tear(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096 + 8)
        file.write(b"\xaa" * 3000)


def test_every_part_has_a_remedy() -> None:
    assert all(REMEDIES.values())
