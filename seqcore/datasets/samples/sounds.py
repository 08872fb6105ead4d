"""Sounds from a seeded synthesiser of our own: tones, chirps, vowels and noise, each in some background noise.

Vowels by a source and a filter (Fant, "Acoustic Theory of Speech Production", 1960): pulses of a voice through
resonances at the formants of Peterson and Barney, "Control methods used in a study of the vowels", 1952. Every voice
has a pitch and a length of throat of its own, so that no single frequency tells a vowel. Chirps up and down have the
same frequencies, so that only their order tells them apart.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt

from seqcore.datasets.labelled_sounds import Sound

RATE = 16_000  # Hz
_Samples = npt.NDArray[np.float64]  # (samples,)
_SHORTEST, _LONGEST = 0.4, 0.7  # seconds
_FORMANTS = {
    "a": (730, 1090, 2440), "e": (530, 1840, 2480), "i": (270, 2290, 3010), "o": (570, 840, 2410),
    "u": (300, 870, 2240),
}  # fmt: skip
_BANDWIDTHS = (60, 90, 150)  # Hz
_FADE = 0.02  # seconds at both ends


def write_sounds(rows: int, seed: int) -> tuple[tuple[Sound, ...], tuple[str, ...]]:
    """Sounds and labels: the classes in turn, in random order."""
    rng = np.random.default_rng(seed)
    makers: dict[str, Callable[[int, np.random.Generator], _Samples]] = {
        "tone": _tone, "chirp up": _chirp_up, "chirp down": _chirp_down, "noise": _noise,
    }  # fmt: skip
    for vowel, formants in _FORMANTS.items():
        makers[f"vowel {vowel}"] = partial(_vowel, formants)
    labels = [list(makers)[row % len(makers)] for row in range(rows)]
    rng.shuffle(labels)
    return tuple(_recorded(makers[label], rng) for label in labels), tuple(labels)


def _recorded(make: Callable[[int, np.random.Generator], _Samples], rng: np.random.Generator) -> Sound:
    """A sound that fades in and out, at some loudness, in some noise."""
    count = int(rng.uniform(_SHORTEST, _LONGEST) * RATE)
    made = make(count, rng)
    edge = np.minimum(1.0, np.minimum(np.arange(count), np.arange(count)[::-1]) / (_FADE * RATE))
    loud = rng.uniform(0.2, 0.8) * made * edge / np.abs(made).max()
    hiss = rng.uniform(0.001, 0.02) * rng.normal(size=count)
    return Sound.of(loud + hiss, RATE)


def _tone(count: int, rng: np.random.Generator) -> _Samples:
    """One frequency."""
    return np.sin(2 * np.pi * rng.uniform(200, 3000) * np.arange(count) / RATE)


def _chirp_up(count: int, rng: np.random.Generator) -> _Samples:
    """A frequency that rises."""
    low = rng.uniform(200, 1200)
    high = low * rng.uniform(1.5, 2.5)
    frequency = low * (high / low) ** (np.arange(count) / count)
    return np.sin(2 * np.pi * np.cumsum(frequency) / RATE)


def _chirp_down(count: int, rng: np.random.Generator) -> _Samples:
    """The same backwards."""
    return _chirp_up(count, rng)[::-1]


def _noise(count: int, rng: np.random.Generator) -> _Samples:
    """Noise that is smoothed by a few samples, so that it is brighter or duller."""
    width = int(rng.integers(1, 6))
    return np.convolve(rng.normal(size=count + width - 1), np.ones(width) / width, "valid")


def _vowel(formants: tuple[int, ...], count: int, rng: np.random.Generator) -> _Samples:
    """Pulses of a voice whose pitch drifts, through the resonances of a throat."""
    pitch = rng.uniform(90, 260) * (1 + rng.uniform(-0.15, 0.15) * np.arange(count) / count)  # Hz
    pulses = np.diff(np.floor(np.cumsum(pitch) / RATE), prepend=0.0)
    frequencies = np.fft.rfftfreq(count, 1 / RATE)
    throat, response = rng.uniform(0.9, 1.15), 1 / (1 + (frequencies / 400) ** 2)  # a voice is duller than pulses
    for formant, bandwidth in zip(formants, _BANDWIDTHS, strict=True):
        centre = formant * throat
        response = response * centre**2 / (centre**2 - frequencies**2 + 1j * bandwidth * frequencies)
    return np.fft.irfft(np.fft.rfft(pulses) * response, count)
