"""The accuracy gate on the annotated news, where it is there."""

import os
from pathlib import Path

import pytest

from sayso.reader.models import names
from training import gate

SHARED = Path(os.environ.get("SHARED", Path(gate.__file__).parents[2] / "shared"))


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "score").is_dir(), reason=f"no annotated news in {SHARED}")
@pytest.mark.parametrize("model", names())
def test_no_figure_is_below_its_floor(model: str) -> None:
    _, under = gate.check(SHARED, model)
    assert not under, "\n".join(under)
