"""Sounds as a kind of data: a step is a moment of a few milliseconds, a model reads log-mel frames."""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import numpy as np

from seqcore.datasets.labelled_data import LabelledData
from seqcore.datasets.labelled_sounds import LabelledSounds, Sound
from seqcore.datasets.sounds.decoding import is_sound_file
from seqcore.datasets.sounds.folders import labelled_sounds
from seqcore.errors import DataError
from seqcore.kinds.audio.encoder import AudioEncoder
from seqcore.kinds.audio.options import AudioOptions
from seqcore.kinds.base import Array, Encoder, Kind
from seqcore.kinds.picture import Picture
from seqcore.kinds.registry import register
from seqcore.kinds.sizes import FrameSizes
from seqcore.settings import Settings
from seqcore.spec import InputOptions

REQUIREMENTS = "tensorflow>=2.18\nkeras>=3.12\nsoundfile>=0.13\nsoxr>=0.5\n"  # Keras: before, safe mode had holes
_COPIED, _HERE = "# What follows is copied into predict.py.\n", "# (How a sound becomes log-mel frames.)"
_MOSTLY = 0.5  # share of the files of an archive that are sounds
_RATES = range(1_000, 1_000_000)  # Hz that a question may speak of


@register
class AudioKind(Kind):
    """Labelled sounds."""

    name = "audio"
    label = "Sound"
    example, examples = "sound", "sounds"
    step, steps = "frame", "frames"
    drawing = "moments"
    form = "frames"
    options = AudioOptions
    encoder_file = "frames.json"
    smallest = FrameSizes(channels=4, longest=4)

    def reads(self) -> Sequence[str]:
        """Sound files in an archive or a folder."""
        return "WAV", "FLAC", "OGG", "MP3", "AIFF"

    def recognises(self, names: Sequence[str]) -> bool:
        """Whether most files are sounds by their names."""
        return sum(map(is_sound_file, names)) > _MOSTLY * len(names)

    def read_files(self, files: Sequence[tuple[str, bytes]], name: str, limits: Settings) -> LabelledSounds:
        """Sounds in a folder for each label."""
        return labelled_sounds(files, name, limits)

    def load(self, data: bytes, name: str) -> LabelledSounds:
        """Sounds and labels as they were stored."""
        return LabelledSounds.from_parquet(data, name)

    def fit(self, examples: Sequence[Sound], options: InputOptions) -> AudioEncoder:
        """Learn mean and spread of each band from the training sounds."""
        return AudioEncoder.fit(examples, _of_audio(options))

    def fit_encode(self, examples: Sequence[Sound], options: InputOptions) -> tuple[AudioEncoder, list[Array]]:
        """Both in half the time: the frames are made once."""
        return AudioEncoder.fit_encode(examples, _of_audio(options))

    def largest_sizes(self, examples: Sequence[Sound], options: InputOptions) -> FrameSizes:
        """As many frames as the longest sound has, and the options allow."""
        audio = _of_audio(options)
        longest = max((sound.seconds for sound in examples), default=0.0)
        return FrameSizes(audio.bands, max(1, min(audio.longest_frames, int(longest * 1000 / audio.hop_ms) + 1)))

    def read_encoder(self, saved: bytes, options: InputOptions) -> AudioEncoder:
        """The encoder that a `frames.json` keeps."""
        return AudioEncoder.from_bytes(saved, _of_audio(options))

    def to_text(self, example: Sound) -> str:
        """The rate, and the samples in base64."""
        return f"{example.rate}:{base64.b64encode(example.data).decode('ascii')}"

    def from_text(self, text: str) -> Sound:
        """What `to_text` wrote."""
        rate, _, data = text.partition(":")
        try:
            sound = Sound(int(rate[:9]), base64.b64decode(data, validate=True))
        except (ValueError, binascii.Error):
            sound = Sound(0, b"")
        if sound.rate not in _RATES or len(sound.data) % 2:
            raise DataError("This is no sound", received=repr(text[:40]), remedy="Give a WAV, FLAC or OGG file")
        return sound

    def told(self, examples: Sequence[Sound], options: InputOptions) -> str:
        """How many sounds are cut, how many are resampled, and how many are silent."""
        audio = _of_audio(options)
        cut = sum(sound.seconds > audio.longest + audio.window_ms / 1000 for sound in examples)
        rates = Counter(sound.rate for sound in examples if sound.rate != audio.rate)
        silent = sum(sound.is_silent for sound in examples)
        said = [f"{_sounds(cut)} longer than {audio.longest:g} s and cut." if cut else ""]
        if rates:
            most = rates.most_common(1)[0][0]
            said.append(f"{_sounds(rates.total())} resampled from {most / 1000:g} to {audio.rate / 1000:g} kHz.")
        said.append(f"{_sounds(silent)} silent." if silent else "")
        return " ".join(filter(None, said))

    def bundle_files(self) -> dict[str, str]:
        """A script that needs Keras, `soundfile` and `soxr` only."""
        ours = files("seqcore.kinds.audio")
        _, copied = ours.joinpath("mel.py").read_text(encoding="utf-8").split(_COPIED, 1)
        copied = copied.replace("import math\n\nimport numpy as np\n", "", 1)
        script = ours.joinpath("predict.py.txt").read_text(encoding="utf-8").replace(_HERE, copied.strip())
        return {"predict.py": script, "requirements.txt": REQUIREMENTS}

    def view(self, encoder: Encoder, data: LabelledData, row: int) -> dict[str, Any]:
        """The sound, its label, and how loud each band of it is, frame by frame."""
        if not isinstance(encoder, AudioEncoder) or not isinstance(data, LabelledSounds):
            raise TypeError(f"sounds are read by an AudioEncoder, not by {type(encoder).__name__}")
        sound = data.sounds[row]
        steps = [step.name for step in encoder.steps(sound)]
        (frames,) = encoder.encode([sound])
        return {"summary": f"{data.summary(row)} · {data.labels[row]}", "steps": steps, "values": frames.tolist()}

    def picture(self, encoder: Encoder, data: LabelledData, row: int) -> Picture:
        """The spectrogram: how loud each band is, frame by frame, over seconds."""
        if not isinstance(encoder, AudioEncoder) or not isinstance(data, LabelledSounds):
            raise TypeError(f"sounds are read by an AudioEncoder, not by {type(encoder).__name__}")
        loudness, hop = encoder.loudness(data.sounds[row]), encoder.options.hop_ms / 1000
        edges = np.arange(len(loudness) + 1, dtype=np.float64) * np.float64(hop)
        names = tuple(f"{hertz:,.0f} Hz" for hertz in encoder.band_hertz())
        return Picture("image", names, loudness, edges[:-1], edges, "Seconds", "Mel band")


def _of_audio(options: InputOptions) -> AudioOptions:
    if not isinstance(options, AudioOptions):
        raise TypeError(f"sounds are read by AudioOptions, not by {type(options).__name__}")
    return options


def _sounds(number: int) -> str:
    return "1 sound is" if number == 1 else f"{number:,} sounds are"
