"""What nobody has looked at, the most doubtful first."""

import pytest

from sayso import Record, errors
from sayso.record.doubtful import Doubts
from tests.record.build import Said, reading

QUAY = reading(
    "“The quay is closed,” said Ida Marsh. Ben Okoro hopes that it will open. "
    "“No,” said Ida Marsh.",
    [
        Said(content="“The quay is closed,”", by="Ida Marsh", cue="said", confidence=0.9),
        Said(content="that it will open", by="Ben Okoro", cue="hopes", confidence=0.3),
        Said(content="“No,”", by="Ida Marsh", confidence=0.3),
    ],
    publisher="The Lantern",
    url="https://lantern.example/quay",
    date="2026-03-01",
)  # fmt: skip
TOLL = reading(
    "Ben Okoro said the toll is fair.",
    [Said(content="the toll is fair", by="Ben Okoro", cue="said", confidence=0.5)],
    publisher="The Echo",
)  # fmt: skip


@pytest.fixture
def keys(record: Record) -> tuple[str, str]:
    """The keys of QUAY and TOLL."""
    return record.add(QUAY).key, record.add(TOLL).key


def waiting(record: Record, **doubts: object) -> list[str]:
    return [each.reference for each in record.waiting(Doubts(**doubts))]  # type: ignore[arg-type]


def test_the_most_doubtful_come_first_and_equals_in_their_order(
    record: Record, keys: tuple[str, str]
) -> None:
    quay, toll = keys
    assert waiting(record) == [f"{quay}/s2", f"{quay}/s3", f"{toll}/s1", f"{quay}/s1"]
    assert record.waiting_left() == 4


@pytest.mark.parametrize(
    ("doubts", "found"),
    [
        ({"below": 0.5}, ["quay/s2", "quay/s3"]),
        ({"outlet": "the echo"}, ["toll/s1"]),
        ({"by": "Ida Marsh"}, ["quay/s3", "quay/s1"]),
        ({"article": "https://lantern.example/quay"}, ["quay/s2", "quay/s3", "quay/s1"]),
        ({"by": "Ben Okoro", "outlet": "The Lantern"}, ["quay/s2"]),
        ({"by": "Ida Marsh", "outlet": "The Echo"}, []),
    ],
)
def test_they_are_narrowed_by_what_is_asked(
    record: Record, keys: tuple[str, str], doubts: dict[str, object], found: list[str]
) -> None:
    names = [each.replace("quay", keys[0]).replace("toll", keys[1]) for each in found]
    assert waiting(record, **doubts) == names
    assert record.waiting_left(Doubts(**doubts)) == len(found)  # type: ignore[arg-type]
    assert [hit.id for hit in record.doubtful_page(Doubts(**doubts)).shown] == names  # type: ignore[arg-type]


def test_what_somebody_has_looked_at_waits_no_more(record: Record, keys: tuple[str, str]) -> None:
    quay, toll = keys
    record.right(f"{quay}/s2", who="Nora")
    record.wrong(f"{quay}/s3", who="Nora")
    made = record.attribute(f"{toll}/s1", ["Ida Marsh"], who="Nora")
    assert waiting(record) == [f"{quay}/s1"]
    assert record.waiting_place(f"{quay}/s2") is None
    assert record.waiting_place(f"{quay}/s3") is None
    record.undo_correction(made.id)
    assert waiting(record) == [f"{toll}/s1", f"{quay}/s1"]


def test_an_older_version_of_an_article_does_not_wait(
    record: Record, keys: tuple[str, str]
) -> None:
    record.add(
        reading("“Open,” said Ida Marsh.", [Said(content="“Open,”", by="Ida Marsh")],
                url="https://lantern.example/quay", date="2026-03-02")
    )  # fmt: skip
    assert not any(each.startswith(keys[0]) for each in waiting(record))
    assert record.waiting_left() == 2


def test_those_after_a_place_are_those_that_come_later(
    record: Record, keys: tuple[str, str]
) -> None:
    every = waiting(record)
    for n, each in enumerate(every):
        after = record.waiting_place(each)
        assert [w.reference for w in record.waiting(after=after)] == every[n + 1 :]
    (first,) = record.waiting(limit=1)
    assert [w.reference for w in record.waiting(after=first.place)] == every[1:]


def test_pages_of_the_list_are_the_list(record: Record, keys: tuple[str, str]) -> None:
    found, page = [], None
    while True:
        some = record.doubtful_page(limit=3, page=page)
        found += [hit.id for hit in some.shown]
        if (page := some.next) is None:
            break
    assert found == waiting(record)


@pytest.mark.parametrize("token", ["x", "WyJhIl0", "W10", "bnVsbA"])
def test_what_is_no_place_is_refused(record: Record, keys: tuple[str, str], token: str) -> None:
    with pytest.raises(errors.UsageError):
        record.waiting(after=token)


@pytest.mark.parametrize("doubts", [{"by": "Nobody Atall"}, {"outlet": "The Moon"}])
def test_a_name_that_is_not_there_is_told(
    record: Record, keys: tuple[str, str], doubts: dict[str, str]
) -> None:
    with pytest.raises(errors.Unmatched):
        record.waiting(Doubts(**doubts))  # type: ignore[arg-type]


@pytest.mark.parametrize("below", [0, -1, 1.5, float("nan")])
def test_what_is_no_confidence_is_refused(below: float) -> None:
    with pytest.raises(errors.UsageError):
        Doubts(below=below)


@pytest.mark.parametrize(
    "doubts", [Doubts(), Doubts(below=0.5), Doubts(outlet="The Lantern"), Doubts(by="Ida Marsh")]
)
def test_the_index_gives_them_in_order_without_the_table(
    record: Record, keys: tuple[str, str], doubts: Doubts
) -> None:
    asked: list[str] = []
    record.db.set_trace_callback(asked.append)
    record.waiting(doubts)
    record.db.set_trace_callback(None)
    (query,) = [each for each in asked if "ORDER BY s.confidence" in each]
    plan = [row["detail"] for row in record.db.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert any("s USING COVERING INDEX statement_unchecked" in step for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)
