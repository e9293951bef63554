"""Who comes in, and as whom."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso import UsageError
from sayso.room.access import LONGEST_NAME, cleaned, local
from sayso.room.settings import Limits, Settings
from tests.room.conftest import Open, form_token, post

TOKENS = {"Nora Kettle": "n" * 20, "Ben Okoro": "b" * 20}


@pytest.fixture
def closed(room: Open) -> TestClient:
    """A browser at a room in which each has a token."""
    return room(tokens=TOKENS)


# ---- on this machine


def test_a_name_is_asked_once(named: TestClient) -> None:
    assert 'value="Nora Kettle"' in named.get("/name").text


def test_a_name_leads_on_to_where_it_was_asked(client: TestClient) -> None:
    sent = post(client, "/name", page="/name?next=/review", name="Ida", next="/review")
    assert sent.headers["location"] == "/review"


def test_the_page_gives_the_address_to_lead_on_to(client: TestClient) -> None:
    assert 'name="next" value="/review?x=1"' in client.get("/name?next=/review%3Fx=1").text


def test_no_name_is_told(client: TestClient) -> None:
    sent = post(client, "/name", page="/name", name=" \u202e ")
    assert sent.status_code == 422
    assert "Write a name." in sent.text


def test_a_name_can_be_forgotten(named: TestClient) -> None:
    assert post(named, "/leave", page="/name").status_code == 303
    assert "Nora" not in named.get("/name").text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Nora \n Kettle ", "Nora Kettle"),
        ("Zoë Ó Briain", "Zoë Ó Briain"),
        ("נועה", "נועה"),
        ("a\u202eb\0c\x1b[2J\u2066", "abc[2J"),
        ("x" * 500, "x" * LONGEST_NAME),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    assert cleaned(given) == kept


@pytest.mark.parametrize("name", ["Nora Kettle", "Zoë; Path=/", 'a"b, c\\', "נועה", "<b>x</b>"])
def test_a_name_comes_back_as_it_was(client: TestClient, name: str) -> None:
    post(client, "/name", page="/name", name=name)
    page = client.get("/name").text
    shown = name.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
    assert f'value="{shown}"' in page


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("/review?x=1#s3", "/review?x=1#s3"),
        *((bad, "/") for bad in ("", "review", "//evil.example", "/\\evil.example", "/a\\b")),
        *((bad, "/") for bad in ("https://evil.example", "javascript:alert(1)", "/a\r\nX: y")),
        *((bad, "/") for bad in ("/\t/evil.example", "///evil.example", "//[", "/\0")),
    ],
)
def test_what_leads_on_stays_in_the_room(address: str, leads: str) -> None:
    assert local(address) == leads


def test_cookies_are_for_this_site_alone(client: TestClient) -> None:
    sent = post(client, "/name", page="/name", name="Ida")
    cookie = sent.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" not in cookie


# ---- with tokens


@pytest.mark.parametrize("path", ["/", "/name", "/nope", "/search?words=x", "/api/v1/nope"])
def test_nobody_comes_in_without_a_token(closed: TestClient, path: str) -> None:
    answer = closed.get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_programs_are_told_how(closed: TestClient) -> None:
    assert closed.get("/api/v1/stats").json() == {
        "error": {"code": "no_token", "message": "send your token as Authorization: Bearer TOKEN"}
    }


def test_the_style_is_there_for_all(closed: TestClient) -> None:
    assert closed.get("/static/room.css").status_code == 200


def test_a_link_lets_in_once_and_the_token_leaves_the_address(closed: TestClient) -> None:
    entered = closed.get("/enter", params={"token": TOKENS["Ben Okoro"], "next": "/name"})
    assert entered.status_code == 303
    assert entered.headers["location"] == "/name"
    assert TOKENS["Ben Okoro"] not in entered.headers["set-cookie"]
    assert "Ben Okoro" in closed.get("/name").text


def test_who_comes_by_another_site_s_link_is_led_on(closed: TestClient) -> None:
    """Their browser keeps the cookie back until a page of the room's own asks for it."""
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    link |= {"Sec-Fetch-Dest": "document"}
    answer = closed.get("/name?next=/x%26y", headers=link)
    assert answer.status_code == 401
    target = answer.headers["refresh"].removeprefix("0; url=")
    assert target == "/enter?next=%2Fname%3Fnext%3D%2Fx%2526y"
    assert closed.get(target).status_code == 200
    closed.get("/enter", params={"token": TOKENS["Ben Okoro"]})
    assert closed.get(target).headers["location"] == "/name?next=/x%26y"
    assert "refresh" not in closed.get("/name").headers


def test_a_form_lets_in(closed: TestClient) -> None:
    page = closed.get("/search?words=x")
    assert 'name="next" value="/search?words=x"' in page.text
    fields = {"token": TOKENS["Nora Kettle"], "form_token": form_token(page.text)}
    entered = closed.post("/enter", data={**fields, "next": "/name"})
    assert entered.status_code == 303
    assert "Nora Kettle" in closed.get("/name").text


@pytest.mark.parametrize("token", ["", "x" * 20, "n" * 19, "n" * 21, "ñ" * 20, "n" * 19 + "\0"])
def test_a_wrong_token_does_not(closed: TestClient, token: str) -> None:
    page = closed.get("/enter")
    fields = {"token": token, "form_token": form_token(page.text)}
    assert closed.post("/enter", data=fields).status_code == 401
    assert closed.get("/name").status_code == 401


@pytest.mark.parametrize("value", ["", "x", "Nora Kettle", "n" * 20, "f" * 64, "ñ"])
def test_a_made_up_cookie_does_not(closed: TestClient, value: str) -> None:
    answer = closed.get("/name", headers=[(b"Cookie", f"sayso-key-8765={value}".encode())])
    assert answer.status_code == 401


def test_a_program_sends_it_as_a_header(closed: TestClient) -> None:
    right = {"Authorization": f"Bearer {TOKENS['Ben Okoro']}"}
    assert "Ben Okoro" in closed.get("/name", headers=right).text
    wrong = {"Authorization": "Bearer nobodys-token-at-all"}
    assert closed.get("/name", headers=wrong).status_code == 401


def test_a_token_tells_the_name(closed: TestClient) -> None:
    closed.get("/enter", params={"token": TOKENS["Ben Okoro"]})
    post(closed, "/name", page="/name", name="Nora Kettle")
    assert "Ben Okoro" in closed.get("/name").text


def test_who_leaves_is_out(closed: TestClient) -> None:
    closed.get("/enter", params={"token": TOKENS["Ben Okoro"]})
    post(closed, "/leave", page="/name")
    assert closed.get("/name").status_code == 401


def test_behind_https_cookies_keep_to_it(room: Open) -> None:
    client = room(tokens=TOKENS, url="https://room.example")
    entered = client.get(
        "/enter", params={"token": TOKENS["Ben Okoro"]}, headers={"Host": "room.example"}
    )
    assert "secure" in entered.headers["set-cookie"].lower()


# ---- settings


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "0.0.0.0"},  # noqa: S104
        {"host": "192.0.2.7"},
        {"host": "room.example"},
        {"tokens": {"Ida": "short"}},
        {"tokens": {"Ida": "x" * 20, "Ben": "x" * 20}},
        {"url": "room.example"},
        {"url": "https://room.example/path"},
        {"url": "https://user@room.example"},
        {"url": "https://room.example:x"},
        {"url": "ftp://room.example"},
    ],
)
def test_what_would_let_anybody_in_is_refused(settings: Settings, wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Settings(record=settings.record, **wrong)  # type: ignore[arg-type]


def test_a_room_everywhere_has_the_machine_s_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "Newsdesk")
    room = Settings(record=Path("a.db"), host="0.0.0.0", tokens=TOKENS)  # noqa: S104
    assert room.origin == "http://newsdesk:8765"
    assert {"newsdesk:8765", "localhost:8765", "127.0.0.1:8765"} <= room.hosts


def test_tokens_are_not_shown() -> None:
    assert "n" * 20 not in repr(Settings(record=Path("a.db"), tokens=TOKENS))


def test_every_page_tells_who_one_is_and_how_to_leave(
    closed: TestClient, named: TestClient
) -> None:
    post(closed, "/enter", page="/enter", token=TOKENS["Ben Okoro"])
    for client, name, way in (
        (closed, "Ben Okoro", "Leave"),
        (named, "Nora Kettle", "another name"),
    ):
        page = client.get("/about").text
        assert f"<bdi>{name}</bdi>" in page
        assert way in page
        assert post(client, "/leave", page="/about").status_code == 303
        assert name not in client.get("/about").text


def test_another_s_link_asks_before_it_changes_who_one_is(closed: TestClient) -> None:
    closed.get("/enter", params={"token": TOKENS["Nora Kettle"]})
    followed = closed.get("/enter", params={"token": TOKENS["Ben Okoro"], "next": "/about"})
    assert TOKENS["Ben Okoro"] not in followed.headers["location"]
    page = closed.get(followed.headers["location"]).text
    assert "You are <bdi>Nora Kettle</bdi>" in page
    assert "Come in as <bdi>Ben Okoro</bdi>" in page
    assert "You are <bdi>Nora Kettle</bdi>" in closed.get("/").text
    here = followed.headers["location"]
    sent = post(closed, "/enter", page=here, change="1", next="/about")
    assert sent.headers["location"] == "/about"
    assert "You are <bdi>Ben Okoro</bdi>" in closed.get("/").text


def test_another_s_link_may_be_left_alone(closed: TestClient) -> None:
    closed.get("/enter", params={"token": TOKENS["Nora Kettle"]})
    here = closed.get("/enter", params={"token": TOKENS["Ben Okoro"]}).headers["location"]
    post(closed, "/enter", page=here, change="0")
    assert "You are <bdi>Nora Kettle</bdi>" in closed.get("/").text
    assert closed.get("/enter").headers["location"] == "/"


def test_another_s_link_asks_as_well_where_it_stands_on_another_site(closed: TestClient) -> None:
    """Then the browser tells who is in only once a page of the room's own leads on."""
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    link |= {"Sec-Fetch-Dest": "document"}
    answer = closed.get("/enter", params={"token": TOKENS["Ben Okoro"]}, headers=link)
    assert answer.headers["refresh"] == "0; url=/enter?next=%2F"
    assert TOKENS["Ben Okoro"] not in answer.text
    assert closed.get("/enter?next=%2F").headers["location"] == "/"
    assert "You are <bdi>Ben Okoro</bdi>" in closed.get("/").text


def test_an_offer_that_is_made_up_lets_nobody_in(room: Open) -> None:
    closed = room(tokens=TOKENS)
    closed.cookies.set("sayso-offer-8765", "0" * 64)
    assert "Your token" in closed.get("/enter").text
    assert post(closed, "/enter", page="/enter", change="1").status_code == 401
    assert closed.get("/").status_code == 401


def test_no_offer_is_guessed(room: Open) -> None:
    closed = room(tokens=TOKENS, limits=Limits(entries=6))
    closed.cookies.set("sayso-offer-8765", "0" * 64)
    assert [closed.get("/enter").status_code for _ in range(6)] == [200] * 5 + [429]
