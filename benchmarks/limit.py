"""`python -m benchmarks.limit`: what the processor could do, and how near the reader comes.

Multiply-accumulates are counted in the graphs as they are run, from the shapes that ONNX
Runtime's profiler tells; the peak is that of its own kernels on matrix products alone. Times are
processor time of one thread, the least of many, so that others on the machine hardly matter.
"""

import json
import math
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import thread_time
from typing import Any

import numpy as np
import onnxruntime as ort

from benchmarks import corpus, machine, products, report, stages
from benchmarks.peers import CORES, MODELS
from sayso.reader.encoder import OnnxEncoder
from sayso.reader.models import model
from sayso.reader.pipeline import inputs
from sayso.reader.tokens import Tokenizer
from sayso.reader.windows import LIMIT, Window, windows

TIMES = 40
"""Runs of which the quickest counts."""
ROUNDS = 5
"""As many, of those on all cores."""
SHAPES = ((286, 384, 1536), (286, 1536, 384), (1024, 512, 512), (1024, 768, 768))
"""Products that the peak is looked for in: the models' own, and such as suit the caches."""
ANCHORS = 8
ARTICLES, READINGS = 40, 3
ONE = ort.SessionOptions()
ONE.intra_op_num_threads = 1
ONE.log_severity_level = 3

Feed = dict[str, Any]


def peaks() -> dict[str, dict[str, float]]:
    """Billions of multiply-accumulates a second, by kind: on one thread, and on all cores."""
    found = {}
    for kind, make in (("int8", products.int8), ("fp32", products.fp32)):
        of_kind = np.uint8 if kind == "int8" else np.float32
        runs = [(_session(make(*shape)), shape, of_kind) for shape in SHAPES]
        found[kind] = {
            "one": max(_rate(*run) for run in runs),
            "all": max(_rate_on_all(*run) for run in runs),
        }
    return found


def _session(graph: bytes | Path, options: ort.SessionOptions = ONE) -> ort.InferenceSession:
    return ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _rate(session: ort.InferenceSession, shape: tuple[int, int, int], kind: type) -> float:
    feed = {"x": np.ones(shape[:2], kind)}
    return math.prod(shape) / _least(lambda: session.run(None, feed)) / 1e9


def _rate_on_all(session: ort.InferenceSession, shape: tuple[int, int, int], kind: type) -> float:
    """With a thread a core, each at products of its own, as the reader's are at windows."""
    feed = {"x": np.ones(shape[:2], kind)}

    def rate(_: int) -> float:
        start = thread_time()
        for _ in range(TIMES):
            session.run(None, feed)
        return TIMES * math.prod(shape) / (thread_time() - start) / 1e9

    with ThreadPoolExecutor(CORES) as pool:
        return max(sum(pool.map(rate, range(CORES))) for _ in range(ROUNDS))


def _least(work: Callable[[], object]) -> float:
    """Processor seconds of the quickest run."""
    times = []
    for _ in range(TIMES):
        start = thread_time()
        work()
        times.append(thread_time() - start)
    return min(times)


def network(name: str) -> dict[str, dict[str, float]]:
    """Of encoder and head: products by kind for a full window, and seconds for it."""
    folder = model(name).folder
    encoder, tokenizer = OnnxEncoder(folder), Tokenizer(folder / "vocab.txt")
    tokens = tokenizer.encode(corpus.article(LIMIT))
    window = Window(0, LIMIT, 0, LIMIT)
    ids, features = inputs(tokens, window, tokenizer)
    encoded = encoder.encode(ids, features)
    starts = np.linspace(LIMIT // 4, 3 * LIMIT // 4, ANCHORS).astype(np.int64)
    feeds: dict[str, tuple[Feed, Callable[[], object]]] = {
        "encoder": (
            {"ids": ids[None], "features": features[None]},
            lambda: encoder.encode(ids, features),
        ),
        "head": (
            {"states": encoded.states, "aux": encoded.aux, "start": starts, "end": starts + 1},
            lambda: encoder.label(encoded, starts, starts + 1),
        ),
    }
    return {
        part: counted(folder / f"{part}.onnx", feed) | {"seconds": _least(run)}
        for part, (feed, run) in feeds.items()
    }


def counted(graph: Path, feed: Feed) -> dict[str, float]:
    """Multiply-accumulates of one run, by the kind of numbers that are multiplied."""
    found = {"int8": 0.0, "fp32": 0.0}
    with TemporaryDirectory() as folder:
        options = ort.SessionOptions()
        options.intra_op_num_threads, options.log_severity_level = 1, 3
        options.enable_profiling = True
        options.profile_file_prefix = f"{folder}/run"
        session = _session(graph, options)
        session.run(None, feed)
        events = json.loads(Path(session.end_profiling()).read_text(encoding="utf-8"))
    for kind, many in _products(events):
        found[kind] += many
    return found


def _products(events: list[dict[str, Any]]) -> Iterator[tuple[str, float]]:
    for event in events:
        told = event.get("args", {})
        if not event["name"].endswith("_kernel_time") or "input_type_shape" not in told:
            continue
        given, out = (
            [next(iter(x.values())) for x in told[f"{side}_type_shape"] if x]
            for side in ("input", "output")
        )
        operator = told["op_name"]
        if operator == "MultiHeadAttention":  # each query with each key, then with each value
            yield "fp32", 2.0 * math.prod(given[0]) * given[1][1]
        elif "MatMul" in operator or operator == "Gemm":
            kind = "int8" if "Integer" in operator or "Quantize" in operator else "fp32"
            yield kind, float(math.prod(out[0]) * given[0][-1])


def encoded_tokens(name: str, texts: list[str]) -> float:
    """Tokens that go through the encoder for a word, margins of the windows counted."""
    tokenizer = Tokenizer(model(name).folder / "vocab.txt")
    many = sum(w.end - w.start + 2 for text in texts for w in windows(tokenizer.encode(text)))
    return many / sum(map(corpus.words, texts))


def measured() -> dict[str, Any]:
    texts = corpus.articles(ARTICLES)
    words = sum(map(corpus.words, texts))
    return {
        "words": words,
        "window": LIMIT + 2,
        "anchors": ANCHORS,
        "peaks": peaks(),
        "models": {
            name: {
                "network": network(name),
                "tokens_a_word": encoded_tokens(name, texts),
                "stages": stages.spent(name, texts, READINGS),
            }
            for name in MODELS
        },
    }


def main() -> None:
    results = machine.described(("sayso", "onnxruntime", "numpy")) | measured()
    report.LIMIT.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    report.write()
    sys.stderr.write(f"Written: {report.TARGET} and {report.LIMIT.name}\n")


if __name__ == "__main__":
    main()
