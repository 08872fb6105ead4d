"""Brackets: whether what was opened last is closed first."""

from __future__ import annotations

import random

from seqcore.datasets.planted.filler import fill
from seqcore.datasets.planted.texts import PlantedWords, around, text_task, weave

CLASSES = ("nested", "crossed")
KINDS = (("open", "close"), ("begin", "end"), ("lift", "drop"))
PAIRS = 4


@text_task(
    "brackets",
    label="Brackets",
    idea="Open and close, begin and end, lift and drop: nested as brackets are, or two of the pairs crossed.",
    distance="other words between the first bracket and the last",
    classes=CLASSES,
    by_order=True,
)
def write_brackets(rng: random.Random, code: int, distance: int) -> PlantedWords:
    """Four pairs among exactly `distance` words; of the crossed ones two closing words have changed places."""
    before, after = around(rng), around(rng)
    brackets = _nested(rng)
    first, second = _closing_of_two_kinds(rng, brackets)
    if code:
        brackets[first], brackets[second] = brackets[second], brackets[first]
    between = sorted(rng.randint(0, distance) for _ in range(len(brackets) - 2))
    places = [before + place for place in (0, *between, distance)]
    return weave(fill(rng, before + distance + after), list(zip(places, brackets, strict=True)))


def is_nested(words: list[str]) -> bool:
    """Whether every closing word closes what was opened last; other words than brackets are passed over."""
    closes, opened = dict(KINDS), list[str]()
    for word in words:
        if word in closes:
            opened.append(closes[word])
        elif word in closes.values() and (not opened or opened.pop() != word):
            return False
    return not opened


def _nested(rng: random.Random) -> list[str]:
    """Four pairs, nested at random, of two kinds at least."""
    while True:
        words, opened, left = list[str](), list[str](), PAIRS
        while left or opened:
            if left and (not opened or rng.random() < 0.5):
                opening, closing = rng.choice(KINDS)
                words.append(opening)
                opened.append(closing)
                left -= 1
            else:
                words.append(opened.pop())
        if len(set(words)) > 2:
            return words


def _closing_of_two_kinds(rng: random.Random, brackets: list[str]) -> tuple[int, int]:
    """Places of two closing words that differ: changed, each would close what was opened by the other kind."""
    closing = [place for place, word in enumerate(brackets) if word not in dict(KINDS)]
    pairs = [(one, two) for one in closing for two in closing if one < two and brackets[one] != brackets[two]]
    return rng.choice(pairs)
