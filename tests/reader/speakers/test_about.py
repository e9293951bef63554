"""Whom contents are about, on invented reports with statements given."""

import pytest

from sayso.reader.drafts import Bounds, Draft
from sayso.reader.speakers import Resolution
from sayso.reader.speakers.about import innermost
from sayso.types import Article
from tests.reader.speakers.judging import resolved
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
        ("[Ruth Lund|praised Odo Pell]. [He|praised Ivo Reed].", [["Odo Pell"], ["Ivo Reed"]]),
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
