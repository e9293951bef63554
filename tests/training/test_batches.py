from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
import pytest
from training.batches import TIMES, Epochs, Mix, epoch
from training.examples import Window

from sayso.reader.tokens import Tokenizer
from training import batches

TOKENS = 512


@pytest.fixture
def mix(newsroom: Path) -> Mix:
    return Mix(newsroom, newsroom / "own")


def corpora(mix: Mix) -> set[str]:
    return {d.id.split("-")[0] for s in mix.sources() for copies in s.articles for d in copies}


def ids(mix: Mix) -> list[str]:
    return [copies[0].id for s in mix.sources() for copies in s.articles]


def flat(made: list[list[Window]]) -> list[list[tuple[bytes, bytes, int]]]:
    """Batches by what can be compared: ids, anchors and how many targets."""
    return [[(w.ids.tobytes(), w.anchors.tobytes(), len(w.targets)) for w in b] for b in made]


def test_every_corpus_is_in_the_mix(mix: Mix) -> None:
    assert corpora(mix) == set(TIMES)
    assert [s.times for s in mix.sources()] == list(TIMES.values())


def test_only_what_a_machine_has_read_is_not_gold(mix: Mix) -> None:
    told = {s.articles[0][0].id.split("-")[0]: (s.gold, s.weight) for s in mix.sources()}
    assert told.pop("unlabelled") == (False, batches.SILVER_WEIGHT)
    assert set(told.values()) == {(True, 1.0)}


@pytest.mark.parametrize("name", TIMES)
def test_without_a_corpus(mix: Mix, name: str) -> None:
    assert corpora(replace(mix, without=frozenset({name}))) == set(TIMES) - {name}


def test_a_share_is_the_same_articles_each_time_and_in_each_larger_one(mix: Mix) -> None:
    half, most = replace(mix, share=0.5), replace(mix, share=0.75)
    assert ids(half) == ids(half)
    assert len(ids(half)) == 2 * len(TIMES)
    assert set(ids(half)) < set(ids(most)) < set(ids(mix))


def test_a_share_leaves_an_article_of_each_corpus(mix: Mix) -> None:
    assert corpora(replace(mix, share=0.01)) == set(TIMES)


def test_nobody_need_have_corrected_anything(mix: Mix) -> None:
    for path in mix.own.glob("corrections-*"):
        path.unlink()
    assert corpora(mix) == set(TIMES) - {"corrections"}


def test_an_epoch_goes_over_a_corpus_as_often_as_is_said(mix: Mix) -> None:
    found = {s.times for s in replace(mix, times=(("own", 7.0),)).sources()}
    assert found == {7.0, *(times for name, times in TIMES.items() if name != "own")}


def made(mix: Mix, vocabulary: Path, seed: int = 1) -> list[list[Window]]:
    without = mix.without
    return epoch(mix.sources(), Tokenizer(vocabulary), Random(seed), TOKENS, without)


def test_a_batch_has_no_more_tokens_than_were_asked_for(mix: Mix, vocabulary: Path) -> None:
    for batch in made(mix, vocabulary):
        longest = max(len(w.ids) for w in batch) + 2
        assert len(batch) == 1 or len(batch) * longest <= TOKENS


def test_the_same_seed_makes_the_same_epoch(mix: Mix, vocabulary: Path) -> None:
    assert flat(made(mix, vocabulary)) == flat(made(mix, vocabulary))
    assert flat(made(mix, vocabulary)) != flat(made(mix, vocabulary, seed=2))


def test_without_augmentation_the_articles_are_as_they_were(mix: Mix, vocabulary: Path) -> None:
    plain = replace(mix, without=frozenset({"augment", *TIMES} - {"polnear"}))
    tokenizer = Tokenizer(vocabulary)
    (source,) = plain.sources()
    texts = [tokenizer.encode(copies[0].text).ids for copies in source.articles]
    windows = [w for batch in made(plain, vocabulary) for w in batch]
    assert sum(len(w.ids) for w in windows) == sum(map(len, texts))
    whole = ["".join(map(chr, ids)) for ids in texts]
    assert all(any("".join(map(chr, w.ids)) in text for text in whole) for w in windows)


def test_an_augmentation_is_left_out(
    mix: Mix, vocabulary: Path, seen: list[frozenset[str]]
) -> None:
    made(replace(mix, without=frozenset({"rename"})), vocabulary)
    assert set(seen) == {frozenset({"rename"})}


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """What `augment` is told to leave out, call by call."""
    told: list[frozenset[str]] = []

    def augment(doc: object, rng: Random, without: frozenset[str]) -> object:
        told.append(without)
        return doc

    monkeypatch.setattr(batches, "augment", augment)
    return told


def test_workers_make_the_same_epochs(mix: Mix, vocabulary: Path) -> None:
    small = replace(mix, share=0.25)
    alone, helped = (Epochs(small, vocabulary, TOKENS, 1, workers) for workers in (0, 2))
    first, second = ([flat(b) for b in islice(made(4), 3)] for made in (alone, helped))
    assert first == second


def test_an_epoch_is_made_from_its_number(mix: Mix, vocabulary: Path) -> None:
    epochs = Epochs(replace(mix, share=0.25), vocabulary, TOKENS, 1)
    first, second = islice(epochs(0), 2)
    assert flat(first) != flat(second)
    assert flat(next(epochs(1))) == flat(second)


def test_windows_are_labelled_by_token(mix: Mix, vocabulary: Path) -> None:
    plain = replace(mix, without=frozenset({"augment", "unlabelled", "polnear"}))
    targets = [(w, t) for batch in made(plain, vocabulary) for w in batch for t in w.targets]
    said = Tokenizer(vocabulary).encode("said").ids[0]
    assert targets
    for w, t in targets:
        assert w.ids[t.start : t.end].tolist() == [said]
        assert w.anchors[t.start] == 1
        assert w.aux[t.start] == 2
        assert t.main[t.start] == 3
        assert {1, 5} <= set(np.unique(t.main))
