"""The list of speakers, and how else the report calls them."""

import pytest

from sayso import Article, Entity, Reading, Span, Speaker, Statement
from sayso.formats.speakers import also_called, listed, wordings


def spans(*texts: str) -> tuple[Span, ...]:
    return tuple(Span(0, len(text), text) for text in texts)


@pytest.mark.parametrize(
    ("mentions", "others"),
    [
        ((), ()),
        (("Ruth Amberley", "Amberley"), ("Amberley",)),
        (("Amberley", "Ms Amberley", "Amberley"), ("Amberley", "Ms Amberley")),
        (("Ms  Amberley", "Ms\nAmberley"), ("Ms Amberley",)),
        (("Ms Amberley", "MS AMBERLEY"), ("Ms Amberley",)),
        (("the clerk", "The clerk", "clerk"), ("the clerk",)),
        (("the  ruth amberley,", "RUTH AMBERLEY"), ()),
        (("the baker, from Ely,", "the baker from Ely"), ("the baker, from Ely",)),
        (("She", "her", "who", "I", "Themselves", "its"), ()),
        (("who", "WHO", "us", "US"), ("WHO", "US")),
        (("the", "", " , "), ("the",)),
        (("🙂", "😀"), ("🙂", "😀")),
    ],
)
def test_wordings(mentions: tuple[str, ...], others: tuple[str, ...]) -> None:
    assert wordings(spans(*mentions), besides="Ruth Amberley") == others


def test_a_name_is_one_without_its_apostrophe() -> None:
    assert wordings(spans("the Seafarers’ Guild"), besides="Seafarers Guild") == ()


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, ""),
        (1, "also called <w1>"),
        (2, "also called <w1>; <w2>"),
        (5, "also called <w1>; <w2>; <w3>; <w4>; <w5>"),
        (6, "also called <w1>; <w2>; <w3>; <w4>; <w5>; and 1 more"),
        (1205, "also called <w1>; <w2>; <w3>; <w4>; <w5>; and 1,200 more"),
    ],
)
def test_also_called(number: int, shown: str) -> None:
    others = [f"w{n}" for n in range(1, number + 1)]
    assert also_called(others, "<{}>".format) == shown


def test_speakers_are_listed_once_in_the_order_in_which_they_speak() -> None:
    def said(id: str, *speakers: Speaker) -> Statement:
        return Statement(
            id=id, type="direct", said=True, source=(), cue=(), content=(), speakers=speakers
        )

    ruth, clerk = Speaker("Ruth Amberley", "person", "e1"), Speaker("clerk", "unnamed")
    lost = Speaker("Bo Lamb", "person", "e9")
    reading = Reading(
        "m",
        Article("Rain."),
        (
            said("s1"),
            said("s2", clerk),
            said("s3", ruth, clerk),
            said("s4", ruth),
            said("s5", lost),
        ),
        (Entity("e1", "Ruth Amberley", "person", spans("Ms Amberley")),),
    )
    assert [(each.speaker, each.statements, each.others) for each in listed(reading)] == [
        (clerk, (1, 2), ()),
        (ruth, (2, 3), ("Ms Amberley",)),
        (lost, (4,), ()),
    ]
