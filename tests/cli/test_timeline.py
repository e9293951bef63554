"""`sayso timeline`."""

import json
from pathlib import Path

import pytest

from sayso import Record
from tests.cli.conftest import Sayso
from tests.record.build import Said, reading


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record in which Ida Marsh speaks on three days; `SAYSO_DB` names it."""
    path = tmp_path / "desk.db"
    monkeypatch.setenv("SAYSO_DB", str(path))
    with Record(path) as record:
        for day in (11, 12, 13):
            words = f"The bridge was shut on day {day}"
            said = [Said(content=words, by="Ida Marsh"), Said(content="shut", by="Pim Vale")]
            record.add(reading(words, said, publisher="Echo", date=f"2026-03-{day}"))
    return path


def test_into_a_pipe(sayso: Sayso, desk: Path) -> None:
    result = sayso("timeline", "Marsh", "--about", "bridge", "--to", "2026-03-12")
    assert [json.loads(line)["day"] for line in result.out.splitlines()] == [
        "2026-03-11",
        "2026-03-12",
    ]
    assert (result.status, result.err) == (0, "Ida Marsh: 2 sayings\n")


def test_more(sayso: Sayso, desk: Path) -> None:
    result = sayso("timeline", "Ida Marsh", "--limit", "2", "--from", "2026-03-01")
    assert result.err.endswith("there are more: --from 2026-03-13\n")


def test_a_table_and_csv(sayso: Sayso, desk: Path) -> None:
    assert "Echo · 2026-03-11" in sayso("timeline", "Marsh", "--format", "table").out
    assert sayso("timeline", "Marsh", "--format", "csv").out.startswith("day,known,said_on,")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Missing argument 'NAME'"),
        (["Ida Marsh", "--from", "2026"], "write it as YYYY-MM-DD"),
        (["Ida Marsh", "--about", "—"], "no word to look for"),
    ],
)
def test_wrong_calls(arguments: list[str], says: str, sayso: Sayso, desk: Path) -> None:
    result = sayso("timeline", *arguments)
    assert (result.status, result.out) == (2, "")
    assert says in result.err


def test_nobody_of_that_name(sayso: Sayso, desk: Path) -> None:
    result = sayso("timeline", "Ada Nobody")
    search = sayso("search", "--by", "Ada Nobody")
    assert (result.status, result.out, result.err) == (search.status, search.out, search.err)
    assert (result.status, result.err) == (
        1,
        "Error: the record has no entry for 'Ada Nobody': see sayso people\n",
    )


def test_a_surname_that_may_be_somebody_elses_is_told(sayso: Sayso, desk: Path) -> None:
    with Record(desk) as record:
        said = [
            Said(content="“It leaks,”", by="Marsh", date="2026-03-19"),
            Said(content="it holds", by="Marsh", said=False),
        ]
        text = "“It leaks,” said Ms Marsh, who hoped it holds."
        record.add(reading(text, said, date="2026-03-20"))
    more = "1 more by “Marsh”, who may be somebody else\n"
    assert sayso("timeline", "Ida Marsh").err == f"Ida Marsh: 3 sayings\n{more}"
    until = sayso("timeline", "Ida Marsh", "--to", "2026-03-18")
    assert until.err == "Ida Marsh: 3 sayings\n"
    assert sayso("timeline", "Pim Vale").err == "Pim Vale: 3 sayings\n"
