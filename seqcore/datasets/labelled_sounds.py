"""Labelled sounds: recordings of one channel at one rate, with what each of them is."""

from __future__ import annotations

import hashlib
import io
import json
import wave
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from seqcore.datasets.labelled_data import Dropped, LabelledData
from seqcore.errors import DataError

_ABOUT = b"sequence-lab-audio"
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
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = {
            "sound": pa.array([sound.data for sound in self.sounds], pa.large_binary()),
            "rate": pa.array([sound.rate for sound in self.sounds], pa.int32()),
            "label": pa.array(self.labels, pa.string()),
        }
        if self.given_split is not None:
            columns["split"] = pa.array(self.given_split, pa.string())
        if self.files:
            columns["file"] = pa.array(self.files, pa.string())
        about: dict[str, Any] = {"name": self.name, "notes": self.notes}
        about["dropped"] = [asdict(item) for item in self.dropped]
        table = pa.table(columns).replace_schema_metadata({_ABOUT: json.dumps(about)})
        sink = io.BytesIO()
        pq.write_table(table, sink, compression="zstd", use_dictionary=False)
        return sink.getvalue()

    @classmethod
    def from_parquet(cls, data: bytes, name: str = "") -> LabelledSounds:
        """What `to_parquet` wrote; `name` replaces the stored one.

        Raises:
            DataError: the bytes are not what `to_parquet` writes.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            table = pq.read_table(pa.BufferReader(data))
            about = json.loads((table.schema.metadata or {})[_ABOUT])
            has = table.column_names
            rows = zip(table["rate"].to_pylist(), table["sound"].to_pylist(), strict=True)
            return cls(
                name=name or about["name"],
                sounds=tuple(Sound(rate, sound) for rate, sound in rows),
                labels=tuple(table["label"].to_pylist()),
                given_split=tuple(table["split"].to_pylist()) if "split" in has else None,
                dropped=tuple(Dropped(item["reason"], item["count"], tuple(item["rows"])) for item in about["dropped"]),
                notes=tuple(about["notes"]),
                files=tuple(table["file"].to_pylist()) if "file" in has else (),
            )
        except (pa.ArrowException, OSError, KeyError, TypeError, ValueError):
            raise DataError("The stored data set cannot be read", remedy="Upload the files again") from None
