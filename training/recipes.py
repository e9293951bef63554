"""How the shipped models are trained: a large teacher, and two pupils of it."""

from dataclasses import dataclass, replace
from pathlib import Path

from training.batches import Mix
from training.train import Settings

TEACHER = "teacher"
VERSIONS = {"en": "en-4", "en-fast": "en-fast-6"}
"""The models, and what their readings name."""
LIGHTER = frozenset({"en-fast"})
"""Those that get a lighter head in the place of the one that was trained with the encoder."""


@dataclass(frozen=True)
class Recipes:
    """The settings of each run, in one folder and on one device."""

    shared: Path
    runs: Path
    device: str = "cpu"
    workers: int = 0

    def teacher(self) -> Settings:
        """Ten layers of the large encoder; a prototype has read the unlabelled reports for it."""
        large = self._large(TEACHER, Mix(self.shared, times=(("own", 2.0),)))
        return replace(large, epochs=5, rate=6e-5, seed=20)

    def pupil(self, name: str) -> Settings:
        """A model that ships: taught by the teacher too, and used to int8 by the end."""
        mix = Mix(self.shared, times=(("own", 2.0), ("unlabelled", 1.0)))
        taught = replace(self._large(name, mix), teachers=(self.runs / TEACHER,))
        if name == "en":
            return replace(taught, epochs=5.5, rate=6e-5, rounding=0.3, seed=5)
        small = replace(taught, base="minilm", layers=tuple(range(6)), head_width=192)
        return replace(small, epochs=9, rate=2.5e-4, rounding=0.25, seed=600)

    def _large(self, name: str, mix: Mix) -> Settings:
        return Settings(
            mix=mix,
            base="mpnet",
            run=self.runs / name,
            layers=tuple(range(10)),
            tokens=8192,
            head_width=256,
            device=self.device,
            workers=self.workers,
        )
