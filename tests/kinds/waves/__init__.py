"""A kind of data for tests: short series of frames, each of a few numbers. Importing it registers it."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar, Literal

import numpy as np

from seqcore.datasets.labelled_data import Dropped, LabelledData
from seqcore.kinds import Encoder, FrameSizes, Kind, Step, register
from seqcore.spec import InputOptions, option


class WaveOptions(InputOptions):
    """How waves become frames."""

    length_setting: ClassVar[str] = "most_moments"
    kind: Literal["waves"] = "waves"
    most_moments: int = option(40, "Most moments", "Moments kept of each wave.", ge=1, le=1000)


@dataclass(frozen=True)
class LabelledWaves(LabelledData):
    """Waves, each (moments, channels), with their labels."""

    kind: ClassVar[str] = "waves"
    name: str
    waves: tuple[np.ndarray, ...]
    labels: tuple[str, ...]
    given_split: tuple[str, ...] | None = None
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()

    examples = property(lambda self: self.waves)
    content_hash = property(lambda self: sha256(self.to_parquet()).hexdigest()[:16])

    def keys(self) -> list[bytes]:
        return [wave.tobytes() for wave in self.waves]

    def summary(self, row: int) -> str:
        return f"{len(self.waves[row])} moments of {self.waves[row].shape[1]} channels"

    def to_parquet(self) -> bytes:
        import pandas as pd

        rows = {"wave": [json.dumps(wave.tolist()) for wave in self.waves], "label": list(self.labels)}
        buffer = io.BytesIO()
        pd.DataFrame(rows).to_parquet(buffer, index=False)
        return buffer.getvalue()


class WaveEncoder(Encoder):
    """Takes the training waves' mean from every frame."""

    padding = float("nan")

    def __init__(self, mean: np.ndarray, longest: int) -> None:
        self.mean, self.longest = np.asarray(mean, np.float32), longest

    empty = property(lambda self: np.zeros((1, len(self.mean)), np.float32))
    sizes = property(lambda self: FrameSizes(len(self.mean), self.longest))

    def encode(self, examples: Any) -> list[np.ndarray]:
        return [np.asarray(wave[: self.longest], np.float32) - self.mean for wave in examples]

    def lengths(self, examples: Any) -> np.ndarray:
        return np.array([len(wave) for wave in examples])

    def steps(self, example: Any) -> list[Step]:
        return [Step(f"moment {number + 1}", number, number + 1) for number in range(len(example[: self.longest]))]

    def summary(self) -> str:
        return "The mean is learned from the training waves only."

    def about(self) -> dict[str, Any]:
        return {"mean": self.mean.tolist(), "longest": self.longest}

    def to_bytes(self) -> bytes:
        return json.dumps(self.about()).encode()


@register
class Waves(Kind):
    """Waves as a kind of data."""

    name, label, example, examples, step, steps = "waves", "Waves", "wave", "waves", "moment", "moments"
    drawing, form, options, encoder_file = "moments", "frames", WaveOptions, "waves.json"
    smallest = FrameSizes(channels=2, longest=4)

    def reads(self) -> list[str]:
        return ["Parquet"]

    def load(self, data: bytes, name: str) -> LabelledWaves:
        import pandas as pd

        table = pd.read_parquet(io.BytesIO(data))
        return LabelledWaves(name, tuple(np.array(json.loads(wave)) for wave in table["wave"]), tuple(table["label"]))

    def fit(self, examples: Any, options: InputOptions) -> WaveEncoder:
        return WaveEncoder(np.concatenate(examples).mean(axis=0), options.most_moments)  # type: ignore[attr-defined]

    def largest_sizes(self, examples: Any, options: InputOptions) -> FrameSizes:
        most = options.most_moments  # type: ignore[attr-defined]
        return FrameSizes(examples[0].shape[1], min(most, max(map(len, examples))))

    def read_encoder(self, saved: bytes, options: InputOptions) -> WaveEncoder:
        return WaveEncoder(**json.loads(saved))

    def bundle_files(self) -> dict[str, str]:
        return {"predict.py": "# pad with NaN\n", "requirements.txt": "keras\n"}


def labelled_waves(rows: int = 90, name: str = "waves") -> LabelledWaves:
    """Rising and falling waves of different lengths; the class is which way they go."""
    rng = np.random.default_rng(0)
    waves, labels = [], []
    for row in range(rows):
        rises = row % 2 == 0
        slope = np.linspace(-1, 1, int(rng.integers(5, 20))) * (1 if rises else -1)
        waves.append(np.round(np.column_stack([slope, rng.normal(size=len(slope))]), 3))
        labels.append("rises" if rises else "falls")
    return LabelledWaves(name, tuple(waves), tuple(labels))
