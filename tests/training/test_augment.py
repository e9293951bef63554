from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.augment import (
    CHANGES,
    add_caption,
    add_headline,
    augment,
    delete_cue,
    drop_mark,
    edit,
    make_turn,
    recase,
    relay,
    rename,
    restyle_quotes,
    wrap_sentence,
)
from training.corpus import Attribution, Document, Spans

TEXT = (
    "Ramp stays shut\n"
    "The county has closed the old ferry ramp. Nobody was hurt in the fall.\n"
    "“The ramp is not safe,” said Ida Marsh.\n"
    "Tom Reed said: “It was safe in June.”\n"
    "Lena Holt told reporters that “nobody was told” about it. The mayor declined to comment."
)
ROLES = ("source", "cue", "content", "addressee", "channel", "when")
Change = Callable[[Document, Random], Document]


def at(text: str, words: str) -> Spans:
    start = text.index(words)
    return ((start, start + len(words)),)


def document(text: str = TEXT) -> Document:
    def said(source: str, cue: str, content: str, addressee: str = "") -> Attribution:
        return Attribution(
            source=at(text, source),
            cue=at(text, cue),
            content=at(text, content),
            addressee=at(text, addressee) if addressee else (),
            channel=(),
            when=(),
            said=True,
            denied=False,
            kind="person",
        )

    return Document(
        "d1",
        "own",
        text,
        (
            said("Ida Marsh", "said", "“The ramp is not safe,”"),
            said("Tom Reed", "said:", "“It was safe in June.”"),
            said("Lena Holt", "told", "that “nobody was told” about it", "reporters"),
        ),
        refusals=((*at(text, "The mayor declined to comment")[0], "declined"),),
    )


def words(doc: Document, spans: Spans | None) -> list[str]:
    return [doc.text[s:e] for s, e in spans or ()]


def told(doc: Document) -> list[tuple[list[str], list[str], list[str]]]:
    """Source, cue and content of each statement, as words."""
    return [
        (words(doc, a.source), words(doc, a.cue), words(doc, a.content)) for a in doc.attributions
    ]


def changed(change: Change, seed: int = 1) -> Document:
    return change(document(), Random(seed))


@given(st.data())
def test_edits_move_spans_with_their_words(data: st.DataObject) -> None:
    text = data.draw(st.text("abcdefgh", min_size=1, max_size=30))
    bounds = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    pairs = list(zip(bounds[::2], bounds[1::2], strict=False))
    edits = [(s, e, data.draw(st.text("XYZ", max_size=3))) for s, e in dict.fromkeys(pairs)]
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    doc = Document("d", "own", text, (Attribution((), (), ((start, end),)),))
    new = edit(doc, edits)
    kept = [
        c
        for n, c in enumerate(text)
        if start <= n < end and not any(s <= n < e for s, e, _ in edits)
    ]
    found = "".join(words(new, new.attributions[0].content))
    assert [c for c in found if c.islower()] == kept


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([], "cde"),
        ([(0, 1, "XY")], "cde"),
        ([(2, 2, "X")], "cde"),  # put in before the span
        ([(5, 5, "X")], "cde"),  # and behind it
        ([(3, 3, "X")], "cXde"),
        ([(3, 4, "X")], "cXe"),
        ([(2, 5, "XY")], "XY"),
        ([(1, 3, "X")], "de"),
        ([(4, 7, "X")], "cd"),
        ([(0, 1, ""), (3, 4, "XX"), (6, 8, "")], "cXXe"),
    ],
)
def test_edit(edits: list[tuple[int, int, str]], expected: str) -> None:
    doc = Document("d", "own", "abcdefgh", (Attribution((), (), ((2, 5),)),))
    new = edit(doc, edits)
    assert words(new, new.attributions[0].content) == [expected]


def test_what_is_edited_away_leaves_no_span() -> None:
    doc = Document(
        "d", "own", "abcdefgh", (Attribution(((2, 4),), (), ((0, 8),)),), ((2, 4, "declined"),)
    )
    new = edit(doc, [(1, 5, "")])
    assert (new.attributions[0].source, new.refusals) == ((), ())
    assert words(new, new.attributions[0].content) == ["afgh"]


def test_a_layer_that_was_not_annotated_stays_so() -> None:
    doc = Document("d", "own", "abcdefgh", (Attribution((), (), ((2, 4),)),))
    assert edit(doc, [(0, 1, "")]).attributions[0].addressee is None


def test_delete_cue_leaves_the_bare_quotation() -> None:
    new = changed(delete_cue)
    assert told(new)[0] == ([], [], ["“The ramp is not safe.”"])
    assert "said Ida Marsh" not in new.text
    assert told(new)[1:] == told(document())[1:]


def test_make_turn_puts_a_colon_for_the_cue_and_the_marks() -> None:
    new = changed(make_turn)
    assert "\nTom Reed: It was safe in June.\n" in new.text
    assert told(new)[1] == (["Tom Reed"], [":"], ["It was safe in June."])


@pytest.mark.parametrize("seed", range(8))
def test_add_headline_attributes_in_the_first_line(seed: int) -> None:
    new = changed(add_headline, seed)
    (source,), (cue,), (content,) = told(new)[-1]
    headline, _, rest = new.text.partition("\n\n")
    assert rest == TEXT
    assert {source, cue} < {"Ida Marsh", "Tom Reed", "Lena Holt", ":", "says"}
    assert content in headline
    assert source in headline
    assert told(new)[:-1] == told(document())


@pytest.mark.parametrize("seed", range(8))
def test_wrap_sentence_puts_it_in_a_mouth(seed: int) -> None:
    new = changed(wrap_sentence, seed)
    *known, (source, cue, content) = told(new)
    assert [known[0], known[1]] == told(document())[:2]
    (sentence,) = content
    assert f"{source[0]} {cue[0]}" in new.text
    assert sentence[0].upper() + sentence[1:] + "." in TEXT
    assert new.attributions[-1].said is (cue[0] not in {"believes", "thinks", "hopes"})


def test_what_stood_in_a_wrapped_sentence_is_inside_it() -> None:
    text = "Ramp shut\nIda Marsh said the ramp was not safe."
    inner = Attribution(at(text, "Ida Marsh"), at(text, "said"), at(text, "the ramp was not safe"))
    new = wrap_sentence(Document("d", "own", text, (inner,)), Random(1))
    assert [a.inside for a in new.attributions] == [1, None]
    assert told(new)[0] == (["Ida Marsh"], ["said"], ["the ramp was not safe"])
    assert told(new)[1][2] == ["Ida Marsh said the ramp was not safe"]


@pytest.mark.parametrize("seed", range(8))
def test_restyle_quotes_changes_nothing_but_marks(seed: int) -> None:
    new = changed(restyle_quotes, seed)
    assert len(new.text) == len(TEXT)
    differ = {b for a, b in zip(TEXT, new.text, strict=True) if a != b}
    assert differ <= set("“”\"‘’'«»")
    for _, _, (content, *_) in told(new)[:2]:
        assert content[0] + content[-1] in {"“”", '""', "‘’", "''", "«»"}


def test_restyle_quotes_turns_the_single_marks_within() -> None:
    text = "“They said ‘no’ to us,” she said."
    doc = Document("d", "own", text, ())
    found = {restyle_quotes(doc, Random(seed)).text for seed in range(40)}
    assert "‘They said “no” to us,’ she said." in found
    assert text in found


def test_drop_mark_loses_one() -> None:
    new = changed(drop_mark)
    assert len(new.text) == len(TEXT) - 1
    assert sum(map(new.text.count, "“”")) == sum(map(TEXT.count, "“”")) - 1


@pytest.mark.parametrize("seed", range(8))
def test_relay_changes_nothing_but_the_breaks(seed: int) -> None:
    new = changed(relay, seed)
    assert new.text.split() == TEXT.split()
    assert told(new) == told(document())


@pytest.mark.parametrize("seed", range(4))
def test_recase_changes_nothing_but_the_case(seed: int) -> None:
    new = changed(recase, seed)
    assert new.text.lower() == TEXT.lower()
    assert new.text != TEXT
    assert new.attributions == document().attributions


@pytest.mark.parametrize("change", [change for _, change in CHANGES])
def test_a_change_that_finds_no_place_gives_the_document_back(change: Change) -> None:
    doc = Document("d", "own", "ünd", ())
    assert change(doc, Random(1)).text in {"ünd", "ÜND"}


@given(st.integers(0, 2**32 - 1))
def test_every_version_keeps_its_spans_in_the_text_and_in_order(seed: int) -> None:
    new = augment(document(), Random(seed))
    for a in new.attributions:
        for role in ROLES:
            spans = getattr(a, role)
            assert all(0 <= s < e <= len(new.text) for s, e in spans)
            assert list(spans) == sorted(spans)
        assert a.content
        assert all(w == w.strip() for role in ROLES for w in words(new, getattr(a, role)))


@given(st.integers(0, 2**32 - 1))
def test_the_same_seed_makes_the_same_version(seed: int) -> None:
    assert augment(document(), Random(seed)) == augment(document(), Random(seed))


def test_other_seeds_make_other_versions() -> None:
    assert len({augment(document(), Random(seed)).text for seed in range(20)}) > 10


def test_people_get_other_last_names_wherever_they_stand() -> None:
    doc = document(TEXT + " Marsh left.")
    changed = next(c for n in range(20) if "Marsh" not in (c := rename(doc, Random(n))).text)
    (source,) = changed.attributions[0].source
    first, last = changed.text[slice(*source)].split(" ", 1)
    assert (first, changed.text.count(last)) == ("Ida", 2)


def test_bodies_keep_their_names() -> None:
    doc = document()
    bodies = tuple(replace(a, kind="organisation") for a in doc.attributions)
    doc = replace(doc, attributions=bodies)
    assert all(rename(doc, Random(n)) == doc for n in range(20))


def test_a_caption_stands_between_paragraphs_and_says_nothing() -> None:
    doc = document(TEXT.replace("\n", "\n\n"))
    changed = add_caption(doc, Random(3))
    assert len(changed.text.split("\n\n")) == len(doc.text.split("\n\n")) + 1
    before, after = ([d.text[slice(*a.content[0])] for a in d.attributions] for d in (doc, changed))
    assert before == after
