from typing import Any

import pytest

from tests.room.api.conftest import Caller


def texts(found: Any) -> list[str]:
    return [hit["text"] for hit in found["hits"]]


def test_search_finds_words_and_marks_them(call: Caller) -> None:
    found = call("GET", "/search", 200, words="bridge safe")
    (hit,) = found["hits"]
    assert hit["text"] == "“The bridge is safe,”"
    assert hit["speakers"][0]["name"] == "Ida Marsh"
    assert hit["marks"]
    assert found["matched"] == 1
    assert found["next"] is None


def test_a_hit_has_the_number_of_its_speaker(call: Caller) -> None:
    (hit,) = call("GET", "/search", 200, words="bridge safe")["hits"]
    entry = hit["speakers"][0]["entry"]
    assert call("GET", "/people/{entry}", 200, entry=entry)["name"] == "Ida Marsh"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"by": "Ben Okoro"}, ["that he would not cross it"]),
        ({"by": ["Ben Okoro", "Ida Marsh"], "outlets": "The Echo"}, ["“Nobody asked us,”"]),
        ({"unnamed": "true"}, ["the boat leaks"]),
        ({"types": "indirect", "outlets": "the lantern"}, ["that he would not cross it"]),
        ({"since": "2026-03-10", "until": "2026-03-10", "dates": "said"},
         ["“The bridge is safe,”"]),
        ({"min_confidence": "0.95"}, ["“The bridge is safe,”"]),
        ({"said": "false", "outlets": "The Echo"}, []),
    ],
)  # fmt: skip
def test_a_search_is_narrowed(call: Caller, filters: dict[str, Any], expected: list[str]) -> None:
    assert texts(call("GET", "/search", 200, **filters)) == expected


def test_a_search_is_read_page_by_page(call: Caller) -> None:
    whole = call("GET", "/search", 200, since="2026-01-01")
    asked = {"since": "2026-01-01", "limit": 4}
    first = call("GET", "/search", 200, **asked)
    second = call("GET", "/search", 200, **asked, page=first["next"])
    assert texts(first) + texts(second) == texts(whole)
    assert second["next"] is None


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({}, 400, "usage"),
        ({"words": "("}, 400, "usage"),
        ({"words": "bridge", "page": "none"}, 400, "usage"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, 400, "usage"),
        ({"outlets": "The Moon"}, 404, "unmatched"),
        ({"by": "Nobody Atall"}, 404, "unmatched"),
        ({"words": "bridge", "outlet": "The Echo"}, 422, "usage"),
        ({"since": "2026-02-30"}, 422, "usage"),
        ({"words": "x" * 1_001}, 422, "usage"),
        ({"words": "bridge", "limit": 101}, 422, "usage"),
        ({"words": "bridge", "types": "spoken"}, 422, "usage"),
    ],
)
def test_a_search_that_is_none(call: Caller, asked: dict[str, Any], status: int, code: str) -> None:
    error = call("GET", "/search", status, **asked)["error"]
    assert error["code"] == code
    assert error["message"]


def test_what_is_wrong_is_named(call: Caller) -> None:
    error = call("GET", "/search", 422, words="bridge", outlet="The Echo")["error"]
    assert "outlet" in error["message"]


def test_a_timeline_is_in_the_order_of_saying(call: Caller) -> None:
    line = call("GET", "/timeline", 200, by="Ida Marsh")
    assert line["names"] == ["Ida Marsh"]
    assert [saying["day"] for saying in line["sayings"]] == [
        "2026-03-10",
        "2026-03-12",
        "2026-03-15",
    ]
    assert [saying["known"] for saying in line["sayings"]] == [True, False, False]
    assert line["sayings"][0]["first"]["speakers"][0]["entry"]


def test_a_timeline_is_read_page_by_page(call: Caller) -> None:
    whole = call("GET", "/timeline", 200, by="Ida Marsh")["sayings"]
    first = call("GET", "/timeline", 200, by="Ida Marsh", limit=2)
    second = call("GET", "/timeline", 200, by="Ida Marsh", limit=2, page=first["next"])
    assert first["sayings"] + second["sayings"] == whole
    assert second["next"] is None
    call("GET", "/timeline", 400, by="Ben Okoro", limit=2, page=first["next"])


def test_a_timeline_of_some_words(call: Caller) -> None:
    (saying,) = call("GET", "/timeline", 200, by="Marsh", words="safe")["sayings"]
    assert saying["first"]["text"] == "“The bridge is safe,”"


def test_a_timeline_of_nobody(call: Caller) -> None:
    assert call("GET", "/timeline", 404, by="Vera Hill")["error"]["code"] == "unmatched"
    call("GET", "/timeline", 422)


def test_a_quotation_is_checked(call: Caller) -> None:
    told = call("GET", "/check", 200, quotation="The bridge is safe", by="Marsh")
    assert (told["wording"], told["speaker"]) == ("verbatim", "same")
    assert told["matches"][0]["outlet"] == "The Lantern"
    assert told["covers"]["from"] == "2026-03-12"
    assert call("GET", "/check", 400, quotation="Yes")["error"]["code"] == "usage"


def test_an_audit(call: Caller, bridge: str) -> None:
    every = call("GET", "/audit", 200)
    assert every["totals"]["articles"] == 2
    assert every["refusals"][0]["names"] == ["The Bridge Trust"]
    assert every["unnamed"][0]["text"] == "the boat leaks"
    one = call("GET", "/audit", 200, articles=bridge[:8])
    assert [voice["name"] for voice in one["voices"]] == ["Ida Marsh", "Ben Okoro"]
    assert one["named"][0]["article"] == bridge
    call("GET", "/audit", 404, articles="ffffff")
    call("GET", "/audit", 404, by="party")
