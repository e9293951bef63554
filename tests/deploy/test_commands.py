"""What deploy/ and its page have run are commands that there are, with options that there are."""

from collections.abc import Sequence

import click
import pytest

from tests.deploy.files import compose, ours, parse, ray_job

OURS = [words for words in ours() if words[0] == "sayso"]


@pytest.mark.parametrize("words", OURS, ids=" ".join)
def test_our_commands(words: Sequence[str]) -> None:
    assert parse(words).info_name == words[1]


def test_each_place_that_names_one_was_looked_at() -> None:
    verbs = [words[1] for words in OURS]
    assert verbs.count("serve") == 1
    assert verbs.count("batch") >= 3, "compose file, manifest, page"


@pytest.mark.parametrize("words", [["sayso", "serve", "--hots", "x"], ["sayso", "bath", "x"]])
def test_a_slip_is_found(words: Sequence[str]) -> None:
    with pytest.raises(click.UsageError):
        parse(words)


def test_without_people_the_room_makes_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose hands on an unset variable as an empty one: that is nobody, and no error."""
    room = compose()["services"]["room"]
    monkeypatch.setenv("SAYSO_TOKEN", room["environment"]["SAYSO_TOKEN"] or "")
    assert parse(room["command"]).params["people"] == ()


def test_commands_of_ray() -> None:
    scripts = pytest.importorskip("ray.scripts.scripts", reason="Ray is not installed here")
    services = compose()["services"]
    for name in ("head", "worker"):
        program, verb, *arguments = services[name]["command"]
        assert (program, verb) == ("ray", "start")
        scripts.start.make_context(verb, arguments)
    cluster = ray_job()["spec"]["rayClusterSpec"]
    for group in (cluster["headGroupSpec"], *cluster["workerGroupSpecs"]):
        given = [f"--{name}={value}" for name, value in group["rayStartParams"].items()]
        scripts.start.make_context("start", given)
