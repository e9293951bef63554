"""Corrected articles as training data."""

import json
import sqlite3
from pathlib import Path

from training.reports import Report

from sayso.record import Record, correcting
from sayso.record.lessons import lessons
from tests.record.test_correcting import FERRY, QUAY, SAFE, TEXT, read
from training import batches, corpus


def test_what_people_have_looked_at_is_taught(record: Record, db: sqlite3.Connection) -> None:
    key = record.add(read(FERRY, SAFE, QUAY)).key
    assert list(lessons(db)) == []
    correcting.attribute(db, f"{key}/s3", ["Ruth Amberley"], who="Nora")
    correcting.wrong(db, f"{key}/s2", who="Nora")
    (lesson,) = lessons(db)
    assert lesson == {
        "id": key,
        "publisher": None,
        "date": None,
        "title": None,
        "text": TEXT,
        "attributions": [
            {
                "id": "1",
                "source": [[62, 106]],
                "cue": [[107, 116]],
                "content": [[118, 136]],
                "speakers": [{"name": "Ruth Amberley", "accept": [], "kind": "person"}],
                "addressee": None,
                "channel": None,
                "when": None,
                "date": None,
                "inside": None,
                "denied": False,
                "sure": True,
                "said": True,
            }
        ],
        "refusals": [],
        "discard": [[33, 37]],
    }


def test_training_can_take_them(record: Record, db: sqlite3.Connection, tmp_path: Path) -> None:
    key = record.add(read(FERRY, QUAY)).key
    correcting.right(db, f"{key}/s1", who="Nora")
    correcting.supply(db, key, content=["It was safe"], source=["she"], who="Nora")
    path = tmp_path / "corrections-desk.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in lessons(db)), encoding="utf-8")
    others = frozenset(batches.TIMES) - {"corrections"}
    (source,) = batches.Mix(tmp_path, tmp_path, without=others).sources()
    ((doc,),) = source.articles
    assert [a.kind for a in doc.attributions] == ["person", "none"]
    assert doc.unknown == ((107, 116),)
    assert not doc.outermost
    (record_,) = corpus.read_jsonl(path)
    assert Report("corrections", record_, whole=False).text == TEXT


def test_a_correction_that_was_taken_back_is_no_lesson(
    record: Record, db: sqlite3.Connection
) -> None:
    key = record.add(read(FERRY)).key
    correcting.right(db, f"{key}/s1", who="Nora")
    correcting.undo(db)
    assert list(lessons(db)) == []
