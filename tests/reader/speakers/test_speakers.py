"""Whom sources mean, on invented reports with statements given."""

import re
from dataclasses import replace

import pytest

from sayso.reader.drafts import Bounds, Draft, RefusalDraft
from sayso.reader.speakers import Resolution, resolve
from sayso.reader.speakers.features import Reference
from sayso.reader.speakers.judge import Choice, Options
from sayso.types import Article, Kind
from tests.reader.speakers.judging import Preferring, resolved

_MARK = re.compile(r"\[(?P<source>[^\]|]*)\|(?P<content>[^\]]*)\]")


def drafted(marked: str) -> tuple[str, list[Draft]]:
    """The text and drafts of a report marked `[source|content]`; either may be empty."""
    text, drafts, end = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[end : match.start()]
        source = _append(text, match["source"])
        text += match["source"] + " " * bool(match["source"] and match["content"])
        content = _append(text, match["content"])
        text += match["content"]
        drafts.append(Draft(source=source, cue=(), content=content or source))
        end = match.end()
    return text + marked[end:], drafts


def _append(text: str, words: str) -> tuple[Bounds, ...]:
    return ((len(text), len(text) + len(words)),) if words else ()


def read(marked: str, title: str | None = None) -> Resolution:
    text, drafts = drafted(marked)
    return resolved(Article(text, title=title), drafts, [])


def names(found: Resolution) -> list[list[str | None]]:
    return [[speaker.name for speaker in speakers] for speakers in found.speakers]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Ruth Amberley|spoke]. Later [Amberley|left].", [["Ruth Amberley"]] * 2),
        ("[Ruth Amberley|spoke]. [She|left].", [["Ruth Amberley"]] * 2),
        ("Mrs Ruth Amberley came with her son. [Mr Amberley|spoke].", [["Mr Amberley"]]),
        ("[Ruth Reed|spoke]. Asked by Ms Odo Pell why, [she|left].", [["Ruth Reed"]] * 2),
        ("[Ruth Reed|spoke]. Cross-examined at length by Ada Pell, for the board, [she|left].",
         [["Ruth Reed"]] * 2),
        (
            "Ruth Pell, his aunt, and Odo Pell were there. [Odo Pell|said he was glad]. [He|left].",
            [["Odo Pell"]] * 2,
        ),
        (
            "[The head teacher|spoke]. The school reopened.\n\n"
            "Ruth Amberley, the head teacher, [who|has led it since May], smiled.",
            [["Ruth Amberley"]] * 2,
        ),
        ("[A spokesman|spoke]. [He|added a word].", [["spokesman"]] * 2),
        ("Ruth Lund met Odo Pell. [The former|left].", [["Ruth Lund"]]),
        ("Ruth Lund met Odo Pell. Both won. [The latter|left].", [["Odo Pell"]]),
        ("Ruth Lund met Odo Pell. It lost a cup and a vase. [The latter|broke].", [["latter"]]),
        ("Ruth Lund met Odo Pell. Reed Foods wrote to Pell Trust, but [the latter|slept].",
         [["Pell Trust"]]),
        ("Ruth Lund met Odo Pell and Ada Reed. [The latter|left].", [["latter"]]),
        ("[Market gossip|had it]. [So the story goes|it rained].", [[], []]),
        ("[The story|goes that it rained]. [Her story|told of rain].", [[], ["Her story"]]),
        ("[The story|goes on to tell of rain].", [["story"]]),
        ("Ruth Lund won. [The football legend|spoke].", [["football legend"]]),
        ("Ada Reed, the coroner, sat. Odo Pell [the coroner|asked].", [["Odo Pell"]]),
        ("Odo Reed and his wife, Ada, left. [The Reeds|spoke].", [["Odo Reed", "Ada"]]),
        ("Odo Reed left. [The Reeds|spoke].", [["Reeds"]]),
        ("It rained.\n\n[Deck hand:|No].\n\n[02.14 Deck hand:|Yes].", [["Deck hand"]] * 2),
        ("Odo Pell [the baker|spoke].", [["Odo Pell"]]),
        ("It rained. Odo Pell [the baker|spoke].", [["Odo Pell"]]),
        ("It cost Odo Pell [the baker|thought].", [["baker"]]),
        ("Odo Pell [the bank|thought].", [["bank"]]),
        ("Odo Pell, [the baker|spoke].", [["baker"]]),
        ("Odo Pell [a baker|spoke].", [["baker"]]),
        ("Ada Reed, prosecuting, sat. [Prosecuting counsel|spoke].", [["Ada Reed"]]),
        ("Ruth Amberley of Halden Foods, [who|spoke], smiled.", [["Ruth Amberley"]]),
        ("An aide from Halden Foods, [who|spoke], smiled.", [["aide"]]),
        ("It met a baker who has a spare room and [who|spoke].", [["baker"]]),
        ("It met Odo Pell, who has a spare room and [who|spoke].", [["Odo Pell"]]),
        ("It met a baker whose wife left him but [who|spoke].", [["baker"]]),
        ("A law which hurt Odo Pell, who was ill and [who|spoke], was cut.", [["Odo Pell"]]),
        ("It asked who shot Ruth Lund, a baker, and [who|spoke].", [["Ruth Lund"]]),
        ("It met a spare room and [who|spoke].", [[]]),
        ("[Odo Pell and Ruth Reed|spoke]. [They|left].", [["Odo Pell", "Ruth Reed"]] * 2),
        ("[A report by Halden Foods|found it]. [The report|blamed frost].",
         [["report by Halden Foods"]] * 2),
        ("[Ruth Amberley|spoke].\n\n[|“It is over.”]", [["Ruth Amberley"]] * 2),
        ("For Ruth Amberley, 43, it was over.\n\n[|“I am done.”]", [["Ruth Amberley"]]),
        ("[I|think so]. That is all.", [[None]]),
        (
            "Ruth Lund keeps bees. Interview by Odo Farleigh.\n\n[Q:|Why?]\n\n[A:|Honey.]",
            [["Odo Farleigh"], ["Ruth Lund"]],
        ),
        (
            "Odo Pell met Ruth Lund.\n\n[OP:|Why?]\n\n[RL:|Honey.]",
            [["Odo Pell"], ["Ruth Lund"]],
        ),
        ("", []),
    ],
)  # fmt: skip
def test_sources_mean_the_fullest_name(marked: str, expected: list[list[str | None]]) -> None:
    assert names(read(marked)) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Ada Pell, the mayor, rang. [Ada Pell and the mayor|left].", [["Ada Pell", "mayor"]]),
        ("[The bakers|rang]. [Ada Pell and other bakers|left].",
         [["bakers"], ["Ada Pell", "other bakers"]]),
        ("[The bakers|rang]. [Some old bakers|left].", [["bakers"], ["Some old bakers"]]),
        ("[Some bakers|rang]. [Some bakers|left].", [["Some bakers"]] * 2),
        ("[The bakers|rang]. [The old bakers|left].", [["old bakers"]] * 2),
        ("Odo Pell, the bishop, rang. Later [the Bishop|left].", [["Odo Pell"]]),
        ("[Odo Pell|spoke]. [Pell’s response|was blunt].", [["Odo Pell"]] * 2),
        ("Ruth Lund met Odo Lund. [The Lunds|left].", [["Ruth Lund", "Odo Lund"]]),
        ("Ruth Lund met Odo Pell. [The Lunds|left].", [["Lunds"]]),
        ("[Odo Pell|spoke]. [His response|was blunt].", [["Odo Pell"]] * 2),
    ],
)  # fmt: skip
def test_whom_a_description_can_mean(marked: str, expected: list[list[str | None]]) -> None:
    assert names(read(marked)) == expected


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("[Ruth Amberley|spoke].", "person"),
        ("[The Fenwater Harbour Trust|spoke].", "organisation"),
        ("[The report|spoke].", "document"),
        ("[Some voters|spoke].", "group"),
        ("[A baker|spoke].", "unnamed"),
        ("[I|think so].", "author"),
    ],
)
def test_kinds_follow_from_the_words(marked: str, kind: Kind) -> None:
    (speaker,) = read(marked).speakers[0]
    assert speaker.kind == kind


def test_the_title_lends_a_full_name_but_no_mention() -> None:
    found = read("Yesterday [Amberley|left].", title="Ruth Amberley goes")
    assert names(found) == [["Ruth Amberley"]]
    assert [[m.text for m in e.mentions] for e in found.entities] == [["Amberley"]]


@pytest.mark.parametrize(("article", "chosen"), [("a", True), ("the", False)])
def test_a_common_noun_with_capitals_is_no_name(article: str, chosen: bool) -> None:
    found = read(f"The Lumen Trust is {article} Credit Union. [The Credit Union|left].")
    assert found.grounds[0].chosen == chosen


def test_first_person_inside_a_quotation_is_whoever_is_quoted() -> None:
    text = "Ruth Amberley of Halden Foods said: “I think we believe in frost.”"
    drafts = [
        Draft(source=((0, 13),), cue=((30, 34),), content=((36, len(text)),)),
        Draft(source=((37, 38),), cue=((39, 44),), content=((45, 65),), inside=0),
        Draft(source=((45, 47),), cue=((48, 55),), content=((56, 65),), inside=0),
    ]
    assert [text[s:e] for s, e in (drafts[1].source[0], drafts[2].source[0])] == ["I", "we"]
    found = resolved(Article(text), drafts, [])
    assert names(found) == [["Ruth Amberley"], ["Ruth Amberley"], ["Halden Foods"]]


def test_you_in_nobody_s_words_is_who_reads_the_article() -> None:
    found = read("[Ruth Amberley|spoke]. If [you|like frost], come. So [you|see it].")
    assert names(found) == [["Ruth Amberley"], ["you"], ["you"]]
    assert found.speakers[1][0].kind == "group"
    assert len(found.entities) == 2


def test_you_is_the_other_one_who_talks_not_one_who_is_told_of() -> None:
    text = "Ada Reed: I left. Odo Pell: The board says no, you said?"
    drafts = [
        Draft(source=((0, 8),), cue=((8, 9),), content=((10, 17),)),
        Draft(source=((18, 26),), cue=((26, 27),), content=((28, 56),)),
        Draft(source=((28, 37),), cue=((38, 42),), content=((43, 45),), inside=1),
        Draft(source=((47, 50),), cue=((51, 55),), content=((43, 45),), inside=1),
    ]
    found = names(resolved(Article(text), drafts))
    assert found[3] == ["Ada Reed"] != found[2]


def test_a_further_verb_has_the_speaker_of_the_first_and_a_passive_nobody() -> None:
    text = "Odo Pell said it rained and promised to leave. It was said that he lied."
    drafts = [
        Draft(source=((0, 8),), cue=((9, 13),), content=((14, 23),)),
        Draft(source=(), cue=((28, 36),), content=((37, 45),)),
        Draft(source=(), cue=((50, 58),), content=((64, 71),)),
    ]
    assert names(resolved(Article(text), drafts, [])) == [["Odo Pell"], ["Odo Pell"], []]


def test_who_is_told_asks_or_is_called_does_not_speak() -> None:
    text = (
        "Mr Odo Pell met Mr Ivo Reed. He told Reed that it rained.\n\n"
        "“Why?” Ivo Reed asked.\n\n“No,” he replied.\n\n“It rained, Odo,” he added."
    )

    def span(words: str, after: str = "") -> tuple[Bounds, ...]:
        start = text.index(words, text.index(after))
        return ((start, start + len(words)),)

    told = Draft(source=span("He"), cue=span("told"), content=span("it rained"))
    drafts = [
        replace(told, addressee=span("Reed", "told")[0]),
        Draft(source=span("Ivo Reed", "“Why"), cue=span("asked"), content=span("“Why?”")),
        Draft(source=span("he", "“No"), cue=span("replied"), content=span("“No,”")),
        Draft(source=span("he", ", Odo"), cue=span("added"),
              content=span("“It rained, Odo,”")),
    ]  # fmt: skip
    found = [one[0] for one in names(resolved(Article(text), drafts, []))]
    assert found == ["Odo Pell", "Ivo Reed", "Odo Pell", "Ivo Reed"]


class Insisting(Preferring):
    """Takes descriptions, and a pronoun within one, for the last one with a name, each as
    probable as is told."""

    def __init__(self, described: float, owner: float = 0.0) -> None:
        self.described, self.owner = described, owner

    def choose(self, asked: Reference, options: Options) -> Choice:
        named = [party for party in options.parties if party[0].named]
        if named and (asked.or_new or asked.form == "he or she"):
            last = max(named, key=lambda party: party[0].at)
            return Choice(last, False, self.described if asked.or_new else self.owner)
        return super().choose(asked, options)


@pytest.mark.parametrize(
    ("marked", "probability", "expected"),
    [
        ("Ruth Lund met Odo Pell. [My son|spoke].", 0.85, "My son"),
        ("Ruth Lund met Odo Pell. [My son|spoke].", 0.95, "Odo Pell"),
        ("Ruth Lund met Odo Pell. [My lawyer|spoke].", 0.85, "Odo Pell"),
        ("Ruth Lund met Odo Pell. [A son|spoke].", 0.85, "Odo Pell"),
    ],
)
def test_a_relation_of_who_speaks_is_hardly_one_with_a_name(
    marked: str, probability: float, expected: str
) -> None:
    text, drafts = drafted(marked)
    found = resolve(Article(text), drafts, (), None, Insisting(probability))
    assert names(found) == [[expected]]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Ada Reed, the coroner, sat. Odo Pell rang. [The coroner|spoke].", "Ada Reed"),
        ("Ada Reed, the coroner, sat. Odo Pell rang. [The new coroner|spoke].", "Odo Pell"),
        ("Ada Reed, the coroner, sat. Odo Pell rang. [Her coroner|spoke].", "Odo Pell"),
        (
            "Ada Reed and Ivo Vale, the coroners, sat. Odo Pell rang. [The coroner|spoke].",
            "Odo Pell",
        ),
        ("Ada Reed, the cousin, sat. Odo Pell rang. [The cousin|spoke].", "Odo Pell"),
        ("The Fenwater Trust met. [Police|spoke].", "Police"),
        ("The Fenwater Police met. [Police|spoke].", "Fenwater Police"),
        ("The Fenwater Trust met. [The board|spoke].", "Fenwater Trust"),
    ],
)
def test_what_speaks_against_the_likeliest(marked: str, expected: str) -> None:
    text, drafts = drafted(marked)
    found = resolve(Article(text), drafts, (), None, Insisting(0.9))
    assert names(found) == [[expected]]


@pytest.mark.parametrize(
    ("marked", "owner", "expected"),
    [
        ("Mr Odo Pell left. [His son|spoke].", 0.9, "His son"),
        ("Mr Odo Pell left. [His son|spoke].", 0.8, "Odo Pell"),
        ("Mrs Ada Pell left. [Her son|spoke].", 0.9, "Her son"),
        ("Mrs Ada Pell left. [Her son|spoke].", 0.8, "Ada Pell"),
        ("Mr Odo Pell left. [The son|spoke].", 0.9, "Odo Pell"),
        ("Mr Odo Pell left. [Their son|spoke].", 0.9, "Odo Pell"),
    ],
)
def test_whose_kin_is_somebody_else(marked: str, owner: float, expected: str) -> None:
    text, drafts = drafted(marked)
    found = resolve(Article(text), drafts, (), None, Insisting(0.95, owner))
    assert names(found) == [[expected]]


@pytest.mark.parametrize("owner", ["The cathedral’s", "Cathedral's", "The old cathedral’s"])
def test_what_is_a_bodys_is_not_the_body(owner: str) -> None:
    text, drafts = drafted(f"Salt Cathedral is old. [{owner} choir|spoke].")
    found = resolve(Article(text), drafts, (), None, Insisting(0.95))
    (told,) = names(found)
    assert (told[0] or "").endswith(" choir")


def test_my_lawyer_is_not_who_speaks_of_him() -> None:
    text = "Odo Pell said: “My lawyer thinks that it rains.”"
    drafts = [
        Draft(source=((0, 8),), cue=((9, 13),), content=((15, len(text)),)),
        Draft(source=((16, 25),), cue=((26, 32),), content=((33, 46),), inside=0),
    ]
    found = resolve(Article(text), drafts, (), None, Insisting(0.95))
    assert names(found) == [["Odo Pell"], ["My lawyer"]]


def test_a_document_tells_whose_it_is() -> None:
    found = read("Halden Foods is old. [Halden’s report|blamed frost].")
    (speaker,) = found.speakers[0]
    assert (speaker.kind, speaker.by) == ("document", ("Halden Foods",))


def test_our_in_a_letter_is_of_those_who_wrote_it() -> None:
    text = "“Our records say not,” said a letter by Ada Pell and Odo Reed."
    letter = (text.index("a letter"), len(text) - 1)
    drafts = [
        Draft(source=(letter,), cue=((23, 27),), content=((0, 22),)),
        Draft(source=((1, 12),), cue=((13, 16),), content=((17, 20),), inside=0),
    ]
    found = resolved(Article(text), drafts, []).speakers
    assert [speaker.by for (speaker,) in found] == [("Ada Pell", "Odo Reed")] * 2


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Odo Pell declined to comment", ["Odo Pell"]),
        ("but he would not comment", ["Odo Pell"]),
        ("The Fenwater Trust has been approached for comment", ["Fenwater Trust"]),
        ("Lumen News has contacted the Fenwater Trust for comment", ["Fenwater Trust"]),
        ("Asked about the report, Ida Marsh refused to comment", ["Ida Marsh"]),
        ("anybody would have to leave, Ida Marsh did not reply", ["Ida Marsh"]),
        ("Ida Marsh, who was ill, did not reply", ["Ida Marsh"]),
        ("Ida Marsh, who was asked in May, has not replied", ["Ida Marsh"]),
        ("did not respond to a request for comment", []),
    ],
)
def test_refusals_have_their_people(clause: str, expected: list[str]) -> None:
    text = f"Odo Pell left early. {clause}."
    span = (text.index(clause), text.index(clause) + len(clause))
    found = resolved(Article(text), [], [RefusalDraft(span=span, kind="declined")])
    assert [speaker.name for speaker in found.refusers[0]] == expected


def test_entities_stand_in_order_and_statements_tell_whom_they_are_about() -> None:
    found = read("[Ruth Amberley|praised Odo Pell and the Fenwater Trust].")
    assert [(e.id, e.name) for e in found.entities] == [
        ("e1", "Ruth Amberley"),
        ("e2", "Odo Pell"),
        ("e3", "Fenwater Trust"),
    ]
    assert found.about == (("e2", "e3"),)
    assert found.speakers[0][0].entity == "e1"


def test_the_byline_names_the_author() -> None:
    text, drafts = drafted("[I|think so].")
    found = resolved(Article(text, extra={"byline": "Odo Pell"}), drafts, [])
    assert names(found) == [["Odo Pell"]]


def test_a_model_s_view_of_the_kind_counts() -> None:
    text = "Halden spoke."
    drafts = [Draft(source=((0, 6),), cue=(), content=((7, 12),), kind="organisation")]
    assert resolved(Article(text), drafts, []).speakers[0][0].kind == "organisation"


def test_of_one_source_two_statements_have_one_speaker() -> None:
    text = "A second source denied it, saying that it rained."
    source = ((0, 15),)
    drafts = [
        Draft(source=source, cue=((16, 22),), content=((23, 25),)),
        Draft(source=source, cue=((27, 33),), content=((39, 48),)),
    ]
    one, two = resolved(Article(text), drafts).speakers
    assert one == two
