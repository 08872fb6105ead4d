"""Short reviews from a seeded grammar of our own, in which word order decides.

Every review is one English sentence about a film, a book, a meal, a hotel, a gadget, an album, a play or a game. In
many a verdict says it all, wherever it stands; in a third it stands at the very beginning and is followed by what says
nothing ("So lovely, this film, ..., ..."): a plain RNN has mostly lost it by then. In some, two verdicts are contrasted
("I expected a bore and got a delight"), or the words before one turn it around ("far from dull"), which counting words
cannot tell. In a few, the first words decide what the last one means ("Nobody I know would call this film, ..., dull").
A few say nothing at all, and are as often good as bad: no model can be right on all of them.

The shares are chosen so that an architecture's accuracy hardly depends on the seed: what one seed learns and the next
does not, as the last of these, is rare. `benchmarks/sample_spread.py` prints how far that holds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from seqcore.datasets.samples.review_words import BAD, BLAME, GOOD, PEOPLE, PRAISE, REMARKS, SUBJECTS, TIMES

_Choice = TypeVar("_Choice")
POSITIVE, NEGATIVE = "positive", "negative"


class _Draw:
    """One review's words, drawn as they are needed."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.subject = rng.choice(SUBJECTS)
        self.name = rng.choice(self.subject.names)
        self.part, self.part2 = rng.sample(self.subject.parts, 2)
        self.people, self.time = rng.choice(PEOPLE), rng.choice(TIMES)

    def of_part(self, good: bool) -> str:
        """What is said of a part."""
        return self._rng.choice(self.subject.good if good else self.subject.bad)

    def two_of_parts(self, good: bool) -> tuple[str, str]:
        """What is said of two parts, not the same."""
        first, second = self._rng.sample(self.subject.good if good else self.subject.bad, 2)
        return first, second

    def of_whole(self, good: bool) -> str:
        """What is said of the whole."""
        return self._rng.choice(GOOD if good else BAD)

    def noun(self, good: bool) -> str:
        """What the whole turns out to be."""
        return self._rng.choice(PRAISE if good else BLAME)

    def pick(self, *choices: str) -> str:
        """One of the choices."""
        return self._rng.choice(choices)

    def one_of(self, choices: Sequence[_Choice]) -> _Choice:
        """One of the choices, of any kind."""
        return self._rng.choice(choices)

    def remarks(self, number: int = 1) -> str:
        """So many different phrases, with commas, that say nothing about the verdict but stand between its parts."""
        chosen = self._rng.sample(REMARKS, number)
        people, times = self._rng.sample(PEOPLE, number), self._rng.sample(TIMES, number)
        return ", ".join(
            remark.format(met=self.subject.met, time=time, people=who, part=self.part, part2=self.part2)
            for remark, who, time in zip(chosen, people, times, strict=True)
        )


def _plain(draw: _Draw, good: bool) -> str:
    verb = draw.pick("was", "is", "felt", "seemed")
    stress = draw.pick("", "", "really ", "simply ", "thoroughly ", "quite ")
    first, second = draw.two_of_parts(good)
    return draw.pick(
        f"The {draw.part} of this {draw.name} {verb} {stress}{draw.of_part(good)}.",
        f"This {draw.name}, {draw.remarks()}, {verb} {stress}{draw.of_whole(good)}.",
        f"I {draw.subject.met} this {draw.of_whole(good)} {draw.name} {draw.time}, and the {draw.part} was {first}.",
        f"What a {draw.of_whole(good)} {draw.name}, {draw.remarks()}, and what a {draw.noun(good)}.",
        f"The {draw.part} {verb} {first}, the {draw.part2} {second}.",
    )


def _negated(draw: _Draw, good: bool) -> str:
    """The last words turn the verdict around."""
    denial, whole = draw.pick("far from", "anything but", "not at all"), draw.pick("hardly", "by no means")
    return draw.pick(
        f"The {draw.part} {draw.pick('was', 'is')} {denial} {draw.of_part(not good)}.",
        f"I {draw.subject.met} this {draw.name} {draw.time} and found it {denial} {draw.of_whole(not good)}.",
        f"This {draw.name}, {draw.remarks()}, is {whole} a {draw.noun(not good)}.",
    )


def _affirmed(draw: _Draw, good: bool) -> str:
    """The words of a negation around a plain verdict, so that they alone decide nothing either."""
    stress, whole = draw.pick("nothing if not", "never less than", "not just a little"), draw.pick("truly", "very much")
    return draw.pick(
        f"The {draw.part} {draw.pick('was', 'is')} {stress} {draw.of_part(good)}.",
        f"I {draw.subject.met} this {draw.name} {draw.time} and found it {stress} {draw.of_whole(good)}.",
        f"This {draw.name}, {draw.remarks()}, is {whole} a {draw.noun(good)}.",
    )


def _contrasted(draw: _Draw, good: bool) -> str:
    """Both verdicts stand in the sentence; its build says which one counts."""
    mine, other = draw.of_whole(good), draw.of_whole(not good)
    noun, other_noun = draw.noun(good), draw.noun(not good)
    part, other_part = draw.of_part(good), draw.of_part(not good)
    return draw.pick(
        f"I expected a {other_noun} and got a {noun}.",
        f"I got a {noun} where I expected a {other_noun}.",
        f"What begins as a {other} {draw.name} ends as a {mine} one.",
        f"{draw.people.capitalize()} called it {other}, but I found the {draw.part} {part}.",
        f"I found the {draw.part} {part}, though {draw.people} called it {other}.",
        f"The {draw.part} may be {other_part}, but the {draw.name} as a whole is {mine}.",
        f"The {draw.name} as a whole is {mine}, though the {draw.part} may be {other_part}.",
        f"This {draw.name}, {draw.remarks()}, is more of a {noun} than a {other_noun}.",
    )


def _early(draw: _Draw, good: bool) -> str:
    """The verdict comes first; what follows says nothing."""
    tail = draw.remarks(2)
    return draw.pick(
        f"What a {draw.noun(good)} this {draw.name} was, {tail}.",
        f"A {draw.of_whole(good)} {draw.name}, {tail}.",
        f"So {draw.of_whole(good)}, this {draw.name}, {tail}.",
    )


# First words that leave the last one as it is, and their counterparts that turn it around; nothing else differs.
OPENINGS = (
    ("Everybody I know", "Nobody I know", "would call this {name}, {between}, {verdict}."),
    ("I always", "I never", "found this {name}, {between}, {verdict}."),
    ("It is true", "It is false", "that this {name}, {between}, was {verdict}."),
    ("I agree", "I deny", "that this {name}, {between}, is {verdict}."),
    ("All of us", "None of us", "thought this {name}, {between}, {verdict}."),
)


def _distant(draw: _Draw, good: bool) -> str:
    """The first words decide what the last one, many places away, means."""
    plain, reversed_, rest = draw.one_of(OPENINGS)
    opening, said = draw.one_of(((plain, good), (reversed_, not good)))
    return f"{opening} {rest.format(name=draw.name, between=draw.remarks(2), verdict=draw.of_whole(said))}"


def _unsaid(draw: _Draw, good: bool) -> str:
    """Nothing in the sentence tells; such reviews are good as often as bad."""
    return draw.pick(
        f"This {draw.name}, {draw.remarks()}, was exactly what I expected.",
        f"I {draw.subject.met} this {draw.name} {draw.time}, and we still talk about the {draw.part}.",
        f"Nobody who {draw.subject.met} this {draw.name}, {draw.remarks()}, will forget the {draw.part}.",
    )


_Write = Callable[[_Draw, bool], str]
KINDS: tuple[tuple[_Write, int], ...] = (
    (_plain, 40), (_negated, 5), (_affirmed, 5), (_contrasted, 11), (_early, 32), (_distant, 3), (_unsaid, 4),
)  # fmt: skip


def write_reviews(rows: int, seed: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Texts and labels: `rows` different reviews, as many good as bad, in random order."""
    rng = random.Random(seed)
    kinds, weights = zip(*KINDS, strict=True)
    found: dict[str, str] = {}
    while len(found) < rows:
        good = len(found) % 2 == 0
        (write,) = rng.choices(kinds, weights)
        text = _tidy(write(_Draw(rng), good))
        found.setdefault(text, POSITIVE if good else NEGATIVE)
    order = list(found.items())
    rng.shuffle(order)
    texts, labels = zip(*order, strict=True)
    return texts, labels


def _tidy(text: str) -> str:
    """The text with "an" before vowels."""
    words = text.split()
    for place, (article, following) in enumerate(pairwise(words)):
        if article in ("a", "A") and following[0].lower() in "aeiou" and following != "one":
            words[place] = article + "n"
    return " ".join(words)
