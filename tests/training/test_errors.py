import json
import os
import random
import re
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import training.errors
from training.errors import (
    Error,
    OtherArticles,
    bounds,
    compared,
    errors,
    invented,
    main,
    missed,
    report,
    wording,
)
from training.tying import Pairing, Told, pairing, scorer

SHARED = Path(os.environ.get("SHARED", Path(training.errors.__file__).parents[2] / "shared"))
NEEDS_SHARED = (
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "score").is_dir(), reason=f"no scorers in {SHARED}"),
)

TEXT = (
    "Ida Holm said the bridge would open in May and the tolls would stay. "
    "“Nobody asked the ferrymen,” Tom Arne told the council. "
    "The mayor believes that the town needs both."
)
BRIDGE = ("Ida Holm", "said", "the bridge would open in May and the tolls would stay")
FERRY = ("Tom Arne", "told", "“Nobody asked the ferrymen,”")
BOTH = ("The mayor", "believes", "that the town needs both")


def plain_chars(text: str, spans: Any) -> set[int]:
    return {i for s, e in spans or () for i in range(s, e) if text[i].isalnum()}


PLAIN = SimpleNamespace(
    chars=plain_chars,
    iou=lambda a, b: len(a & b) / len(a | b) if a or b else 1.0,
    kind=lambda text, spans: "direct" if text[spans[0][0]] == "“" else "indirect",
)
"""What of score.py the errors lean on, without its finer points."""


@pytest.fixture(params=["plain", pytest.param("theirs", marks=NEEDS_SHARED)])
def score(request: pytest.FixtureRequest) -> Any:
    return PLAIN if request.param == "plain" else scorer(SHARED)


def at(*words: str) -> list[list[int]]:
    return [[TEXT.index(w), TEXT.index(w) + len(w)] for w in words if w]


def statement(source: str, cue: str, content: str, **rest: Any) -> dict[str, Any]:
    """A statement of these words; “ … ” stands between the parts of a content."""
    roles = {"source": at(source), "cue": at(cue), "content": at(*content.split(" … "))}
    kind = "direct" if content.startswith("“") else "indirect"
    return roles | {"type": kind, "inside": None} | rest


def kinds(score: Any, gold: list[dict[str, Any]], read: list[dict[str, Any]]) -> list[str]:
    article = {"id": "a1", "text": TEXT}
    return sorted(e.kind for e in errors(score, [pairing(score, article, gold, read)]))


def test_nothing_is_wrong_with_a_perfect_reading(score: Any) -> None:
    whole = [statement(*BRIDGE), statement(*FERRY), statement(*BOTH, said=False)]
    assert kinds(score, whole, whole) == []


@pytest.mark.parametrize(
    ("gold", "expected"),
    [
        (statement(*BRIDGE), "missed indirect, free"),
        (statement(*FERRY), "missed direct, free"),
        (statement("Tom Arne", "", FERRY[2]), "missed cueless, free"),
        (statement(*BRIDGE, inside="s1"), "missed nested, free"),
        (statement("", "", FERRY[2], inside="s1"), "missed nested, free"),
    ],
)
def test_missed(score: Any, gold: dict[str, Any], expected: str) -> None:
    assert kinds(score, [gold], []) == [expected]
    assert kinds(score, [gold, statement(*BOTH)], [statement(*BOTH)]) == [expected]


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (statement(*BRIDGE), "invented outermost, free"),
        (statement("Tom Arne", "", FERRY[2]), "invented cueless, free"),
        (statement(*BRIDGE, inside="s1"), "invented nested, free"),
    ],
)
def test_invented(score: Any, read: dict[str, Any], expected: str) -> None:
    assert kinds(score, [], [read]) == [expected]


def test_a_cut_content_overlaps(score: Any) -> None:
    cut = statement("Ida Holm", "said", "the tolls would stay")
    expected = ["invented outermost, overlapping", "missed indirect, overlapping"]
    assert kinds(score, [statement(*BRIDGE)], [cut]) == expected


def test_joined_contents_overlap(score: Any) -> None:
    halves = [
        statement("Ida Holm", "said", half)
        for half in ("the bridge would open in May", "the tolls would stay")
    ]
    expected = ["boundary, ends late", "missed indirect, overlapping"]
    assert kinds(score, halves, [statement(*BRIDGE)]) == expected


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("stay", "overlapping"),
        ("the tolls would stay. “Nobody asked the ferrymen,” Tom Arne", "overlapping"),
        ("stay. “Nobody asked the ferrymen,” Tom Arne told the council", "free"),
    ],
)
def test_contents_overlap_that_share_a_tenth_of_the_shorter(
    score: Any, content: str, place: str
) -> None:
    found = kinds(score, [statement(*BRIDGE)], [statement("", "said", content)])
    assert f"missed indirect, {place}" in found
    assert f"invented outermost, {place}" in found


def test_a_nested_one_is_free_though_the_one_around_it_was_read(score: Any) -> None:
    inner = statement("", "would", "the tolls … stay", inside="s1")
    outer = statement(*BRIDGE)
    assert kinds(score, [outer, inner], [outer]) == ["missed nested, free"]
    assert kinds(score, [outer], [outer, inner]) == ["invented nested, free"]


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (statement(*BRIDGE), []),
        (statement("", *BRIDGE[1:]), ["wrong source, none given"]),
        (statement("The mayor", *BRIDGE[1:]), ["wrong source, other words"]),
        (statement("Holm", *BRIDGE[1:]), ["wrong source, other bounds"]),
        (statement("Ida Holm", "", BRIDGE[2]), ["wrong cue, none given"]),
        (statement("Ida Holm", "told", BRIDGE[2]), ["wrong cue, other words"]),
        (statement(*BRIDGE, type="mixed"), ["wrong type, indirect read as mixed"]),
        (statement(*BRIDGE[:2], "the bridge would open in May and the tolls", type="mixed"),
         ["boundary, ends early"]),
        (statement("", "told", "bridge would open in May and the tolls would stay. “Nobody"),
         ["boundary, begins late", "boundary, ends late", "wrong cue, other words",
          "wrong source, none given"]),
    ],
)  # fmt: skip
def test_a_found_statement_counts_under_each_kind_that_applies(
    score: Any, read: dict[str, Any], expected: list[str]
) -> None:
    assert kinds(score, [statement(*BRIDGE)], [read]) == expected


def test_roles_where_gold_has_none(score: Any) -> None:
    expected = ["wrong cue, given where none is", "wrong source, given where none is"]
    assert kinds(score, [statement("", "", BRIDGE[2])], [statement(*BRIDGE)]) == expected


@pytest.mark.parametrize(
    ("gold", "read", "expected"),
    [
        ({}, {"said": False}, []),
        ({"said": False}, {"said": False}, []),
        ({"said": False}, {"said": True}, ["wrong said, thought read as said"]),
        ({"said": True}, {"said": False}, ["wrong said, said read as thought"]),
    ],
)
def test_said_is_judged_where_gold_has_it(
    score: Any, gold: dict[str, Any], read: dict[str, Any], expected: list[str]
) -> None:
    assert kinds(score, [statement(*BOTH, **gold)], [statement(*BOTH, **read)]) == expected


@pytest.mark.parametrize(
    ("gold", "read", "expected"),
    [
        (range(10, 20), range(10, 20), []),
        ([], [], []),
        (range(10, 20), range(8, 20), ["begins early"]),
        (range(10, 20), range(12, 20), ["begins late"]),
        (range(10, 20), range(10, 18), ["ends early"]),
        (range(10, 20), range(10, 22), ["ends late"]),
        (range(10, 20), range(8, 18), ["begins early", "ends early"]),
        ([10, 11, 18, 19], range(10, 20), ["hole filled"]),
        (range(10, 20), [10, 11, 18, 19], ["hole made"]),
        ([10, 12, 15], [10, 13, 15], ["hole filled", "hole made"]),
        ([10, 12, 15], [9, 10, 15, 16], ["begins early", "ends late", "hole made"]),
    ],
)
def test_bounds(gold: Any, read: Any, expected: list[str]) -> None:
    assert list(bounds(frozenset(gold), frozenset(read))) == expected


def test_any_difference_of_contents_has_a_kind() -> None:
    rng = random.Random(1)
    for _ in range(500):
        gold, read = (frozenset(rng.sample(range(8), rng.randint(1, 6))) for _ in "ab")
        assert bool(list(bounds(gold, read))) == (gold != read)


@pytest.mark.parametrize(
    ("gold", "read", "expected"),
    [
        ("abc", "abc", None),
        ("", "", None),
        ("abc", "", "none given"),
        ("", "abc", "given where none is"),
        ("abc", "xyz", "other words"),
        ("abcd", "ab", "other bounds"),
        ("abcd", "a", "other words"),
    ],
)
def test_wording(gold: str, read: str, expected: str | None) -> None:
    held, found = (frozenset(map(ord, words)) for words in (gold, read))
    assert wording(PLAIN, held, found) == expected


def test_a_pairing_flipped_twice_is_itself(score: Any) -> None:
    gold, read = [statement(*BRIDGE), statement(*FERRY)], [statement(*FERRY), statement(*BOTH)]
    found = pairing(score, {"id": "a1", "text": TEXT}, gold, read)
    assert found.tied == {1: 0}
    assert found.flipped().tied == {0: 1}
    assert found.flipped().flipped() == found


def reported(**options: Any) -> str:
    gold = [statement(*BRIDGE), statement(*FERRY)]
    read = [statement(*BOTH, said=False, confidence=0.257)]
    found = pairing(PLAIN, {"id": "a_1", "text": TEXT}, gold, read)
    return report("Errors", [found], errors(PLAIN, [found]), **options)


def test_the_report_shows_gold_and_reading() -> None:
    lines = reported().splitlines()
    assert lines[2] == (
        "2 gold statements in 1 articles, 1 read: 0 matched (0 with the very content), "
        "2 missed, 1 invented."
    )
    begun = lines.index("## missed direct, free (1)")
    assert lines[begun + 2].startswith("1. a\\_1: … Ida Holm said the bridge")
    assert lines[begun + 3 : begun + 5] == [
        "   - gold, direct: Tom Arne | told | “Nobody asked the ferrymen,”",
        "   - read: nothing",
    ]
    begun = lines.index("## invented outermost, free (1)")
    assert lines[begun + 3 :][:2] == [
        "   - gold: nothing",
        "   - read, indirect, thought, 0.26: The mayor | believes | that the town needs both",
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("", ["invented outermost, free", "missed direct, free", "missed indirect, free"]),
        ("missed", ["missed direct, free", "missed indirect, free"]),
        ("missed indirect", ["missed indirect, free"]),
        ("found", []),
    ],
)
def test_examples_of_a_kind(kind: str, expected: list[str]) -> None:
    told = reported(kind=kind)
    assert re.findall(r"^## (.*) \(1\)$", told, re.MULTILINE) == expected
    assert ("No kind of error here begins with “found”." in told) == (not expected)
    assert told.count("| 1 |") == 3


def test_no_examples_leave_the_counts() -> None:
    assert reported(examples=0).splitlines()[-1] == "| missed indirect, free | 1 |"


def blank(kind: str, id: str) -> Error:
    told = Told({"type": "direct", "content": [[0, 3]]}, *[frozenset({0})] * 3)
    return Error(kind, id, "Yes and no, said both.", (told,), ())


def test_the_largest_kind_comes_first_and_the_seed_draws() -> None:
    found = [blank("few", "f"), *(blank("many", f"m{n}") for n in range(50))]
    told = report("Errors", [], found, examples=3)
    assert told.index("| many | 50 |") < told.index("| few | 1 |")
    assert len(re.findall(r"^\d\. m\d+:", told, re.MULTILINE)) == 3
    assert told == report("Errors", [], found, examples=3)
    assert told != report("Errors", [], found, examples=3, seed=1)


def test_examples_of_a_kind_do_not_depend_on_the_others() -> None:
    found = [blank("many", f"m{n}") for n in range(50)]
    alone, beside = report("E", [], found), report("E", [], [*found, blank("few", "f")])
    assert alone.split("## ")[1] == beside.split("## ")[1].rstrip("\n")


def test_long_and_hostile_words_are_tamed() -> None:
    text = "<b>" + "word\n* " * 500 + "`|`"
    told = Told({"type": "direct", "content": [[0, len(text)]]}, *[frozenset({0})] * 3)
    lines = report("E", [], [Error("k", "a", text, (told,), ())]).splitlines()
    shown = next(line for line in lines if line.startswith("   - gold"))
    assert len(shown) < 700
    assert "\\<b\\>word \\* word" in shown
    assert "\\[…\\]" in shown
    assert shown.endswith("\\`\\|\\`")


@pytest.mark.parametrize(
    ("given", "cue", "of_missed", "of_invented"),
    [
        ({"type": "mixed", "inside": None}, {1}, "mixed", "outermost"),
        ({"type": "mixed"}, set(), "cueless", "cueless"),
        ({"type": "mixed", "inside": "s1"}, set(), "nested", "nested"),
    ],
)
def test_what_a_lone_statement_is(
    given: dict[str, Any], cue: set[int], of_missed: str, of_invented: str
) -> None:
    told = Told(given, frozenset(), frozenset(cue), frozenset({2}))
    assert (missed(told), invented(told)) == (of_missed, of_invented)


@pytest.fixture
def made_up(tmp_path: Path) -> Path:
    """A folder shaped as ../shared: their scorers, and a dev set of one report."""
    for path in (SHARED / "score").glob("*.py"):
        write(tmp_path / "score" / path.name, path.read_text(encoding="utf-8"))
    gold = {"id": "a1", "text": TEXT, "attributions": [statement(*BRIDGE), statement(*FERRY)]}
    write(tmp_path / "data/bbc/dev.jsonl", json.dumps(gold))
    write(tmp_path / "pred.jsonl", json.dumps({"id": "a1", "statements": [statement(*FERRY)]}))
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")


def run(monkeypatch: pytest.MonkeyPatch, made_up: Path, *options: str) -> None:
    pred = str(made_up / "pred.jsonl")
    command = ["errors", "--shared", str(made_up), "--set", "bbc", "--pred", pred, *options]
    monkeypatch.setattr(sys, "argv", command)
    main()


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "score").is_dir(), reason=f"no scorers in {SHARED}")
class TestWithTheirScorers:
    def test_the_command_prints(
        self, made_up: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run(monkeypatch, made_up)
        out = capsys.readouterr().out
        assert "1 matched (1 with the very content), 1 missed, 0 invented." in out
        assert "## missed indirect, free (1)" in out

    def test_the_command_writes(
        self, made_up: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run(monkeypatch, made_up, "--examples", "0", "--out", str(made_up / "e.md"))
        assert capsys.readouterr().out == ""
        assert (made_up / "e.md").read_text(encoding="utf-8").endswith("indirect, free | 1 |\n")

    def test_predictions_of_another_set_are_refused(self, made_up: Path) -> None:
        write(made_up / "pred.jsonl", json.dumps({"id": "b7", "statements": []}))
        with pytest.raises(OtherArticles, match="has no article of bbc"):
            compared(scorer(made_up), made_up, "bbc", made_up / "pred.jsonl")

    @pytest.mark.parametrize("seed", range(20))
    def test_the_pairs_are_the_scorers(self, seed: int) -> None:
        theirs = scorer(SHARED)
        gold, pred = random_statements(seed, "attributions"), random_statements(-seed, "statements")
        told = theirs.score(gold, {d["id"]: {"attributions": d["statements"]} for d in pred})
        pairings = [
            pairing(theirs, g, g["attributions"], p["statements"])
            for g, p in zip(gold, pred, strict=True)
        ]
        found = list(errors(theirs, pairings))
        assert ratios(pairings) == {name: told[name]["r"] for name in ratios(pairings)}
        kinds = Counter(e.kind.split(" ")[0] for e in found)
        assert kinds["missed"] == sum(len(p.gold) - len(p.tied) for p in pairings)
        assert kinds["invented"] == sum(len(p.read) - len(p.tied) for p in pairings)
        by_type = Counter(e.kind.split(" ")[1].strip(",") for e in found if "missed" in e.kind)
        for name, recall in told["recall by type"].items():
            assert round(1 - by_type[name] / max(1, recall["gold"]), 4) == (
                recall["content"] if recall["gold"] else 1
            )


def ratios(pairings: list[Pairing]) -> dict[str, float]:
    pairs = [pair for p in pairings for pair in p.pairs()]
    gold = sum(len(p.gold) for p in pairings)
    exact = [pair for pair in pairs if pair[0].content == pair[1].content]
    return {
        "content partial": round(len(pairs) / gold, 4),
        "content exact": round(len(exact) / gold, 4),
    }


def random_statements(seed: int, key: str) -> list[dict[str, Any]]:
    """Three made-up articles of single letters, with random statements in them."""
    rng = random.Random(seed)

    def spans(longest: int) -> list[list[int]]:
        start = rng.randrange(20)
        return [[start, start + 1 + rng.randrange(longest)]]

    def drawn() -> dict[str, Any]:
        return {"source": spans(2), "cue": spans(2), "content": spans(9), "type": "indirect"}

    text = "ab" * 20
    return [
        {"id": n, "text": text, key: [drawn() for _ in range(rng.randint(0, 6))]} for n in "xyz"
    ]
