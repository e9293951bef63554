"""`sayso read`: what goes in, what comes out, and how it ends."""

import csv
import io
import re
from pathlib import Path

import pytest

from sayso.reader.models import names
from tests.cli.conftest import STORY, Sayso, posix
from tests.conftest import Validate


def test_a_story_into_a_pipe_is_a_line_of_the_contract(
    sayso: Sayso, story: Path, valid: Validate
) -> None:
    result = sayso("read", story)
    reading = valid(result.out)
    assert reading["article"]["text"] == STORY
    assert [s["content"] for s in reading["statements"]] == [[[0, 21]], [[139, 180]]]
    assert result.status == 0


def test_the_summary(sayso: Sayso, story: Path, corpus: Path) -> None:
    assert re.fullmatch(r"1 article, 2 statements, [\d,]+ words/s\n", sayso("read", story).err)
    assert re.fullmatch(
        r"2 articles, 2 statements, 1 failed, [\d,]+ words/s\n", sayso("read", corpus).err
    )


def test_quiet(sayso: Sayso, story: Path) -> None:
    assert sayso("read", story, "--quiet").err == ""


def test_a_bad_input_costs_itself_only(sayso: Sayso, corpus: Path, valid: Validate) -> None:
    result = sayso("read", corpus)
    first, failed, last = map(valid, result.out.splitlines())
    assert (first["id"], last["id"]) == (1, 3)
    assert (failed["input"], failed["line"]) == (str(corpus), 2)
    assert failed["error"]["code"] == "bad_record"
    assert result.status == 1


def test_a_missing_file_among_good_ones(
    sayso: Sayso, story: Path, tmp_path: Path, valid: Validate
) -> None:
    result = sayso("read", story, tmp_path / "lost.txt", story)
    records = [valid(line) for line in result.out.splitlines()]
    assert [r.get("input") for r in records] == [None, str(tmp_path / "lost.txt"), None]
    assert result.status == 1


@posix
def test_a_folder_with_an_unreadable_file_among_good_ones(
    sayso: Sayso, tmp_path: Path, valid: Validate
) -> None:
    """A link to nowhere, since nothing is forbidden to root."""
    for number in range(12):
        (tmp_path / f"{number:02}.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "05b.txt").symlink_to(tmp_path / "nowhere.txt")
    result = sayso("read", tmp_path)
    records = [valid(line) for line in result.out.splitlines()]
    failed = [record["input"] for record in records if "error" in record]
    assert (len(records), failed) == (13, [str(tmp_path / "05b.txt")])
    assert result.err.startswith("12 articles, 24 statements, 1 failed")
    assert result.status == 1


@pytest.mark.parametrize("name", ["table", "csv", "html", "markdown"])
def test_failures_stand_in_every_format(name: str, sayso: Sayso, corpus: Path) -> None:
    result = sayso("read", corpus, "--format", name)
    assert result.out.count("The bridge is safe") >= 2
    assert "corpus.jsonl" in result.out
    assert result.status == 1


def test_no_text(sayso: Sayso, story: Path, valid: Validate) -> None:
    assert "text" not in valid(sayso("read", story, "--no-text").out)["article"]


def test_min_confidence_and_only(sayso: Sayso, story: Path, valid: Validate) -> None:
    def kept(*options: str) -> list[str]:
        return [s["id"] for s in valid(sayso("read", story, *options).out)["statements"]]

    assert kept("--min-confidence", "0.6") == ["s1"]
    assert kept("--only", "direct", "--only", "indirect", "--only", "named") == ["s1", "s2"]
    assert kept("--only", "thought") == []


def test_options_reach_the_article(sayso: Sayso, tmp_path: Path, valid: Validate) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"body": "“It will rain,” said Ida Marsh of Fenwick."}', encoding="utf-8")
    options = ["--text-field", "body", "--title", "Wet", "--date", "2026-03-12"]
    result = sayso("read", path, *options, "--publisher", "The Fen Courier", "--jobs", "2")
    article = valid(result.out)["article"]
    assert (article["title"], article["date"]) == ("Wet", "2026-03-12")
    assert article["publisher"] == "The Fen Courier"


def test_fields_of_other_names(sayso: Sayso, tmp_path: Path, valid: Validate) -> None:
    path = tmp_path / "a.jsonl"
    line = '{"body": "“It will rain,” said Ida Marsh.", "headline": "Wet", "title": "Ms"}'
    path.write_text(line, encoding="utf-8")
    result = sayso("read", path, "--text-field", "body", "--title-field", "headline")
    article = valid(result.out)["article"]
    assert (article["title"], article["extra"]) == ("Wet", {"title": "Ms"})


def test_max_chars(sayso: Sayso, story: Path, valid: Validate) -> None:
    result = sayso("read", story, "--max-chars", "10")
    assert valid(result.out)["error"]["code"] == "too_long"
    assert result.status == 1


def test_the_model_by_option_and_by_environment(
    sayso: Sayso, story: Path, valid: Validate, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert valid(sayso("read", story, "--model", "fake-2").out)["model"] == "fake-2"
    monkeypatch.setenv("SAYSO_MODEL", "fake-3")
    assert valid(sayso("read", story).out)["model"] == "fake-3"


def test_a_model_that_is_not_there(sayso: Sayso, story: Path) -> None:
    result = sayso("read", story, "--model", "absent")
    assert (result.status, result.out) == (1, "")
    assert result.err == "Error: no model absent: there is fake-1\n"


class Stream(io.TextIOWrapper):
    """Standard input that holds `text`, or is a terminal."""

    def __init__(self, text: str, *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(text.encode()), encoding="utf-8")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.mark.parametrize("arguments", [["-"], []])
def test_standard_input(
    arguments: list[str], sayso: Sayso, valid: Validate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Stream(STORY))
    assert valid(sayso("read", *arguments).out)["article"]["text"] == STORY


def test_nothing_to_read_in_a_terminal(sayso: Sayso, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Stream("", terminal=True))
    result = sayso("read")
    assert result.status == 2
    assert "name a file, a folder or an address" in result.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "xml"], "'table', 'jsonl', 'csv', 'html', 'markdown'"),
        (["--only", "true"], "'direct', 'mixed', 'indirect'"),
        (["--min-confidence", "2"], "range 0<=x<=1"),
        (["--min-confidence", "nan"], "a number from 0 to 1"),
        (["--jobs", "0"], "x>=1"),
        (["--date", "last week"], "write it as YYYY-MM-DD"),
        (["--max-chars", "many"], "not a valid integer"),
        (["--out", "."], "name a file in it"),
        (["--out", "notes.docx"], "give --format"),
        pytest.param(["--out", "/dev/null", "--force"], "no ordinary file", marks=posix),
        (["--frmat", "csv"], "--format"),
    ],
)
def test_wrong_calls(arguments: list[str], says: str, sayso: Sayso, story: Path) -> None:
    result = sayso("read", story, *arguments)
    assert (result.status, result.out) == (2, "")
    assert says in result.err


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.jsonl", '{"contract": 1'),
        ("a.csv", "article,statement,type"),
        ("a.HTML", "<!DOCTYPE html>"),
        ("a.md", "## "),
        ("a.txt", "“The bridge is safe"),
        ("a", '{"contract": 1'),
    ],
)
def test_the_ending_of_the_file_chooses_the_format(
    name: str, begins: str, sayso: Sayso, story: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert sayso("read", story, "--out", out / name).status == 0
    assert (out / name).read_text(encoding="utf-8").startswith(begins)
    assert list(out.iterdir()) == [out / name]


def test_the_format_named_goes_before_the_ending(sayso: Sayso, story: Path, tmp_path: Path) -> None:
    sayso("read", story, "--out", tmp_path / "a.html", "--format", "csv")
    written = (tmp_path / "a.html").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(written))
    assert [row["statement"] for row in rows] == ["s1", "s2"]


def test_help_names_every_option(sayso: Sayso) -> None:
    shown = sayso("read", "--help").out
    for option in ("--format", "--out", "--only", "--jobs", "--model", "--no-text", "SAYSO_MODEL"):
        assert option in shown
    assert "sayso read corpus.jsonl | jq" in shown


@pytest.mark.parametrize("model", names())
def test_help_tells_when_to_take_which_model(sayso: Sayso, model: str) -> None:
    options = " ".join(sayso("read", "--help").out.split())
    assert re.search(rf"--model NAME .*\b{model}(, the default,| is )", options)


def test_an_input_is_never_written_over(sayso: Sayso, story: Path) -> None:
    before = story.read_bytes()
    done = sayso("read", story, "--out", story, "--force")
    assert done.status == 2
    assert "is an input too" in done.err
    assert story.read_bytes() == before


def test_a_name_too_long_costs_itself_only(sayso: Sayso, story: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = sayso("read", "a" * 5_000, story, "--out", out)
    assert done.status == 1
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2


def test_a_dash_is_standard_output(sayso: Sayso, story: Path) -> None:
    assert sayso("read", story, "--out", "-").out.startswith('{"contract": 1')
