"""The class `Record`: the front of the store. What it does is done in the modules beside it.

A method imports what it needs, and no more: every command would wait for all of them together.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sayso.record import adding, articles, people, projection
from sayso.record.adding import Added
from sayso.record.articles import Stored
from sayso.record.corrections import Correction
from sayso.record.database import connect, mapped, snapshot
from sayso.record.people import Person
from sayso.types import Article, Failure, Kind, Reading, Statement

if TYPE_CHECKING:
    from sayso.record.alike import Alike
    from sayso.record.amending import Amendment
    from sayso.record.audit import Audit, Scope
    from sayso.record.check import Checked
    from sayso.record.choices import Choices
    from sayso.record.counting import Counts
    from sayso.record.decisions import Decision
    from sayso.record.differences import Differences
    from sayso.record.doubtful import Doubts, Waiting
    from sayso.record.duplicates import Likely
    from sayso.record.filters import Filters
    from sayso.record.hits import Hit
    from sayso.record.listing import Entry
    from sayso.record.misnamed import Misnamed
    from sayso.record.monthly import Month
    from sayso.record.namesakes import Namesake, Span
    from sayso.record.nowhere import Nowhere
    from sayso.record.opened import Opened
    from sayso.record.paging import Page
    from sayso.record.preview import Naming, Pair
    from sayso.record.profile import Profile
    from sayso.record.renaming import Renaming
    from sayso.record.reviewing import Reviewed
    from sayso.record.roster import Imported, Listed
    from sayso.record.search import Found
    from sayso.record.splitting import Parting
    from sayso.record.timeline import Timeline
    from sayso.record.undoing import Undoing
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
        """The connection, whose errors leave as ours."""
        with mapped(self.path):
            yield self.db

    @contextmanager
    def _look(self) -> Iterator[sqlite3.Connection]:
        """The same, with the record as it is at one moment."""
        with self._use() as db, snapshot(db):
            yield db

    # ---- articles

    def dated(self, article: Article) -> Article:
        """The article as it is to be read: with the day of printing that is known of it here."""
        with self._use() as db:
            return adding.dated(db, article)

    def add(self, reading: Reading) -> Added:
        """Store a reading, whole or not at all, and tell what came of it."""
        with self._use() as db:
            return adding.add(db, reading)

    def known(self, article: Article, model: str) -> Added | None:
        """What came of adding the article, read by this model; None if that is still to be done."""
        with self._use() as db:
            return adding.known(db, article, model)

    def alike(self, reading: Reading) -> "Alike | None":
        """What is here already of an article that was read and isn't added: the same text, nearly
        the same, or another at its address."""
        from sayso.record.alike import alike

        with self._look() as db:
            return alike(db, reading)

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

        with self._look() as db:
            return listed(db, words, outlets_of=outlets, since=since, until=until, limit=limit)

    def article_page(
        self,
        words: str = "",
        *,
        outlets: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        limit: int = 50,
        page: str | None = None,
    ) -> "Page[Entry]":
        """The same page by page: `page` is the `next` of the page before."""
        from sayso.record.paging import article_page

        with self._look() as db:
            return article_page(
                db, words, outlets_of=outlets, since=since, until=until, limit=limit, page=page
            )

    def statement(self, reference: str) -> "Hit":
        """The statement `KEY/s3`, as a search shows it."""
        from sayso.record.hits import of_statement

        with self._look() as db:
            return of_statement(db, reference)

    def reading(self, key: str, *, corrected: bool = True) -> Reading:
        """The current reading of an article, with its corrections, or as the model gave it."""
        with self._look() as db:
            return projection.reading(db, key, as_corrected=corrected)

    def opened(self, key: str) -> "Opened":
        """An article to be looked at: its reading as `reading` gives it, the entries of its
        speakers, what a person has checked, its versions."""
        from sayso.record.opened import opened

        with self._look() as db:
            return opened(db, key)

    def is_long(self, key: str) -> bool:
        """Whether `opened` takes long, because the article is."""
        from sayso.record.opened import is_long

        with self._look() as db:
            return is_long(db, key)

    def stamp(self, key: str) -> tuple[str | int | None, ...]:
        """What is another whenever `opened` gives something else."""
        from sayso.record.opened import stamp

        with self._look() as db:
            return stamp(db, key)

    def versions(self, key: str) -> tuple[Stored, ...]:
        """An article and the other texts at its address: the current one, then the latest."""
        from sayso.record.opened import versions

        with self._look() as db:
            return versions(db, key)

    def differences(self, old: str, new: str) -> "Differences":
        """What words came in and went out between two versions of an article."""
        from sayso.record.differences import differences

        with self._look() as db:
            return differences(db, old, new)

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

        with self._look() as db:
            return search(db, words, filters, limit=limit, page=page)

    def nowhere(self, words: str) -> "list[Nowhere]":
        """Which words of a query stand in no text, each with one that may be meant."""
        from sayso.record.nowhere import nowhere

        with self._look() as db:
            return nowhere(db, words)

    def counts(self, words: str = "", filters: "Filters | None" = None) -> "Counts":
        """How the hits of such a search part by speaker, outlet, year, type: its facets.

        Counted are the hits that `search` ranks. Without words and filters it is the newest.
        """
        from sayso.record.counting import counts

        with self._look() as db:
            return counts(db, words, filters)

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

        with self._look() as db:
            return timeline(db, name, about=about, since=since, until=until, limit=limit)

    def namesakes(
        self,
        names: Sequence[str],
        words: str = "",
        filters: "Filters | None" = None,
        span: "Span | None" = None,
    ) -> "list[Namesake]":
        """What such a search by these people, or such a timeline, leaves out: what is said under
        no more than their surname, in articles that tell nobody whose it is."""
        from sayso.record.namesakes import namesakes

        with self._look() as db:
            return namesakes(db, names, words, filters, span)

    def check(self, quotation: str, by: str | None = None) -> "Checked":
        """Whether a quotation is printed in these words, by whom, and who printed it first."""
        from sayso.record.check import of_record

        with self._look() as db:
            return of_record(db).check(quotation, by)

    def check_draft(self, draft: Reading) -> "list[Checked]":
        """The same for every quotation of a draft that was read; `span` is its place there."""
        from sayso.record.check.draft import check_draft

        with self._look() as db:
            return check_draft(db, draft)

    def audit(
        self, scope: "Scope | None" = None, *, by: str | None = None, limit: int = 50
    ) -> "Audit":
        """Who is heard, how much, and where nobody is named; `by` a column of the user's."""
        from sayso.record.audit import audit

        with self._look() as db:
            return audit(db, scope, by=by, limit=limit)

    def choices(self) -> "Choices":
        """The outlets, sections and columns that an audit can be asked for."""
        from sayso.record.choices import choices

        with self._look() as db:
            return choices(db)

    # ---- people

    def people(self, name: str | None = None, *, limit: int = 50) -> "list[Listed]":
        """The people and bodies whose name has these words, or all; who speaks most comes first."""
        from sayso.record.roster import listed

        with self._look() as db:
            return listed(db, name, limit=limit)

    def people_page(
        self, words: str | None = None, *, limit: int = 50, page: str | None = None
    ) -> "Page[Listed]":
        """The same page by page: `page` is the `next` of the page before."""
        from sayso.record.paging import people_page

        with self._look() as db:
            return people_page(db, words, limit=limit, page=page)

    def profile(self, name: str) -> "Profile":
        """What someone's statements are like as a whole: when, where, to whom, about whom."""
        from sayso.record.profile import profile

        with self._look() as db:
            return profile(db, name)

    def bearing(self, words: str, *, limit: int = 3) -> "list[Listed]":
        """Those in whose name or alias all of these words stand, whole."""
        from sayso.record.roster import bearing

        with self._look() as db:
            return bearing(db, words, limit=limit)

    def is_nobody(self, name: str) -> bool:
        """Whether nobody in the record is called so, nor any speaker without an entry."""
        with self._look() as db:
            return people.is_nobody(db, name)

    def near_unknown(self, name: str) -> list[Person]:
        """Whom a full name may be a misprint of, where nobody is called so; else nobody."""
        with self._look() as db:
            return people.near_unknown(db, name)

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

    # ---- who is who

    def likely_duplicates(self, *, limit: int = 50) -> "list[Likely]":
        """Entries that may be one, the likeliest first, with what speaks for it and against it."""
        from sayso.record.duplicates import likely

        with self._look() as db:
            return likely(db, limit=limit)

    def pair(self, kept: str, other: str) -> "Pair":
        """Two entries side by side, before `merge` makes them one."""
        from sayso.record.preview import pair

        with self._look() as db:
            return pair(db, kept, other)

    def merge(self, kept: str, other: str, *, who: str, force: bool = False) -> "Decision":
        """Make one entry of two, given by name or number; the first one's name stays.

        A person and a body are made one only with `force`.
        """
        from sayso.record.merging import merge

        with self._use() as db:
            return merge(db, kept, other, who=who, force=force)

    def naming(self, name: str, keys: Sequence[str] = (), *, limit: int = 100) -> "list[Naming]":
        """The newest articles that name someone, or those of `keys`: what `split` takes."""
        from sayso.record.preview import naming

        with self._look() as db:
            return naming(db, name, keys, limit=limit)

    def parting(self, name: str, keys: Sequence[str]) -> "Parting":
        """What `split` would do."""
        from sayso.record.splitting import parting

        with self._look() as db:
            return parting(db, name, keys)

    def split(self, name: str, keys: Sequence[str], *, who: str) -> "Decision":
        """Make an entry of its own of whom these articles call `name`, or take back the merge
        that brought them in."""
        from sayso.record.splitting import split

        with self._use() as db:
            return split(db, name, keys, who=who)

    def renaming(self, name: str, called: str) -> "Renaming":
        """What `rename` would do."""
        from sayso.record.renaming import renaming

        with self._look() as db:
            return renaming(db, name, called)

    def rename(self, name: str, called: str, *, who: str) -> "Decision":
        """Call an entry otherwise; by the names that it had it stays known."""
        from sayso.record.renaming import rename

        with self._use() as db:
            return rename(db, name, called, who=who)

    def decisions(self) -> "list[Decision]":
        """What was merged, split and renamed, the last first, with what was taken back."""
        from sayso.record.decisions import listed

        with self._look() as db:
            return listed(db)

    def decision_page(self, *, limit: int = 50, page: str | None = None) -> "Page[Decision]":
        """The same page by page: `page` is the `next` of the page before."""
        from sayso.record.paging import decision_page

        with self._look() as db:
            return decision_page(db, limit=limit, page=page)

    def decision(self, decision: int) -> "Decision":
        """The merge, split or renaming of this number."""
        from sayso.record.decisions import get

        with self._look() as db:
            return get(db, decision)

    def undoing(self, decision: int) -> "Undoing":
        """What it would do to take this merge back."""
        from sayso.record.undoing import undoing

        with self._look() as db:
            return undoing(db, decision)

    def undo_decision(self, decision: int | None = None) -> "Decision":
        """Take back a merge, a split or a renaming, by default the last that stands."""
        from sayso.record.undoing import undo

        with self._use() as db:
            return undo(db, decision)

    # ---- corrections

    def right(self, reference: str, *, who: str) -> Correction:
        """Say that the statement `KEY/s3` is right as it is."""
        from sayso.record.correcting import right

        with self._use() as db:
            return right(db, reference, who=who)

    def wrong(self, reference: str, *, who: str) -> Correction:
        """Say that nobody is told to have said that."""
        from sayso.record.correcting import wrong

        with self._use() as db:
            return wrong(db, reference, who=who)

    def attribute(
        self, reference: str, names: Sequence[str], *, kind: Kind | None = None, who: str
    ) -> Correction:
        """Say that others are the speakers of a statement; without names, that nobody is."""
        from sayso.record.correcting import attribute

        with self._use() as db:
            return attribute(db, reference, names, kind=kind, who=who)

    def misnamed(self, reference: str) -> "Misnamed":
        """The speaker of a statement, with all that the article has them say."""
        from sayso.record.correcting import misnamed

        with self._look() as db:
            return misnamed(db, reference)

    def attribute_all(
        self,
        reference: str,
        names: Sequence[str],
        *,
        kind: Kind | None = None,
        version: str | None = None,
        who: str,
    ) -> tuple[Correction, ...]:
        """Say that others said all that an article has the speaker of this statement say.

        To take one of the corrections back takes all of them back. `version` is the one that
        `misnamed` gave, unless whoever asks has seen nothing.
        """
        from sayso.record.correcting import attribute_all

        with self._use() as db:
            return attribute_all(db, reference, names, kind=kind, version=version, who=who)

    def bound(
        self,
        reference: str,
        *,
        content: Sequence[str] | None = None,
        cue: Sequence[str] | None = None,
        source: Sequence[str] | None = None,
        at: int | None = None,
        who: str,
    ) -> Correction:
        """Say that other words of the article are a statement's content, cue or source.

        What is None stays; of no words, there is no such cue or source.
        """
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
    ) -> Correction:
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

    def corrections(self, key: str | None = None, *, limit: int = 1000) -> list[Correction]:
        """The corrections of an article and its earlier versions, or all, the last first, with
        those taken back."""
        from sayso.record.correcting import listed

        with self._look() as db:
            return list(listed(db, key, limit=limit))

    def correction_page(
        self, key: str | None = None, *, limit: int = 50, page: str | None = None
    ) -> "Page[tuple[str, Correction]]":
        """The same page by page, each with its article's key."""
        from sayso.record.paging import correction_page

        with self._look() as db:
            return correction_page(db, key, limit=limit, page=page)

    def correction(self, number: int) -> tuple[str, Correction]:
        """A correction by its number, with its article's key."""
        from sayso.record.correcting import get
        from sayso.record.paging import with_key

        with self._look() as db:
            return with_key(db, get(db, number))

    def before_correction(self, correction: Correction) -> Statement | None:
        """The statement as it stood before; None where there was none."""
        from sayso.record.correcting import before

        with self._look() as db:
            return before(db, correction)

    def undo_correction(self, correction: int | None = None) -> Correction:
        """Take back a correction, by default the last that stands, and those made with it."""
        from sayso.record.correcting import undo

        with self._use() as db:
            return undo(db, correction)

    # ---- review

    def waiting(
        self, doubts: "Doubts | None" = None, *, limit: int = 20, after: str | None = None
    ) -> "list[Waiting]":
        """The statements that nobody has looked at, the most doubtful first; `after` is a place."""
        from sayso.record.doubtful import Doubts, waiting

        with self._look() as db:
            return waiting(db, doubts or Doubts(), limit=limit, after=after)

    def waiting_place(self, reference: str) -> str | None:
        """The place of a statement among them; None if somebody has looked at it."""
        from sayso.record.doubtful import place_of

        with self._look() as db:
            return place_of(db, reference)

    def waiting_left(self, doubts: "Doubts | None" = None) -> int:
        """How many they are, counted to `doubtful.MOST` and one more."""
        from sayso.record.doubtful import Doubts, left

        with self._look() as db:
            return left(db, doubts or Doubts())

    def doubtful_page(
        self, doubts: "Doubts | None" = None, *, limit: int = 50, page: str | None = None
    ) -> "Page[Hit]":
        """The same statements as they are shown, page by page."""
        from sayso.record.doubtful import Doubts, doubtful

        with self._look() as db:
            return doubtful(db, doubts or Doubts(), limit=limit, page=page)

    def reviewed(self, reference: str) -> "Reviewed":
        """The statement `KEY/s3` as a person looks at it, also one that was called wrong."""
        from sayso.record.reviewing import reviewed

        with self._look() as db:
            return reviewed(db, reference)

    def unless_changed(
        self,
        reference: str,
        version: str,
        correct: Callable[[], Correction],
        *,
        instead: int | None = None,
    ) -> Correction | None:
        """What `correct` makes, unless a statement has changed since `reviewed` gave that version.

        `instead` is its last correction, to be taken back before.
        """
        from sayso.record.reviewing import unless_changed

        with self._use() as db:
            return unless_changed(db, reference, version, correct, instead=instead)

    # ---- amendments

    def amend(
        self,
        key: str,
        *,
        title: str | None = None,
        publisher: str | None = None,
        date: str | None = None,
        who: str,
    ) -> "Amendment":
        """Say that an article has another title, outlet or day of printing.

        What is None stays, what is empty is not known. Days of saying that lean on the day of
        printing are worked out anew. It is taken back by saying what was before.
        """
        from sayso.record.amending import amend

        with self._use() as db:
            return amend(db, key, title=title, publisher=publisher, date=date, who=who)

    def amendments(self, key: str) -> "list[Amendment]":
        """What was changed so of an article, the last first."""
        from sayso.record.amending import listed

        with self._look() as db:
            return listed(db, key)

    # ---- out of the record

    def by_model(self) -> dict[str, int]:
        """How many current articles count by each model's reading, the most first."""
        from sayso.record.monthly import by_model

        with self._look() as db:
            return by_model(db)

    def months(self, model: str) -> "list[Month]":
        """The months of the current articles that count by this model's reading."""
        from sayso.record.monthly import months

        with self._look() as db:
            return months(db, model)

    def month_readings(self, month: "Month") -> "Iterator[tuple[str, Reading]]":
        """The key of each article of a month and its reading, with its corrections."""
        from sayso.record.monthly import readings

        with self._use() as db:
            yield from readings(db, month.articles)

    def lessons(self) -> Iterator[dict[str, Any]]:
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

    def also_speaking(self, name: str, article: Stored) -> list[tuple[str, int]]:
        """Who else speaks in an article that `forget` would remove, and in how many statements."""
        from sayso.record.upkeep.forget import others

        with self._use() as db:
            return others(db, name, article)

    def still_naming(self, name: str, found: Sequence[Stored]) -> list[tuple[Stored, str]]:
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

    def at_once(self, correction: "Correction") -> int:
        """How many corrections are taken back with one, or were, itself among them."""
        from sayso.record.together import at_once

        with self._use() as db, snapshot(db):
            return at_once(db, correction)
