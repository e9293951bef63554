import json
from pathlib import Path
from typing import Any, get_args

import pytest
import training.corpus
from training.reports import (
    REFERENCES,
    Report,
    TextMissing,
    digest,
    held_out,
    places,
    referring,
    taught,
)

from sayso.types import Kind
from tests.training.conftest import write

OWN = Path(training.corpus.__file__).parent / "data"
SORTS = {*get_args(Kind), "place", "other"}
TEXT = "Ida Holm met Holm-Vega. She left."
IDA = {"name": "Ida Holm", "kind": "person", "names": [[0, 8]], "mentions": [[24, 27]]}
VEGA = {"name": "Holm-Vega", "kind": "person", "names": [[13, 22]], "mentions": [[24, 27]]}


def record(id: str, **rest: Any) -> dict[str, Any]:
    return {"id": id, "text": TEXT, "attributions": [], **rest}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """What is shared, and reports of our own."""
    for name in ("who", "bbc", "fiction"):
        path = tmp_path / f"shared/data/{name}/train.jsonl"
        write(path, [record(f"{name}-{n}") for n in (1, 2, 1)])
    for name in ("own-a", "own-c", "corrections-a", "other"):
        write(tmp_path / f"own/{name}.jsonl", [record(f"{name}-{n}") for n in range(5)])
    return tmp_path / "shared", tmp_path / "own"


def test_what_is_taught_is_each_article_once(folders: tuple[Path, Path]) -> None:
    found = [(report.corpus, report.record["id"], report.whole) for report in taught(*folders)]
    assert found == [
        *((name, f"{name}-{n}", False) for name in ("who", "bbc", "fiction") for n in (1, 2)),
        *(("own-a", f"own-a-{n}", True) for n in range(5)),
        *(("own-c", f"own-c-{n}", True) for n in (0, 2, 4)),
        *(("corrections-a", f"corrections-a-{n}", False) for n in range(5)),
    ]


def test_nothing_is_taught_that_is_held_out(folders: tuple[Path, Path]) -> None:
    held = [report.record["id"] for report in held_out(folders[1])]
    assert held == ["own-c-1", "own-c-3"]
    assert not set(held) & {report.record["id"] for report in taught(*folders)}
    assert all(report.whole for report in held_out(folders[1]))


def marked(corpus: str, text: str, *means: Any) -> dict[str, Any]:
    return {"corpus": corpus, "digest": digest(text), "meant": means, "attributions": []}


HER = [24, 27, [[[0, 8], [4, 8]]]]


def test_references_come_with_their_article_and_its_names(folders: tuple[Path, Path]) -> None:
    shared, own = folders
    other = "Ida Holm left."
    write(shared / "data/who/train.jsonl", [record("who-1"), record("who-2", text=other)])
    write(shared / "data/polnear/train.jsonl", [record("p-1", text=other), record("p-2")])
    write(own / REFERENCES, [marked("polnear", TEXT, HER, [9, 12, []]), marked("who", TEXT, HER)])
    ida = {"name": "Ida Holm", "accept": ["Holm"], "kind": "person"}
    (article,) = referring(shared, own)
    assert (article.corpus, article.record["id"], article.read) == ("polnear", "p-2", True)
    assert article.means == {(24, 27): [ida], (9, 12): []}
    first, second = taught(shared, own)[:2]
    assert (first.means, first.read, second.means) == ({(24, 27): [ida]}, False, {})


def test_what_is_called_by_no_name_may_be_called_otherwise(folders: tuple[Path, Path]) -> None:
    write(folders[1] / REFERENCES, [marked("who", TEXT, [24, 27, [[[9, 12]]]])])
    (met,) = taught(*folders)[0].means[24, 27]
    assert met == {"name": "met", "accept": [], "kind": "unnamed"}


@pytest.mark.parametrize(("corpus", "load"), [("who", taught), ("polnear", referring)])
def test_references_of_a_text_that_is_not_there_are_refused(
    folders: tuple[Path, Path], corpus: str, load: Any
) -> None:
    write(folders[1] / REFERENCES, [marked(corpus, "Another.", HER)])
    with pytest.raises(TextMissing, match="1 of the texts"):
        load(*folders)


def test_a_place_may_mean_several() -> None:
    report = Report("own-a", record("a", entities=[IDA, VEGA]), whole=True)
    assert report.meant("names") == {(0, 8): [IDA], (13, 22): [VEGA]}
    assert report.meant("mentions") == {(24, 27): [IDA, VEGA]}
    assert Report("who", record("a"), whole=False).meant("names") == {}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Holm", [(4, 8), (13, 17)]),
        ("Ida Holm", [(0, 8)]),
        ("Hol", []),
        ("olm", []),
        (".", []),
        ("She left.", [(24, 33)]),
    ],
)
def test_the_places_of_words(words: str, expected: list[tuple[int, int]]) -> None:
    assert list(places(TEXT, words)) == expected


def test_no_signs_are_patterns() -> None:
    assert list(places("A. B and AxB", "A. B")) == [(0, 4)]


def test_the_references_are_places_alone_in_order_and_once() -> None:
    rows = [json.loads(line) for line in (OWN / REFERENCES).read_text("utf-8").splitlines()]
    assert len({d["digest"] for d in rows}) == len(rows) > 0
    for d in rows:
        asked = [(start, end) for start, end, _ in d["meant"]]
        assert asked == sorted(set(asked)), d["digest"]
        names = [one for _, _, means in d["meant"] for one in means]
        assert all(names), d["digest"]
        assert all(0 <= start < end for one in names for start, end in one), d["digest"]


OURS = [
    (path.stem, json.loads(line))
    for path in sorted(OWN.glob("own-*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("name", sorted({name for name, _ in OURS}))
class TestTheProjectsOwnReports:
    """Faults are listed with the report that has them."""

    def reports(self, name: str) -> list[dict[str, Any]]:
        return [report for where, report in OURS if where == name]

    def test_ids_are_of_one_each(self, name: str) -> None:
        reports = self.reports(name)
        assert len({d["id"] for d in reports}) == len(reports) > 0
        for d in reports:
            ids = [a["id"] for a in d["attributions"]]
            assert len(set(ids)) == len(ids), d["id"]

    def test_spans_are_within_the_text_and_not_blank(self, name: str) -> None:
        faults = [
            (d["id"], start, end)
            for d in self.reports(name)
            for start, end in _spans(d)
            if not 0 <= start < end <= len(d["text"]) or not d["text"][start:end].strip()
        ]
        assert faults == []

    def test_entities_are_known_by_what_stands_in_the_text(self, name: str) -> None:
        faults = []
        for d in self.reports(name):
            for entity in d["entities"]:
                if not entity["name"].strip() or entity["kind"] not in SORTS:
                    faults.append((d["id"], entity["name"], entity["kind"]))
                if not entity["names"] and not entity["mentions"]:
                    faults.append((d["id"], entity["name"], "stands nowhere"))
        assert faults == []

    def test_no_place_is_given_twice_to_one_entity(self, name: str) -> None:
        faults = []
        for d in self.reports(name):
            for entity in d["entities"]:
                found = [tuple(place) for place in (*entity["names"], *entity["mentions"])]
                if len(set(found)) < len(found):
                    faults.append((d["id"], entity["name"]))
        assert faults == []

    def test_kinds_of_speakers_are_known(self, name: str) -> None:
        faults = [
            (d["id"], a["id"], speaker["name"], speaker["kind"])
            for d in self.reports(name)
            for a in d["attributions"]
            for speaker in a["speakers"]
            if speaker["kind"] not in get_args(Kind)
            or not (speaker["kind"] == "author" or (speaker["name"] or "").strip())
        ]
        assert faults == []

    def test_statements_are_inside_others_that_there_are(self, name: str) -> None:
        faults = []
        for d in self.reports(name):
            known = {a["id"]: a.get("inside") for a in d["attributions"]}
            for id in known:
                chain = [id]
                while (outer := known.get(chain[-1])) is not None:
                    chain.append(outer)
                    if outer not in known or outer in chain[:-1]:
                        faults.append((d["id"], *chain))
                        break
        assert faults == []


def _spans(d: dict[str, Any]) -> list[list[int]]:
    return [
        *(s for a in d["attributions"] for how in ("source", "cue", "content") for s in a[how]),
        *(s for e in d["entities"] for how in ("names", "mentions") for s in e[how]),
        *(r["span"] for r in d["refusals"]),
    ]
