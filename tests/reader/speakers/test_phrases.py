"""The members of a source: names, pronouns and descriptions."""

import pytest

from sayso.reader.speakers.phrases import parse


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Ruth Amberley, who runs the harbour,", ["Ruth Amberley"]),
        ("the harbourmaster, Ruth Amberley,", ["Ruth Amberley"]),
        ("Her deputy, Captain Odo Pell", ["Odo Pell"]),
        ("branch secretary Odo Pell, 41", ["Odo Pell"]),
        ("Odo Pell of the Fenwater Trust", ["Odo Pell"]),
        ("Owen Thrale QC", ["Owen Thrale"]),
        ("by the mayor", ["mayor"]),
        ("a baker who gave her name as Mariam", ["Mariam"]),
        ("Pell and Amberley", ["Pell", "Amberley"]),
        ("Pell, Amberley and Reed", ["Pell", "Amberley", "Reed"]),
        ("Two brokers, Odo Pell and Ruth Reed,", ["Odo Pell", "Ruth Reed"]),
        ("Pell and his aides", ["Pell", "his aides"]),
        ("the bakers and the brewers", ["bakers", "brewers"]),
        ("bakers and brewers", ["bakers", "brewers"]),
        ("Odo Pell, chairman of the trust and a baker", ["Odo Pell"]),
        ("an aide to Pell and Reed", ["aide to Pell and Reed"]),
        ("a report by the Fenwater Institute", ["report by the Fenwater Institute"]),
        ("She", ["She"]),
        ("the prompter himself", ["prompter himself"]),
        ("  ", []),
    ],
)
def test_sources_are_taken_apart(source: str, expected: list[str]) -> None:
    found = parse(source, 0, len(source))
    assert [" ".join(p.name.words) if p.name else p.text for p in found] == expected
