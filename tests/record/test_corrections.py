"""Corrections laid over readings; no record is needed."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import Reading, Speaker, Statement
from sayso.record.anchors import Anchor, Bounds
from sayso.record.corrections import Correction, Outcome, Verdict
from sayso.record.laying import apply
from sayso.record.quoting import type_of
from sayso.types import Kind
from tests.record.build import Said, reading

TEXT = (
    "“The ferry will sail by June,” Ida Marsh said. Ruth Amberley said that Marsh had promised a "
    "new quay. Residents feared the worst. The harbourmaster, Ngozi Okafor, told them that “all "
    "is well” in the harbour."
)
FERRY = Said(
    content="“The ferry will sail by June,”", by="Ida Marsh", source="Ida Marsh", cue="said"
)
QUAY = Said(
    content="Marsh had promised a new quay",
    by="Ruth Amberley",
    source="Ruth Amberley",
    cue="said that",
    type="indirect",
    about=("Ida Marsh",),
)
PROMISE = Said(
    content="a new quay",
    by="Ida Marsh",
    source="Marsh had",
    cue="promised",
    type="indirect",
    inside="s2",
)
FEARS = Said(
    content="the worst",
    by=[("residents", "group")],
    source="Residents",
    cue="feared",
    type="indirect",
)
CALM = Said(
    content="“all is well” in the harbour",
    by="Ngozi Okafor",
    source="The harbourmaster, Ngozi Okafor",
    cue="told",
    type="mixed",
)


def read(*said: Said, **rest: Any) -> Reading:
    return reading(TEXT, said, mentions={"Ida Marsh": ("Marsh had",)}, **rest)


def bounds(content: str, cue: str = "", source: str = "") -> Anchor:
    made = read(Said(content=content, cue=cue, source=source)).statements[0]
    return Anchor.of(TEXT, Bounds.of(made))


def of(said: Said) -> Anchor:
    return bounds(said.content, said.cue, said.source)


def correction(kind: Verdict, where: Said | Anchor, id: int = 7, **outcome: Any) -> Correction:
    anchor = of(where) if isinstance(where, Said) else where
    return Correction(id, kind, anchor, Outcome(**outcome))


def told(found: Reading) -> list[tuple[str, str, tuple[str | None, ...], str | None]]:
    return [(s.id, s.text, tuple(x.name for x in s.speakers), s.inside) for s in found.statements]


RUTH = (Speaker("Ruth Amberley", "person"),)
WHOLE = read(FERRY, QUAY, PROMISE, FEARS, CALM)


def test_without_corrections_a_reading_is_as_it_was() -> None:
    assert apply(WHOLE, []).reading is WHOLE


def test_wrong_takes_a_statement_away() -> None:
    applied = apply(WHOLE, [correction("wrong", FERRY)])
    assert [s.id for s in applied.reading.statements] == ["s2", "s3", "s4", "s5"]
    assert applied.orphans == ()
    assert applied.checked == {}


def test_what_stood_inside_a_wrong_statement_stands_inside_what_held_both() -> None:
    applied = apply(WHOLE, [correction("wrong", QUAY)])
    assert ("s3", "a new quay", ("Ida Marsh",), None) in told(applied.reading)


def test_wrong_takes_away_what_a_newer_model_reads_in_other_bounds() -> None:
    newer = read(replace(FERRY, content="The ferry will sail by June"), CALM, model="newer")
    applied = apply(newer, [correction("wrong", FERRY)])
    assert [s.id for s in applied.reading.statements] == ["s2"]


def test_wrong_is_no_orphan_where_nothing_is_read() -> None:
    assert apply(read(CALM), [correction("wrong", FERRY)]).orphans == ()


def test_wrong_spares_another_statement_of_the_same_words() -> None:
    other = replace(FERRY, cue="said that", source="Ruth Amberley")
    applied = apply(read(other), [correction("wrong", FERRY)])
    assert len(applied.reading.statements) == 1


def test_another_speaker() -> None:
    applied = apply(WHOLE, [correction("speaker", FERRY, speakers=RUTH)])
    first = applied.reading.statements[0]
    assert first.speakers == (Speaker("Ruth Amberley", "person", "e2"),)
    assert (first.confidence, first.id) == (1.0, "s1")
    assert applied.checked == {"s1": "corrected"}
    assert applied.reading.statements[1:] == WHOLE.statements[1:]


def test_a_speaker_whom_the_reading_does_not_know_is_a_new_entity() -> None:
    who = (Speaker("Residents", "organisation"),)
    applied = apply(WHOLE, [correction("speaker", FERRY, speakers=who)])
    (speaker,) = applied.reading.statements[0].speakers
    entity = applied.reading.entities[-1]
    assert (entity.id, entity.name, entity.kind) == (speaker.entity, "Residents", "organisation")
    assert [m.text for m in entity.mentions] == ["Residents"]
    assert entity.id not in {e.id for e in WHOLE.entities}


def test_a_speaker_is_told_of_a_newer_reading_too() -> None:
    newer = read(CALM, replace(FERRY, cue="said."), model="newer")
    applied = apply(newer, [correction("speaker", FERRY, speakers=RUTH)])
    assert applied.checked == {"s2": "corrected"}


@pytest.mark.parametrize("kind", ["speaker", "bounds"])
def test_what_a_correction_speaks_of_may_be_gone(kind: Verdict) -> None:
    outcome = {"speakers": RUTH} if kind == "speaker" else {"bounds": bounds("by June", "sail")}
    applied = apply(read(CALM), [correction(kind, FERRY, **outcome)])
    assert applied.orphans == (7,)
    assert applied.reading.statements == read(CALM).statements


def test_words_that_are_gone_make_every_correction_an_orphan() -> None:
    other = reading("Nothing was said.", [])
    given = [
        correction("right", FERRY, 1, bounds=of(FERRY)),
        correction("wrong", FERRY, 2),
        correction("speaker", FERRY, 3, speakers=RUTH),
        correction("bounds", FERRY, 4, bounds=of(QUAY)),
        correction("missing", FERRY, 5, bounds=of(FERRY)),
    ]
    assert apply(other, given).orphans == (1, 2, 3, 4, 5)


def test_other_bounds() -> None:
    new = bounds("“all is well”", "told", "Ngozi Okafor")
    applied = apply(WHOLE, [correction("bounds", CALM, bounds=new)])
    last = applied.reading.statements[-1]
    assert (last.text, last.type, last.id) == ("“all is well”", "direct", "s5")
    assert [s.text for s in last.source] == ["Ngozi Okafor"]
    assert applied.checked == {"s5": "corrected"}


def test_other_bounds_hold_where_a_newer_model_reads_them_by_itself() -> None:
    new = bounds("all is well", "told", "Ngozi Okafor")
    newer = read(replace(CALM, content="all is well", source="Ngozi Okafor"))
    applied = apply(newer, [correction("bounds", CALM, bounds=new)])
    assert (applied.orphans, applied.checked) == ((), {"s1": "corrected"})


def test_a_statement_whose_bounds_grow_holds_what_stands_in_them() -> None:
    base = read(replace(QUAY, content="a new quay"), replace(PROMISE, inside=None), CALM)
    wide = bounds("Marsh had promised a new quay", "said that", "Ruth Amberley")
    applied = apply(base, [correction("bounds", replace(QUAY, content="a new quay"), bounds=wide)])
    assert [s.inside for s in applied.reading.statements] == [None, "s1", None]


def test_a_missing_statement_is_added_in_its_place() -> None:
    base = read(FERRY, replace(PROMISE, inside=None), CALM)
    given = correction("missing", QUAY, speakers=RUTH, bounds=of(QUAY), said=True)
    applied = apply(base, [given])
    assert told(applied.reading)[1:3] == [
        ("c7", "Marsh had promised a new quay", ("Ruth Amberley",), None),
        ("s2", "a new quay", ("Ida Marsh",), "c7"),
    ]
    added = applied.reading.statements[1]
    assert added.about == ("e1",)
    assert added.confidence == 1.0
    assert applied.checked == {"c7": "added"}


def test_a_missing_statement_that_is_read_by_now_keeps_its_id() -> None:
    given = correction("missing", QUAY, speakers=RUTH, bounds=of(QUAY))
    applied = apply(WHOLE, [given])
    assert [s.id for s in applied.reading.statements] == ["s1", "s2", "s3", "s4", "s5"]
    assert applied.checked == {"s2": "added"}


def test_right_wins_over_a_newer_reading() -> None:
    ida = (Speaker("Ida Marsh", "person"),)
    given = correction("right", FERRY, bounds=of(FERRY), speakers=ida, said=True)
    assert apply(WHOLE, [given]).checked == {"s1": "right"}
    newer = read(CALM, replace(FERRY, content="“The ferry will sail", by="Ruth Amberley"))
    assert told(apply(newer, [given]).reading)[0] == (
        "s2",
        "“The ferry will sail by June,”",
        ("Ida Marsh",),
        None,
    )
    assert told(apply(read(CALM), [given]).reading)[0][0] == "c7"


def test_the_later_correction_wins() -> None:
    given = [
        correction("speaker", FERRY, 9, speakers=RUTH),
        correction("speaker", FERRY, 8, speakers=(Speaker("Ngozi Okafor", "person"),)),
    ]
    assert apply(WHOLE, given).reading.statements[0].speakers[0].name == "Ruth Amberley"


def test_wrong_spares_what_a_later_correction_says_is_there() -> None:
    """Called wrong for its bounds, and then told right: a newer model that reads it so is right."""
    narrow = replace(FERRY, content="The ferry will sail by June")
    given = [
        correction("wrong", narrow, 1),
        correction("bounds", replace(FERRY, content="“The"), 2, bounds=of(FERRY)),
    ]
    assert len(apply(read(FERRY), given).reading.statements) == 1


def test_corrections_come_back_from_json() -> None:
    outcome = Outcome(
        of(FERRY), (Speaker("letter", "document", None, ("Ida Marsh",)),), "mixed", False
    )
    assert Outcome.from_dict(outcome.to_dict()) == outcome
    assert Outcome.from_dict(Outcome().to_dict()) == Outcome()
    nobody = Outcome(speakers=())
    assert Outcome.from_dict(nobody.to_dict()) == nobody


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("“The bridge is safe,”", "direct"),
        ("‘I’ve seen it,’", "direct"),
        ('"Safe as the locals\' houses"', "direct"),
        ("the bridge is ‘safe’", "mixed"),
        ("the bridge's arch is safe", "indirect"),
        ("the bridge’s arch is safe", "indirect"),
        ("«Safe»", "direct"),
        ("„Safe“", "direct"),
        ("…", "indirect"),
    ],
)
def test_types(content: str, expected: str) -> None:
    made = reading(content, [Said(content=content)])
    assert type_of(made.statements[0].content) == expected


# ---- any corrections

SAIDS = (FERRY, QUAY, PROMISE, FEARS, CALM)
SHIFTED = {
    FERRY.content: "“The ferry will sail",
    QUAY.content: "had promised a new quay",
    PROMISE.content: "a new",
    FEARS.content: "the worst.",
    CALM.content: "“all is well”",
}
NAMES = st.sampled_from(["Ida Marsh", "Ruth Amberley", "Nora Kettle", "Okafor", "Residents"])
KINDS: st.SearchStrategy[Kind] = st.sampled_from(["person", "organisation"])


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """What some model reads: some of the statements, some in other bounds."""
    said = [s for s in SAIDS if draw(st.booleans())]
    moved = [replace(s, content=SHIFTED[s.content]) if draw(st.booleans()) else s for s in said]
    return read(*(replace(s, inside=None) for s in moved))


@st.composite
def given_corrections(draw: st.DrawFn, of_one: Said, id: int) -> Correction:
    """A correction at a statement."""
    kind: Verdict = draw(st.sampled_from(["right", "wrong", "speaker", "bounds", "missing"]))
    who = tuple(Speaker(draw(NAMES), draw(KINDS)) for _ in range(draw(st.integers(0, 2))))
    shifted = of(replace(of_one, content=SHIFTED[of_one.content]))
    outcome = {
        "right": Outcome(of(of_one), who, "indirect", True),
        "wrong": Outcome(),
        "speaker": Outcome(None, who),
        "bounds": Outcome(shifted),
        "missing": Outcome(of(of_one), who, "mixed", False),
    }
    return Correction(id, kind, of(of_one), outcome[kind])


@st.composite
def at_different_statements(draw: st.DrawFn) -> list[Correction]:
    chosen = draw(st.permutations(SAIDS))[: draw(st.integers(0, 4))]
    return [draw(given_corrections(said, id)) for id, said in enumerate(chosen, start=1)]


@st.composite
def at_any_statements(draw: st.DrawFn) -> list[Correction]:
    chosen = draw(st.lists(st.sampled_from(SAIDS), max_size=6))
    return [draw(given_corrections(said, id)) for id, said in enumerate(chosen, start=1)]


def test_bounds_that_a_later_correction_takes_back_do_nothing() -> None:
    shifted = replace(CALM, content=SHIFTED[CALM.content])
    given = [
        Correction(1, "bounds", of(CALM), Outcome(of(shifted))),
        Correction(2, "right", of(CALM), Outcome(of(CALM), (), "indirect", True)),
    ]
    for found in (read(), read(CALM)):
        once = apply(found, given)
        assert [s.text for s in once.reading.statements] == [CALM.content]
        assert apply(once.reading, given).reading == once.reading


@given(readings(), at_any_statements())
def test_to_lay_corrections_over_a_reading_twice_is_to_do_it_once(
    found: Reading, corrections: list[Correction]
) -> None:
    once = apply(found, corrections)
    twice = apply(once.reading, corrections)
    assert twice.reading == once.reading
    assert twice.checked == once.checked


@given(readings(), at_different_statements(), st.randoms(use_true_random=False))
def test_the_order_of_corrections_at_different_statements_does_not_matter(
    found: Reading, corrections: list[Correction], rng: Random
) -> None:
    order = corrections.copy()
    rng.shuffle(order)
    numbered = [replace(c, id=n) for n, c in enumerate(order, start=100)]
    names = {f"c{n}": f"c{c.id}" for n, c in enumerate(order, start=100)}
    expected = apply(found, corrections).reading
    assert _renamed(apply(found, numbered).reading, names) == expected


@given(readings(), at_any_statements())
def test_spans_are_always_of_their_words(found: Reading, corrections: list[Correction]) -> None:
    corrected = apply(found, corrections).reading
    ids = [s.id for s in corrected.statements]
    assert len(set(ids)) == len(ids)
    entities = {e.id for e in corrected.entities}
    for s in corrected.statements:
        assert s.content
        assert s.inside is None or (s.inside in ids and s.inside != s.id)
        assert {*s.about, *(x.entity for x in s.speakers if x.entity)} <= entities
        for span in (*s.source, *s.cue, *s.content):
            assert TEXT[span.start : span.end] == span.text != ""
    for e in corrected.entities:
        assert all(TEXT[m.start : m.end] == m.text for m in e.mentions)


def _renamed(found: Reading, names: dict[str, str]) -> Reading:
    def renamed(s: Statement) -> Statement:
        inside = None if s.inside is None else names.get(s.inside, s.inside)
        return replace(s, id=names.get(s.id, s.id), inside=inside)

    return replace(found, statements=tuple(map(renamed, found.statements)))
