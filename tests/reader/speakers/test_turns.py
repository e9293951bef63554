"""Whom the labels of turns mean."""

import pytest

from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.flow import Turns
from sayso.reader.speakers.roles import study
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
    cast = Cast(Article(text))
    found = Turns(cast, study(cast), None).speaker(start, start + len(label))
    assert (found and found.name) == expected


@pytest.mark.parametrize("judges", ["Ada Reed", "Judge Ada Reed met Judge Odo Pell"])
def test_the_court_is_nobody_where_no_one_judge_is_told(judges: str) -> None:
    text = f"{judges}.\n\nTHE COURT: Why?"
    start = text.index("THE")
    cast = Cast(Article(text))
    assert Turns(cast, study(cast), None).speaker(start, start + len("THE COURT")) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("SKIPPER: No.", "Odo Pell"),
        ("Ada: No.", "Ada Reed"),
        ("Dr Reed: No.", None),
        ("Poll: No.", "Hallin Poll"),
        ("Trust: No.", "Hallin Trust"),
        ("Ada spoke.", None),
    ],
)
def test_a_label_is_whoever_alone_is_called_so(line: str, expected: str | None) -> None:
    text = f"The skipper, Odo Pell, rang Ada Reed. A Hallin Poll of Hallin Trust came.\n\n{line}"
    start, end = text.index(line), text.index(line) + len(line.split(":")[0].split(" spoke")[0])
    cast = Cast(Article(text))
    found = Turns(cast, study(cast), None).speaker(start, end)
    assert (found and found.name) == expected


def test_who_is_in_the_chair_is_the_chair() -> None:
    text = "Odo Pell MP was in the chair.\n\nQ3 Chair: No."
    cast = Cast(Article(text))
    start = text.index("Chair")
    found = Turns(cast, study(cast), None).speaker(start, start + len("Chair"))
    assert found is not None
    assert found.name == "Odo Pell"


@pytest.mark.parametrize(
    ("line", "source", "expected"),
    [
        ("Q31 Chair: No.", "Q31 Chair", "chair"),
        ("02.14 MATE: No.", "MATE", "mate"),
        ("[02:14:09] Mate: No.", "[02:14:09] Mate:", "mate"),
        ("Mate said: No.", "Mate", ""),
        ("It was Mate: No.", "Mate", ""),
    ],
)
def test_the_words_of_a_label(line: str, source: str, expected: str) -> None:
    text = f"It rained.\n{line}"
    start = text.index(source)
    cast = Cast(Article(text))
    begin, label = Turns(cast, study(cast), None).label(start, start + len(source))
    assert label == expected
    assert not text[begin:].startswith(("Q31", "02.14", "["))
