"""Words that tell that something was not said."""

import pytest

from sayso.reader.denials import is_denied
from tests.reader.spans import span


@pytest.mark.parametrize(
    ("text", "source", "cue", "expected"),
    [
        ("Pell did not say why.", "Pell", "did not say", True),
        ("Pell hasn’t explained why.", "Pell", "hasn’t explained", True),
        ("Pell has never publicly claimed it.", "Pell", "has never publicly claimed", True),
        ("Pell declined to say why.", "Pell", "declined to say", True),
        ("Pell would not be drawn on it.", "Pell", "would not be drawn on", True),
        ("Pell made no mention of it.", "Pell", "made no mention of", True),
        ("Pell said it was not so.", "Pell", "said", False),
        ("Pell not only said why.", "Pell", "not only said", False),
        ("Pell never stopped claiming it.", "Pell", "never stopped claiming", False),
        ("Pell did not hesitate to say why.", "Pell", "did not hesitate to say", False),
        ("Pell is not going to say why.", "Pell", "is not going to say", True),
        ("Nor is Pell alone in saying so.", "Pell", "alone in saying", False),
        ("Nor does Pell deny it.", "Pell", "deny", False),
        ("No one but Pell said so.", "No one but Pell", "said", False),
        ("Pell did not believe it.", "Pell", "did not believe", False),
        ("Pell denied it.", "Pell", "denied", False),
        ("Nowhere in it does Pell admit fault.", "Pell", "admit", True),
        ("It rained. At no point, then or later, did Pell say so.", "Pell", "say", True),
        ("It rained. Nor did Pell say when.", "Pell", "say", True),
        ("It rained, and nor has Pell said when.", "Pell", "said", True),
        ("Not only did Pell say so.", "Pell", "say", False),
        ("Nowhere is safe. Pell did say so.", "Pell", "did say", False),
        ("Nor was he glad, Pell said.", "Pell", "said", False),
        ("Neither Pell nor Reed has said why.", "Neither Pell nor Reed", "has said", True),
        ("Neither Pell nor Reed has said why.", "Pell nor Reed", "has said", True),
        ("Nobody told him why.", "Nobody", "told", True),
        ("Nobody wants it.", "Nobody", "wants", False),
        ("Said it all.", "", "Said", False),
        ("It rained.", "", "", False),
    ],
)
def test_what_is_denied(text: str, source: str, cue: str, *, expected: bool) -> None:
    told = ([span(text, words)] if words else [] for words in (source, cue))
    assert is_denied(text, *told) is expected
