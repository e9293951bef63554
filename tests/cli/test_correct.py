"""Corrections from the command line."""

from pathlib import Path

import pytest

from sayso.record import Record
from tests.cli.conftest import Sayso, lines
from tests.record.build import Said, reading

TEXT = "“It will sail,” Ida Marsh said. Later she said yes, and yes again. Ruth Amberley said no."


pytestmark = pytest.mark.usefixtures("nora")


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "record.db"
    monkeypatch.setenv("SAYSO_DB", str(path))
    return path


@pytest.fixture
def key(db: Path) -> str:
    """An article with two statements."""
    said = [
        Said(content="“It will sail,”", by="Ida Marsh", source="Ida Marsh", cue="said"),
        Said(content="no", by="Ruth Amberley", source="Ruth Amberley", cue="said", type="indirect"),
    ]
    with Record(db) as record:
        return record.add(reading(TEXT, said)).key


def shown(db: Path) -> list[tuple[str, str | None, str | None]]:
    with Record(db) as record:
        rows = record.db.execute(
            "SELECT s.name, v.name AS who, s.checked FROM statement AS s "
            "LEFT JOIN speaker AS v ON v.statement = s.id ORDER BY s.position"
        )
        return [tuple(row) for row in rows]


def test_right_and_wrong(key: str, sayso: Sayso, db: Path) -> None:
    (made,) = lines(sayso("correct", f"{key}/s1", "--right"))
    assert (made["correction"], made["kind"], made["article"]) == (1, "right", key)
    assert (made["content"], made["who"]) == ("“It will sail,”", "Nora Kettle")
    lines(sayso("correct", f"{key}/s2", "--wrong", "--who", "Ida"))
    assert shown(db) == [("s1", "Ida Marsh", "right")]


def test_other_words_by_another_speaker(key: str, sayso: Sayso, db: Path) -> None:
    bounds, speaker = lines(
        sayso("correct", f"{key}/s1", "--content", "will sail", "--speaker", "Bridie Lanchester")
    )
    assert bounds["bounds"]["content"] == ["will sail"]
    assert speaker["speakers"] == [{"name": "Bridie Lanchester", "kind": "person", "by": []}]
    assert shown(db)[0] == ("s1", "Bridie Lanchester", "corrected")


def test_a_missing_statement(key: str, sayso: Sayso, db: Path) -> None:
    arguments = ["correct", key, "--missing", "--content", "yes", "--cue", "said"]
    arguments += ["--source", "she", "--speaker", "Ida Marsh"]
    result = sayso(*arguments)
    assert result.status == 2
    assert "'yes' stands 2 times in the article (at 47, 56): say near which offset" in result.err
    lines(sayso(*arguments, "--at", "47"))
    assert ("c1", "Ida Marsh", "added") in shown(db)


def test_listing_and_taking_back(key: str, sayso: Sayso, db: Path) -> None:
    before = shown(db)
    lines(sayso("correct", f"{key}/s1", "--speaker", "Ruth Amberley"))
    lines(sayso("correct", f"{key}/s2", "--wrong"))
    assert [x["correction"] for x in lines(sayso("corrections"))] == [2, 1]
    assert [x["correction"] for x in lines(sayso("corrections", key[:6], "--limit", "1"))] == [2]
    told = sayso("corrections", "list", "--format", "table").out
    assert f"     1  {key}/s1  speaker (Ruth Amberley, was Ida Marsh): “It will sail,”\n" in told
    assert f"     2  {key}/s2  wrong: no\n        Nora Kettle; " in told
    assert lines(sayso("corrections", "undo", "1"))[0]["undone"] is not None
    lines(sayso("corrections", "undo"))
    assert sayso("corrections", "undo").status == 2
    assert shown(db) == before


def test_in_a_terminal_it_is_told_what_was_and_where(
    key: str, sayso: Sayso, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [Said(content="“No,”", by="Ida Marsh", source="Ida Marsh", cue="said")]
    with Record(db) as record:
        other = record.add(reading("“No,” Ida Marsh said.", said, title="Ferry stays")).key
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    made = sayso("correct", f"{other}/s1", "--speaker", "Ruth Amberley").out
    assert f"{other}/s1  speaker (Ruth Amberley, was Ida Marsh): “No,”" in made
    assert "in “Ferry stays”" in made
    taken = sayso("corrections", "undo").out
    assert taken.startswith("taken back:\n")
    assert "(Ruth Amberley, was Ida Marsh)" in taken


def test_all_of_a_mis_named_speaker_s_statements(
    key: str, sayso: Sayso, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines(sayso("correct", f"{key}/s2", "--speaker", "Ida Marsh"))
    before = shown(db)
    made = lines(sayso("correct", f"{key}/s1", "--misnamed", "--speaker", "Bridie Lanchester"))
    assert [(each["correction"], each["together"]) for each in made] == [(2, 2), (3, 2)]
    assert [name for _, name, _ in shown(db)] == ["Bridie Lanchester", "Bridie Lanchester"]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert sayso("corrections").out.count("one of 2 made at once") == 2
    taken = sayso("corrections", "undo").out
    assert taken.startswith("taken back, all 2 made at once:\n")
    assert shown(db) == before


def test_a_name_that_may_be_a_misprint_is_told_and_goes_when_taken_back(
    key: str, sayso: Sayso, db: Path
) -> None:
    made = sayso("correct", f"{key}/s1", "--speaker", "Ruht Amberley")
    assert made.err == (
        "nobody else in the record is called Ruht Amberley; near it: Ruth Amberley\n"
    )
    assert sayso("correct", f"{key}/s2", "--speaker", "Ruht Amberley").err == ""
    sayso("corrections", "undo", "1")
    assert len(lines(sayso("people", "Ruht"))) == 1
    sayso("corrections", "undo")
    assert sayso("people", "Ruht").out == ""
    assert sayso("correct", f"{key}/s1", "--speaker", "Bridie Lanchester").err == ""


def test_an_imported_name_stays_when_a_correction_is_taken_back(
    key: str, sayso: Sayso, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("name\nBridie Lanchester\n", encoding="utf-8")
    assert sayso("people", "import", roster).status == 0
    lines(sayso("correct", f"{key}/s1", "--speaker", "Bridie Lanchester"))
    lines(sayso("corrections", "undo"))
    assert len(lines(sayso("people", "Bridie"))) == 1


def test_too_few_digits_of_a_key(key: str, sayso: Sayso) -> None:
    result = sayso("correct", f"{key[:4]}/s1", "--right")
    assert result.status == 2
    assert f"'{key[:4]}' is too short for an article's key: give six digits" in result.err


def test_export(key: str, sayso: Sayso) -> None:
    lines(sayso("correct", f"{key}/s1", "--right"))
    result = sayso("corrections", "export")
    (lesson,) = lines(result)
    assert lesson["id"] == key
    assert [a["speakers"][0]["name"] for a in lesson["attributions"]] == ["Ida Marsh"]
    assert result.err == "1 article, 1 statement\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Say one thing"),
        (["--right", "--wrong"], "Say one thing"),
        (["--wrong", "--missing"], "Say one thing"),
        (["--wrong", "--misnamed"], "Say one thing"),
        (["--misnamed"], "as --speaker NAME, and no words"),
        (["--misnamed", "--speaker", "Vera Quill", "--cue", "said"], "and no words"),
        (["--misnamed", "--speaker", "Ida Marsh"], "they are by Ida Marsh already"),
        (["--right", "--speaker", "Ida Marsh"], "as it stands"),
        (["--content", "a barge"], "doesn't stand in the article"),
        (["--speaker", "Mars", "--kind", "planet"], "Invalid value for '--kind'"),
    ],
)
def test_wrong_calls(arguments: list[str], message: str, key: str, sayso: Sayso, db: Path) -> None:
    before = shown(db)
    result = sayso("correct", f"{key}/s1", *arguments)
    assert result.status == 2
    assert message in result.err
    assert shown(db) == before


def test_all_is_corrected_or_nothing(key: str, sayso: Sayso, db: Path) -> None:
    before = shown(db)
    result = sayso("correct", f"{key}/s1", "--content", "will sail", "--speaker", " ")
    assert result.status == 2
    assert shown(db) == before


@pytest.mark.usefixtures("key")
def test_there_must_be_such_a_statement(sayso: Sayso) -> None:
    assert "no article ffffff" in sayso("correct", "ffffff/s1", "--right").err
