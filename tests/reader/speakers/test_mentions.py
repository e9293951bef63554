"""The places of an article where somebody may be meant."""

import re

import numpy as np
import pytest

from sayso.reader.speakers import mentions
from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.mentions import FORMS, OPEN, Parties, gather
from sayso.reader.speakers.nouns import Nouns
from sayso.reader.speakers.referents import Referent
from sayso.types import Article
from tests.reader.spans import span

TEXT = "Ruth Pell and Odo left. The mayor’s aide waved. Pell’s cat slept."


def lists(text: str) -> list[tuple[str, list[str]]]:
    """The lists among the words with a capital, of which each is somebody."""
    known: dict[str, Referent] = {}
    named = [
        (m.start(), m.end(), known.setdefault(m.group(), Referent(m.group())))
        for m in re.finditer(r"\b[A-Z]\w*", text)
    ]
    return [(text[a:b], [r.name for r in party]) for a, b, party in mentions.lists(text, named)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("where Ada and Odo met", [("Ada and Odo", ["Ada", "Odo"])]),
        ("the Guild, the Trust and Ivo", [("Guild, the Trust and Ivo", ["Guild", "Trust", "Ivo"])]),
        ("the Guild, the Trust, and its Arm", [("Guild, the Trust, and its Arm",
                                                ["Guild", "Trust", "Arm"])]),
        ("Ada or Odo", [("Ada or Odo", ["Ada", "Odo"])]),
        ("Ada & Odo", [("Ada & Odo", ["Ada", "Odo"])]),
        ("Ada and Odo, Ivo", [("Ada and Odo", ["Ada", "Odo"])]),
        ("Ada met Odo and Ivo", [("Odo and Ivo", ["Odo", "Ivo"])]),
        ("Ada and Odo met Ivo and Una", [("Ada and Odo", ["Ada", "Odo"]),
                                         ("Ivo and Una", ["Ivo", "Una"])]),
        ("Ada, Odo, Ivo", []),
        ("Ada and Ada", []),
        ("Ada and then Odo", []),
        ("Ada. And Odo", []),
        ("Ada", []),
        ("", []),
    ],
)  # fmt: skip
def test_who_is_named_together(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert lists(text) == expected


@pytest.mark.parametrize(("many", "found"), [(2, 1), (12, 1), (13, 0)])
def test_no_list_is_longer_than_a_dozen(many: int, found: int) -> None:
    words = [chr(ord("A") + n) for n in range(many)]
    assert len(lists(f"{', '.join(words[:-1])} and {words[-1]}")) == found


@pytest.mark.parametrize(
    ("text", "sorts", "expected"),
    [
        ("Ada of Guild and Odo at the Trust", "PBPB", ["Ada", "Odo"]),
        ("Ada of the Guild and the Trust", "PBB", ["Ada", "Trust"]),
        ("Arm of the Guild and the Trust", "BBB", ["Guild", "Trust"]),
        ("Ada met the Guild and Odo", "PBP", ["Guild", "Odo"]),
    ],
)
def test_whose_people_are_no_members_of_a_list(text: str, sorts: str, expected: list[str]) -> None:
    named = []
    for match, sort in zip(re.finditer(r"\b[A-Z]\w*", text), sorts, strict=True):
        referent = Referent(match.group())
        referent.seen[sort == "B"] = 1.0
        named.append((*match.span(), referent))
    ((_, _, party),) = mentions.lists(text, named)
    assert [r.name for r in party] == expected


def test_a_noun_within_a_name_is_in_no_list() -> None:
    found, parties = gathered("It met Ruth Lund and the Drivers’ Guild.", [], [])
    lists = [parties.found[n] for n, form in zip(found.party, found.form, strict=True) if form == 3]
    assert [[r.name for r in party] for party in lists] == [["Ruth Lund", "Drivers Guild"]]


def test_a_name_within_another_begins_anew() -> None:
    text = "Ada and Odo"
    ada, odo, whole = (Referent(words) for words in ("Ada", "Odo", text))
    named = [(0, 3, ada), (0, 11, whole), (8, 11, odo)]
    assert list(mentions.lists(text, named)) == []


def gathered(
    text: str, sources: list[tuple[int, int]], flows: list[bool]
) -> tuple[mentions.Mentions, Parties]:
    parties = Parties()
    nouns = Nouns(text, frozenset())
    cast = Cast(Article(text))
    return gather(cast, nouns, sources, np.array(flows, bool), parties), parties


def test_all_mentions_stand_in_the_order_of_the_text() -> None:
    sources = [(24, 40), (0, 17), (48, 50)]
    found, parties = gathered(TEXT, sources, [False, False, True])
    told = [
        (TEXT[a:b], FORMS[form], [r.name for r in parties.found[number]] if number != OPEN else [])
        for a, b, form, number in zip(
            found.starts, found.ends, found.form, found.party.tolist(), strict=True
        )
    ]
    assert told == [
        ("Ruth Pell", "full name", ["Ruth Pell"]),
        ("Ruth Pell and Odo", "list", ["Ruth Pell", "Odo"]),
        ("Ruth Pell and Odo", "source", []),
        ("Odo", "name", ["Odo"]),
        ("The mayor’s aide", "source", []),
        ("mayor’s aide", "noun", ["mayor’s aide"]),
        ("Pell", "name", ["Ruth Pell"]),
        ("Pe", "flow", []),
    ]
    assert found.slots == (4, 2, 7)
    assert found.possessive.tolist() == [False] * 6 + [True, False]


def test_what_means_the_same_has_one_number() -> None:
    found, parties = gathered("Ruth Pell spoke. Yesterday Pell left.", [], [])
    assert found.party.tolist() == [0, 0]
    assert parties.number(parties.found[0]) == 0
    other = (Referent("Odo"),)
    assert [parties.number(other), parties.number(other)] == [1, 1]


def test_a_text_without_mentions() -> None:
    found, _ = gathered("rain fell", [], [])
    assert (len(found.starts), found.slots) == (0, ())


def test_pronouns_are_open_but_for_those_in_a_source() -> None:
    text = "She said so. “He and her aide left,” his wife said of them."
    sources = [(0, 3), (13, 19), span(text, "his wife")]
    found, _ = gathered(text, sources, [False, True, False])
    pronouns = found.form == FORMS.index("pronoun")
    starts, ends = found.starts[pronouns].tolist(), found.ends[pronouns].tolist()
    words = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    assert words == ["He", "her", "them"]
    assert found.party[pronouns].tolist() == [OPEN] * 3
    assert found.possessive[pronouns].tolist() == [False, True, False]
    her = span(text, "her")
    assert found.starts[found.plain[her]] == her[0]
