import json
import os
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import training.bootstrap
from training.bootstrap import Counts, Row, bootstrap, counted, figures, main, names, table
from training.evaluate import ROWS, TYPES
from training.tying import scorer

SHARED = Path(os.environ.get("SHARED", Path(training.bootstrap.__file__).parents[2] / "shared"))


def counts(*articles: tuple[int, int]) -> Counts:
    """One figure: what is right, and of how many, in each article."""
    return np.array(articles).reshape(-1, 1, 2)


def compare(a: Counts, b: Counts, rounds: int = 2000, seed: int = 0) -> Row:
    (row,) = bootstrap(["it"], a, b, rounds, seed)
    return row


def test_figures_are_summed_before_they_are_divided() -> None:
    assert figures(counts((1, 1), (0, 9)).sum(axis=0)) == pytest.approx([0.1])


def test_a_figure_of_nothing_is_none_right() -> None:
    assert figures(counts((0, 0))).tolist() == [[0.0]]


def test_a_file_is_no_better_than_itself() -> None:
    a = counts((3, 5), (0, 2), (4, 4))
    assert compare(a, a) == Row("it", 0.6363636363636364, 0.6363636363636364, 0, 0, 0)


def test_better_everywhere_is_sure() -> None:
    a, b = counts(*[(5, 10)] * 8), counts(*[(6, 10)] * 8)
    found = compare(a, b)
    assert found.better == 1
    assert (found.low, found.difference, found.high) == pytest.approx((0.1, 0.1, 0.1))


def test_better_in_one_article_is_chance() -> None:
    a, b = counts(*[(5, 10)] * 8), counts((10, 10), *[(5, 10)] * 7)
    found = compare(a, b)
    assert found.low == 0 < found.difference < found.high
    assert found.better == pytest.approx(1 - (7 / 8) ** 8, abs=0.03)  # it must be drawn


def test_turned_round_it_says_the_contrary() -> None:
    a, b = counts((5, 9), (2, 8), (7, 7)), counts((6, 9), (1, 8), (4, 7))
    there, back = compare(a, b), compare(b, a)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.difference == pytest.approx(-back.difference)


def test_the_articles_are_the_same_for_both() -> None:
    """Articles differ much, files little: unpaired, the interval would be far wider."""
    rng = np.random.default_rng(0)
    right = rng.integers(10, 90, 50)
    a, b = (counts(*((int(n) + more, 100) for n in right)) for more in (0, 2))
    assert compare(a, b).low == pytest.approx(0.02)


def test_the_interval_is_as_wide_as_theory_says() -> None:
    rng = np.random.default_rng(0)
    a, b = (counts(*((int(n), 100) for n in rng.integers(30, 70, 200))) for _ in "ab")
    spread = np.std(b[:, 0, 0] - a[:, 0, 0]) / 100 / np.sqrt(200)
    found = compare(a, b, rounds=20_000)
    assert found.high - found.low == pytest.approx(2 * 1.96 * spread, rel=0.05)


def test_a_seed_repeats() -> None:
    a, b = counts((5, 9), (2, 8), (7, 7)), counts((6, 9), (1, 8), (4, 7))
    assert compare(a, b, rounds=50) == compare(a, b, rounds=50)
    assert compare(a, b, rounds=50) != compare(a, b, rounds=50, seed=1)


def test_each_figure_has_its_own_row() -> None:
    a = np.array([[[1, 2], [3, 4]], [[2, 2], [4, 4]]])
    b = np.array([[[2, 2], [3, 4]], [[2, 2], [0, 4]]])
    up, down = bootstrap(["up", "down"], a, b, 100, 0)
    assert (up.name, up.a, up.b) == ("up", 0.75, 1.0)
    assert (down.name, down.a, down.b) == ("down", 0.875, 0.375)


def test_names() -> None:
    assert names(spoken=False) == [*ROWS, *(f"recall {kind}" for kind in TYPES)]
    assert names(spoken=True)[-1] == "speaker accuracy"


def test_the_table() -> None:
    assert table([Row("all exact", 0.5, 0.52, -0.01, 0.05, 0.875)]).splitlines()[2:] == [
        "| all exact | 0.5000 | 0.5200 | +0.0200 | -0.0100 … +0.0500 | 87.5% |"
    ]


SPEAKERS = [{"name": name, "kind": "person"} for name in ("Ida Holm", "Tom Arne")]
TEXT = "“Seven ferries” and no more, so they said to us, are what we shall have in May. " * 4
REFUSED = "Ida Holm declined to comment."


def drawn(rng: random.Random, key: str, nested: bool) -> list[dict[str, Any]]:
    """Articles with random statements in them, and in every other one a refusal."""

    def spans(longest: int) -> list[list[int]]:
        start = rng.randrange(len(TEXT) - longest)
        return [[start, start + 4 + rng.randrange(longest - 4)]]

    def statement(n: int) -> dict[str, Any]:
        roles = {"source": spans(20), "cue": spans(10), "content": spans(90)}
        inside = str(n - 1) if nested and n % 3 == 1 else None
        return roles | {"id": str(n), "inside": inside, "speakers": [rng.choice(SPEAKERS)]}

    def refusal() -> dict[str, Any]:
        at = {words: len(TEXT) + REFUSED.index(words) for words in ("declined", "to comment")}
        spans = [[[start, start + len(words)]] for words, start in at.items()]
        return {"source": [], "cue": spans[0], "content": spans[1], "speakers": SPEAKERS[:1]}

    def article(n: int) -> dict[str, Any]:
        found = [refusal()] * (n % 2) + [statement(m) for m in range(rng.randint(0, 8))]
        return {"id": n, "text": TEXT + REFUSED, key: found}

    return [article(n) for n in range(12)]


def write(path: Path, articles: list[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(d) + "\n" for d in articles), encoding="utf-8")
    return path


def made_up(shared: Path, dev: str, seed: int, nested: bool) -> Path:
    """Fill a folder shaped as ../shared with their scorers and a random set; its predictions."""
    for path in (SHARED / "score").glob("*.py"):
        (shared / "score").mkdir(exist_ok=True)
        (shared / "score" / path.name).write_bytes(path.read_bytes())
    rng = random.Random(seed)
    write(shared / f"data/{dev}/dev.jsonl", drawn(rng, "attributions", nested))
    return write(shared / "pred.jsonl", drawn(rng, "statements", True))


def bare(gold: dict[str, Any]) -> dict[str, Any]:
    """A gold statement without what the contract gives as spans and gold as words."""
    return {k: v for k, v in gold.items() if k not in ("addressee", "channel", "when")}


def totals(shared: Path, dev: str, pred: Path) -> list[float]:
    """The scorers' own figures of the whole set, in the order of the rows."""
    score = scorer(shared)
    gold = score.read_articles(shared / f"data/{dev}/dev.jsonl")
    read = score.read_articles(pred, "statements")
    told = score.score(list(gold.values()), read)
    out = [told[row]["f1"] for row in ROWS]
    out += [told["recall by type"][kind]["content"] for kind in TYPES]
    if dev != "polnear":
        out.append(scorer(shared, "who").evaluate(gold, read)[0]["speaker accuracy"])
    return out


def ours(shared: Path, dev: str, pred: Path) -> list[float]:
    return [round(f, 4) for f in figures(counted(shared, dev, pred).sum(axis=0)).tolist()]


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "score").is_dir(), reason=f"no scorers in {SHARED}")
class TestWithTheirScorers:
    @pytest.mark.parametrize("nested", [True, False])
    @pytest.mark.parametrize("dev", ["polnear", "bbc"])
    @pytest.mark.parametrize("seed", range(5))
    def test_the_counts_add_up_to_the_scorers_figures(
        self, tmp_path: Path, dev: str, seed: int, nested: bool
    ) -> None:
        pred = made_up(tmp_path, dev, seed, nested)
        expected = totals(tmp_path, dev, pred)
        assert ours(tmp_path, dev, pred) == pytest.approx(expected, abs=1e-4)
        assert expected[0] > 0

    @pytest.mark.parametrize("dev", ["polnear", "bbc"])
    def test_they_do_on_the_annotated_news(self, tmp_path: Path, dev: str) -> None:
        """Gold itself, every third statement left out, stands for a reading."""
        with open(SHARED / f"data/{dev}/dev.jsonl", encoding="utf-8") as lines:
            gold = [json.loads(line) for line in lines]
        read = [
            {
                "id": d["id"],
                "statements": [bare(a) for n, a in enumerate(d["attributions"]) if n % 3],
            }
            for d in gold[::-1]
        ]
        pred = write(tmp_path / "pred.jsonl", read)
        assert ours(SHARED, dev, pred) == pytest.approx(totals(SHARED, dev, pred), abs=1e-4)

    def test_the_command(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        pred = str(made_up(tmp_path, "bbc", 0, True))
        command = ["bootstrap", "--shared", str(tmp_path), "--set", "bbc", "--rounds", "20"]
        monkeypatch.setattr(sys, "argv", [*command, pred, pred])
        main()
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == 2 + len(names(spoken=True))
        assert all("+0.0000 … +0.0000" in line for line in lines[2:])
