"""What must never become a name: nameless sources, pronouns, times, places, labels."""

import pytest

from sayso.reader.drafts import Draft, RefusalDraft
from sayso.types import Article, Kind
from tests.reader.speakers.judging import resolved
from tests.reader.speakers.test_speakers import drafted, names, read


@pytest.mark.parametrize(
    ("source", "expected", "kind"),
    [
        (
            "A source close to the harbour secretary, Odo Pell,",
            "source close to the harbour secretary",
            "unnamed",
        ),
        ("A friend of the mayor, Ruth Amberley,", "friend of the mayor", "unnamed"),
        ("A spokesman for the mayor, Ruth Amberley,", "spokesman for the mayor", "unnamed"),
        ("An official in the office of the mayor, Odo Pell,",
         "official in the office of the mayor", "unnamed"),
        ("An aide to Prime Minister Odo Pell", "aide to Prime Minister Odo Pell", "unnamed"),
        ("A spokeswoman for Ruth Amberley", "spokeswoman for Ruth Amberley", "unnamed"),
        ("A neighbour of Ruth Amberley", "neighbour of Ruth Amberley", "unnamed"),
        ("His lawyer", "His lawyer", "unnamed"),
        ("Her agent", "Her agent", "unnamed"),
        ("Ruth Amberley’s adviser", "Ruth Amberley’s adviser", "unnamed"),
        ("Her lawyer, Ida Marsh,", "Ida Marsh", "person"),
        ("a spokesman, Ivo Reed,", "Ivo Reed", "person"),
        ("a spokesman for the trust, Ivo Reed,", "Ivo Reed", "person"),
        ("A spokesman for the Fenwater Trust, Ivo Reed,", "Ivo Reed", "person"),
        ("A spokesman for the mayor, Ruth Amberley, Ivo Reed,", "Ivo Reed", "person"),
        ("An adviser to President Odo Baker, Ida Marsh,", "Ida Marsh", "person"),
    ],
)  # fmt: skip
def test_a_nameless_head_takes_only_its_own_name(source: str, expected: str, kind: Kind) -> None:
    (speaker,) = read(f"[{source}|spoke].").speakers[0]
    assert (speaker.name, speaker.kind) == (expected, kind)


def test_a_model_s_view_makes_no_person_of_a_nameless_source() -> None:
    text = "An aide to Odo Pell spoke."
    draft = Draft(source=((0, 19),), cue=(), content=((20, 25),), kind="person")
    assert resolved(Article(text), [draft], []).speakers[0][0].kind == "unnamed"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[A friend of the mayor, Ruth Amberley,|spoke]. [The mayor|waved]. [Her friend|left].",
            [["friend of the mayor"], ["Ruth Amberley"], ["Her friend"]],
        ),
        (
            "Ida Marsh, a lawyer for the union, left. [Odo Pell’s lawyer|spoke].",
            [["Odo Pell’s lawyer"]],
        ),
        ("[A neighbour|spoke]. Ruth Amberley, 43, slept.", [["neighbour"]]),
        (
            "[An aide to the mayor, Ruth Amberley, and two bakers|spoke].",
            [["aide to the mayor", "two bakers"]],
        ),
    ],
)
def test_nobody_else_lends_a_nameless_source_a_name(
    marked: str, expected: list[list[str | None]]
) -> None:
    assert names(read(marked)) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[Residents|left]. [Another|spoke]. [Others|ran]. [One|sat].",
            [
                ["Residents"],
                ["another of the residents"],
                ["others among the residents"],
                ["one of the residents"],
            ],
        ),
        ("A study came out. [Another|blamed frost].", [["another study"]]),
        ("[Another|spoke]. [Others|ran].", [["another person"], ["others not named"]]),
        ("[They|spoke]. [He|ran]. [You|sat]. [Who|knew]?", [[], [], ["you"], []]),
        ("[a|spoke]. [did not|ran].", [[], []]),
        ("Two keepers, [who did not|wave], left.", [["Two keepers"]]),
        ("They met Ruth Amberley, [who did not|wave].", [["Ruth Amberley"]]),
        ("The lamps [which the keeper|bought] failed.", [["keeper"]]),
        ("[DO:|Why?]", [["DO"]]),
    ],
)
def test_words_that_stand_for_others_are_no_names(
    marked: str, expected: list[list[str | None]]
) -> None:
    assert names(read(marked)) == expected


def test_an_article_alone_takes_the_noun_before_the_cue() -> None:
    text = "The lamps, which the keeper said were old, failed."
    draft = Draft(source=((17, 20),), cue=((28, 32),), content=((33, 41),))
    assert names(resolved(Article(text), [draft], [])) == [["keeper"]]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Lumen Sofa bosses last night", "Lumen Sofa bosses"),
        ("Ruth Amberley last night", "Ruth Amberley"),
        ("Ruth Amberley, not yesterday", "Ruth Amberley"),
        ("Ruth Amberley on Monday evening", "Ruth Amberley"),
        ("Last night the keeper", "keeper"),
        ("A report released last year", "report released last year"),
        ("the keepers of today", "keepers of today"),
    ],
)
def test_times_are_no_part_of_a_name(source: str, expected: str) -> None:
    assert names(read(f"[{source}|spoke].")) == [[expected]]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[the dental nurse, from Fenwater|fumed].", "dental nurse, from Fenwater"),
        ("[The keeper, of Fenwater,|fumed].", "keeper, of Fenwater"),
        ("[The baker, Ida Marsh, from Fenwater,|fumed].", "Ida Marsh"),
        ("Lumen Sofa bosses left. [The nurse, from Fenwater,|fumed].", "nurse, from Fenwater"),
    ],
)
def test_places_name_nobody(marked: str, expected: str) -> None:
    assert names(read(marked)) == [[expected]]


@pytest.mark.parametrize("apostrophe", ["'", "’"])
@pytest.mark.parametrize(
    ("opening", "byline", "asking", "kind"),
    [
        ("Interview by Dan Osei", None, "Dan Osei", "person"),
        ("By Dan Osei", None, "Dan Osei", "person"),
        ("Dan Osei met her in a shed.", None, "Dan Osei", "person"),
        ("Bees", "Dan Osei", "Dan Osei", "person"),
        ("Bees", None, "interviewer", "unnamed"),
    ],
)
def test_turns_have_their_people(
    opening: str, byline: str | None, asking: str, kind: Kind, apostrophe: str
) -> None:
    talk = "Ruth Lund keeps bees.\n\n[Q:|Why don’t you?]\n\n[A:|It’s the bees’ honey.]"
    text, drafts = drafted(f"{opening}\n\n{talk}".replace("’", apostrophe))
    found = resolved(Article(text, extra={"byline": byline}), drafts, [])
    (question,), (answer,) = found.speakers
    assert (question.name, question.kind, answer.name) == (asking, kind, "Ruth Lund")


def test_a_refusal_cut_short_is_its_subject_s() -> None:
    text, drafts = drafted("[The keepers|spoke] but did not say why.")
    start = text.index("not say")
    refusal = RefusalDraft(span=(start, len(text) - 1), kind="declined")
    (refusers,) = resolved(Article(text), drafts, [refusal]).refusers
    assert [speaker.name for speaker in refusers] == ["keepers"]
