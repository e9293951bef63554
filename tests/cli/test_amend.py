"""Title, outlet and day of an article from the command line."""

from pathlib import Path

import pytest

from sayso.record import Record
from tests.cli.conftest import Sayso, lines
from tests.record.build import Said, reading

pytestmark = pytest.mark.usefixtures("nora")


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SAYSO_DB", str(tmp_path / "record.db"))
    said = [Said(content="“It will sail,”", by="Ida Marsh", cue="said")]
    with Record(tmp_path / "record.db") as record:
        return record.add(reading("“It will sail,” Ida Marsh said.", said)).key


def test_what_is_given_is_amended(key: str, sayso: Sayso) -> None:
    (made,) = lines(sayso("amend", key, "--title", "Ferry to sail", "--date", "2026-03-12"))
    assert made["before"] == {"title": None, "date": None}
    assert made["after"] == {"title": "Ferry to sail", "date": "2026-03-12"}
    assert (made["article"], made["who"]) == (key, "Nora Kettle")
    (entry,) = lines(sayso("articles"))
    assert (entry["title"], entry["published"]) == ("Ferry to sail", "2026-03-12")
    (back,) = lines(sayso("amend", key[:8], "--date", "", "--who", "Ida"))
    assert (back["after"], back["who"]) == ({"date": None}, "Ida")


@pytest.mark.parametrize("given", [(), ("--date", "March"), ("--title", ""), ("--title", "a\x07b")])
def test_what_can_not_be_meant_is_a_wrong_call(
    key: str, sayso: Sayso, given: tuple[str, ...]
) -> None:
    assert sayso("amend", key, *given).status == 2
