"""The list of entries: counted, brought in and taken out."""

import csv
import io
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import BadRecord
from sayso.record import Record, people, roster
from sayso.record.roster import Imported
from tests.record.build import Said, reading

ECHO = "Ida Marsh said yes. Nordquay said no. Ida Marsh said perhaps."
LANTERN = "Ida Marsh said never. Ngozi Okafor said soon."


@pytest.fixture
def filled(record: Record, db: sqlite3.Connection) -> sqlite3.Connection:
    """Ida Marsh (1), three times; Nordquay (2) and Ngozi Okafor (3), once."""
    nordquay = [("Nordquay", "organisation")]
    said = [("yes", "Ida Marsh"), ("no", nordquay), ("perhaps", "Ida Marsh")]
    record.add(
        reading(
            ECHO,
            [Said(content=w, by=who) for w, who in said],
            publisher="Echo",
            url="https://e.example",
        )
    )
    said = [("never", "Ida Marsh"), ("soon", "Ngozi Okafor")]
    record.add(reading(LANTERN, [Said(content=w, by=who) for w, who in said], publisher="Lantern"))
    return db


def test_who_speaks_most_is_listed_first(filled: sqlite3.Connection) -> None:
    found = roster.listed(filled)
    assert [(x.person.name, x.statements, x.articles) for x in found] == [
        ("Ida Marsh", 3, 2),
        ("Nordquay", 1, 1),
        ("Ngozi Okafor", 1, 1),
    ]
    assert found[0].outlets == (("Echo", 2), ("Lantern", 1))
    assert len(roster.listed(filled, limit=1)) == 1


def test_columns_of_sayso_may_have_capitals(filled: sqlite3.Connection) -> None:
    done = roster.bring_in(filled, "Name,ID,Party\nIda Marsh,q7,Forward\n")
    assert (done.changed, done.problems) == (1, [])
    ida = people.get(filled, 1)
    assert (ida.outside_id, ida.columns) == ("q7", {"Party": "Forward"})


def test_superseded_versions_are_not_counted(filled: sqlite3.Connection, record: Record) -> None:
    newer = reading(
        f"{ECHO} More soon.",
        [Said(content="yes", by="Ida Marsh")],
        publisher="Echo",
        url="https://e.example",
    )
    record.add(newer)
    (ida,) = roster.listed(filled, "Ida Marsh")
    assert (ida.statements, ida.articles) == (2, 2)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("marsh", ["Ida Marsh"]),
        ("Mayor Okafor", ["Ngozi Okafor"]),
        ("o", ["Nordquay", "Ngozi Okafor", "Ida Marsh"]),
        ("3", ["Ngozi Okafor"]),
        ("nobody", []),
        ("%", []),
    ],
)
def test_entries_are_listed_by_a_part_of_the_name(
    name: str, found: list[str], filled: sqlite3.Connection
) -> None:
    assert sorted(x.person.name for x in roster.listed(filled, name)) == sorted(found)


# ---- CSV

PEOPLE = """\
name,aliases,id,party,note
Ngozi Okafor,Ngozi A. Okafor; N. A. Okafor,Q3,Reed,"of Fenwater, since 2019"
Nordquay,Nordquay Cold Storage,Q7,,
Bridie Lanchester,,Q8,Blue,
"""


def test_a_list_adds_to_entries_and_makes_new_ones(filled: sqlite3.Connection) -> None:
    assert roster.bring_in(filled, PEOPLE) == Imported(made=1, changed=2)
    okafor = people.get(filled, people.one(filled, "N. A. Okafor"))
    assert (okafor.id, okafor.outside_id) == (3, "Q3")
    assert okafor.columns == {"party": "Reed", "note": "of Fenwater, since 2019"}
    assert people.one(filled, "Nordquay Cold Storage") == 2
    assert people.get(filled, people.one(filled, "Bridie Lanchester")).kind == "person"


def test_the_same_list_again_changes_nothing(filled: sqlite3.Connection) -> None:
    roster.bring_in(filled, PEOPLE)
    before = list(filled.iterdump())
    assert roster.bring_in(filled, f"\ufeff{PEOPLE}") == Imported(unchanged=3)
    assert list(filled.iterdump()) == before


def test_an_alias_is_known_in_later_articles(filled: sqlite3.Connection, record: Record) -> None:
    roster.bring_in(filled, PEOPLE)
    record.add(reading("Ngozi A. Okafor said so.", [Said(content="so", by="Ngozi A. Okafor")]))
    (found,) = roster.listed(filled, "Ngozi Okafor")
    assert found.statements == 2


def test_an_empty_cell_takes_a_value_away(filled: sqlite3.Connection) -> None:
    roster.bring_in(filled, PEOPLE)
    assert roster.bring_in(filled, "name,party\nNgozi Okafor,\n").changed == 1
    assert people.get(filled, 3).columns == {"note": "of Fenwater, since 2019"}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Ida Marsh,Ngozi Okafor,,", "fits several entries: Ida Marsh (1), Ngozi Okafor (3)"),
        ("Okafor,,,", "Okafor alone tells nobody from others"),
        (",,Q5,", "there is no name"),
        ("Ida Marsh,,,planet", "has the kind 'planet'"),
        ("Ngozi Okafor,,Q4,", "has the id Q3 already, not Q4"),
    ],
)
def test_lines_that_are_not_sure_are_left_out(
    line: str, problem: str, filled: sqlite3.Connection
) -> None:
    roster.bring_in(filled, PEOPLE)
    before = list(filled.iterdump())
    done = roster.bring_in(filled, f"name,aliases,id,kind\n{line}\n")
    ((number, told),) = done.problems
    assert number == 2
    assert problem in told
    assert list(filled.iterdump()) == before


def test_an_alias_that_may_be_anybodys_is_left_out(filled: sqlite3.Connection) -> None:
    done = roster.bring_in(filled, "name,aliases\nNgozi Okafor,Okafor;Ngozi Eze\n")
    assert done.problems == [
        (2, "the alias Okafor of Ngozi Okafor is left out: it may be anybody's")
    ]
    assert people.get(filled, 3).aliases == ("Ngozi Eze",)


def test_an_alias_that_is_somebody_elses_is_left_out(filled: sqlite3.Connection) -> None:
    roster.bring_in(filled, PEOPLE)
    done = roster.bring_in(filled, "name,aliases,id\nNgozi Okafor,Ida Marsh,Q3\n")
    assert done.problems == [(2, "Ida Marsh is left out: Ida Marsh (1) has it")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it has nothing"),
        ("first,last\nIda,Marsh\n", "it has first, last"),
        ("name,party,party\n", "each once"),
        ("name,\n", "it has name"),
        ("name;party\nIda Marsh;Reed\n", "use commas"),
        ('name\n"Ida Marsh\n', "is no CSV"),
    ],
)
def test_what_is_no_list_is_refused_whole(
    text: str, message: str, filled: sqlite3.Connection
) -> None:
    with pytest.raises(BadRecord, match=message):
        roster.bring_in(filled, text)


def test_a_bad_line_costs_itself_only(filled: sqlite3.Connection) -> None:
    text = "name,party\nIda Marsh\nIda Marsh;Reed\nA,B,C\nNgozi Okafor,Reed\n"
    done = roster.bring_in(filled, text)
    told = "it has more or fewer cells than the first"
    assert done.problems == [
        (2, f"{told}; left out"),
        (3, f"{told} (parted by ;? use commas); left out"),
        (4, f"{told}; left out"),
    ]
    assert done.changed == 1


def test_what_is_taken_out_can_be_brought_in(filled: sqlite3.Connection) -> None:
    roster.bring_in(filled, PEOPLE)
    out = "".join(roster.taken_out(filled))
    assert out.splitlines() == [
        "name,aliases,id,kind,note,party",
        "Ida Marsh,,,person,,",
        "Nordquay,Nordquay Cold Storage,Q7,organisation,,",
        'Ngozi Okafor,N. A. Okafor;Ngozi A. Okafor,Q3,person,"of Fenwater, since 2019",Reed',
        "Bridie Lanchester,,Q8,person,,Blue",
    ]
    assert roster.bring_in(filled, out) == Imported(unchanged=4)


def test_cells_are_no_formulas_and_come_back(filled: sqlite3.Connection) -> None:
    roster.bring_in(filled, "name,note\nIda Marsh,=1+1; =2\n")
    out = "".join(roster.taken_out(filled))
    assert "'=1+1;' =2" in out
    assert roster.bring_in(filled, out).unchanged == 3


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """An empty record that every case leaves empty."""
    with Record(tmp_path_factory.mktemp("roster") / "record.db") as record:
        yield record.db


NAMES = st.sampled_from(["Ida Marsh", "Marsh", "Ida M. Marsh", "Nordquay", "=1+1", "", "a;b", "’"])
CELLS = st.one_of(NAMES, st.text(st.characters(exclude_categories=["Cs"]), max_size=9))


@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5))
def test_any_list_that_is_taken_out_comes_back(
    shared: sqlite3.Connection, rows: list[list[str]]
) -> None:
    shared.execute("BEGIN IMMEDIATE")
    try:
        given_in = io.StringIO()
        csv.writer(given_in).writerows([["name", "aliases", "party"], *rows])
        roster.bring_in(shared, given_in.getvalue())
        out = "".join(roster.taken_out(shared))
        done = roster.bring_in(shared, out)
        assert (done.made, done.changed) == (0, 0)
        assert "".join(roster.taken_out(shared)) == out
    finally:
        shared.execute("ROLLBACK")
