"""Whom the labels of turns mean."""

import pytest

from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.flow import Turns
from sayso.types import Article

OPENING = "Ruth Lund met Odo Farleigh before Judge Ada Reed Pell.\n\n"


@pytest.mark.parametrize(
    ("label", "after", "expected"),
    [
        ("RL", ": Why?", "Ruth Lund"),
        ("RL:", " Why?", "Ruth Lund"),
        ("RL", " — Why?", "Ruth Lund"),
        ("OF", " - Why?", "Odo Farleigh"),
        ("OF", " -- Why?", "Odo Farleigh"),
        ("OF", " asks why.", None),
        ("OF", "-1 rose.", None),
        ("XY", " — Why?", None),
        ("THE COURT", ": Why?", "Ada Reed Pell"),
        ("The court:", " Why?", "Ada Reed Pell"),
        ("The court", " sat.", None),
    ],
)
def test_labels(label: str, after: str, expected: str | None) -> None:
    text = f"{OPENING}{label}{after}"
    start = len(OPENING)
    found = Turns(Cast(Article(text)), None).speaker(start, start + len(label))
    assert (found and found.name) == expected


@pytest.mark.parametrize("judges", ["Ada Reed", "Judge Ada Reed met Judge Odo Pell"])
def test_the_court_is_nobody_where_no_one_judge_is_told(judges: str) -> None:
    text = f"{judges}.\n\nTHE COURT: Why?"
    start = text.index("THE")
    assert Turns(Cast(Article(text)), None).speaker(start, start + len("THE COURT")) is None
