"""What a text calls somebody beside the name."""

import pytest

from sayso.record.roles import Role, places, roles_at


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Mayor Okafor said no.", "Okafor", {Role("mayor")}),
        ("MAYOR Okafor said no.", "Okafor", {Role("mayor")}),
        ("Sen. Okafor said no.", "Okafor", {Role("senator")}),
        (
            "the Fenwater mayor, Ngozi Okafor, said",
            "Ngozi Okafor",
            {Role("mayor", frozenset({"fenwater"}))},
        ),
        (
            "Ngozi Okafor, mayor of Fenwater, said",
            "Ngozi Okafor",
            {Role("mayor", frozenset({"fenwater"}))},
        ),
        (
            "Okafor (the long-serving mayor of Fenwater)",
            "Okafor",
            {Role("mayor", frozenset({"fenwater"}))},
        ),
        (
            "Health Secretary Dr Bill Ivens said",
            "Bill Ivens",
            {Role("secretary", frozenset({"health"}))},
        ),
        (
            "Okafor, the deputy mayor of Barle.",
            "Okafor",
            {Role("deputy mayor", frozenset({"barle"}))},
        ),
        ("Deputy Mayor Okafor said", "Okafor", {Role("deputy mayor")}),
        ("former mayor Okafor said", "Okafor", set()),
        ("Okafor, a former mayor, said", "Okafor", set()),
        ("Okafor, who was mayor", "Okafor", set()),
        ("Okafor told the mayor", "Okafor", set()),
        ("Mr Okafor said", "Okafor", set()),
        ("Okafor, 54, said", "Okafor", set()),
        ("The mayor met Okafor.", "Okafor", set()),
        ("Mayor Okafor-Lind said no.", "Okafor", set()),
    ],
)
def test_roles(text: str, name: str, expected: set[Role]) -> None:
    assert roles_at(text, places(text, name)) == expected


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        (Role("mayor"), Role("mayor", frozenset({"barle"})), True),
        (Role("mayor", frozenset({"barle"})), Role("mayor", frozenset({"barle", "old"})), True),
        (Role("mayor", frozenset({"barle"})), Role("mayor", frozenset({"fenwater"})), False),
        (Role("mayor"), Role("deputy mayor"), False),
        (Role("mayor"), Role("coach"), False),
    ],
)
def test_roles_that_may_be_one(one: Role, other: Role, fits: bool) -> None:
    assert one.fits(other) == other.fits(one) == fits
