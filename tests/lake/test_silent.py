"""That the engines are silent, whatever the environment says."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from sayso.lake.silent import SILENT

_LOOK = """
import json, os, sys

class Look:
    def find_spec(self, name, *_):
        if name == "daft":
            print(json.dumps(dict(os.environ)))
            sys.exit()

sys.meta_path.insert(0, Look())
"""


@pytest.mark.parametrize("engine", ["sayso.lake.same.engine", "sayso.batch.engine"])
def test_daft_is_told_before_it_is_imported(
    engine: str, python: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SILENT:
        monkeypatch.setenv(name, "?")
    told = json.loads(python("-c", f"{_LOOK}import {engine}").stdout)
    assert {name: told[name] for name in SILENT} == SILENT
