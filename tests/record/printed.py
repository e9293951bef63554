"""The project's own reports as documents to check against, as the model `en` reads them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from sayso import Span, Speaker, Statement
from sayso.record.check.wording import Document

ROOT = Path(__file__).parents[2]
REPORTS = (ROOT / "src/sayso/demo/reports.jsonl", ROOT / "tests/golden/reports.jsonl")
READINGS = ROOT / "tests/golden/readings/en.jsonl"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def documents() -> dict[str, Document]:
    """By a report's id, its text with its statements."""
    texts = {report["id"]: report["text"] for path in REPORTS for report in lines(path)}
    read: dict[str, list[dict[str, Any]]] = {id: [] for id in texts}
    for statement in lines(READINGS):
        read[statement["report"]].append(statement)
    return {id: Document(text, _statements(text, read[id])) for id, text in texts.items()}


def _statements(text: str, read: list[dict[str, Any]]) -> tuple[Statement, ...]:
    def spans(pairs: list[list[int]]) -> tuple[Span, ...]:
        return tuple(Span(start, end, text[start:end]) for start, end in pairs)

    ids = {json.dumps(s["content"]): f"s{n}" for n, s in enumerate(read, start=1)}
    return tuple(
        Statement(
            id=f"s{n}",
            type=s["type"],
            said=s["said"],
            source=spans(s["source"]),
            cue=spans(s["cue"]),
            content=spans(s["content"]),
            speakers=tuple(
                Speaker(who["name"], who["kind"], by=tuple(who["by"])) for who in s["speakers"]
            ),
            date=s["date"],
            inside=s["inside"] and ids.get(json.dumps(s["inside"])),
            denied=s["denied"],
        )
        for n, s in enumerate(read, start=1)
    )
