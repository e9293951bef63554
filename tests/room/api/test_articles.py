from pathlib import Path

from sayso import Record
from tests.record.build import Said, reading
from tests.room.api.conftest import Caller


def test_articles_are_listed_the_latest_first(call: Caller) -> None:
    found = call("GET", "/articles", 200)
    assert [entry["title"] for entry in found["articles"]] == [
        "Ferry to run until June",
        "Surveyor calls bridge safe",
    ]
    first = call("GET", "/articles", 200, limit=1)
    second = call("GET", "/articles", 200, limit=1, page=first["next"])
    assert first["articles"] + second["articles"] == found["articles"]
    assert second["next"] is None


def test_articles_are_chosen(call: Caller) -> None:
    (found,) = call("GET", "/articles", 200, words="ferry", outlets="The Echo")["articles"]
    assert found["statements"] == 3
    assert call("GET", "/articles", 200, until="2026-03-01")["articles"] == []
    call("GET", "/articles", 404, outlets="The Moon")


def test_one_article(call: Caller, bridge: str) -> None:
    found = call("GET", "/articles/{article}", 200, article=bridge[:8])
    assert found["article"] == bridge
    assert found["url"] == "https://lantern.example/bridge"
    assert found["superseded_by"] is None
    error = call("GET", "/articles/{article}", 404, article="ffffff")["error"]
    assert error["code"] == "not_in_record"


def test_its_reading_is_the_contract(call: Caller, bridge: str, record_path: Path) -> None:
    found = call("GET", "/articles/{article}/reading", 200, article=bridge)
    with Record(record_path) as record:
        assert found == record.reading(bridge).to_dict()
    bare = call("GET", "/articles/{article}/reading", 200, article=bridge, text="false")
    assert "text" not in bare["article"]


def test_a_reading_with_and_without_corrections(call: Caller, bridge: str) -> None:
    made = {"kind": "wrong", "statement": f"{bridge}/s2"}
    call("POST", "/corrections", 201, made)
    path = "/articles/{article}/reading"
    now = call("GET", path, 200, article=bridge)["statements"]
    read = call("GET", path, 200, article=bridge, corrected="false")["statements"]
    assert [s["id"] for s in now] == ["s1", "s3"]
    assert [s["id"] for s in read] == ["s1", "s2", "s3"]


def test_its_versions(call: Caller, bridge: str, record_path: Path) -> None:
    later = reading(
        "“The bridge is shut,” said Ida Marsh.",
        [Said(content="“The bridge is shut,”", by="Ida Marsh", cue="said")],
        url="https://lantern.example/bridge",
        publisher="The Lantern",
        date="2026-03-14",
    )
    with Record(record_path) as record:
        key = record.add(later).key
    found = call("GET", "/articles/{article}/versions", 200, article=bridge)["versions"]
    assert [(v["article"], v["superseded_by"]) for v in found] == [(key, None), (bridge, key)]
    old = call("GET", "/articles/{article}", 200, article=bridge)
    assert old["superseded_by"] == key


def test_one_statement(call: Caller, bridge: str) -> None:
    found = call(
        "GET", "/statements/{article}/{statement}", 200, article=bridge[:6], statement="s1"
    )
    assert (found["article"], found["statement"]) == (bridge, "s1")
    assert found["text"] == "“The bridge is safe,”"
    for statement in ("s9", "x"):
        call("GET", "/statements/{article}/{statement}", 404, article=bridge, statement=statement)


def test_about(call: Caller) -> None:
    found = call("GET", "/about", 200)
    assert found["contract"] == 1
    assert found["record"]["articles"] == 2
    assert found["model"] in [model["id"] for model in found["models"]]


def test_one_is_amended(call: Caller, bridge: str) -> None:
    path = "/articles/{article}"
    told = {"publisher": "The Echo", "date": None}
    made = call("PATCH", path, 200, told, article=bridge)
    assert made["before"] == {"publisher": "The Lantern", "date": "2026-03-12"}
    assert (made["after"], made["who"]) == (told, "Nora Kettle")
    found = call("GET", path, 200, article=bridge)
    assert (found["outlet"], found["published"]) == ("The Echo", None)
    assert found["title"] == "Surveyor calls bridge safe"
    for wrong in ({}, told):
        assert call("PATCH", path, 400, wrong, article=bridge)["error"]["code"] == "usage"
    call("PATCH", path, 422, {"date": "March"}, article=bridge)
    call("PATCH", path, 404, told, article="ffffff")
