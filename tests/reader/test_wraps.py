import textwrap

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.wraps import unwrapped

PARAGRAPHS = (
    "The ferry ramp at Cawdle will stay shut until spring, the county said on Tuesday, after a "
    "surveyor found that its timbers had rotted through.",
    "“It is not safe, and we will not pretend that it is,” said Ida Marsh, the surveyor. She told "
    "reporters that the repair had been promised for June and then for August.",
    "“Nobody asked us,” said Tom Reed, who runs the café by the landing. His takings have halved "
    "since the ramp was closed, and two of the waiters have been let go.",
)
FLAT = "\n\n".join(PARAGRAPHS)
LINES = "\n".join(PARAGRAPHS)


def wrapped(
    width: int, *, end: str = "\n", gap: str = "\n\n", first: str = "", rest: str = ""
) -> str:
    """The paragraphs in lines of this width; `first` and `rest` indent their lines."""
    return gap.join(
        end.join(textwrap.wrap(p, width, initial_indent=first, subsequent_indent=rest))
        for p in PARAGRAPHS
    )


def flat(text: str) -> str:
    found = unwrapped(text)
    return text if found is None else found.text


@pytest.mark.parametrize("width", [48, 60, 65, 72, 80])
def test_a_wrap_is_a_space_and_a_paragraphs_end_is_none(width: int) -> None:
    assert flat(wrapped(width)) == FLAT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            wrapped(65, end="\r\n", gap="\r\n\r\n"), FLAT.replace("\n", "\r\n"), id="crlf"
        ),
        pytest.param(wrapped(65, end=" \n"), FLAT, id="flowed"),
        pytest.param(
            wrapped(65, gap="\n", first="   "), "   " + LINES.replace("\n", "\n   "), id="indents"
        ),
        pytest.param(
            wrapped(65, first="    ", rest="    "),
            "    " + FLAT.replace("\n\n", "\n\n    "),
            id="a margin",
        ),
        pytest.param(
            wrapped(65, first="- ", rest="  "), "- " + FLAT.replace("\n\n", "\n\n- "), id="items"
        ),
        pytest.param("Ramp stays shut\n" + wrapped(65), "Ramp stays shut\n" + FLAT, id="headline"),
        pytest.param(LINES + "\n\n" + wrapped(65), LINES + "\n\n" + FLAT, id="long lines too"),
    ],
)
def test_layouts_of_wrapped_text(text: str, expected: str) -> None:
    assert flat(text) == expected


@pytest.mark.parametrize(
    ("end", "start", "expected"),
    [
        ("the well-", "known baker from Cawdle", "the well-known baker"),
        ("the pre-", "and post-war baker from Cawdle", "the pre- and post-war baker"),
        ("the year –", "said the baker from Cawdle", "the year – said the baker"),
        ("the house of", "18 rooms is the baker's", "the house of 18 rooms"),
        ("THE HOUSE", "of the baker from Cawdle", "THE HOUSE of the baker"),
    ],
)
def test_what_stands_at_a_wrap(end: str, start: str, expected: str) -> None:
    upper = "x" * (64 - len(end)) + " " + end
    assert expected in flat(f"{wrapped(65)}\n\n{upper}\n{start}")


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("the end.", "Ida Marsh: No."),
        ("the end.", "- one thing is the repair"),
        ("of things", "* one thing is the repair"),
        ("the end.", "2. another thing is the repair"),
        ("of things", "   one thing is the repair"),
        ("a price of     12", "a further price of the repair"),
        ("of things", "a\tfurther\tprice"),
    ],
)
def test_what_begins_anew_below_a_full_line(end: str, start: str) -> None:
    upper = "x" * (64 - len(end)) + " " + end
    text = f"{wrapped(65)}\n\n{upper}\n{start}"
    assert flat(text) == f"{FLAT}\n\n{upper}\n{start}"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(FLAT, id="paragraphs"),
        pytest.param(LINES, id="paragraphs in lines"),
        pytest.param(LINES.lower(), id="small letters"),
        pytest.param("\n".join(LINES.split(". ")), id="a sentence a line"),
        pytest.param("She said that\nit was\nshut and\nthat they\nhad known", id="a poem"),
        pytest.param(
            "\n".join(f"- the ramp at pier {n} of the harbour" for n in range(9)), id="list"
        ),
        pytest.param(
            "\n".join(f"Pier {n} of the harbour at the county town" for n in range(9)),
            id="lines of one length",
        ),
        pytest.param(
            "\n".join("the harbour  pier one     12    14   9" for _ in range(9)), id="table"
        ),
        pytest.param(
            "Ida Marsh, the county's surveyor, at the ramp in\nCawdle on Tuesday", id="caption"
        ),
        pytest.param(
            "\n".join(f"Q: Is pier {n} of the old harbour safe?\nA: No." for n in range(9)),
            id="turns",
        ),
        pytest.param("\n" * 99, id="breaks"),
    ],
)
def test_what_is_not_wrapped(text: str) -> None:
    assert unwrapped(text) is None


@given(
    st.lists(st.text("ab-.“é\u0301", min_size=1, max_size=12), min_size=40, max_size=120),
    st.integers(45, 80),
    st.sampled_from(["\n", "\r\n", " \n", "\n \t"]),
)
def test_positions_lead_to_the_same_words(words: list[str], width: int, end: str) -> None:
    text = end.join(textwrap.wrap(" ".join(words), width))
    found = unwrapped(text)
    if found is None:
        return
    starts = np.array([n for n, c in enumerate(found.text) if not c.isspace()], np.int64)
    first, last = found.origin(starts, starts + 1)
    assert [text[s:e] for s, e in zip(first, last, strict=True)] == [found.text[s] for s in starts]
    back = [found.bounds(int(s), int(e)) for s, e in zip(first, last, strict=True)]
    assert back == [(s, s + 1) for s in starts]
