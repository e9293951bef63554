"""Whose a document is, on invented reports."""

from collections.abc import Sequence

import pytest

from sayso.reader.drafts import Bounds
from sayso.reader.speakers.authors import authors_of
from sayso.reader.speakers.authorship import may_write
from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.phrases import parse
from sayso.reader.speakers.referents import Referent
from sayso.reader.speakers.sentences import Sentences
from sayso.types import Article


def authors(marked: str, known: dict[str, str] | None = None) -> list[str]:
    """Who wrote the document whose mentions are in brackets; `known` tells whom else a
    description or pronoun means."""
    pieces = marked.replace("]", "[").split("[")
    text, places = "", list[Bounds]()
    for n, piece in enumerate(pieces):
        if n % 2:
            places.append((len(text), len(text) + len(piece)))
        text += piece
    cast = Cast(Article(text))

    def whom(start: int, end: int) -> Sequence[Referent]:
        found = []
        for part in parse(text, start, end, cast.names_in(start, end)):
            if part.name is not None and cast.knows(part.name):
                found.append(cast.named(part.name))
            elif part.text in (known or {}):
                found.append(Referent((known or {})[part.text]))
            elif part.form == "description":
                found.append(Referent(part.text, named=False, plural=part.plural))
        return found

    document = Referent("report", named=False)
    document.kinds["document"] = 1
    found = authors_of(document, places, cast, Sentences(text), whom)
    return [author.name for author in found]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[An open letter] by the Guild of Bakers and the Union of Millers calls it a farce.",
         ["Guild of Bakers", "Union of Millers"]),
        ("[A letter, signed by Ada Pell and Odo Reed,] says so.", ["Ada Pell", "Odo Reed"]),
        ("[Figures from the Fenwater Trust] show a fall.", ["Fenwater Trust"]),
        ("Ada Pell's [report] says so.", []),
        ("[Ada Pell's report] says so.", ["Ada Pell"]),
        ("[A study by researchers at Ulm University] found it.",
         ["researchers at Ulm University"]),
        ("[The council's leaflet] says so.", ["council"]),
        ("[The survey of 400 bakers] was carried out by the Fenwater Trust.", ["Fenwater Trust"]),
        ("[The review] blames frost. It was led by Dame Ada Pell.", ["Ada Pell"]),
        ("[A Fenwater Trust survey] found it.", ["Fenwater Trust"]),
        ("[A council leaflet] says so.", ["council"]),
        ("[A motion by Ada Pell's lawyers] says so.", ["Ada Pell's lawyers"]),
        ("[A survey by the Fenwater Trust and retired baker Odo Reed] found it.",
         ["Fenwater Trust", "Odo Reed"]),
        ("[A study] by Dr. Ada Pell says so.", ["Ada Pell"]),
        ("[A survey for the Union of Millers] found it.", ["Union of Millers"]),
        ("[The stewards’ note] says so.", ["stewards"]),
        ("[A letter] by E.H. Pell says so.", ["E.H. Pell"]),
        ("[Ada Pell's diary, produced by the Fenwater Trust,] says so.", ["Ada Pell"]),
        ("[Ada Pell's report, written by Odo Reed,] says so.", ["Ada Pell", "Odo Reed"]),
    ],
)  # fmt: skip
def test_authors_beside_the_noun(marked: str, expected: list[str]) -> None:
    assert authors(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("On Monday the Fenwater Trust and the Union of Millers published [a report]. "
         "[The report] blames frost.", ["Fenwater Trust", "Union of Millers"]),
        ("[The letter] that Ada Pell wrote says so.", ["Ada Pell"]),
        ("In [a ruling], Judge Odo Pell wrote that it was late. [The ruling] ends there.",
         ["Odo Pell"]),
        ("Ada Pell said in [a statement] it was late. [It] goes on.", ["Ada Pell"]),
        ("[A study] found it. Its lead author, Dr Ada Pell, was glad.", ["Ada Pell"]),
        ("[A survey] says so. The study by the Fenwater Trust polled 40 bakers.",
         ["Fenwater Trust"]),
        ("Ada Pell and Odo Reed have written to the minister. [The letter] says it is late.",
         ["Ada Pell", "Odo Reed"]),
        ("The Fenwater Trust was angry on Monday. [Its report] says so.", ["Fenwater Trust"]),
        ("[A letter] says so. The bodies behind the letter – the Guild of Bakers and the Union "
         "of Millers – are angry.", ["Guild of Bakers", "Union of Millers"]),
        ("In [a letter], leaked on Monday, Ada Pell mocked him.", ["Ada Pell"]),
        ("[The petition] says so. The petition's author, Ada Pell, was glad.", ["Ada Pell"]),
        ("[A study] found it. Its authors, Ada Pell of Ulm and Odo Reed of Hallin, were glad.",
         ["Ada Pell", "Odo Reed"]),
        ("[The petition] says so. The petition's author, retired baker Ada Pell, was glad.",
         ["Ada Pell"]),
        ("Odo Reed and the Fenwater Trust issued a plea in [a letter]. [It] is short.",
         ["Odo Reed", "Fenwater Trust"]),
        ("Odo Reed was late. [That letter, drafted by Ada Pell,] says so.", ["Ada Pell"]),
        ("The Fenwater Trust, whose [petition] has 40 names, met.", ["Fenwater Trust"]),
        ("A committee of bakers voted in May. [Its report] says so.", ["committee of bakers"]),
        ("[The certificate] says so. It bears the signature of Ada Pell.", ["Ada Pell"]),
        ("[A study] found it. The team, led by Dr Ada Pell, was glad.", ["Ada Pell"]),
        ("[A study] found it. Writing in Tides, Ada Pell and Odo Reed of Ulm describe frost.",
         ["Ada Pell", "Odo Reed"]),
        ("The judge, Ada Pell, was not amused. [The ruling] says so.", ["Ada Pell"]),
        ("Ada Pell claims that Odo Reed stole it. [The complaint] says so.", ["Ada Pell"]),
        ("Ada Pell, who sold the “Lark & Son” sign, has sued the city. [The lawsuit] says so.",
         ["Ada Pell"]),
        ("The mason worked from a list supplied by the Fenwater Trust. [The list] says so.",
         ["Fenwater Trust"]),
        ("The Fenwater Trust described Ada Pell in [a statement] as late.", ["Fenwater Trust"]),
        ("Ada Pell was late. [Her letter, published by the Fenwater Trust,] says so.",
         ["Ada Pell"]),
    ],
)  # fmt: skip
def test_authors_told_elsewhere(marked: str, expected: list[str]) -> None:
    assert authors(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "[A transcript seen by the Fenwater Echo] says so.",
        "[Wednesday's report] says so.",
        "[The letter] was welcomed by Ada Pell.",
        "Ada Pell read [the report] aloud.",
        "[A report] says so. A letter by Ada Pell says not.",
        "[It] says so, by and by.",
        "[A report commissioned by the Fenwater Trust] says so.",
        "[A notice by the steps] says so.",
        "[A petition signed by 2,870 people] says so.",
        "[The figures] echo older research from the Fenwater Trust.",
        "[A survey paid for by Ada Pell] says so.",
    ],
)
def test_no_author_where_none_is_told(marked: str) -> None:
    assert authors(marked) == []


def test_a_possessive_is_of_one_who_fits() -> None:
    told = "The Fenwater Trust met. Two bakers were late. [Its letter] says so."
    assert authors(told) == ["Fenwater Trust"]
    assert authors(told.replace("Its", "Their")) == ["Two bakers"]


def test_a_description_is_of_whom_it_means() -> None:
    told = "[The committee's report] says so."
    assert authors(told, {"committee": "Accounts Committee"}) == ["Accounts Committee"]


def test_who_may_write() -> None:
    report, baker, frost = (Referent(n, named=False) for n in ("report", "two bakers", "frost"))
    report.kinds["document"] = 1
    assert [may_write(r) for r in (report, baker, frost)] == [False, True, False]
