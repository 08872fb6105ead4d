"""Short reviews from a seeded grammar of our own, in which word order decides.

Every review is English about a film, a book, a meal, a hotel, a gadget, an album, a play or a game. Its label is a
function of the sentence: a verdict can be negated ("far from dull"), contrasted ("I expected a bore and got a
delight"), overturned at the end ("..., but it was not") or reversed by the very first words ("Not for a moment did
..."). The same words occur in good and bad reviews, so counting them is not enough.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

from seqcore.datasets.samples.review_words import BAD, BLAME, GOOD, PEOPLE, PRAISE, REMARKS, SUBJECTS, TIMES

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

    def remark(self) -> str:
        """Words that say nothing about the verdict but stand between its parts."""
        return self._rng.choice(REMARKS).format(
            met=self.subject.met, time=self.time, people=self.people, part=self.part, part2=self.part2
        )


def _plain(draw: _Draw, good: bool) -> str:
    verb = draw.pick("was", "is", "felt", "seemed")
    stress = draw.pick("", "", "really ", "simply ", "thoroughly ", "quite ")
    first, second = draw.two_of_parts(good)
    return draw.pick(
        f"The {draw.part} of this {draw.name} {verb} {stress}{draw.of_part(good)}.",
        f"This {draw.name}, {draw.remark()}, {verb} {stress}{draw.of_whole(good)}.",
        f"I {draw.subject.met} this {draw.of_whole(good)} {draw.name} {draw.time}, and the {draw.part} was {first}.",
        f"What a {draw.of_whole(good)} {draw.name}, {draw.remark()}, and what a {draw.noun(good)}.",
        f"The {draw.part} {verb} {first}, the {draw.part2} {second}.",
    )


def _negated(draw: _Draw, good: bool) -> str:
    denial = draw.pick("far from", "anything but", "not at all")
    whole = draw.pick("not the", "hardly the", "by no means the")
    return draw.pick(
        f"The {draw.part} {draw.pick('was', 'is')} {denial} {draw.of_part(not good)}.",
        f"This {draw.name} is {whole} {draw.noun(not good)} that {draw.people} promised.",
        f"There is nothing {draw.of_part(not good)} about the {draw.part} of this {draw.name}.",
        f"{draw.pick('Nobody', 'No one')} could call this {draw.name}, {draw.remark()}, {draw.of_whole(not good)}.",
    )


def _affirmed(draw: _Draw, good: bool) -> str:
    """The words of a negation around a plain verdict, so that they alone decide nothing either."""
    stress = draw.pick("nothing if not", "never less than", "not just a little")
    whole = draw.pick("every bit the", "exactly the", "very much the")
    return draw.pick(
        f"The {draw.part} {draw.pick('was', 'is')} {stress} {draw.of_part(good)}.",
        f"This {draw.name} is {whole} {draw.noun(good)} that {draw.people} promised.",
        f"There is something {draw.of_part(good)} about the {draw.part} of this {draw.name}.",
        f"{draw.pick('Anybody', 'Anyone')} would call this {draw.name}, {draw.remark()}, {draw.of_whole(good)}.",
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
        f"This {draw.name}, {draw.remark()}, is more of a {noun} than a {other_noun}.",
    )


def _distant(draw: _Draw, good: bool) -> str:
    """The first or the last words decide what a word many places away means."""
    name, remark = draw.name, draw.remark()
    verb = draw.pick("seem", "feel", "look")
    past = {"seem": "seemed", "feel": "felt", "look": "looked"}[verb]
    never = draw.pick("Not for a moment did", "At no point did", "Never once did", "In no way did")
    always = draw.pick("From start to finish", "At every point", "Time and again", "In every way")
    return draw.pick(
        f"{never} this {name}, {remark}, {verb} {draw.of_whole(not good)}.",
        f"{always} this {name}, {remark}, {past} {draw.of_whole(good)}.",
        f"I was told that this {name}, {remark}, was {draw.of_whole(not good)}, but it {draw.pick('was', 'is')} not.",
    )


_Write = Callable[[_Draw, bool], str]
KINDS: tuple[tuple[_Write, int], ...] = ((_plain, 13), (_negated, 3), (_affirmed, 1), (_contrasted, 3), (_distant, 3))


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
