"""A record whose writers are killed at any moment.

    python -m benchmarks.record_kills --kills 1000

A process adds to the record, reads it anew, merges, corrects and forgets, and tells of each thing
when it is stored. It is killed (SIGKILL) after a random time; then all that it told of must be
there, and what it didn't must be there whole or not at all. `fsck` must find every record clean. A
killed process is no lost power: for that the record waits for the disk (`synchronous = FULL`).
POSIX only.
"""

import argparse
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sayso import Article, Entity, Failure, NotInRecord, Reading, Record, Span, Speaker, Statement
from sayso.record import correcting, merging

NAMES = [f"{first} {last}" for first in ("Ida", "Tom", "Eva", "Jon") for last in ("Marsh", "Okoro")]
LONGEST = 0.8
"""Seconds that a process lives at most."""
ROUND = 25
"""Kills before a new record is begun."""
FSCK = 5
"""Kills between two looks at every byte."""


# ---- what the processes do


@dataclass
class Fake:
    """Reads what stands in “…” as said by whoever is named after it."""

    model: str = "fake-1"

    def read(self, article: Article) -> Reading:
        statements, entities = [], dict[str, Entity]()
        for n, part in enumerate(article.text.split("\n\n")):
            start = article.text.index(part)
            at = part.index("”") + 1
            content = Span(start, start + at, part[:at])
            name = part[at + len(" said ") : -1]
            place = Span(start + at + 6, start + len(part) - 1, name)
            entity = entities.setdefault(name, Entity(f"e{n}", name, "person", (place,)))
            statements.append(
                Statement(
                    id=f"s{n}",
                    type="direct",
                    said=True,
                    source=(place,),
                    cue=(),
                    content=(content,),
                    speakers=(Speaker(name, "person", entity.id),),
                )
            )
        return Reading(self.model, article, tuple(statements), tuple(entities.values()))

    def read_many(
        self, articles: Iterable[Article | Failure], *, jobs: int = 1
    ) -> Iterator[Reading | Failure]:
        for item in articles:
            yield item if isinstance(item, Failure) else self.read(item)


def article(draw: random.Random) -> Article:
    """Five to forty statements by a few people; one in four at an address that comes again."""
    text = "\n\n".join(
        f"“The bridge {draw.randrange(10**9)} is safe,” said {draw.choice(NAMES)}."
        for _ in range(draw.randint(5, 40))
    )
    url = f"https://news.example/{draw.randrange(5)}" if draw.random() < 0.25 else None
    return Article(text, url=url, publisher=draw.choice(("The Lantern", "The Lodestar")))


Tell = Callable[..., None]


def adding(record: Record, draw: random.Random, tell: Tell) -> None:
    while True:
        tell("stored", key=record.add(Fake().read(article(draw))).key)


def rereading(record: Record, draw: random.Random, tell: Tell) -> None:
    while True:
        reader = Fake(f"fake-{draw.randrange(10**6)}")
        for done in record.reread(reader):
            if not isinstance(done, Failure):
                tell("reread", key=done.article, model=done.model)


def merging_and_correcting(record: Record, draw: random.Random, tell: Tell) -> None:
    while True:
        with suppress(NotInRecord):
            if draw.random() < 0.5:
                one, other = draw.sample(NAMES, 2)
                with suppress(Exception):  # they are one already
                    tell("decided", id=merging.merge(record.db, one, other, who="desk").id)
            else:
                key = draw.choice(keys(record))
                correction = correcting.wrong(record.db, f"{key}/s0", who="desk")
                tell("corrected", id=correction.id)


def forgetting(record: Record, draw: random.Random, tell: Tell) -> None:
    while True:
        key = draw.choice(keys(record))
        tell("forgetting", key=key)
        record.forget([record.article(key)])
        tell("forgotten", key=key)


def keys(record: Record) -> list[str]:
    found = [row["key"] for row in record.db.execute("SELECT key FROM article")]
    if not found:
        raise NotInRecord("the record is empty")
    return found


DEEDS = {
    "adding": adding,
    "rereading": rereading,
    "merging": merging_and_correcting,
    "forgetting": forgetting,
}


# ---- killing them, and looking at what is left


@dataclass
class Told:
    """What processes have told of a record."""

    stored: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)
    models: dict[str, str] = field(default_factory=dict)
    decisions: set[int] = field(default_factory=set)
    corrections: set[int] = field(default_factory=set)

    def take(self, line: Mapping[str, str]) -> None:
        match line:
            case {"what": "stored", "key": key}:
                self.stored.add(key)
            case {"what": "reread", "key": key, "model": model}:
                self.models[key] = model
            case {"what": "forgetting", "key": key}:
                self.unsure.add(key)
            case {"what": "forgotten", "key": key}:
                self.gone.add(key)
            case {"what": "decided", "id": id}:
                self.decisions.add(int(id))
            case {"what": "corrected", "id": id}:
                self.corrections.add(int(id))


def live_and_die(path: Path, deed: str, seed: int) -> tuple[list[dict[str, str]], str]:
    """Lines that a process told before it was killed, and how it ended."""
    draw = random.Random(seed)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _live(path, deed, draw, writing)
    os.close(writing)
    time.sleep(draw.random() * LONGEST)
    os.kill(child, signal.SIGKILL)
    with open(reading, encoding="utf-8") as pipe:
        text = pipe.read()
    _, status = os.waitpid(child, 0)
    whole = [line for line in text.splitlines(keepends=True) if line.endswith("\n")]
    ended = "killed" if os.WIFSIGNALED(status) else f"ended by itself: {text[-300:]}"
    return [json.loads(line) for line in whole if line.startswith("{")], ended


def _live(path: Path, deed: str, draw: random.Random, writing: int) -> None:
    """The life of a process, which never comes back."""

    def tell(what: str, **more: object) -> None:
        os.write(writing, (json.dumps({"what": what, **more}) + "\n").encode())

    try:
        with Record(path) as record:
            DEEDS[deed](record, draw, tell)
    except NotInRecord:  # nothing to do yet
        signal.pause()
    except BaseException as error:  # to be told by the parent
        os.write(writing, f"{type(error).__name__}: {error}".encode())
    os._exit(1)


def wrongs(path: Path, told: Told, *, every_byte: bool) -> list[str]:
    """What is not as it was told."""
    if not path.exists():
        return [f"no record, but {len(told.stored)} were stored"] if told.stored else []
    with Record(path) as record:
        found = set(keys(record)) if record.stats().articles else set()
        missing = told.stored - found - told.unsure
        lost = [f"article {key} is lost" for key in missing]
        lost += [f"article {key} is there again" for key in told.gone & found]
        for key in found:
            reading = record.reading(key, corrected=False)
            again = Fake(reading.model).read(reading.article)
            if reading != again:
                lost.append(f"article {key} is garbled")
        decisions = {row["id"] for row in record.db.execute("SELECT id FROM decision")}
        corrections = {row["id"] for row in record.db.execute("SELECT id FROM correction")}
        if not told.unsure:  # what is forgotten takes some with it
            lost += [f"decision {id} is lost" for id in told.decisions - decisions]
            lost += [f"correction {id} is lost" for id in told.corrections - corrections]
        if every_byte:
            lost += [f"fsck: {damage}" for damage in record.fsck()]
    return lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--deeds", nargs="*", default=list(DEEDS), choices=list(DEEDS))
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    bad: list[str] = []
    with TemporaryDirectory() as folder:
        for n in range(options.kills):
            if n % ROUND == 0:
                path, told = Path(folder) / f"{n}.db", Told()
            draw = random.Random(f"{options.seed} {n}")
            deed = "adding" if n % ROUND < 5 else draw.choice(options.deeds)
            lines, ended = live_and_die(path, deed, draw.randrange(10**9))
            for line in lines:
                told.take(line)
                counts[line["what"]] += 1
            counts[f"killed while {deed}"] += ended == "killed"
            last = n % ROUND == ROUND - 1 or n == options.kills - 1
            found = wrongs(path, told, every_byte=last or n % FSCK == 0)
            found += [] if ended == "killed" else [f"{deed} {ended}"]
            bad += [f"kill {n}, {deed}: {what}" for what in found]
            if found or n % 50 == 49:
                print(n + 1, dict(counts), *found, flush=True)
            if last:
                path.unlink(missing_ok=True)
    print(json.dumps({"kills": options.kills, "wrong": bad, **counts}, indent=2))
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
