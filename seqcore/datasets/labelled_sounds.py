"""Labelled sounds: recordings of one channel at one rate, with what each of them is."""

from __future__ import annotations

import hashlib
import io
import wave
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from seqcore.datasets.as_parquet import Stored, cells_of, read_parquet, write_parquet
from seqcore.datasets.labelled_data import Dropped, LabelledData

_KEY = "sequence-lab-audio"  # of the metadata of the stored table
_LOUDEST = 32_767


@dataclass(frozen=True)
class Sound:
    """One sound of one channel.

    Attributes:
        rate: Samples a second.
        data: The samples, 16-bit integers in little-endian order.
    """

    rate: int
    data: bytes

    @classmethod
    def of(cls, samples: npt.ArrayLike, rate: int) -> Sound:
        """A sound from its samples, (samples,) between -1 and 1; what is louder is clipped."""
        scaled = np.clip(np.rint(np.asarray(samples, np.float64) * _LOUDEST), -_LOUDEST, _LOUDEST)
        return cls(rate, scaled.astype("<i2").tobytes())

    @property
    def count(self) -> int:
        """Number of samples."""
        return len(self.data) // 2

    def __len__(self) -> int:
        """Number of samples."""
        return self.count

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.count / self.rate

    @property
    def samples(self) -> npt.NDArray[np.float32]:
        """(samples,) between -1 and 1."""
        return np.frombuffer(self.data, "<i2").astype(np.float32) / np.float32(_LOUDEST)

    @property
    def is_silent(self) -> bool:
        """Whether nothing can be heard in it: no sample is louder than the noise of rounding."""
        return not self.count or int(np.abs(np.frombuffer(self.data, "<i2").astype(np.int32)).max()) <= 2

    def to_wav(self) -> bytes:
        """The sound as a WAV file, which every browser plays."""
        sink = io.BytesIO()
        with wave.open(sink, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self.rate)
            file.writeframes(self.data)
        return sink.getvalue()

    def __str__(self) -> str:
        """As people say it: "1.2 s, 16 kHz"."""
        return f"{self.seconds:.2f} s, {self.rate / 1000:g} kHz"

    def __repr__(self) -> str:
        """Without the samples."""
        return f"Sound({self})"


@dataclass(frozen=True)
class LabelledSounds(LabelledData):
    """Sounds with their labels.

    Attributes:
        name: Display name.
        sounds: The sounds, all at one rate.
        labels: The label of each.
        given_split: "train", "validation" or "test" of each row when folders said it, else None.
        dropped: What was left out, and why.
        notes: What was found and changed.
        files: Name of the file of each; empty where there is none.
    """

    kind: ClassVar[str] = "audio"
    _in_content: ClassVar[frozenset[str]] = frozenset({"sounds", "labels", "given_split"})

    name: str
    sounds: tuple[Sound, ...]
    labels: tuple[str, ...]
    given_split: tuple[str, ...] | None = None
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @cached_property
    def content_hash(self) -> str:
        """Sixteen hexadecimal digits that name sounds, labels and split."""
        digest = hashlib.sha256()
        digest.update(repr([(sound.rate, sound.count) for sound in self.sounds]).encode())
        for sound in self.sounds:
            digest.update(sound.data)
        digest.update(repr((self.labels, self.given_split)).encode("utf-8", "backslashreplace"))
        return digest.hexdigest()[:16]

    @property
    def examples(self) -> tuple[Sound, ...]:
        """The sounds."""
        return self.sounds

    def keys(self) -> tuple[Sound, ...]:
        """The sounds: equal ones are identical."""
        return self.sounds

    def summary(self, row: int) -> str:
        """How long it is, its rate, and the file that it came from."""
        return f"{self.sounds[row]}" + (f" · {self.files[row]}" if self.files else "")

    def to_parquet(self) -> bytes:
        """The rows as Parquet, the samples as bytes; the rest in its metadata."""
        sounds = {
            "sound": cells_of([sound.data for sound in self.sounds], "large_binary"),
            "rate": cells_of([sound.rate for sound in self.sounds], "int32"),
        }
        more = {"file": cells_of(self.files)} if self.files else {}
        return write_parquet(self, _KEY, sounds, more, {}, use_dictionary=False)

    @classmethod
    def from_parquet(cls, data: bytes, name: str = "") -> LabelledSounds:
        """What `to_parquet` wrote; `name` replaces the stored one.

        Raises:
            DataError: the bytes are not what `to_parquet` writes.
        """
        return read_parquet(data, _KEY, lambda stored: cls._made(stored, name), remedy="Upload the files again")

    @classmethod
    def _made(cls, stored: Stored, name: str) -> LabelledSounds:
        rows = zip(stored.cells("rate"), stored.cells("sound"), strict=True)
        sounds = tuple(Sound(rate, sound) for rate, sound in rows)
        return cls(sounds=sounds, files=stored.cells("file"), **stored.in_common(name))
