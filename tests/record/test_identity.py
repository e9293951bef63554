import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.record.identity import (
    BEGINS,
    alike,
    buckets,
    is_name,
    key,
    pin_key,
    surname,
    surname_key,
)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Ida Marsh", "person", "person:ida marsh"),
        ("Ida Marsh", "author", "person:ida marsh"),
        ("IDA MARSH", "person", "person:ida marsh"),
        ("Dr Robert J. Amberley MP", "person", "person:robert j amberley"),
        ("Robert J Amberley", "person", "person:robert j amberley"),
        ("Robert Amberley", "person", "person:robert amberley"),
        ("Robert Amberley Jr.", "person", "person:robert amberley jr"),
        ("J.K. Vantongeren", "person", "person:j k vantongeren"),
        ("J. K. Vantongeren", "person", "person:j k vantongeren"),
        ("Seán O’Connor", "person", "person:sean oconnor"),
        ("Bill de Marco", "person", "person:bill de marco"),
        ("Malcolm X", "person", "person:malcolm x"),
        ("Ingrid Solheim-Okoro", "person", "person:ingrid solheim-okoro"),
        ("Okafor", "person", None),
        ("Mayor Okafor", "person", None),
        ("Mrs Okafor", "person", None),
        ("de Marco", "person", None),
        ("Solheim-Okoro", "person", None),
        ("R. Amberley", "person", None),
        ("Okafor Jr", "person", None),
        ("Queen Matilda II", "person", None),
        ("", "person", None),
        ("’", "person", None),
        ("The Nordquay Group plc", "organisation", "body:nordquay group"),
        ("Nordquay Ltd.", "organisation", "body:nordquay"),
        ("Tapper & Co", "organisation", "body:tapper"),
        ("Marsh & Tapper", "organisation", "body:marsh and tapper"),
        ("F.T.O.", "organisation", "body:fto"),
        ("FTO", "organisation", "body:fto"),
        ("Bakers’ Union", "organisation", "body:bakers union"),
        ("Bakers' Union", "organisation", "body:bakers union"),
        ("Friends of the Cathedral", "group", "body:friends of the cathedral"),
        ("the", "organisation", "body:the"),
        ("letter", "document", None),
        ("a source", "unnamed", None),
    ],
)
def test_keys(name: str, kind: str, expected: str | None) -> None:
    assert key(name, kind) == expected


@pytest.mark.parametrize(
    ("name", "kind", "named"),
    [
        ("Ida Marsh", "person", True),
        ("Bill de Marco", "person", True),
        ("husband", "person", False),
        ("Ida Marsh", "author", True),
        ("Staff reporter", "author", False),
        ("Remembrancer Staff", "author", False),
        ("Nordquay", "organisation", True),
        ("the BBC", "organisation", True),
        ("3Rivers", "organisation", True),
        ("her campaign", "organisation", False),
        ("Eleven charities", "organisation", False),
        ("police", "organisation", False),
        ("House Republicans", "group", True),
        ("Organisers of the Festival", "group", False),
        ("residents", "group", False),
        ("Residents", "group", False),
        ("Harbour residents", "group", False),
        ("The Letter", "document", False),
        ("", "organisation", False),
    ],
)
def test_descriptions_are_no_names(name: str, kind: str, named: bool) -> None:
    assert is_name(name, kind) == named


def test_within_an_article_a_surname_is_enough() -> None:
    assert pin_key("Mayor Okafor", "person") == "bare:okafor"
    assert pin_key("Ngozi Okafor", "person") == "person:ngozi okafor"
    assert pin_key("a source", "unnamed") is None


@pytest.mark.parametrize("name", ["Okafor", "Ngozi Okafor", "Dr Okafor", "Ngozi A. Okafor Jr"])
def test_bearers_of_a_surname_share_a_key(name: str) -> None:
    assert surname_key(name) == "surname:okafor"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ngozi Okafor", "Okafor"),
        ("Ngozi A. Okafor Jr. MP", "Okafor"),
        ("Bill de Marco", "de Marco"),
        ("Okafor", "Okafor"),
        ("", ""),
    ],
)
def test_surnames(name: str, expected: str) -> None:
    assert surname(name) == expected


@given(st.text(max_size=60), st.sampled_from(["person", "organisation", "group", "author"]))
def test_any_text_has_a_key_or_none(name: str, kind: str) -> None:
    found = key(name, kind)
    assert found == key(f" {name.upper()} ", kind) or name.upper().lower() != name.lower()
    if found is not None:
        assert alike(found, found) == "the same name"
        assert set(buckets(found))
    is_name(name, kind)
    surname_key(name)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "person:robert j amberley",
            "person:robert amberley",
            "the same name but for initials or middle names",
        ),
        (
            "person:r j amberley",
            "person:robert john amberley",
            "the same name but for initials or middle names",
        ),
        (
            "person:rob amberley",
            "person:robert amberley",
            "the same surname, and a short form of the first name",
        ),
        ("person:robert amberly", "person:robert amberley", "surnames one letter apart"),
        ("person:gillian lind", "person:gilian lind", "first names one letter apart"),
        ("person:ida solheim-okoro", "person:ida solheim okoro", "the same letters"),
        ("person:nord quay", "body:nord quay", "the same name, of a person and a body"),
        ("person:ida marsh", "person:ida marsh#2", "the same name"),
        ("person:robert j amberley", "person:robert k amberley", None),
        ("person:robert amberley", "person:robert amberley jr", None),
        ("person:anna amberley", "person:ruth amberley", None),
        ("person:ann lee", "person:ann lea", None),
        ("person:ida marsh", "body:ida marsh trust", None),
        ("body:bba", "body:british bakers association", "an abbreviation"),
        ("body:foc", "body:friends of the cathedral", None),
        ("body:fc", "body:friends of the cathedral", None),
        ("body:focc", "body:friends of the city cathedral", None),
        ("body:fcc", "body:friends of the city cathedral", "an abbreviation"),
        ("body:halden foods", "body:halden", "the same name but for its last words"),
        ("body:tri-river utilities", "body:tri river utilities", "the same letters"),
        ("body:nordquay storage", "body:norquay storage", "one letter apart"),
        ("body:north bank", "body:south bank", None),
        ("body:south barle", "body:south barlen", None),
        ("body:halden", "body:halden road school", BEGINS),
        ("body:northway", "body:northway ferries", BEGINS),
        ("body:northway", "body:northways ferries", None),
        ("body:friends", "body:friends of the cathedral", None),
        ("body:north", "body:north ferries", None),
        ("body:white", "body:white house", None),
        ("body:council", "body:council tax office", None),
        ("body:marsh", "body:marsh and tapper", None),
        ("body:way", "body:way ferries", None),
        ("person:marsh#2", "person:marsh jr", None),
        ("person:kettle#2", "person:nora kettle", None),
    ],
)
def test_names_that_may_be_one(one: str, other: str, expected: str | None) -> None:
    assert alike(one, other) == alike(other, one) == expected
    if expected is not None:
        assert set(buckets(one)) & set(buckets(other))
