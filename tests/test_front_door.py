"""The public names, and what importing them costs."""

from importlib.metadata import version

import pytest

import sayso
from sayso import errors
from tests.conftest import Python

HEAVY = ("onnxruntime", "numpy", "tokenizers", "trafilatura", "rich", "httpx", "msgspec")


def test_every_public_name_is_there() -> None:
    for name in sayso.__all__:
        assert getattr(sayso, name) is not None


def test_all_is_sorted_and_holds_every_error() -> None:
    ours = {name for name in vars(errors) if isinstance(getattr(errors, name), type)}
    raised = {n for n in ours if issubclass(getattr(errors, n), errors.SaysoError)}
    assert raised <= set(sayso.__all__)
    assert sorted(sayso.__all__) == sorted(set(sayso.__all__))


def test_dir_shows_what_is_lazy() -> None:
    assert {"read", "Reader", "Article"} <= set(dir(sayso))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Sayer'"):
        sayso.Sayer  # noqa: B018


def test_version_is_the_distribution_s() -> None:
    assert sayso.__version__ == version("sayso")


@pytest.mark.parametrize("statement", ["import sayso", "import sayso.cli"])
def test_importing_brings_nothing_heavy(statement: str, python: Python) -> None:
    loaded = python("-c", f"import sys; {statement}; print(*sys.modules)").stdout.decode().split()
    assert set(loaded).isdisjoint(HEAVY)
    assert "sayso" in loaded


def test_importing_takes_no_time(python: Python) -> None:
    """Processor time, and the best of five: a busy machine is not the package's fault."""
    code = "from time import process_time as now; t = now(); import sayso; print(now() - t)"
    assert min(float(python("-c", code).stdout) for _ in range(5)) < 0.15
