"""Where a reader's time goes: processor time of one thread, by what is being done."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from time import thread_time
from typing import Any

from sayso import Reader

STAGES = {
    "language": ("sayso.reader:accept",),
    "tokenising": ("sayso.reader.pipeline:Tokenizer.encode",),
    "encoder": ("sayso.reader.encoder:OnnxEncoder.encode",),
    "head": ("sayso.reader.encoder:OnnxEncoder.label",),
    "decoding": ("sayso.reader.pipeline:score", "sayso.reader.pipeline:candidates"),
    "refusals": ("sayso.reader.pipeline:refusals",),
    "assembly": ("sayso.reader.pipeline:assemble",),
    "speakers": ("sayso.reader.pipeline:resolve",),
    "dates": ("sayso.reader.pipeline:date_at",),
    "confidence": ("sayso.reader.pipeline:confidence",),
}
"""The functions of each stage; what one of them calls of another stage counts for that alone."""


class _Clock:
    """Time by stage, that of the inner ones taken from the outer."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._inner: list[float] = []

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def call(*args: Any, **named: Any) -> Any:
            start = thread_time()
            self._inner.append(0.0)
            try:
                return work(*args, **named)
            finally:
                took = thread_time() - start
                self.spent[stage] += took - self._inner.pop()
                if self._inner:
                    self._inner[-1] += took

        return call


def spent(model: str, texts: list[str], times: int) -> dict[str, float]:
    """Seconds by stage, and `rest`, for the texts on one thread: the quickest of the runs."""
    reader = Reader(model, threads=1)
    reader.read(texts[0])
    return min((_run(reader, texts) for _ in range(times)), key=lambda run: sum(run.values()))


def _run(reader: Reader, texts: list[str]) -> dict[str, float]:
    with _watched() as clock:
        start = thread_time()
        for text in texts:
            reader.read(text)
        whole = thread_time() - start
    found = {stage: clock.spent[stage] for stage in STAGES}
    return found | {"rest": whole - sum(found.values())}


@contextmanager
def _watched() -> Iterator[_Clock]:
    """With the stages' functions timed, wherever the reader calls them."""
    clock = _Clock()
    known = []
    for stage, places in STAGES.items():
        for place in places:
            module, _, path = place.partition(":")
            *outer, name = path.split(".")
            holder: Any = import_module(module)
            for part in outer:
                holder = getattr(holder, part)
            known.append((holder, name, getattr(holder, name)))
            setattr(holder, name, clock.timed(stage, getattr(holder, name)))
    try:
        yield clock
    finally:
        for holder, name, work in known:
            setattr(holder, name, work)
