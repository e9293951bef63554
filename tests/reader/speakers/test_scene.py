"""Who is on stage at a place: the options that a reference has, and what tells of each."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sayso.reader.drafts import Draft
from sayso.reader.encoder import Floats
from sayso.reader.sight import WIDTH, Sight
from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.features import OF_REFERENCE, PARTY, PLACED, Reference
from sayso.reader.speakers.judge import NEW, NOBODY, Choice, Options
from sayso.reader.speakers.nouns import Nouns
from sayso.reader.speakers.referents import Referent
from sayso.reader.speakers.roles import study
from sayso.reader.speakers.scene import Scene
from sayso.reader.tokens import Tokenizer
from sayso.types import Article
from tests.reader.hands import FOLDER

TEXT = (
    "Ruth Amberley met Odo Pell.\n\n"
    "“We won,” Ms Amberley’s aide wrote. Later Ivo Reed rang. He left, and Una Vale saw it."
)
_COLUMNS = (*PARTY, *PLACED)


class Keeping:
    """Takes the last option, and keeps what it was asked."""

    def __init__(self) -> None:
        self.kept: list[Options] = []

    def labels(self, hidden: Floats, rules: Floats) -> Floats:
        """No names but those of the rules."""
        return np.concatenate([rules[:, :3], np.zeros((len(rules), 6), np.float32)], 1)

    def choose(self, asked: Reference, options: Options) -> Choice:
        self.kept.append(options)
        number = int(options.index[-1])
        return Choice(options.parties[number] if number >= 0 else (), number == NEW, 1.0)


def scene(text: str, drafts: Sequence[Draft] = (), sight: Sight | None = None) -> Scene:
    cast = Cast(Article(text))
    roles = study(cast)
    nouns = Nouns(text, frozenset(roles.holders))
    return Scene(cast, nouns, roles, drafts, sight, Keeping())


def asking(text: str, words: str, **rest: Any) -> Reference:
    at = text.index(words)
    return Reference(**{"form": "he or she", "at": at, "end": at + len(words), **rest})


def options(on: Scene, asked: Reference) -> Options:
    on.choose(asked)
    judge = on.judge
    assert isinstance(judge, Keeping)
    return judge.kept[-1]


def said(options: Options) -> list[str]:
    """Who each option is."""
    special = {NEW: "new", NOBODY: "nobody"}
    return [
        special.get(n) or "+".join(r.name for r in options.parties[n])
        for n in options.index.tolist()
    ]


def column(options: Options, name: str) -> list[float]:
    found: list[float] = options.rows[:, OF_REFERENCE + _COLUMNS.index(name)].tolist()
    return found


def draft(text: str, source: str, content: str) -> Draft:
    (a, b), (c, d) = ((text.index(w), text.index(w) + len(w)) for w in (source, content))
    return Draft(source=((a, b),) if source else (), cue=(), content=((c, d),))


def test_the_options_are_the_mentions_around_in_their_order() -> None:
    found = options(scene(TEXT), asking(TEXT, "He"))
    assert said(found) == [
        "Ruth Amberley", "Odo Pell", "Ruth Amberley", "Amberley’s aide", "Ivo Reed", "Una Vale",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("full name", [1, 1, 0, 0, 1, 1]),
        ("noun", [0, 0, 0, 1, 0, 0]),
        ("after", [0, 0, 0, 0, 0, 1]),
        ("same sentence", [0, 0, 0, 0, 0, 1]),
        ("sentence before", [0, 0, 0, 0, 1, 0]),
        ("same paragraph", [0, 0, 1, 1, 1, 1]),
        ("paragraph before", [1, 1, 0, 0, 0, 0]),
        ("possessive", [0, 0, 1, 0, 0, 0]),
        ("subject of this sentence", [0, 0, 0, 0, 0, 1]),
        ("in the lead", [1, 1, 1, 1, 1, 1]),
        ("last of its party", [0, 1, 1, 1, 1, 0]),
        ("first of its party", [1, 1, 0, 1, 1, 1]),
    ],
)
def test_what_tells_how_a_mention_stands(name: str, expected: list[float]) -> None:
    assert column(options(scene(TEXT), asking(TEXT, "He")), name) == expected


@pytest.mark.parametrize(
    ("name", "far", "near"),
    [("parties between", 1, 3), ("mentions between", 0, 4), ("away", 0, 4)],
)
def test_what_is_nearer_counts_less(name: str, far: int, near: int) -> None:
    told = column(options(scene(TEXT), asking(TEXT, "He")), name)
    assert told[far] > told[near] >= 0


def test_the_parties_between_are_counted_once_each() -> None:
    text = "Odo Pell met Ruth Lund. Ruth Lund left. Ruth Lund slept. He won."
    found = column(options(scene(text), asking(text, "He")), "parties between")
    assert found == pytest.approx([1 / 3, 0, 0, 0])


def test_what_is_within_the_reference_is_no_option() -> None:
    found = options(scene(TEXT), asking(TEXT, "Ms Amberley’s aide", or_new=True))
    assert said(found) == ["Ruth Amberley", "Odo Pell", "Ivo Reed", "Una Vale", "new"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [({}, []), ({"or_new": True}, ["new"]), ({"or_nobody": True}, ["nobody"]),
     ({"or_new": True, "or_nobody": True}, ["new", "nobody"])],
)  # fmt: skip
def test_new_and_nobody_are_options_where_they_are_asked_for(
    asked: dict[str, bool], expected: list[str]
) -> None:
    found = options(scene(TEXT), asking(TEXT, "He", **asked))
    assert said(found)[6:] == expected
    for name in ("new", "nobody"):
        assert column(found, name) == [float(one == name) for one in said(found)]
    assert not found.rows[6:, OF_REFERENCE : OF_REFERENCE + len(PARTY)].any()
    assert not found.meant[6:].any()


def test_only_those_can_be_meant_who_are_told() -> None:
    on = scene(TEXT)
    among = frozenset(r for r in on.cast.referents if r.name in ("Odo Pell", "Una Vale"))
    assert said(options(on, asking(TEXT, "He", among=among))) == ["Odo Pell", "Una Vale"]


def test_where_nobody_can_be_meant_the_judge_is_not_asked() -> None:
    on = scene("He left.")
    assert on.choose(asking("He left.", "He")) == Choice((), new=False, probability=1.0)
    assert on.choices == []


def test_choices_are_kept_in_their_order() -> None:
    on = scene(TEXT)
    made = [on.choose(asking(TEXT, words)) for words in ("He", "Later")]
    assert on.choices == made
    assert [choice.party[0].name for choice in made] == ["Una Vale", "Una Vale"]


def test_a_source_is_an_option_once_it_is_resolved() -> None:
    text = "Odo Pell was there. Nobody spoke. She said it rained. He left."
    on = scene(text, [draft(text, "She", "it rained")])
    assert said(options(on, asking(text, "He"))) == ["Odo Pell"]
    (odo,) = on.cast.referents
    at = text.index("She")
    on.spoke(0, at, at + 3, ())
    assert said(options(on, asking(text, "He"))) == ["Odo Pell"]
    on.spoke(0, at, at + 3, (odo,))
    found = options(on, asking(text, "He"))
    assert said(found) == ["Odo Pell", "Odo Pell"]
    assert column(found, "source") == [0, 1]
    assert column(found, "spoke last") == [1, 1]
    assert column(options(on, asking(text, "Nobody")), "spoke lately") == [0, 0]


def test_a_pronoun_is_an_option_once_it_is_resolved() -> None:
    text = "Odo Pell was there with Una Vale. She said it rained. He left."
    on = scene(text)
    _, una = on.cast.referents
    she = (text.index("She"), text.index("She") + 3)
    asked = asking(text, "He")
    on.meant(she, ())
    on.meant((0, 3), (una,))
    assert said(options(on, asked)) == ["Odo Pell", "Una Vale"]
    on.meant(she, (una,))
    found = options(on, asked)
    assert said(found) == ["Odo Pell", "Una Vale", "Una Vale"]
    assert column(found, "pronoun") == [0, 0, 1]


def test_a_place_without_a_source_is_a_flow() -> None:
    text = "Odo Pell was there. “It rained.” He left."
    on = scene(text, [draft(text, "", "“It rained.”")])
    at = text.index("“")
    on.spoke(0, at, at + 12, (on.cast.referents[0],))
    assert column(options(on, asking(text, "He")), "flow") == [0, 1]


def test_who_spoke_before_a_place() -> None:
    text = "Ada said one. Odo said two. Ivo said three."
    drafts = [draft(text, s, c) for s, c in (("Ada", "one"), ("Odo", "two"), ("Ivo", "three"))]
    on = scene(text, drafts)
    for n in (2, 0, 1):  # in whatever order they were resolved
        on.spoke(n, *drafts[n].source[0], (Referent(("Ada", "Odo", "Ivo")[n]),))

    def found(events: Sequence[Any]) -> list[str]:
        return [event.party[0].name for event in events]

    assert found(on.speakers_before(len(text))) == ["Ivo", "Odo", "Ada"]
    assert found(on.speakers_before(len(text), 1)) == ["Ivo"]
    assert found(on.speakers_before(text.index("Odo"))) == ["Ada"]
    assert found(on.speakers_before(0)) == []


def test_what_stands_in_contents_is_told() -> None:
    text = "Ruth Lund said Odo Pell left. Ivo Reed waved. She won."
    told = draft(text, "Ruth Lund", "Odo Pell left")
    found = options(scene(text, [told]), asking(text, "She", own=told.content))
    assert said(found) == ["Ruth Lund", "Odo Pell", "Ivo Reed"]
    assert column(found, "in a content") == [0, 1, 0]
    assert column(found, "in its own content") == [0, 1, 0]
    other = options(scene(text, [told]), asking(text, "She"))
    assert column(other, "in its own content") == [0, 0, 0]


@pytest.mark.parametrize(
    ("clause", "asks"),
    [
        ("Asked by Ms Ruth Lund", 1),
        ("Pressed hard by Dr Ruth Lund", 1),
        ("Seen by Ruth Lund", 0),
        ("Asked about Ruth Lund", 0),
    ],
)
def test_one_who_asks_is_told(clause: str, asks: int) -> None:
    text = f"Odo Pell won. {clause}, he left."
    assert column(options(scene(text), asking(text, "he")), "asks") == [0, asks]


def test_who_has_the_role_is_an_option_from_afar() -> None:
    far = "Ruth Lund, the head teacher, came. "
    text = far + "Odo Pell rang. " * 70 + "The head teacher left. She won."
    on = scene(text)
    named = said(options(on, asking(text, "The head", head="teacher", definite=True)))
    assert named[0] == "Ruth Lund"
    assert named[1:] == ["Odo Pell"] * 60
    assert set(said(options(on, asking(text, "She")))) == {"Odo Pell"}


@pytest.mark.parametrize(
    ("text", "head", "modifiers", "expected"),
    [
        ("Ada Pell, the shadow mayor, rang.", "mayor", "", 0),
        ("Ada Pell, the shadow mayor, rang.", "mayor", "shadow", 2),
        ("Ada Pell, the mayor, rang.", "mayor", "deputy", 0),
        ("Ada Pell, the mayor, rang.", "mayor", "new", 1),
        ("Ada Pell’s solicitor rang.", "client", "", 1),
        ("A lawyer representing Ada Pell rang.", "client", "", 1),
        ("Ada Pell’s baker rang.", "client", "", 0),
    ],
)
def test_a_role_is_fitted_by_its_words(text: str, head: str, modifiers: str, expected: int) -> None:
    cast = Cast(Article(text))
    asked = asking(text, "rang", head=head, modifiers=frozenset(modifiers.split()))
    assert study(cast).fit(asked, cast.referents[0])[0] == expected


def test_few_mentions_after_are_looked_at() -> None:
    text = "He left. " + "Odo Pell rang. " * 30
    assert said(options(scene(text), asking(text, "He"))) == ["Odo Pell"] * 12


def test_a_mention_has_the_mean_of_its_tokens() -> None:
    text = "Odo Pell slept. He left."
    tokens = Tokenizer(FOLDER / "vocab.txt").encode(text)
    seen = np.repeat(np.arange(len(tokens), dtype=np.float32)[:, None], WIDTH, 1)
    seen[:, -64:] *= 10
    found = options(
        scene(text, sight=Sight.of(tokens.starts, tokens.ends, seen)), asking(text, "He")
    )
    he = int(tokens.starts.searchsorted(text.index("He")))
    name = np.flatnonzero(tokens.starts < len("Odo Pell"))
    assert set(found.asking.tolist()) == {he}
    assert found.meant[0].tolist() == pytest.approx([10 * name.mean()] * 64)


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ({"form": "anonymous", "many": 1}, ["Ruth Amberley"]),
        ({"form": "anonymous"}, ["Ruth Amberley", "Fenwater Trust"]),
        ({"form": "person", "many": 1}, ["Ruth Amberley", "Fenwater Trust"]),
    ],
)
def test_a_spokesman_is_no_body(rest: dict[str, Any], expected: list[str]) -> None:
    text = "Ruth Amberley met Fenwater Trust. A spokesman rang."
    on = scene(text)
    for referent, sort in zip(on.cast.referents, (0, 1), strict=True):
        referent.seen[sort] = 1.0
    assert said(options(on, asking(text, "A spokesman", **rest))) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("A FWP spokesman", []),
        ("A Salt Valley spokesman", []),
        ("The Norland spokesman", []),
        ("A spokesman", ["spokesman"]),
        ("A SVP spokesman", ["SVP spokesman"]),
    ],
)
def test_a_partys_spokesman_is_no_other_partys(other: str, expected: list[str]) -> None:
    text = f"{other} rang. A SVP spokesman wrote."
    told = options(
        scene(text), asking(text, "A SVP spokesman wrote", form="anonymous", proper={"svp"})
    )
    assert [name for name in said(told) if "spokesman" in name] == expected


def test_a_word_that_opens_a_sentence_is_nobodys_name() -> None:
    text = "A spokesman rang. Spokesmen at sea wrote. A SVP spokesman left."
    on = scene(text)
    on.nouns.owners[0].tell("Spokesmen at sea", text.index("Spokesmen"))
    told = options(on, asking(text, "A SVP spokesman", form="anonymous", proper={"svp"}))
    assert "Spokesmen at sea" in said(told)


def test_nobody_is_his_own_lawyer() -> None:
    text = "Ruth Amberley met Odo Pell. Her lawyer rang."
    on = scene(text)
    asked = asking(text, "Her lawyer", form="anonymous", possessor=on.cast.referents[0])
    assert said(options(on, asked)) == ["Odo Pell"]


def test_groups_are_no_letter() -> None:
    text = "A letter came to Ruth Amberley. The groups rang."
    assert said(options(scene(text), asking(text, "The groups", form="group"))) == ["Ruth Amberley"]
    assert said(options(scene(text), asking(text, "The groups", form="it")))[0] == "letter"


def test_two_whom_nothing_names_together_may_be_meant() -> None:
    text = "Ruth Amberley met Odo Pell. Both rang."
    on = scene(text)
    for referent in on.cast.referents:
        referent.seen[0] = 1.0
    found = options(on, asking(text, "Both", form="they", many=2))
    assert said(found) == ["Ruth Amberley+Odo Pell"]
    assert column(found, "together") == [1]


def test_who_says_i_is_one() -> None:
    text = "Ruth Amberley and Odo Pell rang. It rained."
    on = scene(text)
    asked = asking(text, "It rained", form="flow")
    assert said(options(on, asked)) == ["Ruth Amberley", "Ruth Amberley+Odo Pell", "Odo Pell"]
    assert said(options(on, replace(asked, alone=True))) == ["Ruth Amberley", "Odo Pell"]


def test_people_who_say_we_are_with_the_speaker() -> None:
    text = "Ruth Amberley met Odo Pell of Halden Foods. We left."
    on = scene(text)
    ruth, odo, _ = on.cast.referents
    ruth.seen[0] = odo.seen[0] = 1.0
    found = said(options(on, asking(text, "We", form="we", outer=(odo,))))
    assert found == ["Odo Pell", "Halden Foods"]


def test_nobody_is_meant_who_is_named_within_the_words_or_beside_them() -> None:
    text = "Ruth Amberley met Odo Pell. The family rang."
    on = scene(text)
    ruth, odo = on.cast.referents
    apart = asking(text, "The family", form="group", apart=frozenset((ruth,)))
    assert said(options(on, apart)) == ["Odo Pell"]
    both = asking(text, "The family", form="group", apart=frozenset((ruth, odo)), or_new=True)
    assert said(options(on, both)) == ["new"]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ({"plural": True, "many": 2}, ["Ruth Amberley+Odo Pell"]),
        ({"plural": True}, ["Ruth Amberley+Odo Pell"]),
        ({"head": "aide", "proper": frozenset(["amberley"]), "many": 1}, ["Odo Pell"]),
        ({"head": "amberley", "proper": frozenset(["amberley"]), "many": 1},
         ["Ruth Amberley", "Odo Pell"]),
        ({"head": "aunt", "proper": frozenset(["amberley"]), "owned": True, "many": 1},
         ["Ruth Amberley", "Odo Pell"]),
    ],
)  # fmt: skip
def test_a_description_of_several_or_by_a_name_is_nobody_of_that_name(
    rest: dict[str, Any], expected: list[str]
) -> None:
    text = "Ruth Amberley met Odo Pell. The rest rang."
    on = scene(text)
    for referent in on.cast.referents:
        referent.seen[0] = 1.0
    assert said(options(on, asking(text, "The rest", form="person", **rest))) == expected


def test_a_woman_is_no_place() -> None:
    text = "Ruth Amberley was in Hallin. A woman rang."
    on = scene(text)
    ruth, hallin = on.cast.referents
    ruth.seen[0], hallin.seen[2] = 1.0, 1.0
    found = options(on, asking(text, "A woman", form="person", gender="f", many=1))
    assert said(found) == ["Ruth Amberley"]


@pytest.mark.parametrize(
    ("proper", "same"), [(["norland"], False), (["hallin"], True), (["q"], True), ([], True)]
)
def test_who_is_called_by_another_name_is_another(proper: list[str], same: bool) -> None:
    text = "A young Hallin baker rang. The other baker left."
    asked = asking(text, "The other baker", form="person", many=1, proper=frozenset(proper))
    assert ("young Hallin baker" in said(options(scene(text), asked))) == same


def test_officials_are_no_official() -> None:
    text = "Some officials rang. An official left."
    asked = asking(text, "An official", form="anonymous", many=1, or_new=True)
    assert said(options(scene(text), asked)) == ["new"]


def test_who_stands_in_a_list_that_ends_here() -> None:
    text = "Ruth Amberley and Odo Pell, who rang, left."
    on = scene(text)
    assert [r.name for r in on.listed(text.index(", who"))] == ["Ruth Amberley", "Odo Pell"]
    assert on.listed(3) == ()
