"""The annotated articles that speakers are learnt from, as records of their files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.corpus import read_jsonl

Record = dict[str, Any]
Place = tuple[int, int]
SHARED = ("who", "bbc", "fiction")
HELD = "own-c"
"""Of these reports every second one is held out, to score what a content is about."""


@dataclass(frozen=True)
class Report:
    """An article with its statements; `whole` where every mention of everybody is annotated."""

    corpus: str
    record: Record
    whole: bool

    @property
    def text(self) -> str:
        text: str = self.record["text"]
        return text

    def meant(self, how: str) -> dict[Place, list[Record]]:
        """Each place with the entities that it means: of `names`, or of other `mentions`."""
        found: dict[Place, list[Record]] = {}
        for entity in self.record.get("entities", ()):
            for start, end in entity[how]:
                found.setdefault((start, end), []).append(entity)
        return found


def taught(shared: Path, own: Path) -> list[Report]:
    """All that may be learnt from."""
    return [
        *(
            Report(name, d, whole=False)
            for name in SHARED
            for d in _first(shared / f"data/{name}/train.jsonl")
        ),
        *(
            Report(path.stem, d, whole=True)
            for path in sorted(own.glob("own-*.jsonl"))
            for n, d in enumerate(read_jsonl(path))
            if path.stem != HELD or n % 2 == 0
        ),
        *(
            Report(path.stem, d, whole=False)
            for path in sorted(own.glob("corrections-*.jsonl"))
            for d in _first(path)
        ),
    ]


def whole(path: Path) -> list[Report]:
    """The reports of a file in which every mention of everybody is annotated."""
    return [Report(path.stem, d, whole=True) for d in read_jsonl(path)]


def held_out(own: Path) -> list[Report]:
    """The reports that nothing is learnt from."""
    return [
        Report(HELD, d, whole=True)
        for n, d in enumerate(read_jsonl(own / f"{HELD}.jsonl"))
        if n % 2 == 1
    ]


def _first(path: Path) -> Iterator[Record]:
    """The articles of a file, each once."""
    seen = set()
    for d in read_jsonl(path):
        if d["id"] not in seen:
            seen.add(d["id"])
            yield d


def places(text: str, words: str) -> Iterator[Place]:
    """Where these words stand in a text, whole."""
    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        yield match.span()
