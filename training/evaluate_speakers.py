"""How well speakers and dates are resolved where the statements themselves are given.

    python -m training.evaluate_speakers [--shared PATH] [--model en-fast] [--sets who/dev …]
        [--kinds] [--failures]

Hands the gold statements to `sayso.reader.speakers` and scores what comes back with
`who.py` and `checklist.py` of PATH/score. The model's own spans can only do worse; what is
missed here is the resolver's fault alone. `--kinds` hands it the gold kinds too, as a model
with perfect opinions would.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sayso.reader.dates import date_at
from sayso.reader.drafts import Bounds, Draft, RefusalDraft
from sayso.reader.models import DEFAULT, model, names
from sayso.reader.pipeline import Pipeline
from sayso.reader.speakers import resolve
from sayso.types import Article

SETS = ("who/dev", "bbc/dev", "fiction/dev", "wikinews/dev")
_QUOTES = "\"“”„«»‘’'"

Record = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--model", default=DEFAULT, choices=names())
    parser.add_argument("--sets", nargs="*", default=[*SETS, "checklist"])
    parser.add_argument("--kinds", action="store_true", help="hand over the gold kinds")
    parser.add_argument("--failures", action="store_true", help="print what is wrong")
    args = parser.parse_args()
    if not (args.shared / "score").is_dir():
        parser.error(f"{args.shared} has no folder score; give the right one by --shared")
    pipeline = Pipeline.load(model(args.model), threads=None)
    for name in args.sets:
        print(f"== {name}", flush=True)
        evaluate(pipeline, args.shared, name, kinds=args.kinds, failures=args.failures)


def evaluate(pipeline: Pipeline, shared: Path, name: str, *, kinds: bool, failures: bool) -> None:
    """Resolve one set and let its scorer print the figures."""
    gold = shared / "data" / f"{name}.jsonl"
    checklist = name == "checklist"
    scorer = shared / "score" / ("checklist.py" if checklist else "who.py")
    with tempfile.TemporaryDirectory() as folder:
        pred = Path(folder) / "pred.jsonl"
        with pred.open("w", encoding="utf-8") as out:
            for record in read(gold):
                statements = (
                    _of_case(record)
                    if checklist
                    else [s for s in record["attributions"] if s["content"]]
                )
                line = predict(pipeline, record, statements, kinds=kinds)
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        command = [sys.executable, str(scorer), str(gold), str(pred)]
        subprocess.run(command + ["--failures"] * failures, check=True)


def read(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def predict(pipeline: Pipeline, record: Record, statements: list[Record], *, kinds: bool) -> Record:
    """The article in the contract's shape: gold spans, resolved speakers and dates."""
    drafts = list(to_drafts(record["text"], statements, kinds=kinds))
    refusals = [
        RefusalDraft(span=(r["span"][0], r["span"][1]), kind=r["kind"])
        for r in record.get("refusals") or []
    ]
    article = Article(record["text"], title=record.get("title"), date=record.get("date"))
    _, _, sight = pipeline.drafts(article.text)
    found = resolve(article, drafts, refusals, sight, pipeline.judge)
    lines = [
        {
            "id": f"s{i}",
            "type": statement.get("type") or _type(record["text"], draft),
            "said": draft.said,
            "denied": draft.denied,
            "source": draft.source,
            "cue": draft.cue,
            "content": draft.content,
            "speakers": [speaker.to_dict() for speaker in speakers],
            "addressee": draft.addressee,
            "channel": draft.channel,
            "when": draft.when,
            "date": draft.when and date_at(article.text, draft.when, article.date),
            "inside": None if draft.inside is None else f"s{draft.inside}",
        }
        for i, (statement, draft, speakers) in enumerate(
            zip(statements, drafts, found.speakers, strict=True)
        )
    ]
    told = [
        {"span": r.span, "kind": r.kind, "speakers": [s.to_dict() for s in who]}
        for r, who in zip(refusals, found.refusers, strict=True)
    ]
    return {"id": record["id"], "statements": lines, "refusals": told}


def to_drafts(text: str, statements: list[Record], *, kinds: bool) -> Iterator[Draft]:
    index = {s["id"]: i for i, s in enumerate(statements) if "id" in s}
    for s in statements:
        near = (s["cue"] or s["content"])[0][0]
        kind = s["speakers"][0]["kind"] if kinds and s["speakers"] else None
        yield Draft(
            source=_spans(s["source"]),
            cue=_spans(s["cue"]),
            content=_spans(s["content"]),
            addressee=_near(text, s.get("addressee"), near),
            channel=_near(text, s.get("channel"), near),
            when=_near(text, s.get("when"), near),
            kind=kind,
            said=s.get("said", True),
            denied=s.get("denied", False),
            inside=index.get(s.get("inside")),
        )


def _spans(pairs: Iterable[Iterable[int]]) -> tuple[Bounds, ...]:
    return tuple((start, end) for start, end in pairs)


def _near(text: str, phrase: str | None, at: int) -> Bounds | None:
    """Where the words stand nearest to a place."""
    if not phrase:
        return None
    after, before = text.find(phrase, max(0, at - 300)), text.rfind(phrase, 0, at)
    found = [x for x in (after, before) if x >= 0]
    if not found:
        return None
    start = min(found, key=lambda x: abs(x - at))
    return start, start + len(phrase)


def _type(text: str, draft: Draft) -> str:
    quoted = [text[start] in _QUOTES for start, _ in draft.content]
    return "direct" if all(quoted) else "mixed" if any(quoted) else "indirect"


def _of_case(case: Record) -> list[Record]:
    """A checklist case's statements with spans instead of words."""
    found = []
    for i, s in enumerate(case["statements"]):
        content = list(_in_order(case["text"], s["content"]))
        at = s.get("cue_at", content[0][0])
        spans = {
            "source": _one(case["text"], s["source"], s.get("source_at"), at),
            "cue": _one(case["text"], s["cue"], s.get("cue_at"), at),
            "content": content,
        }
        outer = None if s["inside"] is None else str(s["inside"])
        found.append({**s, **spans, "id": str(i), "inside": outer, "denied": s["denied_saying"]})
    return found


def _in_order(text: str, pieces: Iterable[str]) -> Iterator[Bounds]:
    end = 0
    for piece in pieces:
        start = text.find(piece, end)
        end = start + len(piece)
        yield start, end


def _one(text: str, words: str | None, start: int | None, near: int) -> list[Bounds]:
    if words and start is not None:
        return [(start, start + len(words))]
    found = _near(text, words, near)
    return [found] if found else []


if __name__ == "__main__":
    main()
