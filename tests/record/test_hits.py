"""Marks stand where the index finds the words."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.record.folding import fold
from sayso.record.hits import marked
from sayso.record.query import Term
from sayso.types import Span

WORDS = st.lists(
    st.sampled_from(
        ["a", "b", "ab", "É", "e", "½", "ﬁ", "fi", "ß", "ss", "d’a", "\u00ad", "a\u0301", "_", "-",
         "“", "…", " ", "\n", "İ", "漢", "\u200d", "1", "²"]
    ),
    max_size=12,
)  # fmt: skip
TERMS = st.builds(
    Term,
    st.lists(
        st.sampled_from(("a", "b", "ab", "e", "fi", "ss", "d", "1", "2")), min_size=1, max_size=3
    ).map(tuple),
    st.booleans(),
)


@given(WORDS.map("".join), TERMS)
def test_there_are_marks_where_the_index_has_a_hit(text: str, term: Term) -> None:
    db = sqlite3.connect(":memory:")
    db.execute(
        'CREATE VIRTUAL TABLE words USING fts5 (w, tokenize = "unicode61 remove_diacritics 2")'
    )
    db.execute("INSERT INTO words VALUES (?)", (fold(text),))
    hit = db.execute("SELECT 1 FROM words WHERE words MATCH ?", (term.match,)).fetchone()
    db.close()
    marks = marked(text, [[Span(0, len(text), text)]], [term])
    assert bool(marks) == bool(hit)
    assert all(text[mark.start : mark.end] == mark.text for mark in marks)


@pytest.mark.parametrize(
    ("text", "term", "marks"),
    [
        ("The café’s bridge", Term(("cafe",)), ["café"]),
        ("co\u00adoperate", Term(("cooperate",)), ["co\u00adoperate"]),
        ("bridge, bridges", Term(("bridg",), prefix=True), ["bridge", "bridges"]),
        ("well-known bridge", Term(("well", "known")), ["well-known"]),
        ("a a a b", Term(("a", "b")), ["a b"]),
    ],
)
def test_marks(text: str, term: Term, marks: list[str]) -> None:
    found = marked(text, [[Span(0, len(text), text)]], [term])
    assert [mark.text for mark in found] == marks


def test_a_row_runs_over_the_spans_of_one_part_only() -> None:
    text = "the old … bridge said"
    old, bridge, said = (Span(*p, text[slice(*p)]) for p in ((0, 7), (10, 16), (17, 21)))
    assert marked(text, [[old, bridge], [said]], [Term(("old", "bridge"))])
    assert marked(text, [[old, bridge], [said]], [Term(("bridge", "said"))]) == ()
