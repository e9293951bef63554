import gzip
import socket
import threading
import tracemalloc
from collections.abc import Iterator

import pytest

from sayso.errors import FetchFailed, FetchRefused
from sayso.intake import url as web
from sayso.intake.url import Page, fetch
from tests.intake.conftest import Server, answer

HTML = b"<html><body>He said so.</body></html>"


def local(address: str, seconds: float = 10) -> Page:
    return fetch(address, allow_private=True, seconds=seconds)


def moved(to: str) -> bytes:
    return answer(b"", f"Location: {to}", status="302 Found")


def test_a_page(server: Server) -> None:
    address = server.give("/a", answer(HTML, kind="text/html; charset=ISO-8859-1"))
    assert local(address + "#part") == Page(address, HTML, True, "iso-8859-1")


def test_plain_text_is_no_html(server: Server) -> None:
    assert not local(server.give("/a", answer(b"Words.", kind="text/plain"))).is_html


def test_packed(server: Server) -> None:
    packed = answer(gzip.compress(HTML), "Content-Encoding: gzip")
    assert local(server.give("/a", packed)).data == HTML


def test_packed_in_several_members(server: Server) -> None:
    packed = gzip.compress(HTML[:9]) + gzip.compress(b"") + gzip.compress(HTML[9:])
    address = server.give("/a", answer(packed, "Content-Encoding: gzip"))
    assert local(address).data == HTML


def test_redirects_are_followed_to_where_they_end(server: Server) -> None:
    server.give("/b", moved("/c"))
    server.give("/c", answer(HTML))
    assert local(server.give("/a", moved(server.url + "/b"))).url == server.url + "/c"


def test_redirects_have_an_end(server: Server) -> None:
    with pytest.raises(FetchFailed, match="more than 5 times"):
        local(server.give("/a", moved("/a")))
    assert len(server.hosts) == 6


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://news.example/a",
        "http://me:secret@127.0.0.1/",
        "http://0x7f.1/",
        "http://news.example:99999/",
    ],
)
def test_redirects_are_checked_like_addresses(server: Server, target: str) -> None:
    with pytest.raises(FetchRefused):
        local(server.give("/a", moved(target)))


def test_a_public_page_can_not_redirect_to_a_private_one(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server plays a public host, as far as the check of addresses knows."""
    port = server.url.rpartition(":")[2]
    hosts = {"public.example": "127.0.0.1", "inside.example": "10.0.0.7"}
    monkeypatch.setattr("sayso.intake.network.is_public", lambda ip: ip == "127.0.0.1")
    server.give("/a", moved(f"http://inside.example:{port}/"))
    with pytest.raises(FetchRefused, match=r"inside\.example"):
        fetch(f"http://public.example:{port}/a", resolve=lambda host, _: [hosts[host]])
    assert server.hosts == [f"public.example:{port}"]


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::1"], ["::ffff:169.254.169.254"]]
)
def test_no_address_of_a_host_may_be_private(addresses: list[str]) -> None:
    with pytest.raises(FetchRefused, match="--allow-private"):
        fetch("http://news.example/", resolve=lambda host, port: addresses)


def test_the_name_is_looked_up_once_and_connected_to_as_checked(server: Server) -> None:
    answers = iter([["127.0.0.1"]])
    address = server.give("/a", answer(HTML)).replace("127.0.0.1", "news.example")
    page = fetch(address, allow_private=True, resolve=lambda host, port: next(answers))
    assert page.data == HTML
    assert server.hosts[0].startswith("news.example:")


def test_the_next_address_is_tried_where_one_does_not_answer(server: Server) -> None:
    address = server.give("/a", answer(HTML)).replace("127.0.0.1", "news.example")
    page = fetch(address, allow_private=True, resolve=lambda host, port: ["::1", "127.0.0.1"])
    assert page.data == HTML


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example/",
        "http://",
        "http://a:b@news.example/",
        "http://2130706433/",
        "http://a\tb",
        "http://news.example:0/",
        "http://news.example:65536/",
    ],
)
def test_refused_before_anything_is_looked_up(address: str) -> None:
    def never(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    with pytest.raises(FetchRefused):
        fetch(address, allow_private=True, resolve=never)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (answer(b"", status="404 Not Found"), "404"),
        (answer(b"", status="302 Found"), "302"),
        (answer(b"%PDF-", kind="application/pdf"), "gives a PDF, no page"),
        (answer(b"GIF89a", kind="image/gif"), "gives image/gif"),
        (answer(b"{}", kind=""), "an unnamed type"),
        (answer(HTML, "Content-Encoding: br"), "br"),
        (answer(b"no gzip", "Content-Encoding: gzip"), "damaged"),
        (answer(gzip.compress(HTML)[:-9], "Content-Encoding: gzip"), "breaks off"),
        (answer(gzip.compress(HTML) + b"more", "Content-Encoding: gzip"), "damaged|breaks off"),
        (
            answer(gzip.compress(HTML) * 2 + gzip.compress(HTML)[:-9], "Content-Encoding: gzip"),
            "breaks off",
        ),
        (answer(HTML)[:-5], "gave no page"),
        (b"SSH-2.0\r\n", "gave no page"),
        (moved("http://[::1/"), "redirects to no address"),
    ],
)
def test_failed(server: Server, given: bytes, message: str) -> None:
    with pytest.raises(FetchFailed, match=message):
        local(server.give("/a", given))


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "there is no host"),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), "a way to the internet"),
        (OSError("unknown"), "check how the address is spelt"),
    ],
)
def test_no_such_host(error: OSError, message: str) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise error

    with pytest.raises(FetchFailed, match=message) as failed:
        fetch("http://news.example/", resolve=unknown)
    assert "news.example" in failed.value.told
    assert "Errno" not in failed.value.told


def test_a_host_that_does_not_answer() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(FetchFailed, match="gave no page") as failed:
        fetch(f"http://127.0.0.1:{port}/", allow_private=True)
    assert "Errno" not in failed.value.told


def test_too_large(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_BYTES", 1_000)
    assert local(server.give("/a", answer(b"x" * 1_000)))
    with pytest.raises(FetchFailed, match="larger"):
        local(server.give("/a", answer(b"x" * 1_001)))


def test_a_bomb_is_not_unpacked_beyond_the_limit(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MAX_BYTES", 1_000)
    bomb = gzip.compress(HTML) + gzip.compress(bytes(20_000_000))
    address = server.give("/a", answer(bomb, "Content-Encoding: gzip"))
    tracemalloc.start()
    with pytest.raises(FetchFailed, match="larger"):
        local(address)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nX: ", answer(b"x" * 999)[:-999]])
def test_a_drip_ends_at_the_deadline(server: Server, start: bytes) -> None:
    def drip() -> Iterator[bytes]:
        yield start
        while not server.stopped.wait(0.02):
            yield b"x"

    with pytest.raises(FetchFailed, match=r"longer than 0\.3 seconds"):
        local(server.give_slowly("/a", drip), seconds=0.3)


def test_looking_up_a_name_ends_at_the_deadline() -> None:
    done = threading.Event()

    def slow(host: str, port: int) -> list[str]:
        done.wait(10)
        return []

    with pytest.raises(FetchFailed, match=r"longer than 0\.1 seconds"):
        fetch("http://news.example/", seconds=0.1, resolve=slow)
    done.set()
