"""What somebody's statements are like as a whole: when, where, to whom, how, about whom."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.record import people, roster
from sayso.record.articles import decoded
from sayso.record.folding import fold
from sayso.record.roster import Listed

MOST = 50_000
"""Statements that are counted: the newest, as many as a timeline puts in order."""
LOOKED_AT = 300
"""Statements whose addressee and channel are looked up: the newest that have any."""
_CHOICES = 8
"""Values of each kind that are told: those of most statements."""
_VALUE = 120


@dataclass(frozen=True, slots=True)
class Tally:
    """A value with the number of statements that have it; `person` is its entry, where it is one.

    `example` names the newest of these statements, as `KEY/s3`, where the words are the article's.
    """

    label: str
    statements: int
    person: int | None = None
    example: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An entry and its statements, of current versions of articles.

    `said` are those that were said and not denied: those of a timeline, and the ones that all
    lists count. `months` are of the day of saying, else of printing; `undated` have neither.
    `addressees` and `channels` are counted in the newest statements alone that tell of any.
    """

    listed: Listed
    said: int
    thought: int
    denied: int
    undated: int
    months: Mapping[str, int]
    types: Mapping[str, int]
    outlets: tuple[Tally, ...]
    addressees: tuple[Tally, ...]
    channels: tuple[Tally, ...]
    about: tuple[Tally, ...]


def profile(db: sqlite3.Connection, name: str) -> Profile:
    """Raises `NotInRecord` or `Ambiguous`."""
    stands = people.one(db, name)
    ids = people.ids(db, stands)
    rows = db.execute(_SPOKEN, {"ids": ids, "most": MOST}).fetchall()
    said = [row for row in rows if row["said"] and not row["denied"]]
    addressees, channels = _told(db, [row["id"] for row in said])
    return Profile(
        listed=roster.listed(db, str(stands))[0],
        said=len(said),
        thought=sum(not row["said"] for row in rows),
        denied=sum(row["denied"] for row in rows),
        undated=sum(row["day"] is None for row in said),
        months=_months(row["day"] for row in said),
        types=dict(Counter(row["type"] for row in said).most_common()),
        outlets=_tallied(row["outlet"] for row in said),
        addressees=addressees,
        channels=channels,
        about=_about(db, [row["id"] for row in said], stands),
    )


_SPOKEN = """
SELECT s.id, s.day, s.type, s.said, s.denied, a.outlet
FROM (SELECT DISTINCT statement FROM speaker
  WHERE person IN (SELECT value FROM json_each(:ids))) v
CROSS JOIN statement s ON s.id = v.statement CROSS JOIN article a ON a.id = s.article
WHERE a.superseded_by IS NULL ORDER BY s.day DESC, s.id DESC LIMIT :most
"""


def _months(days: Iterable[str | None]) -> dict[str, int]:
    return dict(sorted(Counter(day[:7] for day in days if day is not None).items()))


def _tallied(values: Iterable[str | None]) -> tuple[Tally, ...]:
    counted = Counter(value for value in values if value is not None)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Tally(value, number) for value, number in ranked[:_CHOICES])


def _told(
    db: sqlite3.Connection, statements: Sequence[int]
) -> tuple[tuple[Tally, ...], tuple[Tally, ...]]:
    """To whom and by what channel, as the articles put it."""
    rows = db.execute(  # in the order of the list, and not put in order: that would read them all
        "SELECT s.name, s.spans ->> '$.addressee' AS addressee, s.spans ->> '$.channel' AS channel,"
        " a.key, t.body FROM json_each(?) h CROSS JOIN statement s ON s.id = h.value "
        "CROSS JOIN article a ON a.id = s.article CROSS JOIN text t ON t.id = a.text "
        "WHERE addressee IS NOT NULL OR channel IS NOT NULL LIMIT ?",
        (json.dumps(list(statements)), LOOKED_AT),
    )
    parts: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        text = decoded(row["body"])
        for part in ("addressee", "channel"):
            if row[part] is not None:
                span = json.loads(row[part])
                words = " ".join(text[span[0] : span[1]].split())
                parts[part].append((words, f"{row['key']}/{row['name']}"))
    return _alike(parts["addressee"]), _alike(parts["channel"])


def _alike(found: Sequence[tuple[str, str]]) -> tuple[Tally, ...]:
    """Counted whatever their case and marks, each as it was put last."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for words, reference in found:
        groups.setdefault(fold(words), []).append((words, reference))
    ranked = sorted(groups.values(), key=lambda group: -len(group))[:_CHOICES]
    return tuple(Tally(g[0][0][:_VALUE], len(g), None, g[0][1]) for g in ranked)


def _about(db: sqlite3.Connection, statements: Sequence[int], speaker: int) -> tuple[Tally, ...]:
    """The others that most of these statements are about."""
    rows = db.execute(
        "SELECT p.id, p.name, n FROM (SELECT coalesce(p.same_as, p.id) AS person, "
        "count(DISTINCT b.statement) AS n FROM json_each(?) h "
        "CROSS JOIN about b ON b.statement = h.value JOIN entity e ON e.id = b.entity "
        "JOIN person p ON p.id = e.person WHERE coalesce(p.same_as, p.id) != ? "
        "GROUP BY 1 ORDER BY n DESC, 1 LIMIT ?) "
        "JOIN person p ON p.id = person ORDER BY n DESC, p.id",
        (json.dumps(list(statements)), speaker, _CHOICES),
    )
    return tuple(Tally(row["name"], row["n"], row["id"]) for row in rows)
