"""What is told of a name that stands for nothing."""

from pathlib import Path

import pytest

from sayso import Unreadable
from sayso.intake.sources import paths


@pytest.mark.parametrize(
    "name", ["www.news.example/a", "http:/news.example", "news.example.org/a", "News.co.uk"]
)
def test_an_address_without_its_scheme_is_told(name: str) -> None:
    with pytest.raises(Unreadable, match=f"no file or folder '{name}': an address begins with"):
        paths(name)


@pytest.mark.parametrize("name", ["lost.jsonl", "lost/news.txt", "wwwx", "news.org.txt"])
def test_a_lost_file_is_no_address(name: str) -> None:
    with pytest.raises(Unreadable, match=f"no file or folder '{name}'$"):
        paths(name)


def test_a_file_is_one_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "www.news.org").write_text("It rains.", encoding="utf-8")
    assert paths(str(tmp_path / "www.news.org")) == [str(tmp_path / "www.news.org")]
