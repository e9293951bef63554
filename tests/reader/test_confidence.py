from dataclasses import replace

import pytest

from sayso.reader.confidence import FEATURES, confidence, features
from sayso.reader.drafts import Draft
from sayso.types import Speaker

IDA = (Speaker("Ida Marsh", "person", "e1"),)
DRAFT = Draft(
    source=((0, 3),), cue=((4, 8),), content=((9, 20),), evidence=(2.0, -0.1, -0.5, -0.2, -0.3)
)


def weights(**named: float) -> tuple[float, ...]:
    return (*(named.get(name, 0.0) for name in FEATURES), named.get("bias", 0.0))


def test_features_are_the_evidence_and_what_is_missing() -> None:
    assert features(DRAFT, "Ida", IDA) == (2.0, -0.1, -0.5, -0.2, -0.3, 0, 0, 0, 0, 1, 0)
    assert len(features(DRAFT, "Ida", IDA)) == len(FEATURES)


@pytest.mark.parametrize(
    ("draft", "source", "speakers", "name"),
    [
        (replace(DRAFT, cue=()), "Ida", IDA, "cueless"),
        (replace(DRAFT, source=()), "", IDA, "sourceless"),
        (replace(DRAFT, inside=0), "Ida", IDA, "inside"),
        (DRAFT, "Ida", (), "nobody"),
        (DRAFT, "Mrs Marsh", IDA, "named"),
        (DRAFT, "She", IDA, "pronoun"),
    ],
)
def test_what_is_plain_to_see_has_a_weight_of_its_own(
    draft: Draft, source: str, speakers: tuple[Speaker, ...], name: str
) -> None:
    found = dict(zip(FEATURES, features(draft, source, speakers), strict=True))
    assert found[name] == 1
    assert confidence(draft, source, speakers, weights(**{name: -2.0})) < 0.5


@pytest.mark.parametrize(
    ("bias", "expected"), [(0.0, 0.5), (2.0, 0.881), (-2.0, 0.119), (1e9, 1.0), (-1e9, 0.0)]
)
def test_confidence_is_a_logistic_curve_to_three_places(bias: float, expected: float) -> None:
    assert confidence(DRAFT, "Ida", IDA, weights(bias=bias)) == expected


def test_a_surer_anchor_makes_a_surer_statement() -> None:
    doubt = replace(DRAFT, evidence=(0.5, -0.1, -0.5, -0.2, -0.3))
    curve = weights(anchor=1.0)
    assert confidence(doubt, "Ida", IDA, curve) < confidence(DRAFT, "Ida", IDA, curve)
