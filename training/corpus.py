"""The annotated articles in one shape: spans of characters, and which layers were annotated."""

import json
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

Spans = tuple[tuple[int, int], ...]

KINDS = ("person", "organisation", "group", "document", "unnamed", "author", "none")
REFUSALS = ("declined", "no response", "approached")
ROLES = ("source", "cue", "content", "addressee", "channel", "when")

_NO_COMMENT = re.compile(
    r"(?:to )?(?:comment|be interviewed|respond|reply|elaborate)\b.{0,80}", re.I | re.S
)
_REFUSED = re.compile(r"declin|refus|not |n[’']t|unavailable", re.I)
_SILENT = re.compile(r"respond|repl|reach|return|unavailable", re.I)
_EDGE = " \t\r\n\u00a0\"'“”‘’«»`.,;:!?—–-…()[]"


@dataclass(frozen=True)
class Attribution:
    """A gold statement. None for a layer means: not annotated here, teach nothing."""

    source: Spans
    cue: Spans
    content: Spans
    addressee: Spans | None = None
    channel: Spans | None = None
    when: Spans | None = None
    said: bool | None = None
    denied: bool | None = None
    kind: str | None = None
    inside: int | None = None


@dataclass(frozen=True)
class Document:
    """An annotated article. `outermost`: what stands inside its contents is unknown."""

    id: str
    corpus: str
    text: str
    attributions: tuple[Attribution, ...]
    refusals: tuple[tuple[int, int, str], ...] = ()
    outermost: bool = False
    unknown: Spans = field(default=())
    """Stretches where nothing is taught: PolNeAR's discarded ones."""


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def polnear(shared: Path) -> list[list[Document]]:
    """PolNeAR's articles, each as the list of its annotators' copies; the who layer laid over."""
    who = {d["id"]: d for d in read_jsonl(shared / "data/who/train.jsonl")}
    copies: dict[str, list[Document]] = {}
    for d in read_jsonl(shared / "data/polnear/train.jsonl"):
        known = d["id"] in who and d["id"] not in copies
        layered = d | {"attributions": who[d["id"]]["attributions"]} if known else d
        doc = _document(layered, "polnear", outermost=True)
        copies.setdefault(d["id"], []).append(_without_refusals(doc))
    return list(copies.values())


def annotated(path: Path, corpus: str) -> list[Document]:
    """Reports in which everything is annotated: bbc, fiction, the project's own."""
    docs = [_document(d, corpus, outermost=False) for d in read_jsonl(path)]
    return [replace(_without_refusals(d), refusals=d.refusals) for d in docs]


def silver(shared: Path) -> list[Document]:
    """What the large prototype reads in unlabelled reports; nested statements unknown."""
    texts = {d["id"]: d for d in read_jsonl(shared / "data/unlabelled/bbc.jsonl")}
    docs = []
    for d in read_jsonl(shared / "data/unlabelled/bbc.silver.jsonl"):
        kept = [a for a in d["statements"] if a["score"] >= 0.5]
        doc = _document(texts[d["id"]] | {"attributions": kept}, "silver", outermost=True)
        docs.append(_without_refusals(doc))
    return docs


def _document(d: dict[str, Any], corpus: str, *, outermost: bool) -> Document:
    ids = {a.get("id"): n for n, a in enumerate(a for a in d["attributions"] if a["content"])}
    found = tuple(_attribution(d["text"], a, ids) for a in d["attributions"] if a["content"])
    told = tuple((*r["span"], r["kind"]) for r in d.get("refusals") or ())
    unknown = tuple((s, e) for s, e in d.get("discard") or ())
    return Document(d["id"], corpus, d["text"], found, told, outermost, unknown)


def _attribution(text: str, a: dict[str, Any], ids: dict[str, int]) -> Attribution:
    spans = {role: tuple((s, e) for s, e in a[role]) for role in ("source", "cue", "content")}
    if "speakers" not in a:
        return Attribution(**spans)
    anchor = (spans["cue"] or spans["content"])[0]
    phrases = {r: _locate(text, a.get(r), anchor) for r in ("addressee", "channel", "when")}
    kind = a["speakers"][0]["kind"] if a["speakers"] else "none"
    inside = ids.get(a["inside"]) if a.get("inside") is not None else None
    return Attribution(
        **spans, **phrases, said=a.get("said"), denied=a.get("denied"), kind=kind, inside=inside
    )


def _locate(
    text: str, words: str | None, anchor: tuple[int, int], reach: int = 500
) -> Spans | None:
    """The span of an annotated phrase nearest to the anchor; None where it isn't found."""
    if not words:
        return ()
    lo = max(0, anchor[0] - reach)
    places = [m.start() + lo for m in re.finditer(re.escape(words), text[lo : anchor[1] + reach])]
    if not places:
        return None
    best = min(places, key=lambda p: max(anchor[0] - p - len(words), p - anchor[1], 0))
    return ((best, best + len(words)),)


def _without_refusals(doc: Document) -> Document:
    """PolNeAR marks "declined to comment" as a statement; the contract has it as a refusal."""
    kept, told = {}, list(doc.refusals)
    for n, a in enumerate(doc.attributions):
        content, cue = (" ".join(doc.text[s:e] for s, e in spans) for spans in (a.content, a.cue))
        if _NO_COMMENT.fullmatch(content.strip(_EDGE)) and _REFUSED.search(cue):
            bounds = [b for spans in (a.source, a.cue, a.content) for b in spans]
            kind = "no response" if _SILENT.search(content + cue) else "declined"
            told.append((min(s for s, _ in bounds), max(e for _, e in bounds), kind))
        else:
            kept[n] = a
    moved = {n: k for k, n in enumerate(kept)}
    attributions = tuple(
        replace(a, inside=None if a.inside is None else moved.get(a.inside)) for a in kept.values()
    )
    return replace(doc, attributions=attributions, refusals=tuple(told))
