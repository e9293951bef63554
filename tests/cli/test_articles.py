"""`sayso articles` and `sayso show`, and by what an article is named."""

import json
import os
from pathlib import Path

import pytest

from sayso import Record
from tests.cli.conftest import Sayso
from tests.record.build import Said, reading


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A record of three reports, one of them in two versions; `SAYSO_DB` names it."""
    path = tmp_path / "desk.db"
    monkeypatch.setenv("SAYSO_DB", str(path))
    added = []
    with Record(path) as record:
        for day, outlet, text in ((11, "Echo", "old"), (12, "Echo", "safe"), (13, "Post", "shut")):
            said = [Said(content=f"The bridge is {text}", by="Ida Marsh", cue="said")]
            made = reading(
                f"“The bridge is {text}”, said Ida Marsh.",
                said,
                publisher=outlet,
                date=f"2026-03-{day}",
                title=f"Bridge {text}: a toll\x1b[2J",
                url=f"https://{outlet.lower()}.example/bridge",
                id=day if outlet == "Echo" else "post-13",
            )
            added.append(record.add(made).key)
    return added


def found(sayso: Sayso, *arguments: str) -> list[str]:
    result = sayso("articles", *arguments)
    assert (result.status, result.err) == (0, "")
    return [json.loads(line)["article"] for line in result.out.splitlines()]


def test_the_list(sayso: Sayso, keys: list[str]) -> None:
    assert found(sayso) == [keys[2], keys[1]]
    assert found(sayso, "TOLL", "safe") == [keys[1]]
    assert found(sayso, "marsh", "NOT", "shut") == [keys[1], keys[2]][:1]
    assert found(sayso, "old") == []
    assert found(sayso, "--outlet", "post") == [keys[2]]
    assert found(sayso, "--from", "2026-03-12", "--to", "2026-03-12") == [keys[1]]
    assert "there are more" in sayso("articles", "--limit", "1").err


def test_its_formats(sayso: Sayso, keys: list[str]) -> None:
    table = sayso("articles", "--format", "table").out
    assert f"{keys[2][:8]}   2026-03-13" in table
    assert keys[2] not in table
    assert "\x1b" not in table
    assert sayso("articles", "zebra", "--format", "table").out == "Nothing found.\n\n"
    rows = sayso("articles", "--format", "csv").out.splitlines()
    assert rows[0] == "article,published,outlet,title,url,statements"
    assert rows[1].endswith(",https://post.example/bridge,1")


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["--outlet", "Past"], 1, "no outlet 'Past'; there is: Post"),
        (["--from", "May"], 2, "YYYY-MM-DD"),
        (["NOT", "toll"], 2, "NOT needs something before it"),
    ],
)
def test_wrong_calls(
    arguments: list[str], status: int, says: str, sayso: Sayso, keys: list[str]
) -> None:
    result = sayso("articles", *arguments)
    assert (result.status, result.out) == (status, "")
    assert says in result.err


def test_an_article_is_shown(sayso: Sayso, keys: list[str]) -> None:
    table = sayso("show", keys[2][:6], "--format", "table").out
    assert table.startswith(f"{keys[2]}\nBridge shut: a toll␛[2J\n")
    assert "Post · 2026-03-13 · https://post.example/bridge" in table
    assert "“The bridge is shut”" in table or "The bridge is shut" in table
    assert " s1" in table
    assert json.loads(sayso("show", keys[2]).out)["statements"][0]["id"] == "s1"


def test_by_what_an_article_is_named(sayso: Sayso, keys: list[str]) -> None:
    for name, key in (
        ("post-13", keys[2]),
        (f"{keys[2][:8]}/s1", keys[2]),
        ("https://post.example/bridge", keys[2]),
        ("https://post.example/bridge/s1", keys[2]),
        ("12", keys[1]),
        ("https://echo.example/bridge", keys[1]),
        (keys[0], keys[0]),
    ):
        assert sayso("show", name, "--format", "table").out.startswith(key), name
        assert json.loads(sayso("audit", name).out)["named"][0]["article"] == key
    assert sayso("correct", "https://post.example/bridge/s1", "--right").status == 0
    assert sayso("forget", "post-13").out.startswith(keys[2])
    assert sayso("forget", "post-13/s1").status == 2


def test_what_names_none(sayso: Sayso, keys: list[str]) -> None:
    result = sayso("show", "https://nobody.example/")
    assert (result.status, result.out) == (2, "")
    assert "see sayso articles" in result.err
    result = sayso("correct", keys[2][:6], "--right")
    assert result.status == 2
    key = keys[2][:8]
    assert f"{key} is an article: name a statement of it, such as {key}/s1" in result.err


def test_a_speaker_has_no_control_characters(sayso: Sayso, keys: list[str]) -> None:
    result = sayso("correct", f"{keys[2]}/s1", "--speaker", "Ida\x1b[2J Marsh")
    assert result.status == 2
    assert "control characters" in result.err


def test_one_without_a_title_is_told_by_its_first_line(sayso: Sayso, keys: list[str]) -> None:
    with Record(Path(os.environ["SAYSO_DB"])) as record:
        record.add(reading("\n The bells rang.\nNobody came.\n", date="2026-03-20"))
    assert "“The bells rang.” " in sayso("articles", "--format", "table").out
    assert "begins" not in sayso("articles", "--format", "jsonl").out
