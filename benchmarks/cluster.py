"""A Ray cluster on this machine, by `ray start` as on many; gone when it is left."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial

from benchmarks import tree
from benchmarks.process import CommandFailed

ENVIRONMENT = {
    "DAFT_ANALYTICS_ENABLED": "0",
    "DO_NOT_TRACK": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_worker_niceness": "0",  # as that of the others that are measured
    "RAY_AUTH_MODE": "disabled",  # it is heard on this machine alone
}
"""Of its nodes, and of who asks them."""
_STORE = 200_000_000
"""Bytes of each node's object store: shards and counts pass through it, no articles."""
_TRIES = 5
_COUNT = """
import logging, sys
import ray
ray.init(sys.argv[1], log_to_driver=False, logging_level=logging.ERROR)
print(sum(node["Alive"] for node in ray.nodes()))
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where it is, and the process of each node, the head first."""

    address: str
    nodes: tuple[int, ...]

    def lose(self, node: int) -> None:
        """Kill a node, as a machine that loses its power."""
        tree.kill([self.nodes[node]])


@contextmanager
def cluster(*cores: int) -> Iterator[Cluster]:
    """A cluster with a node for each number of cores. Raises CommandFailed."""
    with ExitStack() as stack:
        folder = tempfile.mkdtemp(prefix="ray")  # a short path: sockets are in it
        stack.callback(partial(shutil.rmtree, folder, ignore_errors=True))
        address = ""
        pids = list[int]()
        for count in cores:
            address, pid = _node(stack, address, count, folder)
            pids.append(pid)
        yield Cluster(address, tuple(pids))


def _node(stack: ExitStack, address: str, cores: int, folder: str) -> tuple[str, int]:
    """Start a node, the head where there is no address yet: the address, and its process.

    A node that is not up after 30 seconds gives up, as it may on a busy machine: so more than once.
    """
    for _ in range(_TRIES):
        at, where = address, [f"--address={address}"]
        if not address:
            port = _free_port()
            at = f"127.0.0.1:{port}"
            where = ["--head", f"--port={port}", f"--temp-dir={folder}"]
            where.append("--include-dashboard=false")
        more = ["--block", "--disable-usage-stats", "--node-ip-address=127.0.0.1"]
        more.append(f"--object-store-memory={_STORE}")
        command = ["-m", "ray.scripts.scripts", "start", *where, f"--num-cpus={cores}", *more]
        before = _nodes(address) if address else 0
        with ExitStack() as trying:
            process = trying.enter_context(tree.started(command, ENVIRONMENT))
            while process.poll() is None:
                if _nodes(at) > before:
                    stack.push(trying.pop_all())
                    return at, process.pid
    raise CommandFailed(f"no Ray node is up after {_TRIES} tries: is the machine busy?")


def _nodes(address: str) -> int:
    """How many nodes are up there: none where nothing answers."""
    asked = subprocess.run(
        [sys.executable, "-c", _COUNT, address],
        capture_output=True,
        text=True,
        env=os.environ | ENVIRONMENT,
    )
    return 0 if asked.returncode else int(asked.stdout)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
