"""Which pairs of articles are copies of one."""

from typing import Any

import pyarrow as pa
import pytest

from sayso.lake.same.articles import Articles

PARAGRAPHS = [
    "The Dean of Stonechester said on Tuesday that the Cathedral would close its cloisters to "
    "the film company of Lowther, which had worked there for 19 nights.",
    "A letter that was signed by 212 neighbours had asked for quiet, and the trust of Beatrice "
    "Halloran had promised that the lamps would be out by midnight.",
    "The surveyor Thea Lindley found in January that heat from 14 lamps might open joints in the "
    "stone which had been quiet for 600 years, and she told the trustees so.",
    "Percy Adeane, who has lived in the close since he was a chorister in 1951, thought that the "
    "light helped him to find his keys, and that nobody had asked his opinion.",
    "The Council for Historic Churches was aware of the concern, it said, and would ask the trust "
    "what had been agreed with the company before the work goes on in October.",
]
WHOLE = "\n\n".join(PARAGRAPHS)


def same(a: str, b: str, *, later: str | None = "2026-03-13") -> bool:
    kind = Articles()
    common: dict[str, Any] = {"title": "T", "url": None, "publisher": "Lantern"}
    rows = [
        {"row": "a", "date": "2026-03-12", "text": a} | common,
        {"row": "b", "date": later, "text": b} | common,
    ]
    ready = pa.Table.from_struct_array(
        kind.prepared(pa.Table.from_pylist(rows).select(list(kind.columns)))
    )
    pair = sorted(ready.column("number").to_pylist())
    return bool(list(kind.edges([(pair[0], pair[1])], ready, frozenset())))


@pytest.mark.parametrize(
    "copy",
    [
        WHOLE,
        WHOLE.replace("\n\n", " ").upper(),
        "\n\n".join(PARAGRAPHS[:2]),
        "\n\n".join(["It is quiet again in the close, or so the Dean hopes.", *PARAGRAPHS[1:]]),
        f"STONECHESTER (Corvid News) – {WHOLE}\n\nReporting by Corvid News",
        "\n\n".join([*PARAGRAPHS[:2], *PARAGRAPHS[3:]]),
    ],
)
def test_copies(copy: str) -> None:
    assert same(WHOLE, copy)
    assert same(copy, WHOLE, later=None)


@pytest.mark.parametrize(
    "other",
    [
        f"{' '.join(f'Bell {n} rang.' for n in range(90))}\n\n{PARAGRAPHS[4]}",
        WHOLE.replace("19", "7").replace("212", "90").replace("14", "3").replace("600", "44")
        .replace("1951", "1960").replace("Stonechester", "Ambleford").replace("Lowther", "Finch")
        .replace("Beatrice Halloran", "Ida Marsh").replace("Thea Lindley", "Ben Okoro")
        .replace("Cathedral", "Abbey").replace("January", "June").replace("October", "May")
        .replace("Dean", "Rector").replace("Historic Churches", "Old Buildings"),
    ],
)  # fmt: skip
def test_others(other: str) -> None:
    assert not same(WHOLE, other)


def test_a_copy_of_another_season_is_a_reprint() -> None:
    assert not same(WHOLE, WHOLE, later="2026-09-01")
