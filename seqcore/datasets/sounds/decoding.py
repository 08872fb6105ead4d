"""One sound file as one channel at one rate, and what had to be done for that."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np

from seqcore.datasets.labelled_sounds import Sound
from seqcore.datasets.sounds.resampling import resampled
from seqcore.errors import DataError

EXTENSIONS = ("wav", "wave", "flac", "ogg", "oga", "opus", "mp3", "aif", "aiff", "aifc")
_USUAL = {"wav": ("WAV", "WAVEX", "RF64"), "flac": ("FLAC",), "ogg": ("OGG",), "mp3": ("MP3", "MPEG")}
_RATES = range(1_000, 768_001)  # Hz; no recorder has others
_REMEDY = "Save it as WAV, FLAC or OGG, and try again"


@dataclass(frozen=True)
class Decoded:
    """A sound, and how it stood in its file.

    Attributes:
        sound: One channel, at the rate that was wanted or, where that is lower, its own.
        channels: Of the file.
        rate: Samples a second of the file.
        form: What the content is: "WAV".
    """

    sound: Sound
    channels: int
    rate: int
    form: str


def is_sound_file(name: str) -> bool:
    """Whether a file is one by its name, and no shadow of one that macOS packs beside it."""
    path = name.replace("\\", "/")
    file = path.rsplit("/", 1)[-1]
    hidden = file.startswith(".") or "__MACOSX" in path
    return not hidden and file.rpartition(".")[2].lower() in EXTENSIONS and "." in file


def decode_sound(data: bytes, *, most_rate: int, most_seconds: float) -> Decoded:
    """A sound file.

    Args:
        data: Its bytes; nothing about them is trusted, and a crafted file may end the process.
        most_rate: A sound at a higher rate is resampled to this.
        most_seconds: The longest that it may be.

    Raises:
        DataError: it is no sound, broken, longer than that, or has no sample.
    """
    import soundfile

    if not data:
        raise DataError("The file is empty", remedy=_REMEDY)
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            rate, channels, form = file.samplerate, file.channels, file.format
            most = int(most_seconds * rate) + 1
            _refuse_long(file.frames / max(rate, 1), most_seconds)
            samples = file.read(most, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, RuntimeError, ValueError, TypeError, MemoryError):
        raise DataError("This is no sound that can be read: broken, or of another format", remedy=_REMEDY) from None
    if not len(samples):
        raise DataError("There is no sound in it", received="0 seconds", remedy="Leave it out")
    if rate not in _RATES or not np.isfinite(samples).all():
        raise DataError("The sound is damaged", received=f"{rate:,} samples a second, or no numbers", remedy=_REMEDY)
    _refuse_long(len(samples) / rate, most_seconds)
    mixed, kept = samples.mean(axis=1, dtype=np.float32), min(rate, most_rate)
    return Decoded(Sound.of(resampled(mixed, rate, kept), kept), channels, rate, form)


def is_misnamed(name: str, form: str) -> bool:
    """Whether the name promises another format than the content is in."""
    usual = _USUAL.get(name.rpartition(".")[2].lower())
    return usual is not None and form not in usual


def _refuse_long(seconds: float, most: float) -> None:
    if seconds > most:
        raise DataError(
            f"The sound is longer than {most:g} seconds",
            received=f"{seconds:,.1f} seconds",
            remedy="Cut it, or raise SEQLAB_MAX_SOUND_SECONDS",
        )
