"""Agreement: whether a verb has the number of its subject, with a noun of the other number between them."""

from __future__ import annotations

import random

from seqcore.datasets.planted.filler import fill
from seqcore.datasets.planted.texts import PlantedWords, around, text_task

CLASSES = ("agrees", "does not agree")
NOUNS = (
    ("key", "keys"), ("cabinet", "cabinets"), ("author", "authors"), ("senator", "senators"), ("guard", "guards"),
    ("pilot", "pilots"), ("picture", "pictures"), ("report", "reports"), ("engine", "engines"), ("singer", "singers"),
)  # fmt: skip
VERBS = (("is", "are"), ("was", "were"), ("has", "have"))


@text_task(
    "agreement",
    label="Long-range agreement",
    idea="A verb agrees with its subject or not; a noun of the other number stands between the two.",
    distance="words between the subject and its verb",
    classes=CLASSES,
    by_order=True,
)
def write_agreement(rng: random.Random, code: int, distance: int) -> PlantedWords:
    """Subject, exactly `distance` words with the other noun among them, verb; the nouns differ in number."""
    before, after = around(rng), around(rng)
    nouns, number, verb = rng.sample(NOUNS, 2), rng.randrange(2), rng.choice(VERBS)
    of_subject = number if code == 0 else 1 - number
    # Whichever of the two is the subject, the word that is left has its own place among the words between.
    subject, other = (nouns[0], nouns[1]) if of_subject else (nouns[1], nouns[0])
    ahead, between, behind = fill(rng, before), fill(rng, distance), fill(rng, after)
    between[rng.randrange(distance)] = other[1 - of_subject]
    words = (*ahead, subject[of_subject], *between, verb[number], *behind)
    return PlantedWords(words, (before, before + distance + 1))
