"""What a long benchmark has measured: a file for each step, so that it can be stopped and go on."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Call = Callable[[], dict[str, Any]]


class Steps:
    """The steps of one run, in a folder. All have one setup: machine, versions, options."""

    def __init__(self, folder: Path, setup: dict[str, Any]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        told = folder / "setup.json"
        lasting = {key: value for key, value in setup.items() if key != "date"}
        if not told.exists():
            _write(told, lasting)
        elif json.loads(told.read_text(encoding="utf-8")) != lasting:
            sys.exit(
                f"{folder} has steps of another machine, version or setting: name a new folder"
            )

    def do(self, name: str, call: Call) -> dict[str, Any]:
        """What a step has found: by now if there is a file of it, else from `call`."""
        path = self.folder / f"{name}.json"
        if not path.exists():
            say(f"{name} …")
            found = call()
            say(f"{name}: {json.dumps(found)[:300]}")
            _write(path, found)
        return self.found(name) or {}

    def found(self, name: str) -> dict[str, Any] | None:
        """What a step has found, if it was done."""
        path = self.folder / f"{name}.json"
        if not path.exists():
            return None
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    def clear(self) -> None:
        """Forget all, so that the next run measures anew."""
        for path in self.folder.glob("*.json"):
            path.unlink()


def say(what: str) -> None:
    sys.stderr.write(f"{what}\n")
    sys.stderr.flush()


def _write(path: Path, value: dict[str, Any]) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
    part.replace(path)
