"""The accuracy gate: floors that a model must reach, pinned with the hash of the data.

    python -m training.gate --shared ../shared            # compare; exit 1 below a floor
    python -m training.gate --shared ../shared --update   # raise the floors, fill the documents

Floors are raised, never lowered. They hold for the data whose hash stands beside them; for
other data the gate says so instead of comparing.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from sayso.errors import SaysoError
from sayso.reader import Reader
from training.evaluate import LAYERS, ROWS, TYPES, evaluate, table
from training.publish import fill

FLOORS = Path(__file__).with_name("floors.json")
README = Path("README.md")
CARD = Path("src/sayso/reader/weights/MODEL_CARD.md")
NOISE = 0.004
"""Below a floor by less than this is the processor's arithmetic, not the model."""


class GateError(SaysoError):
    """There are no floors to compare with: none for the model, or none for this data."""

    code = "gate"


def data_hash(shared: Path) -> str:
    """One hash over all dev sets, the checklist and the scorers."""
    names = [*sorted((shared / "data").glob("*/dev.jsonl")), shared / "data/checklist.jsonl"]
    whole = hashlib.sha256()
    for path in [*names, *sorted((shared / "score").glob("*.py"))]:
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def figures(scores: dict[str, Any]) -> dict[str, float]:
    """The scores that are gated, by a flat name."""
    out: dict[str, float] = {}
    for name, s in scores.items():
        if name == "checklist":
            out[name] = s["all"]
        elif name.startswith("who "):
            out |= {f"{name}: {row}": s[row]["f1"] for row in LAYERS if row in s}
            out[f"{name}: speakers"] = s["speaker accuracy"]
        else:
            out |= {f"{name}: {row}": s[row]["f1"] for row in ROWS}
            out |= {f"{name}: recall {t}": s["recall by type"][t]["content"] for t in TYPES}
    return out


def below(found: dict[str, float], floors: dict[str, float]) -> list[str]:
    """A sentence for each figure that lies under its floor."""
    return [
        f"{name}: {found.get(name, 0.0):.4f}, floor {floor:.4f}"
        for name, floor in floors.items()
        if found.get(name, 0.0) < floor - NOISE
    ]


def raised(found: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    """The floors, each at the higher of what it was and what was reached."""
    return floors | {name: max(round(f, 4), floors.get(name, 0.0)) for name, f in found.items()}


def _pinned() -> dict[str, Any]:
    """The floors of each model, with the hash of the data that they were made on."""
    if not FLOORS.exists():
        return {"data": None, "floors": {}}
    pinned: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return pinned


def check(shared: Path, model: str) -> tuple[dict[str, float], list[str]]:
    """What the model reaches, and what of it lies under a floor."""
    pinned = _pinned()
    if pinned["data"] != data_hash(shared):
        raise GateError("the floors were made on other data; look why, then run with --update")
    if model not in pinned["floors"]:
        raise GateError(f"no floors are pinned for {model!r}; run with --update")
    found = figures(_scored(shared, model))
    return found, below(found, pinned["floors"][model])


def update(shared: Path, model: str) -> tuple[str, list[str]]:
    """Raise the model's floors; floors of other data start anew.

    Returns the table of accuracy, and what of it lies under a floor that was there.
    """
    pinned, data = _pinned(), data_hash(shared)
    known = pinned["floors"] if pinned["data"] == data else {}
    scores = _scored(shared, model)
    found, floors = figures(scores), known.get(model, {})
    known[model] = raised(found, floors)
    FLOORS.write_text(
        json.dumps({"data": data, "floors": known}, indent=1) + "\n", encoding="utf-8"
    )
    return table(scores), below(found, floors)


def _scored(shared: Path, model: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as out:
        return evaluate(Reader(model).read, shared, Path(out))


def renew(shared: Path, model: str) -> int:
    """Raise the floors, and put the table into README and model card unless a figure fell.

    Prints the table. Returns the exit status: 1 where a figure fell.
    """
    told, worse = update(shared, model)
    print(told)
    if worse:
        print("Not published, since these figures are below their floors:", *worse, sep="\n")
        return 1
    for document in (README, CARD):
        fill(document, "accuracy", told)
    return 0


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--model", default="en-fast")
    ap.add_argument("--update", action="store_true")
    args = ap.parse_args()
    if args.update:
        return renew(args.shared, args.model)
    found, under = check(args.shared, args.model)
    print("\n".join(under) or f"{len(found)} figures, none below its floor")
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main())
