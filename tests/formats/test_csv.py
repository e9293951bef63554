"""CSV: rows for statements, rows for failures, nothing that a spreadsheet would run."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import Article, BadRecord, Failure, Reading, Speaker, Statement, Unreadable
from sayso.formats.csv import COLUMNS, Csv
from sayso.formats.plain import harmless


def rows(*results: Reading | Failure) -> list[dict[str, str]]:
    layout = Csv()
    text = layout.start() + "".join(layout.result(r) for r in results) + layout.end()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_statement_is_a_row(reading: Reading) -> None:
    first, second, *_ = rows(reading)
    assert first == dict.fromkeys(COLUMNS, "") | {
        "article": "a17",
        "statement": "s1",
        "type": "direct",
        "said": "true",
        "denied": "false",
        "speakers": "Ida Marsh",
        "kinds": "person",
        "source": "Ida Marsh, the county surveyor",
        "cue": "said",
        "content": "“The bridge is safe,”",
        "when": "on Tuesday",
        "date": "2026-03-10",
        "confidence": "0.97",
        "start": "0",
        "end": "21",
    }
    assert (second["addressee"], second["channel"]) == ("reporters", "at a public meeting")
    assert [row["inside"] for row in rows(reading)] == ["", "", "", "", "s4", ""]
    assert [row["runner_up"] for row in rows(reading)] == [*[""] * 5, "The contractor"]


def test_authors_of_several_documents_stand_in_one_cell() -> None:
    letter = Speaker("letter", "document", by=("Guild of Millers", "Ida Marsh"))
    report = Speaker("report", "document", by=("Fen Trust",))
    article = Article("So they say.")
    told = Statement(
        id="s1",
        type="indirect",
        said=True,
        source=(),
        cue=(),
        content=(article.span(0, 2),),
        speakers=(letter, Speaker("Tom Reed", "person"), report),
    )
    (row,) = rows(Reading("m", article, (told,)))
    assert row["by"] == "Guild of Millers; Ida Marsh; Fen Trust"


def test_the_runner_up_stands_beside_the_speakers() -> None:
    at = COLUMNS.index("speakers")
    assert COLUMNS[at : at + 4] == ("speakers", "kinds", "by", "runner_up")


@pytest.mark.parametrize(
    ("failure", "article"),
    [
        (Failure(Unreadable("gone"), input="a.txt"), "a.txt"),
        (Failure(BadRecord("half"), input="a.jsonl", line=3), "a.jsonl:3"),
        (Failure(BadRecord("half"), input="a.jsonl", line=3, id=7), "7"),
    ],
)
def test_a_failure_is_a_row_with_its_error(failure: Failure, article: str) -> None:
    (row,) = rows(failure)
    error = f"{failure.error.code}: {failure.error.message}"
    assert row == dict.fromkeys(COLUMNS, "") | {"article": article, "error": error}


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+44 is the code", "'+44 is the code"),
        ("-1 was the reading", "'-1 was the reading"),
        ("@all", "'@all"),
        ("＝1+1", "'＝1+1"),
        ("\t=1", "'\t'=1"),
        (" =1", "' =1"),
        ("x;=1", "x;'=1"),
        ("x; @all", "x;' @all"),
        ("x\t+1; -1", "x\t'+1;' -1"),
        ("x\n=1", "x\n'=1"),
        ("x = 1; y", "x = 1; y"),
        ("\r=1", "'␍=1"),
        ("\r\n=1", "'\n'=1"),
        ("\x00=1", "␀=1"),
        ('a "b", c\nd', 'a "b", c\nd'),
        ("“=1+1”", "“=1+1”"),
    ],
)
def test_no_cell_is_a_formula(words: str, cell: str) -> None:
    article = Article(words, id=words)
    said = Statement(
        id="s1",
        type="direct",
        said=True,
        source=(),
        cue=(),
        content=(article.span(0, len(words)),),
        speakers=(Speaker(words, "document", by=(words,)),),
        runner_up=Speaker(words, "person"),
    )
    (row,) = rows(Reading("m", article, (said,)))
    shown = {row[column] for column in ("article", "content", "speakers", "by", "runner_up")}
    assert shown == {cell}


def test_a_negative_number_for_an_id_stays_a_number(reading: Reading) -> None:
    article = Article(reading.article.text, id=-5)
    first, *_ = rows(Reading("m", article, reading.statements))
    assert first["article"] == "-5"


@given(st.text(st.characters(exclude_categories=()), min_size=1))
def test_any_words_come_back_but_for_what_does_harm(words: str) -> None:
    article = Article(words)
    said = Statement(
        id="s1",
        type="direct",
        said=True,
        source=(),
        cue=(),
        content=(article.span(0, len(words)),),
    )
    (row,) = rows(Reading("m", article, (said,)))
    assert row["content"].replace("'", "") == harmless(article.text).replace("'", "")
    for begun in re.split("[;\t\n]", row["content"]):
        assert begun.lstrip()[:1] not in set("=+-@＝＋－＠\r")
    assert row["content"][0] not in "\t\n"
