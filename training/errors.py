"""What a model gets wrong on a dev set, sorted by kind, with examples, as Markdown.

python -m training.errors --shared ../shared --set bbc                     # the installed model
python -m training.errors --shared ../shared --set bbc --pred bbc.jsonl --kind "missed indirect"

Statements are tied as score.py ties them. A missed one is nested, cueless, or of the type that
the scorer gives it; "overlapping" where the reading has its words otherwise, cut or joined, and
"free" where it has nothing there; invented ones likewise, the other way round. A tied one counts
under each kind that applies to it; types are compared where contents are the same. The examples
are made of annotated news: what is written is not for the repository.
"""

import argparse
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import SaysoError
from sayso.reader import Reader
from training.evaluate import SETS, evaluate, gold_of
from training.tying import MATCH, ROLES, Chars, Pairing, Scorer, Told, pairing, scorer

AROUND = 100
LONGEST = 400

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~])")


class OtherArticles(SaysoError):
    """Predictions have no article in common with the dev set."""

    code = "articles"


@dataclass(frozen=True)
class Error:
    """One thing that is wrong in one article, with the statements concerned."""

    kind: str
    id: str
    text: str
    gold: tuple[Told, ...]
    read: tuple[Told, ...]


def compared(score: Scorer, shared: Path, dev: str, pred: Path) -> list[tuple[Any, Any, Any]]:
    """Each gold article with the gold and the predicted statements that the scorer compares.

    Raises OtherArticles where the predictions are for none of them.
    """
    gold = score.read_articles(gold_of(shared, dev))
    found = score.read_articles(pred, "statements")
    if not gold.keys() & found.keys():
        raise OtherArticles(f"{pred} has no article of {dev}: name the set that was read")
    return list(score.comparable(list(gold.values()), found))


def errors(score: Scorer, pairings: Iterable[Pairing]) -> Iterator[Error]:
    """All that is wrong, article by article; a tied statement can be wrong in several ways."""
    for p in pairings:
        for one, others in p.untied():
            yield Error(f"missed {missed(one)}, {_place(others)}", p.id, p.text, (one,), others)
        for one, others in p.flipped().untied():
            yield Error(f"invented {invented(one)}, {_place(others)}", p.id, p.text, others, (one,))
        for gold, read in p.pairs():
            for kind in wrong(score, gold, read):
                yield Error(kind, p.id, p.text, (gold,), (read,))


def _place(others: Sequence[Told]) -> str:
    return "overlapping" if others else "free"


def missed(gold: Told) -> str:
    if gold.nested:
        return "nested"
    return gold.type if gold.cue else "cueless"


def invented(read: Told) -> str:
    if read.nested:
        return "nested"
    return "outermost" if read.cue else "cueless"


def wrong(score: Scorer, gold: Told, read: Told) -> Iterator[str]:
    """The kinds of what is wrong with a statement that was found."""
    yield from (f"boundary, {how}" for how in bounds(gold.content, read.content))
    for role in ("source", "cue"):
        how = wording(score, getattr(gold, role), getattr(read, role))
        if how:
            yield f"wrong {role}, {how}"
    thought = gold.given.get("said")
    if thought is not None and thought != read.given.get("said"):
        yield "wrong said, " + ("said read as thought" if thought else "thought read as said")
    if gold.content == read.content and gold.type != read.type:
        yield f"wrong type, {gold.type} read as {read.type}"


def bounds(gold: Chars, read: Chars) -> Iterator[str]:
    """How the characters of a content that was found differ from gold's."""
    if gold == read:
        return
    begin, end = (min(gold), min(read)), (max(gold), max(read))
    if begin[0] != begin[1]:
        yield "begins late" if begin[0] < begin[1] else "begins early"
    if end[0] != end[1]:
        yield "ends early" if end[1] < end[0] else "ends late"
    within = range(max(begin) + 1, min(end))
    if any(c in within for c in read - gold):
        yield "hole filled"
    if any(c in within for c in gold - read):
        yield "hole made"


def wording(score: Scorer, gold: Chars, read: Chars) -> str | None:
    """How the words of a role differ from gold's; None where they are the same."""
    if gold == read:
        return None
    if not read:
        return "none given"
    if not gold:
        return "given where none is"
    return "other words" if score.iou(gold, read) < MATCH else "other bounds"


def report(
    title: str,
    pairings: Sequence[Pairing],
    found: Iterable[Error],
    kind: str = "",
    examples: int = 10,
    seed: int = 0,
) -> str:
    """Counts of every kind, largest first, then examples of those that begin with `kind`."""
    by_kind: dict[str, list[Error]] = defaultdict(list)
    for error in found:
        by_kind[error.kind].append(error)
    kinds = sorted(by_kind, key=lambda name: (-len(by_kind[name]), name))
    shown = [name for name in kinds if name.startswith(kind)] if examples else []
    lines = [f"# {title}", "", _summary(pairings), "", "| kind | count |", "|---|--:|"]
    lines += [f"| {name} | {len(by_kind[name])} |" for name in kinds]
    for name in shown:
        lines += ["", f"## {name} ({len(by_kind[name])})", ""]
        lines += _drawn(by_kind[name], examples, f"{seed} {name}")
    if examples and not shown:
        lines += ["", f"No kind of error here begins with “{kind}”."]
    return "\n".join(lines)


def _summary(pairings: Sequence[Pairing]) -> str:
    gold, read, tied = (
        sum(len(getattr(p, side)) for p in pairings) for side in ("gold", "read", "tied")
    )
    exact = sum(a.content == b.content for p in pairings for a, b in p.pairs())
    return (
        f"{gold} gold statements in {len(pairings)} articles, {read} read: {tied} matched "
        f"({exact} with the very content), {gold - tied} missed, {read - tied} invented."
    )


def _drawn(found: Sequence[Error], count: int, seed: str) -> Iterator[str]:
    drawn = random.Random(seed).sample(found, min(count, len(found)))
    for n, error in enumerate(drawn, 1):
        yield f"{n}. {_escaped(error.id)}: {_around(error)}"
        for side, statements in (("gold", error.gold), ("read", error.read)):
            yield from (f"   - {side}, {_shown(error.text, a)}" for a in statements)
            if not statements:
                yield f"   - {side}: nothing"


def _around(error: Error) -> str:
    """The text from a little before the statements concerned to a little after them."""
    ends = [
        end
        for told in (*error.gold, *error.read)
        for role in ROLES
        for span in told.given.get(role) or ()
        for end in span
    ]
    start, end = max(0, min(ends) - AROUND), max(ends) + AROUND
    return f"… {_line(error.text[start:end], 2 * LONGEST)} …"


def _shown(text: str, told: Told) -> str:
    """Type, said and confidence, then source | cue | content."""
    said = {True: "said", False: "thought", None: None}[told.given.get("said")]
    confidence = told.given.get("confidence")
    traits = [told.type, said, confidence if confidence is None else f"{confidence:.2f}"]
    roles = (" … ".join(text[s:e] for s, e in told.given.get(role) or ()) for role in ROLES)
    words = " | ".join(_line(role, LONGEST) or "–" for role in roles)
    return f"{', '.join(t for t in traits if t)}: {words}"


def _line(words: str, longest: int) -> str:
    """On one line, its middle cut out where it is long, and harmless in Markdown."""
    line = " ".join(words.split())
    if len(line) > longest:
        line = f"{line[: longest // 2]} […] {line[-longest // 2 :]}"
    return _escaped(line)


def _escaped(words: object) -> str:
    return _MARKUP.sub(r"\\\1", str(words))


def predicted(model: str | None, shared: Path, dev: str, out: Path) -> Path:
    """What an installed model reads in a dev set, in a file of `out`."""
    evaluate(Reader(model).read, shared, out, [dev])
    return out / f"{dev}.jsonl"


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--set", choices=SETS, required=True)
    read = ap.add_mutually_exclusive_group()
    read.add_argument("--pred", type=Path, help="predictions, as training.evaluate writes them")
    read.add_argument(
        "--model", help="an installed model instead, the default one if none is named"
    )
    ap.add_argument("--kind", default="", help="examples of the kinds that begin with this alone")
    ap.add_argument("--examples", type=int, default=10, help="how many of each kind")
    ap.add_argument("--seed", type=int, default=0, help="other examples")
    ap.add_argument("--out", type=Path, help="a Markdown file, outside the repository")
    args = ap.parse_args()
    score = scorer(args.shared)
    with tempfile.TemporaryDirectory() as out:
        pred = args.pred or predicted(args.model, args.shared, args.set, Path(out))
        articles = compared(score, args.shared, args.set, pred)
    pairings = [pairing(score, *article) for article in articles]
    title = f"Errors of {args.pred or args.model or 'the default model'} on {args.set}"
    found = errors(score, pairings)
    told = report(title, pairings, found, args.kind, args.examples, args.seed)
    if args.out:
        args.out.write_text(told + "\n", encoding="utf-8")
    else:
        print(told)


if __name__ == "__main__":
    main()
