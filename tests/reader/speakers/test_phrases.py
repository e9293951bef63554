"""The members of a source: names, pronouns and descriptions."""

import re

import pytest

from sayso.reader.speakers.names import Name, named_at
from sayso.reader.speakers.phrases import Part, parse

PEOPLE = (
    "Odo E. Pell|Ruth Amberley|Odo Thrale|Owen Thrale|Ana Reed Jr|Odo Reed|Ruth Reed|Ana Reed|"
    "Jeff Pell|Ada Pell|Odo Pell|Amberley|Thrale|Pell|Reed|Mariam"
)
BODIES = (
    "Fenwater Space Institute|Fenwater Institute|Fenwater Trust|Bakers' Guild|"
    "Salt Valley Party|Bank of Norland|FWP|SVP|FSI|Fenwater|Sund|Customs|Mail|Senate Democrats|"
    "Democrats|House|MPs"
)
PLACES = "Hallin|Norland"
NAME = re.compile(rf"\b(?:({PEOPLE})|({BODIES})|({PLACES}))\b")


def members(source: str) -> list[Part]:
    return parse(source, 0, len(source), [seen(source, m) for m in NAME.finditer(source)])


def seen(source: str, match: re.Match[str]) -> Name:
    """A name with its kind, as the network gives it."""
    kinds = [float(match.lastindex == n) for n in (1, 2, 3, 4)]
    return named_at(source, *match.span(), tuple(match.group().split()), kinds)


def told(parts: list[Part]) -> list[str]:
    return [" ".join(p.name.words) if p.name else p.text for p in parts]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Ruth Amberley, who runs the harbour,", ["Ruth Amberley"]),
        ("the harbourmaster, Ruth Amberley,", ["Ruth Amberley"]),
        ("Her deputy, Captain Odo Pell", ["Odo Pell"]),
        ("branch secretary Odo Pell, 41", ["Odo Pell"]),
        ("Odo Pell of the Fenwater Trust", ["Odo Pell"]),
        ("Owen Thrale QC", ["Owen Thrale"]),
        ("by the mayor", ["mayor"]),
        ("police and prosecutors", ["police", "prosecutors"]),
        ("prosecutors and police", ["prosecutors", "police"]),
        ("police and court documents", ["police", "court documents"]),
        ("police and fire officials", ["police and fire officials"]),
        ("police and crime commissioners", ["police and crime commissioners"]),
        ("a teacher, a nurse and a doctor", ["teacher", "nurse", "doctor"]),
        ("Ada Pell, D-Hallin, and Odo Reed, R-Sund,", ["Ada Pell", "Odo Reed"]),
        ("Ada Pell, D-Hallin and Odo Reed", ["Ada Pell", "Odo Reed"]),
        ("the referee’s report, a page and a half long,", ["referee’s report"]),
        ("his opposite number, Odo Pell", ["Odo Pell"]),
        ("the baker’s label, Fenwater Trust,", ["Fenwater Trust"]),
        ("the label, Fenwater Trust,", ["label, Fenwater Trust"]),
        ("a Republican like Pell", ["Republican like Pell"]),
        ("Odo Pell, a cook; Ana Reed, 45; and the mayor", ["Odo Pell", "Ana Reed", "mayor"]),
        ("Odo Pell, a cook; Ana Reed, 45", ["Odo Pell"]),
        ("the mayor’s", ["mayor"]),
        ("the mayor's", ["mayor"]),
        ("Odo Pell’s", ["Odo Pell"]),
        ("staff at St Odo’s", ["staff at St Odo’s"]),
        ("a manager at Sainsbury's", ["manager at Sainsbury's"]),
        ("a man in his 30's", ["man in his 30's"]),
        ("a friend of the mayor’s", ["friend of the mayor’s"]),
        ("The Minister for Salt (Ms Ada Pell)", ["Ada Pell"]),
        ("Odo Pell (Ada Pell)", ["Odo Pell"]),
        ("the baker of “Brine”", ["baker of “Brine”"]),
        ('the baker of "Brine"', ['baker of "Brine"']),
        ("the baker of «Brine»", ["baker of «Brine»"]),
        ("the baker”", ["baker"]),
        ('"the baker"', ["baker"]),
        ('the "baker" of "Brine" and salt"', ['"baker" of "Brine" and salt']),
        ("a baker who gave her name as Mariam", ["Mariam"]),
        ("a baker, whose name is Mariam,", ["Mariam"]),
        ("The card, sent to a dog named Norland,", ["card, sent to a dog named Norland"]),
        ("Odo Pell, owner of a dog named Soup", ["Odo Pell"]),
        (
            "a letter, signed by a miller called Odo Pell,",
            ["letter, signed by a miller called Odo Pell"],
        ),
        ("The report, by the harbourmaster, Ada Pell,", ["report, by the harbourmaster, Ada Pell"]),
        ("a man calling himself Odo Pell", ["Odo Pell"]),
        ("the minister for civil trade Odo Pell", ["Odo Pell"]),
        ("former Secretary of State Ruth Amberley", ["Ruth Amberley"]),
        ("the minister of Odo Pell", ["minister of Odo Pell"]),
        ("The mill that burnt, the Fenwater Institute in Hallin,", ["Fenwater Institute"]),
        ("His father, a retired cooper,", ["His father"]),
        ("this guild", ["guild"]),
        ("this newspaper", ["this newspaper"]),
        ("an aide to Pell and Reed", ["aide to Pell and Reed"]),
        ("a report by the Fenwater Institute", ["report by the Fenwater Institute"]),
        ("She", ["She"]),
        ("they all", ["they"]),
        ("the prompter himself", ["prompter"]),
        ("The Mail on Sunday", ["Mail"]),
        ("Amberley's in Hallin", ["Amberley"]),
        ("the Hallin MP", ["Hallin MP"]),
        ("the House banking committee", ["House banking committee"]),
        ("bakers already using Sund", ["bakers already using Sund"]),
        ("old-school MPs", ["old-school MPs"]),
        ("  ", []),
        (", and", []),
    ],
)
def test_who_is_named_by_a_source(source: str, expected: list[str]) -> None:
    assert told(members(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Pell and Amberley", ["Pell", "Amberley"]),
        ("Pell, Amberley and Reed", ["Pell", "Amberley", "Reed"]),
        (
            "Jeff Pell (D-Ore.), Ana Reed (D-Ohio) and Thrale all",
            ["Jeff Pell", "Ana Reed", "Thrale"],
        ),
        ("Odo Pell, Ruth Reed", ["Odo Pell", "Ruth Reed"]),
        ("Ana Reed Jr. (D-Ore.) and Odo Pell", ["Ana Reed Jr", "Odo Pell"]),
        ("Amberley/Pell", ["Amberley", "Pell"]),
        ("Odo Pell, who runs the harbour, and Ruth Reed", ["Odo Pell", "Ruth Reed"]),
        ("Ruth Reed herself, as well as her campaign,", ["Ruth Reed", "her campaign"]),
        ("Both the national government and Fenwater", ["national government", "Fenwater"]),
        ("Pell and his aides", ["Pell", "his aides"]),
        ("Odo Pell and other millers", ["Odo Pell", "other millers"]),
        ("Pell's office and the mayor", ["Pell's office", "mayor"]),
        ("the bakers and the brewers", ["bakers", "brewers"]),
        ("bakers and brewers alike", ["bakers", "brewers"]),
        ("many young bakers and old brewers", ["many young bakers", "old brewers"]),
        ("45% of men, 28% of women and 2% of us", ["45% of men", "28% of women", "2% of us"]),
        ("27 towns led by Sund and farmers' groups", ["27 towns led by Sund", "farmers' groups"]),
        ("the families, friends and town officials", ["families", "friends", "town officials"]),
        ("callers, an audience and the presenter", ["callers", "audience", "presenter"]),
        ("Many bakers – and some millers –", ["Many bakers", "some millers"]),
        ("bakers and, increasingly, others in the trade", ["bakers", "others in the trade"]),
        ("the mayor, Odo Pell, farmers and the council", ["Odo Pell", "farmers", "council"]),
        ("the mayor and the mayor's wife, Ana Reed", ["mayor", "Ana Reed"]),
        ("some of Pell's rivals and by a bank", ["some of Pell's rivals", "bank"]),
        ("doctors, police chiefs and many MPs", ["doctors", "police chiefs", "many MPs"]),
    ],
)
def test_several_who_speak_together(source: str, expected: list[str]) -> None:
    assert told(members(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Federal and state officials", "Federal and state officials"),
        ("The anti-Pell and anti-Reed voters", "anti-Pell and anti-Reed voters"),
        ("young Democrats in Hallin", "young Democrats in Hallin"),
        ("More and more bakers", "More and more bakers"),
        ("Innkeepers on Sund, Hallin and Norland", "Innkeepers on Sund, Hallin and Norland"),
        ("Eleven local and regional bodies", "Eleven local and regional bodies"),
        ("Six women and six men", "Six women and six men"),
        ("A hundred and twelve deputies", "hundred and twelve deputies"),
        ("The Pell and Reed campaigns", "Pell and Reed campaigns"),
        ("The Bakers' and Millers' Union", "Bakers' and Millers' Union"),
        ("House and Senate Democrats", "House and Senate Democrats"),
        ("a committee of four teachers and a clerk", "committee of four teachers and a clerk"),
        ("a group of bakers, brewers and millers", "group of bakers, brewers and millers"),
        ("voters within and outside the party", "voters within and outside the party"),
        ("Pell's close friends and allies", "Pell's close friends and allies"),
        ("a woman with no party and no manager", "woman with no party and no manager"),
        ("bakers in some towns, including Hallin and Norland,", "bakers in some towns"),
        ("the group, including Odo Pell and Ana Reed,", "group"),
    ],
)
def test_one_description_in_spite_of_its_conjunction(source: str, expected: str) -> None:
    (only,) = members(source)
    assert (only.form, only.text) == ("description", expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Two brokers, Odo Pell and Ruth Reed,", ["Odo Pell", "Ruth Reed"]),
        ("The owners, the Fenwater Trust,", ["Fenwater Trust"]),
        ("The two unions — the Bakers' Guild and Fenwater —", ["Bakers' Guild", "Fenwater"]),
        ("Another holdout — the Fenwater Trust —", ["Fenwater Trust"]),
        ("The company that runs the pumps, Sund,", ["Sund"]),
        ("Odo Pell, chairman of the trust and a baker", ["Odo Pell"]),
        ("Mayor Odo Pell, a baker and no relation,", ["Odo Pell"]),
        ("Odo Pell, 25, a bank clerk and one of the thousands there", ["Odo Pell"]),
        ("Odo Pell, R-Hallin, who chairs the inquiry", ["Odo Pell"]),
        ("Odo Pell, Hallin", ["Odo Pell"]),
        ("The Salt Valley Party, or SVP,", ["Salt Valley Party"]),
        ("Odo Pell, the Customs and Ports commissioner", ["Odo Pell"]),
        ("a friend of the mayor, Ruth Amberley", ["friend of the mayor"]),
        ("a shop in Hallin, Norland", ["shop in Hallin"]),
    ],
)
def test_what_a_comma_sets_beside_a_name(source: str, expected: list[str]) -> None:
    assert told(members(source)) == expected


@pytest.mark.parametrize(
    "source",
    [
        "The Secretary of State for Culture, Media and Sport, Ada Pell,",
        "Minister for Children, Young People and Families Ada Pell",
        "Work and Pensions Secretary Ada Pell",
        "Former Secretary of State Ada Pell",
        "Bank of Norland governor Ada Pell",
        "Fenwater Space Institute (FSI) chairwoman Ada Pell",
        "Reed's running mate, Hallin Gov. Ada Pell,",
        "Odo Reed's MP, Ada Pell,",
        "Fenwater's planning director, Ada Pell,",
        "former council planning director Ada Pell",
        "Fenwater Institute at Hallin professor Ada Pell",
        "Reed spokeswoman Ada Pell",
        "Norland wing Ada Pell",
        "lobbyist and party strategist Ada Pell",
        "Her friend and fellow poet Ada Pell – they are not related –",
        "Coxswain Ada Pell surveys the damage",
    ],
)
def test_offices_before_the_name(source: str) -> None:
    assert told(members(source)) == ["Ada Pell"]


@pytest.mark.parametrize(
    "source",
    ["a spokesman for outgoing Mayor Ada Pell", "The younger brother of Mayor Ada Pell"],
)
def test_whom_another_serves_does_not_speak(source: str) -> None:
    assert [part.name for part in members(source)] == [None]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Proponents, including the Fenwater Trust,", ["Proponents", "Fenwater Trust"]),
        (
            "Critics, like Senators Odo E. Pell, Republican of Norland, and Ana Reed, Democrat,",
            ["Critics", "Odo E. Pell", "Ana Reed"],
        ),
        (
            "eight of Pell's rivals, including Ana Reed, Ruth Amberley and Odo Thrale",
            ["eight of Pell's rivals", "Ana Reed", "Ruth Amberley", "Odo Thrale"],
        ),
        (
            "two groups - including Fenwater, Sund and Customs -",
            ["two groups", "Fenwater", "Sund", "Customs"],
        ),
        ("others — including Pell —", ["others", "Pell"]),
        ("The owners, which include Sund and Customs,", ["owners", "Sund", "Customs"]),
    ],
)
def test_examples_speak_with_the_others(source: str, expected: list[str]) -> None:
    assert told(members(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a teammate who asked not to be named", "teammate who asked not to be named"),
        ("The trust that runs the ferries", "trust that runs the ferries"),
        ("the vicar, who serves three parishes,", "vicar"),
        ("another, who sat beneath it,", "another, who sat beneath it"),
        ("younger voters who", "younger voters"),
        ("most of whom", "most of whom"),
        (f"people who think that {'the tolls are wrong and ' * 3} high", "people"),
        ("two bakers who worked on it, and who spoke with leave", "two bakers who worked on it"),
        ("35 villages - only two fewer than are needed -", "35 villages"),
    ],
)
def test_clauses_that_tell_who_is_meant_stay(source: str, expected: str) -> None:
    assert told(members(source)) == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("the Pell family", ["Pell"]),
        ("advisers to Pell", ["Pell"]),
        ("bakers who left Pell", ["Pell"]),
        ("an aide to Pell and Reed", ["Pell", "Reed"]),
        ("The Pell and Reed campaigns", ["Pell", "Reed"]),
        ("the Fenwater company", []),
        ("the city of Hallin", []),
        ("the mayor of Hallin", ["Hallin"]),
    ],
)
def test_names_within_a_description(source: str, expected: list[str]) -> None:
    (only,) = members(source)
    assert (only.form, [" ".join(name.words) for name in only.inside]) == ("description", expected)


def test_a_title_before_the_source_takes_no_name_from_it() -> None:
    text = "Sens. Odo Pell (D-Ore.), Ana Reed (D-Ohio) and Ruth Reed all"
    names = [seen(text, m) for m in NAME.finditer(text)]
    assert names[0].lead == 0
    assert told(parse(text, 6, len(text), names)) == ["Odo Pell", "Ana Reed", "Ruth Reed"]


def test_a_mans_name_is_no_document() -> None:
    """ "Bill" opens a sentence, and so may be a bill."""
    for kinds, form in (([0.9, 0.0, 0.0, 0.1], "name"), ([0.1, 0.0, 0.0, 0.9], "description")):
        (only,) = parse("Bill", 0, 4, [named_at("Bill", 0, 4, ("Bill",), kinds)])
        assert only.form == form


@pytest.mark.parametrize("source", ["Both bakers", "neither baker"])
def test_both_tells_how_many(source: str) -> None:
    (only,) = members(source)
    assert (only.text, only.determiner, only.plural) == (source.split()[1], "both", True)


def test_a_number_leaves_its_noun_to_tell() -> None:
    (part,) = members("eight of the rivals")
    assert (part.head, part.determiner, part.plural) == ("rivals", "eight", True)


def test_a_body_in_lower_case_keeps_its_owner() -> None:
    source = "Norland’s salt ministry"
    names = [
        named_at(source, 0, 7, ("Norland",), [0.0, 0.0, 1.0, 0.0]),
        named_at(source, 15, 23, ("ministry",), [0.0, 1.0, 0.0, 0.0]),
    ]
    (only,) = parse(source, 0, len(source), names)
    assert (only.form, only.text) == ("description", source)


@pytest.mark.parametrize(
    ("source", "name"),
    [("those who paid for the pier", "those who paid for the pier"), ("those", "those")],
)
def test_those_who_did_something_are_called_by_it(source: str, name: str) -> None:
    text = f"It was wrong, said {source}."
    start = text.index(source)
    (part,) = parse(text, start, start + len(source), [])
    assert (part.form, part.text) == ("pronoun" if source == "those" else "description", name)
