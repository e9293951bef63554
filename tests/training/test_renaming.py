import json
from typing import Any

import pytest
from training.renaming import Origin, Renaming, name_words, origins, own_words, renamed

TEXT = (
    "HOLM: RAMP IS SHUT\n\n"
    "Ida Holm said the ramp was shut. “It is rotten,” Holm’s brother, Tom Holm-Vega, told "
    "J.R. van der Aa. Tibbs’ lawyer said that ida was a long word."
)
NEW = Origin("new", ("Þórdís", "Leonora", "Bo"), ("Moura Falcão", "al-Rashidi", "Li", "Quayle"))


def at(words: str) -> list[list[int]]:
    return [[TEXT.index(words), TEXT.index(words) + len(words)]]


def said(name: str, source: str, content: str, **rest: Any) -> dict[str, Any]:
    speaker = {"name": name, "accept": [f"Captain {name}"], "kind": "person"}
    return {"source": at(source), "content": at(content), "speakers": [speaker]} | rest


def record(**rest: Any) -> dict[str, Any]:
    return {
        "id": "Holm-1",
        "title": "Holm: ramp is shut",
        "text": TEXT,
        "attributions": [
            said("Ida Holm", "Ida Holm", "the ramp was shut", addressee=None, sure=True),
            said("Tom Holm-Vega", "Holm’s brother, Tom Holm-Vega", "It is rotten"),
            said("J.R. van der Aa", "Tibbs’ lawyer", "ida was a long word"),
        ],
        "refusals": [{"kind": "declined", "span": at("Tibbs’ lawyer")[0], "speakers": ["Tom"]}],
    } | rest


def words(text: str, spans: list[list[int]]) -> list[str]:
    return [text[s:e] for s, e in spans]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Ida Holm"], {"Ida": "given", "Holm": "family"}),
        (["Ida", "Tom Ida"], {"Ida": "given", "Tom": "given"}),
        (["Ida van der Holm"], {"Ida": "given", "Holm": "family"}),
        (["Hamid al-Amr"], {"Hamid": "given", "al-Amr": "family"}),
        (["Ida Holm-Vega"], {"Ida": "given", "Holm-Vega": "family"}),
        (["I.K. Holm"], {"Holm": "family"}),
        (["Ida Maria O’Dell"], {"Ida": "given", "Maria": "family", "O’Dell": "family"}),
        ([], {}),
    ],
)
def test_the_words_of_names(names: list[str], expected: dict[str, str]) -> None:
    assert name_words(names) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Long said", "Moura Falcão said"),
        ("a long way", "a long way"),
        ("LONG: No.", "MOURA FALCÃO: No."),
        ("Longer", "Longer"),
        ("Long’s ramp", "Moura Falcão’s ramp"),
        ("pro-Long", "pro-Moura Falcão"),
        ("MacRory and MacRORY", "Li and LI"),
        ("Long-Tibbs", "Bo"),
        ("Tibbs’ ramp", "Quayle’s ramp"),
        ("Tibbs' ramp", "Quayle's ramp"),
        ("“Tibbs’", "“Quayle’"),
        ("Jens’ ramp", "Matos’ ramp"),
    ],
)
def test_a_word_is_replaced_wherever_it_is_a_name(text: str, expected: str) -> None:
    new = {"Long": "Moura Falcão", "MacRory": "Li", "Tibbs": "Quayle", "Long-Tibbs": "Bo"}
    assert Renaming(new | {"Jens": "Matos"})(text).text == expected


def test_without_names_nothing_is_replaced() -> None:
    assert Renaming({})("Ida said no.").text == "Ida said no."


def test_text_and_gold_are_renamed_alike() -> None:
    found = renamed(record(), NEW)
    ida, tom, _ = found["attributions"]
    [[first, *holm], [brother, *vega]] = [
        a["speakers"][0]["name"].split(" ", 1) for a in (ida, tom)
    ]
    assert {first, brother} < set(NEW.given)
    assert {*holm, *vega} < set(NEW.family)
    assert len({first, brother, *holm, *vega}) == 4
    assert words(found["text"], ida["source"]) == [f"{first} {holm[0]}"]
    assert words(found["text"], tom["source"]) == [f"{holm[0]}’s brother, {brother} {vega[0]}"]
    assert ida["speakers"][0]["accept"] == [f"Captain {first} {holm[0]}"]
    assert found["refusals"][0]["speakers"] == [brother]
    assert found["title"] == f"{holm[0]}: ramp is shut"
    assert found["text"].startswith(f"{holm[0].upper()}: RAMP IS SHUT\n")


def test_the_rest_stays() -> None:
    found = renamed(record(), NEW)
    ida, tom, last = found["attributions"]
    assert [words(found["text"], a["content"]) for a in (ida, tom, last)] == [
        ["the ramp was shut"],
        ["It is rotten"],
        ["ida was a long word"],
    ]
    assert words(found["text"], [found["refusals"][0]["span"]]) == ["Tibbs’ lawyer"]
    assert found["id"] == "Holm-1"
    assert (ida["addressee"], ida["sure"]) == (None, True)
    assert last["speakers"][0]["name"].startswith("J.R. van der ")


def test_a_new_name_is_none_that_the_report_has() -> None:
    crowded = record(text=f"{TEXT} Bo and Leonora and the Quayle family were there.")
    single = crowded | {"attributions": crowded["attributions"][:1]}
    (name,) = {s["name"] for a in renamed(single, NEW)["attributions"] for s in a["speakers"]}
    assert name.startswith("Þórdís ")
    assert "Quayle" not in name


@pytest.mark.parametrize("kind", ["organisation", "group", "unnamed", "document", "author"])
def test_only_persons_are_renamed(kind: str) -> None:
    other = record()
    for attribution in other["attributions"]:
        attribution["speakers"][0]["kind"] = kind
    assert renamed(other, NEW) == other


def test_the_same_report_has_the_same_new_names() -> None:
    first, again, other = (renamed(record(id=id), NEW) for id in ("a1", "a1", "a2"))
    assert json.dumps(first) == json.dumps(again)
    assert first["text"] != other["text"]


def test_there_are_eight_origins() -> None:
    assert len({origin.name for origin in origins()}) == 8


@pytest.mark.parametrize("origin", origins(), ids=lambda origin: origin.name)
def test_the_names_of_an_origin_are_many_and_share_no_word(origin: Origin) -> None:
    assert min(len(origin.given), len(origin.family)) >= 25
    own = [word for name in (*origin.given, *origin.family) for word in own_words(name)]
    assert len(own) == len(set(own))
    assert all(own_words(name) for name in (*origin.given, *origin.family))
