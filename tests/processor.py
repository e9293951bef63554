"""The processor of this machine, as far as the network's arithmetic depends on it."""

import platform
from pathlib import Path

INSTRUCTIONS = ("avx2", "avx_vnni", "avx512_vnni", "avx512_bf16", "amx_int8", "asimddp", "i8mm")
"""Which of them there are decides how ONNX Runtime multiplies 8-bit numbers."""


def processor() -> str:
    """The processor's name, where the system tells it, with its instructions that matter."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:  # other systems than Linux
        return platform.processor() or platform.machine()
    told = {key.strip(): value.strip() for key, _, value in (x.partition(":") for x in lines)}
    flags = told.get("flags", told.get("Features", "")).split()
    found = [name for name in INSTRUCTIONS if name in flags]
    return f"{told.get('model name', platform.machine())} ({', '.join(found) or 'none of note'})"
