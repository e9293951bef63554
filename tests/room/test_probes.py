"""What somebody who means ill would send: no path out, no address within, no header missing."""

import re
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from sayso import Record
from sayso.room.protection import HEADERS
from sayso.room.settings import Limits, Settings
from tests.room.conftest import BRIDGE
from tests.room.served import Answer, Served, served

FORM = "Content-Type: application/x-www-form-urlencoded"
JSON = "Content-Type: application/json"
OUTSIDE = re.compile(r"root:|\[boot loader\]|Traceback|sqlite3\.|/site-packages/|BEGIN [A-Z ]+KEY")
"""What no answer may have in it: other files' words, or the room's own inside."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    path = tmp_path_factory.mktemp("probed") / "room.db"
    with Record(path) as record:
        record.add(BRIDGE)
    return Settings(record=path, limits=Limits(requests=100_000, readings=100_000, entries=100_000))


@pytest.fixture(scope="module")
def probed(settings: Settings) -> Iterator[Served]:
    with served(settings) as room:
        yield room


def well_kept(answer: Answer) -> bool:
    headed = {n.lower(): v for n, v in HEADERS.items() if n != "Cache-Control"}
    kept = headed.items() <= answer.headers.items() and "cache-control" in answer.headers
    return kept and "server" not in answer.headers and not OUTSIDE.search(answer.body)


PATHS = [
    "/../../../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd",
    "/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static//etc/passwd",
    "/static/..%5c..%5capp.py", "/static/....//app.py", "/static/%252e%252e/app.py",
    "/static/../../../../../etc/passwd", "/static/room.css/../../app.py", "/static/", "/static",
    "/static/%00", "/static/room.css%00.js", "/articles/..%2f..%2fetc%2fpasswd",
    "/articles/%00", "/articles/%0d%0aX-Injected:%20yes", "/drafts/..%2f..%2f", "/.git/config",
    "/.env", "/templates/base.html", "//etc/passwd", "/;/admin", "/%ff%fe", "/%c0%ae%c0%ae/",
    "/api/v1/articles/..%2f..%2fetc%2fpasswd", "/api/v1/../../name", "/api/v1/%00", "/api/",
    "/%E2%80%AE", "/\x7f",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out(probed: Served, path: str) -> None:
    answer = probed.ask(f"GET {path}")
    assert answer.status in (400, 404, 405, 409, 422)
    assert well_kept(answer)
    assert "x-injected" not in answer.headers


QUERIES = [
    "/name?next=https://evil.example", "/name?next=//evil.example", "/name?next=%0d%0aX-Injected:1",
    "/name?next=javascript:alert(1)", "/name?next=%00", "/name?next=%ff", "/name?" + "a=1&" * 999,
    "/search?words=%00", "/search?words=%22", "/search?words=%27%3b--", "/search?words=*",
    "/search?words=" + "a+OR+" * 900, "/search?words=" + "(" * 4000, "/search?words=%22" * 300,
    "/search?page=../../etc/passwd", "/search?page=%00", "/search?since=%00", "/search?by=%00",
    "/search?type=%3Cscript%3Ealert(1)%3C/script%3E", "/search?min_confidence=nan",
    "/search?min_confidence=1e999", "/search?since=9999-99-99", "/articles?words=%22%00",
    "/enter?token=%00", "/enter?next=%0d%0aSet-Cookie:a=b&token=x", "/api/v1/search?words=%00",
    "/api/v1/search?limit=999999999999999999999999", "/api/v1/search?limit=-1",
    "/drafts/" + "x" * 4000, "/articles/" + "0" * 4000,
]  # fmt: skip


@pytest.mark.parametrize("target", QUERIES)
def test_no_query_breaks_the_room(probed: Served, target: str) -> None:
    answer = probed.ask(f"GET {target}")
    assert answer.status < 500
    assert well_kept(answer)
    assert "x-injected" not in answer.headers
    assert "evil.example" not in answer.headers.get("location", "")
    assert "javascript:" not in answer.headers.get("location", "")
    assert "<script>alert" not in answer.body


LINES = [
    ("GET http://evil.example/name", 400), ("GET http://169.254.169.254/latest/", 400),
    ("CONNECT 169.254.169.254:80", 400), ("GET name", 400), ("OPTIONS *", 400),
    ("TRACE /name", 405), ("PUT /name", 405), ("DELETE /name", 405), ("PATCH /name", 405),
    ("PROPFIND /", 405), ("BREW /", 405), ("get /name", 405), ("OPTIONS /name", 405),
    ("POST /static/room.css", 405), ("POST /nope", 404), ("GET /name#x", 404),
]  # fmt: skip


@pytest.mark.parametrize(("line", "status"), LINES)
def test_odd_methods_and_targets(probed: Served, line: str, status: int) -> None:
    answer = probed.ask(line)
    assert answer.status == status
    assert well_kept(answer)


RAW = [
    b"\r\n\r\n", b"\0\0\0\0\r\n\r\n", b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nConnection: close\r\nHost: a\r\n X: folded\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    b"POST /name HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
    b"POST /name HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    b"POST /name HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    b"POST /name HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"a" * 300 + b"\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
]  # fmt: skip


@pytest.mark.parametrize("request_", RAW, ids=range(len(RAW)))
def test_what_is_no_request(probed: Served, request_: bytes) -> None:
    answer = probed.send(request_)
    assert 400 <= answer.status < 500
    assert well_kept(answer)


HOSTS = ["evil.example", "127.0.0.1", "localhost", "127.0.0.1.evil.example:{port}", "[::]:{port}",
         "localhost:{port}.evil.example", "evil.example#127.0.0.1:{port}", "127.1:{port}",
         "evil.example@127.0.0.1:{port}", "127.0.0.1:{port}, evil.example", "", "\xff"]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_no_name_is_taken_for_the_room_s(probed: Served, host: str) -> None:
    answer = probed.ask("GET /name", host=host.format(port=probed.port))
    assert answer.status in (400, 421)
    assert well_kept(answer)


@pytest.mark.parametrize(
    "headers",
    [
        ["X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https"],
        ["X-Original-URL: /static/../app.py", "X-Rewrite-URL: /etc/passwd"],
        ["X-HTTP-Method-Override: DELETE"],
        ["X-Forwarded-For: 10.0.0.1", "Forwarded: for=10.0.0.1;host=evil.example"],
        ["Range: bytes=0-1,5-9"],
        ["Cookie: sayso-name-{port}=%0d%0aX-Injected:%20yes; sayso-form-{port}=\xff"],
        ["Cookie: " + "a=b; " * 2_000],
        ["Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: YWJj"],
        ["Accept: ../../etc/passwd", "Accept-Language: \xff", "If-None-Match: *"],
        ["Authorization: Bearer \xff", "Expect: 100-continue"],
    ],
)
def test_no_header_changes_what_is_answered(probed: Served, headers: list[str]) -> None:
    """None is believed, and none comes back."""
    told = [header.format(port=probed.port) for header in headers]
    answer = probed.ask("GET /name", *told)
    assert answer.status == 200
    assert well_kept(answer)
    assert "<h1>Your name</h1>" in answer.body
    assert "evil.example" not in answer.body
    assert "x-injected" not in answer.headers


@pytest.mark.parametrize("path", ["/name", "/leave", "/read", "/drafts/x/keep", "/enter"])
@pytest.mark.parametrize(
    "headers",
    [["Origin: https://evil.example"], ["Origin: null"], ["Sec-Fetch-Site: cross-site"],
     ["Origin: http://127.0.0.1:1"], ["Referer: https://evil.example"], []],
)  # fmt: skip
def test_no_other_site_posts(probed: Served, path: str, headers: list[str]) -> None:
    answer = probed.ask(f"POST {path}", FORM, *headers, body=b"name=Mallory&text=x&next=/")
    assert answer.status == 403
    assert "sayso-name" not in answer.headers.get("set-cookie", "")
    assert well_kept(answer)


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/plain", b"{}"),
        ("application/x-www-form-urlencoded", b"text=x"),
        ("application/json", b"{"),
        ("application/json", b"[" * 100_000),
        ("application/json", b'{"articles": 1e999}'),
        ("application/json", b'"\\ud800"'),
        ("application/json", b"\xff\xfe{\0}\0"),
        ("application/xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
        ("\xff", b"x"),
    ],
)
def test_what_programs_should_not_send(probed: Served, media_type: str, body: bytes) -> None:
    answer = probed.ask("POST /api/v1/read", f"Content-Type: {media_type}", body=body)
    assert 400 <= answer.status < 500
    assert answer.body.startswith('{"error":')
    assert well_kept(answer)


@pytest.mark.parametrize("chunked", [False, True])
def test_what_is_too_large_is_not_taken(probed: Served, chunked: bool) -> None:
    if chunked:
        pieces = b"100000\r\n" + b"a" * 0x100000 + b"\r\n"
        head = f"POST /name HTTP/1.1\r\nHost: {probed.host}\r\n{FORM}\r\n".encode()
        answer = probed.send(head + b"Transfer-Encoding: chunked\r\n\r\n" + pieces * 3)
    else:
        answer = probed.ask("POST /name", FORM, "Content-Length: 99999999999999")
    assert answer.status == 413
    assert well_kept(answer)


# ---- addresses within


@pytest.fixture
def inside() -> Iterator[tuple[int, list[bytes]]]:
    """A service of this machine that nobody outside may reach: its port, and what reached it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def listen() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    heard.append(connection.recv(1_000))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield listener.getsockname()[1], heard
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


WITHIN = ["127.0.0.1", "localhost", "0.0.0.0", "0", "127.1", "2130706433", "0x7f000001",  # noqa: S104
          "017700000001",
          "[::1]", "[::]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "user:pass@127.0.0.1",
          "127.0.0.1#@example.org", "127。0。0。1", "①②⑦.0.0.1", "LOCALHOST."]  # fmt: skip


def test_no_address_within_is_fetched(probed: Served, inside: tuple[int, list[bytes]]) -> None:
    port, heard = inside
    page = probed.ask("GET /name")
    token = re.findall('name="form_token" value="([^"]+)"', page.body)[0]
    cookie = page.headers["set-cookie"].partition(";")[0]
    for host in WITHIN:
        fields = {"form_token": token, "address": f"http://{host}:{port}/"}
        sent = probed.ask("POST /read", FORM, f"Cookie: {cookie}", body=urlencode(fields).encode())
        assert sent.status == 303, host
        told = finished(probed, sent.headers["location"])
        assert "Surveyor" not in told
        assert re.search("public internet|no plain address|password|no address|no host", told), host
    assert heard == []


def finished(probed: Served, address: str) -> str:
    """The page of a draft, once it is read."""
    while True:
        answer = probed.ask(f"GET {address}")
        if "data-progress" not in answer.body and "refresh" not in answer.headers:
            return answer.body
