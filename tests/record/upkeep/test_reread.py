"""A newer model over the record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pytest

from sayso import Article, EmptyText, Failure, Reading
from sayso.record import Record
from sayso.record.upkeep.reread import Reread, differences
from tests.record.build import Said, reading

TEXT = "“The bridge is safe,” said Ida Marsh. “I walked over it,” she added. He doubts it."
SAFE = Said(content="“The bridge is safe,”", by="Ida Marsh")
WALKED = Said(content="“I walked over it,”", by="Ida Marsh")
DOUBT = Said(content="He doubts it", by=[("He", "unnamed")], type="indirect", said=False)


@dataclass
class Rereader:
    """Reads what it is told to read, as the model `hand-2`."""

    statements: tuple[Said, ...] = (SAFE,)
    fails: frozenset[str] = frozenset()
    model: str = "hand-2"
    read: list[str] = field(default_factory=list)

    def read_many(
        self, articles: Iterable[Article | Failure], *, jobs: int = 1
    ) -> Iterator[Reading | Failure]:
        for article in articles:
            assert isinstance(article, Article)
            self.read.append(article.text)
            if article.text in self.fails:
                yield Failure(EmptyText("nothing to read"))
            else:
                yield reading(article.text, self.statements, model=self.model)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([SAFE, WALKED], [SAFE, WALKED], {"same": 2}),
        ([SAFE], [Said(content=SAFE.content, by="Tom Okoro")], {"speakers": 1}),
        ([SAFE], [Said(content="“The bridge is safe", by="Ida Marsh")], {"bounds": 1}),
        ([SAFE], [Said(content="bridge is safe,”", by="Ida Marsh")], {"bounds": 1}),
        ([SAFE], [SAFE, WALKED], {"same": 1, "new": 1}),
        ([SAFE, WALKED], [WALKED], {"same": 1, "gone": 1}),
        ([SAFE], [DOUBT], {"new": 1, "gone": 1}),
        ([], [], {}),
    ],
)
def test_what_changed(old: list[Said], new: list[Said], expected: dict[str, int]) -> None:
    found = differences(reading(TEXT, old).statements, reading(TEXT, new).statements)
    assert {name: number for name, number in found.items() if number} == expected


def test_each_article_is_read_once(record: Record) -> None:
    keys = [record.add(reading(f"{TEXT} {n}", [SAFE, WALKED])).key for n in range(3)]
    assert record.unread("hand-2") == 3
    reader = Rereader()
    done = list(record.reread(reader))
    assert done == [
        Reread(
            article=key,
            model_before="hand-1",
            model="hand-2",
            same=1,
            speakers=0,
            bounds=0,
            new=0,
            gone=1,
            orphans=0,
        )
        for key in keys
    ]
    assert list(record.reread(reader)) == []
    assert len(reader.read) == 3
    assert record.unread("hand-2") == 0
    assert list(record.fsck()) == []


def test_stopped_it_goes_on(record: Record) -> None:
    for n in range(3):
        record.add(reading(f"{TEXT} {n}", [SAFE]))
    first = record.reread(Rereader())
    next(first)
    first.close()  # type: ignore[attr-defined]
    assert record.unread("hand-2") == 2
    rest = Rereader()
    assert len(list(record.reread(rest))) == 2
    assert [text[-1] for text in rest.read] == ["1", "2"]


def test_what_can_t_be_read_keeps_its_reading(record: Record) -> None:
    keys = [record.add(reading(f"{TEXT} {n}", [SAFE])).key for n in range(3)]
    results = list(record.reread(Rereader(fails=frozenset({f"{TEXT} 1"}))))
    assert [isinstance(r, Failure) for r in results] == [False, True, False]
    assert isinstance(results[1], Failure)
    assert results[1].id == keys[1]
    assert [record.reading(key).model for key in keys] == ["hand-2", "hand-1", "hand-2"]
