"""The cores that this process may use."""

import math
import os
from contextlib import suppress
from pathlib import Path

_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def cores() -> int:
    """Those that the system lets it run on, or fewer where a container has a share of them."""
    affinity = getattr(os, "sched_getaffinity", None)
    many = len(affinity(0)) if affinity else os.cpu_count() or 1
    with suppress(OSError, ValueError):
        quota, period = _QUOTA.read_text(encoding="ascii").split()
        if quota != "max":
            many = min(many, math.ceil(int(quota) / int(period)))
    return max(1, many)
