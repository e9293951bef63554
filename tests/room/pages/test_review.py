"""Review: one doubtful statement after the other, corrected by several people at once."""

import html
import json
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sayso import Record, Speaker
from sayso.record.corrections import Correction
from tests.record.build import Said, reading
from tests.room.conftest import HOST, Open, form_token, post
from tests.room.pages.asked import words

ORIGIN = {"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def key(record_path: Path) -> str:
    """The key of the article about the bridge."""
    with Record(record_path, read_only=True) as record:
        return record.article("https://lantern.example/bridge").key


@pytest.fixture
def ferry(record_path: Path) -> str:
    with Record(record_path, read_only=True) as record:
        return record.article("https://echo.example/ferry").key


def made(path: Path) -> list[Correction]:
    """The corrections, the last first."""
    with Record(path, read_only=True) as record:
        return record.corrections()


def version(page: str) -> str:
    found = re.search('name="version" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def send(client: TestClient, address: str, **fields: Any) -> Any:
    """Send a form that the page at the address has."""
    page = client.get(address).text
    data = {"form_token": form_token(page), "version": version(page), **fields}
    return client.post(address, data=data, headers=ORIGIN)


def as_somebody(client: TestClient, name: str) -> TestClient:
    assert post(client, "/name", page="/name", name=name).status_code == 303
    return client


def handed(client: TestClient, address: str = "/review") -> str:
    """The statement that somebody is handed."""
    location = client.get(address).headers["location"]
    found = re.match(r"/review/(\w+/\w+)\?", location)
    assert found is not None, location
    return found[1]


# ---- the queue


def test_who_corrects_is_asked_before(client: TestClient, key: str) -> None:
    for address in ("/review?below=60", f"/review/{key}/s2", f"/review/{key}"):
        answer = client.get(address)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/name?next=%2Freview")


def test_the_most_doubtful_statement_is_handed_out_first(
    named: TestClient, ferry: str, key: str
) -> None:
    answer = named.get("/review")
    assert answer.headers["location"] == f"/review/{ferry}/s3?queue=1"
    page = named.get(f"/review/{ferry}/s3?queue=1").text
    assert "Is this right?" in page
    assert "6 statements left" in page
    assert "doubtful, 40 % sure" in page
    assert '<span class="part content">the boat leaks</span>' in page
    assert '<span class="part cue">It was said</span>' in page
    assert "Nobody named" in page


def test_what_is_doubtful_is_not_called_right_by_the_first_button(
    named: TestClient, ferry: str, key: str
) -> None:
    right = '<button type="submit" name="verdict" value="right"{} data-key="r">'
    assert right.format(' class="quiet"') in named.get(f"/review/{ferry}/s3").text
    assert right.format("") in named.get(f"/review/{key}/s1").text


def test_a_correction_leads_to_the_next(
    named: TestClient, ferry: str, key: str, record_path: Path
) -> None:
    answer = send(named, f"/review/{ferry}/s3?queue=1", verdict="right")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/review/{key}/s2?queue=1&done=1&was=s3"
    (only,) = made(record_path)
    assert (only.kind, only.who) == ("right", "Nora Kettle")
    page = named.get(answer.headers["location"]).text
    assert "You say that it is right" in page
    assert "5 statements left" in page
    assert f'action="/review/{key}/s2?queue=1"' in page


def test_without_the_queue_one_stays_with_the_statement(named: TestClient, key: str) -> None:
    answer = send(named, f"/review/{key}/s2", verdict="right")
    assert answer.headers["location"] == f"/review/{key}/s2?done=1&was=s2"
    assert "This has been looked at" in named.get(answer.headers["location"]).text


def test_what_is_left_alone_does_not_come_again(named: TestClient, ferry: str, key: str) -> None:
    page = named.get(f"/review/{ferry}/s3?queue=1").text
    skip = html.unescape(re.findall('href="([^"]+)" data-key="n"', page)[0])
    assert handed(named, skip) == f"{key}/s2"
    onward = named.get(skip).headers["location"]
    for _ in range(5):
        onward = send(named, onward, verdict="right").headers["location"]
    assert onward.startswith("/review?after=")
    assert "That was the last one" in named.get(onward).text
    assert handed(named, "/review") == f"{ferry}/s3"


@pytest.mark.parametrize(
    ("filters", "statements"),
    [
        ("by=Ida+Marsh", 3),
        ("outlet=the+echo", 3),
        ("below=60", 2),
        ("by=Ben+Okoro&outlet=The+Lantern&below=60", 1),
    ],
)
def test_filters_go_along_with_the_queue(named: TestClient, filters: str, statements: int) -> None:
    onward = f"/review?{filters}"
    for n in range(statements):
        onward = onward if n else named.get(onward).headers["location"]
        assert all(part in onward.split("?")[1].split("&") for part in filters.split("&"))
        onward = send(named, onward, verdict="right").headers["location"]
    page = named.get(onward)
    assert page.status_code == 200
    assert "Nothing is left of these" in page.text


def test_an_article_can_be_gone_through_by_itself(named: TestClient, key: str, ferry: str) -> None:
    assert handed(named, f"/review?article={key}") == f"{key}/s2"
    assert "3 statements left" in named.get(f"/review/{key}/s2?article={key}&queue=1").text


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("by=Nobody+Atall", 404, "Nobody Atall"),
        ("outlet=The+Moon", 404, "The Moon"),
        ("below=x", 400, "is no percentage"),
        ("below=200", 400, "up to 1"),
        ("article=abcdef", 404, "abcdef"),
        ("after=x", 400, "no token"),
    ],
)
def test_a_filter_that_fits_nothing_is_told_of(
    named: TestClient, asked: str, status: int, told: str
) -> None:
    answer = named.get(f"/review?{asked}")
    assert answer.status_code == status
    assert told in answer.text
    assert "Which statements" in answer.text


def test_an_empty_record_says_what_to_do(room: Open, tmp_path: Path) -> None:
    client = as_somebody(room(record=tmp_path / "empty.db"), "Nora")
    assert "Nothing has been read yet" in client.get("/review").text


def test_when_all_was_looked_at_it_is_said(named: TestClient, record_path: Path) -> None:
    onward = named.get("/review").headers["location"]
    for _ in range(6):
        onward = send(named, onward, verdict="wrong").headers["location"]
    page = named.get(onward).text
    assert "Nothing is left to look at" in page
    assert "You say that it is no statement: nobody said it" in page
    assert len(made(record_path)) == 6


def test_the_queue_can_be_had_as_a_file(named: TestClient, ferry: str, key: str) -> None:
    lines = named.get("/review.jsonl?below=60").text.splitlines()
    found = [f"{each['article']}/{each['statement']}" for each in map(json.loads, lines)]
    assert found == [f"{ferry}/s3", f"{key}/s2"]
    assert named.get("/review.csv").text.count("\n") == 7
    assert named.get("/review.xml").status_code == 404


# ---- corrections


@pytest.mark.parametrize(
    ("fields", "kind", "speakers"),
    [
        ({"verdict": "right"}, "right", ["Ben Okoro"]),
        ({"verdict": "wrong"}, "wrong", None),
        ({"pick": "Ida Marsh"}, "speaker", ["Ida Marsh"]),
        ({"verdict": "nobody"}, "speaker", []),
        ({"verdict": "speaker", "names": "Ida Marsh\r\n\r\nRuth Amberley "}, "speaker",
         ["Ida Marsh", "Ruth Amberley"]),
    ],
)  # fmt: skip
def test_a_statement_is_corrected(
    named: TestClient, key: str, record_path: Path, fields: dict[str, str], kind: str,
    speakers: list[str] | None,
) -> None:  # fmt: skip
    assert send(named, f"/review/{key}/s2", **fields).status_code == 303
    (only,) = made(record_path)
    assert only.kind == kind
    told = only.outcome.speakers
    assert (None if told is None else [s.name for s in told]) == speakers


def test_names_of_the_article_are_offered_those_near_by_first(named: TestClient, key: str) -> None:
    page = named.get(f"/review/{key}/s2").text
    assert re.findall('name="pick" value="([^"]+)"', page) == ["Ida Marsh", "The Bridge Trust"]


def test_other_words_are_taken_and_what_was_not_changed_stays(
    named: TestClient, key: str, record_path: Path
) -> None:
    page = named.get(f"/review/{key}/s2").text
    assert "that he would not cross it</textarea>" in page
    answer = send(
        named, f"/review/{key}/s2", verdict="bounds",
        content=["he would not cross it", ""], cue="told",
        source="Ben Okoro, who keeps the toll house",
    )  # fmt: skip
    assert answer.status_code == 303
    with Record(record_path, read_only=True) as record:
        now = record.reviewed(f"{key}/s2").statement
    assert now.text == "he would not cross it"
    assert [s.text for s in (*now.cue, *now.source)] == [
        "told", "Ben Okoro, who keeps the toll house",
    ]  # fmt: skip


def test_words_that_are_not_there_are_told_of_and_kept(named: TestClient, key: str) -> None:
    answer = send(named, f"/review/{key}/s2", verdict="bounds", content="the moon is <b>cheese</b>")
    assert answer.status_code == 404
    assert "stand in the article in these words" in html.unescape(answer.text)
    assert "the moon is &lt;b&gt;cheese&lt;/b&gt;</textarea>" in answer.text
    assert '<details id="bounds" open>' in answer.text


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "speaker", "names": " "},
        {"verdict": "speaker", "names": "x" * 300},
        {"verdict": "speaker", "names": "Ida", "kind": "king"},
        {"verdict": "bounds"},
        {"verdict": "sold"},
        {},
    ],
)
def test_what_can_not_be_done_changes_nothing(
    named: TestClient, key: str, record_path: Path, fields: dict[str, str]
) -> None:
    answer = send(named, f"/review/{key}/s2", **fields)
    assert answer.status_code == 400
    assert 'class="error"' in answer.text
    assert made(record_path) == []


def test_a_missing_statement_is_added_and_the_one_at_hand_waits_still(
    named: TestClient, key: str, record_path: Path
) -> None:
    page = f"/review/{key}/s2?queue=1"
    answer = post(
        named, f"/review/{key}?queue=1", page=page, statement="s2",
        content="who keeps the toll house", names="Ruth Amberley", kind="person", thought="1",
    )  # fmt: skip
    assert answer.headers["location"] == f"/review/{key}/s2?queue=1&done=1"
    with Record(record_path, read_only=True) as record:
        added = record.reviewed(f"{key}/c1").statement
    assert (added.text, added.said) == ("who keeps the toll house", False)
    assert [s.name for s in added.speakers] == ["Ruth Amberley"]


def test_words_that_stand_several_times_are_chosen_from(
    named: TestClient, key: str, record_path: Path
) -> None:
    fields = {"content": "it", "names": "Ida Marsh"}
    answer = post(named, f"/review/{key}", page=f"/review/{key}", **fields)
    assert answer.status_code == 409
    places = re.findall(r'name="at" value="(\d+)"', answer.text)
    assert len(places) == 2
    assert answer.text.count("<mark>it</mark>") == 2
    answer = post(named, f"/review/{key}", page=f"/review/{key}", at=places[1], **fields)
    assert answer.status_code == 303
    assert str(made(record_path)[0].outcome.bounds.content[0].start) == places[1]  # type: ignore[union-attr]


def test_a_missing_statement_that_is_there_is_told_of_with_all_that_was_typed(
    named: TestClient, key: str
) -> None:
    answer = post(
        named, f"/review/{key}", page=f"/review/{key}",
        content="“The bridge is safe,”", cue="said", names="Ida <i>Marsh",
    )  # fmt: skip
    assert answer.status_code == 400
    assert "That is statement s1 already" in answer.text
    assert "Ida &lt;i&gt;Marsh</textarea>" in answer.text


# ---- undo


def test_the_last_correction_is_taken_back_and_the_statement_is_there_again(
    named: TestClient, ferry: str, key: str, record_path: Path
) -> None:
    onward = send(named, f"/review/{ferry}/s3?queue=1", verdict="wrong").headers["location"]
    page = named.get(onward).text
    form = re.search(r'action="(/corrections/1/undo)".*?name="back" value="([^"]+)"', page, re.S)
    assert form is not None
    answer = post(named, form[1], page=onward, back=html.unescape(form[2]))
    assert answer.headers["location"] == f"/review/{ferry}/s3?queue=1&done=1"
    assert made(record_path)[0].undone is not None
    page = named.get(answer.headers["location"]).text
    assert "Taken back: you say that it is no statement: nobody said it" in page
    assert "6 statements left" in page


def test_one_that_was_called_wrong_says_so_and_by_whom(named: TestClient, key: str) -> None:
    send(named, f"/review/{key}/s2", verdict="wrong")
    page = named.get(f"/review/{key}/s2").text
    assert "This was called wrong" in page
    assert "You say that it is no statement: nobody said it" in page
    assert 'value="right"' not in page


def test_where_two_speakers_are_shown_it_is_told_which_is_right(
    named: TestClient, record_path: Path
) -> None:
    doubt = {"runner_up": Speaker("Ben Okoro", "person")}
    with Record(record_path) as record:
        made = record.add(reading("“It leaks,” said Ida Marsh.", [
            Said(content="“It leaks,”", by="Ida Marsh", fields=doubt)]))  # fmt: skip
    page = words(named.get(f"/review/{made.key}/s1").text)
    assert "Right: Ida Marsh said it" in page
    assert "Wrong: nobody said it" in page


def test_names_stand_where_the_verdict_does(named: TestClient, key: str) -> None:
    page = named.get(f"/review/{key}/s2").text
    dock = page[page.index('<div class="dock">') : page.index('<details id="speaker"')]
    assert 'data-key="r"' in dock
    assert 'data-key="1"' in dock
    assert 'data-key="0"' in dock


# ---- several people


@pytest.fixture
def two(room: Open) -> tuple[TestClient, TestClient]:
    """Two people in one room."""
    nora = room()
    ben = TestClient(nora.app, base_url=f"http://{HOST}", follow_redirects=False)
    return as_somebody(nora, "Nora Kettle"), as_somebody(ben, "Ben Ames")


def test_two_people_are_handed_different_statements(two: tuple[TestClient, TestClient]) -> None:
    nora, ben = two
    first = handed(nora)
    second = handed(ben)
    assert first != second
    assert (handed(nora), handed(ben)) == (first, second)
    assert "Nora Kettle has it open too" in html.unescape(
        re.sub("<[^>]+>", "", ben.get(f"/review/{first}").text)
    )


def test_the_last_one_is_not_handed_to_two(two: tuple[TestClient, TestClient], ferry: str) -> None:
    nora, ben = two
    assert handed(nora, "/review?below=50") == f"{ferry}/s3"
    page = ben.get("/review?below=50")
    assert page.status_code == 200
    assert "Others have what is left before them" in page.text
    assert f'href="/review/{ferry}/s3?below=50&amp;queue=1"' in page.text


def test_a_statement_that_somebody_else_has_corrected_says_so(
    two: tuple[TestClient, TestClient], key: str, record_path: Path
) -> None:
    nora, ben = two
    address = f"/review/{key}/s2?queue=1"
    seen = ben.get(address).text
    send(nora, address, pick="Ida Marsh")
    data = {"form_token": form_token(seen), "version": version(seen), "verdict": "speaker",
            "names": "Ruth <b>Amberley"}  # fmt: skip
    answer = ben.post(address, data=data, headers=ORIGIN)
    assert answer.status_code == 409
    assert "Somebody has corrected this meanwhile" in answer.text
    assert "Nora Kettle" in answer.text
    assert "Ruth &lt;b&gt;Amberley" in answer.text
    assert [c.who for c in made(record_path)] == ["Nora Kettle"]
    kept = {"form_token": form_token(answer.text), "version": version(answer.text),
            "verdict": "speaker", "names": "Ruth <b>Amberley"}  # fmt: skip
    assert ben.post(address, data=kept, headers=ORIGIN).status_code == 303
    assert [c.who for c in made(record_path)] == ["Ben Ames", "Nora Kettle"]


def test_one_that_somebody_else_called_wrong_can_be_kept_all_the_same(
    two: tuple[TestClient, TestClient], key: str, record_path: Path
) -> None:
    nora, ben = two
    address = f"/review/{key}/s2"
    seen = ben.get(address).text
    send(nora, address, verdict="wrong")
    data = {"form_token": form_token(seen), "version": version(seen), "pick": "Ida Marsh"}
    answer = ben.post(address, data=data, headers=ORIGIN)
    assert answer.status_code == 409
    assert 'name="instead" value="1"' in answer.text
    data |= {"version": version(answer.text), "instead": "1"}
    assert ben.post(address, data=data, headers=ORIGIN).status_code == 303
    assert [(c.who, c.undone is None) for c in made(record_path)] == [
        ("Ben Ames", True),
        ("Nora Kettle", False),
    ]


def test_two_who_say_the_same_are_told_that_they_agree(
    two: tuple[TestClient, TestClient], key: str
) -> None:
    nora, ben = two
    address = f"/review/{key}/s2"
    seen = ben.get(address).text
    send(nora, address, verdict="right")
    data = {"form_token": form_token(seen), "version": version(seen), "verdict": "right"}
    answer = ben.post(address, data=data, headers=ORIGIN)
    assert answer.status_code == 409
    assert "You agree." in answer.text
    assert "Keep mine" not in answer.text


def test_two_reviewers_at_once_lose_nothing(room: Open, tmp_path: Path) -> None:
    """Both go through one queue as fast as they can: each statement is corrected once, by one."""
    path = tmp_path / "many.db"
    with Record(path) as record:
        for n in range(6):
            text = " ".join(f"“Number {n}.{i}” was said by Ida Marsh." for i in range(5))
            said = [
                Said(content=f"“Number {n}.{i}”", by="Ida Marsh", cue="was said",
                     confidence=(n + i) / 20)
                for i in range(5)
            ]  # fmt: skip
            record.add(reading(text, said, publisher="The Echo"))
    app = room(record=path).app
    sent: dict[str, list[str]] = {"Nora": [], "Ben": []}
    overtaken: list[str] = []

    def work(who: str) -> None:
        client = TestClient(app, base_url=f"http://{HOST}", follow_redirects=False)
        as_somebody(client, who)
        onward = client.get("/review").headers.get("location")
        while onward and onward.startswith("/review/"):
            answer = send(client, onward, verdict="right")
            if answer.status_code == 303:
                sent[who].append(onward.split("?")[0])
                onward = answer.headers["location"]
            else:
                assert answer.status_code == 409
                overtaken.append(onward)
                onward = client.get("/review").headers.get("location")

    threads = [threading.Thread(target=work, args=(who,)) for who in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent["Nora"]) + len(sent["Ben"]) == 30
    assert not set(sent["Nora"]) & set(sent["Ben"])
    assert {who: len(of) for who, of in sent.items()} == {
        who: sum(c.who == who for c in made(path)) for who in sent
    }
    assert all(sent.values())


# ---- hostile words

EVIL = "<script>alert(1)</script>"
NAME = f"Ida {EVIL} \u202eMarsh"


def test_hostile_words_stay_words(room: Open, tmp_path: Path) -> None:
    path = tmp_path / "evil.db"
    with Record(path) as record:
        text = f"“{EVIL} \x00\x1b[31m \u202egone,” said {NAME}. {'long' * 4_000} Ben Okoro."
        said = Said(content=f"“{EVIL} \x00\x1b[31m \u202egone,”", by=NAME, source=NAME,
                    cue="said", about=("Ben Okoro", "x" * 5_000), confidence=0.2)  # fmt: skip
        added = record.add(
            reading(text, [said], title=f"{EVIL} \u202etitle", publisher=f'"><{EVIL}',
                    url="javascript:alert(1)", mentions={"x" * 5_000: ["long"]})
        )  # fmt: skip
    client = as_somebody(room(record=path), "Nora")
    pages = [f"/review/{added.key}/s1?queue=1", f"/review/{added.key}", "/corrections"]
    send(client, pages[0], verdict="speaker", names=f"{EVIL} Marsh")
    for address in pages:
        page = client.get(address)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert 'href="javascript' not in page.text
        assert "\x1b" not in page.text
        assert "\x00" not in page.text
        assert " style=" not in page.text
        assert len(page.content) < 100_000
    assert "&amp;lt;" not in client.get("/corrections").text
    outside = client.get(f"/review/{added.key}/s1?queue=%22%3E{EVIL}&outlet=%22%3E{EVIL}").text
    assert "<script>alert" not in outside


def test_a_cue_that_was_emptied_is_none(named: TestClient, key: str, record_path: Path) -> None:
    sent = send(
        named, f"/review/{key}/s1", verdict="bounds", content="“The bridge is safe,”", cue="",
        source="Ida Marsh",
    )  # fmt: skip
    assert sent.status_code == 303
    with Record(record_path, read_only=True) as record:
        statement = record.reading(key).statements[0]
    assert (statement.cue, [s.text for s in statement.source]) == ((), ["Ida Marsh"])


def test_a_content_that_was_emptied_is_asked_for(named: TestClient, key: str) -> None:
    sent = send(named, f"/review/{key}/s1", verdict="bounds", content="", cue="said")
    assert sent.status_code == 400
    assert "Give the words that were said" in sent.text
    assert "--content" not in sent.text


def test_nothing_doubtful_is_an_empty_file(named: TestClient) -> None:
    assert named.get("/review.jsonl?below=1").text == ""
    assert named.get("/review.json").status_code == 404


def test_a_stale_form_goes_on_where_it_would_have(named: TestClient, key: str) -> None:
    address = f"/review/{key}/s1?outlet=The+Lantern&queue=1"
    data = {"form_token": "old", "verdict": "right"}
    page = named.post(address, data=data, headers=ORIGIN)
    assert page.status_code == 403
    assert f'action="{html.escape(address)}"' in page.text
