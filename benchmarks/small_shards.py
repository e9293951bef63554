"""`python -m benchmarks.small_shards ROWS batch …`: `sayso batch` with shards of so many rows.

What is to be seen of a run that is killed in its middle needs many shards, and those of a real
run take minutes each.
"""

import sys

from sayso.batch import plan, shards
from sayso.cli import main

if __name__ == "__main__":
    shards.ROWS = int(sys.argv.pop(1))
    vars(plan)["ROWS"] = shards.ROWS  # it has the name from there
    main()
