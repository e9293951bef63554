"""The reader with an encoder that knows one rule; `test_real_model.py` has the network's."""

import os
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from threading import Barrier
from typing import Any

import numpy as np
import pytest

import sayso.reader
from sayso import Article, EmptyText, Failure, NotEnglish, Reader, Reading, UsageError, WorkerError
from sayso.errors import BadRecord
from sayso.reader import models, pipeline, workers
from sayso.reader.ahead import read_ahead
from sayso.reader.pipeline import Pipeline
from sayso.reader.tokens import Tokenizer
from sayso.reader.windows import Window
from tests.reader.hands import FirstComer, RuleEncoder

GERMAN = "Der Bürgermeister hat gestern erklärt, dass die neue Brücke im Herbst fertig wird. " * 6
STORY = "Ida said the ramp was safe. Tom refused comment.\n“It is not,” he added.\n"


@pytest.fixture
def encoder(tokenizer: Tokenizer) -> RuleEncoder:
    return RuleEncoder(tokenizer)


@pytest.fixture
def reader(encoder: RuleEncoder, tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Pipeline(models.model("en-fast"), tokenizer, encoder, FirstComer())
    monkeypatch.setattr(Pipeline, "load", lambda model, threads: made)
    return Reader("en-fast")


def test_a_reading_has_statements_and_refusals_with_their_words(reader: Reader) -> None:
    reading = reader.read(STORY)
    first, second = reading.statements
    assert (first.source[0].text, first.cue[0].text, first.text) == (
        "Ida",
        "said",
        "the ramp was safe",
    )
    assert (second.cue, second.text, second.type) == ((), "“It is not,”", "direct")
    assert [(r.span.text, r.kind) for r in reading.refusals] == [("refused comment", "declined")]
    assert [s.id for s in reading.statements] == ["s1", "s2"]


def test_a_reading_names_its_model_and_keeps_its_article(reader: Reader) -> None:
    article = Article(STORY, id="a17", title="Ramp")
    reading = reader.read(article)
    assert reading.model == reader.model == models.model("en-fast").id
    assert reading.article is article


def test_a_text_is_as_good_as_an_article(reader: Reader) -> None:
    assert reader.read(STORY).to_dict() == reader.read(Article(STORY)).to_dict()


def test_an_article_without_a_word_is_read_without_a_finding(reader: Reader) -> None:
    assert reader.read("\0\u0301").statements == ()


@pytest.mark.parametrize(("text", "error"), [(" \n", EmptyText), (GERMAN, NotEnglish)])
def test_what_cannot_be_read_is_an_error(reader: Reader, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        reader.read(text)


def test_every_article_of_a_long_text_is_read(reader: Reader, encoder: RuleEncoder) -> None:
    lines = 400
    reading = reader.read("Ida said the ramp was safe.\n" * lines)
    assert [s.text for s in reading.statements] == ["the ramp was safe"] * lines
    assert encoder.windows > 5
    assert encoder.anchors == lines


@pytest.mark.parametrize("text", ["Ida said no.\n", "“No,” she said. ", "“a", "‘said ", "said\n“"])
def test_what_a_text_costs_grows_with_it_and_no_faster(tokenizer: Tokenizer, text: str) -> None:
    def cost(times: int) -> int:
        encoder = RuleEncoder(tokenizer)
        Pipeline(models.model("en-fast"), tokenizer, encoder, FirstComer()).drafts(text * times)
        return encoder.tokens + encoder.anchors

    assert cost(800) < 5 * cost(200)


def test_one_result_for_each_in_order(reader: Reader) -> None:
    missing = Failure(BadRecord("no text"), "in.jsonl", 3)
    items: list[Article | str | Failure] = [
        Article(STORY, id=1),
        missing,
        Article("", id=2),
        STORY,
        Article(GERMAN, id="de"),
    ]
    first, second, third, fourth, fifth = reader.read_many(items)
    assert isinstance(first, Reading)
    assert first.id == 1
    assert second is missing
    assert isinstance(third, Failure)
    assert (third.id, third.error.code) == (2, "empty")
    assert isinstance(fourth, Reading)
    assert isinstance(fifth, Failure)
    assert (fifth.id, fifth.error.code) == ("de", "not_english")


def test_a_reading_does_not_depend_on_its_company(reader: Reader) -> None:
    texts = [STORY, "Tom said no.", STORY * 20, "“Yes,” he said."]
    alone = [reader.read(text).to_dict() for text in texts]
    backwards = [r.to_dict() for r in reader.read_many(reversed(texts))]
    assert backwards == alone[::-1]


@pytest.mark.parametrize("jobs", [0, -1])
def test_jobs_below_one_are_refused_at_once(reader: Reader, jobs: int) -> None:
    with pytest.raises(UsageError, match=f"at least 1, not {jobs}"):
        reader.read_many([], jobs=jobs)


class Counted:
    """Articles that tell how many of them have been taken."""

    def __init__(self, size: int) -> None:
        self.size, self.taken = size, 0

    def __iter__(self) -> Iterator[Article]:
        for n in range(self.size):
            self.taken += 1
            yield Article(STORY, id=n)


def test_articles_are_taken_as_they_are_asked_for(reader: Reader) -> None:
    articles = Counted(100)
    results = reader.read_many(articles)
    assert articles.taken == 0
    next(results)
    assert articles.taken == 1


class AtHand(Counted):
    """Articles whose number is known, as a list's is."""

    def __len__(self) -> int:
        return self.size


@pytest.fixture
def in_two_threads(reader: Reader) -> Reader:
    return Reader(threads=2)


def test_of_articles_at_hand_no_more_are_taken_than_are_read(in_two_threads: Reader) -> None:
    articles = AtHand(20)
    results = in_two_threads.read_many(articles)
    for n in range(1, 11):
        next(results)
        assert articles.taken <= n + 3
    results.close()  # type: ignore[attr-defined]  # a generator, where articles are at hand
    assert articles.taken <= 13


def test_articles_at_hand_are_read_the_same_in_the_same_order(in_two_threads: Reader) -> None:
    missing = Failure(BadRecord("no text"), "in.jsonl", 3)
    stories = [Article(STORY * (12 - n), id=n) for n in range(12)]
    items: list[Article | Failure] = [*stories, missing, Article("", id="none")]
    one_by_one = [r.to_dict() for r in in_two_threads.read_many(iter(items))]
    assert [r.to_dict() for r in in_two_threads.read_many(items)] == one_by_one


def test_with_one_thread_articles_at_hand_are_read_one_by_one(reader: Reader) -> None:
    articles = AtHand(20)
    next(Reader(threads=1).read_many(articles))
    assert articles.taken == 1


def test_articles_are_read_at_the_same_time() -> None:
    meeting = Barrier(2)

    def attempt(item: object) -> Failure:
        meeting.wait(timeout=20)
        return Failure(BadRecord(str(item)))

    told = [str(f.error) for f in read_ahead(attempt, ["a", "b", "c", "d"], 2) if f]  # type: ignore[union-attr]
    assert told == ["a", "b", "c", "d"]


class Here:
    """A pool of processes that works in this one, when it is asked to."""

    def __init__(self, *settings: object) -> None:
        pass

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def submit(self, work: Any, item: object) -> Future[object]:
        future: Future[object] = Future()
        future.set_result(work(item))
        return future


@pytest.fixture
def here(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "ProcessPoolExecutor", Here)
    monkeypatch.setattr(workers, "_readers", [reader])


@pytest.mark.usefixtures("here")
def test_with_workers_no_more_is_taken_than_keeps_them_busy(reader: Reader) -> None:
    articles, jobs = Counted(100), 2
    results = reader.read_many(articles, jobs=jobs)
    assert articles.taken == 0
    for n in range(1, 50):
        next(results)
        assert articles.taken <= n + workers.AHEAD * jobs


@pytest.mark.usefixtures("here")
def test_workers_give_the_same_in_the_same_order(reader: Reader) -> None:
    missing = Failure(BadRecord("no text"), "in.jsonl", 3)
    articles = [Article(STORY, id=n) for n in range(12)]
    items: list[Article | Failure] = [*articles, missing, Article("", id="none")]
    alone = [r.to_dict() for r in reader.read_many(items)]
    assert [r.to_dict() for r in reader.read_many(items, jobs=2)] == alone


def test_a_process_that_dies_is_an_error_that_names_the_article(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dying(Here):
        def submit(self, work: Any, item: object) -> Future[object]:
            future: Future[object] = Future()
            future.set_exception(BrokenProcessPool())
            return future

    monkeypatch.setattr(workers, "ProcessPoolExecutor", Dying)
    with pytest.raises(WorkerError, match=r"'a17'.*fewer jobs"):
        next(reader.read_many([Article(STORY, id="a17")], jobs=2))


@pytest.mark.parametrize("threads", [0, -1])
def test_threads_below_one_are_refused(threads: int) -> None:
    with pytest.raises(UsageError, match="threads must be at least 1"):
        Reader("en-fast", threads=threads)


def test_an_unknown_model_is_told_before_anything_is_read() -> None:
    with pytest.raises(sayso.ModelError, match="no model 'none'"):
        Reader("none")


def test_the_shared_reader_is_loaded_once(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Reader] = []

    def make() -> Reader:
        made.append(reader)
        return reader

    monkeypatch.setattr(sayso.reader, "Reader", make)
    sayso.reader._default.cache_clear()
    try:
        assert sayso.read(STORY) == sayso.read(STORY)
    finally:
        sayso.reader._default.cache_clear()
    assert len(made) == 1


@pytest.mark.parametrize("text", [None, b"No.", 5])
def test_what_is_no_text_is_a_bad_record(reader: Reader, text: Any) -> None:
    with pytest.raises(BadRecord, match="text must be a string"):
        reader.read(text)
    (result,) = reader.read_many([text])
    assert isinstance(result, Failure)


def test_a_text_is_not_taken_for_many(reader: Reader) -> None:
    with pytest.raises(UsageError, match="not one text"):
        reader.read_many(STORY)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # of what is tested here
def test_a_forked_child_reads_too() -> None:
    def nothing(window: Window) -> pipeline.Found:
        return None, [], np.zeros((window.end, 0), np.float32)

    threads = pipeline.Threads(2)
    assert len(list(threads.map(nothing, [Window(0, 1, 0, 1)]))) == 1
    child = os.fork()
    if child == 0:
        os._exit(len(list(threads.map(nothing, [Window(0, 1, 0, 1)]))))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
