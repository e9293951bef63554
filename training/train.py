"""Train a network on the annotated articles; goes on from its last checkpoint.

A run's folder holds `run.json` (what the network is), `vocab.txt`, `state.pt` (everything, to
go on from), `weights.pt` (the averaged weights) and `log.jsonl`. The same seed and data give
the same windows in the same order.
"""

import json
import math
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor, nn

from sayso.reader.tokens import Tokenizer
from training.base import Base, Weights, base
from training.batches import Epochs, Mix
from training.examples import Window
from training.losses import WEIGHTS, Batch, Teachers, collate, losses
from training.model import Network, Shape
from training.quantised import reckon_rounded

BASES = Path("runs/bases")
FROZEN = "encoder.words.weight"
KNOWN = tuple(f"encoder.{part}" for part in ("layers", "norm", "places", "distances"))
"""What the base knows already; the rest learns faster."""


@dataclass(frozen=True)
class Settings:
    """A run: from which base, on what, how long and how fast."""

    mix: Mix
    base: str
    run: Path
    layers: tuple[int, ...]
    """Which of the base's layers the network has."""
    teachers: tuple[Path, ...] = ()
    """Folders of runs whose networks teach this one."""
    epochs: float = 3
    steps: int | None = None
    """Batches in all, where it isn't epochs that count."""
    tokens: int = 4096
    """Tokens of a batch."""
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    head_width: int = 192
    rounding: float = 0.0
    """The last part of the run in which it reckons as the shipped int8 graph does."""
    seed: int = 1
    device: str = "cpu"
    workers: int = 0
    """Processes that make epochs ahead."""
    save_every: float = 300
    """Seconds between checkpoints."""


class Average:
    """Exponential average of the trained weights, taken every eighth step."""

    EVERY, DECAY = 8, 0.97

    def __init__(self, net: nn.Module) -> None:
        self.weights = {k: v.detach().clone() for k, v in net.named_parameters() if v.requires_grad}

    def update(self, net: nn.Module, step: int) -> None:
        if step % self.EVERY:
            return
        taken = step / self.EVERY
        decay = min(self.DECAY, (1 + taken) / (10 + taken))
        new = [v.detach() for v in net.parameters() if v.requires_grad]
        torch._foreach_lerp_(list(self.weights.values()), new, 1 - decay)


def load(folder: Path, bases: Path = BASES) -> Network:
    """The network of a run, with its averaged weights."""
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    net = Network(Shape(**told["shape"]))
    weights = torch.load(folder / "weights.pt", map_location="cpu")
    words = base(told["base"], bases).weights["words.weight"]
    net.load_state_dict(weights | {FROZEN: words})
    return net.eval()


class Run:
    """A training run: the network, its optimiser and average, and where it stands."""

    def __init__(self, settings: Settings, bases: Path = BASES) -> None:
        torch.manual_seed(settings.seed)
        self.settings = settings
        self.device = torch.device(settings.device)
        settings.run.mkdir(parents=True, exist_ok=True)
        start = base(settings.base, bases)
        start.write_vocabulary(self.vocabulary)
        self.tokenizer = Tokenizer(self.vocabulary)
        self.net = _network(settings, start).to(self.device)
        self.net.encoder.words.weight.requires_grad_(False)
        self.teachers = (
            Teachers([load(t, bases).to(self.device) for t in settings.teachers])
            if settings.teachers
            else None
        )
        self.optimiser = self._optimiser()
        self.average = Average(self.net)
        self.step = self.size = self.total = 0
        self.mean = dict.fromkeys(WEIGHTS, 0.0)
        told = {"base": settings.base, "shape": asdict(self.net.shape)}
        (settings.run / "run.json").write_text(json.dumps(told), encoding="utf-8")
        if self._state.exists():
            self._resume()

    @property
    def _state(self) -> Path:
        return self.settings.run / "state.pt"

    @property
    def vocabulary(self) -> Path:
        return self.settings.run / "vocab.txt"

    @property
    def weights(self) -> Path:
        """The averaged weights, as the last checkpoint left them."""
        return self.settings.run / "weights.pt"

    def _optimiser(self) -> torch.optim.Optimizer:
        trained = {n: p for n, p in self.net.named_parameters() if p.requires_grad}
        known = {n for n in trained if n.startswith(KNOWN)}
        groups = [
            {"params": [trained[n] for n in trained if n in known], "base": self.settings.rate},
            {
                "params": [p for n, p in trained.items() if n not in known],
                "base": self.settings.head_rate,
            },
        ]
        return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)

    def train(self) -> None:
        """Go on to the end of the run's last epoch."""
        begun = saved = time.monotonic()
        self.net.train()
        for batch in self._batches():
            self._learn(batch)
            if self.step % 20 == 0:
                self._log(time.monotonic() - begun)
            if time.monotonic() - saved > self.settings.save_every:
                self._save()
                saved = time.monotonic()
        self._save()

    def _batches(self) -> Iterator[Batch]:
        """From where the run stands to its end, the next one being made while one is learnt."""
        reach = self.net.shape.reach
        with ThreadPoolExecutor(1) as aside:
            last = None
            for windows in self._windows():
                new = aside.submit(collate, windows, self.tokenizer, reach)
                if last is not None:
                    yield last.result()
                last = new
            if last is not None:
                yield last.result()

    def _windows(self) -> Iterator[list[Window]]:
        """Each batch's windows. Epochs differ a little in length; the first one's is taken."""
        s = self.settings
        number, done = divmod(self.step, self.size) if self.size else (0, 0)
        left = -1
        for made in Epochs(s.mix, self.vocabulary, s.tokens, s.seed, s.workers)(number):
            self.size = self.size or len(made)
            if left < 0:
                self.total = s.steps or math.ceil(self.size * s.epochs)
                left = max(0, self.total - self.step)
                print(
                    f"{self.size} batches an epoch, {self.total} in all, {left} to go", flush=True
                )
            yield from islice(made, done, done + left)
            left, done = left - max(0, len(made) - done), 0
            if left <= 0:
                return

    def _learn(self, batch: Batch) -> None:
        self.step += 1
        total = self.total
        scale = min(1, self.step / (0.05 * total)) * max(0.02, 1 - self.step / total)
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * scale
        reckon_rounded(self.net, self.step > total * (1 - self.settings.rounding))
        batch = batch.to(self.device)
        taught = None if self.teachers is None else self.teachers(batch)
        parts = losses(self.net, batch, taught)
        self.optimiser.zero_grad()
        torch.stack([WEIGHTS[name] * value for name, value in parts.items()]).sum().backward()
        torch.nn.utils.clip_grad_norm_([p for p in self.net.parameters() if p.requires_grad], 1.0)
        self.optimiser.step()
        self.average.update(self.net, self.step)
        if self.step % 5 == 0:  # a look at a loss waits for the device
            for name, value in parts.items():
                self.mean[name] += (value.item() - self.mean[name]) * max(0.1, 5 / self.step)

    def _log(self, seconds: float) -> None:
        line = {"step": self.step, "of": self.total, "seconds": round(seconds)}
        told = json.dumps(line | {k: round(v, 4) for k, v in self.mean.items()})
        print(told, flush=True)
        with open(self.settings.run / "log.jsonl", "a", encoding="utf-8") as log:
            log.write(told + "\n")

    def _save(self) -> None:
        state = {
            "net": {k: v for k, v in self.net.state_dict().items() if k != FROZEN},
            "optimiser": self.optimiser.state_dict(),
            "average": self.average.weights,
            "mean": self.mean,
            "step": self.step,
            "size": self.size,
        }
        for path, value in ((self._state, state), (self.weights, self.average.weights)):
            new = path.with_suffix(".new")
            torch.save(value, new)
            new.replace(path)

    def _resume(self) -> None:
        state = torch.load(self._state, map_location=self.device)
        self.net.load_state_dict(state["net"] | {FROZEN: self.net.encoder.words.weight})
        self.optimiser.load_state_dict(state["optimiser"])
        self.average.weights, self.mean = state["average"], state["mean"]
        self.step, self.size = state["step"], state["size"]


def _network(settings: Settings, start: Base) -> Network:
    """The untrained network, with the weights that it starts from."""
    shape = replace(start.shape, layers=len(settings.layers), head_width=settings.head_width)
    net = Network(shape)
    net.start(_with_layers(start.weights, settings.layers))
    return net


def _with_layers(weights: Weights, layers: tuple[int, ...]) -> dict[str, Tensor]:
    """The weights with these of the encoder's layers, numbered anew."""
    kept = {k: v for k, v in weights.items() if not k.startswith("layers.")}
    for new, old in enumerate(layers):
        at = f"layers.{old}."
        found = {k.removeprefix(at): v for k, v in weights.items() if k.startswith(at)}
        kept |= {f"layers.{new}.{k}": v for k, v in found.items()}
    return kept
