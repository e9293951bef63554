"""`sayso search`: what is asked, what is shown, and what is said beside it."""

import json
from pathlib import Path

import pytest

from sayso import Record
from tests.cli.conftest import Sayso
from tests.record.build import Said, reading


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of three reports on a bridge; `SAYSO_DB` names it."""
    path = tmp_path / "desk.db"
    monkeypatch.setenv("SAYSO_DB", str(path))
    with Record(path) as record:
        for number in range(1, 4):
            said = [
                Said(content=f"The bridge is {number}0 years old", by="Ida Marsh", cue="said"),
                Said(content="it will close", by="Pim Vale", type="indirect", said=False),
            ]
            text = f"“The bridge is {number}0 years old,” said Ida. Pim Vale thinks it will close."
            record.add(reading(text, said, publisher="Echo", date=f"2026-03-1{number}"))
    return path


def test_into_a_pipe(sayso: Sayso, desk: Path) -> None:
    result = sayso("search", "bridge", "NOT", "20")
    found = [json.loads(line) for line in result.out.splitlines()]
    assert [hit["text"] for hit in found] == [
        "The bridge is 30 years old",
        "The bridge is 10 years old",
    ]
    assert (result.status, result.err) == (0, "2 hits\n")


def test_the_filters(sayso: Sayso, desk: Path) -> None:
    options = ["--by", "Marsh", "--outlet", "echo", "--from", "2026-03-12", "--to", "2026-03-12"]
    result = sayso("search", *options, "--type", "direct", "--said", "--min-confidence", "0.5")
    assert json.loads(result.out)["text"] == "The bridge is 20 years old"
    assert sayso("search", "bridge", "--thought").out == ""
    assert sayso("search", "bridge", "--unnamed", "--dates", "said", "--versions").out == ""


def test_page_by_page(sayso: Sayso, desk: Path) -> None:
    first = sayso("search", "bridge", "--limit", "2")
    told, page = first.err.splitlines()
    assert told == "3 hits"
    rest = sayso("search", "bridge", "--limit", "2", *page.removeprefix("next page: ").split())
    assert len(first.out.splitlines()) == 2
    assert len(rest.out.splitlines()) == 1
    assert rest.err == "3 hits\n"


def test_a_table_and_csv(sayso: Sayso, desk: Path) -> None:
    table = sayso("search", "bridge", "--format", "table").out
    assert "The *bridge* is 30 years old" in table
    assert sayso("search", "bridge", "--format", "csv").out.startswith("article,statement,type,")


def test_what_is_not_there_to_filter_by(sayso: Sayso, desk: Path) -> None:
    for arguments, says in (
        (["--outlet", "The Ecko"], "no outlet 'The Ecko'; there is: Echo"),
        (["--outlet", "Post"], "no outlet 'Post'; there is: Echo"),
        (["--by", "Ada Nobody"], "no entry for 'Ada Nobody'"),
        (["--about", "Ida Marshe"], "no entry for 'Ida Marshe'"),
    ):
        result = sayso("search", "bridge", *arguments)
        assert (result.status, result.out) == (1, "")
        assert says in result.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "give words or a filter"),
        (["?"], "no word to look for"),
        (["bridge", "--from", "May"], "write it as YYYY-MM-DD"),
        (['"bridge is'], "no partner"),
        (["NOT wall"], "NOT needs something before it"),
        (["bridge", "--page", "x"], "no token of a page"),
        (["bridge", "--limit", "0"], "1<=x<=1000"),
        (["bridge", "--min-confidence", "nan"], "from 0 to 1"),
    ],
)
def test_wrong_calls(arguments: list[str], says: str, sayso: Sayso, desk: Path) -> None:
    result = sayso("search", *arguments)
    assert (result.status, result.out) == (2, "")
    assert says in result.err


def test_no_record(sayso: Sayso, tmp_path: Path) -> None:
    result = sayso("search", "bridge", "--db", tmp_path / "gone.db")
    assert result.status == 2
    assert "there is no record" in result.err


def test_words_that_are_nowhere_are_told(sayso: Sayso, desk: Path) -> None:
    result = sayso("search", "bridg", "NOT", "zebra")
    assert result.err == "0 hits\n“bridg” is nowhere in the record; near it: bridge\n"
    result = sayso("search", '"the birdge"', "OR", "xylo*")
    assert result.err == (
        "0 hits\n“birdge” is nowhere in the record\n“xylo” is nowhere in the record\n"
    )
    assert sayso("search", "thinks").err == "0 hits\n"


def test_another_form_of_a_word_is_told(sayso: Sayso, desk: Path) -> None:
    with Record(desk) as record:
        text = "The ferry was late. “Ferries sink,” said Tom Vale. “They stopped,” said Tom Vale."
        said = [Said(content="“Ferries sink,”", by="Tom Vale"),
                Said(content="“They stopped,”", by="Tom Vale")]  # fmt: skip
        record.add(reading(text, said))
    told = "“ferry” is in no statement in the record; near it: ferries\n"
    assert sayso("search", "ferry").err == f"0 hits\n{told}"
    told = "“stopping” is nowhere in the record; near it: stopped\n"
    assert sayso("search", "stopping").err == f"0 hits\n{told}"
    assert sayso("search", "late").err == "0 hits\n"


def test_who_is_called_by_the_words_is_told(sayso: Sayso, desk: Path) -> None:
    result = sayso("search", "ida", "marsh")
    assert result.err.startswith("0 hits\n")
    assert "Ida Marsh (1) is in the record, with " in result.err
    assert "Ida Marsh" not in sayso("search", "mars").err


def test_a_surname_that_may_be_somebody_elses_is_told(sayso: Sayso, desk: Path) -> None:
    with Record(desk) as record:
        said = [
            Said(content="“It leaks,”", by="Marsh"),
            Said(content="“It may hold,”", by="Marsh"),
            Said(content="“Who knows,”", by="Tom Vale"),
        ]
        text = "“It leaks,” “It may hold,” said Ms Marsh. “Who knows,” said Tom Vale."
        record.add(reading(text, said, publisher="Post", date="2026-03-20"))
    more = "more by “Marsh”, who may be somebody else\n"
    assert sayso("search", "--by", "Ida Marsh").err == f"3 hits\n2 {more}"
    assert sayso("search", "leaks", "--by", "Marsh").err == f"0 hits\n1 {more}"
    assert sayso("search", "--by", "Ida Marsh", "--outlet", "Echo").err == "3 hits\n"
    assert sayso("search", "--by", "Ida Marsh", "--from", "2026-03-20").err == f"0 hits\n2 {more}"
    assert sayso("search", "leaks", "--by", "Tom Vale").err == "0 hits\n"
    assert sayso("search", "leaks").err == "1 hit\n"
