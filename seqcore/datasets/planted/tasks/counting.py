"""Counting: how often a word occurs."""

from __future__ import annotations

import random

from seqcore.datasets.planted.filler import fill
from seqcore.datasets.planted.texts import PlantedWords, around, text_task, weave

COUNTED, OTHER = "bell", "drum"
CLASSES = ("one", "two", "three", "four")
SOUNDS = len(CLASSES) + 1  # of both kinds together, so that neither length nor number of sounds tells


@text_task(
    "counting",
    label="Counting",
    idea="Five sounds, bells and drums, are strewn over each text; the number of bells decides, one to four.",
    distance="other words between the first sound and the last",
    classes=CLASSES,
)
def write_counting(rng: random.Random, code: int, distance: int) -> PlantedWords:
    """The sounds among exactly `distance` words, the first before them, the last behind."""
    before, after = around(rng), around(rng)
    between = sorted(rng.randint(0, distance) for _ in range(SOUNDS - 2))
    sounds = list(range(SOUNDS))
    rng.shuffle(sounds)
    cues = [
        (before + place, COUNTED if sound <= code else OTHER)
        for place, sound in zip([0, *between, distance], sounds, strict=True)
    ]
    return weave(fill(rng, before + distance + after), cues)
