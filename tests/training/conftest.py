"""A folder shaped as ../shared with a few invented reports, and a vocabulary to read them by."""

import json
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest

PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", *".,:“”", "said", "the", *ascii_lowercase)
NAMES = ("Ida", "Tom", "Lena", "Edda")


def report(corpus: str, name: str) -> dict[str, Any]:
    """A report of some 300 word pieces with two statements."""
    text = (
        f"{name} said the ramp was safe to use again.\n\n"
        "The gate had been shut since a lorry struck the bridge on the coast road in the spring.\n"
        f"“It took far too long,” said {name}.\n\n"
        "Work on the second lane is to begin once the harbour has been cleared of the wreck.\n"
    )

    def at(words: str, after: int = 0) -> list[list[int]]:
        start = text.index(words, after)
        return [[start, start + len(words)]]

    quoted = text.index("“")
    first = {"source": at(name), "cue": at("said"), "content": at("the ramp was safe to use again")}
    second = {"source": at(name, quoted), "cue": at("said", quoted)}
    second["content"] = at("“It took far too long,”")
    told = [{"id": f"a{n}", "score": 0.9, **spans} for n, spans in enumerate((first, second))]
    return {"id": f"{corpus}-{name}", "text": text, "attributions": told, "statements": told}


def write(path: Path, records: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """The folder; the project's own reports are in its `own`."""
    root = tmp_path / "newsroom"
    for corpus in ("polnear", "who", "bbc", "fiction"):
        name = "polnear" if corpus == "who" else corpus
        write(root / f"data/{corpus}/train.jsonl", [report(name, n) for n in NAMES])
    for ending in ("", ".silver"):
        path = root / f"data/unlabelled/bbc{ending}.jsonl"
        write(path, [report("unlabelled", n) for n in NAMES])
    for corpus in ("own", "corrections"):
        write(root / f"own/{corpus}-x.jsonl", [report(corpus, n) for n in NAMES])
    return root


@pytest.fixture
def vocabulary(tmp_path: Path) -> Path:
    """A vocabulary of letters, and of few words."""
    pieces = [*PIECES, *(f"##{c}" for c in ascii_lowercase)]
    path = tmp_path / "vocab.txt"
    path.write_text("\n".join(pieces) + "\n", encoding="utf-8")
    return path
