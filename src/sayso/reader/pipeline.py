"""One article through the reader: tokens, windows, candidates, drafts, names, reading."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np

from sayso.reader import sight
from sayso.reader.assemble import assemble
from sayso.reader.candidates import Candidate, Scored, candidates, score
from sayso.reader.confidence import confidence
from sayso.reader.dates import date_at
from sayso.reader.drafts import Bounds, Draft, RefusalDraft
from sayso.reader.encoder import Encoder, Floats, OnnxEncoder
from sayso.reader.models import Model
from sayso.reader.partners import with_partners
from sayso.reader.refusals import refusals
from sayso.reader.relayed import without_relays
from sayso.reader.sight import Sight
from sayso.reader.speakers import Resolution, resolve
from sayso.reader.speakers.judge import FILE as JUDGE
from sayso.reader.speakers.judge import Judge, Network
from sayso.reader.tokens import FEATURES, Ints, Tokenizer, Tokens
from sayso.reader.windows import Window, windows
from sayso.types import Article, Reading, Refusal, Span, Speaker, Statement

_CASE = list(FEATURES).index("case")
TOGETHER = 16
"""Windows that are decoded at once: several, for speed, but a bounded number."""

Found = tuple[Scored | None, list[RefusalDraft], Floats]
"""What one window gives: its anchors with their logits, where it has any, its refusals, and
what its core's tokens tell of names and mentions."""


class Threads:
    """A pool of threads that is made when it is first used, in each process anew.

    A forked child has its parent's pool without the threads in it, and would wait for ever.
    """

    def __init__(self, many: int) -> None:
        self._many, self._pid = many, -1

    def map(self, work: Callable[[Window], Found], windows: Iterable[Window]) -> Iterable[Found]:
        """The results of the work, in order."""
        if self._pid != os.getpid():
            self._pool, self._pid = ThreadPoolExecutor(self._many, "sayso"), os.getpid()
        return self._pool.map(work, windows)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A model with what it runs on."""

    model: Model
    tokenizer: Tokenizer
    encoder: Encoder
    judge: Judge
    side_by_side: Callable[[Callable[[Window], Found], Iterable[Window]], Iterable[Found]] = map
    """Runs a function over windows, in order; several at a time where there are threads."""

    @classmethod
    def load(cls, model: Model, threads: int) -> "Pipeline":
        """The model as it is installed; raises ModelError where it is damaged."""
        encoder = OnnxEncoder(model.folder)
        judge = Network.load(model.folder / JUDGE)
        run = map if threads == 1 else Threads(threads).map
        return cls(model, Tokenizer(model.folder / "vocab.txt"), encoder, judge, run)

    def read(self, article: Article) -> Reading:
        """What the model reads in the article."""
        drafts, refused, sight = self.drafts(article.text)
        resolution = resolve(article, drafts, refused, sight, self.judge)
        statements = tuple(
            _statement(article, n, draft, resolution, self.model.calibration)
            for n, draft in enumerate(drafts)
        )
        told = tuple(
            Refusal(speakers, article.span(*r.span), r.kind)
            for r, speakers in zip(refused, resolution.refusers, strict=True)
        )
        return Reading(self.model.id, article, statements, resolution.entities, told)

    def drafts(self, text: str) -> tuple[list[Draft], list[RefusalDraft], Sight]:
        """The text's statements and refusals, nobody named yet, and what tells of names."""
        tokens = self.tokenizer.encode(text)
        lettered = (w for w in windows(tokens) if _has_letters(tokens, w))
        found: list[Candidate] = []
        refused: list[RefusalDraft] = []
        seen = np.zeros((len(tokens), sight.WIDTH), np.float16)
        while some := list(islice(lettered, TOGETHER)):
            told = list(self.side_by_side(partial(self._window, text, tokens), some))
            refused += [r for _, refusals, _ in told for r in refusals]
            found += candidates([scored for scored, _, _ in told if scored is not None], tokens)
            for window, (_, _, core) in zip(some, told, strict=True):
                seen[window.core_start : window.core_end] = core
        found.sort(key=lambda c: c.anchor)
        looked = Sight.of(tokens.starts, tokens.ends, seen)
        drafts = without_relays(text, assemble(text, tokens, found))
        return with_partners(text, drafts), refused, looked

    def _window(self, text: str, tokens: Tokens, window: Window) -> Found:
        encoded = self.encoder.encode(*inputs(tokens, window, self.tokenizer))
        scored = score(self.encoder, encoded, window, tokens)
        first = 1 + window.core_start - window.start
        core = encoded.seen[first : first + window.core_end - window.core_start]
        return scored, refusals(encoded.refusals, window, tokens, text), core


def _has_letters(tokens: Tokens, window: Window) -> bool:
    """Without a letter, though it be 200,000 quotation marks, nobody says anything."""
    return bool(tokens.features[window.core_start : window.core_end, _CASE].any())


def inputs(tokens: Tokens, window: Window, tokenizer: Tokenizer) -> tuple[Ints, Ints]:
    """The window's ids [T] and features [T, 6] with [CLS] and [SEP] around them."""
    ids, features = tokens.slice(window.start, window.end)
    around = np.concatenate([[tokenizer.cls], ids, [tokenizer.sep]])
    return around, np.pad(features, ((1, 1), (0, 0)))


def _statement(
    article: Article, n: int, draft: Draft, resolution: Resolution, weights: tuple[float, ...]
) -> Statement:
    def spans(found: tuple[Bounds, ...]) -> tuple[Span, ...]:
        return tuple(article.span(*b) for b in found)

    def optional(found: Bounds | None) -> Span | None:
        return article.span(*found) if found else None

    speakers: tuple[Speaker, ...] = resolution.speakers[n]
    when = optional(draft.when)
    return Statement(
        id=f"s{n + 1}",
        type=draft.type,
        said=draft.said,
        source=spans(draft.source),
        cue=spans(draft.cue),
        content=spans(draft.content),
        speakers=speakers,
        addressee=optional(draft.addressee),
        channel=optional(draft.channel),
        when=when,
        date=date_at(article.text, draft.when, article.date) if draft.when else None,
        inside=None if draft.inside is None else f"s{draft.inside + 1}",
        denied=draft.denied,
        about=resolution.about[n],
        runner_up=runner_up(speakers, resolution.runners_up[n]),
        confidence=confidence(article, draft, speakers, resolution.grounds[n], weights),
    )


def runner_up(speakers: Sequence[Speaker], others: Sequence[Speaker]) -> Speaker | None:
    """Who may speak instead: the first with a name that none of the speakers has."""
    names = {speaker.name for speaker in speakers}
    return next((other for other in others if other.name not in names), None)
