"""A newer model over the record: each article in a transaction, and what changed in it."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from sayso.record import adding, articles
from sayso.record.database import snapshot, write
from sayso.types import Article, Failure, Reading, Statement

_BATCH = 200
_LEFT = (
    "FROM article WHERE id > ? AND NOT EXISTS "
    "(SELECT 1 FROM reading WHERE article = article.id AND current = 1 AND model = ?)"
)


class Reads(Protocol):
    """What a `sayso.Reader` has that rereading needs."""

    @property
    def model(self) -> str: ...

    def read_many(
        self, articles: Iterable[Article | Failure], *, jobs: int = 1
    ) -> Iterator[Reading | Failure]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What a newer reading changed in an article, as numbers of statements.

    `same` are those with the same content and speakers; `speakers` have the same content and other
    speakers, `bounds` a content that begins or ends at the same place. `orphans` are corrections of
    it, and of earlier versions, whose words are not found in the new reading.
    """

    article: str
    model_before: str
    model: str
    same: int
    speakers: int
    bounds: int
    new: int
    gone: int
    orphans: int

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def changed(self) -> bool:
        return bool(self.speakers or self.bounds or self.new or self.gone or self.orphans)


def left(db: sqlite3.Connection, model: str) -> int:
    """How many articles count by another model's reading."""
    return int(db.execute(f"SELECT count(*) {_LEFT}", (0, model)).fetchone()[0])


def reread(db: sqlite3.Connection, reader: Reads, *, jobs: int = 1) -> Iterator[Reread | Failure]:
    """Read anew what another model has read; a result for each article, when it is stored.

    Stopped at any time it goes on where it was: what the model has read is not read again. Older
    readings stay in the record and don't count. What can't be read keeps its reading and gives a
    Failure whose id is the article's key.
    """
    waiting: list[int] = []  # the articles that were handed to the reader, in order
    results = reader.read_many(_unread(db, reader.model, waiting.append), jobs=jobs)
    for result in results:
        article = waiting.pop(0)
        if isinstance(result, Failure):
            yield Failure(result.error, id=articles.get(db, article).key)
            continue
        done = _replace(db, article, result)
        if done is not None:
            yield done


def _unread(
    db: sqlite3.Connection, model: str, hand_over: Callable[[int], None]
) -> Iterator[Article]:
    last = 0
    while True:
        query = f"SELECT id {_LEFT} ORDER BY id LIMIT {_BATCH}"
        ids = [row["id"] for row in db.execute(query, (last, model)).fetchall()]
        if not ids:
            return
        for id in ids:
            with snapshot(db):
                if not db.execute("SELECT 1 FROM article WHERE id = ?", (id,)).fetchone():
                    continue  # forgotten meanwhile
                article = articles.article(db, id)
            hand_over(id)
            yield article
        last = ids[-1]


def _replace(db: sqlite3.Connection, article: int, new: Reading) -> Reread | None:
    """Make `new` the reading that counts; None if the article was forgotten meanwhile."""
    data, new = adding.cleaned(new)
    with write(db):
        if not db.execute("SELECT 1 FROM article WHERE id = ?", (article,)).fetchone():
            return None
        old = articles.reading(db, article)
        orphans = adding.keep(db, article, new, data)
        return Reread(
            article=articles.get(db, article).key,
            model_before=old.model,
            model=new.model,
            orphans=orphans,
            **differences(old.statements, new.statements),
        )


def differences(old: Iterable[Statement], new: Iterable[Statement]) -> dict[str, int]:
    """How many statements are `same`, `speakers`, `bounds`, `new`, `gone`: see `Reread`."""
    old, new = list(old), list(new)
    contents = {s.content: s for s in old}
    pairs = [(contents.pop(s.content, None), s) for s in new]
    kept = [(before, after) for before, after in pairs if before is not None]
    same = sum(_speakers(before) == _speakers(after) for before, after in kept)
    starts = {s.content[0].start: s for s in contents.values() if s.content}
    ends = {s.content[-1].end: s for s in contents.values() if s.content}
    moved = sum(_take(after, starts, ends) for before, after in pairs if before is None)
    return {
        "same": same,
        "speakers": len(kept) - same,
        "bounds": moved,
        "new": len(new) - len(kept) - moved,
        "gone": len(old) - len(kept) - moved,
    }


def _speakers(statement: Statement) -> list[tuple[str | None, str, tuple[str, ...]]]:
    return [(s.name, s.kind, s.by) for s in statement.speakers]


def _take(statement: Statement, starts: dict[int, Statement], ends: dict[int, Statement]) -> bool:
    """Whether an old statement begins or ends where this one does; it is no other's then."""
    if not statement.content:
        return False
    old = starts.get(statement.content[0].start) or ends.get(statement.content[-1].end)
    if old is None:
        return False
    starts.pop(old.content[0].start, None)
    ends.pop(old.content[-1].end, None)
    return True
