"""How well the reader tells whom a content is about, on reports of our own that are held out.

    python -m training.about [--shared ../shared] [--model en-fast]

Gold are the people and bodies with names, and others that speak, whom a content mentions by
name, by a pronoun of the third person, by a description or as the source of what is within.
Predicted statements are paired with gold ones as `score.py` does; F1 counts each entity of each
pair.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.reader import Reader
from sayso.reader.models import DEFAULT, names
from sayso.reader.speakers import phrases
from sayso.types import Article, Reading
from training.reports import Record, Report, held_out
from training.tying import Scorer, pairing, scorer

OWN = Path("training/data")
_NAMED = ("person", "organisation")
_FIRST = phrases.FIRST | phrases.SECOND


@dataclass(frozen=True)
class Counts:
    """Entities that are mentioned, that are told, and that are both; of so many statements."""

    gold: int = 0
    told: int = 0
    both: int = 0
    statements: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.gold + other.gold,
            self.told + other.told,
            self.both + other.both,
            self.statements + other.statements,
        )

    @property
    def f1(self) -> float:
        return 2 * self.both / max(1, self.gold + self.told)


def mentioned(report: Report, content: Iterable[Sequence[int]]) -> list[Record]:
    """The entities that a content mentions, each once."""
    spans = [tuple(span) for span in content]

    def within(start: int, end: int) -> bool:
        return any(low <= start and end <= high for low, high in spans)

    return [
        entity
        for entity in _entities(report.record)
        if (entity["kind"] in _NAMED and entity["names"]) or entity["speaks"]
        if any(within(*place) for place in _places(report.text, entity))
    ]


def _entities(record: Record) -> list[Record]:
    """Those of a report, with the names that are accepted of each as a speaker and the sources
    that mean it, and who speaks without being among them."""
    found = [_blank() | entity for entity in record["entities"]]
    known = {entity["name"]: entity for entity in reversed(found)}
    for statement in record["attributions"]:
        for speaker in statement["speakers"]:
            if speaker["name"] not in known:
                known[speaker["name"]] = _blank() | {"name": speaker["name"]}
                found.append(known[speaker["name"]])
            entity = known[speaker["name"]]
            entity["speaks"] = True
            entity["accept"] += speaker.get("accept") or ()
            entity["sources"] += statement["source"]
    return found


def _blank() -> Record:
    """What an entity has that nothing tells of."""
    lists = {field: [] for field in ("names", "mentions", "sources", "accept")}
    return {"kind": "unnamed", "speaks": False, **lists}


def _places(text: str, entity: Record) -> Iterator[Sequence[int]]:
    yield from entity["names"]
    for start, end in (*entity["mentions"], *entity["sources"]):
        if text[start:end].casefold() not in _FIRST:
            yield start, end


def count(report: Report, reading: Reading, score: Scorer, who: Scorer) -> Counts:
    """Of one report, what is told rightly."""
    gold = [a for a in report.record["attributions"] if a["content"]]
    told = [_told(statement) for statement in reading.statements]
    known = {entity.id: entity.name for entity in reading.entities}
    total = Counts()
    for i, j in pairing(score, report.record, gold, told).tied.items():
        wanted = mentioned(report, gold[i]["content"])
        found = [known[id] for id in reading.statements[j].about]
        both = _matches(wanted, found, who)
        total += Counts(len(wanted), len(found), both, 1)
    return total


def _told(statement: Any) -> Record:
    return {
        role: [span.to_list() for span in getattr(statement, role)]
        for role in ("source", "cue", "content")
    }


def _matches(wanted: Sequence[Record], found: Sequence[str], who: Scorer) -> int:
    left, both = list(found), 0
    for entity in wanted:
        hit = next((name for name in left if _same(entity, name, who)), None)
        if hit is not None:
            left.remove(hit)
            both += 1
    return both


def _same(entity: Record, name: str, who: Scorer) -> bool:
    return bool(who.same_speaker(entity, {"name": name}))


def evaluate(read: Callable[[Article], Reading], shared: Path, reports: Iterable[Report]) -> Counts:
    """Over reports in which all mentions are annotated."""
    score, who = scorer(shared), scorer(shared, "who")
    total = Counts()
    for report in reports:
        d = report.record
        article = Article(report.text, id=d["id"], title=d.get("title"), date=d.get("date"))
        total += count(report, read(article), score, who)
    return total


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--model", default=DEFAULT, choices=names())
    args = ap.parse_args()
    total = evaluate(Reader(args.model).read, args.shared, held_out(OWN))
    print(
        f"about: F1 {total.f1:.3f}; {total.gold} gold, {total.told} told, {total.both} both, "
        f"in {total.statements} statements"
    )


if __name__ == "__main__":
    main()
