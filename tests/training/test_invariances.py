import json
import os
import re
import shutil
import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from training.evaluate import Read
from training.invariances import (
    WAYS,
    Kept,
    Right,
    Told,
    compared,
    kept,
    main,
    report,
    swaps_table,
    told,
    ways_table,
)
from training.rewriting import STYLES, relaid, requoted

from sayso import Article, Reading, Speaker, Statement
from training import invariances

SHARED = Path(os.environ.get("SHARED", Path(invariances.__file__).parents[2] / "shared"))

TEXT = (
    "Ramp shut\n\n"
    "“The old ramp is not safe to walk on any more and never was,” said Ida Holm on Tuesday.\n\n"
    "“Nobody asked me,” said Tom Arne."
)
SCORE = SimpleNamespace(
    chars=lambda text, spans: {i for s, e in spans for i in range(s, e) if text[i].isalnum()},
    iou=lambda a, b: len(a & b) / len(a | b) if a or b else 1.0,
    kind=lambda text, spans: "direct",
)
"""What of score.py is leant on, without its finer points."""


def record(text: str = TEXT, name: str = "a1") -> dict[str, Any]:
    """A report in which every quotation in curly marks is annotated."""
    statements = reader()(Article(text)).to_dict()["statements"]
    return {"id": name, "title": "Ramp ‘shut’", "text": text, "attributions": statements}


def reader(opening: str = '“"‘«', lines: bool = True, longest: int = 99) -> Read:
    """Reads “…” said Ida Holm; perhaps only in some marks, on one line, or of short names."""
    within = "" if lines else "\n"
    pattern = re.compile(
        rf"[{opening}]([^“”\"‘’«»{within}]+)[”\"’»]\s+said\s+([\w\s-]+?)(?=\.|\s+on\s)"
    )

    def read(article: Article) -> Reading:
        statements = tuple(
            Statement(
                id=f"s{n}",
                type="direct",
                said=True,
                source=(article.span(*m.span(2)),),
                cue=(),
                content=(article.span(*m.span(1)),),
                speakers=(Speaker(m[2][:longest], "person"),),
            )
            for n, m in enumerate(pattern.finditer(article.text))
        )
        return Reading("fake-1", article, statements)

    return read


def test_a_reader_that_minds_nothing_reads_the_same() -> None:
    read = reader()
    before = [told(read, record())]
    wrapped = kept(SCORE, read, partial(relaid, width=40), before)
    assert wrapped == Kept(texts=1, before=2, after=2, contents=2, whole=2)
    for style in ("straight double", "curly single", "guillemets"):
        assert kept(SCORE, read, partial(requoted, style=STYLES[style]), before) == wrapped


def test_what_is_lost_is_counted() -> None:
    one_line = reader(lines=False)
    before = [told(one_line, record())]
    found = kept(SCORE, one_line, partial(relaid, width=40), before)
    assert found == Kept(texts=1, before=2, after=1, contents=1, whole=1)
    assert found.share(found.whole) == pytest.approx(2 / 3)
    curly = reader("“")
    found = kept(SCORE, curly, partial(requoted, style=STYLES["guillemets"]), before)
    assert found == Kept(texts=1, before=2)


def test_a_text_that_is_so_already_has_no_part() -> None:
    read = reader()
    before = [told(read, record()), told(read, record(TEXT.replace("”", '"').replace("“", '"')))]
    curly = partial(requoted, style=STYLES["curly double"])
    assert kept(SCORE, read, curly, before[:1]) == Kept()
    assert kept(SCORE, read, curly, before).texts == 1


def test_the_title_has_the_same_marks_and_stays_on_one_line() -> None:
    titles = []

    def read(article: Article) -> Reading:
        titles.append(article.title)
        return reader()(article)

    before = [Told(record(), ())]
    kept(SCORE, read, partial(requoted, style=STYLES["guillemets"]), before)
    kept(SCORE, read, partial(relaid, width=4), before)
    kept(SCORE, read, partial(relaid, width=4), [Told(record() | {"title": None}, ())])
    assert titles == ["Ramp «shut»", "Ramp ‘shut’", None]


def statement(start: int, end: int, *names: str | None) -> dict[str, Any]:
    roles: dict[str, Any] = {"source": [], "cue": [], "content": [[start, end]], "type": "direct"}
    return roles | {"speakers": [{"name": name} for name in names]}


@pytest.mark.parametrize(
    ("after", "contents", "whole"),
    [
        ([statement(0, 100, "Ida Holm")], 1, 1),
        ([statement(0, 90, "Ida Holm")], 1, 1),
        ([statement(0, 89, "Ida Holm")], 0, 0),
        ([statement(0, 100, "Ida\nHolm")], 1, 1),
        ([statement(0, 100, "“Ida” Holm")], 1, 1),
        ([statement(0, 100, "Ida")], 1, 0),
        ([statement(0, 100, None)], 1, 0),
        ([statement(0, 100)], 1, 0),
        ([statement(0, 100, "Ida Holm", "Tom Arne")], 1, 0),
        ([statement(0, 60, "Ida Holm"), statement(0, 100, "Ida Holm")], 1, 1),
        ([], 0, 0),
    ],
)
def test_what_is_the_same(after: list[dict[str, Any]], contents: int, whole: int) -> None:
    article = {"id": "a1", "text": "a" * 200}
    found = compared(SCORE, Told(article, [statement(0, 100, "Ida Holm")]), after)
    assert found == Kept(1, 1, len(after), contents, whole)


def test_joint_speakers_have_no_order() -> None:
    article = {"id": "a1", "text": "a" * 200}
    before = Told(article, [statement(0, 9, "Ida Holm", "Tom Arne")])
    assert compared(SCORE, before, [statement(0, 9, "Tom Arne", "Ida Holm")]).whole == 1


def test_the_table_of_ways() -> None:
    some = [Kept(1, 10, 10, 10, 9), Kept(2, 20, 10, 12, 9), Kept()]
    head, _, row = ways_table({"wrapped": some}).splitlines()
    assert (
        head == "| change | texts | statements | bbc | fiction | wikinews | all | contents alone |"
    )
    assert row == "| wrapped | 3 | 30 | 0.900 | 0.600 | – | 0.720 | 0.880 |"


def test_the_table_of_names() -> None:
    before = [Right(100, 90), Right(50, 40), Right(50, 40)]
    swaps = {
        "Indian": [Right(100, 90), Right(50, 39), Right(50, 41)],
        "Arabic": [Right(100, 80), Right(50, 40), Right()],
        "English": [Right(90, 90), Right(50, 50), Right(40, 40)],
    }
    assert swaps_table(before, swaps).splitlines()[2:] == [
        "| as they are | 0.900 | 0.800 | 0.800 | 0.850 | |",
        "| Indian | 0.900 | 0.780 | 0.820 | 0.850 | +0.0 |",
        "| Arabic | 0.800 | 0.800 | – | 0.800 | −5.0 |",
        "| English | 1.000 | 1.000 | 1.000 | 1.000 | +15.0 |",
        "",
        "The worst: Arabic, −5.0 points.",
    ]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "invariances.md"
    path.write_text("# Page\n<!-- en-fast:begin -->\nold\n<!-- en-fast:end -->\n", encoding="utf-8")
    monkeypatch.setattr(invariances, "PAGE", path)
    return path


def test_the_command_prints_and_fills_the_page(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(invariances, "Reader", lambda name: SimpleNamespace(read=name))
    monkeypatch.setattr(invariances, "report", lambda read, shared: f"tables of {read}, {shared}")
    monkeypatch.setattr(sys, "argv", ["invariances", "--shared", "news", "--model", "en-fast"])
    main()
    tables = "tables of en-fast, news"
    assert capsys.readouterr().out == f"en-fast\n\n{tables}\n\n"
    assert page.read_text(encoding="utf-8") == (
        f"# Page\n<!-- en-fast:begin -->\n{tables}\n<!-- en-fast:end -->\n"
    )


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "score").is_dir(), reason=f"no scorers in {SHARED}")
class TestByTheScorers:
    @pytest.fixture
    def newsroom(self, tmp_path: Path) -> Path:
        """The scorers, with a report in each set."""
        shutil.copytree(SHARED / "score", tmp_path / "score")
        for name in invariances.SETS:
            path = tmp_path / f"data/{name}/dev.jsonl"
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(record()) + "\n", encoding="utf-8")
        return tmp_path

    def test_a_reader_that_minds_nothing(self, newsroom: Path) -> None:
        ways, swaps, _ = report(reader(), newsroom).split("\n\n")
        for row in ways.splitlines()[2:]:
            texts = "0" if "curly double" in row else "3"
            assert row.split(" | ")[1] == texts
            assert set(re.findall(r"\d\.\d+|–", row)) == {"–" if texts == "0" else "1.000"}
        assert len(ways.splitlines()) == len(WAYS) + 2
        assert set(re.findall(r"\d\.\d{3}", swaps)) == {"1.000"}
        assert len(swaps.splitlines()) == 2 + 1 + 8

    def test_a_reader_that_knows_no_long_names(self, newsroom: Path) -> None:
        told_of = report(reader(longest=len("Ida Holm")), newsroom)
        assert "| as they are | 1.000 |" in told_of
        assert "The worst: " in told_of
        assert re.search(r"\| Polish and Russian, long \| 0\.000 .* −100\.0 \|", told_of)
