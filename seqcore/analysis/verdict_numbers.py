"""Numbers of a verdict as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.analysis.intervals import Interval
from seqcore.analysis.measures import Measure
from seqcore.analysis.pairs import Pair
from seqcore.analysis.standings import Standing


def percent(value: float) -> str:
    """A share in percent, with one digit."""
    return f"{value * 100:.1f}\u00a0%"


def told(value: float, measure: Measure) -> str:
    """A value of a measure: in percent, unless it is a loss."""
    return percent(value) if measure.is_share else f"{value:.3f}"


def points(value: float, measure: Measure) -> str:
    """A difference in a measure: in points, unless it is a loss."""
    return f"{value * 100:z.1f}\u00a0points" if measure.is_share else f"{value:z.3f}"


def p(value: float) -> str:
    """A p-value, with as many digits as matter."""
    return "p < 0.001" if value < 0.001 else f"p = {value:.3f}" if value < 0.1 else f"p = {value:.2f}"


def range_of(interval: Interval, measure: Measure) -> str:
    """An interval of a measure."""
    if measure.is_share:
        return f"{interval.low * 100:z.1f} to {percent(interval.high)}"
    return f"{interval.low:z.3f} to {interval.high:z.3f}"


def interval_of(pair: Pair) -> str:
    """The interval of how much better the first of a pair is."""
    if pair.found is None or pair.found.texts < 2:
        return "no interval"
    low, high = pair.gap - pair.found.margin(), pair.gap + pair.found.margin()
    said = f"{low * 100:z.1f} to {high * 100:z.1f}" if pair.measure.is_share else f"{low:z.3f} to {high:z.3f}"
    return f"95\u00a0% interval {said}"


def spread_of(standing: Standing, measure: Measure) -> str:
    """How far a model's seeds lie apart, and how many they are."""
    if not standing.has_seeds:
        return "no seeds"
    spread = standing.sd_seeds(measure)
    if spread is None:
        return "1 seed"
    over = f"{standing.seeds} seeds{' and splits' if standing.over_splits else ''}"
    return f"sd {points(spread, measure)} over {over}"


def would_tell(pair: Pair, nouns: tuple[str, str]) -> str:
    """What would tell two models apart, as a sentence."""
    needed, ways = pair.needed, []
    if needed.seeds is not None:
        ways.append(f"{needed.seeds:,} more {'seed' if needed.seeds == 1 else 'seeds'} of each")
    if needed.texts is not None:
        number = _rounded(needed.texts)
        ways.append(f"{number:,} more test {nouns[number != 1]}")
    if needed.times is not None:
        ways.append(f"{needed.times:.1f} times as many seeds and test {nouns[1]} together")
    if not ways:
        if pair.counts_splits:
            return "More seeds within reach would not tell; more data may."
        return f"Neither more seeds nor more test {nouns[1]} within reach would tell."
    return f"About {' or '.join(ways)} would tell."


def listed(names: Sequence[str]) -> str:
    """Names as in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _rounded(number: int) -> int:
    """To two digits, upwards."""
    step: int = 10 ** max(0, len(str(number)) - 2)
    return -(-number // step) * step
