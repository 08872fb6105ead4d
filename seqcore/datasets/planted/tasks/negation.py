"""Negation scope: "not" turns a verdict around unless "but" stands between them."""

from __future__ import annotations

import random

from seqcore.datasets.planted.filler import fill
from seqcore.datasets.planted.texts import PlantedWords, around, text_task, weave

CLASSES = ("negative", "positive")
VERDICTS = (("dreadful", "awful", "terrible", "horrible"), ("wonderful", "delightful", "splendid", "superb"))
NOT, BUT = "not", "but"


@text_task(
    "negation",
    label="Negation scope",
    idea='"Not" turns the verdict behind it around, unless "but" stands between the two; every text has both words.',
    distance='words between "not" and the verdict',
    classes=CLASSES,
    by_order=True,
)
def write_negation(rng: random.Random, code: int, distance: int) -> PlantedWords:
    """A negation, a verdict exactly `distance` words behind it, and "but" between them or outside."""
    before, after = around(rng), around(rng)
    said = rng.randrange(2)
    verdict = rng.choice(VERDICTS[said])
    ahead, inside, at_front = rng.randrange(before), rng.randrange(distance), rng.random() < 0.5
    behind = rng.randint(1, after)
    filler = fill(rng, before + distance + after)
    if said == code:  # "but" ends the scope: it is one of the words between the two
        return weave(filler, [(before, NOT), (before + inside, BUT), (before + distance - 1, verdict)])
    if at_front:
        return weave(filler, [(ahead, BUT), (before, NOT), (before + distance, verdict)])
    return weave(filler, [(before, NOT), (before + distance, verdict), (before + distance + behind, BUT)])
