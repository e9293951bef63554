"""The real reader through a batch: what `sayso read` reads, and what comes out of the lake."""

import json
from importlib.resources import files
from pathlib import Path

from sayso import Reader
from sayso.batch import run
from sayso.batch.setting import Setting
from sayso.intake import articles
from sayso.lake.manifest import Lake
from sayso.lake.store import Store
from tests.batch.conftest import OPTIONS, results_of


def test_a_batch_reads_what_sayso_read_reads(tmp_path: Path) -> None:
    demo = files("sayso.demo").joinpath("reports.jsonl").read_text(encoding="utf-8")
    path = tmp_path / "in.jsonl"
    path.write_text("".join(demo.splitlines(keepends=True)[:3]), encoding="utf-8")
    reader = Reader("en-fast", threads=1)
    lake = Lake.create(Store(str(tmp_path / "lake")), reader.model)
    setting = Setting(model="en-fast", options=OPTIONS)
    summary = run.run(
        run.plan([str(path)], setting, lake, None), setting, lake, lambda _: None, ray=None
    )
    expected = [result.to_dict() for result in reader.read_many(articles([str(path)]))]
    assert results_of(lake) == json.loads(json.dumps(expected))
    assert (summary.articles, summary.statements) == (
        3,
        sum(len(r["statements"]) for r in expected),
    )
