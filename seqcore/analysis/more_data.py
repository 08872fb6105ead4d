"""Whether more training rows would help a model: the curve where there is one, or why nobody can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from seqcore.analysis.data_curve import FEWEST_SIZES, DataCurve, Size, Told
from seqcore.analysis.intervals import wilson_interval
from seqcore.analysis.pairs import LIMIT

TIMES = (2, 4)  # today's rows, for which a curve is asked
NOTHING = 0.0005  # of accuracy: less is no tenth of a point

Outcome = Literal["helps", "hardly", "open", "poor", "few", "chance"]


@dataclass(frozen=True)
class MoreData:
    """What was measured of one model at several sizes of the training part, and what follows.

    Attributes:
        sizes: The fewest rows first.
        at_chance: The first of them, at which it was no better than always giving the commonest answer; no curve of
            learning begins before something is learned.
        curve: Through the others; None where they are too few, or it is too far from them.
    """

    sizes: tuple[Size, ...]
    at_chance: int
    curve: DataCurve | None

    @property
    def outcome(self) -> Outcome:
        """Whether twice the rows help: by a point or more, hardly, or still open; or why there is no curve."""
        if self.curve is None:
            if self.at_chance == len(self.sizes):
                return "chance"
            return "few" if len(self.sizes) - self.at_chance < FEWEST_SIZES else "poor"
        gain = self.gain.interval
        if gain.high <= LIMIT:
            return "hardly"
        return "helps" if gain.low >= NOTHING else "open"

    @cached_property
    def gain(self) -> Told:
        """By how much accuracy would grow with twice the rows.

        Raises:
            ValueError: there is no curve.
        """
        curve = self._curve()
        return curve.gain(TIMES[0] * curve.rows)

    @cached_property
    def ahead(self) -> tuple[Told, ...]:
        """Accuracy with more rows, see `TIMES`; empty where there is no curve."""
        return tuple(self.curve.accuracy(times * self.curve.rows) for times in TIMES) if self.curve else ()

    def _curve(self) -> DataCurve:
        if self.curve is None:
            raise ValueError("there is no curve")
        return self.curve


def more_data(sizes: Sequence[Size], guessing: float) -> MoreData:
    """What the sizes say.

    Args:
        sizes: Of one model, all of different rows.
        guessing: Accuracy of always giving the commonest answer.
    """
    ordered = tuple(sorted(sizes, key=lambda size: size.rows))
    at_chance = 0
    while at_chance < len(ordered) and _is_at_chance(ordered[at_chance], guessing):
        at_chance += 1
    if len(ordered) - at_chance < FEWEST_SIZES:
        return MoreData(ordered, at_chance, None)
    curve = DataCurve(ordered[at_chance:])
    return MoreData(ordered, at_chance, curve if curve.fits else None)


def _is_at_chance(size: Size, guessing: float) -> bool:
    return wilson_interval((1 - size.error) * size.texts, size.texts).low <= guessing
