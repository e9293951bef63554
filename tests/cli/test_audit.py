"""`sayso audit`."""

import json
from pathlib import Path

import pytest

from sayso import Record
from tests.cli.conftest import Sayso
from tests.record.build import Said, reading


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of two reports; `SAYSO_DB` names it."""
    path = tmp_path / "desk.db"
    monkeypatch.setenv("SAYSO_DB", str(path))
    with Record(path) as record:
        for outlet in ("Echo", "Post"):
            said = [Said(content="The bridge is safe", by="Ida Marsh", about=("Pim Vale",))]
            text = f"The bridge is safe, by Pim Vale, for {outlet}"
            extra = {"section": outlet.lower()}
            record.add(reading(text, said, publisher=outlet, date="2026-03-11", extra=extra))
    return path


@pytest.fixture
def key(desk: Path) -> str:
    with Record(desk) as record:
        return str(record.db.execute("SELECT key FROM article ORDER BY id").fetchone()["key"])


def test_into_a_pipe(sayso: Sayso, desk: Path) -> None:
    result = sayso("audit")
    told = json.loads(result.out)
    assert (told["totals"]["articles"], told["voices"][0]["name"]) == (2, "Ida Marsh")
    assert (result.status, result.err) == (0, "")


def test_an_article(sayso: Sayso, key: str) -> None:
    assert json.loads(sayso("audit", key[:8]).out)["outlets"][0]["value"] == "Echo"


def test_the_filters(sayso: Sayso, desk: Path) -> None:
    options = ["--outlet", "post", "--section", "post", "--from", "2026-03-11", "--limit", "1"]
    told = json.loads(sayso("audit", *options, "--to", "2026-03-11").out)
    assert told["totals"]["articles"] == 1


def test_a_table_and_csv(sayso: Sayso, desk: Path) -> None:
    assert "Talked about and not heard" in sayso("audit", "--format", "table").out
    assert sayso("audit", "--format", "csv").out.startswith("table,name,kind,")


def test_a_page_into_a_file(sayso: Sayso, desk: Path, tmp_path: Path) -> None:
    out = tmp_path / "audit.html"
    assert sayso("audit", "--out", out).status == 0
    assert "<svg" in out.read_text(encoding="utf-8")
    taken = sayso("audit", "--out", out, "--no-plots")
    assert (taken.status, "--force" in taken.err) == (2, True)
    assert sayso("audit", "--out", out, "--no-plots", "--force").status == 0
    assert "<svg" not in out.read_text(encoding="utf-8")


def test_an_unknown_outlet_or_section(sayso: Sayso, desk: Path) -> None:
    for option, says in (("--outlet", "there is: Echo, Post"), ("--section", "echo, post")):
        result = sayso("audit", option, "BBX")
        assert (result.status, result.out) == (1, "")
        assert says in result.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["story.txt"], "no article's id"),
        (["0123456789"], "no article 0123456789"),
        (["--by", "party"], "party"),
        (["--out", "audit.docx"], "give --format"),
        (["--from", "2026-03-12", "--to", "2026-03-11"], "swap them"),
    ],
)
def test_wrong_calls(arguments: list[str], says: str, sayso: Sayso, desk: Path) -> None:
    result = sayso("audit", *arguments)
    assert (result.status, result.out) == (2, "")
    assert says in result.err
