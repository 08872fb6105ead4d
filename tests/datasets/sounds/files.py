"""Sound files and archives of them, made by the tests."""

import io
import tarfile
import zipfile

import numpy as np
import soundfile


def sound_file(
    form: str = "WAV", *, rate: int = 8000, seconds: float = 0.05, channels: int = 1, seed: int = 0, loud: float = 0.3
) -> bytes:
    """A file of noise."""
    samples = loud * np.random.default_rng(seed).uniform(-1, 1, size=(int(rate * seconds), channels))
    sink = io.BytesIO()
    soundfile.write(sink, samples, rate, format=form)
    return sink.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return sink.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w:gz") as archive:
        for name, data in files.items():
            about = tarfile.TarInfo(name)
            about.size = len(data)
            archive.addfile(about, io.BytesIO(data))
    return sink.getvalue()


def of_two_labels(rows: int = 3, **made) -> dict[str, bytes]:
    return {f"all/{label}/{n}.wav": sound_file(seed=n, **made) for label in ("yes", "no") for n in range(rows)}
