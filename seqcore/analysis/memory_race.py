"""A memory race: the same models on one task at several distances, and where one of them loses to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seqcore.analysis.pairs import Pair, judge_pairs
from seqcore.analysis.standings import ACCURACY, Baseline, Standing
from seqcore.analysis.verdict import no_better_than
from seqcore.analysis.verdict_numbers import listed, p, points

PLAIN = "rnn"  # the model that is held against all others, where it takes part


@dataclass(frozen=True)
class AtDistance:
    """What the models scored at one distance.

    Attributes:
        distance: Of the task, in words.
        models: Those that have a score, each architecture once.
        baseline: What always giving the most frequent answer gets; None where that is not known.
    """

    distance: int
    models: tuple[Standing, ...]
    baseline: Baseline | None = None

    def of(self, architecture: str) -> Standing | None:
        """The model of an architecture; None where it has no score yet."""
        return next((each for each in self.models if each.architecture == architecture), None)


@dataclass(frozen=True)
class Duel:
    """One model against another at each distance at which both have a score.

    Attributes:
        plain: Architecture of the one.
        other: ... and of the other, which may be better.
        pairs: Distance and what may be said of the two, the other one first; the shortest distance first.
        lost: Distances at which it is not measurably better than one answer to all, for both.
    """

    plain: str
    other: str
    pairs: tuple[tuple[int, Pair], ...]
    lost: tuple[int, ...]

    def where(self, outcome: str) -> list[int]:
        """Distances at which the other one is "better", "worse", "equal" or "undecided"."""
        return [distance for distance, pair in self.pairs if pair.outcome == outcome]

    @property
    def loses_from(self) -> int | None:
        """The shortest distance at which the plain one loses; None where it loses at none."""
        return min(self.where("better"), default=None)


def duels(found: Sequence[AtDistance], architectures: Sequence[str]) -> list[Duel]:
    """The plain RNN, or without it the first model, against each of the others.

    What is said of all distances and all models together is false in 5 % of such races at most (Holm).

    Args:
        found: What is known, in any order.
        architectures: Who takes part, in their order.
    """
    plain = PLAIN if PLAIN in architectures else architectures[0]
    ordered = sorted(found, key=lambda each: each.distance)
    met: list[tuple[str, int, tuple[Standing, Standing]]] = []
    for other in architectures:
        for each in ordered:
            one, two = each.of(plain), each.of(other)
            if other != plain and one is not None and two is not None:
                met.append((other, each.distance, (two, one)))
    judged = judge_pairs([pair for _, _, pair in met])
    found_by: dict[str, list[tuple[int, Pair]]] = {}
    for (other, distance, _), pair in zip(met, judged, strict=True):
        found_by.setdefault(other, []).append((distance, pair))
    guessing = {each.distance: _guessing(each) for each in ordered}
    return [
        Duel(plain, other, tuple(pairs), tuple(at for at, _ in pairs if {plain, other} <= guessing[at]))
        for other, pairs in found_by.items()
    ]


def duel_sentence(duel: Duel) -> str:
    """Where the plain one loses; that it does not, where it does not; and what is open."""
    plain, other = duel.pairs[0][1].second.label, duel.pairs[0][1].first.label
    at = dict(duel.pairs)
    losing = duel.where("better")
    if losing:
        first = at[losing[0]]
        said = [
            f"{plain} loses to {other} at distance {listed(_numbers(losing))}: first at {losing[0]:,}, by "
            f"{points(first.gap, ACCURACY)} ({p(first.p_corrected)})."
        ]
    else:
        said = [f"{plain} does not lose to {other} at any distance of this race ({listed(_numbers(at))})."]
    ahead, equal, open_ = duel.where("worse"), duel.where("equal"), duel.where("undecided")
    if ahead:
        said.append(f"It is better than {other} at {listed(_numbers(ahead))}.")
    if equal:
        said.append(f"At {listed(_numbers(equal))} the two are equal for practical purposes.")
    if open_:
        few = any(not at[distance].counts_seeds for distance in open_)
        why = "there are fewer than three seeds" if few else "the evidence is not enough"
        said.append(f"At {listed(_numbers(open_))} {why} to tell.")
    if duel.lost:
        said.append(f"At {listed(_numbers(duel.lost))} neither is measurably better than one answer to all.")
    return " ".join(said)


def _guessing(found: AtDistance) -> set[str]:
    """The architectures that are no better than one answer to all."""
    if found.baseline is None:
        return set()
    return {each.architecture for each in no_better_than(found.models, found.baseline)}


def _numbers(distances: Sequence[int] | dict[int, Pair]) -> list[str]:
    return [f"{distance:,}" for distance in distances]
