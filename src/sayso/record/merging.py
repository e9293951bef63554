"""What people decide about who is who: entries merged, split and renamed, and each taken back.

A decision names entries by their keys and articles by theirs, and what holds is worked out from all
decisions that stand, in the order in which they were made. So any one can be taken back, and none
is lost when articles are read again.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sayso.errors import NotInRecord, UsageError
from sayso.record import articles, identity, people, renaming
from sayso.record.database import to_json, write
from sayso.record.days import now
from sayso.record.ledger import Ledger
from sayso.record.projection import project


@dataclass(frozen=True, slots=True)
class Decision:
    """Two entries are one (`merge`), one was two (`split`), or one is called otherwise (`rename`),
    as somebody says.

    `names`: of a merge, the entry that stays and the one that goes into it; of a split, the
    entry that was split, and the new one where it is called otherwise; of a renaming, the old name
    and the new. `entry`: the number of the entry that a merge leaves, a split makes, or that is
    renamed.
    """

    id: int
    kind: Literal["merge", "split", "rename"]
    names: tuple[str, ...]
    articles: tuple[str, ...]
    who: str
    made: str
    undone: str | None = None
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Parting:
    """What a split would do: take back this `merge`, or make an entry of this `name`.

    `within` is a merge of two whom these articles name as two: to split these off keeps them one.
    """

    name: str
    merge: Decision | None
    within: Decision | None = None


@dataclass(frozen=True, slots=True)
class Undoing:
    """What is left when a merge is taken back.

    `entries` are the one or two that the merged ones are then, with the statements of each;
    `splits` are decisions about them that were made since, and stand.
    """

    entries: tuple[tuple[str, int], ...]
    splits: tuple[Decision, ...]


def merge(
    db: sqlite3.Connection, kept: str, other: str, *, who: str, force: bool = False
) -> Decision:
    """Make one entry of two, given by name or number; the first one's name stays.

    Raises `NotInRecord`, `Ambiguous`, or `UsageError` where they are one already, or a person and
    a body, unless `force` says that they are one all the same.
    """
    with write(db):
        into, gone = people.get(db, people.one(db, kept)), people.get(db, people.one(db, other))
        if into.id == gone.id:
            raise UsageError(f"{kept!r} and {other!r} are one already: {into}")
        if identity.SORTS.get(into.kind) != identity.SORTS.get(gone.kind) and not force:
            raise UsageError(
                f"{into} is of kind {into.kind}, {gone} of kind {gone.kind}",
                ": if they are one all the same, add --force",
            )
        data = {
            "into": _key(db, into.id),
            "other": _key(db, gone.id),
            "names": [into.name, gone.name],
        }
        decision = _decide(db, "merge", data, who)
        _join(db)
        return get(db, decision)


def split(db: sqlite3.Connection, name: str, keys: Sequence[str], *, who: str) -> Decision:
    """Make an entry of its own of whom these articles call `name`; all others keep the old one.

    It has the fullest name that these articles use. Where they are just those that name somebody
    who was merged in, the merge is taken back instead, and that is the decision given.

    Raises `NotInRecord` or `Ambiguous` for a name or an article, and `NotInRecord` where an
    article doesn't name that person.
    """
    if not keys:
        raise UsageError("name the articles in which it is somebody else")
    with write(db):
        old = people.get(db, people.one(db, name))
        found = [articles.containing(db, key) for key in dict.fromkeys(keys)]
        called = {a.id: _called(db, old.id, a) for a in found}
        merged = _merge_between(db, old.id, *_named(db, old.id, called.keys()))
        if merged is not None:
            return undo(db, merged)
        new = _fullest(names for names in called.values())
        pins = {(a.id, key): a.key for a in found for key in _keys(called[a.id])}
        new_key = _next_key(db, new.key.replace(f"{identity.BARE}:", f"{identity.PERSON}:"))
        entry = people.enter(db, new_key, new.name, new.kind)
        for each in (each for names in called.values() for each in names):
            if (key := identity.key(each.name, each.kind)) is not None:
                people.call(db, entry, key, each.name)
        data = {
            "from": _key(db, old.id),
            "to": new_key,
            "names": list(dict.fromkeys((old.name, new.name))),
            "articles": [a.key for a in found],
            "pins": [[article, key] for (_, key), article in pins.items()],
        }
        decision = _decide(db, "split", data, who)
        _pin(db, pins)
        for article in found:
            project(db, article.id)
        return get(db, decision)


def parting(db: sqlite3.Connection, name: str, keys: Sequence[str]) -> Parting:
    """What it would do to split these articles off. Raises what `split` does."""
    old = people.one(db, name)
    found = [articles.containing(db, key) for key in dict.fromkeys(keys)]
    called = {a.id: _called(db, old, a) for a in found}
    here, elsewhere = _named(db, old, called.keys())
    merge, within = _merge_between(db, old, here, elsewhere), _merge_within(db, old, here)
    return Parting(
        _fullest(names for names in called.values()).name,
        None if merge is None else get(db, merge),
        None if within is None else get(db, within),
    )


def rename(db: sqlite3.Connection, name: str, called: str, *, who: str) -> Decision:
    """Call an entry otherwise; it stays known by the names that it had.

    Later articles that use any of them are its own. Raises what `renaming` does.
    """
    with write(db):
        wanted = renaming.renaming(db, name, called)
        data = renaming.data_of(wanted, _key(db, wanted.person.id))
        decision = _decide(db, "rename", data, who)
        renaming.hold(db, data)
        return get(db, decision)


_LEDGER = Ledger(
    "decision",
    "sayso people decisions",
    "nothing was merged, split or renamed that could be taken back",
)


def undo(db: sqlite3.Connection, decision: int | None = None) -> Decision:
    """Take back a decision, by default the last that stands.

    Raises `NotInRecord` where there is none, and `UsageError` where it was taken back before.
    """
    with write(db):
        row = _LEDGER.take_back(db, decision)
        data = json.loads(row["data"])
        if row["kind"] == "merge":
            _join(db)
        elif row["kind"] == "split":
            _unpin(db, data)
        else:
            renaming.take_back(db, data)
        return _decision(db, row)


def undoing(db: sqlite3.Connection, decision: int) -> Undoing:
    """What it would do to take a merge back, or has done. Raises `NotInRecord`."""
    data = json.loads(_LEDGER.row(db, decision)["data"])
    ends = [
        row["id"]
        for key in (data.get("into"), data.get("other"))
        for row in db.execute("SELECT id FROM person WHERE key = ?", (key,))
    ]
    joined = _joined((a, b) for id, a, b in _pairs(db) if id != decision)
    groups: dict[int, set[int]] = {}
    for end in ends:
        stands = joined.get(end, end)
        groups[stands] = {stands, *(id for id, into in joined.items() if into == stands)}
    entries = tuple((_name(db, id), _spoken(db, group)) for id, group in groups.items())
    everyone = to_json(sorted(set().union(*groups.values())))
    return Undoing(entries, tuple(_splits_since(db, decision, everyone)))


def _splits_since(db: sqlite3.Connection, decision: int, ids: str) -> Iterator[Decision]:
    """The later splits that stand, of entries of these ids or by one of their names."""
    rows = db.execute(
        "SELECT key FROM alias WHERE person IN (SELECT value FROM json_each(:ids)) UNION "
        "SELECT key FROM person WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": ids},
    )
    keys = {row["key"] for row in rows}
    for id, data in _standing(db, "split"):
        pinned = {key for _, key in data.get("pins", ())}
        if id > decision and keys & {data.get("from"), *pinned}:
            yield get(db, id)


def _name(db: sqlite3.Connection, person: int) -> str:
    return str(db.execute("SELECT name FROM person WHERE id = ?", (person,)).fetchone()["name"])


def _spoken(db: sqlite3.Connection, ids: Collection[int]) -> int:
    """How many statements of current articles these entries make."""
    row = db.execute(
        "SELECT count(DISTINCT s.id) FROM speaker v JOIN statement s ON s.id = v.statement "
        "JOIN article a ON a.id = s.article AND a.superseded_by IS NULL "
        "WHERE v.person IN (SELECT value FROM json_each(?))",
        (to_json(sorted(ids)),),
    ).fetchone()
    return int(row[0])


def get(db: sqlite3.Connection, decision: int) -> Decision:
    """The decision of this number. Raises `NotInRecord`."""
    return _decision(db, _LEDGER.row(db, decision))


def decisions(db: sqlite3.Connection) -> Iterator[Decision]:
    """All decisions, the last first, with those that were taken back."""
    for row in db.execute("SELECT * FROM decision ORDER BY id DESC").fetchall():
        yield _decision(db, row)


def _decision(db: sqlite3.Connection, row: sqlite3.Row) -> Decision:
    data = json.loads(row["data"])
    (key,) = (data[name] for name in ("into", "to", "entry") if name in data)
    entry = db.execute("SELECT id FROM person WHERE key = ?", (key,)).fetchone()
    return Decision(
        row["id"],
        row["kind"],
        tuple(data["names"]),
        tuple(data.get("articles", ())),
        row["who"],
        row["made"],
        row["undone"],
        None if entry is None else entry["id"],
    )


def _decide(db: sqlite3.Connection, kind: str, data: Mapping[str, Any], who: str) -> int:
    (id,) = db.execute(
        "INSERT INTO decision (kind, data, who, made) VALUES (?, ?, ?, ?) RETURNING id",
        (kind, to_json(data), who, now()),
    ).fetchone()
    return int(id)


def _standing(db: sqlite3.Connection, kind: str) -> list[tuple[int, dict[str, Any]]]:
    rows = db.execute(
        "SELECT id, data FROM decision WHERE kind = ? AND undone IS NULL ORDER BY id", (kind,)
    )
    return [(row["id"], json.loads(row["data"])) for row in rows]


def _key(db: sqlite3.Connection, person: int) -> str:
    return str(db.execute("SELECT key FROM person WHERE id = ?", (person,)).fetchone()["key"])


# ---- merges


def _join(db: sqlite3.Connection) -> None:
    """Make `same_as` what the merges that stand make of it."""
    wanted = _joined((into, other) for _, into, other in _pairs(db))
    rows = db.execute("SELECT id, same_as FROM person WHERE same_as IS NOT NULL").fetchall()
    joined = {row["id"]: row["same_as"] for row in rows}
    changed = [id for id in wanted.keys() | joined.keys() if wanted.get(id) != joined.get(id)]
    db.executemany(
        "UPDATE person SET same_as = ? WHERE id = ?", [(wanted.get(id), id) for id in changed]
    )


def _pairs(db: sqlite3.Connection) -> Iterator[tuple[int, int, int]]:
    """Of each merge its number and those of its entries: the one that stays, the one that goes."""
    for decision, data in _standing(db, "merge"):
        rows = db.execute(
            "SELECT id, key FROM person WHERE key IN (?, ?)", (data["into"], data["other"])
        )
        ids = {row["key"]: row["id"] for row in rows}
        if len(ids) == 2:  # the last article that named one of them may be forgotten
            yield decision, ids[data["into"]], ids[data["other"]]


def _joined(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each entry that goes into another, the one that stands for all of them."""
    groups: dict[int, list[int]] = {}
    standing: dict[int, int] = {}
    for into, other in pairs:
        a, b = standing.get(into, into), standing.get(other, other)
        if a == b:
            continue
        moved = groups.pop(b, [b])
        groups.setdefault(a, [a]).extend(moved)
        standing |= dict.fromkeys(moved, a)
    return {id: stands for id, stands in standing.items() if id != stands}


# ---- splits


@dataclass(frozen=True, slots=True)
class _Called:
    """What an article calls somebody. `key` is the one by which a split pins them there."""

    key: str
    name: str
    kind: str


def _called(db: sqlite3.Connection, person: int, article: articles.Stored) -> list[_Called]:
    """How an article names somebody. Raises `NotInRecord` where it doesn't."""
    rows = db.execute(
        "SELECT label AS name, kind FROM entity "
        "WHERE article = :article AND person IN (SELECT value FROM json_each(:ids)) UNION "
        "SELECT speaker.name, speaker.kind FROM statement "
        "JOIN speaker ON speaker.statement = statement.id WHERE article = :article "
        "AND speaker.entity IS NULL AND person IN (SELECT value FROM json_each(:ids))",
        {"article": article.id, "ids": people.ids(db, person)},
    ).fetchall()
    found = []
    for row in rows:
        if (key := identity.pin_key(row["name"], row["kind"])) is not None:
            kind = "person" if row["kind"] == "author" else row["kind"]
            found.append(_Called(key, row["name"], kind))
    if not found:
        name = people.get(db, person).name
        raise NotInRecord(f"article {article.key} doesn't name {name}, as far as the record knows")
    return found


def _keys(called: Iterable[_Called]) -> list[str]:
    return sorted({each.key for each in called})


def _fullest(articles_names: Iterable[Iterable[_Called]]) -> _Called:
    """The fullest of the names that articles use; of those as full, what most of them use."""
    names = [each for called in articles_names for each in called]
    used = Counter(names)

    def fullness(each: _Called) -> tuple[bool, int, int, int, str]:
        full = not each.key.startswith(f"{identity.BARE}:")
        return full, len(each.key.split()), used[each], len(each.name), each.name

    return max(names, key=fullness)


def _named(
    db: sqlite3.Connection, person: int, found: Collection[int]
) -> tuple[set[int], set[int]]:
    """The ids of the merged entries that these articles name, and that others do."""
    ids = people.ids(db, person)
    rows = db.execute(
        "SELECT article, person FROM entity WHERE person IN (SELECT value FROM json_each(:ids)) "
        "UNION SELECT s.article, v.person FROM speaker v JOIN statement s ON s.id = v.statement "
        "WHERE v.person IN (SELECT value FROM json_each(:ids))",
        {"ids": ids},
    ).fetchall()
    here = {row["person"] for row in rows if row["article"] in found}
    return here, {row["person"] for row in rows if row["article"] not in found}


def _merge_between(
    db: sqlite3.Connection, person: int, here: set[int], elsewhere: set[int]
) -> int | None:
    """The merge without which some articles would name one entry, and all others another."""
    if not elsewhere or here & elsewhere:
        return None
    for decision, joined in _without_each(db, person):
        sides = [{joined.get(id, id) for id in some} for some in (here, elsewhere)]
        if [len(side) for side in sides] == [1, 1] and sides[0] != sides[1]:
            return decision
    return None


def _merge_within(db: sqlite3.Connection, person: int, here: set[int]) -> int | None:
    """The merge without which some articles would name two entries."""
    for decision, joined in _without_each(db, person) if len(here) > 1 else ():
        if len({joined.get(id, id) for id in here}) > 1:
            return decision
    return None


def _without_each(db: sqlite3.Connection, person: int) -> Iterator[tuple[int, dict[int, int]]]:
    """Each merge of somebody, the last first, with what stands for what without it."""
    group = people.same(db, person)
    pairs = [pair for pair in _pairs(db) if pair[1] in group]
    for decision, _, _ in reversed(pairs):
        yield decision, _joined((into, other) for id, into, other in pairs if id != decision)


def _next_key(db: sqlite3.Connection, key: str) -> str:
    """A key like this one that no entry and no decision has: `person:ida marsh#2`."""
    base = key.partition("#")[0]
    taken = {data["to"] for _, data in _standing(db, "split")}
    number = 2
    while (
        f"{base}#{number}" in taken
        or db.execute("SELECT 1 FROM person WHERE key = ?", (f"{base}#{number}",)).fetchone()
    ):
        number += 1
    return f"{base}#{number}"


def _pin(db: sqlite3.Connection, places: Iterable[tuple[int, str]]) -> None:
    """Make the pins of these articles and keys what the splits that stand make of them."""
    wanted = set(places)
    db.executemany("DELETE FROM pin WHERE article = ? AND key = ?", wanted)
    for decision, data in _standing(db, "split"):
        entry = db.execute("SELECT id FROM person WHERE key = ?", (data["to"],)).fetchone()
        for article, key in _places(db, data):
            if entry is not None and (article, key) in wanted:
                db.execute(
                    "INSERT OR REPLACE INTO pin (article, key, person, decision) "
                    "VALUES (?, ?, ?, ?)",
                    (article, key, entry["id"], decision),
                )


def _places(db: sqlite3.Connection, data: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The articles, by the database's id, and keys of a split."""
    for article, key in data.get("pins", ()):
        row = db.execute("SELECT id FROM article WHERE key = ?", (article,)).fetchone()
        if row is not None:
            yield row["id"], key


def _unpin(db: sqlite3.Connection, data: Mapping[str, Any]) -> None:
    """Make the pins of a split that was taken back what the others make of them."""
    places = list(_places(db, data))
    _pin(db, places)
    for article in sorted({article for article, _ in places}):
        project(db, article)
    _drop_if_unused(db, data["to"])


def _drop_if_unused(db: sqlite3.Connection, key: str) -> None:
    """Away with an entry that a split made, unless something else holds to it by now."""
    told = (data for kind in ("merge", "rename") for _, data in _standing(db, kind))
    if not any(key in _mentioned(data) for data in told):
        db.execute(
            "DELETE FROM person WHERE key = ? AND outside_id IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM entity WHERE entity.person = person.id) "
            "AND NOT EXISTS (SELECT 1 FROM speaker WHERE speaker.person = person.id) "
            "AND NOT EXISTS (SELECT 1 FROM pin WHERE pin.person = person.id) "
            "AND NOT EXISTS (SELECT 1 FROM person_column AS c WHERE c.person = person.id)",
            (key,),
        )


def drop_unused(db: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Away with entries to which nothing holds any more; in the caller's transaction."""
    for key in keys:
        _drop_if_unused(db, key)


def forget(db: sqlite3.Connection, keys: Collection[str]) -> None:
    """Remove all decisions about the entries of these keys, for good, with what they made.

    To be called in a transaction, when the entries are gone. An article that still has the name of
    somebody who was split off is asked anew whose it is.
    """
    rows = db.execute("SELECT id, data FROM decision").fetchall()
    told = {row["id"]: json.loads(row["data"]) for row in rows}
    about = {id: data for id, data in told.items() if _mentioned(data) & set(keys)}
    places = {article for data in about.values() for article, _ in _places(db, data)}
    db.executemany("DELETE FROM decision WHERE id = ?", [(id,) for id in about])
    _join(db)
    for article in sorted(places):
        project(db, article)
    for data in about.values():
        _drop_if_unused(db, data.get("to", ""))


def _mentioned(data: Mapping[str, Any]) -> set[str]:
    """The keys of a decision's entries."""
    keys = {data.get(end) for end in ("into", "other", "from", "to", "entry")}
    return {key for key in keys if key} | {key for _, key in data.get("pins", ())}
