"""An entry split: whom some articles mean by a name, parted from whom all others mean."""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count

from sayso.errors import NotInRecord, UsageError
from sayso.record import articles, identity, merging, people, pinning
from sayso.record.articles import Stored
from sayso.record.database import write
from sayso.record.decisions import Decision, decide, entry_of, get, key_of, standing
from sayso.record.undoing import undo


@dataclass(frozen=True, slots=True)
class Parting:
    """What a split would do: take back this `merge`, or make an entry of this `name`.

    `within` is a merge of two whom these articles name as two: to split these off keeps them one.
    """

    name: str
    merge: Decision | None
    within: Decision | None = None


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
        old = people.one(db, name)
        called = _called_in(db, old, keys)
        merged = merging.between(db, old, *_named(db, old, called))
        if merged is not None:
            return undo(db, merged)
        new = _fullest(called.values())
        data = {
            "from": key_of(db, old),
            "to": _enter(db, new, chain.from_iterable(called.values())),
            "names": list(dict.fromkeys((people.get(db, old).name, new.name))),
            "articles": [article.key for article in called],
            "pins": [
                [article.key, key]
                for article, names in called.items()
                for key in sorted({each.key for each in names})
            ],
        }
        decision = decide(db, "split", data, who)
        pinning.hold(db, data)
        return get(db, decision)


def parting(db: sqlite3.Connection, name: str, keys: Sequence[str]) -> Parting:
    """What it would do to split these articles off. Raises what `split` does."""
    old = people.one(db, name)
    called = _called_in(db, old, keys)
    here, elsewhere = _named(db, old, called)
    merge, within = merging.between(db, old, here, elsewhere), merging.within(db, old, here)
    return Parting(
        _fullest(called.values()).name,
        None if merge is None else get(db, merge),
        None if within is None else get(db, within),
    )


# ---- what articles call somebody


@dataclass(frozen=True, slots=True)
class _Called:
    """What an article calls somebody. `key` is the one by which a split pins them there."""

    key: str
    name: str
    kind: str


def _called_in(
    db: sqlite3.Connection, person: int, keys: Iterable[str]
) -> dict[Stored, list[_Called]]:
    """The articles of these keys, with how each names somebody. Raises `NotInRecord` where one
    doesn't."""
    found = [articles.containing(db, key) for key in dict.fromkeys(keys)]
    return {article: _called(db, person, article) for article in found}


def _called(db: sqlite3.Connection, person: int, article: Stored) -> list[_Called]:
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


def _fullest(names_by_article: Iterable[Iterable[_Called]]) -> _Called:
    """The fullest of the names that articles use; of those as full, what most of them use."""
    used = Counter(chain.from_iterable(names_by_article))

    def fullness(each: _Called) -> tuple[bool, int, int, int, str]:
        full = not each.key.startswith(f"{identity.BARE}:")
        return full, len(each.key.split()), used[each], len(each.name), each.name

    return max(used, key=fullness)


def _named(
    db: sqlite3.Connection, person: int, found: Collection[Stored]
) -> tuple[set[int], set[int]]:
    """The ids of the merged entries that these articles name, and that others do."""
    rows = db.execute(
        "SELECT article, person FROM entity WHERE person IN (SELECT value FROM json_each(:ids)) "
        "UNION SELECT s.article, v.person FROM speaker v JOIN statement s ON s.id = v.statement "
        "WHERE v.person IN (SELECT value FROM json_each(:ids))",
        {"ids": people.ids(db, person)},
    ).fetchall()
    ids = {article.id for article in found}
    here = {row["person"] for row in rows if row["article"] in ids}
    return here, {row["person"] for row in rows if row["article"] not in ids}


# ---- the entry that a split makes


def _enter(db: sqlite3.Connection, new: _Called, called: Iterable[_Called]) -> str:
    """Make an entry that is known by all of these names, and give its key."""
    key = _next_key(db, new.key.replace(f"{identity.BARE}:", f"{identity.PERSON}:"))
    entry = people.enter(db, key, new.name, new.kind)
    for each in called:
        if (known_by := identity.key(each.name, each.kind)) is not None:
            people.call(db, entry, known_by, each.name)
    return key


def _next_key(db: sqlite3.Connection, key: str) -> str:
    """A key like this one that no entry and no decision has: `person:ida marsh#2`."""
    base = key.partition("#")[0]
    taken = {data["to"] for _, data in standing(db, "split")}
    numbered = (f"{base}#{number}" for number in count(2))
    return next(k for k in numbered if k not in taken and entry_of(db, k) is None)
