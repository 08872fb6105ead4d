"""What several models say along one text, brought to the same places though they may not cut it into the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

MOST_STOPS = 400  # places at which a picture and a table can stop


@dataclass(frozen=True)
class Stop:
    """A place in a text where a word ends.

    Attributes:
        start: Where the word begins, as a Python index.
        end: Where it ends.
        word: As it stands in the text.
    """

    start: int
    end: int
    word: str


def stops_of(text: str, spans: Sequence[Sequence[tuple[int, int]]]) -> list[Stop]:
    """Every place where a word of any model ends; of more than `MOST_STOPS` so many, evenly spread, the last one kept.

    Args:
        text: What was read.
        spans: For each model, where each of its steps begins and ends.
    """
    starts: dict[int, int] = {}
    for start, end in (span for each in spans for span in each):
        starts[end] = min(start, starts.get(end, start))
    ends = sorted(starts)
    if len(ends) > MOST_STOPS:
        ends = [ends[place] for place in np.linspace(0, len(ends) - 1, MOST_STOPS).round().astype(int)]
    return [Stop(starts[end], end, text[starts[end] : end]) for end in ends]


def at_stops(
    stops: Sequence[Stop], spans: Sequence[tuple[int, int]], values: NDArray[np.float64]
) -> list[float | None]:
    """What a model says at each stop: what it said after the last of its own words that ends there or before.

    Args:
        stops: In the order of the text.
        spans: Of its steps.
        values: (steps,).

    Returns:
        None before its first word.
    """
    ends = list(accumulate((end for _, end in spans), max))  # rising, whatever pieces of one sign do
    places = np.searchsorted(np.array(ends, np.int64), [stop.end for stop in stops], side="right") - 1
    return [None if place < 0 else float(values[place]) for place in places]
