"""Teach addressee, channel and time: a layer of its own over the network, which stays as it is.

Few articles have these layers annotated, and few of their tokens; taught with all the rest
they come out confused with each other. So they are taught last, alone, on those articles.
"""

from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch

from sayso.reader.tokens import Tokenizer
from training.batches import Source, epoch, sources
from training.corpus import Document
from training.losses import losses
from training.model import Network

EPOCHS, RATE = 5, 2e-3


@dataclass(frozen=True)
class Phrases:
    """What is needed to teach them; `weights` are the trained network's, `taught` the result."""

    shared: Path
    base: Path
    own: Path
    weights: Path
    taught: Path
    seed: int = 1

    def teach(self) -> None:
        torch.manual_seed(self.seed)
        tokenizer = Tokenizer(self.base / "vocab.txt")
        net = Network.from_base(self.base / "model.safetensors")
        known = torch.load(self.weights)
        net.load_state_dict(known, strict=False)
        net.requires_grad_(False).eval()
        side = net.roles.side.requires_grad_(True)
        found = [s for s in map(_annotated, sources(self.shared, self.own, 0)) if s.articles]
        batches = [epoch(found, tokenizer, Random(self.seed + n)) for n in range(EPOCHS)]
        total, step = sum(map(len, batches)), 0
        optimiser = torch.optim.AdamW(side.parameters(), lr=RATE, weight_decay=0.01)
        for batch in (b for made in batches for b in made):
            step += 1
            optimiser.param_groups[0]["lr"] = RATE * min(1, step / 50) * (1 - step / (total + 1))
            loss = losses(net, tokenizer, batch).get("side")
            if loss is None or not loss.requires_grad:
                continue
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            if step % 50 == 0:
                print(f"phrases {step}/{total}: {loss.item():.4f}", flush=True)
        taught = {f"roles.side.{k}": v for k, v in side.state_dict().items()}
        kept = {k: v for k, v in known.items() if not k.startswith("roles.side")}
        torch.save(kept | taught, self.taught)


def _annotated(source: Source) -> Source:
    """The source's articles whose statements say to whom, where and when."""

    def layered(doc: Document) -> bool:
        return any(a.addressee is not None and a.kind is not None for a in doc.attributions)

    kept = [found for copies in source.articles if (found := [d for d in copies if layered(d)])]
    return Source(kept, 1, source.weight)
