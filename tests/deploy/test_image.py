"""The image: what it is built from comes through to it, and the other files mean the same one."""

import json
import re
import tomllib
from fnmatch import fnmatch
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement

from tests.deploy.files import ROOT, compose, instructions, ray_job, text

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def copied() -> list[str]:
    """What comes into the image from the repository."""
    found = [rest.split()[:-1] for name, rest in instructions() if name == "COPY"]
    return [
        source
        for sources in found
        for source in sources
        if not source.startswith("--") and not source.startswith("/")
    ]


def test_what_is_copied_is_there_and_let_through() -> None:
    let_through = {
        line[1:] for line in text("Dockerfile.dockerignore").splitlines() if line.startswith("!")
    }
    assert set(copied()) == let_through
    assert all((ROOT / source).exists() for source in let_through)


def test_what_the_package_is_built_from_is_copied() -> None:
    assert {PROJECT["readme"], *PROJECT["license-files"], "src"} <= set(copied())
    (extras,) = re.findall(r"'\.\[([\w,]+)\]'", text("Dockerfile"))
    assert set(extras.split(",")) <= set(PROJECT["optional-dependencies"])


def test_it_runs_a_command_of_the_package() -> None:
    (command,) = (json.loads(rest) for name, rest in instructions() if name == "CMD")
    assert command[0] in PROJECT["scripts"]


def test_it_belongs_to_nobody_powerful_and_tells_nobody_anything() -> None:
    users = [rest for name, rest in instructions() if name == "USER"]
    assert users == ["10001:10001"]
    (environment,) = (rest for name, rest in instructions() if name == "ENV")
    for off in ("DAFT_ANALYTICS_ENABLED=0", "DO_NOT_TRACK=1", "RAY_USAGE_STATS_ENABLED=0"):
        assert off in environment.split()


def test_it_comes_from_docker_hub_by_a_plain_name() -> None:
    bases = [rest.split()[0] for name, rest in instructions() if name == "FROM"]
    assert all(fnmatch(base, "python:*-slim") for base in bases)


def ray() -> str:
    """The version of Ray that all files name."""
    cluster = ray_job()["spec"]["rayClusterSpec"]
    services = compose()["services"]
    named = {services[name]["build"]["args"]["RAY"] for name in ("head", "worker", "batch")}
    named |= set(re.findall(r"RAY=(\d[\d.]*)", text("Dockerfile")))
    (version,) = named | {cluster["rayVersion"]}
    return str(version)


def test_one_ray_and_one_image_everywhere() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", ray())
    images = set(re.findall(r"image: (\S+)", text("kuberay.yaml")))
    assert images == {compose()["services"]["batch"]["image"]}


def test_daft_takes_this_ray() -> None:
    try:
        needed = [Requirement(one) for one in requires("daft") or []]
    except PackageNotFoundError:
        pytest.skip("Daft is not installed here")
    (bound,) = (one.specifier for one in needed if one.name == "ray")
    assert ray() in bound


def test_the_extra_takes_the_rays_of_the_image_and_of_the_benchmarks_and_none_after() -> None:
    (needed,) = (Requirement(one) for one in PROJECT["optional-dependencies"]["cluster"])
    pinned = (ROOT / "requirements" / "bench.txt").read_text(encoding="utf-8")
    (measured,) = re.findall(r"^ray==(\S+)", pinned, re.MULTILINE)
    assert ray() in needed.specifier
    assert measured in needed.specifier
    major, minor, _ = map(int, measured.split("."))
    assert f"{major}.{minor + 1}.0" not in needed.specifier
