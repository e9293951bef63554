"""People, decisions and corrections: what is changed, by whom, and taken back."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.room.api.conftest import WHO, Caller
from tests.room.conftest import Open

KEY = "a-token-that-nobody-guesses"


def entry(call: Caller, name: str) -> int:
    (found,) = call("GET", "/people", 200, words=name)["people"]
    return int(found["entry"])


def test_people_are_listed_who_speaks_most_first(call: Caller) -> None:
    every = call("GET", "/people", 200)["people"]
    assert every[0]["name"] == "Ida Marsh"
    assert every[0]["statements"] == 3
    seen: list[Any] = []
    page: dict[str, str] = {}
    while True:
        some = call("GET", "/people", 200, limit=1, **page)
        seen += some["people"]
        if some["next"] is None:
            break
        page = {"page": some["next"]}
    assert seen == every


def test_one_of_the_people(call: Caller) -> None:
    number = entry(call, "Okoro")
    assert call("GET", "/people/{entry}", 200, entry=number)["name"] == "Ben Okoro"
    call("GET", "/people/{entry}", 404, entry=999)
    call("GET", "/people/{entry}", 422, entry="Okoro")


def test_two_are_made_one_and_parted_again(call: Caller) -> None:
    ida, ben = entry(call, "Marsh"), entry(call, "Okoro")
    merge = {"kind": "merge", "kept": str(ida), "other": "Ben Okoro"}
    made = call("POST", "/decisions", 201, merge)
    assert (made["entry"], made["who"], made["undone"]) == (ida, "Nora Kettle", None)
    assert call("GET", "/people/{entry}", 200, entry=ben)["entry"] == ida
    call("POST", "/decisions", 400, merge)
    path = "/decisions/{decision}/undo"
    undone = call("POST", path, 200, {}, decision=made["decision"])
    assert undone["undone"] is not None
    assert call("GET", "/people/{entry}", 200, entry=ben)["entry"] == ben
    call("POST", path, 400, {}, decision=made["decision"])
    call("POST", path, 404, {}, decision=99)
    assert call("GET", "/decisions", 200)["decisions"] == [undone]


def test_one_is_split(call: Caller, bridge: str) -> None:
    split = {"kind": "split", "name": "Ida Marsh", "articles": [bridge]}
    made = call("POST", "/decisions", 201, split)
    other = call("GET", "/people/{entry}", 200, entry=made["entry"])
    assert (other["name"], other["articles"]) == ("Ida Marsh", 1)
    assert len(call("GET", "/people", 200, words="Marsh")["people"]) == 2
    assert call("GET", "/timeline", 409, by="Ida Marsh")["error"]["code"] == "ambiguous"


def test_one_is_called_otherwise(call: Caller) -> None:
    ida, path = entry(call, "Marsh"), "/people/{entry}"
    made = call("PATCH", path, 200, {"name": "Ida Marsh-Cole"}, entry=ida)
    assert (made["kind"], made["names"]) == ("rename", ["Ida Marsh", "Ida Marsh-Cole"])
    assert (made["entry"], made["who"]) == (ida, "Nora Kettle")
    found = call("GET", path, 200, entry=ida)
    assert (found["name"], found["aliases"]) == ("Ida Marsh-Cole", ["Ida Marsh"])
    for name in ("Cole", "Ben Okoro", "Ida Marsh-Cole"):
        refused = call("PATCH", path, 400, {"name": name}, entry=ida)
        assert refused["error"]["code"] == "usage"
    call("PATCH", path, 422, {}, entry=ida)
    call("PATCH", path, 404, {"name": "Vera Quill"}, entry=999)
    call("POST", "/decisions/{decision}/undo", 200, {}, decision=made["decision"])
    assert call("GET", path, 200, entry=ida)["name"] == "Ida Marsh"


def test_the_kinds_of_correction(call: Caller, bridge: str) -> None:
    def made(**body: Any) -> Any:
        return call("POST", "/corrections", 201, body)

    def statement(id: str) -> Any:
        return call("GET", "/statements/{article}/{statement}", 200, article=bridge, statement=id)

    assert made(kind="right", statement=f"{bridge}/s1")["who"] == "Nora Kettle"
    assert statement("s1")["checked"] == "right"
    made(kind="speaker", statement=f"{bridge}/s2", speakers=["Ida Marsh"])
    assert [s["name"] for s in statement("s2")["speakers"]] == ["Ida Marsh"]
    made(kind="bounds", statement=f"{bridge}/s2", content=["he would not cross it"])
    assert statement("s2")["text"] == "he would not cross it"
    added = made(kind="missing", article=bridge, content=["on Tuesday"], speakers=["Ida Marsh"])
    assert statement(f"c{added['correction']}")["text"] == "on Tuesday"
    made(kind="wrong", statement=f"{bridge}/s3")
    call("GET", "/statements/{article}/{statement}", 404, article=bridge, statement="s3")
    listed = call("GET", "/corrections", 200, article=bridge)["corrections"]
    kinds = [each["kind"] for each in listed]
    assert kinds == ["wrong", "missing", "bounds", "speaker", "right"]


def test_a_correction_is_taken_back(call: Caller, bridge: str) -> None:
    made = call("POST", "/corrections", 201, {"kind": "wrong", "statement": f"{bridge}/s1"})
    path = "/corrections/{correction}/undo"
    undone = call("POST", path, 200, {}, correction=made["correction"])
    assert undone["undone"] is not None
    call("GET", "/statements/{article}/{statement}", 200, article=bridge, statement="s1")
    call("POST", path, 400, {}, correction=made["correction"])
    call("POST", path, 404, {}, correction=99)


MISNAMED = "/misnamed/{article}/{statement}"


def test_all_of_a_mis_named_speaker_s_statements(call: Caller, bridge: str) -> None:
    place = {"article": bridge, "statement": "s1"}
    before = call("GET", "/articles/{article}/reading", 200, article=bridge)
    theirs = call("GET", MISNAMED, 200, **place)
    assert (theirs["article"], theirs["speaker"]["name"]) == (bridge, "Ida Marsh")
    assert [each["statement"] for each in theirs["statements"]] == ["s1", "s3"]
    body = {"speakers": ["Vera Quill"], "speaker_kind": "person", "version": theirs["version"]}
    made = call("POST", MISNAMED, 201, body, **place)["corrections"]
    told = [(each["correction"], each["together"], each["who"]) for each in made]
    assert told == [(1, 1, "Nora Kettle"), (2, 1, "Nora Kettle")]
    now = call("GET", MISNAMED, 200, **place)
    assert now["speaker"]["name"] == "Vera Quill"
    assert call("POST", MISNAMED, 409, body, **place)["error"]["code"] == "changed"
    call("POST", MISNAMED, 400, body | {"version": now["version"]}, **place)
    call("POST", "/corrections/{correction}/undo", 200, {}, correction=2)
    assert call("GET", "/articles/{article}/reading", 200, article=bridge) == before


def test_what_is_no_correction_of_all_of_theirs(call: Caller, bridge: str) -> None:
    somebody = {"speakers": ["Vera Quill"], "version": "0"}
    place = {"article": bridge, "statement": "s1"}
    call("POST", MISNAMED, 404, somebody, article=bridge, statement="s99")
    call("POST", MISNAMED, 404, somebody, article="ffffff", statement="s1")
    call("POST", MISNAMED, 422, somebody | {"speakers": []}, **place)
    call("POST", MISNAMED, 422, {"speakers": ["Vera Quill"]}, **place)
    call("POST", MISNAMED, 422, somebody | {"kind": "person"}, **place)
    call.answer("POST", MISNAMED, 400, somebody, headers={}, **place)
    call(
        "POST",
        "/corrections",
        201,
        {"kind": "speaker", "statement": f"{bridge}/s1", "speakers": []},
    )
    refused = call("POST", MISNAMED, 400, somebody, **place)
    assert refused["error"]["message"].startswith("nobody is named as saying that")
    assert len(call("GET", "/corrections", 200)["corrections"]) == 1


def test_corrections_are_read_page_by_page(call: Caller, bridge: str) -> None:
    for id in ("s1", "s2", "s3"):
        call("POST", "/corrections", 201, {"kind": "right", "statement": f"{bridge}/{id}"})
    first = call("GET", "/corrections", 200, limit=2)
    call("POST", "/corrections", 201, {"kind": "wrong", "statement": f"{bridge}/s1"})
    second = call("GET", "/corrections", 200, limit=2, page=first["next"])
    numbers = [each["correction"] for each in first["corrections"] + second["corrections"]]
    assert numbers == [3, 2, 1]
    call("GET", "/corrections", 400, limit=2, page=first["next"], article=bridge)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "right", "statement": "{bridge}/s99"}, 404),
        ({"kind": "right", "statement": "{bridge}"}, 404),
        ({"kind": "right", "statement": "{bridge}/s1", "speakers": ["Ida Marsh"]}, 422),
        ({"kind": "righter", "statement": "{bridge}/s1"}, 422),
        ({"kind": "bounds", "statement": "{bridge}/s1", "content": ["nowhere to be read"]}, 404),
        ({"kind": "bounds", "statement": "{bridge}/s1", "content": ["it"], "at": "7"}, 422),
        ({"kind": "missing", "article": "{bridge}", "content": []}, 422),
        ({"kind": "missing", "article": "{bridge}", "content": ["the"], "at": None}, 409),
        ({}, 422),
        ([], 422),
    ],
)
def test_what_is_no_correction(call: Caller, bridge: str, body: Any, status: int) -> None:
    told = {k: v.format(bridge=bridge) if isinstance(v, str) else v for k, v in dict(body).items()}
    call("POST", "/corrections", status, told if body else body)
    assert call("GET", "/corrections", 200)["corrections"] == []


# ---- who may


def test_nothing_is_changed_by_nobody(call: Caller, bridge: str) -> None:
    right = {"kind": "right", "statement": f"{bridge}/s1"}
    answer = call.answer("POST", "/corrections", 400, right, headers={})
    assert "X-Sayso-Person" in answer.json()["error"]["message"]


@pytest.mark.parametrize("name", ["", "%20", "%00%0A", "%E2%80%8B"])
def test_a_name_of_nothing_is_none(call: Caller, bridge: str, name: str) -> None:
    right = {"kind": "right", "statement": f"{bridge}/s1"}
    answer = call.answer("POST", "/corrections", 400, right, headers={"X-Sayso-Person": name})
    assert "X-Sayso-Person" in answer.json()["error"]["message"]
    assert call("GET", "/corrections", 200)["corrections"] == []


@pytest.mark.parametrize("name", ["Zo%C3%AB%20Marsh%E2%80%AE", "Zoë Marsh"])
def test_a_name_may_be_of_any_letters(call: Caller, bridge: str, name: str) -> None:
    right = {"kind": "right", "statement": f"{bridge}/s1"}
    headers = [(b"X-Sayso-Person", name.encode())]
    made = call.client.post("/api/v1/corrections", json=right, headers=headers).json()
    assert made["who"] == "Zoë Marsh"


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/jsonx"},
        {},
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        "/corrections",
        "/corrections/1/undo",
        "/misnamed/a/s1",
        "/decisions",
        "/decisions/1/undo",
        "/read",
    ],
)
def test_what_changes_something_is_json(
    client: TestClient, path: str, headers: dict[str, str]
) -> None:
    answer = client.post(f"/api/v1{path}", content=b"{}", headers=WHO | headers)
    assert answer.status_code == 415
    assert answer.json()["error"]["code"] == "not_json"


def test_another_site_changes_nothing(call: Caller, bridge: str) -> None:
    right = {"kind": "right", "statement": f"{bridge}/s1"}
    headers = WHO | {"Origin": "https://elsewhere.example"}
    call.answer("POST", "/corrections", 403, right, headers=headers)
    assert call("GET", "/corrections", 200)["corrections"] == []


def test_where_people_have_tokens_the_token_tells(room: Open) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    client = room(tokens={"Ben Okoro": KEY})
    refused = client.get("/api/v1/about")
    assert refused.status_code == 401
    assert refused.json()["error"]["code"] == "no_token"
    client.headers.update(headers)
    call = Caller(client)
    (found,) = call("GET", "/articles", 200, words="surveyor")["articles"]
    right = {"kind": "right", "statement": f"{found['article']}/s1"}
    made = call.answer("POST", "/corrections", 201, right, headers=WHO).json()
    assert made["who"] == "Ben Okoro"


def test_the_description_tells_of_tokens_where_there_are(room: Open) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    asked = room(tokens={"Ben Okoro": KEY}).get("/api/v1/openapi.json", headers=headers)
    assert asked.json()["security"] == [{"token": []}]
    assert "security" not in room().get("/api/v1/openapi.json").json()


def test_bounds_stay_where_they_are_not_given_and_go_where_they_are_empty(
    call: Caller, bridge: str
) -> None:
    told = {"kind": "bounds", "statement": f"{bridge}/s1", "cue": []}
    made = call("POST", "/corrections", 201, told)
    assert made["bounds"] == {
        "content": ["“The bridge is safe,”"], "cue": [], "source": ["Ida Marsh"],
    }  # fmt: skip
    call("POST", "/corrections", 422, told | {"content": []})
