import numpy as np
import pytest

from sayso.reader.candidates import KINDS, Candidate, Scored, candidates, score
from sayso.reader.encoder import Encoded, Labelled
from sayso.reader.tokens import Ints, Tokens
from sayso.reader.windows import Window
from tests.reader.hands import SURE, logits

CUE, CUELESS = 1, 3


class Written:
    """Gives one anchor the labels that were written for it, and remembers where it was asked."""

    def __init__(self, main: list[int], *, reach: int = 96, side: list[int] | None = None) -> None:
        self.reach = reach
        self.main, self.side = main, side or [0] * len(main)
        self.said, self.denied, self.kind = 1, 0, 0
        self.asked: list[tuple[int, int]] = []

    def encode(self, ids: Ints, features: Ints) -> Encoded:
        raise NotImplementedError

    def label(self, encoded: Encoded, starts: Ints, ends: Ints) -> Labelled:
        self.asked += zip(starts.tolist(), ends.tolist(), strict=True)
        return Labelled(
            main=np.stack([logits(self.main, 7)] * len(starts)),
            side=np.stack([logits(self.side, 7)] * len(starts)),
            said=logits([self.said] * len(starts), 2),
            denied=logits([self.denied] * len(starts), 2),
            kind=logits([self.kind] * len(starts), 7),
        )


def tokens(size: int) -> Tokens:
    places, flags = np.arange(size), np.zeros(size, bool)
    features = np.zeros((size, 6), np.int64)
    return Tokens(places, places, places + 1, flags, ~flags, features, np.array([0]))


def read(encoder: Written, anchors: list[int], window: Window | None = None) -> list[Candidate]:
    """What is found where these are the anchor labels of the window's tokens."""
    window = window or Window(0, len(anchors), 0, len(anchors))
    whole = logits([0, *anchors, 0], 4)
    states = np.zeros((len(whole), 1), np.float32)
    encoded = Encoded(states, whole, logits([0] * len(whole), 7), whole, whole)
    text = tokens(window.end)
    scored = score(encoder, encoded, window, text)
    return [] if scored is None else candidates([scored], text)


def test_no_anchor_asks_nothing_of_the_network() -> None:
    encoder = Written([])
    assert read(encoder, [0, 0, 0]) == []
    assert encoder.asked == []


def test_roles_are_placed_in_the_article() -> None:
    # [CLS] she said it was so . [SEP]
    encoder = Written([0, 1, 3, 5, 6, 6, 0, 0])
    (found,) = read(encoder, [0, CUE, 0, 0, 0, 0], Window(100, 106, 100, 106))
    assert encoder.asked == [(2, 3)]
    assert (found.source, found.cue, found.content) == (
        ((100, 101),),
        ((101, 102),),
        ((102, 105),),
    )
    assert (found.start, found.end, found.anchor) == (102, 105, 101)
    assert not found.cueless


@pytest.mark.parametrize(
    ("anchor", "place"),
    [(2, 3), (10, 4), (19, 6)],  # at the window's beginning, in its middle, at its end
)
def test_roles_reach_only_so_far_and_are_placed_from_there(anchor: int, place: int) -> None:
    labels, anchors = [0] * 8, [0] * 20
    labels[place - 1 : place + 1] = [5, 3]
    anchors[anchor] = CUE
    (found,) = read(Written(labels, reach=4), anchors)
    assert (found.content, found.cue) == (((anchor - 1, anchor),), ((anchor, anchor + 1),))


def test_an_anchor_without_a_content_is_no_statement() -> None:
    assert read(Written([0, 1, 3, 0, 0]), [0, CUE, 0]) == []


def test_labels_on_the_windows_own_marks_count_for_nothing() -> None:
    (found,) = read(Written([5, 6, 3, 5, 6]), [0, CUE, 0])
    assert found.content == ((0, 1), (2, 3))


def test_neighbouring_spans_of_a_role_are_one() -> None:
    (found,) = read(Written([0, 3, 5, 5, 6, 0]), [CUE, 0, 0, 0])
    assert found.content == ((1, 4),)


def test_a_cue_that_the_roles_miss_is_the_anchor() -> None:
    (found,) = read(Written([0, 0, 5, 6, 0]), [CUE, 0, 0])
    assert found.cue == ((0, 1),)


def test_a_cueless_statement_has_no_cue_whatever_the_roles_say() -> None:
    (found,) = read(Written([0, 5, 6, 3, 0]), [CUELESS, 0, 0])
    assert (found.cue, found.cueless, found.anchor) == ((), True, 0)


@pytest.mark.parametrize(
    ("window", "cut"), [(Window(0, 3, 0, 3), True), (Window(0, 4, 0, 4), False)]
)
def test_a_content_that_touches_the_end_of_what_was_seen_is_cut(window: Window, cut: bool) -> None:
    size = window.end
    encoder = Written([0, 3, 5, 6, *[0] * (size - 2)])
    (found,) = read(encoder, [CUE, *[0] * (size - 1)], window)
    assert found.cut[1] is cut


def test_a_content_that_touches_the_end_of_the_reach_is_cut() -> None:
    (found,) = read(Written([0, 3, 5, 6], reach=2), [CUE, *[0] * 9])
    assert found.cut[1]


def test_phrases_and_classes_come_along() -> None:
    encoder = Written([0, 3, 5, 0, 0, 0, 0], side=[0, 0, 0, 1, 3, 5, 0])
    encoder.said, encoder.denied, encoder.kind = 0, 1, 6
    (found,) = read(encoder, [CUE, 0, 0, 0, 0])
    assert (found.addressee, found.channel, found.when) == ((2, 3), (3, 4), (4, 5))
    assert (found.said, found.denied, found.kind) == (False, True, None)


@pytest.mark.parametrize(("n", "kind"), list(enumerate(KINDS)))
def test_kinds_are_the_networks_in_order(n: int, kind: str | None) -> None:
    encoder = Written([0, 3, 5, 0])
    encoder.kind = n
    assert read(encoder, [CUE, 0])[0].kind == kind


def test_evidence_of_what_is_sure() -> None:
    encoder = Written([0, 1, 3, 5, 6, 0])
    encoder.kind = 2
    (found,) = read(encoder, [0, CUE, 0, 0])
    told = found.evidence
    assert told.anchor > 5
    assert told.said == pytest.approx(SURE)
    assert told.content == pytest.approx(1, abs=1e-3)
    assert told.source == pytest.approx(1, abs=1e-3)
    assert (told.lowest, told.end, told.cue) == pytest.approx((0, 0, 0), abs=1e-3)
    assert told.kinds[KINDS[2]] == pytest.approx(1, abs=1e-3)
    assert sum(told.kinds.values()) == pytest.approx(1)


def test_evidence_of_a_source_that_is_not_there() -> None:
    (found,) = read(Written([0, 3, 5, 0]), [CUE, 0])
    assert found.evidence.source == pytest.approx(1, abs=1e-3)


def test_each_anchor_has_its_own_statement() -> None:
    assert len(read(Written([0, 0, 5, 6, 0, 0]), [CUE, 0, 0, CUE])) == 2


def scored_alone(encoder: Written, window: Window, text: Tokens) -> Scored:
    """A window whose first token begins a cue, and nothing else does."""
    whole = logits([0, CUE, *[0] * (window.end - window.start)], 4)
    encoded = Encoded(np.zeros((len(whole), 1), np.float32), whole, whole, whole, whole)
    found = score(encoder, encoded, window, text)
    assert found is not None
    return found


def test_windows_decoded_together_give_what_each_gives_alone() -> None:
    short, long = Written([0, 3, 5, 6]), Written([0, 3, 5, 6, 6, 0, 0, 0])
    text, scored = tokens(20), []
    for encoder, window in ((long, Window(0, 6, 0, 6)), (short, Window(18, 20, 18, 20))):
        scored.append(scored_alone(encoder, window, text))
    alone = [candidates([one], text)[0] for one in scored]
    assert candidates(scored, text) == alone
    assert [c.content for c in alone] == [((1, 4),), ((19, 20),)]
    assert candidates([], text) == []


def test_a_word_in_pieces_is_whole_at_the_texts_end_though_other_windows_are_longer() -> None:
    text, scored = tokens(20), []
    text.joined[-1] = True
    long, short = Written([0, 3, 5, 6, 6, 0, 0, 0]), Written([0, 3, 5, 6, 0])
    for encoder, window in ((long, Window(0, 6, 0, 6)), (short, Window(17, 20, 17, 20))):
        scored.append(scored_alone(encoder, window, text))
    assert candidates(scored, text)[-1].content == ((18, 20),)
