"""Names in text: what belongs to one, and whom it means."""

import pytest

from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.names import find_names, is_heading
from sayso.types import Article


def words(text: str) -> list[str]:
    return [" ".join(name.words) for name in find_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the mayor, Ruth Amberley, left", ["Ruth Amberley"]),
        ("where Harbour Secretary Dr Ruth M. Amberley left", ["Ruth M. Amberley"]),
        ("Mr. Quill met Sen. Odo Pell Jr. there", ["Quill", "Odo Pell Jr"]),
        ("where Jan van der Holt and Amal bin Said met", ["Jan van der Holt", "Amal bin Said"]),
        ("Ruth Amberley’s aide", ["Ruth Amberley"]),
        ("as Lumen News's Odo Pell wrote", ["Lumen News", "Odo Pell"]),
        ("the Department of Tides and Moorings", ["Department of Tides and Moorings"]),
        (
            "the Court of Moorings for the Ninth Harbour",
            ["Court of Moorings for the Ninth Harbour"],
        ),
        ("the Bank of Hallin for the Pells", ["Bank of Hallin", "Pells"]),
        ("On Monday Odo Pell left", ["Odo Pell"]),
        ("the Harbour Secretary left", []),
        ("Perrin & Quill closed", ["Perrin & Quill"]),
        ("Anna Reed-Hallow waited\nOdo Pell did not", ["Anna Reed-Hallow", "Odo Pell"]),
        ("the Sheriff's Department", ["Sheriff Department"]),
        ("Mrs Singer spoke to Odo King", ["Singer", "Odo King"]),
        ("", []),
    ],
)
def test_names_stand_without_titles_and_possessives(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("HARBOUR CHIEF QUITS OVER FEES", True),
        ("Harbour Chief Quits Over Mooring Fees", True),
        ("Harbour chief quits over mooring fees", False),
        ("Ruth Amberley said that the harbour would close.", False),
    ],
)
def test_headings_are_told_by_their_capitals(line: str, expected: bool) -> None:
    assert is_heading(line) is expected


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("Ruth Amberley spoke. Dr Amberley left.", None, ["Ruth Amberley"] * 2),
        ("Ruth Amberley spoke. Ruth left.", None, ["Ruth Amberley"] * 2),
        ("R. Amberley spoke. Ruth M. Amberley left.", None, ["Ruth M. Amberley"] * 2),
        ("Odo Pell and Odo Pell Jr. met.", None, ["Odo Pell", "Odo Pell Jr"]),
        (
            "The Fenwater Harbour Trust (FHT) met. We rang FHT.",
            None,
            ["Fenwater Harbour Trust"] * 3,
        ),
        ("At Halden Foods all was well. Later Halden closed.", None, ["Halden Foods"] * 2),
        ("Yesterday Amberley resigned.", "Ruth Amberley goes", ["Ruth Amberley"]),
        ("Yesterday Amberley resigned.", "Ruth Amberley Goes After Fee Row", ["Ruth Amberley"]),
        (
            "Ruth Pell said she left. Odo Pell said he stayed. Mrs Pell waved.",
            None,
            ["Ruth Pell", "Odo Pell", "Ruth Pell"],
        ),
    ],
)
def test_names_are_grouped_under_the_fullest(
    text: str, title: str | None, expected: list[str]
) -> None:
    cast = Cast(Article(text, title=title))
    assert [owner.name for owner in cast.owners if owner] == expected
