"""High and low tones: what a tiny model tells apart at once."""

import numpy as np

from seqcore.datasets.labelled_sounds import LabelledSounds, Sound

RATE = 8000
SETTINGS = {"bands": 8, "window_ms": 50, "hop_ms": 25, "epochs": 12, "units": 8, "embedding_size": 8,
            "learning_rate": 0.02}  # fmt: skip


def labelled_tones(rows: int = 60) -> LabelledSounds:
    """A tone of 300 or of 1,500 Hz with some noise, of different lengths."""
    rng = np.random.default_rng(0)
    sounds, labels = [], []
    for row in range(rows):
        times = np.arange(int(RATE * rng.uniform(0.1, 0.3))) / RATE
        wave = np.sin(2 * np.pi * (300 if row % 2 else 1500) * times)
        sounds.append(Sound.of(0.5 * wave + rng.normal(scale=0.05, size=len(times)), RATE))
        labels.append("low" if row % 2 else "high")
    return LabelledSounds("tones", tuple(sounds), tuple(labels), files=tuple(f"{n}.wav" for n in range(rows)))
