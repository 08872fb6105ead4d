"""What is said of series before they are read: their lengths, what is missing, what never changes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from seqcore.kinds.series.encoder import Values
from seqcore.kinds.series.options import SeriesOptions


def told_of(examples: Sequence[Values], options: SeriesOptions) -> str:
    """Sentences on what was found that decides how series are read."""
    if not examples:
        return ""
    lengths = np.array([len(one) for one in examples])
    said: list[str] = []
    if lengths.min() != lengths.max() and not options.resample:
        said.append(
            f"The series have between {lengths.min():,} and {lengths.max():,} moments; "
            "if they were measured at different rates, “Moments of every series” brings them to one."
        )
    longest = options.resample or int(lengths.max())
    if options.most_moments and longest > options.most_moments:
        many = int((lengths > options.most_moments).sum()) if not options.resample else len(examples)
        said.append(f"{many:,} of {len(examples):,} are cut to {options.most_moments:,} moments.")
    missing = sum(int((~np.isfinite(one)).sum()) for one in examples)
    if missing:
        share = 100 * missing / max(1, sum(one.size for one in examples))
        marked = " and marked in channels of their own" if options.missing == "indicate" else ""
        percent = f"{share:.1f}" if share >= 0.1 else "under 0.1"
        said.append(f"{percent} % of the values are missing; they are filled in by straight lines{marked}.")
    constant = sum(bool(len(one)) and _is_constant(one) for one in examples)
    if constant:
        be = "never changes" if constant == 1 else "never change"
        as_zero = ": after standardising nothing but 0 is left of it" if options.standardise == "series" else ""
        said.append(f"{constant:,} series {be}{as_zero.replace('of it', 'of them') if constant > 1 else as_zero}.")
    return " ".join(said)


def _is_constant(values: Values) -> bool:
    there = np.where(np.isfinite(values), values, np.nan)
    if np.isnan(there).all():
        return False
    columns = there[:, ~np.isnan(there).all(axis=0)]
    return bool((np.nanmax(columns, axis=0) == np.nanmin(columns, axis=0)).all())
