"""Whom contents are about, on invented reports with statements given."""

import numpy as np
import pytest

from sayso.reader.drafts import Bounds, Draft
from sayso.reader.speakers import Resolution, resolve
from sayso.reader.speakers.about import innermost
from sayso.reader.speakers.features import OF_REFERENCE, PARTY, PLACED, Reference
from sayso.reader.speakers.judge import Choice, Options
from sayso.types import Article
from tests.reader.spans import span
from tests.reader.speakers.judging import Preferring, resolved
from tests.reader.speakers.test_speakers import read


def about(found: Resolution) -> list[list[str]]:
    known = {entity.id: entity.name for entity in found.entities}
    return [[known[id] for id in ids] for ids in found.about]


def draft(*content: Bounds) -> Draft:
    return Draft(source=(), cue=(), content=content)


@pytest.mark.parametrize(
    ("drafts", "expected"),
    [
        ([], []),
        ([draft((0, 9))], [(0, 9, 0)]),
        ([draft((0, 9)), draft((12, 20))], [(0, 9, 0), (12, 20, 1)]),
        ([draft((0, 9), (12, 20))], [(0, 9, 0), (12, 20, 0)]),
        ([draft((0, 20)), draft((5, 9))], [(0, 5, 0), (5, 9, 1), (9, 20, 0)]),
        ([draft((5, 9)), draft((0, 20))], [(0, 5, 1), (5, 9, 0), (9, 20, 1)]),
        ([draft((0, 20)), draft((5, 20))], [(0, 5, 0), (5, 20, 1)]),
        ([draft((0, 20)), draft((0, 5))], [(0, 5, 1), (5, 20, 0)]),
        (
            [draft((0, 20)), draft((5, 15)), draft((8, 9))],
            [(0, 5, 0), (5, 8, 1), (8, 9, 2), (9, 15, 1), (15, 20, 0)],
        ),
    ],
)
def test_contents_are_cut_where_others_begin_and_end(
    drafts: list[Draft], expected: list[tuple[int, int, int]]
) -> None:
    assert list(innermost(drafts)) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Ruth Lund|praised Odo Pell].", [["Odo Pell"]]),
        ("[Ruth Lund|praised Odo Pell and then Pell].", [["Odo Pell"]]),
        ("[Ruth Lund|said nothing was lost]. Odo Pell waved.", [[]]),
        ("[Ruth Lund|said she was late].", [["Ruth Lund"]]),
        ("[Ruth Lund|spoke]. Odo Pell rang. [Ivo Reed|said his car had gone].",
         [[], ["Ivo Reed"]]),
        ("The Fenwater Trust, the charity, closed. [Ruth Lund|said the charity owed her].",
         [["Fenwater Trust", "Ruth Lund"]]),
        ("Halden Foods, the supplier, closed. [Ruth Lund|blamed the supplier].",
         [["Halden Foods"]]),
        ("Halden Foods, the supplier, closed. [Ruth Lund|wants a supplier].", [[]]),
        ("[The report|blamed frost]. [Ruth Lund|blamed the report].", [[], ["report"]]),
        ("[Ruth Lund|wrote to the council]. [The council|spoke].", [["council"], []]),
        ("[Ruth Lund|praised Odo Pell]. [He|praised Ivo Reed].", [["Odo Pell"], ["Ivo Reed"]]),
        ("Vera Lund, the baker, left. [Ivo Reed|praised the tired baker].", [["Vera Lund"]]),
        ("Halden Foods closed. [Ruth Lund|blamed the company].", [["Halden Foods"]]),
        ("Halden Foods closed. [Ruth Lund|blamed a company].", [[]]),
        ("Halden Foods closed. [Ruth Lund|blamed the bank].", [["Halden Foods"]]),
        ("Halden Foods closed. [Ruth Lund|blamed the court].", [[]]),
        ("[Parents|spoke]. [Ruth Lund|praised the parents].", [[], ["Parents"]]),
        ("Halden Foods closed. [Ruth Lund|blamed the government].", [[]]),
        ("Odo Pell and Vera Lund left. [Ivo Reed|said both had won].", [["Odo Pell", "Vera Lund"]]),
        ("Odo Pell and Vera Lund left. [Ivo Reed|said both did win].", [["Odo Pell", "Vera Lund"]]),
        ("Odo Pell and Vera Lund left. [Ivo Reed|praised both].", [["Odo Pell", "Vera Lund"]]),
        ("Odo Pell and Vera Lund left. [Ivo Reed|said both knees hurt].", [[]]),
        ("Odo Pell and Vera Lund left. [Ivo Reed|praised the two bakers].",
         [["Odo Pell", "Vera Lund"]]),
        ("Odo Pell and Vera Lund left. [Ivo Reed|praised the pair].", [["Odo Pell", "Vera Lund"]]),
        ("Odo Pell and Vera Lund left. [Ivo Reed|praised both sisters].",
         [["Odo Pell", "Vera Lund"]]),
        ("Odo Pell and Vera Lund left. [Ivo Reed|praised the two letters].", [[]]),
        ("Odo Pell and Vera Lund left. [Ivo Reed|praised the two countries].", [[]]),
        ("Odo Pell and Vera Lund left. [Ivo Reed|praised his two sons].", [["Ivo Reed"]]),
        ("The Pell Trust and Reed Foods won. [Ivo Reed|praised both companies].",
         [["Pell Trust", "Reed Foods"]]),
    ],
)  # fmt: skip
def test_those_whom_a_content_mentions(marked: str, expected: list[list[str]]) -> None:
    assert about(read(marked)) == expected


def test_a_content_that_holds_a_statement_is_about_its_speaker() -> None:
    text = "Ruth Lund said that Odo Pell had told them that Ivo Reed left."
    inner = text.index("Ivo")
    drafts = [
        Draft(source=((0, 9),), cue=((10, 14),), content=((15, len(text) - 1),)),
        Draft(source=((20, 28),), cue=((29, 37),), content=((inner, len(text) - 1),), inside=0),
    ]
    found = about(resolved(Article(text), drafts))
    assert found[0][0] == "Odo Pell"
    assert found[0][-1] == "Ivo Reed"
    assert found[1] == ["Ivo Reed"]


def test_a_pronoun_in_a_content_is_no_place_of_a_name() -> None:
    found = read("[Ruth Lund|said she was late].")
    assert about(found) == [["Ruth Lund"]]
    assert [m.text for m in found.entities[0].mentions] == ["Ruth Lund"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("“he lost it”", ["Odo Pell"]),
        ("he lost it", ["Ivo Reed"]),
    ],
)
def test_who_is_quoted_says_i_of_himself(content: str, expected: list[str]) -> None:
    text = f"Mr Odo Pell left. Mr Ivo Reed said {content}."
    start = text.index(content)
    drafts = [Draft(source=((18, 29),), cue=((30, 34),), content=((start, start + len(content)),))]
    assert about(resolved(Article(text), drafts)) == [expected]


def test_the_owner_within_a_source_is_mentioned_too() -> None:
    text = "Ruth Lund left. Mr Ivo Reed said her aunt said nothing was lost."
    inner = text.index("nothing")
    drafts = [
        Draft(source=((16, 27),), cue=((28, 32),), content=((33, len(text) - 1),)),
        Draft(source=((33, 41),), cue=((42, 46),), content=((inner, len(text) - 1),), inside=0),
    ]
    assert about(resolved(Article(text), drafts))[0] == ["Ruth Lund", "her aunt"]


def test_what_somebody_is_called_by_those_close_is_no_name() -> None:
    text = "Ruth Lund, the mother of Ivo, left. Ivo Reed said “I told Mum so”."
    start = text.index("“")
    drafts = [Draft(source=((36, 44),), cue=((45, 49),), content=((start, len(text) - 1),))]
    assert about(resolved(Article(text), drafts)) == [["Ruth Lund"]]


class Asked(Preferring):
    """Keeps where it was asked, and who could be meant there by a pronoun before."""

    def __init__(self) -> None:
        self.places: list[int] = []
        self.by_pronoun: dict[int, list[str]] = {}

    def choose(self, asked: Reference, options: Options) -> Choice:
        self.places.append(asked.at)
        column = options.rows[:, OF_REFERENCE + len(PARTY) + PLACED.index("pronoun")]
        numbers = options.index[np.flatnonzero(column)].tolist()
        self.by_pronoun[asked.at] = [r.name for n in numbers for r in options.parties[n]]
        return super().choose(asked, options)


def test_pronouns_and_descriptions_are_asked_about_as_they_stand_and_tell_of_the_next() -> None:
    """Those between contents as well; behind the last none."""
    text = (
        "Mr Odo Pell, the baker, rang. He sat. Ms Ada Reed said his car met the baker and him. "
        "She left. It rained."
    )
    judge = Asked()
    content = (text.index("his car"), text.index(". She"))
    drafts = [
        Draft(source=(span(text, "Ms Ada Reed"),), cue=(span(text, "said"),), content=(content,))
    ]
    found = resolve(Article(text), drafts, (), None, judge)
    assert about(found) == [["Odo Pell"]]
    words = ("He sat", "his car", "the baker and", "him")
    assert judge.places == [text.index(word) for word in words]
    assert [len(judge.by_pronoun[at]) for at in judge.places] == [0, 1, 2, 2]
    assert judge.by_pronoun[text.index("him")] == ["Odo Pell"] * 2


def test_a_man_is_whom_he_would_mean() -> None:
    text = "Mr Odo Pell left. Ada Reed said “the older man was late”."
    start = text.index("“")
    drafts = [Draft(source=((18, 26),), cue=((27, 31),), content=((start, len(text) - 1),))]
    assert about(resolved(Article(text), drafts)) == [["Odo Pell"]]
