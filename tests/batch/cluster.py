"""A run on two Ray nodes of this machine, of which one is killed: `INPUT LAKE` are its arguments.

Without arguments it is a cluster of one node that tells its address, and ends with its standard
input. It is a process of its own: Ray leaves threads and handlers behind.
"""

import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

from sayso.batch import plan, run, shards
from sayso.lake.silent import SILENT
from tests.batch.conftest import SETTING, lake_at


def cluster_of_one() -> Any:  # a `Cluster`, whose methods have no types
    os.environ.update(SILENT)  # before Ray is imported
    from ray.cluster_utils import Cluster

    head = {"num_cpus": 1, "include_dashboard": False}
    return Cluster(initialize_head=True, head_node_args=head)


def serve() -> None:
    cluster = cluster_of_one()
    sys.stdout.write(f"at {cluster.address}\n")
    sys.stdout.flush()
    sys.stdin.read()
    cluster.shutdown()


def lose_one(source: str, out: str) -> None:
    for module in (plan, shards):
        vars(module)["ROWS"] = 10
    lake = lake_at(Path(out))
    cluster = cluster_of_one()
    lost = cluster.add_node(num_cpus=1)

    def kill() -> None:
        while len(lake.finished()) < 4:
            time.sleep(0.1)
        cluster.remove_node(lost, allow_graceful=False)
        sys.stdout.write("killed\n")

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    planned = run.plan([source], SETTING, lake, None)
    summary = run.run(planned, SETTING, lake, lambda _: None, ray=cluster.address)
    killer.join()
    sys.stdout.write(f"{summary.articles} {summary.failures}\n")


if __name__ == "__main__":
    if sys.argv[1:]:
        lose_one(*sys.argv[1:])
    else:
        serve()
