"""What an audit counts, and what it leaves out."""

import sqlite3
from typing import Any

import pytest

from sayso.errors import NotInRecord, UsageError
from sayso.record import Record
from sayso.record.audit import Audit, Scope, audit
from sayso.record.audit.scope import audited
from sayso.record.audit.unheard import unheard
from tests.record.build import Said, reading

TOLL = (
    "“The toll must go,” Ida Marsh said. Marsh said the council had “lied to every driver”. "
    "Residents fear the worst. “Nobody asked us,” one driver said. The Fen Council and John Peel "
    "did not respond. Critics said that Ida Marsh was wrong."
)


@pytest.fixture
def keys(record: Record) -> dict[str, str]:
    """The keys of three articles of two outlets."""
    toll = reading(
        TOLL,
        [
            Said(content="“The toll must go,”", by="Ida Marsh"),
            Said(
                content="the council had “lied to every driver”",
                by="Ida Marsh",
                type="mixed",
                about=("Fen Council",),
            ),
            Said(
                content="the worst", by=[("residents", "group")], said=False, about=("John Peel",)
            ),
            Said(content="“Nobody asked us,”", by=[("one driver", "unnamed")]),
            Said(content="Ida Marsh was wrong", by=(), type="indirect", about=("Ida Marsh",)),
        ],
        refusals=[("The Fen Council and John Peel did not respond", "no response", ("John Peel",))],
        publisher="Echo",
        date="2026-03-12",
        title="Toll",
        extra={"section": "home"},
    )
    storm = reading(
        "“It will blow hard,” Ruth Amberley told Ida Marsh. “Stay in,” she said. “All of you.”",
        [
            Said(content="“It will blow hard,”", by="Ruth Amberley", about=("Ida Marsh",)),
            Said(content="“Stay in,”", by="Ruth Amberley"),
            Said(content="“All of you.”", by="Ruth Amberley", denied=True),
        ],
        publisher="Post",
        date="2026-04-01",
    )
    nested = reading(
        "Ida Marsh said she had told them to leave at once.",
        [
            Said(content="she had told them to leave at once", by="Ida Marsh", type="indirect"),
            Said(content="to leave at once", by="Ida Marsh", type="indirect", inside="s1"),
        ],
        publisher="Post",
        date="2026-04-02",
    )
    named = {"toll": toll, "storm": storm, "nested": nested}
    return {name: record.add(each).key for name, each in named.items()}


def of(db: sqlite3.Connection, **scope: Any) -> Audit:
    return audit(db, Scope(**scope))


def test_totals(db: sqlite3.Connection, keys: dict[str, str]) -> None:
    told = of(db).totals.to_dict()
    assert told == {
        "value": None,
        "articles": 3,
        "statements": 8,
        "words": 4 + 7 + 3 + 4 + 4 + 2 + 8,
        "direct": 4,
        "mixed": 1,
        "indirect": 3,
        "unnamed": 2,
        "refusals": 1,
        "one_source": 2,
    }


def test_who_is_quoted_by_words(db: sqlite3.Connection, keys: dict[str, str]) -> None:
    found = of(db)
    assert [(v.name, v.statements, v.words, v.articles) for v in found.voices] == [
        ("Ida Marsh", 4, 4 + 7 + 8, 2),
        ("Ruth Amberley", 2, 6, 1),
    ]
    assert (found.voices[0].direct, found.voices[0].mixed, found.voices[0].indirect) == (1, 1, 2)
    assert found.speakers == 2


def test_who_is_talked_about_and_not_heard(db: sqlite3.Connection, keys: dict[str, str]) -> None:
    found = [(u.name, u.articles, u.statements, u.asked, u.heard_elsewhere) for u in of(db).unheard]
    assert sorted(found) == [
        ("Fen Council", 1, 1, 0, 0),
        ("Ida Marsh", 1, 1, 0, 2),
        ("John Peel", 1, 1, 1, 0),
    ]


@pytest.mark.parametrize(("by", "unheard_too"), [("document", []), ("person", ["six in ten"])])
def test_whose_thoughts_a_poll_tells_are_heard(
    by: str, unheard_too: list[str], record: Record, db: sqlite3.Connection
) -> None:
    text = "A poll found that six in ten fear the ferry."
    made = reading(text, [
        Said(content="six in ten fear the ferry", by=[("A poll", by)], about=("six in ten",)),
        Said(content="the ferry", by=[("six in ten", "group")], cue="fear", said=False,
             inside="s1"),
    ])  # fmt: skip
    key = record.add(made).key
    assert [u.name for u in of(db, articles=(key,)).unheard] == unheard_too


def test_the_authors_of_a_document_that_speaks_are_heard(
    record: Record, db: sqlite3.Connection
) -> None:
    from dataclasses import replace

    made = reading(
        "The letter says the mill closed. Ida Marsh wrote the letter. The mill, it says, is hers.",
        [
            Said(content="the mill closed", by=[("letter", "document")]),
            Said(content="The mill", by=[("letter", "document")], about=("Ida Marsh",)),
        ],
    )
    (letter,) = made.statements[0].speakers
    written = replace(made.statements[0], speakers=(replace(letter, by=("Ida Marsh",)),))
    record.add(replace(made, statements=(written, made.statements[1])))
    assert of(db).unheard == ()


def test_what_rests_on_nobodys_name(db: sqlite3.Connection, keys: dict[str, str]) -> None:
    assert [hit.text for hit in of(db).unnamed] == ["“Nobody asked us,”", "Ida Marsh was wrong"]


def test_who_was_asked(db: sqlite3.Connection, keys: dict[str, str]) -> None:
    found = of(db)
    (asked,) = found.refusals
    assert (asked.names, asked.kind, asked.article) == (("John Peel",), "no response", keys["toll"])
    assert asked.text == "The Fen Council and John Peel did not respond"
    assert found.refusals_by_kind == {"no response": 1}


def test_articles_that_rest_on_one_source(db: sqlite3.Connection, keys: dict[str, str]) -> None:
    assert [(r.article, r.source, r.statements) for r in of(db).one_source] == [
        (keys["storm"], "Ruth Amberley", 2),
        (keys["nested"], "Ida Marsh", 2),
    ]


def test_by_outlet_month_and_section(db: sqlite3.Connection, keys: dict[str, str]) -> None:
    found = of(db)
    assert [(c.value, c.articles, c.statements) for c in found.outlets] == [
        ("Echo", 1, 4),
        ("Post", 2, 4),
    ]
    assert [(c.value, c.statements) for c in found.months] == [("2026-03", 4), ("2026-04", 4)]
    assert [(c.value, c.articles) for c in found.sections] == [("home", 1), (None, 2)]


@pytest.mark.parametrize(
    ("scope", "articles"),
    [
        ({"outlets": ("post",)}, 2),
        ({"outlets": ("Post", "Echo")}, 3),
        ({"sections": ("home",)}, 1),
        ({"since": "2026-04-01"}, 2),
        ({"since": "2026-04-01", "until": "2026-04-01"}, 1),
        ({"sections": ("HOME",)}, 1),
    ],
)
def test_scopes(
    scope: dict[str, Any], articles: int, db: sqlite3.Connection, keys: dict[str, str]
) -> None:
    assert of(db, **scope).totals.articles == articles


def test_an_article(db: sqlite3.Connection, keys: dict[str, str]) -> None:
    found = of(db, articles=(keys["storm"][:8],))
    assert (found.totals.articles, found.voices[0].name) == (1, "Ruth Amberley")
    with pytest.raises(NotInRecord):
        of(db, articles=("0" * 16,))


def test_by_a_column_of_the_users_own(db: sqlite3.Connection, keys: dict[str, str]) -> None:
    with pytest.raises(NotInRecord, match="party"):
        audit(db, by="party")
    db.execute(
        "INSERT INTO person_column SELECT id, 'party', 'Fen' FROM person WHERE name = 'Ida Marsh'"
    )
    groups = audit(db, by="party").groups
    assert [(g.value, g.people, g.statements, g.words) for g in groups] == [
        ("Fen", 1, 4, 19),
        (None, 1, 2, 6),
    ]


def test_an_empty_record(db: sqlite3.Connection) -> None:
    found = audit(db)
    assert (found.totals.articles, found.totals.statements, found.voices) == (0, 0, ())


def test_lists_have_their_limit(db: sqlite3.Connection, keys: dict[str, str]) -> None:
    found = audit(db, limit=1)
    assert (len(found.voices), len(found.unheard), len(found.outlets)) == (1, 1, 1)
    assert found.speakers == 2


def test_nothing_is_left_behind(db: sqlite3.Connection, keys: dict[str, str]) -> None:
    first, second = audit(db), audit(db)
    assert first == second
    assert db.execute("SELECT count(*) FROM sqlite_temp_schema").fetchone()[0] == 0


def test_wrong_days() -> None:
    with pytest.raises(UsageError):
        Scope(since="May")


def test_a_long_article_is_no_longer_than_it_is(record: Record) -> None:
    """The work for who is not heard grows with the article, and not with its square."""
    steps = {size: _steps(record, size) for size in (200, 800)}
    assert steps[800] < 6 * steps[200]


def _steps(record: Record, size: int) -> int:
    """What SQLite has to do, in thousands."""
    said = [
        Said(content=f"that lock {n} leaks", by=f"Ada Moor{n}", about=(f"Ben Rook{n}",))
        for n in range(size)
    ]
    text = " ".join(
        f"Ada Moor{n} said that lock {n} leaks and Ben Rook{n} knew." for n in range(size)
    )
    key = record.add(reading(text, said, title=str(size))).key
    counted = [0]

    def count() -> int:
        counted[0] += 1
        return 0

    with audited(record.db, Scope(articles=(key,))):
        record.db.set_progress_handler(count, 1_000)
        found = unheard(record.db, 10)
        record.db.set_progress_handler(None, 0)
    assert len(found) == 10
    return counted[0]
