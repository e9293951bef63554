"""A quotation against one document, against a record, and those of a draft."""

import json

import pytest

from sayso import Record, Speaker, UsageError
from sayso.errors import RecordDamaged
from sayso.record.check import of_documents
from sayso.record.check.documents import covers_given, of_reading
from sayso.record.check.draft import quotations
from sayso.record.check.quotation import quotation
from sayso.record.check.report import as_json, as_text
from sayso.record.check.wording import Document, judge
from tests.record.build import Said, reading

STORY = (
    "“The bridge is safe,” Ida Marsh said, “and it will be for years, unless the river rises.” "
    "Pim Vale was not sure. “They tell me that the bridge is safe,” he said. “I am no engineer. "
    "Would you cross it, honestly?”\n\n"
    "Vale said that he had seen two cracks and would not walk over it.\n\n"
    "Marsh denied that the bolts were loose. The bridge is eighty years old."
)
SAID = (
    Said(content="“The bridge is safe,” … “and it will be for years, unless the river rises.”",
         by="Ida Marsh", source="Ida Marsh", cue="said"),
    Said(content="“They tell me that the bridge is safe,” … “I am no engineer. Would you cross it, "
         "honestly?”", by="Pim Vale", source="he", cue="said"),
    Said(content="he had seen two cracks and would not walk over it", by="Pim Vale",
         source="Vale", cue="said that", type="indirect"),
    Said(content="the bolts were loose", by="Ida Marsh", source="Marsh", cue="denied",
         type="indirect"),
)  # fmt: skip


def document() -> Document:
    read = reading(STORY, SAID)
    return Document(read.article.text, read.statements)


@pytest.mark.parametrize(
    ("quoted", "wording"),
    [
        ("We owe [Upper Tarn] a ferry", "altered"),
        ("We owe [Skerry Bay] a ferry", "verbatim"),
        ("We owe [the Bay] a ferry", "abridged"),
        ("We owe [SB] a ferry", "abridged"),
        ("We owe [them] a ferry", "abridged"),
        ("We owe [the town] a ferry", "abridged"),
    ],
)
def test_another_name_in_square_brackets(quoted: str, wording: str) -> None:
    text = "“We owe [Skerry Bay] a ferry,” Marsh said."
    read = reading(
        text, (Said(content="“We owe [Skerry Bay] a ferry,”", by="Ida Marsh", cue="said"),)
    )
    assert judge(quotation(quoted), Document(text, read.statements))[0].wording == wording


@pytest.mark.parametrize(
    ("quoted", "wording", "reason"),
    [
        ("the bridge is SAFE, and it will be for years, unless the river rises", "verbatim", None),
        ("‘I am no engineer.’", "verbatim", None),
        ("Would you cross it, honestly", "verbatim", None),
        ("The bridge is safe", "abridged", None),
        ("[It] is safe and … will be for years, unless the river rises", "abridged", None),
        ("it will be for years", "altered", "condition left out: unless"),
        ("They tell me the bridge is unsafe", "altered", "changed: unsafe (printed: safe)"),
        ("I am an engineer", "altered", "changed: an (printed: no)"),
        ("I am surely no engineer", "altered", "not printed there: surely"),
        ("It will be for ages, unless the river rises. I am no engineer.", "altered",
         "changed: ages (printed: years); words of different speakers joined"),
        ("[Never] is it safe, and it will be for years, unless the river rises", "altered",
         "in square brackets, what print has not: never"),
        ("[The Span] is safe, and it will be for years, unless [the Arl] rises", "abridged", None),
        ("It will be for years, unless the river rises. I am no engineer.", "altered",
         "words of different speakers joined"),
        ("I saw two cracks", "reported", None),
        ("I will not walk over it", "reported", None),
        ("I have seen two cracks and will not walk over it", "reported", None),
        ("I have seen three cracks and will not walk over it", "altered",
         "changed: three (printed: two)"),
        ("I have seen two cracks and will walk over it", "altered", "negation left out: not"),
        ("The bolts are not loose", "reported", None),
        ("The bolts are loose", "altered", "it was denied: denied"),
        ("The bridge is eighty years old", "none", "printed, but not as anybody's words"),
        ("We shall build a tunnel in the spring", "none", None),
    ],
)  # fmt: skip
def test_wordings(quoted: str, wording: str, reason: str | None) -> None:
    found = judge(quotation(quoted), document())
    best = found[0] if found else None
    assert (best.wording if best else "none") == wording
    if best is not None and (best.wording != "none" or reason):
        assert best.reason == reason


@pytest.mark.parametrize(
    ("quoted", "wording", "speakers"),
    [
        ("The bolts are new", "verbatim", ["Ida Marsh"]),
        ("We checked them all", "verbatim", ["Ida Marsh"]),
        ("Marsh built the ferry as well", "none", []),
    ],
)
def test_a_quotation_opened_again_ends_where_it_is_closed(
    quoted: str, wording: str, speakers: list[str]
) -> None:
    story = (
        'Marsh said: "The bridge is safe. "The bolts are new. "We checked them all." '
        "Marsh built the ferry as well."
    )
    read = reading(story, [Said(content='"The bridge is safe. "The bolts are new.', by="Ida Marsh",
                                source="Marsh", cue="said")])  # fmt: skip
    found = judge(quotation(quoted), Document(read.article.text, read.statements))[0]
    assert (found.wording, [s.name for s in found.speakers]) == (wording, speakers)


def test_a_word_that_is_printed_as_two() -> None:
    read = reading("Vale said he could not swim.", [Said(content="he could not swim",
                   by="Pim Vale", source="Vale", cue="said", type="indirect")])  # fmt: skip
    found = judge(quotation("I cannot swim"), Document(read.article.text, read.statements))[0]
    assert found.wording == "reported"
    assert [d.printed for d in found.diff] == ["he", "could not", "swim"]


def test_a_negation_within_a_word_that_is_told() -> None:
    read = reading("Vale said he couldn't swim.", [Said(content="he couldn't swim",
                   by="Pim Vale", source="Vale", cue="said", type="indirect")])  # fmt: skip
    found = judge(quotation("I can swim"), Document(read.article.text, read.statements))[0]
    assert (found.wording, found.reason) == ("altered", "negation left out: couldn't")


def test_two_fragments_are_no_sentence() -> None:
    document = Document("She called it “the worst bridge of all,” or “a joke”.")
    assert judge(quotation("the worst bridge of all"), document)[0].wording == "verbatim"


def test_what_is_added_is_a_sentence_of_its_own() -> None:
    document = Document("“It was safe,” she said, adding, “I would sleep on it.”")
    assert judge(quotation("I would sleep on it"), document)[0].wording == "verbatim"


def test_a_mark_that_was_never_opened() -> None:
    story = 'Marsh is glad. It came out of the blue," she said.'
    read = reading(story, [Said(content='It came out of the blue,"', by="Ida Marsh", source="she",
                                cue="said", type="mixed")])  # fmt: skip
    found = judge(quotation("It came out of the blue"), Document(story, read.statements))[0]
    assert found.wording == "verbatim"


def test_words_quoted_in_what_is_told_are_of_the_one_who_is_told_of() -> None:
    story = "Marsh noted that Vale called it “a mess”."
    read = reading(story, [
        Said(content="Vale called it “a mess”", by="Ida Marsh", source="Marsh", cue="noted that",
             type="mixed"),
        Said(content="it “a mess”", by="Pim Vale", source="Vale", cue="called", type="mixed",
             inside="s1"),
    ])  # fmt: skip
    found = judge(quotation("a mess"), Document(story, read.statements))[0]
    assert [s.name for s in found.speakers] == ["Pim Vale"]


def test_all_is_printed_but_in_another_order() -> None:
    printed = Document("“This was foreseeable, and we foresaw it.”")
    found = judge(quotation("We foresaw it, and this was foreseeable"), printed)[0]
    assert (found.wording, found.reason) == ("altered", "printed in another order")


def test_what_is_shown_of_a_place() -> None:
    found = judge(quotation("the bridge was safe and it will be"), document())[0]
    assert found.printed == "The bridge is safe, … and it will be"
    assert [(d.change, d.quoted, d.printed) for d in found.diff] == [
        ("same", "the bridge", "The bridge"),
        ("changed", "was", "is"),
        ("same", "safe and it will be", "safe, … and it will be"),
    ]
    assert STORY[found.start : found.end].endswith("and it will be")


def test_marks_without_a_statement_are_found() -> None:
    found = judge(quotation("no engineer at all"), Document("A man is “no engineer at all”."))
    assert (found[0].wording, found[0].speakers) == ("verbatim", ())


def test_a_document_in_which_nobody_is_quoted_speaks_for_itself() -> None:
    speech = Document("Friends, we shall cross the river. We shall not wait for a bridge.")
    assert judge(quotation("We shall not wait for a bridge"), speech)[0].wording == "verbatim"
    assert judge(quotation("We shall wait for a bridge"), speech)[0].wording == "altered"


def test_a_quotation_within_another_is_not_the_outer_speakers() -> None:
    text = "“The board says ‘Delayed for ever’,” Gale Roe said."
    read = reading(text, [Said(content="“The board says ‘Delayed for ever’,”", by="Gale Roe")])
    found = judge(quotation("Delayed for ever"), Document(text, read.statements))[0]
    assert (found.wording, found.speakers) == ("verbatim", ())


@pytest.mark.parametrize(
    ("story", "quoted", "wording"),
    [
        # nobody was read to speak: the sentence in which the mark opens, and never verbatim
        ('"The ferry is full. The council met in May.', "The ferry is full", "abridged"),
        ('"The ferry is full. The council met in May.', "The council met in May", "none"),
        ('"The ferry is full, said the clerk of Osk.', "The ferry is full", "abridged"),
        ('"The ferry is full, said the clerk of Osk.', "said the clerk of Osk", "none"),
        ('"The ferry is full said the clerk of Osk.', "The ferry is full", "none"),
        ('The "ferry of Osk sank in May. It was old.', "ferry of Osk sank in May", "none"),
        ("“The ferry is full. The council met in May.", "The council met in May", "none"),
        # what another pair of marks holds is speech as it was
        ('"The ferry is full. The council met. A clerk “counted them all”.', "counted them all",
         "verbatim"),
        # opened again in the next paragraph
        ('"The ferry is full. The council met in May.\n\n"It was wet."',
         "The council met in May", "verbatim"),
    ],
)  # fmt: skip
def test_a_mark_that_is_never_closed(story: str, quoted: str, wording: str) -> None:
    text = f"{story}\n\nVale said it would rain." if "\n" not in story else story
    said = [Said(content="it would rain", by="Pim Vale", source="Vale", cue="said",
                 type="indirect")] if "Vale" in text else []  # fmt: skip
    found = judge(quotation(quoted), Document(text, reading(text, said).statements))
    assert found[0].wording == wording
    if wording == "abridged":
        assert found[0].reason == "the quotation mark before it is never closed"


def test_an_unclosed_mark_ends_with_the_statement_that_it_begins() -> None:
    story = 'Vale said: "The ferry is full. The quay is wet. The council met in May.'
    said = [Said(content='"The ferry is full. The quay is wet.', by="Pim Vale", source="Vale",
                 cue="said")]  # fmt: skip
    document = Document(story, reading(story, said).statements)
    assert judge(quotation("The quay is wet"), document)[0].wording == "verbatim"
    assert judge(quotation("The council met in May"), document)[0].wording == "none"


@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_a_mark_that_was_meant_to_be_closed_before_the_next(gap: str) -> None:
    story = f'"The ferry is full, Ida Marsh said. The council met.{gap}"It was wet," Pim Vale said.'
    said = [
        Said(content='"The ferry is full,', by="Ida Marsh", source="Ida Marsh", cue="said"),
        Said(content='"It was wet,"', by="Pim Vale", source="Pim Vale", cue="said"),
    ]
    document = Document(story, reading(story, said).statements)
    found = judge(quotation("The ferry is full"), document)[0]
    assert (found.wording, [s.name for s in found.speakers]) == ("verbatim", ["Ida Marsh"])
    assert judge(quotation("It was wet"), document)[0].wording == "verbatim"
    assert judge(quotation("The council met"), document)[0].wording == "none"
    assert judge(quotation("The ferry is full, Ida Marsh said"), document)[0].wording != "verbatim"


def test_who_is_said_to_speak_is_nobodys_words() -> None:
    """Even where marks that are paired wrongly have the cue between them."""
    story = '"The quay is wet" old Captain Ida Marsh of Osk said "and cold" and left.'
    said = [Said(content='"The quay is wet" … "and cold"', by="Ida Marsh",
                 source="old Captain Ida Marsh of Osk", cue="said")]  # fmt: skip
    read = reading(f"“{story}", said)
    found = judge(
        quotation("old Captain Ida Marsh of Osk said"), Document(read.article.text, read.statements)
    )
    assert {f.wording for f in found} <= {"none"}


def test_of_one_statement_one_place() -> None:
    story = "“The quay is wet. I know the quay is wet, and so is he,” Ida Marsh said."
    read = reading(story, [Said(content=story[: story.index(" Ida")], by="Ida Marsh")])
    found = judge(quotation("The quay is wet"), Document(read.article.text, read.statements))
    assert [f.wording for f in found] == ["verbatim"]


# ---- a record


def said_at(record: Record, outlet: str, day: str, words: str, by: str = "Ida Marsh") -> None:
    story = f"“{words},” {by} said."
    record.add(reading(story, [Said(content=f"“{words},”", by=by)], publisher=outlet, date=day))


def test_first_is_who_printed_the_words_first_be_it_at_greater_length(record: Record) -> None:
    said_at(record, "Echo", "2026-03-12", "The quay is wet")
    said_at(record, "Gazette", "2026-03-05", "The quay is wet and the ferry is late")
    said_at(record, "Herald", "2026-03-01", "The quay is not wet")
    checked = record.check("The quay is wet", by="Marsh")
    assert checked.wording == "verbatim"
    assert [(m.source.outlet, m.finding.wording, m.first) for m in checked.matches] == [
        ("Gazette", "abridged", True),
        ("Echo", "verbatim", False),
    ]
    assert [m.source.outlet for m in checked.near] == ["Herald"]
    shown = as_text(checked, width=100, colour=False)
    assert "2026-03-05" in shown.split("Near it:")[0]
    assert "first · abridged" in shown


def test_first_of_many_texts(record: Record) -> None:
    for n in range(24):
        said_at(record, f"Outlet {n}", f"2026-03-{28 - n:02}", f"The quay is wet. It is {n} deep")
    matches = record.check("The quay is wet").matches
    assert (matches[0].source.published, matches[0].first, len(matches)) == ("2026-03-05", True, 20)


def test_what_has_little_in_common_is_not_near(record: Record) -> None:
    said_at(record, "Echo", "2026-03-12", "The mayor of Osk has sold the ferry and the old quay")
    assert record.check("The mayor would rather drown than pay for a new library").near == ()
    assert len(record.check("The mayor of Osk bought the ferry for three coins").near) == 1


def test_near_is_short_in_the_table(record: Record) -> None:
    more = " and the tide came in and the ferry left and the clerk wept" * 20
    said_at(record, "Echo", "2026-03-12", f"The quay is wet, the clerk sang aloud{more}, he says")
    checked = record.check("The clerk sang aloud, he says", by="Pim Vale")
    assert len(as_text(checked, width=100, colour=False)) < 1_000


@pytest.mark.parametrize("short", ["I", "He said", "It is", "they’re", "“No”"])
def test_too_short_a_quotation(desk: Record, short: str) -> None:
    with pytest.raises(UsageError, match="too short to check"):
        desk.check(short)


def test_too_short_a_quotation_of_a_draft(desk: Record) -> None:
    draft = reading("He wrote “I”.\n\nThere is “no engineer”.", [])
    assert [(c.wording, c.reason) for c in desk.check_draft(draft)] == [
        ("none", "too short to check"),
        ("abridged", None),
    ]
    assert "too short to check" in as_text(desk.check_draft(draft)[0], width=80, colour=False)


@pytest.mark.parametrize("nobody", ["", "  ", "…"])
def test_an_empty_name(desk: Record, nobody: str) -> None:
    with pytest.raises(UsageError, match="empty"):
        desk.check("I am no engineer", by=nobody)


@pytest.fixture
def desk(record: Record) -> Record:
    """The story at two outlets, an old version of it, and another report."""
    record.add(reading(STORY, SAID, publisher="Echo", date="2026-03-12", url="https://e.example/1"))
    record.add(reading(STORY, SAID, publisher="Gazette", date="2026-03-10"))
    other = "Ida Marsh said the town had waited long enough for its library."
    content = "the town had waited long enough for its library"
    said = [Said(content=content, by="Ida Marsh", cue="said", type="indirect")]
    record.add(reading(other, said, publisher="Echo", date="2025-01-02"))
    return record


def test_who_printed_it_first_and_who_else(desk: Record) -> None:
    checked = desk.check("I am no engineer", by="Vale")
    assert (checked.wording, checked.speaker, checked.passed) == ("verbatim", "same", True)
    assert [(m.source.outlet, m.first) for m in checked.matches] == [
        ("Gazette", True),
        ("Echo", False),
    ]
    assert str(checked.covers) == "among 3 articles of 2 outlets, 2025–2026"


def test_by_another_and_by_nobody(desk: Record) -> None:
    assert desk.check("I am no engineer", by="Ida Marsh").speaker == "other"
    assert not desk.check("I am no engineer", by="Ida Marsh").passed
    assert desk.check("Nothing of the kind was printed", by="Ida Marsh").speaker == "unnamed"


def test_the_one_asked_goes_before_a_better_wording(record: Record) -> None:
    for name, words in (("Pim Vale", "We are late"), ("Ida Marsh", "We are late, and it rains")):
        said = [Said(content=f"“{words},”", by=name)]
        record.add(reading(f"“{words},” {name} said.", said, publisher=name))
    checked = record.check("We are late", by="Marsh")
    assert (checked.wording, checked.speaker) == ("abridged", "same")
    assert [match.finding.wording for match in checked.near] == ["verbatim"]
    assert record.check("We are late").wording == "verbatim"


def test_an_older_version_is_told_apart(record: Record) -> None:
    for day, words in (("2026-03-10", "It is safe"), ("2026-03-11", "It is not safe at all")):
        said = [Said(content=f"“{words},”", by="Ida Marsh")]
        text = f"“{words},” Ida Marsh said."
        record.add(reading(text, said, publisher="Echo", date=day, url="https://e.example/1"))
    assert [m.source.superseded for m in record.check("It is safe").matches] == [True]
    assert record.check("It is safe").covers.articles == 1


def test_indirect_speech_of_a_record(desk: Record) -> None:
    checked = desk.check("The town has waited long enough for its library", by="Ida Marsh")
    assert (checked.wording, checked.speaker, checked.passed) == ("reported", "same", False)
    assert checked.matches[0].finding.statement is not None


@pytest.mark.parametrize("hostile", ['"', "* AND (", 'a"b NEAR c', "OR", "-", "x" * 300, "né’e"])
def test_nothing_that_is_typed_is_an_sql_error(desk: Record, hostile: str) -> None:
    if any(c.isalnum() for c in hostile):
        assert desk.check(hostile).wording in ("none", "altered", "abridged")
    else:
        with pytest.raises(UsageError):
            desk.check(hostile)


def test_too_long_a_quotation(desk: Record) -> None:
    with pytest.raises(UsageError, match="in parts"):
        desk.check("word " * 1000)


def test_a_damaged_text_is_not_taken_for_print(desk: Record) -> None:
    assert desk.check("I am no engineer").wording == "verbatim"
    desk.db.execute(
        "UPDATE text SET body = CAST(replace(body, 'no engineer', 'an engineer') AS BLOB)"
    )
    with pytest.raises(RecordDamaged, match="fsck"):
        desk.check("I am no engineer")


def test_a_few_words_far_apart_are_not_that_print() -> None:
    text = "“It is a miracle of rivets and of rope. The danger for all of us is never quite over.”"
    assert judge(quotation("It is over"), Document(text))[0].wording == "none"


# ---- long texts

COMMON = "The council will pay for a new bridge over the river when the money is there and we"
SPEECH = [f"{COMMON} shall see to {what} first." for what in ("trams", "drains", "roofs")]
"""Long speeches say the same words over and over."""


def _long(sentence: str) -> Document:
    half = " ".join(SPEECH * 50)
    return Document(f"{half} {sentence} {half}")


@pytest.mark.parametrize(
    ("quoted", "wording"),
    [
        ("The river is there for the council and we pay the ferrymen", "verbatim"),
        ("The river is there for the council and we will pay the ferrymen", "altered"),
        ("The river is there for the council … we pay the ferrymen", "abridged"),
        ("The river was there for the council and we pay the ferrymen", "altered"),
    ],
)
def test_the_place_in_a_long_text(quoted: str, wording: str) -> None:
    printed = "The river is there for the council and we pay the ferrymen"
    found = judge(quotation(quoted), _long(f"{printed}."))[0]
    assert (found.wording, found.printed.rstrip(".")) == (wording, printed)


def test_an_ellipsis_over_pages() -> None:
    text = "Ida Marsh is the chair. " + " ".join(SPEECH * 50) + " Nobody shall drown tomorrow."
    found = judge(quotation("Ida Marsh is the chair … Nobody shall drown tomorrow"), Document(text))
    assert found[0].wording == "abridged"


def test_speech_without_full_stops_is_no_single_sentence() -> None:
    far = "we never said so " + "the council will pay for it and " * 100
    near = "the harbour is safe for the boats and we thank you all"
    found = judge(quotation("the harbour is safe for the boats"), Document(far + near))
    assert found[0].wording == "abridged"


def test_words_printed_many_times_are_told_a_few_times() -> None:
    found = judge(quotation("thank you all"), Document("Thank you all. " * 2_000))
    assert [f.wording for f in found] == ["verbatim"] * 5


# ---- drafts and documents


def test_the_quotations_of_a_draft() -> None:
    found = list(quotations(reading(STORY + " A ‘rusty’ one.", SAID)))
    assert [(q.text, q.by) for q in found] == [
        ("The bridge is safe, and it will be for years, unless the river rises.", "Ida Marsh"),
        ("They tell me that the bridge is safe,", "Pim Vale"),
        ("I am no engineer. Would you cross it, honestly?", "Pim Vale"),
        ("rusty", None),
    ]
    assert found[1].span.text == "They tell me that the bridge is safe,"


def test_a_draft_against_documents() -> None:
    read = reading(STORY, SAID, date="2026-03-12")
    checker = of_documents([of_reading(read)], covers_given([of_reading(read)]))
    draft = reading(
        "“I am no engineer,” Pim Vale said. "
        "“It will be for ages, unless the river rises,” Ida Marsh said.",
        [
            Said(content="“I am no engineer,”", by="Pim Vale"),
            Said(content="“It will be for ages, unless the river rises,”", by="Ida Marsh"),
        ],
    )
    checked = [checker.check(q.text, q.by, q.span) for q in quotations(draft)]
    assert [(c.wording, c.speaker, c.passed) for c in checked] == [
        ("verbatim", "same", True),
        ("altered", "same", False),
    ]
    assert str(checked[0].covers) == "among 1 article, 2026"


# ---- what is shown


def test_json(desk: Record) -> None:
    told = json.loads(as_json(desk.check("I am no engineer", by="Vale")))
    match = told["matches"][0]
    assert (told["wording"], told["speaker"], told["covers"]["articles"]) == ("verbatim", "same", 3)
    assert match["statement"] == f"{match['article']}/s2"
    assert match["speakers"][0]["name"] == "Pim Vale"
    assert (match["outlet"], match["published"], match["first"]) == ("Gazette", "2026-03-10", True)
    assert match["diff"] == [
        {"change": "same", "quoted": "I am no engineer", "printed": "I am no engineer."}
    ]


def test_the_page(desk: Record) -> None:
    shown = as_text(desk.check("I am an engineer", by="Marsh"), width=90, colour=False)
    assert "altered: Printed in other words, but not by Marsh" in shown
    assert "I am [-an-] [+no+] engineer" in shown
    assert "Gazette · 2026-03-10" in shown
    assert "Looked for among 3 articles of 2 outlets, 2025–2026." in " ".join(shown.split())


def test_nothing_steers_a_terminal() -> None:
    said = [Said(content="“It is \x1b[31m safe,”", by=[("Ida\x1b[0m", "person")])]
    read = reading("“It is \x1b[31m safe,” Ida\x1b[0m said.", said, publisher="E\x07cho")
    checker = of_documents([of_reading(read)], covers_given([of_reading(read)]))
    assert "\x1b" not in as_text(checker.check("It is safe\x1b"), width=80, colour=False)
    assert Speaker("Ida", "person").name == "Ida"


@pytest.mark.parametrize(("by", "green"), [(None, True), ("Vale", True), ("Ida Marsh", False)])
def test_only_what_passes_is_green(desk: Record, by: str | None, green: bool) -> None:
    checked = desk.check("I am no engineer", by)
    shown = as_text(checked, width=90, colour=True)
    assert checked.passed is green
    assert ("\x1b[32mverbatim" in shown) is green


def test_hearsay_says_whose_word_it_is(record: Record) -> None:
    said = [
        Said(content="that Ida Marsh promised him a bus", by="Pim Vale", cue="said",
             type="indirect"),
        Said(content="him a bus", by="Ida Marsh", cue="promised", type="indirect", inside="s1"),
        Said(content="a new ferry", by="Ida Marsh", cue="is understood to have demanded",
             type="indirect"),
    ]  # fmt: skip
    record.add(reading("Pim Vale said that Ida Marsh promised him a bus. She is understood to have "
                       "demanded a new ferry.", said))  # fmt: skip
    checked = record.check("him a bus", by="Marsh")
    shown = as_text(checked, width=90, colour=False)
    assert "by Marsh, according to Pim Vale" in shown.splitlines()[1]
    assert "  Ida Marsh, “promised”, according to Pim Vale · " in shown
    told = json.loads(as_json(checked))["matches"][0]
    assert (told["cue"], told["according_to"]) == ("promised", ["Pim Vale"])
    own = record.check("a new ferry", by="Marsh")
    assert json.loads(as_json(own))["matches"][0]["according_to"] is None
    assert "“is understood to have demanded” · " in as_text(own, width=140, colour=False)
    assert "according to" not in as_text(own, width=140, colour=False)


def test_a_plain_cue_is_not_told(desk: Record) -> None:
    checked = desk.check("the town had waited long enough for its library")
    assert checked.matches[0].cue == "said"
    assert "“said”" not in as_text(checked, width=140, colour=False)


def test_one_place_where_they_say_it_themselves_is_enough(record: Record) -> None:
    told = Said(content="“The bus will come”", by="Ida Marsh", cue="said", inside="s1")
    outer = Said(content="Ida Marsh said “The bus will come”", by="Pim Vale", type="mixed")
    record.add(reading("Pim Vale: Ida Marsh said “The bus will come”.", [outer, told]))
    assert record.check("The bus will come", by="Marsh").according_to == ("Pim Vale",)
    record.add(reading("“The bus will come”, Ida Marsh said.",
                       [Said(content="“The bus will come”", by="Ida Marsh")]))  # fmt: skip
    assert record.check("The bus will come", by="Marsh").according_to is None


def test_what_is_denied_in_the_words_of_print_is_altered() -> None:
    text = "Ida Marsh denied that the closure had been rushed."
    denied = Said(content="the closure had been rushed", by="Ida Marsh", cue="denied",
                  type="indirect")  # fmt: skip
    (found,) = judge(
        quotation("the closure had been rushed"), of_reading(reading(text, [denied])).document
    )
    assert (found.wording, found.reason) == ("altered", "it was denied: denied")


def test_a_quotation_of_a_draft_has_its_line() -> None:
    text = "A ‘rusty’ one.\r\n\r\nA ‘new’ one.\nAn ‘old’ one."
    assert [q.line for q in quotations(reading(text))] == [1, 3, 4]
