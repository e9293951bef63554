"""Who is who in a record, from the command line."""

import stat
from pathlib import Path

import pytest

from sayso.record import Record
from tests.cli.conftest import Sayso, lines
from tests.record.build import Said, reading

TEXT = "Ngozi Okafor said yes. Ngozi A. Okafor said no. Nordquay said perhaps."


pytestmark = pytest.mark.usefixtures("nora")


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of two articles, the one that is meant where none is named."""
    path = tmp_path / "record.db"
    monkeypatch.setenv("SAYSO_DB", str(path))
    nordquay = [("Nordquay", "organisation")]
    with Record(path) as record:
        said = [("yes", "Ngozi Okafor"), ("no", "Ngozi A. Okafor"), ("perhaps", nordquay)]
        record.add(reading(TEXT, [Said(content=w, by=b) for w, b in said], publisher="Echo"))
        again = [Said(content="never", by="Ngozi Okafor")]
        record.add(reading("Ngozi Okafor said never.", again, publisher="Lantern\x1b[31m"))
    return path


@pytest.mark.usefixtures("db")
def test_people_are_listed(sayso: Sayso) -> None:
    found = lines(sayso("people"))
    assert [(x["entry"], x["name"], x["statements"]) for x in found] == [
        (1, "Ngozi Okafor", 2),
        (2, "Ngozi A. Okafor", 1),
        (3, "Nordquay", 1),
    ]
    assert lines(sayso("people", "Okafor", "--limit", "1")) == found[:1]
    assert lines(sayso("people", "list", "3")) == found[2:]
    nobody = sayso("people", "nobody")
    assert (nobody.status, nobody.out) == (1, "")
    assert "Nobody in the record has 'nobody' in their name" in nobody.err


@pytest.mark.usefixtures("db")
def test_the_table(sayso: Sayso) -> None:
    result = sayso("people", "1", "--format", "table")
    assert result.out == (
        "     1  Ngozi Okafor (person): 2 statements in 2 articles\n"
        "        Echo 1, Lantern␛[31m 1\n"
    )


@pytest.mark.usefixtures("db")
def test_a_person_and_a_body_are_not_merged_unasked(sayso: Sayso) -> None:
    result = sayso("people", "merge", "Ngozi Okafor", "Nordquay")
    assert result.status == 2
    assert "kind organisation: if they are one all the same, add --force" in result.err
    assert sayso("people", "merge", "Ngozi Okafor", "Nordquay", "--force").status == 0


@pytest.mark.usefixtures("db")
def test_merging_and_taking_back(sayso: Sayso) -> None:
    (made,) = lines(sayso("people", "merge", "Ngozi Okafor", "2"))
    assert (made["decision"], made["kind"], made["who"]) == (1, "merge", "Nora Kettle")
    assert lines(sayso("people", "1"))[0]["aliases"] == ["Ngozi A. Okafor"]
    assert lines(sayso("people", "undo"))[0]["undone"] is not None
    assert lines(sayso("people", "1"))[0]["aliases"] == []
    assert sayso("people", "undo", "1").status == 2
    told = sayso("people", "decisions", "--format", "table").out
    assert told.startswith(
        "     1  Ngozi Okafor and Ngozi A. Okafor are one (entry 1): Nora Kettle"
    )


@pytest.mark.usefixtures("db")
def test_renaming_and_taking_back(sayso: Sayso) -> None:
    (made,) = lines(sayso("people", "rename", "Ngozi Okafor", "Ngozi Vale"))
    assert (made["kind"], made["names"]) == ("rename", ["Ngozi Okafor", "Ngozi Vale"])
    (entry,) = lines(sayso("people", "Ngozi Vale"))
    assert (entry["name"], entry["aliases"]) == ("Ngozi Vale", ["Ngozi Okafor"])
    told = sayso("people", "decisions", "--format", "table").out
    assert told.startswith("     1  Ngozi Okafor is called Ngozi Vale (entry 1): Nora Kettle")
    assert lines(sayso("people", "undo"))[0]["undone"] is not None
    assert lines(sayso("people", "1"))[0]["name"] == "Ngozi Okafor"
    refused = sayso("people", "rename", "1", "Ngozi A. Okafor")
    assert refused.status == 2
    assert "if they are one, merge them: sayso people merge 1 2" in refused.err


def test_splitting(sayso: Sayso, db: Path) -> None:
    with Record(db) as record:
        (key,) = record.db.execute("SELECT key FROM article WHERE id = 2").fetchone()
    (made,) = lines(sayso("people", "split", "Ngozi Okafor", key[:7], "--who", "Ida"))
    assert (made["entry"], made["articles"], made["who"]) == (4, [key], "Ida")
    result = sayso("people", "merge", "Ngozi Okafor", "3")
    assert result.status == 2
    assert "the name of several: Ngozi Okafor (1, person, 1 statement), Ngozi" in result.err


@pytest.mark.usefixtures("db")
def test_duplicates(sayso: Sayso) -> None:
    (found,) = lines(sayso("people", "duplicates"))
    assert [x["name"] for x in found["entries"]] == ["Ngozi Okafor", "Ngozi A. Okafor"]
    assert found["against"]
    told = sayso("people", "duplicates", "--format", "table").out
    assert "for: the same name but for initials or middle names" in told
    assert "sayso people merge 1 2" in told


@pytest.mark.usefixtures("db")
def test_lists_in_and_out(sayso: Sayso, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,id,party\nNgozi Okafor,Q3,Reed\nOkafor,Q4,Blue\n", encoding="utf-8")
    result = sayso("people", "import", file)
    assert result.status == 1
    assert "line 3: Okafor alone tells nobody from others" in result.err
    assert "0 entries made, 1 changed, 0 as they were; 1 problem" in result.err
    file.write_text(sayso("people", "export").out, encoding="utf-8")
    assert "Ngozi Okafor,,Q3,person,Reed" in file.read_text(encoding="utf-8")
    result = sayso("people", "import", file)
    assert result.status == 0
    assert "0 entries made, 0 changed, 3 as they were; 0 problems" in result.err


@pytest.mark.usefixtures("db")
def test_problems_are_told_in_the_order_of_lines(sayso: Sayso, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,kind\nPim Vale,robot\nIda Marsh\nOkafor,\n", encoding="utf-8")
    told = sayso("people", "import", file).err.splitlines()
    assert [line.partition(":")[0] for line in told[:3]] == ["line 2", "line 3", "line 4"]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("data", "message"),
    [(b"party\nReed\n", "columns"), (b"name\n\xff\n", "is not UTF-8"), (None, "can't read")],
)
def test_what_is_no_list(data: bytes | None, message: str, sayso: Sayso, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    if data is not None:
        file.write_bytes(data)
    result = sayso("people", "import", file)
    assert result.status == 1
    assert message in result.err


def test_help(sayso: Sayso) -> None:
    result = sayso("people", "--help")
    assert result.status == 0
    for verb in ("merge", "split", "rename", "undo", "decisions", "duplicates", "import", "export"):
        assert f"  {verb}" in result.out


def test_without_a_record(sayso: Sayso, tmp_path: Path) -> None:
    result = sayso("people", "--db", tmp_path / "none.db")
    assert result.status == 2
    assert "there is no record" in result.err
    assert not (tmp_path / "none.db").exists()


def test_a_record_that_may_not_be_changed_can_be_listed(sayso: Sayso, db: Path) -> None:
    db.chmod(stat.S_IRUSR)
    assert len(lines(sayso("people"))) == 3
