"""A run on two Ray nodes of this machine, of which one is killed: `INPUT LAKE` are its arguments.

It is a process of its own: Ray leaves threads and handlers behind.
"""

import os
import sys
import threading
import time
from pathlib import Path

from sayso.batch import engine, plan, run, shards
from tests.batch.conftest import SETTING, lake_at


def main(source: str, out: str) -> None:
    for module in (plan, shards):
        vars(module)["ROWS"] = 10
    os.environ.update(engine.SILENT)  # before Ray is imported
    from ray.cluster_utils import Cluster

    lake = lake_at(Path(out))
    cluster = Cluster(
        initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False}
    )
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
    sys.stdout.write(f"{summary.rows} {summary.articles} {summary.failures}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
