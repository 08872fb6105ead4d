"""Order: which of two words comes first."""

from __future__ import annotations

import random

from seqcore.datasets.planted.filler import fill
from seqcore.datasets.planted.texts import PlantedWords, around, text_task, weave

CUES = ("sunrise", "sunset")
_GAP = (1, 8)  # words between the two, fewest and most


@text_task(
    "order",
    label="Order",
    idea="Both words stand in every text, sunrise and sunset; the one that comes first decides.",
    distance="words from the second one to the end",
    classes=tuple(f"{cue} first" for cue in CUES),
    by_order=True,
)
def write_order(rng: random.Random, code: int, distance: int) -> PlantedWords:
    """The two cues a few words apart, and exactly `distance` words behind the second."""
    before, gap = around(rng), rng.randint(*_GAP)
    cues = [(before, CUES[code]), (before + gap, CUES[1 - code])]
    return weave(fill(rng, before + gap + distance), cues)
