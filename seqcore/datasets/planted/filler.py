"""Words that say nothing about any label: an endless sentence of our own, cut where it is long enough."""

from __future__ import annotations

import random

_DETERMINERS = ("the", "one", "every", "this", "another", "that")
_ADJECTIVES = (
    "old", "small", "quiet", "narrow", "wooden", "yellow", "distant", "heavy", "gentle", "careful", "modern", "famous",
    "hungry", "patient", "simple", "broken", "curious", "early", "foreign", "golden", "hidden", "local", "plain",
)  # fmt: skip
_NOUNS = (
    "farmer", "river", "basket", "bridge", "teacher", "garden", "letter", "window", "painter", "market", "village",
    "ladder", "sailor", "harbour", "kitchen", "doctor", "lantern", "valley", "neighbour", "station", "blanket",
    "museum", "hunter", "orchard", "captain", "pocket", "temple", "cousin", "bottle", "mountain", "printer", "island",
)  # fmt: skip
_VERBS = (
    "carried", "watched", "painted", "crossed", "followed", "described", "visited", "noticed", "repaired", "remembered",
    "admired", "measured", "borrowed", "reached", "cleaned", "questioned", "greeted", "sketched", "circled",
)  # fmt: skip
_LINKS = ("near", "behind", "under", "beside", "across", "beyond", "around", "within", "above", "along")
_JOINTS = ("and", "while", "because", "until", "when", "where")
_PHRASE = (_DETERMINERS, _ADJECTIVES, _NOUNS)
_CYCLE = (*_PHRASE, _VERBS, *_PHRASE, _LINKS, *_PHRASE, _JOINTS)

FILLER_WORDS = frozenset(word for words in _CYCLE for word in words)


def fill(rng: random.Random, words: int) -> list[str]:
    """So many words, from any place of the sentence on."""
    start, draw = rng.randrange(len(_CYCLE)), rng.random
    found = []
    for place in range(start, start + words):
        choices = _CYCLE[place % len(_CYCLE)]
        found.append(choices[int(draw() * len(choices))])
    return found
