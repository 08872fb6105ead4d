"""First word: it decides, and what looks like it later does not."""

from __future__ import annotations

import random

from seqcore.datasets.planted.filler import fill
from seqcore.datasets.planted.texts import PlantedWords, text_task

CUES = ("east", "west")
_EVERY, _MOST = 8, 4  # words for each that looks like the cue, and how many of these at most


@text_task(
    "first_word",
    label="First word",
    idea="The first word decides, east or west; later the same words say nothing.",
    distance="words from there to the end",
    classes=CUES,
)
def write_first_word(rng: random.Random, code: int, distance: int) -> PlantedWords:
    """The cue and exactly `distance` words, among them up to four that look like cues, drawn whatever the class is."""
    rest = fill(rng, distance)
    for place in rng.sample(range(distance), min(_MOST, distance // _EVERY)):
        rest[place] = rng.choice(CUES)
    return PlantedWords((CUES[code], *rest), (0,))
