"""How references are collected and ranked, where torch is there."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from training.naming import Names  # noqa: E402
from training.ranking import (  # noqa: E402
    Examples,
    Oracle,
    Ranker,
    collect,
    network,
    raw_sight,
    train,
)
from training.reports import Report  # noqa: E402
from training.states import States  # noqa: E402

from sayso.reader.sight import HIDDEN, VECTOR  # noqa: E402
from sayso.reader.speakers.features import Reference  # noqa: E402
from sayso.reader.speakers.judge import NEW, NOBODY, Choice, Options, chosen  # noqa: E402
from sayso.reader.speakers.referents import Referent  # noqa: E402
from sayso.reader.tokens import Tokenizer  # noqa: E402
from tests.reader.hands import FOLDER, SURE  # noqa: E402

WIDE = 6


def same_speakers(gold: list[dict[str, Any]], told: list[dict[str, Any]]) -> bool:
    return sorted(g["name"] for g in gold) == sorted(t["name"] for t in told)


WHO = SimpleNamespace(
    same_speakers=same_speakers,
    same_speaker=lambda gold, told: told["name"] in (gold["name"], *gold["accept"]),
)
ADA, ODO = Referent("Ada"), Referent("Odo")
EARLY, LATE = Referent("aide", at=5, named=False), Referent("aide", at=90, named=False)


def by_rules() -> Names:
    """Weights that take what the rules call a name for a person's."""
    rules = np.zeros((8, HIDDEN), np.float32)
    out = np.zeros((HIDDEN, 9), np.float32)
    for n in range(3):
        rules[n, n], out[n, n] = 1, SURE
    nothing = np.zeros(HIDDEN, np.float32)
    return Names(np.zeros((WIDE, HIDDEN), np.float32), nothing, rules, out, np.zeros(9, np.float32))


def options(parties: list[tuple[Referent, ...]], *index: int, rows: Any = None) -> Options:
    m = len(index)
    return Options(
        parties=parties,
        index=np.array(index),
        rows=np.zeros((m, 3), np.float32) if rows is None else rows,
        asking=np.ones(WIDE, np.float32),
        meant=np.zeros((m, WIDE), np.float32),
    )


def asking(**rest: Any) -> Reference:
    return Reference(**{"form": "person", "at": 50, "end": 53, "draft": 0, **rest})


def wanted(*names: str) -> list[dict[str, Any]]:
    return [{"name": name, "kind": "person"} for name in names]


TEXT = "Odo and two aides said so."


def oracle_of(
    gold: list[dict[str, Any]], kept: Examples, follow: Any = None, **rest: Any
) -> Oracle:
    told = Report("who", {"id": "r", "text": TEXT, "attributions": gold}, whole=False, **rest)
    return Oracle(by_rules(), WHO, told, gold, kept, follow)


SOURCE = [[0, TEXT.index(" said")]]


def said_by(*names: str) -> dict[str, Any]:
    return {"source": SOURCE, "speakers": wanted(*names)}


@pytest.mark.parametrize(
    ("gold", "asked", "parties", "index", "right", "expected"),
    [
        (["Ada"], {}, [(ADA,), (ODO,)], [0, 1, 0], [1, 0, 1], Choice((ADA,), False, 1.0)),
        (["Ada", "Odo"], {}, [(ADA,), (ODO, ADA)], [0, 1], [0, 1],
         Choice((ODO, ADA), False, 1.0)),
        (["Ada", "Odo"], {"joint": True}, [(ADA,), (ADA, ODO)], [0, 1], [1, 0],
         Choice((ADA,), False, 1.0)),
        (["Odo", "two aides"], {"joint": True, "head": "aides", "or_new": True}, [(ODO,)],
         [0, NEW], [0, 1], Choice((), True, 1.0)),
        (["Odo", "Ada"], {"joint": True, "head": "aides", "or_new": True}, [(ODO,), (ADA,)],
         [0, 1, NEW], [0, 1, 0], Choice((ADA,), False, 1.0)),
        (["Ada"], {}, [(ADA, ODO), (ADA,)], [0, 1], [0, 1], Choice((ADA,), False, 1.0)),
        (["Ada"], {"or_new": True}, [(ADA,)], [0, NEW], [1, 0], Choice((ADA,), False, 1.0)),
        ([], {"or_new": True}, [(ADA,)], [0, NEW], [0, 1], Choice((), True, 1.0)),
        ([], {"or_nobody": True}, [(ADA,)], [0, NOBODY], [0, 1], Choice((), False, 1.0)),
        ([], {"or_new": True, "or_nobody": True}, [(ADA,)], [0, NEW, NOBODY], [0, 1, 0],
         Choice((), True, 1.0)),
        (["aide"], {}, [(EARLY,), (LATE,)], [0, 1], [1, 0], Choice((EARLY,), False, 1.0)),
        (["aide"], {"or_new": True}, [(LATE,)], [0, NEW], [0, 1], Choice((), True, 1.0)),
        (["aide"], {"or_new": True}, [(EARLY,)], [0, NEW], [0, 1], Choice((), True, 1.0)),
        (["aide"], {"or_new": True, "definite": True}, [(EARLY,)], [0, NEW], [1, 0],
         Choice((EARLY,), False, 1.0)),
        (["aide"], {"or_new": True, "definite": True}, [(LATE,)], [0, NEW], [0, 1],
         Choice((), True, 1.0)),
    ],
)  # fmt: skip
def test_the_oracle_picks_who_is_meant(
    gold: list[str],
    asked: dict[str, Any],
    parties: list[tuple[Referent, ...]],
    index: list[int],
    right: list[int],
    expected: Choice,
) -> None:
    kept = Examples()
    oracle = oracle_of([said_by(*gold)], kept)
    assert oracle.choose(asking(**asked), options(parties, *index)) == expected
    (example,) = kept.found
    assert example.right.tolist() == [bool(one) for one in right]
    assert kept.lost == 0


@pytest.mark.parametrize(
    ("gold", "asked", "index", "new"),
    [
        (["Tom"], {}, [0], False),
        (["Tom"], {"or_new": True}, [0, NEW], True),
        ([], {}, [0], False),
    ],
)
def test_an_answer_that_is_no_option_is_lost(
    gold: list[str], asked: dict[str, Any], index: list[int], new: bool
) -> None:
    kept = Examples()
    oracle = oracle_of([said_by(*gold)], kept)
    assert oracle.choose(asking(**asked), options([(ADA,)], *index)) == Choice((), new, 1.0)
    assert (kept.found, kept.lost) == ([], 1)


def test_of_several_who_stand_nowhere_together_one_is_taken_and_nothing_learnt() -> None:
    kept = Examples()
    oracle = oracle_of([said_by("Ada", "Odo")], kept)
    assert oracle.choose(asking(), options([(ODO,)], 0)).party == (ODO,)
    assert (kept.found, kept.lost) == ([], 1)


AT = (50, 53)
"""Where references are asked about here."""


def test_what_is_no_source_means_whom_the_report_says_that_its_place_means() -> None:
    oracle = oracle_of([said_by("Ada")], Examples(), means={AT: wanted("Odo")})
    found = options([(ADA,), (ODO,)], 0, 1)
    assert oracle.choose(asking(draft=None), found).party == (ODO,)
    assert oracle.choose(asking(), found).party == (ADA,)


def test_nothing_is_learnt_of_a_place_that_is_not_annotated() -> None:
    kept = Examples()
    oracle = oracle_of([], kept, means={(0, 3): wanted("Odo")})
    assert oracle.choose(asking(draft=None), options([(ODO,)], 0)) == Choice((), False, 1.0)
    assert oracle.choose(asking(draft=None, or_new=True), options([(ODO,)], 0)).new
    assert (kept.found, kept.lost) == ([], 0)


@pytest.mark.parametrize(
    ("asked", "place"), [({"form": "flow"}, (50, 50)), ({"form": "elided"}, (50, 50)), ({}, AT)]
)
def test_whose_statements_were_read_has_its_speakers_by_their_places(
    asked: dict[str, Any], place: tuple[int, int]
) -> None:
    """What has no words of its own is at a place without any. Of these nothing is learnt."""
    kept = Examples()
    oracle = oracle_of([said_by("Ada")], kept, read=True, means={place: wanted("Odo")})
    found = options([(ADA,), (ODO,)], 0, 1)
    assert oracle.choose(asking(**asked), found).party == (ODO,)
    assert (kept.found, kept.lost) == ([], 0)


class Follow:
    """Goes on with the last of the parties."""

    def choose(self, options: Options) -> Choice:
        return Choice(options.parties[-1], new=False, probability=0.5)


@pytest.mark.parametrize(
    ("asked", "means", "party", "many"),
    [
        ({}, {}, ADA, 1),
        ({"draft": None}, {AT: wanted("Ada")}, ODO, 1),
        ({"draft": None}, {}, ODO, 0),
    ],
)
def test_speakers_are_gone_on_with_as_they_are_and_others_as_they_would_be_told(
    asked: dict[str, Any], means: Any, party: Referent, many: int
) -> None:
    kept = Examples()
    oracle = oracle_of([said_by("Ada")], kept, follow=Follow(), means=means)
    assert oracle.choose(asking(**asked), options([(ADA,), (ODO,)], 0, 1)).party == (party,)
    assert [x.right.tolist() for x in kept.found] == [[True, False]] * many


def test_the_oracle_tells_names_by_the_weights_it_has() -> None:
    told = np.eye(8, dtype=np.float32)[[0, 1, 2]]
    oracle = oracle_of([], Examples())
    assert oracle.labels(np.zeros((3, HIDDEN), np.float32), told).argmax(1).tolist() == [0, 1, 2]


def test_equal_states_are_kept_once() -> None:
    kept = Examples()
    for _ in range(2):
        kept.add(options([(ADA,)], 0, 0), np.array([True, False]))
    assert kept.states().tolist() == [[0] * WIDE, [1] * WIDE]
    assert [(x.asking, x.meant.tolist()) for x in kept.found] == [(1, [0, 0])] * 2


def report(**rest: Any) -> Report:
    text = "Ida Holm spoke. She said it rained. Tom Vega saw her there."

    def at(words: str) -> list[int]:
        return [text.index(words), text.index(words) + len(words)]

    ida = {"name": "Ida Holm", "kind": "person", "names": [at("Ida Holm")],
           "mentions": [at("She"), at("her")]}  # fmt: skip
    tom = {"name": "Tom Vega", "kind": "person", "names": [at("Tom Vega")], "mentions": []}
    said = {"id": "1", "source": [at("She")], "cue": [at("said")], "content": [at("it rained")],
            "speakers": wanted("Ida Holm")}  # fmt: skip
    empty = said | {"id": "2", "content": []}
    record = {"id": "r", "text": text, "entities": [ida, tom], "attributions": [said, empty]}
    return Report("own-a", record, **rest)


def states(text: str) -> States:
    tokens = Tokenizer(FOLDER / "vocab.txt").encode(text)
    rows = np.arange(len(tokens) * WIDE).reshape(-1, WIDE).astype(np.float16)
    return States(tokens.starts, tokens.ends, (rows, -rows))


@pytest.mark.parametrize(("whole", "many"), [(False, 1), (True, 3)])
def test_sources_are_collected_and_in_whole_reports_all_pronouns(whole: bool, many: int) -> None:
    """Of a whole one "it", which is nobody, and "her" too."""
    of = report(whole=whole)
    found = collect([of], [states(of.text)], by_rules(), WHO)
    assert (len(found.found), found.lost) == (many, 0)
    assert all(x.right.any() and not x.right.all() for x in found.found)
    assert len(found.found[0].right) == 2  # Ida Holm and Tom Vega
    assert found.found[0].right.tolist() == [True, False]
    assert found.states().shape[1] == WIDE


def test_states_are_seen_as_they_are_and_names_by_their_weights() -> None:
    of = states("Ida spoke")
    names = by_rules()
    names.bias[:] = 7
    seen = raw_sight(of, names)
    assert (seen.hidden == 7).all()
    assert (seen.asking == of.layers[1]).all()
    assert (seen.meant == of.layers[1]).all()


def toy(many: int, told: str) -> Examples:
    """References of three options, the right one told by a row or by equal states."""
    random, kept = np.random.default_rng(1), Examples()
    kinds = np.eye(WIDE, dtype=np.float32)
    for _ in range(many):
        right = int(random.integers(3))
        rows = np.zeros((3, 3), np.float32)
        own, *others = random.permutation(WIDE)[:4]
        meant = kinds[others].copy()
        if told == "rows":
            rows[right, 1] = 1
        else:
            meant[right] = kinds[own]
        found = Options(parties=[], index=np.arange(3), rows=rows, asking=kinds[own], meant=meant)
        kept.add(found, np.arange(3) == right)
    return kept


def share_right(net: Any, examples: Examples) -> float:
    """How often the shipped reckoning takes the right option."""
    learnt = network(net, by_rules())
    seen, hits = examples.states().astype(np.float32), 0
    for x in examples.found:
        parties = [(Referent(str(right)),) for right in x.right.tolist()]
        asked = Options(
            parties=parties,
            index=np.arange(len(x.right)),
            rows=x.rows.astype(np.float32),
            asking=seen[x.asking],
            meant=seen[x.meant],
        )
        hits += learnt.choose(asked).party[0].name == "True"
    return hits / len(examples.found)


@pytest.mark.parametrize(("told", "epochs"), [("rows", 30), ("states", 40)])
def test_a_set_that_can_be_told_is_learnt(told: str, epochs: int) -> None:
    examples = toy(256, told)
    torch.manual_seed(1)
    before = share_right(Ranker(WIDE, 3).eval(), examples)
    assert share_right(train(examples, epochs=epochs), examples) > 0.97 > 0.9 > before


def test_the_same_seed_gives_the_same_ranker() -> None:
    torch.use_deterministic_algorithms(True)
    one, two, other = (train(toy(80, "rows"), seed, epochs=1) for seed in (1, 1, 2))
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), two.parameters(), strict=True))
    assert not torch.equal(one.out.weight, other.out.weight)


def test_the_network_that_ships_reckons_as_the_ranker() -> None:
    torch.manual_seed(1)
    net = Ranker(WIDE, 3).eval()
    random = np.random.default_rng(1)
    rows, asking, meant = (
        random.normal(size=shape).astype(np.float32) for shape in ((4, 3), (1, WIDE), (4, WIDE))
    )
    learnt = network(net, by_rules())
    judge, to_asking, to_meant = learnt.judge, learnt.asking, learnt.meant
    assert (to_asking.shape, to_meant.shape) == ((WIDE, VECTOR), (WIDE, VECTOR))
    found = Options(parties=[(ADA,), (ODO,)], index=np.array([0, 1, 0, NEW]), rows=rows,
                    asking=(asking @ to_asking)[0], meant=meant @ to_meant)  # fmt: skip
    with torch.no_grad():
        scores = net(
            torch.from_numpy(rows),
            torch.zeros(4, dtype=torch.long),
            torch.from_numpy(asking),
            torch.from_numpy(meant),
            torch.arange(4),
        ).numpy()
    np.testing.assert_allclose(judge.scores(found), scores, rtol=1e-4, atol=1e-5)
    assert judge.choose(Reference(form="it", at=0, end=2), found) == chosen(
        found, judge.scores(found)
    )
