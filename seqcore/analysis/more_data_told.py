"""Whether more training rows would help, in a sentence."""

from __future__ import annotations

from seqcore.analysis.data_curve import FEWEST_SIZES
from seqcore.analysis.intervals import Interval
from seqcore.analysis.more_data import NOTHING, MoreData
from seqcore.analysis.verdict_numbers import percent

_VERDICTS = {
    "helps": "more {many} would help",
    "hardly": "more {many} would hardly help",
    "open": "whether more {many} would help cannot be told",
}


def more_data_sentence(found: MoreData, name: str, *, nouns: tuple[str, str] = ("text", "texts")) -> str:
    """What twice the rows would bring, with its interval, or why that cannot be told.

    Args:
        found: One model's.
        name: What it is called, as it is to be written.
        nouns: What one example is called, and several.
    """
    many, curve = nouns[1], found.curve
    if curve is None:
        return f"Whether more {many} would help {name} cannot be told: {_why(found, many)}."
    ahead, gain = found.ahead[0], found.gain.interval
    return (
        f"With twice the {many}, {name} would get about {percent(ahead.value)} [{_range(ahead.interval)}], "
        f"{_points(gain)} more than with the {curve.rows:,} of today: {_VERDICTS[found.outcome].format(many=many)}."
    )


def what_it_assumes(nouns: tuple[str, str] = ("text", "texts")) -> str:
    """What has to hold for any of this, and what it does not say."""
    many = nouns[1]
    return (
        f"This assumes that the error goes on falling as a power of the number of training {many}, as it does for most "
        f"models on most data, not for all on all; that settings stay as they are; and that further {many} are like "
        f"these. The smaller parts are drawn once from the same training {many}, each within the next, and all are "
        f"tested on the same {many}. It says nothing about better labels or other kinds of {many}. Intervals are "
        f"95\N{NO-BREAK SPACE}% and count seeds and test {many}."
    )


def _why(found: MoreData, many: str) -> str:
    learned = len(found.sizes) - found.at_chance
    if found.outcome == "chance":
        return "with no number of them was it better than always giving the commonest answer"
    if found.outcome == "few":
        sizes = "one size" if learned == 1 else f"{learned} sizes"
        later = " at which it learned something" if found.at_chance else ""
        return f"a curve takes {FEWEST_SIZES} sizes of the training part{later}, and there {_are(learned)} {sizes}"
    return "its accuracies do not lie on such a curve"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _points(gain: Interval) -> str:
    high = f"{100 * gain.high:.1f}\N{NO-BREAK SPACE}points"
    return f"at most {high}" if gain.low < NOTHING else f"{100 * gain.low:.1f} to {high}"


def _range(interval: Interval) -> str:
    return f"{100 * interval.low:.1f}, {100 * interval.high:.1f}"
