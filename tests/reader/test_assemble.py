from collections.abc import Callable
from dataclasses import replace

import pytest

from sayso.reader.assemble import assemble, enclosing
from sayso.reader.candidates import Candidate
from sayso.reader.drafts import Draft
from sayso.reader.evidence import Evidence
from sayso.reader.labels import TokenSpans
from sayso.reader.tokens import Tokenizer, Tokens
from tests.reader.hands import candidate

Words = str | tuple[str, ...]
Make = Callable[..., Candidate]


class Page:
    """A text whose statements are named by their words; a word's n-th place by `word#n`."""

    def __init__(self, text: str, tokenizer: Tokenizer) -> None:
        self.text, self.tokens = text, tokenizer.encode(text)

    def at(self, words: str) -> tuple[int, int]:
        words, _, n = words.partition("#")
        start = -1
        for _ in range(int(n or 1)):
            start = self.text.index(words, start + 1)
        end = start + len(words)
        low = int(self.tokens.ends.searchsorted(start, "right"))
        return low, int(self.tokens.starts.searchsorted(end, "left"))

    def spans(self, words: Words) -> TokenSpans:
        found = (words,) if isinstance(words, str) else words
        return tuple(self.at(w) for w in found if w)

    def said(self, content: Words, cue: str = "", source: Words = "", **rest: object) -> Candidate:
        spans = self.spans(content)
        return candidate(spans, cue=self.spans(cue), source=self.spans(source), **rest)  # type: ignore[arg-type]

    def drafts(self, *found: Candidate) -> list[Draft]:
        return assemble(self.text, self.tokens, sorted(found, key=lambda c: c.anchor))

    def contents(self, *found: Candidate) -> list[list[str]]:
        return [[self.text[s:e] for s, e in draft.content] for draft in self.drafts(*found)]


@pytest.fixture
def page(tokenizer: Tokenizer) -> Callable[[str], Page]:
    return lambda text: Page(text, tokenizer)


Open = Callable[[str], Page]


def test_spans_are_the_texts_characters(page: Open) -> None:
    p = page("Ida 👩‍🚀 Marsh said the cafe\u0301 is full.")
    (draft,) = p.drafts(p.said("the cafe\u0301 is full", "said", "Ida 👩‍🚀 Marsh"))
    (source,), (cue,), (content,) = draft.source, draft.cue, draft.content
    assert p.text[slice(*source)] == "Ida 👩‍🚀 Marsh"
    assert p.text[slice(*cue)] == "said"
    assert p.text[slice(*content)] == "the cafe\u0301 is full"


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("“We won,” Ida said.", "We won,”", "“We won,”"),
        ("“We won,” Ida said.", "“We won,", "“We won,”"),
        ("“We won,” Ida said.", "We won", "“We won,”"),
        ("‘We won,’ Ida said.", "‘We won,", "‘We won,’"),
        ("“We won”, Ida said.", "“We won”", "“We won”"),
    ],
)
def test_a_quotation_mark_belongs_to_its_counterpart(
    page: Open, text: str, content: str, expected: str
) -> None:
    p = page(text)
    assert p.contents(p.said(content, "said", "Ida")) == [[expected]]


def test_a_quotation_goes_on_in_the_paragraphs_that_open_with_a_mark_again(page: Open) -> None:
    p = page("Ida said: “We won.\n“We will again.\n“And again.”\n“Not so,” Tom said.")
    contents = p.contents(p.said("“We won.", "said", "Ida"), p.said("“Not so,”", "said#2", "Tom"))
    assert contents == [["“We won.", "“We will again.", "“And again.”"], ["“Not so,”"]]


@pytest.mark.parametrize(
    "text",
    [
        "Ida said: “We won.”\n“We will again.”",  # closed
        "Ida said: “We won.\nWe will again.”",  # not opened again
        "Ida said: “We won.\n“We lost,” Tom said.",  # somebody else's
    ],
)
def test_else_a_quotation_ends_with_its_paragraph(page: Open, text: str) -> None:
    p = page(text)
    found = [p.said(text[10 : text.index("\n")], "said", "Ida")]
    if "Tom" in text:
        found.append(p.said("“We lost,”", "said#2", "Tom"))
    assert p.contents(*found)[0] == [text[10 : text.index("\n")]]


def test_a_content_cut_inside_a_quotation_goes_on_to_its_end(page: Open) -> None:
    p = page("Ida said: “We won and won and won.” Tom was there.")
    assert p.contents(p.said("“We won", "said", "Ida", cut=(False, True))) == [
        ["“We won and won and won.”"]
    ]


def test_a_content_whose_beginning_was_cut_off_starts_where_the_quotation_opens(page: Open) -> None:
    p = page("He left. “We won and won and won,” Ida said.")
    assert p.contents(p.said("and won,”", "said", "Ida", cut=(True, False))) == [
        ["“We won and won and won,”"]
    ]


@pytest.mark.parametrize(
    ("gap", "then", "cut"),
    [
        ("\n", "They lost", True),
        ("\n\n", "they lost", True),
        ("\r\n\r\n", "they lost", True),
        ("\u2029", "They lost", True),
        ("\n", "they lost", False),  # a line broken by hand
        ("\r\n", "they lost", False),
    ],
)
def test_a_content_is_cut_where_a_paragraph_ends(
    page: Open, gap: str, then: str, cut: bool
) -> None:
    p = page(f"Ida said they won{gap}{then}.")
    whole = f"they won{gap}{then}"
    expected = ["they won", then] if cut else [whole]
    assert p.contents(p.said(whole, "said", "Ida")) == [expected]


@pytest.mark.parametrize(
    ("text", "content", "cue", "expected"),
    [
        ("“We won,” Ida said.", "“We won,”", "said", "direct"),
        ("‘We won,’ Ida said.", "‘We won,’", "said", "direct"),
        ("Ida said they won.", "they won", "said", "indirect"),
        ("Ida said they “won”.", "they “won”", "said", "mixed"),
        ("Ida: We won.", "We won.", ":", "direct"),
        ("“We won.", "“We won.", "", "direct"),
        ("Ida said it’s so.", "it’s so", "said", "indirect"),
        ("“We,” Ida said, “won.”", ("“We,”", "“won.”"), "said", "direct"),
        ("Ida said “We\n“won.”", ("“We\n“won.”",), "said", "direct"),
        ("“Tom said we won,” she said.", "we won", "said", "indirect"),
    ],
)
def test_type_is_what_stands_between_marks_of_its_own(
    page: Open, text: str, content: Words, cue: str, expected: str
) -> None:
    p = page(text)
    (draft,) = p.drafts(p.said(content, cue))
    assert draft.type == expected


def test_of_two_statements_with_one_content_the_surer_stays(page: Open) -> None:
    p = page("Ida said and told us they won the cup.")
    doubt = p.said("they won the cup", "said", "Ida", score=0.5)
    sure = p.said("they won the cup", "told", "Ida", score=2.0)
    (draft,) = p.drafts(doubt, sure)
    assert p.text[slice(*draft.cue[0])] == "told"


def test_a_cueless_one_gives_way_to_any_that_holds_its_beginning(page: Open) -> None:
    p = page("“We won. We did,” Ida said.")
    bare = p.said("“We won.", score=9.0)
    told = p.said("“We won. We did,”", "said", "Ida", score=0.1)
    assert p.contents(bare, told) == [["“We won. We did,”"]]


def test_statements_that_hardly_overlap_both_stay(page: Open) -> None:
    p = page("Ida said they won the cup and Tom said so.")
    contents = p.contents(p.said("they won the cup", "said", "Ida"), p.said("so", "said#2", "Tom"))
    assert contents == [["they won the cup"], ["so"]]


def test_nested_statements_name_the_smallest_one_that_holds_them(page: Open) -> None:
    p = page("Ida said Tom said Lena said they won.")
    drafts = p.drafts(
        p.said("they won", "said#3", "Lena"),
        p.said("Lena said they won", "said#2", "Tom"),
        p.said("Tom said Lena said they won", "said", "Ida"),
    )
    assert [d.inside for d in drafts] == [None, 0, 1]


def test_a_statement_whose_cue_stands_outside_is_not_inside(page: Open) -> None:
    p = page("Ida said they won, Tom says.")
    outer, other = p.said("they won", "said", "Ida"), p.said("Ida said they won", "says", "Tom")
    drafts = p.drafts(outer, other)
    assert [(d.cue[0][0], d.inside) for d in drafts] == [(p.text.index("says"), None), (4, 0)]


def test_nobody_is_inside_himself() -> None:
    twice = candidate(((0, 9),), cue=((3, 4),)), candidate(((0, 9),), cue=((5, 6),))
    assert enclosing(twice) == [None, 0]


def test_drafts_stand_in_the_order_of_the_text(page: Open) -> None:
    p = page("“One,” Ida said. Tom said two.")
    drafts = p.drafts(p.said("two", "said#2", "Tom"), p.said("“One,”", "said", "Ida"))
    assert [d.content[0][0] for d in drafts] == [0, 26]


def test_nothing_found_nothing_drafted(tokenizer: Tokenizer) -> None:
    empty: Tokens = tokenizer.encode("")
    assert assemble("", empty, []) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (f"“{'We won and won. ' * 30}” Ida said.", "won and won. We"),
        (f"Ida said: “{'We won and won. ' * 30}”", "We won and"),
    ],
)
def test_a_long_quotation_is_whole_though_its_labels_are_not(
    page: Open, text: str, content: str
) -> None:
    p = page(text)
    ((whole,),) = p.contents(p.said(content, "said", "Ida"))
    assert (whole[0], whole[-1], len(whole)) == ("“", "”", len("We won and won. ") * 30 + 2)


def test_a_mark_that_is_missing_is_not_looked_for_in_the_next_quotation(page: Open) -> None:
    p = page("Ida said: “We won. Tom was there. “We lost,” he said.")
    assert p.contents(p.said("“We won", "said", "Ida")) == [["“We won"]]


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("Ida said that we won.", "that we won", "we won"),
        ("Ida said, last week, that we won.", "that we won", "we won"),
        ("Ida said that was a win.", "that was a win", "that was a win"),  # a pronoun
        ("Ida said that.", "that", "that"),
    ],
)
def test_the_that_which_introduces_is_no_part_of_the_content(
    page: Open, text: str, content: str, expected: str
) -> None:
    p = page(text)
    assert p.contents(p.said(content, "said", "Ida")) == [[expected]]


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        ("Ida praised the council.", "praised the", "council", ("praised", "the council")),
        ("Ida refused to pay.", "refused to", "pay", ("refused", "to pay")),
        ("Ida came to a view.", "came to", "a view", ("came to", "a view")),
        ("Ida turned to him again.", "turned to", "him again", ("turned to", "him again")),
        ("Ida attacked Tom Reed again.", "attacked Tom", "Reed", ("attacked", "Tom Reed")),
        ("Ida stressed that we won.", "stressed that", "we won", ("stressed", "we won")),
        ("Ida took the view, then, we won.", "took the", "we won", ("took the", "we won")),
        ("The council met.", "The", "council met", ("The", "council met")),
    ],
)
def test_the_words_between_cue_and_content_go_to_where_they_belong(
    page: Open, text: str, cue: str, content: str, expected: tuple[str, str]
) -> None:
    p = page(text)
    (draft,) = p.drafts(p.said(content, cue, "Ida" if "Ida" in text else ""))
    found = (p.text[slice(*spans[0])] for spans in (draft.cue, draft.content))
    assert tuple(found) == expected


@pytest.mark.parametrize(
    ("outer", "sure", "kept"),
    [
        ("“I only want to help,”", 0.5, False),
        ("“I only want to help,”", 3.0, True),
        ("she only wants to help", 0.5, True),
    ],
)
def test_a_statement_inside_a_quotation_must_be_surer(
    page: Open, outer: str, sure: float, kept: bool
) -> None:
    p = page(f"{outer} said Ida.")
    verb = "want" if "want " in outer else "wants"
    inner = replace(p.said("to help", verb), evidence=Evidence(anchor=sure))
    assert (["to help"] in p.contents(p.said(outer, "said", "Ida"), inner)) is kept


@pytest.mark.parametrize(("source", "named"), [("the", False), ("Mr", False), ("that", True)])
def test_an_article_or_a_title_alone_is_no_source(page: Open, source: str, named: bool) -> None:
    p = page(f"It is hot, {source} said.")
    (draft,) = p.drafts(p.said("It is hot", "said", source))
    assert bool(draft.source) is named


def test_an_auxiliary_alone_says_nothing(page: Open) -> None:
    p = page("Ida has been told off.")
    assert p.contents(p.said("been", "has", "Ida")) == []


def test_a_piece_that_is_a_surer_statements_goes(page: Open) -> None:
    p = page("“We won,” Ida said. “We lost,” Tom added.")
    both = p.said("“We won,”", "said", "Ida")
    both = both.with_content((*both.content, *p.said("“We lost,”", "added", "Tom").content))
    sure = replace(p.said("“We lost,”", "added", "Tom"), evidence=Evidence(anchor=9.0))
    assert p.contents(both, sure) == [["“We won,”"], ["“We lost,”"]]


def test_a_document_that_speaks_has_its_time_in_its_name(page: Open) -> None:
    p = page("A survey released Tuesday by the guild found that wages fell.")
    name = "A survey released Tuesday by the guild"
    found = replace(p.said("that wages fell", "found", name), kind="document")
    (draft,) = p.drafts(found)
    assert draft.when is not None
    assert p.text[slice(*draft.when)] == "Tuesday"
    (draft,) = p.drafts(replace(found, kind="organisation"))
    assert draft.when is None


def test_an_occasion_has_its_time_in_its_name(page: Open) -> None:
    p = page("She said at Monday's meeting that wages fell.")
    found = p.said("that wages fell", "said", "She")
    (draft,) = p.drafts(replace(found, channel=p.at("at Monday's meeting")))
    assert draft.when is not None
    assert p.text[slice(*draft.when)] == "Monday's"


def test_a_time_that_was_cut_is_made_whole(page: Open) -> None:
    p = page("She said last week that wages fell.")
    found = p.said("that wages fell", "said", "She")
    (draft,) = p.drafts(replace(found, when=p.at("last")))
    assert draft.when is not None
    assert p.text[slice(*draft.when)] == "last week"


def test_a_clause_that_was_cut_off_goes_on_to_its_end(page: Open) -> None:
    p = page("Ida said the old ferry is safe and fast, and left.\nTom spoke.")
    cut = p.said("the old ferry is", "said", "Ida", cut=(False, True))
    assert p.contents(cut) == [["the old ferry is safe and fast"]]
    assert p.contents(p.said("the old ferry is", "said", "Ida")) == [["the old ferry is"]]


@pytest.mark.parametrize(
    ("text", "sources", "expected"),
    [
        ("Ida, now head, said it rains.", ("Ida,", "head,"), "Ida, now head,"),
        ("Ida, who for years was mayor, said it rains.", ("who", "Ida"), "Ida"),
        ("Ida met Tom and said it rains.", ("Tom", "Ida"), "Tom"),
        ("Ida, said Tom, who knew, it rains.", ("Tom", "Ida,"), "Tom"),
    ],
)  # fmt: skip
def test_of_a_source_in_pieces_one_stays(
    page: Open, text: str, sources: tuple[str, ...], expected: str
) -> None:
    p = page(text)
    (draft,) = p.drafts(p.said("it rains", "said", sources))
    assert [text[s:e] for s, e in draft.source] == [expected]
