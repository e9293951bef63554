import math
from dataclasses import replace

import pytest

from sayso.reader.confidence import (
    CONTENT,
    SPEAKERS,
    WEIGHTS,
    confidence,
    content_features,
    speaker_features,
)
from sayso.reader.drafts import Draft
from sayso.reader.evidence import Evidence, Grounds
from sayso.types import Article, Kind, Speaker

ARTICLE = Article("Ida Marsh said: “The weir held.” She hoped it would rain.")
IDA = (Speaker("Ida Marsh", "person", "e1"),)
COUNCIL = (Speaker("the council", "organisation", "e2"),)
NAMED = Grounds(named=True)
EVIDENCE = Evidence(anchor=2.0, kinds={"person": 0.9, None: 0.1})
DRAFT = Draft(
    source=((0, 9),), cue=((10, 14),), content=((16, 32),), type="direct", evidence=EVIDENCE
)


def weights(content: dict[str, float], speakers: dict[str, float]) -> tuple[float, ...]:
    """All nothing but these; without any, the other curve is sure."""
    out = [content.get(name, 0.0) for name in (*CONTENT, "bias")]
    out += [speakers.get(name, 0.0) for name in (*SPEAKERS, "bias")]
    out[len(CONTENT)] += 0 if content else 100
    out[-1] += 0 if speakers else 100
    return tuple(out)


def given(speakers: tuple[Speaker, ...], source: str, grounds: Grounds) -> dict[str, float]:
    """The features of a statement with this source."""
    article = Article(f"{source} said so.")
    bounds = ((0, len(source)),) if source else ()
    return speaker_features(article, replace(DRAFT, source=bounds), speakers, grounds)


def test_every_feature_has_a_weight_and_each_curve_a_bias() -> None:
    assert list(content_features(ARTICLE, DRAFT)) == list(CONTENT)
    assert list(speaker_features(ARTICLE, DRAFT, IDA, NAMED)) == list(SPEAKERS)
    assert len(WEIGHTS) == len(CONTENT) + len(SPEAKERS) + 2


@pytest.mark.parametrize(
    ("draft", "name"),
    [
        (DRAFT, "quoted"),
        (DRAFT, "direct"),
        (replace(DRAFT, cue=()), "cueless"),
        (replace(DRAFT, inside=0), "nested"),
        (replace(DRAFT, said=False), "thought"),
    ],
)
def test_what_is_plain_of_a_content(draft: Draft, name: str) -> None:
    assert content_features(ARTICLE, draft)[name]


def test_a_content_in_marks_of_which_one_is_not_its_own_is_not_quoted() -> None:
    assert not content_features(ARTICLE, replace(DRAFT, content=((16, 31),)))["quoted"]


@pytest.mark.parametrize(
    ("source", "speakers", "grounds", "form"),
    [
        ("Ida Marsh, an engineer,", IDA, NAMED, "full name"),
        ("the engineer Ida\n  Marsh", IDA, NAMED, "full name"),
        ("Fenwater", (Speaker("Fenwater", "organisation"),), NAMED, "one name"),
        ("Mrs Marsh", IDA, NAMED, "part of name"),
        ("the engineer", IDA, NAMED, "role"),
        ("the council", COUNCIL, Grounds(), "description"),
        ("it all", COUNCIL, Grounds(), "other words"),
        ("She", IDA, NAMED, "he or she"),
        ("They", COUNCIL, Grounds(), "they"),
        ("who", IDA, NAMED, "who"),
        ("It", COUNCIL, Grounds(), "it"),
        ("I", IDA, NAMED, "I"),
        ("We", COUNCIL, Grounds(), "we"),
        ("Somebody", (), Grounds(), "not found"),
        ("", (), Grounds(), "nobody"),
        ("", IDA, NAMED, "elided"),
    ],
)
def test_a_source_has_one_form(
    source: str, speakers: tuple[Speaker, ...], grounds: Grounds, form: str
) -> None:
    found = given(speakers, source, grounds)
    forms = list(SPEAKERS)[: SPEAKERS.index("length")]
    assert [name for name in forms if found[name]] == [form]


def test_a_quotation_that_stands_alone_is_the_flows() -> None:
    alone = replace(DRAFT, source=(), cue=())
    assert speaker_features(ARTICLE, alone, IDA, NAMED)["flow"] == 1


@pytest.mark.parametrize(("kind", "agrees"), [("person", True), ("organisation", False)])
def test_the_networks_view_of_the_kind_speaks_for_or_against(kind: Kind, agrees: bool) -> None:
    kinds: dict[Kind | None, float] = {"person": 0.9, "organisation": 0.1}
    draft = replace(DRAFT, evidence=Evidence(kinds=kinds))
    found = speaker_features(ARTICLE, draft, (Speaker("Ida Marsh", kind),), NAMED)
    assert (found["kind agrees"] > 0) is agrees


def test_a_lead_counts_without_end_and_once_more_for_a_pronoun() -> None:
    sure = Grounds(named=True, chosen=True, lead=math.inf)
    assert given(IDA, "She", sure)["lead"] == given(IDA, "She", sure)["lead, pronoun"] == 5
    assert given(IDA, "Ida Marsh", sure)["lead, pronoun"] == 0


def test_the_further_the_last_mention_the_more_it_is_away() -> None:
    near, far, new = (
        given(IDA, "She", Grounds(named=True, distance=d))["away, pronoun"] for d in (40, 400, None)
    )
    assert near == 1
    assert near < far < new


@pytest.mark.parametrize(
    ("bias", "expected"), [(0.0, 0.5), (2.0, 0.881), (-2.0, 0.119), (1e9, 1.0), (-1e9, 0.0)]
)
def test_each_curve_is_logistic_to_three_places(bias: float, expected: float) -> None:
    for curves in (weights({"bias": bias}, {}), weights({}, {"bias": bias})):
        assert confidence(ARTICLE, DRAFT, IDA, NAMED, curves) == expected


def test_content_and_speakers_must_both_be_right() -> None:
    assert confidence(ARTICLE, DRAFT, IDA, NAMED, (0.0,) * len(WEIGHTS)) == 0.25


def test_a_surer_anchor_makes_a_surer_statement() -> None:
    doubt = replace(DRAFT, evidence=EVIDENCE._replace(anchor=0.5))
    curves = weights({"anchor": 1.0}, {})
    less, more = (confidence(ARTICLE, d, IDA, NAMED, curves) for d in (doubt, DRAFT))
    assert less < more


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_certainty_stays_finite(value: float) -> None:
    told = Evidence(content=value, source=value, kinds={"person": value})
    draft = replace(DRAFT, evidence=told)
    assert all(map(math.isfinite, content_features(ARTICLE, draft).values()))
    assert all(map(math.isfinite, speaker_features(ARTICLE, draft, IDA, NAMED).values()))
