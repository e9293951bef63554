import pytest
from fastapi.testclient import TestClient

from sayso.room.desk import Desk


@pytest.mark.parametrize("path", ["/nothing", "/search/", "/articles/a/b/c"])
def test_an_address_that_is_none(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/search", "GET"), ("/corrections", "GET, POST"), ("/jobs/x", "DELETE, GET")],
)
def test_what_can_t_be_done_at_an_address(client: TestClient, path: str, allowed: str) -> None:
    answer = client.request("PATCH", f"/api/v1{path}", json={})
    assert answer.status_code == 405
    assert answer.headers["allow"] == allowed
    assert answer.json()["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize("path", ["", "/"])
def test_the_apis_own_address_leads_to_its_description(client: TestClient, path: str) -> None:
    told = client.get(f"/api/v1{path}").json()
    assert client.get(told["description"]).json()["paths"]
    assert "The API" in client.get(told["calls"]).text


def test_a_parameter_that_is_none_is_told_the_others(client: TestClient) -> None:
    message = client.get("/api/v1/people?name=Marsh").json()["error"]["message"]
    assert message == "query.name: there is no such parameter, only limit, page, words"
    assert (
        client.get("/api/v1/check?q=x")
        .json()["error"]["message"]
        .startswith("query.quotation: Field required; query.q: there is no such parameter, only ")
    )


def test_a_mistake_of_ours(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(self: Desk) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(Desk, "record", mistaken)
    quiet = TestClient(client.app, base_url=str(client.base_url), raise_server_exceptions=False)
    answer = quiet.get("/api/v1/about")
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal"
    assert "secret" not in answer.text


def test_the_headers_of_every_answer(client: TestClient) -> None:
    for path in ("/api/v1/about", "/api/v1/nothing", "/api/v1/openapi.json"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"].startswith("default-src 'none'")
