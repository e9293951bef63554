import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from training.about import Counts, count, evaluate, main, mentioned
from training.reports import Report, whole

from sayso import Article, Entity, Reading, Statement
from tests.training.conftest import write
from training import about

TEXT = "Ida Holm said she would sue the Fenwater Trust in Halden. A clerk said I had left, of Ida."


def at(words: str, after: int = 0) -> list[int]:
    start = TEXT.index(words, after)
    return [start, start + len(words)]


def entity(name: str, kind: str, names: list[list[int]], *mentions: list[int]) -> dict[str, Any]:
    return {"name": name, "kind": kind, "names": names, "mentions": list(mentions)}


IDA = entity("Ida Holm", "person", [at("Ida Holm"), at("Ida", 60)], at("she"))
TRUST = entity("Fenwater Trust", "organisation", [at("Fenwater Trust")])
HALDEN = entity("Halden", "place", [at("Halden")])
CLERK = entity("clerk", "unnamed", [], at("A clerk"), at("I", 60))
FIRST = "she would sue the Fenwater Trust in Halden"
SECOND = "I had left, of Ida"


def statement(id: str, source: str, content: str, name: str, kind: str) -> dict[str, Any]:
    return {
        "id": id,
        "source": [at(source)],
        "cue": [],
        "content": [at(content)] if content else [],
        "speakers": [{"name": name, "kind": kind}],
    }


def report(**rest: Any) -> Report:
    record = {
        "id": "r1",
        "text": TEXT,
        "entities": [IDA, TRUST, HALDEN, CLERK],
        "attributions": [
            statement("1", "Ida Holm", FIRST, "Ida Holm", "person"),
            statement("2", "A clerk", SECOND, "clerk", "unnamed"),
            statement("3", "A clerk", "", "clerk", "unnamed"),
        ],
    }
    return Report("own-c", record | rest, whole=True)


SCORE = SimpleNamespace(
    kind=lambda text, spans: "indirect",
    chars=lambda text, spans: {i for start, end in spans or () for i in range(start, end)},
    iou=lambda a, b: len(a & b) / len(a | b),
)
WHO = SimpleNamespace(
    same_speaker=lambda gold, told: told["name"] in (gold["name"], *gold["accept"])
)


def reading(*told: tuple[str, list[str]]) -> Reading:
    """Statements with these contents, about these names."""
    article = Article(TEXT)
    known = list(dict.fromkeys(name for _, names in told for name in names))
    ids = {name: f"e{n}" for n, name in enumerate(known)}
    return Reading(
        "model",
        article,
        tuple(
            Statement(
                id=f"s{n}",
                type="indirect",
                said=True,
                source=(),
                cue=(),
                content=(article.span(*at(content)),),
                about=tuple(ids[name] for name in names),
            )
            for n, (content, names) in enumerate(told)
        ),
        tuple(Entity(ids[name], name, "person", ()) for name in known),
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (FIRST, ["Ida Holm", "Fenwater Trust"]),
        (SECOND, ["Ida Holm"]),
        ("sue the Fenwater", []),
        ("she would sue", ["Ida Holm"]),
        ("A clerk said", ["clerk"]),
        ("Halden", []),
    ],
)
def test_who_is_mentioned_in_a_content(content: str, expected: list[str]) -> None:
    assert [e["name"] for e in mentioned(report(), [at(content)])] == expected


def test_who_is_mentioned_twice_counts_once() -> None:
    found = mentioned(report(), [at(FIRST), at(SECOND)])
    assert [e["name"] for e in found] == ["Ida Holm", "Fenwater Trust"]


def test_a_source_within_a_content_mentions_who_speaks() -> None:
    """ "Ida" is marked nowhere else, a bishop is no entity; the "I" who left talks of nobody."""
    speaking = [
        statement("1", "Ida", "", "Ida Holm", "person"),
        statement("2", "Halden", "", "bishop", "unnamed"),
        statement("3", "I", "", "clerk", "unnamed"),
    ]
    speaking[2]["source"] = [at("I", 60)]
    one = report(entities=[entity("Ida Holm", "person", [at("Ida", 60)]), CLERK])
    one.record["attributions"] = speaking
    assert [e["name"] for e in mentioned(one, [at("Ida Holm")])] == ["Ida Holm"]
    assert [e["name"] for e in mentioned(one, [at("in Halden")])] == ["bishop"]
    assert mentioned(one, [at("I had")]) == []


def test_a_name_that_a_speaker_may_have_counts_in_what_is_said() -> None:
    speaking = [statement("1", "A clerk", FIRST, "Ida Holm", "person")]
    speaking[0]["speakers"][0]["accept"] = ["Holm"]
    one = report(attributions=speaking)
    assert count(one, reading((FIRST, ["Holm"])), SCORE, WHO) == Counts(2, 1, 1, 1)


def test_who_has_no_name_and_does_not_speak_is_left_out() -> None:
    assert mentioned(report(attributions=[]), [at("A clerk said")]) == []


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([(FIRST, ["Ida Holm", "Fenwater Trust"]), (SECOND, ["Ida Holm"])], Counts(3, 3, 3, 2)),
        ([(FIRST, ["Ida Holm"]), (SECOND, ["Tom"])], Counts(3, 2, 1, 2)),
        ([(FIRST, ["Ida Holm", "Tom", "Lena"])], Counts(2, 3, 1, 1)),
        ([(FIRST, [])], Counts(2, 0, 0, 1)),
        ([("left", ["Ida Holm"])], Counts()),
        ([], Counts()),
    ],
)
def test_counts_by_hand(told: list[tuple[str, list[str]]], expected: Counts) -> None:
    assert count(report(), reading(*told), SCORE, WHO) == expected


def test_one_that_is_told_answers_for_one_that_is_wanted() -> None:
    twins = [IDA, IDA | {"kind": "organisation"}]
    found = count(report(entities=twins), reading((FIRST, ["Ida Holm"])), SCORE, WHO)
    assert (found.gold, found.told, found.both) == (2, 1, 1)


@pytest.mark.parametrize(
    ("counts", "f1"),
    [(Counts(4, 6, 3), 0.6), (Counts(2, 2, 2), 1.0), (Counts(2, 0, 0), 0.0), (Counts(), 0.0)],
)
def test_f1(counts: Counts, f1: float) -> None:
    assert counts.f1 == pytest.approx(f1)


def test_counts_add_up() -> None:
    assert Counts(1, 2, 3, 4) + Counts(10, 20, 30, 40) == Counts(11, 22, 33, 44)


def test_all_reports_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = report(title="Ramp", date="2024-05-01").record
    write(tmp_path / "some.jsonl", [one | {"id": "r2"}, one | {"id": "r4"}])
    asked: list[tuple[Any, Any, Any]] = []

    def read(article: Article) -> Reading:
        asked.append((article.id, article.title, article.date))
        return reading((FIRST, ["Ida Holm"]))

    monkeypatch.setattr(about, "scorer", lambda shared, name="score": {"who": WHO}.get(name, SCORE))
    assert evaluate(read, tmp_path, whole(tmp_path / "some.jsonl")) == Counts(4, 2, 2, 2)
    assert asked == [("r2", "Ramp", "2024-05-01"), ("r4", "Ramp", "2024-05-01")]


def test_the_command_prints_what_was_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(about, "Reader", lambda name: SimpleNamespace(read=name))
    found = {"en-fast": Counts(4, 6, 3, 9)}
    monkeypatch.setattr(about, "evaluate", lambda read, shared, reports: found[read])
    monkeypatch.setattr(sys, "argv", ["about", "--model", "en-fast"])
    main()
    told = "about: F1 0.600; 4 gold, 6 told, 3 both, in 9 statements\n"
    assert capsys.readouterr().out == told
