"""A range that holds the true value, and Wilson's for a share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

# `scipy.stats` has these intervals and tests ready-made, and the tests of `analysis` compare with it. But the server of
# the pages would wait 0.38 s for its import and hold 48 MB for it, beside 0.5 s for pandas, Streamlit and Plotly
# together. `scipy.special` costs 0.12 s, which the first page of a server need not wait for: it is imported where it is
# used, here and in what that page imports.

LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """A range that holds the true value in `level` of such experiments."""

    low: float
    high: float
    level: float = LEVEL


def wilson_interval(right: float, rows: int, level: float = LEVEL) -> Interval:
    """Interval of a share such as an accuracy; unlike the plain one it is right near 0 and 1.

    Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).

    Args:
        right: How many of the rows; a mean over several runs need not be whole.
        rows: Of how many.
        level: How often such intervals hold the true share.

    Raises:
        ValueError: no rows.
    """
    if rows <= 0:
        raise ValueError("an interval needs at least one row")
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share = right / rows
    middle = (share + z * z / (2 * rows)) / (1 + z * z / rows)
    half = z / (1 + z * z / rows) * math.sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows))
    return Interval(max(0.0, middle - half), min(1.0, middle + half), level)


def t_quantile(df: float, level: float = LEVEL) -> float:
    """How many standard errors the two-sided interval of Student's t reaches to either side."""
    from scipy import special

    return -float(special.stdtrit(df, (1 - level) / 2))
