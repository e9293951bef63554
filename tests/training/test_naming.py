"""What is taught of names, on reports of a sentence, where torch is there."""

import re
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from training.naming import LABELS, Names, allowed, inputs, spans, train  # noqa: E402
from training.reports import Report  # noqa: E402
from training.states import States  # noqa: E402

from sayso.reader.sight import HIDDEN  # noqa: E402
from sayso.reader.speakers.tagged import RULES  # noqa: E402
from training import naming  # noqa: E402

MARKS = ".PpBbLlOo"
"""A label each: no name, and the begin and inside of a person's, a body's, a place's, another's."""
ANY = MARKS


def report(text: str, *names: tuple[str, str], whole: bool = True) -> Report:
    """A report with these names, each with its kind: annotated, or of those who speak."""
    entities, speakers = [], []
    for name, kind in names:
        places = [list(m.span()) for m in re.finditer(re.escape(name), text)]
        entities.append({"name": name, "kind": kind, "names": places, "mentions": []})
        speakers.append({"name": name, "kind": kind})
    record: dict[str, Any] = {"text": text, "entities": entities if whole else [],
                              "attributions": [{"speakers": speakers}]}  # fmt: skip
    return Report("own-a" if whole else "who", record, whole=whole)


def states(text: str, width: int = 2) -> States:
    """A token for each word and mark, long words in pieces of four letters."""
    found = [m.span() for m in re.finditer(r"\w{1,4}|[^\w\s]", text)]
    starts, ends = np.array(found).reshape(-1, 2).T
    return States(starts, ends, (np.zeros((len(found), width), np.float16),))


def labels(of: Report) -> list[str]:
    found = allowed(of, states(of.text))
    return ["".join(MARKS[n] for n in np.flatnonzero(row)) for row in found]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("So Ida won", [("Ida", "person")], [".", "P", "."]),
        ("Ida Holm won", [("Ida Holm", "person")], ["P", "p", "."]),
        ("Ida Holmes won", [("Ida Holmes", "person")], ["P", "p", "p", "."]),
        ("the Guild won", [("Guild", "organisation")], [".", "B", "b", "."]),
        ("the Crew won", [("Crew", "group")], [".", "B", "."]),
        ("in Wick", [("Wick", "place")], [".", "L"]),
        ("the Cup", [("Cup", "other")], [".", "O"]),
        ("the Bill", [("Bill", "document")], [".", "O"]),
        ("Ida Cup Day", [("Ida", "person"), ("Ida Cup", "other")], ["O", "o", "."]),
        ("Ida Tom", [("Ida", "person"), ("Tom", "person")], ["P", "P"]),
        ("Only I won", [], [".", ".", "."]),
    ],
)
def test_where_all_is_annotated_each_token_has_one_label(
    text: str, names: list[tuple[str, str]], expected: list[str]
) -> None:
    assert labels(report(text, *names)) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("so Ida won", [("Ida", "person")], [".", "P", "."]),
        ("so Ida met Tom", [("Ida", "person")], [".", "P", ".", ANY]),
        ("so Ida met Lovell", [("Ida", "person")], [".", "P", ".", ANY, ANY]),
        ("so Ida Tom", [("Ida", "person")], [".", "P", ".PBLO"]),
        ("Ida met Ida", [("Ida", "person")], ["P", ".", "P"]),
        ("the Guild won", [("the Guild", "organisation")], [".", "BL", "bl", "."]),
        ("the Crew won", [("the Crew", "group")], [".", ANY, "."]),
        ("the aide won", [("the aide", "person")], [".", ".", "."]),
        ("so Idas won", [("Ida", "person")], [".", ANY, "."]),
        ("Only he won", [], [ANY, ".", "."]),
    ],
)
def test_where_only_speakers_are_known_other_capitals_are_open(
    text: str, names: list[tuple[str, str]], expected: list[str]
) -> None:
    assert labels(report(text, *names, whole=False)) == expected


def test_accepted_names_of_a_speaker_count_too() -> None:
    of = report("Ida Holm won. Tom Holm left.", ("Ida Holm", "person"), whole=False)
    (speaker,) = of.record["attributions"][0]["speakers"]
    assert list(spans(of)) == [((0, 8), 0)]
    speaker["accept"] = ["Holm"]
    assert list(spans(of)) == [((0, 8), 0), ((18, 22), 0)]
    speaker["name"] = None
    assert list(spans(of)) == [((4, 8), 0), ((18, 22), 0)]


def test_inputs_are_the_states_and_what_the_rules_say() -> None:
    of = report("so Ida won")
    found = inputs(of, states(of.text, width=3))
    assert found.shape == (3, 3 + RULES)
    assert found.dtype == np.float16
    assert found[:, 3:6].argmax(1).tolist() == [0, 1, 0]


def told(names: Names, x: Any) -> Any:
    """The likeliest label of each token, from its states and the rules'."""
    x = x.astype(np.float32)
    hidden = x[:, :-RULES] @ names.states + names.bias + x[:, -RULES:] @ names.rules
    return (np.maximum(hidden, 0) @ names.out + names.out_bias).argmax(1)


def test_labels_are_learnt_from_the_states(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lower-case names, of which only the states tell: the rules see none."""
    monkeypatch.setattr(naming, "BATCH", 16)
    kinds = {"ida": "person", "wool": "organisation", "wick": "place"}
    text = " ".join(f"{word} met" for word in kinds for _ in range(30))
    of = report(text, *kinds.items())
    found = states(text, width=4)
    words = [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]
    for row, word in zip(found.layers[0], words, strict=True):
        row[["met", *kinds].index(word)] = 1
    names = train([of], [found])
    shapes = [x.shape for x in (names.states, names.bias, names.rules, names.out, names.out_bias)]
    assert shapes == [(4, HIDDEN), (HIDDEN,), (RULES, HIDDEN), (HIDDEN, LABELS), (LABELS,)]
    expected = [{"met": 0, "ida": 1, "wool": 3, "wick": 5}[word] for word in words]
    assert told(names, inputs(of, found)).tolist() == expected
    again = train([of], [found])
    assert (again.states == names.states).all()


def test_open_tokens_teach_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "BATCH", 16)
    text = "so Tom met ida. " * 30
    of = report(text, whole=False)
    found = states(text)
    other = States(found.starts, found.ends, (found.layers[0].copy(),))
    opened = [i for i, start in enumerate(found.starts) if text[start] == "T"]
    other.layers[0][opened] = 5
    assert (train([of], [found]).states == train([of], [other]).states).all()
