"""Train the network on the annotated articles; goes on from its last checkpoint.

A run's folder holds `state.pt` (everything, to go on from), `weights.pt` (the averaged
weights) and `log.jsonl`. The same seed and data give the same windows in the same order.
"""

import json
import math
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import torch

from sayso.reader.tokens import Tokenizer
from training.batches import Source, epoch, sources
from training.losses import WEIGHTS, losses
from training.model import Network


@dataclass(frozen=True)
class Settings:
    """A run. `silver` is the share of the unlabelled reports that an epoch goes over."""

    shared: Path
    base: Path
    run: Path
    own: Path = Path("training/data")
    epochs: float = 3
    silver: float = 0.6
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    seed: int = 1
    save_every: float = 300
    """Seconds between checkpoints."""


class Average:
    """Exponential average of the trained weights, taken every eighth step."""

    EVERY, DECAY = 8, 0.97

    def __init__(self, net: Network) -> None:
        self.weights = {k: v.detach().clone() for k, v in net.named_parameters() if v.requires_grad}

    def update(self, net: Network, step: int) -> None:
        if step % self.EVERY:
            return
        taken = step / self.EVERY
        decay = min(self.DECAY, (1 + taken) / (10 + taken))
        for k, v in net.named_parameters():
            if v.requires_grad:
                self.weights[k].mul_(decay).add_(v.detach(), alpha=1 - decay)


class Run:
    """A training run: the network, its optimiser and average, and where it stands."""

    def __init__(self, settings: Settings) -> None:
        torch.manual_seed(settings.seed)
        self.settings = settings
        self.tokenizer = Tokenizer(settings.base / "vocab.txt")
        self.net = Network.from_base(settings.base / "model.safetensors")
        self.net.encoder.words.weight.requires_grad_(False)
        self.optimiser = self._optimiser()
        self.average = Average(self.net)
        self.step = 0
        self.mean = dict.fromkeys(WEIGHTS, 0.0)
        settings.run.mkdir(parents=True, exist_ok=True)
        if self._state.exists():
            self._resume()

    @property
    def _state(self) -> Path:
        return self.settings.run / "state.pt"

    @property
    def weights(self) -> Path:
        """The averaged weights, as the last checkpoint left them."""
        return self.settings.run / "weights.pt"

    @property
    def taught(self) -> Path:
        """The same, once addressee, channel and time have been taught."""
        return self.settings.run / "taught.pt"

    def _optimiser(self) -> torch.optim.Optimizer:
        trained = {n: p for n, p in self.net.named_parameters() if p.requires_grad}
        known = {n for n in trained if n.startswith(("encoder.layers", "encoder.norm"))}
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
        found = sources(self.settings.shared, self.settings.own, self.settings.silver)
        size = len(self._batches(found, 0))
        total = math.ceil(size * self.settings.epochs)
        begun = saved = time.monotonic()
        print(f"{size} batches an epoch, {total} steps, from step {self.step}", flush=True)
        if self.step >= total:
            return  # what was taught from the weights is newer than they are, and stays so
        self.net.train()
        while self.step < total:
            number, done = divmod(self.step, size)
            for batch in self._batches(found, number)[done : done + total - self.step]:
                self._learn(batch, total)
                if self.step % 20 == 0:
                    self._log(total, time.monotonic() - begun)
                if time.monotonic() - saved > self.settings.save_every:
                    self._save()
                    saved = time.monotonic()
            self.step = max(self.step, min(total, (number + 1) * size))
        self._save()

    def _batches(self, found: list[Source], number: int) -> list:  # type: ignore[type-arg]
        return epoch(found, self.tokenizer, Random(self.settings.seed + number))

    def _learn(self, batch: list, total: int) -> None:  # type: ignore[type-arg]
        self.step += 1
        scale = min(1, self.step / (0.05 * total)) * max(0.02, 1 - self.step / total)
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * scale
        parts = losses(self.net, self.tokenizer, batch)
        self.optimiser.zero_grad()
        torch.stack([WEIGHTS[name] * value for name, value in parts.items()]).sum().backward()
        torch.nn.utils.clip_grad_norm_([p for p in self.net.parameters() if p.requires_grad], 1.0)
        self.optimiser.step()
        self.average.update(self.net, self.step)
        for name, value in parts.items():
            self.mean[name] += (value.item() - self.mean[name]) * max(0.02, 1 / self.step)

    def _log(self, total: int, seconds: float) -> None:
        line = {"step": self.step, "of": total, "seconds": round(seconds)}
        told = json.dumps(line | {k: round(v, 4) for k, v in self.mean.items()})
        print(told, flush=True)
        with open(self.settings.run / "log.jsonl", "a", encoding="utf-8") as log:
            log.write(told + "\n")

    def _save(self) -> None:
        frozen = "encoder.words.weight"
        state = {
            "net": {k: v for k, v in self.net.state_dict().items() if k != frozen},
            "optimiser": self.optimiser.state_dict(),
            "average": self.average.weights,
            "mean": self.mean,
            "step": self.step,
            "settings": {k: str(v) for k, v in asdict(self.settings).items()},
        }
        for path, value in ((self._state, state), (self.weights, self.average.weights)):
            new = path.with_suffix(".new")
            torch.save(value, new)
            new.replace(path)

    def _resume(self) -> None:
        state = torch.load(self._state)
        self.net.load_state_dict(state["net"], strict=False)
        self.optimiser.load_state_dict(state["optimiser"])
        self.average.weights, self.step, self.mean = state["average"], state["step"], state["mean"]
