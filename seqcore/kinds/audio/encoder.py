"""Sounds as log-mel frames, standardised by what the training sounds were like."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from seqcore.datasets.labelled_sounds import Sound
from seqcore.datasets.sounds.resampling import resampled
from seqcore.errors import DataError
from seqcore.kinds.audio.mel import frame_sizes, frames_in, hertz, log_mel, mel
from seqcore.kinds.audio.options import AudioOptions
from seqcore.kinds.base import Array, Encoder, Step
from seqcore.kinds.sizes import FrameSizes

_SMALLEST_SPREAD = 1e-3  # a band in which nothing ever sounds is not made loud


class AudioEncoder(Encoder):
    """Takes its mean from each band, and divides by how far that spreads.

    Args:
        options: How frames are made.
        mean: (bands,) of the training sounds; zeros unless bands are standardised by them.
        spread: (bands,) standard deviations; ones unless they are.
        longest: Most frames of a sound.
        kept_rate: Highest rate in Hz of the training sounds; what is asked about later is brought down to it too.
    """

    padding: ClassVar[float] = float("nan")

    def __init__(
        self, options: AudioOptions, mean: npt.ArrayLike, spread: npt.ArrayLike, longest: int, kept_rate: int
    ) -> None:
        self.options, self.longest, self.kept_rate = options, longest, kept_rate
        self.mean, self.spread = np.asarray(mean, np.float32), np.asarray(spread, np.float32)

    @classmethod
    def fit(cls, sounds: Sequence[Sound], options: AudioOptions) -> AudioEncoder:
        """Learn mean and spread of each band, and how long sounds are, from the training sounds."""
        return cls.fit_encode(sounds, options)[0]

    @classmethod
    def fit_encode(cls, sounds: Sequence[Sound], options: AudioOptions) -> tuple[AudioEncoder, list[Array]]:
        """`fit`, and the frames of the same sounds, which are made once."""
        options.refuse_empty_bands()
        kept_rate = max((sound.rate for sound in sounds), default=options.rate)
        frames = [_frames(sound, options, kept_rate) for sound in sounds]
        longest = max(1, min(options.longest_frames, max(map(len, frames), default=1)))
        frames = [each[:longest] for each in frames]
        mean, spread = np.zeros(options.bands, np.float32), np.ones(options.bands, np.float32)
        if options.normalise == "band" and any(map(len, frames)):
            count = sum(map(len, frames))
            mean = np.sum([each.sum(axis=0, dtype=np.float64) for each in frames], axis=0) / count
            squares = np.sum([((each - mean) ** 2).sum(axis=0, dtype=np.float64) for each in frames], axis=0)
            spread = np.maximum(np.sqrt(squares / count), _SMALLEST_SPREAD)
        encoder = cls(options, mean, spread, longest, kept_rate)
        return encoder, [encoder._standardised(each) for each in frames]

    @property
    def empty(self) -> Array:
        """One frame in which nothing is unusual."""
        return np.zeros((1, self.options.bands), np.float32)

    @property
    def sizes(self) -> FrameSizes:
        """A number a band; as many frames as the longest training sound has."""
        return FrameSizes(self.options.bands, self.longest)

    def encode(self, examples: Sequence[Sound]) -> list[Array]:
        """(frames, bands) of each."""
        return [self._standardised(self.loudness(sound)) for sound in examples]

    def loudness(self, sound: Sound) -> Array:
        """(frames, bands) natural logarithm of the power in each band, cut to the longest, as it is drawn."""
        found: Array = _frames(sound, self.options, self.kept_rate)[: self.longest]
        return found

    def band_hertz(self) -> list[float]:
        """The frequency in the middle of each band."""
        options = self.options
        tops: list[float] = hertz(np.linspace(mel(options.lowest), mel(options.top), options.bands + 2))[1:-1].tolist()
        return tops

    def lengths(self, examples: Sequence[Sound]) -> npt.NDArray[np.int64]:
        """(sounds,) frames of each."""
        return np.array([_frames_of(sound, self.options, self.kept_rate) for sound in examples], np.int64)

    def knows(self, examples: Sequence[Sound]) -> list[bool]:
        """Whether there is anything to be heard."""
        return [not sound.is_silent for sound in examples]

    def unknown_shares(self, examples: Sequence[Sound]) -> npt.NDArray[np.float64]:
        """No frame is unknown: they are numbers."""
        return np.zeros(len(examples))

    def steps(self, example: Sound) -> list[Step]:
        """The frames, called by the second at which each begins; start and end are samples of the sound."""
        hop, window = self.options.hop_ms / 1000, self.options.window_ms / 1000
        count = min(_frames_of(example, self.options, self.kept_rate), self.longest)
        starts = np.arange(count) * hop
        ends = np.minimum(starts + window, example.seconds)
        return [
            Step(f"{start:.2f} s", int(start * example.rate), int(end * example.rate))
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]

    def summary(self) -> str:
        """What was learned from the training sounds, in a sentence."""
        options = self.options
        how = f"A frame every {options.hop_ms:g} ms, of {options.window_ms:g} ms: how loud {options.bands} bands are, "
        how += f"from {options.lowest:g} to {options.top:g} Hz."
        learned = {
            "band": " Mean and spread of each band are learned from the training sounds only.",
            "sound": " Each sound is standardised by itself.",
            "none": "",
        }
        return how + learned[options.normalise]

    def about(self) -> dict[str, Any]:
        """What was learned from the training sounds."""
        return {"mean": self.mean.tolist(), "spread": self.spread.tolist(), "longest": self.longest}

    def to_bytes(self) -> bytes:
        """`about` and how frames are made, as JSON."""
        how = self.options.model_dump(mode="json") | {"highest": self.options.top}
        return json.dumps({"frames": how, "kept_rate": self.kept_rate, **self.about()}).encode()

    @classmethod
    def from_bytes(cls, saved: bytes, options: AudioOptions) -> AudioEncoder:
        """What `to_bytes` wrote.

        Raises:
            DataError: the bytes are something else.
        """
        try:
            about = json.loads(saved)
            found = cls(options, about["mean"], about["spread"], int(about["longest"]), int(about["kept_rate"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            raise _damaged() from None
        learned = np.stack([found.mean, found.spread]) if found.mean.shape == found.spread.shape else np.zeros(0)
        whole = learned.shape == (2, options.bands) and np.isfinite(learned).all() and bool((found.spread > 0).all())
        if not whole or not 1 <= found.longest <= options.longest_frames:
            raise _damaged()
        return found

    def _standardised(self, frames: Array) -> Array:
        if self.options.normalise == "sound" and len(frames):
            spread = np.maximum(frames.std(axis=0), _SMALLEST_SPREAD)
            found: Array = ((frames - frames.mean(axis=0)) / spread).astype(np.float32)
            return found
        return ((frames - self.mean) / self.spread).astype(np.float32)


def _frames(sound: Sound, options: AudioOptions, kept_rate: int) -> Array:
    """(frames, bands) of a sound, brought down to the kept rate where its own is higher."""
    most = int(sound.rate * (options.longest + options.window_ms / 1000)) + 1  # no more of it is looked at
    kept = min(sound.rate, kept_rate)
    samples = resampled(resampled(sound.samples[:most], sound.rate, kept), kept, options.rate)
    parts = options.window_ms, options.hop_ms, options.bands, options.lowest, options.top
    return log_mel(samples, options.rate, *parts)


def _frames_of(sound: Sound, options: AudioOptions, kept_rate: int) -> int:
    kept = min(sound.rate, kept_rate)
    samples = round(round(sound.count * kept / sound.rate) * options.rate / kept)
    window, hop, _ = frame_sizes(options.rate, options.window_ms, options.hop_ms)
    return frames_in(samples, window, hop)


def _damaged() -> DataError:
    return DataError("The file of the encoder is damaged", remedy="Train again")
