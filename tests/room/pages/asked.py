"""What tests of pages ask again and again."""

import html
import re
import time
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from sayso import Record
from tests.record.build import Said, reading

HOSTILE = "<script>alert(1)</script>\u202e" + "x" * 5_000
HOSTILE_NAME = "“><img src=x onerror=alert(2)> Marsh" + "y" * 5_000


def settled(client: TestClient, address: str) -> Any:
    """The page when its answer has come."""
    for _ in range(100):
        answer = client.get(address)
        if answer.status_code != 202:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{address} never came")


def addresses(page: str, start: str) -> list[str]:
    """The links of a page that begin so."""
    return [html.unescape(a) for a in re.findall('href="([^"]+)"', page) if a.startswith(start)]


def words(page: str) -> str:
    """What a page says, without mark-up, on one line."""
    bare = re.sub("</?(?:a|b|bdi|del|ins|mark|q|small|span|time)(?: [^>]*)?>", "", page)
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", bare)).split())


def entry(path: Path, name: str) -> int:
    """The number of somebody's entry."""
    with Record(path) as record:
        return record.people(name)[0].person.id


def add_hostile(path: Path) -> None:
    """An article with mark-up, controls and much too much in every field."""
    with Record(path) as record:
        record.add(reading(
            "Nobody Known said “<img src=x onerror=alert(3)>\u202e”. She said <script>.",
            [Said(content="“<img src=x onerror=alert(3)>\u202e”", by=[(HOSTILE_NAME, "person")],
                  source="Nobody Known", cue="said", about=(HOSTILE,)),
             Said(content="<script>", cue="said", type="indirect", confidence=0.1)],
            title=HOSTILE, publisher=HOSTILE, date="2026-03-11", url="javascript:alert(4)",
            extra={"section": HOSTILE},
            refusals=[("said <script>", "declined", (HOSTILE_NAME,))]))  # fmt: skip
        record.import_people(f'name,<b>side</b>\n"Ida Marsh","{HOSTILE}"\n')


def add_hearsay(path: Path) -> None:
    """Ida Marsh's promise, as Pim Vale tells it."""
    with Record(path) as record:
        record.add(reading(
            "Pim Vale said that Ida Marsh promised him a purple bus.",
            [Said(content="that Ida Marsh promised him a purple bus", by="Pim Vale", cue="said",
                  type="indirect"),
             Said(content="him a purple bus", by="Ida Marsh", cue="promised", type="indirect",
                  inside="s1")]))  # fmt: skip


def assert_harmless(page: str) -> None:
    """Nothing of what came from outside is mark-up, and nothing of it turns the line."""
    for mark in ("<script>alert", "<script>.", "<img", "onerror=alert(2)>", 'href="javascript'):
        assert mark not in page, mark
    outside = re.sub('<bdi[^>]*>.*?</bdi>|value="[^"]*"', "", page, flags=re.DOTALL)
    assert "\u202e" not in outside
    assert len(page.encode()) < 100_000
