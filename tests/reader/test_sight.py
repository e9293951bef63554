"""What the network sees of names, decoded."""

import numpy as np
import pytest

from sayso.reader.encoder import Floats
from sayso.reader.sight import HIDDEN, VECTOR, WIDTH, Sight
from sayso.reader.speakers.features import Reference
from sayso.reader.speakers.judge import Choice, Options
from sayso.reader.speakers.names import find_names
from sayso.reader.speakers.tagged import rules, seen_names
from sayso.reader.tokens import Tokenizer
from sayso.reader.wraps import unwrapped
from tests.reader.hands import FOLDER, logits

_LABELS = {".": 0, "P": 1, "p": 2, "B": 3, "b": 4, "L": 5, "l": 6, "O": 7, "o": 8}


class Told:
    """A judge that is sure of labels written by hand."""

    def __init__(self, labels: str) -> None:
        self._logits = logits([_LABELS[c] for c in labels], len(_LABELS))

    def labels(self, hidden: Floats, rules: Floats) -> Floats:
        assert len(hidden) == len(rules) == len(self._logits)
        return self._logits

    def doubt(self, at: int) -> None:
        """Be a quarter sure that this token goes on with a body's name."""
        self._logits[at, _LABELS["b"]] = self._logits[at, _LABELS["."]] - 1.1

    def choose(self, asked: Reference, options: Options) -> Choice:
        raise AssertionError("nobody is asked for")


def sight(text: str) -> Sight:
    tokens = Tokenizer(FOLDER / "vocab.txt").encode(text)
    return Sight.of(tokens.starts, tokens.ends, np.zeros((len(tokens), WIDTH), np.float32))


@pytest.mark.parametrize(
    ("text", "labels", "expected"),
    [
        ("He met Ada Reed .", "..Pp.", [("Ada Reed", "person")]),
        ("Ada Reed met Reed .", "Pp.P.", [("Ada Reed", "person"), ("Reed", "person")]),
        ("Ada Wool Reed won .", "PPp..", [("Ada Wool Reed", "person")]),
        ("Ada\nWool Reed won .", "PPp..", [("Ada", "person"), ("Wool Reed", "person")]),
        ("Chief of Wool Ada Reed won", "..PPp.", [("Wool", "person"), ("Ada Reed", "person")]),
        ("Board Ada Reed won .", "PPp..", [("Board", "person"), ("Ada Reed", "person")]),
        ("Reed Ada Reed won .", "PPp..", [("Reed", "person"), ("Ada Reed", "person")]),
        ("ADA Wool Reed won .", "PPp..", [("ADA", "person"), ("Wool Reed", "person")]),
        ("Italians Ada Reed won .", "PPp..", [("Italians", "person"), ("Ada Reed", "person")]),
        ("Ada May Reed won .", "PpP..", [("Ada May", "person"), ("Reed", "person")]),
        ("The Ada Trust lost .", ".Bb..", [("Ada Trust", "organisation")]),
        ("In Reed it was wet .", ".L....", [("Reed", None)]),
        ("Ada Reed 's cat", "Pp...", [("Ada Reed", "person")]),
        ("Reed", "P", [("Reed", "person")]),
        ("Chairman Ada Reed left", "Ppp.", [("Ada Reed", "person")]),
        ("Mr Reed left", ".P.", [("Reed", "person")]),
        ("it was wet .", "....", []),
        ("the Tax Office for Wool lost", ".Bb.b.", [("Tax Office for Wool", "organisation")]),
        ("the Ada of the Wool lost", ".B..b.", [("Ada of the Wool", "organisation")]),
        ("the Ada of the Wool lost", ".B..B.", [("Ada", "organisation"), ("Wool", "organisation")]),
        ("Ada on the in the Wool", "B....b", [("Ada", "organisation"), ("Wool", "organisation")]),
        ("the Ada near Wool lost", ".B.b.", [("Ada", "organisation"), ("Wool", "organisation")]),
        ("the Board of Wool lost", ".B...", [("Board of Wool", "organisation")]),
        ("the Board of Wool lost", "...B.", [("Board of Wool", "organisation")]),
        ("the Board of Wool lost", ".B.B.", [("Board of Wool", "organisation")]),
        ("French cooks met Ada", "P..P", [("Ada", "person")]),
        ("Ada J. Reed won", "Pp.p.", [("Ada J. Reed", "person")]),
        ("Ada J. Reed won", "Pp.P.", [("Ada J", "person"), ("Reed", "person")]),
        ("Ada W.H. Reed won", "Pp.p.p.", [("Ada W.H. Reed", "person")]),
        ("the U.S. Wool Board lost", ".B.b.bb.", [("U.S. Wool Board", "organisation")]),
        ("the U.S. lost", ".B.b..", [("U.S.", "organisation")]),
        ("Ada Reed of Wool lost", "Pp.p.", [("Ada Reed", "person")]),
        ("Pell & Sons of Wool lost", "Bbbbbb.", [("Pell & Sons", "organisation")]),
        ("Ada Reed of Wool lost", "Pp.b.", [("Ada Reed", "person"), ("Wool", "organisation")]),
        ("Ada Reed the Wise won", "Pp.p.", [("Ada Reed the Wise", "person")]),
        ("Court of the 3rd Wool", "B...b", [("Court of the 3rd Wool", "organisation")]),
        ("Ada Reed Jr., a cook, won", "Pp.......", [("Ada Reed Jr", "person")]),
        ("Ada Reed, Jr. won", "Pp....", [("Ada Reed, Jr", "person")]),
        ("Ada Reed III won", "Pp..", [("Ada Reed III", "person")]),
        ("Ada Reed Iris won", "Pp..", [("Ada Reed", "person")]),
        ("Ada “Ad” Reed won", "P...P.", [("Ada “Ad” Reed", "person")]),
        ("Ada van Reed won", "PPP.", [("Ada van Reed", "person")]),
        ("Ada van Reed won", "P.P.", [("Ada van Reed", "person")]),
        ("it met Mr. Reed", "..P.P", [("Reed", "person")]),
        ("it met Mr Reed", "..Bb", [("Reed", "person")]),
        ("Judge Ada Reed's office shut", "Bbbbbb.", [("Ada Reed", "person")]),
        ("the Reed's office shut", ".Bbbb.", [("Reed's office", "organisation")]),
        ("the Reed's Board lost", "..bbb.", [("Board", "organisation")]),
        ("the 3rd Wool Board lost", "..Bb.", [("3rd Wool Board", "organisation")]),
        ("the 3rd Ada Reed won", "..Pp.", [("Ada Reed", "person")]),
        ("the Sunday Wool lost", ".BB.", [("Sunday Wool", "organisation")]),
        ("the White Board lost", ".BB.", [("White Board", "organisation")]),
        ("White Reed won", "PP.", [("White", "person"), ("Reed", "person")]),
        ("Ada Reed, D-Wool, won", "Pp.B....", [("Ada Reed", "person")]),
        ("under Section 4 of it", ".B...", []),
        ("the Section of it", ".B..", [("Section", "organisation")]),
        ("Q3 Ada Reed: No.", "PPPp...", [("Ada Reed", "person")]),
        ("Q3 Board: No.", "BB....", []),
        ("Q3 Board won", "BBb.", [("Q3 Board", "organisation")]),
        ("the D-Wool lost", ".Bbb.", [("D-Wool", "organisation")]),
        ("Ada's city council lost", "P.....", [("Ada", "person")]),
        ("it met @ada_88 there", "...P...", [("@ada_88", "person")]),
        ("the Wool borough council lost", ".L...", [("Wool borough council", "organisation")]),
        ("the Wool borough council lost", ".Ll..", [("Wool borough council", "organisation")]),
        ("the Wool county council tax rose", ".L....", [("Wool", None)]),
        ("the Wool council lost", ".L..", [("Wool", None)]),
    ],
)
def test_labels_become_names(
    text: str, labels: str, expected: list[tuple[str, str | None]]
) -> None:
    found = seen_names(text, sight(text), Told(labels))
    assert [(text[n.start : n.end], n.sort) for n in found] == expected


@pytest.mark.parametrize(
    ("text", "labels", "half", "expected"),
    [
        ("the Ada Wool Board lost", ".B.b.", 2, ["Ada Wool Board"]),
        ("the Wool Board lost", "..b.", 1, ["Wool Board"]),
        ("The Wool Board lost", "..b.", 0, ["Board"]),
        ("Ada wool Board lost", "B.b.", 1, ["Ada wool Board"]),
        ("the wool Board lost", "..b.", 1, ["Board"]),
        ("Ada President Reed lost", "B.p.", 1, ["Ada", "Reed"]),
        ("the WOOL BOARD LOST", "..b.", 1, ["BOARD"]),
        ("the Wool\nBoard lost", "..b.", 1, ["Board"]),
    ],
)
def test_what_is_half_taken_for_a_part_of_a_name_is_one(
    text: str, labels: str, half: int, expected: list[str]
) -> None:
    told = Told(labels)
    told.doubt(half)
    assert [text[n.start : n.end] for n in seen_names(text, sight(text), told)] == expected


def test_a_name_takes_in_the_rest_of_its_word_and_the_title_before_it() -> None:
    text = "Ms O’Neill spoke"
    seen = sight(text)
    pieces = [text[s:e] for s, e in zip(seen.starts, seen.ends, strict=True)]
    labels = "".join("P" if piece.casefold() == "neill" else "." for piece in pieces)
    (name,) = seen_names(text, seen, Told(labels))
    assert (name.words, name.gender, name.title) == (("O’Neill",), "f", "ms")


def test_without_tokens_there_are_no_names() -> None:
    assert seen_names("", sight(""), Told("")) == []


def test_the_rules_tell_of_each_token_whether_a_name_begins_or_goes_on() -> None:
    text = "it met Ada Reed ."
    assert rules(sight(text), find_names(text, headings=True))[:, :3].argmax(1).tolist() == [
        0,
        0,
        1,
        2,
        0,
    ]


def test_the_columns_are_cut_into_names_and_two_vectors() -> None:
    seen = np.arange(WIDTH, dtype=np.float32)[None]
    found = Sight.of(np.array([0]), np.array([3]), seen)
    assert (found.hidden.shape, found.asking.shape) == ((1, HIDDEN), (1, VECTOR))
    assert (found.asking[0, 0], found.meant[0, 0]) == (HIDDEN, HIDDEN + VECTOR)


def test_in_an_unwrapped_text_the_tokens_move() -> None:
    lines = [
        f"Line {n} has words enough to be as long as all the others are here" for n in "abcdefgh"
    ]
    text = "\n".join(line.lower() for line in lines)
    flat = unwrapped(text)
    assert flat is not None
    moved = sight(text).unwrapped(flat)
    expected = Tokenizer(FOLDER / "vocab.txt").encode(flat.text)
    assert moved.starts.tolist() == expected.starts.tolist()
    assert moved.ends.tolist() == expected.ends.tolist()
