"""Counts, the summary line and the bar."""

import io
import re
import threading

import pytest

from sayso import Article, EmptyText, Failure, Reading
from sayso.cli import progress
from sayso.cli.progress import Tally, bar


@pytest.mark.parametrize(
    ("tally", "line"),
    [
        (Tally(), "0 articles, 0 statements"),
        (Tally(articles=1, statements=1), "1 article, 1 statement"),
        (Tally(failed=1), "0 articles, 0 statements, 1 failed"),
        (
            Tally(articles=12_000, statements=3, failed=2_000),
            "12,000 articles, 3 statements, 2,000 failed",
        ),
    ],
)
def test_the_summary(tally: Tally, line: str) -> None:
    assert tally.told() == line


def test_it_counts_what_comes_out() -> None:
    tally = Tally()
    tally.add(Reading("m", Article("It will rain."), ()))
    tally.add(Failure(EmptyText("nothing")))
    assert (tally.articles, tally.failed, tally.done, tally.words) == (1, 1, 2, 3)
    assert re.fullmatch(r"1 article, 0 statements, 1 failed, [\d,]+ words/s", tally.told())


class Screen(io.StringIO):
    """A terminal that tells when something is drawn on it."""

    def __init__(self, *, terminal: bool = True) -> None:
        super().__init__()
        self.drawn = threading.Event()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def write(self, text: str) -> int:
        if "article" in text:
            self.drawn.set()
        return super().write(text)


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(progress, "DELAY", 0.0)
    monkeypatch.setattr(progress, "_PERIOD", 0.01)


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize(
    ("inputs", "shown"),
    [
        (["a.txt", "b.txt"], "1 of 2 articles, 0 statements"),
        (["a.txt", "-"], "1 article, 0 statements"),
    ],
)
def test_long_work_has_a_bar(
    inputs: list[str], shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    with bar(Tally(articles=1), inputs):
        assert screen.drawn.wait(30)
    assert shown in screen.getvalue()


@pytest.mark.usefixtures("_at_once")
def test_no_bar_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen(terminal=False)
    monkeypatch.setattr("sys.stderr", screen)
    with bar(Tally(articles=1), ["a.txt"]):
        assert not screen.drawn.wait(0.2)


def test_no_bar_for_short_work(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    with bar(Tally(articles=1), ["a.txt"]):
        pass
    assert screen.getvalue() == ""
