"""What is found, in which order, with which words marked, page by page."""

import random
import sqlite3
from collections.abc import Callable

import pytest

from sayso.errors import Ambiguous, NotInRecord, UsageError
from sayso.record import Record, search
from sayso.record.filters import Filters, covering
from sayso.record.search import Found
from tests.record.build import Said, reading

Search = Callable[..., Found]

BRIDGE = (
    "“The bridge is safe,” Ida Marsh said on Tuesday. “I’d take my own children across it.” "
    "Ruth Amberley thinks that the crossing will close. Residents said the bridge was ‘a "
    "disgrace’. Ida Marsh denied that she had promised a new bridge."
)


@pytest.fixture
def find(record: Record, db: sqlite3.Connection) -> Search:
    """Searches a record of three articles."""
    record.add(
        reading(
            BRIDGE,
            [
                Said(
                    content="“The bridge is safe,” … “I’d take my own children across it.”",
                    by="Ida Marsh",
                    cue="said",
                    date="2026-03-10",
                ),
                Said(
                    content="the crossing will close",
                    by="Ruth Amberley",
                    cue="thinks",
                    type="indirect",
                    said=False,
                    about=("Ida Marsh",),
                    confidence=0.4,
                ),
                Said(
                    content="the bridge was ‘a disgrace’",
                    by=[("residents", "unnamed")],
                    cue="said",
                    type="mixed",
                    date="2026-W11",
                ),
                Said(
                    content="she had promised a new bridge",
                    by="Ida Marsh",
                    cue="denied",
                    type="indirect",
                    denied=True,
                ),
            ],
            title="Bridge",
            date="2026-03-12",
            publisher="The Fen Courier",
            url="https://fen.example/1",
        )
    )
    record.add(
        reading(
            "Crème brûlée is “off the menu”, Pim de Vries told the Echo. John Marsh agreed it was.",
            [
                Said(content="Crème brûlée … “off the menu”", by="Pim de Vries", cue="told"),
                Said(content="it was", by="John Marsh", cue="agreed", type="indirect"),
            ],
            date="2025-12-31",
            publisher="Écho",
        )
    )
    record.add(reading("Nothing is known.", [Said(content="Nothing is known", type="indirect")]))
    return lambda words="", **filters: search.search(
        db,
        words,
        Filters(**{k: v for k, v in filters.items() if k not in ("limit", "page")}),
        **{k: v for k, v in filters.items() if k in ("limit", "page")},
    )


def texts(found: Found) -> list[str]:
    return [hit.text for hit in found.hits]


SAFE = "“The bridge is safe,” … “I’d take my own children across it.”"
DISGRACE = "the bridge was ‘a disgrace’"
PROMISED = "she had promised a new bridge"
CLOSE = "the crossing will close"
MENU = "Crème brûlée … “off the menu”"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("bridge", [DISGRACE, PROMISED, SAFE]),
        ("BRIDGE safe", [SAFE]),
        ('"bridge is"', [SAFE]),
        ('"safe I’d take"', [SAFE]),
        ("brid* NOT safe", [DISGRACE, PROMISED]),
        ("crossing OR safe", [CLOSE, SAFE]),
        ("denied", [PROMISED]),
        ("creme brulee", [MENU]),
        ('"‘off the menu’"', [MENU]),
        ("I'd", [SAFE]),
        ("said1", []),
        ("tuesday", []),
    ],
)
def test_words(words: str, expected: list[str], find: Search) -> None:
    assert texts(find(words)) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"by": ("Ida Marsh",)}, [PROMISED, SAFE]),
        ({"by": ("Dr Ruth Amberley MP",)}, [CLOSE]),
        ({"by": ("Amberley",)}, [CLOSE]),
        ({"by": ("Ruth Amberley", "Pim de Vries")}, [MENU, CLOSE]),
        ({"about": ("Ida Marsh",)}, [CLOSE]),
        ({"outlets": ("echo",)}, ["it was", MENU]),
        ({"types": ("mixed",)}, [DISGRACE]),
        ({"types": ("mixed", "direct"), "outlets": ("the fen courier",)}, [DISGRACE, SAFE]),
        ({"said": False}, [CLOSE]),
        ({"unnamed": True}, ["Nothing is known", DISGRACE]),
        ({"said": False, "min_confidence": 0.5}, []),
        ({"since": "2026-03-12", "types": ("mixed",)}, [DISGRACE]),
        ({"since": "2026-03-13"}, []),
        ({"until": "2025-12-31"}, ["it was", MENU]),
        ({"since": "2025-12-31", "until": "2026-03-11"}, ["it was", MENU]),
        ({"since": "2026-03-10", "dates": "said"}, [DISGRACE, SAFE]),
        ({"since": "2026-03-11", "dates": "said"}, [DISGRACE]),
        ({"until": "2026-03-09", "dates": "said"}, [DISGRACE]),
        ({"until": "2026-03-08", "dates": "said"}, []),
    ],
)
def test_filters(filters: dict[str, object], expected: list[str], find: Search) -> None:
    assert texts(find("", **filters)) == expected


def test_filters_and_words(find: Search) -> None:
    assert texts(find("bridge", by=("Ida Marsh",), types=("direct",))) == [SAFE]


def test_a_surname_that_several_have(find: Search) -> None:
    with pytest.raises(Ambiguous, match=r"Ida Marsh.*John Marsh"):
        find("bridge", by=("Marsh",))


def test_a_name_that_nobody_has(find: Search) -> None:
    with pytest.raises(NotInRecord, match="Ada Nobody"):
        find("bridge", by=("Ada Nobody",))


def test_a_hit(find: Search) -> None:
    (hit,) = find("safe said children").hits
    told = hit.to_dict()
    assert told | {"article": "…"} == {
        "article": "…",
        "statement": "s1",
        "title": "Bridge",
        "outlet": "The Fen Courier",
        "published": "2026-03-12",
        "url": "https://fen.example/1",
        "superseded": False,
        "speakers": [{"name": "Ida Marsh", "kind": "person"}],
        "type": "direct",
        "said": True,
        "denied": False,
        "said_on": "2026-03-10",
        "inside": None,
        "confidence": 0.9,
        "checked": None,
        "cue": [[32, 36]],
        "content": [[0, 21], [49, 86]],
        "text": SAFE,
        "marks": [[15, 19], [32, 36], [66, 74]],
        "according_to": None,
    }
    assert hit.id == f"{hit.article}/s1"


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("bridge OR crossing NOT disgrace", {"bridge", "crossing"}),
        ("cre*", {"Crème"}),
        ('"creme brulee" menu', {"Crème brûlée", "menu"}),
        ('"safe i d take"', {"safe", "I’d take"}),
        ('children "the crossing" OR child*', {"children"}),
    ],
)
def test_marks_are_of_the_articles_text(words: str, marked: set[str], find: Search) -> None:
    found = {mark.text for hit in find(words).hits for mark in hit.marks}
    assert found == marked


def test_a_newer_version_hides_the_older(record: Record, find: Search) -> None:
    changed = BRIDGE.replace("safe", "sound")
    record.add(reading(changed, [Said(content="The bridge is sound")], url="https://fen.example/1"))
    assert texts(find("bridge")) == ["The bridge is sound"]
    assert len(find("bridge", versions=True).hits) == 4
    assert [h.superseded for h in find("safe", versions=True).hits] == [True]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"words": "!!!"},
        {"words": "bridge", "limit": 0},
        {"since": "yesterday"},
        {"since": "2026-03-12", "until": "2026-03-11"},
        {"words": "bridge", "min_confidence": float("nan")},
        {"words": "bridge", "page": "nonsense"},
        {"words": "bridge", "page": "W10"},
        {"words": "bridge", "page": "é"},
        {"words": "bridge", "page": "W" * 20_000},
    ],
)
def test_wrong_questions(asked: dict[str, object], find: Search) -> None:
    with pytest.raises(UsageError):
        find(**asked)


# ---- pages


def _fill(record: Record, number: int) -> None:
    words = ["storm", "harbour", "ferry", "lamp", "gull"]
    draw = random.Random(number)
    lines = [
        " ".join(draw.choices(words, k=draw.randrange(1, 9))) + f" n{number}x{i}." for i in range(5)
    ]
    record.add(reading("\n".join(lines), [Said(content=line, type="indirect") for line in lines]))


@pytest.mark.parametrize("words", ["storm", "storm ferry", "storm OR gull", "sto* NOT lamp"])
def test_pages_are_one_ranking_and_stand_still(
    words: str, record: Record, db: sqlite3.Connection
) -> None:
    for number in range(12):
        _fill(record, number)
    whole = [hit.id for hit in search.search(db, words, limit=1000).hits]
    paged, page = [], None
    while True:
        found = search.search(db, words, limit=7, page=page)
        paged += [hit.id for hit in found.hits]
        page = found.next
        if page is None:
            break
        _fill(record, 100 + len(paged))
    assert len(paged) > 10
    assert paged == whole


def test_pages_without_words_go_to_the_end(
    record: Record, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "POOL", 8)
    monkeypatch.setattr(search, "_SCANNED", 8)
    for number in range(6):
        _fill(record, number)
    seen, page = 0, None
    while True:
        found = search.search(db, "", Filters(unnamed=True), limit=5, page=page)
        seen += len(found.hits)
        page = found.next
        if page is None:
            break
    assert seen == 30


def test_a_page_of_another_search(record: Record, db: sqlite3.Connection) -> None:
    for number in range(6):
        _fill(record, number)
    page = search.search(db, "storm", limit=2).next
    with pytest.raises(UsageError, match="another search"):
        search.search(db, "gull", limit=2, page=page)


def test_only_the_newest_hits_are_ranked(
    record: Record, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        _fill(record, number)
    every = search.search(db, "storm", limit=100)
    assert every.complete
    monkeypatch.setattr(search, "POOL", 10)
    some = search.search(db, "storm", limit=100)
    assert (some.matched, some.complete) == (10, False)


def test_the_rarer_word_counts_for_more(record: Record, db: sqlite3.Connection) -> None:
    for number in range(12):
        _fill(record, number)
    found = search.search(db, "storm OR n3x1", limit=3)
    assert "n3x1" in found.hits[0].text


@pytest.mark.parametrize(
    ("since", "until", "tokens"),
    [
        ("2018-03-05", "2018-03-07", ["m3"]),
        ("2018-11-05", "2019-02-07", ["m11", "m12", "m1", "m2"]),
        ("2018-01-01", "2018-12-31", ["y2018"]),
        ("2017-12-31", "2019-01-01", ["m12", "y2018", "m1"]),
        ("0001-01-01", "2019-01-01", []),
    ],
)
def test_covering_days_with_few_tokens(since: str, until: str, tokens: list[str]) -> None:
    assert list(covering(since, until, lambda y: f"y{y}", lambda _, m: f"m{m}")) == tokens
