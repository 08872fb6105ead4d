"""Many sounds asked about, a few megabytes at a time: a question carries the samples with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from seqcore.kinds import get_kind

if TYPE_CHECKING:
    from seqcore.datasets.labelled_sounds import Sound
    from seqcore.inspections.contracts import ClassProbabilities

_AT_ONCE = 16_000_000  # bytes of samples
NOTHING_HEARD = "nothing is to be heard"


def ask_sounds(sounds: Sequence[Sound], ask: Callable[[tuple[str, ...]], ClassProbabilities]) -> ClassProbabilities:
    """What a model says of sounds; at least one.

    Args:
        sounds: The sounds.
        ask: Asks the model about some of them, as the kind writes them.

    Raises:
        SeqlabError: it cannot be answered.
    """
    from seqcore.inspections.contracts import ClassProbabilities  # with all inspections, which pages do without

    parts: list[list[str]] = [[]]
    held = 0
    for sound in sounds:
        if held and held + len(sound.data) > _AT_ONCE:
            parts.append([])
            held = 0
        parts[-1].append(get_kind("audio").to_text(sound))
        held += len(sound.data)
    return ClassProbabilities.joined([ask(tuple(part)) for part in parts])


def note_on_sound(sound: Sound) -> str:
    """What has to be said beside an answer; usually ""."""
    return NOTHING_HEARD if sound.is_silent else ""
