"""Whom names mean that the network has seen, with the probability of each kind."""

import pytest

from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.names import Name, bare, find_names, named_at
from sayso.types import Article

_KINDS = {
    "P": (0.97, 0.01, 0.01, 0.01),
    "B": (0.01, 0.97, 0.01, 0.01),
    "L": (0.01, 0.01, 0.97, 0.01),
    "?": (0.4, 0.2, 0.2, 0.2),
}
BARROT = "Jacques Barrot spoke. "
PELLS = "Ruth Pell met Odo Pell. "


def seen(text: str, *told: str) -> list[Name]:
    """The names told as "Ruth Pell: P", each sought after the one before."""
    names: list[Name] = []
    for words, _, kind in (one.rpartition(": ") for one in told):
        start = text.index(words, names[-1].end if names else 0)
        forms = tuple(words.replace("’s ", " ").split())
        names.append(named_at(text, start, start + len(words), forms, _KINDS[kind]))
    return names


def cast(text: str, *told: str) -> Cast:
    return Cast(Article(text), seen(text, *told))


def owners(text: str, *told: str) -> list[str | None]:
    return [owner.name if owner else None for owner in cast(text, *told).owners]


def crowd(many: int) -> list[str]:
    """So many people whose names are all different."""
    return [f"Ivo {'ABCDEFGHIJ'[n // 10]}{'abcdefghij'[n % 10]}sen" for n in range(many)]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ("PP", "Ruth Preston"),
        ("P?", "Ruth Preston"),
        ("?L", "Ruth Preston"),
        ("PL", "Preston"),
        ("BP", "Preston"),
    ],
)
def test_a_last_name_is_short_for_what_may_be_the_same(kinds: str, expected: str) -> None:
    told = (f"Ruth Preston: {kinds[0]}", f"Preston: {kinds[1]}")
    assert owners("Ruth Preston left. It rains on Preston.", *told)[1] == expected


@pytest.mark.parametrize(("kind", "expected"), [("P", "Lincoln Reed"), ("L", "Lincoln")])
def test_a_first_name_is_not_short_for_what_is_of_another_kind(kind: str, expected: str) -> None:
    told = ("Lincoln Reed: P", f"Lincoln: {kind}")
    assert owners("Lincoln Reed left. It rains on Lincoln.", *told) == ["Lincoln Reed", expected]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("Barot", True),
        ("Barrott", True),
        ("Barret", True),
        ("Barrots", True),
        ("Barro", True),
        ("Borrat", False),
        ("Parrot", False),
        ("Bart", False),
    ],
)
def test_a_surname_may_be_one_letter_off(word: str, found: bool) -> None:
    text = f"{BARROT}Later {word} left."
    expected = "Jacques Barrot" if found else word
    assert owners(text, "Jacques Barrot: P", f"{word}: P") == ["Jacques Barrot", expected]


@pytest.mark.parametrize(
    ("full", "part", "kinds", "joined"),
    [
        ("Hanil Optics", "Hanil", "BB", True),
        ("Hanil Optics", "Hanil", "BL", False),
        ("Hanil Optics", "Hanil", "BP", False),
        ("Bellport Echo", "Bellport", "BB", False),
        ("State Secondary Board", "Board", "BB", True),
        ("Harbour City Herons", "Herons", "BB", True),
        ("Harbour City Herons", "Herons", "BL", False),
        ("Holt Albion", "Albion", "BB", True),
        ("House of Keys", "House", "BB", True),
        ("House of Keys", "Keys", "BB", False),
        ("Bank of Norland", "Norland", "BB", False),
        ("University of Halden", "Halden", "BB", True),
        ("University of Halden", "Halden", "BL", False),
        ("Friends of Halden", "Halden", "BB", False),
        ("Arts in Halden", "Halden", "BB", False),
        ("Marks and Penhallow", "Penhallow", "BB", True),
        ("Union of Halden Bakers", "Bakers", "BB", True),
        ("College of Halden", "Halden", "BB", True),
        ("Joanne Prideaux", "Jo", "PP", True),
        ("Ronald Spivey", "Ron", "PP", True),
        ("Ronald Spivey", "Ron", "PB", False),
        ("Ronald Spivey", "R", "PP", False),
        ("Ronald Spivey", "Ro", "PP", False),
        ("Paula Spivey", "Paul", "PP", False),
        ("Ron Spivey", "Ronald", "PP", False),
        ("Rondale Mill", "Ron", "LP", False),
    ],
)
def test_a_part_of_a_name_may_be_short_for_it(
    full: str, part: str, kinds: str, joined: bool
) -> None:
    told = (f"{full}: {kinds[0]}", f"{part}: {kinds[1]}")
    expected = full if joined else part
    assert owners(f"The {full} met. Later the {part} left.", *told) == [full, expected]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hanil met. Later Hanil Optics left.", ["Hanil", "Hanil Optics"]),
        ("Hanil Optics left Hanil Lifts. Hanil met.", ["Hanil Optics", "Hanil Lifts", "Hanil"]),
        ("Hanil’s Optics left. Hanil met.", ["Hanil’s Optics", "Hanil"]),
        ("Hanil and Optics left. Hanil met.", ["Hanil and Optics", "Hanil"]),
        ("The Senate Rules Panel met. Senate met.", ["Senate Rules Panel", "Senate"]),
    ],
)
def test_the_beginning_of_a_bodys_name_may_be_anothers(text: str, told: list[str]) -> None:
    assert owners(text, *(f"{name}: B" for name in told)) == told


def test_a_headlines_body_may_have_its_whole_name_later() -> None:
    text = "Hanil To Close Two Big Plants\nOn Monday Hanil Optics said so."
    assert owners(text, "Hanil: B", "Hanil Optics: B") == ["Hanil Optics"] * 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ronald Pell met Ronan Reed. Later Ron left.", ["Ronald Pell", "Ronan Reed", "Ron"]),
        ("Kimberly Reed sang. Mr Kim left.", ["Kimberly Reed", "Kim"]),
        ("Kim spoke. Then Kimberly Reed left.", ["Kim", "Kimberly Reed"]),
        ("Xiomara Reed sang. Later Xi left.", ["Xiomara Reed", "Xi"]),
    ],
)
def test_a_cut_first_name_may_be_anothers(text: str, told: list[str]) -> None:
    assert owners(text, *(f"{name}: P" for name in told)) == told


@pytest.mark.parametrize(
    ("full", "later"),
    [("Albert Reed", "Al"), ("Edward Reed", "Sir Ed"), ("Ronald Reed", "Coach Ron")],
)
def test_a_cut_first_name_may_have_a_title_of_first_names(full: str, later: str) -> None:
    told = (f"{full}: P", f"{later.split()[-1]}: P")
    assert owners(f"{full} sang. Then {later} left.", *told) == [full] * 2


def test_a_first_name_of_very_many_is_cut_for_nobody() -> None:
    told = [f"Ron{a}{b} Reed" for a in "abcdefg" for b in "klmnopq"]
    found = owners(" met ".join([*told, "Ron"]), *(f"{name}: P" for name in [*told, "Ron"]))
    assert found[-1] == "Ron"


@pytest.mark.parametrize(
    ("full", "inner", "joined"),
    [
        ("Luz Ferrán Montalbo", "Ferrán", True),
        ("Luz de la Reed", "la", False),
        ("Luz F. Montalbo", "F.", False),
        ("Luz Ferrán Montalbo", "Montal", False),
    ],
)
def test_somebody_is_called_by_a_word_within_a_name(full: str, inner: str, joined: bool) -> None:
    found = owners(f"{full} spoke. Then {inner} left.", f"{full}: P", f"{inner}: P")
    assert found == [full, full if joined else inner]


def test_a_word_within_two_names_is_neither_s() -> None:
    told = ("Luz Ferrán Reed", "Ana Ferrán Pell", "Ferrán")
    assert owners(" met ".join(told), *(f"{name}: P" for name in told)) == list(told)


def test_a_misprint_of_two_surnames_is_neither() -> None:
    told = ("Ivo Barrow", "Odo Barron", "Barrop")
    assert owners(" met ".join(told), *(f"{name}: P" for name in told)) == list(told)


def test_a_headlines_cut_first_name_may_be_whole_later() -> None:
    text = "Kim To Sing Hymns At Fenwater\nOn Monday Kimberly Reed sang."
    assert owners(text, "Kim: P", "Kimberly Reed: P") == ["Kimberly Reed"] * 2


@pytest.mark.parametrize("others", [3, 60])
@pytest.mark.parametrize(("first", "expected"), [("Odo", "Ronald Pell"), ("Ronan", "Ron")])
def test_a_cut_first_name_has_one_bearer_among_many(others: int, first: str, expected: str) -> None:
    told = ["Ronald Pell", f"{first} Reed", *crowd(others), "Ron"]
    found = owners(" met ".join(told), *(f"{name}: P" for name in told))
    assert found == ["Ronald Pell", f"{first} Reed", *crowd(others), expected]


@pytest.mark.parametrize("others", [3, 60])
def test_a_misprint_is_told_among_many(others: int) -> None:
    told = ["Jacques Barrot", *crowd(others), "Barot"]
    found = owners(" met ".join(told), *(f"{name}: P" for name in told))
    assert found == [*told[:-1], "Jacques Barrot"]


@pytest.mark.parametrize("kinds", ["PB", "PL", "BP", "?P"])
def test_only_a_person_is_misprinted(kinds: str) -> None:
    told = (f"Jacques Barrot: {kinds[0]}", f"Barot: {kinds[1]}")
    assert owners(f"{BARROT}Later Barot left.", *told)[1] == "Barot"


def test_the_rules_alone_know_no_misprints() -> None:
    found = Cast(Article(f"{BARROT}Later Barot left.")).owners
    assert [owner and owner.name for owner in found] == ["Jacques Barrot", "Barot"]


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        (
            "New Poll Puts Harbour Chief Ahead\nA new poll came out.",
            ["New Poll: B"],
            [],
        ),
        ("New Poll Puts Harbour Chief Ahead\nIt came out.", ["New Poll: B"], ["New Poll"]),
        (
            "Ruth Pell Leads In New Poll\nA new poll came out.",
            ["Ruth Pell: P", "New Poll: B"],
            ["Ruth Pell"],
        ),
        ("We asked New Poll for a new poll.", ["New Poll: B"], ["New Poll"]),
        (
            "POLL SHOCK FOR HARBOUR\n\nThe poll came as a shock to Poll.",
            ["POLL SHOCK: B", "Poll: P"],
            ["Poll"],
        ),
    ],
)
def test_what_only_a_headline_capitalises_is_no_name(
    text: str, told: list[str], expected: list[str]
) -> None:
    assert [text[n.start : n.end] for n in cast(text, *told).names] == expected


def test_a_name_that_was_seen_keeps_its_wording() -> None:
    text = "The Coroner’s Office closed."
    assert owners(text, "Coroner’s Office: B") == ["Coroner’s Office"]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        (PELLS, "Pell", {"Ruth Pell", "Odo Pell"}),
        (PELLS, "Mr Pell", {"Ruth Pell", "Odo Pell"}),
        (PELLS, "Ruth Pell", set()),
        (PELLS, "Reed", set()),
        ("Ruth Pell said she met Odo Pell. ", "Mr Pell", {"Odo Pell"}),
        ("Ruth Pell said she met Odo Reed. ", "Mr Pell", {"Ruth Pell"}),
        ("Ruth Pell met Odo Ruth. ", "Ruth", {"Ruth Pell", "Odo Ruth"}),
        ("Ruth Pell left the Pell Harbour Trust in May last year. ", "Pell", {"Ruth Pell"}),
    ],
)
def test_the_rivals_for_a_name_of_one_word(text: str, word: str, expected: set[str]) -> None:
    (name,) = find_names(f"yesterday {word}")
    assert {r.name for r in Cast(Article(text)).bearers.rivals(name)} == expected


@pytest.mark.parametrize(("kind", "many"), [("P", 2), ("?", 2), ("L", 0)])
def test_a_place_has_no_rivals_among_people(kind: str, many: int) -> None:
    found = cast(f"{PELLS}It rains on Pell.", "Ruth Pell: P", "Odo Pell: P", f"Pell: {kind}")
    assert len(found.bearers.rivals(found.names[-1])) == many


@pytest.mark.parametrize(
    ("told", "kind"),
    [("Halden: P", "person"), ("Halden: B", "organisation"), ("Halden: L", "organisation")],
)
def test_the_kind_is_what_was_seen(told: str, kind: str) -> None:
    (owner,) = cast("We asked Halden.", told).owners
    assert owner is not None
    assert owner.kind == kind
    assert owner.is_known is not told.endswith("L")


def test_names_of_a_stretch_are_those_that_were_seen_or_that_the_rules_find() -> None:
    text = "Ruth Pell Wins Harbour Vote\nOdo Reed lost."
    told = cast(text, "Ruth Pell: P", "Odo Reed: P")
    assert [n.words for n in told.names_in(0, 27)] == [("Ruth", "Pell")]
    assert told.names_in(0, 6) == []
    ruled = Cast(Article(text)).names_in(28, len(text))
    assert [(text[n.start : n.end], bare(n.words[0])) for n in ruled] == [("Odo Reed", "odo")]


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        (
            "Lib Dems won. The Liberal Democrats ate.",
            ("Lib Dems: B", "Liberal Democrats: B"),
            "Liberal Democrats",
        ),
        (
            "Conservatives won. The Conservative Party ate.",
            ("Conservatives: B", "Conservative Party: B"),
            "Conservative Party",
        ),
        (
            "Tories won. The Conservative Party ate.",
            ("Tories: B", "Conservative Party: B"),
            "Conservative Party",
        ),
        ("Tories won. The Reed Party ate.", ("Tories: B", "Reed Party: B"), "Tories"),
        (
            "Watto won. The Wool And Tin Trade Office ate.",
            ("Watto: B", "Wool And Tin Trade Office: B"),
            "Wool And Tin Trade Office",
        ),
        ("House won. The White House ate.", ("House: B", "White House: B"), "House"),
        ("Lords won. The House of Lords ate.", ("Lords: B", "House of Lords: B"), "House of Lords"),
        ("Ada Reed won. The Ada Reed brand ate.", ("Ada Reed: P", "Ada Reed brand: B"), "Ada Reed"),
    ],
)
def test_what_stands_short_for_a_longer_name(
    text: str, told: tuple[str, ...], expected: str
) -> None:
    assert owners(text, *told)[0] == expected


def test_a_word_in_use_is_no_acronym() -> None:
    text = "Watt met a watt. The Wool And Tin Trade ate."
    assert owners(text, "Watt: B", "Wool And Tin Trade: B")[0] == "Watt"


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Senate Rules Committee sat. Senate rose.", ("Senate Rules Committee: B", "Senate: B"), 1),
        ("Harbour Board Director left. Board rose.", ("Harbour Board Director: B", "Board: B"), 1),
        ("House of Keys sat. House rose.", ("House of Keys: B", "House: B"), 0),
        ("Hallin Post wrote. Hallin is wet.", ("Hallin Post: B", "Hallin: L"), 1),
        ("Hallin Foods grew. Hallin rose.", ("Hallin Foods: B", "Hallin: B"), 0),
        ("FHB Director left. FHB rose.", ("FHB Director: ?", "FHB: B"), 1),
        ("Ruth Singer left. Ruth rose.", ("Ruth Singer: P", "Ruth: P"), 0),
        ("Reed aide left. Reed rose.", ("Reed aide: P", "Reed: P"), 1),
        ("South Hallin is wet. Hallin is dry.", ("South Hallin: L", "Hallin: L"), 1),
        ("Radio Free Hallin spoke. Hallin is dry.", ("Radio Free Hallin: B", "Hallin: L"), 1),
    ],
)
def test_a_short_name_is_no_part_of_another_bodys(
    text: str, told: tuple[str, ...], expected: int
) -> None:
    assert owners(text, *told)[1] == told[expected].rpartition(": ")[0]


@pytest.mark.parametrize(
    ("longer", "kinds", "expected"),
    [
        ("New Hallin Panthers", "BL", "New Hallin"),
        ("New Hallin Poll", "BB", "New Hallin"),
        ("New Hallin Airport", "BL", "New Hallin Airport"),
        ("New Hallin Networks", "BB", "New Hallin Networks"),
    ],
)
def test_a_place_is_not_what_is_named_after_it(longer: str, kinds: str, expected: str) -> None:
    told = (f"{longer}: {kinds[0]}", f"New Hallin: {kinds[1]}")
    assert owners(f"{longer} came up. New Hallin is wet.", *told)[1] == expected


def test_who_stands_alone_has_no_rivals_that_begin_alike() -> None:
    text = "HT spoke. HT Together costs more. HT Retail sells it. HT spoke."
    found = cast(text, "HT: B", "HT Together: ?", "HT Retail: B", "HT: B")
    assert found.bearers.rivals(found.names[-1]) == frozenset()


@pytest.mark.parametrize("headline", ["Ada Reed Wins", "Deport Ada Reed"])
def test_a_headlines_name_is_cut_to_the_reports(headline: str) -> None:
    text = f"{headline} The Votes Of Northern Hallin\nThen Ada Reed spoke."
    assert owners(text, f"{headline}: P", "Ada Reed: P") == ["Ada Reed", "Ada Reed"]


def test_a_title_adds_nothing_to_a_known_name() -> None:
    text = "Then Ada Reed spoke."
    article = Article(text, title="Paper says: 'Deport Ada Reed.'")
    assert [r.name for r in Cast(article, seen(text, "Ada Reed: P")).referents] == ["Ada Reed"]


def test_a_headline_keeps_a_body_named_after_somebody() -> None:
    text = "Ada Reed Party Loses The Votes Of Northern Hallin\nThen Ada Reed spoke."
    assert owners(text, "Ada Reed Party: B", "Ada Reed: P") == ["Ada Reed Party", "Ada Reed"]


@pytest.mark.parametrize(("kind", "same"), [("B", True), ("?", False), ("L", False)])
def test_only_a_bodys_name_is_shortened_in_brackets(kind: str, same: bool) -> None:
    text = "North Hallin (NPA) is wet. NPA wrote."
    first, *rest = owners(text, f"North Hallin: {kind}", "NPA: B", "NPA: B")
    assert [name == first for name in rest] == [same, same]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pell runs a Fishing Board.", {("fishing", "board")}),
        ("Pell runs a Fishing Board aimed at boys.", {("fishing", "board")}),
        ("Pell runs the Fishing Board.", set()),
        ("Pell was a Fishing Board official.", set()),
        ("Pell is a Fishing Lad.", set()),
    ],
)
def test_a_body_s_name_with_a_is_of_a_sort(text: str, expected: set[tuple[str, ...]]) -> None:
    told = "Fishing Lad: B" if "Lad" in text else "Fishing Board: B"
    assert cast(text, told).sorts_of_bodies == expected


def called(text: str, *told: str) -> list[str | None]:
    """Whom the names of people mean."""
    return owners(text, *(f"{name}: P" for name in told))


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Mr Bell met Mrs Bell. Mr Bell left.", ["Bell"] * 3, ["Mr Bell", "Mrs Bell", "Mr Bell"]),
        ("Mr Bell met Mrs Bell. Bell left.", ["Bell"] * 3, ["Mr Bell", "Mrs Bell", "Mrs Bell"]),
        ("Mr Bell met Dr Bell. Bell left.", ["Bell"] * 3, ["Bell"] * 3),
        (
            "Sir Odo Bell left. Lady Bell came. Sir Odo met Lady Bell.",
            ["Odo Bell", "Bell", "Odo", "Bell"],
            ["Odo Bell", "Lady Bell", "Odo Bell", "Lady Bell"],
        ),
        ("Odo Bell left. Mrs Bell came.", ["Odo Bell", "Bell"], ["Odo Bell"] * 2),
    ],
)
def test_a_man_and_a_woman_of_one_surname_are_two(
    text: str, told: list[str], expected: list[str]
) -> None:
    assert called(text, *told) == expected


def test_a_rank_tells_which_of_two_is_meant() -> None:
    text = "PC Odo Pell met Sgt Ada Pell. PC Pell left. Sgt Pell left. Pell left."
    told = ("Odo Pell", "Ada Pell", "Pell", "Pell", "Pell")
    found = cast(text, *(f"{name}: P" for name in told))
    rivals = [{r.name for r in found.bearers.rivals(n)} for n in found.names[2:]]
    assert rivals == [{"Odo Pell"}, {"Ada Pell"}, {"Odo Pell", "Ada Pell"}]
