"""The compose file: what its services may do, and that what they refer to is there."""

import shutil
import subprocess
from typing import Any

import pytest

from tests.deploy.files import DEPLOY, compose

SERVICES: dict[str, dict[str, Any]] = compose()["services"]


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES.keys())
def test_services_are_guarded(service: dict[str, Any]) -> None:
    assert service["user"] == "10001:10001"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "pid", "network_mode", "devices"} & set(service)


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES.keys())
def test_what_services_refer_to_is_there(service: dict[str, Any]) -> None:
    whole = compose()
    named = {volume.partition(":")[0] for volume in service["volumes"]}
    assert {name for name in named if not name.startswith((".", "/"))} <= set(whole["volumes"])
    assert set(service["networks"]) <= set(whole["networks"])
    assert set(service.get("secrets", [])) <= set(whole["secrets"])
    assert set(service.get("depends_on", {})) <= set(SERVICES)
    context = (DEPLOY / service["build"]["context"]).resolve()
    assert (context / service["build"]["dockerfile"]).is_file()


def test_who_is_waited_for_tells_its_health() -> None:
    for service in SERVICES.values():
        for name, condition in service.get("depends_on", {}).items():
            assert condition == {"condition": "service_healthy"}
            assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


def test_only_the_room_is_reached_and_only_from_this_machine() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"room"}
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["room"]["ports"])


def test_the_room_and_the_cluster_are_strangers() -> None:
    room, *others = SERVICES.values()
    assert all(not set(room["networks"]) & set(other["networks"]) for other in others)
    assert all(not set(room["volumes"]) & set(other["volumes"]) for other in others)


def test_batch_runs_once_and_finds_the_head() -> None:
    batch, head = SERVICES["batch"], SERVICES["head"]
    assert batch.get("restart", "no") == "no"
    assert "ray://head:10001" in batch["command"]  # where `ray start --head` listens for clients
    assert not any(option.startswith("--ray-client-server-port") for option in head["command"])


def test_a_worker_tells_ray_as_many_cores_as_it_may_use() -> None:
    worker = SERVICES["worker"]
    assert f"--num-cpus={worker['cpus']}" in worker["command"]
    assert "--num-cpus=0" in SERVICES["head"]["command"]


def test_compose_takes_it() -> None:
    docker = shutil.which("docker")
    asked = docker and subprocess.run([docker, "compose", "version"], capture_output=True)
    if not docker or not asked or asked.returncode != 0:
        pytest.skip("docker compose is not installed here")
    subprocess.run(
        [docker, "compose", "-f", str(DEPLOY / "compose.yaml"), "--profile", "ray", "config", "-q"],
        check=True,
    )
