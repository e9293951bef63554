"""The file: made, refused, brought up to date, read-only, damaged, and its errors as ours."""

import multiprocessing
import os
import sqlite3
from pathlib import Path

import pytest

from sayso import errors
from sayso.record import database, name_words
from sayso.record.database import connect, mapped, record_error, snapshot, write
from sayso.record.migrations import MIGRATIONS, Migration


def tables(path: Path) -> set[str]:
    db = sqlite3.connect(path)
    try:
        return {name for (name,) in db.execute("SELECT name FROM sqlite_schema")}
    finally:
        db.close()


def test_a_new_record_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "record.db"
    db = connect(path)
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    applied = [row["name"] for row in db.execute("SELECT name FROM migration")]
    assert applied == [m.name for m in MIGRATIONS]
    db.close()
    connect(path).close()


@pytest.mark.parametrize("options", [{"read_only": True}, {"create": False}])
def test_no_record(tmp_path: Path, options: dict[str, bool]) -> None:
    with pytest.raises(errors.NoRecord, match="no record at"):
        connect(tmp_path / "none.db", **options)
    assert not list(tmp_path.iterdir())


def test_a_folder_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(errors.NotARecord, match="is a folder"):
        connect(tmp_path)


def test_another_program_s_database(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE t (x)")
    db.close()
    with pytest.raises(errors.NotARecord, match="another program's"):
        connect(path)
    assert tables(path) == {"t"}


@pytest.mark.parametrize("content", [b"hello, this is a text", b"x" * 5000])
def test_a_file_of_another_kind(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(content)
    with pytest.raises(errors.NotARecord, match="no record"):
        connect(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_record_is_refused(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "record.db"
    db = connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(errors.RecordTooNew, match="newer Sayso"):
        connect(path, read_only=read_only)


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Sayso that knows one more migration."""
    second = Migration("9999_second")
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, second))
    first = Migration.statements

    def statements(self: Migration) -> list[str]:
        if self == second:
            return ["CREATE TABLE later (x)"]
        return list(first(self))

    monkeypatch.setattr(Migration, "statements", statements)


@pytest.mark.parametrize("read_only", [False, True])
def test_an_older_record_is_brought_up_to_date_after_a_copy(
    tmp_path: Path, request: pytest.FixtureRequest, read_only: bool
) -> None:
    path = tmp_path / "record.db"
    connect(path).close()
    request.getfixturevalue("newer")
    db = connect(path, read_only=read_only)
    assert db.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS) + 1
    db.close()
    assert "later" in tables(path)
    assert "later" not in tables(tmp_path / "record.db.before-9999_second")


def decided(db: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    queries = ("SELECT * FROM decision", "SELECT * FROM pin")
    return [[tuple(row) for row in db.execute(query)] for query in queries]


def test_decisions_and_names_come_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the format that had neither renamings nor an index of the words of names."""
    path = tmp_path / "record.db"
    monkeypatch.setattr(database, "MIGRATIONS", MIGRATIONS[:3])
    old = connect(path)
    old.executescript("""
        INSERT INTO text VALUES (1, 'x', x'00');
        INSERT INTO article (id, key, text, language, extra, added)
            VALUES (1, 'a', 1, 'en', '{}', '');
        INSERT INTO person (id, key, name, kind)
            VALUES (7, 'person:ida marsh', 'Ida Marsh', 'person');
        INSERT INTO alias VALUES (7, 'person:ida marsh', 'Ida Marsh');
        INSERT INTO alias VALUES (7, 'surname:marsh', 'Ida Marsh');
        INSERT INTO alias VALUES (7, 'body:"q\\" 3-d/é', 'Q');
        INSERT INTO decision VALUES (4, 'split', '{"a": 1}', 'Nora', '2026-01-01', NULL);
        INSERT INTO pin VALUES (1, 'person:ida marsh', 7, 4);
    """)
    before = decided(old)
    old.close()
    monkeypatch.setattr(database, "MIGRATIONS", MIGRATIONS)
    db = connect(path)
    assert decided(db) == before
    words = [tuple(row) for row in db.execute("SELECT word, person FROM name_word")]
    assert words == [('"q\\"', 7), ("3-d/é", 7), ("ida", 7), ("marsh", 7)]
    assert list(name_words.differing(db, 5)) == []
    db.execute("INSERT INTO decision VALUES (5, 'rename', '{}', 'Nora', '', NULL)")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO pin VALUES (1, 'x', 7, 6)")
    db.execute("DELETE FROM decision WHERE id = 4")
    assert db.execute("SELECT count(*) FROM pin").fetchone()[0] == 0
    assert list(db.execute("PRAGMA foreign_key_check")) == []
    db.close()


def test_a_migration_that_fails_leaves_the_record_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "record.db"
    connect(path).close()
    request.getfixturevalue("newer")
    wrong = ["CREATE TABLE later (x)", "CREATE TABLE article (x)"]
    monkeypatch.setattr(Migration, "statements", lambda _self: wrong)
    with pytest.raises(errors.RecordFailed):
        connect(path)
    assert "later" not in tables(path)


def put_and_fail(db: sqlite3.Connection) -> None:
    """Writes in a transaction of its own, unless there is one, and fails after it."""
    with write(db):
        db.execute("INSERT INTO text (sha256, body) VALUES ('x', x'00')")
    raise ZeroDivisionError


def test_what_fails_within_a_transaction_is_not_written(db: sqlite3.Connection) -> None:
    with pytest.raises(ZeroDivisionError), write(db):
        put_and_fail(db)
    assert not db.in_transaction
    assert db.execute("SELECT count(*) FROM text").fetchone()[0] == 0


def test_a_transaction_of_its_own_is_written(db: sqlite3.Connection) -> None:
    with pytest.raises(ZeroDivisionError):
        put_and_fail(db)
    assert db.execute("SELECT count(*) FROM text").fetchone()[0] == 1


def test_a_snapshot_sees_one_state(tmp_path: Path) -> None:
    one, other = connect(tmp_path / "r.db"), connect(tmp_path / "r.db")
    with snapshot(one):
        assert one.execute("SELECT count(*) FROM text").fetchone()[0] == 0
        other.execute("INSERT INTO text (sha256, body) VALUES ('x', x'00')")
        assert one.execute("SELECT count(*) FROM text").fetchone()[0] == 0
    assert one.execute("SELECT count(*) FROM text").fetchone()[0] == 1
    one.close()
    other.close()


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    path = tmp_path / "r.db"
    one, other = connect(path), connect(path)
    with write(one), pytest.raises(errors.RecordBusy, match="another process"), mapped(path):
        other.execute("BEGIN IMMEDIATE")
    one.close()
    other.close()


def _make(path: Path) -> None:
    connect(path).close()


def test_many_may_make_one_record_at_once(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    context = multiprocessing.get_context("spawn")
    makers = [context.Process(target=_make, args=(path,)) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert [maker.exitcode for maker in makers] == [0] * 4
    assert "statement" in tables(path)


def test_writing_to_one_opened_for_reading(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    connect(path).close()
    db = connect(path, read_only=True)
    with pytest.raises(errors.RecordReadOnly, match="read-only"), mapped(path):
        db.execute("DELETE FROM text")
    db.close()


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may write anywhere")
def test_a_record_in_a_folder_that_can_t_be_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    connect(path).close()
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        db = connect(path, read_only=True)
        assert db.execute("SELECT count(*) FROM article").fetchone()[0] == 0
        db.close()
        with pytest.raises(errors.RecordReadOnly):
            connect(path)
    finally:
        tmp_path.chmod(0o755)


def test_a_torn_page_is_told(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    db = connect(path)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    page = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'article'").fetchone()[0]
    db.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    db = connect(path)
    with pytest.raises(errors.RecordDamaged, match="fsck"), mapped(path):
        db.execute("SELECT * FROM article").fetchall()
    db.close()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, errors.RecordFull),
        (sqlite3.SQLITE_IOERR_WRITE, errors.RecordFailed),
        (sqlite3.SQLITE_CANTOPEN, errors.RecordFailed),
        (sqlite3.SQLITE_CORRUPT_VTAB, errors.RecordDamaged),
        (sqlite3.SQLITE_NOTADB, errors.NotARecord),
        (sqlite3.SQLITE_READONLY_DIRECTORY, errors.RecordReadOnly),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, errors.RecordBusy),
    ],
)
def test_sqlite_s_errors_are_ours(code: int, kind: type[errors.RecordError]) -> None:
    error = sqlite3.OperationalError("it failed")
    error.sqlite_errorcode = code
    found = record_error(error, Path("desk.db"))
    assert type(found) is kind
    assert "desk.db" in found.message
