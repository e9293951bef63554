"""`python -m benchmarks.room --folder FOLDER`: a newsroom's half hour in the reading room.

Twenty readers go from page to page, three reviewers call statements right or wrong or name another
speaker, and one process reads articles and adds them to the same record without a pause. Nothing
may fail, and what a reviewer was told is kept must be kept. The figures go to
benchmarks/results/room.json, and with a plot into docs/benchmarks.md.
"""

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode

import httpx
import psutil
from lxml import html

from benchmarks import archive, machine, record_files, report, visits
from sayso import NotInRecord, Reader, Record

READERS, REVIEWERS = 20, 3
READING, REVIEWING = 5.0, 8.0
"""Seconds, on average, that somebody looks at a page, and at a statement to review."""
STATEMENTS = 100_000
SAMPLED = 10.0
"""Seconds between two looks at the room's memory."""
MODEL = "en-fast"
CONTENTS = 50
"""Articles whose contents give the words that are looked for."""

_FIRST, _STEP = 20_000_000, 3_001
"""The number of the first article that is added, and how far the next is from it: none that the
record has, each printed half a day or so after the one before."""
_FEWEST, _MOST = 5, 25
"""The fewest and the most words of a quotation that is checked."""
_ADDRESS = re.compile(r"http://\S+")
_DONE = re.compile(r"[?&]done=(\d+)")
_FINE = frozenset((200, 202, 303, 409))
"""A page, one that is being made, the way to one, and a statement that another has corrected."""


@dataclass
class Log:
    """What came of every request: when, what for, how long it took, in seconds and milliseconds."""

    began: float = field(default_factory=time.monotonic)
    took: list[tuple[float, str, float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    corrections: list[int] = field(default_factory=list)

    @property
    def now(self) -> float:
        return time.monotonic() - self.began

    def ask(
        self, client: httpx.Client, kind: str, address: str, form: dict[str, str] | None = None
    ) -> httpx.Response:
        started = self.now
        try:
            answer = client.get(address) if form is None else client.post(address, data=form)
        except httpx.HTTPError as error:
            self.wrong.append(f"{error!r} at {address}")
            raise
        self.took.append((started, kind, 1000 * (self.now - started)))
        if answer.status_code not in _FINE:
            self.wrong.append(f"{answer.status_code} at {address}")
        return answer


# ---- who is in the room


class Visitor(Protocol):
    def turn(self) -> float:
        """Do something; how many seconds to look at what came of it."""
        ...


class Browsing:
    """Somebody who goes from page to page."""

    def __init__(self, room: str, log: Log, pages: "Pages", seed: int) -> None:
        self.client = httpx.Client(base_url=room, timeout=60)
        self.log, self.pages, self.draw = log, pages, random.Random(seed)

    def turn(self) -> float:
        kind, address = self.pages.draw(self.draw)
        self.log.ask(self.client, kind, address)
        return self.draw.expovariate(1 / READING)


class Reviewing:
    """Somebody who takes the next doubtful statement and says what is right."""

    def __init__(self, room: str, log: Log, name: str, seed: int) -> None:
        self.client = httpx.Client(base_url=room, timeout=60, headers={"Origin": room})
        self.log, self.draw = log, random.Random(seed)
        asked = log.ask(self.client, "review", "/name?next=/review")
        log.ask(self.client, "review", "/name", _fields(asked.text, "/name") | {"name": name})

    def turn(self) -> float:
        place = self.log.ask(self.client, "review", "/review").headers.get("location")
        if place is None:  # nothing is waiting that no other has
            return REVIEWING
        page = self.log.ask(self.client, "review", place)
        form = _fields(page.text, "/review/")
        form["verdict"] = self.draw.choice(("right", "right", "wrong", "speaker"))
        if form["verdict"] == "speaker":
            form["names"] = "Ada Pell"
        done = self.log.ask(self.client, "correction", place, form)
        if found := _DONE.search(done.headers.get("location", "")):
            self.log.corrections.append(int(found[1]))
        return self.draw.expovariate(1 / REVIEWING)


def _fields(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the page's first form that goes there."""
    for form in html.fromstring(page).forms:
        if (form.action or "").startswith(action):
            return {e.name: e.value or "" for e in form.inputs if e.get("type") == "hidden"}
    return {}


class Pages:
    """The pages that people look at, about what the record has."""

    def __init__(self, record: Record) -> None:
        db = record.db
        self.articles = _column(db.execute("SELECT key FROM article ORDER BY random() LIMIT 2000"))
        self.people = _column(db.execute("SELECT person FROM speaker WHERE person IS NOT NULL"
                                         " ORDER BY random() LIMIT 2000"))  # fmt: skip
        readings = [record.reading(key) for key in self.articles[:CONTENTS]]
        texts = [s.text for reading in readings for s in reading.statements]
        quoted = (text.strip("“”‘’\"'").split() for text in texts)
        self.contents = [words for words in quoted if len(words) >= _FEWEST]

    def draw(self, draw: random.Random) -> tuple[str, str]:
        """A page's kind and its address: kinds as often as people open them."""
        kind = draw.choices(
            ("article", "search", "speaker", "check", "start", "people", "audit", "about"),
            (30, 30, 15, 8, 7, 4, 4, 2),
        )[0]
        words = draw.choice(self.contents)
        if kind == "article":
            return kind, f"/articles/{draw.choice(self.articles)}"
        if kind == "speaker":
            return kind, f"/people/{draw.choice(self.people)}"
        if kind == "search":
            asked = [w.strip(".,;:?!“”‘’()") for w in draw.sample(words, min(2, len(words)))]
            return kind, "/search?" + urlencode({"words": " ".join(filter(str.isalpha, asked))})
        if kind == "check":
            return kind, "/check?" + urlencode({"quotation": " ".join(words[:_MOST])})
        return kind, "/" if kind == "start" else f"/{kind}"


def _column(rows: Any) -> list[Any]:
    return [row[0] for row in rows]


def add(path: Path, stop: Event) -> None:
    """Read articles and add them, one after the other, until it is told to stop."""
    reader = Reader(MODEL, threads=1)
    with Record(path) as record:
        for n in count(_FIRST, _STEP):
            if stop.is_set():
                return
            record.add(reader.read(archive.reading(n, _FIRST * 2).article))


# ---- the half hour


@contextmanager
def room(path: Path) -> Iterator[tuple[str, psutil.Process]]:
    """An open room over a record: its address, and its process."""
    command = [sys.executable, "-m", "sayso", "serve", "--db", str(path), "--port", "0"]
    serving = subprocess.Popen([*command, "--model", MODEL], stderr=subprocess.PIPE, text=True)
    try:
        assert serving.stderr is not None  # noqa: S101 (for the type checker)
        told = serving.stderr.readline()
        address = _ADDRESS.search(told)
        if address is None:
            sys.exit(f"the room did not open: {told}")
        yield address[0].rstrip("/"), psutil.Process(serving.pid)
    finally:
        serving.terminate()
        serving.wait(30)


def visit(visitor: Visitor, until: float, first: float) -> None:
    time.sleep(first)
    while time.monotonic() < until:
        try:
            looking = visitor.turn()
        except httpx.HTTPError:  # which the log has
            looking = READING
        time.sleep(max(0.0, min(looking, until - time.monotonic())))


def half_hour(path: Path, seconds: float) -> dict[str, Any]:
    """Let everybody in, and tell what came of it."""
    stop = get_context("spawn").Event()
    adding = get_context("spawn").Process(target=add, args=(path, stop), daemon=True)
    memory: list[tuple[float, float, float]] = []
    with Record(path) as record, room(path) as (address, process):
        pages, before = Pages(record), _counted(record)
        log = Log()
        visitors: list[Visitor] = [Browsing(address, log, pages, n) for n in range(READERS)]
        visitors += [Reviewing(address, log, f"Reviewer {n}", n) for n in range(REVIEWERS)]
        until = time.monotonic() + seconds
        adding.start()
        threads = [
            threading.Thread(target=visit, args=(v, until, random.uniform(0, READING)), daemon=True)
            for v in visitors
        ]
        for thread in threads:
            thread.start()
        while time.monotonic() < until:
            server, worker = _memory(process)
            memory.append((round(log.now, 1), server, worker))
            time.sleep(SAMPLED)
        for thread in threads:
            thread.join(90)
        stop.set()
        adding.join(60)
        lost = _lost(record, log.corrections)
        after = _counted(record)
        damage = [str(each) for each in record.fsck()]
    return _told(log, memory, before, after, lost, damage) | {"seconds": seconds}


def _counted(record: Record) -> dict[str, int]:
    count_of = "SELECT count(*) FROM "
    tables = ("article", "statement", "correction")
    return {name: record.db.execute(count_of + name).fetchone()[0] for name in tables}


def _lost(record: Record, corrections: list[int]) -> list[int]:
    """The corrections that somebody was told are kept, and aren't."""
    lost = []
    for number in corrections:
        try:
            record.correction(number)
        except NotInRecord:
            lost.append(number)
    return lost


def _memory(process: psutil.Process) -> tuple[float, float]:
    """Megabytes of the room, and of the process that reads for it."""
    others = sum(child.memory_info().rss for child in process.children(recursive=True))
    return process.memory_info().rss / 1e6, others / 1e6


def _told(
    log: Log,
    memory: list[tuple[float, float, float]],
    before: dict[str, int],
    after: dict[str, int],
    lost: list[int],
    damage: list[str],
) -> dict[str, Any]:
    kinds = sorted({kind for _, kind, _ in log.took})
    times: dict[str, Callable[[str], bool]] = {"all": lambda _: True}
    times |= {kind: kind.__eq__ for kind in kinds}
    return {
        "requests": len(log.took),
        "times": {
            kind: _spread([ms for _, k, ms in log.took if of(k)]) for kind, of in times.items()
        },
        "wrong": log.wrong[:20],
        "corrections": len(log.corrections),
        "lost": lost,
        "damage": damage[:20],
        "before": before,
        "after": after,
        "memory_mb": [[at, round(server), round(worker)] for at, server, worker in memory],
        "minutes": _by_minute(log.took),
    }


def _spread(took: list[float]) -> dict[str, float]:
    ranked = sorted(took)
    at = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99}
    found = {name: round(ranked[int(len(ranked) * share)], 1) for name, share in at.items()}
    return found | {"most_ms": round(ranked[-1], 1), "requests": len(ranked)}


def _by_minute(took: list[tuple[float, str, float]]) -> list[dict[str, float]]:
    minutes: dict[int, list[float]] = {}
    for at, _, ms in took:
        minutes.setdefault(int(at // 60), []).append(ms)
    return [_spread(minutes[minute]) for minute in sorted(minutes)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=30)
    options = parser.parse_args()
    for path in record_files.grow(options.folder, STATEMENTS):
        sys.stderr.write(f"made {path}\n")
    path = options.folder / "room.db"
    for last in options.folder.glob("room.db*"):
        last.unlink()  # the log of a run that was killed would be taken for this record's
    shutil.copy(options.folder / f"{STATEMENTS}.db", path)
    found = half_hour(path, 60 * options.minutes)
    results = machine.described(("sayso", "fastapi", "uvicorn")) | {
        "readers": READERS,
        "reviewers": REVIEWERS,
        "reading_s": READING,
        "reviewing_s": REVIEWING,
        "model": MODEL,
        **found,
    }
    report.ROOM.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    visits.draw(results, report.PLOTS / "room.svg")
    report.write()
    sys.exit(bool(found["wrong"] or found["lost"] or found["damage"]))


if __name__ == "__main__":
    main()
