"""`sayso check`: what goes in, what comes out, and how it ends."""

import json
from pathlib import Path

import pytest

from sayso import Record
from sayso.errors import NoRecord
from tests.cli.conftest import Sayso
from tests.record.build import Said, reading

WORDS = "I would take my own children across it"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of one report; `SAYSO_DB` names it."""
    path = tmp_path / "desk.db"
    monkeypatch.setenv("SAYSO_DB", str(path))
    with Record(path) as record:
        said = [Said(content=f"“{WORDS},”", by="Ida Marsh", cue="said")]
        record.add(reading(f"“{WORDS},” Ida Marsh said.", said, publisher="Echo"))
    return path


@pytest.mark.parametrize(
    ("arguments", "wording", "speaker", "status"),
    [
        ((WORDS,), "verbatim", "not asked", 0),
        ((WORDS, "--by", "Marsh"), "verbatim", "same", 0),
        ((WORDS, "--by", "Pim Vale"), "verbatim", "other", 1),
        ((WORDS.replace("children", "horses"),), "altered", "not asked", 1),
        (("We will build a tunnel",), "none", "not asked", 1),
    ],
)
def test_one_quotation(
    sayso: Sayso, desk: Path, arguments: tuple[str, ...], wording: str, speaker: str, status: int
) -> None:
    result = sayso("check", *arguments)
    told = json.loads(result.out)
    assert (told["wording"], told["speaker"], result.status) == (wording, speaker, status)


def test_the_page(sayso: Sayso, desk: Path) -> None:
    assert "verbatim: Printed in these words" in sayso("check", WORDS, "--format", "table").out


def test_a_draft(sayso: Sayso, desk: Path, story: Path) -> None:
    result = sayso("check", "--file", story)
    told = [json.loads(line) for line in result.out.splitlines()]
    assert [(each["wording"], each["span"]) for each in told] == [
        ("none", [1, 20]),
        ("verbatim", [140, 179]),
    ]
    assert (result.status, result.err) == (1, "1 of 2 quotations pass.\n")


def test_a_draft_with_what_cannot_be_checked(sayso: Sayso, desk: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(f"“[sic]” “{'The tide is in. ' * 300}” “{WORDS},” said Ida Marsh.", "utf-8")
    result = sayso("check", "--file", draft)
    told = [json.loads(line) for line in result.out.splitlines()]
    assert [(each["wording"], each["reason"]) for each in told] == [
        ("none", "no words to check"),
        ("none", "too long to check, with 4,799 characters"),
        ("verbatim", None),
    ]


def test_a_draft_without_quotations(sayso: Sayso, desk: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Nobody is quoted here.", "utf-8")
    result = sayso("check", "--file", draft)
    assert (result.status, result.out) == (0, "")
    assert result.err == "There are no quotations in it.\n"


def test_the_help_names_the_format_of_a_pipe(sayso: Sayso) -> None:
    assert "json into a pipe" in " ".join(sayso("check", "--help").out.split())


def test_given_documents(sayso: Sayso, story: Path) -> None:
    result = sayso("check", "The bridge is safe", "--in", story, "--by", "Ida Marsh")
    assert (json.loads(result.out)["wording"], result.status) == ("verbatim", 0)


def test_a_document_that_cannot_be_read(sayso: Sayso, story: Path, tmp_path: Path) -> None:
    lost = tmp_path / "lost.txt"
    result = sayso("check", "The bridge is safe", "--in", lost, "--in", story)
    assert result.err.startswith("Not read: ")
    assert result.status == 0
    assert sayso("check", "The bridge is safe", "--in", lost).status == 1


def test_a_draft_that_cannot_be_read(sayso: Sayso, desk: Path, tmp_path: Path) -> None:
    assert sayso("check", "--file", tmp_path / "lost.txt").status == 1


@pytest.mark.parametrize(
    "arguments",
    [(), ("x", "--file", "y"), ("--file", "y", "--by", "Z"), ("…",), ("x", "--db", ".")],
)
def test_wrong_calls(sayso: Sayso, desk: Path, arguments: tuple[str, ...]) -> None:
    assert sayso("check", *arguments).status in (1, 2)
    assert sayso("check", *arguments).out == ""


@pytest.mark.parametrize("arguments", [("He said",), ("I",), (WORDS, "--by", "")])
def test_calls_that_ask_for_nothing(sayso: Sayso, desk: Path, arguments: tuple[str, ...]) -> None:
    result = sayso("check", *arguments)
    assert (result.status, result.out) == (2, "")


def test_no_record(sayso: Sayso, tmp_path: Path) -> None:
    result = sayso("check", "x", "--db", tmp_path / "none.db")
    assert (result.status, result.out) == (NoRecord.exit_status, "")


def test_a_draft_as_a_table(sayso: Sayso, desk: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(f'A draft.\n“The bridge is safe,” she said.\nIt said "{WORDS}" on it.\n')
    result = sayso("check", "--file", draft, "--format", "table")
    assert "line 2 · Ida Marsh\n“The bridge is safe,”\nnone: Not found" in result.out
    assert f"line 3 · nobody named in the draft\n“{WORDS}”\nverbatim: " in result.out
    assert result.err == (
        "1 of 2 quotations pass, 1 of them with nobody named in the draft. These don't:\n"
        "  line 2, none: “The bridge is safe,”\n"
    )


def test_whose_words_they_are_not_is_told_of_a_draft(
    sayso: Sayso, tmp_path: Path, story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_DB", str(tmp_path / "other.db"))
    with Record(tmp_path / "other.db") as record:
        record.add(
            reading(f"“{WORDS},” Pim Vale said.", [Said(content=f"“{WORDS},”", by="Pim Vale")])
        )
    err = sayso("check", "--file", story, "--format", "table").err
    assert f"  line 3, verbatim: “{WORDS},”, but not by Ida Marsh\n" in err


def test_a_draft_in_place_of_a_quotation(sayso: Sayso, desk: Path, story: Path) -> None:
    assert f"give --file {story}" in sayso("check", story).err
    assert "--file" not in sayso("check", WORDS * 20).err


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("Marsh", ""),
        ("Pim Vale", "Note: the record has no entry for 'Pim Vale': see sayso people\n"),
        ("Ida", "Note: the record has no entry for 'Ida': there is Ida Marsh (1, person, "
                "1 statement)\n"),
    ],
)  # fmt: skip
def test_a_name_that_nobody_has(sayso: Sayso, desk: Path, by: str, told: str) -> None:
    assert sayso("check", WORDS, "--by", by).err == told
