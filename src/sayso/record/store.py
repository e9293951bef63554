"""The class `Record`: the front of the store. What it does is done in the modules beside it."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sayso.record import adding, articles, projection
from sayso.record.adding import Added
from sayso.record.articles import Stored
from sayso.record.database import connect, mapped, snapshot
from sayso.types import Article, Failure, Kind, Reading

if TYPE_CHECKING:
    from sayso.record.audit import Audit, Scope
    from sayso.record.check import Checked
    from sayso.record.corrections import Correction
    from sayso.record.duplicates import Likely
    from sayso.record.filters import Filters
    from sayso.record.listing import Entry
    from sayso.record.merging import Decision
    from sayso.record.roster import Imported, Listed
    from sayso.record.search import Found
    from sayso.record.timeline import Timeline
    from sayso.record.upkeep.forget import Forgotten
    from sayso.record.upkeep.fsck import Damage
    from sayso.record.upkeep.reread import Reads, Reread
    from sayso.record.upkeep.stats import Stats


class Record:
    """Articles and what was read in them, in the one file at `path`.

    A file that isn't there is made, unless `create` is false; one from an older Sayso is brought
    up to date after a copy was put beside it. With `read_only` nothing is ever written. Use a
    record in the thread that opened it; any number of processes may have the same file open.
    All methods raise a `RecordError` where the file can't be used.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False, create: bool = True) -> None:
        self.path = Path(path)
        self.db = connect(self.path, read_only=read_only, create=create)

    def close(self) -> None:
        """Close the file. A closed record is of no more use."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _use(self) -> Iterator[sqlite3.Connection]:
        with mapped(self.path):
            yield self.db

    # ---- articles

    def add(self, reading: Reading) -> Added:
        """Store a reading, whole or not at all, and tell what came of it."""
        with self._use() as db:
            return adding.add(db, reading)

    def known(self, article: Article, model: str) -> Added | None:
        """What came of adding the article, read by this model; None if that is still to be done."""
        with self._use() as db:
            return adding.known(db, article, model)

    def article(self, key: str) -> Stored:
        """An article by its key or the first six digits or more of it, its address, or the id that
        it came with."""
        with self._use() as db:
            return articles.find(db, key)

    def article_of(self, reference: str) -> Stored:
        """The article, or that of a statement named as `KEY/s3`."""
        with self._use() as db:
            return articles.containing(db, reference)

    def articles(
        self,
        words: str = "",
        *,
        outlets: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        limit: int = 50,
    ) -> "tuple[list[Entry], bool]":
        """Current articles, those printed last first, and whether there are more.

        With `words` those whose title or text fits them, as a query of `search` does.
        """
        from sayso.record.listing import listed

        with self._use() as db, snapshot(db):
            return listed(db, words, outlets_of=outlets, since=since, until=until, limit=limit)

    def reading(self, key: str, *, corrected: bool = True) -> Reading:
        """The current reading of an article, with its corrections, or as the model gave it."""
        with self._use() as db, snapshot(db):
            article = articles.containing(db, key).id
            if corrected:
                return projection.corrected(db, article).reading
            return articles.reading(db, article)

    # ---- what was said

    def search(
        self,
        words: str = "",
        filters: "Filters | None" = None,
        *,
        limit: int = 20,
        page: str | None = None,
    ) -> "Found":
        """The statements whose content or cue holds `words`; without words, the newest.

        `page` is the `next` of the page before.
        """
        from sayso.record.search import search

        with self._use() as db, snapshot(db):
            return search(db, words, filters, limit=limit, page=page)

    def timeline(
        self,
        name: str,
        *,
        about: str = "",
        since: str | None = None,
        until: str | None = None,
        limit: int = 100,
    ) -> "Timeline":
        """What someone said, by the day it was said; the same words are one saying."""
        from sayso.record.timeline import timeline

        with self._use() as db, snapshot(db):
            return timeline(db, name, about=about, since=since, until=until, limit=limit)

    def audit(
        self, scope: "Scope | None" = None, *, by: str | None = None, limit: int = 50
    ) -> "Audit":
        """Who is heard, how much, and what rests on nobody's name; `by` a column of the user's."""
        from sayso.record.audit import audit

        with self._use() as db, snapshot(db):
            return audit(db, scope, by=by, limit=limit)

    def check(self, quotation: str, by: str | None = None) -> "Checked":
        """Whether a quotation is printed in these words, by whom, and who printed it first."""
        from sayso.record.check import of_record

        with self._use() as db, snapshot(db):
            return of_record(db).check(quotation, by)

    def check_draft(self, draft: Reading) -> "list[Checked]":
        """The same for every quotation of a draft that was read; `span` is its place there."""
        from sayso.record.check import of_record
        from sayso.record.check.draft import quotations

        with self._use() as db, snapshot(db):
            checker = of_record(db)
            return [checker.check(q.text, q.by, q.span) for q in quotations(draft)]

    # ---- people

    def people(self, name: str | None = None, *, limit: int = 50) -> "list[Listed]":
        """The people and bodies whose name has these words, or all; who speaks most comes first."""
        from sayso.record.roster import listed

        with self._use() as db, snapshot(db):
            return listed(db, name, limit=limit)

    def likely_duplicates(self, *, limit: int = 50) -> "list[Likely]":
        """Entries that may be one, the likeliest first, with what speaks for it and against it."""
        from sayso.record.duplicates import likely

        with self._use() as db, snapshot(db):
            return likely(db, limit=limit)

    def merge(self, kept: str, other: str, *, who: str, force: bool = False) -> "Decision":
        """Make one entry of two, given by name or number; the first one's name stays.

        A person and a body are made one only with `force`.
        """
        from sayso.record.merging import merge

        with self._use() as db:
            return merge(db, kept, other, who=who, force=force)

    def split(self, name: str, keys: Sequence[str], *, who: str) -> "Decision":
        """Make an entry of its own of whom these articles call `name`."""
        from sayso.record.merging import split

        with self._use() as db:
            return split(db, name, keys, who=who)

    def undo_decision(self, decision: int | None = None) -> "Decision":
        """Take back a merge or split, by default the last that stands."""
        from sayso.record.merging import undo

        with self._use() as db:
            return undo(db, decision)

    def decisions(self) -> "list[Decision]":
        """What was merged and split, the last first, with what was taken back."""
        from sayso.record.merging import decisions

        with self._use() as db, snapshot(db):
            return list(decisions(db))

    def import_people(self, text: str) -> "Imported":
        """Take in a CSV with the column `name`, and perhaps `aliases`, `id`, `kind` and others."""
        from sayso.record.roster import bring_in

        with self._use() as db:
            return bring_in(db, text)

    def export_people(self) -> Iterator[str]:
        """All entries as the lines of a CSV that `import_people` takes."""
        from sayso.record.roster import taken_out

        with self._use() as db:
            yield from taken_out(db)

    # ---- corrections

    def right(self, reference: str, *, who: str) -> "Correction":
        """Say that the statement `KEY/s3` is right as it is."""
        from sayso.record.correcting import right

        with self._use() as db:
            return right(db, reference, who=who)

    def wrong(self, reference: str, *, who: str) -> "Correction":
        """Say that nobody is told to have said that."""
        from sayso.record.correcting import wrong

        with self._use() as db:
            return wrong(db, reference, who=who)

    def attribute(
        self, reference: str, names: Sequence[str], *, kind: Kind | None = None, who: str
    ) -> "Correction":
        """Say that others are the speakers of a statement; without names, that nobody is."""
        from sayso.record.correcting import attribute

        with self._use() as db:
            return attribute(db, reference, names, kind=kind, who=who)

    def bound(
        self,
        reference: str,
        *,
        content: Sequence[str] = (),
        cue: Sequence[str] = (),
        source: Sequence[str] = (),
        at: int | None = None,
        who: str,
    ) -> "Correction":
        """Say that other words of the article are a statement's content, cue or source."""
        from sayso.record.correcting import bound

        with self._use() as db:
            return bound(db, reference, content=content, cue=cue, source=source, at=at, who=who)

    def supply(
        self,
        key: str,
        *,
        content: Sequence[str],
        cue: Sequence[str] = (),
        source: Sequence[str] = (),
        speakers: Sequence[str] = (),
        kind: Kind | None = None,
        said: bool = True,
        at: int | None = None,
        who: str,
    ) -> "Correction":
        """Say that a statement is missing, and which words of the article it is."""
        from sayso.record.correcting import supply

        with self._use() as db:
            return supply(
                db,
                key,
                content=content,
                cue=cue,
                source=source,
                speakers=speakers,
                kind=kind,
                said=said,
                at=at,
                who=who,
            )

    def undo_correction(self, correction: int | None = None) -> "Correction":
        """Take back a correction, by default the last that stands."""
        from sayso.record.correcting import undo

        with self._use() as db:
            return undo(db, correction)

    def corrections(self, key: str | None = None, *, limit: int = 1000) -> "list[Correction]":
        """The corrections of an article and its earlier versions, or all, the last first, with
        those taken back."""
        from sayso.record.correcting import listed

        with self._use() as db, snapshot(db):
            return list(listed(db, key, limit=limit))

    def lessons(self) -> "Iterator[dict[str, Any]]":
        """The corrected articles as annotated reports, for a model to learn from."""
        from sayso.record.lessons import lessons

        with self._use() as db:
            yield from lessons(db)

    # ---- upkeep

    def unread(self, model: str) -> int:
        """How many articles `reread` by this model has still to read."""
        from sayso.record.upkeep.reread import left

        with self._use() as db:
            return left(db, model)

    def reread(self, reader: "Reads", *, jobs: int = 1) -> "Iterator[Reread | Failure]":
        """Read anew what another model has read: what changed in each article, as it is stored.

        Stopped at any time, it goes on where it was.
        """
        from sayso.record.upkeep.reread import reread

        with self._use() as db:
            yield from reread(db, reader, jobs=jobs)

    def speaking(self, name: str) -> list[Stored]:
        """The articles in which someone speaks: what `forget` with this name would remove."""
        from sayso.record.upkeep.forget import speaking

        with self._use() as db:
            return speaking(db, name)

    def naming(self, name: str, found: Sequence[Stored]) -> list[tuple[Stored, str]]:
        """Articles besides `found` that name someone without having them speak, or have the surname
        alone, each with the name there: what `forget` would leave."""
        from sayso.record.upkeep.forget import left

        with self._use() as db:
            return left(db, name, found)

    def forget(self, found: Sequence[Stored], name: str | None = None) -> "Forgotten":
        """Remove articles for good, and `name`'s entry among the people; backups stay."""
        from sayso.record.upkeep.forget import forget

        with self._use() as db:
            return forget(db, self.path, found, name)

    def fsck(self) -> "Iterator[Damage]":
        """Look at every byte: each damage, or nothing where all is as it was written."""
        from sayso.record.upkeep.fsck import fsck

        with self._use() as db:
            yield from fsck(db)

    def repair(self) -> int:
        """Make all that is derived from readings and corrections anew; how many articles it was."""
        from sayso.record.upkeep.fsck import repair

        with self._use() as db:
            return repair(db)

    def backup(self, path: str | Path) -> None:
        """Copy the record as it is now; others may go on writing. Replaces what is at `path`."""
        from sayso.record.upkeep.backup import backup

        with self._use() as db:
            backup(db, Path(path))

    def stats(self) -> "Stats":
        """What the record holds, in numbers."""
        from sayso.record.upkeep.stats import stats

        with self._use() as db:
            return stats(db, self.path)
