"""What people type, and what the index is asked for."""

import re
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import UsageError
from sayso.record.query import MOST, Term, parse


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("bridge", '"bridge"'),
        ("bridge safe", '("bridge" AND "safe")'),
        ("bridge AND safe", '("bridge" AND "safe")'),
        ("bridge OR toll", '("bridge" OR "toll")'),
        ("bridge NOT toll", '("bridge" NOT "toll")'),
        ("bridge AND NOT toll", '("bridge" NOT "toll")'),
        ("bridge NOT toll NOT tax", '("bridge" NOT ("toll" OR "tax"))'),
        ("a b OR c d", '(("a" AND "b") OR ("c" AND "d"))'),
        ("a (b OR c) d", '("a" AND ("b" OR "c") AND "d")'),
        ('"the bridge is safe"', '"the bridge is safe"'),
        ("“The  Bridge, is safe”", '"the bridge is safe"'),
        ("«le pont»", '"le pont"'),
        ("brid*", '"brid" *'),
        ("br*", '"br" *'),
        ("well-known", '"well known"'),
        ("don’t", '"don t"'),
        ("co-op*", '"co op" *'),
        ("Crème BRÛLÉE", '("creme" AND "brulee")'),
        ("bridge — safe!", '("bridge" AND "safe")'),
        ("cats and dogs or not", '("cats" AND "and" AND "dogs" AND "or" AND "not")'),
        ("facets : said1", '("facets" AND "said1")'),
        ("content:bridge", '"content bridge"'),
        ("^bridge + safe", '("bridge" AND "safe")'),
        ('"*"  bridge', '"bridge"'),
    ],
)
def test_a_query(typed: str, match: str) -> None:
    assert parse(typed).match == match


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ('say "bridge', "a quotation mark has no partner"),
        ("(bridge", "a bracket has no partner"),
        ("bridge)", "a bracket has no partner"),
        ("bridge OR )", "OR needs words on both sides"),
        ("bridge AND", "AND needs words on both sides; as a word, write it small: and"),
        ("AND bridge", "AND needs words on both sides"),
        ("AND", "AND needs words on both sides"),
        ("OR", "OR needs words on both sides"),
        ("a OR OR b", "OR needs words on both sides"),
        ("bridge NOT", "NOT needs words on both sides"),
        ("NOT bridge", "NOT needs something before it"),
        ("NOT wall", "as in bridge NOT toll"),
        ("a OR NOT b", "NOT needs something before it"),
        ("() bridge", "nothing within the brackets"),
        ("w*", "two letters or more"),
        ("co-o*", "two letters or more"),
        ("(" * 21 + "a" + ")" * 21, "too many brackets"),
    ],
)
def test_what_cannot_be_understood_says_why(typed: str, says: str) -> None:
    with pytest.raises(UsageError, match=re.escape(says)):
        parse(typed)


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("bridge safe", True),
        ("Bridge-is", True),
        ('"is the bridge"', False),
        ("saf*", True),
        ("bridge NOT safe", False),
        ("toll OR (bridge NOT toll)", True),
        ("toll bridge", False),
        ("safe bridge for ever", False),
    ],
)
def test_whether_a_text_in_no_index_fits(typed: str, held: bool) -> None:
    assert parse(typed).holds("The BRIDGE is “safe”") is held


@pytest.mark.parametrize(
    "typed", ["", "  ", "!!!", '"—"', "()", " ".join(map(str, range(MOST + 1)))]
)
def test_no_words_or_too_many(typed: str) -> None:
    with pytest.raises(UsageError):
        parse(typed)


def test_the_terms_are_what_a_hit_may_hold() -> None:
    query = parse("(bridge OR cross*) NOT toll bridge")
    assert query.terms == (Term(("bridge",)), Term(("cross",), prefix=True))
    assert query.either
    assert not parse("bridge NOT (toll OR tax)").either


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute(
        "CREATE VIRTUAL TABLE words USING fts5 (content, cue, facets, content = '', "
        'tokenize = "unicode61 remove_diacritics 2")'
    )
    db.execute("INSERT INTO words (rowid, content, cue, facets) VALUES (1, 'a b', '', 'said1')")
    return db


PIECES = st.lists(
    st.sampled_from(
        ["AND", "OR", "NOT", "(", ")", '"', "“", "”", "*", "NEAR(", "a", "b*", "'", ":", "^", "-",
         "{facets}", "+", ";--", "\x00", "é", "½", "\ud800", "ﬁ", "🙂", " ", ","]
    ),
    max_size=30,
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), PIECES.map(" ".join), PIECES.map("".join)))
def test_whatever_is_typed_finds_in_the_index_what_it_finds_without(
    index: sqlite3.Connection, typed: str
) -> None:
    try:
        query = parse(typed)
    except UsageError:
        return
    found = index.execute(
        "SELECT rowid FROM words WHERE words MATCH ?",
        (f"{{content cue}} : ({query.match}) AND {{facets}} : (said1)",),
    ).fetchall()
    assert bool(found) == query.holds("a b")


def test_a_word_is_not_found_among_the_facets(index: sqlite3.Connection) -> None:
    found = index.execute(
        "SELECT rowid FROM words WHERE words MATCH ?",
        (f"{{content cue}} : ({parse('said1').match})",),
    )
    assert found.fetchall() == []
