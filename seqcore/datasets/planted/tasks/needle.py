"""Needle: one word, a distance from the end."""

from __future__ import annotations

import random

from seqcore.datasets.planted.filler import fill
from seqcore.datasets.planted.texts import PlantedWords, around, text_task, weave

CUES = ("north", "south")


@text_task(
    "needle",
    label="Needle",
    idea="One word says it, north or south; then come words that say nothing.",
    distance="words from there to the end",
    classes=CUES,
)
def write_needle(rng: random.Random, code: int, distance: int) -> PlantedWords:
    """The cue behind a few words, and before exactly `distance`."""
    before = around(rng)
    return weave(fill(rng, before + distance), [(before, CUES[code])])
