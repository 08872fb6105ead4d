"""Whether the moments of series are evenly spaced in time, as models read them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from seqcore.datasets.labelled_series import Times

_ALIKE = 0.01  # of the median gap, by which others may differ from it
_FEW = 0.01  # share of uneven gaps that is not worth a word


def told_of_gaps(times: Sequence[Times]) -> str | None:
    """A sentence where moments are not evenly spaced; None where they are.

    Args:
        times: Of each series, (moments,), rising. Each is held against its own median gap: series may differ in rate.

    Example:
        >>> told_of_gaps([np.array([0.0, 1, 2, 3])]) is None
        True
    """
    gaps = [np.diff(one) for one in times if len(one) > 2]
    total = sum(map(len, gaps))
    uneven = sum(int((np.abs(each - np.median(each)) > _ALIKE * np.median(each)).sum()) for each in gaps)
    if not total or uneven < _FEW * total:
        return None
    share = f"{100 * uneven / total:.0f} % of the gaps differ from the median gap of their series"
    return (
        f"The moments are not evenly spaced in time, and models read them as if they were: {share}. Bring them to an "
        "even rate first if that matters"
    )
