"""The files of deploy/, and the commands that they name."""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

import click
import yaml

from sayso.cli import app

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
Node = Mapping[str, Any]


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def documents(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(text(name)))


def compose() -> dict[str, Any]:
    """The compose file, with the defaults of its variables in their places."""
    plain = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text("compose.yaml"))
    loaded: dict[str, Any] = yaml.safe_load(plain)
    return loaded


def ray_job() -> dict[str, Any]:
    (found,) = (one for one in documents("kuberay.yaml") if one["kind"] == "RayJob")
    return found


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's, each on one line, with what it is given."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text("Dockerfile"), flags=re.M))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined.splitlines())]


def ours() -> Iterator[Sequence[str]]:
    """Each command line that begins with our name, from whatever names one."""
    for service in compose()["services"].values():
        yield service["command"]
    yield shlex.split(ray_job()["spec"]["entrypoint"])
    page = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    for block in re.findall(r"```sh\n(.*?)```", page, re.S):
        for line in block.replace("\\\n", " ").splitlines():
            yield from _of_a_line(shlex.split(line, comments=True))


def _of_a_line(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Our command in a line of a shell, without what the shell takes from it."""
    asks_no_pod = words[:1] == ["kubectl"] and "exec" not in words
    if words[:2] == ["docker", "build"] or asks_no_pod or "sayso" not in words:
        return
    at = max(at for at, word in enumerate(words) if word == "sayso")  # not the image of that name
    yield list(takewhile(lambda word: word not in ("<", ">", "|"), words[at:]))


def parse(words: Sequence[str]) -> click.Context:
    """A command line taken apart as the command does, and not run. Raises click's UsageError."""
    name, verb, *arguments = words
    if name != "sayso":
        raise click.UsageError(f"{name!r} is no command of ours")
    command = app.get_command(click.Context(app), verb)
    if command is None:
        raise click.UsageError(f"there is no verb {verb!r}")
    return command.make_context(verb, list(arguments))
