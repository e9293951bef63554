"""The scorers as modules."""

import sys
from pathlib import Path

import pytest
from training.tying import scorer


def test_who_comes_with_the_scorer_that_it_imports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "score"
    folder.mkdir()
    (folder / "score.py").write_text("def f1():\n    return 7\n", encoding="utf-8")
    (folder / "who.py").write_text("from score import f1\n\ntold = f1()\n", encoding="utf-8")
    for name in ("score", "who"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    try:
        assert scorer(tmp_path, "who").told == 7
    finally:
        sys.modules.pop("score", None)
        sys.modules.pop("who", None)
