"""The models by name: where their weights lie and what is told of them."""

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sayso.errors import ModelError
from sayso.reader.confidence import WEIGHTS

DEFAULT = "en"
"""The model that reads best; `en-fast` is about three times as fast, for archives and crawls."""
VARIABLE = "SAYSO_MODEL"
"""The environment variable that names the model where a call doesn't."""

_WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Model:
    """A model's folder and its settings. `id` is what readings name: name and version."""

    name: str
    id: str
    folder: Path
    calibration: tuple[float, ...]


def names() -> list[str]:
    """The models that are installed."""
    return sorted(path.parent.name for path in _WEIGHTS.glob("*/config.json"))


def default_model() -> str:
    """The id of the model that is used where none is named, by `SAYSO_MODEL` or by us."""
    return model().id


@cache
def _at(folder: Path) -> Model:
    try:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        curve = tuple(float(weight) for weight in config["calibration"])
        found = Model(folder.name, config["model"], folder, curve)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"the model in {folder} is damaged ({error}); install sayso again"
        ) from error
    if len(curve) != len(WEIGHTS):
        raise ModelError(
            f"the model in {folder} is of another version (its confidence has {len(curve)} "
            f"weights, not {len(WEIGHTS)}); install sayso again"
        )
    return found


def model(name: str | None = None) -> Model:
    """The model of that name; else the one that the environment names; else the default."""
    name = name or os.environ.get(VARIABLE) or DEFAULT
    if name not in names():
        raise ModelError(f"there is no model {name!r}; choose one of: {', '.join(names())}")
    return _at(_WEIGHTS / name)
