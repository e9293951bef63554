"""The accuracy gate: floors that a model must reach, pinned with the hash of the data.

    python -m training.gate --shared ../shared            # compare; exit 1 below a floor
    python -m training.gate --shared ../shared --update   # raise the floors, fill the documents

Both for every installed model, or for the one that --model names. A version's floors are
raised, never lowered; a new version starts its own, and what is lower than its forerunner's is
told. Floors hold for the data whose hash stands beside them; for other data the gate says so
instead of comparing.
"""

import argparse
import hashlib
import json
import math
import sys
import tempfile
from pathlib import Path
from typing import Any

from sayso.errors import SaysoError
from sayso.reader import Reader
from sayso.reader.models import model as installed
from sayso.reader.models import names
from training import about
from training.evaluate import CASES, LAYERS, ROWS, TYPES, evaluate, statements, table
from training.publish import fill

FLOORS = Path(__file__).with_name("floors.json")
README = Path("README.md")
CARD = Path("src/sayso/reader/weights/MODEL_CARD.md")
COUNTED = {"polnear": 2191, "who": 584, "bbc": 184, "fiction": 439, "wikinews": 58} | {
    "checklist": 80,
    **{name: many for name, (_, many) in CASES.items()},
    "about": 203,
    "about ordinary": 249,
    "ordinary": 356,
}
"""Gold statements of each set, cases of the checklist and of our own, entities mentioned in what
is held out and in the ordinary reports."""
FEW = {
    "polnear": {"recall direct": 416, "recall mixed": 325, "recall indirect": 1450},
    "bbc": {"recall direct": 30, "recall mixed": 31, "recall indirect": 123}
    | {"addressee": 14, "channel": 7, "when": 14, "thoughts": 45, "by": 11, "refusals": 1},
    "fiction": {"recall direct": 87, "recall mixed": 101, "recall indirect": 250}
    | {"addressee": 78, "channel": 34, "when": 40, "date": 37}
    | {"thoughts": 36, "by": 43, "refusals": 14},
    "wikinews": {"recall direct": 8, "recall mixed": 6, "recall indirect": 44}
    | {"addressee": 6, "channel": 6, "when": 8, "date": 4},
    "ordinary": {"recall direct": 59, "recall mixed": 63, "recall indirect": 234}
    | {"addressee": 69, "channel": 26, "when": 32, "date": 31}
    | {"thoughts": 57, "by": 14, "refusals": 13},
    "who": {"addressee": 44, "channel": 77, "when": 107, "date": 96},
}
"""What a set's figures count, where that is not all its statements: how many of it gold has."""
ROUNDED = 1e-4  # scorers and floors have four places
OTHERWISE = 0.007
"""The share of what is counted that comes out otherwise where sums differ in the last place."""


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
        if name in ("checklist", *CASES):
            out[name] = s["all"]
        elif name.startswith("about"):
            out[name] = about.Counts(**s).f1
        elif name.startswith("who "):
            out |= {f"{name}: {row}": s[row]["f1"] for row in LAYERS if row in s}
            out[f"{name}: speakers"] = s["speaker accuracy"]
        else:
            out |= {f"{name}: {row}": s[row]["f1"] for row in ROWS}
            out |= {f"{name}: recall {t}": s["recall by type"][t]["content"] for t in TYPES}
    return out


def noise(figure: str) -> float:
    """Below a floor by less than this is the processor's arithmetic, not the model.

    Another processor sums in another order, and what comes out otherwise is as often better as
    worse: three standard deviations of the difference. Measured with copies of *en* whose first
    layer differs by a hundred-thousandth: of who's speakers .7 in a hundred are then others'. One
    of those counted may always come out otherwise.
    """
    dev, _, row = figure.removeprefix("who ").partition(": ")
    many = FEW.get(dev, {}).get(row) or COUNTED[dev]
    return max(3 * math.sqrt(OTHERWISE / many), 1 / many + ROUNDED)


def below(found: dict[str, float], floors: dict[str, float]) -> list[str]:
    """A sentence for each figure that lies under its floor."""
    return [
        f"{name}: {found.get(name, 0.0):.4f}, floor {floor:.4f}"
        for name, floor in floors.items()
        if found.get(name, 0.0) < floor - noise(name)
    ]


def raised(found: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    """The floors, each at the higher of what it was and what was reached."""
    return floors | {name: max(round(f, 4), floors.get(name, 0.0)) for name, f in found.items()}


def _pinned() -> dict[str, Any]:
    """The floors of each model's version, with the hash of the data that they were made on."""
    if not FLOORS.exists():
        return {"data": None, "floors": {}}
    pinned: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return pinned


def check(shared: Path, model: str) -> tuple[dict[str, float], list[str]]:
    """What the model reaches, and what of it lies under a floor."""
    pinned = _pinned()
    if pinned["data"] != data_hash(shared):
        raise GateError("the floors were made on other data; look why, then run with --update")
    version = installed(model).id
    if version not in pinned["floors"]:
        raise GateError(f"no floors are pinned for {version!r}; run with --update")
    found = figures(_scored(shared, model))
    return found, below(found, pinned["floors"][version])


def update(shared: Path, model: str) -> tuple[dict[str, Any], list[str]]:
    """Raise the floors of the model's version; floors of other data start anew.

    Returns what the scorers say, and what of it lies under a floor that was there.
    """
    pinned, data = _pinned(), data_hash(shared)
    known = pinned["floors"] if pinned["data"] == data else {}
    scores, version = _scored(shared, model), installed(model).id
    found, floors = figures(scores), known.get(version, {})
    for forerunner in known if not floors else ():
        if forerunner.rpartition("-")[0] == model:
            told = below(found, known[forerunner])
            print(f"{version} is lower than {forerunner} in {len(told)} figures:", *told, sep="\n")
    known[version] = raised(found, floors)
    FLOORS.write_text(
        json.dumps({"data": data, "floors": known}, indent=1) + "\n", encoding="utf-8"
    )
    return scores, below(found, floors)


def _scored(shared: Path, model: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as out:
        return evaluate(Reader(model).read, shared, Path(out))


def renew(shared: Path, model: str) -> int:
    """Raise the floors, and put the tables into the model card, and those of statements into
    the README, unless a figure fell.

    Prints the tables. Returns the exit status: 1 where a figure fell.
    """
    scores, worse = update(shared, model)
    print(f"{model}\n\n{table(scores)}\n")
    if worse:
        print("Not published, since these figures are below their floors:", *worse, sep="\n")
        return 1
    fill(README, f"accuracy {model}", statements(scores))
    fill(CARD, f"accuracy {model}", table(scores))
    return 0


def compare(shared: Path, model: str) -> int:
    """Print what lies under a floor. Returns the exit status."""
    found, under = check(shared, model)
    print(f"{model}:", *under or [f"{len(found)} figures, none below its floor"], sep="\n")
    return 1 if under else 0


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--model", choices=names(), help="all of them, if none is named")
    ap.add_argument("--update", action="store_true")
    args = ap.parse_args()
    act = renew if args.update else compare
    return max([act(args.shared, name) for name in ([args.model] if args.model else names())])


if __name__ == "__main__":
    sys.exit(main())
