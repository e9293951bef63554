"""Whether as much is read in a text laid out otherwise, quoted otherwise, with other names.

    python -m training.invariances --shared ../shared [--model en-fast]

Reads bbc, fiction and wikinews as they are and changed, prints what stays the same as tables, and
writes them into docs/. Layout and marks: a statement is the same where nine tenths of its
content's letters are, carried back to the text as it was, and its speakers have the same names.
Names: gold is changed along with the text, and who.py scores the speakers in both.
"""

import argparse
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from sayso.reader import Reader
from sayso.reader.models import names
from sayso.types import Article
from training.evaluate import Read
from training.publish import fill
from training.renaming import Record, origins, renamed
from training.rewriting import STYLES, Rewritten, relaid, requoted
from training.tying import Scorer, pairing, scorer

SETS = ("bbc", "fiction", "wikinews")
ALIKE = 0.9
"""What contents share of their letters, to be the same."""
PAGE = Path("docs/invariances.md")

Way = Callable[[str], Rewritten]
WAYS: Mapping[str, Way] = {
    "paragraphs wrapped at 72 columns": partial(relaid, width=72),
    "no blank lines between paragraphs": partial(relaid, gap="\n"),
    "two blank lines between paragraphs": partial(relaid, gap="\n\n\n"),
    **{f"quotation marks: {name}": partial(requoted, style=s) for name, s in STYLES.items()},
}

Statement = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A report of a dev set, and the statements that were read in it."""

    record: Record
    statements: Sequence[Statement]


class Kept(NamedTuple):
    """Statements of some texts before and after a change, and how many of them are the same."""

    texts: int = 0
    before: int = 0
    after: int = 0
    contents: int = 0
    whole: int = 0
    """Those whose speakers are the same too."""

    def share(self, same: int) -> float | None:
        """As an F1: a statement that is gone and one that is new count alike."""
        whole = self.before + self.after
        return 2 * same / whole if whole else None


class Right(NamedTuple):
    """Statements that are matched with gold's, and those of them with the right speakers."""

    matched: int = 0
    right: int = 0

    @property
    def accuracy(self) -> float | None:
        return self.right / self.matched if self.matched else None


def told(read: Read, record: Record) -> Told:
    article = Article(
        record["text"],
        id=record["id"],
        title=record.get("title"),
        date=record.get("date"),
        publisher=record.get("publisher"),
    )
    return Told(record, read(article).to_dict()["statements"])


def kept(score: Scorer, read: Read, way: Way, before: Iterable[Told]) -> Kept:
    """What stays the same when texts are rewritten. Those that the way leaves as they are have
    no part in it.
    """
    found = []
    for one in before:
        text = way(one.record["text"])
        if text.text != one.record["text"]:
            title = _title(one.record, way)
            after = told(read, {**one.record, "text": text.text, "title": title})
            found.append(compared(score, one, [_back(s, text) for s in after.statements]))
    return _all_kept(found)


def _title(record: Record, way: Way) -> str | None:
    """The title with the same marks as the text; it stays on one line."""
    title = record.get("title")
    return title and " ".join(way(title).text.split())


def _back(statement: Statement, text: Rewritten) -> Statement:
    roles = ("source", "cue", "content")
    return {**statement, **{role: text.origin(statement[role]) for role in roles}}


def compared(score: Scorer, before: Told, after: Sequence[Statement]) -> Kept:
    """Two readings of one text, as it was and carried back to it."""
    same = [
        _names(a.given) == _names(b.given)
        for a, b in pairing(score, before.record, before.statements, after).pairs()
        if score.iou(a.content, b.content) >= ALIKE
    ]
    return Kept(1, len(before.statements), len(after), len(same), sum(same))


def _names(statement: Statement) -> list[list[str]]:
    """The speakers' names as words: a mark within one may have changed its style."""
    return sorted(re.findall(r"\w+", speaker["name"] or "") for speaker in statement["speakers"])


def _all_kept(some: Iterable[Kept]) -> Kept:
    return Kept(*map(sum, zip(*some, strict=True)))


def right(who: Scorer, some: Iterable[Told]) -> Right:
    """How many speakers who.py finds right."""
    gold, pred = {}, {}
    for one in some:
        gold[one.record["id"]] = one.record
        pred[one.record["id"]] = {"attributions": one.statements}
    found, _ = who.evaluate(gold, pred)
    return Right(found["matched"], round(found["matched"] * found["speaker accuracy"]))


def report(read: Read, shared: Path) -> str:
    """Both tables."""
    score, who = scorer(shared), scorer(shared, "who")
    sets = [
        [told(read, g) for g in score.read_articles(shared / f"data/{name}/dev.jsonl").values()]
        for name in SETS
    ]
    ways = {name: [kept(score, read, way, before) for before in sets] for name, way in WAYS.items()}
    swaps = {
        origin.name: [
            right(who, (told(read, renamed(one.record, origin)) for one in before))
            for before in sets
        ]
        for origin in origins()
    }
    return f"{ways_table(ways)}\n\n{swaps_table([right(who, s) for s in sets], swaps)}"


def ways_table(ways: Mapping[str, Sequence[Kept]]) -> str:
    """The shares of statements that stay the same, in each set and in all."""
    lines = [
        f"| change | texts | statements | {' | '.join(SETS)} | all | contents alone |",
        "|---" * (len(SETS) + 5) + "|",
    ]
    for name, by_set in ways.items():
        total = _all_kept(by_set)
        shares = [k.share(k.whole) for k in (*by_set, total)] + [total.share(total.contents)]
        lines.append(f"| {name} | {total.texts} | {total.before} | {_cells(shares)} |")
    return "\n".join(lines)


def swaps_table(before: Sequence[Right], swaps: Mapping[str, Sequence[Right]]) -> str:
    """Speaker accuracy in each set and in all, by the origin of the names; the largest fall."""
    lines = [f"| names | {' | '.join(SETS)} | all | points |", "|---" * (len(SETS) + 3) + "|"]
    whole = _accuracy(before)
    lines.append(f"| as they are | {_cells([*(r.accuracy for r in before), whole])} | |")
    points = {name: 100 * (_accuracy(by_set) - whole) for name, by_set in swaps.items()}
    for name, by_set in swaps.items():
        cells = _cells([*(r.accuracy for r in by_set), _accuracy(by_set)])
        lines.append(f"| {name} | {cells} | {_signed(points[name])} |")
    worst = min(points, key=points.__getitem__)
    return "\n".join([*lines, "", f"The worst: {worst}, {_signed(points[worst])} points."])


def _accuracy(by_set: Sequence[Right]) -> float:
    return Right(*map(sum, zip(*by_set, strict=True))).accuracy or 0.0


def _cells(shares: Iterable[float | None]) -> str:
    return " | ".join("–" if share is None else f"{share:.3f}" for share in shares)


def _signed(points: float) -> str:
    return f"{round(points, 1) + 0.0:+.1f}".replace("-", "−")


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--model", choices=names(), help="all of them, if none is named")
    args = ap.parse_args()
    for name in [args.model] if args.model else names():
        tables = report(Reader(name).read, args.shared)
        fill(PAGE, name, tables)
        print(f"{name}\n\n{tables}\n")


if __name__ == "__main__":
    main()
