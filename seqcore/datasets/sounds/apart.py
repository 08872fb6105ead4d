"""Sound files without labels, decoded by a process that a crafted one may break."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from seqcore.datasets.formats.reading_bounds import SECONDS, memory_to_read
from seqcore.datasets.labelled_sounds import LabelledSounds, Sound
from seqcore.datasets.size_limits import refuse_large_file
from seqcore.datasets.sounds.folders import Files, decoded_sounds
from seqcore.errors import DataError
from seqcore.settings import Settings
from seqcore.workroom import Job, Stopped

Named = list[tuple[str, Sound]]
_LIMITS = {"max_file_mb", "max_rows", "max_sound_seconds", "max_sound_minutes", "sound_rate"}


def sounds_apart(files: Files, limits: Settings, do: Callable[[Job[Named]], Named]) -> Named:
    """Name and sound of each file, of an archive each sound file in it.

    Args:
        files: Name and content of each; nothing about them is trusted.
        limits: The largest file, longest sound and so on.
        do: Has work done by a child, and waits for it.

    Raises:
        DataError: one of them is no sound, or they are more than allowed.
    """
    refuse_large_file(sum(len(data) for _, data in files), limits)
    return do(
        Job(
            work="seqcore.datasets.sounds.apart:decode_in_child",
            options={"names": [name for name, _ in files], "limits": limits.model_dump(mode="json", include=_LIMITS)},
            parts=lambda: [data for _, data in files],
            answer=_named,
            memory=memory_to_read(None, limits),
            seconds=SECONDS,
            stopped=_said_when_stopped,
        )
    )


def decode_in_child(options: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[[str], None]) -> bytes:
    """What the child does: the sounds as Parquet, with no label."""
    files = list(zip(options["names"], parts, strict=True))
    found = decoded_sounds(files, Settings.model_validate(options["limits"]))
    sounds, names = tuple(sound for _, sound in found), tuple(name for name, _ in found)
    return LabelledSounds("sounds", sounds, ("",) * len(found), files=names).to_parquet()


def _named(answer: bytes) -> Named:
    found = LabelledSounds.from_parquet(answer)
    return list(zip(found.files, found.sounds, strict=True))


def _said_when_stopped(why: Stopped, _stage: str) -> DataError:
    if why is Stopped.TIME:
        return DataError("The sounds take too long to read", remedy="Give fewer of them")
    return DataError("The sounds cannot be read", received="a damaged file", remedy="Save them anew as WAV")
