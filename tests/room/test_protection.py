"""Other sites: hosts, origins, form tokens, and the headers of every answer."""

import logging
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.datastructures import Headers

from sayso.room.protection import HEADERS, Doorkeeper, is_foreign
from sayso.room.settings import Settings
from tests.room.conftest import HOST, Open, form_token

OWN = {"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}
FOREIGN = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/name"),
        ("HEAD", "/name"),
        ("GET", "/nope"),
        ("GET", "/static/room.css"),
        ("GET", "/static/nope"),
        ("POST", "/name"),
        ("PUT", "/name"),
        ("GET", "/api/v1/nope"),
        ("GET", "/articles/nope"),
    ],
)
def test_no_answer_is_without_the_headers(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path)
    assert set(HEADERS) <= {name.title().replace("Xss", "XSS") for name in answer.headers}
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers


def test_a_mistake_of_the_room_s_own_is_told_with_the_headers(
    room: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sayso.room.access.local", lambda _: 1 / 0)
    client = TestClient(room().app, base_url=f"http://{HOST}", raise_server_exceptions=False)
    with caplog.at_level(logging.CRITICAL):
        answer = client.get("/name")
    assert answer.status_code == 500
    assert "What was stored is still stored." in answer.text
    assert set(HEADERS) <= {name.title() for name in answer.headers}


def test_static_files_are_kept_and_pages_are_not(client: TestClient) -> None:
    page = client.get("/name")
    assert page.headers["cache-control"] == "private, no-cache"
    style = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    kept = client.get(style)
    assert "immutable" in kept.headers["cache-control"]
    again = client.get(style, headers={"If-None-Match": kept.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_can_be_got_has_a_head(client: TestClient) -> None:
    answer = client.head("/name")
    assert answer.status_code == 200
    assert answer.content == b""


# ---- hosts


@pytest.mark.parametrize("host", [HOST, "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_the_room_s_own_hosts(client: TestClient, host: str) -> None:
    assert client.get("/name", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:80",
     "localhost.evil.example:8765", "127.0.0.1.nip.example:8765", "user@127.0.0.1:8765",
     "", "0.0.0.0:8765", "2130706433:8765"],
)  # fmt: skip
def test_foreign_hosts_are_refused(client: TestClient, host: str) -> None:
    """A name of somebody's that means this machine now: the browser takes it for their site."""
    answer = client.get("/name", headers={"Host": host})
    assert answer.status_code == 421
    assert f"http://{HOST}" in answer.text


def test_a_proxy_s_host_is_own(room: Open) -> None:
    client = room(url="https://room.example")
    assert client.get("/name", headers={"Host": "room.example"}).status_code == 200
    assert client.get("/name", headers={"Host": "room.example.evil"}).status_code == 421


@pytest.mark.parametrize(
    ("changes", "hosts", "foreign"),
    [
        ({"port": 80}, ["127.0.0.1", "127.0.0.1:80", "localhost", "[::1]"], "127.0.0.1:443"),
        ({"port": 443}, ["127.0.0.1:443"], "127.0.0.1"),
        ({"url": "https://room.example:443"}, ["room.example", "room.example:443"],
         "room.example:80"),
        ({"url": "http://room.example:80"}, ["room.example", "room.example:80"],
         "room.example:443"),
        ({"url": "https://room.example:8443"}, ["room.example:8443"], "room.example"),
    ],
)  # fmt: skip
def test_clients_leave_out_the_port_that_is_the_scheme_s_own(
    room: Open, changes: dict[str, Any], hosts: list[str], foreign: str
) -> None:
    client = room(**changes)
    answers = [client.get("/name", headers={"Host": host}).status_code for host in hosts]
    assert answers == [200] * len(hosts)
    assert client.get("/name", headers={"Host": foreign}).status_code == 421


@pytest.mark.parametrize(
    ("changes", "origin"),
    [
        ({"port": 80}, "http://127.0.0.1"),
        ({"port": 443}, "http://127.0.0.1:443"),
        ({"url": "https://room.example:443/"}, "https://room.example"),
        ({"url": "https://[2001:db8::1]:443"}, "https://[2001:db8::1]"),
        ({"url": "https://Room.example:8443"}, "https://room.example:8443"),
    ],
)
def test_the_room_s_origin_is_as_browsers_write_it(
    settings: Settings, changes: dict[str, Any], origin: str
) -> None:
    assert replace(settings, **changes).origin == origin


def test_a_connection_to_the_own_port_tells_its_host(settings: Settings) -> None:
    everywhere = replace(settings, host="0.0.0.0", port=80, tokens={"Ida": "x" * 16})  # noqa: S104
    door = Doorkeeper(_never, everywhere)
    asked = {"type": "http", "method": "GET", "path": "/", "server": ("192.0.2.7", 80)}
    for host, refused in (("192.0.2.7", False), ("192.0.2.7:80", False), ("192.0.2.8", True)):
        told = door._refusal({**asked, "headers": [(b"host", host.encode())]})
        assert (told is not None) is refused


async def _never(*_: Any) -> None:
    raise AssertionError


# ---- origins


@pytest.mark.parametrize(
    ("method", "headers", "foreign"),
    [
        ("GET", {}, False),
        ("POST", {}, False),
        ("POST", OWN, False),
        ("POST", {"Origin": f"https://{HOST}"}, False),  # a proxy's https
        ("GET", FOREIGN, True),
        ("POST", FOREIGN, True),
        ("POST", {"Origin": "null"}, True),
        ("POST", {"Origin": ""}, True),
        ("POST", {"Origin": "http://127.0.0.1:9999"}, True),
        ("POST", {"Origin": "http://["}, True),
        ("POST", {"Origin": f"chrome-extension://{HOST}"}, True),
        ("GET", {"Sec-Fetch-Site": "none"}, False),
        ("GET", {"Sec-Fetch-Site": "cross-site"}, True),
        ("GET", {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}, True),
        ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, True),
        ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
                 "Sec-Fetch-Dest": "document"}, False),
        ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
                 "Sec-Fetch-Dest": "iframe"}, True),
        ("POST", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
                  "Sec-Fetch-Dest": "document"}, True),
    ],
)  # fmt: skip
def test_whose_page_it_came_from(method: str, headers: dict[str, str], foreign: bool) -> None:
    assert is_foreign(Headers({"Host": HOST, **headers}), method) is foreign


@pytest.mark.parametrize(
    ("host", "origin", "foreign"),
    [
        ("127.0.0.1", "http://127.0.0.1", False),
        ("127.0.0.1:80", "http://127.0.0.1", False),
        ("room.example:443", "https://room.example", False),  # as some proxies write it
        ("room.example:80", "https://room.example", True),
        ("room.example", "http://room.example:8080", True),
    ],
)
def test_an_origin_without_the_port_that_is_its_own(host: str, origin: str, foreign: bool) -> None:
    assert is_foreign(Headers({"Host": host, "Origin": origin}), "POST") is foreign


def test_another_site_s_form_changes_nothing(client: TestClient) -> None:
    fields = {"form_token": form_token(client.get("/name").text), "name": "Mallory"}
    assert client.post("/name", data=fields, headers=FOREIGN).status_code == 403
    assert "Mallory" not in client.get("/name").text


# ---- forms


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "é" * 64])
def test_a_form_without_its_token_changes_nothing(client: TestClient, token: str) -> None:
    client.get("/name")
    sent = client.post("/name", data={"name": "Mallory", "form_token": token})
    assert sent.status_code == 403
    assert "sayso-name-8765" not in client.cookies


def test_no_endpoint_can_forget_the_token(client: TestClient) -> None:
    app: Any = client.app
    app.post("/bare")(lambda: "done")
    assert client.post("/bare").status_code == 403
    fields = {"form_token": form_token(client.get("/name").text)}
    assert client.post("/bare", data=fields).json() == "done"


def test_a_token_is_of_the_browser_that_got_it(room: Open) -> None:
    one, other = room(), room()
    token = form_token(one.get("/name").text)
    other.get("/name")
    sent = other.post("/name", data={"name": "Mallory", "form_token": token})
    assert sent.status_code == 403


def test_what_was_typed_before_a_restart_is_not_lost(room: Open) -> None:
    old, new = room(), room()
    token = form_token(old.get("/name").text)
    new.cookies = old.cookies
    sent = new.post("/name", data={"name": "<Ida>", "form_token": token}, headers=OWN)
    assert sent.status_code == 403
    assert "&lt;Ida&gt;</textarea>" in sent.text
    fields = {"name": "Ida", "form_token": form_token(sent.text)}
    assert new.post("/name", data=fields, headers=OWN).status_code == 303


def test_no_other_site_is_helped_to_send_again(client: TestClient) -> None:
    client.get("/name")
    sent = client.post("/name", data={"name": "Mallory", "form_token": "x"})
    assert "Mallory" not in sent.text


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b'{"name": "Ida"}', "application/json"),
        (b"name=Ida", "text/plain"),
        (b"\xff\xfe\0", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"a" * 100, "multipart/form-data; boundary=" + "y" * 500),
    ],
)
def test_what_is_no_form_is_refused(client: TestClient, content: bytes, media_type: str) -> None:
    answer = client.post("/name", content=content, headers={"Content-Type": media_type})
    assert answer.status_code in (400, 403)
