"""Learns to tell names from the encoder's states: whose each is, and where it begins and ends.

Reports of our own have every name annotated. In others only the names of those who speak are
known: what else has a capital is left out there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from sayso.reader.sight import HIDDEN, Sight
from sayso.reader.speakers.names import find_names
from sayso.reader.speakers.referents import SORTS
from sayso.reader.speakers.tagged import RULES, rules
from training.reports import Place, Report, places
from training.states import States

LABELS = 1 + 2 * len(SORTS)
EPOCHS, RATE, BATCH = 12, 3e-3, 1024
_PERSON, _BODY, _PLACE, _OTHER = range(len(SORTS))
_SORT = {"person": _PERSON, "organisation": _BODY, "group": _BODY, "place": _PLACE}

Allowed = NDArray[np.bool_]


@dataclass(frozen=True)
class Names:
    """The weights that tell names: those of the states, and those that the judge keeps."""

    states: NDArray[np.float32]
    bias: NDArray[np.float32]
    rules: NDArray[np.float32]
    out: NDArray[np.float32]
    out_bias: NDArray[np.float32]


def spans(report: Report) -> Iterator[tuple[Place, int]]:
    """The names that are known in a report, the longest where they overlap, with their sort."""
    found = _annotated(report) if report.whole else _speaking(report)
    taken: set[int] = set()
    for place, sort in sorted(found, key=lambda row: row[0][0] - row[0][1]):
        if taken.isdisjoint(range(*place)):
            taken.update(range(*place))
            yield place, sort


def _annotated(report: Report) -> Iterator[tuple[Place, int]]:
    for place, entities in report.meant("names").items():
        yield place, _SORT.get(entities[0]["kind"], _OTHER)


def _speaking(report: Report) -> Iterator[tuple[Place, int]]:
    for statement in report.record["attributions"]:
        for speaker in statement["speakers"]:
            for name in (speaker["name"], *(speaker.get("accept") or ())):
                bare = (name or "").removeprefix("The ").removeprefix("the ")
                if speaker["kind"] in ("person", "organisation") and bare[:1].isupper():
                    for place in places(report.text, bare):
                        yield place, _SORT[speaker["kind"]]


def allowed(report: Report, found: States) -> Allowed:
    """Which labels each token may have [n, LABELS]; all where nothing is known."""
    text, n = report.text, len(found.starts)
    out = np.zeros((n, LABELS), bool)
    out[:, 0] = True
    if not report.whole:
        for i, (start, end) in enumerate(zip(found.starts, found.ends, strict=True)):
            goes_on = i > 0 and start == found.ends[i - 1] and text[start].isalnum()
            out[i] |= text[start:end][:1].isupper() or (goes_on and bool(out[i - 1].all()))
    for (start, end), sort in spans(report):
        low, high = found.starts.searchsorted([start, end])
        kinds = [sort] if report.whole or sort == _PERSON else [_BODY, _PLACE]
        for i in range(low, high):
            out[i] = False
            for kind in kinds:
                out[i, 1 + 2 * kind + (i > low)] = True
        if not report.whole and high < n:
            out[high, 2::2] = False
    return out


def inputs(report: Report, found: States) -> NDArray[np.float16]:
    """The states with what the rules say [n, width + RULES]."""
    nothing = np.zeros((len(found.starts), 0), np.float32)
    sight = Sight(found.starts, found.ends, nothing, nothing, nothing)
    return np.concatenate(
        [found.layers[0], rules(sight, find_names(report.text, headings=True))], 1
    ).astype(np.float16)


def train(reports: Sequence[Report], found: Sequence[States], seed: int = 0) -> Names:
    """The weights, from the states of each report at one layer."""
    torch.manual_seed(seed)
    x = torch.from_numpy(np.concatenate([inputs(*one) for one in zip(reports, found, strict=True)]))
    y = torch.from_numpy(
        np.concatenate([allowed(*one) for one in zip(reports, found, strict=True)])
    )
    known = torch.nonzero(~y.all(1))[:, 0]
    net = torch.nn.Sequential(
        torch.nn.Linear(x.shape[1], HIDDEN), torch.nn.ReLU(), torch.nn.Linear(HIDDEN, LABELS)
    )
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.01)
    steps = EPOCHS * (len(known) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda k: 1 - k / (steps + 1))
    for _ in range(EPOCHS):
        order = known[torch.randperm(len(known))]
        for batch in order[: len(order) // BATCH * BATCH].split(BATCH):
            logp = torch.log_softmax(net(x[batch].float()), -1)
            loss = -logp.masked_fill(~y[batch], -1e9).logsumexp(-1).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    first, _, last = net
    weights = first.weight.detach().numpy().T
    return Names(
        states=weights[:-RULES].copy(),
        bias=first.bias.detach().numpy(),
        rules=weights[-RULES:].copy(),
        out=last.weight.detach().numpy().T.copy(),
        out_bias=last.bias.detach().numpy(),
    )
