import json
from pathlib import Path
from typing import Any

import pytest
import training.corpus
from training.corpus import Document, annotated, polnear, read_jsonl, silver

OWN = Path(training.corpus.__file__).parent / "data"
TEXT = "Ida said the ramp was safe. Tom declined to comment. Lena said “no”."


def at(words: str) -> list[list[int]]:
    start = TEXT.index(words)
    return [[start, start + len(words)]]


def statement(id: str, source: str, cue: str, content: str, **rest: Any) -> dict[str, Any]:
    spans = {"source": at(source), "cue": at(cue), "content": at(content) if content else []}
    return {"id": id, **spans, **rest}


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(r) + "\n" for r in records) + "\n", encoding="utf-8")
    return path


def report(*attributions: dict[str, Any], id: str = "d1", **rest: Any) -> dict[str, Any]:
    return {"id": id, "text": TEXT, "attributions": list(attributions), **rest}


def read(tmp_path: Path, *attributions: dict[str, Any], **rest: Any) -> Document:
    (doc,) = annotated(write(tmp_path / "own-x.jsonl", report(*attributions, **rest)), "own")
    return doc


SPOKEN = {
    "speakers": [{"name": "Ida", "kind": "person"}],
    "said": True,
    "denied": False,
    "addressee": None,
    "channel": None,
    "when": None,
    "inside": None,
}


def test_blank_lines_are_skipped(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", {"id": 1}, {"id": 2})
    assert [d["id"] for d in read_jsonl(path)] == [1, 2]


def test_spans_alone_leave_the_other_layers_untaught(tmp_path: Path) -> None:
    (found,) = read(tmp_path, statement("a", "Ida", "said", "the ramp was safe")).attributions
    assert (found.source, found.cue, found.content) == (((0, 3),), ((4, 8),), ((9, 26),))
    layers = (found.addressee, found.channel, found.when, found.said, found.denied, found.kind)
    assert layers == (None,) * 6


def test_a_spoken_layer_is_taught(tmp_path: Path) -> None:
    spoken = SPOKEN | {"addressee": "Tom", "channel": "the radio"}
    (found,) = read(
        tmp_path, statement("a", "Ida", "said", "the ramp was safe", **spoken)
    ).attributions
    assert (found.said, found.denied, found.kind) == (True, False, "person")
    assert found.addressee == tuple(map(tuple, at("Tom")))
    assert found.channel is None  # annotated, but nowhere to be found
    assert found.when == ()


def test_nobody_is_a_kind_of_its_own(tmp_path: Path) -> None:
    nobody = SPOKEN | {"speakers": []}
    (found,) = read(
        tmp_path, statement("a", "Ida", "said", "the ramp was safe", **nobody)
    ).attributions
    assert found.kind == "none"


def test_the_nearest_place_of_a_phrase_is_taken(tmp_path: Path) -> None:
    spoken = SPOKEN | {"addressee": "said"}
    (found,) = read(tmp_path, statement("a", "Lena", "Lena said", "“no”", **spoken)).attributions
    assert found.addressee == ((TEXT.rindex("said"), TEXT.rindex("said") + 4),)


def test_a_statement_without_content_is_left_out(tmp_path: Path) -> None:
    doc = read(
        tmp_path,
        statement("a", "Ida", "said", ""),
        statement("b", "Ida", "said", "the ramp was safe", **SPOKEN),
        statement("c", "Lena", "Lena said", "“no”", **SPOKEN | {"inside": "b"}),
    )
    assert [a.inside for a in doc.attributions] == [None, 0]


def test_declining_is_a_refusal_and_no_statement(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    declined = statement("b", "Tom", "declined", "to comment")
    kept = statement("a", "Ida", "said", "the ramp was safe")
    write(shared / "data/polnear/train.jsonl", report(declined, kept))
    write(shared / "data/who/train.jsonl", report(id="other"))
    ((doc,),) = polnear(shared)
    assert len(doc.attributions) == 1
    ((start, end, kind),) = doc.refusals
    assert (TEXT[start:end], kind) == ("Tom declined to comment", "declined")


def test_statements_behind_a_refusal_keep_the_one_that_holds_them(tmp_path: Path) -> None:
    doc = read(
        tmp_path,
        statement("r", "Tom", "declined", "to comment", **SPOKEN),
        statement("a", "Ida", "said", "the ramp was safe", **SPOKEN),
        statement("b", "Lena", "Lena said", "“no”", **SPOKEN | {"inside": "a"}),
        statement("c", "Ida", "said", "safe", **SPOKEN | {"inside": "r"}),
    )
    assert [a.inside for a in doc.attributions] == [None, 0, None]


def test_annotated_refusals_stand_for_themselves(tmp_path: Path) -> None:
    told = {"kind": "no response", "span": at("Tom declined")[0], "speakers": ["Tom"]}
    doc = read(tmp_path, statement("a", "Tom", "declined", "to comment"), refusals=[told])
    assert doc.attributions == ()
    assert doc.refusals == ((*at("Tom declined")[0], "no response"),)
    assert not doc.outermost


def test_copies_of_an_article_are_kept_together(tmp_path: Path) -> None:
    one = statement("a", "Ida", "said", "the ramp was safe")
    write(
        tmp_path / "data/polnear/train.jsonl",
        report(one, discard=[[0, 3]]),
        report(one),
        report(one, id="d2"),
    )
    write(tmp_path / "data/who/train.jsonl", report(one | SPOKEN))
    first, second = polnear(tmp_path)
    assert [d.id for d in first] == ["d1", "d1"]
    assert [d.attributions[0].said for d in first] == [True, None]  # one copy has the layer
    assert first[0].unknown == ((0, 3),)
    assert [d.id for d in second] == ["d2"]
    assert second[0].outermost


@pytest.mark.parametrize(("score", "many"), [(0.5, 1), (0.49, 0)])
def test_of_silver_only_the_likelier_is_taught(tmp_path: Path, score: float, many: int) -> None:
    write(tmp_path / "data/unlabelled/bbc.jsonl", {"id": "d1", "text": TEXT})
    guess = statement("a", "Ida", "said", "the ramp was safe", score=score)
    write(tmp_path / "data/unlabelled/bbc.silver.jsonl", {"id": "d1", "statements": [guess]})
    (doc,) = silver(tmp_path)
    assert len(doc.attributions) == many
    assert doc.outermost


@pytest.mark.parametrize("path", sorted(OWN.glob("own-*.jsonl")), ids=lambda p: p.name)
def test_the_projects_own_data_is_annotated_within_its_texts(path: Path) -> None:
    for doc in annotated(path, "own"):
        spans = [s for a in doc.attributions for s in a.source + a.cue + a.content]
        assert all(0 <= s < e <= len(doc.text) for s, e in spans), doc.id
        assert all(doc.text[s:e] == doc.text[s:e].strip() for s, e in spans), doc.id
        assert all(0 <= s < e <= len(doc.text) for s, e, _ in doc.refusals), doc.id
