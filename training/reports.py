"""The annotated articles that speakers are learnt from, as records of their files."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from sayso.errors import SaysoError
from training.corpus import read_jsonl

Record = dict[str, Any]
Place = tuple[int, int]
SHARED = ("who", "bbc", "fiction")
HELD = "own-c"
"""Of these reports every second one is held out, to score what a content is about."""
REFERENCES = "references.jsonl"
"""Whom references mean in articles whose texts are elsewhere: places alone."""
_READ = {"polnear": "polnear/train", "unlabelled": "unlabelled/bbc"}
"""The files of articles whose statements are a model's reading, by corpus."""


class TextMissing(SaysoError):
    """A text is not there whose references are annotated."""

    code = "text_missing"


@dataclass(frozen=True)
class Report:
    """An article with its statements; `whole` where every mention of everybody is annotated.

    `means` holds some places, each with whom it means: nobody where that is nobody told of
    elsewhere. `read` is true where the statements are a model's, and tell of no speakers.
    """

    corpus: str
    record: Record
    whole: bool
    means: Mapping[Place, Sequence[Record]] = field(default_factory=dict)
    read: bool = False

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
    """All reports with speakers that may be learnt from."""
    articles = [(name, d) for name in SHARED for d in _first(shared / f"data/{name}/train.jsonl")]
    marked = _marked(own, SHARED, (d["text"] for _, d in articles))
    return [
        *(
            Report(name, d, whole=False, means=_meaning(marked.get(digest(d["text"])), d["text"]))
            for name, d in articles
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


def referring(shared: Path, own: Path) -> list[Report]:
    """Articles of whose references some are annotated, and of whose speakers none."""
    paths = {corpus: shared / f"data/{name}.jsonl" for corpus, name in _READ.items()}
    articles = {
        digest(d["text"]): (corpus, d)
        for corpus, path in paths.items()
        if path.exists()
        for d in _first(path)
    }
    found = []
    for key, marked in _marked(own, _READ, (d["text"] for _, d in articles.values())).items():
        corpus, d = articles[key]
        record = d | {"attributions": marked["attributions"]}
        found.append(Report(corpus, record, False, _meaning(marked, d["text"]), read=True))
    return found


def _marked(own: Path, corpora: Collection[str], texts: Iterable[str]) -> dict[str, Record]:
    """What is annotated of the references in some corpora, by the digests of their texts."""
    path = own / REFERENCES
    if not path.exists():
        return {}
    found = {d["digest"]: d for d in read_jsonl(path) if d["corpus"] in corpora}
    missing = len(found.keys() - set(map(digest, texts)))
    if missing:
        raise TextMissing(f"{missing} of the texts whose references are in {path} are not there")
    return found


def _meaning(marked: Record | None, text: str) -> dict[Place, list[Record]]:
    """Each place that is annotated, with those that it means."""
    return {
        (start, end): [_entity([text[a:b] for a, b in places]) for places in means]
        for start, end, means in (marked["meant"] if marked else ())
    }


def digest(text: str) -> str:
    """By which a text is known again."""
    return sha256(text.encode()).hexdigest()[:16]


def _entity(names: Sequence[str]) -> Record:
    """One who is called by some words. Whether a body or a person is not told: a scorer takes
    names of either by the letter, and descriptions by their words."""
    kind = "person" if names[0][:1].isupper() else "unnamed"
    return {"name": names[0], "accept": names[1:], "kind": kind}


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
