"""Words, marks, names and indirect speech, as a check compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import Speaker, Statement
from sayso.record.check.align import align, coverage, exact
from sayso.record.check.marks import stretches
from sayso.record.check.names import same_name, standing
from sayso.record.check.normal import words
from sayso.record.check.quotation import quotation
from sayso.record.check.turned import tells, unfolded


def keys(text: str) -> list[str]:
    return [word.key for word in words(text)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Don’t", "don't"),
        ("café", "CAFE"),
        ("colour", "color"),
        ("organised", "organized"),
        ("half-time", "half time"),
        ("eighteen", "18"),
        ("8 per cent", "8%"),
        ("£340,000", "£340000"),
        ("the U.S. said", "the US said"),
    ],
)
def test_what_is_one_word(one: str, two: str) -> None:
    assert keys(one) == keys(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("don't", "do not"),
        ("residents", "resident's"),
        ("340", "304"),
        ("£41", "$41"),
        ("promise", "promised"),
        ("never", "ever"),
    ],
)
def test_what_is_another_word(one: str, two: str) -> None:
    assert keys(one) != keys(two)


@given(st.text(max_size=60))
def test_words_stand_in_the_text_in_order(text: str) -> None:
    found = words(text)
    places = [place for word in found for place in (word.start, word.end)]
    assert places == sorted(places)
    assert all(text[word.start : word.end].strip() for word in found)


def test_a_quotation_is_taken_apart() -> None:
    found = quotation("“[T]he [old] bridge … is saf[e] (sic) [...] we think?”")
    assert found.keys == ("the", "old", "bridge", "is", "safe", "we", "think")
    assert (set(found.gaps), set(found.bracketed), found.asks) == ({3, 5}, {1}, True)


@given(st.text(alphabet="ab [](){}….'“”\"?!,-", max_size=60))
def test_any_quotation_can_be_taken_apart(text: str) -> None:
    found = quotation(text)
    assert all(0 <= gap <= len(found.words) for gap in found.gaps)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“It is safe,” she said, “and dry.”", ["It is safe,", "and dry."]),
        ('"It is safe," she said.', ["It is safe,"]),
        ("‘It’s the residents’ bridge,’ she said.", ["It’s the residents’ bridge,"]),
        ("'It's the residents' bridge,' she said.", ["It's the residents' bridge,"]),
        ("the residents’ bridge and the mayor’s", []),
        ("“He said ‘no’ to us.”", ["He said ‘no’ to us.", "no"]),
        ("“One.\n\n“Two.”", ["One.", "Two."]),
        ("“never closed\n\nand on", ["never closed"]),
        ("rock 'n' roll in the '90s", []),
        ("‘sick and\ntired’", ["sick and\ntired"]),
    ],
)
def test_what_stands_in_marks(text: str, quoted: list[str]) -> None:
    assert [text[s.start : s.end] for s in stretches(text)] == quoted


@given(st.text(alphabet="ab s'’‘“”\"\n,.", max_size=80))
def test_stretches_nest(text: str) -> None:
    found = stretches(text)
    assert all(0 <= s.start <= s.end <= len(text) for s in found)
    for one in found:
        for two in found:
            assert (
                one.end <= two.start
                or two.end <= one.start
                or one.depth != two.depth
                or (one == two)
            )


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('“It holds," she said. "It will.”', ["It holds,", "It will."]),
        ('“He said "no" and a 5" bolt fell,” she said.', ['He said "no" and a 5" bolt fell,']),
        ('"It holds. "It will." Marsh left.', ["It holds.", "It will."]),
    ],
)
def test_marks_that_do_not_match_or_are_not_closed(text: str, quoted: list[str]) -> None:
    assert [text[s.start : s.end] for s in stretches(text) if s.depth == 0] == quoted


def test_exact_places() -> None:
    assert exact(keys("a b"), keys("a b c a b")) == [0, 3]
    assert exact(keys("a b"), keys("a")) == []
    assert exact([], ["a"]) == []
    assert exact(["no", "no"], ["oh", "no", "no", "no"]) == [1, 2]


def changes(quoted: str, printed: str) -> list[tuple[str, str, str]]:
    q, p = keys(quoted), keys(printed)
    return [
        (o.change, " ".join(q[o.quoted : o.quoted_end]), " ".join(p[o.printed : o.printed_end]))
        for o in align(q, p).ops
    ]


def test_the_difference_word_by_word() -> None:
    assert changes("the bridge was safe", "we say the old bridge is safe now") == [
        ("same", "the", "the"),
        ("left out", "", "old"),
        ("same", "bridge", "bridge"),
        ("changed", "was", "is"),
        ("same", "safe", "safe"),
    ]
    assert changes("very safe", "it is safe") == [
        ("added", "very", ""),
        ("same", "safe", "safe"),
    ] or (changes("very safe", "it is safe")[-1] == ("same", "safe", "safe"))


@given(
    st.lists(st.sampled_from("abcde"), min_size=1, max_size=12),
    st.lists(st.sampled_from("abcde"), max_size=20),
)
def test_an_alignment_pairs_equal_words_in_order(quoted: list[str], printed: list[str]) -> None:
    found = align(quoted, printed)
    assert all(quoted[q] == printed[p] for q, p in found.pairs)
    assert found.pairs == sorted(found.pairs)
    assert len({p for _, p in found.pairs}) == len(found.pairs)
    assert 0 <= coverage(quoted, found) <= 1


def test_long_texts_are_aligned_too() -> None:
    printed = [f"w{n}" for n in range(900)]
    found = align(printed[100:200], printed * 4)
    assert coverage(printed[100:200], found) == 1


@pytest.mark.parametrize(
    ("printed", "before", "quoted"),
    [
        ("he", "", "i"),
        ("they", "", "we"),
        ("her", "", "my"),
        ("would", "", "will"),
        ("saw", "", "see"),
        ("seen", "", "saw"),
        ("planned", "", "plan"),
        ("tried", "", "tries"),
        ("was", "", "am"),
        ("loves", "she", "love"),
        ("that", "", "this"),
    ],
)
def test_what_indirect_speech_tells_of(printed: str, before: str, quoted: str) -> None:
    assert tells(printed, before, quoted)


@pytest.mark.parametrize(
    ("printed", "quoted"),
    [("he", "she"), ("will", "would"), ("see", "saw"), ("boats", "boat"), ("i", "he")],
)
def test_what_it_does_not_tell_of(printed: str, quoted: str) -> None:
    assert not tells(printed, "", quoted)


def test_auxiliaries_and_contractions() -> None:
    assert [t.key for t in unfolded(keys("she hadn't seen it"))] == ["she", "not", "seen", "it"]
    assert [t.key for t in unfolded(keys("I didn't see it"))] == ["i", "not", "see", "it"]
    assert [t.key for t in unfolded(keys("I'll have it"))] == ["i", "will", "have", "it"]


@pytest.mark.parametrize(
    ("asked", "name", "same"),
    [
        ("Marsh", "Ida Marsh", True),
        ("Dr Ida Marsh", "Ida Marsh", True),
        ("I. Marsh", "Ida Marsh", True),
        ("Ida Jane Marsh", "Ida Marsh", True),
        ("Ida", "Ida Marsh", False),
        ("Tom Marsh", "Ida Marsh", False),
        ("Mr Marsh", "Mrs Marsh", False),
        ("Marshall", "Ida Marsh", False),
        ("the Very Rev Marsh", "Ida Marsh", True),
        ("prime minister Marsh", "Ida Marsh", True),
        ("the mayor", "mayor", True),
        ("the mayor", "deputy mayor", False),
    ],
)
def test_names_of_people(asked: str, name: str, same: bool) -> None:
    assert same_name(asked, name) is same


def test_names_of_bodies() -> None:
    assert same_name("Tarn", "Tarn Petroleum", "organisation")
    assert not same_name("Petroleum", "Tarn Petroleum", "organisation")
    assert same_name("SBHB", "Skerry Bay Harbour Board", "organisation")
    assert same_name("Guild of Lamp Makers", "GLM", "organisation")
    assert not same_name("SBB", "Skerry Bay Harbour Board", "organisation")
    assert not same_name("IM", "Ida Marsh")


def by(*speakers: Speaker) -> Statement:
    return Statement(
        id="s1", type="direct", said=True, source=(), cue=(), content=(), speakers=speakers
    )


def test_who_speaks() -> None:
    ida = Speaker("Ida Marsh", "person")
    letter = Speaker("open letter", "document", by=("Ida Marsh",))
    assert standing(None, by(ida)) == "not asked"
    assert standing("Marsh", by(ida)) == standing("Marsh", by(letter)) == "same"
    assert standing("Pim Vale", by(ida)) == standing("Pim Vale", by(letter)) == "other"
    assert standing("Marsh", None) == standing("Marsh", by()) == "unnamed"
    assert standing("Marsh", by(Speaker("a spokesman", "unnamed"))) == "unnamed"
    assert standing("Marsh", by(Speaker(None, "author"))) == "unnamed"
