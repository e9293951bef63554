"""The gate of `check`: quotations as a fact-checker meets them, over the project's own reports."""

import random
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.record.check.finding import ORDER, Finding
from sayso.record.check.quotation import quotation
from sayso.record.check.speech import speech
from sayso.record.check.wording import judge
from tests.record.printed import documents, lines

CASES = lines(Path(__file__).with_name("check_cases.jsonl"))
ENOUGH = 0.95


def best(text: str) -> Finding | None:
    """The best finding in all the reports."""
    quoted = quotation(text)
    found = [finding for each in documents().values() for finding in judge(quoted, each)]
    return min(found, key=lambda f: f.rank, default=None)


@pytest.fixture(scope="module")
def told() -> list[str]:
    """The wording told for each case."""
    found = [best(case["quotation"]) for case in CASES]
    return ["none" if f is None else f.wording for f in found]


def test_there_are_150_cases_and_of_each_kind_enough() -> None:
    kinds = [case["wording"] for case in CASES]
    assert len(CASES) >= 150
    assert all(kinds.count(kind) >= 25 for kind in ORDER)
    assert len({case["quotation"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("kind", ORDER)
def test_wordings_of_each_kind(kind: str, told: list[str]) -> None:
    wrong = [
        f"{case['quotation']!r} is {case['wording']}, not {wording}: {case['why']}"
        for case, wording in zip(CASES, told, strict=True)
        if case["wording"] == kind and wording != kind
    ]
    many = sum(case["wording"] == kind for case in CASES)
    assert 1 - len(wrong) / many >= ENOUGH, "\n".join(wrong)


def test_nothing_altered_or_invented_is_verbatim(told: list[str]) -> None:
    wrong = [
        case["quotation"]
        for case, wording in zip(CASES, told, strict=True)
        if case["wording"] != "verbatim" and wording == "verbatim"
    ]
    assert wrong == []


def _pieces() -> list[str]:
    """Everything that is printed as spoken."""
    found = []
    for each in documents().values():
        channel = speech(each.source, each.statements)
        found += [channel.shown(piece.first, piece.end) for piece in channel.pieces]
    return found


PIECES = _pieces()
OTHER = ("zeppelin", "seventeen", "never", "not", "may", "perhaps", "Thursday", "the", "she")


def test_whole_quotations_are_verbatim() -> None:
    """In as they are printed; what is part of a sentence over a cue may be no more than a part."""
    wordings: dict[str, list[str]] = defaultdict(list)
    for piece in PIECES:
        found = best(piece)
        wordings["none" if found is None else found.wording].append(piece)
    assert set(wordings) <= {"verbatim", "abridged", "altered"}
    assert len(wordings["verbatim"]) >= 0.95 * len(PIECES), wordings


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PIECES), st.randoms(use_true_random=False), st.sampled_from(OTHER))
def test_a_word_changed_is_never_verbatim(piece: str, rng: random.Random, other: str) -> None:
    words = piece.split()
    place = rng.randrange(len(words))
    keys = quotation(piece).keys
    words[place] = other
    changed = " ".join(words)
    if quotation(changed).keys == keys or not quotation(changed).words:
        return
    found = best(changed)
    assert found is None or found.wording != "verbatim" or _is_printed(changed)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PIECES), st.randoms(use_true_random=False), st.sampled_from(OTHER))
def test_a_word_added_is_never_verbatim(piece: str, rng: random.Random, other: str) -> None:
    words = piece.split()
    words.insert(rng.randrange(len(words) + 1), other)
    found = best(" ".join(words))
    assert found is None or found.wording != "verbatim" or _is_printed(" ".join(words))


def _is_printed(text: str) -> bool:
    """Whether the words stand in a row in some report after all."""
    keys = " ".join(quotation(text).keys)
    return any(
        f" {keys} " in f" {' '.join(w.key for w in each.source.words)} "
        for each in documents().values()
    )
