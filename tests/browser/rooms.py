"""A room that a browser opens: over a record made by hand, and read by a reader without a model."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso import Reading, Record
from sayso.room.reading import Input
from sayso.room.settings import Limits, Settings
from tests.browser.readings import harbour, library
from tests.record.build import Said, reading
from tests.room.conftest import BRIDGE, FERRY, FakeWorker
from tests.room.served import served

LATER = reading(
    "The ferry will run until July, the harbour office announced.\n\n“Nobody asked us,” Ida Marsh "
    "said. Ben Okoro thinks the boat is sound.",
    [
        Said(content="The ferry will run until July", by=[("the harbour office", "organisation")],
             source="the harbour office", cue="announced", type="indirect"),
        Said(content="“Nobody asked us,”", by="Ida Marsh", source="Ida Marsh", cue="said",
             confidence=0.97),
        Said(content="the boat is sound", by="Ben Okoro", source="Ben Okoro", cue="thinks",
             type="indirect", said=False, confidence=0.62),
    ],
    title="Ferry to run until July",
    date="2026-05-02",
    publisher="The Echo",
    url="https://echo.example/ferry",
)  # fmt: skip
"""The ferry's article once more, with other words at the same address."""

TOLL = reading(
    "“Mind the gap,” said Ida K. Marsh at the toll house on Friday.",
    [
        Said(content="“Mind the gap,”", by="Ida K. Marsh", source="Ida K. Marsh", cue="said",
             date="2026-06-05", about=("Ben Okoro",)),
    ],
    title="Gap at the toll house",
    date="2026-06-06",
    publisher="The Lantern",
)  # fmt: skip

ADDRESSES = {
    "start": "/",
    "articles": "/articles",
    "article": "/articles/{bridge}",
    "long article": "/articles/{harbour}#s8",
    "versions": "/articles/{ferry}/versions",
    "differences": "/articles/{ferry}/differences/{later}",
    "search, empty": "/search",
    "search": "/search?words=the&type=indirect",
    "search, nothing found": "/search?words=zeppelin",
    "search, wrong": "/search?words=%22",
    "people": "/people",
    "speaker": "/people/{ida}",
    "duplicates": "/people/duplicates",
    "merge": "/people/merge?kept={ida}&other={ida_k}",
    "split": "/people/{ida}/split?article={bridge}",
    "rename": "/people/{ida}/rename?name=Ida+Marsh-Cole",
    "decisions": "/people/decisions",
    "decision": "/people/decisions/{decision}",
    "check, empty": "/check",
    "check, altered": "/check?quotation=I+would+take+my+own+cattle+across+it&by=Ben+Okoro",
    "check, none": "/check?quotation=purple+zebras+unanimously+legislate",
    "check, wrong": "/check?quotation=he",
    "audit": "/audit",
    "review": "/review/{harbour}/s13",
    "review, missing": "/review/{harbour}",
    "misnamed": "/misnamed/{bridge}/s1",
    "corrections": "/corrections",
    "about": "/about",
    "api": "/api",
    "name": "/name",
    "forget": "/forget/{ferry}",
    "amend": "/amend/{ferry}",
    "search, near": "/search?words=bridg+AND+chidren&type=direct",
    "people, near": "/people?words=Ida+Marhs",
    "not there": "/articles/none",
}
"""One of every kind of page, and of the states that they have; {names} are those of a room."""


@dataclass(frozen=True)
class Room:
    origin: str
    record: Path
    names: Mapping[str, str | int]

    def address(self, name: str) -> str:
        return ADDRESSES[name].format(**self.names)


UNREAD = "The tide is out."
"""What a text begins with that is never read to its end."""


class Dawdler(FakeWorker):
    """Leaves some drafts half read."""

    def read(self, id: str, inputs: Sequence[Input]) -> None:
        if (inputs[0].data or b"").startswith(UNREAD.encode()):
            threading.Thread(target=self._listener.counted, args=(id, 2)).start()
        else:
            super().read(id, inputs)


@contextmanager
def opened(path: Path, **settings: Any) -> Iterator[Room]:
    """A room with five articles, one of them in two versions, a correction and a decision."""
    names = _filled(path)
    with over(path, **settings) as origin:
        yield Room(origin, path, names)


@contextmanager
def over(path: Path, readings: Iterable[Reading] = (), **settings: Any) -> Iterator[str]:
    """The address of a room over a record, to which these are added."""
    with Record(path) as record:
        for each in readings:
            record.add(each)
    limits = Limits(requests=1_000_000, readings=1_000_000, entries=1_000_000)
    with served(Settings(record=path, limits=limits, **settings), Dawdler) as room:
        yield f"http://{room.host}"


def _filled(path: Path) -> dict[str, str | int]:
    with Record(path) as record:
        articles = {
            "bridge": BRIDGE,
            "ferry": FERRY,
            "later": LATER,
            "toll": TOLL,
            "harbour": harbour(),
            "library": library(),
        }
        keys = {name: record.add(each).key for name, each in articles.items()}
        record.import_people("name,side\nIda Marsh,county\nBen Okoro,toll house\n")
        record.right(f"{keys['bridge']}/s1", who="Nora Kettle")
        record.undo_correction(record.wrong(f"{keys['bridge']}/s3", who="Nora Kettle").id)
        decision = record.split("Maren Oddie", [keys["harbour"]], who="Nora Kettle")
        entries = {"ida": "Ida Marsh", "ida_k": "Ida K. Marsh", "ben": "Ben Okoro"}
        numbers = {name: record.people(called)[0].person.id for name, called in entries.items()}
        return {**keys, **numbers, "decision": decision.id}
