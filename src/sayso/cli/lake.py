"""What the verbs on a lake share: whether one is meant, and opening it."""

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.lake.manifest import Lake

_STORE = re.compile("(?:s3|gs|gcs|abfss?|az|hdfs|hf|file)://", re.IGNORECASE)


def is_lake(name: str) -> bool:
    """Whether an input is a lake: a folder, or an address of a store, with a `lake.json`."""
    from sayso.intake.sources import is_address
    from sayso.lake import manifest

    if is_address(name) and not _STORE.match(name):
        return False
    return manifest.is_lake(name)


def open_lake(address: str) -> "Lake":
    """The lake at a folder or an address. Raises `UsageError` where it can't be read here."""
    check_installed()
    from sayso.lake.manifest import Lake
    from sayso.lake.store import Store

    return Lake.open(Store(address))


def check_installed() -> None:
    """Raises UsageError where what a lake needs isn't there."""
    from sayso.lake.store import MISSING

    if any(find_spec(name) is None for name in ("duckdb", "pyarrow")):
        raise UsageError(MISSING)
