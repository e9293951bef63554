"""Score a model on every dev set of ../shared and print the table.

python -m training.evaluate --shared ../shared                     # the installed model
python -m training.evaluate --shared ../shared --runs runs/en-fast   # a run, in torch
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sayso.reader import Reader
from sayso.types import Article, Reading
from training import about
from training.reports import held_out, whole

SETS = ("polnear", "bbc", "fiction", "wikinews", "ordinary")
SPOKEN = ("who", "bbc", "fiction", "wikinews", "ordinary")
TYPES = ("direct", "mixed", "indirect")
CASES = {
    "cases": (Path("training/data/cases.jsonl"), 140),
    "later cases": (Path("training/data/cases-later.jsonl"), 160),
}
"""Cases like the checklist's, by people who had not seen the reader's code, and how many."""
ORDINARY = Path("training/data/ordinary.jsonl")
"""Twelve everyday reports, by people who had not seen the code; nothing learns from them."""
LAYERS = (
    "content + speaker",
    "addressee",
    "channel",
    "when",
    "date",
    "thoughts",
    "by",
    "refusals",
)
ROWS = ("content partial", "content exact", "content partial + source", "all exact")

Read = Callable[[Article], Reading]


def evaluate(
    read: Read, shared: Path, out: Path, only: Iterable[str] | None = None
) -> dict[str, Any]:
    """{set: what score.py, who.py, checklist.py or `training.about` says of it}; the
    predictions stay in `out`."""
    scores: dict[str, Any] = {}
    read = _once(read)
    for name in dict.fromkeys((*SETS, *SPOKEN)):
        if only and name not in only:
            continue
        gold = gold_of(shared, name)
        pred = _predict(read, gold, out / f"{name}.jsonl")
        if name in SETS:
            scores[name] = _run(shared, "score.py", gold, pred)
        if name in SPOKEN:
            scores[f"who {name}"] = _run(shared, "who.py", gold, pred)
    if not only or "checklist" in only:
        gold = shared / "data/checklist.jsonl"
        scores["checklist"] = _run(
            shared, "checklist.py", gold, _predict(read, gold, out / "checklist.jsonl")
        )
    for name, (gold, _) in CASES.items():
        if not only or name in only:
            pred = _predict(read, gold, out / gold.name)
            scores[name] = _run(shared, "checklist.py", gold, pred)
    if not only or "about" in only:
        scores["about"] = asdict(about.evaluate(read, shared, held_out(about.OWN)))
        scores["about ordinary"] = asdict(about.evaluate(read, shared, whole(ORDINARY)))
    return scores


def gold_of(shared: Path, dev: str) -> Path:
    """The annotated articles of a set."""
    return ORDINARY if dev == "ordinary" else shared / f"data/{dev}/dev.jsonl"


def _once(read: Read) -> Read:
    """Reads no article twice: `who` has some of `polnear` again."""
    known: dict[tuple[object, ...], Reading] = {}

    def once(article: Article) -> Reading:
        key = (article.id, article.text, article.title, article.date, article.publisher)
        if key not in known:
            known[key] = read(article)
        return known[key]

    return once


def _predict(read: Read, gold: Path, pred: Path) -> Path:
    with open(gold, encoding="utf-8") as lines, open(pred, "w", encoding="utf-8") as to:
        seen = set()
        for d in map(json.loads, lines):
            if d["id"] in seen:
                continue
            seen.add(d["id"])
            article = Article(
                d["text"],
                id=d["id"],
                title=d.get("title"),
                date=d.get("date"),
                publisher=d.get("publisher"),
            )
            to.write(json.dumps(read(article).to_dict(), ensure_ascii=False) + "\n")
    return pred


def _run(shared: Path, script: str, gold: Path, pred: Path) -> Any:
    command = [sys.executable, str(shared / "score" / script), str(gold), str(pred), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def table(scores: dict[str, Any]) -> str:
    """The scores as Markdown tables: of statements, of who speaks, of the checklist."""
    parts = (_statements(scores), _spoken(scores), _about(scores), _checklist(scores))
    return "\n\n".join(filter(None, parts))


def statements(scores: dict[str, Any]) -> str:
    """The table of statements, and the checklist."""
    return "\n\n".join(filter(None, (_statements(scores), _checklist(scores))))


def _statements(scores: dict[str, Any]) -> str:
    lines = _rows(("dev set", *ROWS, "recall direct / mixed / indirect"))
    for name in SETS:
        if name in scores:
            s = scores[name]
            recall = [f"{s['recall by type'][t]['content']:.3f}" for t in TYPES]
            lines += _row((name, *(f"{s[r]['f1']:.3f}" for r in ROWS), " / ".join(recall)))
    return "\n".join(lines)


def _spoken(scores: dict[str, Any]) -> str:
    lines = _rows(("dev set", "speakers", "kind", "said", *LAYERS))
    for name in SPOKEN:
        if f"who {name}" in scores:
            s = scores[f"who {name}"]
            plain = [s.get(key) for key in ("speaker accuracy", "kind accuracy", "said accuracy")]
            cells = [*plain, *(s[layer]["f1"] if layer in s else None for layer in LAYERS)]
            lines += _row((name, *("–" if c is None else f"{c:.3f}" for c in cells)))
    return "\n".join(lines)


def _about(scores: dict[str, Any]) -> str:
    if "about" not in scores:
        return ""
    held, plain = (about.Counts(**scores[name]) for name in ("about", "about ordinary"))
    return (
        f"Whom contents are about: F1 {held.f1:.3f} in {held.statements} statements, "
        f"{plain.f1:.3f} in the {plain.statements} of the ordinary reports."
    )


def _checklist(scores: dict[str, Any]) -> str:
    if "checklist" not in scores:
        return ""
    told = f"Checklist: {round(80 * scores['checklist']['all'])} of 80 cases."
    own = [
        f"{round(many * scores[name]['all'])} of {many}"
        for name, (_, many) in CASES.items()
        if name in scores
    ]
    return told + f" Cases of our own like them: {' and '.join(own)}." * bool(own)


def _rows(heads: Sequence[str]) -> list[str]:
    return [*_row(heads), "|---" * len(heads) + "|"]


def _row(cells: Sequence[str]) -> list[str]:
    return ["| " + " | ".join(cells) + " |"]


def _trained(args: argparse.Namespace) -> Read:
    from training.torch_encoder import pipeline  # needs torch, which the tests' environment lacks

    return pipeline(args.runs, args.device, rounded=args.rounded).read


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--model", help="an installed model, the default one if none is named")
    ap.add_argument("--runs", type=Path, nargs="+", help="instead, the mean of runs, in torch")
    ap.add_argument("--rounded", action="store_true", help="runs reckon as they would in int8")
    ap.add_argument("--device", default="cpu", help="where runs reckon")
    ap.add_argument("--out", type=Path, help="folder for predictions and scores.json")
    ap.add_argument(
        "--only",
        nargs="*",
        choices=(*SETS, "who", "checklist", *CASES, "about"),
        help="some of them",
    )
    args = ap.parse_args()
    out = args.out or Path(tempfile.mkdtemp())
    out.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    read = _trained(args) if args.runs else Reader(args.model).read
    scores = evaluate(read, args.shared, out, args.only)
    (out / "scores.json").write_text(json.dumps(scores, indent=1), encoding="utf-8")
    print(table(scores))
    print(f"\n{time.monotonic() - begun:.0f} s; predictions in {out}", file=sys.stderr)


if __name__ == "__main__":
    main()
